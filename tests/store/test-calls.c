/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-search.h"

/* What Ctrl+K and the page of calls find by the end of a phone: who rings again is not taken down a second time. */
static void
test_calls_by_phone (Fixture *f, gconstpointer data)
{
  static const char *const asked[] = { "0142", "555-0142", "NA-7", "rosa" };
  Page *page;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL, page_stmt = NULL;

  fixture_fill (f);
  page = page_new (200, 2);
  page_scope (page, 150, "contact:cc000000-0000-7000-8000-000000000001");
  g_string_append (page->text, "{\"put\":{\"t\":\"contact_record\",\"id\":\"cc000000-0000-7000-8000-000000000001\",\"s\":150,\"q\":180,\"body\":{\"number\":\"NA-7\","
                               "\"submitted_at\":\"2026-11-20T13:20:00.000Z\",\"name\":\"Ana Lopez\",\"caller_name\":\"Rosa Lopez\","
                               "\"phones\":[{\"number\":\"+1 (619) 555-0142\"}]}}}\n");
  page_end (page, "c200", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "contact_record", asked[i], 20, NULL, &error);

      g_test_message ("%s", asked[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (ids->len, ==, 1);
    }
  stmt = kith_db_query (kith_store_get_db (f->store), "contacts-by-phone", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, "digits : \"2410555916\" *");
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (stmt, 3), ==, "Ana Lopez");
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_DONE);
  /* As the page of calls asks. */
  page_stmt = kith_db_query (kith_store_get_db (f->store), "contacts-found", &error);
  g_assert_no_error (error);
  kith_db_bind_text (page_stmt, 1, "(find : (\"0142\"*)) OR (digits : \"2410\" *)");
  g_assert_cmpint (kith_db_step (page_stmt, &error), ==, KITH_DB_ROW);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/calls/by-phone", Fixture, NULL, fixture_set_up, test_calls_by_phone, fixture_tear_down);
  return g_test_run ();
}
