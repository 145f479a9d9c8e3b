/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-revealer.h"

static void
update (GtkRevealer *revealer)
{
  GtkWidget *child = gtk_revealer_get_child (revealer);

  if (child)
    gtk_widget_set_visible (child, gtk_revealer_get_reveal_child (revealer) || gtk_revealer_get_child_revealed (revealer));
}

void
kith_revealer_rest (GtkRevealer *revealer)
{
  g_signal_connect (revealer, "notify::reveal-child", G_CALLBACK (update), NULL);
  g_signal_connect (revealer, "notify::child-revealed", G_CALLBACK (update), NULL);
  g_signal_connect (revealer, "notify::child", G_CALLBACK (update), NULL);
  update (revealer);
}
