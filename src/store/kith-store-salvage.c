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
  GHashTable *numbers; /* of operations: in the former store → in this one, 0: none; gint64, owned */
  gboolean same_life;  /* of the hub */
  gboolean other_life; /* it was put back from a backup since: what it took may be lost there */
  gint64 hub_n;        /* the last it knows of that lane */
  GHashTable *again;   /* ids of operations that are sent once more; owned */
} Salvage;

static gint64 *
keep_number (gint64 i)
{
  return g_memdup2 (&i, sizeof i);
}

/* As far as the query comes. FALSE: not to the end. */
static gboolean
collect (Salvage *self, const char *query)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, query, NULL);
  KithDbStep step = KITH_DB_FAILED;

  while (stmt != NULL && (step = kith_db_step (stmt, NULL)) == KITH_DB_ROW)
    g_hash_table_insert (self->numbers, keep_number (kith_db_int (stmt, 0)), keep_number (0));
  return step == KITH_DB_DONE;
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

/* A scope that is not the person's any more by now is forgotten when the first fill ends. */
static gboolean
expect_scope (Salvage *self, const char *scope, GError **error)
{
  self->store->refilling = TRUE;
  return kith_db_run (self->store->db, error, "scope-expect", "s", scope) && kith_store_set_state_int (self->store, "refilling", 1, error);
}

/* Which records it wrote, so that a forget finds its words. */
static gboolean
take_rows (Salvage *self, gint64 number, gint64 i, gboolean *whole, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-rows", NULL);
  KithDbStep step = KITH_DB_FAILED;

  if (stmt != NULL)
    kith_db_bind_int (stmt, 1, number);
  while (stmt != NULL && (step = kith_db_step (stmt, NULL)) == KITH_DB_ROW)
    if (!kith_db_run (self->store->db, error, "op-row-put", "issssii", i, kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2), NULL, kith_db_int (stmt, 3),
                      kith_db_int (stmt, 4)) ||
        !expect_scope (self, kith_db_text (stmt, 2), error))
      return FALSE;
  *whole = step == KITH_DB_DONE;
  return TRUE;
}

/* As it was answered. What is not known to be of which records must not outlast them: one that the hub took goes, a refusal stays as long as after a
 * forget. */
static gboolean
take_answer (Salvage *self, KithDbStmt *stmt, gint64 number, gint64 i, GError **error)
{
  gint64 chain = kith_db_int (stmt, 17), expires = kith_db_int (stmt, 19), attention = kith_db_int (stmt, 16);
  gint64 *root = chain != 0 ? g_hash_table_lookup (self->numbers, &chain) : NULL;
  gboolean whole = FALSE;

  if (!kith_db_run (self->store->db, error, "op-answer", "issssssiiii", i, "done", kith_db_text (stmt, 11), kith_db_text (stmt, 12), kith_db_text (stmt, 13), kith_db_text (stmt, 14),
                    kith_db_text (stmt, 15), (gint64) 0, attention, root != NULL ? *root : 0, kith_db_int (stmt, 18)) ||
      !take_rows (self, number, i, &whole, error))
    return FALSE;
  if (!whole && attention == 0)
    return kith_db_run (self->store->db, error, "op-drop", "i", i) && kith_db_run (self->store->db, error, "op-row-drop", "i", i);
  if (!whole && expires == 0)
    expires = kith_store_hub_ms (self->store) + KITH_STORE_UNSENDABLE_MS;
  self->done->attention += attention != 0;
  return expires == 0 || kith_db_run (self->store->db, error, "op-set-expires", "ii", i, expires);
}

static gboolean
take_unsent (Salvage *self, KithDbStmt *stmt, gint64 i, GError **error)
{
  const char *base = self->same_life ? kith_db_text (stmt, 9) : NULL;

  self->done->ops += !g_str_equal (kith_db_text (stmt, 1), "audit.record");
  return base == NULL || kith_db_run (self->store->db, error, "op-set-base", "is", i, base);
}

/* As when a store meets another life of the hub (kith_store_resend_all()), or one that lacks what it took: it goes out once more, and the hub knows by its
 * id what it has (I2). */
static gboolean
is_to_be_sent_again (Salvage *self, KithDbStmt *stmt)
{
  const char *outcome = kith_db_text (stmt, 11);
  gboolean lost = self->other_life || (self->same_life && kith_db_int (stmt, 20) > self->hub_n);

  if (!lost || kith_db_is_null (stmt, 2) || outcome == NULL || g_str_equal (outcome, "rejected") || g_str_equal (outcome, "parked"))
    return FALSE;
  g_hash_table_add (self->again, g_strdup (kith_db_text (stmt, 0)));
  return TRUE;
}

/* After what is here already: its number in the former store may be another's. */
static gboolean
take_op (Salvage *self, gint64 number, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-op", NULL);
  gboolean known = FALSE, unsent;
  gint64 i;

  if (stmt != NULL)
    kith_db_bind_int (stmt, 1, number);
  if (stmt == NULL || kith_db_step (stmt, NULL) != KITH_DB_ROW)
    {
      self->done->unreadable++;
      return TRUE;
    }
  unsent = g_str_equal (kith_db_text (stmt, 10), "waiting") || g_str_equal (kith_db_text (stmt, 10), "sending");
  if (kith_db_is_null (stmt, 2) && (unsent || kith_db_int (stmt, 16) == 0)) /* its words went with its record */
    return TRUE;
  if (!is_known (self, kith_db_text (stmt, 0), &known, error) || known)
    return known;
  i = ++self->store->last_i;
  g_hash_table_insert (self->numbers, keep_number (number), keep_number (i));
  kith_hlc_witness (&self->store->hlc, kith_db_text (stmt, 4), G_MAXINT64);
  return kith_db_run (self->store->db, error, "op-add", "isssisiisii", i, kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2), kith_db_int (stmt, 3),
                      kith_db_text (stmt, 4), kith_db_int (stmt, 5), kith_db_int (stmt, 6), kith_db_text (stmt, 7), self->same_life ? kith_db_int (stmt, 8) : 0, (gint64) 0) &&
         (unsent ? take_unsent (self, stmt, i, error) : is_to_be_sent_again (self, stmt) || take_answer (self, stmt, number, i, error));
}

