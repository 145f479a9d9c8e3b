/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-read.h"

#include <glib/gi18n.h>

#include "kith-client-reader.h"
#include "kith-sheet.h"
#include "kith-store-import.h"
#include "kith-text.h"

#define CHUNK 1000
#define SAMPLE_ROWS 50
#define SAMPLES 3

/* ---- a first look ---- */

/**
 * kith_import_file_free:
 * @self: (transfer full): not NULL
 */
void
kith_import_file_free (KithImportFile *self)
{
  g_free (self->path);
  g_free (self->name);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->samples);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      path,
             GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithSheet) sheet = kith_sheet_open (path, TRUE, &error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree guint *counts = NULL;
  KithImportFile *file;
  guint n;

  if (!sheet)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  n = kith_sheet_n_columns (sheet);
  counts = g_new0 (guint, n);
  file = g_new0 (KithImportFile, 1);
  file->path = g_strdup (path);
  file->name = g_path_get_basename (path);
  file->columns = g_ptr_array_new_with_free_func (g_free);
  file->samples = g_ptr_array_new_with_free_func (g_free);
  file->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (file->columns, g_strdup (kith_sheet_column_name (sheet, i)));
      g_ptr_array_add (texts, g_string_new (NULL));
      g_ptr_array_add (file->values, g_ptr_array_new_with_free_func (g_free));
    }
  for (guint row = 0; row < SAMPLE_ROWS && kith_sheet_next (sheet, NULL); row++)
    for (guint i = 0; i < n; i++)
      {
        const char *cell = kith_sheet_get (sheet, i);

        if (kith_text_blank (cell))
          continue;
        g_ptr_array_add (file->values->pdata[i], g_strstrip (g_utf8_make_valid (cell, -1)));
        if (counts[i] >= SAMPLES)
          continue;
        g_string_append_printf (texts->pdata[i], "%s%.40s", counts[i]++ > 0 ? " · " : "", cell);
      }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (((GString *) texts->pdata[i])->str, -1); /* cut in the middle of a letter */

      g_ptr_array_add (file->samples, g_steal_pointer (&valid));
      g_string_free (texts->pdata[i], TRUE);
    }
  g_task_return_pointer (task, file, (GDestroyNotify) kith_import_file_free);
}

/**
 * kith_import_open_async:
 * @path: of a file somebody chose, copied
 *
 * Reads the header and the first rows in a thread of its own; @callback runs in the caller's main context.
 */
