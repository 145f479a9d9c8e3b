/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-timeline-entry.h"

struct _KithTimelineEntry
{
  AdwBin parent_instance;
  GtkWidget *dot, *line, *lock, *link;
  GtkImage *image;
  GtkLabel *title, *meta, *text;
};

G_DEFINE_FINAL_TYPE (KithTimelineEntry, kith_timeline_entry, ADW_TYPE_BIN)

static void
kith_timeline_entry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_TIMELINE_ENTRY);
  G_OBJECT_CLASS (kith_timeline_entry_parent_class)->dispose (object);
}

static void
kith_timeline_entry_class_init (KithTimelineEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_timeline_entry_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-timeline-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, dot);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, line);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, lock);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, link);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, image);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, title);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, meta);
  gtk_widget_class_bind_template_child (widget_class, KithTimelineEntry, text);
}

static void
kith_timeline_entry_init (KithTimelineEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_or_hide (GtkLabel   *label,
             const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

/**
 * kith_timeline_entry_new:
 * @icon_name: in the dot
 * @tone: (nullable): "accent", "good", "warn", "bad"; NULL or "": grey
 * @title: who and what
 * @meta: (nullable): when
 * @text: (nullable): the words
 * @secret: seen by one's own agency alone: marked as such
 * @action: (nullable): a detailed action name that a click carries out
 *
 * Returns: (transfer floating): an entry, as the last one until kith_timeline_entry_set_last() says otherwise
 */
GtkWidget *
kith_timeline_entry_new (const char *icon_name,
                         const char *tone,
                         const char *title,
                         const char *meta,
                         const char *text,
                         gboolean    secret,
                         const char *action)
{
  KithTimelineEntry *self = g_object_new (KITH_TYPE_TIMELINE_ENTRY, NULL);
  g_autofree char *spoken = g_strjoin (", ", title, meta ? meta : "", text ? text : "", NULL);

  gtk_image_set_from_icon_name (self->image, icon_name);
  if (tone && *tone)
    gtk_widget_add_css_class (self->dot, tone);
  gtk_label_set_text (self->title, title);
  set_or_hide (self->meta, meta);
  set_or_hide (self->text, text);
  gtk_widget_set_visible (self->lock, secret);
  if (secret)
    gtk_widget_add_css_class (GTK_WIDGET (self), "private");
  gtk_widget_set_visible (self->link, action != NULL);
  if (action)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->link), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  kith_timeline_entry_set_last (self, TRUE);
  return GTK_WIDGET (self);
}

void
kith_timeline_entry_set_last (KithTimelineEntry *self,
                              gboolean           last)
{
  gtk_widget_set_visible (self->line, !last);
}
