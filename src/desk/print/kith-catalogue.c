/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-catalogue.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kith-kind.h"
#include "kith-languages.h"
#include "kith-messages.h"
#include "kith-referral-rules.h"
#include "kith-vocabulary-told.h"

struct _KithCatalogue
{
  char *language;
  KithMessages *kith, *languages; /* NULL: none */
  locale_t time; /* how dates are written there; (locale_t) 0: this computer does not know */
};

/* Any country will do: it is the names of the months that are wanted. */
static locale_t
find_time (const char *language)
{
  static const char *const countries[] = { "US", "MX", "ES", "PH", "CN", "TW", "VN", "SA", "EG", "IR", "RU", "FR", "BR", "PT", "HT", "ET", "KR", "IN", "SO" };
  locale_t found = (locale_t) 0;

  for (guint i = 0; found == (locale_t) 0 && i < G_N_ELEMENTS (countries); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%s.UTF-8", language, countries[i]);

      found = newlocale (LC_TIME_MASK, name, (locale_t) 0);
    }
  return found;
}

KithCatalogue *
kith_catalogue_new_in (const char *folder,
                       const char *language)
{
  KithCatalogue *self = g_new0 (KithCatalogue, 1);

  self->language = g_strdup ("en");
  if (!language || !*language || strchr (language, '/') || g_str_equal (language, "en"))
    return self;
  self->kith = kith_messages_new (folder, language, GETTEXT_PACKAGE);
  if (!self->kith)
    return self;
  self->languages = kith_messages_new (KITH_ISO_LOCALEDIR, language, "iso_639-3");
  g_free (self->language);
  self->language = g_strdup (language);
  self->time = find_time (language);
  return self;
}

/* Where the windows' own translations are. */
static const char *
folder_of (void)
{
  const char *folder = bindtextdomain (GETTEXT_PACKAGE, NULL);

  return folder ? folder : KITH_LOCALEDIR;
}

KithCatalogue *
kith_catalogue_new (const char *language)
{
  return kith_catalogue_new_in (folder_of (), language);
}

gboolean
kith_catalogue_exists (const char *language)
{
  g_autoptr (KithCatalogue) self = kith_catalogue_new (language);

  return g_strcmp0 (self->language, language) == 0;
}

/**
 * kith_catalogue_free:
 * @self: (transfer full): texts it gave are in its files: they end with it
 */
void
kith_catalogue_free (KithCatalogue *self)
{
  g_clear_pointer (&self->kith, kith_messages_free);
  g_clear_pointer (&self->languages, kith_messages_free);
  if (self->time != (locale_t) 0)
    freelocale (self->time);
  g_free (self->language);
  g_free (self);
}

const char *
kith_catalogue_get (const KithCatalogue *self,
                    const char          *text)
{
  return kith_messages_get (self->kith, text);
}

const char *
kith_catalogue_get_language (const KithCatalogue *self)
{
  return self->language;
}

/**
 * kith_catalogue_is_rtl:
 *
 * Returns: whether its language is written from right to left
 */
gboolean
kith_catalogue_is_rtl (const KithCatalogue *self)
{
  static const char *const rtl[] = { "ar", "fa", "he", "ps", "ur", "yi", "ckb", "dv", "prs", NULL };

  return g_strv_contains (rtl, self->language);
}

/* As its numbers are; behind Arabic letters a reader of lines would turn them round. */
static char *
numbers (const KithCatalogue *self,
         const char          *partial)
{
  g_autofree char *day = g_strndup (partial, partial ? strcspn (partial, "T") : 0);

  return day && *day && kith_catalogue_is_rtl (self) ? g_strconcat ("\u2066", day, "\u2069", NULL) : g_steal_pointer (&day);
}

static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" };

/* Its translation names the months as well: then it says how a day is written. NULL: it does not */
static char *
translated (const KithCatalogue *self,
            int                  year,
            int                  month,
            int                  day)
{
  const char *name = kith_messages_get_in (self->kith, "month", months[month - 1]); /* as kith-dates.c has them */
  g_autofree char *of_year = g_strdup_printf ("%d", year), *of_month = g_strdup_printf ("%d", day);

  if (g_str_equal (name, months[month - 1]) && !g_str_equal (self->language, "en"))
    return NULL;
  if (day > 0)
    /* Translators: a day on paper, "4 December 2026": {month} is a name */
    return kith_catalogue_fill (self, N_("{day} {month} {year}"), "day", of_month, "month", name, "year", of_year, NULL);
  /* Translators: a month on paper, "December 2026" */
  return kith_catalogue_fill (self, N_("{month} {year}"), "month", name, "year", of_year, NULL);
}

/* The day as people there write it; where neither the translation nor this computer knows how, the numbers say it to everybody. */
char *
kith_catalogue_date (const KithCatalogue *self,
                     const char          *partial)
{
  struct tm day = { 0 };
  char text[128];
  int year = 0, month = 0, number = 0, n = partial ? sscanf (partial, "%4d-%2d-%2d", &year, &month, &number) : 0;
  char *words;

  if (n < 2 || month < 1 || month > 12)
    return numbers (self, partial);
  words = translated (self, year, month, n == 3 ? number : 0);
  if (words)
    return words;
  if (self->time == (locale_t) 0)
    return numbers (self, partial);
  day.tm_year = year - 1900;
  day.tm_mon = month - 1;
  day.tm_mday = n == 3 ? number : 1;
  if (strftime_l (text, sizeof text, n == 3 ? "%e %B %Y" : "%B %Y", &day, self->time) == 0)
    return g_strdup (partial);
  return g_strdup (g_strstrip (text));
}

/* day 0: Monday. */
char *
kith_catalogue_day (const KithCatalogue *self,
                    guint                day)
{
  static const char *const english[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };
  static const nl_item names[] = { DAY_2, DAY_3, DAY_4, DAY_5, DAY_6, DAY_7, DAY_1 };

  if (self->time != (locale_t) 0)
    return g_strdup (nl_langinfo_l (names[day % 7], self->time));
  return g_strdup (kith_catalogue_get (self, english[day % 7]));
}

char *
kith_catalogue_language_name (const KithCatalogue *self,
                              const char          *code)
{
  const char *english = kith_language_english (code), *name = english ? kith_messages_get (self->languages, english) : code, *bracket = strstr (name, " (");

  return bracket ? g_strndup (name, bracket - name) : g_strdup (name);
}

char *
kith_catalogue_code (const KithCatalogue *self,
                     const char          *vocabulary,
                     const char          *code)
{
  const KithVocabulary *words = code ? kith_vocabulary_get (vocabulary) : NULL;

  return words ? g_strdup (kith_vocabulary_told (words, code, self->kith)) : g_strdup (code);
}

char *
kith_catalogue_status (const KithCatalogue *self,
                       const char          *phase,
                       const char          *status)
{
  const char *own = phase ? kith_referral_own_status (phase, status) : NULL;

  return own ? g_strdup (own) : kith_catalogue_code (self, "phase", phase);
}

char *
kith_catalogue_fill (const KithCatalogue *self,
                     const char          *text,
                     ...)
{
  GString *filled = g_string_new (kith_catalogue_get (self, text));
  va_list values;

  va_start (values, text);
  for (const char *name = va_arg (values, const char *); name; name = va_arg (values, const char *))
    {
      const char *value = va_arg (values, const char *);
      g_autofree char *place = g_strconcat ("{", name, "}", NULL);

      g_string_replace (filled, place, value ? value : "", 1);
    }
  va_end (values);
  return g_string_free (filled, FALSE);
}
