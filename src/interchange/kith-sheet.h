/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A table with a header row, read row by row, whichever program wrote it: CSV or an Excel workbook (.xlsx). Memory does not grow with
 * the number of rows. Any thread, one at a time. */
#define KITH_SHEET_ERROR (kith_sheet_error_quark ())
GQuark kith_sheet_error_quark (void);
typedef enum
{
  KITH_SHEET_ERROR_OPEN,   /* not there, or not readable */
  KITH_SHEET_ERROR_FORMAT, /* neither CSV nor .xlsx, or damaged */
  KITH_SHEET_ERROR_HEADER, /* no header, or the same name twice */
} KithSheetError;

/* What was odd about a row. */
typedef enum
{
  KITH_SHEET_WINDOWS_1252 = 1 << 0, /* CSV: not UTF-8, read as Windows-1252 */
  KITH_SHEET_NUL          = 1 << 1, /* CSV: NUL bytes were dropped */
  KITH_SHEET_UNCLOSED     = 1 << 2, /* CSV: a quotation mark is not closed; the row ends with its line, and the next one is read on its own */
  KITH_SHEET_TOO_LONG     = 1 << 3, /* cut */
  KITH_SHEET_CELL_ERROR   = 1 << 4, /* a cell holds an error of the spreadsheet: "#N/A" */
} KithSheetFlags;

typedef struct _KithSheet KithSheet;

/* How one format yields rows. */
typedef struct
{
  gboolean ragged; /* cells left out at the end of a row are empty ones */
  gboolean (*next) (gpointer rows, GError **error); /* FALSE at the end, or with error; empty rows are passed over */
  guint64 (*row) (gpointer rows);                   /* as a spreadsheet counts: from 1, empty rows too */
  guint (*flags) (gpointer rows);
  guint (*n_fields) (gpointer rows);
  const char *(*get) (gpointer rows, guint field);  /* "" beyond the end; until the next row */
  guint64 (*bytes_read) (gpointer rows);            /* of the file, roughly: for a progress bar */
  void (*free) (gpointer rows);
} KithSheetFormat;

KithSheet *kith_sheet_new (const KithSheetFormat *format, gpointer rows, GError **error); /* rows: transfer full, freed on error too; reads the header */
KithSheet *kith_sheet_open (const char *path, gboolean trim, GError **error); /* by what is in the file; trim: spaces around a field do not count */
void kith_sheet_free (KithSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithSheet, kith_sheet_free)

/* The first row as names, trimmed. Columns without a name are called "column 7". */
guint kith_sheet_n_columns (KithSheet *self);
const char *kith_sheet_column_name (KithSheet *self, guint column);
int kith_sheet_find_column (KithSheet *self, const char *name); /* case does not count; -1: none */

gboolean kith_sheet_next (KithSheet *self, GError **error);
guint64 kith_sheet_row (KithSheet *self);
guint kith_sheet_flags (KithSheet *self);
guint kith_sheet_n_fields (KithSheet *self);
const char *kith_sheet_get (KithSheet *self, guint field);
guint64 kith_sheet_bytes_read (KithSheet *self); /* of the file, roughly */

GPtrArray *kith_sheet_read_values (KithSheet *self, guint rows);

/* Why a row cannot be taken as it stands, a sentence's part for the person who owns the file; NULL: it can. (transfer full) */
char *kith_sheet_row_problem (KithSheet *self);
/* What was mended in it, or NULL. (transfer none) */
const char *kith_sheet_row_remark (KithSheet *self);

G_END_DECLS
