/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-protocol.h"
#include "kith-store-file.h"
#include "network.h"

#include <glib/gstdio.h>
#include <string.h>

/* One side is older than the other (sync.md 2.10, I20): what was done here still leaves. */

#define SIZE (KITH_BLOB_PART + 77)

typedef struct
{
  Network *net;
  Desk *desk;
} Pair;

static void
set_up (Pair *f, gconstpointer data)
{
  g_autofree char *ana = NULL;

  f->net = network_new ();
  ana = network_add_staff (f->net, "ana", f->net->a, "referral_manager", "supervisor");
  f->desk = desk_new (f->net, "ana");
  f->desk->old_hub = GPOINTER_TO_INT (data);
  desk_run (f->desk);
}

static void
tear_down (Pair *f, gconstpointer data)
{
  desk_free (f->desk);
  network_free (f->net);
}

static char *
register_client (Pair *f)
{
  char *client = network_id (f->net);
  g_autofree char *consent = network_id (f->net);
  g_autofree char *number = kith_store_next_number (f->desk->store, NULL);
  g_autofree char *op = desk_submit (f->desk, "client.register",
    network_json ("{'id':'%s','number':'%s','values':{'given_name':'Mara','family_name':'Canary'},'consent':{'id':'%s','permission':'granted','classes':['client'],"
                  "'receivers':['%s'],'how':'verbal','purpose':'Referral','term':'2027-03-01T00:00:00.000Z'}}", client, number, consent, f->net->b));

  return client;
}

static gboolean
hub_has (Pair *f, const char *client)
{
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (f->net->hub), "client", client, NULL);

  return record != NULL;
}

static void
run_on (Pair *f)
{
  for (guint i = 0; i < 4; i++)
    {
      kith_manual_clock_advance (f->net->clock, 600000);
      kith_sync_engine_nudge (f->desk->engine);
      desk_run (f->desk);
    }
}

/* ---- a hub that sends this Kith nothing any more */

/* The bytes of a letter go as well, not only the word that there is one. */
static void
test_file_leaves (Pair *f, gconstpointer data)
{
  g_autofree char *client = register_client (f), *document = network_id (f->net), *path = kith_store_file_path (f->desk->store, document), *op = NULL;
  g_autofree guint8 *content = g_malloc0 (SIZE);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, SIZE, NULL);
  g_autoptr (JsonObject) args = network_json ("{'id':'%s','t':'client','record':'%s','type':'letter','name':'Letter.pdf','media_type':'application/pdf'}",
                                              document, client);
  g_auto (KithStoreFile) file = { 0 }, sent = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean found;

  f->desk->old = TRUE;
  kith_blob_new_key (file.key);
  kith_blob_take (stream, path, file.key, SIZE, &file.size, &file.sha256, NULL, &error);
  g_assert_no_error (error);
  kith_store_attach (f->desk->store, args, &file, 0, &op, &error);
  g_assert_no_error (error);
  run_on (f);
  g_assert_true (hub_has (f, client));
  g_assert_true (kith_store_get_file (f->desk->store, document, &sent, &found, NULL));
  g_assert_true (found);
  g_assert_cmpint (sent.sent, ==, SIZE);
  g_assert_nonnull (kith_sync_engine_get_told (f->desk->engine));
}

/* I2, I3: and that hub was restored from a backup. What it had taken goes out again, and what waits with it. */
static void
test_restored (Pair *f, gconstpointer data)
{
  g_autofree char *taken = NULL, *waiting = NULL, *name = NULL;

  network_back_up (f->net);
  taken = register_client (f);
  desk_run (f->desk);
  g_assert_true (hub_has (f, taken));
  network_restore (f->net);
  f->desk->old = TRUE;
  waiting = register_client (f);
  run_on (f);
  g_assert_true (hub_has (f, taken));
  g_assert_true (hub_has (f, waiting));
  f->desk->old = FALSE; /* it was updated */
  run_on (f);
  name = desk_field (f->desk, "client", taken, "family_name");
  g_assert_cmpstr (name, ==, "Canary");
  g_assert_true (kith_sync_engine_is_quiet (f->desk->engine));
}

