/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* A list view keeps some two hundred places whatever the window shows of them. Each is a slot, which is light; the row with
 * its labels and pictures is made when the slot first comes near what is shown, and stays then. */
#define KITH_TYPE_LIST_SLOT (kith_list_slot_get_type ())
G_DECLARE_FINAL_TYPE (KithListSlot, kith_list_slot, KITH, LIST_SLOT, AdwBin)

/* type: a KithListRow. The factory is for this one view, which is to outlive it. */
GtkListItemFactory *kith_list_slot_factory_new (GType type, KithContext *context, GtkListView *view); /* (transfer full) */
GtkWidget *kith_list_slot_get_row (KithListSlot *self);                                               /* NULL: not near yet */

G_END_DECLS
