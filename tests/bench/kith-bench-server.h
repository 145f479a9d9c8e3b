/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-bench-net.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The network's hub on a loopback socket, with its core on a thread of its own and the sockets in this thread's main context. */
typedef struct _BenchServer BenchServer;

BenchServer *bench_server_new (BenchNet *net, GError **error); /* takes the hub out of the net */
void bench_server_free (BenchServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchServer, bench_server_free)
const char *bench_server_get_url (BenchServer *self);

/* Runs func on a thread while the server answers in this one; waits for its end. */
gboolean bench_server_run (BenchServer *self, GThreadFunc func, gpointer data);

/* One round trip, on a thread that is not the server's; milliseconds, -1 when the status is not 200. */
double bench_round_trip (SoupSession *session, const char *url, const char *path, const char *token, GBytes *body);

G_END_DECLS
