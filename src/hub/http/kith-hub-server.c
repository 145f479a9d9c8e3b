/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-server.h"

#include "kith-gzip.h"
#include "kith-hub-address.h"
#include "kith-hub-console.h"
#include "kith-hub-door.h"
#include "kith-hub-guard.h"
#include "kith-hub-mailer.h"
#include "kith-hub-ticks.h"
#include "kith-protocol.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define GZIP_FROM 1024        /* bytes: below, the header costs more than it saves */
#define WORKERS 2             /* hashes at once: each takes 19 MiB (sync.md 5.1) */
#define WORK_WAITING 64       /* and so many wait for their turn; who comes then tries again */
#define CROWDED_RETRY_S 10

struct _KithHubServer
{
  GObject parent_instance;

  KithDbThread *thread;       /* owned; the hub is touched on it alone */
  KithHub *hub;               /* owned; freed on the thread */
  SoupServer *server;         /* owned */
  KithHubDoor *door;          /* owned */
  KithHubServerOptions options;
  KithHubGuard *guard;        /* owned */
  KithHubMailer *mailer;      /* owned; NULL: no mail */
  GThreadPool *workers;       /* owned; does what a KithHubWork says */
  GMainContext *context;      /* owned; the one it lives in */
  GHashTable *waiting;        /* (element-type Exchange) requests held until something is new; not owned, they own themselves */
  gint64 seen;                /* the latest moment told to the waiters */
  KithHubTicks *ticks;        /* owned */
  KithHubConsole *console;    /* owned; what commands beside it ask for */
  gboolean stopping;
};

G_DEFINE_FINAL_TYPE (KithHubServer, kith_hub_server, G_TYPE_OBJECT)

/* One request on its way: made in the main context, filled on the hub's thread, answered in the main context. */
typedef struct
{
  KithHubServer *server;    /* owned */
  SoupServerMessage *message; /* owned */
  char *method, *path, *query, *token, *address, *type, *range;
  GBytes *body;
  gboolean gzip_in, gzip_out;
  guint connections;        /* open when it came */
  gint64 deadline_us;       /* a held request is let go then */
  guint timeout_id;
  gulong finished_id, disconnected_id;
  gboolean gone;            /* the caller hung up */

  KithHubAnswer answer;
  KithHubWork *work;        /* done, or being done; NULL: there was none */
  gint64 moment;
  KithHubPokes *pokes;      /* whom its commits concern; NULL: nobody */
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_clear_handle_id (&exchange->timeout_id, g_source_remove);
  g_signal_handler_disconnect (exchange->message, exchange->finished_id);
  g_signal_handler_disconnect (exchange->message, exchange->disconnected_id);
  kith_hub_answer_clear (&exchange->answer);
  g_clear_pointer (&exchange->work, kith_hub_work_free);
  g_clear_pointer (&exchange->pokes, kith_hub_pokes_free);
  g_clear_pointer (&exchange->body, g_bytes_unref);
  g_object_unref (exchange->message);
  g_object_unref (exchange->server);
  g_free (exchange->method);
  g_free (exchange->path);
  g_free (exchange->query);
  g_free (exchange->token);
  g_free (exchange->address);
  g_free (exchange->type);
  g_free (exchange->range);
  g_free (exchange);
}

static void run_exchange (Exchange *exchange);

/* ---- on the hub's thread */

