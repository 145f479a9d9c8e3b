/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The only door to SQL. A KithDb is one connection, used by one thread at a time, and knows no kind.
 * SQL text comes from named queries in files, or is printed from the kinds' field tables; values are always bound.
 * The interface keeps to what SQLite and PostgreSQL share (design.md 2.1). */
#define KITH_DB_ERROR (kith_db_error_quark ())
GQuark kith_db_error_quark (void);

typedef enum
{
  KITH_DB_ERROR_FAILED,
  KITH_DB_ERROR_BUSY,
  KITH_DB_ERROR_FULL,        /* no room on the disk */
  KITH_DB_ERROR_CONSTRAINT,
  KITH_DB_ERROR_CORRUPT,
  KITH_DB_ERROR_INDEX,       /* a search index is not as it should be: it is made from the rows again, and nothing is lost with it */
  KITH_DB_ERROR_WRONG_KEY,
  KITH_DB_ERROR_NEWER,       /* made by a newer Kith */
  KITH_DB_ERROR_IN_USE,      /* another process holds this file */
  KITH_DB_ERROR_NO_QUERY,
  KITH_DB_ERROR_CANCELLED,
} KithDbError;

typedef struct _KithDb KithDb;
typedef struct _KithDbStmt KithDbStmt;

typedef struct
{
  const char *path;       /* a file; or with memory, a name shared by the connections of this process */
  gboolean memory;        /* vfs=memdb: lives while any connection is open */
  const guint8 *key;      /* 32 bytes, raw SQLCipher key; NULL: not encrypted */
  gboolean readonly;      /* a reader beside the one writer; never checkpoints (sync.md D11) */
  gboolean lazy_sync;     /* synchronous=NORMAL instead of FULL */
  guint page_size;        /* of one that is made; 0: as SQLite has it; without a key */
  const char *queries;    /* gresource folder of named query files, e.g. "/org/kith/sql/store/queries" */
} KithDbOptions;

KithDb *kith_db_open (const KithDbOptions *options, GError **error);
void kith_db_close (KithDb *self); /* an open transaction is rolled back */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithDb, kith_db_close)

/* All of it as it stands at this moment, into a new file with this key, while its one writer goes on. */
gboolean kith_db_copy (KithDb *self, const char *path, const guint8 *key, GError **error);

/* Runs every numbered file of the gresource folder (0001-why.sql …) that has not run yet, each in a transaction. */
gboolean kith_db_migrate (KithDb *self, const char *folder, GError **error);
int kith_db_hold (const char *path, GError **error); /* the writer's lock of a file that is not opened */
gboolean kith_db_is_damaged (KithDb *self);
gboolean kith_db_take_index_broken (KithDb *self);
gint64 kith_db_get_size (KithDb *self); /* bytes of its pages */

/* All pages anew, out of what is in use: what was deleted stands in none of them any more, nor in the log. Outside of a transaction. */
gboolean kith_db_rewrite (KithDb *self, GError **error);
gboolean kith_db_exec (KithDb *self, const char *sql, GError **error); /* schema and pragmas only: no values */

/* Statements are cached by text; a statement is yours until it is reset (its autoptr resets it). Asking for one
 * that is in use gives a second one. Parameters count from 1, columns from 0. */
KithDbStmt *kith_db_query (KithDb *self, const char *name, GError **error);
GStrv kith_db_query_names (KithDb *self); /* sorted; for tests that prepare each */
const char *kith_db_query_text (KithDb *self, const char *name); /* its SQL, to be put into another statement; NULL: no such query */
KithDbStmt *kith_db_prepare (KithDb *self, const char *sql, GError **error);
void kith_db_reset (KithDbStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithDbStmt, kith_db_reset)
void kith_db_rewind (KithDbStmt *stmt); /* back to before its first row, values kept */

void kith_db_bind_text (KithDbStmt *stmt, int index, const char *text); /* copied; NULL binds null */
void kith_db_bind_int (KithDbStmt *stmt, int index, gint64 value);
void kith_db_bind_blob (KithDbStmt *stmt, int index, const void *data, gsize length);
void kith_db_bind_null (KithDbStmt *stmt, int index);

typedef enum
{
  KITH_DB_FAILED = -1,
  KITH_DB_DONE = 0,
  KITH_DB_ROW = 1,
} KithDbStep;

KithDbStep kith_db_step (KithDbStmt *stmt, GError **error);
gboolean kith_db_step_done (KithDbStmt *stmt, GError **error); /* runs to the end */
const char *kith_db_text (KithDbStmt *stmt, int column);       /* until the next step or reset; NULL for null */
gint64 kith_db_int (KithDbStmt *stmt, int column);
const void *kith_db_blob (KithDbStmt *stmt, int column, gsize *length);
gboolean kith_db_is_null (KithDbStmt *stmt, int column);
int kith_db_n_columns (KithDbStmt *stmt);
const char *kith_db_column_name (KithDbStmt *stmt, int column);

/* One line for one statement: types is s, i, n per parameter ("sis"), the values follow.
 *   kith_db_run (db, error, "outbox-drop", "i", n) */
gboolean kith_db_run (KithDb *self, GError **error, const char *query, const char *types, ...);
gboolean kith_db_fetch_int (KithDb *self, gint64 *value, GError **error, const char *query, const char *types, ...); /* no row: TRUE and *value untouched */
char *kith_db_fetch_text (KithDb *self, GError **error, const char *query, const char *types, ...);                  /* no row: NULL without error */
int kith_db_changes (KithDb *self);
gint64 kith_db_last_row (KithDb *self); /* the number of the row that was added last, by a statement itself and not by a trigger */

/* Commits in between survive the end of this process, not a power failure; the next one after it was taken back makes them
 * last too. For marks about this process itself. Not inside a transaction. */
gboolean kith_db_set_lazy_sync (KithDb *self, gboolean lazy, GError **error);
gboolean kith_db_set_bulk (KithDb *self, gboolean bulk, GError **error); /* very much is written, transaction by transaction: up to 96 MiB of memory and a long log until it is over */
gboolean kith_db_begin (KithDb *self, GError **error); /* BEGIN IMMEDIATE (a reader: deferred snapshot) */
gboolean kith_db_commit (KithDb *self, GError **error);
void kith_db_rollback (KithDb *self);
gboolean kith_db_in_transaction (KithDb *self);

/* What an owner puts off to the end of a transaction. before_commit may write; when it fails nothing is committed. drop: what was put
 * off is void, the transaction has been rolled back (it may be called without one). */
typedef gboolean (*KithDbBeforeCommit) (gpointer user_data, GError **error);
typedef void (*KithDbDrop) (gpointer user_data);
void kith_db_put_off (KithDb *self, KithDbBeforeCommit before_commit, KithDbDrop drop, gpointer user_data);

gboolean kith_db_savepoint (KithDb *self, const char *name, GError **error);
gboolean kith_db_release (KithDb *self, const char *name, GError **error);
void kith_db_rollback_to (KithDb *self, const char *name); /* and releases it */

void kith_db_set_cancellable (KithDb *self, GCancellable *cancellable); /* reaches into a running statement */

/* Rolls back unless committed: g_autoptr (KithDbTransaction) tx = kith_db_transaction_begin (db, error); … kith_db_transaction_commit (tx, error) */
typedef struct _KithDbTransaction KithDbTransaction;
KithDbTransaction *kith_db_transaction_begin (KithDb *self, GError **error);
gboolean kith_db_transaction_commit (KithDbTransaction *self, GError **error);
void kith_db_transaction_free (KithDbTransaction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithDbTransaction, kith_db_transaction_free)

G_END_DECLS
