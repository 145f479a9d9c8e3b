/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What of a referral is health information hangs on this: answers and files that only those with the flag see (U10), the receiver where
 * consent covers it. */

static const KithField referral_health_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  { "agency", KITH_FIELD_REF, N_("From agency"), .target = "organization" },
};

const KithKind kith_kind_referral_health = {
  .name = "referral_health",
  .type_name = "KithReferralHealth",
  .label = N_("Health information of a referral"),
  .fields = referral_health_fields,
  .n_fields = G_N_ELEMENTS (referral_health_fields),
  .natural_key = "referral",
  .scope = "referral_health:{referral}",
};
