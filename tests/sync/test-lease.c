/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"
#include "kith-store-lease.h"

#include <glib/gstdio.h>

/* What a computer shows of a hub it has not met for long, or that closed the account (C22, U21); and that one person has one store. */

static void
deactivate (Fixture *f)
{
  g_autofree char *args = g_strdup_printf ("{'staff':'%s','reason':'Left'}", f->ana);

  g_rec_mutex_lock (&f->direct.mutex);
  network_do (f->net, "staff.deactivate", args);
  g_rec_mutex_unlock (&f->direct.mutex);
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

static gpointer
draft_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *text = data;
  g_autoptr (JsonObject) body = *text == '+' ? kith_json_new ("text", "s", "Half a sentence", NULL) : NULL;

  kith_store_save_draft (store, text + 1, NULL, body, error);
  return NULL;
}

static void
begin_draft (Fixture *f, const char *key, gboolean there)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_store_async (f->desktop, draft_job, g_strconcat (there ? "+" : "-", key, NULL), g_free, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
}

static gpointer
unsent_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  KithStoreStatus status = { 0 };

  kith_store_get_status (store, &status, error);
  return GINT_TO_POINTER ((int) status.waiting);
}

static gboolean
has_unsent (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  kith_desktop_store_async (f->desktop, unsent_job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  return GPOINTER_TO_INT (kith_desktop_job_finish (f->desktop, result, NULL));
}

static guint
count_folders (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (f->dir), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (kith_test_dir_path (f->dir), name, NULL);
      n += g_file_test (path, G_FILE_TEST_IS_DIR);
    }
  return n;
}

/* C22, U21: who was deactivated meanwhile finds nothing here once the hub was met, with a token or, where that is gone, with the password;
 * and is not told that their password was changed. */
static void
test_account_closed (Fixture *f, gconstpointer without_token)
{
  g_autoptr (GAsyncResult) dropped = NULL;
  g_autoptr (GError) error = NULL;
  gint asked;

  sign_in (f);
  g_free (register_client (f, "Mara", "Gone"));
  kith_test_until (!has_unsent (f));
  if (without_token != NULL)
    {
      kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &dropped);
      AWAIT (dropped);
      g_clear_object (&dropped);
    }
  lock_again (f); /* nobody listens any more when it is closed, and erases what is spent */
  deactivate (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "account-closed"));
  g_assert_false (get_bool (f->desktop, "password-changed"));
  g_assert_cmpint (count_clients (f), ==, 0);

  /* as long as own unsent words are to be reached */
  begin_draft (f, "ask:0197b000-0000-7000-8000-000000000001", TRUE);
  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 1);
  asked = g_atomic_int_get (&f->direct.asked);
  g_assert_true (unlock (f, PASSWORD, &error));
  kith_test_until (get_bool (f->desktop, "account-closed"));
  kith_test_until (g_atomic_int_get (&f->direct.asked) > asked);
  g_assert_cmpint (count_clients (f), ==, 0);
  begin_draft (f, "ask:0197b000-0000-7000-8000-000000000001", FALSE);

  /* sync.md 5.2, 5.3: then the key goes, and the files it opened. Without the hub's word of this time it does not */
  kith_desktop_lock (f->desktop);
  g_assert_true (kith_desktop_has_store (f->desktop, NULL, NULL));
  g_atomic_int_set (&f->direct.cut, 0);
  asked = g_atomic_int_get (&f->direct.asked);
  g_assert_true (unlock (f, PASSWORD, &error));
  kith_test_until (g_atomic_int_get (&f->direct.asked) > asked);
  g_assert_cmpint (count_clients (f), ==, 0); /* behind what the answer brought */
  kith_desktop_lock (f->desktop);
  kith_test_until (!kith_desktop_has_store (f->desktop, NULL, NULL));
  close_desktop (f);
  g_assert_cmpuint (count_folders (f), ==, 0);
  open_desktop (f);
}

/* C22: what says that an account is closed is believed of the hub whose records these are, and of this account, alone. */
static void
test_closed_elsewhere (Fixture *f, gconstpointer without_token)
{
  g_autofree char *epoch = g_strdup (kith_hub_get_epoch (f->net->hub));
  g_autofree char *own = g_strdup_printf ("{\"error\":\"deactivated\",\"message\":\"Closed.\",\"user\":\"%s\",\"epoch\":\"%s\"}", f->ana, epoch);
  g_autofree char *person = g_strdup_printf ("{\"error\":\"deactivated\",\"message\":\"Closed.\",\"user\":\"%s\",\"epoch\":\"%s\"}", f->net->a, epoch);
  g_autofree char *hub = g_strdup_printf ("{\"error\":\"deactivated\",\"message\":\"Closed.\",\"user\":\"%s\",\"epoch\":\"%s\"}", f->ana, f->net->a);
  const char *const foreign[] = { person, hub, "{\"error\":\"deactivated\",\"message\":\"Closed.\"}" };
  g_autoptr (GAsyncResult) dropped = NULL;

  sign_in (f);
  g_free (register_client (f, "Mara", "Stays"));
  kith_test_until (get_uint (f, "waiting") == 0);
  if (without_token != NULL)
    {
      kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &dropped);
      AWAIT (dropped);
    }
  kith_desktop_lock (f->desktop);
  for (guint i = 0; i <= G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (GError) error = NULL;
      gint asked;

      g_atomic_pointer_set (&f->direct.says, (char *) (i < G_N_ELEMENTS (foreign) ? foreign[i] : own));
      g_atomic_int_set (&f->direct.ill, 401);
      asked = g_atomic_int_get (&f->direct.asked);
      g_assert_true (unlock (f, PASSWORD, &error));
      g_assert_no_error (error);
      kith_test_until (g_atomic_int_get (&f->direct.asked) > asked);
      if (i < G_N_ELEMENTS (foreign))
        g_assert_cmpint (count_clients (f), >, 0);
      else
        kith_test_until (get_bool (f->desktop, "account-closed"));
      kith_desktop_lock (f->desktop);
    }
}

