/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"

#include "kith-desktop-hits.h"
#include "kith-desktop-reads.h"
#include "kith-desktop-undo.h"

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *agency = NULL;
  g_autofree char *login = NULL;

  g_assert_false (kith_desktop_has_store (f->desktop, NULL, NULL));
  sign_in (f);
  g_object_get (f->desktop, "user-name", &name, "agency-name", &agency, NULL);
  g_assert_cmpstr (name, ==, "ana");
  g_assert_cmpstr (agency, ==, "Alder House");
  g_assert_true (get_bool (f->desktop, "unlocked"));
  g_assert_true (kith_desktop_has_store (f->desktop, &login, NULL));
  g_assert_cmpstr (login, ==, "ana");
  { /* whoever looks after the hub can tell this computer from another */
    g_autoptr (KithDbStmt) stmt = NULL;

    g_rec_mutex_lock (&f->direct.mutex);
    stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), "SELECT computer FROM lane WHERE user_id = (SELECT staff FROM account WHERE login = 'ana')", NULL);
    g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
    g_assert_cmpstr (kith_db_text (stmt, 0), ==, g_get_host_name ());
    g_clear_pointer (&stmt, kith_db_reset);
    g_rec_mutex_unlock (&f->direct.mutex);
  }
}

/* Every file of the data folder, looked through byte by byte. */
static gboolean
folder_has (const char *folder, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL && !found)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = folder_has (path, needle);
      else if (g_file_get_contents (path, &contents, &length, NULL))
        found = memmem (contents, length, needle, strlen (needle)) != NULL;
    }
  return found;
}

/* Encrypted from the first byte: no name, no schema, no SQLite header, no password anywhere. */
static void
test_encrypted (Fixture *f, gconstpointer data)
{
  sign_in (f);
  g_free (register_client (f, "Canarygiven", "Canaryfamily"));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_true (folder_has (kith_test_dir_path (f->dir), "ana")); /* the login is not secret: the search does look */
  g_assert_false (folder_has (kith_test_dir_path (f->dir), "Canary"));
  g_assert_false (folder_has (kith_test_dir_path (f->dir), "SQLite format 3"));
  g_assert_false (folder_has (kith_test_dir_path (f->dir), "CREATE TABLE"));
  g_assert_false (folder_has (kith_test_dir_path (f->dir), PASSWORD));
}

static void
test_wrong_password (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", "something else entirely", NULL, keep_cb, &result);
  AWAIT (result);
  g_assert_false (kith_desktop_finish (f->desktop, result, &error));
  g_assert_nonnull (error);
  g_assert_false (kith_desktop_has_store (f->desktop, NULL, NULL));
}

/* Locked, closed, opened again without any network; what was done offline goes out when the network is back. */
static void
test_unlock_offline (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *client = NULL;
  gint64 since;

  sign_in (f);
  kith_desktop_lock (f->desktop);
  g_assert_false (get_bool (f->desktop, "unlocked"));
  g_assert_null (kith_desktop_get_actor (f->desktop));
  close_desktop (f);

  g_atomic_int_set (&f->direct.cut, 1);
  open_desktop (f);
  kith_desktop_unlock_async (f->desktop, "not this one at all", NULL, keep_cb, &wrong);
  AWAIT (wrong);
  g_assert_false (kith_desktop_finish (f->desktop, wrong, &error));
  g_clear_error (&error);
  kith_desktop_unlock_async (f->desktop, PASSWORD, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);
  client = register_client (f, "Mara", "Offline");
  kith_test_until (get_uint (f, "waiting") == 1);
  g_object_get (f->desktop, "offline-since", &since, NULL);
  g_assert_cmpint (since, >, 0);

  g_atomic_int_set (&f->direct.cut, 0);
  g_free (register_client (f, "Nora", "Online")); /* a nudge */
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
}


