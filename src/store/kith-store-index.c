/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The index for searching. It has external content: what it was told of a row must be told back exactly when the row changes. It
 * is told once per transaction, at its end, in the order of the rows' numbers: a rebase writes the same rows several times and
 * mostly ends with the text it began with, and each savepoint over an index that has been written to would write out a segment.
 * For the same reason the triggers that the kinds' schema has are dropped (kith-store-tables.c). */

#include "kith-store-private.h"

#define MOST_NOTED 4000 /* rows whose texts are kept in memory; then the index is told at once */
#define MANY_GONE 500   /* rows of a kind that go at once, */
#define PART_GONE 20    /* and a part of all: one of so many */

/* What the index knows of a row: its number there, and up to two texts. */
typedef struct
{
  gint64 rid; /* 0: no such row */
  char *texts[2];
} Indexed;

static void
indexed_free (gpointer data)
{
  Indexed *self = data;

  g_free (self->texts[0]);
  g_free (self->texts[1]);
  g_free (self);
}

typedef struct
{
  const KithKind *kind;
  char *id;
  Indexed *known;
  Indexed *now; /* what it is to know of a row made in this transaction; NULL: to be read */
} Noted;

static guint
noted_hash (gconstpointer key)
{
  const Noted *noted = key;

  return g_str_hash (noted->id) ^ g_direct_hash (noted->kind);
}

static gboolean
noted_equal (gconstpointer a, gconstpointer b)
{
  const Noted *x = a, *y = b;

  return x->kind == y->kind && g_str_equal (x->id, y->id);
}

static void
noted_free (gpointer data)
{
  Noted *self = data;

  g_free (self->id);
  indexed_free (self->known);
  g_clear_pointer (&self->now, indexed_free);
  g_free (self);
}

static Indexed *
read_indexed (KithStore *self, const KithStoreSql *sql, const char *id, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql->old, error);
  Indexed *indexed;
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, id);
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_FAILED)
    return NULL;
  indexed = g_new0 (Indexed, 1);
  if (step == KITH_DB_DONE)
    return indexed;
  indexed->rid = kith_db_int (stmt, 0);
  indexed->texts[0] = g_strdup (kith_db_text (stmt, 1));
  if (sql->searched && sql->digits)
    indexed->texts[1] = g_strdup (kith_db_text (stmt, 2));
  return indexed;
}

/* One thing the index is told. */
typedef struct
{
  const KithStoreSql *sql;
  const Indexed *row;
  gboolean in;
} Telling;

static int
compare_tellings (gconstpointer a, gconstpointer b)
{
  const Telling *x = a, *y = b;

  if (x->sql != y->sql)
    return x->sql < y->sql ? -1 : 1;
  if (x->row->rid != y->row->rid)
    return x->row->rid < y->row->rid ? -1 : 1;
  return (int) x->in - (int) y->in; /* a number may have gone to another row: out before in */
}

static gboolean
tell (KithStore *self, const Telling *telling, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, telling->in ? telling->sql->index : telling->sql->unindex, error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, telling->row->rid);
  kith_db_bind_text (stmt, 2, telling->row->texts[0]);
  if (telling->sql->searched && telling->sql->digits)
    kith_db_bind_text (stmt, 3, telling->row->texts[1]);
  return kith_db_step_done (stmt, error);
}

static gboolean
is_same (const Indexed *a, const Indexed *b)
{
  return a->rid == b->rid && g_strcmp0 (a->texts[0], b->texts[0]) == 0 && g_strcmp0 (a->texts[1], b->texts[1]) == 0;
}

static gboolean
compare_noted (KithStore *self, const Noted *noted, GArray *tellings, GPtrArray *rows, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, noted->kind);
  Indexed *now = noted->now != NULL ? noted->now : read_indexed (self, sql, noted->id, error);
  Telling out = { sql, noted->known, FALSE }, in = { sql, now, TRUE };

  if (now == NULL)
    return FALSE;
  if (now != noted->now)
    g_ptr_array_add (rows, now);
  if (is_same (noted->known, now))
    return TRUE;
  if (noted->known->rid != 0)
    g_array_append_val (tellings, out);
  if (now->rid != 0)
    g_array_append_val (tellings, in);
  return TRUE;
}

