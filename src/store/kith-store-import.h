/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-store.h"

G_BEGIN_DECLS

/* A spreadsheet on its way in (design.md 2.2, large work). Its rows are kept in the encrypted file, compared with who is here, and become
 * clients a few at a time as the hub takes them, so that a rebase never has to replay all of them. A crash goes on where it stopped. */

typedef struct
{
  guint64 fresh, same, maybe, bad;               /* before: what the dry run found */
  guint64 lacking;                               /* of the same: the list says what their records here do not */
  guint64 joined;                                /* said to be somebody who is here, or whom a row before is of */
  guint64 filled;                                /* of those: came in with the list before, and get what they lack */
  guint64 merged;                                /* of those: came in with that row */
  guint64 remarked;                              /* of those that are taken: something is left out, or read in another way than it stands there */
  guint64 queued, taken, refused, skipped, undone; /* after */
  guint64 still_here; /* of those undone: whom somebody worked with since, and all until the hub has answered */
} KithImportTally;

/* One row as read. args of client.import with the members source_id and values; NULL: it cannot be taken, reason says why. */
typedef struct
{
  gint64 row;
  JsonObject *args;
  char *reason;
  char *cells;  /* the row as it stands in the file: a JSON list of texts */
  char *who;    /* whom it is about, where args does not say; or NULL */
  char *remark; /* what is left out of it though it is taken; or NULL */
  gint64 like;  /* an earlier row that may be the same person; 0: none */
} KithImportRow;

/* Begins anew what was not begun; one that runs, or is done, is left alone and *begun is FALSE: the same file again goes on or says so. */
gboolean kith_store_import_begin (KithStore *self, const char *id, const char *file, const char *source, const char *header, gboolean *begun,
                                  GError **error);
gboolean kith_store_import_add (KithStore *self, const char *id, const KithImportRow *rows, guint n_rows, GError **error); /* one transaction */
gboolean kith_store_import_end_reading (KithStore *self, GError **error); /* after the last rows, or when no more are wanted */
gboolean kith_store_import_counts (KithStore *self, const char *id, KithImportTally *counts, char **state, GError **error);
gboolean kith_store_import_drop (KithStore *self, const char *id, GError **error); /* before it ran */

/* Of rows that may be somebody who is here, somebody says what they are; until then they stay out. OPEN: not decided after all. */
typedef enum
{
  KITH_IMPORT_OPEN,
  KITH_IMPORT_SAME,      /* the client here gets what is missing there */
  KITH_IMPORT_DIFFERENT, /* a client of their own, unless there is another one here whom it may be */
} KithImportVerdict;

GPtrArray *kith_store_import_list_maybe (KithStore *self, const char *id, guint limit, GError **error);
gboolean kith_store_import_decide (KithStore *self, const char *id, gint64 row, const char *client, KithImportVerdict verdict, GError **error);

/* From here on kith_store_import_step() moves it. fill: those who came in with the list before get what they lack, but for what somebody took away. */
gboolean kith_store_import_start (KithStore *self, const char *id, gboolean fill, GError **error);
/* A little of the import or undo that is running: takes in what the hub said, and queues the next rows while few are on their way. *more: there is work to
 * do at once; *id (out) (optional): which one ran, NULL: none. g_free() */
gboolean kith_store_import_step (KithStore *self, gboolean *more, char **id, GError **error);
typedef enum
{
  KITH_IMPORT_NOT_TAKEN, /* cannot be taken, or nobody decided on them */
  KITH_IMPORT_REMARKED,  /* are taken, and something of them is left out, or read in another way */
} KithImportRows;
/* These rows in order, the header before them (reason NULL). cells: a JSON list of texts. func returning FALSE ends it. */
typedef gboolean (*KithImportFunc) (const char *cells, const char *reason, gpointer user_data, GError **error);
gboolean kith_store_import_each (KithStore *self, const char *id, KithImportRows which, KithImportFunc func, gpointer user_data, GError **error);
/* Takes the whole import back: what is unsent is dropped, the rest undone by operations (client.import_undo). */
gboolean kith_store_import_undo (KithStore *self, const char *id, GError **error);

G_END_DECLS
