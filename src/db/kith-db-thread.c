/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-thread.h"

#include "kith-db-private.h"

/* The worker thread. Jobs are idle sources of its main context: that gives priorities, order, and lets what else
 * lives on the thread (timers, a transport) take its turns between them. */

struct _KithDbThread
{
  GObject parent_instance;

  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GMutex mutex;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (KithDbThread, kith_db_thread, G_TYPE_OBJECT)

typedef struct
{
  KithDbJob job;
  gpointer data;
  GDestroyNotify data_destroy;
} Job;

static void
job_free (Job *job)
{
  if (job->data_destroy != NULL)
    job->data_destroy (job->data);
  g_free (job);
}

static gpointer
thread_main (gpointer data)
{
  g_autoptr (GMainLoop) loop = data;
  GMainContext *context = g_main_loop_get_context (loop);

  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
attach (KithDbThread *self, int priority, GSourceFunc func, gpointer data, GDestroyNotify destroy, const char *name)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, destroy);
  g_source_set_static_name (source, name);
  g_source_attach (source, self->context);
}

/* Attaches unless the thread was stopped; the lock makes sure that what is attached still runs. */
static gboolean
attach_unless_stopped (KithDbThread *self, int priority, GSourceFunc func, gpointer data, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->stopped)
    return FALSE;
  attach (self, priority, func, data, NULL, name);
  return TRUE;
}

static gboolean
run_job_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  result = job->job (job->data, g_task_get_cancellable (task), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * kith_db_thread_run_async:
 * @priority: as for GSource: a smaller number goes first
 * @data_destroy: (nullable): frees @data after the answer was given, on either thread
 *
 * A job that is cancelled before it starts is not run and answers G_IO_ERROR_CANCELLED; one that runs looks at the
 * cancellable itself (kith_db_set_cancellable()). After kith_db_thread_stop() the answer is G_IO_ERROR_CLOSED.
 */
void
kith_db_thread_run_async (KithDbThread *self, int priority, KithDbJob func, gpointer data, GDestroyNotify data_destroy,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->job = func;
  job->data = data;
  job->data_destroy = data_destroy;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_set_source_tag (task, kith_db_thread_run_async);
  g_task_set_priority (task, priority);
  /* What the job returned must not be dropped because the caller lost interest a moment later. */
  g_task_set_check_cancellable (task, FALSE);

  if (attach_unless_stopped (self, priority, run_job_cb, task, "kith-db-job"))
    return;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the worker thread was stopped");
  g_object_unref (task);
}

/**
 * kith_db_thread_run_finish:
 *
 * Returns: what the job returned, now the caller's whatever it is. The job's error, G_IO_ERROR_CANCELLED or G_IO_ERROR_CLOSED tell of a failure:
 * look at @error, a job may well return NULL.
 */
gpointer
kith_db_thread_run_finish (KithDbThread *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  KithDbJob job;
  gpointer data;
  gpointer result;
  GError *error;
  GMutex mutex;
  GCond cond;
  gboolean done;
} Wait;

static gboolean
run_waited_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = wait->job (wait->data, NULL, &wait->error);
  g_mutex_lock (&wait->mutex);
  wait->done = TRUE;
  g_cond_signal (&wait->cond);
  g_mutex_unlock (&wait->mutex);
  return G_SOURCE_REMOVE;
}

/**
 * kith_db_thread_run:
 *
 * Called on the thread itself, the job runs at once. G_IO_ERROR_CLOSED after kith_db_thread_stop(). The job gets no cancellable.
 *
 * Returns: what the job returned
 */
gpointer
kith_db_thread_run (KithDbThread *self, KithDbJob job, gpointer data, GError **error)
{
  Wait wait = { .job = job, .data = data };

  if (g_thread_self () == self->thread)
    return job (data, NULL, error);

  g_mutex_init (&wait.mutex);
  g_cond_init (&wait.cond);
  if (attach_unless_stopped (self, G_PRIORITY_DEFAULT, run_waited_cb, &wait, "kith-db-wait"))
    {
      g_mutex_lock (&wait.mutex);
      while (!wait.done)
        g_cond_wait (&wait.cond, &wait.mutex);
      g_mutex_unlock (&wait.mutex);
    }
  else
    g_set_error_literal (&wait.error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the worker thread was stopped");
  g_mutex_clear (&wait.mutex);
  g_cond_clear (&wait.cond);

  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.result;
}

/**
 * kith_db_thread_get_context:
 *
 * Returns: (transfer none): the thread's main context; what is attached here runs between the jobs
 */
GMainContext *
kith_db_thread_get_context (KithDbThread *self)
{
  return self->context;
}

/**
 * kith_db_thread_stop:
 *
 * No job is taken any more. Called by a job of the thread itself it does not wait: the thread ends once its queue is empty. May be called again.
 */
void
kith_db_thread_stop (KithDbThread *self)
{
  GThread *thread;

  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  thread = g_steal_pointer (&self->thread);
  /* The last of all priorities: what is queued runs before. */
  if (thread != NULL)
    attach (self, G_MAXINT, quit_cb, g_main_loop_ref (self->loop), (GDestroyNotify) g_main_loop_unref, "kith-db-quit");
  g_mutex_unlock (&self->mutex);

  if (thread == NULL)
    return;
  /* The last reference may be dropped by a job: a thread cannot wait for itself. */
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}

static void
kith_db_thread_finalize (GObject *object)
{
  KithDbThread *self = KITH_DB_THREAD (object);

  kith_db_thread_stop (self);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (kith_db_thread_parent_class)->finalize (object);
}

static void
kith_db_thread_class_init (KithDbThreadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_db_thread_finalize;
}

static void
kith_db_thread_init (KithDbThread *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

/**
 * kith_db_thread_new:
 * @name: shown by debuggers, 15 characters at most
 *
 * Returns: (transfer full): a running thread; stop it, or drop the last reference, to end it
 */
KithDbThread *
kith_db_thread_new (const char *name)
{
  KithDbThread *self = g_object_new (KITH_TYPE_DB_THREAD, NULL);

  self->thread = g_thread_new (name, thread_main, g_main_loop_ref (self->loop));
  return self;
}

static gboolean
load_queries_cb (gpointer folder)
{
  kith_db_queries_load (folder, NULL); /* what is wrong with them is said when a connection is opened */
  return G_SOURCE_REMOVE;
}

/**
 * kith_db_thread_load_queries:
 * @folder: of named queries (KithDbOptions); not copied
 *
 * They are parsed once in a process: now, on this thread, and not when the first connection is opened, for which somebody waits.
 */
void
kith_db_thread_load_queries (KithDbThread *self, const char *folder)
{
  attach_unless_stopped (self, G_PRIORITY_DEFAULT, load_queries_cb, (gpointer) folder, "kith-db-queries");
}
