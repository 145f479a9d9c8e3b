/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-document.h"

#include <string.h>

/* Named one by one: what is new is refused until somebody has looked at it. No HTML and no SVG, which may carry programs; no office files
 * with macros. */
static const char *const allowed[] = {
  "application/pdf",
  "application/rtf",
  "application/msword",
  "application/vnd.ms-excel",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "audio/mp4",
  "audio/mpeg",
  "audio/ogg",
  "image/bmp",
  "image/gif",
  "image/heic",
  "image/heif",
  "image/jpeg",
  "image/png",
  "image/tiff",
  "image/webp",
  "message/rfc822",
  "text/calendar",
  "text/csv",
  "text/plain",
  "text/rtf",
  "text/vcard",
  NULL,
};

gboolean
kith_document_media_allowed (const char *media_type)
{
  return media_type != NULL && g_strv_contains (allowed, media_type);
}
