/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub on a real socket: what reaches it, what is turned away before it is read, and who is woken. */
#include "kith-gzip.h"
#include "kith-hub-address.h"
#include "kith-hub-guard.h"
#include "kith-hub-server.h"
#include "kith-json.h"
#include "kith-rate-limit.h"
#include "kith-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_BODY (64 << 10)

typedef struct
{
  KithHubServer *server;
  SoupSession *session;
  char *url;
  char *name; /* of the memory database */
  KithRandom *random;
} Fixture;

typedef struct
{
  char *name;
  KithRandom *random;
} Opening;

static gpointer
open_hub (gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *opening = data;
  KithDbOptions options = { .path = opening->name, .memory = TRUE, .queries = "/org/kith/sql/hub/queries" };
  KithHubOptions hub_options = { .hash_ops = 1, .hash_memory = 8192 };
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  KithDb *db = kith_db_open (&options, error);

  return db != NULL ? kith_hub_new (db, clock, opening->random, &hub_options, error) : NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static guint count;
  KithHubServerOptions options = { .max_body = MAX_BODY, .rate = GPOINTER_TO_UINT (data) };
  KithDbThread *thread = kith_db_thread_new ("hub");
  g_autoptr (GError) error = NULL;
  Opening opening;
  KithHub *hub;

  f->name = g_strdup_printf ("test-server-%u", count++);
  f->random = kith_random_new_seeded (7);
  opening.name = f->name;
  opening.random = f->random;
  hub = kith_db_thread_run (thread, open_hub, &opening, &error);
  g_assert_no_error (error);
  f->server = kith_hub_server_new (thread, hub, &options);
  g_assert_true (kith_hub_server_listen (f->server, "127.0.0.1:0", &error));
  g_assert_no_error (error);
  f->url = kith_hub_server_get_url (f->server);
  f->session = soup_session_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  soup_session_abort (f->session);
  g_clear_object (&f->session);
  kith_hub_server_stop (f->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->server);
  kith_random_free (f->random);
  g_free (f->url);
  g_free (f->name);
}

typedef struct
{
  gboolean done;
  GBytes *body;
  GError *error;
} Reply;

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reply *reply = user_data;

  reply->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &reply->error);
  reply->done = TRUE;
}

static SoupMessage *
make_message (Fixture *f, const char *method, const char *path, const char *body, gssize length)
{
  g_autofree char *url = g_strconcat (f->url, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, length < 0 ? strlen (body) : (gsize) length);
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

static guint
send (Fixture *f, SoupMessage *message, char **text)
{
  Reply reply = { 0 };

  soup_session_send_and_read_async (f->session, message, G_PRIORITY_DEFAULT, NULL, replied_cb, &reply);
  kith_test_until (reply.done);
  if (text != NULL && reply.body != NULL)
    *text = g_strndup (g_bytes_get_data (reply.body, NULL), g_bytes_get_size (reply.body));
  g_clear_pointer (&reply.body, g_bytes_unref);
  g_clear_error (&reply.error);
  return soup_message_get_status (message);
}

static guint
ask (Fixture *f, const char *method, const char *path, const char *body, char **text)
{
  g_autoptr (SoupMessage) message = make_message (f, method, path, body, -1);

  return send (f, message, text);
}

static void
test_open_paths (Fixture *f, gconstpointer data)
{
  g_autofree char *hello = NULL, *metrics = NULL;
  g_autoptr (JsonObject) object = NULL;

  g_assert_cmpuint (ask (f, "GET", "/healthz", NULL, NULL), ==, 200);
  g_assert_cmpuint (ask (f, "GET", "/metrics", NULL, &metrics), ==, 200);
  g_assert_nonnull (metrics);
  g_assert_cmpuint (ask (f, "GET", "/v1/hello", NULL, &hello), ==, 200);
  object = kith_json_parse_object (hello, -1, NULL, NULL);
  g_assert_nonnull (object);
  g_assert_cmpint (kith_json_int (object, "kith", 0), ==, 1);
  g_assert_nonnull (kith_json_string (object, "epoch"));
}

/* Parts are given of attached files alone: many ranges of a small answer would make a large one. */
static void
test_no_ranges (Fixture *f, gconstpointer data)
{
  static const char *const paths[] = { "/v1/hello", "/metrics" };
  g_autoptr (GString) ranges = g_string_new ("bytes=");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (ranges, "%s%u-%u", i > 0 ? "," : "", 2 * i, 2 * i);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (SoupMessage) message = make_message (f, "GET", paths[i], NULL, 0);
      g_autofree char *text = NULL;

      soup_message_headers_replace (soup_message_get_request_headers (message), "Range", ranges->str);
      g_assert_cmpuint (send (f, message, &text), ==, 200);
      g_assert_null (strstr (text, "Content-Range"));
    }
}

