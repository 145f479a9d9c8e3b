/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader-private.h"

#include "kith-json.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (KithClientReader, kith_client_reader, KITH_TYPE_READER)

/* One set of error codes for whoever reads a reader's. */
static KithSheet *
open_sheet (const char *path, const char *file, GError **error)
{
  g_autoptr (GError) local = NULL;
  KithSheet *sheet = kith_sheet_open (path, TRUE, &local);

  if (sheet == NULL && g_error_matches (local, KITH_SHEET_ERROR, KITH_SHEET_ERROR_OPEN))
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN, "%s", local->message);
  else if (sheet == NULL)
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", file, local->message);
  return sheet;
}

/* What the first rows have in each column. */
static GPtrArray *
read_values (KithClientReader *self)
{
  g_autoptr (KithSheet) sheet = open_sheet (self->path, self->file, NULL);

  return sheet != NULL ? kith_sheet_read_values (sheet, KITH_CLIENT_READER_SAMPLE_ROWS) : NULL;
}

static void
look_through (KithClientReader *self)
{
  g_autoptr (KithSheet) sheet = open_sheet (self->path, self->file, NULL);

  if (sheet != NULL)
    kith_column_map_look (self->map, sheet);
  for (guint i = 0; i < self->map->len; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if (column->doubtful && column->ways[0] == 0)
        kith_problems_add (kith_reader_get_problems (KITH_READER (self)), self->file, 1, column->target, TRUE,
                           _("day and month could be meant either way round; read as %s. Name the format in the mapping to be sure"), column->format);
    }
}

/* To the next row that can be read at all; *args NULL: it cannot be taken, self->reason says why. */
static gboolean
read_row (KithClientReader *self, JsonObject **args, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_string_truncate (self->reason, 0);
  g_string_truncate (self->remark, 0);
  self->like = 0;
  if (kith_sheet_next (self->sheet, &local))
    {
      *args = kith_client_reader_read_person (self);
      kith_reader_set_where (KITH_READER (self), self->file, kith_sheet_row (self->sheet));
      return TRUE;
    }
  if (local != NULL)
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", self->file, local->message);
  return FALSE;
}

static gboolean
kith_client_reader_next (KithReader *reader, JsonObject **args, GError **error)
{
  while (read_row (KITH_CLIENT_READER (reader), args, error))
    if (*args != NULL)
      return TRUE;
  return FALSE;
}

gboolean
kith_client_reader_next_row (KithReader *reader, KithClientRow *row, GError **error)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  *row = (KithClientRow) { 0 };
  if (!read_row (self, &row->args, error))
    return FALSE;
  row->row = kith_sheet_row (self->sheet);
  if (row->args == NULL)
    {
      row->reason = g_strdup (self->reason->str);
      row->who = kith_client_reader_who (self);
    }
  else
    {
      row->remark = self->remark->len > 0 ? g_strdup (self->remark->str) : NULL;
      row->like = self->like;
    }
  row->cells = json_array_new ();
  for (guint i = 0; i < kith_sheet_n_fields (self->sheet); i++)
    json_array_add_string_element (row->cells, kith_sheet_get (self->sheet, i));
  return TRUE;
}

/**
 * kith_client_row_clear:
 *
 * Frees what hangs on it; also good for a row that was never filled.
 */
void
kith_client_row_clear (KithClientRow *self)
{
  g_clear_pointer (&self->args, json_object_unref);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->who, g_free);
  g_clear_pointer (&self->remark, g_free);
  g_clear_pointer (&self->cells, json_array_unref);
}

const char *
kith_client_reader_get_date_format (KithReader *reader, const char *target, gboolean *ambiguous)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  *ambiguous = FALSE;
  for (guint i = 0; i < self->map->len; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if (strcmp (column->target, target) != 0)
        continue;
      *ambiguous = column->doubtful;
      return column->format;
    }
  return NULL;
}

gboolean
kith_client_reader_has_ids (KithReader *reader)
{
  return KITH_CLIENT_READER (reader)->has_source_id;
}

