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
member_of (KithRow    *row,
           const char *name)
{
  JsonObject *body = kith_row_body (row, "body");

  return body ? kith_json_string (body, name) : NULL;
}

static gboolean
is_of_form (KithRow *row,
            KithRow *first)
{
  return g_strcmp0 (member_of (row, "form"), member_of (first, "form")) == 0;
}

/* All of it was taken back. */
static gboolean
is_empty (KithRow *row)
{
  JsonObject *body = kith_row_body (row, "body");
  JsonArray *answers = body ? kith_json_array (body, "answers") : NULL;

  return !answers || json_array_get_length (answers) == 0;
}

/* The first of its form that says something? What is about health is a record of its own, wherever it stands. */
static gboolean
is_first (GPtrArray *rows,
          guint      at)
{
  for (guint i = 0; i < at; i++)
    if (is_of_form (rows->pdata[at], rows->pdata[i]) && !is_empty (rows->pdata[i]))
      return FALSE;
  return !is_empty (rows->pdata[at]);
}

static guint
count_forms (GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += is_first (rows, i);
  return n;
}

/* Returns: whether they are about health */
static gboolean
add_answers (KithFacts *facts,
             KithRow   *row)
{
  JsonObject *body = kith_row_body (row, "body");
  JsonArray *answers = body ? kith_json_array (body, "answers") : NULL;
  gboolean health = g_strcmp0 (member_of (row, "t"), "referral_health") == 0;

  for (guint i = 0; answers && i < json_array_get_length (answers); i++)
    {
      JsonObject *answer = json_array_get_object_element (answers, i);
      const char *text = kith_json_string (answer, "text");
      /* Translators: a question whose answer is health information */
      g_autofree char *label = health ? g_strdup_printf (_("%s (health)"), text ? text : "") : g_strdup (text ? text : "");

      kith_facts_take (facts, label, kith_answer_words (answer));
    }
  return health;
}

gboolean
kith_answers_show (KithFacts *facts,
                   GPtrArray *rows)
{
  gboolean several = count_forms (rows) > 1, health = FALSE;

  kith_facts_clear (facts);
  for (guint i = 0; i < rows->len; i++)
    {
      if (!is_first (rows, i))
        continue;
      if (several)
        kith_facts_add_heading (facts, member_of (rows->pdata[i], "form_name"));
      for (guint k = i; k < rows->len; k++)
        if (is_of_form (rows->pdata[k], rows->pdata[i]))
          health |= add_answers (facts, rows->pdata[k]);
    }
  return health;
}
