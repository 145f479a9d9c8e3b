/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-list.h"

#include <glib/gi18n.h>

#include "documents/kith-document-row.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "widgets/kith-status-pill.h"

struct _KithClientList
{
  AdwBin parent_instance;
  KithContext *context;
  KithClientListKind kind;
  GtkWidget *list, *empty, *add;
  KithWatch *watch;
  GPtrArray *rows; /* (element-type KithRow) as shown */
};

G_DEFINE_FINAL_TYPE (KithClientList, kith_client_list, ADW_TYPE_BIN)

typedef struct
{
  const char *query;
  const char *kinds[6];
  gboolean with_today; /* the query's second input is the day it is */
  const char *title, *empty;
  const char *action, *add; /* what the button of the heading does, NULL: none */
  void (*show) (KithClientList *self, KithRow *row, AdwActionRow *line);
} ListSpec;

static const char *
text_of (KithRow    *row,
         const char *column)
{
  const char *text = kith_row_get_text (row, column);

  return text ? text : "";
}

/* "7 Apr 2026"; NULL: no day. Yours */
static char *
day_of (KithRow    *row,
        const char *column)
{
  const char *day = kith_row_get_text (row, column);

  return day && *day ? kith_format_date (day) : NULL;
}

static void
set_line (AdwActionRow *line,
          const char   *title,
          char         *subtitle) /* transfer full */
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (line, subtitle ? subtitle : "");
  g_free (subtitle);
}

/* What there is of the parts, one after the other. Ends with (char *) -1: a part that is not known is NULL. */
static char *
join (const char *first,
      ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  va_list parts;

  va_start (parts, first);
  for (const char *part = first; part != GINT_TO_POINTER (-1); part = va_arg (parts, const char *))
    if (part && *part)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  va_end (parts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define join(...) join (__VA_ARGS__, GINT_TO_POINTER (-1))

static void
add_button (AdwActionRow *line,
            const char   *words,
            const char   *label, /* for those who hear it: which one */
            const char   *action,
            const char   *target)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (line, button);
}

static void
add_pill (AdwActionRow *line,
          const char   *icon,
          const char   *words,
          const char   *tone)
{
  GtkWidget *pill = kith_status_pill_new ();

  kith_status_pill_set (KITH_STATUS_PILL (pill), icon, words, tone);
  adw_action_row_add_suffix (line, pill);
}

static void
show_alert (KithClientList *self,
            KithRow        *row,
            AdwActionRow   *line)
{
  const char *level = text_of (row, "level");
  gboolean active = kith_row_get_int (row, "active") != 0, danger = g_str_equal (level, "danger");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "raised_at"), kith_context_get_now (self->context));
  g_autofree char *day = day_of (row, "until");
  g_autofree char *until = day ? g_strdup_printf (C_("day", "until %s"), day) : NULL;
  g_autofree char *label = g_strdup_printf (_("Clear the alert: %s"), text_of (row, "text"));
  GtkWidget *icon = gtk_image_new_from_icon_name (g_str_equal (level, "info") ? "dialog-information-symbolic" : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, !active ? "dim-label" : danger ? "error" : g_str_equal (level, "info") ? "accent" : "warning");
  adw_action_row_add_prefix (line, icon);
  set_line (line, text_of (row, "text"), join (kith_format_code ("alert_level", level), text_of (row, "raised_by_name"), text_of (row, "agency_name"), when, until));
  if (active)
    add_button (line, _("Clear…"), label, "client.clear-alert", kith_row_get_id (row));
  else
    add_pill (line, "object-select-symbolic", kith_row_get_text (row, "cleared_at") ? _("Cleared") : _("Over"), "");
}

static void
show_member (KithClientList *self,
             KithRow        *row,
             AdwActionRow   *line)
{
  g_autofree char *from = day_of (row, "started_on");
  g_autofree char *to = day_of (row, "ended_on");
  g_autofree char *when = to ? g_strdup_printf (_("%s to %s"), from ? from : "", to) : from ? g_strdup_printf (_("since %s"), from) : NULL;
  g_autofree char *label = g_strdup_printf (_("%s no longer works with this client"), text_of (row, "name"));

  set_line (line, text_of (row, "name"), join (text_of (row, "role"), text_of (row, "agency_name"), when));
  if (to)
    add_pill (line, "object-select-symbolic", _("Former"), "");
  else if (kith_row_get_int (row, "mine"))
    add_button (line, C_("verb", "Leave…"), label, "client.leave-team", text_of (row, "staff"));
}

