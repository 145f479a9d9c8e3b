/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-day-order.h"
#include "kith-search.h"

/* Search (design.md 2.1, ux.md 2.0): what is found, in which order; and the named queries. */

enum { N_PEOPLE = 9 };
static const struct
{
  const char *given, *family, *born, *phone;
} people[N_PEOPLE] = {
  { "María", "López", "1988-04-07", "619 555 2410" },
  { "Mario", "Lopes", "1988", NULL },
  { "Marisol", "Zed", NULL, NULL },
  { "Thảo", "Nguyễn", "1990-12-01", NULL },
  { "Łukasz", "Smith-Jones", NULL, NULL },
  { "Ana", "Maria", "1971-02-03", NULL },
  { "Mara", "Abel", NULL, "+1 (619) 555-0000" },
  { "Maribel", "Abel", "2001-04-07", NULL },
  { "Sean", "O'Brien", NULL, NULL },
};

static char *
person_id (guint i)
{
  return g_strdup_printf ("0197f000-0000-7000-8000-0000000000%02u", i);
}

static void
fill_people (Fixture *f)
{
  Page *page = page_new (200, 2);

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *id = person_id (i);
      g_autofree char *scope = g_strconcat ("client:", id, NULL);
      g_autoptr (JsonObject) body = kith_json_new ("agency", "s", AGENCY_A, "given_name", "s", people[i].given, "family_name", "s", people[i].family,
                                                   "date_of_birth", "s", people[i].born, NULL);
      g_autofree char *text = NULL;

      if (people[i].phone != NULL)
        {
          JsonArray *phones = json_array_new ();
          json_array_add_object_element (phones, kith_json_new ("number", "s", people[i].phone, NULL));
          json_object_set_array_member (body, "phones", phones);
        }
      text = kith_json_print_object (body);
      page_scope (page, 100 + i, scope);
      /* By hand: a name may hold an apostrophe, which page_put() would turn into a quote. */
      g_string_append_printf (page->text, "{\"put\":{\"t\":\"client\",\"id\":\"%s\",\"s\":%u,\"q\":%u,\"body\":%s}}\n", id, 100 + i, 150 + i, text);
    }
  page_end (page, "c200", FALSE);
  page_apply (f, page);
}

/* Given names of what is found, in order: "María Mario". */
static char *
found (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "client", text, 20, NULL, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KithRecord) record = kith_world_get (kith_store_get_world (f->store), "client", ids->pdata[i], NULL);
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", record != NULL ? kith_record_string (record, "given_name") : "?");
    }
  return g_string_free (names, FALSE);
}

static void
assert_found (Fixture *f, const char *text, const char *expected)
{
  g_autofree char *names = found (f, text);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_folding (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  fill_people (f);
  assert_found (f, "nguyen", "Thảo");
  assert_found (f, "NGUYỄN thao", "Thảo");
  assert_found (f, "lukasz", "Łukasz");
  assert_found (f, "smith jones", "Łukasz");
  assert_found (f, "jones", "Łukasz");
  assert_found (f, "obrien", "Sean");
  assert_found (f, "garcia", "José");
}

/* Issue 3: spelled by ear; after those who are spelled so, and never instead of them. */
static void
test_sounds (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  fill_people (f);
  assert_found (f, "lopes", "Mario Marta María"); /* spelled so first */
  assert_found (f, "nuguyen tao", "Thảo");
  assert_found (f, "shawn obryan", "Sean");
  assert_found (f, "lucas", "Łukasz");
  assert_found (f, "lopez 1988", "María Mario");
  assert_found (f, "lopes 1990", "");         /* a date still counts */
  assert_found (f, "lo", "Marta María Mario");      /* too short to sound like anything */
  assert_found (f, "zzz", "");
}

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autofree char *recent = person_id (2);
  g_autofree char *mine = person_id (7);
  g_autofree char *natural = g_strconcat (mine, ":", USER_U, NULL);
  g_autofree char *assignment = kith_id_natural ("assignment", natural);
  g_autofree char *scope = g_strconcat ("care:", mine, ":", AGENCY_A, NULL);
  g_autofree char *body = g_strdup_printf ("{'client':'%s','staff':'" USER_U "','agency':'" AGENCY_A "'}", mine);
  Page *page;

  fixture_fill (f);
  fill_people (f);
  kith_store_note_opened (f->store, "client", recent, NULL);
  page = page_new (210, 3);
  page_scope (page, 300, scope);
  page_put (page, "assignment", assignment, 300, 205, body);
  page_end (page, "c210", FALSE);
  page_apply (f, page);

  /* exact (maria as a whole word) before my caseload before recent before the rest */
  assert_found (f, "maria", "Ana María Mara Mario"); /* the last two only sound so */
  assert_found (f, "mari", "Maribel Marisol Ana María Mario");
  /* prefixes of both names */
  assert_found (f, "mar lop", "Marta María Mario");
  assert_found (f, "lopez maria", "María Mario");
  assert_found (f, "m", "Maribel Marisol"); /* one letter: only mine and recent */
  assert_found (f, "zzz", "");
  assert_found (f, "", "");
  assert_found (f, "\" OR * NEAR(", "");
}

