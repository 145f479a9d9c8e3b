/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files go after their referral, one after the other. One that cannot be opened is told of, and the next goes. */

#include "kith-referral-attach-private.h"

#include <glib/gi18n.h>

#include "documents/kith-files.h"
#include "kith-id.h"

typedef struct
{
  char *referral;
  guint next;
  KithFiles *files;
  GString *lost; /* the names of those that were not sent; empty: none */
  char *why;     /* of the first of them */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_clear_object (&sending->files);
  g_string_free (sending->lost, TRUE);
  g_free (sending->why);
  g_free (sending->referral);
  g_free (sending);
}

static void send_next (GTask *task);

static void
lose (GTask      *task,
      const char *why)
{
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  KithAttached *item = self->items->pdata[sending->next];

  g_string_append_printf (sending->lost, sending->lost->len > 0 ? ", “%s”" : "“%s”", item->name);
  if (!sending->why)
    sending->why = g_strdup (why ? why : "");
}

static void
go_on (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  sending->next++;
  send_next (task);
}

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_files_attach_finish (KITH_CONTEXT (source), result, &error))
    lose (task, error->message);
  go_on (task);
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
      kith_files_attach_async (self->context, G_INPUT_STREAM (stream),
                               kith_json_new ("t", "s", kind, "record", "s", record, "type", "s", item->type ? item->type : "other", "name", "s", item->name,
                                              "media_type", "s", item->media, "size", "i", (gint64) 1, "sha256", "s", "-", NULL),
                               NULL, attached_cb, g_steal_pointer (&task));
      return;
    }
  lose (task, error ? error->message : NULL);
  go_on (task);
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
  g_autoptr (GTask) kept = g_object_ref (task); /* it may be the last file */

  lose (kept, message);
  go_on (kept);
  return TRUE;
}

/* It would come when nobody is here any more. */
static gboolean
late_cb (KithFiles  *files,
         const char *document,
         GTask      *task)
{
  return failed_cb (files, document, _("It is being fetched from the hub. Attach it to the referral when it is here."), task);
}

static void
send_next (GTask *task)
{
  KithReferralAttach *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  KithAttached *item;
  g_autoptr (GFile) file = NULL;

  for (; !self->context && sending->next < self->items->len; sending->next++)
    lose (task, _("Kith was closed or locked before all of it was sent."));
  item = sending->next < self->items->len ? self->items->pdata[sending->next] : NULL;
  if (!item)
    {
      if (sending->files)
        g_signal_handlers_disconnect_by_data (sending->files, task);
      if (sending->lost->len > 0)
        /* Translators: names of files, and what is the matter with the first of them */
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("Without %s. %s"), sending->lost->str, sending->why);
      else
        g_task_return_boolean (task, TRUE);
      g_object_set_data (G_OBJECT (self), "sending", NULL);
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
kith_referral_attach_send_async (KithReferralAttach *self,
                                 const char         *referral,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  sending->referral = g_strdup (referral);
  sending->lost = g_string_new (NULL);
  g_task_set_task_data (task, sending, sending_free);
  g_object_set_data_full (G_OBJECT (self), "sending", task, g_object_unref); /* while a file is looked for nobody else has it */
  send_next (task);
}

gboolean
kith_referral_attach_send_finish (KithReferralAttach *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
