/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-toast.h"

#define MOST_LINES 3

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
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), MOST_LINES);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  return toast;
}
