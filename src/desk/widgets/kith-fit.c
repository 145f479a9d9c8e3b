/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-fit.h"

#define ORDINARY_DPI (96 * 1024)
#define MOST 900 /* pixels: what fits on a small screen */

static int
scaled (int size,
        int dpi)
{
  return size > 0 ? MIN (MAX (size, MOST), (int) ((gint64) size * dpi / ORDINARY_DPI)) : size;
}

/* Over a narrow window it is no wider than that: on a small screen its buttons would lie outside. Before it is shown. */
static void
fit_to_parent_cb (GtkWindow *window)
{
  GtkWindow *parent = gtk_window_get_transient_for (window);
  int room = parent ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0, width, height;

  gtk_window_get_default_size (window, &width, &height);
  if (room > 0 && width > room && !gtk_widget_get_realized (GTK_WIDGET (window)))
    gtk_window_set_default_size (window, room, height);
}

void
kith_fit_to_text (GtkWindow *window)
{
  int dpi = 0, width, height;

  g_signal_connect (window, "notify::transient-for", G_CALLBACK (fit_to_parent_cb), NULL);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= ORDINARY_DPI)
    return;
  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (window, scaled (width, dpi), scaled (height, dpi));
}

gboolean
kith_text_is_large (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi >= ORDINARY_DPI * 3 / 2;
}

static void
fit_avatar (GtkSettings *settings,
            GParamSpec  *pspec,
            AdwAvatar   *avatar)
{
  int ordinary = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (avatar), "kith-ordinary-size")), dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  adw_avatar_set_size (avatar, (int) ((gint64) ordinary * MAX (dpi, ORDINARY_DPI) / ORDINARY_DPI));
}

void
kith_fit_avatar (AdwAvatar *avatar)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (avatar));

  g_object_set_data (G_OBJECT (avatar), "kith-ordinary-size", GINT_TO_POINTER (adw_avatar_get_size (avatar)));
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (fit_avatar), avatar, 0);
  fit_avatar (settings, NULL, avatar);
}
