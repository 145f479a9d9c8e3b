/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-store-lease.h"
#include "network.h"

#include "kith-protocol.h"

#include <string.h>

/* The closed loop through real desktop cores and a real hub core: one desk is offline when it accepts. */

typedef struct
{
  Network *net;
  char *ana, *ben, *cyn;
  Desk *a, *b, *c;
} Loop;

static void
set_up (Loop *f, gconstpointer data)
{
  f->net = network_new ();
  f->ana = network_add_staff (f->net, "ana", f->net->a, "care_coordinator", NULL);
  f->ben = network_add_staff (f->net, "ben", f->net->b, "referral_manager", "supervisor");
  f->cyn = network_add_staff (f->net, "cyn", f->net->c, "referral_manager", "supervisor");
  f->a = desk_new (f->net, "ana");
  f->b = desk_new (f->net, "ben");
  f->c = desk_new (f->net, "cyn");
  desk_run (f->a);
  desk_run (f->b);
  desk_run (f->c);
}

static void
tear_down (Loop *f, gconstpointer data)
{
  g_autoptr (GString) report = g_string_new (NULL);
  guint problems = 1;

  kith_hub_check (f->net->hub, report, &problems, NULL);
  g_assert_cmpstr (report->str, ==, problems == 0 ? report->str : "");
  g_assert_cmpuint (problems, ==, 0);
  desk_free (f->a);
  desk_free (f->b);
  desk_free (f->c);
  network_free (f->net);
  g_free (f->ana);
  g_free (f->ben);
  g_free (f->cyn);
}

#define ASSERT_FIELD(desk, kind, id, field, expected) \
  G_STMT_START { g_autofree char *value_ = desk_field (desk, kind, id, field); g_assert_cmpstr (value_, ==, expected); } G_STMT_END

static char *
register_client (Loop *f)
{
  char *client = network_id (f->net);
  g_autofree char *consent = network_id (f->net);
  g_autofree char *number = kith_store_next_number (f->a->store, NULL);
  g_autofree char *op = desk_submit (f->a, "client.register",
    network_json ("{'id':'%s','number':'%s','values':{'given_name':'Mara','family_name':'Canary'},'consent':{'id':'%s',"
                  "'permission':'granted','classes':['client','care'],'receivers':['%s'],'how':'verbal','purpose':'Referral',"
                  "'term':'2027-03-01T00:00:00.000Z'}}", client, number, consent, f->net->b));
  return client;
}

static char *
send_referral (Loop *f, const char *client)
{
  char *referral = network_id (f->net);
  g_autofree char *number = kith_store_next_number (f->a->store, NULL);
  g_autofree char *op = desk_submit (f->a, "referral.send",
    network_json ("{'id':'%s','number':'%s','client':'%s','type':'direct','service':'%s','need':'A bed','urgency':'soon'}",
                  referral, number, client, f->net->service));
  return referral;
}

