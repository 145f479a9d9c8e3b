/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Two records that may be one person, side by side, value by value, each under the agency it is from.
 * Signal "chosen" (0: same person, 1: different, 2: later). */
#define KITH_TYPE_MATCH_CARD (kith_match_card_get_type ())
G_DECLARE_FINAL_TYPE (KithMatchCard, kith_match_card, KITH, MATCH_CARD, AdwBin)

GtkWidget *kith_match_card_new (KithContext *context, KithRow *row); /* of matches-open */
const char *kith_match_card_get_match (KithMatchCard *self);         /* its id */
void kith_match_card_choose (KithMatchCard *self, guint i);

G_END_DECLS