/* The index overwrites what it forgets (secure-delete), and finds each word of each row by itself for that: a hundred times what putting the row in
 * costs. Where a good part of a kind goes at once it is told to note only what goes, as it does without that option, and at the end of the
 * transaction is written anew in one piece: nothing of what went is in that, and the pages it leaves are overwritten like all others. */
static gboolean
loosen (KithStore *self, const Telling *tellings, guint n, GError **error)
{
  const KithStoreSql *sql = tellings->sql;
  g_autoptr (KithDbStmt) stmt = NULL;
  guint gone = 0;

  for (guint i = 0; i < n; i++)
    gone += !tellings[i].in;
  if (gone < MANY_GONE || g_hash_table_contains (self->loose, sql))
    return TRUE;
  stmt = kith_db_prepare (self->db, sql->last, error);
  if (stmt == NULL || kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  if (kith_db_int (stmt, 0) / PART_GONE > gone) /* not fewer than there are */
    return TRUE;
  if (!kith_db_exec (self->db, sql->note, error))
    return FALSE;
  g_hash_table_add (self->loose, (gpointer) sql);
  return TRUE;
}

static gboolean
rebuild_told (KithStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer sql;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    if (!kith_db_exec (self->db, ((const KithStoreSql *) sql)->rebuild, error))
      return FALSE;
  return TRUE;
}

/* Where the index is not as it should be, it is made from the rows, which are written by now: nobody is kept from working by it. */
static gboolean
or_rebuild_told (KithStore *self, gboolean ok, GError *failure, GError **error)
{
  if (ok)
    return TRUE;
  if (!g_error_matches (failure, KITH_DB_ERROR, KITH_DB_ERROR_INDEX))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_error_free (failure);
  return rebuild_told (self, error);
}

static gboolean
tell_kind (KithStore *self, const Telling *tellings, guint n, GError **error)
{
  GError *failure = NULL;
  gboolean ok;

  g_hash_table_add (self->told, (gpointer) tellings->sql);
  ok = loosen (self, tellings, n, &failure);
  for (guint i = 0; ok && i < n; i++)
    ok = tell (self, &tellings[i], &failure);
  return or_rebuild_told (self, ok, failure, error);
}

static gboolean
tighten_all (KithStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->loose);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const KithStoreSql *sql = key;
      GError *failure = NULL;
      gboolean ok = kith_db_exec (self->db, sql->anew, &failure);

      if (!or_rebuild_told (self, ok, failure, error) || !kith_db_exec (self->db, sql->overwrite, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->loose);
  return TRUE;
}

/* Tells the index whatever changed since it was told last. Not inside an operation's savepoint: were that rolled back, nobody would
 * know what the index has forgotten again. */
gboolean
kith_store_index_flush (KithStore *self, GError **error)
{
  g_autoptr (GArray) tellings = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GHashTableIter iter;
  gpointer noted;

  g_return_val_if_fail (self->running == 0, FALSE);
  if (g_hash_table_size (self->noted) == 0)
    return TRUE;
  tellings = g_array_new (FALSE, FALSE, sizeof (Telling));
  rows = g_ptr_array_new_with_free_func (indexed_free);
  g_hash_table_iter_init (&iter, self->noted);
  while (g_hash_table_iter_next (&iter, &noted, NULL))
    if (!compare_noted (self, noted, tellings, rows, error))
      return FALSE;
  g_array_sort (tellings, compare_tellings);
  for (guint i = 0, end; i < tellings->len; i = end)
    {
      const Telling *first = &g_array_index (tellings, Telling, i);

      for (end = i + 1; end < tellings->len && g_array_index (tellings, Telling, end).sql == first->sql;)
        end++;
      if (!tell_kind (self, first, end - i, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->noted);
  return TRUE;
}

static gboolean
mend_index (KithStore *self, const KithStoreSql *sql, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (GError) local = NULL;

  if (sql->proof == NULL || kith_db_exec (self->db, sql->proof, &local))
    return TRUE;
  if (!g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_INDEX))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  transaction = kith_db_transaction_begin (self->db, error);
  return transaction != NULL && kith_db_exec (self->db, sql->rebuild, error) && kith_db_transaction_commit (transaction, error);
}

/**
 * kith_store_mend_indexes:
 *
 * Makes each index that is not as it should be anew, from the rows. Outside of a transaction.
 */
gboolean
kith_store_mend_indexes (KithStore *self, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    if (!mend_index (self, kith_store_sql_for (self, kinds[k]), error))
      return FALSE;
  return TRUE;
}

/* What the index was told it writes when a savepoint begins, or with the commit: were it to fail there, the rows would be gone with it. */
static gboolean
settle (KithStore *self, GError **error)
{
  GError *failure = NULL;
  gboolean ok = g_hash_table_size (self->told) == 0 || (kith_db_savepoint (self->db, "told", &failure) && kith_db_release (self->db, "told", &failure));

  ok = or_rebuild_told (self, ok, failure, error);
  g_hash_table_remove_all (self->told);
  return ok;
}

static gboolean
before_commit_cb (gpointer user_data, GError **error)
{
  return kith_store_index_flush (user_data, error) && tighten_all (user_data, error) && settle (user_data, error);
}

static void
drop_cb (gpointer user_data)
{
  KithStore *self = user_data;

  g_hash_table_remove_all (self->noted);
  g_hash_table_remove_all (self->loose);
  g_hash_table_remove_all (self->told);
}

void
kith_store_index_init (KithStore *self)
{
  self->noted = g_hash_table_new_full (noted_hash, noted_equal, noted_free, NULL);
  self->loose = g_hash_table_new (NULL, NULL);
  self->told = g_hash_table_new (NULL, NULL);
  kith_db_put_off (self->db, before_commit_cb, drop_cb, self);
}

/* known: taken */
static Noted *
add_noted (KithStore *self, const KithKind *kind, const char *id, Indexed *known)
{
  Noted *noted = g_new0 (Noted, 1);

  noted->kind = kind;
  noted->id = g_strdup (id);
  noted->known = known;
  g_hash_table_add (self->noted, noted);
  return noted;
}

/* Before a row is written: what the index knows of it. */
gboolean
kith_store_index_note (KithStore *self, const KithKind *kind, const char *id, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  Noted key = { .kind = kind, .id = (char *) id };
  Noted *noted;
  Indexed *known;

  if (sql->old == NULL)
    return TRUE;
  noted = g_hash_table_lookup (self->noted, &key);
  if (noted != NULL)
    {
      g_clear_pointer (&noted->now, indexed_free);
      return TRUE;
    }
  known = read_indexed (self, sql, id, error);
  if (known == NULL)
    return FALSE;
  add_noted (self, kind, id, known);
  return TRUE;
}

/* After a row was made where none was, outside of an operation: it may be written again in this transaction, but not by itself undone. */
gboolean
kith_store_index_made (KithStore *self, const KithKind *kind, const char *id, gint64 rid, char *texts[2], GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  Noted key = { .kind = kind, .id = (char *) id };
  Noted *noted;

  if (sql->old == NULL)
    return TRUE;
  g_return_val_if_fail (self->running == 0, FALSE);
  noted = g_hash_table_lookup (self->noted, &key);
  if (noted == NULL)
    noted = add_noted (self, kind, id, g_new0 (Indexed, 1));
  g_clear_pointer (&noted->now, indexed_free);
  noted->now = g_new0 (Indexed, 1);
  noted->now->rid = rid;
  noted->now->texts[0] = sql->searched ? g_steal_pointer (&texts[0]) : g_steal_pointer (&texts[1]);
  if (sql->searched && sql->digits)
    noted->now->texts[1] = g_steal_pointer (&texts[1]);
  return kith_store_index_written (self, error);
}

/* After it was written. */
gboolean
kith_store_index_written (KithStore *self, GError **error)
{
  if (kith_db_in_transaction (self->db) && (self->running != 0 || g_hash_table_size (self->noted) < MOST_NOTED))
    return TRUE;
  return kith_store_index_flush (self, error);
}
