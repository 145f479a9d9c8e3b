/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-term-window.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-suggest.h"

typedef struct
{
  KithTermPicked func;
  gpointer data;
  GDestroyNotify destroy;
} Picking;

static void
picking_free (gpointer data)
{
  Picking *self = data;

  if (self->destroy)
    self->destroy (self->data);
  g_free (self);
}

static void
picked_cb (GtkWindow *window,
           KithRow   *row)
{
  Picking *picking = g_object_get_data (G_OBJECT (window), "picking");

  picking->func (row, picking->data);
  gtk_window_close (window);
}

static void
describe (KithContext  *context,
          gpointer      row,
          AdwActionRow *line)
{
  const char *name = kith_row_field (row, "name"), *broader = kith_row_get_text (row, "broader");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, broader ? broader : "");
}

void
kith_term_window_present (GtkWidget     *over,
                          KithContext   *context,
                          const char    *words,
                          KithTermPicked func,
                          gpointer       data,
                          GDestroyNotify destroy)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *need = gtk_label_new (words), *suggest = kith_suggest_new (context, "taxonomy_term", _("Search the taxonomy"), describe);
  Picking *picking = g_new0 (Picking, 1);

  picking->func = func;
  picking->data = data;
  picking->destroy = destroy;
  g_object_set_data_full (G_OBJECT (window), "picking", picking, picking_free);
  gtk_label_set_wrap (GTK_LABEL (need), TRUE);
  gtk_label_set_xalign (GTK_LABEL (need), 0);
  gtk_widget_add_css_class (need, "heading");
  gtk_widget_set_margin_start (inner, 18);
  gtk_widget_set_margin_end (inner, 18);
  gtk_widget_set_margin_top (inner, 12);
  gtk_widget_set_margin_bottom (inner, 18);
  gtk_box_append (GTK_BOX (inner), need);
  gtk_box_append (GTK_BOX (inner), suggest);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), inner);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _("Kind of Need"));
  gtk_window_set_default_size (GTK_WINDOW (window), 440, 420);
  kith_fit_to_text (GTK_WINDOW (window)); /* before it is told whose it is */
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (over)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  g_signal_connect_object (suggest, "picked", G_CALLBACK (picked_cb), window, G_CONNECT_SWAPPED);
  kith_suggest_type (KITH_SUGGEST (suggest), words);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (suggest);
}
