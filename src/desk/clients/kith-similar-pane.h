/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* "Possibly the same person": up to five people here, likeliest first, each with what matches. Signals: "picked" (id): this is them; "different": one is not.
 * Property "count". */
#define KITH_TYPE_SIMILAR_PANE (kith_similar_pane_get_type ())
G_DECLARE_FINAL_TYPE (KithSimilarPane, kith_similar_pane, KITH, SIMILAR_PANE, AdwBin)

GtkWidget *kith_similar_pane_new (KithContext *context);
JsonArray *kith_similar_pane_get_different (KithSimilarPane *self);           /* ids that were said to be somebody else. Yours */
void kith_similar_pane_set_different (KithSimilarPane *self, JsonArray *ids); /* of a draft; NULL: none */
void kith_similar_pane_look (KithSimilarPane *self, JsonObject *values);

G_END_DECLS
