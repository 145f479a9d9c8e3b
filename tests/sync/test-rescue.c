/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rescue-fixture.h"

/* What is kept on a computer is damaged: nobody is shut out, what was not sent is taken over where it can be read (sync.md 4). */

static gint64
hub_number (Fixture *f, const char *sql)
{
  gint64 n = 0;

  g_rec_mutex_lock (&f->direct.mutex);
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), sql, NULL);

    g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
    n = kith_db_int (stmt, 0);
  }
  g_rec_mutex_unlock (&f->direct.mutex);
  return n;
}

typedef struct
{
  const char *name, *file;
  gboolean state; /* the page the store's state begins on; else: see at */
  gsize at;       /* which byte; 0: the file is cut to ten */
  gboolean readable;
  gboolean named; /* what is left of the key file says which computer this was */
} Damage;

#define FOLLOWING "SELECT count(*) FROM lane next JOIN lane before ON before.lane = next.former"

/* Still a digit: a quotation mark in its place would hide what stands after it, too. */
static void
change_digit (const char *path, gsize at)
{
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  char digit;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pread (fd, &digit, 1, (off_t) at), ==, 1);
  g_assert_true (g_ascii_isxdigit (digit));
  digit = digit == '0' ? '1' : '0';
  g_assert_cmpint (pwrite (fd, &digit, 1, (off_t) at), ==, 1);
  close (fd);
}

static void
harm (Fixture *f, const Damage *damage, gint64 root)
{
  g_autofree char *path = find_file (f, damage->file);

  if (damage->state)
    flip (path, (gsize) (root - 1) * 4096 + 50, 40);
  else if (damage->at == 0)
    g_assert_cmpint (truncate (path, 10), ==, 0);
  else if (g_str_equal (damage->file, "keyslots"))
    change_digit (path, damage->at);
  else
    flip (path, damage->at, 1);
}

/* One was sent, one was not, and then what is here is harmed. */
static void
prepare (Fixture *f, const Damage *damage, char **sent, char **unsent)
{
  gint64 root;

  sign_in (f);
  *sent = register_client (f, "Mara", "Sent");
  kith_test_until (hub_has (f, *sent));
  root = find_root (f, "state");
  g_atomic_int_set (&f->direct.cut, 1);
  *unsent = register_client (f, "Nora", "Unsent");
  kith_desktop_lock (f->desktop);
  close_desktop (f);
  harm (f, damage, root);
  open_desktop (f);
}

/* The computer says what it is and stays closed without the hub; with it, a new copy begins. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  const Damage *damage = data;
  g_autofree char *sent = NULL, *unsent = NULL, *kept = NULL, *again = NULL, *aside = g_build_filename (kith_test_dir_path (f->dir), "damaged", NULL);
  g_autoptr (GError) error = NULL;

  prepare (f, damage, &sent, &unsent);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "ign in again"));
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_atomic_int_set (&f->direct.cut, 0);
  sign_in (f);
  kept = kith_desktop_take_kept (f->desktop);
  g_assert_nonnull (kept);
  g_test_message ("%s", kept);
  g_assert_nonnull (strstr (kept, aside));
  g_assert_null (kith_desktop_take_kept (f->desktop));
  g_assert_true (hub_has (f, sent));
  g_assert_cmpint (hub_number (f, "SELECT count(*) FROM lane"), ==, 2); /* the former one and the new one */
  g_assert_cmpint (hub_number (f, FOLLOWING), ==, damage->named); /* I21: which is revoked with it */
  if (damage->readable)
    kith_test_until (hub_has (f, unsent));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpint (hub_has (f, unsent), ==, damage->readable);
  g_assert_cmpint (strstr (kept, "1 change ") != NULL, ==, damage->readable);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);

  /* from then on as any other copy */
  lock_again (f);
  g_clear_error (&error);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  again = register_client (f, "Ira", "Again");
  kith_test_until (hub_has (f, again));
}

static const Damage readable = { "store-page", "store.db", TRUE, 0, TRUE, TRUE };

