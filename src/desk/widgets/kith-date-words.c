/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-date-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "kith-clock.h"
#include "kith-dates.h"
#include "kith-day-order.h"
#include "kith-text.h"

#define MORNING 9 /* o'clock: when a reminder for a day comes */

/* As it is written in the language of the windows, in English or in Spanish: people mix them. */
static const struct { const char *english, *spanish; } months[] = {
  { "january", "enero" }, { "february", "febrero" }, { "march", "marzo" }, { "april", "abril" }, { "may", "mayo" }, { "june", "junio" },
  { "july", "julio" }, { "august", "agosto" }, { "september", "septiembre" }, { "october", "octubre" }, { "november", "noviembre" }, { "december", "diciembre" },
};

static const struct { const char *english, *spanish; } weekdays[] = {
  { "monday", "lunes" }, { "tuesday", "martes" }, { "wednesday", "miercoles" }, { "thursday", "jueves" }, { "friday", "viernes" }, { "saturday", "sabado" },
  { "sunday", "domingo" },
};

static gboolean
begins (const char *given,
        const char *here,
        const char *english,
        const char *spanish)
{
  g_autofree char *folded = kith_text_fold (here);

  return strlen (given) >= 3 && (g_str_has_prefix (folded, given) || g_str_has_prefix (english, given) || g_str_has_prefix (spanish, given));
}

static int
month_by_name (const char *word)
{
  g_autofree char *given = kith_text_fold (word);

  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);
      g_autofree char *here = kith_dates_format (date, "%B");

      if (begins (given, here, months[month - 1].english, months[month - 1].spanish))
        return month;
    }
  return 0;
}

/* Without what stands between the parts of a date in Spanish: "7 de abril de 2026". Yours */
static char *
words_of (const char *text)
{
  g_autoptr (GString) words = g_string_new (text);

  g_string_replace (words, " del ", " ", 0);
  g_string_replace (words, " de ", " ", 0);
  return g_strstrip (g_string_free (g_steal_pointer (&words), FALSE));
}

/* Two digits are the last such year that has begun: nobody is born in the future. */
static int
whole_year (int year,
            int this_year)
{
  if (year >= 100)
    return year;
  return year + (year <= this_year % 100 ? this_year / 100 * 100 : this_year / 100 * 100 - 100);
}

char *
kith_date_read (const char *text,
                int         this_year)
{
  g_autofree char *trimmed = words_of (text);
  int a, b, c, end = 0, year = 0, month = 0, day = 0;
  char word[32] = "";
  char *date;

  if (!*trimmed)
    return g_strdup ("");
  if (sscanf (trimmed, "%4d-%2d-%2d%n", &a, &b, &c, &end) == 3 && trimmed[end] == 0)
    year = a, month = b, day = c;
  else if (sscanf (trimmed, "%4d-%2d%n", &a, &b, &end) == 2 && trimmed[end] == 0)
    year = a, month = b;
  else if (sscanf (trimmed, "%2d%*[/.]%2d%*[/.]%4d%n", &a, &b, &c, &end) == 3 && trimmed[end] == 0)
    {
      /* As dates are written here, unless that cannot be or the dots of Europe say otherwise. */
      gboolean day_first = strchr (trimmed, '.') != NULL || a > 12 || (b <= 12 && kith_day_is_first ());

      year = whole_year (c, this_year), month = day_first ? b : a, day = day_first ? a : b;
    }
  else if (sscanf (trimmed, "%2d %31[^ 0-9] %4d%n", &a, word, &c, &end) == 3 && trimmed[end] == 0)
    year = whole_year (c, this_year), month = month_by_name (word), day = a;
  else if (sscanf (trimmed, "%31[^ 0-9] %2d%*[, ]%4d%n", word, &a, &c, &end) == 3 && trimmed[end] == 0)
    year = whole_year (c, this_year), month = month_by_name (word), day = a;
  else if (sscanf (trimmed, "%31[^ 0-9] %4d%n", word, &c, &end) == 2 && trimmed[end] == 0)
    year = c, month = month_by_name (word);
  else if (sscanf (trimmed, "%4d%n", &a, &end) == 1 && trimmed[end] == 0 && a >= 1000)
    year = a;
  if (year < 1800 || year > this_year || (*word && month == 0))
    return NULL;
  date = day ? g_strdup_printf ("%04d-%02d-%02d", year, month, day) : month ? g_strdup_printf ("%04d-%02d", year, month) : g_strdup_printf ("%04d", year);
  if (!kith_text_is_partial_date (date))
    g_clear_pointer (&date, g_free);
  return date;
}

