/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* What was put right of the work with a client is read in their history. */

static void
do_op (Fixture *f, const char *op, const char *args)
{
  g_autofree char *id = submit (f, op, args);

  g_assert_nonnull (id);
}

/* The client is in the agency's care. */
static void
fill (Fixture *f)
{
  g_autofree char *care = kith_id_natural ("care", CLIENT_C ":" AGENCY_A);
  Page *page;

  fixture_fill (f);
  page = page_new (300, 9);
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "care", care, SID_CARE_C, 291, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','since':'2026-01-01T00:00:00.000Z'}");
  page_filled (page, SID_CARE_C, 9);
  page_end (page, "c300", FALSE);
  page_apply (f, page);
}

/* A1: what was put right of a task is read in the history of whom it is about: what it said, for whom it was, and who changed it. */
static void
test_task_changes (Fixture *f, gconstpointer data)
{
  static const char task[] = "0197f000-0000-7000-8000-000000000002";
  g_autofree char *words = g_strdup_printf ("{'t':'task','id':'%s','set':{'subject':{'old':'Visit','new':'Visit at nine'}}}", task);
  g_autofree char *whom = g_strdup_printf ("{'t':'task','id':'%s','set':{'staff':{'old':'" USER_U "','new':'" USER_U "'},'due_on':{'old':null,'new':'2026-02-01'}}}", task);

  fill (f);
  do_op (f, "task.add", "{'id':'0197f000-0000-7000-8000-000000000002','client':'" CLIENT_C "','subject':'Visit'}");
  do_op (f, "record.patch", words);
  assert_column (f, "client-changes", 1, CLIENT_C, NULL, "task");
  assert_column (f, "client-changes", 7, CLIENT_C, NULL, "{\"value\":\"Visit\"}");
  assert_column (f, "client-changes", 8, CLIENT_C, NULL, "{\"value\":\"Visit at nine\"}");
  assert_column (f, "client-changes", 14, CLIENT_C, NULL, "Visit at nine");
  do_op (f, "record.patch", whom);
  assert_column (f, "client-changes", 1, CLIENT_C, NULL, "task task"); /* it was that person's before */
}

/* D12: so is from when to when somebody worked with the client; about: whom it is of. */
static void
test_member_changes (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *patch = NULL;

  fill (f);
  do_op (f, "care_team.join", "{'client':'" CLIENT_C "','staff':'" USER_U "','started_on':'2025-12-01'}");
  id = column_texts (f, "client-care-team", 0, CLIENT_C, NULL);
  patch = g_strdup_printf ("{'t':'care_team_member','id':'%s','set':{'started_on':{'old':'2025-12-01','new':'2025-11-01'}}}", id);
  do_op (f, "record.patch", patch);
  assert_column (f, "client-care-team", 7, CLIENT_C, NULL, "2025-11-01");
  assert_column (f, "client-changes", 1, CLIENT_C, NULL, "care_team_member");
  assert_column (f, "client-changes", 7, CLIENT_C, NULL, "{\"value\":\"2025-12-01\"}");
  assert_column (f, "client-changes", 8, CLIENT_C, NULL, "{\"value\":\"2025-11-01\"}");
}

/* D12: what a household's entry said before, and whose word that was, also when the stay is over and another one begun. */
static void
test_household_changes (Fixture *f, gconstpointer data)
{
  fill (f);
  do_op (f, "household.join", "{'client':'" CLIENT_D "','with':'" CLIENT_C "','relationship':'2','since':'2021-03-03'}");
  do_op (f, "household.join", "{'client':'" CLIENT_D "','with':'" CLIENT_C "','relationship':'4'}");
  assert_column (f, "client-changes", 1, CLIENT_D, NULL, "household_member");
  assert_column (f, "client-changes", 2, CLIENT_D, NULL, "relationship");
  assert_column (f, "client-changes", 4, CLIENT_D, NULL, "Ana Ruiz");
  assert_column (f, "client-changes", 7, CLIENT_D, NULL, "{\"value\":\"2\"}");
  assert_column (f, "client-changes", 8, CLIENT_D, NULL, "{\"value\":\"4\"}");
  assert_column (f, "client-changes", 1, CLIENT_C, NULL, "");
  kith_manual_clock_advance (f->clock, 1000);
  do_op (f, "household.join", "{'client':'" CLIENT_D "','with':'" CLIENT_C "','relationship':'4','since':'2021-04-03'}");
  do_op (f, "household.leave", "{'client':'" CLIENT_D "'}");
  assert_column (f, "client-changes", 8, CLIENT_D, NULL, "{\"value\":\"2021-04-03\"} {\"value\":\"4\"}");
  do_op (f, "household.join", "{'client':'" CLIENT_D "','with':'" CLIENT_C "','relationship':'3'}");
  assert_column (f, "client-changes", 8, CLIENT_D, NULL, "{\"value\":\"2021-04-03\"} {\"value\":\"4\"}"); /* another stay is no change of this one */
}

/* None is left out, however many there are. */
static void
test_many (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  page = page_new (2000, 30);
  for (int i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("0197f444-0000-7000-8000-%012d", i);

      page_put (page, "field_history", id, SID_CLIENT_C, 1000 + i,
                "{'t':'client','record':'" CLIENT_C "','field':'email','value':'a','at':'2026-01-01T00:00:00.000Z','scope':'client:" CLIENT_C "'}");
    }
  page_end (page, "c2000", FALSE);
  page_apply (f, page);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "client-changes", &error);
    guint n = 0;

    g_assert_no_error (error);
    kith_db_bind_text (stmt, 1, CLIENT_C);
    while (kith_db_step (stmt, &error) == KITH_DB_ROW)
      n++;
    g_assert_no_error (error);
    g_assert_cmpuint (n, ==, 600);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/changes/A1-task", Fixture, NULL, fixture_set_up, test_task_changes, fixture_tear_down);
  g_test_add ("/store/changes/D12-care-team", Fixture, NULL, fixture_set_up, test_member_changes, fixture_tear_down);
  g_test_add ("/store/changes/household-D12", Fixture, NULL, fixture_set_up, test_household_changes, fixture_tear_down);
  g_test_add ("/store/changes/many", Fixture, NULL, fixture_set_up, test_many, fixture_tear_down);
  return g_test_run ();
}