/* Ctrl+L while the key is still being derived: the lock holds, and the store is not left open behind it. */
static void
test_lock_during_unlock (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) unlocked = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  kith_desktop_lock (f->desktop);
  kith_desktop_unlock_async (f->desktop, PASSWORD, NULL, keep_cb, &unlocked);
  kith_desktop_lock (f->desktop);
  AWAIT (unlocked);
  g_assert_false (kith_desktop_finish (f->desktop, unlocked, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  for (guint i = 0; i < 20; i++)
    kith_test_turn (NULL);
  g_assert_false (get_bool (f->desktop, "unlocked"));
  g_assert_null (kith_desktop_get_actor (f->desktop));

  kith_desktop_unlock_async (f->desktop, PASSWORD, NULL, keep_cb, &again);
  AWAIT (again);
  kith_desktop_finish (f->desktop, again, &error);
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "unlocked"));
}

/* The refresh token is gone, but the person just unlocked with their password: nobody is asked again. */
static void
test_signs_in_again (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) dropped = NULL;
  g_autoptr (GAsyncResult) unlocked = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;

  sign_in (f);
  kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &dropped);
  AWAIT (dropped);
  kith_desktop_lock (f->desktop);
  kith_desktop_unlock_async (f->desktop, PASSWORD, NULL, keep_cb, &unlocked);
  AWAIT (unlocked);
  kith_desktop_finish (f->desktop, unlocked, &error);
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "signed-in"));
  before = hub_q (f);
  g_free (register_client (f, "Again", "Signed"));
  kith_test_until (hub_q (f) > before); /* it arrived */
}

static gint64
hub_number (Fixture *f, const char *sql)
{
  KithDb *db = kith_hub_get_db (f->net->hub);
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;
  gint64 number;

  g_rec_mutex_lock (&f->direct.mutex);
  stmt = kith_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  number = kith_db_step (stmt, &error) == KITH_DB_ROW ? kith_db_int (stmt, 0) : -1;
  g_assert_no_error (error);
  g_clear_pointer (&stmt, kith_db_reset);
  g_rec_mutex_unlock (&f->direct.mutex);
  return number;
}

static gpointer
fork_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_store_fork_lane (store, error);
  return drop_refresh_job (store, data, cancellable, error);
}

/* I3: the same in the moment after the hub said that another copy of this disk used the lane, and before it gave another one. What waits goes out on a
 * lane of its own, which the hub knows for the same computer’s (I21). data: with the password at the hub, not to unlock what is here. */
static void
test_signs_in_again_forked (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) forked = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;

  sign_in (f);
  g_atomic_int_set (&f->direct.cut, 1);
  g_free (register_client (f, "Forked", "Waiting"));
  kith_desktop_store_async (f->desktop, fork_job, NULL, NULL, NULL, keep_cb, &forked);
  AWAIT (forked);
  g_clear_object (&forked);
  lock_again (f);
  g_atomic_int_set (&f->direct.cut, 0);
  before = hub_q (f);
  if (data != NULL)
    sign_in (f);
  else
    g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (hub_q (f) > before && get_uint (f, "waiting") == 0);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
  g_assert_cmpint (hub_number (f, "SELECT count(*) FROM lane"), ==, 2);
  g_assert_cmpint (hub_number (f, "SELECT count(*) FROM lane next JOIN lane before ON before.lane = next.former"), ==, 1);
}

/* The disk was put back from a copy, so the hub is further than it: a lane of its own, which the next sign-in goes on with.
 * The key file named the former one, whose number series the other copy uses. */
