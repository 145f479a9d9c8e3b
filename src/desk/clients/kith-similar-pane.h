/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* "Possibly the same person": up to five people here, likeliest first, each with what matches. Signal "picked" (id): this is them.
 * Property "count". */
#define KITH_TYPE_SIMILAR_PANE (kith_similar_pane_get_type ())
G_DECLARE_FINAL_TYPE (KithSimilarPane, kith_similar_pane, KITH, SIMILAR_PANE, AdwBin)

GtkWidget *kith_similar_pane_new (KithContext *context);
void kith_similar_pane_look (KithSimilarPane *self, JsonObject *values);

G_END_DECLS
