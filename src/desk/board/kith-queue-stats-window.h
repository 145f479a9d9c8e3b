/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* What became of the referrals of a queue that came in a period (D13, P21): numbers alone, as a table and as CSV. Of what this computer holds. */
#define KITH_TYPE_QUEUE_STATS_WINDOW (kith_queue_stats_window_get_type ())
G_DECLARE_FINAL_TYPE (KithQueueStatsWindow, kith_queue_stats_window, KITH, QUEUE_STATS_WINDOW, AdwWindow)

GtkWidget *kith_queue_stats_window_new (GtkWindow *parent, KithContext *context, const char *queue, const char *name);
void kith_queue_stats_window_export (KithQueueStatsWindow *self, GFile *to); /* without the question where to */

G_END_DECLS
