/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-contact-row.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-status-pill.h"

struct _KithContactRow
{
  KithListRow parent_instance;
  GtkLabel *name, *what, *meta, *open;
  KithStatusPill *pill;
  GtkWidget *pending;
};

G_DEFINE_FINAL_TYPE (KithContactRow, kith_contact_row, KITH_TYPE_LIST_ROW)

static char *
kith_contact_row_update (KithListRow *list_row,
                         KithRow     *row)
{
  KithContactRow *self = KITH_CONTACT_ROW (list_row);
  gint64 now = kith_context_get_now (kith_list_row_get_context (list_row)), n_open = kith_row_get_int (row, "open");
  const char *name = kith_row_get_text (row, "name"), *caller = kith_row_get_text (row, "caller_name"), *queue = kith_row_get_text (row, "queue_name");
  const char *number = kith_row_get_text (row, "number"), *phase = kith_row_get_text (row, "phase"), *status = phase ? kith_format_referral_status (row) : NULL;
  gboolean pending = kith_row_get_int (row, "pending") != 0;
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "submitted_at"), now);
  g_autofree char *meta = kith_format_join (number, when, kith_row_get_text (row, "author_name"));
  g_autofree char *open = n_open > 0 ? g_strdup_printf (ngettext ("%u open", "%u open", (gulong) n_open), (guint) n_open) : NULL;
  g_autofree char *by = caller ? g_strdup_printf ("%s: %s", kith_format_code ("caller_kind", kith_row_get_text (row, "caller_kind")), caller) : NULL;
  g_autofree char *what = kith_format_join (queue ? queue : by ? by : kith_format_code ("contact_channel", kith_row_get_text (row, "how")), queue ? by : NULL);

  if (!name)
    name = caller ? caller : _("Name not given");
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->meta, meta);
  gtk_label_set_text (self->open, open ? open : "");
  gtk_widget_set_visible (GTK_WIDGET (self->open), open != NULL);
  kith_status_pill_set_status (self->pill, phase, status);
  gtk_widget_set_visible (self->pending, pending);
  return g_strjoin (", ", name, what, meta, open ? open : _("nothing open"), status ? status : _("nothing assigned"), pending ? _("not sent yet") : NULL, NULL);
}

static void
kith_contact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_CONTACT_ROW);
  G_OBJECT_CLASS (kith_contact_row_parent_class)->dispose (object);
}

static void
kith_contact_row_class_init (KithContactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_contact_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->tall = TRUE;
  KITH_LIST_ROW_CLASS (klass)->update = kith_contact_row_update;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/contacts/kith-contact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithContactRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithContactRow, what);
  gtk_widget_class_bind_template_child (widget_class, KithContactRow, meta);
  gtk_widget_class_bind_template_child (widget_class, KithContactRow, open);
  gtk_widget_class_bind_template_child (widget_class, KithContactRow, pill);
  gtk_widget_class_bind_template_child (widget_class, KithContactRow, pending);
}

static void
kith_contact_row_init (KithContactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
