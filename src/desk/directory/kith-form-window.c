/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-form-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-kind.h"
#include "kith-text.h"
#include "kith-shortcuts.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-list-order.h"
#include "widgets/kith-unread.h"

G_DEFINE_FINAL_TYPE (KithFormWindow, kith_form_window, ADW_TYPE_WINDOW)

static void
add_cb (KithFormWindow *self)
{
  gtk_widget_grab_focus (kith_form_window_add_question (self, NULL, FALSE)->text);
}

/* Where whoever opened it goes on: at the first question, whose words stay, or where what is new begins. */
void
kith_form_window_focus_first (KithFormWindow *self)
{
  KithFormQuestion *first = self->questions->len > 0 ? self->questions->pdata[0] : NULL;

  if (first)
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (first->text));
  else
    gtk_widget_grab_focus (self->queues ? GTK_WIDGET (self->called) : self->add);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithFormWindow *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  if (self->loaded)
    {
      if (body && self->queues)
        kith_form_window_follow_links (self, rows->pdata[0], body);
      return;
    }
  self->loaded = TRUE;
  gtk_widget_set_sensitive (self->add, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.commit", TRUE);
  gtk_widget_set_sensitive (self->save, TRUE);
  if (body)
    {
      self->form = g_strdup (kith_row_get_id (rows->pdata[0]));
      self->introduction = g_strdup (kith_json_string (body, "introduction"));
      g_free (self->name);
      self->name = g_strdup (kith_json_string (body, "name"));
      kith_form_window_take_links (self, rows->pdata[0], body);
      self->read_version = self->seen;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->called), TRUE);
  self->read_name = g_strdup (self->name);
  self->read = kith_form_window_asked_of (body);
  self->read_inactive = self->inactive;
  kith_form_window_show_read (self);
  gtk_list_box_set_placeholder (self->list, g_object_new (GTK_TYPE_LABEL, "label", _("Nothing is asked yet."), "wrap", TRUE, "margin-top", 18, "margin-bottom", 18, NULL));
  kith_form_window_keep_draft (self);
  kith_form_window_focus_first (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithFormWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      if (self->context)
        gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (!self->context) /* a lock closed it: what was typed is kept */
    return;
  gtk_widget_set_sensitive (self->save, TRUE);
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

/* What was asked already and has no text now: emptied, by Ctrl+Z say, and not taken off. */
static KithFormQuestion *
find_emptied (KithFormWindow *self)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      KithFormQuestion *question = self->questions->pdata[i];

      if (question->known && kith_text_blank (gtk_editable_get_text (GTK_EDITABLE (question->text))))
        return question;
    }
  return NULL;
}

static void
commit_action (GtkWidget  *widget,
               const char *action,
               GVariant   *target)
{
  KithFormWindow *self = KITH_FORM_WINDOW (widget);
  const char *name = self->queues ? gtk_editable_get_text (GTK_EDITABLE (self->called)) : self->name;
  g_autofree char *id = NULL;
  KithFormQuestion *emptied = find_emptied (self);
  JsonObject *args;

  if (!self->draft || !gtk_widget_get_sensitive (self->save)) /* a key comes here all the same */
    return;
  if (kith_text_blank (name))
    {
      gtk_label_set_text (self->problem, _("Give the form a name: what callers answer stands under it."));
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->called));
      return;
    }
  if (emptied)
    {
      gtk_label_set_text (self->problem, _("A question has no text. Write it, or remove the question: nothing was saved."));
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      gtk_widget_grab_focus (emptied->text);
      return;
    }
  id = self->form ? g_strdup (self->form) : kith_context_new_id (self->context);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  args = kith_json_new ("id", "s", id, "use", "s", self->use, "record", "s", self->record, "name", "s", name, "introduction", "s",
                                    self->introduction, "questions", "a", kith_form_window_collect (self, FALSE), "seen", "i", self->seen, "queues", "a",
                                    self->queues ? json_array_ref (self->queues) : NULL, NULL);
  if (self->inactive)
    json_object_set_boolean_member (args, "inactive", TRUE);
  kith_draft_submit (self->draft, "form.put", args, _("Questions saved"), FALSE, saved_cb, g_object_ref (self));
}

static void
kith_form_window_dispose (GObject *object)
{
  KithFormWindow *self = KITH_FORM_WINDOW (object);

  g_clear_object (&self->watch);
  if (self->draft) /* a lock closes it too */
    {
      kith_draft_flush (self->draft);
      g_object_run_dispose (G_OBJECT (self->draft));
    }
  g_clear_object (&self->draft);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_form_window_parent_class)->dispose (object);
}

static void
kith_form_window_finalize (GObject *object)
{
  KithFormWindow *self = KITH_FORM_WINDOW (object);

  g_ptr_array_unref (self->questions);
  g_free (self->use);
  g_free (self->record);
  g_free (self->form);
  g_free (self->name);
  g_free (self->read_name);
  g_free (self->introduction);
  g_free (self->about);
  g_free (self->untouched);
  g_clear_pointer (&self->read, json_array_unref);
  g_clear_pointer (&self->queues, json_array_unref);
  G_OBJECT_CLASS (kith_form_window_parent_class)->finalize (object);
}

