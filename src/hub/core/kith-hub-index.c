/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-kind-sql.h"

/* The words and the columns that records are found by are made from the records: what is not as it should be loses nothing and is made anew. Until
 * then nobody finds by it, and no change of a record that has damaged words goes through. */

static gboolean
mend (KithHub *self, const KithKind *kind, guint *n_mended, GError **error)
{
  g_autofree char *proof = kith_kind_sql_find_proof (kind), *rebuild = kith_kind_sql_find_rebuild (kind);
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (GError) local = NULL;

  if (proof == NULL || kith_db_exec (self->db, proof, &local))
    return TRUE;
  if (!g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_INDEX))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL || !kith_db_exec (self->db, rebuild, error) || !kith_db_transaction_commit (transaction, error))
    return FALSE;
  g_message ("The words by which records of kind %s are found were not as they should be, and were made anew. Nothing was lost.", kind->name);
  (*n_mended)++;
  return TRUE;
}

static gboolean
mend_columns (KithHub *self, const KithKind *kind, guint *n_mended, GError **error)
{
  g_autofree char *proof = kith_kind_sql_columns_proof (kind), *rebuild = kith_kind_sql_columns_rebuild (kind);
  g_autoptr (KithDbStmt) stmt = proof != NULL ? kith_db_prepare (self->db, proof, error) : NULL;
  KithDbStep step = stmt != NULL ? kith_db_step (stmt, error) : KITH_DB_FAILED;

  g_clear_pointer (&stmt, kith_db_reset);
  if (step != KITH_DB_ROW)
    return proof == NULL || step == KITH_DB_DONE;
  if (!kith_db_exec (self->db, rebuild, error))
    return FALSE;
  g_message ("What records of kind %s are found by was not what they say, and was made anew. Nothing was lost.", kind->name);
  (*n_mended)++;
  return TRUE;
}

/**
 * kith_hub_mend_indexes:
 * @n_mended: (out): kinds whose words or columns were made anew, each counted
 *
 * Reads all of them and compares them with the records; nobody is answered meanwhile. By the one writer, outside of a transaction.
 */
gboolean
kith_hub_mend_indexes (KithHub *self, guint *n_mended, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  *n_mended = 0;
  for (guint i = 0; i < n; i++)
    if (!mend (self, kinds[i], n_mended, error) || !mend_columns (self, kinds[i], n_mended, error))
      return FALSE;
  kith_db_take_index_broken (self->db); /* that was the comparison's own */
  return TRUE;
}

/**
 * kith_hub_mend_what_broke:
 *
 * From the clock: only where a request or a turn has met such an index since.
 */
gboolean
kith_hub_mend_what_broke (KithHub *self, GError **error)
{
  guint n;

  return !kith_db_take_index_broken (self->db) || kith_hub_mend_indexes (self, &n, error);
}
