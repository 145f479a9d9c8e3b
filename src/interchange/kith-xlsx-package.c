/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-xlsx-private.h"

#include "kith-sheet.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>
#include <string.h>

/* The parts of a workbook: a zip of XML files that name one another. */

#define SMALL_PART (16 * 1024 * 1024)
#define STRINGS_PART (1024 * 1024 * 1024)
#define STRINGS_KEPT (256 * 1024 * 1024) /* of text and where it is: what the memory has to hold */

struct _KithXlsxPart
{
  struct archive *archive;
  xmlTextReader *reader;
  guint64 size, done, limit; /* unpacked bytes */
  gboolean too_large;
};

static gboolean
fail (GError **error, const char *why)
{
  g_set_error (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_FORMAT, _("The workbook cannot be read: %s. Open it and save it again as .xlsx, or as CSV."), why);
  return FALSE;
}

static int
read_cb (void *data, char *buffer, int length)
{
  KithXlsxPart *self = data;
  la_ssize_t got = archive_read_data (self->archive, buffer, length);

  if (got < 0)
    return -1;
  self->done += (guint64) got;
  self->too_large = self->done > self->limit;
  return self->too_large ? -1 : (int) got;
}

static int
close_cb (void *data)
{
  return 0;
}

/* Told through the reader's state; nothing of libxml2's own goes to the terminal. */
static void
quiet_cb (void *data, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
}

static gboolean
find_entry (KithXlsxPart *self, const char *name, gboolean *found, GError **error)
{
  struct archive_entry *entry;
  int state;

  *found = FALSE;
  while ((state = archive_read_next_header (self->archive, &entry)) == ARCHIVE_OK || state == ARCHIVE_WARN)
    {
      const char *path = archive_entry_pathname (entry);

      if (path == NULL || g_ascii_strcasecmp (path, name) != 0)
        continue;
      self->size = archive_entry_size_is_set (entry) ? (guint64) archive_entry_size (entry) : 0;
      *found = TRUE;
      return TRUE;
    }
  return state == ARCHIVE_EOF || fail (error, archive_error_string (self->archive) != NULL ? archive_error_string (self->archive) : _("it is damaged"));
}

KithXlsxPart *
kith_xlsx_part_open (const char *path, const char *name, guint64 limit, GError **error)
{
  g_autoptr (KithXlsxPart) self = g_new0 (KithXlsxPart, 1);
  gboolean found;

  self->limit = limit;
  self->archive = archive_read_new ();
  archive_read_support_format_zip (self->archive);
  if (archive_read_open_filename (self->archive, path, 128 * 1024) != ARCHIVE_OK)
    {
      fail (error, archive_error_string (self->archive));
      return NULL;
    }
  if (!find_entry (self, name, &found, error) || !found)
    return NULL;
  self->reader = xmlReaderForIO (read_cb, close_cb, self, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
  if (self->reader == NULL)
    {
      fail (error, _("it is damaged"));
      return NULL;
    }
  xmlTextReaderSetErrorHandler (self->reader, quiet_cb, NULL);
  return g_steal_pointer (&self);
}

/**
 * kith_xlsx_part_free:
 * @self: (nullable) (transfer full)
 */
void
kith_xlsx_part_free (KithXlsxPart *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  archive_read_free (self->archive);
  g_free (self);
}

gboolean
kith_xlsx_part_next (KithXlsxPart *self, GError **error)
{
  int state = xmlTextReaderRead (self->reader);

  if (state == 1 && xmlTextReaderNodeType (self->reader) == XML_READER_TYPE_DOCUMENT_TYPE)
    return fail (error, _("it declares entities, which a workbook never does"));
  if (state < 0)
    return fail (error, self->too_large ? _("a part of it is far too large") : _("it is damaged"));
  return state == 1;
}

static gboolean
is_named (KithXlsxPart *self, const char *element)
{
  return g_strcmp0 ((const char *) xmlTextReaderConstLocalName (self->reader), element) == 0;
}

gboolean
kith_xlsx_part_starts (KithXlsxPart *self, const char *element)
{
  return xmlTextReaderNodeType (self->reader) == XML_READER_TYPE_ELEMENT && is_named (self, element);
}

gboolean
kith_xlsx_part_ends (KithXlsxPart *self, const char *element)
{
  int type = xmlTextReaderNodeType (self->reader);

  return (type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement (self->reader) == 1)) &&
         is_named (self, element);
}