static void
test_phone_and_number (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  fill_people (f);
  assert_found (f, "2410", "María");
  assert_found (f, "555-2410", "María");
  assert_found (f, "0000", "Mara");
  assert_found (f, "KZ-0002", "Marta");
  assert_found (f, "0002", "Marta");
}

/* However a number was typed, and whatever stands behind it or beside it in the cell it came from, its last digits find it. */
static void
test_phone_shapes (Fixture *f, gconstpointer data)
{
  static const char *const shapes[] = {
    "6195550142", "619-555-0142", "(619) 555-0142", "(619)555-0142", "619.555.0142", "619 555 0142", "+1 619 555 0142", "1-619-555-0142", "619\302\240555\302\2400142",
    "619\342\200\221555\342\200\2210142", "619-555-0142 x3", "619-555-0142 ext. 12", "619-555-0142 / 619-555-0199", "619-555-0199; 619-555-0142 (Rosa)",
    "619/555-0142", "619/555/0142",
  };
  static const char *const typed[] = { "0142", "555-0142", "555 0142", "5550142", "(619) 555-0142", "6195550142" };

  fixture_fill (f);
  fill_people (f);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *set = g_strdup_printf ("{'id':'%08u-0000-7000-8000-0000000000a1','number':'KA-1%03u','values':{'given_name':'Shape','phones':[{'number':'%s'}]}}", i, i, shapes[i]);

      g_free (submit (f, "client.register", set));
    }
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "client", typed[i], 50, NULL, &error);

      g_assert_no_error (error);
      g_test_message ("%s", typed[i]);
      g_assert_cmpuint (ids->len, ==, G_N_ELEMENTS (shapes));
    }
}

/* A case is found by its number and title, its client by the number alone; digits do for either. */
static void
test_case (Fixture *f, gconstpointer data)
{
  static const char k1[] = "0197f000-0000-7000-8000-000000000001";
  static const struct { const char *kind, *text; guint n; } cases[] = {
    { "case", "KA-0042", 1 }, { "case", "0042", 1 },   { "case", "hope", 1 },   { "case", "0043", 0 },
    { "client", "KA-0042", 1 }, { "client", "0042", 1 }, { "client", "ka 0042", 1 }, { "client", "hope", 0 },
  };
  g_autofree char *mine = person_id (7);
  g_autofree char *body = g_strdup_printf ("{'client':'%s','agency':'" AGENCY_A "','number':'KA-0042','title':'Hope house','phase':'open',"
                                           "'opened_at':'2026-03-02T09:00:00.000Z'}", mine);
  Page *page;

  fixture_fill (f);
  fill_people (f);
  page = page_new (210, 3);
  page_scope (page, 300, "case:0197f000-0000-7000-8000-000000000001");
  page_put (page, "case", k1, 300, 205, body);
  page_end (page, "c210", FALSE);
  page_apply (f, page);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), cases[i].kind, cases[i].text, 20, NULL, &error);

      g_assert_no_error (error);
      g_test_message ("%s %s", cases[i].kind, cases[i].text);
      g_assert_cmpuint (ids->len, ==, cases[i].n);
      if (ids->len > 0)
        g_assert_cmpstr (ids->pdata[0], ==, g_str_equal (cases[i].kind, "case") ? k1 : mine);
    }
}

