/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-question-rows.h"

#include <glib/gi18n.h>

#include "kith-day-order.h"
#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-date-words.h"

/* One question: its words over what answers it. */
typedef struct
{
  JsonObject *question;
  GtkWidget *field; /* GtkEntry, GtkTextView, GtkDropDown, or a box of GtkCheckButton */
} Row;

struct _KithQuestionRows
{
  AdwBin parent_instance;
  char *form;
  gint64 version, now_ms;
  GPtrArray *rows; /* (element-type Row) */
  const char **keys; /* of their questions, NULL-ended */
  GtkLabel *readers;
};

G_DEFINE_FINAL_TYPE (KithQuestionRows, kith_question_rows, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  Row *row = data;

  json_object_unref (row->question);
  g_free (row);
}

static const char *
type_of (const Row *row)
{
  const char *type = kith_json_string (row->question, "type");

  return type ? type : "text";
}

static gboolean
is (const Row  *row,
    const char *type)
{
  return g_str_equal (type_of (row), type);
}

static void
changed_cb (KithQuestionRows *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Fields */

static GtkWidget *
text_new (KithQuestionRows *self)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return view;
}

static GtkWidget *
entry_new (KithQuestionRows *self,
           const Row        *row)
{
  GtkWidget *entry = gtk_entry_new ();

  if (is (row, "number"))
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  if (is (row, "date"))
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), kith_day_is_first () ? _("A day, as 12/4 or Friday") : _("A day, as 4/12 or Friday"));
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

/* The words of the choices; the first of the list is "no answer". */
static GtkWidget *
drop_down_new (KithQuestionRows *self,
               const Row        *row)
{
  JsonArray *choices = kith_json_array (row->question, "choices");
  GtkStringList *words = gtk_string_list_new (NULL);
  GtkWidget *field;

  gtk_string_list_append (words, _("Not answered"));
  if (is (row, "yes_no"))
    {
      gtk_string_list_append (words, _("Yes"));
      gtk_string_list_append (words, _("No"));
    }
  else
    for (guint i = 0; choices && i < json_array_get_length (choices); i++)
      gtk_string_list_append (words, json_array_get_string_element (choices, i));
  field = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_widget_set_halign (field, GTK_ALIGN_START);
  g_signal_connect_object (field, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return field;
}

static GtkWidget *
checks_new (KithQuestionRows *self,
            const Row        *row)
{
  JsonArray *choices = kith_json_array (row->question, "choices");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (guint i = 0; choices && i < json_array_get_length (choices); i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (json_array_get_string_element (choices, i));

      g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), check);
    }
  return box;
}

static GtkWidget *
framed (GtkWidget *text)
{
  GtkWidget *frame = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 72);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (frame), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), text);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (frame), TRUE);
  gtk_widget_add_css_class (frame, "text-frame");
  return frame;
}

static GtkWidget *
label_new (const char *words,
           const char *css)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css)
    gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
line_new (KithQuestionRows *self,
          Row              *row)
{
  const char *words = kith_json_string (row->question, "text");
  gboolean required = kith_json_bool (row->question, "required", FALSE);
  /* Translators: a question that must be answered */
  g_autofree char *marked = required ? g_strdup_printf (_("%s (must be answered)"), words) : g_strdup (words);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *line = adw_preferences_row_new (), *label = label_new (marked, NULL);

  if (is (row, "long_text"))
    row->field = text_new (self);
  else if (is (row, "yes_no") || is (row, "choice"))
    row->field = drop_down_new (self, row);
  else if (is (row, "choices"))
    row->field = checks_new (self, row);
  else
    row->field = entry_new (self, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->field), GTK_ACCESSIBLE_PROPERTY_LABEL, marked, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), is (row, "long_text") ? framed (row->field) : row->field);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 10);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  gtk_widget_set_focusable (line, FALSE);
  return line;
}

/* Answers */

static char *
text_of (const Row *row)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_ENTRY (row->field))
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->field))));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->field));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* A comma is what many write before the tenths. */
static char *
number_of (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  char *end;

  g_ascii_strtod (plain, &end);
  return *plain && !*end ? g_steal_pointer (&plain) : NULL;
}

