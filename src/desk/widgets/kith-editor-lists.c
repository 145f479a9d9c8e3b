/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields that hold several values. Nothing here asks for a button before one may type: a blank place is always there. */

#include "kith-editor.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-check-row.h"
#include "widgets/kith-choice-row.h"

GtkWidget *
kith_editor_list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/**
 * kith_editor_remove_button_new:
 * @words: what a screen reader says of it
 *
 * Returns: (transfer floating): a button with a bin
 */
GtkWidget *
kith_editor_remove_button_new (const char *words)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return button;
}

JsonNode *
kith_editor_array_node (JsonArray *array)
{
  JsonNode *node = json_array_get_length (array) > 0 ? json_node_init_array (json_node_alloc (), array) : NULL;

  json_array_unref (array);
  return node;
}

JsonArray *
kith_editor_node_array (JsonNode *value)
{
  return value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

const char *
kith_editor_element_text (JsonArray *array,
                          guint      i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Texts: a row for each, and a blank one below them */

typedef struct
{
  GtkListBox *list;
  char *label;
} Strings;

static GtkWidget *
strings_row (Strings *strings,
             guint    i)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (strings->list, i));
}

static void strings_changed_cb (KithEditor *self);

static void
strings_add (KithEditor *self,
             const char *text)
{
  Strings *strings = self->data;
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), strings->label);
  gtk_widget_set_name (row, self->field->name);
  kith_entry_set (ADW_ENTRY_ROW (row), text);
  gtk_list_box_append (strings->list, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (strings_changed_cb), self);
}

static void
strings_changed_cb (KithEditor *self)
{
  Strings *strings = self->data;
  GtkWidget *row, *last = NULL;

  for (guint i = 0; (row = strings_row (strings, i)); i++)
    last = row;
  if (!last || *gtk_editable_get_text (GTK_EDITABLE (last)))
    strings_add (self, NULL);
  kith_editor_changed (self);
}

static JsonNode *
strings_get (KithEditor *self,
             gboolean    raw)
{
  JsonArray *array = json_array_new ();
  GtkWidget *row;

  for (guint i = 0; (row = strings_row (self->data, i)); i++)
    {
      g_autofree char *text = kith_entry_text (ADW_ENTRY_ROW (row));

      if (text)
        json_array_add_string_element (array, text);
    }
  return kith_editor_array_node (array);
}

static void
strings_empty (KithEditor *self)
{
  Strings *strings = self->data;
  GtkWidget *row;

  while ((row = strings_row (strings, 0)))
    {
      g_signal_handlers_disconnect_by_data (row, self);
      gtk_list_box_remove (strings->list, row);
    }
}

static void
strings_set (KithEditor *self,
             JsonNode   *value)
{
  JsonArray *array = kith_editor_node_array (value);

  strings_empty (self);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    strings_add (self, kith_editor_element_text (array, i));
  strings_add (self, NULL);
}

static void
strings_clear (KithEditor *self)
{
  Strings *strings = self->data;

  strings_empty (self);
  g_free (strings->label);
  g_free (strings);
}

void
kith_editor_make_strings (KithEditor *self,
                          const char *label)
{
  Strings *strings = g_new0 (Strings, 1);

  self->block = kith_editor_list_new ();
  strings->list = GTK_LIST_BOX (self->block);
  strings->label = g_strdup (self->field->one ? _(self->field->one) : label); /* each line takes one */
  self->data = strings;
  self->get = strings_get;
  self->set = strings_set;
  self->clear = strings_clear;
  strings_add (self, NULL);
}

/* Some of a vocabulary: boxes to tick, folded up, with what is ticked in the row's second line */

typedef struct
{
  const KithVocabulary *words;
  GPtrArray *checks; /* (element-type GtkCheckButton), of the row */
} Codes;

static JsonNode *
codes_get (KithEditor *self,
           gboolean    raw)
{
  Codes *codes = self->data;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < codes->checks->len; i++)
    if (gtk_check_button_get_active (codes->checks->pdata[i]))
      json_array_add_string_element (array, kith_vocabulary_code (codes->words, i));
  return kith_editor_array_node (array);
}

static void
codes_changed_cb (KithEditor *self)
{
  g_autoptr (JsonNode) node = codes_get (self, FALSE);
  g_autofree char *chosen = node ? kith_format_codes (self->field->vocabulary, json_node_get_array (node), ", ") : NULL;

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), chosen ? chosen : kith_editor_get_none (self));
  kith_editor_changed (self);
}

static void
codes_set (KithEditor *self,
           JsonNode   *value)
{
  Codes *codes = self->data;

  for (guint i = 0; i < codes->checks->len; i++)
    gtk_check_button_set_active (codes->checks->pdata[i], kith_json_array_has (kith_editor_node_array (value), kith_vocabulary_code (codes->words, i)));
}

static void
codes_clear (KithEditor *self)
{
  Codes *codes = self->data;

  for (guint i = 0; i < codes->checks->len; i++)
    g_signal_handlers_disconnect_by_data (codes->checks->pdata[i], self);
  g_ptr_array_unref (codes->checks);
  g_free (codes);
}

/* CODES: a check for each code of the vocabulary. */
void
kith_editor_make_codes (KithEditor *self,
                        const char *label)
{
  Codes *codes = g_new0 (Codes, 1);

  codes->words = kith_vocabulary_get (self->field->vocabulary);
  codes->checks = g_ptr_array_new ();
  self->data = codes;
  self->row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), label);
  for (guint i = 0; codes->words && i < kith_vocabulary_size (codes->words); i++)
    {
      GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
      const char *words = kith_vocabulary_label (codes->words, kith_vocabulary_code (codes->words, i));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      kith_check_row_join (ADW_ACTION_ROW (row), GTK_CHECK_BUTTON (check), words);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), row);
      g_ptr_array_add (codes->checks, check);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (codes_changed_cb), self);
    }
  self->get = codes_get;
  self->set = codes_set;
  self->clear = codes_clear;
  codes_changed_cb (self);
}
