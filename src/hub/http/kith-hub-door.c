/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-door.h"

#include "kith-hub-connection.h"
#include "kith-rate-limit.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>

#define MOST 16384          /* connections, however many files there may be */
#define KEPT_FILES 64       /* for the database, its readers, attached files and mail; half of all where there are few */
#define AT_ONCE 64          /* connections taken before others have their turn */
#define BACKLOG 512
#define SHARE 4             /* one caller has a quarter of all connections at most, */
#define SHARE_LEAST 8       /* and may always have so many */
#define LOOK_MS 5000        /* how often the silent ones are looked for */
#define REST_MS 500         /* after an accept that failed */
#define GRACE_MS 1000       /* who has just come may ask for something before it has to make room */
#define COMPLAIN_US (60 * G_USEC_PER_SEC)

struct _KithHubDoor
{
  SoupServer *soup;
  KithHubDoorOptions options;
  GSocketAddress *address; /* owned; as bound, with the port that was taken */
  GSocket *socket;         /* owned; listens */
  GSource *source;         /* owned; NULL: takes nobody at present */
  GHashTable *open;        /* set of KithHubConnection, owned */
  GHashTable *callers;     /* char * → GUINT connections */
  guint look_id, rest_id, grace_id;
  gint64 complained_us;
};

static void take_more (KithHubDoor *self);

void
kith_hub_door_raise_limit (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) < 0 || files.rlim_cur >= files.rlim_max)
    return;
  files.rlim_cur = files.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &files) < 0)
    g_debug ("the limit of open files could not be raised");
}

static guint
most_by_limit (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) < 0 || files.rlim_cur == RLIM_INFINITY)
    return MOST;
  return (guint) CLAMP (files.rlim_cur - MIN ((rlim_t) KEPT_FILES, files.rlim_cur / 2), 1, MOST);
}

/* ---- whose they are */

static void
forget_caller (KithHubDoor *self, KithHubConnection *connection)
{
  const char *caller = kith_hub_connection_get_caller (connection);
  guint n = caller != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->callers, caller)) : 0;

  if (n > 1)
    g_hash_table_insert (self->callers, g_strdup (caller), GUINT_TO_POINTER (n - 1));
  else if (n == 1)
    g_hash_table_remove (self->callers, caller);
  kith_hub_connection_set_caller (connection, NULL);
}

/* Whoever sits at this computer without a proxy in between is not counted: all desks of a demonstration are one caller then. */
static gboolean
is_counted (const char *caller)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (caller);

  return caller[0] != '\0' && (address == NULL || !g_inet_address_get_is_loopback (address));
}

gboolean
kith_hub_door_take_head (KithHubDoor *self, SoupServerMessage *message, const char *caller)
{
  KithHubConnection *connection = kith_hub_connection_of (message);
  g_autofree char *key = kith_rate_limit_key (caller);
  guint n;

  if (connection == NULL)
    return TRUE;
  kith_hub_connection_follow (connection, message);
  forget_caller (self, connection);
  if (!is_counted (caller))
    return TRUE;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->callers, key)) + 1;
  if (n > MAX (self->options.most / SHARE, SHARE_LEAST))
    return FALSE;
  kith_hub_connection_set_caller (connection, key);
  g_hash_table_insert (self->callers, g_steal_pointer (&key), GUINT_TO_POINTER (n));
  return TRUE;
}

static void
gone_cb (KithHubConnection *connection, gpointer user_data)
{
  KithHubDoor *self = user_data;

  forget_caller (self, connection);
  g_hash_table_remove (self->open, connection);
  take_more (self);
}

/* ---- taking them in */

static gboolean
grace_over_cb (gpointer user_data)
{
  KithHubDoor *self = user_data;

  self->grace_id = 0;
  take_more (self);
  return G_SOURCE_REMOVE;
}

/* Who waits longest for nothing makes room. One at a time: the next is asked when it has gone. Asked for only where somebody waits to come in. */
static void
make_room (KithHubDoor *self)
{
  gint64 longest = G_MAXINT64;
  KithHubConnection *oldest = NULL;
  GHashTableIter iter;
  gpointer connection;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    {
      gint64 since = kith_hub_connection_waits_since (connection);

      if (kith_hub_connection_is_sent_away (connection))
        return;
      if (since < longest)
        {
          longest = since;
          oldest = connection;
        }
    }
  if (oldest == NULL)
    return;
  longest += GRACE_MS * G_GINT64_CONSTANT (1000) - g_get_monotonic_time ();
  if (longest <= 0)
    kith_hub_connection_send_away (oldest);
  else if (self->grace_id == 0)
    self->grace_id = g_timeout_add ((guint) (longest / 1000 + 1), grace_over_cb, self);
}

static void
complain (KithHubDoor *self, const char *why)
{
  gint64 now = g_get_monotonic_time ();

  if (self->complained_us != 0 && now - self->complained_us < COMPLAIN_US)
    return;
  self->complained_us = now;
  g_warning ("%s %u of %u connections are open. Those that wait for nothing are closed, new ones wait until there is room. "
             "A higher limit of open files (LimitNOFILE, ulimit -n) makes more room.",
             why, g_hash_table_size (self->open), self->options.most);
}

