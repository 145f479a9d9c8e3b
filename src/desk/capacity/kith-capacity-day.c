/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-day.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "capacity/kith-capacity-words.h"
#include "kith-capacity-plan.h"
#include "kith-format.h"

static const char *const codes[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

static void
day_free (gpointer data)
{
  KithCapacityDay *day = data;

  g_free (day->iso);
  g_time_zone_unref (day->zone);
  g_ptr_array_unref (day->plans);
  g_clear_object (&day->entered);
  g_clear_object (&day->counted);
  g_free (day);
}

GTimeZone *
kith_capacity_zone (KithRow *row)
{
  const char *name = kith_row_get_text (row, "time_zone");
  GTimeZone *zone = name ? g_time_zone_new_identifier (name) : NULL;

  return zone ? zone : g_time_zone_new_utc ();
}

static GDateTime *
moment_there (GTimeZone *zone,
              gint64     ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  return g_date_time_to_timezone (utc, zone);
}

char *
kith_capacity_today (GTimeZone *zone,
                     gint64     now_ms)
{
  g_autoptr (GDateTime) now = moment_there (zone, now_ms);

  return g_date_time_format (now, "%Y-%m-%d");
}

/* The day that many days after the Monday of the week it is now. */
static GDateTime *
day_after_monday (GTimeZone *zone,
                  gint64     now_ms,
                  int        days)
{
  g_autoptr (GDateTime) now = moment_there (zone, now_ms);
  g_autoptr (GDateTime) that = g_date_time_add_days (now, days + 1 - g_date_time_get_day_of_week (now));

  return g_date_time_new (zone, g_date_time_get_year (that), g_date_time_get_month (that), g_date_time_get_day_of_month (that), 0, 0, 0);
}

GPtrArray *
kith_capacity_week_new (GTimeZone *zone,
                        gint64     now_ms,
                        int        weeks)
{
  GPtrArray *week = g_ptr_array_new_with_free_func (day_free);

  for (int i = 0; i < KITH_CAPACITY_DAYS; i++)
    {
      KithCapacityDay *day = g_new0 (KithCapacityDay, 1);
      g_autoptr (GDateTime) begin = day_after_monday (zone, now_ms, weeks * KITH_CAPACITY_DAYS + i);

      day->zone = g_time_zone_ref (zone);
      day->iso = g_date_time_format (begin, "%Y-%m-%d");
      day->begin_ms = g_date_time_to_unix (begin) * 1000;
      day->plans = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (week, day);
    }
  return week;
}

char *
kith_capacity_week_end (GPtrArray *week)
{
  KithCapacityDay *last = week->pdata[week->len - 1];
  g_autoptr (GDateTime) begin = moment_there (last->zone, last->begin_ms);
  g_autoptr (GDateTime) next = g_date_time_add_days (begin, 1);

  return kith_time_format (g_date_time_to_unix (next) * 1000);
}

/* The same day at noon here: a day's name is the same everywhere, its first moment there may be of another day here. */
char *
kith_capacity_day_name (KithCapacityDay *day)
{
  g_autoptr (GDateTime) begin = moment_there (day->zone, day->begin_ms);
  g_autoptr (GDateTime) noon = g_date_time_new_local (g_date_time_get_year (begin), g_date_time_get_month (begin), g_date_time_get_day_of_month (begin), 12, 0, 0);

  return kith_format_day (g_date_time_to_unix (noon) * 1000);
}

const char *
kith_capacity_day_weekday (KithCapacityDay *day)
{
  g_autoptr (GDateTime) begin = moment_there (day->zone, day->begin_ms);

  return codes[g_date_time_get_day_of_week (begin) - 1];
}

char *
kith_capacity_day_when (KithCapacityDay *day,
                        const char      *hour)
{
  g_autoptr (GDateTime) begin = moment_there (day->zone, day->begin_ms);
  g_autoptr (GDateTime) when = NULL;
  guint h, m;

  if (!hour || sscanf (hour, "%2u:%2u", &h, &m) != 2)
    return NULL;
  when = g_date_time_new (day->zone, g_date_time_get_year (begin), g_date_time_get_month (begin), g_date_time_get_day_of_month (begin), (int) h, (int) m, 0);
  return when ? kith_time_format (g_date_time_to_unix (when) * 1000) : NULL;
}

/* What is planned */

static KithRecord *
plan_of (KithRow *row)
{
  static const char *const texts[] = { "unit", "planned_on", "hour", "ends_on", "status", "note", "at", "done_on" };
  KithRecord *plan = kith_record_new (kith_kind_get ("capacity_plan"), kith_row_get_id (row));
  JsonNode *days = kith_row_get_text (row, "weekdays") ? json_from_string (kith_row_get_text (row, "weekdays"), NULL) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    kith_record_set_string (plan, texts[i], kith_row_get_text (row, texts[i]));
  if (kith_row_get_text (row, "free"))
    kith_record_set_int (plan, "free", kith_row_get_int (row, "free"));
  if (days)
    kith_record_set_node (plan, "weekdays", days);
  kith_record_set_bool (plan, "live", TRUE);
  return plan;
}

static int
by_hour (gconstpointer a,
         gconstpointer b)
{
  return g_strcmp0 (kith_record_string (*(KithRecord *const *) a, "hour"), kith_record_string (*(KithRecord *const *) b, "hour"));
}

/* As the hub's clock will have it (kith_capacity_plan_due ()). */
static gboolean
will_be_entered (KithRecord      *plan,
                 GPtrArray       *plans,
                 KithCapacityDay *day)
{
  g_autofree char *at = kith_capacity_day_when (day, kith_record_string (plan, "hour"));
  const char *done = kith_record_string (plan, "done_on"), *made = kith_record_string (plan, "at");

  return at && (!made || strcmp (made, at) <= 0) && (!done || strcmp (day->iso, done) > 0) && kith_capacity_plan_is_for (plan, day->iso) &&
         kith_capacity_plan_stands (plan, plans, day->iso, at);
}

/* What was counted */

static void
take_counts (KithCapacityDay *day,
             gint64           end_ms,
             GPtrArray       *counts)
{
  g_clear_object (&day->entered);
  g_clear_object (&day->counted);
  for (guint i = 0; counts && i < counts->len; i++)
    {
      gint64 ms;

      if (!kith_time_parse (kith_row_get_text (counts->pdata[i], "observed_at"), &ms) || ms < day->begin_ms || ms >= end_ms)
        continue;
      g_set_object (kith_row_get_text (counts->pdata[i], "plan") ? &day->entered : &day->counted, counts->pdata[i]);
    }
}

void
kith_capacity_week_fill (GPtrArray  *week,
                         GPtrArray  *plans,
                         const char *unit,
                         GPtrArray  *counts,
                         gint64      now_ms)
{
  g_autofree char *today = kith_capacity_today (((KithCapacityDay *) week->pdata[0])->zone, now_ms);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; plans && i < plans->len; i++)
    if (g_strcmp0 (kith_row_get_text (plans->pdata[i], "unit"), unit) == 0)
      g_ptr_array_add (all, plan_of (plans->pdata[i]));
  for (guint i = 0; i < week->len; i++)
    {
      KithCapacityDay *day = week->pdata[i];

      g_ptr_array_set_size (day->plans, 0);
      for (guint k = 0; strcmp (day->iso, today) >= 0 && k < all->len; k++)
        if (will_be_entered (all->pdata[k], all, day))
          g_ptr_array_add (day->plans, g_object_ref (all->pdata[k]));
      g_ptr_array_sort (day->plans, by_hour);
      take_counts (day, i + 1 < week->len ? ((KithCapacityDay *) week->pdata[i + 1])->begin_ms : G_MAXINT64, counts);
    }
}

