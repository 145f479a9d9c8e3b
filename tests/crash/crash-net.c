/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-net.h"

#include "kith-id.h"
#include "kith-store-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char auth_hex[] = "0909090909090909090909090909090909090909090909090909090909090909";
static const char *const logins[CRASH_DESKS] = { "ana", "ben" };

static char *
file (CrashNet *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
make_key (guint8 key[32], guint which)
{
  memset (key, 0x40 + (int) which, 32);
}

static void
open_hub (CrashNet *self)
{
  g_autofree char *path = file (self, "hub.db"), *files = file (self, "hub-files");
  KithHubOptions options = { .hash_ops = 1, .hash_memory = 8192, .token_minutes = 600, .files = files };
  g_autoptr (GError) error = NULL;
  guint8 key[32];
  KithDb *db;

  g_mkdir_with_parents (files, 0700);
  make_key (key, 9);
  db = kith_hub_open_db (path, FALSE, key, &error);
  g_assert_no_error (error);
  self->hub = kith_hub_new (db, self->clock, self->random, &options, &error);
  g_assert_no_error (error);
}

static void
open_desk (CrashNet *self, guint i)
{
  g_autofree char *name = g_strdup_printf ("desk-%u.db", i), *path = file (self, name), *folder = g_strdup_printf ("desk-%u-files", i);
  g_autofree char *files = file (self, folder);
  KithDbOptions options = { .path = path, .queries = "/org/kith/sql/store/queries" };
  JsonObject *session = kith_json_object (self->facts, logins[i]);
  g_autoptr (GError) error = NULL;
  guint8 key[32];
  KithDb *db;

  make_key (key, i);
  options.key = key;
  db = kith_db_open (&options, &error);
  g_assert_no_error (error);
  self->desks[i].store = kith_store_new (db, self->clock, self->random, &error);
  g_assert_no_error (error);
  kith_store_set_files (self->desks[i].store, files, &error);
  g_assert_no_error (error);
  if (kith_store_get_user (self->desks[i].store) == NULL)
    {
      kith_store_set_identity (self->desks[i].store, kith_json_string (session, "device"), kith_json_string (session, "user"),
                               kith_json_string (kith_json_object (session, "lane"), "code"), kith_json_string (session, "epoch"), &error);
      g_assert_no_error (error);
    }
  self->desks[i].engine = kith_sync_engine_new (self->desks[i].store, self->clock, self->random);
  kith_sync_engine_set_token (self->desks[i].engine, kith_json_string (session, "token"));
}

static gboolean
deliver (CrashNet *self, CrashDesk *desk, const KithSyncRequest *request)
{
  g_auto (KithHubAnswer) answer = { 0 };
  g_auto (GStrv) parts = g_strsplit (request->path, "?", 2);
  KithHubRequest to_hub = { .method = request->method, .path = parts[0], .query = parts[1], .token = request->token, .body = request->body, .range = request->range,
                             .content_type = request->range != NULL ? "application/octet-stream" : NULL };

  kith_hub_handle (self->hub, &to_hub, &answer);
  if (answer.wait)
    return FALSE;
  kith_sync_engine_answer (desk->engine, request->serial, answer.status, answer.content_type, answer.body, answer.retry_after);
  return TRUE;
}

void
crash_net_sync (CrashNet *self, guint i)
{
  CrashDesk *desk = &self->desks[i];

  if (desk->held != NULL && deliver (self, desk, desk->held))
    g_clear_pointer (&desk->held, kith_sync_request_free);
  for (guint step = 0; step < 500; step++)
    {
      gint64 wake;
      KithSyncRequest *request = kith_sync_engine_next (desk->engine, &wake);

      if (request == NULL)
        return;
      if (deliver (self, desk, request))
        kith_sync_request_free (request);
      else
        desk->held = request;
    }
  g_error ("Desk %u never comes to rest", i);
}

/* The line is written after the commit said yes and before anything else is done: what is in the ledger must never be lost. */
static void
write_ledger (CrashNet *self, guint i, const char *id, const char *op)
{
  g_autofree char *line = g_strdup_printf ("%u %s %s\n", i, id, op);

  if (write (self->ledger, line, strlen (line)) != (gssize) strlen (line))
    g_error ("The ledger cannot be written");
}

/* A file of two parts, as the windows attach one. */
void
crash_net_attach (CrashNet *self, guint i, const char *client)
{
  KithStore *store = self->desks[i].store;
  g_autofree char *id = kith_id_new (self->clock, self->random), *path = kith_store_file_path (store, id), *op = NULL;
  g_autofree guint8 *content = g_malloc (CRASH_FILE);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (JsonObject) args = kith_json_new ("id", "s", id, "t", "s", "client", "record", "s", client, "type", "s", "letter", "name", "s", "Letter.pdf",
                                               "media_type", "s", "application/pdf", NULL);
  g_auto (KithStoreFile) taken = { 0 };
  g_autoptr (GError) error = NULL;

  kith_random_bytes (self->random, content, CRASH_FILE);
  stream = g_memory_input_stream_new_from_data (content, CRASH_FILE, NULL);
  kith_blob_new_key (taken.key);
  if (!kith_blob_take (stream, path, taken.key, CRASH_FILE, &taken.size, &taken.sha256, NULL, &error))
    g_error ("%s", error->message);
  if (!kith_store_attach (store, args, &taken, 0, &op, &error))
    {
      if (error->domain != KITH_REFUSAL)
        g_error ("document.attach: %s", error->message);
      return;
    }
  write_ledger (self, i, op, "document.attach");
  kith_sync_engine_nudge (self->desks[i].engine);
}

void
crash_net_submit (CrashNet *self, guint i, const char *op, JsonObject *args)
{
  g_autoptr (JsonObject) owned = args;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!kith_store_submit (self->desks[i].store, op, owned, 0, &id, &error))
    {
      if (error->domain != KITH_REFUSAL)
        g_error ("%s: %s", op, error->message);
      return;
    }
  write_ledger (self, i, id, op);
  kith_sync_engine_nudge (self->desks[i].engine);
}

