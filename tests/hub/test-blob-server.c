/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attached files over a real socket: the desktop's own transport on one side, the hub's server on the other. What the core decides is in
 * test-blob.c; here it is what travels, and what is turned away before it is read. */
#include "hub-fixture.h"

#include "kith-document.h"
#include "kith-http-transport.h"
#include "kith-hub-server.h"

#include <glib/gstdio.h>
#include <string.h>

#define SIZE (3 * KITH_BLOB_PART - 1000)

typedef struct
{
  HubFixture *net; /* what is in the database was done here; afterwards only the server uses it */
  char *folder, *client, *document, *sha256;
  char *ana, *adi, *ben;
  Desk *a, *a2, *b; /* the author, a colleague, another agency */
  GBytes *content;
  gint64 quota;

  KithHubServer *server;
  KithTransport *transport;
  char *url;
} Files;

static gpointer
open_hub (gpointer data, GCancellable *cancellable, GError **error)
{
  Files *f = data;
  const KithHubOptions options = { .hash_ops = 1, .hash_memory = 8192, .files = f->folder, .agency_files = f->quota };
  KithDb *db = kith_hub_open_db (f->net->name, TRUE, NULL, error);

  return db != NULL ? kith_hub_new (db, KITH_CLOCK (f->net->clock), f->net->random, &options, error) : NULL;
}

static void
start (Files *f)
{
  KithDbThread *thread = kith_db_thread_new ("hub");
  g_autoptr (GError) error = NULL;
  KithHub *hub = kith_db_thread_run (thread, open_hub, f, &error);

  g_assert_no_error (error);
  f->server = kith_hub_server_new (thread, hub, NULL);
  g_assert_true (kith_hub_server_listen (f->server, "127.0.0.1:0", &error));
  g_assert_no_error (error);
  f->url = kith_hub_server_get_url (f->server);
  f->transport = kith_http_transport_new (f->url, &error);
  g_assert_no_error (error);
}

static void
stop (Files *f)
{
  g_clear_object (&f->transport);
  kith_hub_server_stop (f->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->server);
  g_clear_pointer (&f->url, g_free);
}

static void
set_up (Files *f, gconstpointer quota)
{
  const KithHubOptions options = { 0 };
  g_autoptr (JsonObject) outcome = NULL;
  g_autofree char *args = NULL;

  f->quota = (gint64) GPOINTER_TO_SIZE (quota);
  f->folder = g_dir_make_tmp ("kith-files-XXXXXX", NULL);
  f->net = hub_fixture_new (&options);
  f->ana = hub_fixture_add_staff (f->net, "ana", f->net->a, "\"role\":\"referral_manager\"");
  f->adi = hub_fixture_add_staff (f->net, "adi", f->net->a, "\"role\":\"referral_manager\"");
  f->ben = hub_fixture_add_staff (f->net, "ben", f->net->b, "\"role\":\"referral_manager\"");
  f->a = desk_new (f->net, "ana", f->ana);
  f->a2 = desk_new (f->net, "adi", f->adi);
  f->b = desk_new (f->net, "ben", f->ben);
  f->client = hub_fixture_id (f->net);
  args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Mara\"}}", f->client);
  outcome = desk_do (f->a, "client.register", args);
  desk_expect (outcome, "applied", NULL);
  f->content = hub_fixture_content (SIZE);
  f->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->content);
  f->document = hub_fixture_id (f->net);
  desk_attach (f->a, f->document, f->client, f->content);
  start (f);
}

static void
tear_down (Files *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  stop (f);
  hub_fixture_check (f->net);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  desk_free (f->a);
  desk_free (f->a2);
  desk_free (f->b);
  hub_fixture_free (f->net);
  g_bytes_unref (f->content);
  g_free (f->folder);
  g_free (f->client);
  g_free (f->document);
  g_free (f->sha256);
  g_free (f->ana);
  g_free (f->adi);
  g_free (f->ben);
}

/* ---- one request */

typedef struct
{
  gboolean done;
  KithTransportAnswer answer;
  GError *error;
} Reply;

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reply *reply = user_data;

  kith_transport_send_finish (KITH_TRANSPORT (source), result, &reply->answer, &reply->error);
  reply->done = TRUE;
}

