/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-search.h"

/* Where the rows of what a search found are: read by their numbers they say what the list of all clients says of them. */

#define LINKED "01970000-0000-7000-8000-00000000b001" /* the same person as C, registered by B */
#define ALONE "0197c000-0000-7000-8000-0000000000a1"  /* known by a care record alone */

static void
fill (Fixture *f)
{
  g_autofree char *match = kith_id_natural ("match", LINKED ":" CLIENT_C), *care = kith_id_natural ("care", ALONE ":" AGENCY_A);
  g_autofree char *scope = g_strconcat ("match:", match, NULL);
  Page *page = page_new (400, 3);

  page_scope (page, 100, "client:" LINKED);
  page_put (page, "client", LINKED, 100, 301, "{'agency':'" AGENCY_B "','given_name':'Joe','family_name':'Gar'}");
  page_scope (page, 101, "care:" ALONE ":" AGENCY_A);
  page_put (page, "care", care, 101, 302, "{'client':'" ALONE "','agency':'" AGENCY_A "','given_name':'Jo','family_name':'Gart'}");
  page_scope (page, 102, scope);
  page_put (page, "match", match, 102, 303, "{'first':'" LINKED "','second':'" CLIENT_C "','state':'linked','zone':'link'}");
  page_put (page, "consent", "0197f000-0000-7000-8000-0000000000c1", SID_CLIENT_D, 304,
            "{'client':'" CLIENT_D "','agency':'" AGENCY_A "','status':'in_force','term':'2027-01-01T00:00:00.000Z','start':'2026-01-01T00:00:00.000Z'}");
  page_put (page, "consent", "0197f000-0000-7000-8000-0000000000c2", SID_CLIENT_C, 305,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','status':'revoked','start':'2026-01-01T00:00:00.000Z'}");
  page_end (page, "c400", FALSE);
  page_apply (f, page);
}

/* All columns of the row a statement stands on, with their names. */
static char *
row_text (KithDbStmt *stmt)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < kith_db_n_columns (stmt); i++)
    g_string_append_printf (text, "%s=%s\n", kith_db_column_name (stmt, i), kith_db_is_null (stmt, i) ? "NULL" : kith_db_text (stmt, i));
  return g_string_free (text, FALSE);
}

static char *
row_in_list (Fixture *f, const char *id)
{
  KithDb *db = kith_store_get_db (f->store);
  g_autofree char *sql = g_strconcat ("SELECT * FROM (", kith_db_query_text (db, "clients-all"), ") WHERE id = ?2", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, USER_U);
  kith_db_bind_text (stmt, 2, id);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return row_text (stmt);
}

/* Of those that have a number: each as in the list, in the order of the numbers. Returns how many have one. */
static guint
check_hits (Fixture *f, GPtrArray *ids, GArray *rids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "clients-hits", &error);
  g_autoptr (GString) numbers = g_string_new ("[");
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, ids->len);
  for (guint i = 0; i < rids->len; i++)
    if (g_array_index (rids, gint64, i) != 0)
      g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, numbers->len > 1 ? "," : "", g_array_index (rids, gint64, i));
  g_string_append_c (numbers, ']');
  kith_db_bind_text (stmt, 1, USER_U);
  kith_db_bind_text (stmt, 2, numbers->str);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *listed = row_in_list (f, ids->pdata[i]), *read = NULL;

      if (g_array_index (rids, gint64, i) == 0)
        continue;
      g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
      read = row_text (stmt);
      g_assert_cmpstr (read, ==, listed);
      n++;
    }
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_DONE);
  return n;
}

static guint
check_search (Fixture *f, const char *text, guint hits)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = kith_search_find (kith_store_get_db (f->store), "client", text, 20, rids, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, hits);
  return check_hits (f, ids, rids);
}

static void
test_rows (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  g_assert_cmpuint (check_search (f, "garcia", 1), ==, 1);
  g_assert_cmpuint (check_search (f, "marta", 1), ==, 1);
  g_free (submit (f, "record.patch", "{'t':'client','id':'" CLIENT_D "','set':{'email':{'old':'marta@example.org','new':'m@example.org'}}}"));
  fill (f);
  g_assert_cmpuint (check_search (f, "marta", 1), ==, 1);   /* waits to be sent */
  g_assert_cmpuint (check_search (f, "ga", 2), ==, 1);      /* C stands for both of them; who is known by a care record has no row of their own */
  g_assert_cmpuint (check_search (f, "joe gar", 1), ==, 0); /* by the name of the other: C's row is none that was found */
  g_assert_cmpuint (check_search (f, "jo gart", 1), ==, 0);
}

/* C1: whom an agency knows by its own care record alone is found by both family names, and told apart by the second in the lists; a record of before
 * lacks it. */
static void
test_care_second_name (Fixture *f, gconstpointer data)
{
  static const struct { const char *client, *second, *text; } known[] = { { CLIENT_X, ",'second_family_name':'Hernández'", "hernandez" }, { "0197c000-0000-7000-8000-00000000001f", "", "lopez" } };
  g_autoptr (KithDbStmt) stmt = NULL;
  guint named = 0;
  Page *page;

  fixture_fill (f);
  page = page_new (220, 3);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *key = g_strconcat (known[i].client, ":" AGENCY_A, NULL), *care = kith_id_natural ("care", key), *scope = g_strconcat ("care:", key, NULL);
      g_autofree char *body = g_strdup_printf ("{'client':'%s','agency':'" AGENCY_A "','given_name':'Mar','family_name':'Lopez'%s}", known[i].client, known[i].second);

      page_scope (page, 301 + i, scope);
      page_put (page, "care", care, 301 + i, 215 + i, body);
    }
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "client", known[i].text, 20, NULL, NULL);
      gboolean found = FALSE;

      for (guint k = 0; k < ids->len; k++)
        found |= g_str_equal (ids->pdata[k], known[i].client);
      g_test_message ("%s", known[i].text);
      g_assert_true (found);
    }
  stmt = kith_db_query (kith_store_get_db (f->store), "clients-all", NULL);
  kith_db_bind_text (stmt, 1, USER_U);
  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    named += g_str_equal (kith_db_text (stmt, 0), CLIENT_X) && g_strcmp0 (kith_db_text (stmt, 5), "Hernández") == 0;
  g_assert_cmpuint (named, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/hits/rows", Fixture, NULL, fixture_set_up, test_rows, fixture_tear_down);
  g_test_add ("/store/hits/C1-care-second-name", Fixture, NULL, fixture_set_up, test_care_second_name, fixture_tear_down);
  return g_test_run ();
}
