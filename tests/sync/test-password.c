/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"

/* A password that was changed elsewhere, and one that is changed here. */

/* sync.md 4, last row: changed on another computer, the former password opens this one until the hub has been asked; then the new
 * one is asked for, and from there on it alone opens the file, without a network too. What was done meanwhile is sent. */
static void
test_password_changed (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GAsyncResult) renewed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *client = NULL;
  const char *changed = "another horse battery";

  sign_in (f);
  kith_desktop_lock (f->desktop);
  set_password_to (f, "ana", changed); /* the hub ends what was signed in with the former one */

  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (get_bool (f->desktop, "password-changed"));
  client = register_client (f, "Mara", "Between");
  kith_test_until (get_uint (f, "waiting") == 1);

  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", "a third one, not known", NULL, keep_cb, &wrong);
  AWAIT (wrong);
  g_assert_false (kith_desktop_finish (f->desktop, wrong, &error));
  g_clear_error (&error);
  g_assert_true (get_bool (f->desktop, "unlocked"));
  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", changed, NULL, keep_cb, &renewed);
  AWAIT (renewed);
  g_assert_true (kith_desktop_finish (f->desktop, renewed, &error));
  g_assert_no_error (error);
  kith_test_until (get_uint (f, "waiting") == 0);
  kith_test_until (!get_bool (f->desktop, "password-changed"));

  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 1);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_true (unlock (f, changed, &error));
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);
}

/* What stands between here and the hub (a network's own sign-in page, a proxy) may refuse too, and knows nothing of passwords of Kith. */
static void
test_refused_by_another (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) dropped = NULL;
  g_autoptr (GAsyncResult) behind = NULL;
  g_autoptr (GError) error = NULL;
  gint asked;

  sign_in (f);
  kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &dropped);
  AWAIT (dropped);
  kith_desktop_lock (f->desktop);
  g_atomic_pointer_set (&f->direct.says, (char *) "{\"error\":\"proxy\",\"message\":\"Sign in to the network first.\"}");
  g_atomic_int_set (&f->direct.ill, 401);
  asked = g_atomic_int_get (&f->direct.asked);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_test_until (g_atomic_int_get (&f->direct.asked) > asked);
  kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &behind); /* what the answer brought */
  AWAIT (behind);
  g_assert_false (get_bool (f->desktop, "password-changed"));
  g_atomic_int_set (&f->direct.ill, 0);
}

static gboolean
change_password (Fixture *f, const char *former, const char *next, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_error (error);
  kith_desktop_change_password_async (f->desktop, former, next, keep_cb, &result);
  AWAIT (result);
  return kith_desktop_finish (f->desktop, result, error);
}

