/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody at the console does while the hub serves: nobody's work is interrupted for it. */
#include "kith-hub-console.h"
#include "kith-json.h"
#include "kith-protocol.h"
#include "kith-password.h"
#include "kith-test.h"
#include "queue-town.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSWORD "a pass phrase of some length"

typedef struct
{
  KithTestDir *dir;
  char *database, *socket, *password, *url;
  char *out, *err; /* of the last command */
  SoupSession *session;
  GPid pid;        /* of serve; 0: it does not run */
  int pipe;
} Town;

/* As at a console, "%" for a space within a word; NULL-ended by the caller. */
static char **
command (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  GPtrArray *argv = g_ptr_array_new ();

  g_ptr_array_add (argv, g_strdup (g_getenv ("KITH_HUB")));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdelimit (g_strdup (words[i]), "%", ' '));
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_free (argv, FALSE);
}

static int
run (Town *t, const char *words)
{
  g_autofree char *line = g_strdup_printf ("%s --database %s", words, t->database);
  g_auto (GStrv) argv = command (line), environment = kith_test_environ ();
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_clear_pointer (&t->out, g_free);
  g_clear_pointer (&t->err, g_free);
  g_spawn_sync (NULL, argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &t->out, &t->err, &status, &error);
  g_assert_no_error (error);
  g_test_message ("kith-hub %s: %d\n%s%s", line, status, t->out, t->err);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("“%s” is not in: %s", part, text);
  g_assert_nonnull (strstr (text, part));
}

static void
end_with_test (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
serve (Town *t)
{
  g_autofree char *line = g_strdup_printf ("serve --listen 127.0.0.1:0 --database %s", t->database), *said = NULL;
  g_auto (GStrv) argv = command (line), environment = kith_test_environ ();
  g_autoptr (GIOChannel) channel = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, end_with_test, NULL, &t->pid, NULL, &t->pipe, NULL, &error);
  g_assert_no_error (error);
  channel = g_io_channel_unix_new (t->pipe);
  g_assert_cmpint (g_io_channel_read_line (channel, &said, NULL, NULL, NULL), ==, G_IO_STATUS_NORMAL);
  g_assert_nonnull (strstr (said, "http://"));
  g_free (t->url);
  t->url = g_strdup (g_strchomp (strstr (said, "http://")));
}

static void
end_serve (Town *t, int signal)
{
  int status;

  kill (t->pid, signal);
  g_assert_cmpint (waitpid (t->pid, &status, 0), ==, t->pid);
  close (t->pipe);
  t->pid = 0;
}

static void
town_init (Town *t)
{
  g_autofree char *organizations = NULL, *services = NULL, *import = NULL;

  *t = (Town) { .dir = kith_test_dir_new (), .session = soup_session_new () };
  t->database = kith_test_dir_file (t->dir, "town.db");
  t->socket = kith_hub_console_path (t->database);
  t->password = kith_test_dir_write (t->dir, "password", PASSWORD "\n");
  organizations = kith_test_dir_write (t->dir, "organizations.csv", "id,name,description\n1,Harbor House,Beds\n");
  services = kith_test_dir_write (t->dir, "services.csv", "id,organization_id,name,status\n1,1,Detox,active\n");
  import = g_strdup_printf ("import hsds %s", kith_test_dir_path (t->dir));
  g_assert_cmpint (run (t, "init"), ==, 0);
  g_assert_cmpint (run (t, import), ==, 0);
  add_queue (t->database);
  serve (t);
}

static void
town_clear (Town *t)
{
  if (t->pid != 0)
    end_serve (t, SIGTERM);
  g_object_unref (t->session);
  g_free (t->database);
  g_free (t->socket);
  g_free (t->password);
  g_free (t->url);
  g_free (t->out);
  g_free (t->err);
  kith_test_dir_free (t->dir);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Town, town_clear)