static void
test_closed_loop (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f);
  g_autofree char *referral = send_referral (f, client);
  g_autofree char *accept = NULL;
  g_autofree char *close = NULL;
  KithStoreStatus status;

  ASSERT_FIELD (f->a, "referral", referral, "phase", "sent");
  desk_run (f->a);
  desk_run (f->b);
  ASSERT_FIELD (f->b, "referral", referral, "phase", "sent");
  ASSERT_FIELD (f->b, "client", client, "family_name", NULL);

  f->b->cut = TRUE;
  accept = desk_submit (f->b, "referral.accept", network_json ("{'referral':'%s','from':'sent'}", referral));
  desk_run (f->b);
  ASSERT_FIELD (f->b, "referral", referral, "phase", "accepted");
  g_assert_cmpint (kith_sync_engine_get_state (f->b->engine), ==, KITH_SYNC_OFFLINE);
  kith_store_get_status (f->b->store, &status, NULL);
  g_assert_cmpuint (status.waiting, ==, 1);
  desk_run (f->a);
  ASSERT_FIELD (f->a, "referral", referral, "phase", "sent");

  f->b->cut = FALSE;
  kith_manual_clock_advance (f->net->clock, 600000);
  desk_run (f->b);
  kith_store_get_status (f->b->store, &status, NULL);
  g_assert_cmpuint (status.waiting, ==, 0);
  g_assert_cmpuint (status.attention, ==, 0);
  ASSERT_FIELD (f->b, "client", client, "family_name", "Canary");
  desk_run (f->a);
  ASSERT_FIELD (f->a, "referral", referral, "phase", "accepted");

  close = desk_submit (f->b, "referral.close", network_json ("{'referral':'%s','from':'accepted','outcome':'need_met'}", referral));
  desk_run (f->b);
  desk_run (f->a);
  desk_run (f->c);
  ASSERT_FIELD (f->a, "referral", referral, "phase", "closed_resolved");
  {
    g_autofree char *detail = kith_id_natural ("referral_detail", referral);

    ASSERT_FIELD (f->a, "referral_detail", detail, "outcome", "need_met");
  }
  g_assert_true (kith_sync_engine_is_quiet (f->a->engine));
  g_assert_true (kith_sync_engine_is_quiet (f->b->engine));

  g_assert_null (strstr (f->c->seen->str, client));
  g_assert_null (strstr (f->c->seen->str, referral));
  g_assert_null (strstr (f->c->seen->str, "Canary"));
}

/* Two things of B race: the recall is there first, B's acceptance from offline is told why not. */
static void
test_recall_wins (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f);
  g_autofree char *referral = send_referral (f, client);
  g_autofree char *accept = NULL, *recall = NULL;
  g_autoptr (GPtrArray) attention = NULL;

  desk_run (f->a);
  desk_run (f->b);
  f->b->cut = TRUE;
  accept = desk_submit (f->b, "referral.accept", network_json ("{'referral':'%s','from':'sent'}", referral));
  recall = desk_submit (f->a, "referral.recall", network_json ("{'referral':'%s','from':'sent','reason':'Found a bed nearer'}", referral));
  desk_run (f->a);
  desk_run (f->b);
  f->b->cut = FALSE;
  kith_manual_clock_advance (f->net->clock, 600000);
  desk_run (f->b);
  ASSERT_FIELD (f->b, "referral", referral, "phase", "recalled");
  attention = kith_store_list_attention (f->b->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "st"), ==, "rejected");
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "code"), ==, "stale_state");
}

/* The consent is revoked: what B held of the client goes at its next contact; its own care record stays. */
static void
test_revocation_purges (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f);
  g_autofree char *referral = send_referral (f, client);
  g_autofree char *accept = NULL, *revoke = NULL;

  desk_run (f->a);
  desk_run (f->b);
  accept = desk_submit (f->b, "referral.accept", network_json ("{'referral':'%s','from':'sent'}", referral));
  desk_run (f->b);
  ASSERT_FIELD (f->b, "client", client, "family_name", "Canary");
  revoke = desk_submit (f->a, "consent.revoke", network_json ("{'client':'%s','reason':'Asked to'}", client));
  desk_run (f->a);
  desk_run (f->b);
  ASSERT_FIELD (f->b, "client", client, "family_name", NULL);
  ASSERT_FIELD (f->b, "referral", referral, "phase", "accepted");
}

/* Everything agrees by the hub's sums, and a nightly check finds a row that went missing here. */
static void
test_verify_mends (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f);
  g_autoptr (GError) error = NULL;

  desk_run (f->a);
  kith_sync_engine_verify_soon (f->a->engine);
  desk_run (f->a);
  g_assert_true (kith_sync_engine_is_quiet (f->a->engine));

  kith_db_exec (kith_store_get_db (f->a->store), "DELETE FROM client", &error);
  g_assert_no_error (error);
  ASSERT_FIELD (f->a, "client", client, "family_name", NULL);
  kith_sync_engine_verify_soon (f->a->engine);
  desk_run (f->a);
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
}

