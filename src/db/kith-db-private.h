/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _KithDbQueries KithDbQueries;

struct _KithDb
{
  sqlite3 *handle;
  char *path;
  gboolean readonly;
  gboolean memory;
  gboolean lazy_sync;        /* for ever */
  gboolean damaged;          /* it met a page that is not what it was when it was written */
  gboolean index_broken;     /* it met a search index that is not as it should be */
  int lock_fd;               /* -1 for readers and in memory */
  KithDbQueries *queries;    /* borrowed: parsed once per process and never freed */
  GHashTable *statements;    /* SQL text → GPtrArray of KithDbStmt; the keys are borrowed from the statements */
  GQueue idle;               /* cached statements nobody uses, the one used last at the head */
  GCancellable *cancellable;
  KithDbBeforeCommit before_commit; /* NULL: nobody puts anything off */
  KithDbDrop drop;
  gpointer put_off_data;
};

struct _KithDbStmt
{
  KithDb *db;             /* NULL once the connection is closed under it */
  sqlite3_stmt *handle;
  char *sql;
  GList idle_link;        /* in db->idle while not in use */
  gboolean in_use;
  int bind_error;         /* the first bind that failed; reported by the next step */
};

/* Turns a SQLite result code into a KithDbError; what names the act for the message. */
void kith_db_set_error (KithDb *self, int code, const char *what, GError **error);

#define KITH_DB_KEY_TEXT 67
void kith_db_write_key (const guint8 *key, char text[KITH_DB_KEY_TEXT + 1]); /* as SQLCipher takes a raw one: to be wiped */
gboolean kith_db_make_file (const char *path, GError **error);               /* for its owner alone, unless it is there */

gboolean kith_db_add_functions (KithDb *self, GError **error); /* kith-db-functions.c */

void kith_db_statements_init (KithDb *self);
void kith_db_statements_clear (KithDb *self);

KithDbQueries *kith_db_queries_load (const char *folder, GError **error);
const char *kith_db_queries_find (KithDbQueries *self, const char *name);

G_END_DECLS
