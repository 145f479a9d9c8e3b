/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-search.h"

#include "kith-text.h"

#include <string.h>

/* Rows a query for words may give, for each that is shown. Whoever has more than that types another letter; what is meant is
 * found all the same, by whole words and among what is mine or recent. */
#define CANDIDATES 2
#define FEWEST 100  /* candidates, however few are shown */
#define THROUGH 300 /* candidates that are looked through for a word of one letter, of which the index knows nothing */
#define FEW 64      /* hits that are asked one by one whether they are mine or recent: more, and going through those is faster */

#define FEW_BY_SPELLING 5 /* found as it was typed: enough not to ask for what only sounds so */

/* Order (ux.md 2.0): exact names, prefixes of both names, my caseload, recently opened, the rest, what says the same in other words, what only sounds so;
 * within one by name. */
typedef enum
{
  RANK_EXACT,
  RANK_PREFIXES,
  RANK_MINE,
  RANK_RECENT,
  RANK_REST,
  RANK_ALSO,  /* by another word for it, or by the term of a taxonomy it stands under */
  RANK_SOUND, /* spelled another way */
} Rank;

typedef struct
{
  char *id, *find;
  gint64 rid; /* of the record itself; 0: it is known by another one, or its kind's queries do not tell */
  gboolean mine, recent, by_sound;
  Rank rank;
} Hit;

typedef struct
{
  KithDb *db;
  const char *kind;
  KithSearchText *text;
  char *me;
  GHashTable *hits;  /* id → Hit */
  guint most;        /* rows a query for words may give */
  gboolean cut;      /* one would have given more */
} Search;

static void
hit_free (gpointer data)
{
  Hit *self = data;

  g_free (self->id);
  g_free (self->find);
  g_free (self);
}

static void
rate (Search *self, Hit *hit)
{
  guint n = self->text->words->len, whole = 0, begun = 0;

  for (guint i = 0; i < n && hit->find != NULL; i++)
    {
      int how = kith_search_fit (hit->find, self->text->words->pdata[i]);
      whole += how == 2;
      begun += how >= 1;
    }
  if (hit->by_sound)
    hit->rank = RANK_SOUND;
  else if (n > 0 && whole == n)
    hit->rank = RANK_EXACT;
  else if (n > 1 && begun == n)
    hit->rank = RANK_PREFIXES;
  else if (self->text->also != NULL && begun < n)
    hit->rank = RANK_ALSO;
  else if (hit->mine)
    hit->rank = RANK_MINE;
  else if (hit->recent)
    hit->rank = RANK_RECENT;
  else
    hit->rank = RANK_REST;
}

/* --- the queries -------------------------------------------------------------------------------------------------- */

/* Was this hit born when somebody typed? */
static gboolean
born_then (Search *self, const char *id, gboolean *then, GError **error)
{
  g_autofree char *name = g_strdup_printf ("search-%s-date", self->kind);
  g_autofree char *date = NULL;
  g_autoptr (GError) local = NULL;

  *then = FALSE;
  if (kith_db_query_text (self->db, name) == NULL)
    return TRUE;
  date = kith_db_fetch_text (self->db, &local, name, "s", id);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *then = date != NULL && strcmp (date, self->text->date_from) >= 0 && strcmp (date, self->text->date_to) < 0;
  return TRUE;
}

/* Where a row comes from. */
typedef enum
{
  BY_WORDS,
  BY_DIGITS,
  BY_DATE,
  BY_SOUND,
  BY_TERM,        /* it stands under a term of a taxonomy that has the words */
  BY_SOUND_ALONE, /* known by a care record alone, whose sounds no index has: they are few, and compared here */
  MINE,
  RECENT,
} Source;

/* Rows lacking a typed word, or outside of a typed date, are passed over. */
static gboolean
fits (Search *self, const char *id, const char *find, Source source, gboolean *does, GError **error)
{
  *does = TRUE;
  if (source == BY_DIGITS)
    return TRUE;
  if (source == BY_SOUND_ALONE)
    *does = kith_search_text_sounds_like (self->text, find);
  for (guint i = 0; i < self->text->words->len && *does && source != BY_SOUND && source != BY_SOUND_ALONE && source != BY_TERM; i++)
    *does = kith_search_text_has (self->text, i, find);
  return !*does || source == BY_DATE || self->text->date_from == NULL || born_then (self, id, does, error);
}