static gpointer
later_life_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (kith_store_begin_life (store, "0197b000-0000-7000-8000-00000000000e", 0, error));
  return NULL;
}

/* I21: a hub that was put back knows nothing of the life in which this computer met it last. It is that hub by the life all its lives come from. */
static void
test_closed_put_back (Fixture *f, gconstpointer data)
{
  const char *first = kith_hub_get_epoch (f->net->hub), *next = "0197b000-0000-7000-8000-00000000000f";
  g_autofree char *other = g_strdup_printf ("{\"error\":\"computer_revoked\",\"message\":\"No.\",\"user\":\"%s\",\"epoch\":\"%s\",\"former\":[\"%s\"]}", f->ana, next,
                                            f->net->a);
  g_autofree char *own = g_strdup_printf ("{\"error\":\"computer_revoked\",\"message\":\"No.\",\"user\":\"%s\",\"epoch\":\"%s\",\"former\":[\"%s\"]}", f->ana, next, first);
  g_autoptr (GAsyncResult) lived = NULL;

  sign_in (f);
  g_free (register_client (f, "Mara", "Stays"));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_atomic_int_set (&f->direct.cut, 1);
  kith_desktop_store_async (f->desktop, later_life_job, NULL, NULL, NULL, keep_cb, &lived);
  AWAIT (lived);
  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 0);
  g_atomic_int_set (&f->direct.ill, 401);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      gint asked = g_atomic_int_get (&f->direct.asked);

      g_atomic_pointer_set (&f->direct.says, i == 0 ? other : own);
      g_assert_true (unlock (f, PASSWORD, &error));
      g_assert_no_error (error);
      kith_test_until (g_atomic_int_get (&f->direct.asked) > asked);
      if (i == 0)
        g_assert_cmpint (count_clients (f), >, 0);
      else
        kith_test_until (get_bool (f->desktop, "computer-revoked"));
      kith_desktop_lock (f->desktop);
    }
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

static gpointer
lease_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER ((int) kith_store_get_lease_hours (store));
}

static int
lease_hours (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  kith_desktop_store_async (f->desktop, lease_job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  return GPOINTER_TO_INT (kith_desktop_job_finish (f->desktop, result, NULL));
}

static void
configure (Fixture *f, const char *hours)
{
  g_autofree char *args = g_strdup_printf ("{'agency':'%s','set':{'offline_hours':%s}}", f->net->a, hours);

  g_rec_mutex_lock (&f->direct.mutex);
  network_do (f->net, "agency.configure", args);
  g_rec_mutex_unlock (&f->direct.mutex);
}

/* sync.md 2.7, 5.3: an agency may say less than a week; its desks hear it with their next page, and it holds while the hub is out of reach. */
static void
test_lease_policy (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now, hour = G_TIME_SPAN_HOUR / 1000;

  sign_in (f);
  g_assert_cmpint (lease_hours (f), ==, 168);
  configure (f, "5");
  kith_test_until (lease_hours (f) == 5);
  kith_desktop_lock (f->desktop);
  now = kith_clock_wall_ms (f->clock);
  g_atomic_int_set (&f->direct.cut, 1);
  restart_at (f, now + 4 * hour);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_desktop_lock (f->desktop);
  restart_at (f, now + 6 * hour);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_LEASE);
  g_assert_nonnull (strstr (error->message, "5 hours"));
  g_clear_error (&error);

  g_atomic_int_set (&f->direct.cut, 0);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  configure (f, "null");
  kith_test_until (lease_hours (f) == 168);
}

/* The same, and the hub answers with errors of its own: who unlocks hears of it, and is not left waiting. */
static void
test_lease_ill (Fixture *f, gconstpointer status)
{
  g_autoptr (GError) error = NULL;

  sign_in (f);
  kith_test_until (get_uint (f, "waiting") == 0);
  kith_desktop_lock (f->desktop);
  restart_at (f, kith_clock_wall_ms (f->clock) + 8 * G_TIME_SPAN_DAY / 1000);
  g_atomic_int_set (&f->direct.ill, GPOINTER_TO_INT (status));
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_LEASE);
  g_clear_error (&error);
  g_assert_false (get_bool (f->desktop, "unlocked"));
  g_atomic_int_set (&f->direct.ill, 0);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
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
  ADD ("C22-account-closed-elsewhere", test_closed_elsewhere);
  ADD ("I21-revoked-by-a-hub-put-back", test_closed_put_back);
  g_test_add ("/sync/lease/C22-account-closed-elsewhere-without-token", Fixture, "", set_up, test_closed_elsewhere, tear_down);
  ADD ("C22-lease", test_lease);
  ADD ("C22-lease-of-the-agency", test_lease_policy);
  ADD ("C22-lease-password", test_lease_password);
  g_test_add ("/sync/lease/C22-lease-hub-fails", Fixture, GINT_TO_POINTER (503), set_up, test_lease_ill, tear_down);
  g_test_add ("/sync/lease/C22-lease-hub-busy", Fixture, GINT_TO_POINTER (429), set_up, test_lease_ill, tear_down);
  ADD ("spelling", test_spelling);
  return g_test_run ();
}
