/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-protocol.h"

#include <string.h>

struct _KithLineWriter
{
  GString *buffer;
};

/**
 * kith_line_writer_new:
 *
 * Returns: (transfer full): a writer without a line
 */
KithLineWriter *
kith_line_writer_new (void)
{
  KithLineWriter *self = g_new0 (KithLineWriter, 1);
  self->buffer = g_string_new (NULL);
  return self;
}

/**
 * kith_line_writer_free:
 * @self: (transfer full): not NULL; what kith_line_writer_finish() did not take goes
 */
void
kith_line_writer_free (KithLineWriter *self)
{
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

void
kith_line_writer_add (KithLineWriter *self, JsonObject *line)
{
  g_autofree char *text = kith_json_print_object (line);

  kith_line_writer_add_text (self, text);
  json_object_unref (line);
}

void
kith_line_writer_add_text (KithLineWriter *self, const char *json)
{
  g_string_append (self->buffer, json);
  g_string_append_c (self->buffer, '\n');
}

/**
 * kith_line_writer_get_size:
 *
 * Returns: bytes written since the last finish, newlines included
 */
gsize
kith_line_writer_get_size (KithLineWriter *self)
{
  return self->buffer->len;
}

GString *
kith_line_writer_get_buffer (KithLineWriter *self)
{
  return self->buffer;
}

GBytes *
kith_line_writer_finish (KithLineWriter *self)
{
  GBytes *bytes = g_string_free_to_bytes (self->buffer);

  self->buffer = g_string_new (NULL);
  return bytes;
}

struct _KithLineReader
{
  GBytes *body;
  const char *data;
  gsize length;
  gsize position;
  gsize max_line;
  guint line;
  gboolean cut;
};

KithLineReader *
kith_line_reader_new (GBytes *body, gsize max_line)
{
  KithLineReader *self = g_new0 (KithLineReader, 1);

  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  self->data = g_bytes_get_data (self->body, &self->length);
  self->max_line = max_line > 0 ? max_line : KITH_LIMIT_LINE;
  return self;
}

/**
 * kith_line_reader_free:
 * @self: (transfer full): not NULL; lines it gave are borrowed from its body and end with it
 */
void
kith_line_reader_free (KithLineReader *self)
{
  g_bytes_unref (self->body);
  g_free (self);
}

gboolean
kith_line_reader_next (KithLineReader *self, const char **line, gsize *length)
{
  while (self->position < self->length)
    {
      const char *start = self->data + self->position;
      const char *end = memchr (start, '\n', self->length - self->position);
      gsize n;

      if (end == NULL)
        {
          self->cut = TRUE;
          return FALSE;
        }
      n = (gsize) (end - start);
      self->position += n + 1;
      self->line++;
      if (n > 0 && start[n - 1] == '\r')
        n--;
      if (n == 0)
        continue;

      *line = start;
      *length = n;
      return TRUE;
    }
  return FALSE;
}

JsonObject *
kith_line_reader_parse (KithLineReader *self, const char *line, gsize length, GError **error)
{
  const KithJsonLimits limits = { .max_bytes = self->max_line, .max_depth = KITH_LIMIT_DEPTH };

  return kith_json_parse_object (line, (gssize) length, &limits, error);
}

JsonObject *
kith_line_reader_next_object (KithLineReader *self, GError **error)
{
  const char *line;
  gsize length;

  if (!kith_line_reader_next (self, &line, &length))
    return NULL;
  return kith_line_reader_parse (self, line, length, error);
}

gboolean
kith_line_reader_is_cut (KithLineReader *self)
{
  return self->cut;
}

guint
kith_line_reader_get_line (KithLineReader *self)
{
  return self->line;
}
