/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-guard.h"

#include "kith-hub-connection.h"
#include "kith-json.h"
#include "kith-protocol.h"
#include "kith-rate-limit.h"

#include <glib/gi18n.h>
#include <string.h>

#define WAIT_MAX_S 60
#define MAX_KNOWN 4096
#define SIGN_INS_A_SECOND 1
#define SIGN_INS_AT_ONCE 30 /* an agency that opens in the morning behind one address */
#define KNOWN_FOR_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)

struct _KithHubGuard
{
  GObject *server;
  KithDbThread *thread;
  KithHub *hub;
  gsize max_body;
  gboolean behind_proxy;
  KithRateLimit *rate;  /* by address; NULL: no limit */
  KithRateLimit *sign_ins; /* by address: each costs a hash */
  KithRateLimit *devices;  /* by token: many may share an address, and none of them has it alone */
  GHashTable *known;    /* tokens that opened something lately → gint64, until when that need not be asked again */
};

GBytes *
kith_hub_guard_error_body (const char *code, const char *sentence)
{
  g_autoptr (JsonObject) object = kith_json_new ("error", "s", code, "message", "s", sentence, NULL);
  char *text = kith_json_print_object (object);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * kith_hub_guard_set_headers:
 *
 * Of every answer: nothing between hub and desk may keep it or guess its type, and a connection serves one request (kith-hub-door.h).
 */
void
kith_hub_guard_set_headers (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Connection", "close");
}

const char *
kith_hub_guard_token (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  return header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

gboolean
kith_hub_guard_accepts_gzip (SoupServerMessage *message)
{
  const char *accept = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept-Encoding");

  return accept != NULL && soup_header_contains (accept, "gzip");
}

guint
kith_hub_guard_wait_seconds (GHashTable *query)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, "t") : NULL;
  guint64 seconds = 0;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, WAIT_MAX_S, &seconds, NULL) ? (guint) seconds : 0;
}

/**
 * kith_hub_guard_caller_of:
 * @peer: (nullable): the address at the other end of the connection
 * @forwarded: (nullable): X-Forwarded-For
 * @behind_proxy: whoever reaches the hub at all is the proxy, on another computer too
 *
 * Who calls, for the limits: the peer, or what the proxy says of it, which is the last of the list: the rest is what the caller says of itself.
 * From anybody but the proxy the header is not believed.
 */
char *
kith_hub_guard_caller_of (const char *peer, const char *forwarded, gboolean behind_proxy)
{
  g_autoptr (GInetAddress) inet = peer != NULL ? g_inet_address_new_from_string (peer) : NULL;

  if (forwarded != NULL && (behind_proxy || (inet != NULL && g_inet_address_get_is_loopback (inet))))
    {
      const char *last = strrchr (forwarded, ',');

      return g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded));
    }
  return g_strdup (peer != NULL ? peer : "");
}

/**
 * kith_hub_guard_caller:
 *
 * Returns: (transfer full): whom the rate is counted for, see kith_hub_guard_caller_of()
 */
char *
kith_hub_guard_caller (KithHubGuard *self, SoupServerMessage *message)
{
  return kith_hub_guard_caller_of (soup_server_message_get_remote_host (message),
                                   soup_message_headers_get_list (soup_server_message_get_request_headers (message), "X-Forwarded-For"), self->behind_proxy);
}

/* Refuses at the head of the request. Who asked to go on ("Expect: 100-continue") hears it at once; from others the body is
 * read off and thrown away, or they would see a broken connection instead of the answer. Takes the answer's content. */
static void
refuse (SoupServerMessage *message, KithHubAnswer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize length = 0;
  const char *data = g_bytes_get_data (answer->body, &length);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, answer->content_type, SOUP_MEMORY_COPY, data, length);
  kith_hub_guard_set_headers (message);
  if (answer->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", answer->retry_after);
      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  kith_hub_answer_clear (answer);
}

static void
refuse_with (SoupServerMessage *message, guint status, const char *code, const char *sentence, guint retry_after)
{
  KithHubAnswer answer = { .status = status, .content_type = KITH_TYPE_JSON_TEXT, .body = kith_hub_guard_error_body (code, sentence),
                           .retry_after = retry_after };

  refuse (message, &answer);
}

void
kith_hub_guard_slow_down (SoupServerMessage *message, const char *sentence, guint retry_after)
{
  refuse_with (message, 429, KITH_ERROR_SLOW_DOWN, sentence, retry_after);
}

/* ---- does the token open anything? */

typedef struct
{
  KithHubGuard *guard;
  GObject *server;            /* owned: keeps the guard and the hub */
  SoupServerMessage *message; /* owned */
  char *token;
  gboolean known, failed;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->message);
  g_object_unref (question->server);
  g_free (question->token);
  g_free (question);
}

static gpointer
ask_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  question->failed = !kith_hub_knows_token (question->guard->hub, question->token, &question->known, error);
  return NULL;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  KithHubGuard *self = question->guard;

  kith_db_thread_run_finish (self->thread, result, NULL);
  /* A database that cannot say lets it through: the same failure then has its proper answer. */
  if (!question->known && !question->failed)
    refuse_with (question->message, SOUP_STATUS_UNAUTHORIZED, KITH_ERROR_SIGN_IN, _("Sign in again."), 0);
  else if (question->known)
    {
      gint64 until = g_get_monotonic_time () + KNOWN_FOR_US;

      if (g_hash_table_size (self->known) >= MAX_KNOWN)
        g_hash_table_remove_all (self->known);
      g_hash_table_replace (self->known, g_strdup (question->token), g_memdup2 (&until, sizeof until));
    }
  kith_hub_connection_ask_hub (question->message, FALSE);
  soup_server_message_unpause (question->message);
  question_free (question);
}

