/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-check-row.h"

/**
 * kith_check_row_join:
 * @row: with nothing else to do
 * @check: (transfer floating): put before the row's words
 * @words: the name of @check
 */
void
kith_check_row_join (AdwActionRow   *row,
                     GtkCheckButton *check,
                     const char     *words)
{
  gtk_widget_set_valign (GTK_WIDGET (check), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  adw_action_row_add_prefix (row, GTK_WIDGET (check));
  adw_action_row_set_activatable_widget (row, GTK_WIDGET (check));
  gtk_widget_set_focusable (GTK_WIDGET (row), FALSE); /* the box has the focus */
}