/* What is stored; NULL: not answered, or not understood. Yours */
static char *
value_of (KithQuestionRows *self,
          const Row        *row)
{
  g_autofree char *text = NULL;

  if (GTK_IS_DROP_DOWN (row->field))
    {
      guint i = gtk_drop_down_get_selected (GTK_DROP_DOWN (row->field));

      if (i == 0 || i == GTK_INVALID_LIST_POSITION)
        return NULL;
      if (is (row, "yes_no"))
        return g_strdup (i == 1 ? "yes" : "no");
      return g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (row->field))), i));
    }
  text = text_of (row);
  if (!*text)
    return NULL;
  if (is (row, "date"))
    return kith_day_read (text, self->now_ms);
  if (is (row, "number"))
    return number_of (text);
  return g_steal_pointer (&text);
}

static JsonArray *
values_of (const Row *row)
{
  JsonArray *values = json_array_new ();

  for (GtkWidget *check = gtk_widget_get_first_child (row->field); check; check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      json_array_add_string_element (values, gtk_check_button_get_label (GTK_CHECK_BUTTON (check)));
  return values;
}

static JsonObject *
answer_of (KithQuestionRows *self,
           const Row        *row)
{
  g_autofree char *value = NULL;
  g_autoptr (JsonArray) values = NULL;

  if (is (row, "choices"))
    values = values_of (row);
  else
    value = value_of (self, row);
  if (!value && (!values || json_array_get_length (values) == 0))
    return NULL;
  return kith_json_new ("key", "s", kith_json_string (row->question, "key"), "text", "s", kith_json_string (row->question, "text"), "value", "s", value,
                        "values", "a", g_steal_pointer (&values), NULL);
}

JsonObject *
kith_question_rows_collect (KithQuestionRows *self)
{
  g_autoptr (JsonArray) answers = json_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      JsonObject *answer = answer_of (self, self->rows->pdata[i]);

      if (answer)
        json_array_add_object_element (answers, answer);
    }
  if (json_array_get_length (answers) == 0)
    return NULL;
  return kith_json_new ("form", "s", self->form, "version", "i", self->version, "answers", "a", g_steal_pointer (&answers), NULL);
}

void
kith_question_rows_set_readers (KithQuestionRows *self,
                                const char       *words)
{
  gtk_label_set_text (self->readers, words);
  gtk_widget_set_visible (GTK_WIDGET (self->readers), TRUE);
}

void
kith_question_rows_set_version (KithQuestionRows *self,
                                gint64            version)
{
  self->version = version;
}

static void
select_words (GtkDropDown *field,
              const char  *words)
{
  GListModel *model = gtk_drop_down_get_model (field);

  guint chosen = words ? gtk_drop_down_get_selected (field) : 0;

  for (guint i = 1; words && i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), words))
      chosen = i;
  gtk_drop_down_set_selected (field, chosen);
}

static void
restore_row (Row        *row,
             JsonObject *answer)
{
  const char *value = kith_json_string (answer, "value");
  JsonArray *values = kith_json_array (answer, "values");

  if (is (row, "yes_no"))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (row->field), g_strcmp0 (value, "yes") == 0 ? 1 : g_strcmp0 (value, "no") == 0 ? 2 : 0);
  else if (GTK_IS_DROP_DOWN (row->field))
    select_words (GTK_DROP_DOWN (row->field), value);
  else if (GTK_IS_ENTRY (row->field))
    kith_entry_fill (GTK_EDITABLE (row->field), value);
  else if (GTK_IS_TEXT_VIEW (row->field))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->field)), value ? value : "", -1);
  else
    for (GtkWidget *check = gtk_widget_get_first_child (row->field); check; check = gtk_widget_get_next_sibling (check))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), kith_json_array_has (values, gtk_check_button_get_label (GTK_CHECK_BUTTON (check))));
}

void
kith_question_rows_restore (KithQuestionRows *self,
                            JsonObject       *entry)
{
  JsonArray *answers = kith_json_array (entry, "answers");

  for (guint i = 0; answers && i < json_array_get_length (answers); i++)
    for (guint k = 0; k < self->rows->len; k++)
      {
        Row *row = self->rows->pdata[k];
        JsonObject *answer = json_array_get_object_element (answers, i);

        if (g_strcmp0 (kith_json_string (row->question, "key"), kith_json_string (answer, "key")) == 0)
          restore_row (row, answer);
      }
}

