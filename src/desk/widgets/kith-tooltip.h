/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK keeps the words of the tooltip it showed last, out of sight, until it shows another: they may name somebody. From here on nothing is left of them. */
void kith_tooltip_forget (GtkWidget *window);

G_END_DECLS
