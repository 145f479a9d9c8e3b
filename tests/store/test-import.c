/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "kith-import-id.h"
#include "kith-protocol.h"

/* A spreadsheet on its way in: dry run, a few at a time, what the hub said, taking it back. */

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
test_dry_run (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gboolean begun;

  import_begin (f);
  add_rows (f, 2, 41);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.fresh, ==, 36);
  g_assert_cmpuint (counts.bad, ==, 4);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 0);
  g_assert_false (import_step (f));

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

  import_begin (f);
  imported = json ("{'agency':'" AGENCY_A "','source':'clients','source_id':'n3','values':{'given_name':'Bo','family_name':'Li','date_of_birth':'1988-04-07'}}");
  kith_store_submit (f->store, "client.import", imported, 0, NULL, &error);
  g_assert_no_error (error);
  rows[0].args = json ("{'source_id':'n2','values':{'given_name':'Beau','family_name':'Li','date_of_birth':'1988-04-07'}}");
  rows[1].args = json ("{'source_id':'n3','values':{'given_name':'Bo','family_name':'Li'}}");
  rows[2].args = json ("{'source_id':'n4','values':{'given_name':'li','family_name':'bo','date_of_birth':'1988-04-07'}}"); /* exchanged */
  rows[3].args = json ("{'source_id':'n5','values':{'given_name':'Zoe','family_name':'Kowalczyk','date_of_birth':'1988-04-07'}}"); /* of one day */
  kith_store_import_add (f->store, JOB, rows, 4, &error);
  g_assert_no_error (error);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.same, ==, 1);
  g_assert_cmpuint (counts.maybe, ==, 2);
  g_assert_cmpuint (counts.fresh, ==, 1);

  /* Left out unless somebody says who they are. */
  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
  while (import_step (f))
    ;
  counts = import_tally (f, "running");
  g_assert_cmpuint (counts.maybe, ==, 2);
  g_assert_cmpuint (counts.queued, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_unref (rows[i].args);
}

/* ---- rows that may be somebody who is here ---- */

#define ANA "0197c000-0000-7000-8000-0000000000a1"

/* Ana Reyes is here, with a phone and no e-mail; the file has her twice, once as a Reyes born on the same day, and somebody new. Rows 2 to 4. */
static void
begin_with_ana (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  KithImportRow rows[3] = { { .row = 2, .cells = (char *) "[\"ana\"]" }, { .row = 3, .cells = (char *) "[\"anna\"]" }, { .row = 4, .cells = (char *) "[\"zoe\"]" } };
  const char *const args[] = {
    "{'source_id':'n2','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05','email':'ana@example.org',"
    "'phones':[{'number':'619-555-0199'}]}}",
    "{'source_id':'n3','values':{'given_name':'Anna','family_name':'Reyes','date_of_birth':'1990-03-05'}}",
    "{'source_id':'n4','values':{'given_name':'Zoe','family_name':'Kowalczyk','date_of_birth':'1971-01-01'}}",
  };

  import_begin (f);
  if (count (f, "SELECT count(*) FROM client WHERE id = '" ANA "'") == 0)
    g_free (submit (f, "client.register", "{'id':'" ANA "','number':'KA-0777','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05',"
                                          "'phones':[{'number':'619-555-0101'}]}}"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i].args = json (args[i]);
  kith_store_import_add (f->store, JOB, rows, G_N_ELEMENTS (rows), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_unref (rows[i].args);
}

static void
decide (Fixture *f, gint64 row, KithImportVerdict verdict)
{
  g_autoptr (GError) error = NULL;

  kith_store_import_decide (f->store, JOB, row, ANA, verdict, &error);
  g_assert_no_error (error);
}

static void
assert_ana (Fixture *f, const char *member, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = kith_db_fetch_text (kith_store_get_db (f->store), &error, "import-client", "s", ANA);
  g_autoptr (JsonObject) client = kith_json_parse_object (body, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (client, member), ==, value);
}

/* The two beside each other, and what "same person" would bring. */
static void
test_look_at_maybe (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  JsonObject *first, *body;

  begin_with_ana (f);
  list = kith_store_import_list_maybe (f->store, JOB, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  first = list->pdata[0];
  body = kith_json_object (first, "body");
  g_assert_cmpint (kith_json_int (first, "row", 0), ==, 2);
  g_assert_cmpstr (kith_json_string (first, "client"), ==, ANA);
  g_assert_cmpstr (kith_json_string (first, "number"), ==, "KA-0777");
  g_assert_cmpstr (kith_json_string (kith_json_object (body, "first_values"), "phone"), ==, "619-555-0101");
  g_assert_cmpstr (kith_json_string (kith_json_object (body, "second_values"), "phone"), ==, "619-555-0199");
  g_assert_cmpstr (kith_json_string (body, "family_level"), ==, "exact");
  g_assert_cmpuint (json_array_get_length (kith_json_array (first, "missing")), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (first, "missing"), 0), ==, "email");
}

/* Said before the import, kept by a restart and when the list is looked at again; carried out by the import and not before. */
static void
test_decide_before (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gint64 before;

  begin_with_ana (f);
  before = count (f, "SELECT count(*) FROM client");
  decide (f, 2, KITH_IMPORT_SAME);
  decide (f, 3, KITH_IMPORT_SAME);
  decide (f, 3, KITH_IMPORT_OPEN); /* said by mistake */
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.maybe, ==, 1);
  decide (f, 3, KITH_IMPORT_DIFFERENT);
  assert_ana (f, "email", NULL);
  fixture_reopen (f);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpuint (counts.fresh, ==, 2);
  g_assert_cmpuint (counts.maybe, ==, 0);
  begin_with_ana (f);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpuint (counts.fresh, ==, 2);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
  while (import_step (f))
    ;
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'client.import' AND args ->> 'source_id' = 'n3' AND args -> 'not_same' ->> 0 = '" ANA "'"),
                   ==, 1); /* the hub asks nobody a second time */
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'record.patch' AND args -> 'set' -> 'email' ->> 'yields' = 1"), ==, 1); /* to who wrote it meanwhile */
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 2);
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before + 2);
  assert_ana (f, "email", "ana@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE id = '" ANA "' AND body -> 'phones' -> 0 ->> 'number' = '619-555-0101'"), ==, 1);
  /* The import as a whole is taken back: what it filled in too, and whom it was told apart from is no work on the client. */
  kith_store_import_undo (f->store, JOB, &error);
  import_run (f);
  import_tally (f, "undone");
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before);
  assert_ana (f, "email", NULL);
}

