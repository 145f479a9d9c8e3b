/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-csv.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * kith_csv_error_quark:
 *
 * Returns: the domain of #KithCsvError
 */
G_DEFINE_QUARK (kith-csv-error-quark, kith_csv_error)

#define BUFFER (64 * 1024)
#define MAX_ROW (256 * 1024)
#define MAX_FIELDS 2000

struct _KithCsv
{
  GInputStream *stream;
  char delimiter;
  gboolean trim;
  gsize max_row;

  guint8 *buffer;
  gsize length, at;
  guint64 bytes_read;
  gboolean started, ended;
  GError *error;      /* of the stream: told at the row it broke off */

  GString *text;      /* the row's fields, one after the other, each ended by NUL */
  GArray *offsets;    /* gsize: where each begins in text */
  guint64 row;        /* of the row just read */
  gboolean cut;       /* it ended with the file, not with a line end */
  guint flags;
  guint columns;      /* of the first row: as many as every row should have */

  /* A row whose quotes go over a line end may turn out to be several, with a quote too many in the first: how to come back to that line end. */
  gboolean noted, over_lines; /* there was one; it can still be come back to */
  gsize first_text;   /* what was there of the row until then */
  guint first_fields;
  gsize after;        /* in the buffer: the second line */
  GString *passed;    /* the buffers before this one, from there on */
  gboolean stray;     /* behind the end of quotes over lines stands more: it was the beginning of others */
};

KithCsv *
kith_csv_new (GInputStream *stream, const KithCsvOptions *options)
{
  KithCsv *self = g_new0 (KithCsv, 1);

  self->stream = g_object_ref (stream);
  if (options != NULL)
    {
      self->delimiter = options->delimiter;
      self->trim = options->trim;
      self->max_row = options->max_row;
    }
  if (self->max_row == 0)
    self->max_row = MAX_ROW;
  self->buffer = g_malloc (BUFFER);
  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->passed = g_string_new (NULL);
  return self;
}

/**
 * kith_csv_free:
 * @self: (nullable) (transfer full): lets the stream go; closing it is for whoever opened it
 */
void
kith_csv_free (KithCsv *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self->buffer);
  g_clear_error (&self->error);
  g_string_free (self->text, TRUE);
  g_string_free (self->passed, TRUE);
  g_array_unref (self->offsets);
  g_free (self);
}

/* The buffer goes: what may have to be read again is kept, as far as a row's measure. Dropped signs alone come to more: such a row stays one. */
static void
keep_passed (KithCsv *self)
{
  gsize more = self->length - self->after;

  if (self->passed->len + more > 2 * self->max_row + BUFFER)
    self->over_lines = FALSE;
  else
    g_string_append_len (self->passed, (const char *) self->buffer + self->after, (gssize) more);
  self->after = 0;
}

/* The next byte without taking it, -1 at the end. */
static int
peek (KithCsv *self)
{
  gsize got = 0;

  if (self->at < self->length)
    return self->buffer[self->at];
  if (self->ended)
    return -1;

  if (self->over_lines)
    keep_passed (self);
  /* Whole buffers, so that the guesses at the start see enough. */
  if (!g_input_stream_read_all (self->stream, self->buffer, BUFFER, &got, NULL, &self->error))
    self->ended = TRUE;
  self->at = 0;
  self->length = got;
  self->bytes_read += got;
  if (got == 0)
    self->ended = TRUE;
  return got > 0 ? self->buffer[0] : -1;
}

static int
take (KithCsv *self)
{
  int c = peek (self);

  if (c >= 0)
    self->at++;
  return c;
}

static char
guess_delimiter (KithCsv *self)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = self->at; i < self->length; i++)
    {
      char c = (char) self->buffer[i];

      if (c == '"')
        quoted = !quoted;
      if (!quoted && (c == '\n' || c == '\r'))
        break;
      for (guint k = 0; k < G_N_ELEMENTS (candidates); k++)
        if (!quoted && c == candidates[k])
          counts[k]++;
    }
  for (guint k = 1; k < G_N_ELEMENTS (candidates); k++)
    if (counts[k] > counts[best])
      best = k;
  return candidates[best];
}