static void
test_sign_in_after_fork (Fixture *f, gconstpointer data)
{
  sign_in (f);
  g_free (register_client (f, "Before", "Fork"));
  kith_test_until (hub_number (f, "SELECT count(*) FROM op_log WHERE lane IS NOT NULL") == 1);
  lock_again (f);
  g_assert_cmpint (hub_number (f, "UPDATE lane SET last_n = 50 RETURNING lane"), >, 0);

  sign_in (f);
  g_free (register_client (f, "After", "Fork"));
  kith_test_until (hub_number (f, "SELECT count(*) FROM op_log WHERE lane IS NOT NULL") == 2);
  g_assert_cmpint (hub_number (f, "SELECT count(*) FROM lane"), ==, 2);
  g_assert_cmpint (hub_number (f, "SELECT last_n FROM lane ORDER BY lane DESC LIMIT 1"), ==, 1);
  lock_again (f);

  sign_in (f);
  g_free (register_client (f, "Again", "Fork"));
  kith_test_until (hub_number (f, "SELECT count(*) FROM op_log WHERE lane IS NOT NULL") == 3);
  g_assert_cmpint (hub_number (f, "SELECT count(*) FROM lane"), ==, 2);
  g_assert_cmpint (hub_number (f, "SELECT last_n FROM lane ORDER BY lane LIMIT 1"), ==, 50);
  g_assert_cmpint (hub_number (f, "SELECT last_n FROM lane ORDER BY lane DESC LIMIT 1"), ==, 2);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
  lock_again (f);
  sign_in (f); /* the key file opens with the password as before */
}

/* sync.md 5.3: after five wrong passwords there is a wait, which a restart does not end, nor a clock set back; and it holds for
 * the right password too, or it would not hold at all. */
static void
test_wait_after_wrong (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now;

  sign_in (f);
  kith_desktop_lock (f->desktop);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 0);
      g_assert_false (unlock (f, "not this one at all", &error));
      g_clear_error (&error);
    }
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), >, 3000);
  now = kith_clock_wall_ms (f->clock);

  restart_at (f, now + 1000);
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), >, 3000);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  restart_at (f, now - 3600 * 1000);
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 5000);

  restart_at (f, now + 6000);
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 0);
  g_assert_false (unlock (f, "not this one either", &error));
  g_clear_error (&error);
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 10000); /* twice as long */

  restart_at (f, now + 60 * 1000);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 0);
  kith_desktop_lock (f->desktop);
  g_assert_false (unlock (f, "wrong once", &error));
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 0); /* counted anew */
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) undone = NULL, before = NULL, after = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *client = network_id (f->net);

  sign_in (f);
  id = submit (f, "client.register", network_json ("{'id':'%s','number':'ZZ-9000','values':{'given_name':'Undo'}}", client), 8000);
  kith_desktop_can_undo_async (f->desktop, id, keep_cb, &before);
  AWAIT (before);
  g_assert_true (kith_desktop_finish (f->desktop, before, &error));
  g_assert_no_error (error);
  kith_desktop_undo_async (f->desktop, id, keep_cb, &undone);
  AWAIT (undone);
  g_assert_true (kith_desktop_finish (f->desktop, undone, &error));
  g_assert_no_error (error);
  kith_desktop_can_undo_async (f->desktop, id, keep_cb, &after);
  AWAIT (after);
  g_assert_false (kith_desktop_finish (f->desktop, after, &error));
  g_assert_no_error (error); /* no, and nothing is wrong */
  kith_desktop_undo_async (f->desktop, id, keep_cb, &again);
  AWAIT (again);
  g_assert_false (kith_desktop_finish (f->desktop, again, &error));
  g_assert_nonnull (error);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) args = network_json ("{'id':'%s','number':'ZZ-1','values':{}}", f->ana);

  sign_in (f);
  kith_desktop_submit_async (f->desktop, "client.register", args, 0, NULL, keep_cb, &result);
  AWAIT (result);
  g_assert_null (kith_desktop_submit_finish (f->desktop, result, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
}

/* An online operation has the hub's own answer, the refusal with its sentence. */
static void
test_online (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) args = network_json ("{'service':'%s','direct':false}", f->net->service);

  sign_in (f);
  kith_desktop_submit_async (f->desktop, "service.set_direct", args, 0, NULL, keep_cb, &result);
  AWAIT (result);
  g_assert_null (kith_desktop_submit_finish (f->desktop, result, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_DENIED);
}

/* --- lists ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  guint position, removed, added, times;
} Change;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Change *change = user_data;

  *change = (Change) { position, removed, added, change->times + 1 };
}

static const char *
name_at (KithListModel *list, guint position)
{
  g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  return kith_row_get_text (row, "family_name");
}

static KithListModel *
client_list (Fixture *f)
{
  static const char *const kinds[] = { "client", "care", "assignment", "consent", "op", NULL };
  const char *args[] = { f->ana, NULL };
  KithListModel *list = kith_list_model_new (f->desktop, "clients-all", kinds, args);

  kith_test_until (!get_bool (list, "loading"));
  return list;
}

/* A list that has a query of its own to count its rows by: with inputs, as one lane of a board. */
static void
test_list_counted_apart (Fixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "queue_item", NULL };
  g_autofree char *queue = network_id (f->net), *referral = network_id (f->net), *create = NULL, *send = NULL;
  const char *lane_args[] = { queue, "", NULL }, *card_args[] = { queue, NULL, NULL };
  g_autoptr (KithListModel) lanes = NULL, cards = NULL;
  g_autoptr (KithRow) lane = NULL;
  g_autofree char *op = NULL;

  create = g_strdup_printf ("{'id':'%s','name':'Beds','statuses':[{'name':'Referred','phase':'sent'}]}", queue);
  network_do (f->net, "queue.create", create);
  sign_in (f);
  op = submit (f, "referral.send",
               network_json ("{'id':'%s','number':'KA-0001','type':'direct','service':'%s','queue':'%s','contact_name':'Nora Quinn','need':'A bed',"
                             "'release':{'classes':['client'],'basis':'written_release','until':'2026-12-31T00:00:00.000Z'}}",
                             referral, f->net->service, queue),
               60000); /* the hub would refuse it, in the midst of what is looked at here: what a computer counts */
  lanes = kith_list_model_new (f->desktop, "board-lanes", kinds, lane_args);
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (lanes)) > 0 && !get_bool (lanes, "loading"));
  lane = g_list_model_get_item (G_LIST_MODEL (lanes), 0);
  g_assert_cmpint (kith_row_get_int (lane, "n"), ==, 1);
  card_args[1] = kith_row_get_id (lane);
  cards = kith_list_model_new (f->desktop, "board-cards", kinds, card_args);
  kith_test_until (!get_bool (cards, "loading"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (cards)), ==, 1);
}

