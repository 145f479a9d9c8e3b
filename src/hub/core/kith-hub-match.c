/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-match.h"

/* Who may be the same person as a client that came or changed (domain.md 5). Lines of clients and consents are gone through in the order
 * of their numbers, as a desk pulls them: how far is on record, so nothing is left out and nothing waits for it. Candidates come from
 * the words of the search index (sounds, days, years, phones), so many of each look and no more; the model weighs them. */

#define LINES 500       /* of a turn */
#define CLIENTS 4       /* likewise: a look in a large town takes some milliseconds, and nobody is answered during a turn */
#define MANY 100        /* candidates of one look */
#define SOUNDS 5
#define KEPT 20         /* proposals for one client */
#define COUNTED 5000
#define TOWN 1000
#define PHONE_DIGITS 7
#define OPERATIONS 50   /* of a turn, and what the client it is at brings: one transaction, as each commit waits for the disk */

typedef struct
{
  KithHub *hub;
  GPtrArray *ops;      /* (element-type JsonObject): the turn's, for kith_hub_submit_batch() */
  KithRecord *client;
  KithMatchPerson *person;
  KithMatchCommon *common;
  guint64 people;
  gboolean findable, restricted;
  GHashTable *found;   /* id → Candidate */
} Look;

typedef struct
{
  KithRecord *client;
  KithMatchResult result;
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *self = data;

  g_object_unref (self->client);
  g_free (self);
}

static void
look_clear (Look *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->person, kith_match_person_free);
  g_clear_pointer (&self->common, kith_match_common_free);
  g_clear_pointer (&self->found, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* --- candidates ------------------------------------------------------------------------------------------------------- */

static void
take (Look *self, KithRecord *client)
{
  const char *id = kith_record_get_id (client);
  g_autoptr (KithMatchPerson) person = NULL;
  Candidate *candidate;

  if (g_str_equal (id, kith_record_get_id (self->client)) || g_hash_table_contains (self->found, id))
    return;
  candidate = g_new0 (Candidate, 1);
  candidate->client = g_object_ref (client);
  person = kith_match_person_new ();
  kith_match_person_add_client (person, client);
  kith_match_weigh (self->person, person, self->common, self->people, KITH_MATCH_ALL, &candidate->result);
  g_hash_table_insert (self->found, (gpointer) kith_record_get_id (candidate->client), candidate);
}

static gboolean
look (Look *self, const char *match, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->hub->db, "lookup-clients", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, match);
  kith_db_bind_int (stmt, 2, MANY);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (KithRecord) client = kith_record_cache_parse (self->hub->parsed, kith_kind_get ("client"), kith_db_text (stmt, 0),
                                                               kith_db_text (stmt, 1), error);

      if (client == NULL)
        return FALSE;
      take (self, client);
    }
  return step == KITH_DB_DONE;
}

