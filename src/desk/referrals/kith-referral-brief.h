/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-desktop.h"
#include "widgets/kith-facts.h"

G_BEGIN_DECLS

/* P12: a portal account without the switch for details sees eight fields of a referral and nothing else. */
gboolean kith_referral_is_brief (KithContext *context);
/* The number such an account knows it by: the contact record's, which is the one its mails name (P16). NULL: none */
const char *kith_referral_brief_number (KithRow *row);
/* That number, where the referral has another one of its own by which everybody else knows it; NULL: it has not. Of a list's row, or of the query "referral" */
const char *kith_referral_call_number (KithRow *row);
/* Whether this person knows referrals by the number of the contact record: a portal account */
gboolean kith_referral_is_by_call (KithContext *context);
/* The one this person knows it by, wherever it is shown: a portal account the contact record's, with the details or without, everybody else its own */
const char *kith_referral_number (KithContext *context, KithRow *row);
/* The other of the two, which stands behind it; NULL: there is none, or it is none of theirs to see */
const char *kith_referral_other_number (KithContext *context, KithRow *row);
/* C16: the client must not be contacted, as it was sent, or as the client's record that is here says since. row: of the query "referral"; detail: its body, nullable.
 * Not of the eight fields */
gboolean kith_referral_no_contact (KithRow *row, JsonObject *detail);
/* Those of the eight that do not stand as the title (the contact's name). row: of the query "referral" */
void kith_referral_brief_show (KithContext *context, KithFacts *facts, KithRow *row);

G_END_DECLS
