/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Ctrl+K: one box that finds clients, referrals, services and commands (after ">"). */
#define KITH_TYPE_FIND_WINDOW (kith_find_window_get_type ())
G_DECLARE_FINAL_TYPE (KithFindWindow, kith_find_window, KITH, FIND_WINDOW, AdwWindow)

GtkWidget *kith_find_window_new (KithContext *context, GtkWindow *parent);

G_END_DECLS
