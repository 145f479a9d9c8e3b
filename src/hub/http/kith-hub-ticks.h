/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db-thread.h"
#include "kith-hub.h"

G_BEGIN_DECLS

/* The hub's own clock: what nobody asks for is done every so often on the hub's thread, and again soon while there is more of it. Main context only. */
typedef struct _KithHubTicks KithHubTicks;
typedef void (*KithHubTold) (gint64 moment, KithHubPokes *pokes /* borrowed; nullable */, gpointer user_data); /* kith_hub_get_moment() of what was done, and whom it concerns */

KithHubTicks *kith_hub_ticks_new (GObject *server /* kept while one is under way; not owned */, KithDbThread *thread, KithHub *hub,
                                  KithHubTold told, gpointer user_data);
void kith_hub_ticks_stop (KithHubTicks *self);
void kith_hub_ticks_free (KithHubTicks *self); /* with none under way; the server keeps it until then */

G_END_DECLS
