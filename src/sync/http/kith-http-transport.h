/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-transport.h"

G_BEGIN_DECLS

/* The transport over HTTP(S), by libsoup. Plain http is taken for loopback only; redirects are not followed, so a captive portal is an
 * answer without Kith's first line, and a bearer token never travels to another host (sync.md 5.4). */
#define KITH_TYPE_HTTP_TRANSPORT (kith_http_transport_get_type ())
G_DECLARE_FINAL_TYPE (KithHttpTransport, kith_http_transport, KITH, HTTP_TRANSPORT, KithTransport)

KithTransport *kith_http_transport_new (const char *hub_url, GError **error);
KithTransport *kith_http_transport_factory (const char *hub_url, gpointer user_data, GError **error); /* a KithTransportFactory */

G_END_DECLS
