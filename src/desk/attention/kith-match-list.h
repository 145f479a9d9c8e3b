/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

#include "kith-match-card.h"

G_BEGIN_DECLS

/* The cards of records that may be one person. What is put off stays away until Kith is locked. Property "count". */
#define KITH_TYPE_MATCH_LIST (kith_match_list_get_type ())
G_DECLARE_FINAL_TYPE (KithMatchList, kith_match_list, KITH, MATCH_LIST, AdwBin)

GtkWidget *kith_match_list_new (KithContext *context);
gboolean kith_match_list_is_known (KithMatchList *self); /* they were read */
guint kith_match_list_get_count (KithMatchList *self);
GtkWidget *kith_match_list_get_first (KithMatchList *self); /* NULL: there is none */

G_END_DECLS
