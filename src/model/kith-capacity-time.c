/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-capacity-time.h"

#include "kith-clock.h"
#include "kith-referral-rules.h"

/* The last day of the day, week (to Sunday) or month it was counted in. Yours; NULL: of none of these */
static GDateTime *
last_of_period (const char *period, GDateTime *counted)
{
  if (g_strcmp0 (period, "day") == 0)
    return g_date_time_ref (counted);
  if (g_strcmp0 (period, "week") == 0)
    return g_date_time_add_days (counted, 7 - g_date_time_get_day_of_week (counted));
  if (g_strcmp0 (period, "month") == 0)
    return g_date_time_add_days (counted, g_date_get_days_in_month ((GDateMonth) g_date_time_get_month (counted), (GDateYear) g_date_time_get_year (counted)) -
                                              g_date_time_get_day_of_month (counted));
  return NULL;
}

static GDateTime *
last_day (KithRecord *capacity, GTimeZone *zone)
{
  const char *until = kith_record_string (capacity, "until");
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) there = NULL;
  gint64 ms;

  if (until != NULL)
    return g_date_time_new (zone, (int) g_ascii_strtoll (until, NULL, 10), (int) g_ascii_strtoll (until + strlen ("2026-"), NULL, 10),
                            (int) g_ascii_strtoll (until + strlen ("2026-11-"), NULL, 10), 12, 0, 0);
  if (kith_record_string (capacity, "observed_at") == NULL || !kith_time_parse (kith_record_string (capacity, "observed_at"), &ms))
    return NULL;
  utc = g_date_time_new_from_unix_utc (ms / 1000);
  there = g_date_time_to_timezone (utc, zone);
  return last_of_period (kith_record_string (capacity, "period"), there);
}

gboolean
kith_capacity_ends (KithWorld *world, KithRecord *capacity, gint64 *ends_ms, GError **error)
{
  g_autoptr (GTimeZone) zone = kith_agency_zone (world, kith_record_string (capacity, "agency"), error);
  g_autoptr (GDateTime) last = zone != NULL ? last_day (capacity, zone) : NULL;
  g_autoptr (GDateTime) next = last != NULL ? g_date_time_add_days (last, 1) : NULL;
  g_autoptr (GDateTime) midnight = NULL;

  *ends_ms = G_MAXINT64;
  if (next != NULL)
    midnight = g_date_time_new (zone, g_date_time_get_year (next), g_date_time_get_month (next), g_date_time_get_day_of_month (next), 0, 0, 0);
  if (midnight != NULL)
    *ends_ms = g_date_time_to_unix (midnight) * 1000;
  return zone != NULL;
}

gboolean
kith_capacity_is_over (KithWorld *world, KithRecord *capacity, gint64 at_ms, gboolean *over, GError **error)
{
  gint64 ends_ms;

  *over = FALSE;
  if (!kith_capacity_ends (world, capacity, &ends_ms, error))
    return FALSE;
  *over = ends_ms <= at_ms;
  return TRUE;
}

/* Places of the service itself come before those one is assessed for, full or not; of either those where there is room. */
static guint
suits (KithRecord *places)
{
  return (kith_record_is (places, "kind", "assess") ? 0 : 2) + (kith_record_int (places, "free") > 0 ? 1 : 0);
}

gboolean
kith_capacity_for_referral (KithWorld *world, const char *service, gint64 at_ms, KithRecord **capacity, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  *capacity = NULL;
  if (service == NULL)
    return TRUE;
  found = kith_world_find (world, "dir", "capacity", "service", service, NULL, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      KithRecord *places = g_ptr_array_index (found, i);
      gboolean over;

      if (!kith_capacity_is_over (world, places, at_ms, &over, error))
        return FALSE;
      if (over || !kith_record_bool (places, "per_referral") || !kith_record_has (places, "free"))
        continue;
      if (*capacity == NULL || suits (places) > suits (*capacity))
        g_set_object (capacity, places);
    }
  return found != NULL;
}

gboolean
kith_capacity_says_words (JsonObject *count)
{
  static const char *const numbers[] = { "service", "unit", "free", "status", "observed_at", NULL };
  g_autoptr (GList) names = json_object_get_members (count);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (numbers, l->data))
      return TRUE;
  return FALSE;
}
