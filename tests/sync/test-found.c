/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fixture.h"
#include "kith-hits.h"
#include "kith-list-load.h"

/* Hits of a search in a narrower list (kith_hits_read_in ()): which of them come first, and which of more than are wanted. */

#define SERVICE "0197e000-0000-7000-8000-00000000000"
#define PLACE "0197e000-0000-7000-8000-00000000010"
#define AT "0197e000-0000-7000-8000-00000000020"

static void
put (Fixture *f, const char *table, const char *id, const char *body)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (id, scope, q, body) VALUES ('%s', 1, 1, '%s')", table, id, body);
  g_autoptr (GError) error = NULL;

  kith_db_exec (kith_store_get_db (f->store), sql, &error);
  g_assert_no_error (error);
}

/* Where it is: degrees north of the equator; NULL: it does not say. */
static void
put_service (Fixture *f, guint i, const char *name, const char *north, const char *more)
{
  g_autofree char *id = g_strdup_printf (SERVICE "%u", i), *place = g_strdup_printf (PLACE "%u", i), *at = g_strdup_printf (AT "%u", i);
  g_autofree char *body = g_strdup_printf ("{\"organization_id\":\"" AGENCY "\",\"name\":\"%s\"%s}", name, more);
  g_autofree char *where = g_strdup_printf ("{\"name\":\"%s\"%s%s}", name, north != NULL ? ",\"longitude\":10,\"latitude\":" : "", north != NULL ? north : "");
  g_autofree char *both = g_strdup_printf ("{\"service_id\":\"%s\",\"location_id\":\"%s\"}", id, place);

  put (f, "service", id, body);
  put (f, "location", place, where);
  put (f, "service_at_location", at, both);
}

/* The names of so many of the hits, which came in the order of their numbers. */
static char *
names (Fixture *f, const char *ages, const char *point, guint most)
{
  char *args[] = { (char *) "", (char *) "", (char *) "", (char *) "[]", (char *) "[]", (char *) "[]", (char *) "", (char *) ages, (char *) point, (char *) "", NULL };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free), columns = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (ids, g_strdup_printf (SERVICE "%u", i));
  kith_list_read_ids (kith_store_get_db (f->store), "services-found", args, ids, most, &columns, rows, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (char *) g_ptr_array_index ((GPtrArray *) rows->pdata[i], 1));
  return g_string_free (text, FALSE);
}

#define NAMES(ages, point, most, expected) \
  G_STMT_START \
  { \
    g_autofree char *are_ = names (f, ages, point, most); \
    g_assert_cmpstr (are_, ==, expected); \
  } \
  G_STMT_END

/* D11: as they were found; those that are not known to fit behind those that do; the nearest first where that is asked, also where more were found than are wanted. */
static void
test_order (Fixture *f, gconstpointer data)
{
  put_service (f, 0, "far", "40", "");
  put_service (f, 1, "unsaid", NULL, "");
  put_service (f, 2, "child", "10", ",\"maximum_age\":17");
  put_service (f, 3, "middle", "20", "");
  put_service (f, 4, "near", "11", "");
  NAMES ("", "", 6, "far,unsaid,child,middle,near");
  NAMES ("", "", 2, "far,unsaid");
  NAMES ("[30,30]", "", 6, "far,unsaid,middle,near,child");
  NAMES ("[30,30]", "", 3, "far,unsaid,middle");
  NAMES ("", "[10,10]", 6, "child,near,middle,far,unsaid");
  NAMES ("[30,30]", "[10,10]", 6, "near,middle,far,unsaid,child");
  NAMES ("[30,30]", "[10,10]", 2, "near,middle");
}

/* The ids' last digits of what is found for a text; list: a narrower one, or NULL. */
static char *
found (Fixture *f, const char *text, const char *list, gboolean told)
{
  char *args[] = { (char *) "", (char *) "", (char *) "", (char *) "[]", (char *) "[]", (char *) "[]", (char *) "", (char *) "", (char *) "", (char *) "", NULL };
  g_autoptr (GError) error = NULL;
  KithDb *db = kith_store_get_db (f->store);
  g_autoptr (KithHits) hits = told ? kith_hits_read_told (db, "service", list, args, text, 10, &error) :
                              list != NULL ? kith_hits_read_in (db, "service", list, args, text, 10, &error) : kith_hits_read (db, "service", text, 10, 10, &error);
  GString *digits = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->rows->len; i++)
    {
      const char *id = g_ptr_array_index ((GPtrArray *) hits->rows->pdata[i], 0);

      g_string_append_c (digits, id[strlen (id) - 1]);
    }
  return g_string_free (digits, FALSE);
}

/* D11: a service is found by the need as somebody told it, where nothing has all of its words; what is typed to name one is looked for as ever. */
static void
test_told (Fixture *f, gconstpointer data)
{
  static const struct { const char *text, *found, *told; } cases[] = {
    { "rent help", "1", "1" }, { "needs help with the rent and with moving boxes", "", "10" }, { "moving", "0", "0" }, { "unicorn riding", "", "" },
  };
  const char *const find[] = { "moving", "rent help" };
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (find); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO service (id, scope, q, body, find) VALUES ('" SERVICE "%u', 1, 1, '{\"organization_id\":\"" AGENCY "\",\"name\":\"%s\"}', '%s')",
                                              i, find[i], find[i]);
      g_autoptr (GError) error = NULL;

      kith_db_exec (kith_store_get_db (f->store), sql, &error);
      g_assert_no_error (error);
    }
  kith_db_exec (kith_store_get_db (f->store), "INSERT INTO service_find (service_find) VALUES ('rebuild')", &failure);
  g_assert_no_error (failure);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < 4; k++)
      {
        gboolean told = k % 2 == 1;
        g_autofree char *digits = found (f, cases[i].text, k < 2 ? NULL : "services-found", told);

        g_test_message ("%s", cases[i].text);
        g_assert_cmpstr (digits, ==, told ? cases[i].told : cases[i].found);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/found/D11-order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/sync/found/D11-told", Fixture, NULL, set_up, test_told, tear_down);
  return g_test_run ();
}
