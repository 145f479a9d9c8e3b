/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questions as they were read, and as they were typed before a lock. */

#include "kith-form-window-private.h"

#include "widgets/kith-choice-row.h"

#include <glib/gi18n.h>

void
kith_form_window_touch (KithFormWindow *self)
{
  if (!self->draft || self->filling)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE); /* what it says is being mended */
  kith_draft_touch (self->draft);
}

/* What is one form in several queues is changed in all of them. */
static void
say_shared (KithFormWindow *self,
            KithRow        *row)
{
  const char *others = kith_row_get_text (row, "queues");
  g_autofree char *words = NULL;

  if (!self->queues)
    return;
  if (self->inactive)
    words = g_strdup (_("These questions are not asked anywhere. What you change here is saved, and asked once a queue asks them."));
  else if (json_array_get_length (self->queues) == 0)
    words = g_strdup (_("These questions are asked of every call. What you change here is changed for all of them."));
  else if (others)
    /* Translators: names of queues */
    words = g_strdup_printf (_("The same questions are also asked in: %s. What you change here is changed there too."), others);
  gtk_label_set_text (self->shared, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shared), words != NULL);
  if (self->inactive || json_array_get_length (self->queues) == 0)
    gtk_label_set_text (self->words, _("Asked of who calls. How a question is answered stays as it is: remove it and add another to change that."));
}

/* Where it is asked, and of which version. */
void
kith_form_window_take_links (KithFormWindow *self,
                             KithRow        *row,
                             JsonObject     *body)
{
  self->seen = kith_json_int (body, "version", 0);
  self->inactive = kith_json_bool (body, "inactive", FALSE);
  if (self->queues)
    {
      json_array_unref (self->queues);
      self->queues = kith_json_array (body, "queues") ? json_array_ref (kith_json_array (body, "queues")) : json_array_new ();
    }
  say_shared (self, row);
}

/* Those that are asked. Yours */
JsonArray *
kith_form_window_asked_of (JsonObject *body)
{
  JsonArray *questions = body ? kith_json_array (body, "questions") : NULL, *asked = json_array_new ();

  for (guint i = 0; questions && i < json_array_get_length (questions); i++)
    if (!kith_json_bool (json_array_get_object_element (questions, i), "retired", FALSE))
      json_array_add_object_element (asked, json_object_ref (json_array_get_object_element (questions, i)));
  return asked;
}

/* Linked elsewhere while it stands open, it is still what was read: saving takes no link away and is not refused for it. */
void
kith_form_window_follow_links (KithFormWindow *self,
                               KithRow        *row,
                               JsonObject     *body)
{
  g_autoptr (JsonArray) now = kith_form_window_asked_of (body);

  if (g_strcmp0 (kith_row_get_id (row), self->form) == 0 && json_array_equal (now, self->read) && g_strcmp0 (kith_json_string (body, "name"), self->read_name) == 0)
    kith_form_window_take_links (self, row, body);
}

static gboolean
has_key (JsonArray  *questions,
         const char *key)
{
  for (guint i = 0; questions && i < json_array_get_length (questions); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (questions, i), "key"), key) == 0)
      return TRUE;
  return FALSE;
}

static void
clear_questions (KithFormWindow *self)
{
  while (self->questions->len > 0)
    {
      KithFormQuestion *question = self->questions->pdata[self->questions->len - 1];

      gtk_list_box_remove (self->list, question->line);
      g_ptr_array_set_size (self->questions, (int) self->questions->len - 1);
    }
}

void
kith_form_window_show_read (KithFormWindow *self)
{
  self->filling = TRUE;
  clear_questions (self);
  for (guint i = 0; i < json_array_get_length (self->read); i++)
    kith_form_window_add_question (self, json_array_get_object_element (self->read, i), TRUE);
  kith_entry_fill (GTK_EDITABLE (self->called), self->read_name);
  kith_form_window_set_inactive (self, self->read_inactive);
  self->filling = FALSE;
}

