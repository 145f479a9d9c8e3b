/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-actions-private.h"

#include <glib/gi18n.h>

#include "kith-client-form.h"
#include "kith-clients-page.h"
#include "kith-context-day.h"
#include "kith-format.h"
#include "kith-head-note.h"
#include "kith-revoke-window.h"
#include "print/kith-print-window.h"
#include "staff/kith-staff-suggest.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-correction.h"

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
JsonObject *
kith_client_today (GtkWidget  *page,
                   const char *field)
{
  g_autofree char *day = kith_format_today (kith_context_get_day_now (context_of (page)));

  return kith_json_new (field, "s", day, NULL);
}

KithAskWindow *
kith_client_ask (GtkWidget  *page,
                 const char *op,
                 const char *title,
                 const char *description,
                 const char *verb,
                 const char *done,
                 JsonObject *given,
                 JsonObject *preset)
{
  return kith_client_ask_of (page, client_of (page), op, title, description, verb, done, given, preset);
}

KithAskWindow *
kith_client_ask_of (GtkWidget  *page,
                    const char *client,
                    const char *op,
                    const char *title,
                    const char *description,
                    const char *verb,
                    const char *done,
                    JsonObject *given,
                    JsonObject *preset)
{
  g_autofree char *words = kith_page_done (page, done);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  KithAskWindow *window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), op, title, description, verb, words,
                                                                given, preset));

  kith_ask_window_keep_draft (window, scope, NULL);
  return window;
}

static KithAskWindow *
open_case (GtkWidget *page)
{
  KithAskWindow *window = kith_client_ask (page, "case.open", _("Open a Case"), _("You and your supervisor are on it from the start. Others are assigned to it afterwards."),
                                           C_("verb", "Open"), _("Case opened"), this_client (page), NULL);

  gtk_window_present (GTK_WINDOW (window));
  kith_client_view_show_tab (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), "cases");
  return window;
}

static void
open_case_action (GtkWidget  *page,
                  const char *name,
                  GVariant   *target)
{
  if (client_of (page))
    open_case (page);
}

static void
note_again_cb (GtkWidget *page)
{
  gtk_widget_activate_action (page, "client.note", NULL);
}

/* What had no case to be written in goes on where it was left, once there is one. */
static void
case_for_note_action (GtkWidget  *page,
                      const char *name,
                      GVariant   *target)
{
  if (client_of (page))
    g_signal_connect_object (open_case (page), "done", G_CALLBACK (note_again_cb), page, G_CONNECT_SWAPPED);
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
  kith_ask_window_say_if_none (window, "case", _("The client has no open case at your agency, and a note is written in one. Open it first: what you typed here is kept."));
  kith_ask_window_add_way_if_none (window, "case", _("Open a Case…"), page, "client.case-for-note");
  kith_ask_window_begin_at (window, "text");
  kith_ask_window_keep_draft (window, scope, NULL);
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
  window = kith_client_ask (page, "enrollment.start", _("Enroll in a Program"), NULL, _("Enroll"), _("Enrolled"), this_client (page), kith_client_today (page, "started_on"));
  kith_ask_window_add_pick (window, "program", "programs-own", kinds, kith_context_get_agency (context_of (page)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
end_enrollment_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (kith_client_ask (page, "enrollment.end", _("End the Enrollment"), NULL, C_("verb", "End"), _("Enrollment ended"),
                                       kith_json_new ("enrollment", "s", g_variant_get_string (target, NULL), NULL), kith_client_today (page, "ended_on"))));
}

static const KithCorrected corrected_start = { "enrollment", NULL, { "started_on", "note" } };
static const KithCorrected corrected_end = { "enrollment", NULL, { "ended_on", "end_reason", "end_note" } };

/* Of both lists it may stand in the one that is shown. */
static KithRow *
find_enrollment (GtkWidget  *page,
                 const char *id)
{
  KithClientView *view = kith_clients_page_get_view (KITH_CLIENTS_PAGE (page));
  KithRow *row = kith_client_view_find (view, KITH_CLIENT_PROGRAMS, id);

  return row ? row : kith_client_view_find (view, KITH_CLIENT_ENROLLED_HERE, id);
}

/* What of it can be corrected, as it is now. Yours */
static JsonObject *
fields_of (KithRow             *row,
           const KithCorrected *what)
{
  JsonObject *before = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (what->fields) && what->fields[i]; i++)
    if (kith_row_get_text (row, what->fields[i]))
      json_object_set_string_member (before, what->fields[i], kith_row_get_text (row, what->fields[i]));
  return before;
}

