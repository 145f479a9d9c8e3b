/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-case-view.h"

#include <glib/gi18n.h>

#include "cases/kith-case-row.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-timeline.h"

struct _KithCaseView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *client;
  JsonObject *body; /* of the case shown */
  JsonObject *may;  /* operation to boolean; NULL: not known yet */
  gboolean health;

  GtkWidget *content, *pending, *no_step, *outcome_card, *no_tasks, *no_goals, *nobody;
  GtkLabel *title, *meta, *outcome_title, *outcome_text;
  KithStatusPill *pill, *due;
  GtkButton *client_link;
  KithFacts *next;
  GtkListBox *tasks, *goals, *team;
  KithTimeline *timeline;
  GtkRevealer *composer_revealer;
  AdwBin *composer_place;
  KithCaseComposer *composer;

  KithWatch *watch, *team_watch, *event_watch, *goal_watch, *task_watch;
  GCancellable *may_job;
};

G_DEFINE_FINAL_TYPE (KithCaseView, kith_case_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_MAY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What may be done: asked on the store's thread. */
static gpointer
may_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const of_case[] = { "note.add", "goal.set", "task.add", "case.close", "case.reopen" }; /* the first two are for some eyes only */
  char **ids = data; /* the case, its client */
  g_autoptr (JsonObject) client = kith_json_new ("client", "s", ids[1], NULL);
  JsonObject *may = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (of_case); i++)
    {
      g_autoptr (JsonObject) args = kith_json_new ("case", "s", ids[0], i < 2 ? "sensitivity" : NULL, "s", "general", NULL);

      json_object_set_boolean_member (may, of_case[i], kith_store_may (store, of_case[i], args, NULL));
    }
  json_object_set_boolean_member (may, "assignment.apply", kith_store_may (store, "assignment.apply", client, NULL));
  return may;
}

static void
may_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (KithCaseView) self = user_data;
  g_autoptr (GError) error = NULL;
  JsonObject *may = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (!self->context || !may || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&may, json_object_unref);
      return;
    }
  g_clear_pointer (&self->may, json_object_unref);
  self->may = may;
  g_signal_emit (self, signals[SIGNAL_MAY_CHANGED], 0);
}

static void
ask_may (KithCaseView *self)
{
  const char *ids[] = { self->id, self->client, NULL };

  g_cancellable_cancel (self->may_job);
  g_clear_object (&self->may_job);
  self->may_job = g_cancellable_new ();
  kith_desktop_store_async (kith_context_get_desktop (self->context), may_job, g_strdupv ((char **) ids), (GDestroyNotify) g_strfreev,
                            self->may_job, may_cb, g_object_ref (self));
}

gboolean
kith_case_view_may (KithCaseView *self,
                    const char   *operation)
{
  const char *phase = self->body ? kith_json_string (self->body, "phase") : NULL;
  gboolean open = g_strcmp0 (phase, "open") == 0;

  if (!phase || !self->may || (g_str_equal (operation, "case.close") && !open) || (g_str_equal (operation, "case.reopen") && open))
    return FALSE;
  return kith_json_bool (self->may, operation, FALSE);
}

const char *
kith_case_view_get_client (KithCaseView *self)
{
  return self->client;
}

/* What is shown */

static void
show_outcome (KithCaseView *self,
              const char   *phase)
{
  const char *outcome = kith_json_string (self->body, "outcome");
  g_autofree char *title = g_strdup_printf (_("Outcome: %s"), kith_format_code ("outcome", outcome));

  gtk_widget_set_visible (self->outcome_card, g_strcmp0 (phase, "open") != 0 && outcome);
  gtk_label_set_text (self->outcome_title, title);
}

