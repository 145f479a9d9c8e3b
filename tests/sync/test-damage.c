/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rescue-fixture.h"

/* What is kept on a computer is damaged, and shows it while somebody works, or when the whole file is read once a week (sync.md 4). */

#define NEXT "another battery staple"

static char *
get_damage (Fixture *f)
{
  char *words;

  g_object_get (f->desktop, "damage", &words, NULL);
  return words;
}

static gboolean
is_damaged (Fixture *f)
{
  g_autofree char *words = get_damage (f);

  return words != NULL;
}

static void
harm (Fixture *f, gint64 page)
{
  g_autofree char *path = find_file (f, "store.db");

  flip (path, (gsize) (page - 1) * 4096 + 50, 40);
}

/* Both connections forget what they have read: else nothing is asked of the disk for a while. */
static gpointer
forget_pages_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_db_exec (db, "PRAGMA shrink_memory", error);
  return NULL;
}

static gpointer
write_out_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  KithDb *db = kith_store_get_db (store);

  if (kith_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    forget_pages_job (db, NULL, cancellable, error);
  return NULL;
}

static gpointer
read_clients_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "SELECT body FROM client", error);

  while (stmt != NULL && kith_db_step (stmt, error) == KITH_DB_ROW)
    ;
  return NULL;
}

static gpointer
read_clients_of_store_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  return read_clients_job (kith_store_get_db (store), data, cancellable, error);
}

typedef void (*Run) (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data);

static void
run (Fixture *f, Run call, KithDesktopJob job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  call (f->desktop, job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, error);
}

static gpointer
break_index_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_db_exec (kith_store_get_db (store), "DELETE FROM client_find_data WHERE id > 10", error);
  return NULL;
}

static gpointer
prove_index_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_db_exec (kith_store_get_db (store), "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", error);
  return NULL;
}

static gboolean
index_is_sound (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  run (f, kith_desktop_store_async, prove_index_job, &error);
  return error == NULL;
}

static guint
count_found (Fixture *f, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_search_async (f->desktop, "client", text, 10, NULL, keep_cb, &result);
  AWAIT (result);
  rows = kith_desktop_search_finish (f->desktop, result, NULL, &error);
  g_assert_no_error (error);
  return rows->len;
}

/* The index by which is searched is made from the rows: where it is not as it should be, nobody is locked out of the records, and who searches finds. */
static void
test_index (Fixture *f, gconstpointer data)
{
  g_autofree char *client = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  client = register_client (f, "Mara", "Sent");
  kith_test_until (hub_has (f, client));
  run (f, kith_desktop_store_async, break_index_job, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_found (f, "mara"), ==, 1);
  g_assert_true (index_is_sound (f));
  g_assert_false (is_damaged (f));
}

/* Nor is anybody kept from writing: what the index does not find again is no reason to refuse a change. */
static void
test_index_written (Fixture *f, gconstpointer data)
{
  g_autofree char *client = NULL, *op = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  client = register_client (f, "Mara", "Sent");
  kith_test_until (hub_has (f, client) && get_uint (f, "waiting") == 0);
  run (f, kith_desktop_store_async, break_index_job, &error);
  g_assert_no_error (error);
  op = submit (f, "record.patch", network_json ("{'t':'client','id':'%s','set':{'given_name':{'old':'Mara','new':'Vera'}}}", client), 0);
  g_assert_true (index_is_sound (f));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpuint (count_found (f, "vera"), ==, 1);
  g_assert_false (is_damaged (f));
}

/* A list or the store meets a page that is not what it was: the windows hear of it at once, and after the sign-in what was not sent goes out. */
static void
test_while_open (Fixture *f, gconstpointer by_store)
{
  g_autofree char *sent = NULL, *unsent = NULL, *kept = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  sent = register_client (f, "Mara", "Sent");
  kith_test_until (hub_has (f, sent));
  g_atomic_int_set (&f->direct.cut, 1);
  unsent = register_client (f, "Nora", "Unsent");
  run (f, kith_desktop_store_async, write_out_job, &error);
  g_assert_no_error (error);
  run (f, kith_desktop_read_async, forget_pages_job, &error);
  g_assert_no_error (error);
  g_assert_false (is_damaged (f));
  harm (f, find_root (f, "client"));
  if (by_store)
    run (f, kith_desktop_store_async, read_clients_of_store_job, &error);
  else
    run (f, kith_desktop_read_async, read_clients_job, &error);
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  kith_test_until (is_damaged (f));

  /* without the hub it stays closed, although it would open */
  lock_again (f);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED);
  kith_test_until (is_damaged (f));
  g_atomic_int_set (&f->direct.cut, 0);
  sign_in (f);
  g_assert_false (is_damaged (f));
  kept = kith_desktop_take_kept (f->desktop);
  g_assert_nonnull (kept);
  g_assert_nonnull (strstr (kept, "1 change "));
  kith_test_until (hub_has (f, unsent));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
  lock_again (f);
  g_clear_error (&error);
  g_assert_true (unlock (f, PASSWORD, &error));
}

