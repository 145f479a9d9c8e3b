/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-fit.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"

char **
kith_staff_list (const char *json)
{
  g_autoptr (JsonNode) node = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  if (!array || json_array_get_length (array) == 0)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (list, json_node_get_string (element));
    }
  return g_strv_builder_end (list);
}

gboolean
kith_staff_is_away (KithRow *row,
                    gint64   now_ms)
{
  g_autofree char *today = kith_format_today (now_ms);
  const char *from = kith_row_get_text (row, "away_from"), *until = kith_row_get_text (row, "away_until");

  return from && strcmp (from, today) <= 0 && (!until || strcmp (until, today) >= 0);
}

static char *
leave_words (KithRow *row,
             gint64   now_ms)
{
  const char *from = kith_row_get_text (row, "away_from"), *until = kith_row_get_text (row, "away_until");
  g_autofree char *today = kith_format_today (now_ms);
  g_autofree char *first = from ? kith_format_date (from) : NULL;
  g_autofree char *last = until ? kith_format_date (until) : NULL;

  if (!from || (until && strcmp (until, today) < 0))
    return NULL;
  if (kith_staff_is_away (row, now_ms))
    return last ? g_strdup_printf (_("away until %s"), last) : g_strdup (_("away"));
  return g_strdup_printf (_("away from %s"), first);
}

static void
add (GString    *text,
     const char *part)
{
  if (part && *part)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Names of codes, one after the other. */
static char *
languages_words (char **codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes && codes[i]; i++)
    {
      g_autofree char *name = kith_language_name (codes[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
skills_words (char **codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes && codes[i]; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", kith_format_code ("case_type", codes[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
kith_staff_words (KithRow *row,
                  gint64   now_ms)
{
  gint64 load = kith_row_get_int (row, "load");
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (row, "languages"));
  g_auto (GStrv) skills = kith_staff_list (kith_row_get_text (row, "skills"));
  /* Translators: clients, cases, referrals and tasks somebody works on */
  g_autofree char *hand = g_strdup_printf (ngettext ("%d in hand", "%d in hand", (gulong) load), (int) load);
  g_autofree char *away = leave_words (row, now_ms);
  g_autofree char *spoken = languages_words (languages);
  g_autofree char *able = skills_words (skills);
  GString *text = g_string_new (hand);

  add (text, away);
  add (text, spoken);
  add (text, able);
  return g_string_free (text, FALSE);
}

/* The row as the model looks at it. The lists are to outlive the person. */
static KithBalancePerson
person_of (KithRow *row,
           char   **languages,
           char   **skills,
           gint64   now_ms)
{
  gboolean away = kith_staff_is_away (row, now_ms);

  return (KithBalancePerson) { .id = kith_row_get_id (row), .takes = !away, .keeps = away, .load = (guint) kith_row_get_int (row, "load"),
                               .languages = (const char *const *) languages, .skills = (const char *const *) skills };
}

static KithBalanceFit
fit_of (KithRow             *row,
        const KithStaffNeed *need,
        gint64               now_ms,
        char               **lacks)
{
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (row, "languages"));
  g_auto (GStrv) skills = kith_staff_list (kith_row_get_text (row, "skills"));
  KithBalancePerson person = person_of (row, languages, skills, now_ms);
  KithBalanceWork work = { .languages = need ? (const char *const *) need->languages : NULL, .skills = need ? (const char *const *) need->skills : NULL };
  const char *what = NULL;
  KithBalanceFit fit = kith_balance_fits (&person, &work, &what);

  if (lacks)
    *lacks = g_strdup (what);
  return fit;
}

char *
kith_staff_lacks (KithRow             *row,
                  const KithStaffNeed *need,
                  gint64               now_ms)
{
  g_autofree char *what = NULL;
  g_autofree char *name = NULL;

  switch (fit_of (row, need, now_ms, &what))
    {
    case KITH_BALANCE_NO_LANGUAGE:
      name = kith_language_name (what);
      return g_strdup_printf (_("does not speak %s"), name);
    case KITH_BALANCE_NO_SKILL:
      /* Translators: a kind of case: "does not take Housing" */
      return g_strdup_printf (_("does not take: %s"), kith_format_code ("case_type", what));
    case KITH_BALANCE_NOBODY:
      return g_strdup (_("is on leave"));
    case KITH_BALANCE_FITS:
    default:
      return NULL;
    }
}

typedef struct
{
  KithRow *row;
  KithBalanceFit fit;
  gboolean preferred;
  gint64 load;
} Ranked;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Ranked *one = a, *two = b;

  if ((one->fit == KITH_BALANCE_FITS) != (two->fit == KITH_BALANCE_FITS))
    return one->fit == KITH_BALANCE_FITS ? -1 : 1;
  if (one->preferred != two->preferred)
    return one->preferred ? -1 : 1;
  if (one->load != two->load)
    return one->load < two->load ? -1 : 1;
  return g_strcmp0 (kith_row_get_text (one->row, "name"), kith_row_get_text (two->row, "name"));
}

static gboolean
speaks_first (KithRow             *row,
              const KithStaffNeed *need)
{
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (row, "languages"));

  return need && need->languages && need->languages[0] && languages && g_strv_contains ((const char *const *) languages, need->languages[0]);
}

GPtrArray *
kith_staff_best_first (GPtrArray           *rows,
                       const KithStaffNeed *need,
                       gint64               now_ms)
{
  g_autofree Ranked *ranked = g_new0 (Ranked, rows->len + 1);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    ranked[i] = (Ranked) { rows->pdata[i], fit_of (rows->pdata[i], need, now_ms, NULL), speaks_first (rows->pdata[i], need),
                           kith_row_get_int (rows->pdata[i], "load") };
  qsort (ranked, rows->len, sizeof *ranked, compare);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (sorted, g_object_ref (ranked[i].row));
  return sorted;
}
