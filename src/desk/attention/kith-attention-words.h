/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Says whom and what an entry of the outbox is about, from what this computer holds. For a job on the store's thread.
 * Adds to the entry: "about" ("María López · HA-0021"), "place" (for win.go, where there is something to open), "lines" (what its author
 * entered: [{"label","value","typed"}], typed: words of the author's own) and "there" (what stands now: [{"label","value"}]). What goes with the entry ("chain")
 * is told of in the same way. */
void kith_attention_describe (KithStore *store, JsonObject *entry, const char *my_side);

/* "about" and "place" alone: of the record an entry is about, as far as it is here. For a job on the store's thread. */
void kith_attention_say_about (KithStore *store, JsonObject *entry, const char *my_side, const char *kind, const char *id);

/* One value of a record in words, NULL for what is not told that way. world: to name the record a REF points to, or NULL. Yours. */
char *kith_attention_value (KithWorld *world, const KithField *field, JsonNode *node);

/* What a card says of an operation where the hub's sentence is not enough. Yours; NULL: it is none of these. */
char *kith_attention_proposal_words (JsonObject *entry);                    /* C1: who decides on a suggestion, and what was decided */
char *kith_attention_race_words (KithContext *context, JsonObject *entry); /* somebody was faster */
const char *kith_attention_access_words (void);                             /* C13: of a note for the access log that was not taken; static */

G_END_DECLS
