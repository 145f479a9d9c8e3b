/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-open-at.h"

/* What filters leave of the directory (D11): place, whom it is for, ages, hours. */

/* services-found with those of its inputs that are not for any; open, ages, no_cost: NULL for any; point: NULL for none. (A statement to step through.) */
static KithDbStmt *
services_found_from (Fixture *f, const char *const args[6], const char *open, const char *ages, const char *point, const char *no_cost)
{
  g_autoptr (GError) error = NULL;
  KithDbStmt *stmt = kith_db_query (kith_store_get_db (f->store), "services-found", &error);

  g_assert_no_error (error);
  for (guint k = 0; k < 6; k++)
    kith_db_bind_text (stmt, k + 1, args[k]);
  kith_db_bind_text (stmt, 7, open != NULL ? open : "");
  kith_db_bind_text (stmt, 8, ages != NULL ? ages : "");
  kith_db_bind_text (stmt, 9, point != NULL ? point : "");
  kith_db_bind_text (stmt, 10, no_cost != NULL ? no_cost : "");
  return stmt;
}

static KithDbStmt *
services_found (Fixture *f, const char *const args[6], const char *open, const char *ages)
{
  return services_found_from (f, args, open, ages, NULL, NULL);
}

static const char *
column (KithDbStmt *stmt, const char *name)
{
  for (int i = 0; i < kith_db_n_columns (stmt); i++)
    if (g_str_equal (kith_db_column_name (stmt, i), name))
      return kith_db_text (stmt, i);
  g_assert_not_reached ();
}

static char *
moment (const char *when, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (when, zone);

  return kith_open_at (time, (const char *const[]) { "America/Chicago", "No/Such_Zone", NULL });
}

/* D3: on the hand-out of an agency nobody is sent to where it gives nothing any more. Its own places count, and those where its services are. */
static void
test_agency_places (Fixture *f, gconstpointer data)
{
#define PLACE(n) "0197e000-0000-7000-8000-0000000000c" n
#define GIVEN(n) "0197e000-0000-7000-8000-0000000000d" n
#define AT(n) "0197e000-0000-7000-8000-0000000000e" n
  static const struct { const char *id, *of, *status; } services[] = {
    { GIVEN ("1"), AGENCY_A, "active" }, { GIVEN ("2"), AGENCY_A, "defunct" }, { GIVEN ("3"), AGENCY_A, "temporarily closed" }, { GIVEN ("4"), AGENCY_B, "active" },
  };
  static const struct { const char *id, *service, *place; } where[] = {
    { AT ("1"), GIVEN ("1"), PLACE ("1") }, { AT ("2"), GIVEN ("2"), PLACE ("2") }, { AT ("3"), GIVEN ("3"), PLACE ("3") }, { AT ("4"), GIVEN ("4"), PLACE ("3") },
    { AT ("5"), GIVEN ("2"), PLACE ("4") }, { AT ("6"), GIVEN ("1"), PLACE ("4") },
  };
  static const struct { const char *id, *name, *of; } places[] = {
    { PLACE ("1"), "Kitchen", NULL }, { PLACE ("2"), "Old hall", NULL }, { PLACE ("3"), "Closed wing", AGENCY_A }, { PLACE ("4"), "Both", NULL }, { PLACE ("5"), "Office", AGENCY_A },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (KithDbStmt) stmt = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (20, 2);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *body = g_strdup_printf ("{'organization_id':'%s','name':'Meals','status':'%s'}", services[i].of, services[i].status);

      page_put (page, "service", services[i].id, SID_DIR, 11, body);
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *of = places[i].of != NULL ? g_strdup_printf (",'organization_id':'%s'", places[i].of) : g_strdup ("");
      g_autofree char *body = g_strdup_printf ("{'name':'%s'%s}", places[i].name, of);

      page_put (page, "location", places[i].id, SID_DIR, 12, body);
    }
  for (guint i = 0; i < G_N_ELEMENTS (where); i++)
    {
      g_autofree char *body = g_strdup_printf ("{'service_id':'%s','location_id':'%s'}", where[i].service, where[i].place);

      page_put (page, "service_at_location", where[i].id, SID_DIR, 13, body);
    }
  page_end (page, "c20", FALSE);
  page_apply (f, page);
  stmt = kith_db_query (kith_store_get_db (f->store), "organization-locations", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, AGENCY_A);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      g_autoptr (JsonObject) body = kith_json_parse_object (kith_db_text (stmt, 1), -1, NULL, NULL);

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", kith_json_string (body, "name"));
    }
  g_assert_no_error (error);
  g_assert_cmpstr (names->str, ==, "Both, Kitchen, Office");
}

