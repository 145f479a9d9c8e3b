/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One account: of a standard one the role, the duties, the health flag and the services with the role for each (U2, U10 to U12); of one of the
 * provider portal what it follows and may (P8 to P11), which it has once its level is saved (P7). Staged until Save; those who may not change
 * it read it. */
#define KITH_TYPE_ACCOUNT_WINDOW (kith_account_window_get_type ())
G_DECLARE_FINAL_TYPE (KithAccountWindow, kith_account_window, KITH, ACCOUNT_WINDOW, AdwWindow)

GtkWidget *kith_account_window_new (GtkWindow *parent, KithContext *context, const char *staff);
gboolean kith_account_may_change (KithContext *context, const char *agency); /* its administrator, network staff */

G_END_DECLS