/* The narrow looks first. A day or a phone with one sound, two sounds with the year, two sounds alone. */
static gboolean
look_by_sounds (Look *self, GPtrArray *sounds, GPtrArray *days, const char *year, GError **error)
{
  for (guint i = 0; i < sounds->len; i++)
    for (guint d = 0; d < days->len; d++)
      {
        g_autofree char *match = g_strdup_printf ("digits : (\"%s\" AND \"%s\")", (char *) days->pdata[d], (char *) sounds->pdata[i]);

        if (!look (self, match, error))
          return FALSE;
      }
  for (guint i = 0; i < sounds->len; i++)
    for (guint k = i + 1; k < sounds->len; k++)
      {
        g_autofree char *both = g_strdup_printf ("\"%s\" AND \"%s\"", (char *) sounds->pdata[i], (char *) sounds->pdata[k]);
        g_autofree char *of_year = g_strdup_printf ("digits : (\"%s\" AND %s)", year, both), *any = g_strdup_printf ("digits : (%s)", both);

        if ((year != NULL && !look (self, of_year, error)) || !look (self, any, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
find_candidates (Look *self, GError **error)
{
  g_autofree char *digits = kith_record_digits (self->client);
  const char *given = kith_match_person_get (self->person, KITH_MATCH_GIVEN), *formal = kith_match_formal_name (given);
  g_auto (GStrv) words = g_strsplit (digits != NULL ? digits : "", " ", -1);
  g_autoptr (GPtrArray) sounds = g_ptr_array_new (), days = g_ptr_array_new ();
  const char *year = NULL;
  char formal_sound[KITH_MATCH_WORD_SIZE] = "";

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == 's' && sounds->len < SOUNDS && !g_ptr_array_find_with_equal_func (sounds, words[i], g_str_equal, NULL))
        g_ptr_array_add (sounds, words[i]);
      else if (words[i][0] == 'd')
        g_ptr_array_add (days, words[i]);
      else if (words[i][0] == 'y')
        year = words[i];
      else if (g_ascii_isdigit (words[i][0]) && strlen (words[i]) >= PHONE_DIGITS)
        {
          g_autofree char *match = g_strdup_printf ("digits : \"%.*s\" *", PHONE_DIGITS, words[i]);

          if (!look (self, match, error))
            return FALSE;
        }
    }
  if (formal != given)
    kith_match_sound_word (formal, formal_sound);
  if (*formal_sound != '\0' && !g_ptr_array_find_with_equal_func (sounds, formal_sound, g_str_equal, NULL))
    g_ptr_array_add (sounds, formal_sound);
  return look_by_sounds (self, sounds, days, year, error);
}

static gboolean
count_name (Look *self, KithMatchField field, const char *text, GError **error)
{
  g_autofree char *folded = kith_text_fold (text != NULL ? text : "");
  g_autofree char *match = g_strdup_printf ("find : (\"%s\")", folded);
  gint64 n = 0;

  if (*folded == '\0')
    return TRUE;
  if (!kith_db_fetch_int (self->hub->db, &n, error, "match-count", "si", match, (gint64) COUNTED))
    return FALSE;
  if (n > 0)
    kith_match_common_set (self->common, field, kith_match_person_get (self->person, field), (guint64) n);
  return TRUE;
}

/* FALSE without error: there is no such client. */
static gboolean
prepare (Look *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 people = 0;

  self->client = kith_world_get (self->hub->world, "client", id, &local);
  if (local == NULL && self->client != NULL)
    self->findable = kith_access_findable (self->hub->world, self->client, kith_hub_now (self->hub), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->client == NULL)
    return FALSE;
  self->restricted = kith_record_bool (self->client, "restricted");
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, candidate_free);
  self->person = kith_match_person_new ();
  self->common = kith_match_common_new ();
  kith_match_person_add_client (self->person, self->client);
  if (!kith_db_fetch_int (self->hub->db, &people, error, "match-people", ""))
    return FALSE;
  self->people = (guint64) MAX (people, TOWN);
  kith_match_common_set_people (self->common, self->people);
  return count_name (self, KITH_MATCH_GIVEN, kith_record_string (self->client, "given_name"), error) &&
         count_name (self, KITH_MATCH_FAMILY, kith_record_string (self->client, "family_name"), error);
}

/* --- proposals -------------------------------------------------------------------------------------------------------- */

static void
propose (Look *self, const char *other, const char *zone)
{
  const char *id = kith_record_get_id (self->client);
  gboolean before = strcmp (id, other) < 0;

  kith_hub_add_own (self->hub, self->ops,
                    kith_json_new ("op", "s", "match.propose", "a", "o",
                                   kith_json_new ("first", "s", before ? id : other, "second", "s", before ? other : id, "zone", "s", zone, NULL), NULL));
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = *(Candidate *const *) a, *second = *(Candidate *const *) b;

  if (first->result.weight != second->result.weight)
    return first->result.weight > second->result.weight ? -1 : 1;
  return strcmp (kith_record_get_id (first->client), kith_record_get_id (second->client));
}

/* A town has several people of a common name. Whose birth date is quite another, and who share neither number, phone nor street, are two:
 * a card for each such pair would teach people to pass over the cards. */
static gboolean
is_only_namesake (const KithMatchResult *result)
{
  return result->levels[KITH_MATCH_BIRTH] == KITH_MATCH_DIFFERS && result->levels[KITH_MATCH_NUMBER] < KITH_MATCH_NEAR &&
         result->levels[KITH_MATCH_PHONE] < KITH_MATCH_NEAR && result->levels[KITH_MATCH_STREET] < KITH_MATCH_NEAR;
}

/* Across agencies only those who may be found; the operation asks it again of both. */
static gboolean
is_candidate (Look *self, const Candidate *candidate)
{
  return candidate->result.zone != KITH_MATCH_NO && !is_only_namesake (&candidate->result) &&
         !kith_record_bool (candidate->client, "restricted") &&
         (self->findable || kith_record_is (candidate->client, "agency", kith_record_string (self->client, "agency")));
}

static void
propose_best (Look *self)
{
  g_autoptr (GPtrArray) best = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer candidate;

  if (self->restricted)
    return;
  g_hash_table_iter_init (&iter, self->found);
  while (g_hash_table_iter_next (&iter, NULL, &candidate))
    if (is_candidate (self, candidate))
      g_ptr_array_add (best, candidate);
  g_ptr_array_sort (best, compare_candidates);
  for (guint i = 0; i < best->len && i < KEPT; i++)
    {
      Candidate *one = best->pdata[i];

      propose (self, kith_record_get_id (one->client), kith_match_zone_name (one->result.zone));
    }
}

static gboolean
is_candidate_still (Look *self, const char *other)
{
  const Candidate *candidate = g_hash_table_lookup (self->found, other);

  return !self->restricted && candidate != NULL && is_candidate (self, candidate);
}

/* What a client before it in this turn would have proposed, and is not there yet. */
static void
withdraw_pending (Look *self, guint n)
{
  const char *id = kith_record_get_id (self->client);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *args = kith_json_object (self->ops->pdata[i], "a");
      const char *first = kith_json_string (args, "first"), *second = kith_json_string (args, "second");
      const char *other = g_str_equal (first, id) ? second : g_str_equal (second, id) ? first : NULL;

      if (other != NULL && !is_candidate_still (self, other))
        propose (self, other, "no");
    }
}

