/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db-thread.h"
#include "kith-hub-door.h"
#include "kith-hub.h"
#include "kith-smtp.h"

G_BEGIN_DECLS

/* The hub on a socket: libsoup in the main context, the core on a thread of its own. Guards before parsing: method, length and rate are
 * checked when the head of a request has arrived, before its body is read (sync.md 5.7). */
#define KITH_TYPE_HUB_SERVER (kith_hub_server_get_type ())
G_DECLARE_FINAL_TYPE (KithHubServer, kith_hub_server, KITH, HUB_SERVER, GObject)

typedef struct
{
  gsize max_body;          /* bytes, decoded; 0: 4 MiB */
  guint rate;              /* requests a second and caller, with bursts of four times as many; 0: no limit */
  KithHubDoorOptions door; /* how many connections, and how long a silent one is borne */
  gboolean behind_proxy;   /* a proxy does TLS: addresses other than loopback are allowed */
  const KithSmtpOptions *mail; /* notices go by mail too; NULL: they do not. Copied */
  guint mail_interval_ms;  /* 0: 5 s */
} KithHubServerOptions;

/* Takes the thread and the hub that lives on it; nothing else may use the hub afterwards. */
KithHubServer *kith_hub_server_new (KithDbThread *thread, KithHub *hub, const KithHubServerOptions *options);
gboolean kith_hub_server_listen (KithHubServer *self, const char *address, GError **error); /* "127.0.0.1:0", "[::1]:8080" */
/* Commands of kith-hub have what they want done at this socket (kith-hub-console.h). */
gboolean kith_hub_server_listen_console (KithHubServer *self, const char *path, GError **error);
char *kith_hub_server_get_url (KithHubServer *self);                                        /* "http://127.0.0.1:41237", NULL before listen */
void kith_hub_server_stop (KithHubServer *self);                                            /* what is held is not answered any more; closes the sockets */

G_END_DECLS
