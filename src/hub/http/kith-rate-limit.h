/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A token bucket per caller: an address (of IPv6 its /64), or whatever else tells callers apart. Idle buckets are forgotten, so memory is bounded by the callers of the last minute. */
typedef struct _KithRateLimit KithRateLimit;

KithRateLimit *kith_rate_limit_new (guint per_second, guint burst);
void kith_rate_limit_free (KithRateLimit *self);
gboolean kith_rate_limit_take (KithRateLimit *self, const char *caller, gint64 now_us, guint *retry_after_s); /* FALSE: too many */

char *kith_rate_limit_key (const char *caller); /* which callers are one */

G_END_DECLS
