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
