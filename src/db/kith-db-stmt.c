/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include <string.h>

/* Statements: a cache by text, values bound by position, rows read by column. */

#define MAX_IDLE 320 /* prepared statements kept though nobody uses them, each a few KiB: those a desk comes back to are some 300 */

static void
stmt_free (KithDbStmt *stmt)
{
  sqlite3_finalize (stmt->handle);
  g_free (stmt->sql);
  g_free (stmt);
}

/* Takes the statement out of the cache. The array's key is borrowed from one of its statements, so it is put in anew. */
static void
forget (KithDb *self, KithDbStmt *stmt)
{
  GPtrArray *same = g_hash_table_lookup (self->statements, stmt->sql);

  g_ptr_array_remove_fast (same, stmt);
  if (same->len == 0)
    {
      g_hash_table_remove (self->statements, stmt->sql);
      return;
    }
  g_ptr_array_ref (same);
  g_hash_table_remove (self->statements, stmt->sql);
  g_hash_table_insert (self->statements, ((KithDbStmt *) same->pdata[0])->sql, same);
}

/* Statements are long and looked up often: eight bytes at a time. */
static guint
sql_hash (gconstpointer sql)
{
  gsize left = strlen (sql);
  guint64 hash = left;
  const char *at = sql;

  for (; left > 0; at += 8, left -= MIN (left, 8))
    {
      guint64 word = 0;

      memcpy (&word, at, MIN (left, 8));
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint) hash;
}

/**
 * kith_db_statements_init:
 *
 * The cache of @self, empty. Once, before the first statement.
 */
void
kith_db_statements_init (KithDb *self)
{
  self->statements = g_hash_table_new_full (sql_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->idle);
}

/**
 * kith_db_statements_clear:
 *
 * Finalises every statement, so that the connection can be closed. One in use loses its connection and is freed by its holder's kith_db_reset().
 * The cache itself is gone afterwards.
 */
void
kith_db_statements_clear (KithDb *self)
{
  GHashTableIter iter;
  gpointer value;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_extend (all, value, NULL, NULL);
  g_hash_table_unref (self->statements);

  for (guint i = 0; i < all->len; i++)
    {
      KithDbStmt *stmt = all->pdata[i];

      if (!stmt->in_use)
        {
          stmt_free (stmt);
          continue;
        }
      /* Somebody still holds it: it fails from now on, and dies at its reset. */
      g_clear_pointer (&stmt->handle, sqlite3_finalize);
      stmt->db = NULL;
    }
}

static KithDbStmt *
take_idle (KithDb *self, const char *sql)
{
  GPtrArray *same = g_hash_table_lookup (self->statements, sql);

  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      KithDbStmt *stmt = same->pdata[i];

      if (stmt->in_use)
        continue;
      g_queue_unlink (&self->idle, &stmt->idle_link);
      stmt->in_use = TRUE;
      return stmt;
    }
  return NULL;
}

/**
 * kith_db_prepare:
 * @sql: one statement; the parameters are ?1, ?2 …
 *
 * Errors: KITH_DB_ERROR_NO_QUERY for a text without a statement, else what SQLite says of it.
 *
 * Returns: (transfer full): a statement to bind and step, given back by kith_db_reset()
 */
KithDbStmt *
kith_db_prepare (KithDb *self, const char *sql, GError **error)
{
  KithDbStmt *stmt = take_idle (self, sql);
  sqlite3_stmt *handle = NULL;
  GPtrArray *same;
  int code;

  if (stmt != NULL)
    return stmt;
  code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (code == SQLITE_OK && handle == NULL)
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY, "no statement in “%s”", sql);
      return NULL;
    }
  if (code != SQLITE_OK)
    {
      kith_db_set_error (self, code, sql, error);
      return NULL;
    }

  stmt = g_new0 (KithDbStmt, 1);
  stmt->db = self;
  stmt->handle = handle;
  stmt->sql = g_strdup (sql);
  stmt->idle_link.data = stmt;
  stmt->in_use = TRUE;

  same = g_hash_table_lookup (self->statements, sql);
  if (same == NULL)
    {
      same = g_ptr_array_new ();
      g_hash_table_insert (self->statements, stmt->sql, same);
    }
  g_ptr_array_add (same, stmt);
  return stmt;
}

/**
 * kith_db_query:
 * @name: of a named query in the folder this connection was opened with
 *
 * Returns: (transfer full): as kith_db_prepare(); NULL with KITH_DB_ERROR_NO_QUERY when no query has that name
 */
KithDbStmt *
kith_db_query (KithDb *self, const char *name, GError **error)
{
  const char *sql = self->queries != NULL ? kith_db_queries_find (self->queries, name) : NULL;

  if (sql != NULL)
    return kith_db_prepare (self, sql, error);
  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY, "no query named “%s”", name);
  return NULL;
}