const char *
kith_xlsx_part_text (KithXlsxPart *self)
{
  int type = xmlTextReaderNodeType (self->reader);

  return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
                 type == XML_READER_TYPE_WHITESPACE
           ? (const char *) xmlTextReaderConstValue (self->reader)
           : NULL;
}

/* r:id has a prefix of the writer's choice. */
char *
kith_xlsx_part_attribute (KithXlsxPart *self, const char *name)
{
  char *value = NULL;

  for (int at = xmlTextReaderMoveToFirstAttribute (self->reader); at == 1 && value == NULL; at = xmlTextReaderMoveToNextAttribute (self->reader))
    if (is_named (self, name))
      value = g_strdup ((const char *) xmlTextReaderConstValue (self->reader));
  xmlTextReaderMoveToElement (self->reader);
  return value;
}

double
kith_xlsx_part_done (KithXlsxPart *self)
{
  return self->size > 0 ? MIN (1.0, (double) self->done / (double) self->size) : 0;
}

/* ---- the workbook ---- */

/* The relation's id of the first sheet that is not hidden. */
static gboolean
read_workbook (KithXlsxBook *self, const char *path, char **relation, GError **error)
{
  g_autoptr (KithXlsxPart) part = kith_xlsx_part_open (path, "xl/workbook.xml", SMALL_PART, error);
  g_autoptr (GError) local = NULL;

  if (part == NULL)
    return error != NULL && *error != NULL ? FALSE
                                           : fail (error, _("it is not an Excel workbook (a document of another program, perhaps)"));
  while (kith_xlsx_part_next (part, &local))
    {
      g_autofree char *state = NULL;
      g_autofree char *epoch = NULL;

      if (kith_xlsx_part_starts (part, "workbookPr"))
        {
          epoch = kith_xlsx_part_attribute (part, "date1904");
          self->epoch_1904 = g_strcmp0 (epoch, "1") == 0 || g_strcmp0 (epoch, "true") == 0;
        }
      if (*relation != NULL || !kith_xlsx_part_starts (part, "sheet"))
        continue;
      state = kith_xlsx_part_attribute (part, "state");
      /* "id" is r:id: the sheet's own is called sheetId. */
      if (state == NULL || strcmp (state, "visible") == 0)
        *relation = kith_xlsx_part_attribute (part, "id");
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (*relation == NULL)
    fail (error, _("it has no visible sheet"));
  return *relation != NULL && (error == NULL || *error == NULL);
}

static gboolean
find_sheet (KithXlsxBook *self, const char *path, const char *relation, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithXlsxPart) part = kith_xlsx_part_open (path, "xl/_rels/workbook.xml.rels", SMALL_PART, &local);

  while (part != NULL && self->sheet == NULL && kith_xlsx_part_next (part, &local))
    if (kith_xlsx_part_starts (part, "Relationship"))
      {
        g_autofree char *id = kith_xlsx_part_attribute (part, "Id");
        g_autofree char *target = kith_xlsx_part_attribute (part, "Target");

        if (target != NULL && g_strcmp0 (id, relation) == 0)
          self->sheet = target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL);
      }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (self->sheet == NULL)
    fail (error, _("its first sheet is missing"));
  return self->sheet != NULL;
}

/* The formats every program knows by number (ECMA-376, 18.8.30). */
static KithXlsxStyle
style_by_number (guint id)
{
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    return (KithXlsxStyle) { .date = 1 };
  if (id == 22)
    return (KithXlsxStyle) { .date = 2 };
  return (KithXlsxStyle) { 0 };
}

/* "yyyy\-mm\-dd", "[$-409]d-mmm-yy;@", "00000": what stands in quotes, in brackets or behind a backslash is no code. */
static KithXlsxStyle
style_by_code (const char *code)
{
  KithXlsxStyle style = { 0 };
  gboolean days = FALSE, hours = FALSE, zeros_only = TRUE;
  guint zeros = 0;

  for (const char *at = code; *at != '\0' && *at != ';'; at++)
    {
      if (*at == '"' || *at == '[')
        {
          const char *end = strchr (at + 1, *at == '"' ? '"' : ']');

          if (end == NULL)
            break;
          at = end;
          continue;
        }
      if (*at == '\\' && at[1] != '\0')
        {
          at++;
          continue;
        }
      days |= strchr ("yYdD", *at) != NULL;
      hours |= strchr ("hHsS", *at) != NULL;
      zeros_only &= *at == '0';
      zeros += *at == '0';
    }
  if (days)
    style.date = hours ? 2 : 1;
  else if (zeros_only && zeros > 1 && zeros < 20)
    style.zeros = (guint8) zeros;
  return style;
}