/* A digit of the key file's checksum: what holds the key is whole, so nothing is. */
static void
test_spoilt_sum (Fixture *f, gconstpointer data)
{
  g_autofree char *slots = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  char *digit;

  sign_in (f);
  kith_desktop_lock (f->desktop);
  close_desktop (f);
  slots = find_file (f, "keyslots");
  g_assert_true (g_file_get_contents (slots, &text, NULL, NULL));
  digit = strstr (text, "\"sum\":\"") + 7;
  *digit = *digit == '0' ? '1' : '0'; /* another digit: a quotation mark would be another damage */
  g_assert_true (g_file_set_contents (slots, text, -1, NULL));
  open_desktop (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  lock_again (f);
  g_assert_false (unlock (f, "another one", &error)); /* told apart again */
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
}

/* What has to be so however often it was begun: all is sent, nothing is asked of anybody, and the person was told. */
static void
check_taken_over (Fixture *f, const char *unsent)
{
  g_autofree char *kept = kith_desktop_take_kept (f->desktop);

  g_assert_nonnull (kept);
  g_assert_nonnull (strstr (kept, "1 change "));
  kith_test_until (hub_has (f, unsent));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
}

static void
fail_to_sign_in (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", PASSWORD, NULL, keep_cb, &result);
  AWAIT (result);
  g_assert_false (kith_desktop_finish (f->desktop, result, &error));
  g_assert_nonnull (error);
  g_assert_null (kith_desktop_take_kept (f->desktop));
}

/* The hub does not say who the new computer is: the damaged copy is where it was, and the next sign-in begins anew. */
static void
test_answer_lost (Fixture *f, gconstpointer data)
{
  g_autofree char *sent = NULL, *unsent = NULL, *aside = g_build_filename (kith_test_dir_path (f->dir), "damaged", NULL);

  prepare (f, &readable, &sent, &unsent);
  g_atomic_int_set (&f->direct.cut, 0);
  g_atomic_int_set (&f->direct.lost, 2);
  fail_to_sign_in (f);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  close_desktop (f);
  open_desktop (f);
  sign_in (f);
  check_taken_over (f, unsent);
}

static gpointer
find_answered_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (store), "SELECT min(answered) FROM op WHERE answered > 0", error);

  g_assert_cmpint (kith_db_step (stmt, error), ==, KITH_DB_ROW);
  *(gint64 *) data = kith_db_int (stmt, 0);
  return NULL;
}

/* sync.md 2.9: what the new copy sends before its first page is kept for a month from the hub's day on, not from the one this computer's clock shows. */
static void
test_clock_behind (Fixture *f, gconstpointer data)
{
  g_autofree char *sent = NULL, *unsent = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 answered = 0;

  prepare (f, &readable, &sent, &unsent);
  restart_at (f, G_GINT64_CONSTANT (1518615020920)); /* years ago */
  g_atomic_int_set (&f->direct.cut, 0);
  sign_in (f);
  check_taken_over (f, unsent);
  kith_desktop_store_async (f->desktop, find_answered_job, &answered, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answered, >=, kith_clock_wall_ms (KITH_CLOCK (f->net->clock)) - 24 * 3600 * G_GINT64_CONSTANT (1000));
}

/* It was set aside, and then it ended: whoever signs in next gets what was not sent, and is the same computer for the hub (I21). data: before anything
 * stood in its place. */
static void
test_ended_between (Fixture *f, gconstpointer data)
{
  g_autofree char *sent = NULL, *unsent = NULL, *aside = g_build_filename (kith_test_dir_path (f->dir), "damaged", NULL), *slots = NULL, *store = NULL;

  prepare (f, &readable, &sent, &unsent);
  g_atomic_int_set (&f->direct.cut, 0);
  g_atomic_int_set (&f->direct.garbled, 2);
  fail_to_sign_in (f);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  close_desktop (f);
  if (data != NULL)
    {
      slots = find_file (f, "keyslots");
      store = find_file (f, "store.db");
      g_assert_cmpint (g_unlink (slots), ==, 0);
      g_assert_cmpint (g_unlink (store), ==, 0);
    }
  open_desktop (f);
  sign_in (f);
  g_assert_cmpint (hub_number (f, FOLLOWING), ==, data != NULL ? 2 : 1);
  check_taken_over (f, unsent);
  lock_again (f); /* once is enough */
  g_assert_true (unlock (f, PASSWORD, NULL));
  g_assert_null (kith_desktop_take_kept (f->desktop));
}