static gboolean
start (KithCsv *self, GError **error)
{
  self->started = TRUE;
  peek (self);

  if (self->length >= 2 && ((self->buffer[0] == 0xff && self->buffer[1] == 0xfe) || (self->buffer[0] == 0xfe && self->buffer[1] == 0xff)))
    {
      g_set_error_literal (error, KITH_CSV_ERROR, KITH_CSV_ERROR_ENCODING,
                           _("The file is in UTF-16. Save it again as “CSV UTF-8”; nothing was read."));
      return FALSE;
    }
  if (self->length >= 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    self->at = 3;
  if (self->delimiter == '\0')
    self->delimiter = guess_delimiter (self);
  return TRUE;
}

/* FALSE once the row is full: what follows is dropped. */
static gboolean
append (KithCsv *self, int c)
{
  if (c == '\0')
    {
      self->flags |= KITH_SHEET_NUL;
      return TRUE;
    }
  if (self->text->len >= self->max_row)
    {
      self->flags |= KITH_SHEET_TOO_LONG;
      return FALSE;
    }
  g_string_append_c (self->text, (char) c);
  return TRUE;
}

static void
skip_blanks (KithCsv *self)
{
  int c;

  while (self->trim && ((c = peek (self)) == ' ' || c == '\t') && c != self->delimiter)
    take (self);
}

/* Within quotes, at a line end that was just taken. */
static void
note_line_end (KithCsv *self, int c)
{
  gboolean pair = c == '\r' && peek (self) == '\n';

  self->noted = self->over_lines = TRUE;
  self->first_text = self->text->len;
  self->first_fields = self->offsets->len;
  self->after = self->at + (pair ? 1 : 0);
  g_string_truncate (self->passed, 0);
}

/* Between the quotes: two of them stand for one. After the closing one the rest of the field is taken as it is. */
static void
read_quoted (KithCsv *self)
{
  int c;

  take (self);
  while ((c = take (self)) >= 0)
    {
      if (c == '"' && peek (self) != '"')
        return;
      if (c == '"')
        take (self);
      else if ((c == '\n' || c == '\r') && !self->noted)
        note_line_end (self, c);
      if (!append (self, c))
        return;
    }
  self->flags |= KITH_SHEET_UNCLOSED;
}

static gboolean
ends_field (KithCsv *self, int c)
{
  return c < 0 || c == self->delimiter || c == '\n' || c == '\r';
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t")] == '\0';
}

/* Leaves the delimiter or line end to be read next. */
static void
read_field (KithCsv *self)
{
  gsize start_of_field = self->text->len;
  gboolean quoted, before = self->noted;
  gsize bare; /* where the part that may be trimmed begins */
  int c;

  g_array_append_val (self->offsets, start_of_field);
  skip_blanks (self);
  quoted = peek (self) == '"';
  if (quoted)
    read_quoted (self);
  bare = self->text->len;

  while (!ends_field (self, c = peek (self)))
    {
      append (self, c);
      take (self);
    }
  self->stray |= self->noted && !before && !is_blank (self->text->str + bare);
  while (self->trim && self->text->len > bare && strchr (" \t", self->text->str[self->text->len - 1]) != NULL)
    g_string_truncate (self->text, self->text->len - 1);
  g_string_append_c (self->text, '\0');
}

/* With what was read of it so far: its quotes over lines are not what their writer meant. */
static gboolean
is_broken (KithCsv *self)
{
  return self->over_lines && self->error == NULL &&
         (self->stray || (self->flags & (KITH_SHEET_UNCLOSED | KITH_SHEET_TOO_LONG)) != 0 || (self->columns > 0 && self->offsets->len > self->columns));
}

/* The row ends with its first line after all, and is read on from the second: a quote too many takes no other row with it. */
static void
end_at_first_line (KithCsv *self)
{
  g_string_truncate (self->text, self->first_text);
  g_string_append_c (self->text, '\0');
  g_array_set_size (self->offsets, self->first_fields);
  self->flags = KITH_SHEET_UNCLOSED;
  self->cut = FALSE;

  self->at = self->after;
  if (self->passed->len > 0)
    {
      gsize length = self->passed->len + self->length;
      guint8 *joined = g_malloc (MAX (length, BUFFER));

      memcpy (joined, self->passed->str, self->passed->len);
      memcpy (joined + self->passed->len, self->buffer, self->length);
      g_free (self->buffer);
      self->buffer = joined;
      self->length = length;
      self->at = 0;
    }
}

static void
read_fields (KithCsv *self)
{
  int c;

  for (;;)
    {
      if (self->offsets->len < MAX_FIELDS)
        read_field (self);
      else
        while (!ends_field (self, peek (self)))
          take (self);
      if (is_broken (self))
        return;
      c = take (self);
      if (c == self->delimiter)
        continue;
      if (c == '\r' && peek (self) == '\n')
        take (self);
      self->cut = c < 0;
      return;
    }
}

static void
read_row (KithCsv *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->offsets, 0);
  self->flags = 0;
  self->noted = self->over_lines = self->stray = FALSE;

  read_fields (self);
  if (is_broken (self) || (self->over_lines && self->error == NULL && self->columns > 0 && self->offsets->len < self->columns))
    end_at_first_line (self);
  self->over_lines = FALSE;
}

