/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases/kith-case-actions.h"

#include <glib/gi18n.h>

#include "cases/kith-cases-page.h"
#include "clients/kith-client-actions.h"
#include "kith-context-day.h"
#include "kith-format.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-correction.h"

static KithContext *
context_of (GtkWidget *page)
{
  return kith_page_get_context (KITH_PAGE (page));
}

/* given and preset: transfer full */
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
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (page)));
  g_autofree char *words = kith_page_done (page, done);
  /* Whoever may write health information may have typed some: the draft goes with that right. */
  g_autofree char *scope = g_strconcat (actor && actor->health ? "case_health:" : "case:", kith_split_page_get_id (KITH_SPLIT_PAGE (page)), NULL);
  KithAskWindow *window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), op, title, description, verb, words,
                                                                given, preset));

  kith_ask_window_keep_draft (window, scope, NULL);
  return window;
}

static JsonObject *
this_case (GtkWidget *page)
{
  return kith_json_new ("case", "s", kith_split_page_get_id (KITH_SPLIT_PAGE (page)), NULL);
}

static void
assess_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  g_autofree char *today = kith_format_today (kith_context_get_day_now (context_of (page)));

  if (kith_split_page_get_id (KITH_SPLIT_PAGE (page)))
    gtk_window_present (GTK_WINDOW (ask (page, "assessment.record", _("Record an Assessment"), NULL, C_("verb", "Record"), _("Assessment recorded"), this_case (page),
                                         kith_json_new ("assessed_on", "s", today, "sensitivity", "s", "general", NULL))));
}

static void
void_assessment_action (GtkWidget  *page,
                        const char *name,
                        GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (ask (page, "assessment.void", _("Take Back an Assessment"), _("It stays in the case with your reason, and counts for nothing."),
                                       _("Take Back"), _("Assessment taken back"), kith_json_new ("assessment", "s", g_variant_get_string (target, NULL), NULL), NULL)));
}

/* It lies in the case, so whoever does it is to see the case: one who is not on it is put on it first. */
static void
delegate_action (GtkWidget  *page,
                 const char *name,
                 GVariant   *target)
{
  KithAskWindow *window;

  if (!kith_split_page_get_id (KITH_SPLIT_PAGE (page)))
    return;
  window = ask (page, "task.add", _("A Task for a Colleague"), _("Only those who work on the case see it."), _("Add"), _("Task added"), this_case (page), NULL);
  kith_ask_window_add_colleagues (window, "staff", "case-colleagues", kith_split_page_get_id (KITH_SPLIT_PAGE (page)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
amend_action (GtkWidget  *page,
              const char *name,
              GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (ask (page, "note.amend", _("Amend the Note"), _("The note stays as it was written; what you write stands beside it."),
                                       _("Amend"), _("Note amended"), kith_json_new ("note", "s", g_variant_get_string (target, NULL), NULL), NULL)));
}

static void
status_cb (KithReasonWindow *window,
           const char       *code,
           const char       *text,
           GtkWidget        *page)
{
  kith_context_submit (context_of (page), "goal.set",
                       kith_json_new ("id", "s", g_object_get_data (G_OBJECT (window), "goal"), "case", "s", g_object_get_data (G_OBJECT (window), "case"),
                                      "sensitivity", "s", g_object_get_data (G_OBJECT (window), "sensitivity"), "status", "s", code, NULL),
                       g_object_get_data (G_OBJECT (window), "done"), TRUE, NULL, NULL);
}

static void
goal_status_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (target, NULL), ":", 2);
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (gtk_widget_get_root (page)), _("How Far Is the Goal?"), NULL, "goal_status", NULL, NULL,
                                              _("Save"), FALSE);

  g_object_set_data_full (G_OBJECT (window), "done", kith_page_done (page, _("Goal changed")), g_free);
  g_object_set_data_full (G_OBJECT (window), "goal", g_strdup (parts[0]), g_free);
  g_object_set_data_full (G_OBJECT (window), "sensitivity", g_strdup (parts[1]), g_free);
  g_object_set_data_full (G_OBJECT (window), "case", g_strdup (kith_split_page_get_id (KITH_SPLIT_PAGE (page))), g_free);
  g_signal_connect_object (window, "chosen", G_CALLBACK (status_cb), page, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static const KithCorrected corrected_goal = { "goal", N_("Say what is to be reached."), { "title", "description", "target_on" } };
static const KithCorrected corrected_case = { "case", NULL, { "title", "type" } };

/* given and before: transfer full */
static void
correct (GtkWidget           *page,
         const KithCorrected *what,
         const char          *op,
         const char          *title,
         const char          *done,
         const char          *id,
         const char          *scope,
         JsonObject          *given,
         JsonObject          *before)
{
  g_autofree char *words = kith_page_done (page, done);

  gtk_window_present (GTK_WINDOW (kith_correction_ask (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), what, op, title, words, id, scope, given, before)));
}