static void
test_dates (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  fill_people (f);
  assert_found (f, "lopez 1988", "María Mario");
  assert_found (f, "4/7/88", "José María");
  assert_found (f, "1988-04", "José María");
  assert_found (f, "maribel 2001", "Maribel");
  assert_found (f, "maribel 1988", "");
  assert_found (f, "1990", "Thảo");
  assert_found (f, "7/4/88", "");
  kith_day_write_as ("%d/%m/%Y"); /* where the day is written first */
  assert_found (f, "7/4/88", "José María");
  assert_found (f, "4/7/88", "");
  assert_found (f, "12/31/1999 jose", ""); /* no month: read the other way, and nobody's */
  kith_day_write_as (NULL);
}

enum { CROWD = 700, LAST_OF_CROWD = 9700 };

static void
put_one (Page *page, guint number, const char *given, const char *family, const char *born)
{
  g_autofree char *id = g_strdup_printf ("0197f000-0000-7000-8000-%012u", number);
  g_autofree char *scope = g_strconcat ("client:", id, NULL);
  g_autofree char *body = g_strdup_printf ("{'agency':'" AGENCY_A "','given_name':'%s','family_name':'%s','date_of_birth':'%s'}", given, family, born);

  page_scope (page, number, scope);
  page_put (page, "client", id, number, 300, body);
}

/* More of one name than are looked at; who is meant came last. */
static void
fill_crowd (Fixture *f)
{
  Page *page = page_new (400, 3);

  for (guint i = 0; i < CROWD; i++)
    put_one (page, 9000 + i, "Guadalupe", "Moreno", "1970-01-01");
  put_one (page, LAST_OF_CROWD, "Guadalupe", "B", "1988-04-07");
  put_one (page, LAST_OF_CROWD + 1, "Guadalupe", "Bono", "1988-04-09");
  page_end (page, "c400", FALSE);
  page_apply (f, page);
}

/* However many there are, few are looked at, and it is told; but whoever is meant is found: by the whole name, by the birth date, by
 * another letter, and always by a rare word. */
static void
test_crowd (Fixture *f, gconstpointer data)
{
  static const struct { const char *text; guint hits; gboolean more; guint first; } cases[] = {
    { "gu", 20, TRUE, 0 },
    { "guadalupe", 20, TRUE, 0 },
    { "guadalupe b", 1, TRUE, LAST_OF_CROWD }, /* the whole name; "Bono" is behind those looked through */
    { "guadalupe z", 0, TRUE, 0 },             /* nobody of those: and it is not said that there is nobody */
    { "guadalupe bo", 1, FALSE, LAST_OF_CROWD + 1 },
    { "bono g", 1, FALSE, LAST_OF_CROWD + 1 },
    { "b guadalupe 1988", 2, FALSE, LAST_OF_CROWD },
    { "guadalupe 1988-04-09", 1, FALSE, LAST_OF_CROWD + 1 },
    { "guadalupe 1970", 20, TRUE, 0 }, /* as many were born then, too */
    { "1970", 20, TRUE, 0 },
    { "g", 0, TRUE, 0 }, /* of one letter only mine and recent are looked for: nobody else is missing */
  };

  fixture_fill (f);
  fill_crowd (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = g_strdup_printf ("0197f000-0000-7000-8000-%012u", cases[i].first);
      g_autoptr (GError) error = NULL;
      gboolean more = !cases[i].more;
      g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "client", cases[i].text, 20, &more, &error);

      g_assert_no_error (error);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (ids->len, ==, cases[i].hits);
      g_assert_true (more == cases[i].more);
      if (cases[i].first != 0)
        g_assert_cmpstr (ids->pdata[0], ==, first);
    }
}

/* What is asked with every letter goes by indexes, and the crowd is not asked once for each who was born then, nor for nobody. */
static void
test_plans (Fixture *f, gconstpointer data)
{
  static const char *const hot[] = { "search-client-words", "search-client-words-born", "search-client-more", "search-client-born",
                                     "search-client-mine", "search-client-recent", "search-client-is-mine", "search-is-recent" },
                    *const inner[] = { "SCAN f", "SCAN care_alone", "SCAN anybody", NULL };
  KithDb *db = kith_store_get_db (f->store);

  for (guint i = 0; i < G_N_ELEMENTS (hot); i++)
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", kith_db_query_text (db, hot[i]), NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, explain, &error);
      gboolean anybody = FALSE;

      g_assert_no_error (error);
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        {
          const char *step = kith_db_text (stmt, 3);

          g_test_message ("%s: %s", hot[i], step);
          anybody = anybody || g_str_equal (step, "SCAN anybody");
          if (strstr (step, "VIRTUAL TABLE") != NULL)
            g_assert_true (strstr (step, "INDEX 0:=") == NULL && (anybody || strstr (step, "care_find") == NULL)); /* a row at a time */
          else /* what an inner one found, or whether there is any, is no table */
            g_assert_true (!g_str_has_prefix (step, "SCAN") || g_strv_contains (inner, step));
        }
      g_assert_no_error (error);
    }
}

