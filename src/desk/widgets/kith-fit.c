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

void
kith_fit_to_text (GtkWindow *window)
{
  int dpi = 0, width, height;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= ORDINARY_DPI)
    return;
  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (window, scaled (width, dpi), scaled (height, dpi));
}
