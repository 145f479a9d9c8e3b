/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* How it stands with the hub: since when it is away, where it was asked and what came of it, what is safe; asking again, and another address. */
#define KITH_TYPE_CONNECTION_WINDOW (kith_connection_window_get_type ())
G_DECLARE_FINAL_TYPE (KithConnectionWindow, kith_connection_window, KITH, CONNECTION_WINDOW, AdwWindow)

GtkWidget *kith_connection_window_new (KithContext *context, GtkWindow *parent);

G_END_DECLS
