/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-watch.h"

G_BEGIN_DECLS

/* In the place of a record that a link, a notice or a search leads to and that is not on this computer: what it is, why it is not here as far as
 * anything here tells it, and what to do. Hidden until it is shown. Referrals have words of their own (P17, KithReferralLeft). */
#define KITH_TYPE_ABSENT (kith_absent_get_type ())
G_DECLARE_FINAL_TYPE (KithAbsent, kith_absent, KITH, ABSENT, AdwBin)

/* kind: "client", "case", "service". record: the id of one that is not here; NULL: there is nothing to say. TRUE: it says something */
gboolean kith_absent_show (KithAbsent *self, KithContext *context, const char *kind, const char *record);

G_END_DECLS
