/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "kith-import-id.h"
#include "kith-protocol.h"

/* One person in two rows of a list, and what is left out of rows that are taken: said before anything comes in, and after. */

#define FAR_DAY "'date_of_birth':'1971-01-02'"

/* Row first and on: args of client.import (NULL: bad) | remark | like */
static void
add (Fixture *f, gint64 first, const char *const (*rows)[3], guint n)
{
  g_autofree KithImportRow *list = g_new0 (KithImportRow, n);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    list[i] = (KithImportRow) { .row = first + i, .args = rows[i][0] != NULL ? json (rows[i][0]) : NULL, .remark = (char *) rows[i][1],
                                .like = rows[i][2] != NULL ? g_ascii_strtoll (rows[i][2], NULL, 10) : 0, .cells = (char *) "[\"cell\"]",
                                .reason = rows[i][0] != NULL ? NULL : (char *) "no name", .who = rows[i][0] != NULL ? NULL : (char *) "Sam Johnson" };
  kith_store_import_add (f->store, JOB, list, n, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&list[i].args, json_object_unref);
}

/* Rows 2 to 4: Zoe Kowalczyk, Zoe again with an e-mail and an insurance, and Bo. */
static void
begin_with_two (Fixture *f)
{
  static const char *const rows[][3] = {
    { "{'source_id':'n2','values':{'given_name':'Zoe','family_name':'Kowalczyk'," FAR_DAY ",'phones':[{'number':'619-555-0199'}]}}" },
    { "{'source_id':'n3','values':{'given_name':'zoe','family_name':'KOWALCZYK'," FAR_DAY ",'email':'zoe@example.org'},'billing':{'insurance_provider':'Aetna'}}", NULL, "2" },
    { "{'source_id':'n4','values':{'given_name':'Bo','family_name':'Marsh'," FAR_DAY "}}", NULL, NULL },
  };

  import_begin (f);
  add (f, 2, rows, G_N_ELEMENTS (rows));
}

/* A hub that knows what a row says of insurance: an older one is not sent it. */
static void
meet_hub (Fixture *f)
{
  Page *page;

  import_begin (f);
  page = page_new_of_schema (110, 2, KITH_PROTOCOL_SCHEMA);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
}

static char *
client_of (const char *source_id)
{
  return kith_import_client_id (AGENCY_A, "clients", source_id);
}

static gboolean
decide (Fixture *f, gint64 row, KithImportVerdict verdict, GError **error)
{
  g_autofree char *zoe = client_of ("n2");

  return kith_store_import_decide (f->store, JOB, row, zoe, verdict, error);
}

static void
start (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
}

static gboolean
note (const char *cells, const char *reason, gpointer text, GError **error)
{
  g_string_append_printf (text, "%s: %s\n", cells, reason);
  return TRUE;
}

static char *
file_of (Fixture *f, KithImportRows which)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  kith_store_import_each (f->store, JOB, which, note, text, &error);
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* Two rows, each with a number of its own, are beside each other, with the row's number and what only the later one says. Nobody has said: it stays out. */
static void
test_told (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *zoe = client_of ("n2"), *before = NULL, *after = NULL, *missing = NULL;
  KithImportTally counts;
  gint64 clients;

  meet_hub (f);
  begin_with_two (f);
  clients = count (f, "SELECT count(*) FROM client");
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.maybe, ==, 1);
  g_assert_cmpuint (counts.fresh, ==, 2);
  list = kith_store_import_list_maybe (f->store, JOB, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (kith_json_int (list->pdata[0], "row", 0), ==, 3);
  g_assert_cmpint (kith_json_int (list->pdata[0], "like", 0), ==, 2);
  g_assert_cmpstr (kith_json_string (list->pdata[0], "client"), ==, zoe);
  g_assert_cmpstr (kith_json_string (kith_json_object (kith_json_object (list->pdata[0], "body"), "first_values"), "given_name"), ==, "Zoe");
  missing = g_strjoinv (" ", (char *[]) { (char *) json_array_get_string_element (kith_json_array (list->pdata[0], "missing"), 0),
                                          (char *) json_array_get_string_element (kith_json_array (list->pdata[0], "missing"), 1), NULL });
  g_assert_cmpstr (missing, ==, "email insurance_provider");
  before = file_of (f, KITH_IMPORT_NOT_TAKEN);
  g_assert_nonnull (strstr (before, "[\"cell\"]: Perhaps the same person as row 2; nobody has decided"));
  start (f);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 2);
  g_assert_cmpuint (counts.maybe, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, clients + 2);
  after = file_of (f, KITH_IMPORT_NOT_TAKEN); /* by now she has a number */
  g_assert_nonnull (strstr (after, "[\"cell\"]: Perhaps the same person as KA-"));
  /* Decided on now: what is missing comes from the row. */
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE body ->> 'email' = 'zoe@example.org'"), ==, 1);
}

