/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-editor.h"

#include <glib/gi18n.h>

#include "kith-clipboard.h"
#include "kith-format.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-switch-row.h"

void
kith_editor_changed (KithEditor *self)
{
  if (self->changed)
    self->changed (self->owner);
}

static void
set_title (GtkWidget  *row,
           const char *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

/* One line of text */

JsonNode *
kith_editor_text_node (char *text)
{
  JsonNode *node = text && *text ? json_node_init_string (json_node_alloc (), text) : NULL;

  g_free (text);
  return node;
}

static JsonNode *
get_line (KithEditor *self,
          gboolean    raw)
{
  return kith_editor_text_node (kith_entry_text (ADW_ENTRY_ROW (self->row)));
}

const char *
kith_editor_node_text (JsonNode *value)
{
  return value && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
}

static void
set_line (KithEditor *self,
          JsonNode   *value)
{
  kith_entry_set (ADW_ENTRY_ROW (self->row), kith_editor_node_text (value));
}

void
kith_editor_make_line (KithEditor *self,
           const char *label)
{
  GtkInputPurpose purpose = self->field->flags & KITH_FIELD_DIGITS ? GTK_INPUT_PURPOSE_PHONE
                            : g_str_equal (self->field->name, "email") ? GTK_INPUT_PURPOSE_EMAIL : GTK_INPUT_PURPOSE_FREE_FORM;
  gboolean secret = (self->field->flags & KITH_FIELD_SECRET) != 0;

  self->row = secret ? adw_password_entry_row_new () : adw_entry_row_new ();
  set_title (self->row, label);
  if (!secret)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->row), purpose);
  if (kith_clipboard_is_guarded (self->field))
    kith_clipboard_guard (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row))));
  g_signal_connect_swapped (self->row, "changed", G_CALLBACK (kith_editor_changed), self);
  self->get = get_line;
  self->set = set_line;
}

/* Several lines */

static JsonNode *
get_text (KithEditor *self,
          gboolean    raw)
{
  GtkTextBuffer *buffer = self->data;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return kith_editor_text_node (g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE)));
}

static void
set_text (KithEditor *self,
          JsonNode   *value)
{
  gtk_text_buffer_set_text (self->data, kith_editor_node_text (value) ? kith_editor_node_text (value) : "", -1);
}

static void
make_text (KithEditor *self,
           const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *title = gtk_label_new (label), *view = gtk_text_view_new ();

  self->row = adw_preferences_row_new ();
  set_title (self->row, label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->row), FALSE);
  gtk_widget_set_focusable (self->row, FALSE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "field-title");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, 44);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (box, "field-text");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->row), box);
  g_object_set_data (G_OBJECT (self->row), "focus", view); /* the row itself takes none */
  self->data = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_signal_connect_swapped (self->data, "changed", G_CALLBACK (kith_editor_changed), self);
  self->get = get_text;
  self->set = set_text;
}

/* Numbers */

static JsonNode *
get_number (KithEditor *self,
            gboolean    raw)
{
  g_autofree char *text = kith_entry_text (ADW_ENTRY_ROW (self->row));
  gint64 whole;
  double number;
  char *end;

  if (!text)
    return NULL;
  if (self->field->type == KITH_FIELD_INT && g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &whole, NULL))
    return json_node_init_int (json_node_alloc (), whole);
  number = g_ascii_strtod (text, &end);
  if (self->field->type == KITH_FIELD_NUMBER && *end == '\0')
    return json_node_init_double (json_node_alloc (), number);
  return kith_editor_text_node (g_steal_pointer (&text));
}

static void
set_number (KithEditor *self,
            JsonNode   *value)
{
  GType type = value && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;
  g_autofree char *text = type == G_TYPE_INT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value))
                          : type == G_TYPE_DOUBLE ? g_strdup_printf ("%g", json_node_get_double (value)) : g_strdup (kith_editor_node_text (value));

  kith_entry_set (ADW_ENTRY_ROW (self->row), text);
}

static void
make_number (KithEditor *self,
             const char *label)
{
  kith_editor_make_line (self, label);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->row), GTK_INPUT_PURPOSE_NUMBER);
  self->get = get_number;
  self->set = set_number;
}

/* Yes and no */

static JsonNode *
get_switch (KithEditor *self,
            gboolean    raw)
{
  return kith_switch_row_get_active (KITH_SWITCH_ROW (self->row)) ? json_node_init_boolean (json_node_alloc (), TRUE) : NULL;
}

static gboolean
node_yes (JsonNode *value)
{
  return value && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN && json_node_get_boolean (value);
}

static void
set_switch (KithEditor *self,
            JsonNode   *value)
{
  kith_switch_row_set_active (KITH_SWITCH_ROW (self->row), node_yes (value));
}

static void
make_switch (KithEditor *self,
             const char *label)
{
  self->row = kith_switch_row_new (label);
  g_signal_connect_swapped (self->row, "notify::active", G_CALLBACK (kith_editor_changed), self);
  self->get = get_switch;
  self->set = set_switch;
}

/* Not asked, yes, no: whether a phone is safe to call must never be guessed */

