/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* kith-hub check finds what was tampered with, and nothing in a sound hub. */

typedef struct
{
  HubFixture *net;
  char *user, *client;
} Sound;

static void
sound_init (Sound *s)
{
  g_autoptr (Desk) desk = NULL;
  g_autofree char *args = NULL;
  g_autoptr (JsonObject) outcome = NULL;

  s->net = hub_fixture_new (NULL);
  s->user = hub_fixture_add_staff (s->net, "ana", s->net->a, "\"role\":\"referral_manager\"");
  s->client = hub_fixture_id (s->net);
  desk = desk_new (s->net, "ana", s->user);
  args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\"}}", s->client);
  outcome = desk_do (desk, "client.register", args);
  desk_expect (outcome, "applied", NULL);
  hub_fixture_check (s->net);
}

static void
sound_clear (Sound *s)
{
  g_free (s->user);
  g_free (s->client);
  hub_fixture_free (s->net);
}

static void
test_tampered (gconstpointer data)
{
  Sound s;
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  sound_init (&s);
  kith_db_exec (kith_hub_get_db (s.net->hub), data, &error);
  g_assert_no_error (error);
  g_assert_true (kith_hub_check (s.net->hub, report, &n, &error));
  g_assert_no_error (error);
  g_test_message ("%s", report->str);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (report->len, >, 0);
  sound_clear (&s);
}

/* 2.5: two places of one client, out of a database of before, are said, with what puts it right; once the places were counted again it is. */
static void
test_places (void)
{
  static const struct { const char *sql; gboolean said; } steps[] = {
    { "INSERT INTO capacity (id, body) VALUES ('k', json ('{\"service\":\"s\",\"observed_at\":\"2026-03-01T08:00:00.000Z\"}'));"
      "INSERT INTO hold (id, body) VALUES ('h1', json ('{\"referral\":\"r\",\"capacity\":\"k\",\"state\":\"converted\",\"placed_at\":\"2026-03-02T08:00:00.000Z\"}'));"
      "INSERT INTO hold (id, body) VALUES ('h2', json ('{\"referral\":\"q\",\"capacity\":\"k\",\"state\":\"placed\",\"placed_at\":\"2026-03-02T09:00:00.000Z\"}'))", FALSE },
    { "INSERT INTO hold (id, body) VALUES ('h3', json ('{\"referral\":\"r\",\"capacity\":\"k\",\"state\":\"converted\",\"placed_at\":\"2026-03-03T08:00:00.000Z\"}'))", TRUE },
    { "UPDATE capacity SET body = json_set (body, '$.observed_at', '2026-03-04T08:00:00.000Z')", FALSE },
  };
  Sound s;

  sound_init (&s);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GString) report = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      guint n = 0;

      kith_db_exec (kith_hub_get_db (s.net->hub), steps[i].sql, &error);
      g_assert_no_error (error);
      g_assert_true (kith_hub_mend_indexes (s.net->hub, &n, &error));
      g_assert_true (kith_hub_check (s.net->hub, report, &n, &error));
      g_assert_no_error (error);
      g_test_message ("step %u: %s", i, report->str);
      g_assert_true ((strstr (report->str, "referral r holds 2 places of k") != NULL) == steps[i].said);
      g_assert_null (strstr (report->str, "referral q holds"));
    }
  sound_clear (&s);
}

