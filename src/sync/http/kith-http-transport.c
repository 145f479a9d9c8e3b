/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-http-transport.h"

#include "kith-gzip.h"
#include "kith-protocol.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_ANSWER (32 << 20)  /* bytes, decoded: a page is 1 MiB, so this only stops what is no hub */
#define READ_BLOCK (64 << 10)
#define GZIP_FROM 1024

struct _KithHttpTransport
{
  KithTransport parent_instance;

  SoupSession *session; /* owned */
  char *base;           /* owned; URL without a slash at the end */
};

G_DEFINE_FINAL_TYPE (KithHttpTransport, kith_http_transport, KITH_TYPE_TRANSPORT)

/* One request under way. */
typedef struct
{
  SoupMessage *message;      /* owned */
  GInputStream *stream;      /* owned; the body, decoded by libsoup */
  GByteArray *body;          /* owned */
  GCancellable *cancellable; /* owned; ours: also fired by the time-out */
  GCancellable *caller;      /* owned; NULL: none */
  gulong caller_id;
  GSource *timeout;          /* owned */
} Sending;

static void
sending_free (Sending *sending)
{
  g_source_destroy (sending->timeout);
  g_source_unref (sending->timeout);
  if (sending->caller != NULL)
    g_cancellable_disconnect (sending->caller, sending->caller_id);
  g_clear_object (&sending->caller);
  g_clear_object (&sending->cancellable);
  g_clear_object (&sending->stream);
  g_clear_object (&sending->message);
  g_byte_array_unref (sending->body);
  g_free (sending);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = 0;
  const guint8 *data;

  if (block == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  data = g_bytes_get_data (block, &length);
  if (length == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (sending->body->len + length > MAX_ANSWER)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The answer is larger than any page of a hub");
      return;
    }
  g_byte_array_append (sending->body, data, length);
  g_input_stream_read_bytes_async (sending->stream, READ_BLOCK, G_PRIORITY_DEFAULT, sending->cancellable, read_cb,
                                   g_steal_pointer (&task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (sending->stream == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_input_stream_read_bytes_async (sending->stream, READ_BLOCK, G_PRIORITY_DEFAULT, sending->cancellable, read_cb,
                                   g_steal_pointer (&task));
}

static void
set_request_body (SoupMessage *message, const KithSyncRequest *request)
{
  const char *type = request->type == KITH_SYNC_PUSH ? KITH_TYPE_LINES : request->type == KITH_SYNC_SEND_FILE ? KITH_TYPE_BYTES : KITH_TYPE_JSON_TEXT;
  GBytes *body = request->body;
  g_autoptr (GBytes) packed = NULL;

  if (request->range != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), g_str_equal (request->method, "PUT") ? "Content-Range" : "Range",
                                  request->range);
  if (body == NULL)
    return;
  if (request->range == NULL && g_bytes_get_size (body) >= GZIP_FROM)
    packed = kith_gzip_pack (body, NULL);
  if (packed != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  soup_message_set_request_body_from_bytes (message, type, packed != NULL ? packed : body);
}

static void
kith_http_transport_send_async (KithTransport *transport, const KithSyncRequest *request, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  KithHttpTransport *self = KITH_HTTP_TRANSPORT (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *url = g_strconcat (self->base, request->path, NULL);
  Sending *sending = g_new0 (Sending, 1);

  sending->body = g_byte_array_new ();
  sending->cancellable = g_cancellable_new ();
  sending->timeout = g_timeout_source_new_seconds (MAX (request->timeout_s, 1));
  g_source_set_callback (sending->timeout, timed_out_cb, g_object_ref (sending->cancellable), g_object_unref);
  g_source_attach (sending->timeout, g_main_context_get_thread_default ());
  if (cancellable != NULL)
    {
      sending->caller = g_object_ref (cancellable);
      sending->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                                  g_object_ref (sending->cancellable), g_object_unref);
    }
  g_task_set_task_data (task, sending, (GDestroyNotify) sending_free);

  sending->message = soup_message_new (request->method, url);
  if (sending->message == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not an address of a hub", url);
      return;
    }
  soup_message_add_flags (sending->message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->token != NULL)
    {
      g_autofree char *header = g_strconcat ("Bearer ", request->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (sending->message), "Authorization", header);
    }
  set_request_body (sending->message, request);
  soup_session_send_async (self->session, sending->message, G_PRIORITY_DEFAULT, sending->cancellable, sent_cb,
                           g_steal_pointer (&task));
}

static gboolean
kith_http_transport_send_finish (KithTransport *transport, GAsyncResult *result, KithTransportAnswer *answer, GError **error)
{
  Sending *sending = g_task_get_task_data (G_TASK (result));
  SoupMessageHeaders *headers;
  const char *retry_after;
  guint64 seconds = 0;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  headers = soup_message_get_response_headers (sending->message);
  retry_after = soup_message_headers_get_one (headers, "Retry-After");
  answer->status = soup_message_get_status (sending->message);
  answer->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&sending->body));
  sending->body = g_byte_array_new ();
  if (retry_after != NULL && g_ascii_string_to_unsigned (retry_after, 10, 0, G_MAXUINT, &seconds, NULL))
    answer->retry_after = (guint) seconds;
  return TRUE;
}

static void
kith_http_transport_finalize (GObject *object)
{
  KithHttpTransport *self = KITH_HTTP_TRANSPORT (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_free (self->base);
  G_OBJECT_CLASS (kith_http_transport_parent_class)->finalize (object);
}

static void
kith_http_transport_class_init (KithHttpTransportClass *klass)
{
  KithTransportClass *transport_class = KITH_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_http_transport_finalize;
  transport_class->send_async = kith_http_transport_send_async;
  transport_class->send_finish = kith_http_transport_send_finish;
}

static void
kith_http_transport_init (KithHttpTransport *self)
{
  /* One connection is held by the wait for news; the others are free for the rest. */
  self->session = soup_session_new_with_options ("max-conns-per-host", 4, "timeout", 0, "idle-timeout", 90,
                                                 "user-agent", "kith", NULL);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * kith_http_transport_new:
 * @hub_url: "https://hub.example.org"; plain http for loopback only
 *
 * Returns: (transfer full): a transport for the thread it is made on, or %NULL with an error for an address that cannot be used
 */
KithTransport *
kith_http_transport_new (const char *hub_url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (hub_url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "", *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  KithHttpTransport *self;

  if (host == NULL || *host == '\0' || !(g_str_equal (scheme, "https") || g_str_equal (scheme, "http")))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not the address of a hub. It looks like https://hub.example.org; ask who runs yours."), hub_url);
      return NULL;
    }
  if (g_str_equal (scheme, "http") && !is_loopback (host))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   _("Kith does not talk to “%s” without encryption. Nothing was sent. Use the address that begins with https://."), host);
      return NULL;
    }
  self = g_object_new (KITH_TYPE_HTTP_TRANSPORT, NULL);
  self->base = g_strdup (hub_url);
  while (g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';
  return KITH_TRANSPORT (self);
}

KithTransport *
kith_http_transport_factory (const char *hub_url, gpointer user_data, GError **error)
{
  return kith_http_transport_new (hub_url, error);
}
