/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the windows ask of the store (worker) and of its tables (reader). */

#include "kith-desktop-private.h"
#include "kith-desktop-undo.h"
#include "kith-refusal.h"
#include "kith-text.h"

#include <glib/gi18n.h>

gboolean
kith_desktop_refuse_locked (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("Kith is locked."));
  return FALSE;
}

/* --- any job ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  KithDesktop *desktop;
  KithDesktopJob job;
  gpointer data;
  GDestroyNotify destroy;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_object_unref (self->desktop);
  g_free (self);
}

static Job *
job_new (KithDesktop *desktop, KithDesktopJob func, gpointer data, GDestroyNotify destroy)
{
  Job *self = g_new0 (Job, 1);

  self->desktop = g_object_ref (desktop);
  self->job = func;
  self->data = data;
  self->destroy = destroy;
  return self;
}

static gpointer
store_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *self = data;
  KithSession *session = self->desktop->session;
  gpointer result;

  if (session == NULL)
    {
      kith_desktop_refuse_locked (error);
      return NULL;
    }
  result = self->job (kith_session_get_store (session), self->data, cancellable, error);
  kith_session_pump (session);
  return result;
}

/* What the reader is asked, until it was answered. */
typedef struct
{
  Job *job;
  GTask *task;
  gboolean again; /* asked once more, after an index was made anew */
} Read;

static gpointer
read_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *self = ((Read *) data)->job;
  KithDb *db = self->desktop->db;
  gpointer result;

  if (db == NULL)
    {
      kith_desktop_refuse_locked (error);
      return NULL;
    }
  kith_db_set_cancellable (db, cancellable);
  result = self->job (db, self->data, cancellable, error);
  kith_db_set_cancellable (db, NULL);
  if (kith_db_is_damaged (db))
    kith_desktop_reader_met_damage (self->desktop);
  return result;
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer value = kith_db_thread_run_finish (KITH_DB_THREAD (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, NULL);
}

static GTask *
task_new (KithDesktop *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE); /* a result that is there is handed over, or it would leak */
  return task;
}

static void read_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
run_read (Read *self)
{
  kith_db_thread_run_async (self->job->desktop->reader, G_PRIORITY_DEFAULT, read_job, self, NULL, g_task_get_cancellable (self->task), read_done_cb, self);
}

static void
mended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  kith_db_thread_run_finish (KITH_DB_THREAD (source), result, NULL);
  run_read (user_data);
}

/* Where the index for searching is not as it should be it is made anew, and looked into once more: nobody needs to know. */
static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Read *self = user_data;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  gpointer value = kith_db_thread_run_finish (KITH_DB_THREAD (source), result, &error);

  if (!self->again && g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_INDEX))
    {
      g_error_free (error);
      self->again = TRUE;
      kith_db_thread_run_async (self->job->desktop->worker, G_PRIORITY_HIGH, kith_desktop_mend_indexes_job, g_object_ref (self->job->desktop), g_object_unref,
                                NULL, mended_cb, self);
      return;
    }
  task = self->task;
  job_free (self->job);
  g_free (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, NULL);
}

void
kith_desktop_store_async (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, store_job, job_new (self, job, data, destroy), job_free, cancellable, job_done_cb,
                            task_new (self, cancellable, callback, user_data));
}

/**
 * kith_desktop_read_async:
 * @job: on the reader's thread, with its read-only connection
 * @data: freed by @destroy when the job is done
 * @cancellable: (nullable): reaches into a statement that runs
 *
 * For lists and searches: they never wait for a fill.
 */
void
kith_desktop_read_async (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  Read *read = g_new0 (Read, 1);

  read->job = job_new (self, job, data, destroy);
  read->task = task_new (self, cancellable, callback, user_data);
  run_read (read);
}

/**
 * kith_desktop_job_finish:
 *
 * Returns: what the job returned, now the caller's whatever it is; NULL may be an answer, so look at @error
 */
gpointer
kith_desktop_job_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- submit ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  KithDesktop *desktop;
  char *op;
  JsonObject *args;
  gint64 undo_ms;
  char *draft; /* key, or NULL */
  GTask *task;
} Submit;

static void
submit_free (gpointer data)
{
  Submit *self = data;

  g_free (self->draft);
  g_clear_object (&self->task);
  g_clear_pointer (&self->args, json_object_unref);
  g_free (self->op);
  g_object_unref (self->desktop);
  g_free (self);
}

GError *
kith_desktop_refusal_of (JsonObject *outcome)
{
  int refusal = kith_refusal_from_code (kith_json_string (outcome, "code"));
  g_autofree char *told = kith_refusal_told (outcome);
  const char *message = kith_text_told (told);

  return g_error_new_literal (KITH_REFUSAL, refusal >= 0 ? refusal : KITH_REFUSAL_DENIED,
                              message != NULL ? message : _("The hub refused this. Nothing was changed."));
}

/* The hub's word on an online operation; called on the worker, the task answers in the main context. */
static void
online_done (JsonObject *outcome, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *code = outcome != NULL ? kith_json_string (outcome, "st") : NULL;

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  if (g_strcmp0 (code, "rejected") != 0 && g_strcmp0 (code, "parked") != 0)
    {
      JsonObject *now = kith_json_object (outcome, "now");

      if (now != NULL)
        g_object_set_data_full (G_OBJECT (task), "now", kith_json_copy_object (now), (GDestroyNotify) json_object_unref);
      g_task_return_pointer (task, g_strdup (kith_json_string (outcome, "id")), g_free);
      return;
    }
  g_task_return_error (task, kith_desktop_refusal_of (outcome));
}