static void
show_next (KithCaseView *self,
           gboolean      open)
{
  const char *step = kith_json_string (self->body, "next_step"), *on = kith_json_string (self->body, "next_step_on");
  gboolean late = FALSE;
  g_autofree char *due = open ? kith_format_due (on, kith_context_get_now (self->context), &late) : NULL;

  kith_facts_clear (self->next);
  if (open)
    {
      kith_facts_add (self->next, _("What"), step);
      kith_facts_take (self->next, _("On"), on ? kith_format_date (on) : NULL);
    }
  gtk_widget_set_visible (self->no_step, open && !step && !on);
  kith_status_pill_set (self->due, "document-open-recent-symbolic", due, late ? "bad" : "");
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
  if (!body)
    return;
  g_clear_pointer (&self->body, json_object_unref);
  self->body = json_object_ref (body);
  self->health = kith_row_get_int (row, "health") != 0;
  g_free (self->client);
  self->client = g_strdup (kith_json_string (body, "client"));
  phase = kith_json_string (body, "phase");
  open = g_strcmp0 (phase, "open") == 0;
  type = kith_json_string (body, "type");
  name = kith_format_name (kith_row_get_text (row, "given_name"), NULL, kith_row_get_text (row, "family_name"), NULL, NULL);
  opened = kith_format_time (kith_json_string (body, "opened_at"), kith_context_get_now (self->context));
  since = opened ? g_strdup_printf (_("opened %s"), opened) : g_strdup ("");
  meta = g_strjoin (" · ", kith_json_string (body, "number") ? kith_json_string (body, "number") : "", since,
                    type ? kith_format_code ("case_type", type) : NULL, NULL);
  place = g_strconcat ("clients/", self->client, NULL);
  gtk_label_set_text (self->title, kith_json_string (body, "title") ? kith_json_string (body, "title") : "");
  gtk_label_set_text (self->meta, meta);
  gtk_button_set_label (self->client_link, name);
  /* The target first: a name whose action wants one is complained about. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->client_link), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->client_link), "win.go");
  kith_status_pill_set (self->pill, kith_case_phase_icon (phase), kith_format_code ("case_phase", phase), kith_case_phase_tone (phase));
  gtk_widget_set_visible (self->pending, kith_row_get_int (row, "pending") != 0);
  show_next (self, open);
  show_outcome (self, phase);
  ask_may (self);
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
}

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

static void
team_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithCaseView *self = user_data;

  clear_list (self->team);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      gint64 now = kith_context_get_now (self->context);
      g_autofree char *since = kith_format_time (kith_row_get_text (row, "since"), now);
      g_autofree char *subtitle = since ? g_strdup_printf (_("Since %s"), since) : NULL;
      GtkWidget *line = line_new (kith_row_get_text (row, "staff_name"), subtitle);

      if (kith_row_get_int (row, "active") == 0)
        {
          GtkWidget *pill = kith_status_pill_new ();

          kith_status_pill_set (KITH_STATUS_PILL (pill), "dialog-warning-symbolic", _("Has left"), "warn");
          adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill);
        }
      gtk_list_box_append (self->team, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->team), rows->len > 0);
  gtk_widget_set_visible (self->nobody, rows->len == 0);
}

static void
goals_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCaseView *self = user_data;

  clear_list (self->goals);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *target = kith_row_get_text (row, "target_on"), *sensitivity = kith_row_get_text (row, "sensitivity");
      g_autofree char *on = target ? kith_format_date (target) : NULL;
      g_autofree char *by = on ? g_strdup_printf (_("By %s"), on) : NULL;
      GtkWidget *line = line_new (kith_row_get_text (row, "title"), by), *pill = kith_status_pill_new ();

      if (g_strcmp0 (sensitivity, "general") != 0)
        adw_action_row_add_prefix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
      kith_status_pill_set (KITH_STATUS_PILL (pill), NULL, kith_format_code ("goal_status", kith_row_get_text (row, "status")), "");
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill);
      gtk_list_box_append (self->goals, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->goals), rows->len > 0);
  gtk_widget_set_visible (self->no_goals, rows->len == 0);
}

/* A task ticked is one operation; untick it and it is to be done again. */
static void
task_toggled_cb (KithCaseView   *self,
                 GtkCheckButton *check)
{
  gboolean done = gtk_check_button_get_active (check);

  kith_context_submit (self->context, "task.done", kith_json_new ("task", "s", g_object_get_data (G_OBJECT (check), "task"), "done", "b", done, NULL),
                       done ? _("Task done") : _("Task is open again"), TRUE, NULL, NULL);
}

static void
tasks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCaseView *self = user_data;

  clear_list (self->tasks);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      gboolean done = kith_row_get_int (row, "done") != 0, late = FALSE;
      const char *who = kith_row_get_text (row, "staff_name");
      g_autofree char *due = done ? NULL : kith_format_due (kith_row_get_text (row, "due_on"), kith_context_get_now (self->context), &late);
      g_autofree char *subtitle = g_strjoin (" · ", who ? who : "", due, NULL);
      GtkWidget *line = line_new (kith_row_get_text (row, "subject"), subtitle), *check = gtk_check_button_new ();

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), done);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, kith_row_get_text (row, "subject"), -1);
      g_object_set_data_full (G_OBJECT (check), "task", g_strdup (kith_row_get_id (row)), g_free);
      g_signal_connect_object (check, "toggled", G_CALLBACK (task_toggled_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_prefix (ADW_ACTION_ROW (line), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), check);
      gtk_widget_set_opacity (line, done ? 0.5 : 1.0);
      gtk_list_box_append (self->tasks, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tasks), rows->len > 0);
  gtk_widget_set_visible (self->no_tasks, rows->len == 0);
}