const char *const *
kith_question_rows_keys (KithQuestionRows *self)
{
  return self->keys;
}

gboolean
kith_question_rows_asks (KithQuestionRows *self,
                         const char       *key)
{
  return g_strv_contains (self->keys, key);
}

/* Written, and not to be understood as what is asked. */
static gboolean
is_odd (KithQuestionRows *self,
        const Row        *row)
{
  g_autofree char *text = is (row, "date") || is (row, "number") ? text_of (row) : NULL;
  g_autofree char *value = text && *text ? value_of (self, row) : NULL;

  return text && *text && !value;
}

char *
kith_question_rows_problem (KithQuestionRows *self,
                            GtkWidget       **where)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];
      const char *words = kith_json_string (row->question, "text");
      g_autoptr (JsonObject) answer = answer_of (self, row);

      *where = is (row, "choices") ? gtk_widget_get_first_child (row->field) : row->field;
      if (is_odd (self, row))
        {
          g_autofree char *how = is (row, "date") ? kith_day_examples (self->now_ms) : NULL;

          /* Translators: a question, then how to write the day that it asks for */
          return how ? g_strdup_printf (_("The day in “%s” is not understood. %s"), words, how) : g_strdup_printf (_("“%s” asks for a number."), words);
        }
      if (!answer && kith_json_bool (row->question, "required", FALSE))
        return g_strdup_printf (_("“%s” must be answered."), words);
    }
  *where = NULL;
  return NULL;
}

static void
kith_question_rows_dispose (GObject *object)
{
  KithQuestionRows *self = KITH_QUESTION_ROWS (object);

  g_ptr_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (kith_question_rows_parent_class)->dispose (object);
}

static void
kith_question_rows_finalize (GObject *object)
{
  KithQuestionRows *self = KITH_QUESTION_ROWS (object);

  g_ptr_array_unref (self->rows);
  g_free (self->keys);
  g_free (self->form);
  G_OBJECT_CLASS (kith_question_rows_parent_class)->finalize (object);
}

static void
kith_question_rows_class_init (KithQuestionRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_question_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_question_rows_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KITH_TYPE_QUESTION_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_question_rows_init (KithQuestionRows *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
}

GtkWidget *
kith_question_rows_new (const char *id,
                        JsonObject *form,
                        gboolean    health,
                        gint64      now_ms)
{
  KithQuestionRows *self = g_object_new (KITH_TYPE_QUESTION_ROWS, NULL);
  JsonArray *questions = kith_json_array (form, "questions");
  const char *name = kith_json_string (form, "name");
  GtkWidget *group = adw_preferences_group_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  guint left_out = 0;

  self->form = g_strdup (id);
  self->now_ms = now_ms;
  self->version = kith_json_int (form, "version", 0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), name ? name : "");
  for (guint i = 0; questions && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = json_array_get_object_element (questions, i);
      Row *row;

      if (kith_json_bool (question, "retired", FALSE))
        continue;
      if (kith_json_bool (question, "health", FALSE) && !health)
        {
          left_out++;
          continue;
        }
      row = g_new0 (Row, 1);
      row->question = json_object_ref (question);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line_new (self, row));
    }
  self->keys = g_new0 (const char *, self->rows->len + 1);
  for (guint i = 0; i < self->rows->len; i++)
    self->keys[i] = kith_json_string (((Row *) self->rows->pdata[i])->question, "key");
  {
    const char *introduction = kith_json_string (form, "introduction");
    g_autofree char *more = left_out ? g_strdup_printf (ngettext ("One more question is about health: your account does not ask it.",
                                                                  "%u more questions are about health: your account does not ask them.", left_out), left_out) : NULL;
    g_autofree char *plain = g_strjoin (introduction && more ? "\n" : "", introduction ? introduction : "", more ? more : "", NULL);
    g_autofree char *escaped = g_markup_escape_text (plain, -1);

    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
  }
  self->readers = GTK_LABEL (label_new ("", "meta"));
  gtk_widget_set_visible (GTK_WIDGET (self->readers), FALSE);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->readers));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
