/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-server.h"

#include "kith-db-thread.h"
#include "kith-http-transport.h"
#include "kith-json.h"
#include "kith-protocol.h"

/* Two desks over real sockets, each on its own thread with an encrypted store; both wait by long-poll. One changes a client,
 * the clock stops when the other has committed it. Beside it a bare round trip to the same server. */

#define CLIENTS 200
#define CHANGES 300
#define PAUSE_US 15000 /* until the receiver waits again */

/* A desk on its thread: what drives engine and transport. */
typedef struct
{
  KithDbThread *thread;
  BenchNet *net;
  const char *login, *url;
  char *path;
  KithRandom *random;
  KithStore *store;
  KithSyncEngine *engine;
  KithTransport *transport;
  GCancellable *cancellable;
  GSource *timer;
  gint in_flight;

  GMutex mutex;
  GCond cond;
  guint changes;       /* of clients, committed */
  gint64 last_change;
} Peer;

static void turn (Peer *self);

typedef struct
{
  Peer *peer;
  guint64 serial;
} Sent;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sent *sent = user_data;
  Peer *self = sent->peer;
  g_auto (KithTransportAnswer) answer = { 0 };

  self->in_flight--;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      kith_transport_send_finish (KITH_TRANSPORT (source), result, &answer, NULL);
      return;
    }
  if (kith_transport_send_finish (KITH_TRANSPORT (source), result, &answer, NULL))
    kith_sync_engine_answer (self->engine, sent->serial, answer.status, answer.content_type, answer.body, answer.retry_after);
  else
    kith_sync_engine_fail (self->engine, sent->serial);
  turn (self);
}

static gboolean
timer_cb (gpointer data)
{
  Peer *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  turn (self);
  return G_SOURCE_REMOVE;
}

static void
turn (Peer *self)
{
  gint64 wake = -1;
  KithSyncRequest *request;

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);

  while ((request = kith_sync_engine_next (self->engine, &wake)) != NULL)
    {
      Sent *sent = g_new (Sent, 1);

      *sent = (Sent) { self, request->serial };
      self->in_flight++;
      kith_transport_send_async (self->transport, request, self->cancellable, answered_cb, sent);
      kith_sync_request_free (request);
    }
  if (wake < 0)
    return;
  self->timer = g_timeout_source_new ((guint) CLAMP (wake - kith_clock_mono_ms (self->net->clock), 0, G_MAXINT));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, kith_db_thread_get_context (self->thread));
}

static void
changed_cb (KithStore *store, const char *const *kinds, Peer *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!g_strv_contains (kinds, "client"))
    return;
  g_mutex_lock (&self->mutex);
  self->changes++;
  self->last_change = now;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* On the peer's thread, from the store made before to waiting at the hub. */
static gpointer
start_peer (gpointer data, GCancellable *cancellable, GError **error)
{
  Peer *self = data;

  self->transport = kith_http_transport_new (self->url, error);
  return self->transport != NULL ? self : NULL;
}

static gpointer
begin_sync (gpointer data, GCancellable *cancellable, GError **error)
{
  turn (data);
  return data;
}

static gpointer
stop_peer (gpointer data, GCancellable *cancellable, GError **error)
{
  Peer *self = data;

  g_cancellable_cancel (self->cancellable);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  while (self->in_flight > 0)
    g_main_context_iteration (kith_db_thread_get_context (self->thread), TRUE);
  g_clear_pointer (&self->engine, kith_sync_engine_free);
  g_clear_object (&self->store);
  g_clear_object (&self->transport);
  return NULL;
}

static gboolean
make_peer (Peer *self, BenchNet *net, const char *login, GError **error)
{
  g_autofree char *name = g_strconcat (login, ".db", NULL);
  g_autofree char *token = NULL;

  self->net = net;
  self->login = login;
  self->path = bench_path (name);
  self->random = kith_random_new_seeded (g_str_hash (login));
  self->thread = kith_db_thread_new (login);
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->store = bench_store_new (net, self->random, self->path, error);
  token = self->store != NULL ? bench_sign_in (net, self->store, login, login, error) : NULL;
  if (token == NULL)
    return FALSE;
  self->engine = kith_sync_engine_new (self->store, net->clock, self->random);
  kith_sync_engine_set_token (self->engine, token);
  g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);
  return TRUE;
}

