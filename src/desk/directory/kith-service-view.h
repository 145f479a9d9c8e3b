/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One service of the directory, with its agency, places, hours and contacts. */
#define KITH_TYPE_SERVICE_VIEW (kith_service_view_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceView, kith_service_view, KITH, SERVICE_VIEW, AdwBin)

GtkWidget *kith_service_view_new (KithContext *context);
void kith_service_view_set_service (KithServiceView *self, const char *id); /* NULL: none */
gboolean kith_service_view_enter_direct (KithServiceView *self); /* to the switch for direct referrals; FALSE: there is none here, or not for this account */

G_END_DECLS
