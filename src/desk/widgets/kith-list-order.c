/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-list-order.h"

#include "kith-shortcuts.h"

int
kith_list_order_move (GtkListBox *list,
                      GtkWidget  *inside,
                      int         by)
{
  GtkWidget *line = inside ? gtk_widget_get_ancestor (inside, GTK_TYPE_LIST_BOX_ROW) : NULL;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (list)));
  int at;

  if (!line || gtk_widget_get_parent (line) != GTK_WIDGET (list))
    return -1;
  at = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (line));
  if (at + by < 0 || !gtk_list_box_get_row_at_index (list, at + by))
    return -1;
  g_object_ref (line);
  gtk_list_box_remove (list, line); /* which takes the focus away */
  gtk_list_box_insert (list, line, at + by);
  if (focus && gtk_widget_is_ancestor (focus, line) && GTK_IS_TEXT (focus))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY))); /* the next key would replace all of it */
  else if (focus && gtk_widget_is_ancestor (focus, line))
    gtk_widget_grab_focus (focus);
  g_object_unref (line);
  return at;
}

int
kith_list_order_move_focused (GtkListBox *list,
                              int         by)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));

  return kith_list_order_move (list, root ? gtk_root_get_focus (root) : NULL, by);
}

GtkWidget *
kith_list_order_button_new (const char *action,
                            const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (g_str_equal (action, KITH_ORDER_UP) ? "go-up-symbolic" : "go-down-symbolic");
  g_autofree char *key = kith_shortcuts_label (action), *tooltip = key ? g_strdup_printf ("%s (%s)", label, key) : g_strdup (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  return button;
}