/**
 * kith_db_reset:
 * @stmt: (nullable) (transfer full): back to the cache, its values and its row forgotten; texts and blobs read from it are no longer valid
 *
 * The cache keeps 320 statements that nobody uses; then the one unused for longest is freed.
 */
void
kith_db_reset (KithDbStmt *stmt)
{
  KithDb *self;

  if (stmt == NULL)
    return;
  if (stmt->db == NULL)
    {
      stmt_free (stmt);
      return;
    }

  g_return_if_fail (stmt->in_use);

  self = stmt->db;
  sqlite3_reset (stmt->handle);
  sqlite3_clear_bindings (stmt->handle);
  stmt->bind_error = SQLITE_OK;
  stmt->in_use = FALSE;
  g_queue_push_head_link (&self->idle, &stmt->idle_link);

  if (self->idle.length > MAX_IDLE)
    {
      KithDbStmt *oldest = g_queue_pop_tail_link (&self->idle)->data;

      forget (self, oldest);
      stmt_free (oldest);
    }
}

/**
 * kith_db_rewind:
 *
 * To be asked again with another value. Values stay until others are bound; texts and blobs read from it are no longer valid.
 */
void
kith_db_rewind (KithDbStmt *stmt)
{
  if (stmt->handle != NULL)
    sqlite3_reset (stmt->handle);
}

static void
note_bind (KithDbStmt *stmt, int code)
{
  if (stmt->bind_error == SQLITE_OK)
    stmt->bind_error = code;
}

/**
 * kith_db_bind_text:
 * @index: from 1
 * @text: (nullable): UTF-8, copied; NULL is SQL's null
 */
void
kith_db_bind_text (KithDbStmt *stmt, int index, const char *text)
{
  note_bind (stmt, sqlite3_bind_text (stmt->handle, index, text, -1, SQLITE_TRANSIENT));
}

/**
 * kith_db_bind_int:
 * @index: from 1
 * @value: any number; milliseconds and q fit. A false index is told by the next kith_db_step().
 */
void
kith_db_bind_int (KithDbStmt *stmt, int index, gint64 value)
{
  note_bind (stmt, sqlite3_bind_int64 (stmt->handle, index, value));
}

/**
 * kith_db_bind_blob:
 * @index: from 1
 * @data: (nullable): @length bytes, copied; NULL is an empty blob, not SQL's null (kith_db_bind_null())
 */
void
kith_db_bind_blob (KithDbStmt *stmt, int index, const void *data, gsize length)
{
  /* A NULL pointer would bind null: an empty blob stays a blob. */
  note_bind (stmt, sqlite3_bind_blob64 (stmt->handle, index, data != NULL ? data : "", length, SQLITE_TRANSIENT));
}

/**
 * kith_db_bind_null:
 * @index: from 1; a parameter never bound is null as well
 */
void
kith_db_bind_null (KithDbStmt *stmt, int index)
{
  note_bind (stmt, sqlite3_bind_null (stmt->handle, index));
}

/**
 * kith_db_step:
 *
 * Runs the statement to its next row. A bind that failed (a parameter the statement does not have, a value too large) is
 * reported here, so that binds need no checks.
 */
KithDbStep
kith_db_step (KithDbStmt *stmt, GError **error)
{
  int code;

  if (stmt->db == NULL)
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "the connection was closed");
      return KITH_DB_FAILED;
    }
  if (stmt->bind_error != SQLITE_OK)
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "bind: %s in “%s”", sqlite3_errstr (stmt->bind_error), stmt->sql);
      return KITH_DB_FAILED;
    }
  if (stmt->db->cancellable != NULL && g_cancellable_is_cancelled (stmt->db->cancellable))
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_CANCELLED, "cancelled");
      return KITH_DB_FAILED;
    }

  code = sqlite3_step (stmt->handle);
  if (code == SQLITE_ROW)
    return KITH_DB_ROW;
  if (code == SQLITE_DONE)
    return KITH_DB_DONE;
  kith_db_set_error (stmt->db, code, stmt->sql, error);
  return KITH_DB_FAILED;
}

/**
 * kith_db_step_done:
 *
 * Passes over the rows. FALSE with the error of kith_db_step().
 */
gboolean
kith_db_step_done (KithDbStmt *stmt, GError **error)
{
  KithDbStep step;

  do
    step = kith_db_step (stmt, error);
  while (step == KITH_DB_ROW);
  return step == KITH_DB_DONE;
}

/**
 * kith_db_text:
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): UTF-8, until the next step or reset; NULL for null, and when the connection was closed
 */
