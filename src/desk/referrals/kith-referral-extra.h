/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What belongs to a referral beside its own fields: what was answered to the questions of who receives it, the files sent with it, the
 * queues it stands in. */
#define KITH_TYPE_REFERRAL_EXTRA (kith_referral_extra_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralExtra, kith_referral_extra, KITH, REFERRAL_EXTRA, AdwBin)

void kith_referral_extra_set (KithReferralExtra *self, KithContext *context, const char *id); /* id NULL: nothing is shown */
void kith_referral_extra_set_client (KithReferralExtra *self, const char *client, gboolean received);       /* whose files these are, for the log (C13); may be NULL */

G_END_DECLS