/* A row lost in one scope, a row that is older than it says in another: only what lies in these two comes again, whichever of the
 * answers on the way is lost. */
static void
test_verify_fetches_what_differs (Loop *f, gconstpointer data)
{
  for (guint lost = 0; lost < 6; lost++)
    {
      g_autofree char *first = register_client (f), *second = register_client (f), *third = register_client (f);
      g_autofree char *referral = send_referral (f, third), *sql = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) lines = NULL;
      guint puts = 0;

      desk_run (f->a);
      desk_run (f->b);
      sql = g_strdup_printf ("DELETE FROM client WHERE id = '%s'; UPDATE client SET q = q - 1, body = json_set(body, '$.family_name', 'Wrong') "
                             "WHERE id = '%s'", first, second);
      kith_db_exec (kith_store_get_db (f->a->store), sql, &error);
      g_assert_no_error (error);
      g_string_truncate (f->a->seen, 0);
      kith_sync_engine_verify_soon (f->a->engine);
      f->a->requests = lost;
      if (lost > 0)
        desk_run (f->a);
      f->a->requests = 0;
      f->a->cut = FALSE;
      kith_manual_clock_advance (f->net->clock, 600000);
      kith_sync_engine_nudge (f->a->engine);
      desk_run (f->a);
      ASSERT_FIELD (f->a, "client", first, "family_name", "Canary");
      ASSERT_FIELD (f->a, "client", second, "family_name", "Canary");
      lines = g_strsplit (f->a->seen->str, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        if (g_str_has_prefix (lines[i], "{\"put\":"))
          {
            puts++;
            g_assert_true (strstr (lines[i], first) != NULL || strstr (lines[i], second) != NULL);
          }
      g_assert_cmpuint (puts, >=, 4); /* each with its consent */
      g_assert_cmpuint (puts, <=, 8);
      g_assert_null (strstr (f->a->seen->str, third));
      g_assert_null (strstr (f->a->seen->str, referral));
      g_assert_false (kith_store_check_due (f->a->store));
    }
}

/* What the engine asks next and the hub answers now, whenever it arrives. */
static guint64
ask (Desk *desk, KithSyncRequestType type, KithHubAnswer *answer)
{
  gint64 wake;
  KithSyncRequest *request = kith_sync_engine_next (desk->engine, &wake);
  guint64 serial;

  g_assert_nonnull (request);
  g_assert_cmpint (request->type, ==, type);
  kith_hub_handle (desk->net->hub, &(KithHubRequest) { .method = request->method, .path = request->path, .token = request->token, .body = request->body },
                   answer);
  serial = request->serial;
  kith_sync_request_free (request);
  return serial;
}

static gboolean
hub_has (Loop *f, const char *client)
{
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (f->net->hub), "client", client, NULL);

  return record != NULL;
}

/* C22, U21, I6: of whoever was deactivated nothing the hub told stays here, unsent words do; a page that was on its way is not taken any more. */
static void
test_closed (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f), *late = NULL, *unsent = NULL, *args = g_strdup_printf ("{'staff':'%s','reason':'Left'}", f->ana);
  g_auto (KithHubAnswer) pushed = { 0 };
  g_auto (KithHubAnswer) page = { 0 };
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  guint64 serial;

  desk_run (f->a);
  late = register_client (f);
  serial = ask (f->a, KITH_SYNC_PUSH, &pushed);
  kith_sync_engine_answer (f->a->engine, serial, pushed.status, pushed.content_type, pushed.body, 0);
  serial = ask (f->a, KITH_SYNC_PULL, &page);
  unsent = register_client (f);
  network_do (f->net, "staff.deactivate", args);
  desk_run (f->a); /* the long poll is told */
  kith_sync_engine_answer (f->a->engine, serial, page.status, page.content_type, page.body, 0);
  desk_run (f->a);
  g_assert_cmpstr (kith_sync_engine_get_sign_in_reason (f->a->engine), ==, "deactivated");
  g_assert_cmpint (kith_store_get_closed (f->a->store), ==, KITH_CLOSED_ACCOUNT);
  g_assert_null (kith_store_load_actor (f->a->store, &error));
  g_assert_nonnull (strstr (error->message, "closed"));
  ASSERT_FIELD (f->a, "client", client, "family_name", NULL);
  ASSERT_FIELD (f->a, "client", late, "family_name", NULL);
  ASSERT_FIELD (f->a, "staff", f->ana, "name", NULL);
  outbox = kith_store_list_attention (f->a->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (outbox->len, ==, 1);
}

