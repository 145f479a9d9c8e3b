/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The statuses of one queue: named, ordered, added and taken away; nothing is changed before Save (P1). */
#define KITH_TYPE_STATUSES_WINDOW (kith_statuses_window_get_type ())
G_DECLARE_FINAL_TYPE (KithStatusesWindow, kith_statuses_window, KITH, STATUSES_WINDOW, AdwWindow)

GtkWidget *kith_statuses_window_new (GtkWindow *parent, KithContext *context, const char *queue, const char *name);

G_END_DECLS
