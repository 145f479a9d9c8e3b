/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-case-composer.h"

#include <glib/gi18n.h>

#include "kith-draft.h"
#include "kith-ending.h"
#include "kith-format.h"
#include "kith-operation.h"
#include "kith-page.h"
#include "kith-shortcuts.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-field-rows.h"

struct _KithCaseComposer
{
  AdwBin parent_instance;
  KithContext *context;
  KithDraft *draft;
  KithEnding *ending;
  char *case_id;
  JsonObject *body; /* of the case, as it was when writing began */
  KithCaseWriting what;
  GtkLabel *title, *problem;
  GtkWidget *choices;
  AdwComboRow *type, *sensitivity;
  AdwBin *rows_place;
  KithFieldRows *rows;
  GtkButton *commit_button;
  gboolean day_dropped; /* that of the step before, with its words */
};

G_DEFINE_FINAL_TYPE (KithCaseComposer, kith_case_composer, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MAX_FIELDS 3

static const struct
{
  const char *op, *kind, *title, *verb, *done;
  const char *empty; /* what is missing when the first field is blank */
  KithFieldChoice fields[MAX_FIELDS];
  gboolean typed, sensitive;
} kinds[] = {
  [KITH_CASE_NOTE] = { "note.add", "case_note", N_("Note"), NC_("verb", "Save"), N_("Note kept"), N_("There is nothing written yet."),
                       { { "text" } }, TRUE, TRUE },
  [KITH_CASE_TASK] = { "task.add", "task", N_("Task"), NC_("verb", "Add"), N_("Task added"), N_("Say what is to be done."),
                       { { "subject" }, { "due_on" }, { "remind_at" } }, FALSE, FALSE },
  [KITH_CASE_GOAL] = { "goal.set", "goal", N_("Goal"), NC_("verb", "Add"), N_("Goal added"), N_("Say what is to be reached."),
                       { { "title" }, { "description" }, { "target_on" } }, FALSE, TRUE },
  [KITH_CASE_STEP] = { "record.patch", "case", N_("Next step"), NC_("verb", "Save"), N_("Next step saved"), NULL,
                       { { "next_step" }, { "next_step_on" } }, FALSE, FALSE },
};

/* The step so far, which the rows begin with: what nobody changed of it goes when the case is taken away (I6). */
static JsonObject *
step_before (KithCaseComposer *self)
{
  return kith_json_new ("next_step", "s", kith_json_string (self->body, "next_step"), "next_step_on", "s", kith_json_string (self->body, "next_step_on"), NULL);
}

static JsonObject *
collect (gpointer owner)
{
  KithCaseComposer *self = owner;
  JsonObject *values = kith_json_new (NULL, NULL);

  kith_field_rows_collect (self->rows, values, TRUE);
  if (json_object_get_size (values) == 0)
    {
      json_object_unref (values);
      return NULL;
    }
  if (kinds[self->what].typed)
    json_object_set_string_member (values, "type", kith_choice_row_get_code (self->type));
  if (kinds[self->what].sensitive)
    json_object_set_string_member (values, "sensitivity", kith_choice_row_get_code (self->sensitivity));
  if (self->what == KITH_CASE_STEP)
    json_object_set_object_member (values, "before", step_before (self));
  return values;
}

static void
tell (KithCaseComposer *self,
      const char       *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static void
restore (gpointer    owner,
         JsonObject *draft,
         const char *words)
{
  KithCaseComposer *self = owner;

  kith_field_rows_show (self->rows, draft);
  if (kith_json_string (draft, "type"))
    kith_choice_row_set_code (self->type, kith_json_string (draft, "type"));
  if (kith_json_string (draft, "sensitivity"))
    kith_choice_row_set_code (self->sensitivity, kith_json_string (draft, "sensitivity"));
  tell (self, words);
}

/* Another step has another day: one that is over goes as soon as the words change, and comes back with them. One that still comes stays: whoever puts a word
 * right means that day too, and who says another step sees it stand there. */
static void
follow_step (KithCaseComposer *self)
{
  const char *old_step = kith_json_string (self->body, "next_step"), *old_day = kith_json_string (self->body, "next_step_on");
  g_autofree char *step = kith_field_rows_get_text (self->rows, "next_step");
  g_autofree char *day = kith_field_rows_get_text (self->rows, "next_step_on");
  g_autofree char *today = kith_format_today (kith_context_get_now (self->context));
  gboolean same = g_strcmp0 (step, old_step) == 0;

  if (!old_step || !old_day || same != self->day_dropped || strcmp (old_day, today) >= 0)
    return;
  if (!same && g_strcmp0 (day, old_day) != 0) /* a day of its own already */
    return;
  self->day_dropped = !same;
  if (!same || !day)
    kith_field_rows_set_text (self->rows, "next_step_on", same ? old_day : NULL);
}

static void
changed_cb (KithCaseComposer *self)
{
  if (self->what == KITH_CASE_STEP)
    follow_step (self);
  tell (self, NULL);
  if (self->draft)
    kith_draft_touch (self->draft);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithCaseComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!done && (!self->context || !gtk_widget_get_root (GTK_WIDGET (self)))) /* gone from the window: nobody would read it there */
    kith_context_problem (KITH_CONTEXT (source), _(kinds[self->what].title), error);
  if (!self->context)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
  if (!done)
    {
      tell (self, error->message);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* What the operation is told; NULL: nothing was changed. */
static JsonObject *
arguments (KithCaseComposer *self)
{
  g_autofree char *id = kith_context_new_id (self->context);
  JsonObject *args;

  if (self->what == KITH_CASE_STEP)
    {
      JsonObject *set = json_object_new ();

      kith_field_rows_add_changes (self->rows, self->body, set);
      if (json_object_get_size (set) == 0)
        {
          json_object_unref (set);
          return NULL;
        }
      args = kith_json_new ("t", "s", "case", "id", "s", self->case_id, NULL);
      json_object_set_object_member (args, "set", set);
      return args;
    }
  args = kith_json_new ("id", "s", id, "case", "s", self->case_id, NULL);
  if (kinds[self->what].typed)
    json_object_set_string_member (args, "type", kith_choice_row_get_code (self->type));
  if (kinds[self->what].sensitive)
    json_object_set_string_member (args, "sensitivity", kith_choice_row_get_code (self->sensitivity));
  kith_field_rows_collect (self->rows, args, FALSE);
  return args;
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithCaseComposer *self = KITH_CASE_COMPOSER (widget);
  const char *first = kinds[self->what].fields[0].name;
  g_autofree char *text = kith_field_rows_get_text (self->rows, first);
  g_autofree char *problem = kith_field_rows_check (self->rows);
  g_autofree char *done = NULL;
  gboolean undo = self->what == KITH_CASE_STEP || (kith_operation_get (kinds[self->what].op)->flags & KITH_OPERATION_UNDO) != 0; /* as all that is put right */
  JsonObject *args;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button)))
    return; /* under way: the key would write it twice */
  if (problem || (!text && kinds[self->what].empty))
    {
      tell (self, problem ? problem : _(kinds[self->what].empty));
      if (!problem)
        kith_field_rows_focus (self->rows, first);
      return;
    }
  args = arguments (self);
  if (!args)
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
  done = kith_page_done (widget, _(kinds[self->what].done));
  kith_draft_submit (self->draft, kinds[self->what].op, args, done, undo, submitted_cb, g_object_ref (self));
}