/* I1: a long poll with the cursor of before is told that it is too old, while a page of now is under way, which is no whole fill: nothing is taken
 * away because of it. */
static void
test_expired_wait (Loop *f, gconstpointer data)
{
  static const char text[] = "{\"error\":\"cursor_expired\",\"action\":\"refill\"}";
  g_autoptr (GBytes) expired = g_bytes_new_static (text, strlen (text));
  g_autofree char *client = NULL;
  g_auto (KithHubAnswer) pushed = { 0 };
  g_auto (KithHubAnswer) page = { 0 };
  guint64 serial;

  desk_run (f->a);
  g_assert_nonnull (f->a->held);
  client = register_client (f);
  serial = ask (f->a, KITH_SYNC_PUSH, &pushed);
  kith_sync_engine_answer (f->a->engine, serial, pushed.status, pushed.content_type, pushed.body, 0);
  serial = ask (f->a, KITH_SYNC_PULL, &page);
  kith_sync_engine_answer (f->a->engine, f->a->held->serial, 410, KITH_TYPE_JSON_TEXT, expired, 0);
  g_clear_pointer (&f->a->held, kith_sync_request_free);
  kith_sync_engine_answer (f->a->engine, serial, page.status, page.content_type, page.body, 0);
  ASSERT_FIELD (f->a, "staff", f->ana, "name", "ana");
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
}

/* C22: the same at a hub that was restored from a backup, of which this computer knows the former life alone. */
static void
test_closed_after_restore (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f), *args = g_strdup_printf ("{'staff':'%s','reason':'Left'}", f->ana);

  desk_run (f->a);
  network_back_up (f->net);
  network_restore (f->net);
  network_do (f->net, "staff.deactivate", args);
  desk_run (f->a);
  g_assert_cmpint (kith_store_get_closed (f->a->store), ==, KITH_CLOSED_ACCOUNT);
  ASSERT_FIELD (f->a, "client", client, "family_name", NULL);
}

