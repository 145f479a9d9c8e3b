/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can still be read of a damaged store: a page that was changed fails as a whole and gives no wrong word, so whatever comes is as it was written. */

#include "kith-store-salvage.h"

#include "kith-store-private.h"

#include <glib/gstdio.h>

typedef struct
{
  KithStore *store;
  KithDb *from;
  const char *folder;
  KithSalvaged *done;
} Salvage;

/* As far as the query comes. */
static void
collect (Salvage *self, const char *query, GHashTable *numbers)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, query, NULL);

  while (stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW)
    {
      gint64 i = kith_db_int (stmt, 0);

      g_hash_table_add (numbers, g_memdup2 (&i, sizeof i));
    }
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* One that was taken over before is here under its id. */
static gboolean
is_known (Salvage *self, const char *op_id, gboolean *known, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->store->db, "op-by-id", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, op_id);
  step = kith_db_step (stmt, error);
  *known = step == KITH_DB_ROW;
  return step == KITH_DB_ROW || step == KITH_DB_DONE;
}

/* After what is here already: its number in the former store may be another's. */
static gboolean
take_op (Salvage *self, gint64 number, gboolean same_life, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-op", NULL);
  const char *base;
  gboolean known = FALSE;
  gint64 i;

  if (stmt != NULL)
    kith_db_bind_int (stmt, 1, number);
  if (stmt == NULL || kith_db_step (stmt, NULL) != KITH_DB_ROW)
    {
      self->done->unreadable++;
      return TRUE;
    }
  if (kith_db_is_null (stmt, 2)) /* its words went with its record */
    return TRUE;
  if (!is_known (self, kith_db_text (stmt, 0), &known, error) || known)
    return known;
  self->done->ops++;
  i = ++self->store->last_i;
  kith_hlc_witness (&self->store->hlc, kith_db_text (stmt, 4), G_MAXINT64);
  base = same_life ? kith_db_text (stmt, 9) : NULL;
  return kith_db_run (self->store->db, error, "op-add", "isssisiisii", i, kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2), kith_db_int (stmt, 3),
                      kith_db_text (stmt, 4), kith_db_int (stmt, 5), kith_db_int (stmt, 6), kith_db_text (stmt, 7), same_life ? kith_db_int (stmt, 8) : 0, (gint64) 0) &&
         (base == NULL || kith_db_run (self->store->db, error, "op-set-base", "is", i, base));
}

/* In order, under their ids: the hub knows by these what it has taken already. Found by the index and from both ends of the table, past whatever is
 * damaged in between. */
static gboolean
take_ops (Salvage *self, GError **error)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *epoch = kith_db_fetch_text (self->from, NULL, "state-get", "s", "epoch");
  gboolean same_life = epoch != NULL && g_strcmp0 (epoch, self->store->epoch) == 0;
  g_autoptr (GList) list = NULL;

  collect (self, "salvage-unsent", numbers);
  collect (self, "salvage-from-first", numbers);
  collect (self, "salvage-from-last", numbers);
  list = g_list_sort (g_hash_table_get_keys (numbers), compare_numbers);
  for (GList *l = list; l != NULL; l = l->next)
    if (!take_op (self, *(gint64 *) l->data, same_life, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_drafts (Salvage *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-drafts", NULL);

  while (stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW)
    {
      if (!kith_db_run (self->store->db, error, "draft-save", "sssi", kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2), kith_db_int (stmt, 3)))
        return FALSE;
      self->done->drafts++;
    }
  return TRUE;
}

/* Sealed as they are, with the keys that lie in their lines. */
static gboolean
take_files (Salvage *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-files", NULL);

  while (stmt != NULL && self->store->files != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW)
    {
      const char *document = kith_db_text (stmt, 0);
      g_autofree char *path = g_build_filename (self->folder, "files", document, NULL), *to = g_build_filename (self->store->files, document, NULL);
      g_autoptr (GFile) source = g_file_new_for_path (path), target = g_file_new_for_path (to);

      if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
        continue;
      if (!kith_db_run (self->store->db, error, "file-attach", "ssissi", document, kith_db_text (stmt, 1), kith_db_int (stmt, 2), kith_db_text (stmt, 3), kith_db_text (stmt, 4),
                        kith_db_int (stmt, 5)))
        return FALSE;
      self->done->files++;
    }
  return TRUE;
}

gboolean
kith_store_salvage (KithStore *self, const char *folder, const guint8 *key, KithSalvaged *salvaged, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  const KithDbOptions options = { .path = path, .key = key, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (KithDb) from = kith_db_open (&options, NULL);
  g_autoptr (KithDbTransaction) transaction = NULL;
  Salvage salvage = { self, from, folder, salvaged };

  *salvaged = (KithSalvaged) { 0 };
  if (from == NULL)
    return TRUE;
  salvaged->opened = TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  kith_store_touch_outbox (self);
  return kith_store_end (self, transaction, take_ops (&salvage, error) && take_drafts (&salvage, error) && take_files (&salvage, error), error);
}
