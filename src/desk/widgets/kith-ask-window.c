/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-ask-window.h"

#include <glib/gi18n.h>

#include "kith-draft.h"
#include "kith-format.h"
#include "kith-operation.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-fit.h"

struct _KithAskWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  const KithOperation *operation;
  char *done;
  JsonObject *given;
  GtkLabel *description, *problem;
  GtkButton *commit_button;
  GtkBox *picks_box;
  AdwBin *rows_place;
  KithFieldRows *rows;
  KithDraft *draft; /* NULL: what is typed is not kept */
  GPtrArray *picks; /* (element-type Pick) */
  gboolean closed, filling; /* filling: what changes is what the store said, not what somebody chose */
  KithAskSubmit submit; /* NULL: as the operation it is */
  gpointer submit_data;
  GDestroyNotify submit_destroy;
};

G_DEFINE_FINAL_TYPE (KithAskWindow, kith_ask_window, ADW_TYPE_WINDOW)

typedef struct
{
  KithAskWindow *window;
  const KithField *field;
  AdwComboRow *row;     /* one of a list, or */
  KithSuggest *suggest; /* searched for */
  GPtrArray *ids;       /* of the list; the first is NULL: nothing chosen */
  char *id;             /* of what was searched; of the list: what a draft says until it is there */
  KithWatch *watch;
} Pick;

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
pick_free (gpointer data)
{
  Pick *pick = data;

  g_clear_object (&pick->watch);
  g_clear_pointer (&pick->ids, g_ptr_array_unref);
  g_free (pick->id);
  g_free (pick);
}

static const KithField *
find_arg (KithAskWindow *self,
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

static const char *
picked_id (Pick *pick)
{
  guint i;

  if (pick->suggest)
    return pick->id;
  i = adw_combo_row_get_selected (pick->row);
  return i < pick->ids->len ? pick->ids->pdata[i] : NULL;
}

/* A draft: what is typed, and "picks": the id and, of what is searched for, the words for each. */

static JsonObject *
collect_draft (gpointer owner)
{
  KithAskWindow *self = owner;
  JsonObject *draft = json_object_new (), *picks = json_object_new ();

  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (picked_id (pick))
        json_object_set_object_member (picks, pick->field->name,
                                       kith_json_new ("id", "s", picked_id (pick), "words", "s", pick->suggest ? kith_suggest_get_text (pick->suggest) : NULL, NULL));
    }
  kith_field_rows_collect (self->rows, draft, TRUE);
  json_object_set_object_member (draft, "picks", picks);
  return draft;
}

static void
select_pick (Pick *pick)
{
  for (guint i = 0; i < pick->ids->len; i++)
    if (pick->id && g_strcmp0 (pick->ids->pdata[i], pick->id) == 0)
      {
        g_clear_pointer (&pick->id, g_free);
        adw_combo_row_set_selected (pick->row, i);
      }
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithAskWindow *self = owner;
  JsonObject *picks = kith_json_object (draft, "picks");

  kith_field_rows_show (self->rows, draft);
  for (guint i = 0; picks && i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];
      JsonObject *one = kith_json_object (picks, pick->field->name);

      if (!one)
        continue;
      if (pick->suggest)
        kith_suggest_set_text (pick->suggest, kith_json_string (one, "words"));
      g_free (pick->id);
      pick->id = g_strdup (kith_json_string (one, "id"));
      if (pick->row)
        select_pick (pick);
    }
  gtk_label_set_text (self->description, words);
  gtk_widget_set_visible (GTK_WIDGET (self->description), TRUE);
}

