/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-tasks.h"

#include <gio/gio.h>

/* Linked with -Wl,--wrap=g_task_run_in_thread: Kith's own calls come here first. */
void __real_g_task_run_in_thread (GTask *task, GTaskThreadFunc func);
void __wrap_g_task_run_in_thread (GTask *task, GTaskThreadFunc func);

static gint n_working;

static void
completed_cb (void)
{
  g_atomic_int_add (&n_working, -1);
}

void
__wrap_g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  g_atomic_int_inc (&n_working);
  g_signal_connect (task, "notify::completed", G_CALLBACK (completed_cb), NULL);
  __real_g_task_run_in_thread (task, func);
}

guint
fake_tasks_count_working (void)
{
  return (guint) g_atomic_int_get (&n_working);
}

#define THREADS 10         /* of GIO's pool */
#define LONGEST_MS 2000    /* a task that a test holds for ever is not waited for */

typedef struct
{
  GMutex lock;
  GCond changed;
  guint n_here;
  gboolean go;
  gint n_refs;
} Rest;

static void
rest_unref (gpointer data)
{
  Rest *self = data;

  if (!g_atomic_int_dec_and_test (&self->n_refs))
    return;
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static void
rest_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Rest *self = data;

  g_mutex_lock (&self->lock);
  self->n_here++;
  g_cond_broadcast (&self->changed);
  while (!self->go)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* Once each thread of the pool is here, none is at anything else. */
void
fake_tasks_rest (void)
{
  Rest *self = g_new0 (Rest, 1);
  gint64 until = g_get_monotonic_time () + LONGEST_MS * G_TIME_SPAN_MILLISECOND;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->n_refs = THREADS + 1;
  for (guint i = 0; i < THREADS; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_task_data (task, self, rest_unref);
      __real_g_task_run_in_thread (task, rest_in_thread);
    }
  g_mutex_lock (&self->lock);
  while (self->n_here < THREADS && g_cond_wait_until (&self->changed, &self->lock, until))
    ;
  self->go = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  rest_unref (self);
}