const char *
kith_db_text (KithDbStmt *stmt, int column)
{
  return stmt->handle != NULL ? (const char *) sqlite3_column_text (stmt->handle, column) : NULL;
}

/**
 * kith_db_int:
 * @column: from 0
 *
 * Returns: the number; 0 for null and for text that is none, see kith_db_is_null()
 */
gint64
kith_db_int (KithDbStmt *stmt, int column)
{
  return stmt->handle != NULL ? sqlite3_column_int64 (stmt->handle, column) : 0;
}

/**
 * kith_db_blob:
 * @column: from 0
 * @length: (out): bytes
 *
 * Returns: (transfer none) (nullable): until the next step or reset; NULL for null and for an empty blob
 */
const void *
kith_db_blob (KithDbStmt *stmt, int column, gsize *length)
{
  const void *data = stmt->handle != NULL ? sqlite3_column_blob (stmt->handle, column) : NULL;

  *length = stmt->handle != NULL ? (gsize) sqlite3_column_bytes (stmt->handle, column) : 0;
  return data;
}

/**
 * kith_db_is_null:
 * @column: from 0
 *
 * Returns: whether it is SQL's null; TRUE when the connection was closed
 */
gboolean
kith_db_is_null (KithDbStmt *stmt, int column)
{
  return stmt->handle == NULL || sqlite3_column_type (stmt->handle, column) == SQLITE_NULL;
}

/* Binds what types announces and prepares the statement for its first step. */
static KithDbStmt *
query_with (KithDb *self, GError **error, const char *query, const char *types, va_list values)
{
  KithDbStmt *stmt = kith_db_query (self, query, error);

  for (int i = 1; stmt != NULL && types != NULL && types[i - 1] != '\0'; i++)
    switch (types[i - 1])
      {
      case 's':
        kith_db_bind_text (stmt, i, va_arg (values, const char *));
        break;
      case 'i':
        kith_db_bind_int (stmt, i, va_arg (values, gint64));
        break;
      case 'n':
        kith_db_bind_null (stmt, i);
        break;
      default:
        g_critical ("query %s: no parameter type “%c”", query, types[i - 1]);
        break;
      }

  if (stmt != NULL && sqlite3_bind_parameter_count (stmt->handle) != (int) (types != NULL ? strlen (types) : 0))
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "query %s takes %d values, “%s” given", query,
                   sqlite3_bind_parameter_count (stmt->handle), types != NULL ? types : "");
      g_clear_pointer (&stmt, kith_db_reset);
    }
  return stmt;
}

/**
 * kith_db_run:
 * @types: (nullable): one character per parameter
 * @...: a const char * for each s, a gint64 for each i (cast constants: an int is too short), nothing for n
 */
gboolean
kith_db_run (KithDb *self, GError **error, const char *query, const char *types, ...)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  va_list values;

  va_start (values, types);
  stmt = query_with (self, error, query, types, values);
  va_end (values);
  return stmt != NULL && kith_db_step_done (stmt, error);
}

/**
 * kith_db_fetch_int:
 * @value: (out): column 0 of the first row; untouched when there is no row or it is null, so set it before
 * @types: (nullable): and values as for kith_db_run()
 *
 * Returns: FALSE with an error only
 */
gboolean
kith_db_fetch_int (KithDb *self, gint64 *value, GError **error, const char *query, const char *types, ...)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;
  va_list values;

  va_start (values, types);
  stmt = query_with (self, error, query, types, values);
  va_end (values);
  if (stmt == NULL)
    return FALSE;
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_ROW && !kith_db_is_null (stmt, 0))
    *value = kith_db_int (stmt, 0);
  return step != KITH_DB_FAILED;
}

/**
 * kith_db_fetch_text:
 * @types: (nullable): and values as for kith_db_run()
 *
 * Returns: (transfer full) (nullable): column 0 of the first row. NULL is a failure only when @error is set: pass one where it matters which.
 */
char *
kith_db_fetch_text (KithDb *self, GError **error, const char *query, const char *types, ...)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  va_list values;

  va_start (values, types);
  stmt = query_with (self, error, query, types, values);
  va_end (values);
  if (stmt == NULL || kith_db_step (stmt, error) != KITH_DB_ROW)
    return NULL;
  return g_strdup (kith_db_text (stmt, 0));
}

/**
 * kith_db_n_columns:
 *
 * Returns: how many columns its rows have; 0 of a statement that gives none
 */
int
kith_db_n_columns (KithDbStmt *stmt)
{
  return sqlite3_column_count (stmt->handle);
}

/**
 * kith_db_column_name:
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): as the query names it (AS …); NULL beyond the last. Only while the connection is open.
 */
const char *
kith_db_column_name (KithDbStmt *stmt, int column)
{
  return sqlite3_column_name (stmt->handle, column);
}
