/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-similar.h"

#include "kith-search.h"
#include "kith-text.h"

#include <string.h>

#define MANY 300        /* rows of one look */
#define SOME 60         /* of a look by what is still being typed */
#define BEST 60         /* weighed with phone and address too */
#define SOUNDS 6
#define PHONE_DIGITS 7
#define COUNTED 5000    /* more than so many bear the name: it is as common as any */
#define TOWN 1000       /* people at least, however few are on this computer: the one being registered may be any of them */
#define LEAST_WEIGHT 5.0 /* bits: more than one common name in common */

typedef struct
{
  KithDb *db;
  KithRecord *record;      /* as typed */
  KithMatchPerson *person;
  KithMatchCommon *common;
  guint64 people;
  GHashTable *found;       /* id → Candidate */
} Look;

typedef struct
{
  char *id;
  gboolean by_phone; /* weighed in full, whatever the name */
  double weight;     /* of name and date of birth */
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *self = data;

  g_free (self->id);
  g_free (self);
}

/**
 * kith_similar_free:
 * @self: (transfer full): one element of what kith_similar_run() found
 */
void
kith_similar_free (KithSimilar *self)
{
  g_free (self->id);
  g_free (self);
}

/* --- looking ---------------------------------------------------------------------------------------------------------- */

static void
take_row (Look *self, KithDbStmt *stmt, gboolean by_phone)
{
  const char *id = kith_db_text (stmt, 0);
  Candidate *candidate = g_hash_table_lookup (self->found, id);
  g_autoptr (KithMatchPerson) person = NULL;
  KithMatchResult result;

  if (candidate != NULL)
    {
      candidate->by_phone |= by_phone;
      return;
    }
  person = kith_match_person_new ();
  kith_match_person_add (person, KITH_MATCH_GIVEN, kith_db_text (stmt, 1));
  kith_match_person_add (person, KITH_MATCH_FAMILY, kith_db_text (stmt, 2));
  kith_match_person_add (person, KITH_MATCH_FAMILY, kith_db_text (stmt, 3));
  kith_match_person_add (person, KITH_MATCH_BIRTH, kith_db_text (stmt, 4));
  kith_match_weigh (self->person, person, self->common, self->people, KITH_MATCH_ALL, &result);
  candidate = g_new0 (Candidate, 1);
  candidate->id = g_strdup (id);
  candidate->by_phone = by_phone;
  candidate->weight = result.weight;
  g_hash_table_insert (self->found, candidate->id, candidate);
}

static gboolean
take_rows (Look *self, KithDbStmt *stmt, gboolean by_phone, GError **error)
{
  KithDbStep step;

  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    take_row (self, stmt, by_phone);
  return step == KITH_DB_DONE;
}

static gboolean
look (Look *self, const char *query, const char *what, guint n, gboolean by_phone, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, what);
  kith_db_bind_int (stmt, 2, n);
  return take_rows (self, stmt, by_phone, error);
}

/* The words of what is typed: as the records here have theirs (kith_record_digits), and those of the name a short form stands for. */
static char *
read_words (Look *self)
{
  g_autofree char *words = kith_record_digits (self->record);
  const char *given = kith_match_person_get (self->person, KITH_MATCH_GIVEN), *formal = kith_match_formal_name (given);
  char sound[KITH_MATCH_WORD_SIZE] = "";

  if (formal != given)
    kith_match_sound_word (formal, sound);
  return g_strconcat (words, " ", sound, NULL);
}

/* "sa500" OR "sg620" */
static char *
any_of (GPtrArray *sounds)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < sounds->len; i++)
    g_string_append_printf (match, "%s\"%s\"", i > 0 ? " OR " : "", (char *) sounds->pdata[i]);
  return g_string_free (match, FALSE);
}

static gboolean
look_by_two_sounds (Look *self, GPtrArray *sounds, GError **error)
{
  g_autoptr (GString) match = g_string_new ("digits : (");

  if (sounds->len < 2)
    return TRUE;
  for (guint i = 0; i < sounds->len; i++)
    for (guint k = i + 1; k < sounds->len; k++)
      g_string_append_printf (match, "%s(\"%s\" AND \"%s\")", i + k > 1 ? " OR " : "", (char *) sounds->pdata[i], (char *) sounds->pdata[k]);
  g_string_append_c (match, ')');
  return look (self, "similar-words", match->str, MANY, FALSE, error);
}