/* The filters of the directory, each alone and together. */
static void
test_services (Fixture *f, gconstpointer data)
{
  static const struct { const char *args[6], *open, *names; } cases[] = {
    { { "", "", "", "[]", "[]", "[]" }, NULL, "Legal help,Night shelter,Pantry" },
    { { AGENCY_A, "", "", "[]", "[]", "[]" }, NULL, "Pantry" },
    { { "", "1", "", "[]", "[]", "[]" }, NULL, "Night shelter" },
    { { "", "", "1", "[]", "[]", "[]" }, NULL, "" },
    { { "", "", "", "[\"es\",\"Spanish\"]", "[]", "[]" }, NULL, "Night shelter,Pantry" },
    { { "", "", "", "[\"vi\"]", "[]", "[]" }, NULL, "" },
    { { "", "", "", "[]", "[\"chula\"]", "[]" }, NULL, "Pantry,Legal help,Night shelter" }, /* where a service is that has no address, nobody knows */
    { { "", "", "", "[]", "[\"chula\",\"919\"]", "[]" }, NULL, "Pantry,Legal help,Night shelter" },
    { { "", "", "", "[]", "[\"vista\",\"921\"]", "[]" }, NULL, "Legal help,Night shelter" },
    { { "", "", "", "[]", "[\"910\"]", "[]" }, NULL, "Legal help,Night shelter" },                      /* words from their beginning */
    { { "", "", "", "[]", "[]", "[\"men\"]" }, NULL, "Pantry,Legal help" },                 /* not women; whoever says nothing turns nobody away, as far as is known */
    { { "", "", "", "[]", "[]", "[\"women\",\"veteran\"]" }, NULL, "Night shelter,Legal help" },
    { { "", "", "", "[]", "[]", "[]" }, "2026-11-27T10:00:00", "Pantry,Legal help" }, /* what is not known comes after what is open */
    { { "", "", "", "[\"es\"]", "[\"chula\"]", "[\"men\"]" }, "2026-11-27T10:00:00", "Pantry" },
    { { "", "1", "", "[]", "[]", "[]" }, "2026-11-27T18:00:00", "Night shelter" },
  };
  Page *page;

  fixture_fill (f);
  page = page_new (20, 2);
  page_put (page, "service", SERVICE_S, SID_DIR, 11, "{'organization_id':'" AGENCY_B "','name':'Night shelter','status':'active','direct':true,"
            "'languages':[{'name':'Spanish'}],'eligibility_description':'Adults (women/veterans)',"
            "'schedules':[{'freq':'WEEKLY','byday':'TH, FR','opens_at':'17:00','closes_at':'08:00'}]}");
  page_put (page, "service", "0197e000-0000-7000-8000-000000000002", SID_DIR, 12, "{'organization_id':'" AGENCY_A "','name':'Pantry',"
            "'languages':[{'name':'Spanish','code':'es'}],'eligibility_description':'Families. Men of any age'}");
  page_put (page, "service", "0197e000-0000-7000-8000-000000000003", SID_DIR, 13, "{'organization_id':'" AGENCY_B "','name':'Legal help'}");
  page_put (page, "location", "0197e000-0000-7000-8000-0000000000a2", SID_DIR, 14, "{'name':'South','addresses':[{'city':'Chula Vista','postal_code':'91910'}]}");
  page_put (page, "service_at_location", "0197e000-0000-7000-8000-0000000000b2", SID_DIR, 15, "{'service_id':'0197e000-0000-7000-8000-000000000002',"
            "'location_id':'0197e000-0000-7000-8000-0000000000a2','schedules':[{'freq':'WEEKLY','byday':'FR','opens_at':'9:00','closes_at':'12:00:00'}]}");
  page_end (page, "c20", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *open = cases[i].open != NULL ? moment (cases[i].open, "America/Los_Angeles") : NULL;
      g_autoptr (KithDbStmt) stmt = services_found (f, cases[i].args, open, NULL);
      g_autoptr (GString) names = g_string_new (NULL);

      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        {
          g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", kith_db_text (stmt, 1));
          g_assert_true ((open == NULL) == (kith_db_text (stmt, 10) == NULL));
        }
      g_assert_no_error (error);
      g_test_message ("%u", i);
      g_assert_cmpstr (names->str, ==, cases[i].names);
    }
}

static char *
fits (Fixture *f, const char *place, const char *eligible, const char *ages)
{
  const char *const args[] = { "", "", "", "[]", place, eligible };
  g_autoptr (KithDbStmt) stmt = services_found (f, args, NULL, ages);
  g_autoptr (GError) error = NULL;
  GString *names = g_string_new (NULL);

  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (names, "%s%s:%s", names->len > 0 ? "," : "", kith_db_text (stmt, 1), column (stmt, "unsure"));
  g_assert_no_error (error);
  return g_string_free (names, FALSE);
}

/* D11: no service that fits is left out without a word. Accents and case are not a difference; an area served is a place; what is not known of a service
 * keeps it, after those that fit (1); whom its ages leave out finds it last (2). */
