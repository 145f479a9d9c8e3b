/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* Who, for which service, from or to whom, and the clock or the phase. */
#define KITH_TYPE_REFERRAL_ROW (kith_referral_row_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralRow, kith_referral_row, KITH, REFERRAL_ROW, KithListRow)

G_END_DECLS
