/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-case-view-private.h"

#include <glib/gi18n.h>

#include "cases/kith-case-lists.h"
#include "cases/kith-case-row.h"
#include "clients/kith-service-line.h"
#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-split-page.h"
#include "widgets/kith-health-notice.h"
#include "widgets/kith-revealer.h"
#include "widgets/kith-timeline.h"

G_DEFINE_FINAL_TYPE (KithCaseView, kith_case_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_MAY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const kinds[] = { "case", "client", "assignment", "case_event", NULL };

/* It hangs on more than what the page shows. */
static void
changed_cb (KithCaseView      *self,
            const char *const *changed)
{
  if (self->body && kith_reads_concern (kinds, changed))
    kith_case_view_ask_may (self);
}

JsonObject *
kith_case_view_get_body (KithCaseView *self)
{
  return self->body;
}

const char *
kith_case_view_get_client (KithCaseView *self)
{
  return self->client;
}

/* What is shown */

static void
show_outcome (KithCaseView *self,
              const char   *phase,
              const char   *closing)
{
  const char *outcome = kith_json_string (self->body, "outcome"), *words = kith_json_string (self->body, "outcome_name");
  g_autofree char *title = g_strdup_printf (_("Outcome: %s"), kith_format_reason ("outcome", outcome, words));

  gtk_widget_set_visible (self->outcome_card, g_strcmp0 (phase, "open") != 0 && outcome);
  gtk_label_set_text (self->outcome_title, title);
  gtk_label_set_text (self->outcome_text, closing ? closing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_text), closing != NULL);
}

static void
show_next (KithCaseView *self,
           gboolean      open)
{
  const char *step = kith_json_string (self->body, "next_step"), *on = kith_json_string (self->body, "next_step_on");

  kith_facts_clear (self->next);
  if (open)
    {
      kith_facts_add (self->next, _("What"), step);
      kith_facts_take (self->next, _("On"), on ? kith_format_date (on) : NULL);
    }
  gtk_widget_set_visible (self->no_step, open && !step && !on);
  kith_status_pill_set_due (self->due, open ? on : NULL, kith_context_get_now (self->context));
}

static void
case_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithCaseView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  const char *phase, *type;
  gboolean open;
  g_autofree char *name = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *since = NULL;
  g_autofree char *meta = NULL;
  g_autofree char *place = NULL;

  gtk_widget_set_visible (self->content, body != NULL);
  gtk_widget_set_visible (self->scroller, !kith_absent_show (self->absent, self->context, "case", body ? NULL : self->id));
  kith_reading_show (self->reading, "case", body ? self->id : NULL, body ? kith_json_string (body, "client") : NULL);
  if (!body)
    return;
  g_clear_pointer (&self->body, json_object_unref);
  self->body = json_object_ref (body);
  self->health = kith_row_get_int (row, "health") != 0;
  if (g_strcmp0 (self->client, kith_json_string (body, "client")) != 0)
    {
      g_free (self->client);
      self->client = g_strdup (kith_json_string (body, "client"));
      kith_client_list_set_client (self->services, self->client);
    }
  phase = kith_json_string (body, "phase");
  open = g_strcmp0 (phase, "open") == 0;
  type = kith_json_string (body, "type");
  name = kith_format_row_name (row);
  opened = kith_format_time (kith_json_string (body, "opened_at"), kith_context_get_now (self->context));
  since = opened ? g_strdup_printf (_("opened %s"), opened) : g_strdup ("");
  meta = kith_format_join (kith_json_string (body, "number") ? kith_json_string (body, "number") : "", since,
                    type ? kith_format_code ("case_type", type) : NULL);
  place = g_strconcat ("clients/", self->client, NULL);
  gtk_label_set_text (self->title, kith_json_string (body, "title") ? kith_json_string (body, "title") : "");
  gtk_label_set_text (self->meta, meta);
  gtk_button_set_label (self->client_link, name);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->client_link)), TRUE); /* a long name would fold the page */
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (self->client_link)), 0);
  /* The target first: a name whose action wants one is complained about. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->client_link), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->client_link), "win.go");
  kith_status_pill_set (self->pill, kith_case_phase_icon (phase), kith_format_code ("case_phase", phase), kith_case_phase_tone (phase));
  gtk_widget_set_visible (self->pending, kith_row_get_int (row, "pending") != 0);
  gtk_widget_set_visible (self->notice_place, self->health && g_strcmp0 (kith_json_string (body, "agency"), kith_context_get_agency (self->context)) != 0); /* C7 */
  show_next (self, open);
  show_outcome (self, phase, kith_row_get_text (row, "closing"));
  kith_case_view_ask_may (self);
}

