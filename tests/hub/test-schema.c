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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/schema/kinds", test_kinds);
  g_test_add_func ("/hub/schema/queries", test_queries);
  g_test_add_func ("/hub/schema/plans", test_plans);
  g_test_add_func ("/hub/schema/scans", test_scans);
  return g_test_run ();
}
