/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-store-import.h"
#include "kith-import-id.h"
#include "store-fixture.h"

/* A spreadsheet on its way in: dry run, a few at a time, what the hub said, taking it back. */

#define JOB job ()

static const char *
job (void)
{
  g_autofree char *id = kith_import_id (AGENCY_A, "clients");

  return g_intern_string (id);
}

static KithImportTally
tally (Fixture *f, const char *state)
{
  KithImportTally counts;
  g_autoptr (GError) error = NULL;
  g_autofree char *is = NULL;

  kith_store_import_counts (f->store, JOB, &counts, &is, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (is, ==, state);
  return counts;
}

/* Rows first to last; every tenth cannot be taken. */
static void
add_rows (Fixture *f, gint64 first, gint64 last)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (KithImportRow));
  g_autoptr (GError) error = NULL;

  for (gint64 i = first; i <= last; i++)
    {
      KithImportRow row = { .row = i };
      g_autofree char *id = g_strdup_printf ("n%" G_GINT64_FORMAT, i);

      row.cells = g_strdup ("[\"a\",\"b\"]");
      if (i % 10 == 0)
        row.reason = g_strdup ("no name");
      else
        row.args = kith_json_new ("source_id", "s", id, "values", "o", kith_json_new ("given_name", "s", "Ana", "family_name", "s", id, NULL), NULL);
      g_array_append_val (rows, row);
    }
  kith_store_import_add (f->store, JOB, &g_array_index (rows, KithImportRow, 0), rows->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      KithImportRow *row = &g_array_index (rows, KithImportRow, i);

      g_clear_pointer (&row->args, json_object_unref);
      g_free (row->reason);
      g_free (row->cells);
    }
}

static void
begin (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean begun;

  fixture_fill (f);
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", "[\"first\",\"last\"]", &begun, &error);
  g_assert_no_error (error);
  g_assert_true (begun);
}

static gboolean
step (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  kith_store_import_step (f->store, &more, NULL, &error);
  g_assert_no_error (error);
  return more;
}

/* The hub takes everything that waits; only the operation named is refused, or finds the client there already. */
static void
hub_answers_so (Fixture *f, guint refused, guint there)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n, first;
  g_autoptr (JsonObject) sent = push (f, &n);

  while (n > 0)
    {
      first = (guint) kith_json_int (kith_json_object (sent, "h"), "first_n", 0);
      g_string_truncate (lines, 0);
      for (guint i = 0; i < n; i++)
        if (first + i == refused)
          g_string_append_printf (lines, "{'n':%u,'st':'rejected','code':'invalid','message':'Not so.'}\n", first + i);
        else if (first + i == there)
          g_string_append_printf (lines, "{'n':%u,'st':'noop','q':%u}\n", first + i, 1000 + first + i);
        else
          g_string_append_printf (lines, "{'n':%u,'st':'applied','q':%u}\n", first + i, 1000 + first + i);
      answer (f, lines->str);
      json_object_unref (sent);
      sent = push (f, &n);
    }
}

static void
hub_answers (Fixture *f, guint refused)
{
  hub_answers_so (f, refused, 0);
}

static void
test_dry_run (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gboolean begun;

  begin (f);
  add_rows (f, 2, 41);
  counts = tally (f, "reading");
  g_assert_cmpuint (counts.fresh, ==, 36);
  g_assert_cmpuint (counts.bad, ==, 4);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 0);
  g_assert_false (step (f));

  /* Another file is chosen: nothing is left of this one. */
  kith_store_import_drop (f->store, JOB, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM import_row) + (SELECT count(*) FROM import_job)"), ==, 0);
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", NULL, &begun, &error);
  g_assert_true (begun);
}

/* Who is here by the same number is the same; who may be somebody here is the matcher's to say. */
static void
test_same_and_maybe (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) imported = NULL, client = json ("{'source_id':'n3','values':{}}");
  KithImportRow rows[4] = { { .row = 2 }, { .row = 3 }, { .row = 4 }, { .row = 5 } };
  KithImportTally counts;

  begin (f);
  imported = json ("{'agency':'" AGENCY_A "','source':'clients','source_id':'n3','values':{'given_name':'Bo','family_name':'Li','date_of_birth':'1988-04-07'}}");
  kith_store_submit (f->store, "client.import", imported, 0, NULL, &error);
  g_assert_no_error (error);
  rows[0].args = json ("{'source_id':'n2','values':{'given_name':'Beau','family_name':'Li','date_of_birth':'1988-04-07'}}");
  rows[1].args = json ("{'source_id':'n3','values':{'given_name':'Bo','family_name':'Li'}}");
  rows[2].args = json ("{'source_id':'n4','values':{'given_name':'li','family_name':'bo','date_of_birth':'1988-04-07'}}"); /* exchanged */
  rows[3].args = json ("{'source_id':'n5','values':{'given_name':'Zoe','family_name':'Kowalczyk','date_of_birth':'1988-04-07'}}"); /* of one day */
  kith_store_import_add (f->store, JOB, rows, 4, &error);
  g_assert_no_error (error);
  counts = tally (f, "reading");
  g_assert_cmpuint (counts.same, ==, 1);
  g_assert_cmpuint (counts.maybe, ==, 2);
  g_assert_cmpuint (counts.fresh, ==, 1);

  /* Left out unless the person says otherwise. */
  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
  while (step (f))
    ;
  counts = tally (f, "running");
  g_assert_cmpuint (counts.skipped, ==, 2);
  g_assert_cmpuint (counts.queued, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_unref (rows[i].args);
}

