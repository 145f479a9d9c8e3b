/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

/* A long list is told apart by what is in memory of the clients, a short one by the records: both say the same of every row. */

static const char *const given[] = { "Ana", "ANA", "José", "Li", "garcía", "" };
static const char *const family[] = { "García", "GARCÍA", "Li", "ana", "Ó Néill", "" };
static const char *const born[] = { "1988-04-07", "1990-03-05", "1988-07-04", "1990", "" };

static char *
person (const char *own_given, const char *own_family, const char *own_born)
{
  g_autoptr (JsonObject) values = json_object_new ();

  if (*own_given != '\0')
    json_object_set_string_member (values, "given_name", own_given);
  if (*own_family != '\0')
    json_object_set_string_member (values, "family_name", own_family);
  if (*own_born != '\0')
    json_object_set_string_member (values, "date_of_birth", own_born);
  return kith_json_print_object (values);
}

#define N_PEOPLE (G_N_ELEMENTS (given) * G_N_ELEMENTS (family) * G_N_ELEMENTS (born))

static char *
nth (guint i)
{
  return person (given[i % G_N_ELEMENTS (given)], family[i / G_N_ELEMENTS (given) % G_N_ELEMENTS (family)], born[i / G_N_ELEMENTS (given) / G_N_ELEMENTS (family)]);
}

static const char *
client_id (guint i)
{
  g_autofree char *name = g_strdup_printf ("known-%u", i);
  g_autofree char *id = kith_id_natural ("client", name);

  return g_intern_string (id);
}

static void
put_client (Page *page, guint i, gint64 q, const char *values)
{
  g_autoptr (JsonObject) body = kith_json_parse_object (values, -1, NULL, NULL);
  g_autofree char *text = NULL;

  json_object_set_string_member (body, "agency", AGENCY_A);
  text = kith_json_print_object (body);
  page_put (page, "client", client_id (i), SID_CLIENT_C, q, text);
}

/* A third of all the people there can be. */
static void
fill_clients (Fixture *f)
{
  Page *page = page_new (200, 2);

  for (guint i = 0; i < N_PEOPLE; i += 3)
    {
      g_autofree char *values = nth (i);

      put_client (page, i, 101, values);
    }
  page_end (page, "c200", FALSE);
  page_apply (f, page);
}

/* Rows first to last of the list, which has all of the people; row 0 is of nobody here. In one go, as one chunk is read. */
static void
add (Fixture *f, guint first, guint last)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (KithImportRow));
  g_autoptr (GError) error = NULL;

  for (guint i = first; i <= last; i++)
    {
      g_autofree char *values = i > 0 ? nth (i - 1) : person ("Zoe", "Kowalczyk", "1971-01-01"), *source_id = g_strdup_printf ("n%u", i);
      KithImportRow row = { .row = i, .cells = (char *) "[]" };

      row.args = kith_json_new ("source_id", "s", source_id, "values", "o", kith_json_parse_object (values, -1, NULL, NULL), NULL);
      g_array_append_val (rows, row);
    }
  kith_store_import_add (f->store, JOB, (const KithImportRow *) (gpointer) rows->data, rows->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    json_object_unref (g_array_index (rows, KithImportRow, i).args);
}

static char *
verdicts (Fixture *f, guint first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), "SELECT row, state, reason FROM import_row WHERE row >= ?1 ORDER BY row", &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_int (stmt, 1, first);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%d %s %s\n", (int) kith_db_int (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2) != NULL ? kith_db_text (stmt, 2) : "-");
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_follows (Fixture *f)
{
  g_assert_cmpint (count (f, "SELECT count(*) FROM sqlite_temp_master WHERE name LIKE 'import_known_%' AND type = 'trigger'"), ==, 3);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_known"), ==, count (f, "SELECT count(*) FROM client WHERE date_of_birth IS NOT NULL"));
  g_assert_cmpint (count (f, "SELECT count(*) FROM (SELECT date_of_birth, rid, family_name, given_name FROM client WHERE date_of_birth IS NOT NULL "
                             "EXCEPT SELECT born, rid, family, given FROM import_known)"), ==, 0);
}

static void
end_reading (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_store_import_end_reading (f->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_known"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM sqlite_temp_master WHERE type = 'trigger'"), ==, 0);
}

/* As short lists are told apart. */
static char *
verdicts_of_records (Fixture *f, guint first)
{
  end_reading (f);
  import_begin (f);
  add (f, 0, N_PEOPLE);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_known"), ==, 0);
  return verdicts (f, first);
}

static void
test_known (Fixture *f, gconstpointer data)
{
  g_autofree char *known = NULL, *records = NULL;
  KithImportTally counts;

  import_begin (f);
  fill_clients (f);
  add (f, 0, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_known"), ==, 0);
  for (guint i = 1; i <= N_PEOPLE; i += 20)
    add (f, i, MIN (i + 19, N_PEOPLE));
  assert_follows (f);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.maybe, >, 20);
  g_assert_cmpuint (counts.fresh, >, 20);
  known = verdicts (f, 0);
  records = verdicts_of_records (f, 0);
  g_assert_cmpstr (known, ==, records);
}

/* Clients come, go and are called otherwise while the list is read: by the hub, by somebody here, and in vain. */
static void
test_known_changes (Fixture *f, gconstpointer data)
{
  const guint half = N_PEOPLE / 2;
  KithDb *db = kith_store_get_db (f->store);
  g_autofree char *known = NULL, *before = NULL, *records = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbTransaction) transaction = NULL;
  Page *page;

  import_begin (f);
  fill_clients (f);
  before = verdicts_of_records (f, half + 1);
  import_begin (f);
  add (f, 0, 0);
  add (f, 1, half);
  assert_follows (f);

  page = page_new (300, 3);
  for (guint i = 0; i < N_PEOPLE; i += 3)
    {
      g_autofree char *values = nth ((i + half) % N_PEOPLE);

      if (i % 4 == 0)
        put_client (page, i, 201, values);
      else if (i % 4 == 1)
        page_gone (page, "client", client_id (i), SID_CLIENT_C, 201);
    }
  put_client (page, 1000, 202, "{\"given_name\":\"Ana\",\"family_name\":\"Ó Néill\",\"date_of_birth\":\"1990\"}");
  page_end (page, "c300", FALSE);
  page_apply (f, page);
  g_free (submit (f, "client.register", "{'id':'0197c000-0000-7000-8000-0000000000a1','number':'KA-0777','values':{'given_name':'Li','family_name':'Ana',"
                                        "'date_of_birth':'1990-03-05'}}"));
  assert_follows (f);
  transaction = kith_db_transaction_begin (db, &error);
  g_assert_true (kith_db_exec (db, "DELETE FROM client WHERE date_of_birth = '1988-04-07'", &error));
  g_clear_pointer (&transaction, kith_db_transaction_free); /* in vain */
  g_assert_no_error (error);
  assert_follows (f);

  add (f, half + 1, N_PEOPLE);
  known = verdicts (f, half + 1);
  records = verdicts_of_records (f, half + 1);
  g_assert_cmpstr (known, ==, records);
  g_assert_cmpstr (known, !=, before); /* or the changes would be none */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/import/known", Fixture, NULL, fixture_set_up, test_known, fixture_tear_down);
  g_test_add ("/store/import/known-changes", Fixture, NULL, fixture_set_up, test_known_changes, fixture_tear_down);
  return g_test_run ();
}
