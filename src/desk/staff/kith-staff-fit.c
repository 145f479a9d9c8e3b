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

char *
kith_staff_leave_words (KithRow *row,
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
char *
kith_staff_languages_words (char **codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes && codes[i]; i++)
    {
      g_autofree char *name = kith_language_name (codes[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
kith_staff_skills_words (char **codes)
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
  g_autofree char *away = kith_staff_leave_words (row, now_ms);
  g_autofree char *spoken = kith_staff_languages_words (languages);
  g_autofree char *able = kith_staff_skills_words (skills);
  GString *text = g_string_new (hand);

  add (text, away);
  add (text, spoken);
  add (text, able);
  return g_string_free (text, FALSE);
}

/**
 * kith_staff_need_clear:
 *
 * Frees both lists; also good for one that was zeroed.
 */
void
kith_staff_need_clear (KithStaffNeed *self)
{
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->skills, g_strfreev);
}

/* A colleague as the model looks at them. */
typedef struct
{
  KithRow *row;
  KithBalancePerson person;
  char **languages, **skills;
  guint lacking; /* how many of the needs this person does not fit */
  KithBalanceFit lacks; /* the first of them, */
  const char *what;     /* and what for */
  gboolean preferred;
} Ranked;

static Ranked
rank (KithRow             *row,
      const KithStaffNeed *needs,
      guint                n_needs,
      gint64               now_ms)
{
  gboolean away = kith_staff_is_away (row, now_ms);
  Ranked self = { .row = row, .languages = kith_staff_list (kith_row_get_text (row, "languages")),
                  .skills = kith_staff_list (kith_row_get_text (row, "skills")) };
  const char *first = n_needs > 0 && needs[0].languages ? needs[0].languages[0] : NULL;

  self.person = (KithBalancePerson) { .id = kith_row_get_id (row), .takes = !away, .keeps = away, .load = (guint) kith_row_get_int (row, "load"),
                                      .languages = (const char *const *) self.languages, .skills = (const char *const *) self.skills };
  for (guint i = 0; i < MAX (n_needs, 1); i++)
    {
      KithBalanceWork work = { .languages = n_needs > 0 ? (const char *const *) needs[i].languages : NULL,
                               .skills = n_needs > 0 ? (const char *const *) needs[i].skills : NULL };
      const char *what = NULL;
      KithBalanceFit fit = kith_balance_fits (&self.person, &work, &what);

      if (fit != KITH_BALANCE_FITS && self.lacking++ == 0)
        {
          self.lacks = fit;
          self.what = what;
        }
    }
  self.preferred = first && self.languages && g_strv_contains ((const char *const *) self.languages, first);
  return self;
}

static void
ranked_clear (Ranked *self)
{
  g_strfreev (self->languages);
  g_strfreev (self->skills);
}

/* What one of them asks for and this colleague has not. Yours */
static char *
lack_words (KithBalanceFit fit,
            const char    *what)
{
  g_autofree char *name = NULL;

  if (fit == KITH_BALANCE_NO_LANGUAGE)
    return g_strdup_printf (_("does not speak %s"), name = kith_language_name (what));
  /* Translators: a kind of case: "does not take: Housing" */
  return g_strdup_printf (_("does not take: %s"), kith_format_code ("case_type", what));
}

char *
kith_staff_lacks (KithRow             *row,
                  const KithStaffNeed *needs,
                  guint                n_needs,
                  gint64               now_ms)
{
  Ranked self = rank (row, needs, n_needs, now_ms);
  g_autofree char *first = self.lacking > 0 && self.lacks != KITH_BALANCE_NOBODY ? lack_words (self.lacks, self.what) : NULL;
  char *words = NULL;

  if (self.lacking > 0 && self.lacks == KITH_BALANCE_NOBODY)
    words = g_strdup (_("is on leave"));
  else if (self.lacking > 0 && n_needs > 1)
    /* Translators: clients whose language or kind of case this colleague has not; then what the first of them needs: "does not speak Tagalog" */
    words = g_strdup_printf (_("does not fit %u of %u: %s"), self.lacking, n_needs, first);
  else
    words = g_steal_pointer (&first);
  ranked_clear (&self);
  return words;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Ranked *one = a, *two = b;

  if (one->person.takes != two->person.takes) /* whoever is away comes last, however well they fit */
    return one->person.takes ? -1 : 1;
  if (one->lacking != two->lacking)
    return one->lacking < two->lacking ? -1 : 1;
  if (one->preferred != two->preferred)
    return one->preferred ? -1 : 1;
  if (one->person.load != two->person.load)
    return one->person.load < two->person.load ? -1 : 1;
  return g_strcmp0 (kith_row_get_text (one->row, "name"), kith_row_get_text (two->row, "name"));
}

GPtrArray *
kith_staff_best_first (GPtrArray           *rows,
                       const KithStaffNeed *needs,
                       guint                n_needs,
                       gint64               now_ms)
{
  g_autofree Ranked *ranked = g_new0 (Ranked, rows->len + 1);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    ranked[i] = rank (rows->pdata[i], needs, n_needs, now_ms);
  qsort (ranked, rows->len, sizeof *ranked, compare);
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (sorted, g_object_ref (ranked[i].row));
      ranked_clear (&ranked[i]);
    }
  return sorted;
}
