/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-plan.h"

/* At 100,000 clients a page may wait for what it shows, never for a look at every row there is. */

/* A few rows each: the network's queues, and its reasons, of which there is a bound; settings, what a person types or looks at, jobs, scopes with an end or on their way; undo_draft: what somebody did in the last seconds; file: what was attached or opened in
 * the last weeks; care_alone: people known by a care record alone, all of whom a list shows; kept_row: what the hub has lost. */
static const char *const small[] = { "state", "sqlite_sequence", "draft", "recent", "import_job", "refill", "forgotten", "unknown_kind", "client_count", "lane_count", "kept_row", "undo_draft",
                                     "scope_until", "file", "care_alone", "queue", "reason_term", NULL };

static const KithPlanException exceptions[] = {
  { "amendments", "what clients asked to have corrected: some a year" },
  { "cases-known", "asked for single ids from outside" },
  { "clients-all", "in the order of an index, as far as the page shows it" },
  { "clients-found", "what filters leave of all clients, in their order, when somebody asks for it" },
  { "clients-languages", "once, a moment after the page was opened" },
  { "closed-ops", "once, when the account is closed" },
  { "closed-op-rows", "as closed-ops" },
  { "closed-op-scopes", "as closed-ops" },
  { "closed-left", "once, when a closed account is locked" },
  { "contacts-all", "in the order of an index, as far as the page shows it" },
  { "contacts-all-count", "of an index, beside the list that is opened" },
  { "op-wait-for-hub-row", "an import that an older hub does not know" },
  { "hidden-age-all", "before everything is fetched anew" },
  { "hidden-all", "at the nightly comparison" },
  { "import-settle-taken", "once at the end of an import, of whose operations the table then consists" },
  { "import-settle-refused", "as import-settle-taken" },
  { "op-row-drop-kept", "whether there is one at all: the first row ends it" },
  { "op-done-forget-late", "scopes that operations under way began: a few" },
  { "op-last", "one row" },
  { "op-last-hlc", "one row" },
  { "op-numbered-from", "after the hub was restored from a backup" },
  { "op-prune", "once a day" },
  { "op-seen-nothing", "after a new epoch of the hub" },
  { "op-row-prune", "once a day" },
  { "op-scope-prune", "once a day" },
  { "forms-asked", "the forms of a network are a few" },
  { "forms-of-calls", "the forms of a network are a few" },
  { "drafts-unsendable", "the operations are looked through for what was begun of changes to a referral that went out: hardly ever one" },
  { "drafts-of-calls", "once, when the store is opened: drafts and forms are a few" },
  { "terms-all", "asked for single ids from outside" },
  { "terms-any", "one row of all" },
  { "search-service-terms", "the directory, of a few thousand, where a term of a taxonomy has the words" },
  { "services-found", "what filters leave of the whole directory, of a few thousand, in its order" },
  { "point-of-place", "the places of the whole directory, of a few thousand, when the nearest are asked for" },
  { "services-languages", "the languages of the whole directory, when a page is opened" },
  { "organizations-zones", "the agencies of the whole directory, when a page is opened" },
  { "organizations-all", "the whole directory, of a few thousand, in its order" },
  { "referrals-all", "asked for single ids from outside" },
  { "salvage-from-first", "of a damaged store" },
  { "salvage-from-last", "of a damaged store" },
  { "salvage-past-first", "of a damaged store" },
  { "salvage-past-last", "of a damaged store" },
  { "scope-lose-sids", "after a new epoch of the hub" },
  { "scope-numbers", "at the nightly comparison" },
  { "scopes-all", "once, when the account is closed" },
  { "scopes-set-stale", "after a new epoch of the hub" },
  { "scopes-stale", "after a new epoch of the hub" },
  { "services-all", "in the order of an index, as far as the page shows it" },
  { "shadow-age-all", "before everything is fetched anew" },
  { "shadow-all", "all images of what is pending are restored" },
  { "similar-people", "one row" },
  { "staff-all", "asked for single ids from outside" },
  { "unsendable-over", "once a day" },
};

static void
test_named_queries (Fixture *f, gconstpointer data)
{
  kith_plan_assert_queries (kith_store_get_db (f->store), small, exceptions, G_N_ELEMENTS (exceptions));
}

/* What the test above trusts. */
static void
test_scans (Fixture *f, gconstpointer data)
{
  static const struct { const char *sql, *tables; } cases[] = {
    { "SELECT body FROM client WHERE id = ?1", NULL },
    { "SELECT body FROM client WHERE restricted = ?1", "client" },
    { "SELECT count(*) FROM client", "client" },
    { "SELECT id FROM client ORDER BY family_name, given_name", "client" },
    { "SELECT (SELECT 1 FROM task t WHERE t.subject = c.number) FROM \"case\" c WHERE c.id = ?1", "task" },
    { "WITH x AS MATERIALIZED (SELECT id FROM client WHERE family_name = ?1) SELECT * FROM x, x y", NULL },
    { "SELECT id FROM client WHERE family_name < ?1 ORDER BY family_name", NULL },
    { "SELECT i FROM op WHERE st <> 'done'", NULL },
    { "DELETE FROM op WHERE name = ?1", "op" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tables = kith_plan_scans (kith_store_get_db (f->store), cases[i].sql);

      g_test_message ("%s", cases[i].sql);
      g_assert_cmpstr (tables, ==, cases[i].tables);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/plans/scans", Fixture, NULL, fixture_set_up, test_scans, fixture_tear_down);
  g_test_add ("/store/plans/named-queries", Fixture, NULL, fixture_set_up, test_named_queries, fixture_tear_down);
  return g_test_run ();
}