static gboolean
read_styles (KithXlsxBook *self, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithXlsxPart) part = kith_xlsx_part_open (path, "xl/styles.xml", SMALL_PART, &local);
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gboolean in_formats = FALSE;

  while (part != NULL && kith_xlsx_part_next (part, &local))
    {
      g_autofree char *id = NULL;

      if (kith_xlsx_part_starts (part, "cellXfs"))
        in_formats = TRUE;
      if (kith_xlsx_part_ends (part, "cellXfs"))
        in_formats = FALSE;
      if (!kith_xlsx_part_starts (part, "numFmt") && !(in_formats && kith_xlsx_part_starts (part, "xf")))
        continue;
      id = kith_xlsx_part_attribute (part, "numFmtId");
      guint number = id != NULL ? (guint) g_ascii_strtoull (id, NULL, 10) : 0;

      if (!in_formats)
        {
          char *code = kith_xlsx_part_attribute (part, "formatCode");

          g_hash_table_replace (codes, GUINT_TO_POINTER (number), code != NULL ? code : g_strdup (""));
          continue;
        }
      const char *code = g_hash_table_lookup (codes, GUINT_TO_POINTER (number));
      KithXlsxStyle style = code != NULL ? style_by_code (code) : style_by_number (number);

      g_array_append_val (self->styles, style);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return error == NULL || *error == NULL;
}

/* <si><t>…</t></si> or several runs <r><t>; <rPh> is how it is pronounced, which is not part of it. */
static gboolean
read_strings (KithXlsxBook *self, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithXlsxPart) part = kith_xlsx_part_open (path, "xl/sharedStrings.xml", STRINGS_PART, &local);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in_text = FALSE, in_phonetic = FALSE;
  gsize kept = 0;

  while (part != NULL && local == NULL && kith_xlsx_part_next (part, &local))
    {
      const char *piece = in_text && !in_phonetic ? kith_xlsx_part_text (part) : NULL;

      if (piece != NULL)
        g_string_append (text, piece);
      if (kept + text->len > STRINGS_KEPT) /* one string without an end, too */
        {
          fail (&local, _("it holds far too much text"));
          break;
        }
      if (kith_xlsx_part_starts (part, "t"))
        in_text = TRUE;
      if (kith_xlsx_part_ends (part, "t"))
        in_text = FALSE;
      if (kith_xlsx_part_starts (part, "rPh"))
        in_phonetic = TRUE;
      if (kith_xlsx_part_ends (part, "rPh"))
        in_phonetic = FALSE;
      if (!kith_xlsx_part_ends (part, "si"))
        continue;
      kept += text->len + 1 + sizeof (gpointer);
      g_ptr_array_add (self->strings, g_string_chunk_insert_len (self->chunk, text->str, (gssize) text->len));
      g_string_truncate (text, 0);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * kith_xlsx_book_read:
 * @self: zeroed before; cleared by kith_xlsx_book_clear(), on failure too
 * @error: KITH_SHEET_ERROR_FORMAT when the package is damaged, is none, or holds more text than memory is meant for
 *
 * Reads what all sheets share, the texts whole, and which part is the first visible sheet; no row of it.
 */
gboolean
kith_xlsx_book_read (KithXlsxBook *self, const char *path, GError **error)
{
  g_autofree char *relation = NULL;

  self->styles = g_array_new (FALSE, FALSE, sizeof (KithXlsxStyle));
  self->strings = g_ptr_array_new ();
  self->chunk = g_string_chunk_new (64 * 1024);
  return read_workbook (self, path, &relation, error) && find_sheet (self, path, relation, error) && read_styles (self, path, error) &&
         read_strings (self, path, error);
}

/**
 * kith_xlsx_book_clear:
 *
 * Frees what kith_xlsx_book_read() filled in, however far it came.
 */
void
kith_xlsx_book_clear (KithXlsxBook *self)
{
  g_clear_pointer (&self->sheet, g_free);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->strings, g_ptr_array_unref);
  g_clear_pointer (&self->chunk, g_string_chunk_free);
}