/* Of the one copy. */
static char *
find_mark (Fixture *f)
{
  g_autofree char *place = g_build_filename (kith_test_dir_path (f->dir), "damaged", NULL);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);

  g_assert_nonnull (dir);
  return g_build_filename (place, g_dir_read_name (dir), "set-aside", NULL);
}

static gboolean
has_copies (Fixture *f)
{
  g_autofree char *place = g_build_filename (kith_test_dir_path (f->dir), "damaged", NULL);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) != NULL;
}

static void
rescued (Fixture *f)
{
  g_autofree char *sent = NULL, *unsent = NULL;

  prepare (f, &readable, &sent, &unsent);
  g_atomic_int_set (&f->direct.cut, 0);
  sign_in (f);
  check_taken_over (f, unsent);
  g_assert_true (has_copies (f));
}

/* C22, I6: a damaged copy goes with what is whole. */
static void
test_closed (Fixture *f, gconstpointer data)
{
  g_autofree char *args = NULL;
  g_autoptr (GError) error = NULL;

  rescued (f);
  lock_again (f); /* nobody listens any more when it is closed */
  args = g_strdup_printf ("{'staff':'%s','reason':'Left'}", f->ana);
  g_rec_mutex_lock (&f->direct.mutex);
  network_do (f->net, "staff.deactivate", args);
  g_rec_mutex_unlock (&f->direct.mutex);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "account-closed"));
  g_assert_false (has_copies (f));
}

/* sync.md 5.3: nobody reads on in it when what was told may show no more. */
static void
test_lease_over (Fixture *f, gconstpointer data)
{
  rescued (f);
  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 1);
  restart_at (f, kith_clock_wall_ms (f->clock) + 8 * (G_TIME_SPAN_DAY / 1000));
  g_assert_false (unlock (f, PASSWORD, NULL));
  g_assert_false (has_copies (f));
}

/* After a month, of whomever it is; not what was not taken over yet (I3). */
static void
test_old (Fixture *f, gconstpointer data)
{
  static const gboolean waits[] = { TRUE, FALSE };

  rescued (f);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autofree char *mark = find_mark (f);
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (GError) error = NULL;

      g_assert_true (g_key_file_load_from_file (file, mark, 0, &error));
      g_key_file_set_int64 (file, "copy", "at", kith_clock_wall_ms (f->clock) - 31 * (G_TIME_SPAN_DAY / 1000));
      g_key_file_set_string (file, "copy", "login", "eve");
      g_key_file_set_boolean (file, "copy", "waiting", waits[i]);
      g_assert_true (g_key_file_save_to_file (file, mark, &error));
      lock_again (f);
      g_assert_true (unlock (f, PASSWORD, &error));
      g_assert_cmpint (has_copies (f), ==, waits[i]);
    }
}

/* The copy waits for a password that is not the present one. */
static void
lock_with_former (Fixture *f)
{
  g_autofree char *mark = find_mark (f), *folder = g_path_get_dirname (mark), *slots = g_build_filename (folder, "keyslots", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (KithPassword) keys = NULL;
  g_autoptr (KithSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_keyslots_read_info (slots, &info, &error));
  keys = kith_password_derive ("the password of before", info.salt, info.ops, info.memory, &error);
  g_assert_cmpint (g_unlink (slots), ==, 0);
  key = kith_keyslots_create (slots, &info, keys->store, &error);
  g_assert_no_error (error);
  g_assert_true (g_key_file_load_from_file (file, mark, 0, &error));
  g_key_file_set_boolean (file, "copy", "waiting", TRUE);
  g_assert_true (g_key_file_save_to_file (file, mark, &error));
}

static gpointer
find_met_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  *(gint64 *) data = kith_store_get_met (store);
  return NULL;
}