/* word: a year or a day. */
static gboolean
look_by_sound_and (Look *self, GPtrArray *sounds, const char *word, GError **error)
{
  g_autofree char *any = any_of (sounds), *match = g_strdup_printf ("digits : (\"%s\" AND (%s))", word, any);

  return sounds->len == 0 || look (self, "similar-words", match, MANY, FALSE, error);
}

/* As the index is asked for the clients: two of the typed sounds, or one and the year or the day. */
static gboolean
sounds_like (GPtrArray *sounds, char **words, const char *find, const char *born)
{
  g_autofree char *own = kith_search_sounds (find);
  char year[KITH_MATCH_WORD_SIZE] = "", day[KITH_MATCH_WORD_SIZE] = "";
  guint n = 0;

  kith_match_year_word (born, year);
  kith_match_day_word (born, day);
  for (guint i = 0; i < sounds->len; i++)
    {
      g_autofree char *word = g_strconcat (" ", (char *) sounds->pdata[i], " ", NULL);

      n += strstr (own, word) != NULL;
    }
  return n >= 2 || (n == 1 && ((*year != '\0' && g_strv_contains ((const char *const *) words, year)) ||
                               (*day != '\0' && g_strv_contains ((const char *const *) words, day))));
}

/* Those known by a care record alone have their sounds in no index: they are few. */
static gboolean
look_alone (Look *self, GPtrArray *sounds, char **words, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (sounds->len == 0)
    return TRUE;
  stmt = kith_db_query (self->db, "similar-care-alone", error);
  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (sounds_like (sounds, words, kith_db_text (stmt, 5), kith_db_text (stmt, 4)))
      take_row (self, stmt, FALSE);
  return step == KITH_DB_DONE;
}

static gboolean
look_by_phone (Look *self, const char *reversed, GError **error)
{
  g_autofree char *match = NULL;

  if (strlen (reversed) < PHONE_DIGITS)
    return TRUE;
  match = g_strdup_printf ("digits : \"%.*s\" *", PHONE_DIGITS, reversed);
  return look (self, "similar-words", match, SOME, TRUE, error);
}

static gboolean
look_by_words (Look *self, GError **error)
{
  g_autofree char *text = read_words (self);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) sounds = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] == 's' && sounds->len < SOUNDS && !g_ptr_array_find_with_equal_func (sounds, words[i], g_str_equal, NULL))
      g_ptr_array_add (sounds, words[i]);
  if (!look_by_two_sounds (self, sounds, error) || !look_alone (self, sounds, words, error))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean date = words[i][0] == 'y' || words[i][0] == 'd';

      if (date && !look_by_sound_and (self, sounds, words[i], error))
        return FALSE;
      if (g_ascii_isdigit (words[i][0]) && !look_by_phone (self, words[i], error))
        return FALSE;
    }
  return TRUE;
}

/* Among the clients' own records, and the care records of those whose own is not here: what they are known by there. */
static gboolean
look_born (Look *self, const char *born, GError **error)
{
  return look (self, "similar-born", born, MANY, FALSE, error) && look (self, "similar-care-born", born, MANY, FALSE, error);
}

static gboolean
look_by_birth (Look *self, GError **error)
{
  const char *born = kith_record_string (self->record, "date_of_birth");
  g_autofree char *swapped = kith_match_swapped_day (born);

  if (!kith_text_is_date (born))
    return TRUE;
  return look_born (self, born, error) && (swapped == NULL || look_born (self, swapped, error));
}

/* A name whose end is still to come: its sound is not known yet. */
static gboolean
look_by_beginnings (Look *self, GError **error)
{
  static const char *const fields[] = { "given_name", "family_name" };
  g_autoptr (GString) match = g_string_new ("find : (");
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *folded = kith_text_fold (kith_record_string (self->record, fields[i]));
      g_auto (GStrv) words = g_strsplit (folded, " ", -1);

      for (guint k = 0; words[k] != NULL; k++)
        if (g_utf8_strlen (words[k], -1) >= 2)
          g_string_append_printf (match, "%s\"%s\" *", n++ > 0 ? " AND " : "", words[k]);
    }
  g_string_append_c (match, ')');
  return n == 0 || (look (self, "similar-words", match->str, n > 1 ? MANY : SOME, FALSE, error) &&
                    look (self, "similar-care-words", match->str, n > 1 ? MANY : SOME, FALSE, error));
}

/* --- weighing --------------------------------------------------------------------------------------------------------- */