static gboolean
collect (Search *self, KithDbStmt *stmt, Source source, guint *n_rows, GError **error)
{
  KithDbStep step;

  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *id = kith_db_text (stmt, 0);
      Hit *hit = g_hash_table_lookup (self->hits, id);

      (*n_rows)++;
      if (hit == NULL)
        {
          const char *find = kith_db_text (stmt, 1);
          gboolean does;

          if (!fits (self, id, find, source, &does, error))
            return FALSE;
          if (!does)
            continue;
          hit = g_new0 (Hit, 1);
          hit->id = g_strdup (id);
          hit->find = g_strdup (find);
          hit->by_sound = source == BY_SOUND || source == BY_SOUND_ALONE;
          g_hash_table_insert (self->hits, hit->id, hit);
        }
      if (hit->rid == 0 && kith_db_n_columns (stmt) > 2)
        hit->rid = kith_db_int (stmt, 2);
      hit->mine = hit->mine || source == MINE;
      hit->recent = hit->recent || source == RECENT;
    }
  return step == KITH_DB_DONE;
}

static gboolean
run (Search *self, const char *what, const char *input, Source source, GError **error)
{
  g_autofree char *name = g_strdup_printf ("search-%s-%s", self->kind, what);
  g_autoptr (KithDbStmt) stmt = NULL;
  guint n = 0;

  if (kith_db_query_text (self->db, name) == NULL) /* not every kind has every query */
    return TRUE;
  if ((stmt = kith_db_query (self->db, name, error)) == NULL)
    return FALSE;
  if (input != NULL)
    kith_db_bind_text (stmt, 1, input);
  return collect (self, stmt, source, &n, error);
}

/* As many rows as may be. Sets cut when there may be more; never clears it. */
static gboolean
run_some (Search *self, const char *what, const char *match, gboolean dated, Source source, gboolean *cut, GError **error)
{
  g_autofree char *name = g_strdup_printf ("search-%s-%s", self->kind, what);
  g_autoptr (KithDbStmt) stmt = NULL;
  guint n = 0;
  int at = 1;

  if (kith_db_query_text (self->db, name) == NULL) /* not every kind has every query */
    return TRUE;
  stmt = kith_db_query (self->db, name, error);
  if (stmt == NULL)
    return FALSE;
  if (match != NULL)
    kith_db_bind_text (stmt, at++, match);
  kith_db_bind_int (stmt, at++, self->most);
  if (dated)
    {
      kith_db_bind_text (stmt, at++, self->text->date_from);
      kith_db_bind_text (stmt, at, self->text->date_to);
    }
  if (!collect (self, stmt, source, &n, error))
    return FALSE;
  *cut = *cut || n >= self->most;
  return TRUE;
}

/* Born then: of those few are called so, or few of those called so. */
static gboolean
run_names_born (Search *self, const char *match, gboolean *cut, GError **error)
{
  gboolean many = FALSE;

  if (!run_some (self, "born", NULL, TRUE, BY_DATE, &many, error))
    return FALSE;
  return !many || run_some (self, "words-born", match, TRUE, BY_DATE, cut, error);
}

static gboolean
run_names (Search *self, const char *match, gboolean *cut, GError **error)
{
  if (self->text->date_from != NULL && !run_names_born (self, match, cut, error))
    return FALSE;
  return (self->text->date_from != NULL || run_some (self, "words", match, FALSE, BY_WORDS, cut, error)) &&
         run_some (self, "more", match, FALSE, BY_WORDS, cut, error);
}

/* Asks each hit one question, by one statement. */
static gboolean
mark (Search *self, const char *query, const char *what, gboolean mine, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  GHashTableIter iter;
  gpointer value;

  if (what == NULL || kith_db_query_text (self->db, query) == NULL)
    return TRUE;
  if ((stmt = kith_db_query (self->db, query, error)) == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 2, what);
  g_hash_table_iter_init (&iter, self->hits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Hit *hit = value;
      KithDbStep step;

      kith_db_bind_text (stmt, 1, hit->id);
      if ((step = kith_db_step (stmt, error)) == KITH_DB_FAILED)
        return FALSE;
      *(mine ? &hit->mine : &hit->recent) = step == KITH_DB_ROW;
      kith_db_rewind (stmt);
    }
  return TRUE;
}