/* A person known only by our own care record is found, by the client's id. */
static void
test_care_only (Fixture *f, gconstpointer data)
{
  g_autofree char *care = kith_id_natural ("care", CLIENT_X ":" AGENCY_A);
  g_autoptr (GPtrArray) ids = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (220, 3);
  page_scope (page, 301, "care:" CLIENT_X ":" AGENCY_A);
  page_put (page, "care", care, 301, 215, "{'client':'" CLIENT_X "','agency':'" AGENCY_A "','given_name':'Li','family_name':'Wei','date_of_birth':'1954-07-08'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ids = kith_search_run (kith_store_get_db (f->store), "client", "wei", 20, NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (ids->pdata[0], ==, CLIENT_X);
  g_clear_pointer (&ids, g_ptr_array_unref);
  for (guint i = 0; i < 3; i++) /* by sound, as clients, and with a date that fits */
    {
      static const char *const heard[] = { "way", "way 1954", "way 1955" };

      ids = kith_search_run (kith_store_get_db (f->store), "client", heard[i], 20, NULL, NULL);
      g_assert_cmpuint (ids->len, ==, i < 2);
      g_clear_pointer (&ids, g_ptr_array_unref);
    }
  ids = kith_search_run (kith_store_get_db (f->store), "client", "7/8/1954", 20, NULL, NULL); /* by birth date alone */
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (ids->pdata[0], ==, CLIENT_X);
}

/* How many people clients-all shows; the query that only counts them says the same. */
static gint64
count_people (Fixture *f)
{
  KithDb *db = kith_store_get_db (f->store);
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, "clients-all", NULL);
  gint64 rows = 0, count = -1;

  kith_db_bind_text (stmt, 1, USER_U);
  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    rows++;
  g_assert_true (kith_db_fetch_int (db, &count, NULL, "clients-all-count", ""));
  g_assert_cmpint (count, ==, rows);
  return rows;
}

/* Two agencies' care records are one person; the client's own record takes their place, and gives it back when it goes. */
static void
test_care_alone (Fixture *f, gconstpointer data)
{
  g_autofree char *ours = kith_id_natural ("care", CLIENT_X ":" AGENCY_A), *theirs = kith_id_natural ("care", CLIENT_X ":" AGENCY_B);
  gint64 before;
  Page *page;

  fixture_fill (f);
  before = count_people (f);
  page = page_new (220, 3);
  page_scope (page, 301, "care:" CLIENT_X ":" AGENCY_A);
  page_scope (page, 302, "care:" CLIENT_X ":" AGENCY_B);
  page_put (page, "care", ours, 301, 215, "{'client':'" CLIENT_X "','agency':'" AGENCY_A "','given_name':'Li','family_name':'Wei'}");
  page_put (page, "care", theirs, 302, 216, "{'client':'" CLIENT_X "','agency':'" AGENCY_B "','given_name':'Li','family_name':'Wei'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before + 1);

  page = page_new (230, 4);
  page_scope (page, 303, "client:" CLIENT_X);
  page_put (page, "client", CLIENT_X, 303, 225, "{'agency':'" AGENCY_B "','given_name':'Li','family_name':'Wei'}");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before + 1);

  page = page_new (240, 5);
  page_gone (page, "client", CLIENT_X, 303, 235);
  page_gone (page, "care", ours, 301, 236);
  page_end (page, "c240", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before + 1);

  page = page_new (250, 6);
  page_gone (page, "care", theirs, 302, 245);
  page_end (page, "c250", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before);
}