static gpointer
handle_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Exchange *exchange = data;
  KithHubServer *self = exchange->server;
  g_autoptr (GBytes) body = NULL;
  KithHubRequest request = { exchange->method, exchange->path, exchange->query, exchange->token, exchange->address, NULL,
                             exchange->type, exchange->range, TRUE, exchange->work, exchange->connections, exchange->server->options.door.most };

  kith_hub_answer_clear (&exchange->answer);
  if (exchange->body != NULL && exchange->gzip_in)
    {
      g_autoptr (GError) unzip_error = NULL;

      body = kith_gzip_unpack (exchange->body, MIN (self->options.max_body, kith_hub_body_limit (exchange->path)), NULL, &unzip_error);
      if (body == NULL)
        {
          exchange->gzip_out = FALSE;
          exchange->answer.status = 400;
          exchange->answer.content_type = "application/json";
          exchange->answer.body = kith_hub_guard_error_body ("bad_encoding", _("The request is not gzip, or too large when unpacked."));
          return NULL;
        }
    }
  else if (exchange->body != NULL)
    body = g_bytes_ref (exchange->body);

  request.body = body;
  kith_hub_handle (self->hub, &request, &exchange->answer);
  exchange->moment = kith_hub_get_moment (self->hub);
  g_clear_pointer (&exchange->pokes, kith_hub_pokes_free);
  exchange->pokes = kith_hub_take_pokes (self->hub);

  /* A part of a file is what it is: most are packed already, and its length is what the range says. */
  if (exchange->gzip_out && exchange->answer.body != NULL && exchange->answer.range == NULL && g_bytes_get_size (exchange->answer.body) >= GZIP_FROM)
    {
      GBytes *packed = kith_gzip_pack (exchange->answer.body, NULL);

      exchange->gzip_out = packed != NULL;
      if (packed != NULL)
        {
          g_bytes_unref (exchange->answer.body);
          exchange->answer.body = packed;
        }
    }
  else if (exchange->answer.work == NULL) /* there is an answer to come */
    exchange->gzip_out = FALSE;
  return NULL;
}

/* ---- on a worker's thread */

static gboolean
worked_cb (gpointer user_data)
{
  run_exchange (user_data);
  return G_SOURCE_REMOVE;
}

static void
work_on_thread (gpointer data, gpointer user_data)
{
  Exchange *exchange = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  kith_hub_work_do (exchange->work);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, worked_cb, exchange, NULL);
  g_source_attach (source, exchange->server->context);
}

/* ---- in the main context */

static void
answer_exchange (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);
  KithHubAnswer *answer = &exchange->answer;

  /* Once it stops, the connections are closed: there is nobody to answer. */
  if (!exchange->gone && !exchange->server->stopping)
    {
      soup_server_message_set_status (exchange->message, answer->status, NULL);
      kith_hub_guard_set_headers (exchange->message);
      if (answer->body != NULL)
        {
          gsize length = 0;
          const char *data = g_bytes_get_data (answer->body, &length);

          soup_server_message_set_response (exchange->message, answer->content_type, SOUP_MEMORY_COPY, data, length);
          if (exchange->gzip_out)
            soup_message_headers_replace (headers, "Content-Encoding", "gzip");
        }
      if (answer->range != NULL)
        soup_message_headers_replace (headers, "Content-Range", answer->range);
      if (answer->retry_after > 0)
        {
          g_autofree char *seconds = g_strdup_printf ("%u", answer->retry_after);
          soup_message_headers_replace (headers, "Retry-After", seconds);
        }
      soup_server_message_unpause (exchange->message);
    }
  exchange_free (exchange);
}

static gboolean
let_go_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timeout_id = 0;
  g_hash_table_remove (exchange->server->waiting, exchange);
  kith_hub_answer_clear (&exchange->answer);
  exchange->answer.status = 204;
  answer_exchange (exchange);
  return G_SOURCE_REMOVE;
}

/* What was committed wakes those who wait and whom it concerns: each is asked again and answers by its own access
 * (sync.md 2.11). pokes NULL: all of them. */
static void
wake_waiting (KithHubServer *self, KithHubPokes *pokes)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer exchange;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &exchange, NULL))
    if (pokes == NULL || kith_hub_pokes_concern (pokes, ((Exchange *) exchange)->answer.user))
      {
        g_ptr_array_add (held, exchange);
        g_hash_table_iter_remove (&iter);
      }
  for (guint i = 0; i < held->len; i++)
    run_exchange (g_ptr_array_index (held, i));
}

static void
told_cb (gint64 moment, KithHubPokes *pokes, gpointer user_data)
{
  KithHubServer *self = user_data;

  self->seen = MAX (self->seen, moment);
  if (pokes != NULL)
    wake_waiting (self, pokes);
}

