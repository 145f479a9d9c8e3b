/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-change-line.h"

#include <glib/gi18n.h>

#include "kith-kind.h"
#include "widgets/kith-answers.h"
#include "widgets/kith-status-pill.h"

/* As a person reads it. Yours */
static char *
value_words (const KithField *field,
             KithRow         *row,
             const char      *column)
{
  JsonObject *holder = kith_row_body (row, column);
  JsonNode *value = holder ? json_object_get_member (holder, "value") : NULL;
  g_autofree char *text = NULL;

  if (!value || JSON_NODE_HOLDS_NULL (value))
    return g_strdup (_("nothing"));
  if (g_str_equal (field->name, "ssn") && JSON_NODE_HOLDS_VALUE (value))
    text = kith_format_masked (json_node_get_string (value));
  else
    text = kith_format_field (field, value);
  if (!text || !*text)
    return g_strdup (_("nothing"));
  /* Translators: what a field says */
  return g_strdup_printf (_("“%s”"), text);
}

/* Which case or task it is a field of. Yours */
static char *
label_words (const KithKind  *kind,
             const KithField *field,
             const char      *about)
{
  if (!about)
    return g_strdup (_(field->label));
  if (strcmp (kind->name, "form_answer") == 0)
    /* Translators: the name of a form */
    return g_strdup_printf (_("Answers to “%s”"), about);
  /* Translators: the name of a field; then what it is a field of and which one: "Due: Task “Call back”" */
  return g_strdup_printf (_("%s: %s “%s”"), _(field->label), _(kind->label), about);
}

/* ---- the answers to a form: only those that are others now */

static JsonArray *
answers_in (KithRow    *row,
            const char *column)
{
  JsonObject *holder = kith_row_body (row, column);

  return holder ? kith_json_array (holder, "value") : NULL;
}

static JsonObject *
find_answer (JsonArray  *answers,
             const char *key)
{
  for (guint i = 0; answers && i < json_array_get_length (answers); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (answers, i), "key"), key) == 0)
      return json_array_get_object_element (answers, i);
  return NULL;
}

static char *
quoted (JsonObject *answer)
{
  g_autofree char *words = answer ? kith_answer_words (answer) : NULL;

  return words && *words ? g_strdup_printf (_("“%s”"), words) : g_strdup (_("nothing"));
}

static void
add_answer (GString    *text,
            KithRow    *row,
            JsonObject *was,
            JsonObject *now)
{
  g_autofree char *before = quoted (was), *after = quoted (now), *words = NULL;
  const char *question = kith_json_string (was ? was : now, "text");

  if (g_str_equal (before, after))
    return;
  words = kith_row_get_int (row, "known") == 0 ? g_strdup_printf (_("Was %s"), before) : g_strdup_printf (_("From %s to %s"), before, after);
  g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n" : "", question ? question : "", words);
}

/* Yours */
static char *
answers_words (KithRow *row)
{
  JsonArray *was = answers_in (row, "was"), *now = answers_in (row, "now");
  GString *text = g_string_new (NULL);

  for (guint i = 0; was && i < json_array_get_length (was); i++)
    {
      JsonObject *answer = json_array_get_object_element (was, i);

      add_answer (text, row, answer, find_answer (now, kith_json_string (answer, "key")));
    }
  for (guint i = 0; now && i < json_array_get_length (now); i++)
    {
      JsonObject *answer = json_array_get_object_element (now, i);

      if (!find_answer (was, kith_json_string (answer, "key")))
        add_answer (text, row, NULL, answer);
    }
  return g_string_free (text, FALSE);
}

/* ---- */

/* What it said, and says. Yours */
static char *
changed_words (const KithField *field,
               KithRow         *row,
               gboolean         aside)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (g_strcmp0 (kith_row_get_text (row, "t"), "form_answer") == 0)
    return answers_words (row);
  before = value_words (field, row, "was");
  after = value_words (field, row, "now");
  if (aside)
    /* Translators: what somebody entered, and what stayed: "“Ana” was set aside, “Anna” stayed" */
    return g_strdup_printf (_("%s was set aside, %s stayed"), before, after);
  if (kith_row_get_int (row, "known") == 0)
    /* Translators: what a field said: "Was “Ana”" */
    return g_strdup_printf (_("Was %s"), before);
  /* Translators: what a field said, and what it said then: "From “Ana” to “Anna”" */
  return g_strdup_printf (_("From %s to %s"), before, after);
}

void
kith_change_line_show (AdwActionRow *line,
                       KithRow      *row,
                       gint64        now_ms)
{
  const char *t = kith_row_get_text (row, "t"), *name = kith_row_get_text (row, "field"), *by = kith_row_get_text (row, "by_name");
  const char *source = kith_row_get_text (row, "source");
  const KithKind *kind = t ? kith_kind_get (t) : NULL;
  const KithField *field = kind && name ? kith_kind_get_field (kind, name) : NULL;
  gboolean aside = kith_row_get_int (row, "set_aside") != 0;
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "replaced_at"), now_ms);
  g_autofree char *who = kith_format_join (when, kith_row_get_text (row, "changed_by_name"), kith_row_get_text (row, "agency_name"));
  g_autofree char *words = NULL;
  g_autofree char *entered = NULL;
  g_autofree char *meta = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;

  if (!field) /* of a newer Kith */
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
      adw_action_row_set_subtitle (line, who);
      return;
    }
  words = changed_words (field, row, aside);
  /* Translators: whose entry was changed */
  entered = !aside && by && *by ? g_strdup_printf (_("earlier entry by %s"), by) : NULL;
  meta = kith_format_join (who, entered);
  subtitle = g_strdup_printf ("%s\n%s", words, meta);
  label = label_words (kind, field, kith_row_get_text (row, "about"));
  /* Translators: the name of a field, and the number of the record it is of */
  title = source ? g_strdup_printf (_("%s, in the linked record %s"), label, source) : g_strdup (label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (line, subtitle);
  if (aside)
    {
      GtkWidget *pill = kith_status_pill_new ();

      kith_status_pill_set (KITH_STATUS_PILL (pill), "document-revert-symbolic", _("Set aside"), "warn");
      adw_action_row_add_suffix (line, pill);
    }
}
