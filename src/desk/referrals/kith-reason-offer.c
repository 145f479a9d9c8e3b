/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the network offers to choose from (domain.md 2f): Kith's own by their names here, what counts as one of them behind it, with whose side it is. */

#include "kith-reason-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-referral-rules.h"

static gboolean
is_of (KithReasonWindow *self, KithRow *row, const char *code, gboolean builtin)
{
  return g_strcmp0 (kith_row_get_text (row, "list"), self->offered) == 0 && g_strcmp0 (kith_row_get_text (row, "code"), code) == 0 &&
         (kith_row_get_int (row, "builtin") != 0) == builtin;
}

/* What the network calls the code; NULL: as it is called anyway. */
static const char *
find_name (KithReasonWindow *self, GPtrArray *rows, const char *code, KithRow **builtin)
{
  *builtin = NULL;
  for (guint i = 0; rows && i < rows->len; i++)
    if (is_of (self, rows->pdata[i], code, TRUE))
      *builtin = rows->pdata[i];
  return *builtin ? kith_row_get_text (*builtin, "name") : NULL;
}

/* One of Kith's own, and what the network has beside it. */
static void
offer_code (KithReasonWindow *self, const char *code, GPtrArray *rows)
{
  const char *side = g_strcmp0 (kith_referral_outcome_phase (code), "closed_resolved") == 0 && g_str_equal (self->offered, "outcome")
                         ? NULL : kith_format_code ("reason_side", kith_referral_end_side (self->offered, code));
  KithRow *builtin;
  const char *name = find_name (self, rows, code, &builtin);

  if (!builtin || !kith_row_get_int (builtin, "retired"))
    kith_reason_window_add_answer (self, code, name ? kith_row_get_id (builtin) : NULL, name ? name : kith_format_code (self->offered, code), NULL, side, !kith_referral_end_says_why (self->offered, code));
  for (guint i = 0; rows && i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      g_autofree char *counts = NULL;

      if (!is_of (self, row, code, FALSE) || kith_row_get_int (row, "retired"))
        continue;
      counts = g_strdup_printf (_("Counts as “%s”"), name ? name : kith_format_code (self->offered, code));
      kith_reason_window_add_answer (self, code, kith_row_get_id (row), kith_row_get_text (row, "name"), counts, side, FALSE);
    }
}

static void
offer (KithReasonWindow *self, GPtrArray *rows)
{
  const KithVocabulary *codes = kith_vocabulary_get (self->offered);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (kith_reason_window_answer (row));
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_choices = 0;
  for (guint i = 0; i < kith_vocabulary_size (codes); i++)
    if (!self->phase || g_strcmp0 (kith_referral_outcome_phase (kith_vocabulary_code (codes, i)), self->phase) == 0)
      offer_code (self, kith_vocabulary_code (codes, i), rows);
}

static void
terms_cb (GPtrArray *rows, gpointer user_data)
{
  if (rows->len > 0) /* else it is as it was made */
    offer (user_data, rows);
}

static const char *
end_words (GtkListBoxRow *row)
{
  const char *phase = row ? kith_referral_outcome_phase (g_object_get_data (G_OBJECT (row), "code")) : NULL;

  return !phase ? "" : g_str_equal (phase, "closed_resolved") ? _("Resolved") : _("Not resolved");
}

static void
show_end (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GtkWidget *label = gtk_list_box_row_get_header (row);

  if (g_str_equal (end_words (row), end_words (before)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (label)
    return;
  label = gtk_label_new (end_words (row));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 14);
  gtk_widget_set_margin_top (label, 8); /* below the rounded edge, too */
  gtk_widget_set_margin_bottom (label, 2);
  gtk_widget_add_css_class (label, "meta");
  gtk_widget_add_css_class (label, "section-title");
  gtk_list_box_row_set_header (row, label);
}

void
kith_reason_window_offer (KithReasonWindow *self, KithContext *context, const char *list, const char *phase)
{
  static const char *const kinds[] = { "reason_term", NULL };

  self->offered = g_strdup (list);
  self->phase = g_strdup (phase);
  if (!phase && g_str_equal (list, "outcome"))
    gtk_list_box_set_header_func (self->list, show_end, NULL, NULL);
  offer (self, NULL);
  self->terms = kith_watch_new (context, "reason-terms", kinds, list, terms_cb, self);
  if (self->n_choices > 4)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