/* D12: others read when somebody came and went. */
static void
correct_enrollment_action (GtkWidget  *page,
                           const char *name,
                           GVariant   *target)
{
  const char *id = g_variant_get_string (target, NULL);
  gboolean end = g_str_equal (name, "client.correct-enrollment-end");
  const KithCorrected *what = end ? &corrected_end : &corrected_start;
  KithRow *row = client_of (page) ? find_enrollment (page, id) : NULL;
  g_autofree char *scope = g_strconcat ("client:", client_of (page), NULL), *done = kith_page_done (page, _("Enrollment changed"));
  JsonObject *given;

  if (!row)
    return;
  given = end ? kith_json_new ("enrollment", "s", id, NULL) : kith_json_new ("id", "s", id, "client", "s", client_of (page), "program", "s", kith_row_get_text (row, "program"), NULL);
  gtk_window_present (GTK_WINDOW (kith_correction_ask (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), what, end ? "enrollment.end" : "enrollment.start",
                                                         end ? _("Correct the End") : _("Correct the Enrollment"), done, id, scope, given, fields_of (row, what))));
}

static void
join_team_action (GtkWidget  *page,
                  const char *name,
                  GVariant   *target)
{
  KithAskWindow *window;

  if (!client_of (page))
    return;
  window = kith_client_ask (page, "care_team.join", _("Name a Colleague"),
                            _("Everybody who shares this record reads whom you name, and their role. It opens nothing: who may open the record is set with Assign Staff."),
                            _("Name"), _("Care team changed"), this_client (page), kith_client_today (page, "started_on"));
  kith_ask_window_add_search (window, "staff", kith_staff_suggest_new_for (context_of (page), _("Colleague: type a name"), client_of (page)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
leave_team_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  KithRow *row = kith_client_view_find (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), KITH_CLIENT_CARE_TEAM, g_variant_get_string (target, NULL));

  if (row) /* of a linked record it is that record's team */
    gtk_window_present (GTK_WINDOW (kith_client_ask (page, "care_team.leave", _("No Longer Works With This Client"), NULL, C_("verb", "Leave"), _("Left the care team"),
                                         kith_json_new ("client", "s", kith_row_get_text (row, "client"), "staff", "s", kith_row_get_text (row, "staff"), NULL),
                                         kith_client_today (page, "ended_on"))));
}

static const KithCorrected corrected_since = { "care_team_member", NULL, { "started_on" } };
static const KithCorrected corrected_until = { "care_team_member", NULL, { "ended_on", "end_note" } };

/* D12: so do they read who worked with the client, from when to when. */
static void
correct_member_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  const char *id = g_variant_get_string (target, NULL);
  gboolean end = g_str_equal (name, "client.correct-member-end");
  KithRow *row = client_of (page) ? kith_client_view_find (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), KITH_CLIENT_CARE_TEAM, id) : NULL;
  g_autofree char *scope = g_strconcat ("client:", client_of (page), NULL), *done = kith_page_done (page, _("Care team changed"));
  JsonObject *given;

  if (!row)
    return;
  given = kith_json_new ("client", "s", kith_row_get_text (row, "client"), "staff", "s", kith_row_get_text (row, "staff"), NULL);
  if (!end)
    json_object_set_null_member (given, "role");
  gtk_window_present (GTK_WINDOW (kith_correction_ask (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), end ? &corrected_until : &corrected_since,
                                                       end ? "care_team.leave" : "care_team.join", end ? _("Correct the End") : _("Correct the Start"), done, id, scope, given,
                                                       fields_of (row, end ? &corrected_until : &corrected_since))));
}

