/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One connection of the door, and so one request: what it is at, since when, and for whom. */
typedef enum
{
  KITH_CONNECTION_AWAITING, /* a request's head */
  KITH_CONNECTION_READING,  /* its body */
  KITH_CONNECTION_WORKING,  /* the hub has it: nobody to blame but us, and a held request ends by itself */
  KITH_CONNECTION_ANSWERING
} KithConnectionPhase;

typedef struct _KithHubConnection KithHubConnection;
typedef void (*KithConnectionGone) (KithHubConnection *connection, gpointer user_data);

/* gone: libsoup let go of it; the one who made it frees it then. */
KithHubConnection *kith_hub_connection_new (GSocket *socket, GSocketConnection *stream, GSocketAddress *peer, KithConnectionGone gone, gpointer user_data);
void kith_hub_connection_free (KithHubConnection *self);
KithHubConnection *kith_hub_connection_of (SoupServerMessage *message); /* NULL: not one of ours, or gone */

/* The head of a request is here: from now on the message tells how it gets on. */
void kith_hub_connection_follow (KithHubConnection *self, SoupServerMessage *message);
void kith_hub_connection_ask_hub (SoupServerMessage *message, gboolean out); /* a question of its head is out, or answered: until then it is the hub that is waited for */
void kith_hub_connection_send_away (KithHubConnection *self);
gboolean kith_hub_connection_is_sent_away (KithHubConnection *self);
gboolean kith_hub_connection_is_overdue (KithHubConnection *self, gint64 now_us, guint patience_ms /* 0: as is usual for what it is at */);
gint64 kith_hub_connection_waits_since (KithHubConnection *self); /* for a request, µs; G_MAXINT64: it is at one */

/* Who has sent its request; NULL: nobody is counted. */
const char *kith_hub_connection_get_caller (KithHubConnection *self);
void kith_hub_connection_set_caller (KithHubConnection *self, const char *caller);

G_END_DECLS
