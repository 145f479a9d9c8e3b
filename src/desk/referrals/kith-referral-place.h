/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is known of the place that a referral takes where its service counts places (sync.md 2.5): kept for it, asked for and not confirmed yet,
 * or none free. Hidden where there is nothing to say. Signal "changed": kith_referral_place_is_asked_for() says something else. */
#define KITH_TYPE_REFERRAL_PLACE (kith_referral_place_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralPlace, kith_referral_place, KITH, REFERRAL_PLACE, AdwBin)

void kith_referral_place_set (KithReferralPlace *self, KithContext *context, const char *id); /* NULL: none */
void kith_referral_place_follow (KithReferralPlace *self, JsonObject *referral, JsonObject *course); /* their bodies, course nullable; shown to those it came to */
const char *kith_referral_place_accepted_words (KithReferralPlace *self); /* what an acceptance is told by: a place is asked for, or none is free; NULL: nobody counts */
gboolean kith_referral_place_is_asked_for (KithReferralPlace *self); /* by accepting: one is free, and goes to whoever comes first at the hub */
const char *kith_referral_place_told (KithRow *row); /* the same where the page is not shown; row: of the query "referral-place", nullable */

G_END_DECLS