/**
 * kith_date_examples:
 *
 * Returns: how a birth date is written, when it was not understood: with slashes as dates are written here
 */
const char *
kith_date_examples (void)
{
  return kith_day_is_first () ? _("Write it as 1988, 7/4/1988 or 7 Apr 1988.") : _("Write it as 1988, 4/7/1988 or 7 Apr 1988.");
}

/* Near days */

static char *
day_text (GDateTime *day)
{
  return day ? g_date_time_format (day, "%Y-%m-%d") : NULL;
}

static char *
days_on (GDateTime *today,
         int        by)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (today, by);

  return day_text (day);
}

/* 1: Monday; 0: none of them. */
static int
weekday_by_name (const char *word)
{
  g_autofree char *given = kith_text_fold (word);

  for (int i = 1; i <= 7; i++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2001, 1, i, 0, 0, 0); /* a Monday was the first */
      g_autofree char *here = kith_dates_format (date, "%A");

      if (begins (given, here, weekdays[i - 1].english, weekdays[i - 1].spanish))
        return i;
    }
  return 0;
}

/* Small letters without accents, and what stands around them as it was typed. Yours */
static char *
plain (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");

  return g_ascii_strdown (ascii, -1);
}

/* Folded, not made plain: letters that are none of ours would all be the same. */
static gboolean
is_word (const char *text,
         const char *here)
{
  g_autofree char *given = kith_text_fold (text);
  g_autofree char *folded = kith_text_fold (here);

  return g_str_equal (given, folded);
}

/* "today", "in a week": one word for a day. text: typed, made plain */
static gboolean
read_near (const char *typed,
           const char *text,
           int        *by)
{
  static const struct { const char *word; int by; } near_words[] = {
    { "today", 0 }, { "tomorrow", 1 }, { "day after tomorrow", 2 }, { "the day after tomorrow", 2 }, { "yesterday", -1 }, { "next week", 7 },
    { "hoy", 0 }, { "manana", 1 }, { "pasado manana", 2 }, { "ayer", -1 }, { "proxima semana", 7 }, { "la proxima semana", 7 }, { "la semana que viene", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (near_words); i++)
    if (g_str_equal (text, near_words[i].word))
      {
        *by = near_words[i].by;
        return TRUE;
      }
  /* Translators: a day, as somebody types it */
  if (is_word (typed, _("today")))
    *by = 0;
  /* Translators: a day, as somebody types it */
  else if (is_word (typed, _("tomorrow")))
    *by = 1;
  /* Translators: a day, as somebody types it */
  else if (is_word (typed, _("yesterday")))
    *by = -1;
  else
    return FALSE;
  return TRUE;
}

/* "+3", "+3d", "in 2 weeks", "en un mes": so many days, weeks, months or years from today. NULL: none of these. Yours */
static char *
counted (GDateTime  *today,
         const char *text)
{
  static const char *const before[] = { "+", "in ", "en ", "dentro " }, *const one[] = { "a ", "an ", "one ", "un ", "una " };
  static const struct { const char *unit; char of; } units[] = {
    { "", 'd' }, { "d", 'd' }, { "day", 'd' }, { "days", 'd' }, { "dia", 'd' }, { "dias", 'd' }, { "w", 'w' }, { "week", 'w' }, { "weeks", 'w' }, { "s", 'w' },
    { "semana", 'w' }, { "semanas", 'w' }, { "m", 'm' }, { "month", 'm' }, { "months", 'm' }, { "mes", 'm' }, { "meses", 'm' }, { "y", 'y' }, { "year", 'y' },
    { "years", 'y' }, { "ano", 'y' }, { "anos", 'y' },
  };
  const char *rest = NULL;
  int n = 0, end = 0;
  g_autoptr (GDateTime) day = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (before) && !rest; i++)
    if (g_str_has_prefix (text, before[i]))
      rest = text + strlen (before[i]);
  if (!rest)
    return NULL;
  while (*rest == ' ')
    rest++;
  for (guint i = 0; i < G_N_ELEMENTS (one) && n == 0; i++)
    if (g_str_has_prefix (rest, one[i]))
      n = 1, end = (int) strlen (one[i]);
  if (n == 0 && (!g_ascii_isdigit (*rest) || sscanf (rest, "%3d%n", &n, &end) != 1))
    return NULL;
  for (rest += end; *rest == ' '; rest++)
    ;
  for (guint i = *text == '+' ? 0 : 1; i < G_N_ELEMENTS (units) && !day; i++) /* "in 3" of what? */
    if (g_str_equal (rest, units[i].unit))
      day = units[i].of == 'd' ? g_date_time_add_days (today, n) : units[i].of == 'w' ? g_date_time_add_weeks (today, n)
            : units[i].of == 'm' ? g_date_time_add_months (today, n) : g_date_time_add_years (today, n);
  return day_text (day);
}