static void
kith_form_window_class_init (KithFormWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_form_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_form_window_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "form.discard", NULL, kith_form_window_discard);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), KITH_ORDER_UP, NULL, kith_form_window_order);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), KITH_ORDER_DOWN, NULL, kith_form_window_order);
  kith_shortcuts_install_class (GTK_WIDGET_CLASS (klass), KITH_KEYS_ORDER);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Return, GDK_CONTROL_MASK, "form.commit", NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_form_window_init (KithFormWindow *self)
{
  GtkWidget *header = adw_header_bar_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new (), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *words = gtk_label_new (_("Asked of whoever refers, before it is sent. How a question is answered stays as it is: remove it and add another to change that."));

  self->questions = g_ptr_array_new_with_free_func (kith_form_question_free);
  self->add = gtk_button_new_with_mnemonic (_("_Add a Question"));
  gtk_widget_set_name (self->add, "add");
  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  self->problem = GTK_LABEL (gtk_label_new (""));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "field-error");
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  self->words = GTK_LABEL (words);
  self->shared = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "name", "shared", "wrap", TRUE, "xalign", 0.0, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->shared), "heading");
  self->called = ADW_ENTRY_ROW (g_object_new (ADW_TYPE_ENTRY_ROW, "name", "called", "title", _("Name of the form"), "sensitive", FALSE, NULL));
  g_signal_connect_object (self->called, "changed", G_CALLBACK (kith_form_window_touch), self, G_CONNECT_SWAPPED);
  self->called_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->called_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->called_list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (self->called_list), GTK_WIDGET (self->called));
  gtk_widget_set_visible (self->called_list, FALSE);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_sensitive (self->add, FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "form.commit");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  gtk_widget_set_margin_start (inner, 18);
  gtk_widget_set_margin_end (inner, 18);
  gtk_widget_set_margin_top (inner, 12);
  gtk_widget_set_margin_bottom (inner, 18);
  gtk_box_append (GTK_BOX (inner), words);
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->shared));
  gtk_box_append (GTK_BOX (inner), kith_form_window_strip_new (self));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (inner), self->called_list);
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (inner), kith_form_window_buttons_new (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), inner);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 560);
  kith_fit_to_text (GTK_WINDOW (self));
}

gboolean
kith_form_window_may (KithContext *context,
                      const char  *agency)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  if (!actor)
    return FALSE;
  return actor->level == KITH_LEVEL_NETWORK ||
         (actor->level == KITH_LEVEL_STANDARD && agency && g_strcmp0 (actor->agency, agency) == 0 &&
          (kith_actor_has_duty (actor, KITH_DUTY_LISTINGS) || kith_actor_has_duty (actor, KITH_DUTY_ADMIN)));
}

static KithFormWindow *
window_new (GtkWindow   *parent,
            KithContext *context,
            const char  *use,
            const char  *name)
{
  KithFormWindow *self = g_object_new (KITH_TYPE_FORM_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  /* Translators: a service or a queue: "Questions of Emergency overnight bed" */
  g_autofree char *title = g_strdup_printf (_("Questions of %s"), name ? name : "");

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->context = g_object_ref (context);
  self->use = g_strdup (use);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.commit", FALSE);
  return self;
}

GtkWidget *
kith_form_window_new (GtkWindow   *parent,
                      KithContext *context,
                      const char  *use,
                      const char  *record,
                      const char  *name)
{
  static const char *const kinds[] = { "form", NULL };
  KithFormWindow *self = window_new (parent, context, use, name);

  self->about = g_strdup (record);
  self->record = g_strdup (record);
  self->name = g_strdup (_("Before you refer"));
  self->watch = kith_watch_new (context, "form-written", kinds, record, rows_cb, self);
  return GTK_WIDGET (self);
}

GtkWidget *
kith_form_window_new_of_calls (GtkWindow   *parent,
                               KithContext *context,
                               const char  *queue,
                               const char  *queue_name,
                               const char  *form,
                               const char  *called)
{
  static const char *const kinds[] = { "form", "queue", NULL };
  KithFormWindow *self = window_new (parent, context, "contact", queue_name);
  g_autofree char *id = form ? g_strdup (form) : kith_context_new_id (context); /* of a new one nothing is found */
  const char *args[] = { queue, id, NULL };

  self->about = form ? g_strdup (form) : g_strconcat ("new:", queue, NULL);
  self->queues = kith_json_strings (queue, NULL);
  self->name = g_strdup (called ? called : "");
  gtk_widget_set_visible (self->called_list, TRUE);
  gtk_label_set_text (self->words, _("Asked of who calls, when the call goes into this queue. How a question is answered stays as it is: remove it and add another to change that."));
  self->watch = kith_watch_new_args (context, "forms-of-calls", kinds, args, rows_cb, self);
  return GTK_WIDGET (self);
}
