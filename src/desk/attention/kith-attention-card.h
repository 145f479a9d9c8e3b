/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One thing to decide: what I did, what is there now, who did it, and up to three choices. Signal "chosen" (0, 1 or 2). */
#define KITH_TYPE_ATTENTION_CARD (kith_attention_card_get_type ())
G_DECLARE_FINAL_TYPE (KithAttentionCard, kith_attention_card, KITH, ATTENTION_CARD, AdwBin)

/* As of kith_store_list_attention(), after kith_attention_describe(). */
GtkWidget *kith_attention_card_new_for_operation (KithContext *context, JsonObject *entry);
/* As of kith_store_list_unsendable(), after kith_attention_describe_draft(): words whose record was taken away before they were sent. */
GtkWidget *kith_attention_card_new_for_draft (KithContext *context, JsonObject *draft);
GtkWidget *kith_attention_card_new_for_conflict (KithContext *context, KithRow *row);
const char *kith_attention_card_get_key (KithAttentionCard *self); /* id of the operation or conflict, key of the draft */
gboolean kith_attention_card_is_conflict (KithAttentionCard *self);
/* Arguments of conflict.settle: what one picked from travels along, an entry that was changed meanwhile is not settled unseen. Yours. */
JsonObject *kith_attention_card_settle (KithAttentionCard *self, const char *keep);
gboolean kith_attention_card_is_draft (KithAttentionCard *self);
gboolean kith_attention_card_is_told (KithAttentionCard *self); /* it only tells: taken beside another change, or came too late; nothing is lost with it */
/* The time of an entry, which is a wall time in ms or a wire time, as a person reads it. Yours; NULL: not known. */
char *kith_attention_when (KithContext *context, JsonObject *entry);
gboolean kith_attention_card_is_guarded (KithAttentionCard *self); /* there is a number in its text that does not stay in the clipboard */
const char *kith_attention_card_get_text (KithAttentionCard *self); /* what the person wrote, for Copy text */
const char *kith_attention_card_get_with (KithAttentionCard *self); /* names of what goes with it; NULL: nothing does */
void kith_attention_card_choose (KithAttentionCard *self, guint i);

G_END_DECLS
