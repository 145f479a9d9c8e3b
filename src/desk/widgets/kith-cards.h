/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the focus stands among the cards of a box, to put it there again once they are made anew; -1: elsewhere. */
int kith_cards_get_focused (GtkWidget *box);
void kith_cards_focus (GtkWidget *box, int i); /* the last one when there are fewer; -1: nothing */

G_END_DECLS