static void
submit_here (Submit *self, KithSession *session)
{
  GError *error = NULL;
  char *op_id = NULL;

  if (!kith_store_submit_typed (kith_session_get_store (session), self->op, self->args, self->undo_ms, self->draft, &op_id, &error))
    g_task_return_error (self->task, error);
  else
    g_task_return_pointer (self->task, op_id, g_free);
}

static gpointer
submit_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Submit *self = data;
  KithSession *session = self->desktop->session;
  const KithOperation *operation = kith_operation_get (self->op);
  GError *failure = NULL;

  if (session == NULL)
    {
      kith_desktop_refuse_locked (&failure);
      g_task_return_error (self->task, failure);
      return NULL;
    }
  if (operation != NULL && operation->runs == KITH_RUNS_ONLINE)
    kith_sync_engine_submit_online (kith_session_get_engine (session), self->op, self->args, online_done, g_object_ref (self->task));
  else
    submit_here (self, session);
  kith_sync_engine_nudge (kith_session_get_engine (session));
  kith_session_pump (session);
  return NULL;
}

/**
 * kith_desktop_submit_async:
 * @op: its name; one that runs online is sent at once and never queued
 * @args: copied
 * @undo_ms: how long it stays here before it is pushed, so that it can be undone; passed over for an online one
 * @draft: (nullable): key of the draft that ends with it; one that runs online leaves it to whoever asked
 *
 * Goes before pulls and all else the worker has to do, behind what was submitted earlier. Errors: KITH_REFUSAL; KITH_STORE_ERROR; KITH_DB_ERROR; for
 * an online one G_IO_ERROR_NOT_CONNECTED, and G_IO_ERROR_CANCELLED when Kith was locked before the hub answered.
 */
void
kith_desktop_submit_async (KithDesktop *self, const char *op, JsonObject *args, gint64 undo_ms, const char *draft,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  Submit *submit = g_new0 (Submit, 1);

  submit->desktop = g_object_ref (self);
  submit->op = g_strdup (op);
  submit->args = kith_json_copy_object (args); /* the worker's own */
  submit->undo_ms = undo_ms;
  submit->draft = g_strdup (draft);
  submit->task = task_new (self, NULL, callback, user_data);
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, submit_job, submit, submit_free, NULL, NULL, NULL);
}

char *
kith_desktop_submit_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GPtrArray *steps;
  char *draft;
} All;

static void
all_free (gpointer data)
{
  All *self = data;

  g_ptr_array_unref (self->steps);
  g_free (self->draft);
  g_free (self);
}

static gpointer
submit_all_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *self = data;
  All *all = self->data;
  KithSession *session = self->desktop->session;
  gboolean done;

  if (session == NULL)
    {
      kith_desktop_refuse_locked (error);
      return NULL;
    }
  done = kith_store_submit_all (kith_session_get_store (session), all->steps, all->draft, error);
  kith_sync_engine_nudge (kith_session_get_engine (session));
  kith_session_pump (session);
  return GINT_TO_POINTER (done);
}

void
kith_desktop_submit_all_async (KithDesktop *self, GPtrArray *steps, const char *draft, GAsyncReadyCallback callback, gpointer user_data)
{
  All *all = g_new0 (All, 1);

  all->steps = steps;
  all->draft = g_strdup (draft);
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, submit_all_job, job_new (self, NULL, all, all_free), job_free, NULL, job_done_cb,
                            task_new (self, NULL, callback, user_data));
}

/**
 * kith_desktop_submit_all_finish:
 *
 * Returns: FALSE with the error of the first step that failed; nothing was done then
 */
gboolean
kith_desktop_submit_all_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return GPOINTER_TO_INT (kith_desktop_job_finish (self, result, error));
}

JsonObject *
kith_desktop_submit_get_now (KithDesktop *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_object_get_data (G_OBJECT (result), "now");
}

/* --- undo ------------------------------------------------------------------------------------------------------- */

static gpointer
undo_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean undone = FALSE;
  char *draft = NULL;

  if (!kith_store_undo (store, data, &undone, &draft, error))
    return NULL;
  if (undone)
    return draft != NULL ? draft : g_strdup ("");
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED,
                       _("It is with the hub already, or something later builds on it. Open the record to see what can be done next."));
  return NULL;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *draft = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (draft != NULL)
    g_task_return_pointer (task, draft, g_free);
  else
    g_task_return_error (task, error);
}

gboolean
kith_desktop_undo_finish (KithDesktop *self, GAsyncResult *result, char **draft, GError **error)
{
  g_autofree char *key = g_task_propagate_pointer (G_TASK (result), error);

  if (draft != NULL)
    *draft = key != NULL && *key != '\0' ? g_steal_pointer (&key) : NULL;
  return key != NULL || (draft != NULL && *draft != NULL);
}

static gpointer
can_undo_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 i = 0;

  return GINT_TO_POINTER (kith_db_fetch_int (kith_store_get_db (store), &i, error, "op-undoable", "s", data) && i != 0);
}

static void
can_undo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean can = GPOINTER_TO_INT (kith_desktop_job_finish (KITH_DESKTOP (source), result, &error));

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, can);
}

/**
 * kith_desktop_can_undo_async:
 * @op_id: copied
 *
 * kith_desktop_finish() says: FALSE without an error is no.
 */
void
kith_desktop_can_undo_async (KithDesktop *self, const char *op_id, GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_store_async (self, can_undo_job, g_strdup (op_id), g_free, NULL, can_undo_cb, task_new (self, NULL, callback, user_data));
}

/**
 * kith_desktop_undo_async:
 * @op_id: copied
 *
 * Only while the operation was never put into a push. kith_desktop_undo_finish() says.
 */
void
kith_desktop_undo_async (KithDesktop *self, const char *op_id, GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_store_async (self, undo_job, g_strdup (op_id), g_free, NULL, undone_cb, task_new (self, NULL, callback, user_data));
}