/* By its owner: who knows the present one, while the hub answers; all or nothing, and where the answer is lost, once more finishes it. */
static void
test_change_password (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) locked = NULL;
  const char *next = "another horse battery", *third = "a third horse battery";
  gboolean third_holds;

  g_assert_false (change_password (f, PASSWORD, next, &error)); /* nobody is unlocked */
  sign_in (f);
  g_assert_false (change_password (f, PASSWORD, "short", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_false (change_password (f, "not the present one", next, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_atomic_int_set (&f->direct.cut, 1);
  g_assert_false (change_password (f, PASSWORD, next, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_atomic_int_set (&f->direct.cut, 0);
  g_clear_error (&error);
  kith_desktop_lock (f->desktop);
  g_assert_true (unlock (f, PASSWORD, &error)); /* until now nothing has changed */
  g_assert_no_error (error);

  g_assert_true (change_password (f, PASSWORD, next, &error));
  g_assert_no_error (error);
  g_assert_false (get_bool (f->desktop, "password-changed"));
  kith_desktop_lock (f->desktop);
  g_atomic_int_set (&f->direct.cut, 1);
  g_assert_false (unlock (f, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_true (unlock (f, next, &error));
  g_assert_no_error (error);
  g_atomic_int_set (&f->direct.cut, 0);

  /* An older hub takes no other password, and says so by saying nothing. */
  g_atomic_int_set (&f->direct.older, 1);
  g_assert_false (change_password (f, next, third, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_atomic_int_set (&f->direct.older, 0);

  /* The hub has taken the third, and nobody heard of it. */
  set_password_to (f, "ana", third);
  g_assert_true (change_password (f, next, third, &error));
  g_assert_no_error (error);
  kith_desktop_lock (f->desktop);
  g_assert_true (unlock (f, third, &error));
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);

  /* This computer becomes another to the hub in the middle of it. */
  g_rec_mutex_lock (&f->direct.mutex);
  g_assert_true (kith_db_exec (kith_hub_get_db (f->net->hub), "UPDATE lane SET last_n = 50", &error));
  g_rec_mutex_unlock (&f->direct.mutex);
  g_free (register_client (f, "After", "Fork"));
  kith_test_until (get_uint (f, "waiting") == 0);
  g_assert_true (change_password (f, third, next, &error));
  g_assert_no_error (error);
  kith_desktop_lock (f->desktop);
  g_assert_true (unlock (f, next, &error));
  g_assert_no_error (error);

  /* Locked while the hub is asked: it is changed here and there, or neither here nor there. */
  kith_desktop_change_password_async (f->desktop, next, third, keep_cb, &locked);
  kith_desktop_lock (f->desktop);
  AWAIT (locked);
  third_holds = kith_desktop_finish (f->desktop, locked, NULL);
  g_assert_true (unlock (f, third_holds ? third : next, &error));
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);
  g_assert_false (get_bool (f->desktop, "password-changed"));
  if (!third_holds)
    g_assert_true (change_password (f, next, third, &error));

  /* Nobody guesses here what they may not guess at the lock. The clock stands still, or on a busy computer the wait is over before it is looked at. */
  g_clear_object (&locked); /* it holds the desktop */
  restart_at (f, kith_clock_wall_ms (f->clock));
  g_assert_true (unlock (f, third, &error));
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);
  for (guint i = 0; i < 6; i++)
    g_assert_false (change_password (f, "a guess or another", PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (kith_desktop_get_unlock_wait (f->desktop), ==, 5000);
  g_assert_false (change_password (f, third, PASSWORD, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
}

/* --- what the hub hears ------------------------------------------------------------------------------------------- */

/* As they are, and in each way bytes are written as text. */
static gboolean
was_sent (Fixture *f, const void *bytes, gsize length)
{
  g_autofree char *hex = kith_hex_encode (bytes, length), *upper = g_ascii_strup (hex, -1), *base64 = g_base64_encode (bytes, length);
  g_autofree char *for_url = g_strdelimit (g_strdup (base64), "+", '-'), *escaped = g_uri_escape_bytes (bytes, length, NULL);
  const char *texts[] = { hex, upper, base64, for_url, escaped };
  gboolean found;

  g_strdelimit (for_url, "/", '_');
  *strchrnul (base64, '=') = '\0'; /* with its padding or without */
  *strchrnul (for_url, '=') = '\0';
  g_rec_mutex_lock (&f->direct.mutex);
  found = memmem (f->direct.heard->str, f->direct.heard->len, bytes, length) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    found |= memmem (f->direct.heard->str, f->direct.heard->len, texts[i], strlen (texts[i])) != NULL;
  g_rec_mutex_unlock (&f->direct.mutex);
  return found;
}

static char *
find_slots (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (f->dir), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (kith_test_dir_path (f->dir), name, "keyslots", NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  g_assert_not_reached ();
}

/* Of what opens the file here nothing was sent; what the hub knows this person by was. Then it is listened anew. */
static void
assert_authenticator_alone (Fixture *f, const char *password)
{
  g_autofree char *slots = find_slots (f);
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithPassword) keys = NULL;
  g_autoptr (KithSecret) data = NULL, database = NULL;

  g_assert_true (kith_keyslots_read_info (slots, &info, &error));
  keys = kith_password_derive (password, info.salt, info.ops, info.memory, &error);
  g_assert_no_error (error);
  data = kith_keyslots_open_with_key (slots, keys->store, &error);
  g_assert_no_error (error); /* it is this password's key */
  database = kith_keyslots_database_key (data);
  g_assert_true (was_sent (f, kith_secret_bytes (keys->auth), kith_secret_length (keys->auth)));
  g_assert_false (was_sent (f, password, strlen (password)));
  g_assert_false (was_sent (f, kith_secret_bytes (keys->store), kith_secret_length (keys->store)));
  g_assert_false (was_sent (f, kith_secret_bytes (data), kith_secret_length (data)));
  g_assert_false (was_sent (f, kith_secret_bytes (database), kith_secret_length (database)));
  g_rec_mutex_lock (&f->direct.mutex);
  g_string_truncate (f->direct.heard, 0);
  g_rec_mutex_unlock (&f->direct.mutex);
}

/* sync.md 5.1: whatever a desk does with a password, the hub only ever gets what is derived from it for the hub. */
static void
test_authenticator_alone (Fixture *f, gconstpointer data)
{
  const char *next = "another horse battery";
  g_autoptr (GAsyncResult) dropped = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;

  g_rec_mutex_lock (&f->direct.mutex);
  f->direct.heard = g_string_new (NULL);
  g_rec_mutex_unlock (&f->direct.mutex);

  sign_in (f); /* for the first time on this computer */
  assert_authenticator_alone (f, PASSWORD);

  /* Unlocked, with nothing kept that signs in: the password has just been typed, and signs in by itself. */
  kith_desktop_store_async (f->desktop, drop_refresh_job, NULL, NULL, NULL, keep_cb, &dropped);
  AWAIT (dropped);
  kith_desktop_lock (f->desktop);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  g_free (register_client (f, "Mara", "Between"));
  kith_test_until (get_uint (f, "waiting") == 0);
  assert_authenticator_alone (f, PASSWORD);

  g_assert_true (change_password (f, PASSWORD, next, &error));
  g_assert_no_error (error);
  g_assert_false (was_sent (f, PASSWORD, strlen (PASSWORD)));
  assert_authenticator_alone (f, next);

  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", next, NULL, keep_cb, &again);
  AWAIT (again);
  g_assert_true (kith_desktop_finish (f->desktop, again, &error));
  g_assert_no_error (error);
  assert_authenticator_alone (f, next);

  kith_desktop_lock (f->desktop);
  g_rec_mutex_lock (&f->direct.mutex);
  g_string_free (g_steal_pointer (&f->direct.heard), TRUE);
  g_rec_mutex_unlock (&f->direct.mutex);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/password/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("changed-elsewhere", test_password_changed);
  ADD ("change", test_change_password);
  ADD ("5.1-authenticator-alone", test_authenticator_alone);
  ADD ("refused-by-another", test_refused_by_another);
  return g_test_run ();
}