/* ALTER TABLE … of the queues, under the list that shows them. */
static gpointer
rename_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  return kith_db_exec (kith_store_get_db (store), data, error) ? g_strdup ("done") : NULL;
}

static void
rename_queues (Fixture *f, const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_store_async (f->desktop, rename_job, (gpointer) sql, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  g_free (kith_desktop_job_finish (f->desktop, result, &error));
  g_assert_no_error (error);
}

/* A list that cannot be read is no empty one: it is not known, the desktop says that something is unread, and both are over as soon as it
 * was read, or nobody shows it any more. */
static void
test_list_unread (Fixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "queue", NULL };
  const char *args[] = { "0", NULL };
  g_autofree char *queue = network_id (f->net), *create = NULL;
  g_autoptr (KithListModel) list = NULL;

  create = g_strdup_printf ("{'id':'%s','name':'Beds','statuses':[{'name':'Referred','phase':'sent'}]}", queue);
  network_do (f->net, "queue.create", create);
  sign_in (f);
  list = kith_list_model_new (f->desktop, "queues", kinds, args);
  g_assert_false (kith_list_model_is_known (list)); /* on its way */
  kith_test_until (kith_list_model_is_known (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  g_clear_object (&list);
  rename_queues (f, "ALTER TABLE queue RENAME TO queue_gone");
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "list queues: *");
  list = kith_list_model_new (f->desktop, "queues", kinds, args);
  kith_test_until (!get_bool (list, "loading"));
  g_test_assert_expected_messages ();
  g_assert_false (kith_list_model_is_known (list));
  g_assert_true (get_bool (f->desktop, "unread"));
  g_clear_object (&list);
  g_assert_false (get_bool (f->desktop, "unread"));

  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "list queues: *");
  list = kith_list_model_new (f->desktop, "queues", kinds, args);
  kith_test_until (!get_bool (list, "loading"));
  g_test_assert_expected_messages ();
  rename_queues (f, "ALTER TABLE queue_gone RENAME TO queue");
  kith_desktop_read_again (f->desktop);
  kith_test_until (kith_list_model_is_known (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_false (get_bool (f->desktop, "unread"));

  rename_queues (f, "ALTER TABLE queue RENAME TO queue_gone");
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "list queues: *");
  kith_list_model_set_args (list, (const char *const[]) { "1", NULL });
  kith_test_until (get_bool (f->desktop, "unread"));
  g_test_assert_expected_messages ();
  kith_desktop_lock (f->desktop);
  g_assert_false (get_bool (f->desktop, "unread"));
}

/* Somebody of agency B, who may be found and opened by A. Yours */
static char *
add_findable (Fixture *f)
{
  g_autofree char *ben = network_add_staff (f->net, "ben", f->net->b, "care_coordinator", NULL), *consent = network_id (f->net);
  g_autoptr (Desk) desk = desk_new (f->net, "ben");
  char *id = network_id (f->net);

  desk_run (desk);
  g_free (desk_submit (desk, "client.register",
                       network_json ("{'id':'%s','number':'KK-0001','values':{'given_name':'Nora','family_name':'Quinn','date_of_birth':'1990-02-03'},"
                                     "'consent':{'id':'%s','permission':'granted','classes':['client'],'receivers':['%s'],'how':'verbal',"
                                     "'purpose':'Help','findable':true}}", id, consent, f->net->a)));
  desk_run (desk);
  return id;
}

static GPtrArray *
ask_network (Fixture *f, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean more;

  kith_desktop_ask_network_async (f->desktop, name, NULL, cancellable, keep_cb, &result);
  AWAIT (result);
  return kith_desktop_ask_network_finish (f->desktop, result, &more, error);
}

/* U3, C14: asked of the hub, opened with a reason, and the record arrives. What was found is nowhere in the files. */
static void
test_ask_network (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_findable (f);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) args = NULL;
  g_autofree char *op_id = NULL;
  g_autoptr (KithListModel) list = NULL;

  sign_in (f);
  rows = ask_network (f, "Nora Quinn", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (kith_row_get_id (rows->pdata[0]), !=, id); /* C14 */
  args = network_json ("{'client':'%s','reason':'She asked for us'}", kith_row_get_id (rows->pdata[0]));
  g_assert_cmpstr (kith_row_get_text (rows->pdata[0], "birth_year"), ==, "1990");
  g_assert_null (kith_row_get_text (rows->pdata[0], "city"));
  g_assert_null (ask_network (f, "Nora", NULL, &error)); /* too little */
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED);
  g_clear_error (&error);

  list = client_list (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  kith_desktop_submit_async (f->desktop, "client.open_shared", args, 0, NULL, keep_cb, &result);
  AWAIT (result);
  op_id = kith_desktop_submit_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (kith_json_string (kith_desktop_submit_get_now (f->desktop, result), "client"));
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1 && name_at (list, 0) != NULL);
  g_assert_cmpstr (name_at (list, 0), ==, "Quinn");
}

