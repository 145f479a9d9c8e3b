/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations after which nothing can be taken back, a paper for one: the hub is asked first, as the facts stand there at that moment, once
 * it has heard of everything that waited here before. Where no hub answers, or one that does not know it yet, the operation is queued like all others, under
 * the same id, so that it counts once whatever became of the question; its author is told so. All of this is on the worker. */

#include "kith-desktop-private.h"

#include <glib/gi18n.h>

typedef struct
{
  KithSession *session; /* NULL: nobody waits any more */
  char *op_id, *op;
  JsonObject *args;
  GTask *task;
  gboolean out;         /* with the engine */
  gboolean failed;      /* the engine gave up: nobody answered */
} Asked;

static void
asked_clear (gpointer data)
{
  Asked *self = data;

  g_object_unref (self->task);
  json_object_unref (self->args);
  g_free (self->op);
  g_free (self->op_id);
}

static void
asked_release (Asked *self)
{
  g_rc_box_release_full (self, asked_clear);
}

/* Locked, or the program ends. */
void
kith_session_asked_free (gpointer data)
{
  Asked *self = data;

  if (self->session != NULL)
    g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("Kith was locked before the hub answered."));
  self->session = NULL;
  asked_release (self);
}

/* Nobody waits for it any more; kith_session_tell_asked() takes it off the list. */
static void
answer (Asked *self, gboolean told, GError *error)
{
  self->session = NULL;
  if (error != NULL)
    {
      g_task_return_error (self->task, error);
      return;
    }
  g_object_set_data (G_OBJECT (self->task), "told", GINT_TO_POINTER (told));
  g_task_return_boolean (self->task, TRUE);
}

/* The engine's word; it may come when nobody waits any more. */
static void
answered_cb (JsonObject *outcome, const GError *error, gpointer user_data)
{
  Asked *self = user_data;
  const char *st = outcome != NULL ? kith_json_string (outcome, "st") : NULL;

  self->out = FALSE;
  if (self->session != NULL && error == NULL)
    {
      gboolean refused = g_strcmp0 (st, "rejected") == 0 || g_strcmp0 (st, "parked") == 0;

      answer (self, TRUE, refused ? kith_desktop_refusal_of (outcome) : NULL);
    }
  else if (self->session != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED))
    self->failed = TRUE;
  else if (self->session != NULL)
    answer (self, FALSE, g_error_copy (error));
  asked_release (self);
}

static void
queue (Asked *self)
{
  KithSession *session = self->session;
  GError *error = NULL;

  if (kith_store_submit_as (kith_session_get_store (session), self->op_id, self->op, self->args, &error))
    answer (self, FALSE, NULL);
  else
    answer (self, FALSE, error);
  if (self->out)
    kith_sync_engine_forget (kith_session_get_engine (session), self);
}

/* The hub is older than the question, which waits here until it is brought up to date. */
static gboolean
is_unknown_there (Asked *self)
{
  const KithOperation *operation = kith_operation_get (self->op);
  gint64 schema = kith_store_get_hub_schema (kith_session_get_store (self->session));

  return schema != 0 && operation != NULL && kith_operation_needs (operation, self->args, schema) != 0;
}

static void
go_on (Asked *self)
{
  KithSyncEngine *engine = kith_session_get_engine (self->session);
  gint64 hold;

  switch (kith_sync_engine_get_state (engine))
    {
    case KITH_SYNC_SIGN_IN:
      answer (self, FALSE, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                                                _("You are signed out at the hub. Nothing was done; try again once you are signed in.")));
      break;
    case KITH_SYNC_OFFLINE:
      queue (self);
      break;
    default:
      if (self->failed || is_unknown_there (self))
        queue (self);
      else if (!self->out && !kith_store_has_unsent (kith_session_get_store (self->session), &hold))
        {
          self->out = TRUE;
          kith_sync_engine_submit_online_as (engine, self->op_id, self->op, self->args, answered_cb, g_rc_box_acquire (self));
        }
    }
}

void
kith_session_tell_asked (KithSession *session)
{
  GPtrArray *all = kith_session_get_asked (session);

  for (guint i = all->len; i > 0; i--)
    {
      Asked *asked = g_ptr_array_index (all, i - 1);

      if (asked->session != NULL)
        go_on (asked);
      if (asked->session == NULL)
        g_ptr_array_remove_index (all, i - 1);
    }
}

typedef struct
{
  KithDesktop *desktop;
  Asked *asked;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  asked_release (self->asked);
  g_object_unref (self->desktop);
  g_free (self);
}

static gpointer
ask_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  Asked *self = job->asked;
  KithSession *session = job->desktop->session;
  GError *failure = NULL;

  if (session == NULL)
    kith_desktop_refuse_locked (&failure);
  if (session == NULL || !kith_store_may (kith_session_get_store (session), self->op, self->args, &failure))
    {
      g_task_return_error (self->task, failure);
      return NULL;
    }
  self->op_id = kith_store_new_id (kith_session_get_store (session));
  self->session = session;
  g_ptr_array_add (kith_session_get_asked (session), g_rc_box_acquire (self));
  kith_sync_engine_nudge (kith_session_get_engine (session));
  kith_session_tell_asked (session);
  kith_session_pump (session);
  return NULL;
}

void
kith_desktop_submit_asked_async (KithDesktop *self, const char *op, JsonObject *args, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->desktop = g_object_ref (self);
  job->asked = g_rc_box_new0 (Asked);
  job->asked->op = g_strdup (op);
  job->asked->args = kith_json_copy_object (args); /* the worker's own */
  job->asked->task = g_task_new (self, NULL, callback, user_data);
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, ask_job, job, job_free, NULL, NULL, NULL);
}

/**
 * kith_desktop_submit_asked_finish:
 * @told: (out): whether the hub was asked; FALSE: it was queued
 */
gboolean
kith_desktop_submit_asked_finish (KithDesktop *self, GAsyncResult *result, gboolean *told, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  *told = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "told"));
  return g_task_propagate_boolean (G_TASK (result), error);
}