static gpointer
forget_look_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_db_exec (kith_store_get_db (store), "UPDATE state SET value = '1000' WHERE key = 'looked'", error);
  return NULL;
}

static gpointer
read_look_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = kith_db_fetch_text (kith_store_get_db (store), error, "state-get", "s", "looked");

  return text != NULL && !g_str_equal (text, "1000") ? GINT_TO_POINTER (TRUE) : NULL;
}

static gboolean
has_looked (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  kith_desktop_store_async (f->desktop, read_look_job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  return kith_desktop_job_finish (f->desktop, result, NULL) != NULL;
}

/* A page that nobody asks for. */
static void
test_look (Fixture *f, gconstpointer harmed)
{
  g_autoptr (GError) error = NULL;
  gint64 page;

  sign_in (f);
  kith_test_until (has_looked (f)); /* it begins to count */
  page = find_root (f, "document");
  run (f, kith_desktop_store_async, forget_look_job, &error);
  g_assert_no_error (error);
  kith_desktop_lock (f->desktop);
  close_desktop (f);
  if (harmed)
    harm (f, page);
  open_desktop (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  if (harmed)
    kith_test_until (is_damaged (f));
  else
    kith_test_until (has_looked (f));
  g_assert_cmpint (is_damaged (f), ==, harmed != NULL);
}

/* The weekly look finds an index that nobody searches. */
static void
test_look_index (Fixture *f, gconstpointer data)
{
  g_autofree char *client = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  client = register_client (f, "Mara", "Sent");
  kith_test_until (hub_has (f, client));
  kith_test_until (has_looked (f));
  run (f, kith_desktop_store_async, break_index_job, &error);
  g_assert_no_error (error);
  run (f, kith_desktop_store_async, forget_look_job, &error);
  g_assert_no_error (error);
  kith_desktop_lock (f->desktop);
  close_desktop (f);
  open_desktop (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (has_looked (f));
  g_assert_true (index_is_sound (f));
  g_assert_false (is_damaged (f));
}

static gboolean
sign_in_with (Fixture *f, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", password, NULL, keep_cb, &result);
  AWAIT (result);
  return kith_desktop_finish (f->desktop, result, error);
}

/* The password was changed on another computer before the damage was met: the present one signs in, the former one opens what was not sent. */
static void
test_other_password (Fixture *f, gconstpointer ended)
{
  g_autofree char *unsent = NULL, *kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 page;

  sign_in (f);
  g_atomic_int_set (&f->direct.cut, 1);
  unsent = register_client (f, "Nora", "Unsent");
  page = find_root (f, "state");
  kith_desktop_lock (f->desktop);
  close_desktop (f);
  harm (f, page);
  set_password_to (f, "ana", NEXT);
  open_desktop (f);
  g_atomic_int_set (&f->direct.cut, 0);

  g_assert_false (sign_in_with (f, NEXT, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED);
  g_clear_error (&error);
  if (ended)
    {
      close_desktop (f);
      open_desktop (f);
    }
  g_assert_true (sign_in_with (f, NEXT, &error));
  g_assert_no_error (error);
  kept = kith_desktop_take_kept (f->desktop);
  g_assert_nonnull (kept);
  if (ended)
    {
      g_assert_nonnull (strstr (kept, "former password once"));
      g_assert_false (hub_has (f, unsent));
      lock_again (f);
      g_assert_false (unlock (f, PASSWORD, &error));
      g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
      g_assert_nonnull (strstr (error->message, "former password"));
      g_clear_error (&error);
      g_assert_true (unlock (f, NEXT, &error));
      g_assert_no_error (error);
      g_free (kept);
      kept = kith_desktop_take_kept (f->desktop);
    }
  g_assert_nonnull (strstr (kept, "1 change "));
  kith_test_until (hub_has (f, unsent));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/damage/index", Fixture, NULL, set_up, test_index, tear_down);
  g_test_add ("/sync/damage/I3-met-by-a-list", Fixture, NULL, set_up, test_while_open, tear_down);
  g_test_add ("/sync/damage/I3-met-by-the-store", Fixture, GINT_TO_POINTER (TRUE), set_up, test_while_open, tear_down);
  g_test_add ("/sync/damage/index-written", Fixture, NULL, set_up, test_index_written, tear_down);
  g_test_add ("/sync/damage/look-index", Fixture, NULL, set_up, test_look_index, tear_down);
  g_test_add ("/sync/damage/look", Fixture, NULL, set_up, test_look, tear_down);
  g_test_add ("/sync/damage/look-harmed", Fixture, GINT_TO_POINTER (TRUE), set_up, test_look, tear_down);
  g_test_add ("/sync/damage/I3-other-password", Fixture, NULL, set_up, test_other_password, tear_down);
  g_test_add ("/sync/damage/I3-other-password-after-an-end", Fixture, GINT_TO_POINTER (TRUE), set_up, test_other_password, tear_down);
  return g_test_run ();
}
