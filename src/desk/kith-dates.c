/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-dates.h"

#include <glib/gi18n.h>

static const char *const months[] = { NC_ ("month", "January"), NC_ ("month", "February"), NC_ ("month", "March"), NC_ ("month", "April"),
                                      NC_ ("month", "May"), NC_ ("month", "June"), NC_ ("month", "July"), NC_ ("month", "August"),
                                      NC_ ("month", "September"), NC_ ("month", "October"), NC_ ("month", "November"), NC_ ("month", "December") };
static const char *const short_months[] = { NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"), NC_ ("short month", "Apr"),
                                            NC_ ("short month", "May"), NC_ ("short month", "Jun"), NC_ ("short month", "Jul"), NC_ ("short month", "Aug"),
                                            NC_ ("short month", "Sep"), NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec") };
static const char *const days[] = { NC_ ("day", "Monday"), NC_ ("day", "Tuesday"), NC_ ("day", "Wednesday"), NC_ ("day", "Thursday"),
                                    NC_ ("day", "Friday"), NC_ ("day", "Saturday"), NC_ ("day", "Sunday") };
static const char *const short_days[] = { NC_ ("short day", "Mon"), NC_ ("short day", "Tue"), NC_ ("short day", "Wed"), NC_ ("short day", "Thu"),
                                          NC_ ("short day", "Fri"), NC_ ("short day", "Sat"), NC_ ("short day", "Sun") };

static const char *
name_of (GDateTime *when,
         char       what)
{
  int month = g_date_time_get_month (when) - 1, day = g_date_time_get_day_of_week (when) - 1;

  switch (what)
    {
    case 'B':
      return g_dpgettext2 (NULL, "month", months[month]);
    case 'b':
      return g_dpgettext2 (NULL, "short month", short_months[month]);
    case 'A':
      return g_dpgettext2 (NULL, "day", days[day]);
    case 'a':
      return g_dpgettext2 (NULL, "short day", short_days[day]);
    default:
      return NULL;
    }
}

/**
 * kith_dates_format:
 * @format: as strftime
 *
 * g_date_time_format() with the names of months and days in the language of the windows: the locale's are of the computer, which need not know the
 * language that somebody chose for Kith.
 *
 * Returns: (transfer full):
 */
char *
kith_dates_format (GDateTime  *when,
                   const char *format)
{
  g_autoptr (GString) with_names = g_string_new (NULL);

  for (const char *at = format; *at != '\0'; at++)
    {
      const char *what = at[0] == '%' && at[1] == 'O' ? at + 2 : at + 1, *name = at[0] == '%' && *what != '\0' ? name_of (when, *what) : NULL;

      if (name == NULL)
        {
          g_string_append_c (with_names, *at);
          if (at[0] == '%' && at[1] != '\0') /* "%%b" is no month */
            g_string_append_c (with_names, *++at);
          continue;
        }
      for (const char *letter = name; *letter != '\0'; letter++)
        {
          if (*letter == '%') /* it goes through the formatter again */
            g_string_append_c (with_names, '%');
          g_string_append_c (with_names, *letter);
        }
      at = what;
    }
  return g_date_time_format (when, with_names->str);
}

char *
kith_dates_whole (const char *day)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (midnight, utc);

  /* Translators: day of the week, day, month and year, as strftime */
  return when ? kith_dates_format (when, _("%a %-d %b %Y")) : NULL;
}