/* What costs a hash is done elsewhere, and the hub asked again with it: nobody else waits. */
static void
work_off (Exchange *exchange)
{
  if (g_thread_pool_unprocessed (exchange->server->workers) >= WORK_WAITING)
    {
      kith_hub_answer_clear (&exchange->answer);
      exchange->answer.status = 429;
      exchange->answer.content_type = "application/json";
      exchange->answer.body = kith_hub_guard_error_body (KITH_ERROR_SLOW_DOWN, _("Too many people sign in at this moment. Try again in a little while."));
      exchange->answer.retry_after = 2;
      exchange->gzip_out = FALSE;
      answer_exchange (exchange);
      return;
    }
  g_clear_pointer (&exchange->work, kith_hub_work_free);
  exchange->work = g_steal_pointer (&exchange->answer.work);
  g_thread_pool_push (exchange->server->workers, exchange, NULL);
}

static void
handled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (KithHubServer) self = g_object_ref (exchange->server);
  gint64 left_us = exchange->deadline_us - g_get_monotonic_time ();
  g_autoptr (KithHubPokes) pokes = g_steal_pointer (&exchange->pokes);
  gint64 moment = exchange->moment;

  kith_db_thread_run_finish (self->thread, result, NULL);
  if (exchange->answer.work != NULL && !exchange->gone && !self->stopping)
    work_off (exchange);
  else if (exchange->answer.wait && !exchange->gone && !self->stopping && left_us > 0 && moment < self->seen)
    run_exchange (exchange); /* what happened since it was looked at has been told already */
  else if (exchange->answer.wait && !exchange->gone && !self->stopping && left_us > 0)
    {
      exchange->timeout_id = g_timeout_add (left_us / 1000 + 1, let_go_cb, exchange);
      g_hash_table_add (self->waiting, exchange);
    }
  else
    {
      if (exchange->answer.wait)
        exchange->answer.status = 204;
      answer_exchange (exchange);
    }

  told_cb (moment, pokes, self);
}

static void
run_exchange (Exchange *exchange)
{
  g_clear_handle_id (&exchange->timeout_id, g_source_remove);
  kith_db_thread_run_async (exchange->server->thread, exchange->deadline_us > 0 ? G_PRIORITY_DEFAULT_IDLE : G_PRIORITY_DEFAULT,
                            handle_on_thread, exchange, NULL, NULL, handled_cb, exchange);
}

static void
finished_cb (SoupServerMessage *message, Exchange *exchange)
{
  exchange->gone = TRUE;
  if (g_hash_table_remove (exchange->server->waiting, exchange))
    exchange_free (exchange);
}

static void
early_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  KithHubServer *self = user_data;
  g_autofree char *caller = kith_hub_guard_caller (self->guard, message);

  if (kith_hub_door_take_head (self->door, message, caller))
    kith_hub_guard_check (self->guard, message, path, caller);
  else
    kith_hub_guard_slow_down (message, _("Too many connections are open from where you are. Nothing was lost; it is tried again."), CROWDED_RETRY_S);
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  KithHubServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  const char *content_type = soup_message_headers_get_one (headers, "Content-Type");
  guint seconds = kith_hub_guard_wait_seconds (query);
  Exchange *exchange;

  if (soup_server_message_get_status (message) != 0) /* refused while its body came in */
    return;
  exchange = g_new0 (Exchange, 1);
  exchange->server = g_object_ref (self);
  exchange->message = g_object_ref (message);
  exchange->method = g_strdup (soup_server_message_get_method (message));
  exchange->path = g_strdup (path);
  exchange->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  exchange->token = g_strdup (kith_hub_guard_token (message));
  exchange->address = kith_hub_guard_caller (self->guard, message);
  exchange->type = g_strdup (content_type != NULL ? content_type : "");
  exchange->range = g_strdup (soup_message_headers_get_one (headers, g_str_equal (exchange->method, "PUT") ? "Content-Range" : "Range"));
  soup_message_headers_remove (headers, "Range"); /* or libsoup cuts whatever is answered into as many parts as it names */
  exchange->gzip_in = encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;
  exchange->gzip_out = kith_hub_guard_accepts_gzip (message);
  exchange->connections = kith_hub_door_get_open (self->door);
  exchange->deadline_us = seconds > 0 ? g_get_monotonic_time () + seconds * G_USEC_PER_SEC : 0;
  if (soup_server_message_get_request_body (message)->length > 0)
    exchange->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  exchange->finished_id = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), exchange);
  exchange->disconnected_id = g_signal_connect (message, "disconnected", G_CALLBACK (finished_cb), exchange);
  soup_server_message_pause (message);
  run_exchange (exchange);
}

