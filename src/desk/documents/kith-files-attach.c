/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-files.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "kith-document.h"
#include "kith-store-file.h"

static gboolean
fail (GError    **error,
      const char *sentence)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, sentence);
  return FALSE;
}

/**
 * kith_files_check:
 * @media_type: (out): "image/png"
 *
 * Says what is wrong with a file before it is read; document.attach says it again.
 */
gboolean
kith_files_check (GFileInfo *info,
                  char     **media_type,
                  GError   **error)
{
  goffset size = g_file_info_get_size (info);
  const char *type = g_file_info_get_content_type (info);
  g_autofree char *media = type ? g_content_type_get_mime_type (type) : NULL;
  g_autofree char *readable = g_format_size ((guint64) MAX (size, 0));

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return fail (error, _("This is not a file. Nothing was attached."));
  if (size == 0)
    return fail (error, _("This file is empty. Nothing was attached."));
  if (size > KITH_DOCUMENT_MOST)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("This file has %s; at most 25 MB can be attached. Nothing was attached: scan it with a lower resolution, or attach a part of it."),
                   readable);
      return FALSE;
    }
  if (!kith_document_media_allowed (media))
    return fail (error, _("Files of this kind are not attached: a program could harm whoever opens it. Pictures, PDF, text and office documents are."));
  *media_type = g_steal_pointer (&media);
  return TRUE;
}

typedef struct
{
  JsonObject *args;
  gboolean keep; /* the bytes alone: another operation takes them along */
  char *done, *path, *op_id;
  GInputStream *from;
  KithStoreFile file;
} Attach;

static void
attach_free (gpointer data)
{
  Attach *attach = data;

  json_object_unref (attach->args);
  kith_store_file_clear (&attach->file);
  g_object_unref (attach->from);
  g_free (attach->done);
  g_free (attach->path);
  g_free (attach->op_id);
  g_free (attach);
}

static gpointer
attach_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Attach *attach = g_task_get_task_data (data);
  g_autofree char *here = kith_store_file_path (store, kith_json_string (attach->args, "id"));

  /* Another person's store, if somebody else has signed in since, or one that was opened anew and threw away what it had no line for. */
  if (g_strcmp0 (here, attach->path) != 0 || !g_file_test (here, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("Kith was locked while the file was read. Nothing was attached; attach it once more."));
      return NULL;
    }
  return kith_store_attach (store, attach->args, &attach->file, attach->done ? KITH_UNDO_MS : 0, &attach->op_id, error) ? attach : NULL;
}

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Attach *attach = g_task_get_task_data (task);
  GError *error = NULL;

  if (kith_desktop_job_finish (KITH_DESKTOP (source), result, &error))
    {
      if (attach->done)
        kith_context_toast_undo (g_task_get_source_object (task), attach->done, attach->op_id);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_unlink (attach->path); /* refused: nobody knows of it */
  g_task_return_error (task, error);
}

static void
take_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Attach *attach = g_task_get_task_data (G_TASK (task_data));
  GError *error = NULL;

  kith_blob_new_key (attach->file.key);
  if (kith_blob_take (attach->from, attach->path, attach->file.key, KITH_DOCUMENT_MOST, &attach->file.size, &attach->file.sha256, cancellable, &error))
    {
      attach->file.have = attach->file.size;
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  Attach *attach = g_task_get_task_data (task);

  if (g_task_propagate_boolean (G_TASK (result), &error) && attach->keep)
    g_task_return_boolean (task, TRUE);
  else if (!error)
    kith_desktop_store_async (kith_context_get_desktop (KITH_CONTEXT (source)), attach_job, g_object_ref (task), g_object_unref, NULL, attached_cb,
                              g_object_ref (task));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("The disk is full. Nothing was attached; the file is where it was."));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("The file could not be read: %s. Nothing was attached."), error->message);
}

static gpointer
path_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  char *path = kith_store_file_path (store, data);

  if (!path)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("This computer keeps no files."));
  return path;
}

static void
path_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Attach *attach = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GTask) take = NULL;

  attach->path = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!attach->path)
    {
      g_task_return_error (task, error);
      return;
    }
  take = g_task_new (g_task_get_source_object (task), NULL, taken_cb, g_object_ref (task));
  g_task_set_task_data (take, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (take, take_thread);
}

static void
begin (KithContext        *context,
       GInputStream       *from,
       JsonObject         *args,
       const char         *done,
       gboolean            keep,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  GTask *task = g_task_new (context, NULL, callback, user_data);
  Attach *attach = g_new0 (Attach, 1);

  attach->args = args;
  attach->keep = keep;
  attach->from = g_object_ref (from);
  attach->done = g_strdup (done);
  if (!json_object_has_member (args, "id"))
    {
      g_autofree char *id = kith_context_new_id (context);

      json_object_set_string_member (args, "id", id);
    }
  g_task_set_task_data (task, attach, attach_free);
  kith_desktop_store_async (kith_context_get_desktop (context), path_job, g_strdup (kith_json_string (args, "id")), g_free, NULL, path_cb, task);
}

void
kith_files_attach_async (KithContext        *context,
                         GInputStream       *from,
                         JsonObject         *args,
                         const char         *done,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  begin (context, from, args, done, FALSE, callback, user_data);
}

void
kith_files_keep_async (KithContext        *context,
                       GInputStream       *from,
                       JsonObject         *args,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  begin (context, from, args, NULL, TRUE, callback, user_data);
}

/**
 * kith_files_keep_finish:
 * @path: (out) (transfer full): where the sealed file lies; to be removed by whoever does not submit the step
 *
 * Returns: (transfer full): a step for kith_form_submit()
 */
KithStoreStep *
kith_files_keep_finish (KithContext  *context,
                        GAsyncResult *result,
                        char        **path,
                        GError      **error)
{
  Attach *attach = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  *path = g_steal_pointer (&attach->path);
  return kith_store_step_new_file (json_object_ref (attach->args), &attach->file);
}

/* Returns: FALSE with an error whose message can be shown; nothing is kept then */
gboolean
kith_files_attach_finish (KithContext  *context,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
