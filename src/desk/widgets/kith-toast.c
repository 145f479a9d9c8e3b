/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-toast.h"

#define BESIDE 24 /* pixels between a toast and the sides of its window */

/* A toast is given the height it has where it is as wide as it likes. In a narrow window, in large text, it is narrower: the words ask for no more width than
 * there is for them beside what the toast has besides, and so for the lines they need. */
static void
fit_cb (GtkLabel *label)
{
  GtkWidget *toast = GTK_WIDGET (label), *overlay;
  PangoFontMetrics *metrics;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (label));
  int all, own, room, width;

  while (toast && !g_str_equal (gtk_widget_get_css_name (toast), "toast"))
    toast = gtk_widget_get_parent (toast);
  overlay = toast ? gtk_widget_get_parent (toast) : NULL;
  if (!overlay || gtk_widget_get_width (overlay) <= 0)
    return;
  gtk_widget_measure (toast, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &all, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &own, NULL, NULL);
  room = gtk_widget_get_width (overlay) - 2 * BESIDE - (all - own);
  if (own <= room)
    return;
  metrics = pango_context_get_metrics (context, NULL, NULL);
  width = MAX (1, MAX (pango_font_metrics_get_approximate_char_width (metrics), pango_font_metrics_get_approximate_digit_width (metrics)));
  gtk_label_set_max_width_chars (label, MAX (1, room * PANGO_SCALE / width));
  pango_font_metrics_unref (metrics);
}

/**
 * kith_toast_new:
 * @text: plain text
 *
 * Returns: (transfer full): for adw_toast_overlay_add_toast(), which takes it
 */
AdwToast *
kith_toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new (text);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "heading");
  /* Not cut as well: GTK 4.8 then counts its lines in two ways, which is a warning at every toast. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* The overlay asks how wide a toast wants to be for its height, and beside a button that is two lines of text high: without this any text would say half. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  g_signal_connect (label, "realize", G_CALLBACK (fit_cb), NULL);
  adw_toast_set_custom_title (toast, label);
  return toast;
}