static gint64
met (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 ms = 0;

  kith_desktop_store_async (f->desktop, find_met_job, &ms, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  return ms;
}

static void
unlock_at (Fixture *f, gint64 wall_ms, const char *says)
{
  g_autofree char *kept = NULL, *client = NULL;
  g_autoptr (GError) error = NULL;

  restart_at (f, wall_ms);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kept = kith_desktop_take_kept (f->desktop);
  g_assert_nonnull (kept);
  if (strstr (kept, says) == NULL)
    g_error ("“%s” does not say “%s”", kept, says);
  client = register_client (f, "Ira", "Later");
  kith_test_until (hub_has (f, client));
  kith_test_until (met (f) >= kith_clock_wall_ms (KITH_CLOCK (f->net->clock)) - 60 * 1000);
}

/* I3: what was not sent is nowhere else. A wall clock that is years ahead for a moment takes nothing away; a month of the hub's time does, and it is told. */
static void
test_former (Fixture *f, gconstpointer data)
{
  gint64 wall = kith_clock_wall_ms (KITH_CLOCK (f->net->clock)), day = G_TIME_SPAN_DAY / 1000;

  rescued (f);
  lock_with_former (f);
  unlock_at (f, wall, "former password once");
  unlock_at (f, wall + 400 * day, "former password once");
  for (guint days = 0; days < 42; days += 6)
    {
      g_assert_true (has_copies (f));
      kith_manual_clock_advance (KITH_MANUAL_CLOCK (f->net->clock), 6 * day);
      unlock_at (f, wall + (days + 6) * day, days < 36 ? "former password once" : "is erased now");
    }
  g_assert_false (has_copies (f));
}

/* The program ended after the take-over and before that was noted: it is done again, and nothing is there twice. */
static void
test_taken_twice (Fixture *f, gconstpointer data)
{
  g_autofree char *sent = NULL, *unsent = NULL, *mark = NULL, *kept = NULL, *between = NULL, *before = NULL, *last = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  prepare (f, &readable, &sent, &unsent);
  g_atomic_int_set (&f->direct.cut, 0);
  sign_in (f);
  check_taken_over (f, unsent);
  between = register_client (f, "Ira", "Between"); /* its number is none of those that were taken over */
  kith_test_until (hub_has (f, between));
  mark = find_mark (f);
  g_assert_true (g_key_file_load_from_file (file, mark, 0, &error));
  g_assert_false (g_key_file_get_boolean (file, "copy", "waiting", &error));
  g_assert_no_error (error);
  g_key_file_set_boolean (file, "copy", "waiting", TRUE);
  g_assert_true (g_key_file_save_to_file (file, mark, &error));
  g_atomic_int_set (&f->direct.cut, 1);
  before = register_client (f, "Ola", "Before");
  lock_again (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kept = kith_desktop_take_kept (f->desktop);
  g_assert_nonnull (strstr (kept, "0 changes "));
  last = register_client (f, "Una", "Last");
  g_atomic_int_set (&f->direct.cut, 0);
  lock_again (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_null (kith_desktop_take_kept (f->desktop));
  kith_test_until (hub_has (f, before) && hub_has (f, last));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
}

static const Damage damages[] = {
  { "slots-cut", "keyslots", FALSE, 0, FALSE, FALSE },
  { "slots-changed", "keyslots", FALSE, 12, FALSE, TRUE }, /* a digit of the sealed key */
  { "store-cut", "store.db", FALSE, 0, FALSE, TRUE },
  { "store-first-page", "store.db", FALSE, 100, FALSE, TRUE },
  { "store-page", "store.db", TRUE, 0, TRUE, TRUE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/rescue/", damages[i].name, NULL);

      g_test_add (path, Fixture, &damages[i], set_up, test_damaged, tear_down);
    }
  g_test_add ("/sync/rescue/answer-lost", Fixture, NULL, set_up, test_answer_lost, tear_down);
  g_test_add ("/sync/rescue/ended-between", Fixture, NULL, set_up, test_ended_between, tear_down);
  g_test_add ("/sync/rescue/I21-ended-before-the-new-one", Fixture, GINT_TO_POINTER (TRUE), set_up, test_ended_between, tear_down);
  g_test_add ("/sync/rescue/I3-clock-behind", Fixture, NULL, set_up, test_clock_behind, tear_down);
  g_test_add ("/sync/rescue/taken-twice", Fixture, NULL, set_up, test_taken_twice, tear_down);
  g_test_add ("/sync/rescue/C22-closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/sync/rescue/lease-over", Fixture, NULL, set_up, test_lease_over, tear_down);
  g_test_add ("/sync/rescue/former-password-I3", Fixture, NULL, set_up, test_former, tear_down);
  g_test_add ("/sync/rescue/old", Fixture, NULL, set_up, test_old, tear_down);
  g_test_add ("/sync/rescue/spoilt-sum", Fixture, NULL, set_up, test_spoilt_sum, tear_down);
  return g_test_run ();
}
