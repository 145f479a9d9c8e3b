/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-connection.h"

#define HEAD_MS 30000       /* from the connection to the head of its request */
#define BODY_SILENT_MS 60000
#define BODY_MS 900000      /* all of a body, in however small parts it comes */
#define ANSWER_SILENT_MS 180000 /* an answer that is not read on: what lies in the sockets takes a slow line long */
#define KEY "kith-connection"

struct _KithHubConnection
{
  GSocket *socket;           /* owned */
  GSocketConnection *stream; /* not owned: libsoup's; NULL: gone */
  GSocketAddress *peer;      /* owned; libsoup's messages know the same object: it is how they find their connection */
  char *caller;
  KithConnectionPhase phase;
  gint64 began, moved;       /* in this phase; its latest sign of life; µs */
  gboolean sent_away;
  KithConnectionGone gone;
  gpointer user_data;
};

static void
gone_cb (gpointer data, GObject *stream)
{
  KithHubConnection *self = data;

  self->stream = NULL;
  self->gone (self, self->user_data);
}

KithHubConnection *
kith_hub_connection_new (GSocket *socket, GSocketConnection *stream, GSocketAddress *peer, KithConnectionGone gone, gpointer user_data)
{
  KithHubConnection *self = g_new0 (KithHubConnection, 1);

  self->socket = g_object_ref (socket);
  self->stream = stream;
  self->peer = g_object_ref (peer);
  self->began = self->moved = g_get_monotonic_time ();
  self->gone = gone;
  self->user_data = user_data;
  g_object_set_data (G_OBJECT (peer), KEY, self);
  g_object_weak_ref (G_OBJECT (stream), gone_cb, self);
  return self;
}

void
kith_hub_connection_free (KithHubConnection *self)
{
  if (self->stream != NULL)
    g_object_weak_unref (G_OBJECT (self->stream), gone_cb, self);
  g_object_set_data (G_OBJECT (self->peer), KEY, NULL);
  g_object_unref (self->peer);
  g_object_unref (self->socket);
  g_free (self->caller);
  g_free (self);
}

static void
enter (KithHubConnection *self, KithConnectionPhase phase)
{
  self->moved = g_get_monotonic_time ();
  if (self->phase != phase)
    self->began = self->moved;
  self->phase = phase;
}

/* ---- how a request gets on; the peer is what finds its connection, which may be gone before the message is */

static void
move_on (gpointer peer, KithConnectionPhase phase)
{
  KithHubConnection *self = g_object_get_data (peer, KEY);

  if (self != NULL)
    enter (self, phase);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer peer)
{
  move_on (peer, KITH_CONNECTION_READING);
}

static void
got_body_cb (SoupServerMessage *message, gpointer peer)
{
  move_on (peer, KITH_CONNECTION_WORKING);
}

static void
wrote_headers_cb (SoupServerMessage *message, gpointer peer)
{
  move_on (peer, KITH_CONNECTION_ANSWERING);
}

static void
wrote_data_cb (SoupServerMessage *message, guint size, gpointer peer)
{
  move_on (peer, KITH_CONNECTION_ANSWERING);
}

static void
let_go (gpointer peer, GClosure *closure)
{
  g_object_unref (peer);
}

static void
follow (SoupServerMessage *message, GSocketAddress *peer, const char *signal, GCallback callback)
{
  g_signal_connect_data (message, signal, callback, g_object_ref (peer), let_go, 0);
}

KithHubConnection *
kith_hub_connection_of (SoupServerMessage *message)
{
  GSocketAddress *peer = soup_server_message_get_remote_address (message);

  return peer != NULL ? g_object_get_data (G_OBJECT (peer), KEY) : NULL;
}

void
kith_hub_connection_follow (KithHubConnection *self, SoupServerMessage *message)
{
  enter (self, KITH_CONNECTION_READING);
  follow (message, self->peer, "got-chunk", G_CALLBACK (got_chunk_cb));
  follow (message, self->peer, "got-body", G_CALLBACK (got_body_cb));
  follow (message, self->peer, "wrote-headers", G_CALLBACK (wrote_headers_cb));
  follow (message, self->peer, "wrote-body-data", G_CALLBACK (wrote_data_cb));
}

void
kith_hub_connection_ask_hub (SoupServerMessage *message, gboolean out)
{
  KithHubConnection *self = kith_hub_connection_of (message);

  if (self != NULL)
    enter (self, out ? KITH_CONNECTION_WORKING : KITH_CONNECTION_READING);
}

/**
 * kith_hub_connection_send_away:
 *
 * Ends both directions: libsoup reads the end, or cannot write on, and lets go of it.
 */
void
kith_hub_connection_send_away (KithHubConnection *self)
{
  self->sent_away = TRUE;
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

gboolean
kith_hub_connection_is_sent_away (KithHubConnection *self)
{
  return self->sent_away;
}

static gint64
patience_us (KithHubConnection *self, guint ms)
{
  static const guint usual[] = { [KITH_CONNECTION_AWAITING] = HEAD_MS, [KITH_CONNECTION_READING] = BODY_SILENT_MS,
                                 [KITH_CONNECTION_ANSWERING] = ANSWER_SILENT_MS };

  return (gint64) (ms != 0 ? ms : usual[self->phase]) * 1000;
}

gboolean
kith_hub_connection_is_overdue (KithHubConnection *self, gint64 now_us, guint patience_ms)
{
  if (self->phase == KITH_CONNECTION_WORKING || self->sent_away)
    return FALSE;
  return now_us - self->moved > patience_us (self, patience_ms) ||
         (self->phase == KITH_CONNECTION_READING && now_us - self->began > (gint64) BODY_MS * 1000);
}

gint64
kith_hub_connection_waits_since (KithHubConnection *self)
{
  return self->phase == KITH_CONNECTION_AWAITING ? self->moved : G_MAXINT64;
}

const char *
kith_hub_connection_get_caller (KithHubConnection *self)
{
  return self->caller;
}

void
kith_hub_connection_set_caller (KithHubConnection *self, const char *caller)
{
  g_free (self->caller);
  self->caller = g_strdup (caller);
}
