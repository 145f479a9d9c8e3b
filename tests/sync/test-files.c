/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "kith-protocol.h"
#include "kith-store-file.h"

#include <glib/gstdio.h>
#include <string.h>

/* Attached files from one desk to another through a real hub: in parts, over cuts, purged with their scope. */

#define SIZE (3 * KITH_BLOB_PART + 77)

typedef struct
{
  Network *net;
  char *ana, *adi, *ben, *client;
  Desk *a, *a2, *b; /* author (a coordinator), colleague who sees every client, another agency */
  guint8 *content;
} Files;

static void
set_up (Files *f, gconstpointer data)
{
  g_autofree char *number = NULL, *op = NULL;

  f->net = network_new ();
  f->ana = network_add_staff (f->net, "ana", f->net->a, "care_coordinator", NULL);
  f->adi = network_add_staff (f->net, "adi", f->net->a, "referral_manager", "supervisor");
  f->ben = network_add_staff (f->net, "ben", f->net->b, "referral_manager", "supervisor");
  f->a = desk_new (f->net, "ana");
  f->a2 = desk_new (f->net, "adi");
  f->b = desk_new (f->net, "ben");
  desk_run (f->a);
  desk_run (f->a2);
  desk_run (f->b);
  f->client = network_id (f->net);
  number = kith_store_next_number (f->a->store, NULL);
  op = desk_submit (f->a, "client.register", network_json ("{'id':'%s','number':'%s','values':{'given_name':'Mara'}}", f->client, number));
  f->content = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    f->content[i] = (guint8) (i * 13 + i / 97);
}

static void
tear_down (Files *f, gconstpointer data)
{
  desk_free (f->a);
  desk_free (f->a2);
  desk_free (f->b);
  network_free (f->net);
  g_free (f->ana);
  g_free (f->adi);
  g_free (f->ben);
  g_free (f->client);
  g_free (f->content);
}

static char *
attach (Files *f, Desk *desk, char **op_id)
{
  char *id = network_id (f->net);
  g_autofree char *path = kith_store_file_path (desk->store, id), *op = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (f->content, SIZE, NULL);
  g_autoptr (JsonObject) args = network_json ("{'id':'%s','t':'client','record':'%s','type':'letter','name':'Letter.pdf','media_type':'application/pdf'}",
                                              id, f->client);
  g_auto (KithStoreFile) file = { 0 };
  g_autoptr (GError) error = NULL;

  kith_blob_new_key (file.key);
  kith_blob_take (stream, path, file.key, SIZE, &file.size, &file.sha256, NULL, &error);
  g_assert_no_error (error);
  kith_store_attach (desk->store, args, &file, 8000, &op, &error);
  g_assert_no_error (error);
  if (op_id != NULL)
    *op_id = g_steal_pointer (&op);
  return id;
}

static void
later (Files *f)
{
  kith_manual_clock_advance (f->net->clock, 20000);
}