/* A token that opened something a moment ago is not asked about again: this only decides whether a body is worth reading,
 * and what it may do is asked once more when it has been read. */
static gboolean
is_known (KithHubGuard *self, const char *token)
{
  const gint64 *until = g_hash_table_lookup (self->known, token);

  return until != NULL && *until > g_get_monotonic_time ();
}

static void
ask_token (KithHubGuard *self, SoupServerMessage *message, const char *token)
{
  Question *question = g_new0 (Question, 1);

  question->guard = self;
  question->server = g_object_ref (self->server);
  question->message = g_object_ref (message);
  question->token = g_strdup (token);
  kith_hub_connection_ask_hub (message, TRUE);
  soup_server_message_pause (message);
  kith_db_thread_run_async (self->thread, G_PRIORITY_HIGH, ask_on_thread, question, NULL, NULL, asked_cb, question);
}

/* ---- the guard */

typedef struct
{
  gsize limit, got; /* bytes */
} Coming;

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Coming *coming = user_data;
  gboolean refused = coming->got > coming->limit;

  /* A body of unknown length grew past the limit: stop collecting it and say so. The body's own length counts this chunk already, or not yet:
   * that is libsoup's affair. */
  coming->got += g_bytes_get_size (chunk);
  if (refused || coming->got <= coming->limit)
    return;
  refuse_with (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, KITH_ERROR_TOO_LARGE,
               _("This is larger than the hub takes. Nothing was stored."), 0);
}

static void
coming_free (gpointer coming, GClosure *closure)
{
  g_free (coming);
}

/**
 * kith_hub_guard_check:
 * @message: its head has arrived, its body has not
 * @path: decoded
 * @caller: as kith_hub_guard_caller() says
 *
 * Refused here: too many of one caller (429), a path, method or type that does not exist, a length beyond the path's, no token where one is needed,
 * one that opens nothing where a body comes with it, and later a body that grows beyond the limit. While the hub is asked about a token the message
 * is paused.
 */
void
kith_hub_guard_check (KithHubGuard *self, SoupServerMessage *message, const char *path, const char *caller)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);
  goffset told = encoding == SOUP_ENCODING_CONTENT_LENGTH ? soup_message_headers_get_content_length (headers) : 0;
  const char *type = soup_message_headers_get_one (headers, "Content-Type");
  const KithHubRequest head = { .method = soup_server_message_get_method (message),
                                .path = path,
                                .token = kith_hub_guard_token (message),
                                .content_type = type != NULL ? type : "" };
  KithHubAnswer answer = { 0 };
  guint retry_after = 0;
  Coming *coming;
  gboolean needs_token, has_body = told > 0 || encoding == SOUP_ENCODING_CHUNKED;
  gsize limit;

  if (self->sign_ins != NULL && g_str_equal (path, KITH_PATH_SIGN_IN) && !kith_rate_limit_take (self->sign_ins, caller, g_get_monotonic_time (), &retry_after))
    {
      /* Nobody tries again but the person: they hear when. */
      g_autofree char *sentence = g_strdup_printf (ngettext ("Too many people sign in from where you are. Try again in %u second.",
                                                             "Too many people sign in from where you are. Try again in %u seconds.", retry_after), retry_after);

      kith_hub_guard_slow_down (message, sentence, retry_after);
      return;
    }
  if ((self->rate != NULL && !kith_rate_limit_take (self->rate, caller, g_get_monotonic_time (), &retry_after)) ||
      (self->devices != NULL && head.token != NULL && is_known (self, head.token) &&
       !kith_rate_limit_take (self->devices, head.token, g_get_monotonic_time (), &retry_after)))
    {
      kith_hub_guard_slow_down (message, _("Too many requests in a short time. Nothing was lost; it goes on by itself."), retry_after);
      return;
    }
  if (!kith_hub_check_head (&head, (gsize) told, &needs_token, &answer))
    {
      refuse (message, &answer);
      return;
    }
  limit = MIN (self->max_body, kith_hub_body_limit (path));
  if ((gsize) told > limit)
    {
      refuse_with (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, KITH_ERROR_TOO_LARGE,
                   _("This is larger than the hub takes. Nothing was stored."), 0);
      return;
    }
  coming = g_new0 (Coming, 1);
  coming->limit = limit;
  g_signal_connect_data (message, "got-chunk", G_CALLBACK (got_chunk_cb), coming, coming_free, 0);
  if (needs_token && has_body && !is_known (self, head.token))
    ask_token (self, message, head.token);
}

KithHubGuard *
kith_hub_guard_new (GObject *server, KithDbThread *thread, KithHub *hub, gsize max_body, guint rate, gboolean behind_proxy)
{
  KithHubGuard *self = g_new0 (KithHubGuard, 1);

  self->server = server;
  self->thread = thread;
  self->hub = hub;
  self->max_body = max_body;
  self->behind_proxy = behind_proxy;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (rate > 0)
    {
      self->rate = kith_rate_limit_new (rate, rate * 4);
      self->sign_ins = kith_rate_limit_new (SIGN_INS_A_SECOND, SIGN_INS_AT_ONCE);
      self->devices = kith_rate_limit_new (MAX (rate / 2, 1), rate * 2);
    }
  return self;
}

/**
 * kith_hub_guard_free:
 * @self: (transfer full): with no question out; the server keeps it until then
 */
void
kith_hub_guard_free (KithHubGuard *self)
{
  g_clear_pointer (&self->rate, kith_rate_limit_free);
  g_clear_pointer (&self->sign_ins, kith_rate_limit_free);
  g_clear_pointer (&self->devices, kith_rate_limit_free);
  g_hash_table_unref (self->known);
  g_free (self);
}
