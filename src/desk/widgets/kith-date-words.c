/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-date-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "kith-clock.h"
#include "kith-dates.h"
#include "kith-text.h"

#define MORNING 9 /* o'clock: when a reminder for a day comes */

static int
month_by_name (const char *word)
{
  for (int month = 1; month <= 12 && strlen (word) >= 3; month++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);
      g_autofree char *here = kith_dates_format (date, "%B");
      static const char *const english[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                                             "november", "december" };
      g_autofree char *folded = kith_text_fold (here);
      g_autofree char *given = kith_text_fold (word);

      if (g_str_has_prefix (folded, given) || g_str_has_prefix (english[month - 1], given))
        return month;
    }
  return 0;
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
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
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
      /* Month first, unless that cannot be or the dots of Europe say otherwise. */
      gboolean day_first = strchr (trimmed, '.') != NULL || a > 12;

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

/* 1: Monday; 0: none of them. In this language, or in English. */
static int
weekday_by_name (const char *word)
{
  static const char *const english[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
  g_autofree char *given = kith_text_fold (word);

  for (int i = 1; i <= 7 && strlen (given) >= 3; i++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2001, 1, i, 0, 0, 0); /* a Monday was the first */
      g_autofree char *here = kith_dates_format (date, "%A");
      g_autofree char *folded = kith_text_fold (here);

      if (g_str_has_prefix (folded, given) || g_str_has_prefix (english[i - 1], given))
        return i;
    }
  return 0;
}

static gboolean
is_word (const char *text,
         const char *english,
         const char *here)
{
  g_autofree char *given = kith_text_fold (text);
  g_autofree char *folded = kith_text_fold (here);

  return g_str_equal (given, english) || g_str_equal (given, folded);
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
    return a > 12 ? nearest (today, b, a) : nearest (today, a, b);
  if (sscanf (text, "%2d.%2d.%n", &a, &b, &end) == 2 && end > 0 && text[end] == 0)
    return nearest (today, b, a);
  if ((sscanf (text, "%2d %31[^ 0-9]%n", &a, word, &end) == 2 && text[end] == 0)
      || (sscanf (text, "%31[^ 0-9] %2d%n", word, &a, &end) == 2 && text[end] == 0))
    return nearest (today, month_by_name (word), a);
  return NULL;
}

char *
kith_day_read (const char *text,
               gint64      now_ms)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  int by, end = 0, weekday;
  char *date;

  if (!*trimmed)
    return g_strdup ("");
  /* Translators: a day, as somebody types it */
  if (is_word (trimmed, "today", _("today")))
    return days_on (today, 0);
  /* Translators: a day, as somebody types it */
  if (is_word (trimmed, "tomorrow", _("tomorrow")))
    return days_on (today, 1);
  /* Translators: a day, as somebody types it */
  if (is_word (trimmed, "yesterday", _("yesterday")))
    return days_on (today, -1);
  if (sscanf (trimmed, "+%3d%n", &by, &end) == 1 && trimmed[end] == 0)
    return days_on (today, by);
  weekday = weekday_by_name (trimmed);
  if (weekday > 0)
    return days_on (today, (weekday - g_date_time_get_day_of_week (today) + 6) % 7 + 1);
  date = without_year (today, trimmed);
  if (!date)
    date = kith_date_read (trimmed, g_date_time_get_year (now) + 50);
  if (date && !kith_text_is_date (date))
    g_clear_pointer (&date, g_free);
  return date;
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
