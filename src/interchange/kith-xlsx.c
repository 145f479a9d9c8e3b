/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-xlsx.h"

#include "kith-xlsx-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The rows of one sheet: <row r="3"><c r="B3" s="5" t="s"><v>17</v></c>…</row>, in order. */

#define SHEET_PART (G_GUINT64_CONSTANT (8) * 1024 * 1024 * 1024)
#define MAX_ROW (256 * 1024)
#define MAX_COLUMNS 2000
#define DAY_ZERO 693594 /* 30 December 1899 as GDate counts: day 60 of the 1900 system and all after it */
#define LAST_DAY 2958465 /* 31 December 9999 */

typedef enum { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_ERROR } CellType;

typedef struct
{
  KithXlsxBook book;
  KithXlsxPart *part;
  guint64 size;       /* of the file */
  GString *text;      /* the row's fields, one after the other, each ended by NUL */
  GArray *offsets;    /* gsize, by column; G_MAXSIZE: left out */
  guint64 row;
  guint flags;

  /* the cell being read */
  guint column;
  CellType type;
  guint style;
  GString *value;
} Rows;

static void
rows_free (gpointer data)
{
  Rows *self = data;

  kith_xlsx_book_clear (&self->book);
  kith_xlsx_part_free (self->part);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_array_unref (self->offsets);
  g_free (self);
}

/* "AB12" → 27; a cell that does not say follows the one before it. */
static guint
column_of (const char *reference, guint next)
{
  guint column = 0;

  if (reference == NULL || !g_ascii_isalpha (*reference))
    return next;
  for (; g_ascii_isalpha (*reference) && column < MAX_COLUMNS * 26; reference++)
    column = column * 26 + (guint) (g_ascii_toupper (*reference) - 'A' + 1);
  return column - 1;
}

static CellType
cell_type (const char *name)
{
  if (name == NULL || strcmp (name, "n") == 0)
    return CELL_NUMBER;
  if (strcmp (name, "s") == 0)
    return CELL_SHARED;
  if (strcmp (name, "b") == 0)
    return CELL_BOOL;
  return strcmp (name, "e") == 0 ? CELL_ERROR : CELL_TEXT;
}

/* Days since the end of 1899, as Excel counts: its 29 February 1900 never was, so days before it are one further on. */
static char *
date_text (Rows *self, double serial, gboolean with_time)
{
  GDate date;
  gint64 seconds, days, rest;
  char text[32];

  if (serial < 0 || serial > LAST_DAY) /* first of all: a larger number is none of whole seconds */
    return NULL;
  seconds = (gint64) floor (serial * 86400 + 0.5);
  days = seconds / 86400 + (self->book.epoch_1904 ? 1462 : 0);
  rest = seconds % 86400;
  if (days > LAST_DAY)
    return NULL;
  if (days < 60 && !self->book.epoch_1904)
    days++;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (days + DAY_ZERO));
  if (with_time && rest != 0)
    g_snprintf (text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date),
                (int) (rest / 3600), (int) (rest / 60 % 60), (int) (rest % 60));
  else
    g_snprintf (text, sizeof text, "%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
  return g_strdup (text);
}

