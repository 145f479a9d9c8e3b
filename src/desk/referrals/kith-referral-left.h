/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-watch.h"

G_BEGIN_DECLS

/* P17: what somebody was told of and that has gone elsewhere since. As a widget it stands where the referral would; hidden until it is shown. */
#define KITH_TYPE_REFERRAL_LEFT (kith_referral_left_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralLeft, kith_referral_left, KITH, REFERRAL_LEFT, AdwBin)

/* referral: the id of one that is not here; NULL: there is nothing to say. TRUE: it says something */
gboolean kith_referral_left_show (KithReferralLeft *self, KithContext *context, const char *referral);

/* By its number as typed, folded: one row when it is so, none when not. */
KithWatch *kith_referral_left_watch (KithContext *context, const char *words, KithWatchFunc func, gpointer user_data);
const char *kith_referral_left_title (void);
char *kith_referral_left_words (KithRow *left); /* left: row of the watch; NULL: it is not known here at all. Yours */

G_END_DECLS