static void
test_needs_token (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_assert_cmpuint (ask (f, "POST", "/v1/sync/pull", "{}", &text), ==, 401);
  g_assert_nonnull (strstr (text, "sign_in"));
  g_assert_cmpuint (ask (f, "GET", "/nothing/here", NULL, NULL), ==, 404);
}

/* sync D12: what would overflow json-glib's stack is turned away, and the hub lives on. */
static void
test_hostile_bodies (Fixture *f, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (1000, '[');
  g_autofree char *large = g_strnfill (MAX_BODY + 1, ' ');
  static const char *const bad[] = { "{", "\xff\xfe", "{\"login\":1}", "{\"login\":\"a\",\"login\":\"b\"}", "[]", "null", "" };

  g_assert_cmpuint (ask (f, "POST", "/v1/sign-in/start", deep, NULL), ==, 400);
  g_assert_cmpuint (ask (f, "POST", "/v1/sign-in/start", large, NULL), ==, 413);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      guint status = ask (f, "POST", "/v1/sign-in/start", bad[i], NULL);

      g_assert_cmpuint (status, >=, 400);
      g_assert_cmpuint (status, <, 500);
    }
  g_assert_cmpuint (ask (f, "GET", "/healthz", NULL, NULL), ==, 200);
}

/* A small body that unpacks to more than the limit. */
static void
test_gzip_bomb (Fixture *f, gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (8 << 20);
  g_autoptr (GBytes) plain = g_bytes_new (zeros, 8 << 20);
  g_autoptr (GBytes) packed = kith_gzip_pack (plain, NULL);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (packed, &length);
  g_autoptr (SoupMessage) message = make_message (f, "POST", "/v1/sign-in/start", bytes, (gssize) length);
  guint status;

  g_assert_cmpuint (length, <, MAX_BODY);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  status = send (f, message, NULL);
  g_assert_true (status == 400 || status == 413);
  g_assert_cmpuint (ask (f, "GET", "/healthz", NULL, NULL), ==, 200);
}

static void
test_gzip_request (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("{\"login\":\"nobody\"}", 18);
  g_autoptr (GBytes) packed = kith_gzip_pack (plain, NULL);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (packed, &length);
  g_autoptr (SoupMessage) message = make_message (f, "POST", "/v1/sign-in/start", bytes, (gssize) length);
  g_autofree char *text = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  g_assert_cmpuint (send (f, message, &text), ==, 200);
  g_assert_nonnull (strstr (text, "salt"));
}

static void
test_rate (Fixture *f, gconstpointer data)
{
  guint refused = 0;

  for (guint i = 0; i < 40; i++)
    refused += ask (f, "GET", "/healthz", NULL, NULL) == 429;
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpuint (refused, <, 40);
}

/* Buckets by themselves, with a clock of the test's own. */
static void
test_rate_buckets (void)
{
  KithRateLimit *rate = kith_rate_limit_new (2, 3);
  guint retry_after = 0;

  for (guint i = 0; i < 3; i++)
    g_assert_true (kith_rate_limit_take (rate, "a", 0, &retry_after));
  g_assert_false (kith_rate_limit_take (rate, "a", 0, &retry_after));
  g_assert_cmpuint (retry_after, ==, 1);
  g_assert_true (kith_rate_limit_take (rate, "b", 0, &retry_after));
  g_assert_false (kith_rate_limit_take (rate, "a", G_USEC_PER_SEC / 4, &retry_after));
  g_assert_true (kith_rate_limit_take (rate, "a", G_USEC_PER_SEC / 2 + 1, &retry_after));
  kith_rate_limit_free (rate);
}

