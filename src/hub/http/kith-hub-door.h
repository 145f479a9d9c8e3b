/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Where connections come in. It listens by itself and hands each connection to libsoup, whose own listener gives up for good at the first accept
 * that fails: so that the hub never has more of them than it has file descriptors for, lets nobody hold one without using it, and is there again
 * when it was short of them. A connection serves one request: of those that are kept for the next, libsoup before 3.4 (Debian 12) never closes the
 * ones their caller has closed, and each costs a file for good. The proxy is near, and keeps its own with the desks. Main context only. */
typedef struct _KithHubDoor KithHubDoor;

typedef struct
{
  guint most;        /* connections at once; 0: by how many files the process may open */
  guint patience_ms; /* how long a silent one is borne, whatever it is at; 0: as long as is usual for each */
} KithHubDoorOptions;

KithHubDoor *kith_hub_door_new (SoupServer *soup /* not owned */, const KithHubDoorOptions *options);
void kith_hub_door_free (KithHubDoor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithHubDoor, kith_hub_door_free)

gboolean kith_hub_door_open (KithHubDoor *self, GSocketAddress *address, GError **error);
void kith_hub_door_close (KithHubDoor *self); /* listens no more; the connections are libsoup's to close */
char *kith_hub_door_get_url (KithHubDoor *self);

/* The head of a request is here: from now on the message tells how it gets on. FALSE: this caller has more than its share of the connections. */
gboolean kith_hub_door_take_head (KithHubDoor *self, SoupServerMessage *message, const char *caller);

guint kith_hub_door_get_open (KithHubDoor *self); /* connections */
guint kith_hub_door_get_most (KithHubDoor *self);

/* As many files as the system lets this process open; to be called before the first socket. */
void kith_hub_door_raise_limit (void);

G_END_DECLS
