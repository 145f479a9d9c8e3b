/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-ask-window-private.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

G_DEFINE_FINAL_TYPE (KithAskWindow, kith_ask_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const KithField *
kith_ask_window_find_arg (KithAskWindow *self,
                          const char    *name)
{
  for (guint i = 0; i < self->operation->n_args; i++)
    if (g_str_equal (self->operation->args[i].name, name))
      return &self->operation->args[i];
  return NULL;
}

static void
tell (KithAskWindow *self,
      const char    *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

/* What is given, but for what nothing is said of. */
JsonObject *
kith_ask_window_said (KithAskWindow *self)
{
  JsonObject *said = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (self->given);

  for (GList *l = names; l; l = l->next)
    if (!json_object_get_null_member (self->given, l->data))
      json_object_set_member (said, l->data, json_node_copy (json_object_get_member (self->given, l->data)));
  return said;
}

/* What a switch that is on says nothing of, whatever stands in the row that is out of sight. */
static void
leave_out (KithAskWindow *self,
           JsonObject    *args)
{
  for (guint i = 0; i < self->switches->len; i++)
    {
      JsonObject *when_on = g_object_get_data (self->switches->pdata[i], "when-on");
      g_autoptr (GList) members = kith_switch_row_get_active (self->switches->pdata[i]) ? json_object_get_members (when_on) : NULL;

      for (GList *l = members; l; l = l->next)
        if (json_object_get_null_member (when_on, l->data))
          json_object_remove_member (args, l->data);
    }
}

static JsonObject *
collect (KithAskWindow *self)
{
  JsonObject *args = kith_ask_window_said (self);

  for (guint i = 0; i < self->switches->len; i++)
    if (kith_switch_row_get_active (self->switches->pdata[i]))
      {
        JsonObject *when_on = g_object_get_data (self->switches->pdata[i], "when-on");
        g_autoptr (GList) members = json_object_get_members (when_on);

        for (GList *l = members; l; l = l->next)
          json_object_set_member (args, l->data, json_node_copy (json_object_get_member (when_on, l->data)));
      }
  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (kith_ask_picked_id (pick))
        json_object_set_string_member (args, pick->field->name, kith_ask_picked_id (pick));
    }
  kith_field_rows_collect (self->rows, args, FALSE);
  leave_out (self, args);
  if (kith_ask_window_find_arg (self, "id") && !json_object_has_member (args, "id"))
    {
      g_autofree char *id = kith_context_new_id (self->context);

      json_object_set_string_member (args, "id", id);
    }
  return args;
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithAskWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  JsonObject *now = self->submit ? NULL : kith_context_submit_get_now (KITH_CONTEXT (source), result);

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (self->closed)
        kith_context_problem (KITH_CONTEXT (source), _(self->operation->label), error);
      else
        {
          gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
          tell (self, error->message);
        }
      return;
    }
  self->now = now;
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
  self->now = NULL;
  if (!self->closed)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Of one that submits in its own way. */
typedef struct
{
  KithAskWindow *window;
  KithDraftSubmit *draft;
} OwnWay;

static void
own_way_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  OwnWay *way = user_data;

  if (way->draft)
    kith_draft_end_submit (way->draft, !g_task_had_error (G_TASK (result)));
  submitted_cb (source, result, way->window);
  g_free (way);
}

static void
submit (KithAskWindow *self,
        JsonObject    *args) /* transfer full */
{
  gboolean undo = (self->operation->flags & KITH_OPERATION_UNDO) != 0;

  if (self->submit)
    {
      OwnWay *way = g_new0 (OwnWay, 1);

      way->window = g_object_ref (self);
      way->draft = self->draft ? kith_draft_begin_submit (self->draft) : NULL;
      self->submit (self->context, args, self->submit_data, own_way_cb, way);
    }
  else if (self->draft)
    kith_draft_submit (self->draft, self->operation->name, args, self->done, undo, submitted_cb, g_object_ref (self));
  else
    kith_context_submit (self->context, self->operation->name, args, self->done, undo, submitted_cb, g_object_ref (self));
}

static void
number_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithAskWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  JsonObject *args;

  if (self->closed)
    return;
  if (!number)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
      tell (self, error->message);
      return;
    }
  args = collect (self);
  json_object_set_string_member (args, "number", number);
  submit (self, args);
}

static gpointer
number_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  return kith_store_next_number (store, error);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithAskWindow *self = KITH_ASK_WINDOW (widget);
  g_autofree char *wrong = kith_field_rows_check (self->rows);
  g_autoptr (JsonObject) args = NULL;
  g_autoptr (GError) error = NULL;
  gboolean numbered = kith_ask_window_find_arg (self, "number") != NULL && !json_object_has_member (self->given, "number");

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button)))
    return;
  if (wrong)
    {
      tell (self, wrong);
      return;
    }
  args = collect (self);
  if (numbered) /* so that the check has one: a number is taken only when all else is right */
    json_object_set_string_member (args, "number", "-");
  if (!kith_fields_check (self->operation->args, self->operation->n_args, args, FALSE, &error))
    {
      tell (self, kith_ask_window_none_words (self) ? kith_ask_window_none_words (self) : error->message);
      return;
    }
  tell (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
  if (numbered)
    kith_desktop_store_async (kith_context_get_desktop (self->context), number_job, NULL, NULL, NULL, number_cb, g_object_ref (self));
  else
    submit (self, g_steal_pointer (&args));
}