static void
as_hub (CrashNet *self, const char *op, JsonObject *args)
{
  g_autoptr (JsonObject) owned = args;
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_auto (KithOpContext) result = { 0 };
  g_autoptr (GError) error = NULL;

  kith_hub_submit (self->hub, actor, op, owned, &result, &error);
  g_assert_no_error (error);
}

static char *
put (CrashNet *self, const char *kind, const char *id, JsonObject *body)
{
  g_autofree char *key = g_strconcat ("crash/", id, NULL);

  as_hub (self, "directory.put", kith_json_new ("t", "s", kind, "source", "s", "crash", "source_id", "s", id, "body", "o", body, NULL));
  return kith_id_natural (kind, key);
}

static void
add_staff (CrashNet *self, guint i, const char *agency)
{
  guint8 auth[32];
  g_autofree char *id = kith_id_new (self->clock, self->random), *device = kith_id_new (self->clock, self->random), *text = NULL;
  g_autoptr (JsonObject) question = NULL;
  g_autoptr (GBytes) body = NULL;
  g_auto (KithHubAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  JsonObject *session;

  memset (auth, 9, sizeof auth);
  as_hub (self, "staff.add",
          kith_json_new ("id", "s", id, "agency", "s", agency, "given_name", "s", logins[i], "level", "s", "standard", "role", "s", "referral_manager",
                         "duties", "a", kith_json_strings ("supervisor", NULL), "trained", "b", TRUE, "login", "s", logins[i], NULL));
  kith_hub_set_account (self->hub, logins[i], id, auth, sizeof auth, &error);
  g_assert_no_error (error);

  question = kith_json_new ("login", "s", logins[i], "auth", "s", auth_hex, "device", "s", device, "schema", "i", (gint64) 1, NULL);
  text = kith_json_print_object (question);
  body = g_bytes_new (text, strlen (text));
  kith_hub_handle (self->hub, &(KithHubRequest) { .method = "POST", .path = "/v1/sign-in", .body = body }, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  session = kith_json_parse_object (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body), NULL, &error);
  g_assert_no_error (error);
  json_object_set_string_member (session, "device", device);
  json_object_set_object_member (self->facts, logins[i], session);
}

static CrashNet *
new_net (const char *folder, guint64 seed)
{
  CrashNet *self = g_new0 (CrashNet, 1);
  g_autofree char *path = NULL;

  self->folder = g_strdup (folder);
  self->clock = kith_clock_new_system ();
  self->random = kith_random_new_seeded (seed);
  path = file (self, "ledger");
  self->ledger = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (self->ledger, >=, 0);
  open_hub (self);
  return self;
}

CrashNet *
crash_net_make (const char *folder, guint64 seed)
{
  CrashNet *self = new_net (folder, seed);
  g_autofree char *a = NULL, *b = NULL, *service = NULL, *text = NULL, *path = file (self, "facts.json");

  self->facts = json_object_new ();
  a = put (self, "organization", "a", kith_json_new ("name", "s", "Alder House", NULL));
  b = put (self, "organization", "b", kith_json_new ("name", "s", "Birch Clinic", NULL));
  service = put (self, "service", "s", kith_json_new ("organization_id", "s", b, "name", "s", "Night shelter", "status", "s", "active", NULL));
  as_hub (self, "service.set_direct", kith_json_new ("service", "s", service, "direct", "b", TRUE, NULL));
  add_staff (self, 0, a);
  add_staff (self, 1, b);
  json_object_set_string_member (self->facts, "b", b);
  json_object_set_string_member (self->facts, "service", service);
  text = kith_json_print_object (self->facts);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  for (guint i = 0; i < CRASH_DESKS; i++)
    {
      open_desk (self, i);
      crash_net_sync (self, i);
    }
  return self;
}

CrashNet *
crash_net_open (const char *folder, guint64 seed)
{
  CrashNet *self = new_net (folder, seed);
  g_autofree char *facts = file (self, "facts.json"), *ledger = file (self, "ledger"), *text = NULL, *lines = NULL;

  g_assert_true (g_file_get_contents (facts, &text, NULL, NULL));
  self->facts = kith_json_parse_object (text, -1, NULL, NULL);
  g_assert_nonnull (self->facts);
  g_assert_true (g_file_get_contents (ledger, &lines, NULL, NULL));
  for (const char *c = lines; *c != '\0'; c++)
    self->done += *c == '\n';
  for (guint i = 0; i < CRASH_DESKS; i++)
    open_desk (self, i);
  return self;
}

void
crash_net_close (CrashNet *self)
{
  for (guint i = 0; i < CRASH_DESKS; i++)
    {
      g_clear_pointer (&self->desks[i].held, kith_sync_request_free);
      g_clear_pointer (&self->desks[i].engine, kith_sync_engine_free);
      g_clear_object (&self->desks[i].store);
    }
  kith_hub_free (self->hub);
  g_close (self->ledger, NULL);
  g_clear_pointer (&self->facts, json_object_unref);
  g_clear_object (&self->clock);
  kith_random_free (self->random);
  g_free (self->folder);
  g_free (self);
}
