/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where connections come in: how many there may be, how long one that does nothing is borne, and that the hub is there again afterwards. */
#include "kith-hub-server.h"
#include "kith-test.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#define FILES 34  /* so few the program may open */
#define CROWD 40

typedef struct
{
  KithHubServer *server;
  KithDbThread *thread; /* the hub's */
  char *name; /* of the memory database */
  KithRandom *random;
  guint16 port;
} Fixture;

static gpointer
open_hub (gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  KithDbOptions options = { .path = f->name, .memory = TRUE, .queries = KITH_HUB_QUERIES };
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  KithDb *db = kith_db_open (&options, error);

  return db != NULL ? kith_hub_new (db, clock, f->random, &(KithHubOptions) { .hash_ops = 1, .hash_memory = 8192 }, error) : NULL;
}

static guint16
port_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (uri);
  return (guint16) g_uri_get_port (uri);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static guint count;
  KithHubServerOptions options = { .door = *(const KithHubDoorOptions *) data };
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  KithHub *hub;

  f->thread = kith_db_thread_new ("hub");
  f->name = g_strdup_printf ("test-door-%u", count++);
  f->random = kith_random_new_seeded (7);
  hub = kith_db_thread_run (f->thread, open_hub, f, &error);
  g_assert_no_error (error);
  f->server = kith_hub_server_new (f->thread, hub, &options);
  g_assert_true (kith_hub_server_listen (f->server, "127.0.0.1:0", &error));
  g_assert_no_error (error);
  url = kith_hub_server_get_url (f->server);
  f->port = port_of (url);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  kith_hub_server_stop (f->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->server);
  kith_random_free (f->random);
  g_free (f->name);
}

/* ---- a caller that does what it likes */

static GSocketConnection *
connect_to (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *caller = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);

  g_assert_no_error (error);
  return caller;
}

static void
say (GSocketConnection *caller, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (caller)), text, strlen (text), NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Adds what has come; FALSE: the other side has closed. */
static gboolean
listen_to (GSocketConnection *caller, GString *heard)
{
  GPollableInputStream *in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (caller)));
  g_autoptr (GError) error = NULL;
  char block[1024];
  gssize n = g_pollable_input_stream_read_nonblocking (in, block, sizeof block, NULL, &error);

  if (n > 0)
    g_string_append_len (heard, block, n);
  return n > 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean
is_closed (GSocketConnection *caller)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  return !listen_to (caller, heard);
}

static GSocketConnection *
ask (guint16 port, const char *path, const char *forwarded)
{
  GSocketConnection *caller = connect_to (port);
  g_autofree char *for_line = forwarded != NULL ? g_strdup_printf ("X-Forwarded-For: %s\r\n", forwarded) : g_strdup ("");
  g_autofree char *head = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n", path, for_line);

  say (caller, head);
  return caller;
}

/* All of an answer to ask(); an error is an answer that ends with a brace too. */
static char *
hear (GSocketConnection *caller)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  kith_test_until (!listen_to (caller, heard) || strchr (heard->str, '}') != NULL);
  return g_string_free (g_steal_pointer (&heard), FALSE);
}

static void
assert_answers (guint16 port, const char *forwarded, const char *status)
{
  g_autoptr (GSocketConnection) caller = ask (port, "/healthz", forwarded);
  g_autofree char *text = hear (caller);
  g_autofree char *begins = g_strconcat ("HTTP/1.1 ", status, NULL);

  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, begins));
}

/* Says the head of a request and waits until the hub wants the rest. */
static GSocketConnection *
begin (guint16 port, const char *forwarded)
{
  GSocketConnection *caller = connect_to (port);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autofree char *head = g_strdup_printf ("POST /v1/sign-in/start HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\nContent-Type: application/json\r\n"
                                           "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n", forwarded);

  say (caller, head);
  kith_test_until (listen_to (caller, heard) && strstr (heard->str, "100 Continue") != NULL);
  return caller;
}

/* ---- the program, with few files */

static void
limit_files (gpointer user_data)
{
  struct rlimit files = { FILES, FILES };

  prctl (PR_SET_PDEATHSIG, SIGKILL); /* it ends with a test that fails */
  setrlimit (RLIMIT_NOFILE, &files);
}

