/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

#include "kith-match-card.h"

G_BEGIN_DECLS

/* The cards of records that may be one person. What is put off stays away until they are looked at again. Property "count". */
#define KITH_TYPE_MATCH_LIST (kith_match_list_get_type ())
G_DECLARE_FINAL_TYPE (KithMatchList, kith_match_list, KITH, MATCH_LIST, AdwBin)

GtkWidget *kith_match_list_new (KithContext *context);
guint kith_match_list_get_later (KithMatchList *self); /* put off, and still there */
void kith_match_list_show_later (KithMatchList *self);
guint kith_match_list_get_count (KithMatchList *self);
void kith_match_list_choose (KithMatchList *self, guint i); /* on the card that has the focus, or the first */

G_END_DECLS
