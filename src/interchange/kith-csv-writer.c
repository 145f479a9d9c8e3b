/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-csv-writer.h"

#include "kith-json.h"

#include <string.h>

struct _KithCsvWriter
{
  GOutputStream *stream;
  GString *row;
  guint n_fields;
};

/**
 * kith_csv_writer_new:
 * @stream: kept; written to at the end of each row only
 *
 * Returns: (transfer full): a file whose first row will carry the byte order mark
 */
KithCsvWriter *
kith_csv_writer_new (GOutputStream *stream)
{
  KithCsvWriter *self = g_new0 (KithCsvWriter, 1);

  self->stream = g_object_ref (stream);
  self->row = g_string_new ("\xef\xbb\xbf");
  return self;
}

void
kith_csv_writer_free (KithCsvWriter *self)
{
  g_object_unref (self->stream);
  g_string_free (self->row, TRUE);
  g_free (self);
}

/* What a spreadsheet takes for a formula; a phone number or a negative number is none. */
static gboolean
is_formula (const char *text)
{
  if (strchr ("=@\t\r", *text) != NULL && *text != '\0')
    return TRUE;
  return (*text == '+' || *text == '-') && text[strspn (text + 1, "0123456789 .,()-") + 1] != '\0';
}

/**
 * kith_csv_writer_add:
 * @text: (nullable): UTF-8; NULL is an empty field
 *
 * A text that a spreadsheet would run as a formula gets a ' in front; a negative number or a phone number is none.
 */
void
kith_csv_writer_add (KithCsvWriter *self, const char *text)
{
  if (self->n_fields++ > 0)
    g_string_append_c (self->row, ',');
  if (text == NULL)
    return;
  if (strpbrk (text, ",;\"\r\n\t") == NULL && *text != ' ' && !is_formula (text))
    {
      g_string_append (self->row, text);
      return;
    }
  g_string_append_c (self->row, '"');
  if (is_formula (text))
    g_string_append_c (self->row, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (self->row, '"');
      g_string_append_c (self->row, *text);
    }
  g_string_append_c (self->row, '"');
}

void
kith_csv_writer_add_list (KithCsvWriter *self, const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? kith_json_parse (json, -1, NULL, NULL) : NULL;
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    kith_csv_writer_add (self, json_array_get_string_element (list, i));
}

/**
 * kith_csv_writer_end_row:
 *
 * Writes the row. Blocks as long as the stream does; FALSE with the stream's error, and then a part of the row may have been written.
 */
gboolean
kith_csv_writer_end_row (KithCsvWriter *self, GError **error)
{
  gboolean ok;

  g_string_append (self->row, "\r\n");
  ok = g_output_stream_write_all (self->stream, self->row->str, self->row->len, NULL, NULL, error);
  g_string_truncate (self->row, 0);
  self->n_fields = 0;
  return ok;
}