static void
test_services_unsure (Fixture *f, gconstpointer data)
{
  static const struct { const char *place, *eligible, *ages, *names; } cases[] = {
    { "[]", "[]", "", "Camp:0,Clinic:0,Line:0,Nowhere:0,Shelter:0,Visits:0,Youth:0" },
    { "[\"jose\"]", "[]", "", "Clinic:0,Line:1,Nowhere:1,Shelter:1,Visits:1,Youth:1" },
    { "[\"san\",\"jose\"]", "[]", "", "Clinic:0,Line:1,Nowhere:1,Shelter:1,Visits:1,Youth:1" },
    { "[\"county\"]", "[]", "", "Line:0,Nowhere:1,Shelter:1,Visits:1,Youth:1" },
    { "[\"92113\"]", "[]", "", "Visits:0,Line:1,Nowhere:1,Shelter:1,Youth:1" },
    { "[\"91910\"]", "[]", "", "Camp:0,Line:1,Nowhere:1,Shelter:1,Youth:1" }, /* it names the codes it goes to: not this one */
    { "[]", "[\"ninos\"]", "", "Camp:0,Line:1,Nowhere:1,Shelter:1,Visits:1,Youth:1" },
    { "[]", "[\"familias\"]", "", "Camp:0,Line:1,Nowhere:1,Shelter:1,Visits:1,Youth:1" },
    { "[]", "[]", "[30,30]", "Clinic:0,Line:0,Nowhere:0,Shelter:0,Visits:0,Camp:2,Youth:2" },
    { "[]", "[]", "[24,25]", "Clinic:0,Line:0,Nowhere:0,Shelter:0,Visits:0,Youth:0,Camp:2" }, /* as far as the birth year tells */
    { "[]", "[]", "[9,9]", "Camp:0,Clinic:0,Line:0,Nowhere:0,Shelter:0,Visits:0,Youth:2" },
    { "[\"91910\"]", "[]", "[30,30]", "Line:1,Nowhere:1,Shelter:1,Camp:2,Youth:2" },
  };
  Page *page;

#define S(n) "0197e000-0000-7000-8000-00000000c00" n
#define L(n) "0197e000-0000-7000-8000-00000000c10" n
#define X(n) "0197e000-0000-7000-8000-00000000c20" n
  fixture_fill (f);
  page = page_new (20, 2);
  page_put (page, "service", SERVICE_S, SID_DIR, 11, "{'organization_id':'" AGENCY_B "','name':'Shelter'}");
  page_put (page, "service", S ("1"), SID_DIR, 12, "{'organization_id':'" AGENCY_B "','name':'Clinic','eligibility_description':'Adults'}");
  page_put (page, "service", S ("2"), SID_DIR, 13, "{'organization_id':'" AGENCY_B "','name':'Line','service_areas':[{'name':'Santa Clara County'}]}");
  page_put (page, "service", S ("3"), SID_DIR, 14, "{'organization_id':'" AGENCY_B "','name':'Visits','service_areas':[{'name':'92113, 92114'}]}");
  page_put (page, "service", S ("4"), SID_DIR, 15, "{'organization_id':'" AGENCY_B "','name':'Nowhere','eligibility_description':'  '}");
  page_put (page, "service", S ("5"), SID_DIR, 16, "{'organization_id':'" AGENCY_B "','name':'Camp','eligibility_description':'Ni\303\261os y FAMILIAS','maximum_age':17}");
  page_put (page, "service", S ("6"), SID_DIR, 17, "{'organization_id':'" AGENCY_B "','name':'Youth','minimum_age':18,'maximum_age':24}");
  page_put (page, "location", L ("1"), SID_DIR, 18, "{'name':'Downtown','addresses':[{'city':'San Jos\303\251','postal_code':'95112'}]}");
  page_put (page, "location", L ("5"), SID_DIR, 19, "{'name':'South','addresses':[{'city':'Chula Vista','postal_code':'91910'}]}");
  page_put (page, "location", L ("6"), SID_DIR, 20, "{'name':'Not told','addresses':[{'address_1':'Confidential'}]}");
  page_put (page, "service_at_location", X ("1"), SID_DIR, 21, "{'service_id':'" S ("1") "','location_id':'" L ("1") "'}");
  page_put (page, "service_at_location", X ("5"), SID_DIR, 22, "{'service_id':'" S ("5") "','location_id':'" L ("5") "'}");
  page_put (page, "service_at_location", X ("6"), SID_DIR, 23, "{'service_id':'" S ("6") "','location_id':'" L ("6") "'}");
  page_end (page, "c20", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *names = fits (f, cases[i].place, cases[i].eligible, cases[i].ages);

      g_test_message ("%u", i);
      g_assert_cmpstr (names, ==, cases[i].names);
    }
#undef S
#undef L
#undef X
}

#define S(n) "0197e000-0000-7000-8000-00000000e00" n
#define L(n) "0197e000-0000-7000-8000-00000000e10" n
#define X(n) "0197e000-0000-7000-8000-00000000e20" n

/* D11: a service helps people of other towns than its own where it says so. It is found by those, with why; one that says an area, which may have that town
 * in it, is not left out without a word; one that says none is where it is. */
