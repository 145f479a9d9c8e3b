/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-febrl.h"
#include "kith-json.h"
#include "kith-match-private.h"
#include "kith-test.h"

#include <string.h>

#define near_to(value, expected) g_assert_cmpfloat_with_epsilon (value, expected, 0.0000005)

/* domain.md 5a: the published values. */
static void
test_jaro (void)
{
  near_to (kith_match_jaro ("martha", "marhta"), 0.9444444);
  near_to (kith_match_jaro_winkler ("martha", "marhta"), 0.9611111);
  near_to (kith_match_jaro ("dwayne", "duane"), 0.8222222);
  near_to (kith_match_jaro_winkler ("dwayne", "duane"), 0.84);
  near_to (kith_match_jaro ("dixon", "dicksonx"), 0.7666667);
  near_to (kith_match_jaro_winkler ("dixon", "dicksonx"), 0.8133333);
  near_to (kith_match_jaro ("abc", "xyz"), 0);
  near_to (kith_match_jaro ("", "abc"), 0);
  near_to (kith_match_jaro ("", ""), 0);
  near_to (kith_match_jaro (NULL, "abc"), 0);
  near_to (kith_match_jaro ("a", "a"), 1);
  near_to (kith_match_jaro_winkler ("ñu", "ñu"), 1); /* letters, not bytes */
  near_to (kith_match_jaro_winkler ("abcdefgh", "abcdefgx"), kith_match_jaro ("abcdefgh", "abcdefgx") * 0.6 + 0.4); /* four letters at most */
}