static JsonObject *
collect (KithAskWindow *self)
{
  JsonObject *args = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (self->given);

  for (GList *l = names; l; l = l->next)
    json_object_set_member (args, l->data, json_node_copy (json_object_get_member (self->given, l->data)));
  for (guint i = 0; i < self->picks->len; i++)
    {
      Pick *pick = self->picks->pdata[i];

      if (picked_id (pick))
        json_object_set_string_member (args, pick->field->name, picked_id (pick));
    }
  kith_field_rows_collect (self->rows, args, FALSE);
  if (find_arg (self, "id"))
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
  if (self->draft)
    kith_draft_forget (self->draft);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
  if (!self->closed)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
submit (KithAskWindow *self,
        JsonObject    *args) /* transfer full */
{
  if (self->submit)
    {
      self->submit (self->context, args, self->submit_data, submitted_cb, g_object_ref (self));
      return;
    }
  kith_context_submit (self->context, self->operation->name, args, self->done, (self->operation->flags & KITH_OPERATION_UNDO) != 0, submitted_cb,
                       g_object_ref (self));
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
  gboolean numbered = find_arg (self, "number") != NULL;

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
      tell (self, error->message);
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
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
changed_cb (KithAskWindow *self)
{
  if (self->closed)
    return;
  tell (self, NULL);
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
  self->rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_ASK_WINDOW);
  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  g_clear_pointer (&self->given, json_object_unref);
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
  self->picks = g_ptr_array_new_with_free_func (pick_free);
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
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
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

void
kith_ask_window_keep_draft (KithAskWindow *self,
                            const char    *scope)
{
  g_autofree char *about = kith_json_print_object (self->given);
  g_autofree char *key = g_strdup_printf ("ask:%s:%s", self->operation->name, about);

  self->draft = kith_draft_new (self->context, key, scope, collect_draft, restore_draft, self);
}

static void
picks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  Pick *pick = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *before = g_strdup (picked_id (pick));
  guint selected = 0;

  g_ptr_array_set_size (pick->ids, 0);
  g_ptr_array_add (pick->ids, NULL);
  gtk_string_list_append (names, pick->field->flags & KITH_FIELD_REQUIRED ? _("Choose…") : _("None"));
  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name");

      gtk_string_list_append (names, name ? name : "");
      g_ptr_array_add (pick->ids, g_strdup (kith_row_get_id (rows->pdata[i])));
      if (g_strcmp0 (before, kith_row_get_id (rows->pdata[i])) == 0)
        selected = i + 1;
    }
  if (rows->len == 1 && pick->field->flags & KITH_FIELD_REQUIRED) /* there is no choice */
    selected = 1;
  pick->window->filling = TRUE;
  adw_combo_row_set_model (pick->row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (pick->row, selected);
  select_pick (pick);
  pick->window->filling = FALSE;
}

static Pick *
pick_new (KithAskWindow *self,
          const char    *arg,
          GtkWidget     *widget)
{
  Pick *pick = g_new0 (Pick, 1);

  pick->window = self;
  pick->field = find_arg (self, arg);
  gtk_widget_set_name (widget, arg);
  g_ptr_array_add (self->picks, pick);
  return pick;
}

void
kith_ask_window_add_pick (KithAskWindow     *self,
                          const char        *arg,
                          const char        *query,
                          const char *const *kinds,
                          const char        *input)
{
  GtkWidget *row = adw_combo_row_new (), *list = gtk_list_box_new ();
  Pick *pick = pick_new (self, arg, row);
  const char *args[] = { input, NULL };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(pick->field->label));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (self->picks_box, list);
  gtk_widget_set_visible (GTK_WIDGET (self->picks_box), TRUE);
  pick->row = ADW_COMBO_ROW (row);
  pick->ids = g_ptr_array_new_with_free_func (g_free);
  pick->watch = kith_watch_new_args (self->context, query, kinds, args, picks_cb, pick);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
describe_client (gpointer      hit,
                 AdwActionRow *line)
{
  g_autofree char *name = kith_format_name (kith_row_field (hit, "given_name"), NULL, kith_row_field (hit, "family_name"),
                                            kith_row_field (hit, "second_family_name"), kith_row_field (hit, "described_as"));
  g_autofree char *born = kith_format_date (kith_row_field (hit, "date_of_birth"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (line, born ? born : "");
}

static void
client_picked_cb (KithAskWindow *self,
                  KithRow       *row,
                  KithSuggest   *suggest)
{
  Pick *pick = NULL;
  g_autofree char *name = kith_format_name (kith_row_field (row, "given_name"), NULL, kith_row_field (row, "family_name"),
                                            kith_row_field (row, "second_family_name"), kith_row_field (row, "described_as"));

  for (guint i = 0; i < self->picks->len; i++)
    if (((Pick *) self->picks->pdata[i])->suggest == suggest)
      pick = self->picks->pdata[i];
  kith_suggest_clear (suggest);
  kith_suggest_set_text (suggest, name);
  g_free (pick->id);
  pick->id = g_strdup (kith_row_get_id (row));
  changed_cb (self);
}

/* Another name typed is another client. */
static void
client_typed_cb (KithAskWindow *self,
                 KithSuggest   *suggest)
{
  for (guint i = 0; i < self->picks->len; i++)
    if (((Pick *) self->picks->pdata[i])->suggest == suggest)
      g_clear_pointer (&((Pick *) self->picks->pdata[i])->id, g_free);
  changed_cb (self);
}

void
kith_ask_window_add_client (KithAskWindow *self,
                            const char    *arg,
                            const char    *title)
{
  GtkWidget *suggest = kith_suggest_new (self->context, "client", title, describe_client);
  Pick *pick = pick_new (self, arg, suggest);

  pick->suggest = KITH_SUGGEST (suggest);
  gtk_box_append (self->picks_box, suggest);
  gtk_widget_set_visible (GTK_WIDGET (self->picks_box), TRUE);
  g_signal_connect_object (suggest, "picked", G_CALLBACK (client_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (suggest, "changed", G_CALLBACK (client_typed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (suggest); /* it stands first: who is meant is typed at once */
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
