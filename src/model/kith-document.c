/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-document.h"

#include <string.h>

/* Named one by one: what is new is refused until somebody has looked at it. No HTML and no SVG, which may carry programs; no office files
 * with macros. With how their files' names may end; the first is what a name gets that ends otherwise. */
static const struct
{
  const char *media_type, *endings[4];
} allowed[] = {
  { "application/pdf", { ".pdf" } },
  { "application/rtf", { ".rtf" } },
  { "application/msword", { ".doc" } },
  { "application/vnd.ms-excel", { ".xls" } },
  { "application/vnd.oasis.opendocument.spreadsheet", { ".ods" } },
  { "application/vnd.oasis.opendocument.text", { ".odt" } },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", { ".xlsx" } },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", { ".docx" } },
  { "audio/mp4", { ".m4a", ".mp4" } },
  { "audio/mpeg", { ".mp3" } },
  { "audio/ogg", { ".ogg", ".oga", ".opus" } },
  { "image/bmp", { ".bmp" } },
  { "image/gif", { ".gif" } },
  { "image/heic", { ".heic" } },
  { "image/heif", { ".heif", ".heic" } },
  { "image/jpeg", { ".jpg", ".jpeg", ".jpe" } },
  { "image/png", { ".png" } },
  { "image/tiff", { ".tif", ".tiff" } },
  { "image/webp", { ".webp" } },
  { "message/rfc822", { ".eml" } },
  { "text/calendar", { ".ics" } },
  { "text/csv", { ".csv" } },
  { "text/plain", { ".txt", ".text", ".log" } },
  { "text/rtf", { ".rtf" } },
  { "text/vcard", { ".vcf", ".vcard" } },
};

static const char *const *
find_endings (const char *media_type)
{
  for (gsize i = 0; media_type != NULL && i < G_N_ELEMENTS (allowed); i++)
    if (g_str_equal (allowed[i].media_type, media_type))
      return allowed[i].endings;
  return NULL;
}

gboolean
kith_document_media_allowed (const char *media_type)
{
  return find_endings (media_type) != NULL;
}

/* What turns the direction of writing hides an ending before the eyes, what a path is made of leads elsewhere, and what cannot be seen misleads. */
static gboolean
is_harmless (gunichar letter)
{
  return g_unichar_isprint (letter) && g_unichar_type (letter) != G_UNICODE_FORMAT && letter != '/' && letter != '\\' && letter != ':';
}

#define NAME_MOST 80 /* letters: whatever a file system takes, with the ending still in sight */

/**
 * kith_document_file_name:
 * @name: (nullable): what a colleague called the file
 * @media_type: (nullable): what it was attached as
 *
 * What it is called on this computer. The ending of a name decides which program opens it, so it is one of the media type's, whatever the name says: a
 * page for a browser does not come as a PDF. What no media type is known of opens as text.
 *
 * Returns: (transfer full): a name without a folder
 */
char *
kith_document_file_name (const char *name,
                         const char *media_type)
{
  const char *const *endings = find_endings (media_type);
  g_autoptr (GString) safe = g_string_new (NULL);
  g_autofree char *lower = NULL, *ending = NULL, *stem = NULL;
  guint n = 0;

  for (const char *at = name; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (safe, is_harmless (g_utf8_get_char (at)) ? g_utf8_get_char (at) : '_');
  if (safe->len == 0)
    g_string_assign (safe, "file");
  if (*safe->str == '.')
    *safe->str = '_';
  lower = g_ascii_strdown (safe->str, -1);
  for (guint i = 0; endings != NULL && i < G_N_ELEMENTS (allowed[0].endings) && endings[i] != NULL; i++)
    if (g_str_has_suffix (lower, endings[i]))
      {
        n = (guint) strlen (endings[i]);
        break;
      }
  ending = n > 0 ? g_strdup (safe->str + safe->len - n) : g_strdup (endings != NULL ? endings[0] : ".txt");
  g_string_truncate (safe, safe->len - n);
  stem = g_utf8_substring (safe->str, 0, MIN (g_utf8_strlen (safe->str, -1), NAME_MOST));
  return g_strconcat (stem, ending, NULL);
}