/* C15: of a victim service agency the question itself stays here: not even the hub is asked. */
static void
test_ask_network_victim_service (Fixture *f, gconstpointer data)
{
  g_autofree char *settings = g_strdup_printf ("{'agency':'%s','set':{'victim_service':true}}", f->net->a);
  static const char *const kinds[] = { "agency_settings", NULL };
  const char *args[] = { f->net->a, NULL };
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  network_do (f->net, "agency.configure", settings);
  sign_in (f);
  list = kith_list_model_new (f->desktop, "agency-terms", kinds, args);
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  g_atomic_int_set (&f->direct.cut, TRUE);
  g_assert_null (ask_network (f, "Nora Quinn", NULL, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_DENIED);
}

static void
test_ask_network_without (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean more;

  sign_in (f);
  g_cancellable_cancel (cancellable);
  g_assert_null (ask_network (f, "Nora Quinn", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_atomic_int_set (&f->direct.cut, TRUE);
  g_assert_null (ask_network (f, "Nora Quinn", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  kith_desktop_ask_network_async (f->desktop, "Nora Quinn", NULL, NULL, keep_cb, &result);
  kith_desktop_lock (f->desktop);
  AWAIT (result);
  g_assert_null (kith_desktop_ask_network_finish (f->desktop, result, &more, &error));
  g_assert_nonnull (error);
}

/* One row comes between others: only that is told, the others keep their objects. */
static void
test_list_keeps_rows (Fixture *f, gconstpointer data)
{
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (KithRow) first = NULL, last = NULL, last_now = NULL, first_now = NULL;
  Change change = { 0 };

  sign_in (f);
  g_free (register_client (f, "A", "Adams"));
  g_free (register_client (f, "Z", "Zuniga"));
  list = client_list (f);
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 2);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  last = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (name_at (list, 0), ==, "Adams");

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &change);
  g_free (register_client (f, "M", "Miller"));
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 3);
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.removed, ==, 0);
  g_assert_cmpuint (change.added, ==, 1);
  first_now = g_list_model_get_item (G_LIST_MODEL (list), 0);
  last_now = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_assert_true (first == first_now);
  g_assert_true (last == last_now);
  g_assert_cmpstr (name_at (list, 1), ==, "Miller");
  /* An answer under way keeps the list, and tells of it, longer than this function's variables live. */
  g_signal_handlers_disconnect_by_data (list, &change);
}

/* A row that only changes its values stays where it is and says that it has new ones. */
static void
count_cb (gpointer object, GParamSpec *pspec, guint *times)
{
  *times += 1;
}

static void
test_list_updates_in_place (Fixture *f, gconstpointer data)
{
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (KithRow) row = NULL;
  g_autofree char *client = NULL;
  g_autofree char *op = NULL;
  Change change = { 0 };
  guint filled = 0;

  sign_in (f);
  client = register_client (f, "A", "Adams");
  kith_test_until (get_uint (f, "waiting") == 0);
  list = client_list (f);
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &change);
  g_signal_connect (row, "notify::loaded", G_CALLBACK (count_cb), &filled);
  op = submit (f, "record.patch", network_json ("{'t':'client','id':'%s','set':{'given_name':{'old':'A','new':'Alma'}}}", client), 0);
  kith_test_until (g_strcmp0 (kith_row_get_text (row, "given_name"), "Alma") == 0);
  g_assert_cmpuint (change.times, ==, 0);
  g_assert_cmpuint (filled, >, 0);
  g_signal_handlers_disconnect_by_data (list, &change);
  g_signal_handlers_disconnect_by_data (row, &filled); /* the answer to the change fills it once more, perhaps later */
}