static void
test_jaro_is_symmetric (void)
{
  static const char *const words[] = { "martha", "marhta", "dwayne", "duane", "dixon", "dicksonx", "", "a", "aa", "abab", "baba", "garcía", "garcia" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      {
        near_to (kith_match_jaro (words[i], words[k]), kith_match_jaro (words[k], words[i]));
        g_assert_cmpuint (kith_match_damerau (words[i], words[k]), ==, kith_match_damerau (words[k], words[i]));
        g_assert_cmpuint (kith_match_damerau (words[i], words[k]), <=, kith_match_levenshtein (words[i], words[k]));
      }
}

static void
test_edits (void)
{
  g_assert_cmpuint (kith_match_levenshtein ("kitten", "sitting"), ==, 3);
  g_assert_cmpuint (kith_match_levenshtein ("", "abc"), ==, 3);
  g_assert_cmpuint (kith_match_levenshtein ("19880407", "19884007"), ==, 2);
  g_assert_cmpuint (kith_match_damerau ("19880407", "19884007"), ==, 1);
  g_assert_cmpuint (kith_match_damerau ("ca", "abc"), ==, 3);
  g_assert_cmpuint (kith_match_damerau ("same", "same"), ==, 0);
  near_to (kith_match_levenshtein_similarity ("kitten", "sitting"), 1 - 3.0 / 7);
  near_to (kith_match_levenshtein_similarity ("", ""), 1);
  near_to (kith_match_levenshtein_similarity ("a", ""), 0);
}

/* A name as long as a page costs no more than one of 64 letters. */
static void
test_long_words (void)
{
  g_autofree char *a = g_strnfill (100000, 'a'), *b = g_strnfill (90000, 'a');

  near_to (kith_match_jaro_winkler (a, b), 1);
  g_assert_cmpuint (kith_match_damerau (a, b), ==, 0);
}

static void
test_soundex (void)
{
  static const struct { const char *word, *code; } cases[] = {
    { "robert", "r163" }, { "rupert", "r163" }, { "rubin", "r150" }, { "ashcraft", "a261" }, { "ashcroft", "a261" }, { "tymczak", "t522" },
    { "pfister", "p236" }, { "honeyman", "h555" }, { "lee", "l000" }, { "jackson", "j250" }, { "gutierrez", "g362" }, { "o brien", "o165" },
    { "", "" }, { "李", "" }, { "123", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char code[KITH_MATCH_SOUNDEX_SIZE];
      kith_match_soundex (cases[i].word, code);
      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

/* Spelled by ear, in English or Spanish. */
static void
test_sound_words (void)
{
  static const struct { const char *a, *b; gboolean same; } cases[] = {
    { "katherine", "catarina", TRUE }, { "vasquez", "basquez", TRUE }, { "hernandez", "ernandez", TRUE }, { "jimenez", "gimenez", TRUE },
    { "jimenez", "ximenez", TRUE }, { "cecilia", "sesilia", TRUE }, { "zoltan", "soltan", TRUE }, { "phillip", "felipe", TRUE }, { "yolanda", "iolanda", TRUE },
    { "smith", "smyth", TRUE }, { "smith", "jones", FALSE }, { "charles", "karl", FALSE }, { "maria", "mario", TRUE }, { "garcia", "lopez", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char a[KITH_MATCH_WORD_SIZE], b[KITH_MATCH_WORD_SIZE];
      kith_match_sound_word (cases[i].a, a);
      kith_match_sound_word (cases[i].b, b);
      g_assert_cmpint (strcmp (a, b) == 0, ==, cases[i].same);
    }
}

static void
test_date_words (void)
{
  char word[KITH_MATCH_WORD_SIZE];
  g_autofree char *swapped = kith_match_swapped_day ("1988-04-07"), *none = kith_match_swapped_day ("1988-04-17"), *same = kith_match_swapped_day ("1988-04-04");

  kith_match_year_word ("1988-04", word);
  g_assert_cmpstr (word, ==, "y1988");
  kith_match_day_word ("1988-04", word);
  g_assert_cmpstr (word, ==, "");
  kith_match_day_word ("1988-07-04", word);
  g_assert_cmpstr (word, ==, "d0407");
  kith_match_day_word ("1988-04-07", word);
  g_assert_cmpstr (word, ==, "d0407");
  g_assert_cmpstr (swapped, ==, "1988-07-04");
  g_assert_null (none);
  g_assert_null (same);
}

static void
test_nicknames (void)
{
  g_assert_cmpstr (kith_match_formal_name ("bob"), ==, "robert");
  g_assert_cmpstr (kith_match_formal_name ("paco"), ==, "francisco");
  g_assert_cmpstr (kith_match_formal_name ("alex"), ==, "alex"); /* of several: no guess */
  g_assert_cmpstr (kith_match_formal_name ("zoltan"), ==, "zoltan");
  g_assert_true (kith_match_same_nickname ("bob", "robert"));
  g_assert_true (kith_match_same_nickname ("pepe", "jose"));
  g_assert_true (kith_match_same_nickname ("alex", "alejandra"));
  g_assert_true (kith_match_same_nickname ("lupita", "guadalupe"));
  g_assert_false (kith_match_same_nickname ("bob", "william"));
  g_assert_false (kith_match_same_nickname ("zoltan", "zoltan")); /* not in the table: the letters decide */
}

static KithMatchPerson *
person (const char *given, const char *family, const char *birth, const char *phone, const char *street)
{
  KithMatchPerson *self = kith_match_person_new ();

  kith_match_person_add (self, KITH_MATCH_GIVEN, given);
  kith_match_person_add (self, KITH_MATCH_FAMILY, family);
  kith_match_person_add (self, KITH_MATCH_BIRTH, birth);
  kith_match_person_add (self, KITH_MATCH_PHONE, phone);
  kith_match_person_add (self, KITH_MATCH_STREET, street);
  return self;
}

static KithMatchResult
weigh (const char *given, const char *family, const char *birth, const char *other_given, const char *other_family, const char *other_birth)
{
  g_autoptr (KithMatchPerson) a = person (given, family, birth, NULL, NULL), b = person (other_given, other_family, other_birth, NULL, NULL);
  KithMatchResult result, back;

  kith_match_weigh (a, b, NULL, 100000, KITH_MATCH_ALL, &result);
  kith_match_weigh (b, a, NULL, 100000, KITH_MATCH_ALL, &back);
  g_assert_cmpfloat_with_epsilon (result.weight, back.weight, 0.000001); /* whoever was registered first */
  return result;
}

/* domain.md 5a: exact, near, far, missing neutral. */
static void
test_levels (void)
{
  static const struct { const char *birth, *other; KithMatchLevel level; } births[] = {
    { "1988-04-07", "19880407", KITH_MATCH_EXACT }, { "1988-04-07", "1988-07-04", KITH_MATCH_NEAR }, { "1988-04-07", "1988-04-08", KITH_MATCH_NEAR },
    { "1988-04-07", "1989-04-07", KITH_MATCH_NEAR }, { "1988-04-07", "1988", KITH_MATCH_NEAR }, { "1988-04-07", "1988-04", KITH_MATCH_NEAR },
    { "1988-04-07", "1988-04-29", KITH_MATCH_FAR }, { "1988-04-07", "1952-04-07", KITH_MATCH_FAR }, { "1988-04-07", "1989", KITH_MATCH_DIFFERS },
    { "1988-04-07", "1952-11-23", KITH_MATCH_DIFFERS }, { "1988-04-07", NULL, KITH_MATCH_MISSING }, { "1988-04-07", "unknown", KITH_MATCH_MISSING },
    { "1988-04-07", "4/7/88", KITH_MATCH_MISSING }, { "1988-04-07", "04/07/1988", KITH_MATCH_MISSING },
  };
  static const struct { const char *given, *other; KithMatchLevel level; } names[] = {
    { "María", "maria", KITH_MATCH_EXACT }, { "Marie", "Maria", KITH_MATCH_NEAR }, { "Bob", "Robert", KITH_MATCH_NEAR }, { "María José", "José", KITH_MATCH_NEAR },
    { "Mary-Ann", "Maryann", KITH_MATCH_EXACT }, { "J", "John", KITH_MATCH_FAR }, { "Catherine", "Cathryn", KITH_MATCH_FAR }, { "Catherine", "Kathy", KITH_MATCH_NEAR }, { "Ann", "Zoltan", KITH_MATCH_DIFFERS },
    { "Ann", " ", KITH_MATCH_MISSING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    g_assert_cmpint (weigh ("Ann", "Lee", births[i].birth, "Ann", "Lee", births[i].other).levels[KITH_MATCH_BIRTH], ==, births[i].level);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (weigh (names[i].given, "Lee", "1988", names[i].other, "Lee", "1988").levels[KITH_MATCH_GIVEN], ==, names[i].level);
}

static void
test_missing_is_neutral (void)
{
  g_autoptr (KithMatchPerson) a = person ("Ann", "Lee", "1988-04-07", "(619) 555-0100", NULL);
  g_autoptr (KithMatchPerson) b = person ("Ann", "Lee", "1988-04-07", NULL, "4 Elm Street");
  KithMatchResult without = weigh ("Ann", "Lee", "1988-04-07", "Ann", "Lee", "1988-04-07"), result;

  kith_match_weigh (a, b, NULL, 100000, KITH_MATCH_ALL, &result);
  g_assert_cmpint (result.levels[KITH_MATCH_PHONE], ==, KITH_MATCH_MISSING);
  near_to (result.weight, without.weight);
}

static void
test_swapped_names (void)
{
  KithMatchResult swapped = weigh ("García", "Ernesto", "1988-04-07", "Ernesto", "García", "1988-04-07");
  KithMatchResult straight = weigh ("Ernesto", "García", "1988-04-07", "Ernesto", "García", "1988-04-07");

  g_assert_true (swapped.swapped);
  g_assert_false (straight.swapped);
  g_assert_cmpfloat (swapped.weight, <, straight.weight);
  g_assert_cmpint (swapped.zone, ==, KITH_MATCH_LINK);
}

/* Two family names (issue 3): one of them is enough, in either place. */
static void
test_two_family_names (void)
{
  g_autoptr (KithMatchPerson) a = person ("Ana", "García", "1988-04-07", NULL, NULL), b = person ("Ana", "López", "1988-04-07", NULL, NULL);
  KithMatchResult result;

  kith_match_person_add (a, KITH_MATCH_FAMILY, "López");
  kith_match_weigh (a, b, NULL, 100000, KITH_MATCH_ALL, &result);
  g_assert_cmpint (result.levels[KITH_MATCH_FAMILY], ==, KITH_MATCH_EXACT);
  g_assert_cmpint (weigh ("Ana", "García López", NULL, "Ana", "Lopez", NULL).levels[KITH_MATCH_FAMILY], ==, KITH_MATCH_NEAR);
  g_assert_cmpint (weigh ("Ana", "de la Cruz", NULL, "Ana", "Delacruz", NULL).levels[KITH_MATCH_FAMILY], ==, KITH_MATCH_EXACT);
}

/* People of one household share all but who they are. */
static void
test_household_is_no_match (void)
{
  g_autoptr (KithMatchPerson) a = person ("Ana", "García", "1988-04-07", "619 555 0100", "4 Elm Street");
  g_autoptr (KithMatchPerson) b = person ("Ernesto", "García", "1990-11-23", "619 555 0100", "4 Elm Street");
  KithMatchResult result;

  for (guint i = 0; i < 2; i++)
    {
      KithMatchPerson *one = i == 0 ? a : b;
      kith_match_person_add (one, KITH_MATCH_POSTCODE, "92101");
      kith_match_person_add (one, KITH_MATCH_CITY, "San Diego");
      kith_match_person_add (one, KITH_MATCH_STATE, "CA");
      kith_match_person_add (one, KITH_MATCH_UNIT, "Apt 3");
    }
  kith_match_weigh (a, b, NULL, 5000, KITH_MATCH_ALL, &result);
  g_assert_cmpint (result.zone, !=, KITH_MATCH_LINK);
}

static void
test_rare_names_say_more (void)
{
  g_autoptr (KithMatchPerson) a = person ("Ann", "Smith", NULL, NULL, NULL), b = person ("Ann", "Efthimiou", NULL, NULL, NULL);
  g_autoptr (KithMatchCommon) common = kith_match_common_new ();
  KithMatchResult frequent, rare;

  for (guint i = 0; i < 1000; i++)
    kith_match_common_count (common, i == 0 ? b : a);
  kith_match_weigh (a, a, common, 1000, KITH_MATCH_ALL, &frequent);
  kith_match_weigh (b, b, common, 1000, KITH_MATCH_ALL, &rare);
  g_assert_cmpfloat (rare.weight, >, frequent.weight + 3);
}

/* The more people there are, the less the same evidence proves: the three zones of domain.md 5a. */
static void
test_zones (void)
{
  g_autoptr (KithMatchPerson) a = person ("Ann", "Lee", "1988-04-07", NULL, NULL), b = person ("Anne", "Lee", "1988", NULL, NULL);
  static const struct { guint64 people; KithMatchZone zone; } cases[] = { { 1000, KITH_MATCH_LINK }, { 100000, KITH_MATCH_REVIEW }, { 100000000, KITH_MATCH_NO } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KithMatchResult result;
      kith_match_weigh (a, b, NULL, cases[i].people, KITH_MATCH_ALL, &result);
      g_assert_cmpstr (kith_match_zone_name (result.zone), ==, kith_match_zone_name (cases[i].zone));
    }
}

static void
test_client (void)
{
  g_autoptr (JsonNode) body = json_from_string (
      "{\"given_name\":\"Ana\",\"middle_name\":\"Guadalupe\",\"family_name\":\"García\",\"second_family_name\":\"López\",\"date_of_birth\":\"1988-04-07\","
      "\"other_names\":[\"Anita Ruiz\"],\"phones\":[{\"number\":\"+1 (619) 555-0100\"},{\"number\":\"555 0199\"}],"
      "\"address\":{\"address_1\":\"4 Elm St.\",\"postal_code\":\"92101\"}}", NULL);
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get ("client"), "c", json_node_get_object (body));
  g_autoptr (KithMatchPerson) client = kith_match_person_new (), other = person ("Lupe", "Lopez", NULL, "5550100", "4 elm st");
  KithMatchResult result;

  kith_match_person_add_client (client, record);
  g_assert_cmpstr (kith_match_person_get (client, KITH_MATCH_BIRTH), ==, "19880407");
  g_assert_cmpstr (kith_match_person_get (client, KITH_MATCH_PHONE), ==, "5550100");
  kith_match_weigh (client, other, NULL, 100000, KITH_MATCH_ALL, &result);
  g_assert_cmpint (result.levels[KITH_MATCH_FAMILY], ==, KITH_MATCH_EXACT);
  g_assert_cmpint (result.levels[KITH_MATCH_PHONE], ==, KITH_MATCH_EXACT);
  g_assert_cmpint (result.levels[KITH_MATCH_STREET], ==, KITH_MATCH_EXACT);
}

static gboolean
share_key (KithMatchPerson *a, KithMatchPerson *b)
{
  g_autoptr (GPtrArray) left = kith_match_person_keys (a, KITH_MATCH_ALL), right = kith_match_person_keys (b, KITH_MATCH_ALL);

  for (guint i = 0; i < left->len; i++)
    if (g_ptr_array_find_with_equal_func (right, left->pdata[i], g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

static void
test_keys (void)
{
  static const struct { const char *given, *family, *birth; gboolean compared; } cases[] = {
    { "Anna", "Garsia", "1970-01-02", TRUE },   /* both sounds */
    { "García", "Ana", NULL, TRUE },            /* swapped */
    { "Zoltan", "Kovacs", "1988-07-04", TRUE }, /* the day, however written */
    { "Zoltan", "Garza", "1988-12-30", TRUE },  /* one sound and the year */
    { "Zoltan", "Kovacs", "1970-01-02", FALSE },
    { NULL, NULL, NULL, FALSE },
  };
  g_autoptr (KithMatchPerson) ana = person ("Ana", "García", "1988-04-07", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithMatchPerson) other = person (cases[i].given, cases[i].family, cases[i].birth, NULL, NULL);
      g_assert_cmpint (share_key (ana, other), ==, cases[i].compared);
    }
}

static void
test_clusters (void)
{
  g_autoptr (KithMatchBatch) batch = g_new0 (KithMatchBatch, 1);
  const KithMatchPair pairs[] = { { .a = 1, .b = 4, .zone = KITH_MATCH_LINK }, { .a = 4, .b = 3, .zone = KITH_MATCH_LINK }, { .a = 0, .b = 1, .zone = KITH_MATCH_REVIEW } };
  static const guint expected[] = { 0, 1, 2, 1, 1 };
  g_autofree guint *clusters = NULL;

  batch->pairs = g_array_new (FALSE, FALSE, sizeof (KithMatchPair));
  g_array_append_vals (batch->pairs, pairs, G_N_ELEMENTS (pairs));
  clusters = kith_match_clusters (G_N_ELEMENTS (expected), batch);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (clusters[i], ==, expected[i]);
}

/* --- FEBRL (domain.md 5b, 5c) ----------------------------------------------------------------------------------------- */

static const struct
{
  const char *file, *other;
  guint64 blocked, links, scores[7]; /* all 0: not published */
  double f[4]; /* reached at least: all fields; without the number; name, birth, postcode, street; name and birth */
} sets[] = {
  { "febrl/dataset1.csv", NULL, 2082, 317, { 0, 1380, 376, 9, 30, 145, 142 }, { 0.998, 0.995, 0.99, 0.95 } },
  { "febrl/dataset2.csv", NULL, 48883, 1153, { 0 }, { 0.998, 0.997, 0.99, 0.90 } },
  { "febrl/dataset3.csv", NULL, 39775, 3483, { 0 }, { 0.998, 0.99, 0.98, 0.90 } },
  { "febrl/dataset4a.csv", "febrl/dataset4b.csv", 77249, 3241, { 0, 57435, 16427, 146, 343, 1332, 1566 }, { 0.999, 0.996, 0.994, 0.94 } },
};

static KithFebrl *
read_set (const char *name)
{
  g_autofree char *path = kith_test_reference (name);
  g_autoptr (GError) error = NULL;
  KithFebrl *febrl;

  if (path == NULL)
    return NULL;
  febrl = kith_febrl_read (path, &error);
  g_assert_no_error (error);
  return febrl;
}

typedef struct
{
  const KithFebrl *first, *second;
  guint64 correct;
} Truth;

static void
count_correct (guint a, guint b, gpointer user_data)
{
  Truth *truth = user_data;

  truth->correct += truth->first->persons[a] == truth->second->persons[b];
}

/* domain.md 5b: the published counts and histograms, exactly; all links are right. */
static void
test_toolkit (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (KithFebrl) first = read_set (sets[i].file), second = NULL;
  KithMatchToolkit result;
  Truth truth = { 0 };

  if (first == NULL)
    return;
  second = sets[i].other != NULL ? read_set (sets[i].other) : NULL;
  truth.first = first;
  truth.second = second != NULL ? second : first;
  kith_match_toolkit (first->rows, first->n, second != NULL ? second->rows : NULL, second != NULL ? second->n : 0, &result, count_correct, &truth);
  g_assert_cmpuint (result.blocked, ==, sets[i].blocked);
  g_assert_cmpuint (result.links, ==, sets[i].links);
  g_assert_cmpuint (truth.correct, ==, sets[i].links);
  for (guint score = 1; score < G_N_ELEMENTS (result.scores) && sets[i].scores[1] > 0; score++)
    g_assert_cmpuint (result.scores[score], ==, sets[i].scores[score]);
}

/* domain.md 5c: no weight may change without what it does to the known sets being seen. */
static void
test_weights (gconstpointer data)
{
  static const char *const columns[] = { NULL, "name,dob,postcode,street,unit,city,state", "name,dob,postcode,street", "name,dob" };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (KithFebrl) first = read_set (sets[i].file), second = NULL;

  if (first == NULL)
    return;
  second = sets[i].other != NULL ? read_set (sets[i].other) : NULL;
  for (guint column = 0; column < G_N_ELEMENTS (columns); column++)
    {
      guint fields = kith_febrl_fields (columns[column], NULL);
      g_autoptr (KithMatchBatch) batch = kith_match_batch (first->people, second != NULL ? second->people : NULL, fields, NULL, NULL);
      KithFebrlScore score;

      kith_febrl_score (first, second, batch, &score);
      g_test_message ("%s, %s: P %.4f R %.4f F %.4f", sets[i].file, columns[column] != NULL ? columns[column] : "all", score.precision, score.recall, score.f);
      g_assert_cmpfloat (score.f, >=, sets[i].f[column]);
      g_assert_cmpfloat (score.precision, >=, column == 3 ? 0.99 : 0.999);
    }
}

static void
test_fields_of_bench (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (kith_febrl_fields ("name, dob", NULL), ==, KITH_MATCH_NAME | KITH_MATCH_BIT (KITH_MATCH_BIRTH));
  g_assert_cmpuint (kith_febrl_fields ("name,shoe", &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_not_febrl (void)
{
  static const char *const files[] = {
    "", "a,b\n1,2\n",
    "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id\nme, a, b, , , , , , , , \n",
  };
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = kith_test_dir_write (dir, "people.csv", files[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (kith_febrl_read (path, &error));
      g_assert_nonnull (error);
    }
}

/* A cell may hold an extension, or another number: each number is compared by its own end, as it is found, and an extension is none. */
static void
test_phones_of_cell (void)
{
  static const struct { const char *cell, *first, *second; } cases[] = {
    { "619-555-0142 x3", "5550142", NULL }, { "619-555-0142 ext. 12", "5550142", NULL }, { "619/555-0142", "5550142", NULL }, { "030/1234567", "1234567", NULL },
    { "619-555-0142 / 619-555-0199", "5550142", "5550199" }, { "555-0142/555-0199", "5550142", "5550199" }, { "619-555-0199; 619-555-0142 (Rosa)", "5550199", "5550142" },
    { "+49 30/123/4567", "1234567", NULL }, { "0100", "0100", NULL }, { "555x0100", "5550100", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithMatchPerson) self = kith_match_person_new ();

      g_test_message ("%s", cases[i].cell);
      kith_match_person_add (self, KITH_MATCH_PHONE, cases[i].cell);
      g_assert_cmpuint (self->n_wholes[KITH_MATCH_PHONE], ==, cases[i].second != NULL ? 2 : 1);
      g_assert_cmpstr (self->wholes[KITH_MATCH_PHONE][0], ==, cases[i].first);
      g_assert_cmpstr (self->wholes[KITH_MATCH_PHONE][1], ==, cases[i].second);
    }
}

/* A value given twice counts once, wherever it stands: the same phone at home and at work, a nickname that is the given name. */
static void
test_twice (void)
{
  static const char *const phones[] = { "555 0100", "(555) 0100", "555 0199", "555 0100", "555 0142", "5550199" };
  g_autoptr (KithMatchPerson) self = kith_match_person_new ();

  for (guint i = 0; i < G_N_ELEMENTS (phones); i++)
    kith_match_person_add (self, KITH_MATCH_PHONE, phones[i]);
  kith_match_person_add (self, KITH_MATCH_GIVEN, "Ana");
  kith_match_person_add (self, KITH_MATCH_GIVEN, "ana");
  g_assert_cmpuint (self->n_wholes[KITH_MATCH_PHONE], ==, 3);
  g_assert_cmpuint (self->n_wholes[KITH_MATCH_GIVEN], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/model/match/jaro", test_jaro);
  g_test_add_func ("/model/match/symmetric", test_jaro_is_symmetric);
  g_test_add_func ("/model/match/edits", test_edits);
  g_test_add_func ("/model/match/long-words", test_long_words);
  g_test_add_func ("/model/match/soundex", test_soundex);
  g_test_add_func ("/model/match/sound-words", test_sound_words);
  g_test_add_func ("/model/match/date-words", test_date_words);
  g_test_add_func ("/model/match/nicknames", test_nicknames);
  g_test_add_func ("/model/match/levels", test_levels);
  g_test_add_func ("/model/match/missing-is-neutral", test_missing_is_neutral);
  g_test_add_func ("/model/match/swapped-names", test_swapped_names);
  g_test_add_func ("/model/match/two-family-names", test_two_family_names);
  g_test_add_func ("/model/match/household", test_household_is_no_match);
  g_test_add_func ("/model/match/rare-names", test_rare_names_say_more);
  g_test_add_func ("/model/match/zones", test_zones);
  g_test_add_func ("/model/match/client", test_client);
  g_test_add_func ("/model/match/keys", test_keys);
  g_test_add_func ("/model/match/clusters", test_clusters);
  g_test_add_func ("/model/match/fields", test_fields_of_bench);
  g_test_add_func ("/model/match/twice", test_twice);
  g_test_add_func ("/model/match/phones-of-a-cell", test_phones_of_cell);
  g_test_add_func ("/model/match/not-febrl", test_not_febrl);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *name = g_path_get_basename (sets[i].file);
      g_autofree char *toolkit = g_strconcat ("/model/match/5b/", name, NULL), *weights = g_strconcat ("/model/match/5c/", name, NULL);

      g_test_add_data_func (toolkit, GUINT_TO_POINTER (i), test_toolkit);
      g_test_add_data_func (weights, GUINT_TO_POINTER (i), test_weights);
    }
  return g_test_run ();
}