/* A store from before the count was kept gets it when it is opened, and keeps it from then on. */
static void
test_count_upgraded (Fixture *f, gconstpointer data)
{
  Page *page;
  gint64 before;

  fixture_fill (f);
  before = count_people (f);
  g_assert_true (kith_db_exec (kith_store_get_db (f->store),
                               "DROP TRIGGER client_alone_insert; DROP TRIGGER client_alone_delete; DROP TABLE client_count;"
                               "CREATE TRIGGER client_alone_insert AFTER INSERT ON client BEGIN DELETE FROM care_alone WHERE client = new.id; END;"
                               "CREATE TRIGGER client_alone_delete AFTER DELETE ON client BEGIN SELECT 1; END;"
                               "DROP TRIGGER queue_item_count_insert; DROP TRIGGER queue_item_count_update; DROP TRIGGER queue_item_count_delete;"
                               "DROP TRIGGER queue_alone_count_insert; DROP TRIGGER queue_alone_count_delete; DROP TABLE lane_count;", NULL));
  fixture_reopen (f);
  g_assert_cmpint (count_people (f), ==, before);
  page = page_new (220, 3);
  page_scope (page, 303, "client:" CLIENT_X);
  page_put (page, "client", CLIENT_X, 303, 214, "{'agency':'" AGENCY_B "','given_name':'Li','family_name':'Wei'}");
  page_put (page, "queue_item", "in-the-queue", 303, 214, "{'referral':'r','queue':'housing','status':'waits'}"); /* the fixture compares what is kept of it */
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before + 1);
}

/* The same when whole scopes go: first the client's, then the care record's. */
static void
test_care_left (Fixture *f, gconstpointer data)
{
  g_autofree char *ours = kith_id_natural ("care", CLIENT_X ":" AGENCY_A);
  gint64 before;
  Page *page;

  fixture_fill (f);
  before = count_people (f);
  page = page_new (220, 3);
  page_scope (page, 303, "client:" CLIENT_X);
  page_put (page, "client", CLIENT_X, 303, 214, "{'agency':'" AGENCY_A "','given_name':'Li','family_name':'Wei'}");
  page_scope (page, 301, "care:" CLIENT_X ":" AGENCY_A);
  page_put (page, "care", ours, 301, 215, "{'client':'" CLIENT_X "','agency':'" AGENCY_A "','given_name':'Li','family_name':'Wei'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM care_alone"), ==, 0);

  page = page_new (230, 4);
  page_line (page, "{'forget':[303]}");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before + 1);
  assert_found (f, "wei", "?");

  page = page_new (240, 5);
  page_line (page, "{'forget':[301]}");
  page_end (page, "c240", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_people (f), ==, before);
  assert_found (f, "wei", "");
  g_assert_cmpint (count (f, "SELECT count(*) FROM care_alone"), ==, 0);
}

static void
test_text (void)
{
  static const struct { const char *text, *words, *digits, *from; } cases[] = {
    { "María López", "maria lopez", NULL, NULL },
    { "maria 1988", "maria", NULL, "1988" },
    { "1988", "", "8891", "1988" },
    { "12/31/1999", "", NULL, "1999-12-31" },
    { "12/32/1999", "12 32 1999", NULL, NULL },
    { "1988-13", "1988 13", "318891", NULL },
    { "(619) 555", "619 555", "555916", NULL },
    { "12", "12", NULL, NULL },
    { "  ", "", NULL, NULL },
    { NULL, "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithSearchText) text = kith_search_text_parse (cases[i].text);
      g_autofree char *words = NULL;

      g_ptr_array_add (text->words, NULL);
      words = g_strjoinv (" ", (char **) text->words->pdata);
      if (cases[i].text == NULL || strchr (cases[i].text, '/') == NULL || cases[i].from != NULL)
        g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (text->digits, ==, cases[i].digits);
      g_assert_cmpstr (text->date_from, ==, cases[i].from);
    }
}

/* Every named query prepares, and has the columns its comment promises first. */
static void
test_queries (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) names = kith_db_query_names (kith_store_get_db (f->store));

  g_assert_cmpuint (g_strv_length (names), >, 80);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), names[i], &error);
      g_assert_no_error (error);
    }
}

