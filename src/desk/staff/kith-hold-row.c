/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-hold-row.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"
#include "staff/kith-staff-fit.h"
#include "staff/kith-staff-row.h"

struct _KithHoldRow
{
  KithListRow parent_instance;
  GtkLabel *name, *meta;
};

G_DEFINE_FINAL_TYPE (KithHoldRow, kith_hold_row, KITH_TYPE_LIST_ROW)

char *
kith_hold_name (KithRow *row)
{
  return kith_format_row_name (row);
}

static char *
kith_hold_row_update (KithListRow *list_row,
                      KithRow     *row)
{
  KithHoldRow *self = KITH_HOLD_ROW (list_row);
  const char *number = kith_row_get_text (row, "number"), *former = kith_row_get_text (row, "former");
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (row, "languages"));
  g_autofree char *name = kith_hold_name (row);
  g_autofree char *counts = kith_staff_counts (row);
  /* Translators: names of colleagues who have left */
  g_autofree char *was = former ? g_strdup_printf (_("was with %s"), former) : NULL;
  g_autofree char *language = languages && languages[0] && !g_str_equal (languages[0], KITH_BALANCE_COMMON_LANGUAGE) ? kith_language_name (languages[0]) : NULL;
  gboolean any = kith_row_get_int (row, "cases") + kith_row_get_int (row, "referrals") + kith_row_get_int (row, "tasks") > 0;
  const char *parts[] = { number, any ? counts : NULL, language, was };
  g_autoptr (GString) meta = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] && *parts[i])
      g_string_append_printf (meta, "%s%s", meta->len > 0 ? " · " : "", parts[i]);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->meta, meta->str);
  return g_strjoin (", ", name, meta->str, NULL);
}

static GdkContentProvider *
prepare_cb (KithHoldRow *self)
{
  KithRow *row = kith_list_row_get_row (KITH_LIST_ROW (self));

  if (!row || !kith_row_get_id (row) || !gtk_widget_activate_action (GTK_WIDGET (self), "staff.take", "s", kith_row_get_id (row)))
    return NULL;
  return gdk_content_provider_new_typed (KITH_TYPE_ROW, row);
}

static void
kith_hold_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_HOLD_ROW);
  G_OBJECT_CLASS (kith_hold_row_parent_class)->dispose (object);
}

static void
kith_hold_row_class_init (KithHoldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_hold_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->update = kith_hold_row_update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/staff/kith-hold-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithHoldRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithHoldRow, meta);
}

static void
kith_hold_row_init (KithHoldRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}
