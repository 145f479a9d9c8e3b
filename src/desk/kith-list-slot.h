/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* A list view keeps some two hundred places whatever the window shows of them. The row with its labels and pictures is made when its place first
 * comes near what is shown, and stays then; until then the place is empty, and as high as the style says (.kith-list).
 * type: a KithListRow. The factory is for this one view, which is to outlive it. */
GtkListItemFactory *kith_list_slot_factory_new (GType type, KithContext *context, GtkListView *view); /* (transfer full) */

G_END_DECLS
