/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* Where an agency gives its services, who is helped there and who works there (ux.md 2.1: Clients, Assign staff). */

#define NORTH "0197e000-0000-7000-8000-0000000000c1"
#define SOUTH "0197e000-0000-7000-8000-0000000000c2"
#define THEIRS "0197e000-0000-7000-8000-0000000000c3"
#define PROGRAM "0197e000-0000-7000-8000-0000000000b1"
#define SERVICE(n) "0197e000-0000-7000-8000-0000000000d" n
#define AT(n) "0197e000-0000-7000-8000-0000000000e" n
#define REFERRAL "0197d000-0000-7000-8000-000000000009"
#define SID_THERE 60

/* Beds, of a program, in the north; meals in the south and, by another agency, elsewhere. C is enrolled in the program, D was accepted for the meals. */
static void
fill (Fixture *f)
{
  static const struct { const char *id, *service, *place; } where[] = {
    { AT ("1"), SERVICE ("1"), NORTH }, { AT ("2"), SERVICE ("2"), SOUTH }, { AT ("3"), SERVICE ("3"), THEIRS },
  };
  Page *page;

  fixture_fill (f);
  page = page_new (300, 9);
  page_put (page, "program", PROGRAM, SID_DIR, 290, "{'organization_id':'" AGENCY_A "','name':'Night shelter'}");
  page_put (page, "service", SERVICE ("1"), SID_DIR, 290, "{'organization_id':'" AGENCY_A "','program_id':'" PROGRAM "','name':'Beds'}");
  page_put (page, "service", SERVICE ("2"), SID_DIR, 290, "{'organization_id':'" AGENCY_A "','name':'Meals'}");
  page_put (page, "service", SERVICE ("3"), SID_DIR, 290, "{'organization_id':'" AGENCY_B "','name':'Meals'}");
  page_put (page, "location", NORTH, SID_DIR, 290, "{'organization_id':'" AGENCY_A "','name':'North'}");
  page_put (page, "location", SOUTH, SID_DIR, 290, "{'organization_id':'" AGENCY_A "','addresses':[{'address_1':'2 South St'}]}");
  page_put (page, "location", THEIRS, SID_DIR, 290, "{'organization_id':'" AGENCY_B "','name':'Theirs'}");
  for (guint i = 0; i < G_N_ELEMENTS (where); i++)
    {
      g_autofree char *body = g_strdup_printf ("{'service_id':'%s','location_id':'%s'}", where[i].service, where[i].place);

      page_put (page, "service_at_location", where[i].id, SID_DIR, 291, body);
    }
  page_put (page, "staff_service", "0197e000-0000-7000-8000-0000000000a1", SID_AGENCY, 291, "{'staff':'" USER_U "','service':'" SERVICE ("2") "','agency':'" AGENCY_A "'}");
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "enrollment", "0197e000-0000-7000-8000-0000000000f1", SID_CARE_C, 292,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','program':'" PROGRAM "','started_on':'2026-01-01'}");
  page_filled (page, SID_CARE_C, 9);
  page_scope (page, SID_THERE, "referral:" REFERRAL);
  page_put (page, "referral", REFERRAL, SID_THERE, 293,
            "{'client':'" CLIENT_D "','agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','service':'" SERVICE ("2") "','number':'KB-0009','phase':'in_service'}");
  page_filled (page, SID_THERE, 9);
  page_end (page, "c300", FALSE);
  page_apply (f, page);
}

static char *
found_at (Fixture *f, const char *site)
{
  const char *const args[] = { USER_U, "", "", site, "", "", "2026-01-02T00:00:00.000Z" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "clients-found", &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (args); i++)
    kith_db_bind_text (stmt, (int) i + 1, args[i]);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", kith_db_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* By an enrollment, or by a referral in work where a service is of no program; what is over is none. */
static void
test_clients (Fixture *f, gconstpointer data)
{
  g_autofree char *all = NULL, *north = NULL, *south = NULL, *theirs = NULL, *after = NULL;
  Page *page;

  fill (f);
  assert_column (f, "sites-own", 1, AGENCY_A, NULL, "2 South St North");
  all = found_at (f, "");
  g_assert_cmpstr (all, ==, CLIENT_C " " CLIENT_D);
  north = found_at (f, NORTH);
  g_assert_cmpstr (north, ==, CLIENT_C);
  south = found_at (f, SOUTH);
  g_assert_cmpstr (south, ==, CLIENT_D);
  theirs = found_at (f, THEIRS);
  g_assert_cmpstr (theirs, ==, "");
  page = page_new (400, 10);
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "enrollment", "0197e000-0000-7000-8000-0000000000f1", SID_CARE_C, 392,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','program':'" PROGRAM "','started_on':'2026-01-01','ended_on':'2026-01-02'}");
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  after = found_at (f, NORTH);
  g_assert_cmpstr (after, ==, "");
}

/* What fits whom: where the client is helped, and where a colleague works. An agency with one place has nothing to choose by. */
static void
test_fit (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  assert_column (f, "client", 10, CLIENT_C, NULL, "{\"" NORTH "\":\"North\"}");
  assert_column (f, "client", 10, CLIENT_D, NULL, "{\"" SOUTH "\":\"2 South St\"}");
  assert_column (f, "colleagues", 9, AGENCY_A, NULL, "{\"" SOUTH "\":\"2 South St\"}");
  page = page_new (400, 10);
  page_put (page, "service", SERVICE ("1"), SID_DIR, 390, "{'organization_id':'" AGENCY_A "','program_id':'" PROGRAM "','name':'Beds','status':'defunct'}");
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  assert_column (f, "sites-own", 1, AGENCY_A, NULL, "2 South St");
  assert_column (f, "colleagues", 9, AGENCY_A, NULL, "-");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/sites/clients", Fixture, NULL, fixture_set_up, test_clients, fixture_tear_down);
  g_test_add ("/store/sites/fit", Fixture, NULL, fixture_set_up, test_fit, fixture_tear_down);
  return g_test_run ();
}