static void
test_services_area (Fixture *f, gconstpointer data)
{
  static const struct { const char *place, *found; } cases[] = {
    { "[\"oceanside\"]", "Vans 3 Oceanside|Codes 1 92113, 92114|County 1 San Diego County|There 1 National City" },
    { "[\"national\",\"city\"]", "There 3 National City|Codes 1 92113, 92114|County 1 San Diego County|Vans 1 Oceanside, Vista" },
    { "[\"92113\"]", "Codes 3 92113, 92114|County 1 San Diego County|There 1 National City|Vans 1 Oceanside, Vista" },
    { "[\"92054\"]", "County 1 San Diego County|There 1 National City|Vans 1 Oceanside, Vista" },
    { "[\"chula\"]", "Codes 2 Chula Vista 91910|County 2 Chula Vista 91910|Home 2 Chula Vista 91910|There 2 Chula Vista 91910|Vans 2 Chula Vista 91910" },
    { "[\"chula\",\"county\"]", "County 3 San Diego County|Codes 1 92113, 92114|There 1 National City|Vans 1 Oceanside, Vista" },
  };
  Page *page;

  fixture_fill (f);
  page = page_new (40, 2);
  page_put (page, "service", SERVICE_S, SID_DIR, 11, "{'organization_id':'" AGENCY_B "','name':'Home'}");
  page_put (page, "service_at_location", X ("0"), SID_DIR, 12, "{'service_id':'" SERVICE_S "','location_id':'" L ("1") "'}");
  page_put (page, "service", S ("1"), SID_DIR, 13, "{'organization_id':'" AGENCY_B "','name':'County','service_areas':[{'name':'San Diego County'}]}");
  page_put (page, "service", S ("2"), SID_DIR, 14, "{'organization_id':'" AGENCY_B "','name':'Vans','service_areas':[{'name':'Oceanside'},{'name':'Vista'}]}");
  page_put (page, "service", S ("3"), SID_DIR, 15, "{'organization_id':'" AGENCY_B "','name':'Codes','service_areas':[{'name':'92113, 92114'}]}");
  page_put (page, "service", S ("4"), SID_DIR, 16, "{'organization_id':'" AGENCY_B "','name':'There'}");
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *place = g_strdup_printf (L ("%u"), i), *id = g_strdup_printf (X ("%u"), i);
      g_autofree char *body = g_strdup_printf ("{'service_id':'" S ("%u") "','location_id':'" L ("%u") "'%s}", i, i, i == 4 ? ",'service_areas':[{'name':'National City'}]" : "");

      page_put (page, "location", place, SID_DIR, 20 + i, "{'name':'South','addresses':[{'city':'Chula Vista','postal_code':'91910'}]}");
      page_put (page, "service_at_location", id, SID_DIR, 30 + i, body);
    }
  page_end (page, "c40", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const args[] = { "", "", "", "[]", cases[i].place, "[]" };
      g_autoptr (KithDbStmt) stmt = services_found (f, args, NULL, NULL);
      g_autoptr (GString) found = g_string_new (NULL);

      while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
        g_string_append_printf (found, "%s%s %s %s", found->len > 0 ? "|" : "", kith_db_text (stmt, 1), column (stmt, "near"), column (stmt, "area"));
      g_test_message ("%s", cases[i].place);
      g_assert_cmpstr (found->str, ==, cases[i].found);
    }
}

/* Where the words lie, as "latitude longitude" and which of them; "" where nobody knows. */
static char *
point_of (Fixture *f, const char *query, const char *arg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, arg);
  if (kith_db_step (stmt, &error) != KITH_DB_ROW)
    return g_strdup ("");
  return g_strdup_printf ("%s %s %s", kith_db_text (stmt, 0), column (stmt, "latitude"), column (stmt, "longitude"));
}

#define POINT(query, arg, point) \
  G_STMT_START \
  { \
    g_autofree char *is_ = point_of (f, query, arg); \
    g_assert_cmpstr (is_, ==, point); \
  } \
  G_STMT_END

