/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One side of a page that folds. It can be as narrow as what is in it, and wants to be so wide that text of the size somebody chose has
 * room: a leaflet that folds by its "natural" size shows one side at a time where two would cut their words. Its width is the same whatever
 * the height, and nothing in it is asked for another (see kith-box-layout.c): what is long in it scrolls. */
#define KITH_TYPE_PANE (kith_pane_get_type ())
G_DECLARE_FINAL_TYPE (KithPane, kith_pane, KITH, PANE, AdwBin)

/* Property "wanted": px, for text of the usual size; 0, unless it is set: as wide as what is in it would be. */

G_END_DECLS
