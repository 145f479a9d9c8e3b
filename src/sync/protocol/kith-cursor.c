/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-protocol.h"

#include <string.h>

#define VERSION "2"
#define MAX_TEXT 1024

/**
 * kith_cursor_clear:
 *
 * Frees the texts and zeroes the rest: that is where a desktop begins that knows nothing.
 */
void
kith_cursor_clear (KithCursor *self)
{
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->run, g_free);
  g_clear_pointer (&self->t, g_free);
  g_clear_pointer (&self->id, g_free);
  memset (self, 0, sizeof *self);
}

/* Enough to notice damage and mix-ups; no secret, since a cursor opens nothing. */
static char *
checksum (const char *payload, const char *binding)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;

  g_checksum_update (sum, (const guchar *) "kith-cursor\n", -1);
  g_checksum_update (sum, (const guchar *) binding, -1);
  g_checksum_update (sum, (const guchar *) "\n", -1);
  g_checksum_update (sum, (const guchar *) payload, -1);
  return g_strndup (g_checksum_get_string (sum), 16);
}

static char *
encode_base64 (const char *raw, gsize n)
{
  char *text = g_base64_encode ((const guchar *) raw, n);
  gsize length;

  for (char *p = text; *p != '\0'; p++)
    *p = *p == '+' ? '-' : *p == '/' ? '_' : *p;
  length = strlen (text);
  while (length > 0 && text[length - 1] == '=')
    text[--length] = '\0';
  return text;
}

char *
kith_cursor_encode (const KithCursor *self, const char *binding)
{
  g_autoptr (GString) payload = g_string_new (VERSION);
  g_autofree char *sum = NULL;

  g_string_append_printf (payload,
                          "|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s",
                          self->epoch, self->q, self->served, self->n, self->round, self->run != NULL ? self->run : "");
  if (self->open)
    g_string_append_printf (payload, "|%" G_GINT64_FORMAT "|%d|%" G_GINT64_FORMAT "|%s|%s|%" G_GINT64_FORMAT, self->H,
                            self->priority, self->sid, self->t != NULL ? self->t : "", self->id != NULL ? self->id : "",
                            self->tail);
  sum = checksum (payload->str, binding);
  g_string_append_printf (payload, "|%s", sum);
  return encode_base64 (payload->str, payload->len);
}

static char *
decode_base64 (const char *text)
{
  gsize length = strlen (text);
  g_autoptr (GString) padded = NULL;
  g_autofree guchar *raw = NULL;
  g_autofree char *again = NULL;
  gsize n;

  if (length == 0 || length > MAX_TEXT ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != length)
    return NULL;
  padded = g_string_new (text);
  for (gsize i = 0; i < length; i++)
    padded->str[i] = text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i];
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  raw = g_base64_decode (padded->str, &n);
  again = encode_base64 ((const char *) raw, n);
  if (memchr (raw, '\0', n) != NULL || strcmp (again, text) != 0) /* its last letter has bits to spare */
    return NULL;
  return g_strndup ((const char *) raw, n);
}

/* Anybody may write a cursor: what is counted on from here stays far from the end. */
static gboolean
read_number (const char *text, gint64 *value)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64 / 2, value, NULL);
}

gboolean
kith_cursor_decode (const char *text, const char *binding, KithCursor *cursor)
{
  g_autofree char *payload = decode_base64 (text);
  g_autofree char *sum = NULL;
  g_auto (GStrv) part = NULL;
  char *last;
  guint n;
  gint64 priority;
  gboolean ok;

  memset (cursor, 0, sizeof *cursor);
  if (payload == NULL || (last = strrchr (payload, '|')) == NULL)
    return FALSE;
  *last = '\0';
  sum = checksum (payload, binding);
  if (strcmp (sum, last + 1) != 0)
    return FALSE;

  part = g_strsplit (payload, "|", -1);
  n = g_strv_length (part);
  if ((n != 7 && n != 13) || strcmp (part[0], VERSION) != 0)
    return FALSE;
  ok = read_number (part[2], &cursor->q) && read_number (part[3], &cursor->served) &&
       read_number (part[4], &cursor->n) && read_number (part[5], &cursor->round);
  if (ok && n == 13)
    {
      ok = read_number (part[7], &cursor->H) && read_number (part[8], &priority) && priority < 1000 &&
           read_number (part[9], &cursor->sid) && read_number (part[12], &cursor->tail);
      if (ok)
        {
          cursor->open = TRUE;
          cursor->priority = (int) priority;
          cursor->t = *part[10] != '\0' ? g_strdup (part[10]) : NULL;
          cursor->id = *part[11] != '\0' ? g_strdup (part[11]) : NULL;
          ok = (cursor->t == NULL) == (cursor->id == NULL) && cursor->H >= cursor->q && cursor->tail >= cursor->q;
        }
    }
  if (!ok)
    {
      kith_cursor_clear (cursor);
      return FALSE;
    }
  cursor->epoch = g_strdup (part[1]);
  cursor->run = *part[6] != '\0' ? g_strdup (part[6]) : NULL;
  return TRUE;
}