static gpointer
many_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  for (guint i = 0; i < 350; i++)
    {
      g_autofree char *id = network_id (f->net);
      g_autoptr (JsonObject) args = network_json ("{'id':'%s','number':'YY-%04u','values':{'given_name':'G','family_name':'F%04u'}}", id, i, i);
      if (!kith_store_submit (store, "client.register", args, 0, NULL, error))
        return NULL;
    }
  return NULL;
}

/* A long list has placeholders until somebody looks; then the page comes, in place. */
static void
test_list_pages (Fixture *f, gconstpointer data)
{
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint total;

  sign_in (f);
  kith_desktop_store_async (f->desktop, many_job, f, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  list = client_list (f);
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 350);
  g_object_get (list, "total", &total, NULL);
  g_assert_cmpuint (total, ==, 350);
  kith_test_until (g_strcmp0 (name_at (list, 349), "F0349") == 0);
  kith_test_until (g_strcmp0 (name_at (list, 123), "F0123") == 0);

  kith_desktop_lock (f->desktop);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0); /* nothing shows on a locked screen */
}

static GPtrArray *
search_seen (Fixture *f, guint at_once)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  GPtrArray *rows;

  kith_desktop_search_seen_async (f->desktop, "client", "f00", 50, at_once, NULL, keep_cb, &result);
  AWAIT (result);
  rows = kith_desktop_search_finish (f->desktop, result, &more, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 50);
  g_assert_true (more);
  return rows;
}

