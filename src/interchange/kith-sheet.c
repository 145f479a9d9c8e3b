/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-sheet.h"

#include "kith-csv.h"
#include "kith-file-words.h"
#include "kith-text.h"
#include "kith-xlsx.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * kith_sheet_error_quark:
 *
 * Returns: the domain of #KithSheetError; the messages are sentences for the person who owns the file
 */
G_DEFINE_QUARK (kith-sheet-error-quark, kith_sheet_error)

struct _KithSheet
{
  const KithSheetFormat *format;
  gpointer rows;
  GPtrArray *names;
  GHashTable *columns; /* folded name → column + 1 */
};

static char *
fold_name (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));

  return g_utf8_casefold (trimmed, -1);
}

static gboolean
read_header (KithSheet *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!self->format->next (self->rows, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_HEADER, _("The file is empty."));
      return FALSE;
    }

  if (self->format->flags (self->rows) & KITH_SHEET_UNCLOSED)
    {
      g_set_error_literal (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_HEADER, _("The first row opens a quotation mark and does not close it; nothing was read."));
      return FALSE;
    }
  for (guint i = 0; i < self->format->n_fields (self->rows); i++)
    {
      const char *name = self->format->get (self->rows, i);
      g_autofree char *folded = fold_name (name);

      if (*folded == '\0')
        {
          g_ptr_array_add (self->names, g_strdup_printf ("column %u", i + 1));
          continue;
        }
      g_ptr_array_add (self->names, g_strstrip (g_strdup (name)));
      if (g_hash_table_contains (self->columns, folded))
        {
          g_set_error (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_HEADER, _("The first row names “%s” twice; nothing was read."),
                       (char *) self->names->pdata[i]);
          return FALSE;
        }
      g_hash_table_insert (self->columns, g_steal_pointer (&folded), GUINT_TO_POINTER (i + 1));
    }
  return TRUE;
}

KithSheet *
kith_sheet_new (const KithSheetFormat *format, gpointer rows, GError **error)
{
  g_autoptr (KithSheet) self = g_new0 (KithSheet, 1);

  self->format = format;
  self->rows = rows;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return read_header (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
starts_with (const guint8 *head, gsize length, const char *signature, gsize n)
{
  return length >= n && memcmp (head, signature, n) == 0;
}

/* No program writes these into a table: it is a picture, a document, a file that was cut. NUL is, and what ends a file of DOS. */
static gboolean
is_text (const guint8 *head, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (head[i] < ' ' && strchr ("\t\n\v\f\r\032", head[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * kith_sheet_open:
 * @path: a file
 * @trim: spaces and tabs around a field of a CSV file do not count, before a quote neither
 *
 * What the file is follows from its first bytes, whatever its name ends in.
 *
 * Returns: (nullable) (transfer full): its rows, the header read; NULL with KITH_SHEET_ERROR or an error of the format
 */
KithSheet *
kith_sheet_open (const char *path, gboolean trim, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &local);
  guint8 head[512];
  gsize got = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &got, NULL, &local) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, &local))
    {
      g_autofree char *words = kith_file_words (path, local);

      g_set_error_literal (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_OPEN, words);
      return NULL;
    }
  if (starts_with (head, got, "PK\003\004", 4))
    return kith_xlsx_open (path, error);
  if (starts_with (head, got, "\xd0\xcf\x11\xe0", 4))
    {
      g_set_error_literal (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_FORMAT,
                           _("This is an Excel file of the old kind (.xls), or one with a password. Save it as .xlsx without a password, "
                             "or as CSV; nothing was read."));
      return NULL;
    }
  if (!is_text (head, got))
    {
      g_set_error_literal (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_FORMAT, _("This is neither a CSV file nor Excel, or it is damaged; nothing was read."));
      return NULL;
    }
  return kith_csv_open_sheet (G_INPUT_STREAM (stream), trim, error);
}

/**
 * kith_sheet_free:
 * @self: (nullable) (transfer full): with the rows it was made for
 */
void
kith_sheet_free (KithSheet *self)
{
  if (self == NULL)
    return;
  self->format->free (self->rows);
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->columns);
  g_free (self);
}

guint
kith_sheet_n_columns (KithSheet *self)
{
  return self->names->len;
}

/**
 * kith_sheet_column_name:
 * @column: below kith_sheet_n_columns()
 *
 * Returns: (transfer none): trimmed, as long as the sheet lives
 */
const char *
kith_sheet_column_name (KithSheet *self, guint column)
{
  g_return_val_if_fail (column < self->names->len, NULL);
  return self->names->pdata[column];
}

int
kith_sheet_find_column (KithSheet *self, const char *name)
{
  g_autofree char *folded = fold_name (name);

  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, folded)) - 1;
}

