/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One contact record: who called, each need with its status (P22), and beside it what became of the referrals made from it. */
#define KITH_TYPE_CONTACT_VIEW (kith_contact_view_get_type ())
G_DECLARE_FINAL_TYPE (KithContactView, kith_contact_view, KITH, CONTACT_VIEW, AdwBin)

GtkWidget *kith_contact_view_new (KithContext *context);
void kith_contact_view_set_contact (KithContactView *self, const char *id); /* NULL: none */
const char *kith_contact_view_get_name (KithContactView *self);             /* NULL: nothing is shown */

G_END_DECLS