/* token NULL: none. said: the body as text. bytes: the body. */
static guint
ask (Files *f, const char *method, const char *sha256, const char *document, const char *token, const char *range, GBytes *body, char **said, GBytes **bytes)
{
  g_autofree char *path = g_strdup_printf ("%s%s?document=%s", KITH_PATH_BLOB, sha256, document);
  gboolean to_write = g_str_equal (method, "PUT");
  const KithSyncRequest request = { .type = to_write ? KITH_SYNC_SEND_FILE : KITH_SYNC_FETCH, .method = (char *) method, .path = path,
                                    .token = (char *) token, .range = (char *) range, .body = body, .timeout_s = 20 };
  Reply reply = { 0 };
  guint status;

  kith_transport_send_async (f->transport, &request, NULL, replied_cb, &reply);
  kith_test_until (reply.done);
  g_assert_no_error (reply.error);
  status = reply.answer.status;
  if (said != NULL)
    *said = g_strndup (g_bytes_get_data (reply.answer.body, NULL), g_bytes_get_size (reply.answer.body));
  if (bytes != NULL)
    *bytes = g_bytes_ref (reply.answer.body);
  kith_transport_answer_clear (&reply.answer);
  return status;
}

static guint
put (Files *f, Desk *desk, const char *document, GBytes *content, gsize first, char **said)
{
  gsize size = g_bytes_get_size (content), length = MIN (size - first, KITH_BLOB_PART);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (content, first, length);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *range = g_strdup_printf ("bytes %zu-%zu/%zu", first, first + length - 1, size);

  return ask (f, "PUT", hash, document, desk->token, range, part, said, NULL);
}

static void
put_all (Files *f)
{
  for (gsize at = 0; at < SIZE; at += KITH_BLOB_PART)
    g_assert_cmpuint (put (f, f->a, f->document, f->content, at, NULL), ==, 200);
}

static guint
get (Files *f, Desk *desk, const char *document, gsize first, GBytes **bytes)
{
  g_autofree char *range = g_strdup_printf ("bytes=%zu-%zu", first, MIN (first + KITH_BLOB_PART, SIZE) - 1);

  return ask (f, "GET", f->sha256, document, desk->token, range, NULL, NULL, bytes);
}

static void
assert_whole (Files *f, Desk *desk)
{
  for (gsize at = 0; at < SIZE; at += KITH_BLOB_PART)
    {
      g_autoptr (GBytes) part = NULL, wanted = g_bytes_new_from_bytes (f->content, at, MIN (SIZE - at, KITH_BLOB_PART));

      g_assert_cmpuint (get (f, desk, f->document, at, &part), ==, 206);
      g_assert_true (g_bytes_equal (part, wanted));
    }
}

/* ---- tests */

static void
test_there_and_back (Files *f, gconstpointer data)
{
  put_all (f);
  assert_whole (f, f->a);
  assert_whole (f, f->a2);
}

/* The hub goes in the middle, and says where to go on when it is back. */
static void
test_resume (Files *f, gconstpointer data)
{
  g_autofree char *said = NULL;

  g_assert_cmpuint (put (f, f->a, f->document, f->content, 0, NULL), ==, 200);
  stop (f);
  start (f);
  g_assert_cmpuint (put (f, f->a, f->document, f->content, 0, &said), ==, 409);
  g_assert_nonnull (strstr (said, KITH_ERROR_BLOB_OFFSET));
  g_assert_nonnull (strstr (said, "\"have\":262144"));
  g_assert_cmpuint (put (f, f->a, f->document, f->content, KITH_BLOB_PART, NULL), ==, 200);
  g_assert_cmpuint (get (f, f->a2, f->document, 0, NULL), ==, 404); /* not whole yet */
  g_assert_cmpuint (put (f, f->a, f->document, f->content, 2 * KITH_BLOB_PART, NULL), ==, 200);
  assert_whole (f, f->a2);
}

static void
test_wrong_hash (Files *f, gconstpointer data)
{
  g_autoptr (GBytes) last = g_bytes_new_take (g_malloc0 (SIZE - 2 * KITH_BLOB_PART), SIZE - 2 * KITH_BLOB_PART);
  g_autofree char *range = g_strdup_printf ("bytes %d-%d/%d", 2 * KITH_BLOB_PART, SIZE - 1, SIZE), *said = NULL;

  g_assert_cmpuint (put (f, f->a, f->document, f->content, 0, NULL), ==, 200);
  g_assert_cmpuint (put (f, f->a, f->document, f->content, KITH_BLOB_PART, NULL), ==, 200);
  g_assert_cmpuint (ask (f, "PUT", f->sha256, f->document, f->a->token, range, last, &said, NULL), ==, 409);
  g_assert_nonnull (strstr (said, KITH_ERROR_BLOB_MISMATCH));
  g_assert_nonnull (strstr (said, "\"have\":0"));
  g_assert_cmpuint (get (f, f->a, f->document, 0, NULL), ==, 404);
  put_all (f);
  assert_whole (f, f->a2);
}