char *
kith_client_reader_print_map (KithReader *reader, const char *target, const char *format)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  return kith_column_map_print (self->map, self->sheet, target, format);
}

const char *
kith_client_reader_get_doubtful (KithReader *reader, const char **format)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  for (guint i = 0; i < self->map->len; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if (!column->doubtful)
        continue;
      *format = column->format;
      return column->target;
    }
  return NULL;
}

gboolean
kith_client_reader_get_ways (KithReader *reader, const char *target, guint64 ways[2])
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  for (guint i = 0; i < self->map->len; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if (strcmp (column->target, target) != 0 || column->ways[0] == 0)
        continue;
      memcpy (ways, column->ways, sizeof column->ways);
      return TRUE;
    }
  return FALSE;
}

static double
kith_client_reader_progress (KithReader *reader)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  return self->size > 0 ? (double) kith_sheet_bytes_read (self->sheet) / (double) self->size : 1.0;
}

static void
kith_client_reader_finalize (GObject *object)
{
  KithClientReader *self = KITH_CLIENT_READER (object);

  g_clear_pointer (&self->sheet, kith_sheet_free);
  g_clear_pointer (&self->map, g_ptr_array_unref);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->people);
  g_string_free (self->reason, TRUE);
  g_string_free (self->remark, TRUE);
  g_free (self->path);
  g_free (self->file);
  g_free (self->agency);
  g_free (self->source);
  g_free (self->import);
  g_free (self->today);

  G_OBJECT_CLASS (kith_client_reader_parent_class)->finalize (object);
}

static void
kith_client_reader_class_init (KithClientReaderClass *klass)
{
  KithReaderClass *reader_class = KITH_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_client_reader_finalize;
  reader_class->operation = "client.import";
  reader_class->next = kith_client_reader_next;
  reader_class->progress = kith_client_reader_progress;
}

static void
kith_client_reader_init (KithClientReader *self)
{
  self->seen = g_hash_table_new (NULL, NULL);
  self->people = g_hash_table_new (NULL, NULL);
  self->reason = g_string_new (NULL);
  self->remark = g_string_new (NULL);
}

/**
 * kith_client_reader_new:
 * @options: copied; nothing of it is kept
 * @error: KITH_READER_ERROR_MAPPING for a map that does not fit the header, _OPEN for a file that cannot be read, _FORMAT for one that is no sheet
 *
 * Reads the header, and for each column of dates without a format as many rows as it takes to see how they are written, which may be all. Problems of rows
 * are told only as kith_reader_next() comes to them.
 *
 * Returns: (transfer full): the reader, of one thread at a time
 */
KithReader *
kith_client_reader_new (const KithClientReaderOptions *options, GError **error)
{
  g_autoptr (KithClientReader) self = g_object_new (KITH_TYPE_CLIENT_READER, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (options->path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GPtrArray) values = NULL;

  self->path = g_strdup (options->path);
  self->file = g_path_get_basename (options->path);
  self->agency = g_strdup (options->agency);
  self->source = g_strdup (options->source);
  self->import = g_strdup (options->import);
  self->today = g_strdup (options->today);
  kith_reader_add_input (KITH_READER (self), self->path);
  kith_reader_add_setting (KITH_READER (self), options->map);
  kith_reader_add_setting (KITH_READER (self), self->today);

  self->sheet = open_sheet (self->path, self->file, error);
  if (self->sheet == NULL)
    return NULL;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  self->size = info != NULL ? (guint64) g_file_info_get_size (info) : 0;
  values = options->map == NULL ? read_values (self) : NULL;
  self->map = kith_column_map_new (options->map, self->sheet, values, error);
  if (self->map == NULL)
    return NULL;
  for (guint i = 0; i < self->map->len; i++)
    self->has_source_id |= ((KithColumn *) self->map->pdata[i])->place == KITH_COLUMN_SOURCE_ID;
  look_through (self);
  return KITH_READER (g_steal_pointer (&self));
}

char *
kith_client_reader_describe (KithReader *reader)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  return kith_column_map_describe (self->map, self->sheet);
}