/* Of those out of sight it is known who they are, and no more until the rest came; then they are what all at once would have been. */
static void
test_search_rest (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL, rest = NULL;
  g_autoptr (GPtrArray) seen = NULL, all = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (f);
  kith_desktop_store_async (f->desktop, many_job, f, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  seen = search_seen (f, 3);
  all = search_seen (f, 50);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpstr (kith_row_get_id (seen->pdata[i]), ==, kith_row_get_id (all->pdata[i]));
      g_assert_true (kith_row_is_loaded (all->pdata[i]));
      g_assert_true (kith_row_is_loaded (seen->pdata[i]) == (i < 3));
      g_assert_true ((kith_row_get_text (seen->pdata[i], "family_name") != NULL) == (i < 3));
    }
  kith_desktop_search_rest_async (f->desktop, "client", seen, NULL, keep_cb, &rest);
  AWAIT (rest);
  g_assert_true (kith_desktop_search_rest_finish (f->desktop, rest, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 50; i++)
    g_assert_true (kith_row_same (seen->pdata[i], all->pdata[i]));
}

static void
test_search (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL, late = NULL;
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  sign_in (f);
  g_free (register_client (f, "Tho", "Nguyễn"));
  g_free (register_client (f, "Ana", "Lopez"));
  kith_desktop_search_async (f->desktop, "client", "nguyen", 10, NULL, keep_cb, &result);
  AWAIT (result);
  rows = kith_desktop_search_finish (f->desktop, result, &more, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_false (more);
  g_assert_cmpstr (kith_row_get_text (rows->pdata[0], "given_name"), ==, "Tho");
  g_assert_cmpint (kith_row_get_int (rows->pdata[0], "mine"), ==, 1);

  /* Somebody types on, or empties the box, while what was found has been read and does not show yet: it never does. */
  kith_desktop_search_async (f->desktop, "client", "nguyen", 10, given_up, keep_cb, &late);
  AWAIT (late);
  g_cancellable_cancel (given_up);
  g_assert_null (kith_desktop_search_finish (f->desktop, late, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/desktop/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("encrypted", test_encrypted);
  ADD ("wrong-password", test_wrong_password);
  ADD ("wait-after-wrong", test_wait_after_wrong);
  ADD ("unlock-offline", test_unlock_offline);
  ADD ("lock-during-unlock", test_lock_during_unlock);
  ADD ("signs-in-again", test_signs_in_again);
  ADD ("I3-signs-in-again-forked", test_signs_in_again_forked);
  g_test_add ("/sync/desktop/I3-I21-signs-in-forked", Fixture, GINT_TO_POINTER (1), set_up, test_signs_in_again_forked, tear_down);
  ADD ("sign-in-after-fork", test_sign_in_after_fork);
  ADD ("undo", test_undo);
  ADD ("refused", test_refused);
  ADD ("online", test_online);
  ADD ("list-keeps-rows", test_list_keeps_rows);
  ADD ("list-updates-in-place", test_list_updates_in_place);
  ADD ("list-pages", test_list_pages);
  ADD ("list-counted-apart", test_list_counted_apart);
  ADD ("list-unread", test_list_unread);
  ADD ("search-rest", test_search_rest);
  ADD ("search", test_search);
  ADD ("ask-network", test_ask_network);
  ADD ("C15-ask-network-victim-service", test_ask_network_victim_service);
  ADD ("ask-network-without", test_ask_network_without);
  return g_test_run ();
}
