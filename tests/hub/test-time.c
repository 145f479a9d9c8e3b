/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* I19, and "clock jump, 1970, 2106" for the hub: what ends by time ends for good, so a clock that is far from what the hub has seen ends nothing. */

#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)

typedef struct
{
  HubFixture *net;
  char *ua, *ub, *client, *consent;
  Desk *a, *b;
} Town;

static void
town_free (Town *self)
{
  desk_free (self->a);
  desk_free (self->b);
  g_free (self->ua);
  g_free (self->ub);
  g_free (self->client);
  g_free (self->consent);
  hub_fixture_free (self->net);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

/* A client of A whom B serves by a consent of a year; tokens last. */
static Town *
town_new (void)
{
  const KithHubOptions options = { .token_minutes = 5 * 365 * 24 * 60 };
  Town *self = g_new0 (Town, 1);
  g_autofree char *referral = NULL;

  self->net = hub_fixture_new (&options);
  self->ua = hub_fixture_add_staff (self->net, "ana", self->net->a, "\"role\":\"referral_manager\"");
  self->ub = hub_fixture_add_staff (self->net, "ben", self->net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  self->a = desk_new (self->net, "ana", self->ua);
  self->b = desk_new (self->net, "ben", self->ub);
  self->client = hub_fixture_id (self->net);
  self->consent = hub_fixture_id (self->net);
  referral = hub_fixture_id (self->net);
  desk_do_ok (self->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"},"
              "\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],"
              "\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2027-03-02T09:00:00.000Z\"}}",
              self->client, self->consent, self->net->b);
  desk_do_ok (self->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}", referral,
              self->client, self->net->service);
  desk_do_ok (self->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  hub_fixture_run_clock (self->net);
  desk_pull (self->b);
  g_assert_true (desk_has (self->b, self->client));
  return self;
}

static void
set (Town *self, gint64 days)
{
  kith_manual_clock_set_wall (self->net->clock, KITH_TEST_NOW + days * DAY);
}

static guint
ask (Town *self, const char *method, const char *path)
{
  g_autoptr (JsonObject) answer = NULL;

  return hub_request (self->net, method, path, self->b->token, g_str_equal (method, "POST") ? "{}" : NULL, &answer);
}

static gint64
count (Town *self, const char *sql)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (self->net->hub), sql, NULL);

  g_assert_nonnull (stmt);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

static void
assert_untouched (Town *self, gint64 q, gint64 logged)
{
  g_autoptr (KithRecord) consent = kith_world_get (kith_hub_get_world (self->net->hub), "consent", self->consent, NULL);

  g_assert_true (kith_record_is (consent, "status", "in_force"));
  g_assert_cmpint (kith_hub_get_q (self->net->hub), ==, q);
  g_assert_cmpint (count (self, "SELECT count(*) FROM op_log"), ==, logged);
}

static void
assert_shut (Town *self)
{
  static const char *const paths[] = { "/v1/sync/push", "/v1/sync/pull", "/v1/sync/verify", "/v1/op", KITH_PATH_SEARCH, "/v1/lane", "/v1/sign-in", "/v1/token" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autoptr (JsonObject) args = kith_json_new ("consent", "s", self->consent, NULL);
  KithHubRequest request = { .method = "GET", .path = "/metrics" };
  g_autofree char *text = NULL;
  guint n = 0;

  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*has last seen*--clock-is-right*");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpuint (ask (self, "POST", paths[i]), ==, 503);
  g_assert_cmpuint (ask (self, "GET", "/v1/hello"), ==, 503); /* it would tell a desk the time */
  g_assert_cmpuint (ask (self, "GET", "/healthz"), ==, 503); /* whoever watches it */
  g_assert_cmpuint (hub_request_raw (self->net, &request, &text), ==, 200);
  g_assert_nonnull (strstr (text, "kith_clock_in_doubt 1\n"));
  g_assert_true (kith_hub_run_clock (self->net->hub, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (kith_hub_submit (self->net->hub, hub, "consent.expire", args, NULL, &error));
  g_assert_nonnull (strstr (error->message, "clock"));
  g_test_assert_expected_messages ();
}

/* While it runs: nothing ends, nothing is answered; and with the clock right again all is as it was. */
static void
test_jump (gconstpointer data)
{
  gint64 days = GPOINTER_TO_INT (data);
  g_autoptr (Town) town = town_new ();
  gint64 q = kith_hub_get_q (town->net->hub), logged = count (town, "SELECT count(*) FROM op_log");

  set (town, days);
  assert_shut (town);
  assert_untouched (town, q, logged);
  kith_manual_clock_set_wall (town->net->clock, KITH_TEST_NOW + 60 * 1000);
  hub_fixture_run_clock (town->net);
  desk_pull (town->b);
  assert_untouched (town, q, logged);
  g_assert_true (desk_has (town->b, town->client));
  hub_fixture_check (town->net);
}

/* The same from the moment it is started: what it has seen is kept. */
static void
test_start (gconstpointer data)
{
  gint64 days = GPOINTER_TO_INT (data);
  g_autoptr (Town) town = town_new ();
  gint64 q = kith_hub_get_q (town->net->hub), logged = count (town, "SELECT count(*) FROM op_log");

  set (town, days);
  hub_fixture_restart (town->net);
  assert_shut (town);
  assert_untouched (town, q, logged);
}

/* Whoever runs the hub says that the clock is right: the consent has come to its end. After a confirmed step back its time is the hub's. */
static void
test_confirmed (void)
{
  g_autoptr (Town) town = town_new ();
  g_autoptr (GError) error = NULL;

  set (town, 800);
  hub_fixture_restart (town->net);
  g_assert_true (kith_hub_accept_clock (town->net->hub, &error));
  g_assert_no_error (error);
  hub_fixture_run_clock (town->net);
  g_assert_cmpint (count (town, "SELECT count(*) FROM consent WHERE status = 'expired'"), ==, 1);
  set (town, 400);
  g_assert_true (kith_hub_accept_clock (town->net->hub, &error));
  hub_fixture_restart (town->net);
  g_assert_cmpuint (ask (town, "GET", "/v1/hello"), ==, 200);
  g_assert_cmpint (kith_hub_now (town->net->hub), ==, KITH_TEST_NOW + 400 * DAY);
}

/* Two months off: no ceremony. And a hub that runs for years is no jump. */
static void
test_off (void)
{
  g_autoptr (Town) town = town_new ();

  set (town, 61);
  hub_fixture_restart (town->net);
  g_assert_cmpuint (ask (town, "POST", "/v1/sync/pull"), ==, 200);
  for (guint i = 0; i < 3; i++)
    {
      kith_manual_clock_advance (town->net->clock, 60 * DAY);
      g_assert_cmpuint (ask (town, "POST", "/v1/sync/pull"), ==, 200);
    }
}

/* What a time server sets right is bridged: the hub's time stands still until the clock has caught up, and never goes back. */
static void
test_small_step (void)
{
  g_autoptr (Town) town = town_new ();
  gint64 before = kith_hub_now (town->net->hub);

  kith_manual_clock_set_wall (town->net->clock, before - 9 * 60 * 1000);
  g_assert_cmpint (kith_hub_now (town->net->hub), ==, before);
  g_assert_cmpuint (ask (town, "POST", "/v1/sync/pull"), ==, 200);
  kith_manual_clock_set_wall (town->net->clock, before + 1);
  g_assert_cmpint (kith_hub_now (town->net->hub), ==, before + 1);
}

static char *
entry_of (Town *self, const char *record)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM audit_entry WHERE body ->> 'record' = '%s'", record);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (self->net->hub), sql, NULL);

  g_assert_nonnull (stmt);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return g_strdup (kith_db_text (stmt, 0));
}

/* C13: whatever a computer says of when, its entries come before the officers' eyes: none lies in a month that left their computers, or among what they have read long
 * ago. What it said stands with it. */
static void
test_log_dates (void)
{
  static const struct { int days; const char *at, *said;
  } cases[] = { { 2, "2026-02-28T", NULL }, { 21, "2026-02-23T", "2026-02-09T" }, { 800, "2026-02-23T", "2023-12-23T" } };
  g_autoptr (Town) town = town_new ();
  g_autofree char *officer = hub_fixture_add_staff (town->net, "pia", town->net->a, "\"role\":\"care_coordinator\",\"duties\":[\"privacy_officer\"]");
  g_autoptr (Desk) pia = desk_new (town->net, "pia", officer);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 n = town->a->n + 1, wall = kith_clock_wall_ms (KITH_CLOCK (town->net->clock)) - cases[i].days * DAY;
      g_autofree char *id = hub_fixture_id (town->net), *record = hub_fixture_id (town->net), *entry = NULL, *answer = NULL;
      g_autofree char *line = g_strdup_printf ("{\"n\":%d,\"id\":\"%s\",\"op\":\"audit.record\",\"a\":{\"what\":\"opened\",\"t\":\"client\",\"record\":\"%s\"},"
                                               "\"seen\":0,\"wall\":%" G_GINT64_FORMAT "}\n", (int) n, id, record, wall);
      g_autoptr (KithRecord) stored = NULL;

      town->a->n = n;
      answer = desk_push_text (town->a, line, n, NULL);
      g_assert_nonnull (strstr (answer, "\"applied\""));
      entry = entry_of (town, record);
      stored = kith_world_get (kith_hub_get_world (town->net->hub), "audit_entry", entry, NULL);
      g_assert_true (g_str_has_prefix (kith_record_string (stored, "at"), cases[i].at));
      if (cases[i].said == NULL)
        g_assert_null (kith_record_string (stored, "said_at"));
      else
        g_assert_true (g_str_has_prefix (kith_record_string (stored, "said_at"), cases[i].said));
      desk_pull (pia);
      g_assert_true (desk_has (pia, entry));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/hub/time/I19-ahead", GINT_TO_POINTER (800), test_jump);
  g_test_add_data_func ("/hub/time/I19-1970", GINT_TO_POINTER (-20514), test_jump);
  g_test_add_data_func ("/hub/time/I19-a-day-back", GINT_TO_POINTER (-1), test_jump);
  g_test_add_data_func ("/hub/time/I19-started-ahead", GINT_TO_POINTER (800), test_start);
  g_test_add_data_func ("/hub/time/I19-started-in-1970", GINT_TO_POINTER (-20514), test_start);
  g_test_add_func ("/hub/time/confirmed", test_confirmed);
  g_test_add_func ("/hub/time/off-for-two-months", test_off);
  g_test_add_func ("/hub/time/small-step", test_small_step);
  g_test_add_func ("/hub/time/C13-log-dates", test_log_dates);
  return g_test_run ();
}
