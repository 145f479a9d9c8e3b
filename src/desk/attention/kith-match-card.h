/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Two who may be one person, side by side, value by value: records under the agencies they are from, or a client and a row of a file.
 * Signal "chosen" (0: same person, 1: different, 2: later). */
#define KITH_TYPE_MATCH_CARD (kith_match_card_get_type ())
G_DECLARE_FINAL_TYPE (KithMatchCard, kith_match_card, KITH, MATCH_CARD, AdwBin)

GtkWidget *kith_match_card_new (KithContext *context, KithRow *row); /* of matches-open */
GtkWidget *kith_match_card_new_for_row (KithContext *context, JsonObject *maybe); /* of kith_store_import_list_maybe() */
GtkWidget *kith_match_card_new_compared (JsonObject *body, KithRow *first, KithRow *second); /* of a match that is not made yet, and rows of "client": nothing is chosen in it */
const char *kith_match_card_get_match (KithMatchCard *self);         /* its id; the row's number */
const char *kith_match_card_get_client (KithMatchCard *self);        /* beside the row; NULL: not here any more */
const char *kith_match_card_get_number (KithMatchCard *self);        /* that client's; or NULL */
gint64 kith_match_card_get_like (KithMatchCard *self);               /* the earlier row beside it; 0: a client */
void kith_match_card_choose (KithMatchCard *self, guint i);

G_END_DECLS