static JsonObject *
describe (KithFormWindow *self)
{
  return kith_json_new ("inactive", "b", self->queues == NULL && self->inactive, "questions", "a", kith_form_window_collect (self, TRUE), "read", "a", json_array_ref (self->read), "version", "i", self->read_version, "name", "s",
                        self->queues ? gtk_editable_get_text (GTK_EDITABLE (self->called)) : NULL, "read_name", "s", self->queues ? self->read_name : NULL, NULL);
}

static JsonObject *
collect_draft (gpointer owner)
{
  KithFormWindow *self = owner;
  g_autoptr (JsonObject) draft = describe (self);
  g_autofree char *text = kith_json_print_object (draft);

  return g_strcmp0 (text, self->untouched) == 0 ? NULL : g_steal_pointer (&draft);
}

/* Linked to another queue, a form has another version and the same questions. */
static gboolean
is_changed (KithFormWindow *self,
            JsonObject     *draft)
{
  JsonArray *read = kith_json_array (draft, "read");
  const char *name = kith_json_string (draft, "read_name");

  if (kith_json_int (draft, "version", 0) == self->seen)
    return FALSE;
  return !read || !json_array_equal (read, self->read) || (name && g_strcmp0 (name, self->read_name) != 0);
}

/* What a colleague removed meanwhile stays away, what one added stands below; where they changed what stands here too, it is said. */
static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithFormWindow *self = owner;
  JsonArray *questions = kith_json_array (draft, "questions"), *read = kith_json_array (draft, "read");
  g_autofree char *more = NULL;

  self->filling = TRUE;
  clear_questions (self);
  for (guint i = 0; questions && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = json_array_get_object_element (questions, i);
      gboolean now = has_key (self->read, kith_json_string (question, "key"));

      if (now || !has_key (read, kith_json_string (question, "key")))
        kith_form_window_add_question (self, question, now);
    }
  for (guint i = 0; i < json_array_get_length (self->read); i++)
    {
      JsonObject *question = json_array_get_object_element (self->read, i);
      const char *key = kith_json_string (question, "key");

      if (!has_key (questions, key) && !has_key (read, key))
        kith_form_window_add_question (self, question, TRUE);
    }
  if (kith_json_string (draft, "name"))
    kith_entry_fill (GTK_EDITABLE (self->called), kith_json_string (draft, "name"));
  kith_form_window_set_inactive (self, kith_json_bool (draft, "inactive", self->read_inactive));
  self->filling = FALSE;
  if (is_changed (self, draft))
    more = g_strdup_printf ("%s. %s", words, _("Somebody changed the questions since: look through them before you save."));
  gtk_label_set_text (self->restored, more ? more : words);
  gtk_widget_set_visible (self->restored_strip, TRUE);
  kith_form_window_focus_first (self);
}

void
kith_form_window_discard (GtkWidget  *widget,
                          const char *name,
                          GVariant   *target)
{
  KithFormWindow *self = KITH_FORM_WINDOW (widget);

  if (!self->draft)
    return;
  kith_form_window_show_read (self);
  kith_form_window_focus_first (self);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_set_visible (self->restored_strip, FALSE);
  kith_draft_forget (self->draft);
}

GtkWidget *
kith_form_window_strip_new (KithFormWindow *self)
{
  GtkWidget *discard = gtk_button_new_with_label (_("Discard"));

  self->restored_strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->restored = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "hexpand", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->restored), "meta");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (discard), "form.discard");
  gtk_widget_add_css_class (discard, "flat");
  gtk_widget_set_valign (discard, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->restored_strip), GTK_WIDGET (self->restored));
  gtk_box_append (GTK_BOX (self->restored_strip), discard);
  gtk_widget_set_visible (self->restored_strip, FALSE);
  return self->restored_strip;
}

/* What is asked here belongs to the service's agency, or to the network. */
void
kith_form_window_keep_draft (KithFormWindow *self)
{
  g_autofree char *key = g_strdup_printf ("form:%s:%s", self->use, self->about);
  g_autoptr (JsonObject) untouched = describe (self);

  self->untouched = kith_json_print_object (untouched);
  self->draft = kith_draft_new (self->context, key, "dir", collect_draft, restore_draft, self);
}