static char *
number_text (Rows *self, const char *text)
{
  KithXlsxStyle style = self->style < self->book.styles->len ? g_array_index (self->book.styles, KithXlsxStyle, self->style) : (KithXlsxStyle) { 0 };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], *end;
  double number = g_ascii_strtod (text, &end);
  char *date;

  if (end == text || *end != '\0' || !isfinite (number))
    return g_strdup (text);
  if (style.date != 0 && (date = date_text (self, number, style.date == 2)) != NULL)
    return date;
  if (style.zeros != 0 && number >= 0 && number < 1e15 && number == floor (number))
    return g_strdup_printf ("%0*" G_GINT64_FORMAT, style.zeros, (gint64) number);
  /* What a person typed has no more digits than this; the rest is the binary number showing through. */
  if (fabs (number) < 1e15 && number == floor (number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number);
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static char *
cell_text (Rows *self)
{
  const char *text = self->value->str;
  guint64 i;

  switch (self->type)
    {
    case CELL_SHARED:
      i = g_ascii_strtoull (text, NULL, 10);
      return g_strdup (i < self->book.strings->len ? self->book.strings->pdata[i] : "");
    case CELL_BOOL:
      return g_strdup (strcmp (text, "1") == 0 ? "TRUE" : "FALSE");
    case CELL_NUMBER:
      return number_text (self, text);
    case CELL_ERROR:
      self->flags |= KITH_SHEET_CELL_ERROR;
      return g_strdup (text);
    case CELL_TEXT:
    default:
      return g_strdup (text);
    }
}

static void
end_cell (Rows *self)
{
  const gsize none = G_MAXSIZE;
  g_autofree char *text = self->value->len > 0 ? cell_text (self) : NULL;

  if (text == NULL || self->column >= MAX_COLUMNS)
    return;
  if (self->text->len + strlen (text) > MAX_ROW)
    {
      self->flags |= KITH_SHEET_TOO_LONG;
      return;
    }
  while (self->offsets->len <= self->column)
    g_array_append_val (self->offsets, none);
  g_array_index (self->offsets, gsize, self->column) = self->text->len;
  g_string_append_len (self->text, text, (gssize) strlen (text) + 1);
}

static void
start_cell (Rows *self, guint *next)
{
  g_autofree char *reference = kith_xlsx_part_attribute (self->part, "r");
  g_autofree char *type = kith_xlsx_part_attribute (self->part, "t");
  g_autofree char *style = kith_xlsx_part_attribute (self->part, "s");

  self->column = column_of (reference, *next);
  self->type = cell_type (type);
  self->style = style != NULL ? (guint) g_ascii_strtoull (style, NULL, 10) : 0;
  g_string_truncate (self->value, 0);
  *next = self->column + 1;
}

/* From <row> to </row>. */
static gboolean
read_row (Rows *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean in_value = FALSE, in_phonetic = FALSE;
  guint next = 0;

  if (kith_xlsx_part_ends (self->part, "row"))
    return TRUE;
  while (kith_xlsx_part_next (self->part, &local) && !kith_xlsx_part_ends (self->part, "row"))
    {
      const char *piece = in_value && !in_phonetic ? kith_xlsx_part_text (self->part) : NULL;

      if (piece != NULL && self->value->len < MAX_ROW)
        g_string_append (self->value, piece);
      if (kith_xlsx_part_starts (self->part, "c"))
        start_cell (self, &next);
      if (kith_xlsx_part_starts (self->part, "v") || kith_xlsx_part_starts (self->part, "t"))
        in_value = TRUE;
      if (kith_xlsx_part_ends (self->part, "v") || kith_xlsx_part_ends (self->part, "t"))
        in_value = FALSE;
      if (kith_xlsx_part_starts (self->part, "rPh"))
        in_phonetic = TRUE;
      if (kith_xlsx_part_ends (self->part, "rPh"))
        in_phonetic = FALSE;
      if (kith_xlsx_part_ends (self->part, "c"))
        end_cell (self);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
row_is_empty (Rows *self)
{
  for (gsize i = 0; i < self->text->len; i++)
    if (self->text->str[i] != '\0' && !g_ascii_isspace (self->text->str[i]))
      return FALSE;
  return self->flags == 0;
}

static gboolean
rows_next (gpointer data, GError **error)
{
  Rows *self = data;
  g_autoptr (GError) local = NULL;

  while (kith_xlsx_part_next (self->part, &local))
    {
      g_autofree char *number = NULL;

      if (kith_xlsx_part_ends (self->part, "sheetData"))
        return FALSE;
      if (!kith_xlsx_part_starts (self->part, "row"))
        continue;
      number = kith_xlsx_part_attribute (self->part, "r");
      self->row = number != NULL ? g_ascii_strtoull (number, NULL, 10) : self->row + 1;
      self->flags = 0;
      g_string_truncate (self->text, 0);
      g_array_set_size (self->offsets, 0);
      if (!read_row (self, &local))
        break;
      if (!row_is_empty (self))
        return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static guint64
rows_row (gpointer rows)
{
  return ((Rows *) rows)->row;
}

static guint
rows_flags (gpointer rows)
{
  return ((Rows *) rows)->flags;
}

static guint
rows_n_fields (gpointer rows)
{
  return ((Rows *) rows)->offsets->len;
}

static const char *
rows_get (gpointer data, guint field)
{
  Rows *self = data;
  gsize offset = field < self->offsets->len ? g_array_index (self->offsets, gsize, field) : G_MAXSIZE;

  return offset != G_MAXSIZE ? self->text->str + offset : "";
}

static guint64
rows_bytes_read (gpointer data)
{
  Rows *self = data;

  return (guint64) (kith_xlsx_part_done (self->part) * (double) self->size);
}

static const KithSheetFormat xlsx_format = {
  TRUE, rows_next, rows_row, rows_flags, rows_n_fields, rows_get, rows_bytes_read, rows_free,
};

KithSheet *
kith_xlsx_open (const char *path, GError **error)
{
  Rows *rows = g_new0 (Rows, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GError) local = NULL;

  rows->size = info != NULL ? (guint64) g_file_info_get_size (info) : 0;
  rows->text = g_string_new (NULL);
  rows->value = g_string_new (NULL);
  rows->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (kith_xlsx_book_read (&rows->book, path, &local))
    rows->part = kith_xlsx_part_open (path, rows->book.sheet, SHEET_PART, &local);
  if (rows->part != NULL)
    return kith_sheet_new (&xlsx_format, rows, error);
  if (local == NULL)
    g_set_error_literal (&local, KITH_SHEET_ERROR, KITH_SHEET_ERROR_FORMAT, _("The workbook cannot be read: its first sheet is missing."));
  g_propagate_error (error, g_steal_pointer (&local));
  rows_free (rows);
  return NULL;
}