static void
team_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithCaseView *self = user_data;

  kith_case_show_team (self->team, self->context, rows);
  gtk_widget_set_visible (self->nobody, rows->len == 0);
}

static void
goals_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCaseView *self = user_data;

  g_clear_pointer (&self->goal_rows, g_ptr_array_unref);
  self->goal_rows = g_ptr_array_ref (rows);
  kith_case_show_goals (self->goals, self->context, rows);
  gtk_widget_set_visible (self->no_goals, rows->len == 0);
}

static void
assessments_cb (GPtrArray *rows,
                gpointer   user_data)
{
  KithCaseView *self = user_data;

  kith_case_show_assessments (self->assessments, self->context, rows);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->assessments)), rows->len > 0);
}

static void
tasks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCaseView *self = user_data;

  kith_case_show_tasks (self->tasks, self->context, rows);
  gtk_widget_set_visible (self->no_tasks, rows->len == 0);
}

static GtkWidget *
event_line (KithRow *row,
            gpointer user_data)
{
  return kith_case_event_new (row, kith_context_get_now (KITH_CASE_VIEW (user_data)->context));
}

/* Writing */

/* Whoever wrote is at the record again, before what is written in goes: the window would look for a place itself and find the toast, where
 * no letter acts. One that has gone before its answer came closes nothing: by then something else is being written. */
static void
close_composer (KithCaseView     *self,
                KithCaseComposer *composer)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (composer != self->composer)
    return;
  if (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->composer_place)))
    kith_split_page_open_detail_of (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (self->composer_revealer, FALSE);
  self->composer = NULL;
  adw_bin_set_child (self->composer_place, NULL);
}

/**
 * kith_case_view_compose:
 * @what: what is to be written; what was being written before is kept as a draft
 *
 * Does nothing before the case has been read.
 */
void
kith_case_view_compose (KithCaseView   *self,
                        KithCaseWriting what)
{
  if (!self->body)
    return;
  kith_case_view_flush (self);
  self->composer = KITH_CASE_COMPOSER (kith_case_composer_new (self->context, self->id, self->body, what, self->health));
  g_signal_connect_object (self->composer, "closed", G_CALLBACK (close_composer), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->composer_place, GTK_WIDGET (self->composer));
  gtk_revealer_set_reveal_child (self->composer_revealer, TRUE);
  kith_split_page_open_detail_of (GTK_WIDGET (self)); /* folded, and begun from the list: what is typed is to be seen */
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * kith_case_view_record_service:
 *
 * The line services are recorded in, as on the client's record; does nothing before the case has been read.
 */
void
kith_case_view_record_service (KithCaseView *self)
{
  if (self->body)
    kith_service_line_open (self->service_place, self->context, self->client);
}

KithRow *
kith_case_view_find_service (KithCaseView *self,
                             const char   *id)
{
  return kith_client_list_find (self->services, id);
}

KithRow *
kith_case_view_find_goal (KithCaseView *self,
                          const char   *id)
{
  for (guint i = 0; self->goal_rows && i < self->goal_rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->goal_rows->pdata[i]), id) == 0)
      return self->goal_rows->pdata[i];
  return NULL;
}

void
kith_case_view_flush (KithCaseView *self)
{
  if (self->composer)
    kith_case_composer_flush (self->composer);
}

static void
forget (KithCaseView *self)
{
  g_cancellable_cancel (self->may_job);
  g_clear_object (&self->may_job);
  g_clear_object (&self->watch);
  g_clear_object (&self->team_watch);
  g_clear_object (&self->goal_watch);
  g_clear_pointer (&self->goal_rows, g_ptr_array_unref);
  g_clear_object (&self->assessment_watch);
  g_clear_object (&self->task_watch);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->may, json_object_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->client, g_free);
}