static void
entered_cb (KithCaseComposer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "form.commit", NULL);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  kith_case_composer_flush (KITH_CASE_COMPOSER (widget));
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

/* Neither the step so far nor what is being written is left standing; the draft is its author's (C4, I6). */
static void
ending_cb (gboolean ended,
           gpointer user_data)
{
  KithCaseComposer *self = user_data;

  if (!ended)
    return;
  kith_case_composer_flush (self);
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button))) /* else it is under way, and its answer says what became of it */
    kith_context_toast (self->context, kith_ending_get_words (self->ending));
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
kith_case_composer_dispose (GObject *object)
{
  KithCaseComposer *self = KITH_CASE_COMPOSER (object);

  g_clear_object (&self->ending);
  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CASE_COMPOSER);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_case_composer_parent_class)->dispose (object);
}

static gboolean
kith_case_composer_grab_focus (GtkWidget *widget)
{
  KithCaseComposer *self = KITH_CASE_COMPOSER (widget);

  return kith_field_rows_focus (self->rows, kinds[self->what].fields[0].name);
}

static void
kith_case_composer_class_init (KithCaseComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_case_composer_dispose;
  widget_class->grab_focus = kith_case_composer_grab_focus;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/cases/kith-case-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, title);
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, choices);
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, type);
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, sensitivity);
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, rows_place);
  gtk_widget_class_bind_template_child (widget_class, KithCaseComposer, commit_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_case_composer_init (KithCaseComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_shortcuts_install_first (GTK_WIDGET (self), "form.commit"); /* the text would take its Enter for a new line */
  kith_choice_row_set_vocabulary (self->type, "note_type", NULL);
  kith_choice_row_set_vocabulary (self->sensitivity, "sensitivity", NULL);
  kith_choice_row_set_code (self->type, "progress");
  kith_choice_row_set_code (self->sensitivity, "general");
}

/* Its words are there to be changed or written over; said above as well, with its day, for who has begun to. */
static void
show_step_before (KithCaseComposer *self)
{
  const char *step = kith_json_string (self->body, "next_step"), *on = kith_json_string (self->body, "next_step_on");
  g_autofree char *day = on ? kith_format_date (on) : NULL;
  g_autofree char *words = NULL;

  kith_field_rows_show (self->rows, self->body);
  if (!step)
    return;
  /* Translators: the step so far, and its day */
  words = day ? g_strdup_printf (_("Next step, until now: %s (%s)"), step, day) : g_strdup_printf (_("Next step, until now: %s"), step);
  gtk_label_set_text (self->title, words);
}

GtkWidget *
kith_case_composer_new (KithContext    *context,
                        const char     *case_id,
                        JsonObject     *body,
                        KithCaseWriting what,
                        gboolean        health)
{
  static const char *const keys[] = { "note", "task", "goal", "step" };
  KithCaseComposer *self = g_object_new (KITH_TYPE_CASE_COMPOSER, NULL);
  g_autofree char *key = g_strdup_printf ("%s:case:%s", keys[what], case_id);
  /* Whoever may write health information may have typed some: the draft goes with that right. */
  g_autofree char *scope = g_strconcat (health && kinds[what].sensitive ? "case_health:" : "case:", case_id, NULL);
  guint n_fields = 0;

  self->context = g_object_ref (context);
  self->case_id = g_strdup (case_id);
  self->body = json_object_ref (body);
  self->what = what;
  gtk_label_set_text (self->title, _(kinds[what].title));
  gtk_button_set_label (self->commit_button, g_dpgettext2 (NULL, "verb", kinds[what].verb));
  gtk_widget_set_visible (GTK_WIDGET (self->type), kinds[what].typed);
  gtk_widget_set_visible (GTK_WIDGET (self->sensitivity), kinds[what].sensitive && health);
  gtk_widget_set_visible (self->choices, kinds[what].typed || (kinds[what].sensitive && health));
  while (n_fields < MAX_FIELDS && kinds[what].fields[n_fields].name)
    n_fields++;
  self->rows = KITH_FIELD_ROWS (kith_field_rows_new (context, kith_kind_get (kinds[what].kind), kinds[what].fields, n_fields));
  if (what == KITH_CASE_STEP)
    show_step_before (self);
  adw_bin_set_child (self->rows_place, GTK_WIDGET (self->rows));
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "activated", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  self->draft = kith_draft_new (context, key, scope, collect, restore, self);
  self->ending = kith_ending_new (context, scope, ending_cb, self);
  return GTK_WIDGET (self);
}

/* What is typed goes into its draft now, not half a second after the last key. */
void
kith_case_composer_flush (KithCaseComposer *self)
{
  kith_draft_flush (self->draft);
}
