/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/kith-log-page.h"

#include <glib/gi18n.h>

#include "kith-text.h"
#include "log/kith-log-export.h"
#include "log/kith-log-filter.h"
#include "log/kith-log-row.h"
#include "log/kith-log-view.h"

struct _KithLogPage
{
  KithSplitPage parent_instance;
  KithLogView *view;
  KithListModel *model;
  GtkDropDown *months, *actions;
  KithLogFilter filter; /* what is shown */
};

G_DEFINE_FINAL_TYPE (KithLogPage, kith_log_page, KITH_TYPE_SPLIT_PAGE)

static const char *const kinds[] = { "audit_entry", "client", NULL };

static KithContext *
context_of (KithLogPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* The others hold no entry, so there is nothing to hide from them; they are told who may. */
static gboolean
may_read (KithLogPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && kith_actor_has_duty (actor, KITH_DUTY_PRIVACY);
}

static gboolean
is_filtered (KithLogPage *self)
{
  return gtk_drop_down_get_selected (self->actions) > 0 || gtk_drop_down_get_selected (self->months) > 1 ||
         !kith_text_blank (kith_split_page_get_search (KITH_SPLIT_PAGE (self)));
}

static void
update_words (KithLogPage *self)
{
  KithSplitPage *page = KITH_SPLIT_PAGE (self);
  g_autofree char *count = NULL;
  guint n = 0;

  g_object_get (self->model, "total", &n, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.export", n > 0 && may_read (self));
  if (n > 0)
    count = g_strdup_printf (ngettext ("%'u entry", "%'u entries", n), n);
  kith_split_page_set_count_text (page, count);
  if (may_read (self))
    kith_split_page_set_choose (page, _("Select an entry to see it in full."));
  else
    kith_split_page_set_placeholder (page, "channel-secure-symbolic", NULL);
  if (!may_read (self))
    kith_split_page_set_empty (page, "channel-secure-symbolic", _("For Privacy Officers"),
                               _("Who opened and printed what is read by your agency’s privacy officers alone. An agency administrator says who they are."), NULL, NULL);
  else if (is_filtered (self))
    kith_split_page_set_empty (page, "system-search-symbolic", _("No Entry Matches"), _("Look in another month, or for another action, person or client."),
                               _("Clear Filters"), "log.clear");
  else
    kith_split_page_set_empty (page, "document-open-recent-symbolic", _("Nothing This Month"),
                               _("Entries appear when somebody opens, prints or exports a record, or searches the network."), _("Show All Months"), "log.all");
}

static void
update_filter (KithLogPage *self)
{
  kith_log_filter_make (&self->filter, kith_context_get_agency (context_of (self)), kith_context_get_now (context_of (self)),
                        gtk_drop_down_get_selected (self->months), gtk_drop_down_get_selected (self->actions),
                        kith_split_page_get_search (KITH_SPLIT_PAGE (self)));
  kith_list_model_set_args (self->model, (const char *const *) self->filter.args);
  update_words (self);
}

static void
kith_log_page_searched (KithSplitPage *page,
                        const char    *text)
{
  update_filter (KITH_LOG_PAGE (page));
}

static void
kith_log_page_selected (KithSplitPage *page,
                        const char    *id)
{
  kith_log_view_set_entry (KITH_LOG_PAGE (page)->view, id);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithLogPage *self = KITH_LOG_PAGE (widget);

  kith_log_export (widget, context_of (self), &self->filter);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithLogPage *self = KITH_LOG_PAGE (widget);

  gtk_drop_down_set_selected (self->actions, 0);
  gtk_drop_down_set_selected (self->months, g_str_equal (name, "log.all") ? 0 : 1);
  kith_split_page_clear_search (KITH_SPLIT_PAGE (self));
}

/* All of one person or client, whenever it was. */
static void
only_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithLogPage *self = KITH_LOG_PAGE (widget);
  KithRow *row = kith_log_view_get_row (self->view);
  const char *text = row ? kith_row_get_text (row, g_str_equal (name, "log.only-client") ? "number" : "staff_name") : NULL;

  if (!text)
    return;
  gtk_drop_down_set_selected (self->actions, 0);
  gtk_drop_down_set_selected (self->months, 0);
  kith_split_page_set_search_text (KITH_SPLIT_PAGE (self), text);
}

static GtkDropDown *
add_filter (KithLogPage   *self,
            GtkStringList *choices, /* transfer full */
            guint          chosen,
            const char    *label)
{
  GtkWidget *down = gtk_drop_down_new (G_LIST_MODEL (choices), NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (down), chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  kith_split_page_add_filter (KITH_SPLIT_PAGE (self), down);
  g_signal_connect_object (down, "notify::selected", G_CALLBACK (update_filter), self, G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (down);
}

static void
kith_log_page_constructed (GObject *object)
{
  KithLogPage *self = KITH_LOG_PAGE (object);
  KithSplitPage *page = KITH_SPLIT_PAGE (self);
  GtkWidget *export = gtk_button_new_from_icon_name ("document-save-symbolic");

  G_OBJECT_CLASS (kith_log_page_parent_class)->constructed (object);
  kith_split_page_set_search (page, _("Colleague, client or number"), TRUE);
  self->view = KITH_LOG_VIEW (kith_log_view_new (context_of (self)));
  kith_split_page_set_detail (page, GTK_WIDGET (self->view));
  self->months = add_filter (self, kith_log_filter_months (kith_context_get_now (context_of (self))), 1, _("Month"));
  self->actions = add_filter (self, kith_log_filter_actions (), 0, _("What was done"));
  gtk_widget_set_name (export, "export");
  gtk_widget_set_tooltip_text (export, _("Export as CSV"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "log.export");
  kith_split_page_add_list_button (page, export);

  kith_log_filter_make (&self->filter, kith_context_get_agency (context_of (self)), kith_context_get_now (context_of (self)), 1, 0, "");
  self->model = kith_list_model_new (kith_context_get_desktop (context_of (self)), "audit-log", kinds, (const char *const *) self->filter.args);
  g_signal_connect_object (self->model, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (update_filter), self, G_CONNECT_SWAPPED);
  kith_split_page_set_model (page, G_LIST_MODEL (self->model), FALSE);
  update_words (self);
}

static void
kith_log_page_dispose (GObject *object)
{
  KithLogPage *self = KITH_LOG_PAGE (object);

  G_OBJECT_CLASS (kith_log_page_parent_class)->dispose (object);
  g_clear_object (&self->model);
  kith_log_filter_clear (&self->filter);
}

static void
kith_log_page_class_init (KithLogPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_log_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_log_page_dispose;
  KITH_PAGE_CLASS (klass)->name = "log";
  KITH_PAGE_CLASS (klass)->title = N_("Access Log");
  KITH_PAGE_CLASS (klass)->icon_name = "document-open-recent-symbolic";
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_LOG_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_log_page_searched;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_log_page_selected;
  gtk_widget_class_install_action (widget_class, "log.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "log.all", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "log.only-person", NULL, only_action);
  gtk_widget_class_install_action (widget_class, "log.only-client", NULL, only_action);
}

static void
kith_log_page_init (KithLogPage *self)
{
}