static void
kith_case_view_dispose (GObject *object)
{
  KithCaseView *self = KITH_CASE_VIEW (object);

  forget (self);
  if (self->events)
    kith_lines_set_query (self->events, NULL, NULL, NULL);
  self->events = NULL;
  self->composer = NULL;
  g_clear_object (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CASE_VIEW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_case_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithCaseView, name)

static void
kith_case_view_class_init (KithCaseViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_case_view_dispose;
  signals[SIGNAL_MAY_CHANGED] = g_signal_new ("may-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (KITH_TYPE_ABSENT);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/cases/kith-case-view.ui");
  BIND (absent);
  BIND (scroller);
  BIND (content);
  BIND (title);
  BIND (meta);
  BIND (client_link);
  BIND (pill);
  BIND (due);
  BIND (pending);
  BIND (next);
  BIND (no_step);
  BIND (outcome_card);
  BIND (outcome_title);
  BIND (outcome_text);
  BIND (tasks);
  BIND (no_tasks);
  BIND (goals);
  BIND (assessments);
  BIND (no_goals);
  BIND (team);
  BIND (nobody);
  BIND (timeline_place);
  BIND (services_place);
  BIND (service_place);
  BIND (notice_place);
  BIND (composer_revealer);
  BIND (composer_place);
}

static void
kith_case_view_init (KithCaseView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_bin_set_child (ADW_BIN (self->notice_place), kith_health_notice_new ());
  kith_revealer_rest (self->composer_revealer);
}

/**
 * kith_case_view_new:
 *
 * Returns: (transfer floating): it shows nothing before kith_case_view_set_case()
 */
GtkWidget *
kith_case_view_new (KithContext *context)
{
  KithCaseView *self = g_object_new (KITH_TYPE_CASE_VIEW, NULL);
  GtkWidget *timeline;

  self->context = g_object_ref (context);
  g_signal_connect_object (kith_context_get_desktop (context), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->reading = kith_reading_new (context, self->content);
  timeline = kith_timeline_new ();
  gtk_widget_set_name (timeline, "timeline");
  self->events = KITH_LINES (kith_lines_new (context, timeline, KITH_CLIENT_STEP, event_line, NULL, self));
  adw_bin_set_child (self->timeline_place, GTK_WIDGET (self->events));
  self->services = KITH_CLIENT_LIST (kith_client_list_new (context, KITH_CLIENT_CASE_SERVICES));
  kith_client_list_set_sight (self->services, KITH_SIGHT_OWN);
  adw_bin_set_child (self->services_place, GTK_WIDGET (self->services));
  return GTK_WIDGET (self);
}

/* Of the case before nothing stands there, and nothing says there is none, before it was read. */
static void
clear (KithCaseView *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  team_cb (none, self);
  goals_cb (none, self);
  assessments_cb (none, self);
  tasks_cb (none, self);
  kith_lines_set_query (self->events, NULL, NULL, NULL);
  gtk_widget_set_visible (self->nobody, FALSE);
  gtk_widget_set_visible (self->no_goals, FALSE);
  gtk_widget_set_visible (self->no_tasks, FALSE);
}

void
kith_case_view_set_case (KithCaseView *self,
                         const char   *id)
{
  static const char *const team_kinds[] = { "assignment", "staff", NULL };
  static const char *const event_kinds[] = { "case_event", "case_note", "assessment", "goal", "assignment", "past_assignment", NULL };
  static const char *const goal_kinds[] = { "goal", NULL };
  static const char *const assessment_kinds[] = { "assessment", NULL };
  static const char *const task_kinds[] = { "task", NULL };

  if (self->composer)
    {
      kith_case_composer_flush (self->composer);
      close_composer (self, self->composer);
    }
  kith_service_line_close (self->service_place);
  kith_client_list_set_client (self->services, NULL);
  forget (self);
  clear (self);
  self->id = g_strdup (id);
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (self->scroller, !kith_absent_show (self->absent, self->context, "case", NULL));
  kith_reading_show (self->reading, NULL, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_MAY_CHANGED], 0);
  if (!id)
    return;
  self->watch = kith_watch_new (self->context, "case", kinds, id, case_cb, self);
  self->team_watch = kith_watch_new (self->context, "case-team", team_kinds, id, team_cb, self);
  kith_lines_set_query (self->events, "case-timeline", event_kinds, (const char *const[]) { id, NULL });
  self->goal_watch = kith_watch_new (self->context, "case-goals", goal_kinds, id, goals_cb, self);
  self->assessment_watch = kith_watch_new (self->context, "case-assessments", assessment_kinds, id, assessments_cb, self);
  self->task_watch = kith_watch_new (self->context, "case-tasks", task_kinds, id, tasks_cb, self);
}

const char *
kith_case_view_get_name (KithCaseView *self)
{
  return self->client ? gtk_button_get_label (GTK_BUTTON (self->client_link)) : NULL;
}
