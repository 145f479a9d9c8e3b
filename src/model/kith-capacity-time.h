/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* For how long a number of free places counts: until the day it was said for, else a number for a day, a week or a month until that ends where the
 * agency is; else until the next count. */

/* ends_ms: the first moment at which it says nothing any more; G_MAXINT64: it has no end. FALSE: the world failed. */
gboolean kith_capacity_ends (KithWorld *world, KithRecord *capacity, gint64 *ends_ms, GError **error);

/* The day after which it says nothing, where the agency is, is over at that moment; what was not counted is not over. FALSE: the world failed. */
gboolean kith_capacity_is_over (KithWorld *world, KithRecord *capacity, gint64 at_ms, gboolean *over, GError **error);

/* The places a referral to that service takes one of (sync.md 2.5): those of the service itself where it counts any, not what one is only assessed for
 * (domain.md 2h); of these the first with room, else the first that is counted. A number whose time is over is none. service: nullable; *capacity: transfer
 * full; NULL: nothing is counted for referrals. FALSE: the world failed. */
gboolean kith_capacity_for_referral (KithWorld *world, const char *service, gint64 at_ms, KithRecord **capacity, GError **error);

/* Whether what is said of a count is more than how many are free: such words go by when they were said, and do not overtake others (P4). */
gboolean kith_capacity_says_words (JsonObject *count);

G_END_DECLS
