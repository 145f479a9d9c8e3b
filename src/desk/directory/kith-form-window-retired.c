/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service or a queue asks is asked no more, or again: saved with the rest. What a form of calls asks is asked where its queues say
 * (kith-queue-forms-window.c). */

#include "kith-form-window-private.h"

#include <glib/gi18n.h>

void
kith_form_window_set_inactive (KithFormWindow *self,
                               gboolean        inactive)
{
  const char *words = NULL;

  if (self->queues)
    return;
  self->inactive = inactive;
  if (inactive)
    words = self->read_inactive ? _("These questions are not asked any more.") : _("Once you save, these questions are not asked any more. What was answered stays.");
  else if (self->read_inactive)
    words = _("Once you save, these questions are asked again.");
  gtk_label_set_text (self->shared, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shared), words != NULL);
  gtk_button_set_label (GTK_BUTTON (self->retire), inactive ? _("As_k Again") : _("Do Not As_k Any More"));
  gtk_widget_set_visible (self->retire, self->form != NULL);
}

static void
retire_cb (KithFormWindow *self)
{
  kith_form_window_set_inactive (self, !self->inactive);
  kith_form_window_touch (self);
}

GtkWidget *
kith_form_window_buttons_new (KithFormWindow *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->retire = gtk_button_new_with_mnemonic (_("Do Not As_k Any More"));
  gtk_widget_set_name (self->retire, "retire");
  gtk_widget_set_visible (self->retire, FALSE);
  gtk_widget_set_hexpand (self->retire, TRUE);
  gtk_widget_set_halign (self->retire, GTK_ALIGN_END);
  g_signal_connect_object (self->retire, "clicked", G_CALLBACK (retire_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), self->add);
  gtk_box_append (GTK_BOX (buttons), self->retire);
  return buttons;
}