static void
free_peer (Peer *self)
{
  if (self->thread == NULL)
    return;
  kith_db_thread_run (self->thread, stop_peer, self, NULL);
  kith_db_thread_stop (self->thread);
  g_clear_object (&self->thread);
  g_clear_object (&self->cancellable);
  kith_random_free (self->random);
  bench_remove (self->path);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

typedef struct
{
  Peer *author, *reader;
  guint changes;
  BenchResult *result;
  GError *error;
} Delta;

typedef struct
{
  Peer *peer;
  guint i;
} Change;

static gpointer
make_change (gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;
  Peer *self = change->peer;
  g_autofree char *client = bench_client_id (self->net, change->i % CLIENTS);
  guint round = change->i / CLIENTS;
  g_autofree char *old = round > 0 ? g_strdup_printf ("Note %u", round) : NULL;
  g_autofree char *new = g_strdup_printf ("Note %u", round + 1);
  JsonObject *field = kith_json_new ("old", "s", old, "new", "s", new, NULL);
  g_autoptr (JsonObject) args =
      kith_json_new ("t", "s", "client", "id", "s", client, "set", "o", kith_json_new ("contact_note", "o", field, NULL), NULL);

  if (old == NULL)
    json_object_set_null_member (field, "old");
  if (!kith_store_submit (self->store, "record.patch", args, 0, NULL, error))
    return NULL;
  kith_sync_engine_nudge (self->engine);
  turn (self);
  return self;
}

/* Waits until the peer has seen as many changes; FALSE after ten seconds. */
static gboolean
wait_for_change (Peer *self, guint count, gint64 *at)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gboolean seen = TRUE;

  g_mutex_lock (&self->mutex);
  while (self->changes < count && seen)
    seen = g_cond_wait_until (&self->cond, &self->mutex, deadline);
  *at = self->last_change;
  seen = self->changes >= count;
  g_mutex_unlock (&self->mutex);
  return seen;
}

static guint
count_changes (Peer *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->changes;
  g_mutex_unlock (&self->mutex);
  return count;
}

/* Until nothing moves: both filled and waiting. */
static void
settle (Delta *delta)
{
  guint before;

  do
    {
      before = count_changes (delta->author) + count_changes (delta->reader);
      g_usleep (500000);
    }
  while (before == 0 || before != count_changes (delta->author) + count_changes (delta->reader));
}

static gpointer
delta_thread (gpointer data)
{
  Delta *delta = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupSession) session = NULL;
  gboolean ok;

  g_main_context_push_thread_default (context);
  session = soup_session_new ();
  ok = kith_db_thread_run (delta->author->thread, start_peer, delta->author, &delta->error) != NULL &&
       kith_db_thread_run (delta->reader->thread, start_peer, delta->reader, &delta->error) != NULL;
  if (ok)
    {
      kith_db_thread_run (delta->author->thread, begin_sync, delta->author, NULL);
      kith_db_thread_run (delta->reader->thread, begin_sync, delta->reader, NULL);
      settle (delta);
    }

  for (guint i = 0; ok && i < delta->changes; i++)
    {
      guint before = count_changes (delta->reader);
      Change change = { delta->author, i };
      gint64 begun = g_get_monotonic_time (), at = 0;
      double trip;

      ok = kith_db_thread_run (delta->author->thread, make_change, &change, &delta->error) != NULL && wait_for_change (delta->reader, before + 1, &at);
      if (ok)
        bench_add (delta->result->values, (double) (at - begun) / 1000);
      g_usleep (PAUSE_US);
      trip = bench_round_trip (session, delta->author->url, KITH_PATH_HELLO, NULL, NULL);
      if (trip >= 0)
        bench_add (delta->result->limits, trip);
    }
  g_clear_object (&session);
  g_main_context_pop_thread_default (context);
  return ok ? delta : NULL;
}

gboolean
bench_delta (const BenchOptions *options, GError **error)
{
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, CLIENTS, error);
  g_autoptr (BenchServer) server = NULL;
  Peer author = { 0 }, reader = { 0 };
  BenchResult result;
  Delta delta = { &author, &reader, options->runs > 0 ? options->runs : CHANGES, &result, NULL };
  gboolean ok = net != NULL && make_peer (&author, net, "ann", error) && make_peer (&reader, net, "amy", error);

  server = ok ? bench_server_new (net, error) : NULL;
  if (server != NULL)
    {
      author.url = reader.url = bench_server_get_url (server);
      bench_result_init (&result, "delta", "ms", "median within 10 ms, p99 within 50 ms");
      ok = bench_server_run (server, delta_thread, &delta);
      if (!ok)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "a change did not arrive after %u others%s%s", result.values->len,
                     delta.error != NULL ? ": " : "", delta.error != NULL ? delta.error->message : "");
      else
        bench_report (options, &result);
    }
  g_clear_error (&delta.error);
  free_peer (&author);
  free_peer (&reader);
  return ok && server != NULL;
}