/* "Friday", "viernes": the next one, after today. "this Friday": today counts. "next Friday": that of the week after this one, as English means it;
 * "el próximo viernes" and "el viernes que viene" are the next one. NULL: none of these. Yours */
static char *
on_weekday (GDateTime  *today,
            const char *text)
{
  static const struct { const char *word; int how; } before[] = { { "on ", 0 }, { "el ", 0 }, { "next ", 1 }, { "this ", 2 }, { "este ", 2 }, { "proximo ", 0 } };
  static const char *const behind[] = { " que viene", " proximo" };
  g_autofree char *word = g_strdup (text);
  int how = 0, now = g_date_time_get_day_of_week (today), weekday;

  for (guint i = 0; i < G_N_ELEMENTS (before); i++) /* "on next Friday": in the order of the table */
    if (g_str_has_prefix (word, before[i].word))
      {
        memmove (word, word + strlen (before[i].word), strlen (word) - strlen (before[i].word) + 1);
        how = MAX (how, before[i].how);
      }
  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    if (g_str_has_suffix (word, behind[i]))
      word[strlen (word) - strlen (behind[i])] = 0;
  weekday = weekday_by_name (word);
  if (weekday == 0)
    return NULL;
  return days_on (today, how == 1 ? weekday - now + 7 : how == 2 ? (weekday - now + 7) % 7 : (weekday - now + 6) % 7 + 1);
}

/* "Fri 4 Dec 2026", as days are written: what stands behind the day of the week, when it is one. NULL: no day of the week before */
static const char *
behind_weekday (const char *text,
                int        *weekday)
{
  const char *at = strpbrk (text, " ,.");
  g_autofree char *word = at ? g_strndup (text, at - text) : NULL;

  *weekday = word && g_ascii_isdigit (at[strspn (at, " ,.")]) ? weekday_by_name (word) : 0;
  return *weekday > 0 ? at + strspn (at, " ,.") : NULL;
}

/* "4/12", "12 Apr", "Apr 12": of the three years around today the one that makes it nearest. */
static char *
nearest (GDateTime *today,
         int        month,
         int        day)
{
  int year = g_date_time_get_year (today);
  g_autoptr (GDateTime) found = NULL;

  for (int y = year - 1; y <= year + 1; y++)
    {
      g_autoptr (GDateTime) date = month >= 1 && month <= 12 && day >= 1 && day <= 31 ? g_date_time_new_local (y, month, day, 0, 0, 0) : NULL;

      if (date && (!found || ABS (g_date_time_difference (date, today)) < ABS (g_date_time_difference (found, today))))
        {
          g_clear_pointer (&found, g_date_time_unref);
          found = g_steal_pointer (&date);
        }
    }
  return day_text (found);
}

static char *
without_year (GDateTime  *today,
              const char *text)
{
  int a = 0, b = 0, end = 0;
  char word[32] = "";

  if (sscanf (text, "%2d/%2d%n", &a, &b, &end) == 2 && text[end] == 0)
    return a > 12 || (b <= 12 && kith_day_is_first ()) ? nearest (today, b, a) : nearest (today, a, b);
  if (sscanf (text, "%2d.%2d.%n", &a, &b, &end) == 2 && end > 0 && text[end] == 0)
    return nearest (today, b, a);
  if ((sscanf (text, "%2d %31[^ 0-9]%n", &a, word, &end) == 2 && text[end] == 0)
      || (sscanf (text, "%31[^ 0-9] %2d%n", word, &a, &end) == 2 && text[end] == 0))
    return nearest (today, month_by_name (word), a);
  return NULL;
}

static int
weekday_of (const char *date)
{
  int year, month, day;
  g_autoptr (GDateTime) when = sscanf (date, "%4d-%2d-%2d", &year, &month, &day) == 3 ? g_date_time_new_utc (year, month, day, 0, 0, 0) : NULL;

  return when ? g_date_time_get_day_of_week (when) : 0;
}

