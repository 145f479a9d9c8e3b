/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-cards.h"

int
kith_cards_get_focused (GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  int i = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (box); focus && card; card = gtk_widget_get_next_sibling (card), i++)
    if (gtk_widget_is_ancestor (focus, card))
      return i;
  return -1;
}

void
kith_cards_focus (GtkWidget *box,
                  int        i)
{
  GtkWidget *card = i >= 0 ? gtk_widget_get_first_child (box) : NULL;

  while (card && i-- > 0 && gtk_widget_get_next_sibling (card))
    card = gtk_widget_get_next_sibling (card);
  if (card)
    gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD);
}