static void
edit_goal_action (GtkWidget  *page,
                  const char *name,
                  GVariant   *target)
{
  KithRow *row = kith_case_view_find_goal (kith_cases_page_get_view (KITH_CASES_PAGE (page)), g_variant_get_string (target, NULL));
  const char *sensitivity = row ? kith_row_get_text (row, "sensitivity") : NULL, *id;
  g_autofree char *scope = NULL;
  JsonObject *given;

  if (!row)
    return;
  id = kith_row_get_id (row);
  scope = g_strconcat (g_strcmp0 (sensitivity, "general") == 0 ? "case:" : "case_health:", kith_split_page_get_id (KITH_SPLIT_PAGE (page)), NULL);
  given = this_case (page);
  json_object_set_string_member (given, "id", id);
  json_object_set_string_member (given, "sensitivity", sensitivity);
  json_object_set_string_member (given, "status", kith_row_get_text (row, "status"));
  correct (page, &corrected_goal, "goal.set", _("Change the Goal"), _("Goal changed"), id, scope, given,
           kith_json_new ("title", "s", kith_row_get_text (row, "title"), "description", "s", kith_row_get_text (row, "description"), "target_on", "s",
                          kith_row_get_text (row, "target_on"), NULL));
}

/* A title or a type that was mistyped stands on every list the case is on. */
static void
edit_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  static const char *const kept[] = { "number", "client", "next_step", "next_step_on" }; /* not asked for here */
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (page));
  JsonObject *body = id ? kith_case_view_get_body (kith_cases_page_get_view (KITH_CASES_PAGE (page))) : NULL, *given;
  g_autofree char *scope = g_strconcat ("case:", id, NULL);

  if (!body)
    return;
  given = kith_json_new ("id", "s", id, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (json_object_has_member (body, kept[i]))
      json_object_set_member (given, kept[i], json_node_copy (json_object_get_member (body, kept[i])));
    else
      json_object_set_null_member (given, kept[i]);
  correct (page, &corrected_case, "case.open", _("Title and Type"), _("Case changed"), id, scope, given,
           kith_json_new ("title", "s", kith_json_string (body, "title"), "type", "s", kith_json_string (body, "type"), NULL));
}

/* ux.md 2.1: the last service once more, today; it is the client's, not the case's. */
static void
repeat_service_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  kith_client_services_repeat (page, kith_case_view_get_client (kith_cases_page_get_view (KITH_CASES_PAGE (page))));
}

static void
record_service_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  kith_case_view_record_service (kith_cases_page_get_view (KITH_CASES_PAGE (page)));
}

static void
void_service_action (GtkWidget  *page,
                     const char *name,
                     GVariant   *target)
{
  KithCaseView *view = kith_cases_page_get_view (KITH_CASES_PAGE (page));
  KithRow *row = kith_case_view_find_service (view, g_variant_get_string (target, NULL));

  if (row)
    kith_client_services_take_back (page, kith_case_view_get_client (view), row);
}

void
kith_case_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "case.assess", NULL, assess_action);
  gtk_widget_class_install_action (klass, "case.delegate", NULL, delegate_action);
  gtk_widget_class_install_action (klass, "case.amend", "s", amend_action);
  gtk_widget_class_install_action (klass, "case.goal-status", "s", goal_status_action);
  gtk_widget_class_install_action (klass, "case.edit-goal", "s", edit_goal_action);
  gtk_widget_class_install_action (klass, "case.void-assessment", "s", void_assessment_action);
  gtk_widget_class_install_action (klass, "case.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "case.repeat-service", NULL, repeat_service_action);
  gtk_widget_class_install_action (klass, "case.record-service", NULL, record_service_action);
  gtk_widget_class_install_action (klass, "client.void-service", "s", void_service_action); /* of a line as the client's record has it */
}
