/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a schedule of HSDS may call a moment. Its times are the place's own: most say no time zone, or the one of half the year ("09:00-08:00"
 * all summer), and are read by the clock on the wall: of its agency where that says its zone, else of here. Only what names an offset that this
 * zone never has lies elsewhere. */

#include "kith-open-at.h"

#include "kith-json.h"

#define DAY 1440 /* minutes */

static int
offset_of (GDateTime *when)
{
  return (int) (g_date_time_get_utc_offset (when) / G_TIME_SPAN_MINUTE);
}

/* In winter and in summer. */
static JsonArray *
own_offsets (GDateTime *when)
{
  JsonArray *offsets = json_array_new ();

  for (int month = 1; month <= 7; month += 6)
    {
      g_autoptr (GDateTime) then = g_date_time_new (g_date_time_get_timezone (when), g_date_time_get_year (when), month, 1, 12, 0, 0);

      json_array_add_int_element (offsets, offset_of (then));
    }
  json_array_add_int_element (offsets, offset_of (when));
  return offsets;
}

/* A day by the names of iCal, and the minutes from its midnight to the moment: less than none for tomorrow, more than a day's for yesterday. */
static JsonObject *
day_new (GDateTime *day,
         int        at)
{
  static const char *const codes[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  const char *code = codes[g_date_time_get_day_of_week (day) - 1];
  int number = g_date_time_get_day_of_month (day), last = g_date_get_days_in_month (g_date_time_get_month (day), g_date_time_get_year (day));
  g_autofree char *on = g_date_time_format (day, "%Y-%m-%d");
  g_autofree char *nth = g_strdup_printf ("%d%s", (number - 1) / 7 + 1, code), *nth_last = g_strdup_printf ("-%d%s", (last - number) / 7 + 1, code);
  g_autofree char *plain = g_strdup_printf ("%d", number), *from_end = g_strdup_printf ("-%d", last - number + 1);

  return kith_json_new ("on", "s", on, "at", "i", (gint64) at, "names", "a", kith_json_strings (code, nth, nth_last, NULL), "numbers", "a",
                        kith_json_strings (plain, from_end, NULL), NULL);
}

/* Two days back, one ahead: hours go on past midnight, and it is another day already elsewhere. */
static JsonObject *
moment_new (GDateTime *when)
{
  g_autoptr (GDateTime) noon = g_date_time_new_utc (g_date_time_get_year (when), g_date_time_get_month (when), g_date_time_get_day_of_month (when), 12, 0, 0);
  int minutes = g_date_time_get_hour (when) * 60 + g_date_time_get_minute (when);
  JsonArray *days = json_array_new ();

  for (int i = -1; i <= 2; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (noon, -i);

      json_array_add_object_element (days, day_new (day, minutes + i * DAY));
    }
  return kith_json_new ("zone", "i", (gint64) offset_of (when), "own", "a", own_offsets (when), "days", "a", days, NULL);
}

char *
kith_open_at (GDateTime *when, const char *const *zones)
{
  g_autoptr (JsonObject) open = moment_new (when);
  JsonObject *there = json_object_new ();

  for (guint i = 0; zones != NULL && zones[i] != NULL; i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
      g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (when, zone) : NULL;

      if (local != NULL) /* one that nobody knows here is read by the clock here */
        json_object_set_object_member (there, zones[i], moment_new (local));
    }
  json_object_set_object_member (open, "zones", there);
  return kith_json_print_object (open);
}