/* I21, I6: a computer that was revoked keeps nothing of what the hub told it once it asks again, and knows why; unsent words stay. */
static void
test_revoked (Loop *f, gconstpointer data)
{
  g_autofree char *client = register_client (f), *unsent = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  desk_run (f->a);
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
  unsent = register_client (f);
  kith_hub_revoke_computer (f->net->hub, f->ana, NULL, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  desk_run (f->a);
  g_assert_cmpstr (kith_sync_engine_get_sign_in_reason (f->a->engine), ==, "computer_revoked");
  ASSERT_FIELD (f->a, "client", client, "family_name", NULL);
  ASSERT_FIELD (f->a, "staff", f->ana, "name", NULL);
  g_assert_null (kith_store_load_actor (f->a->store, &error));
  g_assert_nonnull (strstr (error->message, "computer"));
  g_assert_false (hub_has (f, unsent));
  outbox = kith_store_list_attention (f->a->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (outbox->len, ==, 1);
}

/* I2: a client registered since the backup: the hub knows nothing of it, and what it took is sent again before the refill takes it from here. */
static void
test_restored (Loop *f, gconstpointer data)
{
  g_autofree char *client = NULL;

  network_back_up (f->net);
  client = register_client (f);
  desk_run (f->a);
  g_assert_true (hub_has (f, client));
  network_restore (f->net);
  for (guint i = 0; i < 3; i++)
    {
      kith_manual_clock_advance (f->net->clock, 600000);
      kith_sync_engine_nudge (f->a->engine);
      desk_run (f->a);
    }
  g_assert_true (hub_has (f, client));
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
}

static void
run_on (Loop *f, Desk *desk)
{
  for (guint i = 0; i < 4; i++)
    {
      kith_manual_clock_advance (f->net->clock, 600000);
      kith_sync_engine_nudge (desk->engine);
      desk_run (desk);
    }
}

/* 2.11: a push that is too large for the hub, or for a proxy that answers with a page of its own, comes again as half of it, however much one may hold. */
static void
test_too_large (Loop *f, gconstpointer data)
{
  static const char said[] = "{\"error\":\"too_large\",\"message\":\"Too large.\"}", page[] = "<html>413</html>";
  char *clients[4];

  desk_run (f->a);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = register_client (f);
  for (guint n = G_N_ELEMENTS (clients), tries = 0; n > 1; n /= 2, tries++)
    {
      g_autoptr (GBytes) body = tries == 0 ? g_bytes_new_static (said, strlen (said)) : g_bytes_new_static (page, strlen (page));
      gint64 wake;
      KithSyncRequest *request = kith_sync_engine_next (f->a->engine, &wake);
      g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (request->body, NULL), "\"op\":", -1);

      g_assert_cmpint (request->type, ==, KITH_SYNC_PUSH);
      g_assert_cmpuint (g_strv_length (lines) - 1, ==, n);
      kith_sync_engine_answer (f->a->engine, request->serial, 413, tries == 0 ? KITH_TYPE_JSON_TEXT : "text/html", body, 0);
      kith_sync_request_free (request);
      kith_manual_clock_advance (f->net->clock, 600000);
    }
  run_on (f, f->a);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_assert_true (hub_has (f, clients[i]));
      g_free (clients[i]);
    }
}

/* I2: the disk breaks once more before the next backup was made: the same copy is put to use again, and that is a third life. No record number is
 * given twice, whichever life gave it. */
static void
test_restored_twice (Loop *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *epoch = NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  network_back_up (f->net);
  first = register_client (f);
  desk_run (f->a);
  for (guint life = 0; life < 3; life++)
    {
      Desk *new_desk;
      g_autofree char *number = NULL;

      network_restore (f->net);
      g_assert_cmpstr (kith_hub_get_epoch (f->net->hub), !=, epoch);
      g_free (epoch);
      epoch = g_strdup (kith_hub_get_epoch (f->net->hub));
      desk_sign_in (f->a); /* the copy does not know what it was signed in by since */
      run_on (f, f->a);
      g_assert_true (hub_has (f, first));
      ASSERT_FIELD (f->a, "client", first, "family_name", "Canary");
      if (second == NULL)
        {
          second = register_client (f);
          desk_run (f->a);
        }
      g_assert_true (hub_has (f, second));
      ASSERT_FIELD (f->a, "client", second, "family_name", "Canary");
      new_desk = desk_new (f->net, "ben");
      number = kith_store_next_number (new_desk->store, NULL);
      g_assert_nonnull (number);
      g_assert_true (g_hash_table_add (codes, g_steal_pointer (&number)));
      desk_free (new_desk);
    }
}

/* I2: the database was copied by other means, and says nothing of it. The first desk that was told more than it knows shows it. */
static void
test_put_back (Loop *f, gconstpointer data)
{
  g_autofree char *epoch = g_strdup (kith_hub_get_epoch (f->net->hub)), *client = NULL;

  network_set_aside (f->net);
  client = register_client (f);
  desk_run (f->a);
  network_restore (f->net);
  g_assert_cmpstr (kith_hub_get_epoch (f->net->hub), ==, epoch);
  run_on (f, f->a);
  g_assert_true (hub_has (f, client));
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
  g_assert_cmpstr (kith_hub_get_epoch (f->net->hub), !=, epoch);
  g_assert_cmpstr (kith_store_get_epoch (f->a->store), ==, kith_hub_get_epoch (f->net->hub));
  run_on (f, f->b);
  g_assert_cmpstr (kith_store_get_epoch (f->b->store), ==, kith_hub_get_epoch (f->net->hub));
}