void
kith_import_open_async (const char         *path,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * kith_import_open_finish:
 *
 * Returns: (transfer full): the file's columns with samples; NULL with an error whose message can be shown
 */
KithImportFile *
kith_import_open_finish (GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the dry run ---- */

typedef struct
{
  KithContext *context;
  KithReader *reader;
  char *path, *header, *id, *source, *map, *agency, *today;
  KithImportProgress progress;
  gpointer user_data;
  GArray *rows; /* KithImportRow: read, to be kept */
  guint64 n_rows;
  gboolean ended;
  char *asks; /* how the dates of a column could be written, where there are two ways; NULL: nothing is asked */
  guint64 ways[2];
} Read;

static void
import_row_clear (gpointer data)
{
  KithImportRow *row = data;

  g_clear_pointer (&row->args, json_object_unref);
  g_free (row->reason);
  g_free (row->cells);
  g_free (row->who);
  g_free (row->remark);
}

static gpointer
end_job (gpointer      store,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  kith_store_import_end_reading (store, error);
  return NULL;
}

/* However it ended. Where the store is locked meanwhile, or another's, there is nothing to let go. */
static void
read_free (gpointer data)
{
  Read *self = data;

  kith_desktop_store_async (kith_context_get_desktop (self->context), end_job, NULL, NULL, NULL, NULL, NULL);
  g_clear_object (&self->context);
  g_clear_object (&self->reader);
  g_array_unref (self->rows);
  g_free (self->path);
  g_free (self->header);
  g_free (self->id);
  g_free (self->source);
  g_free (self->map);
  g_free (self->asks);
  g_free (self->agency);
  g_free (self->today);
  g_free (self);
}

static void read_next (GTask *task);

/* One chunk: the reader is used by one thread after the other, never by two. */
static void
chunk_thread (GTask        *chunk,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Read *self = data;
  g_autoptr (GError) error = NULL;
  const char *format, *doubtful;
  KithClientRow row;

  if (!self->reader)
    self->reader = kith_client_reader_new (&(KithClientReaderOptions) { .path = self->path, .agency = self->agency, .source = self->source,
                                                                        .import = self->id, .map = self->map, .today = self->today }, &error);
  doubtful = self->reader ? kith_client_reader_get_doubtful (self->reader, &format) : NULL;
  if (doubtful)
    {
      kith_client_reader_get_ways (self->reader, doubtful, self->ways);
      self->ended = TRUE;
      self->asks = g_strdup (format);
      g_task_return_new_error (chunk, G_IO_ERROR, KITH_IMPORT_ASKS, "%s", format);
      return;
    }
  while (self->reader && self->rows->len < CHUNK && !self->ended)
    {
      KithImportRow kept = { 0 };
      g_autoptr (JsonNode) cells = NULL;

      if (!kith_client_reader_next_row (self->reader, &row, &error))
        {
          self->ended = TRUE;
          break;
        }
      kept.row = (gint64) row.row;
      kept.args = g_steal_pointer (&row.args);
      kept.reason = g_steal_pointer (&row.reason);
      kept.who = g_steal_pointer (&row.who);
      kept.remark = g_steal_pointer (&row.remark);
      kept.like = (gint64) row.like;
      cells = json_node_init_array (json_node_alloc (), row.cells);
      kept.cells = kith_json_print (cells);
      kith_client_row_clear (&row);
      g_array_append_val (self->rows, kept);
    }
  if (error)
    g_task_return_error (chunk, g_steal_pointer (&error));
  else
    g_task_return_boolean (chunk, TRUE);
}

static gpointer
keep_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Read *self = data;

  kith_store_import_add (store, self->id, (const KithImportRow *) (gpointer) self->rows->data, self->rows->len, error);
  return NULL;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (error)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->n_rows += self->rows->len;
  g_array_set_size (self->rows, 0);
  if (self->progress && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    self->progress (self->n_rows, kith_reader_get_progress (self->reader), self->user_data);
  read_next (task);
}

static void
chunk_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (g_task_return_error_if_cancelled (task)) /* after a lock it may be another's store by now */
    {
      g_object_unref (task);
      return;
    }
  kith_desktop_store_async (kith_context_get_desktop (self->context), keep_job, self, NULL, NULL, kept_cb, task);
}

static void
read_next (GTask *task)
{
  Read *self = g_task_get_task_data (task);
  g_autoptr (GTask) chunk = NULL;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  if (self->ended)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  chunk = g_task_new (NULL, NULL, chunk_cb, task);
  g_task_set_task_data (chunk, self, NULL);
  g_task_run_in_thread (chunk, chunk_thread);
}

static gpointer
begin_job (gpointer      store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Read *self = data;
  g_autofree char *name = g_path_get_basename (self->path);
  gboolean begun;

  if (kith_store_import_begin (store, self->id, name, self->source, self->header, &begun, error) && !begun)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                         _("This list is being imported at this moment. It goes on by itself; nothing is lost."));
  return NULL;
}

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!error)
    {
      read_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
kith_import_read_async (KithContext        *context,
                        KithImportFile     *file,
                        const char         *id,
                        const char         *source,
                        const char         *map,
                        GCancellable       *cancellable,
                        KithImportProgress  progress,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (context) / 1000);
  g_autoptr (JsonArray) columns = json_array_new ();
  g_autoptr (JsonNode) header = NULL;
  Read *self = g_new0 (Read, 1);

  self->context = g_object_ref (context);
  for (guint i = 0; i < file->columns->len; i++)
    json_array_add_string_element (columns, file->columns->pdata[i]);
  header = json_node_init_array (json_node_alloc (), columns);
  self->header = kith_json_print (header);
  self->path = g_strdup (file->path);
  self->id = g_strdup (id);
  self->source = g_strdup (source);
  self->map = g_strdup (map);
  self->agency = g_strdup (kith_context_get_agency (context));
  self->today = g_date_time_format (now, "%Y-%m-%d");
  self->progress = progress;
  self->user_data = user_data;
  self->rows = g_array_new (FALSE, TRUE, sizeof (KithImportRow));
  g_array_set_clear_func (self->rows, import_row_clear);
  g_task_set_task_data (task, self, read_free);
  kith_desktop_store_async (kith_context_get_desktop (context), begin_job, self, NULL, NULL, begun_cb, task);
}

gboolean
kith_import_read_finish (GAsyncResult *result,
                         char        **date_format,
                         guint64       ways[2],
                         GError      **error)
{
  Read *self = g_task_get_task_data (G_TASK (result));
  gboolean ambiguous;

  *date_format = g_strdup (self->asks);
  ways[0] = self->ways[0];
  ways[1] = self->ways[1];
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *date_format = g_strdup (kith_client_reader_get_date_format (self->reader, "date_of_birth", &ambiguous));
  return TRUE;
}