/* Whoever has an address of IPv6 has as many as they like: all of a /64 are one caller. */
static void
test_rate_addresses (void)
{
  static const struct { const char *one, *other; gboolean same; } rows[] = {
    { "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", TRUE },
    { "2001:db8:1:2::1", "2001:db8:1:3::1", FALSE },
    { "::ffff:192.0.2.7", "192.0.2.7", TRUE },
    { "192.0.2.7", "192.0.2.8", FALSE },
    { "not:an:address", "not:an:other", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KithRateLimit *rate = kith_rate_limit_new (1, 1);
      guint retry_after = 0;

      g_assert_true (kith_rate_limit_take (rate, rows[i].one, 0, &retry_after));
      g_assert_true (kith_rate_limit_take (rate, rows[i].other, 0, &retry_after) != rows[i].same);
      kith_rate_limit_free (rate);
    }
}

/* One caller's guesses are few in a second, whatever the names; the rest of the hub answers it meanwhile. */
static void
test_sign_in_rate (Fixture *f, gconstpointer data)
{
  guint refused = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"login\":\"made-up %u\",\"auth\":\"0102030405060708000000000000000000000000000000000000000000000000\","
                                               "\"device\":\"d\"}", i);
      g_autofree char *text = NULL;
      guint status = ask (f, "POST", "/v1/sign-in", body, &text);

      g_assert_true (status == 401 || status == 429);
      g_assert_true (status == 401 || strstr (text, "Try again in 1 second.") != NULL); /* nothing goes on by itself */
      refused += status == 429;
    }
  g_assert_cmpuint (refused, >, 10);
  g_assert_cmpuint (refused, <, 60);
  g_assert_cmpuint (ask (f, "GET", "/healthz", NULL, NULL), ==, 200);
}

/* What is said of a body that is no gzip is plain text, and says so. */
static void
test_bad_gzip (Fixture *f, gconstpointer data)
{
  g_autoptr (SoupMessage) message = make_message (f, "POST", "/v1/sign-in/start", "this is no gzip", -1);
  g_autofree char *text = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "gzip");
  g_assert_cmpuint (send (f, message, &text), ==, 400);
  g_assert_null (soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Encoding"));
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "bad_encoding"));
}

/* Sends the head of a request and nothing of its body; what comes back. */
static char *
send_head (Fixture *f, const char *head)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (f->url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, strlen (head), NULL, NULL, &error));
  g_assert_no_error (error);
  while (g_get_monotonic_time () < end && strstr (text->str, "}") == NULL)
    {
      char block[1024];
      gssize n;

      g_main_context_iteration (NULL, FALSE);
      n = g_pollable_input_stream_read_nonblocking (
          G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (connection))), block, sizeof block, NULL, NULL);
      if (n > 0)
        g_string_append_len (text, block, n);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* sync.md 5.7: what can be refused by its head is refused before its body is read. */
static void
test_refused_at_head (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *line, *type, *token, *length, *status, *code;
  } cases[] = {
    { "POST /v1/sync/push", "application/json", "f", "Content-Length: 40000", "415", "content_type" },
    { "POST /v1/sync/pull", "application/x-ndjson", "f", "Content-Length: 400", "415", "content_type" },
    { "POST /v1/sync/pull", "application/jsonish", "f", "Content-Length: 400", "415", "content_type" },
    { "POST /v1/sync/pull", NULL, "f", "Content-Length: 400", "415", "content_type" },
    { "POST /v1/op", "text/html", "f", "Content-Length: 400", "415", "content_type" },
    { "POST /v1/sign-in", "text/plain", NULL, "Content-Length: 400", "415", "content_type" },
    { "POST /v1/sign-in", "application/json", NULL, "Content-Length: 20000", "413", "too_large" }, /* its own limit, not the server's */
    { "POST /v1/sync/push", "application/x-ndjson", "f", "Content-Length: 70000", "413", "too_large" },
    { "POST /v1/sync/push", "application/x-ndjson", NULL, "Content-Length: 40000", "401", "sign_in" },
    { "POST /v1/sync/push", "application/x-ndjson; charset=utf-8", "f", "Content-Length: 40000", "401", "sign_in" },
    { "POST /v1/sync/push", "application/x-ndjson", "f", "Transfer-Encoding: chunked", "401", "sign_in" },
    { "POST /v1/sync/push", "application/x-ndjson", "F", "Content-Length: 40000", "401", "sign_in" },
    { "GET /v1/sync/push", NULL, "f", "Content-Length: 0", "405", "method" },
    { "POST /v1/nothing", "application/json", "f", "Content-Length: 400", "404", "unknown_path" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = cases[i].token != NULL ? g_strnfill (64, *cases[i].token) : NULL;
      g_autoptr (GString) head = g_string_new (NULL);
      g_autofree char *status = g_strconcat ("HTTP/1.1 ", cases[i].status, NULL);
      g_autofree char *answer = NULL;

      /* the caller waits with the body until it is told to go on: the answer is due without it */
      g_string_append_printf (head, "%s HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n%s\r\n", cases[i].line, cases[i].length);
      if (cases[i].type != NULL)
        g_string_append_printf (head, "Content-Type: %s\r\n", cases[i].type);
      if (token != NULL)
        g_string_append_printf (head, "Authorization: Bearer %s\r\n", token);
      g_string_append (head, "\r\n");
      answer = send_head (f, head->str);
      g_test_message ("%u: %s", i, answer);
      g_assert_true (g_str_has_prefix (answer, status));
      g_assert_nonnull (strstr (answer, cases[i].code));
    }
  g_assert_cmpuint (ask (f, "GET", "/healthz", NULL, NULL), ==, 200);
}

