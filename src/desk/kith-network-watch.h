/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop.h"

G_BEGIN_DECLS

/* The network came back: the hub is tried at once, where Kith would have waited some minutes (kith_desktop_try_now(), which keeps to what the hub asked
 * for). It only ever adds a try: where nobody says how the network stands, or it is said not to be there, Kith goes on as it does. */
#define KITH_TYPE_NETWORK_WATCH (kith_network_watch_get_type ())
G_DECLARE_FINAL_TYPE (KithNetworkWatch, kith_network_watch, KITH, NETWORK_WATCH, GObject)

#define KITH_NETWORK_SETTLE_MS 3000 /* addresses and routes come one by one */

KithNetworkWatch *kith_network_watch_new (KithDesktop *desktop, GNetworkMonitor *monitor, guint settle_ms);

G_END_DECLS
