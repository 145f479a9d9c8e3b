/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Nobody looks at these windows: they are measured, laid out and mapped, take keys and clicks, but GTK paints nothing of what cannot be
 * seen through. Painting is a sixth of the time of such a test. What is painted is looked at by the pictures and
 * by desk/look, which define KITH_TEST_PAINTED. */
G_GNUC_UNUSED static void
paint_nothing (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, "window, popover, tooltip { opacity: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_USER);
}