static gboolean
count_name (Look *self, KithMatchField field, const char *text, GError **error)
{
  g_autofree char *folded = kith_text_fold (text);
  g_autofree char *match = g_strdup_printf ("find : (\"%s\")", folded);
  gint64 n = 0;

  if (*folded == '\0')
    return TRUE;
  if (!kith_db_fetch_int (self->db, &n, error, "similar-count", "si", match, (gint64) COUNTED))
    return FALSE;
  if (n > 0)
    kith_match_common_set (self->common, field, kith_match_person_get (self->person, field), (guint64) n);
  return TRUE;
}

static gboolean
count_names (Look *self, GError **error)
{
  gint64 people = 0;

  if (!kith_db_fetch_int (self->db, &people, error, "similar-people", ""))
    return FALSE;
  self->people = (guint64) MAX (people, TOWN);
  kith_match_common_set_people (self->common, self->people);
  return count_name (self, KITH_MATCH_GIVEN, kith_record_string (self->record, "given_name"), error)
         && count_name (self, KITH_MATCH_FAMILY, kith_record_string (self->record, "family_name"), error);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = *(Candidate *const *) a, *second = *(Candidate *const *) b;

  if (first->by_phone != second->by_phone)
    return first->by_phone ? -1 : 1;
  if (first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;
  return strcmp (first->id, second->id);
}

static int
compare_similar (gconstpointer a, gconstpointer b)
{
  const KithSimilar *first = *(KithSimilar *const *) a, *second = *(KithSimilar *const *) b;

  if (first->result.zone != second->result.zone)
    return (int) second->result.zone - (int) first->result.zone;
  if (first->result.weight != second->result.weight)
    return first->result.weight > second->result.weight ? -1 : 1;
  return strcmp (first->id, second->id);
}

static gboolean
weigh_client (Look *self, const char *id, GPtrArray *similar, GError **error)
{
  g_autofree char *body = kith_db_fetch_text (self->db, NULL, "similar-client", "s", id);
  g_autoptr (KithRecord) client = body != NULL ? kith_record_parse (kith_kind_get ("client"), id, body, -1, error) : NULL;
  g_autoptr (KithMatchPerson) person = kith_match_person_new ();
  KithMatchResult result;
  KithSimilar *hit;

  if (client == NULL)
    return body == NULL;
  kith_match_person_add_client (person, client);
  kith_match_weigh (self->person, person, self->common, self->people, KITH_MATCH_ALL, &result);
  if (result.weight < LEAST_WEIGHT)
    return TRUE;
  hit = g_new0 (KithSimilar, 1);
  hit->id = g_strdup (id);
  hit->result = result;
  g_ptr_array_add (similar, hit);
  return TRUE;
}

static GPtrArray *
weigh_all (Look *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  g_autoptr (GPtrArray) similar = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_similar_free);
  GHashTableIter iter;
  gpointer candidate;

  g_hash_table_iter_init (&iter, self->found);
  while (g_hash_table_iter_next (&iter, NULL, &candidate))
    g_ptr_array_add (candidates, candidate);
  g_ptr_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && i < BEST; i++)
    if (!weigh_client (self, ((Candidate *) candidates->pdata[i])->id, similar, error))
      return NULL;
  g_ptr_array_sort (similar, compare_similar);
  if (similar->len > limit)
    g_ptr_array_set_size (similar, (int) limit);
  return g_steal_pointer (&similar);
}

GPtrArray *
kith_similar_run (KithDb *db, JsonObject *values, guint limit, GError **error)
{
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get ("client"), NULL, values);
  g_autoptr (KithMatchPerson) person = kith_match_person_new ();
  g_autoptr (KithMatchCommon) common = kith_match_common_new ();
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, candidate_free);
  Look self = { .db = db, .record = record, .person = person, .common = common, .found = found };

  kith_match_person_add_client (person, record);
  if (!count_names (&self, error) || !look_by_words (&self, error) || !look_by_birth (&self, error) || !look_by_beginnings (&self, error))
    return NULL;
  return weigh_all (&self, limit, error);
}

GPtrArray *
kith_similar_weigh (KithDb *db, JsonObject *values, GPtrArray *clients, GError **error)
{
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get ("client"), NULL, values);
  g_autoptr (KithMatchPerson) person = kith_match_person_new ();
  g_autoptr (KithMatchCommon) common = kith_match_common_new ();
  g_autoptr (GPtrArray) similar = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_similar_free);
  Look self = { .db = db, .record = record, .person = person, .common = common };

  kith_match_person_add_client (person, record);
  if (!count_names (&self, error))
    return NULL;
  for (guint i = 0; i < clients->len; i++)
    if (!weigh_client (&self, clients->pdata[i], similar, error))
      return NULL;
  g_ptr_array_sort (similar, compare_similar);
  return g_steal_pointer (&similar);
}