/* The same, and by the time the desk calls its numbers were given again, to other things: it hears of those all the same (I1). */
static void
test_put_back_and_gone_on (Loop *f, gconstpointer data)
{
  g_autofree char *client = NULL, *agency = g_strdup_printf ("{'t':'organization','source':'test','source_id':'a','body':{'name':'Elder House'}}");

  network_set_aside (f->net);
  client = register_client (f);
  desk_run (f->a);
  network_restore (f->net);
  network_do (f->net, "directory.put", agency);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *more = g_strdup_printf ("{'t':'organization','source':'test','source_id':'m%u','body':{'name':'More %u'}}", i, i);

      network_do (f->net, "directory.put", more);
    }
  g_assert_cmpint (kith_hub_get_q (f->net->hub), >, kith_store_get_cursor_q (f->a->store));
  run_on (f, f->a);
  g_assert_true (hub_has (f, client));
  ASSERT_FIELD (f->a, "organization", f->net->a, "name", "Elder House");
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
}

/* The same, and the desk had heard that the hub took something, but fetched nothing since: what it heard before, this database knows. */
static void
test_put_back_before_the_pull (Loop *f, gconstpointer data)
{
  g_autofree char *client = NULL;

  network_set_aside (f->net);
  client = register_client (f);
  f->a->requests = 3; /* the long poll, the push; then the pull does not arrive */
  desk_run (f->a);
  f->a->requests = 0;
  f->a->cut = FALSE;
  g_assert_true (hub_has (f, client));
  network_restore (f->net);
  g_assert_false (hub_has (f, client));
  run_on (f, f->a);
  g_assert_true (hub_has (f, client));
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
}

/* The same, and the desk has something to send: the hub finds out by the push itself, and takes nothing of it under numbers that are given a second time. */
static void
test_put_back_push_first (Loop *f, gconstpointer data)
{
  g_autofree char *epoch = g_strdup (kith_hub_get_epoch (f->net->hub)), *first = NULL, *second = NULL;

  network_set_aside (f->net);
  first = register_client (f);
  desk_run (f->a);
  network_restore (f->net);
  second = register_client (f);
  f->a->requests = 3; /* a wait, the hello, the push; no pull */
  desk_run (f->a);
  f->a->requests = 0;
  f->a->cut = FALSE;
  g_assert_cmpstr (kith_hub_get_epoch (f->net->hub), !=, epoch);
  g_assert_false (hub_has (f, second));
  run_on (f, f->a);
  g_assert_true (hub_has (f, first));
  g_assert_true (hub_has (f, second));
}

/* I2: what was acknowledged on a lane that was given up since is sent again to a hub that was restored from a backup, with what the next lane
 * sent, and waiting work behind it; nothing takes effect twice. */
static void
test_restored_after_fork (Loop *f, gconstpointer data)
{
  g_autofree char *kept = register_client (f), *first = NULL, *second = NULL, *third = NULL;
  g_autoptr (GError) error = NULL;

  desk_run (f->a);
  network_back_up (f->net);
  first = register_client (f);
  desk_run (f->a);
  g_assert_true (hub_has (f, first));
  g_assert_true (kith_store_fork_lane (f->a->store, &error));
  g_assert_no_error (error);
  kith_sync_engine_nudge (f->a->engine);
  desk_run (f->a);
  second = register_client (f);
  desk_run (f->a);
  g_assert_true (hub_has (f, second));
  third = register_client (f);

  network_restore (f->net);
  g_assert_false (hub_has (f, first));
  for (guint i = 0; i < 4; i++)
    {
      kith_manual_clock_advance (f->net->clock, 600000);
      kith_sync_engine_nudge (f->a->engine);
      desk_run (f->a);
    }
  g_assert_true (hub_has (f, kept));
  g_assert_true (hub_has (f, first));
  g_assert_true (hub_has (f, second));
  g_assert_true (hub_has (f, third));
  ASSERT_FIELD (f->a, "client", first, "family_name", "Canary");
}

