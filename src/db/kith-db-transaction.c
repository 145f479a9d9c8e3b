/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

/* Transactions and savepoints. SQLite itself rolls back on some errors (full disk, I/O, a cancelled write): every
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

gboolean
kith_db_savepoint (KithDb *self, const char *name, GError **error)
{
  return savepoint_verb (self, "SAVEPOINT", name, error);
}

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

gboolean
kith_db_transaction_commit (KithDbTransaction *self, GError **error)
{
  KithDb *db = g_steal_pointer (&self->db);

  g_return_val_if_fail (db != NULL, FALSE);
  return kith_db_commit (db, error);
}

void
kith_db_transaction_free (KithDbTransaction *self)
{
  if (self == NULL)
    return;
  if (self->db != NULL)
    kith_db_rollback (self->db);
  g_free (self);
}