/* What records are found by: damaged, or left behind. A change that meets it is the last to fail: the clock makes the words anew, as --repair does. */
static void
test_words_mended (gconstpointer data)
{
  Sound s;
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL, met = NULL;
  guint n = 0;

  sound_init (&s);
  kith_db_exec (kith_hub_get_db (s.net->hub), data, &error);
  g_assert_no_error (error);
  g_assert_false (kith_db_exec (kith_hub_get_db (s.net->hub), "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", &met));
  g_assert_error (met, KITH_DB_ERROR, KITH_DB_ERROR_INDEX);
  hub_fixture_tick (s.net);
  g_assert_true (kith_hub_check (s.net->hub, report, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (report->str, ==, "");
  g_assert_true (kith_db_exec (kith_hub_get_db (s.net->hub), "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", &error));
  g_assert_no_error (error);
  g_assert_true (kith_hub_mend_indexes (s.net->hub, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  kith_db_exec (kith_hub_get_db (s.net->hub), data, &error);
  g_assert_true (kith_hub_mend_indexes (s.net->hub, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  sound_clear (&s);
}

/* The fields that lists go by, where a row was written past the hub: made anew from what the record says. */
static void
test_columns_mended (void)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 there = -1;
  guint n = 0;
  Sound s;

  sound_init (&s);
  kith_db_exec (kith_hub_get_db (s.net->hub), "UPDATE client SET family_name = 'Other', agency = NULL", &error);
  g_assert_no_error (error);
  g_assert_true (kith_hub_mend_indexes (s.net->hub, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (kith_hub_check (s.net->hub, report, &n, &error));
  g_assert_cmpstr (report->str, ==, "");
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (s.net->hub), "SELECT count(*) FROM client WHERE agency IS NULL OR family_name = 'Other'", &error);

    g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
    there = kith_db_int (stmt, 0);
  }
  g_assert_cmpint (there, ==, 0);
  sound_clear (&s);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/hub/check/grant-missing", "DELETE FROM scope_grant WHERE reason = 'own'", test_tampered);
  g_test_add_data_func ("/hub/check/grant-too-many",
                        "INSERT INTO scope_grant (sid, pid, reason, subject, since_q) "
                        "SELECT sid, (SELECT min(pid) FROM principal), 'favour', subject, 1 FROM scope_grant LIMIT 1",
                        test_tampered);
  g_test_add_data_func ("/hub/check/grant-other-end", "UPDATE scope_grant SET not_after = 4102444800000 WHERE reason = 'own'",
                        test_tampered);
  g_test_add_data_func ("/hub/check/member-missing", "DELETE FROM member WHERE i = (SELECT max(i) FROM member)", test_tampered);
  g_test_add_data_func ("/hub/check/member-too-many",
                        "INSERT INTO principal (name) VALUES ('clients:elsewhere'); INSERT INTO member (pid, user_id, since_q) "
                        "SELECT max(pid), (SELECT max(user_id) FROM member), 1 FROM principal",
                        test_tampered);
  g_test_add_data_func ("/hub/check/number-ahead", "UPDATE sync_row SET q = q + 100000", test_tampered);
  g_test_add_data_func ("/hub/check/wrong-scope", "UPDATE sync_row SET sid = (SELECT sid FROM scope WHERE name = 'dir') WHERE t = 'client'",
                        test_tampered);
  g_test_add_data_func ("/hub/check/line-missing", "DELETE FROM sync_row WHERE t = 'client'", test_tampered);
  g_test_add_data_func ("/hub/check/record-missing", "DELETE FROM client", test_tampered);
  g_test_add_data_func ("/hub/check/words-damaged", "UPDATE client_find_data SET block = x'00' WHERE id > 10", test_tampered);
  g_test_add_data_func ("/hub/check/words-damaged-mended", "UPDATE client_find_data SET block = x'00' WHERE id > 10", test_words_mended);
  g_test_add_data_func ("/hub/check/words-behind-mended", "INSERT INTO client_find (client_find) VALUES ('delete-all')", test_words_mended);
  g_test_add_data_func ("/hub/check/columns-behind", "UPDATE client SET family_name = 'Other'", test_tampered);
  g_test_add_func ("/hub/check/columns-mended", test_columns_mended);
  g_test_add_data_func ("/hub/check/index-behind",
                        "CREATE TEMP TABLE kept AS SELECT * FROM sqlite_master WHERE name = 'lane_user'; PRAGMA writable_schema = ON; "
                        "DELETE FROM sqlite_master WHERE name = 'lane_user'; PRAGMA writable_schema = RESET; "
                        "UPDATE lane SET user_id = 'nobody'; PRAGMA writable_schema = ON; "
                        "INSERT INTO sqlite_master SELECT * FROM kept; PRAGMA writable_schema = RESET",
                        test_tampered);
  g_test_add_data_func ("/hub/check/outcome-missing", "DELETE FROM op_log", test_tampered);
  g_test_add_func ("/hub/check/two-places", test_places);
  return g_test_run ();
}
