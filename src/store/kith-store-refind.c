/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows are found by, made anew in the background: a newer Kith folds texts in another way, or finds a kind by more of its fields (design.md 2.4,
 * ux.md: "index rebuilding"). Until its turn comes a row is found by what it was found by before. How far that came is in the store's state, a line for each
 * kind, so that it goes on after a lock or a power cut. */

#include "kith-store-private.h"

#include <string.h>

#define STATE "refind:"
#define MOST_READ 400 /* rows of a turn: few milliseconds */
#define MOST_TOLD 25  /* of which the index is told: what it forgets it overwrites word by word */

static char *
state_key (const char *kind)
{
  return g_strconcat (STATE, kind, NULL);
}

/* In the caller's transaction. All of the kind is to be gone through, from its first row. */
gboolean
kith_store_refind_begin (KithStore *self, const KithKind *kind, GError **error)
{
  g_autofree char *key = state_key (kind->name);

  return kith_store_set_state_int (self, key, 0, error);
}

gboolean
kith_store_refind_drop (KithStore *self, const char *kind, GError **error)
{
  g_autofree char *key = state_key (kind);

  return kith_db_run (self->db, error, "state-drop", "s", key);
}

/* Of the store's state as it is read. */
void
kith_store_refind_load (KithStore *self, const char *key, const char *value)
{
  const KithKind *kind = g_str_has_prefix (key, STATE) ? kith_kind_get (key + strlen (STATE)) : NULL;
  gint64 *reached;

  if (kind == NULL)
    return;
  reached = g_new (gint64, 1);
  *reached = g_ascii_strtoll (value, NULL, 10);
  g_hash_table_insert (self->refind, (gpointer) kind, reached);
}

typedef struct
{
  gint64 rid;
  char *id, *find, *digits;
  KithStoreRow row;
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_free (self->id);
  g_free (self->find);
  g_free (self->digits);
  kith_store_row_clear (&self->row);
  g_free (self);
}

/* Returns: (transfer full) (nullable): the next rows of the kind, in the order of their numbers */
static GPtrArray *
read_rows (KithStore *self, const KithKind *kind, gint64 after, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  g_autofree char *text = kith_store_sql (kind, "SELECT rid, id, scope, q, body%c FROM %s WHERE rid > ?1 ORDER BY rid LIMIT ?2");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (found_free);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, text, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, after);
  kith_db_bind_int (stmt, 2, MOST_READ);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Found *found = g_new0 (Found, 1);
      int column = 5;

      found->rid = kith_db_int (stmt, 0);
      found->id = g_strdup (kith_db_text (stmt, 1));
      found->row = (KithStoreRow) { kith_db_int (stmt, 2), kith_db_int (stmt, 3), g_strdup (kith_db_text (stmt, 4)) };
      found->find = sql->searched ? g_strdup (kith_db_text (stmt, column++)) : NULL;
      found->digits = sql->digits ? g_strdup (kith_db_text (stmt, column)) : NULL;
      g_ptr_array_add (rows, found);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&rows) : NULL;
}

/* A record that cannot be read is found as it was: nobody is kept from all others by it. */
static gboolean
find_anew (KithStore *self, const KithKind *kind, const Found *found, guint *told, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  g_autoptr (KithRecord) record = kith_record_parse (kind, found->id, found->row.body, -1, NULL);
  g_autofree char *find = record != NULL ? kith_record_find_text (record) : NULL;
  g_autofree char *digits = record != NULL ? kith_record_digits (record) : NULL;

  if (record == NULL || ((!sql->searched || g_strcmp0 (find, found->find) == 0) && (!sql->digits || g_strcmp0 (digits, found->digits) == 0)))
    return TRUE;
  (*told)++;
  return kith_store_write_row (self, kind, found->id, found->row.scope, found->row.q, found->row.body, record, error);
}

/* *reached: the last row that was done; past all of them when the kind is at its end */
static gboolean
take_turn (KithStore *self, const KithKind *kind, gint64 *reached, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (self, kind, *reached, error);
  guint told = 0;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && told < MOST_TOLD; i++)
    {
      const Found *found = rows->pdata[i];

      if (!find_anew (self, kind, found, &told, error))
        return FALSE;
      *reached = found->rid;
    }
  if (rows->len < MOST_READ && told < MOST_TOLD)
    *reached = G_MAXINT64;
  return TRUE;
}

/* The first that is not at its end. */
static const KithKind *
next_kind (KithStore *self, gint64 *reached)
{
  GHashTableIter iter;
  gpointer kind, value;

  g_hash_table_iter_init (&iter, self->refind);
  while (g_hash_table_iter_next (&iter, &kind, &value))
    if ((*reached = *(gint64 *) value) < G_MAXINT64)
      return kind;
  return NULL;
}

static gboolean
drop_all (KithStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer kind;

  g_hash_table_iter_init (&iter, self->refind);
  while (g_hash_table_iter_next (&iter, &kind, NULL))
    if (!kith_store_refind_drop (self, ((const KithKind *) kind)->name, error))
      return FALSE;
  return TRUE;
}

static gboolean
note_reached (KithStore *self, const KithKind *kind, gint64 reached, GError **error)
{
  g_autofree char *key = state_key (kind->name);

  *(gint64 *) g_hash_table_lookup (self->refind, kind) = reached;
  return kith_store_set_state_int (self, key, reached, error);
}

/**
 * kith_store_refind:
 * @more: (out): whether there is more to do
 *
 * A turn of the work, in a transaction of its own: some milliseconds. Nobody's words change by it, and nothing of it is sent.
 *
 * Returns: FALSE when the database failed; what was done before stays
 */
gboolean
kith_store_refind (KithStore *self, gboolean *more, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  const KithKind *kind;
  gint64 reached = 0;
  gboolean ok;

  *more = FALSE;
  if ((kind = next_kind (self, &reached)) == NULL)
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  ok = take_turn (self, kind, &reached, error) && note_reached (self, kind, reached, error);
  if (ok && next_kind (self, &reached) == NULL)
    ok = drop_all (self, error);
  if (!kith_store_end (self, transaction, ok, error))
    return FALSE;
  if (next_kind (self, &reached) != NULL)
    *more = TRUE;
  else
    g_hash_table_remove_all (self->refind);
  return TRUE;
}

/**
 * kith_store_get_refound:
 *
 * Returns: how much of what rows are found by is as this Kith makes it, 0 to 1; 1: all
 */
double
kith_store_get_refound (KithStore *self)
{
  GHashTableIter iter;
  gpointer kind, value;
  gint64 done = 0, all = 0;

  g_hash_table_iter_init (&iter, self->refind);
  while (g_hash_table_iter_next (&iter, &kind, &value))
    {
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, kith_store_sql_for (self, kind)->last, NULL);
      gint64 last = stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW ? kith_db_int (stmt, 0) : 0;

      done += MIN (*(gint64 *) value, last);
      all += last;
    }
  return g_hash_table_size (self->refind) == 0 ? 1 : all > 0 ? MIN ((double) done / (double) all, 0.99) : 0;
}
