/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases/kith-case-lists.h"

#include <glib/gi18n.h>

#include "cases/kith-task-edit.h"
#include "clients/kith-client-list.h"
#include "kith-format.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-check-row.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-timeline-entry.h"

static GtkWidget *
line_new (const char *title,
          const char *subtitle)
{
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle ? subtitle : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  return line;
}

void
kith_case_show_team (GtkListBox  *list,
                     KithContext *context,
                     GPtrArray   *rows)
{
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (list));

  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *name = kith_row_get_text (row, "staff_name"), *of = kith_row_get_text (row, "agency");
      const char *agency = g_strcmp0 (of, kith_context_get_agency (context)) != 0 ? kith_row_get_text (row, "agency_name") : NULL;
      g_autofree char *since = kith_format_time (kith_row_get_text (row, "since"), kith_context_get_now (context));
      g_autofree char *day = since ? g_strdup_printf (_("Since %s"), since) : NULL;
      g_autofree char *subtitle = kith_format_join (name ? agency : NULL, day, NULL);
      GtkWidget *line = line_new (name ? name : agency, subtitle);

      if (kith_row_get_int (row, "active") == 0)
        {
          GtkWidget *pill = kith_status_pill_new ();

          kith_status_pill_set (KITH_STATUS_PILL (pill), "dialog-warning-symbolic", _("Has left"), "warn");
          adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill);
        }
      kith_cards_append (GTK_WIDGET (list), line, kith_row_get_id (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0);
  kith_cards_return (GTK_WIDGET (list), focused);
}

void
kith_case_show_goals (GtkListBox  *list,
                      KithContext *context,
                      GPtrArray   *rows)
{
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (list));

  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *target = kith_row_get_text (row, "target_on"), *sensitivity = kith_row_get_text (row, "sensitivity");
      g_autofree char *on = target ? kith_format_date (target) : NULL;
      g_autofree char *by = on ? g_strdup_printf (_("By %s"), on) : NULL;
      const char *words = kith_row_get_text (row, "description");
      g_autofree char *subtitle = by && words ? g_strconcat (by, "\n", words, NULL) : g_strdup (by ? by : words);
      /* Translators: the goal */
      g_autofree char *label = g_strdup_printf (_("Change the goal: %s"), kith_row_get_text (row, "title") ? kith_row_get_text (row, "title") : "");
      g_autofree char *goal = g_strconcat (kith_row_get_id (row), ":", sensitivity, NULL);
      GtkWidget *line = line_new (kith_row_get_text (row, "title"), subtitle), *pill = kith_status_pill_new ();
      GtkWidget *edit = gtk_button_new_from_icon_name ("document-edit-symbolic");

      if (g_strcmp0 (sensitivity, "general") != 0)
        adw_action_row_add_prefix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
      kith_status_pill_set (KITH_STATUS_PILL (pill), NULL, kith_format_code ("goal_status", kith_row_get_text (row, "status")), "");
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
      gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (edit, "flat");
      gtk_widget_set_tooltip_text (edit, _("Change its words or its day"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (edit), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (edit), "s", kith_row_get_id (row));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "case.edit-goal");
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), edit);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      gtk_widget_set_tooltip_text (line, _("Say how far it is"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", goal);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "case.goal-status");
      kith_cards_append (GTK_WIDGET (list), line, kith_row_get_id (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0);
  kith_cards_return (GTK_WIDGET (list), focused);
}

/* A task ticked is one operation; untick it and it is to be done again. */
static void
task_toggled_cb (KithContext    *context,
                 GtkCheckButton *check)
{
  gboolean done = gtk_check_button_get_active (check);
  g_autofree char *words = kith_format_done (done ? _("Task done") : _("Task is open again"), g_object_get_data (G_OBJECT (check), "subject"));

  kith_context_submit (context, "task.done", kith_json_new ("task", "s", g_object_get_data (G_OBJECT (check), "task"), "done", "b", done, NULL),
                       words, TRUE, NULL, NULL);
}

/* NULL: it reminds of nothing. Yours */
static char *
remind_words (KithRow *row)
{
  const char *at = kith_row_get_text (row, "remind_at");
  g_autofree char *moment = NULL;
  gint64 ms;

  if (!at || !kith_time_parse (at, &ms))
    return NULL;
  moment = kith_format_moment (ms);
  /* Translators: when a task reminds of itself: "reminds Fri 20 Nov, 14:05" */
  return g_strdup_printf (_("reminds %s"), moment);
}

/* Yours; NULL: nobody knows when */
static char *
done_words (KithRow *row,
            gint64   now)
{
  const char *by = kith_row_get_text (row, "done_by_name");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "done_at"), now);

  if (!when)
    return NULL;
  /* Translators: when a task was done, by whom */
  return by ? g_strdup_printf (_("done %s by %s"), when, by) : g_strdup_printf (_("done %s"), when);
}

