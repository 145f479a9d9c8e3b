/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-thread.h"

typedef struct
{
  KithDbThread *thread;
  GString *order; /* written on the worker */
  GMutex gate;
  guint waiting;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->thread = kith_db_thread_new ("test");
  f->order = g_string_new (NULL);
  g_mutex_init (&f->gate);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->thread);
  g_string_free (f->order, TRUE);
  g_mutex_clear (&f->gate);
}

typedef struct
{
  Fixture *f;
  char letter;
} Letter;

static gpointer
write_letter (gpointer data, GCancellable *cancellable, GError **error)
{
  Letter *letter = data;

  g_string_append_c (letter->f->order, letter->letter);
  return GINT_TO_POINTER (letter->letter);
}

static gpointer
wait_at_gate (gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  g_mutex_lock (&f->gate);
  g_mutex_unlock (&f->gate);
  return NULL;
}

static gpointer
fail (gpointer data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL, "no room");
  return NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;
  g_autoptr (GError) error = NULL;

  kith_db_thread_run_finish (KITH_DB_THREAD (source), result, &error);
  g_assert_no_error (error);
  f->waiting--;
}

static void
push_letter (Fixture *f, int priority, char letter)
{
  Letter *data = g_new (Letter, 1);

  *data = (Letter) { f, letter };
  f->waiting++;
  kith_db_thread_run_async (f->thread, priority, write_letter, data, g_free, NULL, done_cb, f);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  g_mutex_lock (&f->gate);
  f->waiting++;
  kith_db_thread_run_async (f->thread, G_PRIORITY_HIGH, wait_at_gate, f, NULL, NULL, done_cb, f);
  push_letter (f, G_PRIORITY_DEFAULT, 'c');
  push_letter (f, G_PRIORITY_LOW, 'e');
  push_letter (f, G_PRIORITY_HIGH, 'a');
  push_letter (f, G_PRIORITY_DEFAULT, 'd');
  push_letter (f, G_PRIORITY_HIGH, 'b');
  g_mutex_unlock (&f->gate);
  while (f->waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (f->order->str, ==, "abcde");
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;
  *kept = g_object_ref (result);
}

static void
test_error (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  kith_db_thread_run_async (f->thread, G_PRIORITY_DEFAULT, fail, NULL, NULL, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (kith_db_thread_run_finish (f->thread, result, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL);
  g_clear_error (&error);

  g_assert_null (kith_db_thread_run (f->thread, fail, NULL, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL);
}

static void
test_cancelled_before_start (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Letter letter = { f, 'x' };

  g_mutex_lock (&f->gate);
  f->waiting++;
  kith_db_thread_run_async (f->thread, G_PRIORITY_DEFAULT, wait_at_gate, f, NULL, NULL, done_cb, f);
  kith_db_thread_run_async (f->thread, G_PRIORITY_DEFAULT, write_letter, &letter, NULL, cancellable, keep_cb, &result);
  g_cancellable_cancel (cancellable);
  g_mutex_unlock (&f->gate);
  while (result == NULL || f->waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (kith_db_thread_run_finish (f->thread, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (f->order->str, ==, "");
}

static gpointer
nested (gpointer data, GCancellable *cancellable, GError **error)
{
  Letter *letter = data;

  g_assert_true (g_main_context_get_thread_default () == kith_db_thread_get_context (letter->f->thread));
  return kith_db_thread_run (letter->f->thread, write_letter, data, error);
}

static void
test_wait (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Letter letter = { f, 'x' };

  g_assert_cmpint (GPOINTER_TO_INT (kith_db_thread_run (f->thread, write_letter, &letter, &error)), ==, 'x');
  g_assert_cmpint (GPOINTER_TO_INT (kith_db_thread_run (f->thread, nested, &letter, &error)), ==, 'x');
  g_assert_no_error (error);
  g_assert_cmpstr (f->order->str, ==, "xx");
}

static void
test_stop (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  Letter letter = { f, 'x' };

  for (guint i = 0; i < 100; i++)
    push_letter (f, i % 2 == 0 ? G_PRIORITY_LOW : G_PRIORITY_DEFAULT, 'a');
  kith_db_thread_stop (f->thread);
  g_assert_cmpuint (f->order->len, ==, 100); /* what was queued ran */

  kith_db_thread_run_async (f->thread, G_PRIORITY_DEFAULT, write_letter, &letter, NULL, NULL, keep_cb, &result);
  while (result == NULL || f->waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (kith_db_thread_run_finish (f->thread, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_null (kith_db_thread_run (f->thread, write_letter, &letter, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  kith_db_thread_stop (f->thread);
  g_assert_cmpuint (f->order->len, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/db/thread/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/db/thread/error", Fixture, NULL, set_up, test_error, tear_down);
  g_test_add ("/db/thread/cancelled-before-start", Fixture, NULL, set_up, test_cancelled_before_start, tear_down);
  g_test_add ("/db/thread/wait", Fixture, NULL, set_up, test_wait, tear_down);
  g_test_add ("/db/thread/stop", Fixture, NULL, set_up, test_stop, tear_down);

  return g_test_run ();
}
