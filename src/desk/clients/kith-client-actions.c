/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-actions.h"

#include <glib/gi18n.h>

#include "kith-clients-page.h"
#include "kith-format.h"
#include "kith-revoke-window.h"
#include "kith-watch.h"
#include "print/kith-print-window.h"
#include "widgets/kith-ask-window.h"

static KithContext *
context_of (GtkWidget *page)
{
  return kith_page_get_context (KITH_PAGE (page));
}

static const char *
client_of (GtkWidget *page)
{
  return kith_split_page_get_id (KITH_SPLIT_PAGE (page));
}

static JsonObject *
this_client (GtkWidget *page)
{
  return kith_json_new ("client", "s", client_of (page), NULL);
}

/* "started_on": today. The day can be changed to one in the past. */
static JsonObject *
today (GtkWidget  *page,
       const char *field)
{
  g_autofree char *day = kith_format_today (kith_context_get_now (context_of (page)));

  return kith_json_new (field, "s", day, NULL);
}

/* given and preset: transfer full. NULL: no client is open. */
static KithAskWindow *
ask (GtkWidget  *page,
     const char *op,
     const char *title,
     const char *description,
     const char *verb,
     const char *done,
     JsonObject *given,
     JsonObject *preset)
{
  g_autofree char *words = kith_page_done (page, done);
  g_autofree char *scope = g_strconcat ("client:", client_of (page), NULL);
  KithAskWindow *window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), op, title, description, verb, words,
                                                                given, preset));

  kith_ask_window_keep_draft (window, scope);
  return window;
}

static void
open_case_action (GtkWidget  *page,
                  const char *name,
                  GVariant   *target)
{
  if (!client_of (page))
    return;
  gtk_window_present (GTK_WINDOW (ask (page, "case.open", _("Open a Case"), NULL, C_("verb", "Open"), _("Case opened"), this_client (page), NULL)));
  kith_client_view_show_tab (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), "cases");
}

/* What is written lies in a case, so that it has its readers; where the client has one open, it is that one. A draft may hold health
 * information: it goes with the right to that. */
static void
note_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  static const char *const kinds[] = { "case", "assignment", "match", NULL };
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (page)));
  g_autofree char *words = NULL;
  g_autofree char *scope = NULL;
  KithAskWindow *window;

  if (!client_of (page))
    return;
  words = kith_page_done (page, _("Note written"));
  scope = g_strconcat (actor && actor->health ? "client_health:" : "client:", client_of (page), NULL);
  window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), "note.add", _("Write a Note"),
                                                 _("It goes into an open case of the client, and those who work there read it."), _("Save"), words,
                                                 json_object_new (), kith_json_new ("sensitivity", "s", "general", NULL)));
  kith_ask_window_add_pick (window, "case", "client-cases-open", kinds, client_of (page));
  kith_ask_window_say_if_none (window, "case", _("The client has no open case at your agency. Press Escape, then C to open one; what you type here is kept."));
  kith_ask_window_begin_at (window, "text");
  kith_ask_window_keep_draft (window, scope);
  gtk_window_present (GTK_WINDOW (window));
}

static void
enroll_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  static const char *const kinds[] = { "program", NULL };
  KithAskWindow *window;

  if (!client_of (page))
    return;
  window = ask (page, "enrollment.start", _("Enroll in a Program"), NULL, _("Enroll"), _("Enrolled"), this_client (page), today (page, "started_on"));
  kith_ask_window_add_pick (window, "program", "programs-own", kinds, kith_context_get_agency (context_of (page)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
end_enrollment_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (ask (page, "enrollment.end", _("End the Enrollment"), NULL, C_("verb", "End"), _("Enrollment ended"),
                                       kith_json_new ("enrollment", "s", g_variant_get_string (target, NULL), NULL), today (page, "ended_on"))));
}

