/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-loop.h"

#include <glib/gi18n.h>

#include "kith-format.h"

#define N_STEPS 4

struct _KithLoop
{
  GtkWidget parent_instance;
  GtkWidget *bars[N_STEPS];
  GtkLabel *labels[N_STEPS];
};

G_DEFINE_FINAL_TYPE (KithLoop, kith_loop, GTK_TYPE_WIDGET)

static void
kith_loop_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kith_loop_parent_class)->dispose (object);
}

static void
kith_loop_class_init (KithLoopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_loop_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kith_loop_init (KithLoop *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_homogeneous (layout, TRUE);
  gtk_box_layout_set_spacing (layout, 6);
  for (guint i = 0; i < N_STEPS; i++)
    {
      GtkWidget *step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);

      self->bars[i] = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_add_css_class (self->bars[i], "loop-bar");
      self->labels[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_xalign (self->labels[i], 0);
      gtk_label_set_yalign (self->labels[i], 0);
      gtk_label_set_wrap (self->labels[i], TRUE);
      gtk_label_set_wrap_mode (self->labels[i], PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (GTK_WIDGET (self->labels[i]), "loop-step");
      gtk_box_append (GTK_BOX (step), self->bars[i]);
      gtk_box_append (GTK_BOX (step), GTK_WIDGET (self->labels[i]));
      gtk_widget_set_parent (step, GTK_WIDGET (self));
    }
}

static void
set_step (KithLoop   *self,
          guint       i,
          const char *words,
          const char *tone)
{
  static const char *const tones[] = { "accent", "good", "warn", "bad" };

  for (guint t = 0; t < G_N_ELEMENTS (tones); t++)
    gtk_widget_remove_css_class (self->bars[i], tones[t]);
  if (tone)
    gtk_widget_add_css_class (self->bars[i], tone);
  if (tone)
    gtk_widget_add_css_class (GTK_WIDGET (self->labels[i]), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->labels[i]), "done");
  gtk_label_set_text (self->labels[i], words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->labels[i]), words);
}

void
kith_loop_set (KithLoop   *self,
               const char *phase,
               gboolean    was_accepted,
               gboolean    was_served,
               const char *outcome)
{
  static const char *const working[] = { "contacting", "in_service", "waitlisted", "paused", NULL };
  gboolean sent = g_strcmp0 (phase, "sent") == 0, accepted = g_strcmp0 (phase, "accepted") == 0;
  gboolean works = phase && g_strv_contains (working, phase);
  gboolean resolved = g_strcmp0 (phase, "closed_resolved") == 0, closed = resolved || g_strcmp0 (phase, "closed_unresolved") == 0;
  gboolean unsent = g_strcmp0 (phase, "draft") == 0 || g_strcmp0 (phase, "pending_consent") == 0;
  gboolean ended = !sent && !accepted && !works && !closed && !unsent;
  const char *label = kith_format_code ("phase", phase);

  set_step (self, 0, unsent ? label : _("Sent"), unsent ? "warn" : sent ? "accent" : "good");
  set_step (self, 1, ended && !was_accepted ? label : sent ? _("Answer awaited") : _("Accepted"),
            sent || unsent ? NULL : ended && !was_accepted ? "bad" : accepted ? "accent" : "good");
  /* An end says nothing of a service: nobody was reached, nobody came. */
  set_step (self, 2, works ? label : closed && !was_served ? _("Not in service") : _("In service"),
            works ? (g_str_equal (phase, "waitlisted") || g_str_equal (phase, "paused") ? "warn" : "accent") : closed && was_served ? "good" : NULL);
  set_step (self, 3, closed && outcome ? kith_format_code ("outcome", outcome) : _("Outcome"), resolved ? "good" : closed ? "warn" : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
