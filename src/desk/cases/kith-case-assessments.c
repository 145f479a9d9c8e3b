/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was assessed in a case, to be read: level, score, what was made of it, and the answers one by one. */

#include "cases/kith-case-lists.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-kind.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-status-pill.h"

/* "the question: the answer" for each, however the form that asked wrote them: an object by question, or a list of {question or name, answer or value}. */
static void
add_answers (GString  *text,
             JsonNode *node)
{
  if (!node)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *all = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (all); i++)
        add_answers (text, json_array_get_element (all, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *one = json_node_get_object (node);
      const char *question = kith_json_string (one, "question") ? kith_json_string (one, "question") : kith_json_string (one, "name");
      const char *answer = kith_json_string (one, "answer") ? kith_json_string (one, "answer") : kith_json_string (one, "value");
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      if (question && answer)
        {
          /* Translators: a question, then its answer */
          g_string_append_printf (text, _("%s: %s"), question, answer);
          g_string_append_c (text, '\n');
          return;
        }
      json_object_iter_init_ordered (&iter, one);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *words = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_dup_string (value) : kith_json_print (value);

          g_string_append_printf (text, _("%s: %s"), name, words);
          g_string_append_c (text, '\n');
        }
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    {
      g_autofree char *words = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : kith_json_print (node);

      g_string_append_printf (text, "%s\n", words);
    }
}

/**
 * kith_case_assessment_answers:
 * @row: of the query case-assessments or client-assessments
 *
 * Returns: (transfer full) (nullable): each question and its answer, a line each; NULL: there are none
 */
char *
kith_case_assessment_answers (KithRow *row)
{
  JsonObject *holder = kith_row_body (row, "answers");
  GString *text = g_string_new (NULL);

  add_answers (text, holder ? json_object_get_member (holder, "answers") : NULL);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, text->len == 0);
}

static void
add_part (GtkWidget  *row,
          const char *title,
          const char *text)
{
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

/* Yours; NULL: it counts */
static char *
taken_back (KithRow *row)
{
  const char *by = kith_row_get_text (row, "voided_by_name"), *why = kith_row_get_text (row, "void_reason");

  /* Translators: by whom, why: "taken back by Ana: recorded twice" */
  return why ? g_strdup_printf (_("taken back by %s: %s"), by ? by : _("Somebody"), why) : NULL;
}

/* That it counts for nothing, or how that is said of it. */
static void
add_end (GtkWidget *line,
         KithRow   *row)
{
  const char *name = kith_row_get_text (row, "name");
  /* Translators: what was assessed */
  g_autofree char *label = g_strdup_printf (_("Take back: %s"), name ? name : "");
  GtkWidget *end;

  if (kith_row_get_text (row, "void_reason"))
    {
      end = kith_status_pill_new ();
      kith_status_pill_set (KITH_STATUS_PILL (end), "edit-undo-symbolic", _("Does not count"), "");
    }
  else
    {
      end = gtk_button_new_with_label (_("Take Back…"));
      gtk_widget_add_css_class (end, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (end), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (end), "s", kith_row_get_id (row));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (end), "case.void-assessment");
    }
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (line), end);
}

/* Returns: (transfer full): id → whether it stands open; what somebody opened or folded stays so when the lines are made anew */
static GHashTable *
read_open (GtkWidget *list)
{
  GHashTable *open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (GtkWidget *line = gtk_widget_get_first_child (list); line; line = gtk_widget_get_next_sibling (line))
    g_hash_table_insert (open, g_strdup (kith_cards_get_name (line)), GINT_TO_POINTER (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (line))));
  return open;
}

void
kith_case_show_assessments (GtkListBox  *list,
                            KithContext *context,
                            GPtrArray   *rows)
{
  g_autoptr (GHashTable) open = read_open (GTK_WIDGET (list));
  gboolean first = g_hash_table_size (open) == 0;
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (list));

  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *day = kith_row_get_text (row, "assessed_on"), *level = kith_row_get_text (row, "level"), *score = kith_row_get_text (row, "score");
      const char *type = kith_row_get_text (row, "type"), *summary = kith_row_get_text (row, "summary"), *sensitivity = kith_row_get_text (row, "sensitivity");
      g_autofree char *on = day ? kith_format_date (day) : NULL;
      g_autofree char *points = score ? g_strdup_printf (_("score %s"), score) : NULL;
      g_autofree char *back = taken_back (row);
      const char *parts[] = { on, level ? kith_format_code ("hmis_assessment_level", level) : NULL, points, type ? kith_format_code ("hmis_assessment_type", type) : NULL,
                              kith_row_get_text (row, "author_name"), back };
      g_autofree char *facts = kith_format_join_parts (parts, G_N_ELEMENTS (parts));
      g_autofree char *answers = kith_case_assessment_answers (row);
      GtkWidget *line = adw_expander_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : "");
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (line), facts);
      if (g_strcmp0 (sensitivity, "general") != 0)
        adw_expander_row_add_prefix (ADW_EXPANDER_ROW (line), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
      add_end (line, row);
      if (summary && *summary)
        add_part (line, _("Summary"), summary);
      if (answers)
        add_part (line, _("Answers"), answers);
      if (!(summary && *summary) && !answers)
        adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (line), FALSE);
      else if (first ? i == 0 : g_hash_table_lookup (open, kith_row_get_id (row)) != NULL) /* the newest is read at once */
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (line), TRUE);
      kith_cards_append (GTK_WIDGET (list), line, kith_row_get_id (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0);
  kith_cards_return (GTK_WIDGET (list), focused);
}