/* Nothing was cut off, so what is mine or recent is among the hits. */
static gboolean
mark_hits (Search *self, GError **error)
{
  g_autofree char *is_mine = g_strdup_printf ("search-%s-is-mine", self->kind);

  return mark (self, is_mine, self->me, TRUE, error) && mark (self, "search-is-recent", self->kind, FALSE, error);
}

static gboolean
run_mine_and_recent (Search *self, GError **error)
{
  return (self->me == NULL || run (self, "mine", self->me, MINE, error)) &&
         run (self, "recent", self->kind, RECENT, error);
}

/* Other words for what was typed, where the kind has such (data/sql/store/queries/plain-words.sql). */
static gboolean
read_also (Search *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("search-%s-also", self->kind);
  g_autoptr (KithDbStmt) stmt = NULL;

  if (kith_db_query_text (self->db, name) == NULL)
    return TRUE;
  if ((stmt = kith_db_query (self->db, name, error)) == NULL)
    return FALSE;
  self->text->also = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->text->words->len; i++)
    {
      GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
      KithDbStep step;

      g_ptr_array_add (self->text->also, words);
      kith_db_bind_text (stmt, 1, self->text->words->pdata[i]);
      while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
        g_ptr_array_add (words, g_strdup (kith_db_text (stmt, 0)));
      if (step == KITH_DB_FAILED)
        return FALSE;
      kith_db_rewind (stmt);
    }
  return TRUE;
}

/* After what has the words themselves, which these must not push out: what says the same in other words, or stands under a term that does. */
static gboolean
run_also (Search *self, GError **error)
{
  g_autofree char *match = NULL;
  gboolean more = FALSE;

  if (!read_also (self, error))
    return FALSE;
  if (self->text->also == NULL)
    return TRUE;
  match = kith_search_text_match (self->text, TRUE);
  return run_some (self, "words", match, FALSE, BY_WORDS, &more, error) && run_some (self, "terms", match, FALSE, BY_TERM, &more, error);
}

/* Beginnings of words first. Only where they were cut off is anything else to be found by whole words, in my caseload or
 * among what was opened recently. */
static gboolean
run_words (Search *self, GError **error)
{
  g_autofree char *prefixes = kith_search_text_match (self->text, TRUE);
  g_autofree char *whole = kith_search_text_match (self->text, FALSE);
  gboolean cut = FALSE;

  if (!run_names (self, prefixes, &cut, error) || (!cut && !run_also (self, error)) ||
      (kith_search_text_has_digit (self->text) && !run_some (self, "case", prefixes, FALSE, BY_WORDS, &cut, error)))
    return FALSE;
  if (!cut && g_hash_table_size (self->hits) <= FEW)
    return mark_hits (self, error);
  self->cut = cut;
  return (!cut || run_names (self, whole, &cut, error)) && run_mine_and_recent (self, error);
}

/* Is each hit one by whole words? Then nobody is in the middle of a word. */
static gboolean
all_exact (Search *self)
{
  GHashTableIter iter;
  gpointer hit;

  g_hash_table_iter_init (&iter, self->hits);
  while (g_hash_table_iter_next (&iter, NULL, &hit))
    {
      rate (self, hit);
      if (((Hit *) hit)->rank != RANK_EXACT)
        return FALSE;
    }
  return TRUE;
}

/* Only where little is found as it was typed, and the word is whole: most keystrokes cost nothing more by it. */
static gboolean
run_sounds (Search *self, GError **error)
{
  g_autofree char *match = NULL;

  if (g_hash_table_size (self->hits) >= FEW_BY_SPELLING || !all_exact (self))
    return TRUE;
  match = kith_search_text_sounds (self->text);
  return match == NULL || (run (self, "sounds", match, BY_SOUND, error) && run (self, "sounds-alone", NULL, BY_SOUND_ALONE, error));
}

static gboolean
run_all (Search *self, GError **error)
{
  guint words = self->text->words->len, letters = kith_search_text_letters (self->text);
  gboolean by_words = words > 0;

  if (letters > 0)
    self->most = MAX (self->most, THROUGH);
  self->cut = by_words && words <= letters; /* of one letter the index knows nothing: who is neither mine nor recent is not missing */
  if (by_words && !((words > letters ? run_words (self, error) : run_mine_and_recent (self, error)) && run_sounds (self, error)))
    return FALSE;
  if (self->text->digits != NULL)
    {
      g_autofree char *match = g_strdup_printf ("digits : \"%s\" *", self->text->digits);
      if (!run_some (self, "words", match, FALSE, BY_DIGITS, &self->cut, error) || !run_some (self, "case", match, FALSE, BY_DIGITS, &self->cut, error))
        return FALSE;
    }
  if (self->text->date_from != NULL && !by_words)
    return run_some (self, "born", NULL, TRUE, BY_DATE, &self->cut, error);
  return TRUE;
}

