/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-csv.h"

/* A CSV file as a sheet. */

static gboolean
rows_next (gpointer rows, GError **error)
{
  return kith_csv_next (rows, error);
}

static guint64
rows_row (gpointer rows)
{
  return kith_csv_row (rows);
}

static guint
rows_flags (gpointer rows)
{
  return kith_csv_flags (rows);
}

static guint
rows_n_fields (gpointer rows)
{
  return kith_csv_n_fields (rows);
}

static const char *
rows_get (gpointer rows, guint field)
{
  return kith_csv_get (rows, field);
}

static guint64
rows_bytes_read (gpointer rows)
{
  return kith_csv_bytes_read (rows);
}

static void
rows_free (gpointer rows)
{
  kith_csv_free (rows);
}

static const KithSheetFormat csv_format = {
  FALSE, rows_next, rows_row, rows_flags, rows_n_fields, rows_get, rows_bytes_read, rows_free,
};

KithSheet *
kith_csv_open_sheet (GInputStream *stream, gboolean trim, GError **error)
{
  KithCsvOptions options = { .trim = trim };

  return kith_sheet_new (&csv_format, kith_csv_new (stream, &options), error);
}
