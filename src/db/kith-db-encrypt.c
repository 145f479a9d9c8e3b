/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-encrypt.h"
#include "kith-db-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* A database that has no key, written out once more under one. SQLCipher cannot give a key to a file in its place. */

#define TABLES "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"

static gboolean
attach (KithDb *self, const char *path, const guint8 *key, GError **error)
{
  char text[KITH_DB_KEY_TEXT + 1];
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v2 (self->handle, "ATTACH DATABASE ?1 AS sealed KEY ?2", -1, &stmt, NULL);

  kith_db_write_key (key, text);
  if (code == SQLITE_OK)
    {
      sqlite3_bind_text (stmt, 1, path, -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, text, KITH_DB_KEY_TEXT, SQLITE_STATIC);
      code = sqlite3_step (stmt);
    }
  explicit_bzero (text, sizeof text);
  if (code != SQLITE_DONE)
    kith_db_set_error (self, code, path, error);
  sqlite3_finalize (stmt);
  return code == SQLITE_DONE;
}

/* In one transaction: the disk is waited for once. */
static gboolean
export (KithDb *self, const char *path, const guint8 *key, GError **error)
{
  gboolean done;

  if (!attach (self, path, key, error))
    return FALSE;
  done = kith_db_exec (self, "BEGIN; SELECT sqlcipher_export ('sealed'); COMMIT", error);
  if (!done && !sqlite3_get_autocommit (self->handle))
    kith_db_exec (self, "ROLLBACK", NULL);
  return kith_db_exec (self, "DETACH DATABASE sealed", done ? error : NULL) && done;
}

static gint64
count_rows (KithDb *self, const char *table, GError **error)
{
  char *sql = sqlite3_mprintf ("SELECT count(*) FROM \"%w\"", table);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self, sql, error);

  sqlite3_free (sql);
  return stmt != NULL && kith_db_step (stmt, error) == KITH_DB_ROW ? kith_db_int (stmt, 0) : -1;
}

static gboolean
differs (const char *what, GError **error)
{
  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, _("The encrypted copy is not what it was made from (%s)."), what);
  return FALSE;
}

/* Every table is there, with as many rows. */
static gboolean
compare_tables (KithDb *self, KithDb *copy, GError **error)
{
  g_autoptr (KithDbStmt) tables = kith_db_prepare (self, TABLES, error);
  g_autoptr (KithDbStmt) copied = tables != NULL ? kith_db_prepare (copy, TABLES, error) : NULL;
  KithDbStep step, step_copied;

  if (copied == NULL)
    return FALSE;
  for (;;)
    {
      gint64 n, n_copied;

      step = kith_db_step (tables, error);
      step_copied = step != KITH_DB_FAILED ? kith_db_step (copied, error) : KITH_DB_FAILED;
      if (step_copied == KITH_DB_FAILED)
        return FALSE;
      if (step == KITH_DB_DONE && step_copied == KITH_DB_DONE)
        return TRUE;
      if (step != step_copied || g_strcmp0 (kith_db_text (tables, 0), kith_db_text (copied, 0)) != 0)
        return differs (kith_db_text (step == KITH_DB_ROW ? tables : copied, 0), error);
      if ((n = count_rows (self, kith_db_text (tables, 0), error)) < 0 || (n_copied = count_rows (copy, kith_db_text (tables, 0), error)) < 0)
        return FALSE;
      if (n != n_copied)
        return differs (kith_db_text (tables, 0), error);
    }
}

/* It opens with the key, each page is what was written, and each index what its table says. */
static gboolean
check (KithDb *self, const char *path, const guint8 *key, GError **error)
{
  const KithDbOptions options = { .path = path, .key = key };
  g_autoptr (KithDb) copy = kith_db_open (&options, error);
  g_autoptr (KithDbStmt) pages = copy != NULL ? kith_db_prepare (copy, "PRAGMA cipher_integrity_check", error) : NULL;
  g_autoptr (KithDbStmt) whole = pages != NULL ? kith_db_prepare (copy, "PRAGMA integrity_check", error) : NULL;
  KithDbStep step;

  if (whole == NULL || (step = kith_db_step (pages, error)) == KITH_DB_FAILED)
    return FALSE;
  if (step == KITH_DB_ROW)
    return differs (kith_db_text (pages, 0), error);
  if (kith_db_step (whole, error) != KITH_DB_ROW)
    return FALSE;
  if (g_strcmp0 (kith_db_text (whole, 0), "ok") != 0)
    return differs (kith_db_text (whole, 0), error);
  return compare_tables (self, copy, error);
}

/**
 * kith_db_encrypt:
 * @self: the writer of a file without a key, outside of a transaction
 * @path: a file that is not there yet; on failure what is there is to be removed
 * @key: 32 bytes
 *
 * The same tables with the same rows into another file, which opens with @key alone; it is read once more and compared. @self is left as it was,
 * but without a log beside it, so that its file can be moved away as it is. KITH_DB_ERROR_BUSY while somebody reads there.
 */
gboolean
kith_db_encrypt (KithDb *self, const char *path, const guint8 *key, GError **error)
{
  g_return_val_if_fail (!self->readonly && !self->memory && !kith_db_in_transaction (self), FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already and was left as it is."), path);
      return FALSE;
    }
  return kith_db_make_file (path, error) && export (self, path, key, error) && check (self, path, key, error) &&
         kith_db_exec (self, "PRAGMA journal_mode=DELETE", error);
}