/* Words */

static char *
plan_amount (KithRecord *plan)
{
  g_autofree char *free = g_strdup_printf ("%d", (int) kith_record_int (plan, "free"));

  return kith_record_has (plan, "free") ? g_strdup_printf (_("%s free"), free) : g_strdup (kith_format_code ("capacity_status", kith_record_string (plan, "status")));
}

/* "08:05" there, as the hours of plans are written */
static char *
hour_of (KithCapacityDay *day,
         KithRow         *count)
{
  gint64 ms = 0;
  g_autoptr (GDateTime) when = NULL;

  kith_time_parse (kith_row_get_text (count, "observed_at"), &ms);
  when = moment_there (day->zone, ms);
  return g_date_time_format (when, "%H:%M");
}

char *
kith_capacity_day_planned (KithCapacityDay *day)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (day->entered)
    {
      g_autofree char *hour = hour_of (day, day->entered);
      g_autofree char *amount = kith_capacity_amount (day->entered);

      /* Translators: at what time of day, and how many places are free then */
      g_string_append_printf (words, _("%s: %s"), hour, amount);
    }
  for (guint i = 0; i < day->plans->len; i++)
    {
      KithRecord *plan = day->plans->pdata[i];
      g_autofree char *amount = plan_amount (plan);
      g_autofree char *weekly = g_strdup_printf (_("%s, every week"), amount);

      if (words->len > 0)
        g_string_append_c (words, '\n');
      g_string_append_printf (words, _("%s: %s"), kith_record_string (plan, "hour"), kith_record_string (plan, "planned_on") ? amount : weekly);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

char *
kith_capacity_day_counted (KithCapacityDay *day)
{
  g_autofree char *hour = NULL;
  g_autofree char *amount = NULL;

  if (!day->counted)
    return NULL;
  hour = hour_of (day, day->counted);
  amount = kith_capacity_amount (day->counted);
  return g_strdup_printf (_("%s: %s"), hour, amount);
}