static void
add_event (KithCaseView *self,
           KithRow      *row)
{
  static const struct
  {
    const char *type, *icon, *tone;
  } looks[] = {
    { "opened", "list-add-symbolic", "good" },         { "closed", "emblem-ok-symbolic", "" },
    { "reopened", "edit-undo-symbolic", "warn" },      { "note", "document-edit-symbolic", "accent" },
    { "amendment", "document-edit-symbolic", "warn" }, { "assessment", "x-office-document-symbolic", "" },
    { "goal", "emblem-favorite-symbolic", "good" },    { "goal_status", "emblem-favorite-symbolic", "" },
  };
  const char *type = kith_row_get_text (row, "type"), *who = kith_row_get_text (row, "author_name");
  const char *text = kith_row_get_text (row, "text"), *icon = "dialog-question-symbolic", *tone = "";
  const char *sensitivity = kith_row_get_text (row, "sensitivity");
  gboolean hidden = kith_row_get_int (row, "hidden") != 0, secret = sensitivity && !g_str_equal (sensitivity, "general");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (self->context));
  g_autofree char *meta = g_strjoin (" · ", when ? when : "", who ? who : "", kith_row_get_int (row, "pending") != 0 ? _("not sent yet") : NULL, NULL);
  g_autofree char *title = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].type, type) == 0)
      icon = looks[i].icon, tone = looks[i].tone;
  if (g_strcmp0 (type, "closed") == 0)
    title = g_strdup_printf (_("Closed: %s"), kith_format_code ("outcome", kith_row_get_text (row, "outcome")));
  else if (secret)
    /* Translators: what it is, then who may see it: "Note: Health information" */
    title = g_strdup_printf (_("%s: %s"), kith_format_code ("case_event_type", type), kith_format_code ("sensitivity", sensitivity));
  else if (kith_row_get_int (row, "amended") > 0)
    title = g_strdup_printf (_("%s, amended later"), kith_format_code ("case_event_type", type));
  else
    title = g_strdup (kith_format_code ("case_event_type", type));
  /* Two-layer access (design.md 2.4): that it is there is seen by everybody on the case. */
  kith_timeline_add (self->timeline, icon, tone, title, meta, hidden ? _("Only for those who may see health information.") : text, secret, NULL);
}

static void
events_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithCaseView *self = user_data;
  const char *closing = NULL;

  kith_timeline_clear (self->timeline);
  for (guint i = 0; i < rows->len; i++)
    {
      if (!closing && g_strcmp0 (kith_row_get_text (rows->pdata[i], "type"), "closed") == 0)
        closing = kith_row_get_text (rows->pdata[i], "text");
      add_event (self, rows->pdata[i]);
    }
  gtk_label_set_text (self->outcome_text, closing ? closing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_text), closing != NULL);
}

/* Writing */

static void
close_composer (KithCaseView *self)
{
  gtk_revealer_set_reveal_child (self->composer_revealer, FALSE);
  self->composer = NULL;
  adw_bin_set_child (self->composer_place, NULL);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

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
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
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
  g_clear_object (&self->event_watch);
  g_clear_object (&self->goal_watch);
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
  self->composer = NULL;
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
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/cases/kith-case-view.ui");
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
  BIND (no_goals);
  BIND (team);
  BIND (nobody);
  BIND (timeline);
  BIND (composer_revealer);
  BIND (composer_place);
}

static void
kith_case_view_init (KithCaseView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kith_case_view_new (KithContext *context)
{
  KithCaseView *self = g_object_new (KITH_TYPE_CASE_VIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
kith_case_view_set_case (KithCaseView *self,
                         const char   *id)
{
  static const char *const kinds[] = { "case", "client", "assignment", NULL };
  static const char *const team_kinds[] = { "assignment", "staff", NULL };
  static const char *const event_kinds[] = { "case_event", "case_note", "assessment", "goal", NULL };
  static const char *const goal_kinds[] = { "goal", NULL };
  static const char *const task_kinds[] = { "task", NULL };

  if (self->composer)
    {
      kith_case_composer_flush (self->composer);
      close_composer (self);
    }
  forget (self);
  self->id = g_strdup (id);
  gtk_widget_set_visible (self->content, FALSE);
  g_signal_emit (self, signals[SIGNAL_MAY_CHANGED], 0);
  if (!id)
    return;
  self->watch = kith_watch_new (self->context, "case", kinds, id, case_cb, self);
  self->team_watch = kith_watch_new (self->context, "case-team", team_kinds, id, team_cb, self);
  self->event_watch = kith_watch_new (self->context, "case-timeline", event_kinds, id, events_cb, self);
  self->goal_watch = kith_watch_new (self->context, "case-goals", goal_kinds, id, goals_cb, self);
  self->task_watch = kith_watch_new (self->context, "case-tasks", task_kinds, id, tasks_cb, self);
}