static gboolean
there (Desk *desk, const char *document)
{
  g_autofree char *path = kith_store_file_path (desk->store, document);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
look (Desk *desk, const char *document, KithStoreFile *file)
{
  gboolean found = FALSE;

  g_assert_true (kith_store_get_file (desk->store, document, file, &found, NULL));
  g_assert_true (found);
}

static void
assert_content (Files *f, Desk *desk, const char *document)
{
  g_auto (KithStoreFile) file = { 0 };
  g_autofree char *path = kith_store_file_path (desk->store, document);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  look (desk, document, &file);
  g_assert_cmpint (file.have, ==, SIZE);
  kith_blob_give (path, file.key, file.size, stream, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (f->content, SIZE, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

/* The network goes after every single request, on both sides, until all is through: no part is lost, none is sent for nothing. */
static void
test_over_cuts (Files *f, gconstpointer data)
{
  g_autofree char *document = attach (f, f->a, NULL);
  g_auto (KithStoreFile) file = { 0 };
  gboolean here = TRUE;
  guint turns = 0;

  assert_content (f, f->a, document); /* before a byte is sent */
  later (f);
  for (; turns < 60 && (turns == 0 || !kith_sync_engine_is_quiet (f->a->engine)); turns++)
    {
      f->a->cut = FALSE;
      f->a->requests = 4; /* the long poll, a page, one part */
      kith_sync_engine_nudge (f->a->engine);
      desk_run (f->a);
      later (f);
    }
  look (f->a, document, &file);
  g_assert_cmpint (file.sent, ==, SIZE);
  g_assert_cmpuint (turns, <, 30);

  desk_run (f->a2);
  g_assert_true (kith_store_want_file (f->a2->store, document, &here, NULL));
  g_assert_false (here);
  for (turns = 0; turns < 60 && (turns == 0 || !kith_sync_engine_is_quiet (f->a2->engine)); turns++)
    {
      f->a2->cut = FALSE;
      f->a2->requests = 4;
      kith_sync_engine_nudge (f->a2->engine);
      desk_run (f->a2);
      later (f);
    }
  assert_content (f, f->a2, document);
  g_assert_true (kith_store_want_file (f->a2->store, document, &here, NULL));
  g_assert_true (here);
}

/* Not a byte before the operation is with the hub; undone, it never was. */
static void
test_undo (Files *f, gconstpointer data)
{
  g_autofree char *op = NULL;
  g_autofree char *document = attach (f, f->a, &op);
  gboolean undone = FALSE;

  desk_run (f->a);
  g_assert_null (strstr (f->a->seen->str, "\"have\""));
  g_assert_true (kith_store_undo (f->a->store, op, &undone, NULL, NULL));
  g_assert_true (undone);
  g_assert_false (there (f->a, document));
  later (f);
  desk_run (f->a);
  g_assert_true (kith_sync_engine_is_quiet (f->a->engine));
}

/* Asked for before its author has sent it: said so, and it comes when it is there. */
static void
test_pending (Files *f, gconstpointer data)
{
  g_autofree char *document = attach (f, f->a, NULL);
  gboolean here;

  later (f);
  f->a->requests = 3; /* enough for the operation, not for the file */
  desk_run (f->a);
  desk_run (f->a2);
  g_assert_true (kith_store_want_file (f->a2->store, document, &here, NULL));
  desk_run (f->a2);
  g_auto (KithStoreFile) file = { 0 };
  look (f->a2, document, &file);
  g_assert_cmpstr (file.failed, ==, KITH_ERROR_BLOB_PENDING);
  f->a->cut = FALSE;
  later (f);
  desk_run (f->a);
  g_assert_true (kith_store_want_file (f->a2->store, document, &here, NULL));
  desk_run (f->a2);
  assert_content (f, f->a2, document);
}

/* What the hub has lost keeps nothing else from coming, or from being sent. */
static void
test_damaged (Files *f, gconstpointer data)
{
  g_autofree char *good = attach (f, f->a, NULL), *lost = attach (f, f->a, NULL), *own = NULL;
  g_autofree char *path = g_build_filename (f->net->files, lost, NULL);
  g_auto (KithStoreFile) file = { 0 }, sent = { 0 };
  gboolean here;

  later (f);
  desk_run (f->a);
  desk_run (f->a2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  own = attach (f, f->a2, NULL);
  g_assert_true (kith_store_want_file (f->a2->store, good, &here, NULL));
  later (f);
  g_assert_true (kith_store_want_file (f->a2->store, lost, &here, NULL)); /* the last that was wanted is the first */
  for (guint i = 0; i < 4; i++)
    {
      later (f);
      kith_sync_engine_nudge (f->a2->engine);
      desk_run (f->a2);
    }
  look (f->a2, lost, &file);
  g_assert_cmpstr (file.failed, ==, KITH_ERROR_BLOB_DAMAGED);
  assert_content (f, f->a2, good);
  look (f->a2, own, &sent);
  g_assert_cmpint (sent.sent, ==, SIZE);
}

/* What a hub that somebody broke into says may not lead out of the folder of files: a file is kept under its document's id, and goes by it. */
static void
test_outside (Files *f, gconstpointer data)
{
  g_autofree char *document = attach (f, f->a, NULL), *path = NULL;
  g_autoptr (GError) error = NULL;
  gboolean here = TRUE;

  later (f);
  desk_run (f->a);
  desk_run (f->a2);
  path = kith_store_file_path (f->a2->store, "../outside");
  g_assert_true (kith_db_exec (kith_store_get_db (f->a2->store), "UPDATE document SET id = '../outside'", &error));
  g_assert_no_error (error);
  g_assert_false (kith_store_want_file (f->a2->store, "../outside", &here, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED);
  g_assert_false (kith_store_has_transfers (f->a2->store));
  desk_run (f->a2);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Opened anew between a file and its line, a store has thrown the file away: no line is made of what is not there, or everybody would wait for it. */
static void
test_lost_before (Files *f, gconstpointer data)
{
  g_autofree char *id = network_id (f->net), *path = kith_store_file_path (f->a->store, id), *op = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (f->content, SIZE, NULL);
  g_autoptr (JsonObject) args = network_json ("{'id':'%s','t':'client','record':'%s','type':'letter','name':'Letter.pdf','media_type':'application/pdf'}", id, f->client);
  g_auto (KithStoreFile) file = { 0 }, kept = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean found = TRUE;

  kith_blob_new_key (file.key);
  g_assert_true (kith_blob_take (stream, path, file.key, SIZE, &file.size, &file.sha256, NULL, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (kith_store_attach (f->a->store, args, &file, 0, &op, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED);
  g_assert_true (kith_store_get_file (f->a->store, id, &kept, &found, NULL));
  g_assert_false (found);
}

static void
assign (Files *f, const char *what)
{
  g_autofree char *op = desk_submit (f->a2, "assignment.apply", network_json ("{'client':'%s','changes':[{'do':'%s','staff':'%s'}]}", f->client, what, f->ana));

  desk_run (f->a2);
}

/* I6: with the scope go the file and its key; one's own that is not sent yet goes when it is. */
static void
test_purge (Files *f, gconstpointer data)
{
  g_autofree char *sent = attach (f, f->a, NULL), *unsent = NULL;
  g_autofree char *key = NULL;
  g_auto (KithStoreFile) file = { 0 };
  gboolean found = TRUE;

  later (f);
  desk_run (f->a);
  unsent = attach (f, f->a, NULL);
  later (f);
  f->a->requests = 3; /* the operation goes through, not the file */
  desk_run (f->a);
  look (f->a, sent, &file);
  key = kith_blob_print_key (file.key);
  desk_run (f->a2);
  assign (f, "remove");

  f->a->cut = FALSE;
  later (f);
  desk_run (f->a);
  g_assert_false (there (f->a, sent));
  g_assert_true (kith_store_get_file (f->a->store, sent, &file, &found, NULL));
  g_assert_false (found);
  desk_run (f->a);
  later (f);
  desk_run (f->a);
  g_assert_false (there (f->a, unsent));
  desk_run (f->a2);
  g_assert_true (kith_store_want_file (f->a2->store, unsent, &found, NULL));
  desk_run (f->a2);
  assert_content (f, f->a2, unsent); /* what was written before is not lost */
  g_assert_false (kith_store_want_file (f->a->store, sent, &found, NULL));
}

/* What the hub has no room for is the author's only copy: it outlives the end of access as what is unsent does, and is sent once there is room; what the
 * hub says is not there is not kept. */
static void
test_purge_without_room (Files *f, gconstpointer data)
{
  static const char *const failures[] = { KITH_ERROR_BLOB_QUOTA, KITH_ERROR_NOT_FOUND };
  char *documents[G_N_ELEMENTS (failures)] = { 0 };

  later (f);
  desk_run (f->a);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    documents[i] = attach (f, f->a, NULL);
  later (f);
  f->a->requests = 3; /* the operations go through, not the files */
  desk_run (f->a);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    g_assert_true (kith_store_fail_file (f->a->store, documents[i], failures[i], NULL));
  f->a->cut = FALSE;
  desk_run (f->a2);
  assign (f, "remove");
  later (f);
  desk_run (f->a);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_auto (KithStoreFile) file = { 0 };
      gboolean found;

      g_assert_true (kith_store_get_file (f->a->store, documents[i], &file, &found, NULL));
      g_assert_cmpint (found, ==, i == 0);
      g_free (documents[i]);
    }
}

/* Removed: gone at its author's, at the colleague's who had looked at it, and at the hub. */
static void
test_removed (Files *f, gconstpointer data)
{
  g_autofree char *document = attach (f, f->a, NULL), *op = NULL;
  gboolean here;
  guint n;

  later (f);
  desk_run (f->a);
  desk_run (f->a2);
  g_assert_true (kith_store_want_file (f->a2->store, document, &here, NULL));
  desk_run (f->a2);
  op = desk_submit (f->a, "document.remove", network_json ("{'document':'%s','reason':'Blurred'}", document));
  g_assert_true (there (f->a, document)); /* it can still be undone */
  desk_run (f->a);
  desk_run (f->a2);
  g_assert_false (there (f->a, document));
  g_assert_false (there (f->a2, document));
  g_assert_true (kith_hub_run_clock (f->net->hub, &n, NULL));
  g_autofree char *at_hub = g_build_filename (f->net->files, document, NULL);
  g_assert_false (g_file_test (at_hub, G_FILE_TEST_EXISTS));
}

/* B never hears of it. */
static void
test_other_agency (Files *f, gconstpointer data)
{
  g_autofree char *document = attach (f, f->a, NULL);
  g_auto (KithStoreFile) file = { 0 };

  later (f);
  desk_run (f->a);
  desk_run (f->b);
  look (f->a, document, &file);
  g_assert_null (strstr (f->b->seen->str, document));
  g_assert_null (strstr (f->b->seen->str, file.sha256));
}

/* The hub is restored from a backup: what was attached before is whole, what was attached since is sent again, words and bytes. */
static void
test_restored (Files *f, gconstpointer data)
{
  g_autofree char *before = attach (f, f->a, NULL), *since = NULL;
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean here;
  guint n = 1;

  later (f);
  desk_run (f->a);
  network_back_up (f->net);
  since = attach (f, f->a, NULL);
  later (f);
  desk_run (f->a);
  desk_run (f->a2);

  network_restore (f->net);
  for (guint i = 0; i < 3; i++)
    {
      later (f);
      kith_sync_engine_nudge (f->a->engine);
      desk_run (f->a);
      kith_sync_engine_nudge (f->a2->engine);
      desk_run (f->a2);
    }
  g_assert_true (kith_store_want_file (f->a2->store, before, &here, NULL) && kith_store_want_file (f->a2->store, since, &here, NULL));
  desk_run (f->a2);
  assert_content (f, f->a2, before);
  assert_content (f, f->a2, since);
  g_assert_true (kith_hub_check (f->net->hub, report, &n, &error));
  g_test_message ("%s", report->str);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/files/" name, Files, NULL, set_up, func, tear_down)
  ADD ("over-cuts", test_over_cuts);
  ADD ("undo", test_undo);
  ADD ("pending", test_pending);
  ADD ("damaged-at-the-hub", test_damaged);
  ADD ("outside", test_outside);
  ADD ("lost-before", test_lost_before);
  ADD ("I6-purge", test_purge);
  ADD ("I6-purge-without-room", test_purge_without_room);
  ADD ("removed", test_removed);
  ADD ("restored", test_restored);
  ADD ("I5-other-agency", test_other_agency);
  return g_test_run ();
}
