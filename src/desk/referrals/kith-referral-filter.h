/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Chips that narrow a list of referrals: whose, late, phase, service. They stand below the search entry, which Ctrl+F brings.
 * Signal "changed". */
#define KITH_TYPE_REFERRAL_FILTER (kith_referral_filter_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralFilter, kith_referral_filter, KITH, REFERRAL_FILTER, AdwBin)

/* services: named query of the services these referrals go to (id, name; its input is the agency). */
GtkWidget *kith_referral_filter_new (KithContext *context, const char *services);
void kith_referral_filter_set_phases (KithReferralFilter *self, const char *const *phases, gboolean answers); /* of the list shown; answers: it has answers that are due */
void kith_referral_filter_set_text (KithReferralFilter *self, const char *text);
void kith_referral_filter_set_person (KithReferralFilter *self, const char *id, const char *name); /* what lies with one colleague */
gboolean kith_referral_filter_is_active (KithReferralFilter *self);
void kith_referral_filter_clear (KithReferralFilter *self);  /* the text too */
void kith_referral_filter_update (KithReferralFilter *self); /* whose desk it is is known now */
char **kith_referral_filter_args (KithReferralFilter *self); /* of the queries inbox-found and sent-found. Yours */

G_END_DECLS