/* --- the order ---------------------------------------------------------------------------------------------------- */

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *first = *(Hit *const *) a, *second = *(Hit *const *) b;

  if (first->rank != second->rank)
    return (int) first->rank - (int) second->rank;
  if (first->mine != second->mine)
    return first->mine ? -1 : 1;
  if (first->recent != second->recent)
    return first->recent ? -1 : 1;
  if (g_strcmp0 (first->find, second->find) != 0)
    return g_strcmp0 (first->find, second->find);
  return strcmp (first->id, second->id);
}

static void
append_rid (Search *self, const char *id, GArray *rids)
{
  const Hit *own = g_hash_table_lookup (self->hits, id);
  gint64 rid = own != NULL ? own->rid : 0;

  g_array_append_val (rids, rid);
}

/* Best first; who has several records here has one line, where the first of them was found. */
static GPtrArray *
take_hits (Search *self, GPtrArray *hits, guint limit, GArray *rids, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 linked = 0;

  if (g_str_equal (self->kind, "client") && hits->len > 0 && !kith_db_fetch_int (self->db, &linked, error, "clients-linked", ""))
    return NULL;
  for (guint i = 0; i < hits->len && ids->len < limit; i++)
    {
      const char *id = ((Hit *) hits->pdata[i])->id;
      g_autofree char *front = linked != 0 ? kith_search_front (self->db, id, self->me, error) : g_strdup (id);

      if (front == NULL)
        return NULL;
      if (g_hash_table_contains (taken, front))
        continue;
      if (rids != NULL)
        append_rid (self, front, rids);
      g_hash_table_add (taken, front);
      g_ptr_array_add (ids, g_steal_pointer (&front));
    }
  return g_steal_pointer (&ids);
}

static GPtrArray *
sort_hits (Search *self, guint limit, GArray *rids, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer hit;

  g_hash_table_iter_init (&iter, self->hits);
  while (g_hash_table_iter_next (&iter, NULL, &hit))
    {
      rate (self, hit);
      g_ptr_array_add (hits, hit);
    }
  g_ptr_array_sort (hits, compare_hits);
  return take_hits (self, hits, limit, rids, error);
}

/**
 * kith_search_find:
 * @limit: how many are shown
 * @rids: (element-type gint64) (nullable): takes of each id the number of its own record's row; 0: it has none here, or its kind's queries do not tell
 * @more: (out) (optional): there are or may be more, which another letter brings
 *
 * However many there are, a bounded number of them is looked at. Those whose names are the typed words, those of one's caseload and
 * those opened recently are looked for by themselves: the crowd does not push them out.
 *
 * Returns: (transfer full) (element-type utf8): ids, best first; empty when nothing was typed that can be looked for
 */
GPtrArray *
kith_search_find (KithDb *db, const char *kind, const char *text, guint limit, GArray *rids, gboolean *more, GError **error)
{
  g_autoptr (KithSearchText) parsed = kith_search_text_parse (text);
  g_autoptr (GHashTable) hits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, hit_free);
  g_autofree char *me = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  Search search = { .db = db, .kind = kind, .text = parsed, .hits = hits, .most = MAX (CANDIDATES * limit, FEWEST) };

  /* One snapshot for all of it: a statement outside takes and gives back the file's locks by itself. */
  if (!kith_db_savepoint (db, "search", error))
    return NULL;
  search.me = me = kith_db_fetch_text (db, NULL, "state-get", "s", "user");
  if (run_all (&search, error) && (ids = sort_hits (&search, limit, rids, error)) != NULL && kith_db_release (db, "search", error))
    {
      if (more != NULL)
        *more = search.cut || (ids->len == limit && g_hash_table_size (hits) > limit);
      return g_steal_pointer (&ids);
    }
  kith_db_rollback_to (db, "search");
  return NULL;
}

GPtrArray *
kith_search_run (KithDb *db, const char *kind, const char *text, guint limit, gboolean *more, GError **error)
{
  return kith_search_find (db, kind, text, limit, NULL, more, error);
}