/* A1: what a row says of insurance comes in with the client, and fills in what is missing of one who is here; the import as a whole takes both back. */
static void
test_billing (Fixture *f, gconstpointer data)
{
  KithImportRow rows[2] = {
    { .row = 2, .cells = (char *) "[\"ana\"]", .args = json ("{'source_id':'n2','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05'},"
                                                             "'billing':{'insurance_provider':'Medi-Cal','medicaid_number':'M-1'}}") },
    { .row = 4, .cells = (char *) "[\"zoe\"]", .args = json ("{'source_id':'n4','values':{'given_name':'Zoe'},'billing':{'insurance_provider':'Aetna'}}") },
  };
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;

  import_begin (f);
  page = page_new_of_schema (110, 2, KITH_PROTOCOL_SCHEMA); /* a hub that knows the argument: an older one is not sent it */
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_free (submit (f, "client.register", "{'id':'" ANA "','number':'KA-0777','values':{'given_name':'Ana','family_name':'Reyes','date_of_birth':'1990-03-05'},"
                                        "'billing':{'insurance_provider':'Kaiser'}}"));
  kith_store_import_add (f->store, JOB, rows, G_N_ELEMENTS (rows), &error);
  g_assert_no_error (error);
  list = kith_store_import_list_maybe (f->store, JOB, 10, &error);
  g_assert_cmpuint (json_array_get_length (kith_json_array (list->pdata[0], "missing")), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (list->pdata[0], "missing"), 0), ==, "medicaid_number");
  decide (f, 2, KITH_IMPORT_SAME);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  while (import_step (f))
    ;
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'client.import' AND args -> 'billing' ->> 'insurance_provider' = 'Aetna' AND args -> 'values' -> 'billing' IS NULL"), ==, 1);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "done").joined, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client_billing WHERE body ->> 'insurance_provider' || coalesce(body ->> 'medicaid_number', '') IN ('KaiserM-1', 'Aetna')"), ==, 2);
  kith_store_import_undo (f->store, JOB, &error);
  import_run (f);
  import_tally (f, "undone");
  g_assert_cmpint (count (f, "SELECT sum(CASE WHEN body ->> 'medicaid_number' IS NULL AND body ->> 'insurance_provider' = 'Kaiser' THEN 1 ELSE 9 END) FROM client_billing"), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_unref (rows[i].args);
}