/* Its output until the line that says where it listens. */
static guint16
read_port (int out)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (out);
  g_autofree char *line = NULL;
  const char *url;

  g_assert_cmpint (g_io_channel_read_line (channel, &line, NULL, NULL, NULL), ==, G_IO_STATUS_NORMAL);
  url = strstr (line, "http://");
  g_assert_nonnull (url);
  g_strchomp (line);
  return port_of (url);
}

static void
test_files (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *database = kith_test_dir_file (dir, "town.db"), *out = NULL;
  const char *program = g_getenv ("KITH_HUB");
  const char *init[] = { program, "init", "--database", database, NULL };
  const char *serve[] = { program, "serve", "--database", database, "--listen", "127.0.0.1:0", "--rate", "0", NULL };
  /* That there is no room is a warning, and meant to be borne. */
  g_auto (GStrv) environment = g_environ_unsetenv (kith_test_environ (), "G_DEBUG");
  g_autoptr (GPtrArray) crowd = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  int status = 0, pipe = -1;
  guint16 port;
  GPid pid;

  g_assert_true (g_spawn_sync (NULL, (char **) init, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error));
  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) serve, environment, G_SPAWN_DO_NOT_REAP_CHILD, limit_files, NULL, &pid, NULL, &pipe, NULL, &error));
  g_assert_no_error (error);
  port = read_port (pipe);
  assert_answers (port, NULL, "200");
  for (guint i = 0; i < CROWD; i++)
    g_ptr_array_add (crowd, connect_to (port));
  assert_answers (port, NULL, "200"); /* the silent ones make room */
  g_ptr_array_set_size (crowd, 0);
  for (guint i = 0; i < CROWD; i++)
    assert_answers (port, NULL, "200"); /* and of those who were answered nothing stays */
  kill (pid, SIGTERM);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_spawn_close_pid (pid);
  close (pipe);
}

/* ---- in this process */

static const KithHubDoorOptions impatient = { .patience_ms = 80 };

static void
test_silent (Fixture *f, gconstpointer data)
{
  static const char *const halves[] = {
    "",
    "GET /healthz HTT",
    "GET /healthz HTTP/1.1\r\nHost: x\r\n",
    "POST /v1/sign-in/start HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"login\"",
  };
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr (GSocketConnection) caller = connect_to (f->port);

      say (caller, halves[i]);
      kith_test_until (is_closed (caller));
    }
  assert_answers (f->port, NULL, "200");
}

static void
hold_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
}

static gpointer
hold_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return NULL;
}

/* While the hub itself is busy, and so cannot say whether a token opens anything, nobody is cut off for that. */
static void
test_hub_busy (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketConnection) caller = NULL, silent = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autofree char *text = NULL;
  GMutex busy;

  g_mutex_init (&busy);
  g_mutex_lock (&busy);
  kith_db_thread_run_async (f->thread, G_PRIORITY_HIGH, hold_on_thread, &busy, NULL, NULL, hold_cb, NULL);
  caller = connect_to (f->port);
  say (caller, "POST /v1/sync/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\nContent-Type: application/x-ndjson\r\nContent-Length: 2\r\n\r\n{}");
  for (guint i = 0; i < 2; i++) /* patience has run out for who came after it, and once more */
    {
      g_clear_object (&silent);
      silent = connect_to (f->port);
      say (silent, "GET /healthz HTT");
      kith_test_until (is_closed (silent));
    }
  g_assert_true (listen_to (caller, heard));
  g_assert_cmpstr (heard->str, ==, "");
  g_mutex_unlock (&busy);
  text = hear (caller);
  g_mutex_clear (&busy);
  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 401"));
}

static const KithHubDoorOptions two = { .most = 2 };

/* Who takes the last place keeps it: what it asks is not there at once, and nobody else waits. */
static void
test_last_place (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketConnection) held = begin (f->port, "192.0.2.7"), caller = connect_to (f->port);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 20; i++)
    kith_test_turn (NULL);
  g_assert_false (is_closed (caller));
  say (caller, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  text = hear (caller);
  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 200"));
  g_assert_false (is_closed (held));
}

/* Where somebody does wait, who has just come has a moment to ask; then who is silent makes room. */
static void
test_last_place_wanted (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketConnection) held = begin (f->port, "192.0.2.7"), silent = connect_to (f->port), caller = NULL;
  g_autofree char *text = NULL;

  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*2 of 2 connections are open*");
  kith_test_turn (NULL);
  caller = ask (f->port, "/healthz", NULL);
  for (guint i = 0; i < 5; i++)
    kith_test_turn (NULL);
  g_assert_false (is_closed (silent));
  text = hear (caller);
  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 200"));
  g_assert_true (is_closed (silent));
  g_assert_false (is_closed (held));
  g_test_assert_expected_messages ();
}

