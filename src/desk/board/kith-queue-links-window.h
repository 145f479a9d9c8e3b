/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* For whom a queue is (P2): the agencies, programs and services whose referrals go into it; with none it takes all. Each is asked of the hub at once. */
#define KITH_TYPE_QUEUE_LINKS_WINDOW (kith_queue_links_window_get_type ())
G_DECLARE_FINAL_TYPE (KithQueueLinksWindow, kith_queue_links_window, KITH, QUEUE_LINKS_WINDOW, AdwWindow)

GtkWidget *kith_queue_links_window_new (GtkWindow *parent, KithContext *context, const char *queue, const char *name);

G_END_DECLS
