/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Network staff set up the queues (P2): create, rename, statuses, deactivate, and use again. All of it is asked of the hub at once. */
#define KITH_TYPE_QUEUES_WINDOW (kith_queues_window_get_type ())
G_DECLARE_FINAL_TYPE (KithQueuesWindow, kith_queues_window, KITH, QUEUES_WINDOW, AdwWindow)

GtkWidget *kith_queues_window_new (GtkWindow *parent, KithContext *context);

G_END_DECLS
