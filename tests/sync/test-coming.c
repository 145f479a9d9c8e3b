/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"

/* What the windows are told while not all is on this computer, or not all of it is found as this Kith finds it (ux.md 1 and 2.0). */

typedef struct
{
  gboolean filling, filled;
  int least;
} Seen;

static void
filling_cb (GObject *desktop, GParamSpec *pspec, Seen *seen)
{
  seen->filling |= get_bool (desktop, "filling");
  seen->filled |= seen->filling && !get_bool (desktop, "filling");
}

static void
refound_cb (GObject *desktop, GParamSpec *pspec, Seen *seen)
{
  int refound;

  g_object_get (desktop, "refound", &refound, NULL);
  seen->least = MIN (seen->least, refound);
}

static int
refound_of (Fixture *f)
{
  int refound;

  g_object_get (f->desktop, "refound", &refound, NULL);
  return refound;
}

static gpointer
count_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (store), "SELECT count(*) FROM client_find WHERE client_find MATCH 'nguyen'", error);

  g_assert_cmpint (kith_db_step (stmt, error), ==, KITH_DB_ROW);
  *(gint64 *) data = kith_db_int (stmt, 0);
  return NULL;
}

/* A search by the ear finds her all the same. */
static gint64
n_found (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  kith_desktop_store_async (f->desktop, count_job, &n, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_filling (Fixture *f, gconstpointer data)
{
  Seen seen = { 0 };

  g_signal_connect (f->desktop, "notify::filling", G_CALLBACK (filling_cb), &seen);
  sign_in (f);
  kith_test_until (seen.filled);
  g_assert_false (get_bool (f->desktop, "filling"));
  g_signal_handlers_disconnect_by_data (f->desktop, &seen);
}

/* As an older Kith left it. */
static gpointer
age_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_db_exec (kith_store_get_db (store), "UPDATE client SET find = 'formerly'; INSERT INTO client_find (client_find) VALUES ('rebuild');"
                                           "UPDATE state SET value = replace(value, '-- fold ', '-- fold 9') WHERE key = 'ddl:client'", error);
  return NULL;
}

static void
test_refound (Fixture *f, gconstpointer data)
{
  g_autofree char *client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Seen seen = { .least = 100 };

  sign_in (f);
  client = register_client (f, "Thao", "Nguyen");
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpint (refound_of (f), ==, 100);
  kith_desktop_store_async (f->desktop, age_job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_found (f), ==, 0);
  g_clear_object (&result);
  lock_again (f);
  g_signal_connect (f->desktop, "notify::refound", G_CALLBACK (refound_cb), &seen);
  g_assert_true (unlock (f, PASSWORD, &error));
  kith_test_until (seen.least < 100 && refound_of (f) == 100);
  g_assert_cmpint (n_found (f), ==, 1);
  g_signal_handlers_disconnect_by_data (f->desktop, &seen);
}

static char *
trouble_of (Fixture *f)
{
  char *trouble;

  g_object_get (f->desktop, "refind-trouble", &trouble, NULL);
  return trouble;
}

static gboolean
is_troubled (Fixture *f)
{
  g_autofree char *trouble = trouble_of (f);

  return trouble != NULL;
}

static gpointer
exec_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_db_exec (kith_store_get_db (store), data, error);
  return NULL;
}

static void
run_job (Fixture *f, KithDesktopJob job, const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_store_async (f->desktop, job, (gpointer) sql, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
}

/* A turn that cannot be taken (a full disk) is told as that, and is taken when somebody says so: nobody waits for a number that stands still. */
static void
test_refind_fails (Fixture *f, gconstpointer data)
{
  g_autofree char *client = NULL, *trouble = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  client = register_client (f, "Thao", "Nguyen");
  kith_test_until (get_uint (f, "waiting") == 0);
  run_job (f, age_job, NULL);
  run_job (f, exec_job, "CREATE TRIGGER full BEFORE UPDATE ON state WHEN new.key = 'refind:client' BEGIN SELECT raise(ABORT, 'no room'); END");
  lock_again (f);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*made anew: *no room*");
  g_assert_true (unlock (f, PASSWORD, &error));
  kith_test_until (is_troubled (f));
  g_test_assert_expected_messages ();
  trouble = trouble_of (f);
  g_assert_nonnull (strstr (trouble, "no room"));
  g_assert_cmpint (refound_of (f), <, 100);
  run_job (f, exec_job, "DROP TRIGGER full");
  kith_desktop_refind_again (f->desktop);
  kith_test_until (!is_troubled (f) && refound_of (f) == 100);
  g_assert_cmpint (n_found (f), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/coming/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("filling", test_filling);
  ADD ("refound", test_refound);
  ADD ("refind-fails", test_refind_fails);
  return g_test_run ();
}
