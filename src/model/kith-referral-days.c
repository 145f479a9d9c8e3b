/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By when an answer is due: working days of the receiver, in its own time zone. */

#include "kith-clock.h"
#include "kith-id.h"
#include "kith-referral-rules.h"
#include "kith-text.h"

static gboolean
get_settings (KithWorld *world, const char *agency, KithRecord **settings, GError **error)
{
  g_autofree char *id = kith_id_natural ("agency_settings", agency);
  g_autoptr (GError) local = NULL;

  *settings = kith_world_get (world, "agency_settings", id, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * kith_agency_zone:
 * @agency: (nullable): whose clock counts; unknown or not set: UTC
 *
 * Returns: (transfer full) (nullable): the agency's time zone; %NULL when the world failed
 */
GTimeZone *
kith_agency_zone (KithWorld *world, const char *agency, GError **error)
{
  g_autoptr (KithRecord) settings = NULL;
  GTimeZone *zone = NULL;

  if (agency != NULL && !get_settings (world, agency, &settings, error))
    return NULL;
  if (settings != NULL && kith_record_string (settings, "time_zone") != NULL)
    zone = g_time_zone_new_identifier (kith_record_string (settings, "time_zone"));
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/**
 * kith_referral_day:
 * @agency: whose time zone counts; unknown or not set: UTC
 *
 * Returns: (transfer full) (nullable): the ISO day it is there at @time_ms; %NULL when the world failed
 */
char *
kith_referral_day (KithWorld *world, const char *agency, gint64 time_ms, GError **error)
{
  g_autoptr (GTimeZone) zone = kith_agency_zone (world, agency, error);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autoptr (GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (there == NULL)
    return NULL;
  return g_date_time_format (there, "%Y-%m-%d");
}

static gboolean
add_closed_days (KithWorld *world, const char *scope, GHashTable *closed, GError **error)
{
  g_autoptr (GPtrArray) days = kith_world_find (world, scope, "calendar_day", NULL, NULL, NULL, error);

  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    {
      KithRecord *day = g_ptr_array_index (days, i);

      if (kith_record_bool (day, "closed") && kith_record_string (day, "date") != NULL)
        g_hash_table_add (closed, g_strdup (kith_record_string (day, "date")));
    }
  return TRUE;
}

/**
 * kith_referral_add_working_days:
 * @day: ISO day to count from; it is not counted itself
 *
 * Returns: (transfer full) (nullable): the @n-th working day after @day; %NULL when the world failed or @day is no day
 */
char *
kith_referral_add_working_days (KithWorld *world, const char *agency, const char *day, guint n, GError **error)
{
  g_autoptr (GHashTable) closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  GDate date;
  char text[16];
  guint left = 3660; /* a calendar of nothing but closed days ends here */

  if (!add_closed_days (world, "dir", closed, error) || !add_closed_days (world, scope, closed, error))
    return NULL;
  if (!kith_text_is_date (day))
    {
      g_set_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID, "%s is not a day", day);
      return NULL;
    }
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_ascii_strtoull (day + 8, NULL, 10),
                  (GDateMonth) g_ascii_strtoull (day + 5, NULL, 10), (GDateYear) g_ascii_strtoull (day, NULL, 10));
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  for (; n > 0 && left > 0; left--)
    {
      g_date_add_days (&date, 1);
      g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
      if (g_date_get_weekday (&date) <= G_DATE_FRIDAY && !g_hash_table_contains (closed, text))
        n--;
    }
  return g_strdup (text);
}

const char *
kith_referral_answerer (KithRecord *referral)
{
  const char *agency = kith_record_string (referral, "agency_to");

  return agency == NULL && kith_record_string (referral, "queue") != NULL ? "network" : agency;
}

char *
kith_referral_last_day (KithWorld *world, KithRecord *referral, GError **error)
{
  const char *agency = kith_referral_answerer (referral);
  const char *due = kith_record_string (referral, "due_on");
  g_autoptr (KithRecord) settings = NULL;
  gint64 grace = KITH_GRACE_DAYS;

  if (agency == NULL || due == NULL)
    return NULL;
  if (!get_settings (world, agency, &settings, error))
    return NULL;
  if (settings != NULL && json_object_has_member (kith_record_get_body (settings), "grace_days"))
    grace = CLAMP (kith_record_int (settings, "grace_days"), 0, 366);
  return kith_referral_add_working_days (world, agency, due, (guint) grace, error);
}

gboolean
kith_referral_is_away (KithRecord *staff, const char *day)
{
  const char *from = kith_record_string (staff, "away_from"), *until = kith_record_string (staff, "away_until");

  return from != NULL && strcmp (from, day) <= 0 && (until == NULL || strcmp (day, until) <= 0);
}

/**
 * kith_referral_reminder:
 * @reminder: (out): the furthest that has come, told or not; NONE: it waits for no answer, or its day is still to come
 *
 * Days are the receiver's, in its time zone (domain.md 1e: two days to answer and two of grace).
 *
 * Returns: %FALSE: the world failed
 */
gboolean
kith_referral_reminder (KithWorld *world, KithRecord *referral, gint64 now_ms, KithReferralReminder *reminder, GError **error)
{
  const char *due = kith_record_string (referral, "due_on");
  g_autofree char *today = NULL;
  g_autofree char *last = NULL;

  *reminder = KITH_REMINDER_NONE;
  if (due == NULL || !kith_record_is (referral, "phase", "sent"))
    return TRUE;
  today = kith_referral_day (world, kith_referral_answerer (referral), now_ms, error);
  if (today == NULL)
    return FALSE;
  if (strcmp (today, due) < 0)
    return TRUE;
  last = kith_referral_last_day (world, referral, error);
  if (last == NULL)
    return FALSE;
  if (strcmp (today, last) > 0)
    *reminder = KITH_REMINDER_EXPIRED;
  else if (strcmp (today, last) == 0)
    *reminder = KITH_REMINDER_LAST; /* without grace: the day it is due */
  else
    *reminder = strcmp (today, due) == 0 ? KITH_REMINDER_DUE : KITH_REMINDER_OVERDUE;
  return TRUE;
}