static void
test_loopback_only (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (kith_hub_server_listen (f->server, "0.0.0.0:0", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  address = kith_hub_address_parse ("127.0.0.1", FALSE, NULL);
  g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), ==, 8080);
  g_assert_false (kith_hub_server_listen (f->server, "not an address", &error));
  g_assert_nonnull (error);
}

/* Behind a proxy each desk has a limit of its own, wherever the proxy is; without one nobody gives itself another name. */
static void
test_caller (void)
{
  static const struct { const char *peer, *forwarded; gboolean behind_proxy; const char *caller; } rows[] = {
    { "127.0.0.1", NULL, FALSE, "127.0.0.1" },
    { "127.0.0.1", "192.0.2.7", FALSE, "192.0.2.7" },
    { "::1", "6.6.6.6, 192.0.2.7", FALSE, "192.0.2.7" },
    { "198.51.100.1", "192.0.2.7", FALSE, "198.51.100.1" },
    { "198.51.100.1", "192.0.2.7", TRUE, "192.0.2.7" },
    { "198.51.100.1", "6.6.6.6,192.0.2.8", TRUE, "192.0.2.8" },
    { "198.51.100.1", NULL, TRUE, "198.51.100.1" },
    { NULL, NULL, TRUE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *caller = kith_hub_guard_caller_of (rows[i].peer, rows[i].forwarded, rows[i].behind_proxy);

      g_assert_cmpstr (caller, ==, rows[i].caller);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/hub/server/rate-buckets", test_rate_buckets);
  g_test_add_func ("/hub/server/rate-addresses", test_rate_addresses);
  g_test_add ("/hub/server/sign-in-rate", Fixture, GUINT_TO_POINTER (100), set_up, test_sign_in_rate, tear_down);
  g_test_add ("/hub/server/bad-gzip", Fixture, NULL, set_up, test_bad_gzip, tear_down);
  g_test_add ("/hub/server/open-paths", Fixture, NULL, set_up, test_open_paths, tear_down);
  g_test_add ("/hub/server/no-ranges", Fixture, NULL, set_up, test_no_ranges, tear_down);
  g_test_add ("/hub/server/needs-token", Fixture, NULL, set_up, test_needs_token, tear_down);
  g_test_add ("/hub/server/sync-D12-hostile-bodies", Fixture, NULL, set_up, test_hostile_bodies, tear_down);
  g_test_add ("/hub/server/gzip-bomb", Fixture, NULL, set_up, test_gzip_bomb, tear_down);
  g_test_add ("/hub/server/gzip-request", Fixture, NULL, set_up, test_gzip_request, tear_down);
  g_test_add ("/hub/server/refused-at-head", Fixture, NULL, set_up, test_refused_at_head, tear_down);
  g_test_add ("/hub/server/rate", Fixture, GUINT_TO_POINTER (5), set_up, test_rate, tear_down);
  g_test_add ("/hub/server/loopback-only", Fixture, NULL, set_up, test_loopback_only, tear_down);
  g_test_add_func ("/hub/server/caller", test_caller);
  return g_test_run ();
}