/* D11, ux.md 2.1 (Directory: distance): the nearest of all first, as the crow flies; what does not say where it is stays, behind those that do, and says so. */
static void
test_services_nearest (Fixture *f, gconstpointer data)
{
  static const char *const any[] = { "", "", "", "[]", "[]", "[]" };
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (KithDbStmt) stmt = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (60, 2);
  page_put (page, "service", SERVICE_S, SID_DIR, 11, "{'organization_id':'" AGENCY_B "','name':'Anywhere'}");
  for (guint i = 1; i <= 6; i++)
    {
      static const char *const names[] = { "Beach", "Downtown", "Far off", "Island", "No number", "Two" };
      g_autofree char *id = g_strdup_printf (S ("%u"), i), *body = g_strdup_printf ("{'organization_id':'" AGENCY_B "','name':'%s'%s}", names[i - 1], i == 3 ? ",'maximum_age':17" : "");

      page_put (page, "service", id, SID_DIR, 11 + i, body);
    }
  page_put (page, "location", L ("1"), SID_DIR, 21, "{'name':'Pier','latitude':32.7494,'longitude':-117.2491,'addresses':[{'city':'San Diego','postal_code':'92107'}]}");
  page_put (page, "location", L ("2"), SID_DIR, 22, "{'name':'Centre','organization_id':'" AGENCY_A "','latitude':32.7157,'longitude':-117.1611,'addresses':[{'city':'San Diego','postal_code':'92101'}]}");
  page_put (page, "location", L ("3"), SID_DIR, 23, "{'name':'Bakersfield','latitude':35.3733,'longitude':-119.0187,'addresses':[{'city':'Springfield','postal_code':'93301'}]}");
  page_put (page, "location", L ("4"), SID_DIR, 24, "{'name':'Null','latitude':0,'longitude':0,'addresses':[{'city':'Nowhere','postal_code':'92101'}]}");
  page_put (page, "location", L ("5"), SID_DIR, 25, "{'name':'No point','latitude':132.7,'longitude':-117.1,'addresses':[{'city':'Nowhere'}]}");
  page_put (page, "location", L ("6"), SID_DIR, 26, "{'name':'Vista','organization_id':'" AGENCY_B "','latitude':32.6401,'longitude':-117.0842,'addresses':[{'city':'Chula Vista','postal_code':'91910'},{'city':'Springfield'}]}");
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *id = g_strdup_printf (X ("%u"), i), *body = g_strdup_printf ("{'service_id':'" S ("%u") "','location_id':'" L ("%u") "'}", i, i);

      page_put (page, "service_at_location", id, SID_DIR, 30 + i, body);
    }
  page_put (page, "service_at_location", X ("7"), SID_DIR, 41, "{'service_id':'" S ("6") "','location_id':'" L ("1") "'}"); /* in Vista, and at the pier */
  page_put (page, "service_at_location", X ("8"), SID_DIR, 42, "{'service_id':'" S ("4") "','location_id':'" L ("5") "'}");
  page_end (page, "c60", FALSE);
  page_apply (f, page);
  stmt = services_found_from (f, any, NULL, "[30,30]", "[32.7157,-117.1611]", NULL);
  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    g_string_append_printf (found, "%s%s %s", found->len > 0 ? "|" : "", kith_db_text (stmt, 1), column (stmt, "metres"));
  g_assert_cmpstr (found->str, ==, "Downtown 0|Beach 9044|Two 9044|Anywhere -1|Island -1|No number -1|Far off 341478");
  POINT ("point-of-place", "[[\"92107\"],[\"san\",\"diego\"]]", "0 32.7494 -117.2491");
  POINT ("point-of-place", "[[\"92199\"],[],[\"san\",\"diego\"]]", "2 32.73255 -117.2051"); /* the middle of the two that are known */
  POINT ("point-of-place", "[[\"springfield\"]]", ""); /* which of them? */
  POINT ("point-of-place", "[[\"nowhere\"]]", "");
  POINT ("point-of-place", "[]", "");
  POINT ("point-of-agency", AGENCY_A, L ("2") " 32.7157 -117.1611");
  POINT ("point-of-agency", AGENCY_B, L ("6") " 32.6401 -117.0842"); /* its own, before the pier */
  POINT ("point-of-agency", "", "");
}

/* ux.md 2.1 (Directory: cost): what costs nothing, by amounts and by the plainest of words; what says anything else stays, with what it says; what has a price does not
 * (D11). */
static void
test_services_cost (Fixture *f, gconstpointer data)
{
  static const char *const any[] = { "", "", "", "[]", "[]", "[]" };
  static const struct { const char *name, *more; } services[] = {
    { "1 nought", "'cost_options':[{'amount':0}]" },
    { "2 word", "'fees_description':' FREE of charge. '" },
    { "3 fees", "'fees':'Gratis'" },
    { "4 price", "'cost_options':[{'amount':25}],'fees_description':'Free'" },
    { "5 some", "'cost_options':[{'option':'Children','amount':0},{'option':'Adults','amount':20}]" },
    { "6 scale", "'fees_description':'Sliding scale'" },
    { "7 unsaid", "'fees':''" },
    { "8 over", "'cost_options':[{'amount':25,'valid_to':'2026-03-01'}]" },
    { "9 trap", "'fees_description':'Free consultation, then 50 a visit'" },
  };
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (KithDbStmt) stmt = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (60, 2);
  page_put (page, "service", SERVICE_S, SID_DIR, 11, "{'organization_id':'" AGENCY_B "','name':'0 nothing'}");
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *id = g_strdup_printf (S ("%u"), i + 1), *body = g_strdup_printf ("{'organization_id':'" AGENCY_B "','name':'%s',%s}", services[i].name, services[i].more);

      page_put (page, "service", id, SID_DIR, 12 + i, body);
    }
  page_end (page, "c60", FALSE);
  page_apply (f, page);
  stmt = services_found_from (f, any, NULL, NULL, NULL, "2026-11-27");
  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    g_string_append_printf (found, "%s%c%s%s", found->len > 0 ? "|" : "", *kith_db_text (stmt, 1), column (stmt, "no_cost"), column (stmt, "fees") ? column (stmt, "fees") : "");
  g_assert_cmpstr (found->str, ==, "12|22|32|01|53|61Sliding scale|71|81|91Free consultation, then 50 a visit");
}
#undef S
#undef L
#undef X

