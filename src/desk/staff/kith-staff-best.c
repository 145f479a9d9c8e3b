/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why the first of those who may be given work is the first: what speaks for them, in words (ux.md 2.1, Assign staff). */

#include "staff/kith-staff-fit.h"

#include <glib/gi18n.h>

static gboolean
fits_all (KithRow             *row,
          const KithStaffNeed *needs,
          guint                n_needs,
          gint64               now_ms)
{
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (row, "languages")), skills = kith_staff_list (kith_row_get_text (row, "skills"));
  gboolean away = kith_staff_is_away (row, now_ms);
  KithBalancePerson person = { .id = kith_row_get_id (row), .takes = !away, .keeps = away, .load = (guint) kith_row_get_int (row, "load"),
                               .languages = (const char *const *) languages, .skills = (const char *const *) skills };

  for (guint i = 0; i < n_needs; i++)
    {
      KithBalanceWork work = { .languages = (const char *const *) needs[i].languages, .skills = (const char *const *) needs[i].skills };
      const char *what = NULL;

      if (kith_balance_fits (&person, &work, &what) != KITH_BALANCE_FITS)
        return FALSE;
    }
  return !away;
}

/* Those that are asked for and this colleague has. Yours; NULL: none is asked for */
static char **
shared (char      **asked,
        const char *json)
{
  g_auto (GStrv) has = kith_staff_list (json);
  g_autoptr (GStrvBuilder) both = g_strv_builder_new ();
  gboolean any = FALSE;

  for (guint i = 0; asked && asked[i] && has; i++)
    if (g_strv_contains ((const char *const *) has, asked[i]))
      {
        g_strv_builder_add (both, asked[i]);
        any = TRUE;
      }
  return any ? g_strv_builder_end (both) : NULL;
}

/* Of everybody who fits as well; unknown where one does not see what colleagues work on. */
static gboolean
has_least (GPtrArray           *best,
           const KithStaffNeed *needs,
           guint                n_needs,
           gint64               now_ms)
{
  KithRow *first = best->pdata[0];
  guint n = 0;

  if (!kith_row_get_text (first, "load"))
    return FALSE;
  for (guint i = 1; i < best->len; i++)
    if (fits_all (best->pdata[i], needs, n_needs, now_ms))
      {
        if (kith_row_get_int (best->pdata[i], "load") <= kith_row_get_int (first, "load"))
          return FALSE;
        n++;
      }
  return n > 0;
}

static void
add (GString    *reasons,
     const char *one)
{
  g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? ", " : "", one);
}

char *
kith_staff_best_words (GPtrArray           *best,
                       const KithStaffNeed *needs,
                       guint                n_needs,
                       gint64               now_ms)
{
  g_autoptr (GString) reasons = g_string_new (NULL);
  KithRow *first = best->len > 1 ? best->pdata[0] : NULL; /* of one alone nobody asks why */
  g_auto (GStrv) languages = NULL, skills = NULL;

  if (!first || !fits_all (first, needs, n_needs, now_ms))
    return NULL;
  languages = n_needs == 1 ? shared (needs[0].languages, kith_row_get_text (first, "languages")) : NULL;
  skills = n_needs == 1 ? shared (needs[0].skills, kith_row_get_text (first, "skills")) : NULL;
  if (languages)
    {
      g_autofree char *names = kith_staff_languages_words (languages);
      /* Translators: a colleague, in the middle of a sentence; languages */
      g_autofree char *speaks = g_strdup_printf (_("speaks %s"), names);

      add (reasons, speaks);
    }
  if (skills)
    {
      g_autofree char *names = kith_staff_skills_words (skills);
      /* Translators: a colleague, in the middle of a sentence; kinds of case */
      g_autofree char *takes = g_strdup_printf (_("takes such cases: %s"), names);

      add (reasons, takes);
    }
  if (n_needs > 1)
    {
      /* Translators: a colleague, in the middle of a sentence; of several clients */
      g_autofree char *all = g_strdup_printf (_("fits all %u"), n_needs);

      add (reasons, all);
    }
  if (has_least (best, needs, n_needs, now_ms))
    add (reasons, _("least in hand"));
  if (reasons->len == 0)
    return NULL;
  /* Translators: why a colleague stands first in a list: "speaks Spanish, least in hand" */
  return g_strdup_printf (_("Best fit: %s"), reasons->str);
}
