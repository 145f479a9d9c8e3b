/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What a person can choose: about Kith on this computer, each row one key of the settings, and which mail the hub sends them (KithMailRows). Each takes
 * effect at once. */
#define KITH_TYPE_PREFERENCES_WINDOW (kith_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (KithPreferencesWindow, kith_preferences_window, KITH, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *kith_preferences_window_new (KithContext *context, GtkWindow *parent);

G_END_DECLS