/* ---- life */

static gpointer
free_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  kith_hub_free (data);
  return NULL;
}

static void
kith_hub_server_dispose (GObject *object)
{
  KithHubServer *self = KITH_HUB_SERVER (object);

  kith_hub_server_stop (self);
  g_clear_object (&self->server);
  g_clear_pointer (&self->door, kith_hub_door_free);
  if (self->hub != NULL)
    kith_db_thread_run (self->thread, free_on_thread, g_steal_pointer (&self->hub), NULL);
  g_clear_object (&self->thread);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->guard, kith_hub_guard_free);
  g_clear_pointer (&self->ticks, kith_hub_ticks_free);
  g_clear_pointer (&self->console, kith_hub_console_free);
  if (self->workers != NULL)
    g_thread_pool_free (g_steal_pointer (&self->workers), FALSE, TRUE); /* nobody's work is left: it would hold this */
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (kith_hub_server_parent_class)->dispose (object);
}

static void
kith_hub_server_class_init (KithHubServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_hub_server_dispose;
}

static void
kith_hub_server_init (KithHubServer *self)
{
  self->waiting = g_hash_table_new (NULL, NULL);
}

KithHubServer *
kith_hub_server_new (KithDbThread *thread, KithHub *hub, const KithHubServerOptions *options)
{
  KithHubServer *self = g_object_new (KITH_TYPE_HUB_SERVER, NULL);

  self->thread = thread;
  self->hub = hub;
  self->context = g_main_context_ref_thread_default ();
  self->workers = g_thread_pool_new (work_on_thread, NULL, WORKERS, FALSE, NULL);
  self->seen = kith_hub_get_moment (hub);
  if (options != NULL)
    self->options = *options;
  if (self->options.max_body == 0)
    self->options.max_body = 4 << 20;
  self->guard = kith_hub_guard_new (G_OBJECT (self), thread, hub, self->options.max_body, self->options.rate, self->options.behind_proxy);
  self->server = soup_server_new ("server-header", "kith-hub", NULL);
  self->door = kith_hub_door_new (self->server, &self->options.door);
  self->options.door.most = kith_hub_door_get_most (self->door);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  self->ticks = kith_hub_ticks_new (G_OBJECT (self), thread, hub, told_cb, self);
  self->console = kith_hub_console_new (G_OBJECT (self), thread, hub, told_cb, self);
  if (self->options.mail != NULL)
    self->mailer = kith_hub_mailer_new (thread, hub, self->options.mail, self->options.mail_interval_ms);
  self->options.mail = NULL;
  return self;
}

gboolean
kith_hub_server_listen (KithHubServer *self, const char *address, GError **error)
{
  g_autoptr (GSocketAddress) socket_address = kith_hub_address_parse (address, self->options.behind_proxy, error);

  return socket_address != NULL && kith_hub_door_open (self->door, socket_address, error);
}

gboolean
kith_hub_server_listen_console (KithHubServer *self, const char *path, GError **error)
{
  return kith_hub_console_listen (self->console, path, error);
}

char *
kith_hub_server_get_url (KithHubServer *self)
{
  return kith_hub_door_get_url (self->door);
}

void
kith_hub_server_stop (KithHubServer *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  kith_hub_ticks_stop (self->ticks);
  kith_hub_console_stop (self->console);
  g_clear_pointer (&self->mailer, kith_hub_mailer_free);
  wake_waiting (self, NULL);
  kith_hub_door_close (self->door);
  soup_server_disconnect (self->server);
}
