/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* How single rows of a client's record read. now: wall ms. */
GtkWidget *kith_client_referral_row_new (KithRow *row, KithContext *context);                /* a row of client-referrals, which leads to it */
GtkWidget *kith_client_history_entry_new (KithRow *row, gint64 now); /* for its timeline, whatever kind of record it came from */

G_END_DECLS