static void
join_team_action (GtkWidget  *page,
                  const char *name,
                  GVariant   *target)
{
  static const char *const kinds[] = { "staff", NULL };
  KithAskWindow *window;

  if (!client_of (page))
    return;
  window = ask (page, "care_team.join", _("Add a Colleague"), _("Who of your agency works with this client."), _("Add"), _("Added to the care team"),
                this_client (page), today (page, "started_on"));
  kith_ask_window_add_pick (window, "staff", "colleagues", kinds, kith_context_get_agency (context_of (page)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
leave_team_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  JsonObject *given = this_client (page);

  json_object_set_string_member (given, "staff", g_variant_get_string (target, NULL));
  gtk_window_present (GTK_WINDOW (ask (page, "care_team.leave", _("No Longer Works With This Client"), NULL, C_("verb", "Leave"), _("Left the care team"), given,
                                       today (page, "ended_on"))));
}

static void
raise_alert_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  if (client_of (page))
    gtk_window_present (GTK_WINDOW (ask (page, "alert.raise", _("Raise an Alert"), _("Everyone who opens this client sees it."), _("Raise"), _("Alert raised"),
                                         this_client (page), kith_json_new ("level", "s", "caution", NULL))));
}

static void
clear_alert_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (ask (page, "alert.clear", _("Clear the Alert"), NULL, _("Clear"), _("Alert cleared"),
                                       kith_json_new ("alert", "s", g_variant_get_string (target, NULL), NULL), NULL)));
}

static void
join_household_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  KithAskWindow *window;

  if (!client_of (page))
    return;
  window = ask (page, "household.join", _("Join a Household"), NULL, _("Join"), _("Household changed"), this_client (page), today (page, "since"));
  kith_ask_window_add_client (window, "with", _("Household of: name, birth date or phone"));
  gtk_window_present (GTK_WINDOW (window));
}

static void
leave_household_action (GtkWidget  *page,
                        const char *name,
                        GVariant   *target)
{
  g_autofree char *done = kith_page_done (page, _("Left the household"));

  if (client_of (page))
    kith_context_submit (context_of (page), "household.leave", this_client (page), done, TRUE, NULL, NULL);
}

static void
record_service_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  static const char *const kinds[] = { "service", NULL };
  JsonObject *preset;
  KithAskWindow *window;

  if (!client_of (page))
    return;
  preset = today (page, "given_on");
  json_object_set_int_member (preset, "count", 1);
  window = ask (page, "service.record", _("Record a Service"), NULL, C_("verb", "Record"), _("Service recorded"), this_client (page), preset);
  kith_ask_window_add_pick (window, "service", "services-own", kinds, kith_context_get_agency (context_of (page)));
  gtk_window_present (GTK_WINDOW (window));
  kith_client_view_show_tab (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), "services");
}

static void
open_revoke (GtkWidget  *page,
             const char *consent)
{
  if (client_of (page))
    gtk_window_present (GTK_WINDOW (kith_revoke_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), client_of (page), consent)));
}

static void
revoke_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  open_revoke (page, g_variant_get_string (target, NULL));
}

static void
revoke_all_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  open_revoke (page, NULL);
}

static void
restrict_action (GtkWidget  *page,
                 const char *name,
                 GVariant   *target)
{
  gboolean restricted = kith_client_view_is_restricted (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)));
  JsonObject *given;

  if (!client_of (page))
    return;
  given = this_client (page);
  json_object_set_boolean_member (given, "restricted", !restricted);
  gtk_window_present (GTK_WINDOW (
      restricted ? ask (page, "client.restrict", _("Lift the Restriction"), _("Who may see this client then follows from roles and consent again."), _("Lift"),
                        _("Restriction lifted"), given, NULL)
                 : ask (page, "client.restrict", _("Restrict This Record"),
                        _("Only supervisors and the staff assigned to this client keep sight of it, at every agency. The reason is shown with it."),
                        _("Restrict"), _("Record restricted"), given, NULL)));
}

/* The last service of the own agency, once more, today. The watch is kept by the page until it has answered. */
typedef struct
{
  GtkWidget *page; /* owns this */
  char *client;
} Repeat;

static void
repeat_free (gpointer data)
{
  Repeat *repeat = data;

  g_free (repeat->client);
  g_free (repeat);
}

