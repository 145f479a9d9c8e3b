/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-search.h"
#include "kith-text.h"

/* Services are found by plain words, in each of Kith's languages, and by the terms they stand under, whatever they call themselves (D11). */

static void
fill_directory (Fixture *f)
{
  Page *page = page_new (210, 1);

  page_scope (page, SID_DIR, "dir");
  page_put (page, "organization", AGENCY_A, SID_DIR, 200, "{'name':'Alder House'}");
  page_put (page, "taxonomy_term", "term-dental", SID_DIR, 201, "{'name':'Oral health','code':'LV'}");
  page_put (page, "service", "care", SID_DIR, 202, "{'organization_id':'" AGENCY_A "','name':'Primary care visits','description':'Check-ups and vaccines.','status':'active'}");
  page_put (page, "service", "box", SID_DIR, 203, "{'organization_id':'" AGENCY_A "','name':'Weekly food box','description':'A doctor of bread says so.','status':'active'}");
  page_put (page, "service", "smile", SID_DIR, 204, "{'organization_id':'" AGENCY_A "','name':'Bright smiles','status':'active','attributes':[{'taxonomy_term_id':'term-dental'}]}");
  page_put (page, "service", "english", SID_DIR, 205, "{'organization_id':'" AGENCY_A "','name':'Circles','alternate_name':'ESL','status':'active'}");
  page_put (page, "service", "nights", SID_DIR, 206, "{'organization_id':'" AGENCY_A "','name':'Emergency shelter','description':'A place for the night.','status':'active'}");
  page_put (page, "service", "advice", SID_DIR, 207, "{'organization_id':'" AGENCY_A "','name':'Tenant advice','status':'active'}");
  page_filled (page, SID_DIR, 1);
  page_end (page, "c210", FALSE);
  page_apply (f, page);
}

/* Ids of what is found, in order. */
static void
assert_found (Fixture *f, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "service", text, 20, NULL, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  g_ptr_array_add (ids, NULL);
  found = g_strjoinv (" ", (char **) ids->pdata);
  g_test_message ("%s", text);
  g_assert_cmpstr (found, ==, expected);
}

/* What says the word itself comes first. */
static void
test_plain (Fixture *f, gconstpointer data)
{
  fill_directory (f);
  assert_found (f, "doctor", "box care");
  assert_found (f, "doct", "box care"); /* while it is typed */
  assert_found (f, "doc", "box");
  assert_found (f, "bed", "nights");
  assert_found (f, "groceries", "box");
  assert_found (f, "lawyer", "advice");
  assert_found (f, "doctor vaccines", "care"); /* each word, or another for it */
  assert_found (f, "doctor shelter", "");
  assert_found (f, "unicorn", "");
}

/* D11: a need in the words it was told in: what has the most of them first; short words say nothing, one word alone was looked for already. */
static void
test_told (Fixture *f, gconstpointer data)
{
  static const struct { const char *text, *found; } cases[] = {
    { "needs a doctor, and food for the week", "box care" }, { "a place for the night, then advice for a tenant", "nights advice" },
    { "unicorn dragon", "" }, { "doctor", "" }, { "the box and an esl", "" }, { "", "" },
  };

  fill_directory (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) ids = kith_search_any (kith_store_get_db (f->store), "service", cases[i].text, 20, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      g_ptr_array_add (ids, NULL);
      found = g_strjoinv (" ", (char **) ids->pdata);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_spanish (Fixture *f, gconstpointer data)
{
  fill_directory (f);
  assert_found (f, "m\u00e9dico", "care");
  assert_found (f, "camas", "nights");
  assert_found (f, "albergue", "nights");
  assert_found (f, "comida", "box");
  assert_found (f, "abogado", "advice");
  assert_found (f, "ingl\u00e9s", "english");
}

/* A crowd that says it in other words does not push out the one that says the word, though it stands behind them all. */
static void
test_crowd (Fixture *f, gconstpointer data)
{
  Page *page = page_new (410, 1);

  page_scope (page, SID_DIR, "dir");
  page_put (page, "organization", AGENCY_A, SID_DIR, 200, "{'name':'Alder House'}");
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *id = g_strdup_printf ("meals-%03u", i);

      page_put (page, "service", id, SID_DIR, 201 + i, "{'organization_id':'" AGENCY_A "','name':'Weekly meal box','status':'active'}");
    }
  page_put (page, "service", "lunch", SID_DIR, 400, "{'organization_id':'" AGENCY_A "','name':'Lunch','status':'active'}");
  page_filled (page, SID_DIR, 1);
  page_end (page, "c410", FALSE);
  page_apply (f, page);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "service", "lunch", 20, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (ids->len, ==, 20);
    g_assert_cmpstr (ids->pdata[0], ==, "lunch");
  }
}

/* The name of a term, and other words for what was typed in it. */
static void
test_terms (Fixture *f, gconstpointer data)
{
  fill_directory (f);
  assert_found (f, "oral", "smile");
  assert_found (f, "dentist", "smile");
  assert_found (f, "dentista", "smile");
  assert_found (f, "oral visits", "");
}

/* The list itself: words as the search folds what is typed, each of them once. */
static void
test_list (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *sql = kith_db_query_text (kith_store_get_db (f->store), "search-service-also");
  g_auto (GStrv) quoted = NULL;

  g_assert_nonnull (sql);
  quoted = g_strsplit (sql, "'", -1); /* every second part is a text of the query */
  for (guint i = 1; quoted[i] != NULL && quoted[i + 1] != NULL && strstr (quoted[i], "\"]") == NULL && strchr (quoted[i], '[') == NULL; i += 2)
    {
      g_autofree char *folded = kith_text_fold (quoted[i]);
      g_auto (GStrv) words = g_strsplit (quoted[i], strchr (quoted[i], '|') != NULL ? "|" : " ", -1);
      gboolean said = (i - 1) % 4 == 0;
      g_autofree char *plain = g_strdelimit (g_strdup (quoted[i]), "|", ' ');
      g_autofree char *same = kith_text_fold (plain);

      g_assert_cmpstr (g_strstrip (same), ==, plain);
      for (guint k = 0; said && words[k] != NULL; k++)
        {
          g_test_message ("%s", words[k]);
          g_assert_true (g_hash_table_add (seen, g_strdup (words[k])));
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/plain-words/D11-plain", Fixture, NULL, fixture_set_up, test_plain, fixture_tear_down);
  g_test_add ("/store/plain-words/D11-told", Fixture, NULL, fixture_set_up, test_told, fixture_tear_down);
  g_test_add ("/store/plain-words/D11-spanish", Fixture, NULL, fixture_set_up, test_spanish, fixture_tear_down);
  g_test_add ("/store/plain-words/D11-crowd", Fixture, NULL, fixture_set_up, test_crowd, fixture_tear_down);
  g_test_add ("/store/plain-words/D11-terms", Fixture, NULL, fixture_set_up, test_terms, fixture_tear_down);
  g_test_add ("/store/plain-words/D11-list", Fixture, NULL, fixture_set_up, test_list, fixture_tear_down);
  return g_test_run ();
}
