/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Another password of one's own: the present one, the new one twice. What is wrong is said in the window; until the hub has taken it nothing changes. */
#define KITH_TYPE_PASSWORD_WINDOW (kith_password_window_get_type ())
G_DECLARE_FINAL_TYPE (KithPasswordWindow, kith_password_window, KITH, PASSWORD_WINDOW, AdwWindow)

GtkWidget *kith_password_window_new (KithContext *context, GtkWindow *parent);

G_END_DECLS
