/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-context.h"

#include <glib/gi18n.h>

/* What somebody does becomes operations, and is told as done, or what was in the way. */

typedef struct
{
  char *done;
  JsonObject *now;
  gboolean undo;
} Submit;

static void
submit_free (gpointer data)
{
  Submit *submit = data;

  g_free (submit->done);
  g_clear_pointer (&submit->now, json_object_unref);
  g_free (submit);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  KithContext *self = g_task_get_source_object (task);
  Submit *submit = g_task_get_task_data (task);
  g_autofree char *op_id = kith_desktop_submit_finish (KITH_DESKTOP (source), result, &error);
  JsonObject *now = kith_desktop_submit_get_now (KITH_DESKTOP (source), result);

  submit->now = now ? json_object_ref (now) : NULL;
  if (op_id && submit->done && submit->undo)
    kith_context_toast_undo (self, submit->done, op_id);
  else if (op_id && submit->done)
    kith_context_toast (self, submit->done);
  if (op_id)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
tell_problem_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    kith_context_problem (KITH_CONTEXT (source), _("That was not saved"), error);
}

void
kith_context_submit_draft (KithContext        *self,
                           const char         *op,
                           JsonObject         *args,
                           const char         *draft,
                           const char         *done,
                           gboolean            undo,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback ? callback : tell_problem_cb, user_data);
  Submit *submit = g_new0 (Submit, 1);

  submit->done = g_strdup (done);
  submit->undo = undo;
  g_task_set_task_data (task, submit, submit_free);
  kith_desktop_submit_async (kith_context_get_desktop (self), op, args, undo ? KITH_UNDO_MS : 0, draft, submitted_cb, task);
  json_object_unref (args);
}

void
kith_context_submit (KithContext        *self,
                     const char         *op,
                     JsonObject         *args,
                     const char         *done,
                     gboolean            undo,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  kith_context_submit_draft (self, op, args, NULL, done, undo, callback, user_data);
}

static void
submitted_all_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Submit *submit = g_task_get_task_data (task);

  if (!kith_desktop_submit_all_finish (KITH_DESKTOP (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (submit->done)
    kith_context_toast (g_task_get_source_object (task), submit->done);
  g_task_return_boolean (task, TRUE);
}

void
kith_context_submit_all (KithContext        *self,
                         GPtrArray          *steps,
                         const char         *draft,
                         const char         *done,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback ? callback : tell_problem_cb, user_data);
  Submit *submit = g_new0 (Submit, 1);

  submit->done = g_strdup (done);
  g_task_set_task_data (task, submit, submit_free);
  kith_desktop_submit_all_async (kith_context_get_desktop (self), steps, draft, submitted_all_cb, task);
}

/* Returns: FALSE with a KITH_REFUSAL error when it was refused */
gboolean
kith_context_submit_finish (KithContext  *self,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

JsonObject *
kith_context_submit_get_now (KithContext  *self,
                             GAsyncResult *result)
{
  Submit *submit = g_task_get_task_data (G_TASK (result));

  return submit->now;
}
