/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-status-pill.h"

#include "kith-format.h"

struct _KithStatusPill
{
  GtkWidget parent_instance;
  GtkImage *image;
  GtkLabel *label;
  char *tone;
};

G_DEFINE_FINAL_TYPE (KithStatusPill, kith_status_pill, GTK_TYPE_WIDGET)

#define LONG 16 /* characters */

static const struct
{
  const char *phase, *icon, *tone;
} looks[] = {
  { "draft", "document-edit-symbolic", "" },
  { "pending_consent", "changes-prevent-symbolic", "warn" },
  { "given", "document-print-symbolic", "" },
  { "sent", "mail-unread-symbolic", "accent" },
  { "accepted", "object-select-symbolic", "good" },
  { "contacting", "call-start-symbolic", "good" },
  { "in_service", "starred-symbolic", "good" },
  { "waitlisted", "document-open-recent-symbolic", "warn" },
  { "paused", "media-playback-pause-symbolic", "warn" },
  { "declined", "action-unavailable-symbolic", "bad" },
  { "recalled", "edit-undo-symbolic", "" },
  { "expired", "appointment-missed-symbolic", "bad" },
  { "closed_resolved", "object-select-symbolic", "good" },
  { "closed_unresolved", "window-close-symbolic", "" },
  { "voided", "edit-delete-symbolic", "" },
};

/**
 * kith_phase_icon:
 * @phase: (nullable): of a referral
 *
 * Returns: (transfer none): a name of an icon; a question mark for what is unknown
 */
const char *
kith_phase_icon (const char *phase)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].phase, phase) == 0)
      return looks[i].icon;
  return "dialog-question-symbolic";
}

/**
 * kith_phase_tone:
 * @phase: (nullable): of a referral
 *
 * Returns: (transfer none): for kith_status_pill_set(); "" for what is unknown
 */
const char *
kith_phase_tone (const char *phase)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].phase, phase) == 0)
      return looks[i].tone;
  return "";
}

static void
kith_status_pill_dispose (GObject *object)
{
  KithStatusPill *self = KITH_STATUS_PILL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_STATUS_PILL);
  g_clear_pointer (&self->tone, g_free);
  G_OBJECT_CLASS (kith_status_pill_parent_class)->dispose (object);
}

static void
kith_status_pill_class_init (KithStatusPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_status_pill_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-status-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, KithStatusPill, image);
  gtk_widget_class_bind_template_child (widget_class, KithStatusPill, label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statuspill");
}

static void
kith_status_pill_init (KithStatusPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kith_status_pill_new:
 *
 * Returns: (transfer floating): a pill without words
 */
GtkWidget *
kith_status_pill_new (void)
{
  return g_object_new (KITH_TYPE_STATUS_PILL, NULL);
}

void
kith_status_pill_set (KithStatusPill *self,
                      const char     *icon_name,
                      const char     *text,
                      const char     *tone)
{
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->image), icon_name != NULL);
  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_label_set_text (self->label, text ? text : "");
  /* A state is never cut: "Given t…" says nothing. One or two words keep their line, more of them take a second. */
  gtk_label_set_wrap (self->label, text && g_utf8_strlen (text, -1) > LONG);
  gtk_label_set_natural_wrap_mode (self->label, GTK_NATURAL_WRAP_NONE); /* and only where there is no room for one */
  if (self->tone)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->tone);
  g_free (self->tone);
  self->tone = tone && *tone ? g_strdup (tone) : NULL;
  if (self->tone)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->tone);
}

GtkWidget *
kith_status_pill_new_for (const char *icon_name,
                          const char *text,
                          const char *tone)
{
  GtkWidget *self = kith_status_pill_new ();

  kith_status_pill_set (KITH_STATUS_PILL (self), icon_name, text, tone);
  return self;
}

void
kith_status_pill_set_status (KithStatusPill *self,
                             const char     *phase,
                             const char     *status)
{
  kith_status_pill_set (self, kith_phase_icon (phase), phase ? kith_format_status (phase, status) : NULL, kith_phase_tone (phase));
}

const char *
kith_due_icon (KithDue due)
{
  return due == KITH_DUE_LATE ? "dialog-error-symbolic" : due == KITH_DUE_TODAY ? "alarm-symbolic" : "document-open-recent-symbolic";
}

const char *
kith_due_tone (KithDue due)
{
  return due == KITH_DUE_LATE ? "bad" : due == KITH_DUE_TODAY ? "warn" : "";
}

void
kith_status_pill_set_due (KithStatusPill *self,
                          const char     *date,
                          gint64          now_ms)
{
  KithDue due = kith_format_due_state (date, now_ms);
  gboolean late;
  g_autofree char *words = kith_format_due (date, now_ms, &late);

  kith_status_pill_set (self, kith_due_icon (due), words, kith_due_tone (due));
}
