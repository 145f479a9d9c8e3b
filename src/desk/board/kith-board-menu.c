/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-menu.h"

#include <glib/gi18n.h>

#include "widgets/kith-action-strip.h"

static const KithActionStripItem items[] = {
  { "board.open", NC_("verb", "Open"), NULL, "verb" },
  { "board.move", N_("Move to…"), NULL },
  { "board.take-out", N_("Take Out of the Queue"), NULL },
};

/* Back to the card it was opened from. */
static void
closed_cb (GtkPopover    *menu,
           KithBoardLane *lane)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (lane));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (root && (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (menu)) || focus == GTK_WIDGET (lane)))
    kith_board_lane_enter (lane);
}

GtkWidget *
kith_board_menu_new (KithBoardLane *lane)
{
  GtkWidget *menu = gtk_popover_new (), *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      GtkWidget *button = kith_action_strip_button_new (&items[i]);

      gtk_widget_add_css_class (button, "flat");
      if (i == 0)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", ""); /* which one is said when it is opened */
      g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE); /* what may not be done is not offered */
      g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), menu, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (list), button);
    }
  gtk_widget_set_name (menu, "card_menu");
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What can be done"), -1);
  gtk_popover_set_child (GTK_POPOVER (menu), list);
  gtk_popover_set_position (GTK_POPOVER (menu), GTK_POS_BOTTOM);
  g_signal_connect_object (menu, "closed", G_CALLBACK (closed_cb), lane, 0);
  gtk_widget_set_parent (menu, GTK_WIDGET (lane));
  return menu;
}

/**
 * kith_board_menu_open:
 * @at: the button or the card it is asked for on
 */
void
kith_board_menu_open (GtkWidget     *menu,
                      KithBoardLane *lane,
                      GtkWidget     *at)
{
  GtkWidget *open = gtk_widget_get_first_child (gtk_popover_get_child (GTK_POPOVER (menu)));
  KithRow *card = kith_board_lane_get_card (lane);
  graphene_rect_t bounds;

  if (!card || !gtk_widget_compute_bounds (at, GTK_WIDGET (lane), &bounds))
    return;
  g_object_set_data_full (G_OBJECT (menu), "card", g_strdup (kith_row_get_id (card)), g_free);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", kith_row_get_id (card));
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (menu));
}

/* It was opened for one card: what it offers is never done with the next one, which stands there when that is gone. */
void
kith_board_menu_keep (GtkWidget     *menu,
                      KithBoardLane *lane)
{
  KithRow *card = kith_board_lane_get_card (lane);

  if (g_strcmp0 (card ? kith_row_get_id (card) : NULL, g_object_get_data (G_OBJECT (menu), "card")) != 0)
    gtk_popover_popdown (GTK_POPOVER (menu));
}
