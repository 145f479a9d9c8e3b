/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-tooltip.h"

static void
empty (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_text (GTK_LABEL (widget), "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    empty (child);
}

/**
 * kith_tooltip_forget:
 * @window: a toplevel
 */
void
kith_tooltip_forget (GtkWidget *window)
{
  for (GtkWidget *child = gtk_widget_get_first_child (window); child; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (G_OBJECT_TYPE_NAME (child), "GtkTooltipWindow"))
      {
        gtk_widget_set_visible (child, FALSE);
        empty (child);
      }
}