static const KithHubDoorOptions few = { .most = 3 };

/* Nobody in the middle of a request is sent away: who comes then waits, and is answered when one has ended. */
static void
test_full (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketConnection) caller = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*3 of 3 connections are open*LimitNOFILE*");
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (busy, begin (f->port, "192.0.2.7"));
  caller = ask (f->port, "/healthz", NULL);
  for (guint i = 0; i < 50; i++)
    {
      kith_test_turn (NULL);
      g_string_truncate (heard, 0);
      g_assert_true (listen_to (caller, heard));
      g_assert_cmpstr (heard->str, ==, "");
    }
  for (guint i = 0; i < 3; i++)
    g_assert_false (is_closed (busy->pdata[i]));
  g_test_assert_expected_messages ();
  g_ptr_array_remove_index (busy, 0);
  text = hear (caller);
  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 200"));
}

static const KithHubDoorOptions forty = { .most = 40 };

static guint
count_open (Fixture *f)
{
  g_autoptr (GSocketConnection) caller = ask (f->port, "/metrics", NULL);
  g_autoptr (GString) heard = g_string_new (NULL);
  const char *line;

  kith_test_until (!listen_to (caller, heard));
  g_assert_nonnull (strstr (heard->str, "kith_connections_most "));
  line = strstr (heard->str, "kith_connections ");
  g_assert_nonnull (line);
  return (guint) g_ascii_strtoull (line + strlen ("kith_connections "), NULL, 10);
}

/* A quarter of all is one caller's; what another one does is no reason to turn anybody else away. */
static void
test_share (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (open, begin (f->port, "192.0.2.7"));
  assert_answers (f->port, "192.0.2.7", "429");
  assert_answers (f->port, "192.0.2.8", "200");
  g_assert_cmpuint (count_open (f), >=, 11);
  g_ptr_array_set_size (open, 5);
  kith_test_until (count_open (f) == 6);
  assert_answers (f->port, "192.0.2.7", "200");
}

/* However a caller ends it, nothing of a connection stays; of kept ones a file would (libsoup before 3.4). */
static void
test_ends (Fixture *f, gconstpointer data)
{
  static const char *const said[] = { "", "GET /heal", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
                                      "POST /v1/sign-in/start HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"login\"" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (GSocketConnection) caller = connect_to (f->port);

      say (caller, said[i]);
    }
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GSocketConnection) caller = ask (f->port, "/healthz", NULL);
      g_autofree char *text = hear (caller);

      g_assert_nonnull (strstr (text, "Connection: close"));
    }
  kith_test_until (count_open (f) == 1);
}

/* The listening socket of this process, broken as nothing in it would. */
static void
break_listener (void)
{
  guint n = 0;

  for (int fd = 0; fd < 1024; fd++)
    {
      int listens = 0;
      socklen_t length = sizeof listens;

      if (getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens)
        n += shutdown (fd, SHUT_RDWR) == 0;
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_listens_anew (Fixture *f, gconstpointer data)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*listens anew*");
  break_listener ();
  kith_test_turn (NULL);
  kith_test_turn (NULL);
  g_test_assert_expected_messages ();
  assert_answers (f->port, NULL, "200");
}

int
main (int argc, char **argv)
{
  static const KithHubDoorOptions usual = { 0 };

  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/hub/door/few-files", test_files);
  g_test_add ("/hub/door/silent", Fixture, &impatient, set_up, test_silent, tear_down);
  g_test_add ("/hub/door/hub-busy", Fixture, &impatient, set_up, test_hub_busy, tear_down);
  g_test_add ("/hub/door/last-place", Fixture, &two, set_up, test_last_place, tear_down);
  g_test_add ("/hub/door/last-place-wanted", Fixture, &two, set_up, test_last_place_wanted, tear_down);
  g_test_add ("/hub/door/full", Fixture, &few, set_up, test_full, tear_down);
  g_test_add ("/hub/door/ends", Fixture, &usual, set_up, test_ends, tear_down);
  g_test_add ("/hub/door/share", Fixture, &forty, set_up, test_share, tear_down);
  g_test_add ("/hub/door/listens-anew", Fixture, &usual, set_up, test_listens_anew, tear_down);
  return g_test_run ();
}