/* What somebody wrote over it since stays. */
static void
test_undo_of_same (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  begin_with_ana (f);
  decide (f, 2, KITH_IMPORT_SAME);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_run (f);
  g_free (submit (f, "record.patch", "{'t':'client','id':'" ANA "','set':{'email':{'old':'ana@example.org','new':'reyes@example.org'}}}"));
  kith_store_import_undo (f->store, JOB, &error);
  import_run (f);
  import_tally (f, "undone");
  assert_ana (f, "email", "reyes@example.org");
}

static gboolean
note_bad (const char *cells, const char *reason, gpointer text, GError **error)
{
  g_string_append_printf (text, "%s: %s\n", cells, reason);
  return TRUE;
}

/* What nobody decided on is not imported, comes back with its reason, and can be decided on afterwards. */
static void
test_decide_afterwards (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gint64 before;

  begin_with_ana (f);
  before = count (f, "SELECT count(*) FROM client");
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 1);
  g_assert_cmpuint (counts.maybe, ==, 2);
  kith_store_import_each (f->store, JOB, KITH_IMPORT_NOT_TAKEN, note_bad, rows, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rows->str, "[\"ana\"]: Perhaps the same person as KA-0777"));
  g_assert_nonnull (strstr (rows->str, "[\"anna\"]: Perhaps the same person as KA-0777"));
  g_assert_null (strstr (rows->str, "zoe"));

  decide (f, 3, KITH_IMPORT_DIFFERENT);
  import_run (f);
  decide (f, 2, KITH_IMPORT_SAME);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 2);
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before + 2);
  assert_ana (f, "email", "ana@example.org");
  g_assert_false (kith_store_import_decide (f->store, JOB, 3, ANA, KITH_IMPORT_SAME, &error)); /* she is imported */
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED);
}

/* Never more on the way than a rebase can replay; what is refused is told by its row; a restart goes on. */
static void
test_a_few_at_a_time (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  guint rounds = 0;

  import_begin (f);
  add_rows (f, 2, 1001);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
  while (import_step (f))
    ;
  counts = import_tally (f, "running");
  g_assert_cmpuint (counts.queued, >, 300);
  g_assert_cmpuint (counts.queued, <=, 400);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE number IS NOT NULL"), >, 300);

  import_hub_answers (f, 17);
  for (; rounds < 20; rounds++)
    {
      while (import_step (f))
        ;
      import_hub_answers (f, 0);
      import_step (f);
      if (count (f, "SELECT count(*) FROM import_job WHERE state = 'done'") == 1)
        break;
    }
  counts = import_tally (f, "done");
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

  import_begin (f);
  before = count (f, "SELECT count(*) FROM client");
  add_rows (f, 2, 300);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_step (f);
  import_hub_answers (f, 0);
  import_step (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before + 100);
  kith_store_import_undo (f->store, JOB, &error);
  g_assert_no_error (error);

  /* The same file chosen again meanwhile does not begin a second time. */
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", NULL, &begun, &error);
  g_assert_false (begun);
  while (import_step (f))
    ;
  counts = import_tally (f, "undone");
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

  import_begin (f);
  before = count (f, "SELECT count(*) FROM client");
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_step (f);
  import_hub_answers (f, 0);
  while (import_step (f))
    ;
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 8);
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", "[\"first\",\"last\"]", &begun, &error);
  g_assert_no_error (error);
  g_assert_true (begun);
  add_rows (f, 2, 11);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.same, ==, 8);
  g_assert_cmpuint (counts.fresh, ==, 1 /* the tenth cannot be taken */);
  kept = kept_job (f);
  g_assert_true (g_str_has_prefix (kept, JOB));
  g_assert_true (kith_store_import_undo (f->store, kept, &error));
  while (import_step (f))
    ;
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before);
  kith_store_import_counts (f->store, kept, &counts, &state, &error);
  g_assert_cmpstr (state, ==, "undone");
  g_assert_cmpuint (counts.undone, ==, 8);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.fresh, ==, 1);
}

