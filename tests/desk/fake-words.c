/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

gboolean
fake_holds (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (fake_holds (child, words))
      return TRUE;
  return FALSE;
}
