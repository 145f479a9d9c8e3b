/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-timeline.h"

#include <glib/gi18n.h>

#include "kith-timeline-entry.h"

struct _KithTimeline
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KithTimeline, kith_timeline, GTK_TYPE_WIDGET)

static void
kith_timeline_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kith_timeline_parent_class)->dispose (object);
}

static void
kith_timeline_class_init (KithTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
kith_timeline_init (KithTimeline *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

/**
 * kith_timeline_new:
 *
 * Returns: (transfer floating): nothing has happened yet
 */
GtkWidget *
kith_timeline_new (void)
{
  return g_object_new (KITH_TYPE_TIMELINE, NULL);
}

/* The last one alone has no line below its dot. */
static void
mark_last (KithTimeline *self,
           gboolean      last)
{
  GtkWidget *entry = gtk_widget_get_last_child (GTK_WIDGET (self));

  if (entry)
    kith_timeline_entry_set_last (KITH_TIMELINE_ENTRY (entry), last);
}

/**
 * kith_timeline_insert:
 * @entry: (transfer floating): a KithTimelineEntry
 * @position: it stands behind so many others
 */
void
kith_timeline_insert (KithTimeline *self,
                      GtkWidget    *entry,
                      guint         position)
{
  GtkWidget *next = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (next && position-- > 0)
    next = gtk_widget_get_next_sibling (next);
  mark_last (self, FALSE);
  kith_timeline_entry_set_last (KITH_TIMELINE_ENTRY (entry), FALSE);
  gtk_widget_insert_before (entry, GTK_WIDGET (self), next);
  mark_last (self, TRUE);
}

void
kith_timeline_remove (KithTimeline *self,
                      GtkWidget    *entry)
{
  gtk_widget_unparent (entry);
  mark_last (self, TRUE);
}
