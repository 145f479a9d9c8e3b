/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Ctrl+K: one box that finds clients, referrals, services and commands. */
GtkWidget *kith_find_window_new (KithContext *context, GtkWindow *parent);

G_END_DECLS
