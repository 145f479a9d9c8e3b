/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hsds.h"
#include "kith-kind.h"

G_BEGIN_DECLS

/* The kinds that have records of their own, in the order they are yielded: no record comes before one it refers to. */
#define KITH_HSDS_KINDS 7
extern const char *const kith_hsds_kinds[KITH_HSDS_KINDS];

/* Where something came from, for the list of problems. */
typedef struct
{
  KithProblems *problems;
  const char *source;
  const char *file;
  guint64 row;
  gboolean keep_refs; /* references stay as the source's ids, for a part that is hung on its owners later */
} KithHsdsPlace;

/* Makes the record's body from the members as they were read (text or JSON values, parts nested): values by the kind's fields,
 * references as Kith's ids, members the kind does not know kept. NULL: a required value is missing or wrong; it is in the
 * problems. raw: transfer none. */
JsonObject *kith_hsds_shape (const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place);

JsonObject *kith_hsds_shape_part (const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place); /* the same for a part: its id stays */

/* {t, source, source_id, body}; body: transfer full. */
JsonObject *kith_hsds_operation (const char *kind, const char *source, const char *source_id, JsonObject *body);

/* One table of the tabular form, from folder or (when not NULL) from tables. *table is NULL without error when there is none. */
typedef struct _KithHsdsTable KithHsdsTable;
gboolean kith_hsds_table_open (const char *folder, JsonObject *tables, const char *name, KithProblems *problems, KithHsdsTable **table,
                               GError **error); /* name: static */
gboolean kith_hsds_table_next (KithHsdsTable *self, JsonObject **object, guint64 *row, GError **error); /* FALSE: the end; *object NULL: a row that cannot be taken */
guint64 kith_hsds_table_bytes_read (KithHsdsTable *self); /* NULL: 0 */
void kith_hsds_table_free (KithHsdsTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithHsdsTable, kith_hsds_table_free)

/* Tables: a folder of CSV files, or one JSON object of arrays by file name. */
KithReader *kith_hsds_tables_new (const char *folder, const char *source, GError **error);
KithReader *kith_hsds_tables_new_for_json (const char *file, JsonObject *tables, const char *source);

/* Nested JSON: files of records. */
KithReader *kith_hsds_json_new (const char *const *paths, const char *source, GError **error);

G_END_DECLS
