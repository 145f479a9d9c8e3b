/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-case-row.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-status-pill.h"

struct _KithCaseRow
{
  KithListRow parent_instance;
  GtkLabel *name, *what, *meta, *due;
  KithStatusPill *pill;
  GtkWidget *pending;
};

G_DEFINE_FINAL_TYPE (KithCaseRow, kith_case_row, KITH_TYPE_LIST_ROW)

const char *
kith_case_phase_icon (const char *phase)
{
  return g_strcmp0 (phase, "open") == 0 ? "starred-symbolic" : "object-select-symbolic";
}

/* Returns: (transfer none): for kith_status_pill_set(): green only while a case is open */
const char *
kith_case_phase_tone (const char *phase)
{
  return g_strcmp0 (phase, "open") == 0 ? "good" : "";
}

static char *
kith_case_row_update (KithListRow *list_row,
                      KithRow     *row)
{
  KithCaseRow *self = KITH_CASE_ROW (list_row);
  gint64 now = kith_context_get_now (kith_list_row_get_context (list_row));
  const char *title = kith_row_get_text (row, "title"), *number = kith_row_get_text (row, "number"), *phase = kith_row_get_text (row, "phase");
  const char *step = kith_row_get_text (row, "next_step"), *outcome = kith_row_get_text (row, "outcome");
  gboolean open = g_strcmp0 (phase, "open") == 0, late = FALSE, pending = kith_row_get_int (row, "pending") != 0;
  g_autofree char *name = kith_format_row_name (row);
  g_autofree char *due = open ? kith_format_due (kith_row_get_text (row, "next_step_on"), now, &late) : NULL;
  g_autofree char *meta = NULL;

  if (open)
    meta = kith_format_join (number, step ? step : _("No next step"));
  else
    meta = kith_format_join (number, kith_format_reason ("outcome", outcome, kith_row_get_text (row, "outcome_name")));
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->what, title ? title : "");
  gtk_label_set_text (self->meta, meta);
  gtk_label_set_text (self->due, due ? due : "");
  gtk_widget_set_visible (GTK_WIDGET (self->due), due != NULL);
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self->due), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->due), "late");
  /* Open is what a case is: only the end is worth a pill. */
  kith_status_pill_set (self->pill, kith_case_phase_icon (phase), open ? NULL : kith_format_code ("case_phase", phase), kith_case_phase_tone (phase));
  gtk_widget_set_visible (self->pending, pending);
  return g_strjoin (", ", name, title ? title : "", kith_format_code ("case_phase", phase), meta, pending ? _("not sent yet") : due, NULL);
}

static void
kith_case_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_CASE_ROW);
  G_OBJECT_CLASS (kith_case_row_parent_class)->dispose (object);
}

static void
kith_case_row_class_init (KithCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_case_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->tall = TRUE;
  KITH_LIST_ROW_CLASS (klass)->update = kith_case_row_update;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/cases/kith-case-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithCaseRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithCaseRow, what);
  gtk_widget_class_bind_template_child (widget_class, KithCaseRow, meta);
  gtk_widget_class_bind_template_child (widget_class, KithCaseRow, due);
  gtk_widget_class_bind_template_child (widget_class, KithCaseRow, pill);
  gtk_widget_class_bind_template_child (widget_class, KithCaseRow, pending);
}

static void
kith_case_row_init (KithCaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