static gint64
hub_count (Loop *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* sync.md 2.7: a push is answered by a network's own page before the hub hears of it, and by a cut answer after it did. What waits stays, the
 * desk shows that it is offline, and the hub does it once. */
static void
test_captive_portal (Loop *f, gconstpointer data)
{
  static const char page[] = "<html><body>Accept the terms</body></html>";
  g_autofree char *client = register_client (f);
  gint64 operations = hub_count (f, "SELECT count(*) FROM op_log"), wake;

  for (guint i = 0; i < 2; i++)
    {
      KithSyncRequest *request = kith_sync_engine_next (f->a->engine, &wake);
      g_autoptr (GPtrArray) waiting = NULL;
      g_autoptr (GBytes) body = NULL;
      g_auto (KithHubAnswer) answer = { 0 };

      g_assert_nonnull (request);
      g_assert_cmpint (request->type, ==, KITH_SYNC_PUSH);
      if (i == 0)
        body = g_bytes_new_static (page, strlen (page));
      else
        {
          kith_hub_handle (f->net->hub, &(KithHubRequest) { .method = request->method, .path = request->path, .token = request->token,
                                                            .body = request->body }, &answer);
          g_assert_cmpuint (answer.status, ==, 200);
          body = g_bytes_new_from_bytes (answer.body, 0, 20);
        }
      kith_sync_engine_answer (f->a->engine, request->serial, 200, i == 0 ? "text/html" : KITH_TYPE_LINES, body, 0);
      kith_sync_request_free (request);
      g_assert_cmpint (kith_sync_engine_get_state (f->a->engine), ==, KITH_SYNC_OFFLINE);
      waiting = kith_store_list_outbox (f->a->store, FALSE, G_MAXUINT, NULL, NULL);
      g_assert_cmpuint (waiting->len, ==, 1);
      g_assert_true (kith_store_has_unsent (f->a->store, NULL));
      g_assert_cmpint (hub_count (f, "SELECT count(*) FROM op_log"), ==, operations + i);
      g_assert_true (hub_has (f, client) == (i == 1));
      kith_sync_engine_nudge (f->a->engine);
    }

  desk_run (f->a);
  g_assert_false (kith_store_has_unsent (f->a->store, NULL));
  g_assert_cmpint (kith_sync_engine_get_state (f->a->engine), ==, KITH_SYNC_IDLE);
  g_assert_cmpint (hub_count (f, "SELECT count(*) FROM op_log"), ==, operations + 1);
  g_assert_cmpint (hub_count (f, "SELECT count(*) FROM client"), ==, 1);
  ASSERT_FIELD (f->a, "client", client, "family_name", "Canary");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/loop/" name, Loop, NULL, set_up, func, tear_down)
  ADD ("closed", test_closed_loop);
  ADD ("C22-closed", test_closed);
  ADD ("I1-expired-wait", test_expired_wait);
  ADD ("C22-closed-after-restore", test_closed_after_restore);
  ADD ("2.7-captive-portal", test_captive_portal);
  ADD ("I21-revoked", test_revoked);
  ADD ("2.11-too-large", test_too_large);
  ADD ("I2-restored", test_restored);
  ADD ("I2-restored-after-fork", test_restored_after_fork);
  ADD ("I2-restored-twice", test_restored_twice);
  ADD ("I2-put-back", test_put_back);
  ADD ("I2-put-back-and-gone-on", test_put_back_and_gone_on);
  ADD ("I2-put-back-before-the-pull", test_put_back_before_the_pull);
  ADD ("I2-put-back-push-first", test_put_back_push_first);
  ADD ("recall-wins", test_recall_wins);
  ADD ("revocation-purges", test_revocation_purges);
  ADD ("verify-mends", test_verify_mends);
  ADD ("verify-fetches-what-differs", test_verify_fetches_what_differs);
  return g_test_run ();
}
