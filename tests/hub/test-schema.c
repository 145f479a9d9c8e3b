/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include "kith-plan.h"

/* The schema is what the field tables print; every named query prepares; the hot ones use their indexes. */

static void
test_kinds (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes)
      bytes = g_resources_lookup_data (KITH_HUB_SQL "/0002-kinds.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autofree char *printed = kith_kinds_print_schema (FALSE);

  g_assert_no_error (error);
  /* Differs after a field was added? Before a release: kith-print-schema hub > data/sql/hub/0002-kinds.sql. After one:
   * a new migration. */
  g_assert_nonnull (strstr (g_bytes_get_data (bytes, NULL), printed));
}

static void
test_queries (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);
  g_auto (GStrv) names = kith_db_query_names (kith_hub_get_db (net->hub));

  g_assert_cmpuint (g_strv_length (names), >, 60);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_hub_get_db (net->hub), names[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (stmt);
    }
}

static void
assert_no_scan (HubFixture *net, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (net->hub), explain, &error);

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      const char *step = kith_db_text (stmt, 3);

      g_test_message ("%s", step);
      g_assert_false (g_str_has_prefix (step, "SCAN") && strstr (step, "INDEX") == NULL &&
                      strstr (step, "SUBQUERY") == NULL);
      g_assert_null (strstr (step, "USE TEMP B-TREE FOR ORDER BY"));
    }
  g_assert_no_error (error);
}

static void
test_plans (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);

  assert_no_scan (
      net,
      "SELECT m.since_q, g.since_q FROM scope_grant g JOIN member m ON m.pid = g.pid AND m.user_id = ?2 WHERE g.sid = ?1");
  assert_no_scan (net, "SELECT q, t, id, sid FROM sync_row WHERE q > ?1 AND q <= ?2 AND del = 0 ORDER BY q");
  assert_no_scan (net, "SELECT q, t, id, old_sid FROM sync_moved WHERE q > ?1 AND q <= ?2 ORDER BY q");
  assert_no_scan (
      net,
      "SELECT t, id, q FROM sync_row WHERE sid = ?1 AND del = 0 AND (t > ?2 OR (t = ?2 AND id > ?3)) ORDER BY t, id");
  assert_no_scan (
      net, "SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid AND g.since_q > ?2 WHERE m.user_id = ?1");
  assert_no_scan (
      net, "SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid AND g.until_q > ?2 WHERE m.user_id = ?1");
  assert_no_scan (net, "SELECT i FROM scope_grant WHERE subject = ?1 AND until_q IS NULL");
}

/* Nor does any other named query read what grows with the network. hub_day: a row a day; sign_in_failure: those of a week, which are held back the more the more there are. */
static const char *const small[] = { "hub_day", "sign_in_failure", "sqlite_sequence", NULL };

static const KithPlanException exceptions[] = {
  { "blobs-all", "kith-hub backup and check" },
  { "blobs-to-drop", "after a document was removed" },
  { "check-lanes", "kith-hub check" },
  { "check-numbers", "kith-hub check" },
  { "match-people", "one row" },
  { "member-users", "kith-hub check" },
  { "parked-count", "asked by tests alone" },
};

static void
test_scans (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);

  kith_plan_assert_queries (kith_hub_get_db (net->hub), small, exceptions, G_N_ELEMENTS (exceptions));
}

/* A hub from before 0004-detail.sql: what everybody concerned held goes to the detail (P12), every desk fetches both anew, and nothing is lost. */
static void
test_detail_moved (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\"");
  g_autofree char *client = hub_fixture_id (net), *referral = hub_fixture_id (net), *plain = hub_fixture_id (net);
  g_autofree char *detail = kith_id_natural ("referral_detail", referral), *plain_detail = kith_id_natural ("referral_detail", plain);
  g_autofree char *of_client = g_strdup_printf ("{\"agency\":\"%s\",\"number\":\"KK-0001\",\"given_name\":\"Ana\"}", net->a);
  g_autofree char *old = g_strdup_printf ("{\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"client\":\"%s\",\"number\":\"KK-0002\",\"type\":\"direct\","
                                          "\"phase\":\"closed_resolved\",\"outcome\":\"need_met\",\"release_classes\":[\"client\"],\"release_until\":\"2026-01-01T00:00:00.000Z\","
                                          "\"release_basis\":\"The judge said so\",\"release_network\":true}",
                                          net->a, user, net->b, client);
  g_autofree char *new = g_strdup_printf ("{\"agency\":\"%s\",\"author\":\"%s\",\"number\":\"KK-0003\",\"type\":\"informational\",\"phase\":\"given\"}", net->a, user);
  g_autofree char *of_old = g_strdup_printf ("{\"referral\":\"%s\",\"agency\":\"%s\",\"need\":\"A bed\"}", referral, net->a);
  g_autofree char *of_new = g_strdup_printf ("{\"referral\":\"%s\",\"agency\":\"%s\",\"need\":\"Food\"}", plain, net->a);
  g_autoptr (Desk) desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  gint64 before, lines = -1;
  DeskRow *row;

  hub_fixture_put (net, "client", client, of_client);
  hub_fixture_put (net, "referral", referral, old);
  hub_fixture_put (net, "referral_detail", detail, of_old);
  hub_fixture_put (net, "referral", plain, new);
  hub_fixture_put (net, "referral_detail", plain_detail, of_new);
  desk = desk_new (net, "ana", user);
  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "DELETE FROM schema_migration WHERE number >= 4; DROP TABLE account_low_cost; "
                                                           "DROP TABLE mail_sent; DROP INDEX mail_by_with; ALTER TABLE mail DROP COLUMN with_i; ALTER TABLE lane DROP COLUMN revoked_at; DROP INDEX lane_user", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);

  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + 2);
  g_assert_true (kith_db_fetch_int (kith_hub_get_db (net->hub), &lines, &error, "check-rows-of-kind", "s", "referral"));
  g_assert_cmpint (lines, ==, 2);
  hub_fixture_check (net);
  desk_pull (desk);
  row = g_hash_table_lookup (desk->rows, referral);
  g_assert_null (strstr (row->body, "outcome"));
  g_assert_null (strstr (row->body, "release"));
  g_assert_nonnull (strstr (row->body, "closed_resolved"));
  row = g_hash_table_lookup (desk->rows, detail);
  body = kith_json_parse_object (row->body, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (body, "need"), ==, "A bed");
  g_assert_cmpstr (kith_json_string (body, "client"), ==, client);
  g_assert_cmpstr (kith_json_string (body, "outcome"), ==, "need_met");
  g_assert_true (kith_json_array_has (kith_json_array (body, "release_classes"), "client"));
  g_assert_cmpstr (kith_json_string (body, "release_until"), ==, "2026-01-01T00:00:00.000Z");
  g_assert_true (kith_json_bool (body, "release_network", FALSE));
  /* Words are no code of the list: they stay beside it. */
  g_assert_null (kith_json_string (body, "release_basis"));
  g_assert_cmpstr (kith_json_string (body, "release_words"), ==, "The judge said so");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/schema/kinds", test_kinds);
  g_test_add_func ("/hub/schema/queries", test_queries);
  g_test_add_func ("/hub/schema/plans", test_plans);
  g_test_add_func ("/hub/schema/scans", test_scans);
  g_test_add_func ("/hub/schema/detail-moved-P12", test_detail_moved);
  return g_test_run ();
}
