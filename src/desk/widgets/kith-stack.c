/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-stack.h"

static void
update (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child; child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != shown || !gtk_widget_get_visible (child), -1);
}

void
kith_stack_tell_readers (GtkStack *stack)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (update), NULL);
  /* The stack keeps its model only while somebody holds it. */
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (update), stack, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (stack), "kith-pages", g_object_ref (pages), g_object_unref);
  update (stack);
}