static JsonNode *
get_answer (KithEditor *self,
            gboolean    raw)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  return i == 1 || i == 2 ? json_node_init_boolean (json_node_alloc (), i == 1) : NULL;
}

static void
set_answer (KithEditor *self,
            JsonNode   *value)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), !value || JSON_NODE_HOLDS_NULL (value) ? 0 : node_yes (value) ? 1 : 2);
}

static void
make_combo (KithEditor *self,
            const char *label)
{
  self->row = adw_combo_row_new ();
  set_title (self->row, label);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->row), 0);
}

static void
make_answer (KithEditor *self,
             const char *label)
{
  make_combo (self, label);
  kith_answer_row_set_up (ADW_COMBO_ROW (self->row));
  g_signal_connect_swapped (self->row, "notify::selected", G_CALLBACK (kith_editor_changed), self);
  self->get = get_answer;
  self->set = set_answer;
}

/* One of a vocabulary */

const char *
kith_editor_get_none (KithEditor *self)
{
  return self->of == KITH_EDITOR_OF_ACT ? _("Not set") : _("Not asked");
}

static JsonNode *
get_code (KithEditor *self,
          gboolean    raw)
{
  return kith_editor_text_node (g_strdup (kith_choice_row_get_code (ADW_COMBO_ROW (self->row))));
}

static void
set_code (KithEditor *self,
          JsonNode   *value)
{
  kith_choice_row_set_code (ADW_COMBO_ROW (self->row), kith_editor_node_text (value));
}

static void
make_code (KithEditor *self,
           const char *label)
{
  make_combo (self, label);
  kith_choice_row_set_vocabulary (ADW_COMBO_ROW (self->row), self->field->vocabulary,
                                  self->field->flags & KITH_FIELD_REQUIRED ? _("Choose…") : kith_editor_get_none (self));
  g_signal_connect_swapped (self->row, "notify::selected", G_CALLBACK (kith_editor_changed), self);
  self->get = get_code;
  self->set = set_code;
}

/* Most times are when something happened, which operations keep; this one somebody sets. */
static gboolean
is_set_by_hand (const KithField *field)
{
  return g_str_equal (field->name, "remind_at");
}

KithEditor *
kith_editor_new (KithContext      *context,
                 const KithField  *field,
                 const char       *label,
                 KithEditorOf      of,
                 KithEditorChanged changed,
                 gpointer          owner)
{
  KithEditor *self = g_new0 (KithEditor, 1);

  self->context = g_object_ref (context);
  self->field = field;
  self->of = of;
  self->changed = changed;
  self->owner = owner;
  label = label ? label : field->label ? _(field->label) : field->name;
  switch (field->type)
    {
    case KITH_FIELD_STRING:
      kith_editor_make_line (self, label);
      break;
    case KITH_FIELD_TEXT:
      make_text (self, label);
      break;
    case KITH_FIELD_DATE:
    case KITH_FIELD_PARTIAL_DATE:
      kith_editor_make_date (self, label);
      break;
    case KITH_FIELD_INT:
    case KITH_FIELD_NUMBER:
      make_number (self, label);
      break;
    case KITH_FIELD_BOOL:
      if (of == KITH_EDITOR_OF_PART)
        make_answer (self, label);
      else
        make_switch (self, label);
      break;
    case KITH_FIELD_CODE:
      make_code (self, label);
      break;
    case KITH_FIELD_CODES:
      kith_editor_make_codes (self, label);
      break;
    case KITH_FIELD_STRINGS:
      if (g_str_equal (field->name, "languages"))
        kith_editor_make_languages (self, label);
      else
        kith_editor_make_strings (self, label);
      break;
    case KITH_FIELD_PART:
      kith_editor_make_part (self);
      break;
    case KITH_FIELD_PARTS:
      kith_editor_make_parts (self, label);
      break;
    case KITH_FIELD_TIME:
      if (!is_set_by_hand (field))
        {
          kith_editor_free (self);
          return NULL;
        }
      kith_editor_make_moment (self, label);
      break;
    case KITH_FIELD_ID:
    case KITH_FIELD_REF:
    case KITH_FIELD_REFS:
    case KITH_FIELD_JSON:
    default:
      kith_editor_free (self);
      return NULL;
    }
  if (self->row)
    gtk_widget_set_name (self->row, field->name);
  return self;
}

/* Signals of the widgets, which others may still hold, lead here no more. */
void
kith_editor_free (KithEditor *self)
{
  if (self->row)
    g_signal_handlers_disconnect_by_data (self->row, self);
  if (self->data && G_IS_OBJECT (self->data) && !self->clear)
    g_signal_handlers_disconnect_by_data (self->data, self);
  if (self->clear)
    self->clear (self);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_object (&self->context);
  g_free (self);
}

GtkWidget *
kith_editor_get_focus (KithEditor *self)
{
  if (self->parts && self->parts->len > 0)
    return kith_editor_get_focus (self->parts->pdata[0]);
  if (self->row && g_object_get_data (G_OBJECT (self->row), "focus"))
    return g_object_get_data (G_OBJECT (self->row), "focus");
  return self->row ? self->row : self->block;
}