/* Opening hours of HSDS at a moment. 27 November 2026 is a Friday, the fourth and last of its month; the network's calendar has the 26th as a
 * holiday, agency A's the 25th, another agency's the 27th. */

enum { SHUT, NOT_KNOWN, HOLIDAY, OPEN };

static const struct
{
  const char *when, *service; /* its schedules */
  const char *there, *place;  /* of the service at a place, of the place; both NULL: no place */
  int open;
} hours[] = {
#define FRIDAY(from, to) "{'freq':'WEEKLY','byday':'FR','opens_at':'" from "','closes_at':'" to "'}"
#define DAY_27(time) "2026-11-27T" time ":00"
  /* the edges; several periods a day */
  { DAY_27 ("09:00"), FRIDAY ("09:00", "12:00"), NULL, NULL, OPEN },
  { DAY_27 ("08:59"), FRIDAY ("09:00", "12:00"), NULL, NULL, SHUT },
  { DAY_27 ("12:00"), FRIDAY ("09:00", "12:00"), NULL, NULL, SHUT },
  { DAY_27 ("12:30"), FRIDAY ("9:00", "12:00") "," FRIDAY ("13:00:00", "17:00:00"), NULL, NULL, SHUT },
  { DAY_27 ("16:59"), FRIDAY ("9:00", "12:00") "," FRIDAY ("13:00:00", "17:00:00"), NULL, NULL, OPEN },
  /* past midnight */
  { DAY_27 ("23:00"), FRIDAY ("17:00", "08:00"), NULL, NULL, OPEN },
  { "2026-11-28T07:59:00", FRIDAY ("17:00", "08:00"), NULL, NULL, OPEN },
  { DAY_27 ("07:59"), FRIDAY ("17:00", "08:00"), NULL, NULL, SHUT },
  { DAY_27 ("03:00"), "{'freq':'DAILY','opens_at':'00:00','closes_at':'24:00'}", NULL, NULL, OPEN },
  /* days */
  { DAY_27 ("10:00"), "{'freq':'WEEKLY','byday':'mo, TH','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, SHUT },
  { DAY_27 ("10:00"), "{'freq':'WEEKLY','byday':'mo, fr','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, OPEN },
  { DAY_27 ("10:00"), "{'freq':'MONTHLY','byday':'+4FR','opens_at':'9:00','closes_at':'12:00:00Z'}", NULL, NULL, OPEN },
  { DAY_27 ("10:00"), "{'freq':'MONTHLY','byday':'-1FR','opens_at':'9:00','closes_at':'12:00'}", NULL, NULL, OPEN },
  { DAY_27 ("10:00"), "{'freq':'MONTHLY','byday':'1FR,3FR','opens_at':'9:00','closes_at':'12:00'}", NULL, NULL, SHUT },
  { DAY_27 ("10:00"), "{'freq':'MONTHLY','bymonthday':'1, 27','opens_at':'9:00','closes_at':'12:00'}", NULL, NULL, OPEN },
  { DAY_27 ("10:00"), "{'freq':'MONTHLY','bymonthday':'-4','opens_at':'9:00','closes_at':'12:00'}", NULL, NULL, OPEN },
  { DAY_27 ("10:00"), "{'freq':'MONTHLY','bymonthday':'28','opens_at':'9:00','closes_at':'12:00'}", NULL, NULL, SHUT },
  /* not known is not closed */
  { DAY_27 ("10:00"), "", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), "{'description':'By appointment'}", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), "{'freq':'WEEKLY','byday':'FR'}", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), "{'freq':'WEEKLY','byday':'TH,SA'}", NULL, NULL, SHUT },
  { DAY_27 ("10:00"), "{'byday':'FR','opens_at':'09:00'}", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("08:00"), "{'byday':'FR','opens_at':'09:00'}", NULL, NULL, SHUT },
  { DAY_27 ("10:00"), "{'opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), FRIDAY ("9:00 am", "5:00 pm"), NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), FRIDAY ("dawn", "dusk"), NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), "{'freq':'WEEKLY','interval':2,'byday':'FR','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("13:00"), "{'freq':'WEEKLY','interval':2,'byday':'FR','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, SHUT },
  /* what held until lately says nothing of today; another season's hours do not count */
  { DAY_27 ("10:00"), "{'freq':'DAILY','opens_at':'9:00','closes_at':'20:00','valid_to':'2026-11-26'}", NULL, NULL, NOT_KNOWN },
  { DAY_27 ("10:00"), "{'freq':'DAILY','opens_at':'9:00','closes_at':'20:00','valid_to':'2026-11-27'}", NULL, NULL, OPEN },
  { DAY_27 ("10:00"), "{'freq':'DAILY','opens_at':'9:00','closes_at':'20:00','valid_to':'2026-11-26'}," FRIDAY ("13:00", "15:00"), NULL, NULL, SHUT },
  { DAY_27 ("10:00"), "{'freq':'DAILY','opens_at':'9:00','closes_at':'20:00','valid_from':'2026-11-28'}," FRIDAY ("13:00", "15:00"), NULL, NULL, SHUT },
  /* places: each with hours of this service, or its own when the service has none */
  { DAY_27 ("10:00"), FRIDAY ("13:00", "15:00"), FRIDAY ("9:00", "11:00"), "", OPEN },
  { DAY_27 ("10:00"), "", "", FRIDAY ("9:00", "11:00"), OPEN },
  { DAY_27 ("12:00"), "", "", FRIDAY ("9:00", "11:00"), SHUT },
  { DAY_27 ("10:00"), FRIDAY ("13:00", "15:00"), "", FRIDAY ("9:00", "11:00"), SHUT },
  { DAY_27 ("10:00"), "", "", "", NOT_KNOWN },
  /* the time zone: the place's own clock, whichever half of the year the offset was written in; far away it is another hour, and another day */
  { DAY_27 ("09:00"), FRIDAY ("09:00-08:00", "12:00-08:00"), NULL, NULL, OPEN },
  { DAY_27 ("09:00"), FRIDAY ("09:00-07:00", "12:00-07:00"), NULL, NULL, OPEN },
  { "2026-07-03T09:00:00", FRIDAY ("09:00-08:00", "12:00-08:00"), NULL, NULL, OPEN },
  { DAY_27 ("06:00"), FRIDAY ("09:00-05:00", "12:00-05:00"), NULL, NULL, OPEN },
  { DAY_27 ("09:00"), FRIDAY ("09:00-05:00", "12:00-05:00"), NULL, NULL, SHUT },
  { DAY_27 ("20:00"), "{'freq':'WEEKLY','byday':'SA','opens_at':'06:00','closes_at':'08:00','timezone':3}", NULL, NULL, OPEN },
  { DAY_27 ("20:00"), "{'freq':'WEEKLY','byday':'FR','opens_at':'19:00','closes_at':'21:00','timezone':3}", NULL, NULL, SHUT },
  { DAY_27 ("06:00"), "{'freq':'WEEKLY','byday':'FR','opens_at':'19:00','closes_at':'21:00','timezone':5.5}", NULL, NULL, OPEN },
  /* holidays: of the network and of the agency itself; none for what is open day and night, or not at all */
  { "2026-11-26T10:00:00", "{'freq':'DAILY','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, HOLIDAY },
  { "2026-11-26T13:00:00", "{'freq':'DAILY','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, SHUT },
  { "2026-11-25T10:00:00", "{'freq':'DAILY','opens_at':'09:00','closes_at':'12:00'}", NULL, NULL, HOLIDAY },
  { "2026-11-26T10:00:00", "{'freq':'DAILY','opens_at':'00:00','closes_at':'23:59'}", NULL, NULL, OPEN },
  { DAY_27 ("02:00"), "{'freq':'WEEKLY','byday':'TH','opens_at':'17:00','closes_at':'08:00'}", NULL, NULL, HOLIDAY }, /* since yesterday */
  { "2026-11-26T10:00:00", "", NULL, NULL, NOT_KNOWN },
};

static void
put_hours (Page *page, guint i)
{
#define ID(c) "0197e000-0000-7000-8000-0000000" c "1%02u"
  g_autofree char *service = g_strdup_printf (ID ("0"), i), *place = g_strdup_printf (ID ("a"), i), *there = g_strdup_printf (ID ("b"), i);
  g_autofree char *body = g_strdup_printf ("{'organization_id':'" AGENCY_A "','name':'%02u','schedules':[%s]}", i, hours[i].service);
  g_autofree char *place_body = g_strdup_printf ("{'name':'Place','schedules':[%s]}", hours[i].place);
  g_autofree char *there_body = g_strdup_printf ("{'service_id':'%s','location_id':'%s','schedules':[%s]}", service, place, hours[i].there);

  page_put (page, "service", service, SID_DIR, 20 + i, body);
  if (hours[i].place == NULL)
    return;
  page_put (page, "location", place, SID_DIR, 200 + i, place_body);
  page_put (page, "service_at_location", there, SID_DIR, 300 + i, there_body);
}

static int
open_of (Fixture *f, const char *name, const char *when)
{
  static const char *const any[] = { "", "", "", "[]", "[]", "[]" };
  g_autofree char *open = moment (when, "America/Los_Angeles");
  g_autoptr (KithDbStmt) stmt = services_found (f, any, open, NULL);
  g_autoptr (GError) error = NULL;

  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    if (g_str_equal (kith_db_text (stmt, 1), name))
      return (int) kith_db_int (stmt, 10);
  g_assert_no_error (error);
  return SHUT;
}

static void
test_hours (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  page = page_new (400, 2);
  page_put (page, "calendar_day", "0197e000-0000-7000-8000-0000000000d1", SID_DIR, 11, "{'date':'2026-11-26','name':'Thanksgiving','closed':true}");
  page_put (page, "calendar_day", "0197e000-0000-7000-8000-0000000000d2", SID_DIR, 12, "{'date':'2026-11-25','name':'Ours','agency':'" AGENCY_A "','closed':true}");
  page_put (page, "calendar_day", "0197e000-0000-7000-8000-0000000000d3", SID_DIR, 13, "{'date':'2026-11-27','name':'Theirs','agency':'" AGENCY_B "','closed':true}");
  page_put (page, "calendar_day", "0197e000-0000-7000-8000-0000000000d4", SID_DIR, 14, "{'date':'2026-11-27','name':'Open all the same','closed':false}");
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    put_hours (page, i);
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u", i);

      g_test_message ("%s: %s at %s", name, hours[i].service, hours[i].when);
      g_assert_cmpint (open_of (f, name, hours[i].when), ==, hours[i].open);
    }
}

/* By whose clock: of the agency that says its time zone, across its midnight and its holidays; of one that says none, or one that nobody knows, of here. */
static void
test_hours_elsewhere (Fixture *f, gconstpointer data)
{
#define IN(day, from, to) "'schedules':[{'freq':'WEEKLY','byday':'" day "','opens_at':'" from "','closes_at':'" to "'}]"
#define CHICAGO "0197a000-0000-7000-8000-0000000000c1"
#define UNKNOWN "0197a000-0000-7000-8000-0000000000c2"
  static const struct { const char *agency, *hours, *when; int open; } there[] = {
    { CHICAGO, IN ("FR", "09:00", "12:00"), DAY_27 ("07:00"), OPEN },
    { CHICAGO, IN ("FR", "09:00", "12:00"), DAY_27 ("10:00"), SHUT },
    { CHICAGO, IN ("FR", "22:00", "02:00"), DAY_27 ("23:30"), OPEN },  /* it is half past one there, since Friday evening */
    { CHICAGO, IN ("FR", "22:00", "02:00"), "2026-11-28T00:00:00", SHUT },
    { CHICAGO, IN ("SA", "01:00", "02:00"), DAY_27 ("23:30"), HOLIDAY }, /* and Saturday, which is one */
    { CHICAGO, IN ("FR", "20:00", "23:59"), DAY_27 ("22:30"), SHUT },
    { CHICAGO, IN ("FR", "09:00-05:00", "12:00-05:00"), DAY_27 ("07:00"), OPEN }, /* its own in summer */
    { CHICAGO, IN ("FR", "09:00-08:00", "12:00-08:00"), DAY_27 ("09:00"), OPEN }, /* the call centre of one that is here */
    { CHICAGO, IN ("SA", "00:00", "06:00"), DAY_27 ("22:30"), HOLIDAY },
    { CHICAGO, "'schedules':[]", DAY_27 ("10:00"), NOT_KNOWN },
    { UNKNOWN, IN ("FR", "09:00", "12:00"), DAY_27 ("09:30"), OPEN },
    { AGENCY_B, IN ("FR", "09:00", "12:00"), DAY_27 ("09:30"), OPEN },
  };
  Page *page;

  fixture_fill (f);
  page = page_new (400, 2);
  page_put (page, "organization", CHICAGO, SID_DIR, 11, "{'name':'Lake House','time_zone':'America/Chicago'}");
  page_put (page, "organization", UNKNOWN, SID_DIR, 12, "{'name':'Moon House','time_zone':'No/Such_Zone'}");
  page_put (page, "calendar_day", "0197e000-0000-7000-8000-0000000000d1", SID_DIR, 13, "{'date':'2026-11-28','name':'Ours','agency':'" CHICAGO "','closed':true}");
  for (guint i = 0; i < G_N_ELEMENTS (there); i++)
    {
      g_autofree char *id = g_strdup_printf ("0197e000-0000-7000-8000-0000000010%02u", i);
      g_autofree char *body = g_strdup_printf ("{'organization_id':'%s','name':'%02u',%s}", there[i].agency, i, there[i].hours);

      page_put (page, "service", id, SID_DIR, 20 + i, body);
    }
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (there); i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u", i);

      g_test_message ("%s: %s at %s", name, there[i].hours, there[i].when);
      g_assert_cmpint (open_of (f, name, there[i].when), ==, there[i].open);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/services/D11-filters", Fixture, NULL, fixture_set_up, test_services, fixture_tear_down);
  g_test_add ("/store/services/D11-unsure", Fixture, NULL, fixture_set_up, test_services_unsure, fixture_tear_down);
  g_test_add ("/store/services/D3-agency-places", Fixture, NULL, fixture_set_up, test_agency_places, fixture_tear_down);
  g_test_add ("/store/services/D11-area", Fixture, NULL, fixture_set_up, test_services_area, fixture_tear_down);
  g_test_add ("/store/services/D11-nearest", Fixture, NULL, fixture_set_up, test_services_nearest, fixture_tear_down);
  g_test_add ("/store/services/D11-cost", Fixture, NULL, fixture_set_up, test_services_cost, fixture_tear_down);
  g_test_add ("/store/services/open-elsewhere-D11", Fixture, NULL, fixture_set_up, test_hours_elsewhere, fixture_tear_down);
  g_test_add ("/store/services/services-open", Fixture, NULL, fixture_set_up, test_hours, fixture_tear_down);
  return g_test_run ();
}