/* Trained: who is not sees nothing of the directory. */
static int
add (Town *t, const char *login)
{
  g_autofree char *words = g_strdup_printf ("account add --password-file %s --given-name Ana --agency Harbor%%House --trained --login %s", t->password, login);

  return run (t, words);
}

/* ---- as a desk */

static SoupMessage *
message_new (Town *t, const char *method, const char *path, const char *token)
{
  g_autofree char *url = g_strconcat (t->url, path, NULL), *bearer = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  SoupMessage *message = soup_message_new (method, url);

  if (bearer != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  return message;
}

static char *
call_text (Town *t, const char *method, const char *path, const char *token, JsonObject *body, guint *status)
{
  g_autoptr (SoupMessage) message = message_new (t, method, path, token);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (body != NULL)
    {
      g_autofree char *text = kith_json_print_object (body);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (t->session, message, NULL, &error);
  g_assert_no_error (error);
  *status = soup_message_get_status (message);
  g_test_message ("%s %s: %u", method, path, *status);
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

static JsonObject *
call (Town *t, const char *method, const char *path, const char *token, JsonObject *body, guint *status)
{
  g_autofree char *text = call_text (t, method, path, token, body, status);

  return kith_json_parse_object (text, -1, NULL, NULL);
}

/* All that is there for them; where it ended. */
static char *
pull (Town *t, const char *user, const char *device, const char *token)
{
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  for (guint pages = 0; more; pages++)
    {
      g_autoptr (JsonObject) body = kith_json_new ("v", "i", (gint64) 1, "device", "s", device, "user", "s", user, "schema", "i", (gint64) KITH_PROTOCOL_SCHEMA, "cursor", "s", cursor, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;
      guint status;

      text = call_text (t, "POST", "/v1/sync/pull", token, body, &status);
      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpuint (pages, <, 100);
      lines = g_strsplit (text, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_autoptr (JsonObject) line = kith_json_parse_object (lines[i], -1, NULL, NULL);
          JsonObject *end = line != NULL ? kith_json_object (line, "end") : NULL;

          if (end == NULL)
            continue;
          g_free (cursor);
          cursor = g_strdup (kith_json_string (end, "cursor"));
          more = kith_json_bool (end, "more", FALSE);
        }
    }
  return g_steal_pointer (&cursor);
}

static gboolean
has_waited (Town *t)
{
  guint status;
  g_autofree char *text = call_text (t, "GET", "/metrics", NULL, NULL, &status);

  g_assert_cmpuint (status, ==, 200);
  return strstr (text, "kith_waits_total 1") != NULL;
}

static guint
sign_in_as (Town *t, const char *login, const char *password, const char *device, char **token, char **user)
{
  g_autoptr (JsonObject) who = kith_json_new ("login", "s", login, NULL), start = NULL, proof = NULL, answer = NULL;
  g_autoptr (KithPassword) derived = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *auth = NULL;
  guint8 salt[KITH_PASSWORD_SALT];
  guint status;

  start = call (t, "POST", "/v1/sign-in/start", NULL, who, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_true (kith_hex_decode (kith_json_string (start, "salt"), salt, sizeof salt));
  derived = kith_password_derive (password, salt, (guint64) kith_json_int (start, "ops", 0), (guint64) kith_json_int (start, "memory", 0), &error);
  g_assert_no_error (error);
  auth = kith_hex_encode (kith_secret_bytes (derived->auth), kith_secret_length (derived->auth));
  proof = kith_json_new ("login", "s", login, "auth", "s", auth, "device", "s", device, NULL);
  answer = call (t, "POST", "/v1/sign-in", NULL, proof, &status);
  if (token != NULL)
    *token = g_strdup (kith_json_string (answer, "token"));
  if (user != NULL)
    *user = g_strdup (kith_json_string (answer, "user"));
  return status;
}

static guint
sign_in (Town *t, const char *login, const char *password, const char *device, char **token)
{
  return sign_in_as (t, login, password, device, token, NULL);
}

/* ---- */

/* Somebody new signs in, somebody forgot the password, and a computer was stolen: all while the hub serves. */
static void
test_account (void)
{
  g_auto (Town) t;
  g_autofree char *other = NULL, *words = NULL, *token = NULL;
  guint status;

  town_init (&t);
  g_assert_cmpint (add (&t, "ana"), ==, 0);
  assert_says (t.out, "Added ana");
  g_assert_cmpuint (sign_in (&t, "ana", PASSWORD, "van-1", &token), ==, 200);
  g_assert_cmpint (add (&t, "ana"), ==, 1);
  assert_says (t.err, "“ana” is taken");
  g_assert_cmpint (run (&t, "account add --given-name Bea --agency Harbor%House --login bea --role boss"), ==, 1);
  assert_says (t.err, "“boss” is not one of the choices: care_coordinator, referral_manager."); /* the operation's own words */
  g_assert_cmpint (run (&t, "account add --given-name Pat --agency Harbor%House --login pat --level portal --follows Detox --may see-details"), ==, 0);

  other = kith_test_dir_write (t.dir, "other", "another pass phrase, longer\n");
  words = g_strdup_printf ("account password --login ana --password-file %s", other);
  g_assert_cmpint (run (&t, words), ==, 0);
  g_assert_cmpuint (sign_in (&t, "ana", PASSWORD, "van-1", NULL), ==, 401);
  g_clear_pointer (&token, g_free);
  g_assert_cmpuint (sign_in (&t, "ana", "another pass phrase, longer", "van-1", &token), ==, 200);

  g_assert_cmpint (run (&t, "account computers --login ana --revoke van-2"), ==, 1);
  assert_says (t.err, "Nothing was changed");
  g_assert_cmpint (run (&t, "account computers --login ana --revoke van-1"), ==, 0);
  assert_says (t.out, "1 computer gets nothing more");
  assert_says (t.out, "  revoked "); /* what it lists is how it stands afterwards */
  g_assert_cmpuint (sign_in (&t, "ana", "another pass phrase, longer", "van-1", NULL), !=, 200);
  g_assert_cmpuint (sign_in (&t, "ana", "another pass phrase, longer", "van-3", NULL), ==, 200);
  {
    g_autoptr (JsonObject) body = json_object_new (), answer = call (&t, "POST", "/v1/sync/pull", token, body, &status);

    g_assert_cmpuint (status, >=, 400);
  }
  end_serve (&t, SIGTERM);
  g_assert_cmpint (run (&t, "check"), ==, 0);
}

/* U21, C22: whoever leaves is out at once, on each computer; what the hub has of them stays. */
static void
test_account_deactivate (void)
{
  g_auto (Town) t;
  g_autofree char *token = NULL;
  guint status;

  town_init (&t);
  g_assert_cmpint (add (&t, "ana"), ==, 0);
  g_assert_cmpuint (sign_in (&t, "ana", PASSWORD, "van-1", &token), ==, 200);
  g_assert_cmpint (run (&t, "account deactivate"), ==, 2);
  g_assert_cmpint (run (&t, "account deactivate bea"), ==, 1);
  assert_says (t.err, "Nobody signs in as “bea”. Nothing was changed.");
  g_assert_cmpuint (sign_in (&t, "ana", PASSWORD, "van-1", NULL), ==, 200);
  g_assert_cmpint (run (&t, "account deactivate Ana --reason Left"), ==, 0);
  assert_says (t.out, "“Ana” is deactivated.");
  g_assert_cmpuint (sign_in (&t, "ana", PASSWORD, "van-1", NULL), !=, 200);
  {
    g_autoptr (JsonObject) body = json_object_new (), answer = call (&t, "POST", "/v1/sync/pull", token, body, &status);

    g_assert_cmpuint (status, >=, 400);
  }
  g_assert_cmpint (run (&t, "account deactivate ana"), ==, 1);
  assert_says (t.err, "was deactivated before");
  end_serve (&t, SIGTERM);
  g_assert_cmpint (run (&t, "check"), ==, 0);
}

/* U17: no client before the training is complete, which the network confirms. */
static void
test_account_trained (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (add (&t, "ana"), ==, 0);
  g_assert_cmpint (run (&t, "account trained bea"), ==, 1);
  assert_says (t.err, "Nobody signs in as “bea”. Nothing was changed.");
  g_assert_cmpint (run (&t, "account trained ana"), ==, 1);
  assert_says (t.err, "was confirmed before");
  g_assert_cmpint (run (&t, "account trained ana --not"), ==, 0);
  assert_says (t.out, "is given no work");
  g_assert_cmpint (run (&t, "account trained ana --not"), ==, 1);
  assert_says (t.err, "was not confirmed before");
  g_assert_cmpint (run (&t, "account trained ana"), ==, 0);
  assert_says (t.out, "“ana” can work");
  end_serve (&t, SIGTERM);
  g_assert_cmpint (run (&t, "check"), ==, 0);
}

static void
test_service (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (run (&t, "service direct Detox on"), ==, 0);
  assert_says (t.out, "takes direct referrals now");
  g_assert_cmpint (run (&t, "service direct Nowhere on"), ==, 1);
  assert_says (t.err, "Detox");
  g_assert_cmpint (run (&t, "parked --drop 1"), ==, 1);
  assert_says (t.err, "number 1");
}

typedef struct
{
  const char *command; /* which needs the password’s file where it ends so */
  guint status;
  const char *says;
} Wake;

static const Wake wakes[] = {
  { "service direct Detox on", 200, "poke" },
  { "account computers --login ana --revoke van-1", 401, KITH_ERROR_REVOKED },
  { "account password --login ana --password-file", 401, KITH_ERROR_SIGN_IN },
};

typedef struct
{
  guint status;
  char *text;
} Told;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  Told *told = user_data;

  told->status = soup_message_get_status (soup_session_get_async_result_message (SOUP_SESSION (source), result));
  told->text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

/* Whoever waits for news hears of it at once, as of what a desk does; and so does whose access ends (I21), or whose password is another one now. */
static void
test_wakes (gconstpointer data)
{
  const Wake *wake = data;
  g_auto (Town) t;
  g_autofree char *token = NULL, *user = NULL, *cursor = NULL, *path = NULL, *words = NULL;
  g_autoptr (SoupMessage) message = NULL;
  Told told = { 0 };

  town_init (&t);
  g_assert_cmpint (add (&t, "ana"), ==, 0);
  g_assert_cmpuint (sign_in_as (&t, "ana", PASSWORD, "van-1", &token, &user), ==, 200);
  cursor = pull (&t, user, "van-1", token);
  path = g_strdup_printf ("/v1/sync/wait?c=%s&t=55", cursor);
  message = message_new (&t, "GET", path, token);
  soup_session_send_and_read_async (t.session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, &told);
  kith_test_until (has_waited (&t));
  g_assert_cmpuint (told.status, ==, 0);
  words = g_str_has_suffix (wake->command, "-file") ? g_strdup_printf ("%s %s", wake->command, t.password) : g_strdup (wake->command);
  g_assert_cmpint (run (&t, words), ==, 0);
  kith_test_until (told.status != 0);
  g_assert_cmpuint (told.status, ==, wake->status);
  assert_says (told.text, wake->says);
  g_free (told.text);
}

/* GIO cuts a long path off, and with it what tells one database from another: there is no socket then. */
static void
test_long_path (void)
{
  g_autofree char *database = g_strnfill (200, 'x'), *path = kith_hub_console_path (database);
  g_autoptr (JsonObject) request = kith_json_new ("what", "s", "here", NULL), answer = NULL;
  g_autoptr (GError) error = NULL;
  KithHubConsole *console = kith_hub_console_new (NULL, NULL, NULL, NULL, NULL);

  answer = kith_hub_console_ask (path, request, &error);
  g_assert_null (answer);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  g_assert_false (kith_hub_console_listen (console, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG);
  kith_hub_console_free (console);
}

/* What was set aside is forgotten by the hub that serves. */
static void
test_parked (void)
{
  g_auto (Town) t;
  g_autoptr (KithDb) db = NULL;
  g_autoptr (GError) error = NULL;

  town_init (&t);
  end_serve (&t, SIGTERM);
  db = kith_hub_open_db (t.database, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kith_db_exec (db, "INSERT INTO parked_op (lane, n, op_id, user_id, why, line, at) VALUES (1, 7, 'x', 'nobody', 'crashed', 'no JSON', 1767225600000)", &error));
  g_clear_pointer (&db, kith_db_close);
  serve (&t);
  g_assert_cmpint (run (&t, "parked --drop 1"), ==, 0);
  g_assert_cmpint (run (&t, "parked"), ==, 0);
  assert_says (t.out, "No operation was set aside");
}

/* It is the owner's alone, gone with the hub, and replaced where a hub was cut off. */
static void
test_socket (void)
{
  g_auto (Town) t;
  GStatBuf there;

  town_init (&t);
  g_assert_cmpint (g_lstat (t.socket, &there), ==, 0);
  g_assert_true (S_ISSOCK (there.st_mode));
  g_assert_cmpuint (there.st_mode & 0777, ==, 0600);

  end_serve (&t, SIGTERM);
  g_assert_cmpint (g_lstat (t.socket, &there), !=, 0);
  g_assert_cmpint (add (&t, "ana"), ==, 0);

  serve (&t);
  end_serve (&t, SIGKILL);
  g_assert_cmpint (g_lstat (t.socket, &there), ==, 0);
  g_assert_cmpint (add (&t, "ben"), ==, 0); /* nobody serves: it writes itself */
  serve (&t);
  g_assert_cmpint (add (&t, "cyd"), ==, 0);
  g_assert_cmpuint (sign_in (&t, "ben", PASSWORD, "van-1", NULL), ==, 200);
  g_assert_cmpuint (sign_in (&t, "cyd", PASSWORD, "van-2", NULL), ==, 200);
}

/* Nobody who may be another of them: that would be work of its own for the hub. */
static void
add_person (GString *list, guint i)
{
  g_string_append_printf (list, "%u,Given%u,Family%u,%u-%02u-%02u\n", i, i, i, 1930 + i / 28 % 60, 1 + i / 1680, 1 + i % 28);
}

/* A directory and a long list come in beside the hub that serves: it answers its desks between two batches, and those who wait hear of what came. */
static void
test_import (void)
{
  g_auto (Town) t;
  g_autoptr (GString) people = g_string_new ("id,given_name,family_name,date_of_birth\n");
  g_autofree char *path = NULL, *words = NULL, *line = NULL, *token = NULL, *user = NULL, *cursor = NULL, *wait = NULL, *folder = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_auto (GStrv) argv = NULL, environment = kith_test_environ ();
  g_autoptr (GError) error = NULL;
  guint answered = 0;
  Told heard = { 0 };
  int status = 0;
  GPid pid;

  town_init (&t);
  g_assert_cmpint (add (&t, "ana"), ==, 0);
  g_assert_cmpuint (sign_in_as (&t, "ana", PASSWORD, "van-1", &token, &user), ==, 200);
  cursor = pull (&t, user, "van-1", token);
  wait = g_strdup_printf ("/v1/sync/wait?c=%s&t=55", cursor);
  message = message_new (&t, "GET", wait, token);
  soup_session_send_and_read_async (t.session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, &heard);
  kith_test_until (has_waited (&t));
  folder = g_path_get_basename (kith_test_dir_path (t.dir));
  {
    g_autofree char *services = kith_test_dir_write (t.dir, "services.csv", "id,organization_id,name,status\n1,1,Detox and rest,active\n");

    words = g_strdup_printf ("import hsds %s", kith_test_dir_path (t.dir));
    g_assert_cmpint (run (&t, words), ==, 0);
    assert_says (t.out, "Taken: 1. Unchanged: 1.");
  }
  kith_test_until (heard.status != 0);
  g_assert_cmpuint (heard.status, ==, 200);
  g_free (heard.text);

  for (guint i = 0; i < 600; i++)
    add_person (people, i);
  path = kith_test_dir_write (t.dir, "people.txt", people->str);
  line = g_strdup_printf ("import clients %s --source people --agency Harbor%%House --database %s", path, t.database);
  argv = command (line);
  g_spawn_async (NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, end_with_test, NULL, &pid, &error);
  g_assert_no_error (error);
  while (waitpid (pid, &status, WNOHANG) == 0)
    {
      guint said;
      g_autofree char *text = call_text (&t, "GET", "/metrics", NULL, NULL, &said);

      g_assert_cmpuint (said, ==, 200);
      answered++;
      g_usleep (20 * 1000); /* on a slow computer the import takes so long that asking on and on would be too much for the door */
    }
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_test_message ("%u answers while it went on", answered);
  g_assert_cmpuint (answered, >=, 5); /* of twelve batches */

  g_free (words);
  words = g_strdup_printf ("import clients %s --source people --agency Harbor%%House", path);
  g_assert_cmpint (run (&t, words), ==, 0);
  assert_says (t.out, "Taken: 0. Unchanged: 600. Not taken: 0.");
  g_assert_cmpint (run (&t, "import undo people --agency Harbor%House"), ==, 0);
  assert_says (t.out, "Taken back: 600.");
  g_assert_cmpint (run (&t, "check"), ==, 0);
}

static gint64
count_clients (Town *t)
{
  g_autoptr (KithDb) db = kith_db_open (&(KithDbOptions) { .path = t->database, .readonly = TRUE, .queries = KITH_HUB_QUERIES }, NULL);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "SELECT count(*) FROM client", NULL);

  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* The hub ends in the middle of a list. What came in is there, it says what to do, and the same command goes on, whether a hub serves by then or not. */
static void
test_import_cut_off (void)
{
  for (guint again = 0; again < 2; again++)
    {
      g_auto (Town) t;
      g_autoptr (GString) people = g_string_new ("id,given_name,family_name,date_of_birth\n");
      g_autoptr (GIOChannel) channel = NULL;
      g_autofree char *path = NULL, *words = NULL, *line = NULL, *said = NULL;
      g_auto (GStrv) argv = NULL, environment = kith_test_environ ();
      g_autoptr (GError) error = NULL;
      int status = 0, err;
      GPid pid;

      town_init (&t);
      for (guint i = 0; i < 600; i++)
        add_person (people, i);
      path = kith_test_dir_write (t.dir, "people.csv", people->str);
      words = g_strdup_printf ("import clients %s --agency Harbor%%House", path);
      line = g_strdup_printf ("%s --database %s", words, t.database);
      argv = command (line);
      g_spawn_async_with_pipes (NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, end_with_test, NULL, &pid, NULL, NULL, &err, &error);
      g_assert_no_error (error);
      kith_test_until (count_clients (&t) >= 100); /* the first batch is noted by then */
      end_serve (&t, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      channel = g_io_channel_unix_new (err);
      g_assert_cmpint (g_io_channel_read_to_end (channel, &said, NULL, NULL), ==, G_IO_STATUS_NORMAL);
      close (err);
      g_test_message ("%s", said);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 1);
      assert_says (said, "run the same command again");
      g_assert_cmpint (count_clients (&t), <, 600);
      if (again == 0)
        serve (&t);
      g_assert_cmpint (run (&t, words), ==, 0);
      assert_says (t.out, "Went on where the last run stopped");
      assert_says (t.out, "Not taken: 0.");
      g_assert_cmpint (count_clients (&t), ==, 600);
    }
}

/* As somebody else than whom the hub runs as, past the socket's own permissions; 0: nothing came back. */
static gssize
ask_as_nobody (Town *t)
{
  static const char request[] = "\0\0\0\x0f{\"what\":\"here\"}";
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      struct sockaddr_un address = { .sun_family = AF_UNIX };
      int fd = socket (AF_UNIX, SOCK_STREAM, 0);
      char answer[8];

      g_strlcpy (address.sun_path, t->socket, sizeof address.sun_path);
      if (setgid (65534) != 0 || setuid (65534) != 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
        _exit (99);
      if (write (fd, request, sizeof request - 1) < 0)
        _exit (0);
      _exit ((int) MAX (read (fd, answer, sizeof answer), 0));
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), !=, 99);
  return WEXITSTATUS (status);
}

/* Who may reach the socket is still asked who they are. */
static void
test_another_user (void)
{
  g_auto (Town) t;
  g_autoptr (JsonObject) request = kith_json_new ("what", "s", "here", NULL), answer = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can be somebody else");
      return;
    }
  g_unsetenv ("G_DEBUG"); /* it warns of it, and goes on */
  town_init (&t);
  g_assert_cmpint (g_chmod (kith_test_dir_path (t.dir), 0755), ==, 0);
  g_assert_cmpint (g_chmod (t.socket, 0666), ==, 0);
  g_assert_cmpint (ask_as_nobody (&t), ==, 0);
  answer = kith_hub_console_ask (t.socket, request, NULL);
  g_assert_nonnull (answer);
}

/* What is no request is answered, or let go; the hub goes on. */
static void
test_nonsense (void)
{
  static const char *const nonsense[] = { "{}", "{\"what\":\"fly\"}", "{\"what\":\"submit\",\"op\":\"staff.add\"}", "{\"what\":\"account\",\"login\":\"ana\"}",
                                          "{\"what\":\"rows\",\"mark\":\"m\",\"ops\":[7]}",
                                          "{\"what\":\"submit\",\"op\":\"no.such\",\"a\":{}}" };
  static const guint8 far_too_long[] = { 0xff, 0xff, 0xff, 0xff };
  g_auto (Town) t;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  char byte;

  town_init (&t);
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (JsonObject) request = kith_json_parse_object (nonsense[i], -1, NULL, NULL);
      g_autoptr (JsonObject) answer = kith_hub_console_ask (t.socket, request, &error);

      g_assert_null (answer);
      g_assert_nonnull (error);
      g_test_message ("%s: %s", nonsense[i], error->message);
      g_clear_error (&error);
    }
  address = g_unix_socket_address_new (t.socket);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), far_too_long, sizeof far_too_long, NULL, NULL, &error));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1, NULL, NULL), <=, 0);
  g_assert_cmpint (add (&t, "ana"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/console/account", test_account);
  g_test_add_func ("/hub/console/account-deactivate-U21-C22", test_account_deactivate);
  g_test_add_func ("/hub/console/account-trained-U17", test_account_trained);
  g_test_add_func ("/hub/console/service", test_service);
  g_test_add_data_func ("/hub/console/wakes", &wakes[0], test_wakes);
  g_test_add_data_func ("/hub/console/I21-wakes-the-revoked", &wakes[1], test_wakes);
  g_test_add_data_func ("/hub/console/C22-wakes-for-a-new-password", &wakes[2], test_wakes);
  g_test_add_func ("/hub/console/long-path", test_long_path);
  g_test_add_func ("/hub/console/parked", test_parked);
  g_test_add_func ("/hub/console/socket", test_socket);
  g_test_add_func ("/hub/console/import", test_import);
  g_test_add_func ("/hub/console/import-cut-off", test_import_cut_off);
  g_test_add_func ("/hub/console/nonsense", test_nonsense);
  g_test_add_func ("/hub/console/another-user", test_another_user);
  return g_test_run ();
}
