/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days as people type them, in English and in Spanish, and as they are told beside the field. */

#include "../lib/keep-names.h"
#include "kith-dates.h"
#include "kith-day-order.h"
#include "widgets/kith-date-words.h"

#define NOW_MS G_GINT64_CONSTANT (1795183500000) /* Friday, 20 November 2026, 14:05 UTC */

static void
test_dates (void)
{
  static const struct { const char *typed, *date; } cases[] = {
    { "", "" }, { "1988", "1988" }, { "1988-04", "1988-04" }, { "1988-04-07", "1988-04-07" }, { "4/7/1988", "1988-04-07" }, { "4/7/88", "1988-04-07" },
    { "7 Apr 1988", "1988-04-07" }, { "7 de abril de 1988", "1988-04-07" }, { "April 7, 1988", "1988-04-07" }, { "Apr 1988", "1988-04" }, { "31.12.1999", "1999-12-31" }, { "25/12/1999", "1999-12-25" },
    { "4/7/12", "2012-04-07" }, { "4/7/30", "1930-04-07" }, { "13/13/1999", NULL }, { "2/30/1999", NULL }, { "2027", NULL }, { "soon", NULL }, { "88", NULL },
    { "1988-04-07x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = kith_date_read (cases[i].typed, 2026);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

/* Where the day is written before the month, "4/7" is in July; dots and what can be read in one way only stay what they are. */
static void
test_day_first (void)
{
  static const struct { const char *format; gboolean day_first; } formats[] = {
    { "%m/%d/%y", FALSE }, { "%d/%m/%y", TRUE }, { "%-d.%-m.%Y", TRUE }, { "%e/%m/%Y", TRUE }, { "%Y-%m-%d", FALSE }, { "%D", FALSE }, { "%Od/%Om/%Oy", TRUE }, { "", FALSE },
    { "%b %d", FALSE }, { "%", FALSE }, { "%-", FALSE },
  };
  static const struct { const char *typed, *date; } cases[] = {
    { "4/7/1988", "1988-07-04" }, { "4/7/88", "1988-07-04" }, { "25/12/1999", "1999-12-25" }, { "12/25/1999", "1999-12-25" }, { "31.12.1999", "1999-12-31" },
    { "1988-04-07", "1988-04-07" }, { "13/13/1999", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    g_assert_cmpint (kith_day_order_of (formats[i].format), ==, formats[i].day_first);
  kith_day_write_as ("%d/%m/%y");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = kith_date_read (cases[i].typed, 2026);

      g_assert_cmpstr (date, ==, cases[i].date);
    }
  {
    g_autofree char *near_one = kith_day_read ("12/4", NOW_MS), *other = kith_day_read ("4/12", NOW_MS), *forced = kith_day_read ("12/25", NOW_MS);

    g_assert_cmpstr (near_one, ==, "2027-04-12");
    g_assert_cmpstr (other, ==, "2026-12-04");
    g_assert_cmpstr (forced, ==, "2026-12-25");
    g_assert_nonnull (strstr (kith_date_examples (), "7/4/1988"));
  }
  kith_day_write_as (NULL);
  g_assert_nonnull (strstr (kith_date_examples (), "4/7/1988"));
}

/* Days to come, and moments; NOW_MS is a Friday, 14:05. */
static void
test_days (void)
{
  static const struct { const char *typed, *day; } days[] = {
    { "", "" }, { "today", "2026-11-20" }, { "Tomorrow", "2026-11-21" }, { "yesterday", "2026-11-19" }, { "+3", "2026-11-23" }, { "fri", "2026-11-27" },
    { "monday", "2026-11-23" }, { "12/4", "2026-12-04" }, { "1/5", "2027-01-05" }, { "10/30", "2026-10-30" }, { "25/12", "2026-12-25" }, { "24.12.", "2026-12-24" },
    { "3 Jan", "2027-01-03" }, { "Jan 3", "2027-01-03" }, { "3 Jan 2028", "2028-01-03" }, { "4/7/27", "2027-04-07" }, { "2027", NULL }, { "13/13", NULL },
    { "soon", NULL }, { "+x", NULL }, { "2/30", NULL }, { "+3d", "2026-11-23" }, { "+2w", "2026-12-04" }, { "in 2 weeks", "2026-12-04" }, { "In a month", "2026-12-20" },
    { "in 3", NULL }, { "next week", "2026-11-27" }, { "next friday", "2026-11-27" }, { "next monday", "2026-11-23" }, { "this sunday", "2026-11-22" },
    { "this friday", "2026-11-20" }, { "on Monday", "2026-11-23" }, { "the day after tomorrow", "2026-11-22" }, { "hoy", "2026-11-20" }, { "mañana", "2026-11-21" },
    { "Pasado mañana", "2026-11-22" }, { "viernes", "2026-11-27" }, { "el miércoles", "2026-11-25" }, { "el próximo lunes", "2026-11-23" },
    { "el sábado que viene", "2026-11-21" }, { "en 2 semanas", "2026-12-04" }, { "dentro de 3 días", "2026-11-23" }, { "en un mes", "2026-12-20" },
    { "4 de diciembre", "2026-12-04" }, { "4 de diciembre de 2027", "2027-12-04" }, { "3 ene", "2027-01-03" }, { "Fri 4 Dec 2026", "2026-12-04" },
    { "viernes, 4 dic", "2026-12-04" }, { "Mon 4 Dec 2026", NULL }, { "next", NULL }, { "in", NULL },
    { "Mar 4", "2027-03-04" }, { "mar 4 2027", "2027-03-04" }, { "4 mar", "2027-03-04" }, { "mar 1 dic", "2026-12-01" }, { "mar, 4 dic", NULL }, { "mar", "2026-11-24" },
    { "on next friday", "2026-11-27" },
  };
  static const struct { const char *typed, *moment; } moments[] = {
    { "", "" }, { "tomorrow", "2026-11-21T09:00:00.000Z" }, { "tomorrow 9:30", "2026-11-21T09:30:00.000Z" }, { "mon 2 pm", "2026-11-23T14:00:00.000Z" },
    { "15:00", "2026-11-20T15:00:00.000Z" }, { "9", "2026-11-21T09:00:00.000Z" }, { "3 Jan 12am", "2027-01-03T00:00:00.000Z" }, { "2pm", "2026-11-21T14:00:00.000Z" },
    { "2026-11-23 08:15", "2026-11-23T08:15:00.000Z" }, { "next friday 9:30", "2026-11-27T09:30:00.000Z" }, { "4 Dec 2026 08:15", "2026-12-04T08:15:00.000Z" },
    { "mañana 10:00", "2026-11-21T10:00:00.000Z" }, { "12/4 25:00", NULL }, { "tomorrow 9", NULL }, { "later", NULL }, { "monday 13 pm", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *day = kith_day_read (days[i].typed, NOW_MS);

      g_test_message ("%s", days[i].typed);
      g_assert_cmpstr (day, ==, days[i].day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *moment = kith_moment_read (moments[i].typed, NOW_MS);

      g_test_message ("%s", moments[i].typed);
      g_assert_cmpstr (moment, ==, moments[i].moment);
    }
}

/* What was understood names the day of the week; how to write a day is said with one that is still to come. */
static void
test_words (void)
{
  g_autofree char *day = kith_dates_whole ("2026-12-04"), *none = kith_dates_whole ("2026-12"), *how = kith_day_examples (NOW_MS);

  g_assert_cmpstr (day, ==, "Fri 4 Dec 2026");
  g_assert_null (none);
  g_assert_cmpstr (how, ==, "Write it as tomorrow, next Friday, in 2 weeks, 4 Dec or 4 Dec 2026.");
}

int
main (int argc, char **argv)
{
  keep_names ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/words/dates", test_dates);
  g_test_add_func ("/desk/words/day-first", test_day_first);
  g_test_add_func ("/desk/words/days", test_days);
  g_test_add_func ("/desk/words/understood", test_words);
  return g_test_run ();
}