static void
raise_alert_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  if (client_of (page))
    gtk_window_present (GTK_WINDOW (kith_client_ask (page, "alert.raise", _("Raise an Alert"), _("Everyone who opens this client sees it."), _("Raise"), _("Alert raised"),
                                         this_client (page), kith_json_new ("level", "s", "caution", NULL))));
}

static void
clear_alert_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (kith_client_ask (page, "alert.clear", _("Clear the Alert"), NULL, _("Clear"), _("Alert cleared"),
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
  window = kith_client_ask (page, "household.join", _("Join a Household"), NULL, _("Join"), _("Household changed"), this_client (page), kith_client_today (page, "since"));
  kith_ask_window_add_client (window, "with", _("Household of: name, birth date or phone"));
  kith_head_note_add_to (window, context_of (page));
  gtk_window_present (GTK_WINDOW (window));
}

/* From the record of somebody who lives there, so that a parent's children need not be opened one by one. */
static void
add_member_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  g_autofree char *words = NULL;
  g_autofree char *scope = NULL;
  KithAskWindow *window;

  if (!client_of (page))
    return;
  words = kith_page_done (page, _("Household changed"));
  scope = g_strconcat ("client:", client_of (page), NULL);
  window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), "household.join", _("Add a Member"),
                                                 _("Each member agrees to sharing for themselves."), _("Add"), words,
                                                 kith_json_new ("with", "s", client_of (page), NULL), kith_client_today (page, "since")));
  kith_ask_window_add_client (window, "client", _("Who lives here: name, birth date or phone"));
  kith_ask_window_add_way (window, _("Not Here Yet: Register a New Client…"), page, "client.new-member");
  kith_head_note_add_to (window, context_of (page));
  kith_ask_window_keep_draft (window, scope, "member");
  gtk_window_present (GTK_WINDOW (window));
}

static void
new_member_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  const char *typed = g_variant_get_string (target, NULL);

  if (client_of (page))
    kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_client_form_new_member (context_of (page), client_of (page), *typed ? typed : NULL));
}

static void
leave_household_action (GtkWidget  *page,
                        const char *name,
                        GVariant   *target)
{
  g_autofree char *done = kith_page_done (page, _("Left the household"));

  kith_context_submit (context_of (page), "household.leave", kith_json_new ("client", "s", g_variant_get_string (target, NULL), NULL), done, TRUE, NULL, NULL);
}

static void
add_task_action (GtkWidget  *page,
                 const char *name,
                 GVariant   *target)
{
  KithAskWindow *window;

  if (!client_of (page))
    return;
  window = kith_client_ask (page, "task.add", _("A Task to Follow Up"), _("Whoever works with this client sees it, also at agencies that may see the history of care."),
                            _("Add"), _("Task added"), this_client (page), NULL);
  kith_ask_window_add_colleagues (window, "staff", "client-colleagues", client_of (page));
  gtk_window_present (GTK_WINDOW (window));
}

static GtkWidget *
open_revoke (GtkWidget  *page,
             const char *consent)
{
  const char *whose = consent ? kith_client_view_find_consent (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), consent) : NULL;
  GtkWidget *window;

  if (!client_of (page))
    return NULL;
  /* a consent of a linked record is that record's, with its referrals */
  window = kith_revoke_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), whose ? whose : client_of (page), consent);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* C3: what the client said would end it. */
static void
end_consent_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  const char *consent = g_variant_get_string (target, NULL), *event = kith_client_view_find_end_event (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), consent);
  GtkWidget *window = event ? open_revoke (page, consent) : NULL;

  if (window)
    kith_revoke_window_set_event (KITH_REVOKE_WINDOW (window), event);
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
  if (kith_client_view_offers (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), name))
    open_revoke (page, NULL);
}

