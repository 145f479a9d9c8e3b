/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/kith-log-row.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-operation.h"

struct _KithLogRow
{
  KithListRow parent_instance;
  GtkLabel *who, *what, *when;
};

G_DEFINE_FINAL_TYPE (KithLogRow, kith_log_row, KITH_TYPE_LIST_ROW)

char *
kith_log_client (KithRow *row)
{
  const char *number = kith_row_get_text (row, "number");
  g_autofree char *name = NULL;

  if (!kith_row_get_text (row, "client"))
    return NULL;
  if (!number)
    return g_strdup (_("a client whose record is not on this computer"));
  name = kith_format_row_name (row);
  return name && *name ? g_steal_pointer (&name) : g_strdup (number);
}

const char *
kith_log_detail (KithRow *row)
{
  const char *detail = kith_row_get_text (row, "detail");
  gboolean discarded = detail && g_strcmp0 (kith_row_get_text (row, "what"), "discarded") == 0;
  const KithOperation *operation = discarded ? kith_operation_get (detail) : NULL;

  if (discarded && g_str_equal (detail, "draft"))
    return _("Something that was being written");
  return operation ? _(operation->label) : detail;
}

static char *
kith_log_row_update (KithListRow *list_row,
                     KithRow     *row)
{
  KithLogRow *self = KITH_LOG_ROW (list_row);
  gint64 now = kith_context_get_now (kith_list_row_get_context (list_row));
  const char *who = kith_row_get_text (row, "staff_name"), *action = kith_format_code ("audit_action", kith_row_get_text (row, "what"));
  g_autofree char *client = kith_log_client (row), *when = kith_format_time (kith_row_get_text (row, "at"), now);
  g_autofree char *what = client ? g_strdup_printf ("%s · %s", action, client) : g_strdup (action);

  gtk_label_set_text (self->who, who ? who : "");
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->when, when ? when : "");
  return g_strjoin (", ", who ? who : "", what, when ? when : "", NULL);
}

static void
kith_log_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_LOG_ROW);
  G_OBJECT_CLASS (kith_log_row_parent_class)->dispose (object);
}

static void
kith_log_row_class_init (KithLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_log_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->update = kith_log_row_update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/log/kith-log-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithLogRow, who);
  gtk_widget_class_bind_template_child (widget_class, KithLogRow, what);
  gtk_widget_class_bind_template_child (widget_class, KithLogRow, when);
}

static void
kith_log_row_init (KithLogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