/* The same: one client, with what both rows say, by one operation, and taken back as a whole. */
static void
test_same (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gint64 clients;

  meet_hub (f);
  begin_with_two (f);
  clients = count (f, "SELECT count(*) FROM client");
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  g_assert_true (decide (f, 3, KITH_IMPORT_OPEN, &error)); /* said by mistake */
  g_assert_cmpuint (import_tally (f, "reading").maybe, ==, 1);
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  begin_with_two (f); /* looked at again: nobody is asked twice */
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpuint (counts.maybe, ==, 0);
  start (f);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 2);
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpuint (counts.merged, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, clients + 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE body ->> 'email' = 'zoe@example.org' AND body -> 'phones' -> 0 ->> 'number' = '619-555-0199'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client_billing WHERE body ->> 'insurance_provider' = 'Aetna'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'record.patch'"), ==, 0);
  kith_store_import_undo (f->store, JOB, &error);
  g_assert_no_error (error);
  import_run (f);
  counts = import_tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 2);
  g_assert_cmpuint (counts.still_here, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, clients);
}

/* Two who have names and a birth date in common: each is a client, and the hub asks nobody a second time. */
static void
test_different (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *zoe = client_of ("n2"), *sql = NULL;
  gint64 clients;

  meet_hub (f);
  begin_with_two (f);
  clients = count (f, "SELECT count(*) FROM client");
  g_assert_true (decide (f, 3, KITH_IMPORT_DIFFERENT, &error));
  g_assert_cmpuint (import_tally (f, "reading").fresh, ==, 3);
  begin_with_two (f);
  g_assert_cmpuint (import_tally (f, "reading").fresh, ==, 3);
  start (f);
  while (import_step (f))
    ;
  sql = g_strdup_printf ("SELECT count(*) FROM op WHERE name = 'client.import' AND args ->> 'source_id' = 'n3' AND args -> 'not_same' ->> 0 = '%s'", zoe);
  g_assert_cmpint (count (f, sql), ==, 1);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "done").taken, ==, 3);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, clients + 3);
}

/* The hub does not take the row: who was said to be the same person is not lost with it. */
static void
test_same_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  KithImportTally counts;

  meet_hub (f);
  begin_with_two (f);
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  start (f);
  while (import_step (f))
    ;
  import_hub_answers (f, 2); /* behind the import's record */
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.refused, ==, 2);
  g_assert_cmpuint (counts.taken, ==, 1);
  file = file_of (f, KITH_IMPORT_NOT_TAKEN);
  g_assert_nonnull (strstr (file, "Not so."));
  g_assert_nonnull (strstr (file, "It was said to be the same person as a row that was not taken."));
}

/* Whom the hub had already by a colleague's import of the first row: what the second says comes in by itself, or is refused aloud. here: their client
 * comes to this desk with the answer's rows */
