/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* What was put right of the work with a client is read in their history. */

/* One column of the rows of a query, a word each. Yours */
static char *
column (Fixture *f, const char *query, int n, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, first);
  if (second != NULL)
    kith_db_bind_text (stmt, 2, second);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", kith_db_text (stmt, n));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
assert_column (Fixture *f, const char *query, int n, const char *first, const char *second, const char *expected)
{
  g_autofree char *words = column (f, query, n, first, second);

  g_assert_cmpstr (words, ==, expected);
}

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/changes/A1-task", Fixture, NULL, fixture_set_up, test_task_changes, fixture_tear_down);
  return g_test_run ();
}