/* A filter of the inbox: all of it, a name, another phase, nobody's, late. */
static void
test_found (Fixture *f, gconstpointer data)
{
  static const struct { const char *phases, *whose, *service, *late, *text; gint64 rows; } cases[] = {
    { "[\"sent\"]", "", "", "", "", 1 },
    { "[\"accepted\",\"paused\"]", "", "", "", "", 0 },
    { "[\"sent\"]", "none", "", "", "", 1 },
    { "[\"sent\"]", USER_U, "", "", "", 0 },
    { "[\"sent\"]", "", CLIENT_C, "", "", 0 },
    { "[\"sent\"]", "", "", "2000-01-01", "", 0 },
    { "[\"sent\"]", "", "", "", "qqq", 0 },
    { "[\"sent\"]", "", "", "", "100%", 0 },
  };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "inbox-found", &error);
      const char *args[] = { AGENCY_A, cases[i].phases, cases[i].whose, cases[i].service, cases[i].late, cases[i].text };
      gint64 rows = 0;

      g_assert_no_error (error);
      g_test_message ("%u", i);
      for (guint k = 0; k < G_N_ELEMENTS (args); k++)
        kith_db_bind_text (stmt, k + 1, args[k]);
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        rows++;
      g_assert_no_error (error);
      g_assert_cmpint (rows, ==, cases[i].rows);
    }
}

/* The lists run, and their first column is the id. */
static void
test_lists (Fixture *f, gconstpointer data)
{
  static const struct { const char *query, *arg; gint64 rows; } lists[] = {
    { "clients-all", USER_U, 2 }, { "client", CLIENT_C, 1 }, { "client-consents", CLIENT_C, 0 }, { "client-team", CLIENT_C, 0 },
    { "client-history", CLIENT_C, 1 }, { "client-referrals", CLIENT_X, 1 },
    { "conflicts-open", NULL, 0 }, { "inbox-new", AGENCY_A, 1 }, { "inbox-work", AGENCY_A, 0 }, { "inbox-closed", AGENCY_A, 0 }, { "inbox-services", AGENCY_A, 0 },
    { "sent-services", AGENCY_A, 0 }, { "client-billing", CLIENT_C, 0 },
    { "sent-open", AGENCY_B, 1 }, { "sent-closed", AGENCY_B, 0 }, { "referral", REFERRAL_R, 1 }, { "referral-events", REFERRAL_R, 0 },
    { "referrals-all", NULL, 1 }, { "notices", USER_U, 0 }, { "services-all", NULL, 1 }, { "services-languages", NULL, 0 },
    { "service", SERVICE_S, 1 }, { "service-locations", SERVICE_S, 0 }, { "organizations-all", NULL, 2 }, { "organization", AGENCY_A, 1 },
    { "organization-services", AGENCY_B, 1 }, { "colleagues", AGENCY_A, 1 }, { "staff-all", NULL, 1 },
  };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), lists[i].query, &error);
      gint64 rows = 0;

      g_assert_no_error (error);
      g_assert_cmpstr (kith_db_column_name (stmt, 0), ==, "id");
      if (lists[i].arg != NULL)
        kith_db_bind_text (stmt, 1, lists[i].arg);
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        rows++;
      g_assert_no_error (error);
      g_test_message ("%s", lists[i].query);
      g_assert_cmpint (rows, ==, lists[i].rows);
    }
}

/* What keeps an index from outside, left by a bulk load, is taken away when the store is opened: else each row would be told twice. */
static void
test_left_triggers (Fixture *f, gconstpointer data)
{
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "CREATE TRIGGER client_find_insert AFTER INSERT ON client BEGIN SELECT 1; END", NULL));
  fixture_reopen (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM sqlite_master WHERE name = 'client_find_insert'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/search/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  g_test_add_func ("/store/search/text", test_text);
  ADD ("folding", test_folding);
  ADD ("sounds", test_sounds);
  ADD ("order", test_order);
  ADD ("phone-and-number", test_phone_and_number);
  ADD ("phone-shapes", test_phone_shapes);
  ADD ("case", test_case);
  ADD ("dates", test_dates);
  ADD ("crowd", test_crowd);
  ADD ("plans", test_plans);
  ADD ("care-only", test_care_only);
  ADD ("care-alone", test_care_alone);
  ADD ("care-left", test_care_left);
  g_test_add ("/store/search/count-upgraded", Fixture, "disk", fixture_set_up, test_count_upgraded, fixture_tear_down);
  g_test_add ("/store/search/left-triggers", Fixture, "disk", fixture_set_up, test_left_triggers, fixture_tear_down);
  ADD ("queries", test_queries);
  ADD ("found", test_found);
  ADD ("lists", test_lists);
  return g_test_run ();
}
