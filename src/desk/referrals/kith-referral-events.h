/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop.h"
#include "widgets/kith-timeline.h"

G_BEGIN_DECLS

/* One line of the query "referral-events", in words. now: ms, for days as people say them */
void kith_referral_events_add (KithTimeline *timeline, KithRow *row, gint64 now);

G_END_DECLS