/* Whom the hub had already, from another computer's import of the same source, is the same: undoing this import is not undoing that one. */
static void
test_undo_leaves_the_same (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;

  import_begin (f);
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_step (f);
  import_hub_answers_so (f, 0, 3);
  import_step (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 7);
  g_assert_cmpuint (counts.same, ==, 1);
  kith_store_import_undo (f->store, JOB, &error);
  while (import_step (f))
    ;
  counts = import_tally (f, "undone");
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

  import_begin (f);
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
  while (import_step (f))
    ;
  import_hub_answers (f, 0);
  import_step (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 60);
  kith_store_import_undo (f->store, JOB, &error);
  while (import_step (f))
    ;
  counts = import_tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 60);
}

/* Taken back while its rows are on their way: whom the hub says was there already is left alone; the others follow as it answers. */
static void
test_undo_on_the_way (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) sent = NULL;
  KithImportTally counts;
  guint n, first;

  import_begin (f);
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_step (f);
  sent = push (f, &n);
  g_assert_cmpuint (n, >=, 8);
  kith_store_import_undo (f->store, JOB, &error);
  g_assert_no_error (error);
  while (import_step (f))
    ;
  import_tally (f, "undoing");
  first = (guint) kith_json_int (kith_json_object (sent, "h"), "first_n", 0);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (lines, "{'n':%u,'st':'%s','q':%u}\n", first + i, i == 3 ? "noop" : "applied", 1000 + first + i);
  answer (f, lines->str);
  while (import_step (f))
    ;
  counts = import_tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 7);
  g_assert_cmpuint (counts.same, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op, json_each (op.args, '$.clients') c JOIN import_row r ON r.source_id = c.value ->> 'source_id' "
                             "WHERE op.name = 'client.import_undo' AND r.state = 'same'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT sum (json_array_length (args, '$.clients')) FROM op WHERE name = 'client.import_undo'"), ==, 7);
}

/* What never went out is as if it had not been: the hub hears of none of it. */
static void
test_undo_of_unsent (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *client = kith_import_client_id (AGENCY_A, "clients", "n5"), *args = NULL;
  KithImportTally counts;
  gint64 before;

  import_begin (f);
  before = count (f, "SELECT count(*) FROM client");
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_step (f);
  /* Somebody works with one of them already: that one's answer is waited for. */
  args = g_strdup_printf ("{'t':'client','id':'%s','set':{'pronouns':{'new':'she'}}}", client);
  g_free (submit (f, "record.patch", args));
  kith_store_import_undo (f->store, JOB, &error);
  g_assert_no_error (error);
  while (import_step (f))
    ;
  counts = import_tally (f, "undoing");
  g_assert_cmpuint (counts.undone, ==, 7);
  g_assert_cmpuint (counts.queued, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, before + 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'client.import'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'client.import_undo'"), ==, 0);
  import_hub_answers (f, 0);
  while (import_step (f))
    ;
  counts = import_tally (f, "undone");
  g_assert_cmpuint (counts.undone, ==, 8);
  g_assert_cmpuint (counts.still_here, ==, 1);
}

/* A list whose numbers begin anew has other people under them: they are not here already. Who married, or of whom the list says less, is. */
static void
test_other_under_same_number (Fixture *f, gconstpointer data)
{
  static const struct { const char *is, *row; gboolean other;
  } cases[] = {
    { "'given_name':'Bo','family_name':'Li','date_of_birth':'1988-04-07'", "'given_name':'Zoe','family_name':'Kowalczyk','date_of_birth':'1971-01-01'", TRUE },
    { "'given_name':'Bo','family_name':'Li'", "'given_name':'Zoe','family_name':'Kowalczyk'", TRUE },
    { "'given_name':'Maria','family_name':'Cruz','date_of_birth':'1988-04-07'", "'given_name':'Maria','family_name':'Stone','date_of_birth':'1951-12-30'", TRUE },
    { "'given_name':'Bo','family_name':'Li','date_of_birth':'1988-04-07'", "'given_name':'BO','family_name':'Lì','date_of_birth':'1988-04-07'", FALSE },
    { "'given_name':'Bo','family_name':'Li','date_of_birth':'1988-04-07'", "'given_name':'Bo','family_name':'Li'", FALSE },
    { "'given_name':'Rosalind','family_name':'Abernathy','date_of_birth':'1988-04-07'", "'given_name':'Rosalind','family_name':'Stone','date_of_birth':'1988-04-07'", FALSE },
    { "'given_name':'Rosalind','family_name':'Abernathy','date_of_birth':'1988-04-07'", "'given_name':'Rosalind','family_name':'Abernathy','date_of_birth':'1988-07-04'", FALSE },
  };
  g_autoptr (GError) error = NULL;
  guint others = 0;

  import_begin (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'agency':'" AGENCY_A "','source':'clients','source_id':'n%u','values':{%s}}", i, cases[i].is);
      g_autoptr (JsonObject) args = json (text);

      kith_store_submit (f->store, "client.import", args, 0, NULL, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'source_id':'n%u','values':{%s}}", i, cases[i].row);
      KithImportRow row = { .row = 2 + i, .args = json (text), .cells = (char *) "[\"a\"]" };
      KithImportTally counts;

      kith_store_import_add (f->store, JOB, &row, 1, &error);
      g_assert_no_error (error);
      json_object_unref (row.args);
      others += cases[i].other;
      counts = import_tally (f, "reading");
      g_test_message ("case %u", i);
      g_assert_cmpuint (counts.bad, ==, others);
      g_assert_cmpuint (counts.same, ==, i + 1 - others);
      g_assert_cmpuint (counts.fresh, ==, 0);
    }
  /* They are told of, with what can be done. */
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_row WHERE state = 'bad' AND reason LIKE '%another name%'"), ==, others);
}