static void
restrict_action (GtkWidget  *page,
                 const char *name,
                 GVariant   *target)
{
  gboolean restricted = kith_client_view_is_restricted (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)));
  JsonObject *given;

  if (!client_of (page) || !kith_client_view_offers (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), name))
    return;
  given = this_client (page);
  json_object_set_boolean_member (given, "restricted", !restricted);
  gtk_window_present (GTK_WINDOW (
      restricted ? kith_client_ask (page, "client.restrict", _("Lift the Restriction"), _("Who may see this client then follows from roles and consent again."), _("Lift"),
                        _("Restriction lifted"), given, NULL)
                 : kith_client_ask (page, "client.restrict", _("Restrict This Record"),
                        _("Only supervisors and the staff assigned to this client keep sight of it, at every agency. The reason is shown with it."),
                        _("Restrict"), _("Record restricted"), given, NULL)));
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
  gtk_widget_class_install_action (klass, "client.case-for-note", NULL, case_for_note_action);
  gtk_widget_class_install_action (klass, "client.revoke", "s", revoke_action);
  gtk_widget_class_install_action (klass, "client.end-consent", "s", end_consent_action);
  gtk_widget_class_install_action (klass, "client.revoke-all", NULL, revoke_all_action);
  gtk_widget_class_install_action (klass, "client.restrict", NULL, restrict_action);
  gtk_widget_class_install_action (klass, "client.enroll", NULL, enroll_action);
  gtk_widget_class_install_action (klass, "client.end-enrollment", "s", end_enrollment_action);
  gtk_widget_class_install_action (klass, "client.correct-enrollment", "s", correct_enrollment_action);
  gtk_widget_class_install_action (klass, "client.correct-enrollment-end", "s", correct_enrollment_action);
  gtk_widget_class_install_action (klass, "client.join-team", NULL, join_team_action);
  gtk_widget_class_install_action (klass, "client.leave-team", "s", leave_team_action);
  gtk_widget_class_install_action (klass, "client.correct-member", "s", correct_member_action);
  gtk_widget_class_install_action (klass, "client.correct-member-end", "s", correct_member_action);
  gtk_widget_class_install_action (klass, "client.raise-alert", NULL, raise_alert_action);
  gtk_widget_class_install_action (klass, "client.clear-alert", "s", clear_alert_action);
  gtk_widget_class_install_action (klass, "client.join-household", NULL, join_household_action);
  gtk_widget_class_install_action (klass, "client.add-member", NULL, add_member_action);
  gtk_widget_class_install_action (klass, "client.new-member", "s", new_member_action);
  gtk_widget_class_install_action (klass, "client.leave-household", "s", leave_household_action);
  gtk_widget_class_install_action (klass, "client.add-task", NULL, add_task_action);
  kith_client_requests_install (klass);
  kith_client_same_install (klass);
  kith_client_services_install (klass);
  gtk_widget_class_install_action (klass, "client.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "client.next-tab", NULL, move_tab_action);
  gtk_widget_class_install_action (klass, "client.previous-tab", NULL, move_tab_action);
}

GtkWidget *
kith_client_strip_new (void)
{
  static const KithActionStripItem items[] = {
    { "client.refer", N_("Send Referral"), "suggested-action" },
    { "client.edit", N_("Edit"), NULL },
    { "client.note", N_("Note"), NULL },
    { "client.consent", N_("Record Consent"), NULL },
    { "client.assign", N_("Assign Staff"), NULL },
    { "client.record-service", N_("Record Service"), NULL },
    { "client.repeat-service", N_("Same Service Again"), NULL },
    { "client.add-task", N_("Task…"), NULL },
    { "client.open-case", N_("Open a Case…"), NULL },
    { "client.attach", N_("Attach a File…"), NULL },
    { "client.print", N_("Print…"), NULL },
    { "client.restrict", N_("Restrict the Record…"), NULL },
    { "client.ask-restriction", N_("Client Asks for a Restriction…"), NULL },
    { "client.ask-amendment", N_("Client Asks for a Correction…"), NULL },
    { "client.keep-tab", N_("Keep Open in a Tab"), NULL },
  };

  return kith_action_strip_new (items, G_N_ELEMENTS (items));
}
