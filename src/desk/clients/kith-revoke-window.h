/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Takes a consent back, or all of a client's, in one act (C5): says who loses sight of what, and has each open referral of this agency recalled
 * or kept with a legal basis. Another agency's is for its sender to recall. */
#define KITH_TYPE_REVOKE_WINDOW (kith_revoke_window_get_type ())
G_DECLARE_FINAL_TYPE (KithRevokeWindow, kith_revoke_window, KITH, REVOKE_WINDOW, AdwWindow)

GtkWidget *kith_revoke_window_new (GtkWindow *parent, KithContext *context, const char *client, const char *consent); /* consent NULL: everything */

void kith_revoke_window_set_event (KithRevokeWindow *self, const char *event); /* what was to end it, and has happened: the reason begins so */

G_END_DECLS