static void
stop_taking (KithHubDoor *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean
rested_cb (gpointer user_data)
{
  KithHubDoor *self = user_data;

  self->rest_id = 0;
  take_more (self);
  return G_SOURCE_REMOVE;
}

static void
rest (KithHubDoor *self)
{
  stop_taking (self);
  if (self->rest_id == 0)
    self->rest_id = g_timeout_add (REST_MS, rested_cb, self);
}

static gboolean
take_in (KithHubDoor *self, GSocket *socket, GError **error)
{
  g_autoptr (GSocketConnection) stream = g_socket_connection_factory_create_connection (socket);
  g_autoptr (GSocketAddress) peer = g_socket_get_remote_address (socket, error);
  g_autoptr (GSocketAddress) here = peer != NULL ? g_socket_get_local_address (socket, error) : NULL;
  if (here == NULL)
    return FALSE;
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_socket_set_keepalive (socket, TRUE);
  g_hash_table_add (self->open, kith_hub_connection_new (socket, stream, peer, gone_cb, self));
  return soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), here, peer, error);
}

static gboolean
listen_on (KithHubDoor *self, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return FALSE;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return FALSE;
  g_set_object (&self->socket, socket);
  return TRUE;
}

/* What listened is broken: another one takes its place, now or after a rest. */
static void
listen_anew (KithHubDoor *self, const char *why)
{
  g_autoptr (GError) error = NULL;

  stop_taking (self);
  g_warning ("The hub was not reachable for a moment (%s) and listens anew.", why);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  if (!listen_on (self, self->address, &error))
    complain (self, error->message);
  rest (self);
}

static gboolean
is_short_of_files (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static gboolean
incoming_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  KithHubDoor *self = user_data;

  for (guint i = 0; i < AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) taken = NULL;

      if (g_hash_table_size (self->open) >= self->options.most)
        {
          if (i > 0) /* whether anybody else waits is not known yet, and what was taken has not had its turn */
            return G_SOURCE_CONTINUE;
          complain (self, "There is no room for another connection:");
          stop_taking (self);
          make_room (self);
          return G_SOURCE_REMOVE;
        }
      taken = g_socket_accept (socket, NULL, &error);
      if (taken != NULL)
        {
          if (!take_in (self, taken, &error))
            g_debug ("a connection went as it came: %s", error->message);
        }
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      else if (is_short_of_files (error))
        {
          complain (self, error->message);
          make_room (self);
          rest (self);
          return G_SOURCE_REMOVE;
        }
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
               g_socket_is_closed (socket))
        {
          listen_anew (self, error->message);
          return G_SOURCE_REMOVE;
        }
      else
        g_debug ("a connection was not taken: %s", error->message); /* it was broken off before its turn */
    }
  return G_SOURCE_CONTINUE;
}

/* Whenever there may be room again; who waits is heard of even where there is none. */
static void
take_more (KithHubDoor *self)
{
  g_autoptr (GError) error = NULL;

  if (self->address == NULL || self->rest_id != 0 || self->source != NULL)
    return;
  if (self->socket == NULL && !listen_on (self, self->address, &error))
    {
      complain (self, error->message);
      rest (self);
      return;
    }
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, (GSourceFunc) (void (*) (void)) incoming_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static gboolean
look_cb (gpointer user_data)
{
  KithHubDoor *self = user_data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer connection;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    if (kith_hub_connection_is_overdue (connection, now, self->options.patience_ms))
      kith_hub_connection_send_away (connection);
  if (self->source != NULL && g_source_is_destroyed (self->source))
    g_clear_pointer (&self->source, g_source_unref);
  take_more (self);
  return G_SOURCE_CONTINUE;
}

/* ---- life */

KithHubDoor *
kith_hub_door_new (SoupServer *soup, const KithHubDoorOptions *options)
{
  KithHubDoor *self = g_new0 (KithHubDoor, 1);

  self->soup = soup;
  self->options = *options;
  if (self->options.most == 0)
    self->options.most = most_by_limit ();
  self->open = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) kith_hub_connection_free, NULL);
  self->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kith_hub_door_close (KithHubDoor *self)
{
  stop_taking (self);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_clear_handle_id (&self->grace_id, g_source_remove);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  g_clear_object (&self->address);
}

/**
 * kith_hub_door_free:
 * @self: (transfer full): when libsoup has let go of every connection
 */
void
kith_hub_door_free (KithHubDoor *self)
{
  kith_hub_door_close (self);
  g_hash_table_unref (self->open);
  g_hash_table_unref (self->callers);
  g_free (self);
}

gboolean
kith_hub_door_open (KithHubDoor *self, GSocketAddress *address, GError **error)
{
  guint look_ms = self->options.patience_ms != 0 ? MAX (self->options.patience_ms / 4, 1) : LOOK_MS;

  if (!listen_on (self, address, error) || (self->address = g_socket_get_local_address (self->socket, error)) == NULL)
    return FALSE;
  self->look_id = g_timeout_add (look_ms, look_cb, self);
  take_more (self);
  return TRUE;
}

/**
 * kith_hub_door_get_url:
 *
 * Returns: (transfer full) (nullable): "http://127.0.0.1:41237"; NULL while it is closed
 */
char *
kith_hub_door_get_url (KithHubDoor *self)
{
  g_autofree char *host = NULL;
  GInetSocketAddress *inet;

  if (self->address == NULL)
    return NULL;
  inet = G_INET_SOCKET_ADDRESS (self->address);
  host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  return g_strdup_printf (strchr (host, ':') != NULL ? "http://[%s]:%u" : "http://%s:%u", host, g_inet_socket_address_get_port (inet));
}

guint
kith_hub_door_get_open (KithHubDoor *self)
{
  return g_hash_table_size (self->open);
}

guint
kith_hub_door_get_most (KithHubDoor *self)
{
  return self->options.most;
}