void
kith_case_show_task (AdwActionRow *line,
                     KithContext  *context,
                     KithRow      *row)
{
  gboolean done = kith_row_get_int (row, "done") != 0, late = FALSE;
  const char *who = kith_row_get_text (row, "staff") ? kith_row_get_text (row, "staff_name") : done ? NULL : C_("task", "Not assigned");
  g_autofree char *due = done ? NULL : kith_format_due (kith_row_get_text (row, "due_on"), kith_context_get_now (context), &late);
  g_autofree char *remind = done ? NULL : remind_words (row);
  g_autofree char *over = done ? done_words (row, kith_context_get_now (context)) : NULL;
  g_autofree char *source = kith_client_source (row);
  g_autofree char *said = kith_format_join (who, over ? over : due ? due : remind, due ? remind : NULL);
  g_autofree char *subtitle = kith_format_join (said, source, NULL);
  GtkWidget *check = gtk_check_button_new (), *edit;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_get_text (row, "subject"));
  adw_action_row_set_subtitle (line, subtitle);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), done);
  g_object_set_data_full (G_OBJECT (check), "task", g_strdup (kith_row_get_id (row)), g_free);
  g_object_set_data_full (G_OBJECT (check), "subject", g_strdup (kith_row_get_text (row, "subject")), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (task_toggled_cb), context, G_CONNECT_SWAPPED);
  kith_check_row_join (line, GTK_CHECK_BUTTON (check), kith_row_get_text (row, "subject"));
  edit = kith_task_edit_add_to (GTK_WIDGET (line), context, row);
  if (edit)
    adw_action_row_add_suffix (line, edit);
  if (done)
    gtk_widget_add_css_class (GTK_WIDGET (line), "done-task");
}

/**
 * kith_case_show_tasks:
 * @rows: (element-type KithRow): of the query case-tasks; none: the list is hidden
 */
void
kith_case_show_tasks (GtkListBox  *list,
                      KithContext *context,
                      GPtrArray   *rows)
{
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (list));

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *line = line_new ("", NULL);

      kith_case_show_task (ADW_ACTION_ROW (line), context, rows->pdata[i]);
      kith_cards_append (GTK_WIDGET (list), line, kith_row_get_id (rows->pdata[i]));
    }
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0);
  kith_cards_return (GTK_WIDGET (list), focused);
}

GtkWidget *
kith_case_event_new (KithRow *row,
                     gint64   now_ms)
{
  static const struct
  {
    const char *type, *icon, *tone;
  } looks[] = {
    { "opened", "list-add-symbolic", "good" },         { "closed", "object-select-symbolic", "" },
    { "reopened", "edit-undo-symbolic", "warn" },      { "note", "document-edit-symbolic", "accent" },
    { "amendment", "document-edit-symbolic", "warn" }, { "assessment", "x-office-document-symbolic", "" },
    { "goal", "starred-symbolic", "good" },    { "goal_status", "starred-symbolic", "" },
    { "staff_joined", "contact-new-symbolic", "" },    { "staff_left", "contact-new-symbolic", "" },
  };
  const char *type = kith_row_get_text (row, "type"), *who = kith_row_get_text (row, "author_name");
  const char *text = kith_row_get_text (row, "text"), *icon = "dialog-question-symbolic", *tone = "";
  const char *sensitivity = kith_row_get_text (row, "sensitivity");
  gboolean hidden = kith_row_get_int (row, "hidden") != 0, secret = sensitivity && !g_str_equal (sensitivity, "general");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), now_ms);
  g_autofree char *meta = kith_format_join (when, who, kith_row_get_int (row, "pending") != 0 ? _("not sent yet") : NULL);
  g_autofree char *amended = kith_format_time (kith_row_get_text (row, "amends_at"), now_ms);
  g_autofree char *title = NULL;
  g_autofree char *action = NULL;
  g_autofree char *assessed = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].type, type) == 0)
      icon = looks[i].icon, tone = looks[i].tone;
  if (g_strcmp0 (type, "closed") == 0)
    title = g_strdup_printf (_("Closed: %s"), kith_format_reason ("outcome", kith_row_get_text (row, "outcome"), kith_row_get_text (row, "term_name")));
  else if (g_strcmp0 (type, "staff_joined") == 0 || g_strcmp0 (type, "staff_left") == 0)
    {
      title = g_strdup_printf (g_str_equal (type, "staff_joined") ? _("%s works on it") : _("%s no longer works on it"), text ? text : _("Somebody")); /* a partner's staff */
      text = NULL;
    }
  else if (amended)
    /* Translators: a time */
    title = g_strdup_printf (_("Amendment of the note of %s"), amended);
  else if (secret)
    /* Translators: what it is, then who may see it: "Note: Health information" */
    title = g_strdup_printf (_("%s: %s"), kith_format_code ("case_event_type", type), kith_format_code ("sensitivity", sensitivity));
  else if (kith_row_get_int (row, "amended") > 0)
    title = g_strdup_printf (_("%s, amended later"), kith_format_code ("case_event_type", type));
  else
    title = g_strdup (kith_format_code ("case_event_type", type));
  if (g_strcmp0 (type, "assessment") == 0 && !hidden)
    {
      const char *why = kith_row_get_text (row, "void_reason");
      /* Translators: of an assessment that was recorded by mistake: why */
      g_autofree char *back = why ? g_strdup_printf (_("taken back: %s"), why) : NULL;
      const char *level = kith_row_get_text (row, "level"), *score = kith_row_get_text (row, "score");
      g_autofree char *points = score ? g_strdup_printf (_("score %s"), score) : NULL;
      const char *parts[] = { text, level ? kith_format_code ("hmis_assessment_level", level) : NULL, points, back };

      text = assessed = kith_format_join_parts (parts, G_N_ELEMENTS (parts));
    }
  /* A note is amended, never changed; a version that was amended already is not amended a second time from here. */
  if (!hidden && kith_row_get_text (row, "record") && kith_row_get_int (row, "amended") == 0 &&
      (g_strcmp0 (type, "note") == 0 || g_strcmp0 (type, "amendment") == 0))
    action = g_strconcat ("case.amend::", kith_row_get_text (row, "record"), NULL);
  /* Two-layer access (design.md 2.4): that it is there is seen by everybody on the case. */
  return kith_timeline_entry_new (icon, tone, title, meta, hidden ? _("Only for those who may see health information.") : text, secret, action);
}
