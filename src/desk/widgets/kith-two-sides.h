/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lays children out side by side, equally wide, where there is room to read each; else below one another. What there is room for grows
 * with the size of the text. */
#define KITH_TYPE_TWO_SIDES (kith_two_sides_get_type ())
G_DECLARE_FINAL_TYPE (KithTwoSides, kith_two_sides, KITH, TWO_SIDES, GtkLayoutManager)

GtkLayoutManager *kith_two_sides_new (void);
GtkLayoutManager *kith_two_sides_new_of (int readable, int gap);

G_END_DECLS
