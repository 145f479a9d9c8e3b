/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "widgets/kith-timeline.h"

G_BEGIN_DECLS

/* How single rows of a client's record read. now: wall ms. */
GtkWidget *kith_client_referral_row_new (KithRow *row, KithContext *context);                /* a row of client-referrals, which leads to it */
void kith_client_add_history (KithTimeline *history, KithRow *row, gint64 now);      /* one line, whatever kind of record it came from */

G_END_DECLS
