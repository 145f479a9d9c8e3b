/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db-thread.h"
#include "kith-hub.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What is asked of a request when its head has arrived and nothing of its body has been read (sync.md 5.7): path, method, length, type, how
 * often this caller came lately, and whether its token opens anything. Main context only. */
typedef struct _KithHubGuard KithHubGuard;

KithHubGuard *kith_hub_guard_new (GObject *server /* kept while a question is out; not owned */, KithDbThread *thread, KithHub *hub, gsize max_body,
                                  guint rate /* requests a second and caller; 0: no limit */, gboolean behind_proxy);
void kith_hub_guard_free (KithHubGuard *self);
void kith_hub_guard_check (KithHubGuard *self, SoupServerMessage *message, const char *path, const char *caller);
void kith_hub_guard_slow_down (SoupServerMessage *message, const char *sentence, guint retry_after); /* 429, before the body is read */

/* For the answers that come later. */
GBytes *kith_hub_guard_error_body (const char *code, const char *sentence);
void kith_hub_guard_set_headers (SoupServerMessage *message);
const char *kith_hub_guard_token (SoupServerMessage *message); /* NULL: none */
gboolean kith_hub_guard_accepts_gzip (SoupServerMessage *message);
guint kith_hub_guard_wait_seconds (GHashTable *query); /* how long the request may be held; query: nullable */
char *kith_hub_guard_caller (KithHubGuard *self, SoupServerMessage *message);
char *kith_hub_guard_caller_of (const char *peer, const char *forwarded, gboolean behind_proxy);

G_END_DECLS
