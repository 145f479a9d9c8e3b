/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-find-window.h"
GtkWidget *kith_find_window_new (KithContext *context, GtkWindow *parent) { return g_object_new (ADW_TYPE_WINDOW, "transient-for", parent, NULL); }
