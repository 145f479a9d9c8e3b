/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that go with a referral are kept first, one after the other; then it is sent with them, all or nothing. One that cannot be read
 * stops it: whoever sends decides what is to go without. */

#include "kith-referral-attach-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "documents/kith-files.h"
#include "kith-id.h"

typedef struct
{
  char *referral;
  guint next;
  KithFiles *files;
  GPtrArray *steps; /* (element-type KithStoreStep) */
  GString *lost;    /* the names of those that cannot go; empty: none */
  char *why;        /* of the first of them */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_clear_object (&sending->files);
  g_clear_pointer (&sending->steps, g_ptr_array_unref);
  g_string_free (sending->lost, TRUE);
  g_free (sending->why);
  g_free (sending->referral);
  g_free (sending);
}

/* What was kept for a referral that was not sent. */
void
kith_referral_attach_drop_kept (KithReferralAttach *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    g_unlink (self->kept->pdata[i]);
  g_ptr_array_set_size (self->kept, 0);
}

static void send_next (GTask *task);

static void
lose (GTask      *task,
      const char *why)
{
  g_autoptr (GTask) kept = g_object_ref (task); /* it may be the last file */
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  KithAttached *item = self->items->pdata[sending->next++];

  g_string_append_printf (sending->lost, sending->lost->len > 0 ? ", “%s”" : "“%s”", item->name);
  if (!sending->why)
    sending->why = g_strdup (why ? why : "");
  send_next (kept);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  KithStoreStep *step = kith_files_keep_finish (KITH_CONTEXT (source), result, &path, &error);

  if (!step)
    {
      lose (task, error->message);
      return;
    }
  g_ptr_array_add (self->kept, path);
  g_ptr_array_add (sending->steps, step);
  sending->next++;
  send_next (task);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  KithAttached *item = self->items->pdata[sending->next];
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  const char *kind = item->health ? "referral_health" : "referral_detail";
  g_autofree char *record = kith_id_natural (kind, sending->referral);

  if (stream && self->context)
    {
      /* Size and content are told by what is kept: these stand in for them until then. */
      kith_files_keep_async (self->context, G_INPUT_STREAM (stream),
                             kith_json_new ("t", "s", kind, "record", "s", record, "type", "s", item->type ? item->type : "other", "name", "s", item->name,
                                              "media_type", "s", item->media, "size", "i", (gint64) 1, "sha256", "s", "-", NULL),
                             kept_cb, g_steal_pointer (&task));
      return;
    }
  lose (task, error ? error->message : _("Kith was locked."));
}

static gboolean
ready_cb (KithFiles  *files,
          const char *path,
          GTask      *task)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, opened_cb, g_object_ref (task));
  return TRUE;
}

static gboolean
failed_cb (KithFiles  *files,
           const char *document,
           const char *message,
           GTask      *task)
{
  lose (task, message);
  return TRUE;
}

/* It would come when nobody is here any more. */
static gboolean
late_cb (KithFiles  *files,
         const char *document,
         GTask      *task)
{
  return failed_cb (files, document, _("It is being fetched from the hub."), task);
}

static void
end (GTask *task)
{
  g_autoptr (GTask) kept = g_object_ref (task);
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  if (sending->files)
    g_signal_handlers_disconnect_by_data (sending->files, task);
  if (sending->lost->len > 0)
    {
      kith_referral_attach_drop_kept (self);
      /* Translators: names of files, and what is the matter with the first of them */
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s cannot go along. %s Nothing was sent: take it off, or try again."), sending->lost->str, sending->why);
    }
  else
    g_task_return_pointer (task, g_steal_pointer (&sending->steps), (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (self), "sending", NULL);
}

static void
send_next (GTask *task)
{
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  KithAttached *item = NULL;
  g_autoptr (GFile) file = NULL;

  for (; sending->next < self->items->len && !item; sending->next += item ? 0 : 1) /* what was attached before is kept already */
    if (!((KithAttached *) self->items->pdata[sending->next])->attached)
      item = self->items->pdata[sending->next];
  if (!item)
    {
      end (task);
      return;
    }
  if (!self->context)
    {
      lose (task, _("Kith was locked."));
      return;
    }
  if (item->document)
    {
      if (!sending->files)
        {
          sending->files = kith_files_new (self->context);
          g_signal_connect (sending->files, "ready", G_CALLBACK (ready_cb), task);
          g_signal_connect (sending->files, "failed", G_CALLBACK (failed_cb), task);
          g_signal_connect (sending->files, "late", G_CALLBACK (late_cb), task);
        }
      kith_files_open (sending->files, item->document, self->client, item->name);
      return;
    }
  file = g_file_new_for_path (item->path);
  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, opened_cb, g_object_ref (task));
}

void
kith_referral_attach_keep_async (KithReferralAttach *self,
                                 const char         *referral,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  sending->referral = g_strdup (referral);
  sending->steps = kith_store_steps_new ();
  sending->lost = g_string_new (NULL);
  g_task_set_task_data (task, sending, sending_free);
  g_object_set_data_full (G_OBJECT (self), "sending", task, g_object_unref); /* while a file is looked for nobody else has it */
  send_next (task);
}

/* Returns: (transfer full) (element-type KithStoreStep): NULL with an error that names the first file that could not be kept */
GPtrArray *
kith_referral_attach_keep_finish (KithReferralAttach *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
