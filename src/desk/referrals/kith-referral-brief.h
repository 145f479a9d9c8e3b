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
/* Those of the eight that stand neither as the title (the contact's name) nor with what is asked for (the note). body: of the referral */
void kith_referral_brief_show (KithContext *context, KithFacts *facts, JsonObject *body);

G_END_DECLS