static gboolean
repeat_over (gpointer page)
{
  g_object_set_data (G_OBJECT (page), "repeat-watch", NULL);
  g_object_set_data (G_OBJECT (page), "repeat", NULL);
  return G_SOURCE_REMOVE;
}

static void
last_service_cb (GPtrArray *rows,
                 gpointer   user_data)
{
  Repeat *repeat = user_data;
  GtkWidget *page = repeat->page;
  KithContext *context = context_of (page);
  g_autofree char *client = g_steal_pointer (&repeat->client);
  g_autofree char *id = kith_context_new_id (context), *day = kith_format_today (kith_context_get_now (context));
  g_autofree char *done = NULL;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *args;

  if (!client) /* answered already: this is the change that it made */
    return;
  g_idle_add_full (G_PRIORITY_DEFAULT, repeat_over, g_object_ref (page), g_object_unref); /* a watch is not dropped while it calls */
  if (!row)
    {
      kith_context_toast (context, _("There is no service to repeat yet"));
      return;
    }
  args = kith_json_new ("id", "s", id, "client", "s", client, "service", "s", kith_row_get_text (row, "service"), "type", "s", kith_row_get_text (row, "type"),
                        "given_on", "s", day, NULL);
  if (kith_row_get_int (row, "count") > 0)
    json_object_set_int_member (args, "count", kith_row_get_int (row, "count"));
  done = kith_page_done (page, _("The last service was recorded once more"));
  kith_context_submit (context, "service.record", args, done, TRUE, NULL, NULL);
  kith_client_view_show_tab (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), "services");
}

static void
repeat_service_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  static const char *const kinds[] = { NULL };
  Repeat *repeat;
  KithWatch *watch;

  if (!client_of (page) || g_object_get_data (G_OBJECT (page), "repeat"))
    return;
  repeat = g_new0 (Repeat, 1);
  repeat->page = page;
  repeat->client = g_strdup (client_of (page));
  g_object_set_data_full (G_OBJECT (page), "repeat", repeat, repeat_free);
  watch = kith_watch_new (context_of (page), "client-service-last", kinds, client_of (page), last_service_cb, repeat);
  g_object_set_data_full (G_OBJECT (page), "repeat-watch", watch, g_object_unref);
}

static void
print_action (GtkWidget  *page,
              const char *name,
              GVariant   *target)
{
  if (client_of (page))
    gtk_window_present (GTK_WINDOW (kith_print_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), client_of (page))));
}

static void
move_tab_action (GtkWidget  *page,
                 const char *name,
                 GVariant   *target)
{
  kith_client_view_move_tab (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), g_str_equal (name, "client.next-tab") ? 1 : -1);
}

void
kith_client_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "client.open-case", NULL, open_case_action);
  gtk_widget_class_install_action (klass, "client.note", NULL, note_action);
  gtk_widget_class_install_action (klass, "client.revoke", "s", revoke_action);
  gtk_widget_class_install_action (klass, "client.revoke-all", NULL, revoke_all_action);
  gtk_widget_class_install_action (klass, "client.restrict", NULL, restrict_action);
  gtk_widget_class_install_action (klass, "client.enroll", NULL, enroll_action);
  gtk_widget_class_install_action (klass, "client.end-enrollment", "s", end_enrollment_action);
  gtk_widget_class_install_action (klass, "client.join-team", NULL, join_team_action);
  gtk_widget_class_install_action (klass, "client.leave-team", "s", leave_team_action);
  gtk_widget_class_install_action (klass, "client.raise-alert", NULL, raise_alert_action);
  gtk_widget_class_install_action (klass, "client.clear-alert", "s", clear_alert_action);
  gtk_widget_class_install_action (klass, "client.join-household", NULL, join_household_action);
  gtk_widget_class_install_action (klass, "client.leave-household", NULL, leave_household_action);
  gtk_widget_class_install_action (klass, "client.record-service", NULL, record_service_action);
  gtk_widget_class_install_action (klass, "client.repeat-service", NULL, repeat_service_action);
  gtk_widget_class_install_action (klass, "client.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "client.next-tab", NULL, move_tab_action);
  gtk_widget_class_install_action (klass, "client.previous-tab", NULL, move_tab_action);
}
