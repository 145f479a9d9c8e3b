/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK measures what a revealer holds also while nothing of it is shown, and a text that wraps beside a button is measured in hundreds of widths, at
 * every layout of the window. From this call on only what is shown, or on its way, is. */
void kith_revealer_rest (GtkRevealer *revealer);

G_END_DECLS
