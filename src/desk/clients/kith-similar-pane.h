/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* "Possibly the same person": up to five people with a similar name or the same birth date. Signal "picked" (id): this is them.
 * Property "count". */
#define KITH_TYPE_SIMILAR_PANE (kith_similar_pane_get_type ())
G_DECLARE_FINAL_TYPE (KithSimilarPane, kith_similar_pane, KITH, SIMILAR_PANE, AdwBin)

GtkWidget *kith_similar_pane_new (KithContext *context);
void kith_similar_pane_look (KithSimilarPane *self, const char *given, const char *family, const char *date_of_birth); /* each may be NULL */

G_END_DECLS
