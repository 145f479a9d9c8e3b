/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-watch.h"

G_BEGIN_DECLS

/* How many referrals somebody closed in the week before this one: the overview by mail has that number too, and names nobody (domain.md 1f, 4). */
KithWatch *kith_staff_closed_watch_new (KithContext *context, const char *staff, KithWatchFunc func, gpointer user_data); /* one row: n. NULL: nobody here may know */
char *kith_staff_closed_words (KithContext *context, int n); /* with the week; yours */

G_END_DECLS