/* A file of the largest size is taken; what says more, or brings more than a part, does not, and does not harm what is there. */
static void
test_size (Files *f, gconstpointer data)
{
  g_autoptr (GBytes) most = hub_fixture_content (KITH_DOCUMENT_MOST), much = hub_fixture_content (KITH_BLOB_PART + 1);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (f->content, 0, KITH_BLOB_PART);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, most), *largest = NULL, *args = NULL, *said = NULL, *over = NULL;
  g_autoptr (JsonObject) outcome = NULL;

  stop (f);
  largest = hub_fixture_id (f->net);
  desk_attach (f->a, largest, f->client, most);
  over = hub_fixture_id (f->net);
  args = g_strdup_printf ("{\"id\":\"%s\",\"t\":\"client\",\"record\":\"%s\",\"type\":\"letter\",\"name\":\"Letter.pdf\","
                          "\"media_type\":\"application/pdf\",\"size\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\"}",
                          over, f->client, KITH_DOCUMENT_MOST + 1, hash);
  outcome = desk_do (f->a, "document.attach", args);
  desk_expect (outcome, "rejected", "invalid");
  start (f);

  for (gsize at = 0; at < 3 * KITH_BLOB_PART; at += KITH_BLOB_PART) /* each is on the disk when it is answered: all hundred take their time */
    g_assert_cmpuint (put (f, f->a, largest, most, at, NULL), ==, 200);

  g_assert_cmpuint (ask (f, "PUT", hash, over, f->a->token, "bytes 0-262143/26214401", part, NULL, NULL), ==, 404);
  g_assert_cmpuint (ask (f, "PUT", f->sha256, f->document, f->a->token, "bytes 0-262143/26214401", part, NULL, NULL), ==, 400);
  g_assert_cmpuint (ask (f, "PUT", f->sha256, f->document, f->a->token, "bytes 0-262144/786432", much, &said, NULL), ==, 413);
  g_assert_nonnull (strstr (said, KITH_ERROR_TOO_LARGE));
  put_all (f);
  assert_whole (f, f->a2);
}

static void
test_quota (Files *f, gconstpointer data)
{
  g_autofree char *second = NULL, *said = NULL;

  put_all (f);
  stop (f);
  second = hub_fixture_id (f->net);
  desk_attach (f->a, second, f->client, f->content);
  start (f);
  g_assert_cmpuint (put (f, f->a, second, f->content, 0, &said), ==, 507);
  g_assert_nonnull (strstr (said, KITH_ERROR_BLOB_QUOTA));
  assert_whole (f, f->a2);
}

/* I5: another agency's document, one that never was and no document at all are answered by the same bytes. */
static void
test_hidden (Files *f, gconstpointer data)
{
  g_autofree char *nothing = hub_fixture_id (f->net), *zeros = g_strnfill (64, '0');
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (f->content, 0, KITH_BLOB_PART);
  static const char *const methods[] = { "GET", "PUT" };
  const struct
  {
    const char *sha256, *document;
  } cases[] = { { f->sha256, f->document }, { f->sha256, nothing }, { zeros, f->document }, { f->sha256, "" },
              { "hub.db", f->document } };

  put_all (f);
  for (guint m = 0; m < 2; m++)
    {
      const char *range = m == 0 ? "bytes=0-262143" : "bytes 0-262143/785432";
      g_autofree char *first = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autofree char *said = NULL;

          g_assert_cmpuint (ask (f, methods[m], cases[i].sha256, cases[i].document, f->b->token, range, m == 0 ? NULL : part, &said, NULL), ==, 404);
          if (first == NULL)
            first = g_steal_pointer (&said);
          else
            g_assert_cmpstr (said, ==, first);
        }
      /* a way out of the folder does not even get to the files */
      g_assert_cmpuint (ask (f, methods[m], "..%2F..%2Fhub.db", f->document, f->a->token, range, m == 0 ? NULL : part, NULL, NULL), ==, 400);
    }
}

