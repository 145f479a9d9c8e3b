/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of a pull, read before any of it is applied: what comes after the last mark of a cut answer does not count. Of a long one that is whole,
 * the header and the end are read before, the lines between them while they are applied. */

#include "kith-store-page.h"

#include "kith-protocol.h"
#include "kith-store-private.h"

#define LONG_BYTES (32 * 1024) /* from here on a thread costs less than it saves */

/* A put of a kind known here, as its table takes it. FALSE: something else. */
static gboolean
take_put (KithPageLine *self, JsonObject *put)
{
  const KithKind *kind = kith_kind_get (kith_json_string (put, "t"));
  const char *id = kith_json_string (put, "id");
  JsonObject *body = kith_json_object (put, "body");
  g_autoptr (KithRecord) record = NULL;

  if (kind == NULL || id == NULL || body == NULL)
    return FALSE;
  record = kith_record_new_for_body (kind, id, body);
  self->kind = kind;
  self->id = g_strdup (id);
  self->sid = kith_json_int (put, "s", 0);
  self->q = kith_json_int (put, "q", 0);
  self->body = kith_record_print (record);
  self->texts[0] = kith_record_find_text (record);
  self->texts[1] = kith_record_digits (record);
  return TRUE;
}

KithPageLine *
kith_page_line_new (JsonObject *object)
{
  KithPageLine *self = g_new0 (KithPageLine, 1);
  JsonObject *put = kith_json_object (object, "put");

  self->object = object;
  /* A cursor beside it, whatever that means, is borrowed from its line. */
  if (put != NULL && take_put (self, put) && json_object_get_size (object) == 1)
    g_clear_pointer (&self->object, json_object_unref);
  return self;
}

void
kith_page_line_free (KithPageLine *self)
{
  g_clear_pointer (&self->object, json_object_unref);
  g_free (self->id);
  g_free (self->body);
  g_free (self->texts[0]);
  g_free (self->texts[1]);
  g_free (self);
}

void
kith_page_free (KithPage *self)
{
  g_clear_pointer (&self->header, json_object_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->ahead, kith_page_ahead_free);
  g_clear_pointer (&self->last, json_object_unref);
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

/* Whether it says how far the page counts. */
static gboolean
note_cursor (KithPage *self, JsonObject *line)
{
  JsonObject *end = kith_json_object (line, "end");
  const char *cursor = end != NULL ? kith_json_string (end, "cursor") : kith_json_string (line, "mark");

  if (cursor == NULL)
    return FALSE;
  self->cursor = cursor;
  self->whole = end != NULL;
  if (end != NULL)
    self->more = kith_json_bool (end, "more", FALSE);
  return TRUE;
}

static gboolean
read_all (KithPage *self, KithLineReader *reader, GError **error)
{
  guint usable = 0, alone = 0;
  JsonObject *line;

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_page_line_free);
  while (!self->whole && (line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      if (alone == self->lines->len && stands_alone (line))
        alone++;
      if (note_cursor (self, line))
        usable = self->lines->len + 1;
      g_ptr_array_add (self->lines, kith_page_line_new (line));
    }
  g_ptr_array_set_size (self->lines, MAX (usable, alone));
  if (self->lines->len > 0)
    return TRUE;
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer was cut before its first mark");
  return FALSE;
}

/* FALSE: it is short, its last line is not its end, or there is no second thread. */
static gboolean
read_ahead (KithPage *self, GBytes *body, KithLineReader **reader)
{
  const KithJsonLimits limits = { .max_bytes = KITH_LIMIT_LINE, .max_depth = KITH_LIMIT_DEPTH };
  gsize length;
  const char *start = g_bytes_get_data (body, &length), *last;
  g_autoptr (JsonObject) line = NULL;

  if (length < LONG_BYTES || start[length - 1] != '\n')
    return FALSE;
  for (last = start + length - 1; last > start && last[-1] != '\n';)
    last--;
  line = kith_json_parse_object (last, start + length - 1 - last, &limits, NULL);
  if (line == NULL || kith_json_object (line, "end") == NULL || kith_json_string (kith_json_object (line, "end"), "cursor") == NULL)
    return FALSE;
  self->ahead = kith_page_ahead_new (reader, last);
  if (self->ahead == NULL)
    return FALSE;
  note_cursor (self, line);
  self->last = g_steal_pointer (&line);
  return TRUE;
}

KithPage *
kith_page_read (GBytes *body, gboolean ahead, GError **error)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (body, KITH_LIMIT_LINE);
  g_autoptr (KithPage) self = g_new0 (KithPage, 1);

  self->more = TRUE;
  if (!read_header (self, reader, error) || (!(ahead && read_ahead (self, body, &reader)) && !read_all (self, reader, error)))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
kith_page_next (KithPage *self, KithPageLine **line, GError **error)
{
  if (self->ahead == NULL)
    {
      *line = self->at < self->lines->len ? self->lines->pdata[self->at++] : NULL;
      return TRUE;
    }
  *line = self->ended ? NULL : kith_page_ahead_next (self->ahead, &self->ended);
  if (*line != NULL || self->ended)
    return TRUE;
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "a line of the answer is none");
  return FALSE;
}

/* Nothing but the end line. */
gboolean
kith_page_is_empty (KithPage *self)
{
  return self->whole && self->lines != NULL && self->lines->len == 1;
}
