/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amendments/kith-amendment-row.h"

#include <glib/gi18n.h>

#include "amendments/kith-amendment-words.h"
#include "kith-format.h"
#include "widgets/kith-status-pill.h"

struct _KithAmendmentRow
{
  KithListRow parent_instance;
  GtkLabel *client, *about;
  KithStatusPill *pill;
};

G_DEFINE_FINAL_TYPE (KithAmendmentRow, kith_amendment_row, KITH_TYPE_LIST_ROW)

char *
kith_amendment_client (KithRow *row)
{
  const char *number = kith_row_get_text (row, "number");
  g_autofree char *name = kith_row_get_int (row, "here") ? kith_format_name (kith_row_get_text (row, "given_name"), kith_row_get_text (row, "middle_name"), kith_row_get_text (row, "family_name"),
                                                                             kith_row_get_text (row, "second_family_name"), kith_row_get_text (row, "described_as"))
                                                         : NULL;

  if (name && *name)
    return g_steal_pointer (&name);
  return g_strdup (number ? number : _("A client whose record is not on this computer"));
}

static char *
kith_amendment_row_update (KithListRow *list_row,
                           KithRow     *row)
{
  KithAmendmentRow *self = KITH_AMENDMENT_ROW (list_row);
  const char *icon, *tone, *state = kith_amendment_state (row, &icon, &tone);
  gboolean late = FALSE, asked = g_strcmp0 (kith_row_get_text (row, "state"), "asked") == 0;
  g_autofree char *about = kith_amendment_about (row);
  g_autofree char *client = kith_amendment_client (row);
  g_autofree char *due = asked ? kith_format_due (kith_row_get_text (row, "due_on"), kith_context_get_now (kith_list_row_get_context (list_row)), &late) : NULL;
  KithDue state_of_day = kith_format_due_state (kith_row_get_text (row, "due_on"), kith_context_get_now (kith_list_row_get_context (list_row)));
  const char *words = due ? due : state;

  gtk_label_set_text (self->client, client);
  gtk_label_set_text (self->about, about);
  kith_status_pill_set (self->pill, due ? kith_due_icon (state_of_day) : icon, words, due ? kith_due_tone (state_of_day) : tone);
  return g_strjoin (", ", client, about, words, NULL);
}

static void
kith_amendment_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_AMENDMENT_ROW);
  G_OBJECT_CLASS (kith_amendment_row_parent_class)->dispose (object);
}

static void
kith_amendment_row_class_init (KithAmendmentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_amendment_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->update = kith_amendment_row_update;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/amendments/kith-amendment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentRow, client);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentRow, about);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentRow, pill);
}

static void
kith_amendment_row_init (KithAmendmentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
