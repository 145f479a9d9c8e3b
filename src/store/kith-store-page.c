/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of a pull, read before any of it is applied: what comes after the last mark of a cut answer does not count. */

#include "kith-store-page.h"

#include "kith-protocol.h"
#include "kith-store-private.h"

void
kith_page_free (KithPage *self)
{
  g_clear_pointer (&self->header, json_object_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

/* Lines that are good by themselves: a page cut right behind them has still purged. */
static gboolean
stands_alone (JsonObject *line)
{
  return json_object_has_member (line, "forget") || json_object_has_member (line, "until") || json_object_has_member (line, "op");
}

/* The first line must be the hub's: a captive portal's page is no answer. */
static gboolean
read_header (KithPage *self, KithLineReader *reader, GError **error)
{
  g_autoptr (JsonObject) line = kith_line_reader_next_object (reader, NULL);
  JsonObject *header = line != NULL ? kith_json_object (line, "h") : NULL;

  if (header == NULL || kith_json_int (header, "kith", 0) != KITH_PROTOCOL_VERSION || kith_json_string (header, "epoch") == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer does not come from a Kith hub");
      return FALSE;
    }
  self->header = json_object_ref (header);
  self->round = kith_json_int (header, "round", 0);
  self->H = kith_json_int (header, "H", 0);
  self->epoch = kith_json_string (header, "epoch");
  return TRUE;
}

KithPage *
kith_page_read (GBytes *body, GError **error)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (body, KITH_LIMIT_LINE);
  g_autoptr (KithPage) self = g_new0 (KithPage, 1);
  guint usable = 0, alone = 0;
  JsonObject *line;

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->more = TRUE;
  if (!read_header (self, reader, error))
    return NULL;

  while (!self->whole && (line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      JsonObject *end = kith_json_object (line, "end");
      const char *cursor = end != NULL ? kith_json_string (end, "cursor") : kith_json_string (line, "mark");

      g_ptr_array_add (self->lines, line);
      if (alone + 1 == self->lines->len && stands_alone (line))
        alone++;
      if (cursor == NULL)
        continue;
      usable = self->lines->len;
      self->cursor = cursor;
      self->whole = end != NULL;
      if (end != NULL)
        self->more = kith_json_bool (end, "more", FALSE);
    }
  g_ptr_array_set_size (self->lines, MAX (usable, alone));
  if (self->lines->len == 0)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer was cut before its first mark");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Nothing but the end line. */
gboolean
kith_page_is_empty (KithPage *self)
{
  return self->whole && self->lines->len == 1;
}