/* A day by its numbers or its month, with a year or without. NULL: none. Yours */
static char *
read_whole (GDateTime  *today,
            const char *text)
{
  char *date = without_year (today, text);

  if (!date)
    date = kith_date_read (text, g_date_time_get_year (today) + 50);
  if (date && !kith_text_is_date (date))
    g_clear_pointer (&date, g_free);
  return date;
}

char *
kith_day_read (const char *text,
               gint64      now_ms)
{
  g_autofree char *trimmed = words_of (text);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autofree char *typed = plain (trimmed);
  const char *behind;
  int by, weekday;
  char *date;

  if (!*trimmed)
    return g_strdup ("");
  if (read_near (trimmed, typed, &by))
    return days_on (today, by);
  date = counted (today, typed);
  if (!date)
    date = on_weekday (today, typed);
  if (date)
    return date;
  behind = behind_weekday (trimmed, &weekday);
  date = behind ? read_whole (today, behind) : NULL;
  if (date && weekday_of (date) != weekday) /* one of the two is a slip */
    g_clear_pointer (&date, g_free);
  return date ? date : read_whole (today, trimmed); /* "Mar 4": no Tuesday, but March */
}

char *
kith_day_examples (gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000), soon = g_date_time_add_days (now, 14);
  g_autofree char *day = kith_dates_format (soon, _("%-d %b"));
  g_autofree char *whole = kith_dates_format (soon, _("%-d %b %Y"));

  /* Translators: days as somebody types them; the two %s are a day, "4 Dec" and "4 Dec 2026" */
  return g_strdup_printf (_("Write it as tomorrow, next Friday, in 2 weeks, %s or %s."), day, whole);
}

/* Times */

/* "9:30", "14.30", "9 am", "2pm"; alone also "9". FALSE: none. */
static gboolean
read_clock (const char *text,
            gboolean    alone,
            int        *hour,
            int        *minute)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);
  char half[4] = "";
  int end = 0;

  *minute = 0;
  if (!g_ascii_isdigit (*folded))
    return FALSE;
  if (sscanf (folded, "%2d:%2d%n", hour, minute, &end) != 2 && sscanf (folded, "%2d%n", hour, &end) != 1)
    return FALSE;
  while (folded[end] == ' ')
    end++;
  if (sscanf (folded + end, "%3[amp.]", half) == 1)
    {
      gboolean after_noon = half[0] == 'p';

      end += strlen (half);
      if ((half[0] != 'a' && half[0] != 'p') || *hour < 1 || *hour > 12)
        return FALSE;
      *hour = *hour % 12 + (after_noon ? 12 : 0);
    }
  else if (!alone && !strchr (folded, ':'))
    return FALSE;
  return folded[end] == 0 && *hour <= 23 && *hour >= 0 && *minute >= 0 && *minute <= 59;
}

/* Wherever the words are a day on the left and a time on the right. Yours */
static char *
split_moment (const char *text,
              gint64      now_ms,
              int        *hour,
              int        *minute)
{
  for (const char *at = strchr (text, ' '); at; at = strchr (at + 1, ' '))
    {
      g_autofree char *left = g_strndup (text, at - text);
      char *day = read_clock (at + 1, FALSE, hour, minute) ? kith_day_read (left, now_ms) : NULL;

      if (day && *day)
        return day;
      g_free (day);
    }
  return NULL;
}

char *
kith_moment_read (const char *text,
                  gint64      now_ms)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *day = NULL;
  g_autoptr (GDateTime) when = NULL;
  int year, month, date, hour = MORNING, minute = 0;

  if (!*trimmed)
    return g_strdup ("");
  if (read_clock (trimmed, TRUE, &hour, &minute))
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
      gboolean over = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now) >= hour * 60 + minute;

      day = kith_day_read (over ? "+1" : "today", now_ms);
    }
  else if (!(day = split_moment (trimmed, now_ms, &hour, &minute)))
    {
      hour = MORNING;
      minute = 0;
      day = kith_day_read (trimmed, now_ms);
    }
  if (!day || sscanf (day, "%4d-%2d-%2d", &year, &month, &date) != 3)
    return NULL;
  when = g_date_time_new_local (year, month, date, hour, minute, 0);
  return when ? kith_time_format (g_date_time_to_unix (when) * 1000) : NULL;
}
