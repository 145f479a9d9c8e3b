/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One thing to decide: what I did, what is there now, who did it, and up to three choices. Signal "chosen" (0, 1 or 2). */
#define KITH_TYPE_ATTENTION_CARD (kith_attention_card_get_type ())
G_DECLARE_FINAL_TYPE (KithAttentionCard, kith_attention_card, KITH, ATTENTION_CARD, AdwBin)

GtkWidget *kith_attention_card_new_for_operation (KithContext *context, JsonObject *entry); /* as of kith_store_list_attention() */
GtkWidget *kith_attention_card_new_for_conflict (KithContext *context, KithRow *row);
const char *kith_attention_card_get_key (KithAttentionCard *self); /* operation or conflict id */
gboolean kith_attention_card_is_conflict (KithAttentionCard *self);
const char *kith_attention_card_get_text (KithAttentionCard *self); /* what the person wrote, for Copy text */
void kith_attention_card_choose (KithAttentionCard *self, guint i);

G_END_DECLS