static void
test_no_token (Files *f, gconstpointer data)
{
  g_autofree char *made_up = g_strnfill (64, 'f');
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (f->content, 0, KITH_BLOB_PART);
  const char *const tokens[] = { NULL, "", "x", made_up };

  put_all (f);
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *said = NULL;

      g_assert_cmpuint (ask (f, "GET", f->sha256, f->document, tokens[i], "bytes=0-262143", NULL, &said, NULL), ==, 401);
      g_assert_nonnull (strstr (said, KITH_ERROR_SIGN_IN));
      g_assert_cmpuint (ask (f, "PUT", f->sha256, f->document, tokens[i], "bytes 0-262143/785432", part, NULL, NULL), ==, 401);
    }
}

static GSocketConnection *
connect_to (Files *f, const char *method, const char *range_header, const char *length_header)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (f->url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, &error);
  g_autofree char *head = g_strdup_printf ("%s %s%s?document=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
                                           "Content-Type: application/octet-stream\r\n%s\r\n\r\n",
                                           method, KITH_PATH_BLOB, f->sha256, f->document, f->a->token, range_header, length_header);

  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, strlen (head), NULL, NULL, &error));
  g_assert_no_error (error);
  return connection;
}

static gboolean
passed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_pass (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, passed_cb, &passed);
  kith_test_until (passed);
}

/* Half a part arrives and then the line is cut: nothing of it counts, and the next try goes on where the hub was. */
static void
test_cut (Files *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (put (f, f->a, f->document, f->content, 0, NULL), ==, 200);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GSocketConnection) connection = connect_to (f, "PUT", "Content-Range: bytes 262144-524287/785432", "Content-Length: 262144");
      const char *bytes = (const char *) g_bytes_get_data (f->content, NULL) + KITH_BLOB_PART;

      g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, KITH_BLOB_PART / 4 * i, NULL, NULL, &error));
      g_assert_no_error (error);
      let_pass (30);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      let_pass (30);
    }
  g_assert_cmpuint (put (f, f->a, f->document, f->content, KITH_BLOB_PART, NULL), ==, 200);
  g_assert_cmpuint (put (f, f->a, f->document, f->content, 2 * KITH_BLOB_PART, NULL), ==, 200);

  /* Who asks and hangs up before the answer harms nobody. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GSocketConnection) connection = connect_to (f, "GET", "Range: bytes=0-262143", "Content-Length: 0");

      let_pass (i * 5);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  assert_whole (f, f->a2);
}

/* The status of what comes back to a body of unknown length. */
static char *
send_chunked (Files *f, gsize length)
{
  g_autofree char *range = g_strdup_printf ("Content-Range: bytes 0-%zu/%d", length - 1, SIZE);
  g_autoptr (GSocketConnection) connection = connect_to (f, "PUT", range, "Transfer-Encoding: chunked");
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) body = g_string_new (NULL);
  char answer[13] = "";
  gsize sent = 0, n = 0;
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_string_append_printf (body, "%zx\r\n", length);
  g_string_append_len (body, g_bytes_get_data (f->content, NULL), (gssize) length);
  g_string_append (body, "\r\n0\r\n\r\n");
  while (n + 1 < sizeof answer && g_get_monotonic_time () < end)
    {
      gssize step = sent < body->len ? g_pollable_output_stream_write_nonblocking (
                                           G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (connection))), body->str + sent,
                                           body->len - sent, NULL, NULL)
                                     : 0;

      sent += step > 0 ? (gsize) step : 0;
      step = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (in), answer + n, sizeof answer - 1 - n, NULL, NULL);
      n += step > 0 ? (gsize) step : 0;
      g_main_context_iteration (NULL, FALSE);
    }
  return g_strdup (answer);
}

/* What comes in without a length is counted as it comes, each byte once. */
static void
test_chunked (Files *f, gconstpointer data)
{
  g_autofree char *fits = send_chunked (f, KITH_BLOB_PART), *more = send_chunked (f, KITH_BLOB_PART + 1);

  g_assert_cmpstr (fits, ==, "HTTP/1.1 200");
  g_assert_cmpstr (more, ==, "HTTP/1.1 413");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
#define ADD(name, func, quota) g_test_add ("/hub/blob-server/" name, Files, GSIZE_TO_POINTER (quota), set_up, func, tear_down)
  ADD ("there-and-back", test_there_and_back, 0);
  ADD ("resume", test_resume, 0);
  ADD ("wrong-hash", test_wrong_hash, 0);
  ADD ("size", test_size, 0);
  ADD ("quota", test_quota, SIZE + 5);
  ADD ("I5-hidden", test_hidden, 0);
  ADD ("no-token", test_no_token, 0);
  ADD ("cut", test_cut, 0);
  ADD ("chunked", test_chunked, 0);
  return g_test_run ();
}