static char *
op_of_row (Fixture *f, gint64 row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), "SELECT op_id FROM import_row WHERE row = ?1", &error);

  g_assert_no_error (error);
  kith_db_bind_int (stmt, 1, row);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return g_strdup (kith_db_text (stmt, 0));
}

/* What was discarded, or done again, is waited for by nobody under its former id: the import comes to its end. */
static void
test_discarded (Fixture *f, gconstpointer data)
{
  const gboolean again = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *op_id = NULL;
  KithImportTally counts;
  gboolean begun;

  import_begin (f);
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  import_step (f);
  op_id = op_of_row (f, 5);
  g_assert_no_error (error);
  g_assert_nonnull (op_id);
  g_assert_true (kith_store_settle (f->store, op_id, again, NULL, &error));
  g_assert_no_error (error);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, again ? 8 : 7);
  g_assert_cmpuint (counts.refused, ==, again ? 0 : 1);
  g_assert_cmpuint (counts.queued, ==, 0);
  kith_store_import_begin (f->store, JOB, "clients.xlsx", "clients", "[\"first\"]", &begun, &error);
  g_assert_no_error (error);
  g_assert_true (begun);
}

/* What the hub took is not called discarded, however long the list then lay: the archive keeps its operations until the list has heard. */
static void
test_long_answered (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  Page *page;

  import_begin (f);
  add_rows (f, 2, 9);
  kith_store_import_start (f->store, JOB, FALSE, &error);
  g_assert_no_error (error);
  import_step (f);
  import_hub_answers (f, 0);
  page = page_new (2000, 2);
  page_end (page, "c2000", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'client.import' AND st = 'done'"), ==, 8);
  kith_manual_clock_advance (f->clock, 31 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, &error));
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.taken, ==, 8);
  g_assert_cmpuint (counts.refused + counts.same, ==, 0);
  kith_manual_clock_advance (f->clock, 31 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, &error));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'client.import'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/import/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("dry-run", test_dry_run);
  ADD ("same-and-maybe", test_same_and_maybe);
  ADD ("other-under-same-number", test_other_under_same_number);
  g_test_add ("/store/import/discarded", Fixture, GINT_TO_POINTER (FALSE), fixture_set_up, test_discarded, fixture_tear_down);
  g_test_add ("/store/import/redone", Fixture, GINT_TO_POINTER (TRUE), fixture_set_up, test_discarded, fixture_tear_down);
  ADD ("long-answered", test_long_answered);
  ADD ("look-at-maybe", test_look_at_maybe);
  ADD ("decide-afterwards", test_decide_afterwards);
  ADD ("undo-of-same", test_undo_of_same);
  ADD ("A1-billing", test_billing);
  g_test_add ("/store/import/decide-before", Fixture, "disk", fixture_set_up, test_decide_before, fixture_tear_down);
  ADD ("a-few-at-a-time", test_a_few_at_a_time);
  ADD ("undo", test_undo);
  ADD ("undo-of-earlier", test_undo_of_earlier);
  ADD ("undo-leaves-the-same", test_undo_leaves_the_same);
  ADD ("undo-on-the-way", test_undo_on_the_way);
  ADD ("undo-of-unsent", test_undo_of_unsent);
  ADD ("undo-of-long-rows", test_undo_of_long_rows);
  return g_test_run ();
}