static void
show_enrollment (KithClientList *self,
                 KithRow        *row,
                 AdwActionRow   *line)
{
  g_autofree char *from = day_of (row, "started_on");
  g_autofree char *to = day_of (row, "ended_on");
  g_autofree char *when = to ? g_strdup_printf (_("%s to %s"), from ? from : "", to) : from ? g_strdup_printf (_("since %s"), from) : NULL;
  g_autofree char *label = g_strdup_printf (_("End the enrollment in %s"), text_of (row, "program_name"));

  set_line (line, text_of (row, "program_name"), join (text_of (row, "agency_name"), when,
                                                       kith_format_code ("enrollment_end", kith_row_get_text (row, "end_reason")), text_of (row, "by_name"),
                                                       text_of (row, "note")));
  if (to)
    add_pill (line, "object-select-symbolic", _("Ended"), "");
  else if (self->kind == KITH_CLIENT_ENROLLED_HERE || kith_row_get_int (row, "mine"))
    add_button (line, _("End…"), label, "client.end-enrollment", kith_row_get_id (row));
}

static void
show_case (KithClientList *self,
           KithRow        *row,
           AdwActionRow   *line)
{
  gboolean open = g_str_equal (text_of (row, "phase"), "open");
  g_autofree char *day = day_of (row, "next_step_on");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, open ? "opened_at" : "closed_at"), kith_context_get_now (self->context));
  g_autofree char *next = !open ? NULL : day ? g_strdup_printf (_("Next: %s, %s"), text_of (row, "next_step"), day)
                          : *text_of (row, "next_step") ? g_strdup_printf (_("Next: %s"), text_of (row, "next_step")) : NULL;
  g_autofree char *place = g_strconcat ("cases/", kith_row_get_id (row), NULL);
  g_autofree char *since = !when ? NULL : open ? g_strdup_printf (_("opened %s"), when) : g_strdup_printf (_("closed %s"), when);

  set_line (line, text_of (row, "title"), join (text_of (row, "number"), kith_format_code ("case_type", kith_row_get_text (row, "type")),
                                                text_of (row, "agency_name"), next ? next : since, kith_row_get_int (row, "pending") ? _("not sent yet") : NULL));
  if (!open)
    add_pill (line, "object-select-symbolic", kith_row_get_text (row, "outcome") ? kith_format_code ("outcome", kith_row_get_text (row, "outcome")) : _("Closed"), "");
  else if (kith_row_get_int (row, "mine"))
    add_pill (line, "avatar-default-symbolic", _("Yours"), "accent");
  adw_action_row_add_suffix (line, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "win.go");
}

static void
show_service (KithClientList *self,
              KithRow        *row,
              AdwActionRow   *line)
{
  gint64 count = kith_row_get_int (row, "count");
  g_autofree char *day = day_of (row, "given_on");
  const char *type = kith_format_code ("service_type", kith_row_get_text (row, "type"));
  /* Translators: what was given, how often: "Meal × 3" */
  g_autofree char *title = count > 1 ? g_strdup_printf (_("%s × %u"), type, (guint) count) : g_strdup (type);

  set_line (line, title, join (day, text_of (row, "service_name"), text_of (row, "agency_name"), text_of (row, "by_name"), text_of (row, "note")));
}

static void
show_relative (KithClientList *self,
               KithRow        *row,
               AdwActionRow   *line)
{
  g_autofree char *name = kith_format_name (kith_row_get_text (row, "given_name"), NULL, kith_row_get_text (row, "family_name"), NULL, NULL);
  g_autofree char *birth = kith_format_birth (kith_row_get_text (row, "date_of_birth"), kith_context_get_now (self->context));
  g_autofree char *place = g_strconcat ("clients/", kith_row_get_id (row), NULL);

  if (kith_row_get_int (row, "own"))
    {
      g_autofree char *from = day_of (row, "since");
      g_autofree char *when = from ? g_strdup_printf (_("since %s"), from) : NULL;
      g_autofree char *label = g_strdup_printf (_("%s no longer lives in this household"), name);

      set_line (line, name, join (kith_format_code ("hmis_relationship", kith_row_get_text (row, "relationship")), when));
      add_button (line, C_("verb", "Leave"), label, "client.leave-household", NULL);
      return;
    }
  set_line (line, name, join (kith_format_code ("hmis_relationship", kith_row_get_text (row, "relationship")), birth, text_of (row, "number")));
  adw_action_row_add_suffix (line, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "win.go");
}

static void
show_document (KithClientList *self,
               KithRow        *row,
               AdwActionRow   *line)
{
  kith_document_row_show (line, row, kith_context_get_now (self->context));
}

static void
show_entry (KithClientList *self,
            KithRow        *row,
            AdwActionRow   *line)
{
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (self->context));
  const KithKind *kind = kith_kind_get (text_of (row, "t"));
  const char *of = kind && !g_str_equal (kind->name, "client") ? _(kind->label) : NULL;

  set_line (line, text_of (row, "staff_name"), join (kith_format_code ("audit_action", text_of (row, "what")), of, when, text_of (row, "detail")));
}