/* In order, under their ids: the hub knows by these what it has taken already. Found by the indexes and from both ends of the table, past whatever is
 * damaged in between. */
static gboolean
take_ops (Salvage *self, GError **error)
{
  g_autofree char *epoch = kith_db_fetch_text (self->from, NULL, "state-get", "s", "epoch");
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer number;
  gboolean unsent, past;

  self->numbers = numbers;
  self->same_life = epoch != NULL && g_strcmp0 (epoch, self->store->epoch) == 0;
  self->other_life = epoch != NULL && self->store->epoch != NULL && !self->same_life;
  collect (self, "salvage-unsent");
  collect (self, "salvage-attention");
  unsent = collect (self, "salvage-from-first") || (collect (self, "salvage-from-last"), FALSE);
  past = collect (self, "salvage-past-first") || (collect (self, "salvage-past-last"), FALSE);
  self->done->cut = self->done->cut || !unsent || !past;
  g_hash_table_iter_init (&iter, numbers);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    g_array_append_vals (list, number, 1);
  g_array_sort (list, compare_numbers);
  for (guint k = 0; k < list->len; k++)
    if (!take_op (self, g_array_index (list, gint64, k), error))
      return FALSE;
  return TRUE;
}

/* The file is where it was: its rows are not copied, which may tell of people this person has no access to any more. */
static void
count_imports (Salvage *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (!kith_db_fetch_int (self->from, &n, &error, "salvage-imports", ""))
    self->done->cut = TRUE;
  self->done->imports = (guint) n;
}

/* Whether the hub had told of it. Where that cannot be read any more it is asked for all the same: the hub knows. */
static gboolean
was_held (Salvage *self, const char *scope)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-scope", NULL);

  if (stmt == NULL)
    return TRUE;
  kith_db_bind_text (stmt, 1, scope);
  return kith_db_step (stmt, NULL) != KITH_DB_DONE;
}

/* Of a record that was taken away it goes when it was to go; of one that is taken away by now, as after any forget (I6). */
static gboolean
take_drafts (Salvage *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-drafts", NULL);
  KithDbStep step = KITH_DB_FAILED;

  while (stmt != NULL && (step = kith_db_step (stmt, NULL)) == KITH_DB_ROW)
    {
      const char *scope = kith_db_text (stmt, 1);

      if (!kith_db_run (self->store->db, error, "draft-take-over", "sssii", kith_db_text (stmt, 0), scope, kith_db_text (stmt, 2), kith_db_int (stmt, 3), kith_db_int (stmt, 4)))
        return FALSE;
      self->done->drafts += kith_db_changes (self->store->db) > 0;
      if (scope != NULL && kith_db_is_null (stmt, 4) && was_held (self, scope) && !expect_scope (self, scope, error))
        return FALSE;
    }
  self->done->cut = self->done->cut || step != KITH_DB_DONE;
  return TRUE;
}

/* Sealed as it is, with the key that lies in its line. */
static gboolean
take_file (Salvage *self, KithDbStmt *stmt, GError **error)
{
  const char *document = kith_db_text (stmt, 0);
  g_autofree char *path = g_build_filename (self->folder, "files", document, NULL), *to = g_build_filename (self->store->files, document, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path), target = g_file_new_for_path (to);

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
    {
      self->done->bare++;
      return TRUE;
    }
  self->done->files++;
  return kith_db_run (self->store->db, error, "file-attach", "ssissi", document, kith_db_text (stmt, 1), kith_db_int (stmt, 2), kith_db_text (stmt, 3), kith_db_text (stmt, 4),
                      kith_db_int (stmt, 5));
}

/* With the operation that attached it: its bytes may be lost there, too. */
static gboolean
was_lost (Salvage *self, const char *op_id)
{
  return op_id != NULL && g_hash_table_contains (self->again, op_id);
}

static gboolean
take_files (Salvage *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->from, "salvage-files", NULL);
  KithDbStep step = KITH_DB_FAILED;

  if (self->store->files == NULL)
    return TRUE;
  while (stmt != NULL && (step = kith_db_step (stmt, NULL)) == KITH_DB_ROW)
    if ((kith_db_int (stmt, 6) == 0 || was_lost (self, kith_db_text (stmt, 4))) && !take_file (self, stmt, error))
      return FALSE;
  self->done->cut = self->done->cut || step != KITH_DB_DONE;
  return TRUE;
}

gboolean
kith_store_salvage (KithStore *self, const char *folder, const guint8 *key, gint64 hub_n, KithSalvaged *salvaged, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  const KithDbOptions options = { .path = path, .key = key, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (KithDb) from = kith_db_open (&options, NULL);
  g_autoptr (GHashTable) again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KithDbTransaction) transaction = NULL;
  Salvage salvage = { .store = self, .from = from, .folder = folder, .hub_n = hub_n, .again = again, .done = salvaged };

  *salvaged = (KithSalvaged) { 0 };
  if (from == NULL)
    return TRUE;
  salvaged->opened = TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  kith_store_touch_outbox (self);
  count_imports (&salvage);
  return kith_store_end (self, transaction, take_ops (&salvage, error) && take_drafts (&salvage, error) && take_files (&salvage, error), error);
}
