/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-editor.h"

#include <glib/gi18n.h>

#include "kith-languages.h"
#include "widgets/kith-suggest.h"

/* Languages: chosen ones above, an entry that suggests names below */

typedef struct
{
  GtkListBox *list;
  KithSuggest *suggest;
  char *label;
} Languages;

static void
find_languages (GTask        *task,
                gpointer      source,
                gpointer      text,
                GCancellable *cancellable)
{
  g_autoptr (GPtrArray) codes = kith_language_find (text, 6);
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < codes->len; i++)
    g_ptr_array_add (hits, gtk_string_object_new (codes->pdata[i]));
  g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
}

static void
search_languages (KithContext        *context,
                  const char         *what,
                  const char         *text,
                  guint               limit,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (text), g_free);
  g_task_run_in_thread (task, find_languages);
}

static GPtrArray *
finish_languages (GObject      *source,
                  GAsyncResult *result,
                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
describe_language (KithContext  *context,
                   gpointer      hit,
                   AdwActionRow *line)
{
  g_autofree char *name = kith_language_name (gtk_string_object_get_string (hit));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
}

static void
languages_remove_cb (KithEditor *self,
                     GtkWidget  *button)
{
  Languages *languages = self->data;

  gtk_list_box_remove (languages->list, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
  gtk_widget_set_visible (GTK_WIDGET (languages->list), gtk_list_box_get_row_at_index (languages->list, 0) != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (languages->suggest));
  kith_editor_changed (self);
}

static void
languages_add (KithEditor *self,
               const char *code)
{
  Languages *languages = self->data;
  GtkWidget *row, *button;
  g_autofree char *name = kith_language_name (code);

  for (guint i = 0; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (languages->list, i))); i++)
    if (g_str_equal (g_object_get_data (G_OBJECT (row), "code"), code))
      return;
  row = adw_action_row_new ();
  button = kith_editor_remove_button_new (_("Take away"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (code), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (languages_remove_cb), self);
  g_object_set_data (G_OBJECT (row), "button", button);
  gtk_list_box_append (languages->list, row);
  gtk_widget_set_visible (GTK_WIDGET (languages->list), TRUE);
}

static void
languages_picked_cb (KithEditor *self,
                     GObject    *hit)
{
  Languages *languages = self->data;

  languages_add (self, gtk_string_object_get_string (GTK_STRING_OBJECT (hit)));
  kith_suggest_clear (languages->suggest);
  gtk_widget_grab_focus (GTK_WIDGET (languages->suggest));
  kith_editor_changed (self);
}

/* What was typed and not picked counts too: a language may have no name in the list. */
static JsonNode *
languages_get (KithEditor *self,
               gboolean    raw)
{
  Languages *languages = self->data;
  JsonArray *array = json_array_new ();
  g_autofree char *typed = g_strstrip (g_strdup (kith_suggest_get_text (languages->suggest)));
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (languages->list, i)); i++)
    json_array_add_string_element (array, g_object_get_data (G_OBJECT (row), "code"));
  if (*typed)
    json_array_add_string_element (array, typed);
  return kith_editor_array_node (array);
}

static void
languages_empty (KithEditor *self)
{
  Languages *languages = self->data;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (languages->list, 0)))
    {
      g_signal_handlers_disconnect_by_data (g_object_get_data (G_OBJECT (row), "button"), self);
      gtk_list_box_remove (languages->list, GTK_WIDGET (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (languages->list), FALSE);
}

static void
languages_set (KithEditor *self,
               JsonNode   *value)
{
  Languages *languages = self->data;
  JsonArray *array = kith_editor_node_array (value);

  languages_empty (self);
  kith_suggest_clear (languages->suggest);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (kith_editor_element_text (array, i))
      languages_add (self, kith_editor_element_text (array, i));
}

static void
languages_clear (KithEditor *self)
{
  Languages *languages = self->data;

  languages_empty (self);
  g_signal_handlers_disconnect_by_data (languages->suggest, self);
  g_free (languages);
}

/* A list of languages: searched for by their names in the window's language. */
void
kith_editor_make_languages (KithEditor *self,
                            const char *label)
{
  static const KithSuggestSource source = { search_languages, finish_languages };
  Languages *languages = g_new0 (Languages, 1);

  self->data = languages;
  self->block = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  languages->list = GTK_LIST_BOX (kith_editor_list_new ());
  gtk_widget_set_visible (GTK_WIDGET (languages->list), FALSE);
  languages->suggest = KITH_SUGGEST (kith_suggest_new_from (self->context, &source, _("Add a language: type its name"), describe_language));
  gtk_widget_set_name (GTK_WIDGET (languages->suggest), self->field->name);
  g_signal_connect_swapped (languages->suggest, "picked", G_CALLBACK (languages_picked_cb), self);
  g_signal_connect_swapped (languages->suggest, "changed", G_CALLBACK (kith_editor_changed), self);
  gtk_box_append (GTK_BOX (self->block), GTK_WIDGET (languages->list));
  gtk_box_append (GTK_BOX (self->block), GTK_WIDGET (languages->suggest));
  self->get = languages_get;
  self->set = languages_set;
  self->clear = languages_clear;
}
