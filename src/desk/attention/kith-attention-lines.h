/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "widgets/kith-facts.h"

G_BEGIN_DECLS

/* Adds lines as of kith_attention_describe() to a card, and the words of the author's own to what is copied.
 * now: what stands, not what was entered; text: (nullable). Returns: whether there is a number among them that does not stay in the clipboard */
gboolean kith_attention_add_lines (KithFacts *facts, JsonArray *lines, gboolean now, GString *text);

/* What goes with an entry ("chain", after kith_attention_describe()): each by its name, its words under it. facts: NULL: it is copied alone. Returns: the same */
gboolean kith_attention_add_chain (KithFacts *facts, JsonArray *chain, GString *text);

/* By name, each once: "Write note (3), Add task". Yours; NULL: nothing goes with it */
char *kith_attention_chain_names (JsonArray *chain);

/* Whether it waits for a newer hub. */
gboolean kith_attention_is_held (JsonObject *entry);

G_END_DECLS
