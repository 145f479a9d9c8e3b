/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-similar.h"

/* Who may be the person being typed (domain.md 5; ux.md, New client). */

enum { N_PEOPLE = 8 };
static const struct
{
  const char *given, *family, *second, *born, *phone, *street;
} people[N_PEOPLE] = {
  { "María", "López", "Hernández", "1988-04-07", "619 555 2410", "4 Elm Street" },
  { "Robert", "Smith", NULL, "1970-03-11", NULL, NULL },
  { "García", "Ernesto", NULL, "1990-12-01", NULL, NULL },
  { "Katharina", "Meier", NULL, NULL, NULL, NULL },
  { "Zoltan", "Kovacs", NULL, "1971-02-03", "+1 (619) 555-0000", NULL },
  { "Ana", "López", NULL, "1990-01-20", "619 555 2410", "4 Elm Street" },
  { "Thảo", "Nguyễn", NULL, "1999-05-06", NULL, NULL },
  { "Zsófia", "Kertész", NULL, "1988-07-04", NULL, NULL },
};

static char *
person_id (guint i)
{
  return g_strdup_printf ("0197f000-0000-7000-8000-0000000000%02u", i);
}

static JsonObject *
values_of (const char *given, const char *family, const char *born, const char *phone, const char *street)
{
  JsonObject *values = kith_json_new ("given_name", "s", given, "family_name", "s", family, "date_of_birth", "s", born, NULL);

  if (phone != NULL)
    {
      JsonArray *phones = json_array_new ();
      json_array_add_object_element (phones, kith_json_new ("number", "s", phone, NULL));
      json_object_set_array_member (values, "phones", phones);
    }
  if (street != NULL)
    json_object_set_object_member (values, "address", kith_json_new ("address_1", "s", street, NULL));
  return values;
}

static void
put_person (Page *page, gint64 q, guint i, const char *given, const char *family, const char *born)
{
  g_autofree char *id = person_id (i), *scope = g_strconcat ("client:", id, NULL), *text = NULL;
  g_autoptr (JsonObject) body = values_of (given, family, born, i < N_PEOPLE ? people[i].phone : NULL, i < N_PEOPLE ? people[i].street : NULL);

  json_object_set_string_member (body, "agency", AGENCY_A);
  if (i < N_PEOPLE && people[i].second != NULL)
    json_object_set_string_member (body, "second_family_name", people[i].second);
  text = kith_json_print_object (body);
  page_scope (page, 100 + i, scope);
  g_string_append_printf (page->text, "{\"put\":{\"t\":\"client\",\"id\":\"%s\",\"s\":%u,\"q\":%" G_GINT64_FORMAT ",\"body\":%s}}\n", id, 100 + i, q, text);
}

static void
fill_people (Fixture *f)
{
  Page *page = page_new (200, 2);

  fixture_fill (f);
  for (guint i = 0; i < N_PEOPLE; i++)
    put_person (page, 150 + i, i, people[i].given, people[i].family, people[i].born);
  page_end (page, "c200", FALSE);
  page_apply (f, page);
}

static GPtrArray *
ask (Fixture *f, JsonObject *values)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *similar = kith_similar_run (kith_store_get_db (f->store), values, 5, &error);

  g_assert_no_error (error);
  return similar;
}

static void
assert_first (Fixture *f, JsonObject *values, guint expected) /* values: transfer full */
{
  g_autoptr (JsonObject) own = values;
  g_autoptr (GPtrArray) similar = ask (f, own);
  g_autofree char *id = person_id (expected);

  g_assert_cmpuint (similar->len, >, 0);
  g_assert_cmpstr (((KithSimilar *) similar->pdata[0])->id, ==, id);
}

static void
test_finds (Fixture *f, gconstpointer data)
{
  fill_people (f);
  assert_first (f, values_of ("Maria", "Lopez", NULL, NULL, NULL), 0);
  assert_first (f, values_of ("Maria", "Hernandez", NULL, NULL, NULL), 0);        /* the other family name */
  assert_first (f, values_of ("Lopez", "Maria", NULL, NULL, NULL), 0);            /* swapped */
  assert_first (f, values_of ("Maria", "Lop", NULL, NULL, NULL), 0);              /* while it is typed */
  assert_first (f, values_of ("Bob", "Smyth", NULL, NULL, NULL), 1);              /* short form, sound */
  assert_first (f, values_of ("Catarina", "Meyer", "1961", NULL, NULL), 3);       /* sound, nothing else known */
  assert_first (f, values_of ("Soltan", "Kovac", "1971-03-02", NULL, NULL), 4);   /* day and month swapped */
  assert_first (f, values_of (NULL, NULL, "1999-05-06", NULL, NULL), 6);
  assert_first (f, values_of (NULL, "Kovacs", NULL, "(619) 555 0000", NULL), 4);  /* phone */
  assert_first (f, values_of ("Thao", "Nguyen", "1999-05-06", NULL, NULL), 6);
}

