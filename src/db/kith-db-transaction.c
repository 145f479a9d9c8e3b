/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

/* Transactions and savepoints, and what the last statement wrote. SQLite itself rolls back on some errors (full disk, I/O, a cancelled write): every
 * function here asks SQLite where it stands instead of keeping a count. */

struct _KithDbTransaction
{
  KithDb *db; /* NULL once committed */
};

static gboolean
run (KithDb *self, const char *sql, const char *what, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self, sql, error);

  if (stmt == NULL)
    return FALSE;
  if (kith_db_step_done (stmt, error))
    return TRUE;
  g_prefix_error (error, "%s: ", what);
  return FALSE;
}

/**
 * kith_db_put_off:
 * @before_commit: (nullable): run by kith_db_commit(), inside the transaction
 * @drop: (nullable): run when a transaction is rolled back, and before one begins, in case SQLite ended the last one by itself
 * @user_data: must outlive the connection, or be taken back with three times NULL
 *
 * One owner per connection: a second call takes the place of the first.
 */
void
kith_db_put_off (KithDb *self, KithDbBeforeCommit before_commit, KithDbDrop drop, gpointer user_data)
{
  self->before_commit = before_commit;
  self->drop = drop;
  self->put_off_data = user_data;
}

static void
drop_put_off (KithDb *self)
{
  if (self->drop != NULL)
    self->drop (self->put_off_data);
}

/**
 * kith_db_begin:
 *
 * A writer waits up to 5 s for another's end, then KITH_DB_ERROR_BUSY. A reader sees one snapshot
 * from its first statement until it commits or rolls back.
 */
gboolean
kith_db_begin (KithDb *self, GError **error)
{
  /* Should SQLite have ended the last transaction by itself, nobody was told. */
  if (!kith_db_in_transaction (self))
    drop_put_off (self);
  return run (self, self->readonly ? "BEGIN" : "BEGIN IMMEDIATE", "begin", error);
}

/**
 * kith_db_commit:
 *
 * On failure nothing of the transaction stays: it is rolled back, so that a caller can go on and begin anew.
 */
gboolean
kith_db_commit (KithDb *self, GError **error)
{
  if (!kith_db_in_transaction (self))
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "commit: the transaction was rolled back before");
      return FALSE;
    }
  if ((self->before_commit == NULL || self->before_commit (self->put_off_data, error)) && run (self, "COMMIT", "commit", error))
    return TRUE;
  kith_db_rollback (self);
  return FALSE;
}

/**
 * kith_db_rollback:
 *
 * Never fails and needs no transaction, so it may be called on every way out. A cancelled cancellable does not stop it. What was put off is void.
 */
void
kith_db_rollback (KithDb *self)
{
  g_autoptr (GError) error = NULL;
  int code;

  drop_put_off (self);
  if (!kith_db_in_transaction (self))
    return;

  /* Not through the cache: it must work with a cancelled cancellable. */
  sqlite3_progress_handler (self->handle, 0, NULL, NULL);
  code = sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  if (self->cancellable != NULL)
    {
      g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);
      kith_db_set_cancellable (self, cancellable);
    }
  if (code != SQLITE_OK && kith_db_in_transaction (self))
    g_critical ("rollback: %s", sqlite3_errmsg (self->handle));
}

/**
 * kith_db_in_transaction:
 *
 * Asks SQLite, which ends a transaction by itself when the disk is full, a write fails or is cancelled.
 */
gboolean
kith_db_in_transaction (KithDb *self)
{
  return sqlite3_get_autocommit (self->handle) == 0;
}

static gboolean
savepoint_verb (KithDb *self, const char *verb, const char *name, GError **error)
{
  g_autofree char *sql = NULL;

  for (const char *c = name; *c != '\0'; c++)
    g_return_val_if_fail (g_ascii_isalnum (*c) || *c == '_', FALSE);

  sql = g_strdup_printf ("%s %s", verb, name);
  return run (self, sql, sql, error);
}

/**
 * kith_db_savepoint:
 * @name: letters, digits, _; it goes into the SQL text
 *
 * Only inside a transaction: outside of one SQLite would begin it, and the release would commit it without what was put off.
 */
gboolean
kith_db_savepoint (KithDb *self, const char *name, GError **error)
{
  return savepoint_verb (self, "SAVEPOINT", name, error);
}

/**
 * kith_db_release:
 * @name: of a savepoint; what was done since stays with the transaction around it
 */
gboolean
kith_db_release (KithDb *self, const char *name, GError **error)
{
  return savepoint_verb (self, "RELEASE", name, error);
}

/**
 * kith_db_rollback_to:
 *
 * Undoes what was done since the savepoint and releases it. Does nothing when SQLite has rolled back everything already.
 */
void
kith_db_rollback_to (KithDb *self, const char *name)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;

  if (!kith_db_in_transaction (self))
    return;

  g_set_object (&cancellable, self->cancellable);
  kith_db_set_cancellable (self, NULL);
  if (!savepoint_verb (self, "ROLLBACK TO", name, &error) || !savepoint_verb (self, "RELEASE", name, &error))
    g_critical ("%s", error->message);
  kith_db_set_cancellable (self, cancellable);
}

/**
 * kith_db_transaction_begin:
 *
 * Returns: (transfer full) (nullable): rolls back when freed before kith_db_transaction_commit(); NULL as kith_db_begin()
 */
KithDbTransaction *
kith_db_transaction_begin (KithDb *self, GError **error)
{
  KithDbTransaction *transaction;

  if (!kith_db_begin (self, error))
    return NULL;
  transaction = g_new0 (KithDbTransaction, 1);
  transaction->db = self;
  return transaction;
}

/**
 * kith_db_transaction_commit:
 *
 * Once. Whatever comes of it, as kith_db_commit(), freeing @self does nothing more to the database.
 */
gboolean
kith_db_transaction_commit (KithDbTransaction *self, GError **error)
{
  KithDb *db = g_steal_pointer (&self->db);

  g_return_val_if_fail (db != NULL, FALSE);
  return kith_db_commit (db, error);
}

/**
 * kith_db_transaction_free:
 * @self: (nullable) (transfer full): rolled back unless it was committed
 */
void
kith_db_transaction_free (KithDbTransaction *self)
{
  if (self == NULL)
    return;
  if (self->db != NULL)
    kith_db_rollback (self->db);
  g_free (self);
}

/**
 * kith_db_changes:
 *
 * Returns: rows the last INSERT, UPDATE or DELETE to end on this connection touched, without what its triggers did
 */
int
kith_db_changes (KithDb *self)
{
  return sqlite3_changes (self->handle);
}

gint64
kith_db_last_row (KithDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}
