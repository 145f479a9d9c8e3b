/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questions of a form as they are written: their words, how they are answered, and their order. */

#include "kith-form-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-list-order.h"
#include "widgets/kith-wrap-box.h"

void
kith_form_question_free (gpointer data)
{
  KithFormQuestion *question = data;

  g_free (question->key);
  g_free (question);
}

static const char *
type_of (KithFormQuestion *question)
{
  return kith_vocabulary_code (kith_vocabulary_get ("question_type"), gtk_drop_down_get_selected (GTK_DROP_DOWN (question->type)));
}

static void
type_cb (GtkWidget *type)
{
  KithFormQuestion *question = g_object_get_data (G_OBJECT (type), "question");

  gtk_widget_set_visible (question->choices, g_str_has_prefix (type_of (question), "choice"));
}

static void
remove_cb (KithFormWindow *self,
           GtkWidget      *button)
{
  KithFormQuestion *question = g_object_get_data (G_OBJECT (button), "question"), *next;
  guint at = 0;

  g_ptr_array_find (self->questions, question, &at);
  gtk_list_box_remove (self->list, question->line);
  g_ptr_array_remove_index (self->questions, at);
  next = at < self->questions->len ? self->questions->pdata[at] : NULL;
  if (next)
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (next->text));
  else
    gtk_widget_grab_focus (self->add);
  kith_form_window_touch (self);
}

/* ---- their order */

static void
move (KithFormWindow *self,
      GtkWidget      *inside,
      int             by)
{
  int at = kith_list_order_move (self->list, inside, by);

  if (at < 0)
    return;
  g_ptr_array_insert (self->questions, at + by, g_ptr_array_steal_index (self->questions, at));
  kith_form_window_touch (self);
}

static void
up_cb (KithFormWindow *self,
       GtkWidget      *button)
{
  gtk_widget_grab_focus (button);
  move (self, button, -1);
}

static void
down_cb (KithFormWindow *self,
         GtkWidget      *button)
{
  gtk_widget_grab_focus (button);
  move (self, button, 1);
}

void
kith_form_window_order (GtkWidget  *widget,
                        const char *name,
                        GVariant   *target)
{
  move (KITH_FORM_WINDOW (widget), gtk_window_get_focus (GTK_WINDOW (widget)), g_str_equal (name, KITH_ORDER_UP) ? -1 : 1);
}

/* ---- one of them */

static GtkWidget *
types_new (void)
{
  const KithVocabulary *types = kith_vocabulary_get ("question_type");
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; i < kith_vocabulary_size (types); i++)
    gtk_string_list_append (words, kith_vocabulary_label (types, kith_vocabulary_code (types, i)));
  return gtk_drop_down_new (G_LIST_MODEL (words), NULL);
}

static void
set_type (KithFormQuestion *question,
          const char       *type)
{
  const KithVocabulary *types = kith_vocabulary_get ("question_type");

  for (guint i = 0; i < kith_vocabulary_size (types); i++)
    if (g_strcmp0 (kith_vocabulary_code (types, i), type) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (question->type), i);
}

static GtkWidget *
entry_new (const char *words)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_hexpand (entry, TRUE);
  return entry;
}

KithFormQuestion *
kith_form_window_add_question (KithFormWindow *self,
                               JsonObject     *given,
                               gboolean        known)
{
  KithFormQuestion *question = g_new0 (KithFormQuestion, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *how = kith_wrap_box_new ();
  GtkWidget *take_off = gtk_button_new_from_icon_name ("list-remove-symbolic");
  GtkWidget *up = kith_list_order_button_new (KITH_ORDER_UP, _("Move this question up")), *down = kith_list_order_button_new (KITH_ORDER_DOWN, _("Move this question down"));
  g_autofree char *choices = given ? kith_format_strings (kith_json_array (given, "choices"), ", ") : NULL;

  question->known = known;
  question->key = given ? g_strdup (kith_json_string (given, "key")) : kith_context_new_id (self->context);
  question->text = entry_new (_("Question"));
  gtk_widget_set_name (question->text, "question");
  question->choices = entry_new (_("Choices, with commas between them"));
  question->type = types_new ();
  question->required = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_("Must be answered")));
  question->health = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_("About health")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->type), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Answered by"), -1);
  g_object_set_data (G_OBJECT (question->type), "question", question);
  g_signal_connect (question->type, "notify::selected", G_CALLBACK (type_cb), NULL);
  if (given)
    {
      kith_entry_fill (GTK_EDITABLE (question->text), kith_json_string (given, "text"));
      kith_entry_fill (GTK_EDITABLE (question->choices), choices);
      gtk_check_button_set_active (question->required, kith_json_bool (given, "required", FALSE));
      gtk_check_button_set_active (question->health, kith_json_bool (given, "health", FALSE));
      set_type (question, kith_json_string (given, "type"));
    }
  g_signal_connect_object (question->text, "changed", G_CALLBACK (kith_form_window_touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (question->choices, "changed", G_CALLBACK (kith_form_window_touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (question->type, "notify::selected", G_CALLBACK (kith_form_window_touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (question->required, "toggled", G_CALLBACK (kith_form_window_touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (question->health, "toggled", G_CALLBACK (kith_form_window_touch), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (question->type, !question->known);
  gtk_widget_set_sensitive (GTK_WIDGET (question->health), !question->known);
  gtk_widget_set_visible (GTK_WIDGET (question->health), !self->queues); /* calls lie where all of the network's staff read them */
  type_cb (question->type);
  gtk_widget_add_css_class (take_off, "flat");
  gtk_widget_set_tooltip_text (take_off, _("Remove this question"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (take_off), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove this question"), -1);
  g_object_set_data (G_OBJECT (take_off), "question", question);
  g_signal_connect_object (take_off, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (up, "clicked", G_CALLBACK (up_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (down, "clicked", G_CALLBACK (down_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (top), question->text);
  gtk_box_append (GTK_BOX (top), up);
  gtk_box_append (GTK_BOX (top), down);
  gtk_box_append (GTK_BOX (top), take_off);
  kith_wrap_box_append (KITH_WRAP_BOX (how), question->type);
  kith_wrap_box_append (KITH_WRAP_BOX (how), GTK_WIDGET (question->required));
  kith_wrap_box_append (KITH_WRAP_BOX (how), GTK_WIDGET (question->health));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), how);
  gtk_box_append (GTK_BOX (box), question->choices);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 10);
  question->line = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (question->line), FALSE);
  gtk_widget_set_focusable (question->line, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (question->line), box);
  gtk_list_box_append (self->list, question->line);
  g_ptr_array_add (self->questions, question);
  return question;
}

static JsonArray *
choices_of (KithFormQuestion *question)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (question->choices)), ",", -1);
  JsonArray *choices;

  if (!g_str_has_prefix (type_of (question), "choice"))
    return NULL;
  choices = json_array_new ();
  for (guint i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]))
      json_array_add_string_element (choices, parts[i]);
  return choices;
}

JsonArray *
kith_form_window_collect (KithFormWindow *self,
                          gboolean        all)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->questions->len; i++)
    {
      KithFormQuestion *question = self->questions->pdata[i];
      const char *text = gtk_editable_get_text (GTK_EDITABLE (question->text));

      if (all || !kith_text_blank (text))
        json_array_add_object_element (list, kith_json_new ("key", "s", question->key, "text", "s", text, "type", "s", type_of (question), "choices", "a",
                                                            choices_of (question), "required", "b", gtk_check_button_get_active (question->required), "health", "b",
                                                            gtk_check_button_get_active (question->health), NULL));
    }
  return list;
}
