/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-action-strip.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"
#include "widgets/kith-wrap-box.h"

static GtkWidget *
button_new (const KithActionStripItem *item)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *key = kith_shortcuts_label (item->action);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_(item->label)));
  if (key)
    {
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key-hint");
      gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(item->label), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), item->action);
  if (item->css_class)
    gtk_widget_add_css_class (button, item->css_class);
  /* What cannot be done now is not offered. */
  g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE);
  return button;
}

GtkWidget *
kith_action_strip_new (const KithActionStripItem *items,
                       guint                      n_items)
{
  GtkWidget *bar = kith_wrap_box_new ();

  gtk_widget_add_css_class (bar, "action-strip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What can be done"), -1);
  for (guint i = 0; i < n_items; i++)
    kith_wrap_box_append (KITH_WRAP_BOX (bar), button_new (&items[i]));
  return bar;
}
