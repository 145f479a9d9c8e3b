/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include <stdlib.h>
#include <string.h>

/* One operation that the hub cannot carry out, and will not be able to: those behind it proceed (I17, sync D5). */

#define CRASHING "0190aaaa-0000-7000-8000-00000c0a54e0"
#define AGAIN_MS (4 * 60 * 1000) /* as a desk that backs off */

typedef struct
{
  HubFixture *net;
  char *user, *client, *lines;
  Desk *desk;
} Lane;

/* A client; then, not sent yet: another as 2, an alert as 3, one more as 4. */
static Lane *
lane_new (void)
{
  const KithHubOptions options = { .token_minutes = 600 };
  Lane *self = g_new0 (Lane, 1);
  g_autoptr (GString) lines = g_string_new (NULL);

  self->net = hub_fixture_new (&options);
  self->user = hub_fixture_add_staff (self->net, "ana", self->net->a, "\"role\":\"referral_manager\"");
  self->desk = desk_new (self->net, "ana", self->user);
  self->client = hub_fixture_id (self->net);
  desk_do_ok (self->desk, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Mara\"}}", self->client);
  for (guint n = 2; n <= 4; n++)
    {
      g_autofree char *id = hub_fixture_id (self->net), *op_id = hub_fixture_id (self->net);
      g_autofree char *args = n == 3 ? g_strdup_printf ("{\"id\":\"%s\",\"client\":\"%s\",\"level\":\"danger\",\"text\":\"Dog\"}", id, self->client)
                                     : g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-000%u\",\"values\":{\"given_name\":\"Ira\"}}", id, n);
      g_autofree char *line = desk_op_line (self->desk, n, op_id, n == 3 ? "alert.raise" : "client.register", args);

      g_string_append (lines, line);
    }
  self->lines = g_string_free (g_steal_pointer (&lines), FALSE);
  return self;
}

static void
lane_free (Lane *self)
{
  desk_free (self->desk);
  g_free (self->user);
  g_free (self->client);
  g_free (self->lines);
  hub_fixture_free (self->net);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lane, lane_free)

static void
exec (Lane *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  kith_db_exec (kith_hub_get_db (self->net->hub), sql, &error);
  g_assert_no_error (error);
}

static guint
push (Lane *self, char **text)
{
  guint status;
  char *answer = desk_push_text (self->desk, self->lines, 2, &status);

  kith_manual_clock_advance (self->net->clock, AGAIN_MS);
  g_free (*text);
  *text = answer;
  return status;
}

/* It is parked once it has failed for long enough, alone; not before, and nothing else is. */
static void
test_lasting (void)
{
  g_autoptr (Lane) lane = lane_new ();
  g_autofree char *text = NULL;
  guint failed = 0;
  gint64 parked = 0;

  exec (lane, "ALTER TABLE alert RENAME TO gone");
  while (push (lane, &text) != 200 && failed < 20)
    failed++;
  g_test_message ("%u times: %s", failed, text);
  g_assert_cmpuint (failed, >=, 5);
  g_assert_cmpuint (failed, <, 10);
  g_assert_nonnull (strstr (text, "\"n\":2,"));
  g_assert_nonnull (strstr (text, "\"n\":4,"));
  g_assert_true (g_pattern_match_simple ("*\"n\":2,*\"st\":\"applied\"*\"code\":\"failed\"*\"n\":3,*\"st\":\"parked\"*\"n\":4,*\"st\":\"applied\"*", text));
  g_assert_true (kith_db_fetch_int (kith_hub_get_db (lane->net->hub), &parked, NULL, "parked-count", ""));
  g_assert_cmpint (parked, ==, 1);
  exec (lane, "ALTER TABLE gone RENAME TO alert");
}

/* What passes within the time costs nobody anything. */
static void
test_passing (void)
{
  g_autoptr (Lane) lane = lane_new ();
  g_autofree char *text = NULL;

  exec (lane, "ALTER TABLE alert RENAME TO gone");
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (push (lane, &text), ==, 500);
  exec (lane, "ALTER TABLE gone RENAME TO alert");
  g_assert_cmpuint (push (lane, &text), ==, 200);
  g_assert_null (strstr (text, "parked"));
  g_assert_null (strstr (text, "rejected"));
  hub_fixture_check (lane->net);
}