/* ---- a hub that does not know yet what this Kith knows */

static char *
send_referral (Pair *f, const char *client, const char *previous)
{
  char *referral = network_id (f->net);
  g_autofree char *number = kith_store_next_number (f->desk->store, NULL);
  JsonObject *args = network_json ("{'id':'%s','number':'%s','client':'%s','type':'direct','service':'%s','need':'A bed','urgency':'soon'}", referral, number,
                                   client, f->net->service);

  if (previous != NULL)
    json_object_set_string_member (args, "previous", previous);
  g_free (desk_submit (f->desk, "referral.send", args));
  return referral;
}

/* A hub that does not tell its schema is of the first, which has all arguments there were until schemas were told: none is kept from it. */
static void
test_argument (Pair *f, gconstpointer data)
{
  g_autofree char *client = register_client (f), *first = send_referral (f, client, NULL), *second = NULL, *third = NULL;
  KithStoreStatus status;

  g_free (desk_submit (f->desk, "referral.recall", network_json ("{'referral':'%s','from':'sent'}", first)));
  desk_run (f->desk);
  second = send_referral (f, client, first);
  g_string_truncate (f->desk->sent, 0);
  desk_run (f->desk);
  g_assert_nonnull (strstr (f->desk->sent->str, second));
  g_assert_nonnull (strstr (f->desk->sent->str, "\"previous\""));

  /* Its answer was lost, and the hub is updated before it is sent again: it goes out as it went. */
  third = send_referral (f, client, first);
  f->desk->requests = 2; /* the long poll, the push */
  desk_run (f->desk);
  f->desk->requests = 0;
  f->desk->cut = f->desk->old_hub = FALSE;
  run_on (f);
  g_assert_nonnull (strstr (f->desk->sent->str, third));
  g_assert_true (kith_store_get_status (f->desk->store, &status, NULL));
  g_assert_cmpuint (status.waiting, ==, 0);
  g_assert_cmpuint (status.attention, ==, 0);

  g_string_truncate (f->desk->sent, 0);
  g_free (send_referral (f, client, first));
  desk_run (f->desk);
  g_assert_nonnull (strstr (f->desk->sent->str, "\"previous\""));
}

static void
done_cb (JsonObject *outcome, const GError *error, gpointer user_data)
{
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (outcome, "st"), ==, "applied");
  *(gboolean *) user_data = TRUE;
}

/* The same of what never waits. */
static void
test_online_argument (Pair *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = network_json ("{'staff':'%s','email':'ana@example.org','mail_language':'es'}", f->desk->user);
  g_autofree char *email = NULL;
  gboolean done = FALSE;

  g_string_truncate (f->desk->sent, 0);
  kith_sync_engine_submit_online (f->desk->engine, "staff.set_notices", args, done_cb, &done);
  desk_run (f->desk);
  g_assert_true (done);
  email = desk_field (f->desk, "staff", f->desk->user, "email");
  g_assert_cmpstr (email, ==, "ana@example.org");
  g_assert_nonnull (strstr (f->desk->sent->str, "mail_language"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/old/desk-file-leaves", Pair, NULL, set_up, test_file_leaves, tear_down);
  g_test_add ("/sync/old/I2-desk-after-a-restore", Pair, NULL, set_up, test_restored, tear_down);
  g_test_add ("/sync/old/hub-argument", Pair, GINT_TO_POINTER (TRUE), set_up, test_argument, tear_down);
  g_test_add ("/sync/old/hub-of-now-argument", Pair, NULL, set_up, test_argument, tear_down);
  g_test_add ("/sync/old/hub-online-argument", Pair, GINT_TO_POINTER (TRUE), set_up, test_online_argument, tear_down);
  g_test_add ("/sync/old/hub-of-now-online-argument", Pair, NULL, set_up, test_online_argument, tear_down);
  return g_test_run ();
}