static void
test_says_why (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) values = values_of ("Maria", "Lopez", "1988-04-07", "6195552410", "4 elm street");
  g_autoptr (GPtrArray) similar = NULL;
  const KithMatchResult *result;

  fill_people (f);
  similar = ask (f, values);
  result = &((KithSimilar *) similar->pdata[0])->result;
  g_assert_cmpint (result->zone, ==, KITH_MATCH_LINK);
  g_assert_cmpint (result->levels[KITH_MATCH_GIVEN], ==, KITH_MATCH_EXACT);
  g_assert_cmpint (result->levels[KITH_MATCH_BIRTH], ==, KITH_MATCH_EXACT);
  g_assert_cmpint (result->levels[KITH_MATCH_PHONE], ==, KITH_MATCH_EXACT);
  g_assert_cmpint (result->levels[KITH_MATCH_STREET], ==, KITH_MATCH_EXACT);
  /* Ana of the same household is shown, below, and not as the same person. */
  g_assert_cmpuint (similar->len, >, 1);
  for (guint i = 1; i < similar->len; i++)
    g_assert_cmpint (((KithSimilar *) similar->pdata[i])->result.zone, !=, KITH_MATCH_LINK);
}

static void
test_nobody (Fixture *f, gconstpointer data)
{
  static const struct { const char *given, *family, *born; } cases[] = {
    { NULL, NULL, NULL }, { "", "", "" }, { "M", NULL, NULL }, { "Wilhelmina", "Quux", "1901-01-02" }, { "\"*' OR", "NEAR(", "19" }, { "!!", "--", "1988-13-45" },
  };

  fill_people (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) values = values_of (cases[i].given, cases[i].family, cases[i].born, NULL, NULL);
      g_autoptr (GPtrArray) similar = ask (f, values);
      g_assert_cmpuint (similar->len, ==, 0);
    }
}

/* The index follows the record: a name that was mended is found by its new sound, not by the old one. */
static void
test_follows_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) old = values_of ("Soltan", "Kovac", NULL, NULL, NULL);
  g_autoptr (GPtrArray) similar = NULL;
  Page *page;

  fill_people (f);
  page = page_new (300, 3);
  put_person (page, 250, 4, "Peter", "Quimby", "1930-10-30");
  page_end (page, "c300", FALSE);
  page_apply (f, page);
  similar = ask (f, old);
  g_assert_cmpuint (similar->len, ==, 0);
  assert_first (f, values_of ("Pieter", "Quimbey", NULL, NULL, NULL), 4);
}

static gboolean
says (Fixture *f, JsonObject *values, const char *id) /* values: transfer full */
{
  g_autoptr (JsonObject) own = values;
  g_autoptr (GPtrArray) similar = ask (f, own);

  for (guint i = 0; i < similar->len; i++)
    if (g_str_equal (((KithSimilar *) similar->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* After consent ended the agency knows the person by its own care record alone: registering them anew says so, by name or birth date, as long as that
 * record stands for them, and by what it says now. */
static void
test_care_alone (Fixture *f, gconstpointer data)
{
  g_autofree char *care = kith_id_natural ("care", CLIENT_X ":" AGENCY_A);
  Page *page = page_new (320, 3);

  fill_people (f);
  page_scope (page, 301, "care:" CLIENT_X ":" AGENCY_A);
  page_put (page, "care", care, 301, 315, "{'client':'" CLIENT_X "','agency':'" AGENCY_A "','given_name':'Wilhelmina','family_name':'Oduya','date_of_birth':'1964-09-02'}");
  page_end (page, "c320", FALSE);
  page_apply (f, page);
  g_assert_true (says (f, values_of ("Wilhel", "Odu", NULL, NULL, NULL), CLIENT_X));
  g_assert_true (says (f, values_of ("Mina", NULL, "1964-09-02", NULL, NULL), CLIENT_X));
  g_assert_true (says (f, values_of ("Willhelmena", "Odouya", NULL, NULL, NULL), CLIENT_X)); /* by sound, as clients */
  g_assert_true (says (f, values_of (NULL, "Odouya", "1964", NULL, NULL), CLIENT_X));
  g_assert_true (says (f, values_of ("Wilhelmina", NULL, "1964-02-09", NULL, NULL), CLIENT_X)); /* day and month swapped */

  page = page_new (330, 4);
  page_put (page, "care", care, 301, 325, "{'client':'" CLIENT_X "','agency':'" AGENCY_A "','given_name':'Wilhelmina','family_name':'Oduya','date_of_birth':'1946-10-03'}");
  page_end (page, "c330", FALSE);
  page_apply (f, page);
  g_assert_false (says (f, values_of ("Mina", NULL, "1964-09-02", NULL, NULL), CLIENT_X));
  g_assert_true (says (f, values_of ("Mina", NULL, "1946-10-03", NULL, NULL), CLIENT_X));

  page = page_new (340, 5);
  page_gone (page, "care", care, 301, 335);
  page_end (page, "c340", FALSE);
  page_apply (f, page);
  g_assert_false (says (f, values_of ("Wilhelmina", "Oduya", "1946-10-03", NULL, NULL), CLIENT_X));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add ("/store/similar/finds", Fixture, NULL, fixture_set_up, test_finds, fixture_tear_down);
  g_test_add ("/store/similar/says-why", Fixture, NULL, fixture_set_up, test_says_why, fixture_tear_down);
  g_test_add ("/store/similar/nobody", Fixture, NULL, fixture_set_up, test_nobody, fixture_tear_down);
  g_test_add ("/store/similar/care-alone", Fixture, NULL, fixture_set_up, test_care_alone, fixture_tear_down);
  g_test_add ("/store/similar/follows-changes", Fixture, NULL, fixture_set_up, test_follows_changes, fixture_tear_down);
  return g_test_run ();
}