/* A record whose text is lost: whoever sees it hears of everything else, and those who run the hub of it. */
static void
test_without_text (void)
{
  g_autoptr (Lane) lane = lane_new ();
  g_autofree char *other = hub_fixture_id (lane->net), *sql = g_strdup_printf ("DELETE FROM client WHERE id = '%s'", lane->client), *metrics = NULL;
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (Desk) reader = NULL;
  guint n = 0;

  desk_do_ok (lane->desk, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0009\",\"values\":{\"given_name\":\"Ira\"}}", other);
  exec (lane, sql);
  reader = desk_new (lane->net, "ana", lane->user);
  desk_pull (reader);
  g_assert_true (desk_has (reader, other));
  g_assert_false (desk_has (reader, lane->client));
  g_assert_true (kith_hub_check (lane->net->hub, report, &n, NULL));
  g_assert_nonnull (strstr (report->str, lane->client));
  hub_request_raw (lane->net, &(KithHubRequest) { .method = "GET", .path = "/metrics" }, &metrics);
  g_assert_nonnull (strstr (metrics, "kith_rows_missing_total 1"));
}

/* ---- an operation that waits for its answer, and ends the hub each time */

static void
crash_cb (const char *op_id, JsonObject *args)
{
  if (strcmp (op_id, CRASHING) == 0)
    abort ();
}

static void
crash_child (void)
{
  g_autoptr (KithManualClock) clock = kith_test_clock_new ();
  g_autoptr (KithRandom) random = kith_random_new_system (); /* each process is another run */
  g_autoptr (GError) error = NULL;
  g_autoptr (KithHub) hub = kith_hub_new (kith_hub_open_db (g_getenv ("KITH_TEST_CRASH_DB"), FALSE, NULL, &error), KITH_CLOCK (clock), random, NULL, &error);
  static const char *const ids[] = { CRASHING, CRASHING, "0190aaaa-0000-7000-8000-00000c0a54e1" };

  g_assert_no_error (error);
  hub->before_run = crash_cb;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"agency.configure\",\"a\":{}}", ids[i]);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      const KithHubRequest request = { .method = "POST", .path = "/v1/op", .token = g_getenv ("KITH_TEST_CRASH_TOKEN"), .body = body };
      g_auto (KithHubAnswer) answer = { 0 };

      kith_hub_handle (hub, &request, &answer);
      g_print ("%.*s\n", (int) g_bytes_get_size (answer.body), (const char *) g_bytes_get_data (answer.body, NULL));
    }
}

static void
test_online_crash (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "hub.db");

  {
    HubFixture net = { .clock = kith_test_clock_new (), .random = kith_random_new_seeded (3) };
    const KithHubOptions cheap = { .hash_ops = 1, .hash_memory = 8192 };
    g_autoptr (GError) error = NULL;
    g_autofree char *agency = NULL, *user = NULL;
    Desk *desk;

    net.hub = kith_hub_new (kith_hub_open_db (path, FALSE, NULL, &error), KITH_CLOCK (net.clock), net.random, &cheap, &error);
    g_assert_no_error (error);
    agency = hub_fixture_id (&net);
    hub_fixture_put (&net, "organization", agency, "{\"name\":\"Harbor House\"}");
    user = hub_fixture_add_staff (&net, "ana", agency, NULL);
    desk = desk_new (&net, "ana", user);
    g_setenv ("KITH_TEST_CRASH_TOKEN", desk->token, TRUE);
    desk_free (desk);
    kith_hub_free (net.hub);
    g_object_unref (net.clock);
    kith_random_free (net.random);
  }
  g_setenv ("KITH_TEST_CRASH_DB", path, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      g_test_trap_subprocess ("/hub/trouble/online-crash/subprocess/child", 0, 0);
      g_test_trap_assert_failed ();
    }
  g_test_trap_subprocess ("/hub/trouble/online-crash/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*\"code\":\"crashed\"*\"st\":\"parked\"*\n*\"code\":\"crashed\"*\"st\":\"parked\"*\n*\"st\":\"rejected\"*"); /* the same again; others go on */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/trouble/I17-lasting", test_lasting);
  g_test_add_func ("/hub/trouble/I17-passing", test_passing);
  g_test_add_func ("/hub/trouble/record-without-text", test_without_text);
  g_test_add_func ("/hub/trouble/online-crash", test_online_crash);
  g_test_add_func ("/hub/trouble/online-crash/subprocess/child", crash_child);
  return g_test_run ();
}
