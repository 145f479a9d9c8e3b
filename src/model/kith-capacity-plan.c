/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-capacity-plan.h"

#include <stdio.h>

#include "kith-clock.h"
#include "kith-referral-rules.h"

/* Longer ago than this a plan's count says nothing about the free places of today. */
#define DAYS_BACK 7

gboolean
kith_capacity_plan_is_for (KithRecord *plan, const char *day)
{
  static const char *const codes[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  const char *on = kith_record_string (plan, "planned_on");
  const char *ends_on = kith_record_string (plan, "ends_on");
  GDate date;

  if (on != NULL)
    return g_str_equal (on, day);
  if (ends_on != NULL && strcmp (day, ends_on) > 0)
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  return g_date_valid (&date) && kith_record_list_has (plan, "weekdays", codes[g_date_get_weekday (&date) - 1]);
}

/* Not made after the hour, nor cancelled: one that is over was entered for that day. */
static gboolean
is_in_force (KithRecord *plan, const char *day, const char *at)
{
  const char *done = kith_record_string (plan, "done_on"), *made = kith_record_string (plan, "at");

  return (kith_record_bool (plan, "live") || (done != NULL && strcmp (done, day) >= 0 && kith_record_string (plan, "cancelled_at") == NULL)) &&
         (made == NULL || strcmp (made, at) <= 0) && kith_capacity_plan_is_for (plan, day);
}

static gboolean
goes_before (KithRecord *one, KithRecord *other)
{
  gboolean once = kith_record_string (one, "planned_on") != NULL, other_once = kith_record_string (other, "planned_on") != NULL;
  int order = g_strcmp0 (kith_record_string (one, "at"), kith_record_string (other, "at"));

  if (once != other_once)
    return once;
  return order != 0 ? order > 0 : strcmp (kith_record_get_id (one), kith_record_get_id (other)) > 0;
}

gboolean
kith_capacity_plan_stands (KithRecord *plan, GPtrArray *plans, const char *day, const char *at)
{
  for (guint i = 0; i < plans->len; i++)
    {
      KithRecord *other = plans->pdata[i];

      if (!g_str_equal (kith_record_get_id (other), kith_record_get_id (plan)) && kith_record_is (other, "unit", kith_record_string (plan, "unit")) &&
          kith_record_is (other, "hour", kith_record_string (plan, "hour")) && is_in_force (other, day, at) && goes_before (other, plan))
        return FALSE;
    }
  return TRUE;
}

/* The plan's hour on the day that is `back` days before today, there. */
static GDateTime *
hour_of (KithRecord *plan, GDateTime *there, int back)
{
  const char *hour = kith_record_string (plan, "hour");
  g_autoptr (GDateTime) that_day = g_date_time_add_days (there, -back);
  guint h = 0, m = 0;

  if (hour == NULL || sscanf (hour, "%2u:%2u", &h, &m) != 2)
    return NULL;
  return g_date_time_new (g_date_time_get_timezone (there), g_date_time_get_year (that_day), g_date_time_get_month (that_day),
                          g_date_time_get_day_of_month (that_day), (int) h, (int) m, 0);
}

gboolean
kith_capacity_plan_due (KithWorld *world, KithRecord *plan, gint64 now_ms, char **day, char **at, GError **error)
{
  const char *done = kith_record_string (plan, "done_on");
  g_autoptr (GTimeZone) zone = kith_agency_zone (world, kith_record_string (plan, "agency"), error);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  gint64 planned_ms = 0;

  *day = *at = NULL;
  if (there == NULL)
    return FALSE;
  if (!kith_record_bool (plan, "live") || !kith_time_parse (kith_record_string (plan, "at"), &planned_ms))
    return TRUE;
  for (int back = 0; back < DAYS_BACK; back++)
    {
      g_autoptr (GDateTime) moment = hour_of (plan, there, back);
      g_autofree char *candidate = moment != NULL ? g_date_time_format (moment, "%Y-%m-%d") : NULL;
      gint64 ms = moment != NULL ? g_date_time_to_unix (moment) * 1000 : 0;

      if (candidate == NULL || ms > now_ms || !kith_capacity_plan_is_for (plan, candidate))
        continue;
      if (ms >= planned_ms && (done == NULL || strcmp (candidate, done) > 0))
        {
          *at = kith_time_format (ms);
          *day = g_steal_pointer (&candidate);
        }
      return TRUE;
    }
  return TRUE;
}
