/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-choice-row.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "kith-json.h"
#include "kith-kind.h"
#include "kith-text.h"

typedef struct
{
  const KithVocabulary *words;
  gboolean none;
} Choice;

static void
words_setup_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_list_item_set_child (item, label);
}

static void
words_bind_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  int least = GPOINTER_TO_INT (user_data);
  const char *words = gtk_string_object_get_string (gtk_list_item_get_item (item));

  if (least > 0) /* beside the arrow, where the room is more than it takes */
    {
      gtk_label_set_width_chars (GTK_LABEL (gtk_list_item_get_child (item)), (int) MIN (g_utf8_strlen (words, -1), least));
      gtk_label_set_xalign (GTK_LABEL (gtk_list_item_get_child (item)), 1);
    }
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* least: so many characters of it are never cut: in a row the title takes another line before. */
static GtkListItemFactory *
words_factory_new (int least)
{
  GtkListItemFactory *whole = gtk_signal_list_item_factory_new ();

  g_signal_connect (whole, "setup", G_CALLBACK (words_setup_cb), NULL);
  g_signal_connect (whole, "bind", G_CALLBACK (words_bind_cb), GINT_TO_POINTER (least));
  return whole;
}

/**
 * kith_drop_down_let_shrink:
 * @drop_down: of a GtkStringList
 *
 * A long name of a queue or a service is cut on the button, and whole in the list: otherwise it makes the page as wide as itself.
 */
void
kith_drop_down_let_shrink (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) whole = words_factory_new (0);

  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, whole);
}

static gboolean
begins_with (AdwComboRow *row,
             guint        i,
             gunichar     letter)
{
  g_autoptr (GtkStringObject) item = g_list_model_get_item (adw_combo_row_get_model (row), i);
  g_autofree char *words = g_utf8_normalize (gtk_string_object_get_string (item), -1, G_NORMALIZE_ALL); /* "E" is also for "Él" */

  return words && g_unichar_tolower (g_utf8_get_char (words)) == letter;
}

/* A letter takes the next one that begins with it, as in any list of words: opening the list, going down and closing it are four keys and more. */
static gboolean
typed_cb (AdwComboRow     *row,
          guint            keyval,
          guint            keycode,
          GdkModifierType  state)
{
  gunichar letter = g_unichar_tolower (gdk_keyval_to_unicode (keyval));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (row)));
  guint n = adw_combo_row_get_model (row) ? g_list_model_get_n_items (adw_combo_row_get_model (row)) : 0, from = adw_combo_row_get_selected (row);

  if (!g_unichar_isalnum (letter) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) ||
      !focus || gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (row))) /* the list is open: it has keys of its own */
    return GDK_EVENT_PROPAGATE;
  for (guint i = 1; i <= n; i++)
    if (begins_with (row, (from + i) % n, letter))
      {
        adw_combo_row_set_selected (row, (from + i) % n);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static void
take_letters (AdwComboRow *row)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (typed_cb), row, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), keys);
}

void
kith_choice_row_set_words (AdwComboRow   *row,
                           GtkStringList *words)
{
  if (!adw_combo_row_get_list_factory (row))
    {
      take_letters (row);
      g_autoptr (GtkListItemFactory) whole = words_factory_new (12);

      adw_combo_row_set_list_factory (row, adw_combo_row_get_factory (row)); /* the list that opens keeps its ticks */
      adw_combo_row_set_factory (row, whole);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
}

void
kith_choice_row_set_vocabulary (AdwComboRow *row,
                                const char  *vocabulary,
                                const char  *none)
{
  const KithVocabulary *words = kith_vocabulary_get (vocabulary);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  Choice *choice = g_new0 (Choice, 1);

  g_return_if_fail (words != NULL);
  choice->words = words;
  choice->none = none != NULL;
  if (none)
    gtk_string_list_append (labels, none);
  for (guint i = 0; i < kith_vocabulary_size (words); i++)
    gtk_string_list_append (labels, kith_vocabulary_label (words, kith_vocabulary_code (words, i)));
  g_object_set_data_full (G_OBJECT (row), "kith-choice", choice, g_free);
  kith_choice_row_set_words (row, labels);
}

const char *
kith_choice_row_get_code (AdwComboRow *row)
{
  Choice *choice = g_object_get_data (G_OBJECT (row), "kith-choice");
  guint i = adw_combo_row_get_selected (row);

  if (i == GTK_INVALID_LIST_POSITION || (choice->none && i == 0))
    return NULL;
  return kith_vocabulary_code (choice->words, i - choice->none);
}

/**
 * kith_choice_row_set_code:
 * @code: (nullable): one that is not in the vocabulary, as NULL: the first entry
 */
void
kith_choice_row_set_code (AdwComboRow *row,
                          const char  *code)
{
  Choice *choice = g_object_get_data (G_OBJECT (row), "kith-choice");

  for (guint i = 0; code && i < kith_vocabulary_size (choice->words); i++)
    if (g_str_equal (kith_vocabulary_code (choice->words, i), code))
      {
        adw_combo_row_set_selected (row, i + choice->none);
        return;
      }
  adw_combo_row_set_selected (row, 0);
}

/* Yes and no, after what was not asked: whether a phone is safe must never be guessed. */
enum
{
  NOT_ASKED,
  YES,
  NO,
};

void
kith_answer_row_set_up (AdwComboRow *row)
{
  const char *words[] = { [NOT_ASKED] = _("Not asked"), [YES] = _("Yes"), [NO] = _("No"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  kith_choice_row_set_words (row, list);
}

/**
 * kith_answer_row_show:
 * @of: (nullable): where the answer stands
 * @member: its name there
 */
void
kith_answer_row_show (AdwComboRow *row,
                      JsonObject  *of,
                      const char  *member)
{
  gboolean asked = of && json_object_has_member (of, member) && !json_object_get_null_member (of, member);

  adw_combo_row_set_selected (row, !asked ? NOT_ASKED : kith_json_bool (of, member, FALSE) ? YES : NO);
}

/**
 * kith_answer_row_put:
 * @into: gets the answer, and nothing when nobody asked
 * @member: its name there
 */
void
kith_answer_row_put (AdwComboRow *row,
                     JsonObject  *into,
                     const char  *member)
{
  guint i = adw_combo_row_get_selected (row);

  if (i == YES || i == NO)
    json_object_set_boolean_member (into, member, i == YES);
}

char *
kith_entry_text (AdwEntryRow *row)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (*text)
    return text;
  g_free (text);
  return NULL;
}

void
kith_entry_fill (GtkEditable *entry,
                 const char  *text)
{
  gboolean undo = gtk_editable_get_enable_undo (entry); /* of a password nothing is ever kept */

  gtk_editable_set_enable_undo (entry, FALSE); /* forgets what it could take back */
  gtk_editable_set_text (entry, text ? text : "");
  gtk_editable_set_enable_undo (entry, undo);
}

void
kith_entry_set (AdwEntryRow *row,
                const char  *text)
{
  kith_entry_fill (GTK_EDITABLE (row), text);
}

/* Marks it for the eye and for a screen reader. */
void
kith_entry_set_error (AdwEntryRow *row,
                      gboolean     wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