/* Windows-1252 where it differs from Latin-1; the five bytes it leaves open become the replacement character. */
static gunichar
from_windows_1252 (guint8 byte)
{
  static const gunichar high[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
    0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
  };

  return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

static gboolean
row_is_utf8 (KithCsv *self)
{
  const char *at = self->text->str;
  const char *end = at + self->text->len;

  /* The NULs between the fields are the only ones: validate piece by piece. */
  for (; at < end; at += strlen (at) + 1)
    if (!g_utf8_validate (at, -1, NULL))
      return FALSE;
  return TRUE;
}

static void
recode_row (KithCsv *self)
{
  g_autoptr (GString) old = self->text;

  self->text = g_string_sized_new (old->len + 64);
  self->flags |= KITH_SHEET_WINDOWS_1252;
  for (guint i = 0; i < self->offsets->len; i++)
    {
      gsize *offset = &g_array_index (self->offsets, gsize, i);
      const guint8 *at = (const guint8 *) old->str + *offset;

      *offset = self->text->len;
      for (; *at != '\0'; at++)
        g_string_append_unichar (self->text, from_windows_1252 (*at));
      g_string_append_c (self->text, '\0');
    }
}

/* Rows of nothing but delimiters are what spreadsheets leave below a table. */
static gboolean
row_is_empty (KithCsv *self)
{
  for (gsize i = 0; i < self->text->len; i++)
    if (self->text->str[i] != '\0' && !g_ascii_isspace (self->text->str[i]))
      return FALSE;
  return TRUE;
}

/* Always FALSE: the end, or what the stream said. */
static gboolean
tell_broken (KithCsv *self, GError **error)
{
  g_autofree char *row = self->error != NULL ? g_strdup_printf ("%" G_GUINT64_FORMAT, self->row) : NULL;

  if (self->error != NULL) /* Translators: the number of a row, then what went wrong */
    g_set_error (error, KITH_CSV_ERROR, KITH_CSV_ERROR_READ, _("Reading stopped after row %s: %s"), row, self->error->message);
  return FALSE;
}

gboolean
kith_csv_next (KithCsv *self, GError **error)
{
  if (!self->started && !start (self, error))
    return FALSE;

  do
    {
      if (peek (self) < 0)
        return tell_broken (self, error);
      read_row (self);
      /* A row the stream broke off in is not a row. */
      if (self->cut && self->error != NULL)
        return tell_broken (self, error);
      self->row++;
    }
  while (row_is_empty (self) && (self->flags & KITH_SHEET_UNCLOSED) == 0);
  if (self->columns == 0)
    self->columns = self->offsets->len;

  if (!row_is_utf8 (self))
    recode_row (self);
  return TRUE;
}

guint64
kith_csv_row (KithCsv *self)
{
  return self->row;
}

guint
kith_csv_flags (KithCsv *self)
{
  return self->flags;
}

guint
kith_csv_n_fields (KithCsv *self)
{
  return self->offsets->len;
}

const char *
kith_csv_get (KithCsv *self, guint field)
{
  return field < self->offsets->len ? self->text->str + g_array_index (self->offsets, gsize, field) : "";
}

/**
 * kith_csv_bytes_read:
 *
 * Returns: bytes of the file that rows were made of so far, for a progress bar
 */
guint64
kith_csv_bytes_read (KithCsv *self)
{
  return self->bytes_read - (self->length - self->at);
}
