/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"
#include "kith-store-lease.h"

#include <glib/gstdio.h>

/* What a computer shows of a hub it has not met for long, or that closed the account (C22, U21); and that one person has one store. */

static void
deactivate (Fixture *f)
{
  g_autofree char *args = g_strdup_printf ("{'staff':'%s','reason':'Left'}", f->ana);

  g_mutex_lock (&f->direct.mutex);
  network_do (f->net, "staff.deactivate", args);
  g_mutex_unlock (&f->direct.mutex);
}

static gpointer
count_clients_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 n = -1;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (store), "SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM staff)", error);

  if (stmt != NULL && kith_db_step (stmt, error) == KITH_DB_ROW)
    n = kith_db_int (stmt, 0);
  return GINT_TO_POINTER ((int) n + 1);
}

static int
count_clients (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  kith_desktop_store_async (f->desktop, count_clients_job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  n = GPOINTER_TO_INT (kith_desktop_job_finish (f->desktop, result, &error)) - 1;
  g_assert_no_error (error);
  return n;
}

/* C22, U21: who was deactivated meanwhile finds nothing here once the hub was met, with a token or, where that is gone, with the password;
 * and is not told that their password was changed. */
static void
test_account_closed (Fixture *f, gconstpointer without_token)
{
  g_autoptr (GAsyncResult) dropped = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  g_free (register_client (f, "Mara", "Gone"));
  kith_test_until (get_uint (f, "waiting") == 0);
  if (without_token != NULL)
    {
      kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &dropped);
      AWAIT (dropped);
    }
  kith_desktop_lock (f->desktop);
  deactivate (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "account-closed"));
  g_assert_false (get_bool (f->desktop, "password-changed"));
  g_assert_cmpint (count_clients (f), ==, 0);

  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 1);
  g_assert_true (unlock (f, PASSWORD, &error)); /* own unsent words are to be reached */
  kith_test_until (get_bool (f->desktop, "account-closed"));
  g_assert_cmpint (count_clients (f), ==, 0);
}

/* C22, sync.md 5.3: after a week without the hub nothing shows before it was met, whatever the clock says then. */
static void
test_lease (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now, day = G_TIME_SPAN_DAY / 1000;

  sign_in (f);
  g_free (register_client (f, "Mara", "Kept"));
  kith_test_until (get_uint (f, "waiting") == 0);
  kith_desktop_lock (f->desktop);
  now = kith_clock_wall_ms (f->clock);
  g_atomic_int_set (&f->direct.cut, 1);

  restart_at (f, now + 6 * day);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "unlocked"));
  /* it ends while somebody looks on */
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (f->clock), 2 * day);
  kith_desktop_try_now (f->desktop);
  kith_test_until (!get_bool (f->desktop, "unlocked"));
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_false (get_bool (f->desktop, "unlocked"));

  restart_at (f, now + 1 * day); /* turned back */
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_LEASE);
  g_clear_error (&error);

  g_atomic_int_set (&f->direct.cut, 0);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "unlocked"));
  g_assert_cmpint (count_clients (f), >, 0);
}

/* The same, and the password was changed elsewhere: the former one opens nothing any more, the new one everything. */
static void
test_lease_password (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *changed = "another horse battery";

  sign_in (f);
  g_free (register_client (f, "Mara", "Kept"));
  kith_test_until (get_uint (f, "waiting") == 0);
  kith_desktop_lock (f->desktop);
  set_password_to (f, "ana", changed);
  restart_at (f, kith_clock_wall_ms (f->clock) + 8 * G_TIME_SPAN_DAY / 1000);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_false (get_bool (f->desktop, "unlocked"));
  g_assert_false (unlock (f, "a third one, not known", &error));
  g_clear_error (&error);
  g_assert_true (unlock (f, changed, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "unlocked"));
  g_assert_cmpint (count_clients (f), >, 0);
  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 1);
  g_assert_true (unlock (f, changed, &error));
}

static guint
count_stores (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (f->dir), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *slots = g_build_filename (kith_test_dir_path (f->dir), name, "keyslots", NULL);
      n += g_file_test (slots, G_FILE_TEST_EXISTS);
    }
  return n;
}

/* For the hub "ANA " is ana: a store of another spelling would hide what waits in the first. */
static void
test_spelling (Fixture *f, gconstpointer data)
{
  static const char *const spelled[][2] = { { "HTTP://127.0.0.1:1/", " ANA" }, { "http://127.0.0.1:1", "Ana " } };
  g_autoptr (GDir) dir = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const char *name;

  sign_in (f);
  g_atomic_int_set (&f->direct.cut, 1);
  g_free (register_client (f, "Mara", "Waits"));
  kith_test_until (get_uint (f, "waiting") == 1);
  g_atomic_int_set (&f->direct.cut, 0);
  lock_again (f);
  for (guint i = 0; i <= G_N_ELEMENTS (spelled); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint at = MIN (i, 1);

      kith_desktop_sign_in_async (f->desktop, spelled[at][0], spelled[at][1], PASSWORD, NULL, keep_cb, &result);
      AWAIT (result);
      kith_desktop_finish (f->desktop, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count_stores (f), ==, 1);
      g_clear_object (&result);
      lock_again (f);
      if (i != 1)
        continue;
      /* a folder whose name came of another spelling, as an earlier Kith made it */
      dir = g_dir_open (kith_test_dir_path (f->dir), 0, NULL);
      while ((name = g_dir_read_name (dir)) != NULL && strlen (name) != 20)
        ;
      from = g_build_filename (kith_test_dir_path (f->dir), name, NULL);
      to = g_build_filename (kith_test_dir_path (f->dir), "0123456789abcdef0123", NULL);
      g_assert_cmpint (g_rename (from, to), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/lease/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("C22-account-closed", test_account_closed);
  g_test_add ("/sync/lease/C22-account-closed-without-token", Fixture, "", set_up, test_account_closed, tear_down);
  ADD ("C22-lease", test_lease);
  ADD ("C22-lease-password", test_lease_password);
  ADD ("spelling", test_spelling);
  return g_test_run ();
}
