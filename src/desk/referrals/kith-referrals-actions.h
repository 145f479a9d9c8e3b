/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-referral-view.h"
#include "kith-referrals-page.h"

G_BEGIN_DECLS

/* What can be done with the referral shown: actions "referral.*" of the page, and the strip of buttons with their keys printed on them. */
void kith_referrals_actions_install (GtkWidgetClass *klass);
void kith_referrals_actions_update (GtkWidget *page, GtkWidget *bar, KithReferralView *view); /* only what the rules allow now is enabled, and shown */
void kith_referrals_print_add_button (KithSplitPage *page); /* of the list, where there is room */
void kith_referrals_print_install (GtkWidgetClass *klass); /* kith-referrals-print.c */
GtkWidget *kith_referrals_action_bar_new (void);

KithReferralView *kith_referrals_page_get_view (KithReferralsPage *self);

G_END_DECLS
