/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-sheet.h"

G_BEGIN_DECLS

/* A CSV file row by row, in memory that does not grow with the file: RFC 4180 and what people's programs make of it
 * (byte order mark, CR LF or LF or CR, line breaks in quotes, semicolons or tabs, old code pages). Quotes that open and are not closed, or are closed
 * only by a later row's so that the columns are no longer those of the first row, end with their line: that row is told by its flag, none after it is lost. */
#define KITH_CSV_ERROR (kith_csv_error_quark ())
GQuark kith_csv_error_quark (void);
typedef enum
{
  KITH_CSV_ERROR_READ,     /* the stream failed */
  KITH_CSV_ERROR_ENCODING, /* UTF-16 */
} KithCsvError;

typedef struct
{
  char delimiter; /* 0: the most frequent of comma, semicolon and tab in the first line */
  gboolean trim;  /* spaces and tabs around a field do not count, before a quote neither */
  gsize max_row;  /* bytes; 0: 256 KiB */
} KithCsvOptions;

typedef struct _KithCsv KithCsv;

KithCsv *kith_csv_new (GInputStream *stream, const KithCsvOptions *options); /* options may be NULL */
void kith_csv_free (KithCsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithCsv, kith_csv_free)

gboolean kith_csv_next (KithCsv *self, GError **error); /* FALSE at the end, or with error; empty rows are passed over */
guint64 kith_csv_row (KithCsv *self);                   /* as a spreadsheet counts: from 1, empty rows too */
guint kith_csv_flags (KithCsv *self);                   /* KithSheetFlags of this row */
guint kith_csv_n_fields (KithCsv *self);                /* of this row */
const char *kith_csv_get (KithCsv *self, guint field);  /* "" beyond the end; until the next row */
guint64 kith_csv_bytes_read (KithCsv *self);

/* The same with its first row as header. */
KithSheet *kith_csv_open_sheet (GInputStream *stream, gboolean trim, GError **error);

G_END_DECLS
