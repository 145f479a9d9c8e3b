/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/kith-log-view.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-dates.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "log/kith-log-row.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-wrap-box.h"

struct _KithLogView
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *content, *open, *only_client;
  GtkLabel *title, *subtitle;
  KithFacts *facts;
  KithWatch *watch;
  KithRow *row;
};

G_DEFINE_FINAL_TYPE (KithLogView, kith_log_view, ADW_TYPE_BIN)

/* To the second: it may be evidence. */
static char *
whole_time (const char *iso)
{
  gint64 ms = 0;
  g_autoptr (GDateTime) when = iso && kith_time_parse (iso, &ms) ? g_date_time_new_from_unix_local (ms / 1000) : NULL;

  /* Translators: day of the week, day, month, year and time to the second, as strftime */
  return when ? kith_dates_format (when, _("%a %-d %b %Y, %H:%M:%S")) : NULL;
}

static void
show_row (KithLogView *self,
          KithRow     *row)
{
  const char *who = kith_row_get_text (row, "staff_name"), *t = kith_row_get_text (row, "t"), *number = kith_row_get_text (row, "number");
  const KithKind *kind = t ? kith_kind_get (t) : NULL;
  g_autofree char *client = kith_log_client (row), *place = g_strconcat ("clients/", kith_row_get_text (row, "client"), NULL);

  gtk_label_set_text (self->title, kith_format_code ("audit_action", kith_row_get_text (row, "what")));
  gtk_label_set_text (self->subtitle, who ? who : "");
  kith_facts_clear (self->facts);
  kith_facts_add (self->facts, _("Who"), who);
  kith_facts_take (self->facts, _("When"), whole_time (kith_row_get_text (row, "at")));
  kith_facts_take (self->facts, _("When, as that computer said"), whole_time (kith_row_get_text (row, "said_at")));
  kith_facts_add (self->facts, _("Client"), client);
  kith_facts_add (self->facts, _("Number"), number);
  kith_facts_add (self->facts, _("Kind of record"), kind ? _(kind->label) : NULL);
  kith_facts_add (self->facts, _("Detail"), kith_log_detail (row));
  gtk_widget_set_visible (self->open, number != NULL);
  gtk_widget_set_visible (self->only_client, number != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", place);
}

static void
row_cb (GPtrArray *rows,
        gpointer   user_data)
{
  KithLogView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;

  g_set_object (&self->row, row);
  gtk_widget_set_visible (self->content, self->row != NULL);
  if (self->row)
    show_row (self, self->row);
}

void
kith_log_view_set_entry (KithLogView *self,
                         const char  *id)
{
  static const char *const kinds[] = { "audit_entry", NULL };

  g_clear_object (&self->watch);
  g_clear_object (&self->row);
  gtk_widget_set_visible (self->content, FALSE);
  if (id)
    self->watch = kith_watch_new (self->context, "audit-entry", kinds, id, row_cb, self);
}

KithRow *
kith_log_view_get_row (KithLogView *self)
{
  return self->row;
}

static void
kith_log_view_dispose (GObject *object)
{
  KithLogView *self = KITH_LOG_VIEW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->row);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_LOG_VIEW);
  G_OBJECT_CLASS (kith_log_view_parent_class)->dispose (object);
}

static void
kith_log_view_class_init (KithLogViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_log_view_dispose;
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/log/kith-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KithLogView, content);
  gtk_widget_class_bind_template_child (widget_class, KithLogView, title);
  gtk_widget_class_bind_template_child (widget_class, KithLogView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, KithLogView, facts);
  gtk_widget_class_bind_template_child (widget_class, KithLogView, open);
  gtk_widget_class_bind_template_child (widget_class, KithLogView, only_client);
}

static void
kith_log_view_init (KithLogView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kith_log_view_new:
 *
 * Returns: (transfer floating): it shows nothing before kith_log_view_set_entry()
 */
GtkWidget *
kith_log_view_new (KithContext *context)
{
  KithLogView *self = g_object_new (KITH_TYPE_LOG_VIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