static const ListSpec specs[] = {
  [KITH_CLIENT_ALERTS] = { "client-alerts", { "alert" }, TRUE, N_("Alerts"), N_("No alerts."), "client.raise-alert", N_("Raise Alert"), show_alert },
  [KITH_CLIENT_CARE_TEAM] = { "client-care-team", { "care_team_member", "assignment" }, FALSE, N_("Care team"), N_("Nobody is named yet."),
                              "client.join-team", N_("Add Colleague"), show_member },
  [KITH_CLIENT_ENROLLED_HERE] = { "client-enrolled-here", { "enrollment", "program" }, FALSE, N_("Enrolled at your agency"), N_("Not in a program now."),
                                  "client.enroll", N_("Enroll"), show_enrollment },
  [KITH_CLIENT_CASES] = { "client-cases", { "case", "assignment", "match" }, FALSE, N_("Cases"), N_("No cases yet."), "client.open-case", N_("Open a Case"), show_case },
  [KITH_CLIENT_SERVICES] = { "client-services", { "service_event", "service", "match" }, FALSE, N_("Services given"), N_("Nothing recorded yet."), "client.record-service",
                             N_("Record a Service"), show_service },
  [KITH_CLIENT_PROGRAMS] = { "client-enrollments", { "enrollment", "program", "match" }, FALSE, N_("Programs"), N_("Never enrolled in a program."), "client.enroll",
                             N_("Enroll"), show_enrollment },
  [KITH_CLIENT_HOUSEHOLD] = { "client-household", { "household_member", "client" }, FALSE, N_("Household"), N_("Not in a household yet."),
                              "client.join-household", N_("Join a Household"), show_relative },
  [KITH_CLIENT_DOCUMENTS] = { "client-documents", { "document", "file", "op" }, FALSE, N_("Documents"),
                              N_("No files yet. Drop one here, or attach a scan, a photo or a letter."), "client.attach", N_("Attach a File"), show_document },
  [KITH_CLIENT_LOG] = { "client-log", { "audit_entry" }, FALSE, N_("Who looked at this record"), N_("Nobody has opened, printed or saved anything of it yet."), NULL, NULL,
                        show_entry },
};

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithClientList *self = user_data;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *line = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
      specs[self->kind].show (self, rows->pdata[i], ADW_ACTION_ROW (line));
      gtk_list_box_append (GTK_LIST_BOX (self->list), line);
    }
  gtk_widget_set_visible (self->list, rows->len > 0);
  gtk_widget_set_visible (self->empty, rows->len == 0);
}

static void
kith_client_list_dispose (GObject *object)
{
  KithClientList *self = KITH_CLIENT_LIST (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_client_list_parent_class)->dispose (object);
}

static void
kith_client_list_class_init (KithClientListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_client_list_dispose;
}

static void
kith_client_list_init (KithClientList *self)
{
}

/* The button of a heading prints its key. */
static GtkWidget *
add_button_new (const ListSpec *spec)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_label_new (_(spec->add));
  g_autofree char *key = kith_shortcuts_label (spec->action);

  gtk_box_append (GTK_BOX (box), words);
  if (key)
    {
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key-hint");
      gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(spec->add), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), spec->action);
  return button;
}

GtkWidget *
kith_client_list_new (KithContext       *context,
                      KithClientListKind kind)
{
  KithClientList *self = g_object_new (KITH_TYPE_CLIENT_LIST, NULL);
  const ListSpec *spec = &specs[kind];
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *list_name = g_strconcat (spec->query, "-list", NULL);

  self->context = g_object_ref (context);
  self->kind = kind;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(spec->title));
  if (spec->action)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add_button_new (spec));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_name (self->list, list_name);
  gtk_widget_set_visible (self->list, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->list);
  self->empty = gtk_label_new (_(spec->empty));
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "meta");
  gtk_widget_set_visible (self->empty, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->empty);
  adw_bin_set_child (ADW_BIN (self), group);
  return GTK_WIDGET (self);
}

void
kith_client_list_set_client (KithClientList *self,
                             const char     *id)
{
  const ListSpec *spec = &specs[self->kind];
  g_autofree char *today = kith_format_today (kith_context_get_now (self->context));
  const char *args[] = { id, spec->with_today ? today : NULL, NULL };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_clear_object (&self->watch);
  rows_cb (none, self); /* nobody sees the rows of the client before */
  gtk_widget_set_visible (self->empty, FALSE);
  if (id)
    self->watch = kith_watch_new_args (self->context, spec->query, spec->kinds, args, rows_cb, self);
}

KithRow *
kith_client_list_find (KithClientList *self,
                       const char     *id)
{
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), id) == 0)
      return self->rows->pdata[i];
  return NULL;
}
