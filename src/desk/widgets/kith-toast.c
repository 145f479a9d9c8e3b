/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-toast.h"

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
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  return toast;
}
