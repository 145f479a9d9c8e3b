/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-answers.h"

#include <glib/gi18n.h>

char *
kith_answer_words (JsonObject *answer)
{
  const char *type = kith_json_string (answer, "type"), *value = kith_json_string (answer, "value");
  JsonArray *values = kith_json_array (answer, "values");
  g_autoptr (GString) words = g_string_new (NULL);

  if (g_strcmp0 (type, "yes_no") == 0)
    return g_strdup (g_strcmp0 (value, "yes") == 0 ? _("Yes") : _("No"));
  if (g_strcmp0 (type, "date") == 0)
    return kith_format_date (value);
  for (guint i = 0; values && i < json_array_get_length (values); i++)
    g_string_append_printf (words, "%s%s", words->len ? "\n" : "", json_array_get_string_element (values, i));
  return values ? g_string_free (g_steal_pointer (&words), FALSE) : g_strdup (value);
}

static const char *
form_of (KithRow *row)
{
  JsonObject *body = kith_row_body (row, "body");

  return body ? kith_json_string (body, "form_name") : NULL;
}

/* What is about health is a record of its own: two of them may be of one form. */
static gboolean
are_of_several (GPtrArray *rows)
{
  for (guint i = 1; i < rows->len; i++)
    if (g_strcmp0 (form_of (rows->pdata[i]), form_of (rows->pdata[0])) != 0)
      return TRUE;
  return FALSE;
}

static void
add_answer (KithFacts  *facts,
            JsonObject *answer,
            gboolean    health)
{
  const char *text = kith_json_string (answer, "text");
  /* Translators: a question whose answer is health information */
  g_autofree char *label = health ? g_strdup_printf (_("%s (health)"), text ? text : "") : g_strdup (text ? text : "");

  kith_facts_take (facts, label, kith_answer_words (answer));
}

gboolean
kith_answers_show (KithFacts *facts,
                   GPtrArray *rows)
{
  gboolean several = are_of_several (rows), any_health = FALSE;
  const char *shown = NULL;

  kith_facts_clear (facts);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      JsonArray *answers = body ? kith_json_array (body, "answers") : NULL;
      gboolean health = body && g_strcmp0 (kith_json_string (body, "t"), "referral_health") == 0;

      if (several && answers && json_array_get_length (answers) > 0 && g_strcmp0 (shown, form_of (rows->pdata[i])) != 0)
        {
          shown = form_of (rows->pdata[i]);
          kith_facts_add_heading (facts, shown);
        }
      for (guint k = 0; answers && k < json_array_get_length (answers); k++)
        add_answer (facts, json_array_get_object_element (answers, k), health);
      any_health |= health;
    }
  return any_health;
}
