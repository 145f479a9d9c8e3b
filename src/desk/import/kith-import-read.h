/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The file before anything is taken from it. Reading and writing go on in threads of their own, a thousand rows at a time. */

typedef struct
{
  char *path, *name;
  GPtrArray *columns; /* (element-type utf8): names in the first row */
  GPtrArray *samples; /* (element-type utf8), one each: what the first rows have there, "María, Ann, Li" */
  GPtrArray *values;  /* (element-type GPtrArray), one each: (element-type utf8), what each of the first rows has there, those that have something */
} KithImportFile;
void kith_import_file_free (KithImportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithImportFile, kith_import_file_free)

void kith_import_open_async (const char *path, GAsyncReadyCallback callback, gpointer user_data);
KithImportFile *kith_import_open_finish (GAsyncResult *result, GError **error);

typedef void (*KithImportProgress) (guint64 rows, double done, gpointer user_data);

/* The dry run: every row into the store's keeping under the import's id. map: see KithClientReaderOptions. */
void kith_import_read_async (KithContext *context, KithImportFile *file, const char *id, const char *source, const char *map, GCancellable *cancellable,
                             KithImportProgress progress, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE with error: with KITH_IMPORT_ASKS nothing was read, for the dates of a column could be meant the other way round, and *date_format (g_free ()) is one
 * of the two; where both occur, ways has a row that is written so and one that is not, else 0. TRUE: *date_format (out) (nullable): how birth dates were read. */
#define KITH_IMPORT_ASKS G_IO_ERROR_INVALID_ARGUMENT
gboolean kith_import_read_finish (GAsyncResult *result, char **date_format, guint64 ways[2], GError **error);

G_END_DECLS