static void
test_same_there (Fixture *f, gconstpointer here)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *zoe = client_of ("n2"), *scope = g_strconcat ("client:", zoe, NULL), *file = NULL;
  KithImportTally counts;
  Page *page;

  meet_hub (f);
  begin_with_two (f);
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  start (f);
  while (import_step (f))
    ;
  import_hub_answers_so (f, 0, 2);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "running").merged, ==, 1); /* until the hub's rows have come, those of here hide what is missing */
  page = page_new_of_schema (2000, 3, KITH_PROTOCOL_SCHEMA);
  if (here != NULL)
    {
      page_scope (page, 77, scope);
      page_put (page, "client", zoe, 77, 900, "{'agency':'" AGENCY_A "','number':'KA-0900','given_name':'Zoe','family_name':'Kowalczyk'," FAR_DAY "}");
      page_filled (page, 77, 3);
    }
  page_end (page, "c2000", FALSE);
  page_apply (f, page);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.same, ==, 1);
  g_assert_cmpuint (counts.merged, ==, 0);
  g_assert_cmpuint (counts.joined, ==, here != NULL ? 1 : 0);
  g_assert_cmpuint (counts.refused, ==, here != NULL ? 0 : 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE body ->> 'email' = 'zoe@example.org'"), ==, here != NULL ? 1 : 0);
  file = file_of (f, KITH_IMPORT_NOT_TAKEN);
  g_assert_true ((strstr (file, "Whom it was said to be is not on this computer. Nothing of this row was taken.") == NULL) == (here != NULL));
}

/* Access to whom two rows became ends: neither of them keeps a word of it, nor does a file that is written then (I6). undone: the import was taken back
 * before, and the hub kept them */
static void
test_forgotten (Fixture *f, gconstpointer undone)
{
  static const char *const rows[][3] = {
    { "{'source_id':'n2','values':{'given_name':'Zoe','family_name':'Kowalczyk'," FAR_DAY "}}" },
    { "{'source_id':'n3','values':{'given_name':'Zoe','family_name':'Kowalczyk'," FAR_DAY ",'email':'zoe@example.org'}}", "E-mail: cut off", "2" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *zoe = client_of ("n2"), *scope = g_strconcat ("client:", zoe, NULL), *before = NULL, *after = NULL;
  Page *page;

  meet_hub (f);
  import_begin (f);
  add (f, 2, rows, G_N_ELEMENTS (rows));
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  start (f);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "done").merged, ==, 1);
  before = file_of (f, KITH_IMPORT_REMARKED);
  g_assert_nonnull (strstr (before, "E-mail: cut off"));
  if (undone != NULL)
    {
      kith_store_import_undo (f->store, JOB, &error);
      g_assert_no_error (error);
      import_run (f);
      g_assert_cmpuint (import_tally (f, "undone").undone, ==, 1);
    }
  page = page_new_of_schema (2000, 3, KITH_PROTOCOL_SCHEMA);
  page_scope (page, 77, scope);
  page_put (page, "client", zoe, 77, 1002, "{'agency':'" AGENCY_A "','number':'KA-0900','given_name':'Zoe','family_name':'Kowalczyk'," FAR_DAY "}");
  page_filled (page, 77, 3);
  page_end (page, "c2000", FALSE);
  page_apply (f, page);
  page = page_new_of_schema (2001, 4, KITH_PROTOCOL_SCHEMA);
  page_line (page, "{'forget':[77]}");
  page_end (page, "c2001", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE family_name = 'Kowalczyk'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_row WHERE state = 'gone'"), ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_row WHERE coalesce (source_id, body, raw, reason, who, remark) IS NOT NULL"), ==, 0);
  after = file_of (f, KITH_IMPORT_REMARKED);
  g_assert_cmpstr (after, ==, "[\"first\",\"last\"]: (null)\n");
}

