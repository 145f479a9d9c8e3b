/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-csv.h"
#include "kith-hsds-private.h"
#include "kith-json.h"
#include "kith-text.h"

#include <glib/gi18n.h>

/* One table of the tabular form, from a CSV file or from an array of the JSON form, row by row. */

struct _KithHsdsTable
{
  const char *file;
  KithProblems *problems;
  KithSheet *sheet;
  GInputStream *stream;
  JsonArray *rows; /* borrowed */
  guint at;
};

/**
 * kith_hsds_table_free:
 * @self: (nullable) (transfer full)
 */
void
kith_hsds_table_free (KithHsdsTable *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sheet, kith_sheet_free);
  g_clear_object (&self->stream);
  kith_problems_unref (self->problems);
  g_free (self);
}

static gboolean
open_file (KithHsdsTable *self, const char *folder, gboolean *there, GError **error)
{
  g_autofree char *path = g_build_filename (folder, self->file, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;

  self->stream = G_INPUT_STREAM (g_file_read (file, NULL, &local));
  *there = self->stream != NULL;
  if (self->stream == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (self->stream == NULL)
    {
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN, "%s: %s", self->file, local->message);
      return FALSE;
    }

  self->sheet = kith_csv_open_sheet (self->stream, FALSE, &local);
  if (self->sheet != NULL)
    return TRUE;
  g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", self->file, local->message);
  return FALSE;
}

gboolean
kith_hsds_table_open (const char *folder, JsonObject *tables, const char *name, KithProblems *problems, KithHsdsTable **table, GError **error)
{
  g_autoptr (KithHsdsTable) self = g_new0 (KithHsdsTable, 1);
  gboolean there;

  *table = NULL;
  self->file = name;
  self->problems = kith_problems_ref (problems);
  if (tables != NULL)
    {
      self->rows = kith_json_array (tables, name);
      there = self->rows != NULL;
    }
  else if (!open_file (self, folder, &there, error))
    return FALSE;
  if (there)
    *table = g_steal_pointer (&self);
  return TRUE;
}

/* A row of a file as an object of the cells that hold something; NULL when the row cannot be taken. */
static JsonObject *
row_from_csv (KithHsdsTable *self, guint64 *row)
{
  g_autofree char *problem = kith_sheet_row_problem (self->sheet);
  const char *remark = kith_sheet_row_remark (self->sheet);
  guint columns = kith_sheet_n_columns (self->sheet);
  JsonObject *object;

  *row = kith_sheet_row (self->sheet);
  if (problem != NULL)
    {
      kith_problems_add (self->problems, self->file, *row, NULL, FALSE, "%s", problem);
      return NULL;
    }
  if (remark != NULL)
    kith_problems_add (self->problems, self->file, *row, NULL, TRUE, "%s", remark);

  object = json_object_new ();
  for (guint i = 0; i < columns; i++)
    if (!kith_text_blank (kith_sheet_get (self->sheet, i)))
      json_object_set_string_member (object, kith_sheet_column_name (self->sheet, i), kith_sheet_get (self->sheet, i));
  return object;
}

static JsonObject *
row_from_json (KithHsdsTable *self, guint64 *row)
{
  JsonNode *node = json_array_get_element (self->rows, self->at++);

  *row = self->at;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return kith_json_copy_object (json_node_get_object (node));
  kith_problems_add (self->problems, self->file, *row, NULL, FALSE, _("this is not a row"));
  return NULL;
}

gboolean
kith_hsds_table_next (KithHsdsTable *self, JsonObject **object, guint64 *row, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->sheet == NULL)
    {
      if (self->at >= json_array_get_length (self->rows))
        return FALSE;
      *object = row_from_json (self, row);
      return TRUE;
    }

  if (kith_sheet_next (self->sheet, &local))
    {
      *object = row_from_csv (self, row);
      return TRUE;
    }
  if (local != NULL)
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", self->file, local->message);
  return FALSE;
}

guint64
kith_hsds_table_bytes_read (KithHsdsTable *self)
{
  return self != NULL && self->sheet != NULL ? kith_sheet_bytes_read (self->sheet) : 0;
}
