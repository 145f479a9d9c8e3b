/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-health-notice.h"

#include <glib/gi18n.h>

const char *
kith_health_notice_words (void)
{
  return N_("Federal rules (42 CFR part 2) protect records about treatment for substance use. Whoever receives such a record may use it and "
            "show it to others only as this consent or those rules allow, and it may not be used against the person in a civil, criminal, "
            "administrative or legislative proceeding without a written consent of their own or a court order.");
}

const char *
kith_health_notice_short (void)
{
  return _("42 CFR part 2 prohibits unauthorized use or disclosure of these records.");
}

/**
 * kith_health_notice_new:
 *
 * Returns: (transfer floating): the words, small, to stand with what they are about
 */
GtkWidget *
kith_health_notice_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *image = gtk_image_new_from_icon_name ("changes-prevent-symbolic");
  GtkWidget *label = gtk_label_new (_(kith_health_notice_words ()));

  gtk_widget_set_name (box, "health_notice");
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "notice-card");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}