/* Of a row that may be somebody here nobody has said anything: who is the same person as that row waits with it, and goes where it goes. */
static void
test_same_of_maybe (Fixture *f, gconstpointer data)
{
  static const char here[] = "0197c000-0000-7000-8000-0000000000a1";
  static const char *const rows[][3] = {
    { "{'source_id':'n2','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05'}}" },
    { "{'source_id':'n3','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05','email':'ana@example.org'}}", NULL, "2" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  import_begin (f);
  g_free (submit (f, "client.register", "{'id':'0197c000-0000-7000-8000-0000000000a1','number':'KA-0777','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05'}}"));
  add (f, 2, rows, G_N_ELEMENTS (rows));
  g_assert_cmpuint (import_tally (f, "reading").maybe, ==, 2);
  g_assert_true (kith_store_import_decide (f->store, JOB, 3, here, KITH_IMPORT_DIFFERENT, &error));
  g_assert_cmpuint (import_tally (f, "reading").maybe, ==, 2); /* not her; but perhaps the row before */
  g_assert_true (decide (f, 3, KITH_IMPORT_SAME, &error));
  start (f);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "done").maybe, ==, 2);
  g_assert_cmpuint (import_tally (f, "done").joined, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'import.record' AND args ->> 'state' = 'done' AND args ->> 'unchanged' = 0"), ==, 1);
  file = file_of (f, KITH_IMPORT_NOT_TAKEN);
  g_assert_nonnull (strstr (file, "Perhaps the same person as row 2; nobody has decided"));
  g_assert_true (kith_store_import_decide (f->store, JOB, 2, here, KITH_IMPORT_SAME, &error));
  import_run (f);
  g_assert_cmpuint (import_tally (f, "done").joined, ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE id = '0197c000-0000-7000-8000-0000000000a1' AND body ->> 'email' = 'ana@example.org'"), ==, 1);
}

/* Whom a row cannot be taken of, and what is left out of one that is: counted, listed, and a file of their own. */
static void
test_remarks (Fixture *f, gconstpointer data)
{
  static const char *const rows[][3] = {
    { "{'source_id':'n2','values':{'given_name':'Zoe','family_name':'Kowalczyk'}}", "First name: cut off", NULL },
    { NULL, NULL, NULL },
    { "{'source_id':'n4','values':{'given_name':'Bo','family_name':'Marsh'}}", NULL, NULL },
  };
  g_autofree char *file = NULL, *bad = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  KithImportTally counts;

  import_begin (f);
  add (f, 2, rows, G_N_ELEMENTS (rows));
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.remarked, ==, 1);
  file = file_of (f, KITH_IMPORT_REMARKED);
  g_assert_cmpstr (file, ==, "[\"first\",\"last\"]: (null)\n[\"cell\"]: First name: cut off\n");
  bad = file_of (f, KITH_IMPORT_NOT_TAKEN);
  g_assert_cmpstr (bad, ==, "[\"first\",\"last\"]: (null)\n[\"cell\"]: no name\n");
  {
    g_autoptr (KithDbStmt) first = kith_db_query (kith_store_get_db (f->store), "import-bad-first", &error);
    g_autoptr (KithDbStmt) remarked = kith_db_query (kith_store_get_db (f->store), "import-remarked-first", &error);

    kith_db_bind_text (first, 1, JOB);
    g_assert_cmpint (kith_db_step (first, &error), ==, KITH_DB_ROW);
    g_assert_cmpstr (kith_db_text (first, 3), ==, "Sam Johnson");
    kith_db_bind_text (remarked, 1, JOB);
    g_assert_cmpint (kith_db_step (remarked, &error), ==, KITH_DB_ROW);
    g_assert_cmpstr (kith_db_text (remarked, 2), ==, "First name: cut off");
    g_assert_cmpstr (kith_db_text (remarked, 3), ==, "Zoe Kowalczyk");
  }
  start (f);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.remarked, ==, 1);
  after = file_of (f, KITH_IMPORT_REMARKED);
  g_assert_cmpstr (after, ==, file);
  kith_store_import_undo (f->store, JOB, &error);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "undone").remarked, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/import/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("twice", test_told);
  ADD ("twice-same", test_same);
  ADD ("twice-different", test_different);
  ADD ("twice-same-refused", test_same_refused);
  g_test_add ("/store/import/twice-same-there", Fixture, NULL, fixture_set_up, test_same_there, fixture_tear_down);
  g_test_add ("/store/import/twice-same-there-and-here", Fixture, "here", fixture_set_up, test_same_there, fixture_tear_down);
  ADD ("twice-forgotten-I6", test_forgotten);
  g_test_add ("/store/import/twice-forgotten-undone-I6", Fixture, "undone", fixture_set_up, test_forgotten, fixture_tear_down);
  ADD ("twice-same-of-maybe", test_same_of_maybe);
  ADD ("remarks", test_remarks);
  return g_test_run ();
}
