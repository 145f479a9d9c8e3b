/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* sync.md 2.12: what is kept for desks that were away goes after 400 days, and a cursor from before it is told to fill anew. */

#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)

static gint64
count (HubFixture *net, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (net->hub), sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

static void
tick (HubFixture *net)
{
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (kith_hub_run_clock (net->hub, &n, &error));
  g_assert_no_error (error);
}

/* One tick takes a step; how many it takes until nothing is left to do. */
static guint
tick_all (HubFixture *net)
{
  guint ticks = 0;

  do
    {
      tick (net);
      ticks++;
    }
  while (net->hub->pruning && ticks < 1000);
  return ticks;
}

static guint
pull_status (Desk *desk, const char *cursor, JsonObject **answer)
{
  g_autofree char *body = g_strdup_printf ("{\"v\":1,\"cursor\":\"%s\"}", cursor);

  return hub_request (desk->net, "POST", "/v1/sync/pull", desk->token, body, answer);
}

/* With no operation: only what the hub makes of the header. */
static guint
push_status (Desk *desk, const char *cursor)
{
  g_autofree char *body = g_strdup_printf ("{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"%s\",\"schema\":1,\"first_n\":%d,\"cursor\":\"%s\"}}\n",
                                           desk->device, desk->user, kith_hub_get_epoch (desk->net->hub), (int) desk->n + 1, cursor);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const KithHubRequest request = { .method = "POST", .path = "/v1/sync/push", .token = desk->token, .body = bytes };
  g_autofree char *text = NULL;

  return hub_request_raw (desk->net, &request, &text);
}

static void
test_kept_then_gone (void)
{
  const KithHubOptions options = { .token_minutes = 500 * 24 * 60 };
  g_autoptr (HubFixture) net = hub_fixture_new (&options);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  g_autofree char *gone = hub_fixture_add_staff (net, "gus", net->a, "\"role\":\"referral_manager\"");
  g_autoptr (Desk) a = desk_new (net, "ana", ana);
  g_autofree char *client = hub_fixture_id (net);
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\"}}", client);
  g_autofree char *before = NULL, *later = NULL, *held = NULL, *closed = NULL, *life = NULL;
  g_autoptr (JsonObject) outcome = NULL, answer = NULL, kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) staff = NULL;
  gint64 ended, moved, horizon;

  outcome = desk_do (a, "client.register", args);
  desk_expect (outcome, "applied", NULL);
  desk_pull (a);
  before = g_strdup (a->cursor);
  hub_fixture_restart (net); /* what it was told of is a run that is over */

  /* what pruning is about: a membership that ended, a record that is gone, one that moved */
  staff = kith_world_get (net->hub->world, "staff", gone, &error);
  kith_record_set_bool (staff, "active", FALSE);
  closed = kith_record_print (staff);
  hub_fixture_put (net, "staff", gone, closed);
  held = g_strdup_printf ("{\"t\":\"client\",\"record\":\"%s\",\"field\":\"family_name\",\"mine\":\"Canary\",\"theirs\":\"Sparrow\","
                          "\"at\":\"2026-03-02T08:00:00.000Z\",\"state\":\"open\",\"scope\":\"client:%s\"}", client, client);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = hub_fixture_id (net);
      gint64 q;

      hub_fixture_put (net, "conflict", id, held);
      g_assert_true (kith_hub_begin (net->hub, &error));
      g_assert_true (kith_world_remove (net->hub->world, "conflict", id, &error));
      g_assert_true (kith_hub_stamp (net->hub, &q, &error));
      g_assert_true (kith_hub_commit (net->hub, &error));
    }
  ended = count (net, "SELECT count(*) FROM member WHERE until_q IS NOT NULL");
  moved = count (net, "SELECT count(*) FROM sync_moved");
  g_assert_cmpint (ended, >, 0);
  g_assert_cmpint (moved, >=, 3);
  tick_all (net);

  kith_manual_clock_advance (net->clock, 399 * DAY);
  tick_all (net);
  g_assert_cmpint (count (net, "SELECT count(*) FROM member WHERE until_q IS NOT NULL"), ==, ended);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sync_moved"), ==, moved);
  g_assert_cmpint (count (net, "SELECT count(*) FROM op_log"), >, 0);
  g_assert_cmpuint (pull_status (a, before, &kept), ==, 200); /* away for 399 days: it follows */
  desk_pull (a);
  later = g_strdup (a->cursor);

  kith_manual_clock_advance (net->clock, 2 * DAY);
  tick_all (net);
  g_assert_cmpint (count (net, "SELECT count(*) FROM member WHERE until_q IS NOT NULL"), ==, 0);
  g_assert_cmpint (count (net, "SELECT count(*) FROM scope_grant WHERE until_q IS NOT NULL"), ==, 0);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sync_moved"), ==, 0);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sync_row WHERE del = 1"), ==, 0);
  g_assert_cmpint (count (net, "SELECT count(*) FROM op_log"), ==, 0);
  horizon = count (net, "SELECT horizon FROM hub_state");
  g_assert_cmpint (horizon, >, 0);
  g_assert_cmpint (horizon, ==, net->hub->horizon);

  /* What is written is taken first, and a computer that was away so long is no sign of a database put back: no other life begins for all. */
  life = g_strdup (kith_hub_get_epoch (net->hub));
  g_assert_cmpuint (push_status (a, before), ==, 200);
  g_assert_cmpstr (kith_hub_get_epoch (net->hub), ==, life);

  g_assert_cmpuint (pull_status (a, before, &answer), ==, 410);
  g_assert_cmpstr (kith_json_string (answer, "error"), ==, "cursor_expired");
  g_assert_cmpstr (kith_json_string (answer, "action"), ==, "refill");
  g_clear_pointer (&answer, json_object_unref);
  g_assert_cmpuint (pull_status (a, later, &answer), ==, 200);

  /* a first fill in small pages goes through although its cursor begins at nothing */
  g_clear_pointer (&a->cursor, g_free);
  while (desk_pull_page (a, 1, FALSE))
    ;
  g_assert_true (desk_has (a, client));
  hub_fixture_restart (net);
  g_assert_cmpint (net->hub->horizon, ==, horizon);
  hub_fixture_check (net);
}

/* Much of it goes in steps, between which the hub answers. */
static void
test_steps (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autoptr (GError) error = NULL;

  kith_db_exec (kith_hub_get_db (net->hub),
                "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2600) "
                "INSERT INTO sync_moved (q, t, id, old_sid) SELECT 1, 'client', printf ('%06d', x), 1 FROM n", &error);
  g_assert_no_error (error);
  tick_all (net);
  kith_manual_clock_advance (net->clock, 401 * DAY);
  tick (net);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sync_moved WHERE q = 1"), >=, 0);
  tick_all (net);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sync_moved WHERE q = 1"), ==, 0);
  tick (net);
  g_assert_false (net->hub->pruning); /* nothing to look for until tomorrow */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/prune/2.12-kept-then-gone", test_kept_then_gone);
  g_test_add_func ("/hub/prune/steps", test_steps);
  return g_test_run ();
}