/**
 * kith_sheet_next:
 *
 * To the next row below the header; empty ones are passed over. FALSE at the end, or with the format's error; what came before stands.
 */
gboolean
kith_sheet_next (KithSheet *self, GError **error)
{
  return self->format->next (self->rows, error);
}

/**
 * kith_sheet_row:
 *
 * Returns: the number a spreadsheet shows beside the row: from 1, which is the header's, empty rows counted
 */
guint64
kith_sheet_row (KithSheet *self)
{
  return self->format->row (self->rows);
}

/**
 * kith_sheet_flags:
 *
 * Returns: #KithSheetFlags of this row; kith_sheet_row_problem() and kith_sheet_row_remark() say them in words
 */
guint
kith_sheet_flags (KithSheet *self)
{
  return self->format->flags (self->rows);
}

/**
 * kith_sheet_n_fields:
 *
 * Returns: fields of this row; a workbook leaves out empty cells at its end, so there it is never fewer than the columns of the header
 */
guint
kith_sheet_n_fields (KithSheet *self)
{
  guint n = self->format->n_fields (self->rows);

  return self->format->ragged ? MAX (n, self->names->len) : n;
}

/**
 * kith_sheet_get:
 * @field: from 0, as the columns
 *
 * Returns: (transfer none): "" for an empty cell and beyond the end; until the next row
 */
const char *
kith_sheet_get (KithSheet *self, guint field)
{
  return self->format->get (self->rows, field);
}

guint64
kith_sheet_bytes_read (KithSheet *self)
{
  return self->format->bytes_read (self->rows);
}

/**
 * kith_sheet_read_values:
 * @rows: how many are read, from here on
 *
 * Returns: (transfer full) (element-type GPtrArray): for each column what those rows have there, trimmed texts; empty cells are left out
 */
GPtrArray *
kith_sheet_read_values (KithSheet *self, guint rows)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < kith_sheet_n_columns (self); i++)
    g_ptr_array_add (values, g_ptr_array_new_with_free_func (g_free));
  for (guint row = 0; row < rows && kith_sheet_next (self, NULL); row++)
    for (guint i = 0; i < values->len; i++)
      if (!kith_text_blank (kith_sheet_get (self, i)))
        g_ptr_array_add (values->pdata[i], g_strstrip (g_utf8_make_valid (kith_sheet_get (self, i), -1)));
  return values;
}

char *
kith_sheet_row_problem (KithSheet *self)
{
  guint flags = kith_sheet_flags (self), fields = kith_sheet_n_fields (self);

  if (flags & KITH_SHEET_UNCLOSED)
    return g_strdup (_("a quotation mark is opened here and not closed"));
  if (flags & KITH_SHEET_TOO_LONG)
    return g_strdup (_("the row is too long; a quotation mark that is opened and not closed does that"));
  if (flags & KITH_SHEET_CELL_ERROR)
    return g_strdup (_("a cell holds an error of the spreadsheet, such as #N/A"));
  if (fields != self->names->len)
    return g_strdup_printf (_("%u columns instead of %u"), fields, self->names->len);
  return NULL;
}

const char *
kith_sheet_row_remark (KithSheet *self)
{
  guint flags = kith_sheet_flags (self);

  if (flags & KITH_SHEET_WINDOWS_1252)
    return _("not UTF-8; read as Windows-1252");
  return flags & KITH_SHEET_NUL ? _("NUL characters were dropped") : NULL;
}
