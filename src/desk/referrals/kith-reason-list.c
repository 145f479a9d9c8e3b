/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of a reason window: as high as its rows, and what is chosen in it is in sight. */

#include "referrals/kith-reason-window-private.h"

/* Whole rows: the scroller alone takes the list to be as low as it is when nothing wraps. Rows may come after the window: it grows with them, as a window
 * keeps to what it was when it came up unless something in it must have more. */
void
kith_reason_list_fit (KithReasonWindow *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->list_scroller);
  int height;

  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, MAX (gtk_widget_get_width (self->list_scroller), 280), NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (scroller, MIN (height, gtk_scrolled_window_get_max_content_height (scroller)));
}

/* Nobody chooses what is out of sight: the focus stays in the search, so GTK does not scroll by itself. */
void
kith_reason_list_select (KithReasonWindow *self,
                         GtkListBoxRow    *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->list_scroller));
  graphene_rect_t bounds;

  gtk_list_box_select_row (self->list, row);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}