static void
entered_cb (KithAskWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "form.commit", NULL);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

void
kith_ask_window_tell_note (KithAskWindow *self)
{
  g_autoptr (JsonObject) args = self->note ? collect (self) : NULL;

  if (args)
    self->note_func (self->note, args);
}

/* Somebody typed: what was told as wrong goes, and the draft follows. */
void
kith_ask_window_changed (KithAskWindow *self)
{
  if (self->closed)
    return;
  tell (self, NULL);
  kith_ask_window_tell_note (self);
  if (self->draft && !self->filling)
    kith_draft_touch (self->draft);
}

static void
kith_ask_window_dispose (GObject *object)
{
  KithAskWindow *self = KITH_ASK_WINDOW (object);

  if (self->draft && !self->closed) /* a lock closes it too */
    kith_draft_flush (self->draft);
  self->closed = TRUE;
  g_clear_pointer (&self->picks, g_ptr_array_unref);
  g_clear_pointer (&self->switches, g_ptr_array_unref);
  self->rows = NULL;
  self->note = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_ASK_WINDOW);
  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  g_clear_pointer (&self->given, json_object_unref);
  g_clear_pointer (&self->was, json_object_unref);
  if (self->submit_destroy)
    g_steal_pointer (&self->submit_destroy) (self->submit_data);
  g_clear_pointer (&self->done, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_ask_window_parent_class)->dispose (object);
}

static void
kith_ask_window_class_init (KithAskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_ask_window_dispose;
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-ask-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAskWindow, description);
  gtk_widget_class_bind_template_child (widget_class, KithAskWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithAskWindow, commit_button);
  gtk_widget_class_bind_template_child (widget_class, KithAskWindow, picks_box);
  gtk_widget_class_bind_template_child (widget_class, KithAskWindow, rows_place);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_ask_window_init (KithAskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
  kith_shortcuts_install_first (GTK_WIDGET (self), "form.commit"); /* a text would take its Enter for a new line */
  self->picks = g_ptr_array_new_with_free_func (kith_ask_pick_free);
  self->switches = g_ptr_array_new ();
}

GtkWidget *
kith_ask_window_new (GtkWindow   *parent,
                     KithContext *context,
                     const char  *op,
                     const char  *title,
                     const char  *description,
                     const char  *verb,
                     const char  *done,
                     JsonObject  *given,
                     JsonObject  *preset)
{
  KithAskWindow *self = g_object_new (KITH_TYPE_ASK_WINDOW, "transient-for", parent, "title", title, NULL);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  self->context = g_object_ref (context);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  self->operation = kith_operation_get (op);
  self->done = g_strdup (done);
  self->given = given;
  gtk_label_set_text (self->description, description ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
  gtk_button_set_label (self->commit_button, verb);
  for (guint i = 0; i < self->operation->n_args; i++)
    if (!json_object_has_member (given, self->operation->args[i].name) && !g_str_equal (self->operation->args[i].name, "number"))
      g_ptr_array_add (asked, (gpointer) &self->operation->args[i]);
  self->rows = KITH_FIELD_ROWS (kith_field_rows_new_fields (context, (const KithField *const *) asked->pdata, asked->len));
  adw_bin_set_child (self->rows_place, GTK_WIDGET (self->rows));
  if (preset)
    kith_field_rows_show (self->rows, preset);
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (kith_ask_window_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "activated", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  /* Type at once: the window would begin at "Cancel". What is said already can wait: first what nothing is said of, else the first row. */
  for (guint pass = preset ? 0 : 1; pass < 2; pass++)
    for (guint i = 0; i < asked->len; i++)
      {
        const char *name = ((const KithField *) asked->pdata[i])->name;

        if ((pass == 1 || !json_object_has_member (preset, name)) && kith_field_rows_focus (self->rows, name))
          {
            g_clear_pointer (&preset, json_object_unref);
            return GTK_WIDGET (self);
          }
      }
  g_clear_pointer (&preset, json_object_unref);
  return GTK_WIDGET (self);
}

JsonObject *
kith_ask_window_get_now (KithAskWindow *self)
{
  return self->now;
}

void
kith_ask_window_begin_at (KithAskWindow *self,
                          const char    *arg)
{
  kith_field_rows_focus (self->rows, arg);
}

void
kith_ask_window_set_submit (KithAskWindow *self,
                            KithAskSubmit  func,
                            gpointer       data,
                            GDestroyNotify destroy)
{
  self->submit = func;
  self->submit_data = data;
  self->submit_destroy = destroy;
}