/* What was proposed of this client before and is so no more. */
static gboolean
withdraw_old (Look *self, GError **error)
{
  static const char *const fields[] = { "first", "second" };
  const char *id = kith_record_get_id (self->client);

  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    {
      g_autoptr (GPtrArray) matches = kith_world_find (self->hub->world, NULL, "match", fields[f], id, NULL, error);

      if (matches == NULL)
        return FALSE;
      for (guint i = 0; i < matches->len; i++)
        {
          const char *other = kith_record_string (matches->pdata[i], fields[1 - f]);

          if (kith_record_is (matches->pdata[i], "state", "proposed") && !is_candidate_still (self, other))
            propose (self, other, "no");
        }
    }
  return TRUE;
}

static gboolean
match_client (KithHub *self, const char *id, GPtrArray *ops, GError **error)
{
  g_auto (Look) look = { .hub = self, .ops = ops };
  g_autoptr (GError) local = NULL;
  guint before = ops->len;

  if (prepare (&look, id, &local) && find_candidates (&look, &local) && withdraw_old (&look, &local))
    {
      propose_best (&look);
      withdraw_pending (&look, before);
      return TRUE;
    }
  g_ptr_array_set_size (ops, (int) before);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- in turn ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  char *client;
  gint64 q; /* of its line */
} Next;

static void
next_clear (gpointer data)
{
  g_free (((Next *) data)->client);
}

static gboolean
is_among (GArray *clients, const char *client)
{
  for (guint i = 0; i < clients->len; i++)
    if (g_str_equal (g_array_index (clients, Next, i).client, client))
      return TRUE;
  return FALSE;
}

/* The clients that the lines after upto tell of, each once; upto: then the number of the last line read. */
static GArray *
next_clients (KithHub *self, gint64 *upto, gboolean *more, GError **error)
{
  g_autoptr (GArray) clients = g_array_new (FALSE, FALSE, sizeof (Next));
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step = KITH_DB_DONE;
  guint n = 0;

  g_array_set_clear_func (clients, next_clear);
  stmt = kith_db_query (self->db, "match-lines", error);
  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, *upto);
  kith_db_bind_int (stmt, 2, LINES);
  while (clients->len < CLIENTS && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *client = kith_db_text (stmt, 1);

      n++;
      *upto = kith_db_int (stmt, 0);
      if (client != NULL && !is_among (clients, client))
        {
          Next next = { g_strdup (client), *upto };

          g_array_append_val (clients, next);
        }
    }
  *more = clients->len == CLIENTS || n == LINES;
  return step == KITH_DB_FAILED ? NULL : g_steal_pointer (&clients);
}

/* A note that a power failure takes away only has the turn done again. */
static gboolean
note_upto (KithHub *self, gint64 upto, GError **error)
{
  gboolean noted;

  if (!kith_db_set_lazy_sync (self->db, TRUE, error))
    return FALSE;
  noted = kith_db_run (self->db, error, "match-note", "i", upto);
  return kith_db_set_lazy_sync (self->db, FALSE, noted ? error : NULL) && noted;
}

static gboolean
pass_over (KithHub *self, const char *client, GError *failure, GError **error)
{
  g_autoptr (GError) local = failure;

  if (kith_hub_is_everybodys (self, local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_warning ("Client %s could not be compared with others (%s) and is passed over. Run kith-hub check.", client, local->message);
  self->counts.damaged++;
  return TRUE;
}

/**
 * kith_hub_match_clients:
 * @n_done: counts the operations
 *
 * A turn of the matching: so many of the lines since the last one, and what they bring in one transaction. A crash in the middle does
 * the turn again, which changes nothing that was done.
 */
gboolean
kith_hub_match_clients (KithHub *self, guint *n_done, GError **error)
{
  gint64 from = 0, upto;
  g_autoptr (GArray) clients = NULL;
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (!kith_db_fetch_int (self->db, &from, error, "match-read", ""))
    return FALSE;
  upto = from;
  clients = next_clients (self, &upto, &self->matching, error);
  if (clients == NULL)
    return FALSE;
  for (guint i = 0; i < clients->len; i++)
    {
      Next *next = &g_array_index (clients, Next, i);
      GError *local = NULL;

      if (!match_client (self, next->client, ops, &local) && !pass_over (self, next->client, local, error))
        return FALSE;
      if (ops->len >= OPERATIONS && i + 1 < clients->len)
        {
          self->matching = TRUE;
          upto = next->q;
          break;
        }
    }
  return kith_hub_carry_out (self, ops, n_done, error) && (upto == from || note_upto (self, upto, error));
}