/* Never more on the way than a rebase can replay; what is refused is told by its row; a restart goes on. */
static void
test_a_few_at_a_time (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  guint rounds = 0;

  begin (f);
  add_rows (f, 2, 1001);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
  while (step (f))
    ;
  counts = tally (f, "running");
  g_assert_cmpuint (counts.queued, >, 300);
  g_assert_cmpuint (counts.queued, <=, 400);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE number IS NOT NULL"), >, 300);

  hub_answers (f, 17);
  for (; rounds < 20; rounds++)
    {
      while (step (f))
        ;
      hub_answers (f, 0);
      step (f);
      if (count (f, "SELECT count(*) FROM import_job WHERE state = 'done'") == 1)
        break;
    }
  counts = tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 899);
  g_assert_cmpuint (counts.refused, ==, 1);
  g_assert_cmpuint (counts.bad, ==, 100);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_row WHERE state = 'refused' AND reason = 'Not so.'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(DISTINCT number) FROM client WHERE number LIKE 'KA-%'"), >=, 899);
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gint64 before;
  gboolean begun;

  begin (f);
  before = count (f, "SELECT count(*) FROM client");
  add_rows (f, 2, 300);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  step (f);
  hub_answers (f, 0);
  step (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before + 100);
  kith_store_import_undo (f->store, JOB, &error);
  g_assert_no_error (error);

  /* The same file chosen again meanwhile does not begin a second time. */
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", NULL, &begun, &error);
  g_assert_false (begun);
  while (step (f))
    ;
  counts = tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 100);
  g_assert_cmpuint (counts.queued + counts.taken + counts.fresh, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before);
}

static char *
kept_job (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "import-jobs", &error);
  char *kept = NULL;

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    if (strchr (kith_db_text (stmt, 0), '@'))
      kept = g_strdup (kith_db_text (stmt, 0));
  g_assert_no_error (error);
  g_assert_nonnull (kept);
  return kept;
}

/* The same list is looked at again a week later: what it brought then can still be taken back, and what is new now is not. */
static void
test_undo_of_earlier (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL, *state = NULL;
  KithImportTally counts;
  gint64 before;
  gboolean begun;

  begin (f);
  before = count (f, "SELECT count(*) FROM client");
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  step (f);
  hub_answers (f, 0);
  while (step (f))
    ;
  counts = tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 8);
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", "[\"first\",\"last\"]", &begun, &error);
  g_assert_no_error (error);
  g_assert_true (begun);
  add_rows (f, 2, 11);
  counts = tally (f, "reading");
  g_assert_cmpuint (counts.same, ==, 8);
  g_assert_cmpuint (counts.fresh, ==, 1 /* the tenth cannot be taken */);
  kept = kept_job (f);
  g_assert_true (g_str_has_prefix (kept, JOB));
  g_assert_true (kith_store_import_undo (f->store, kept, &error));
  while (step (f))
    ;
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before);
  kith_store_import_counts (f->store, kept, &counts, &state, &error);
  g_assert_cmpstr (state, ==, "undone");
  g_assert_cmpuint (counts.undone, ==, 8);
  counts = tally (f, "reading");
  g_assert_cmpuint (counts.fresh, ==, 1);
}

/* Whom the hub had already, from another computer's import of the same source, is the same: undoing this import is not undoing that one. */
static void
test_undo_leaves_the_same (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;

  begin (f);
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  step (f);
  hub_answers_so (f, 0, 3);
  step (f);
  counts = tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 7);
  g_assert_cmpuint (counts.same, ==, 1);
  kith_store_import_undo (f->store, JOB, &error);
  while (step (f))
    ;
  counts = tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 7);
  g_assert_cmpuint (counts.same, ==, 1);
}

/* Rows with much in them: the operations that take them back are no longer than the hub takes, and all of it comes to an end. */
static void
test_undo_of_long_rows (Fixture *f, gconstpointer data)
{
  g_autofree char *note = g_strnfill (1000, 'n'), *name = g_strnfill (200, 'o');
  g_autoptr (GError) error = NULL;
  KithImportTally counts;

  begin (f);
  for (gint64 i = 2; i < 62; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%" G_GINT64_FORMAT, i);
      KithImportRow row = { .row = i };

      row.args = kith_json_new ("source_id", "s", id, "values", "o",
                                kith_json_new ("given_name", "s", id, "family_name", "s", name, "race_detail", "s", name, "pronouns", "s", name, "contact_note", "s", note, NULL), NULL);
      kith_store_import_add (f->store, JOB, &row, 1, &error);
      g_assert_no_error (error);
      json_object_unref (row.args);
    }
  kith_store_import_start (f->store, JOB, FALSE, &error);
  while (step (f))
    ;
  hub_answers (f, 0);
  step (f);
  counts = tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 60);
  kith_store_import_undo (f->store, JOB, &error);
  while (step (f))
    ;
  counts = tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/import/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("dry-run", test_dry_run);
  ADD ("same-and-maybe", test_same_and_maybe);
  ADD ("a-few-at-a-time", test_a_few_at_a_time);
  ADD ("undo", test_undo);
  ADD ("undo-of-earlier", test_undo_of_earlier);
  ADD ("undo-leaves-the-same", test_undo_leaves_the_same);
  ADD ("undo-of-long-rows", test_undo_of_long_rows);
  return g_test_run ();
}
