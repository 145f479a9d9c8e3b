/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By when an answer is due: working days of the receiver, in its own time zone. */

#include "kith-clock.h"
#include "kith-id.h"
#include "kith-referral-rules.h"
#include "kith-text.h"

/* What an agency's days depend on. */
typedef struct
{
  GTimeZone *zone;
  gboolean said; /* by the agency; else it is UTC */
  guint grace;
  GHashTable *closed; /* ISO days; NULL: not read yet */
} Agency;

struct _KithReferralDays
{
  KithWorld *world;
  GHashTable *agencies; /* id → Agency */
  GHashTable *closed;   /* of the whole network; NULL: not read yet */
};

static void
agency_free (gpointer data)
{
  Agency *self = data;

  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->closed, g_hash_table_unref);
  g_free (self);
}

KithReferralDays *
kith_referral_days_new (KithWorld *world)
{
  KithReferralDays *self = g_new0 (KithReferralDays, 1);

  self->world = g_object_ref (world);
  self->agencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, agency_free);
  return self;
}

/**
 * kith_referral_days_free:
 * @self: (transfer full): not NULL
 */
void
kith_referral_days_free (KithReferralDays *self)
{
  g_object_unref (self->world);
  g_hash_table_unref (self->agencies);
  g_clear_pointer (&self->closed, g_hash_table_unref);
  g_free (self);
}

/* agency NULL: of nobody, the defaults. NULL: the world failed. */
static Agency *
get_agency (KithReferralDays *self, const char *agency, GError **error)
{
  Agency *known = g_hash_table_lookup (self->agencies, agency != NULL ? agency : "");
  g_autofree char *id = agency != NULL ? kith_id_natural ("agency_settings", agency) : NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (KithRecord) shown = NULL;
  gint64 grace = KITH_GRACE_DAYS;

  if (known != NULL)
    return known;
  settings = id != NULL ? kith_world_get (self->world, "agency_settings", id, &local) : NULL;
  if (local == NULL && agency != NULL && (settings == NULL || kith_record_string (settings, "time_zone") == NULL)) /* whoever holds no settings: agency.configure */
    shown = kith_world_get (self->world, "organization", agency, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  known = g_new0 (Agency, 1);
  if (settings != NULL && kith_record_string (settings, "time_zone") != NULL)
    known->zone = g_time_zone_new_identifier (kith_record_string (settings, "time_zone"));
  else if (shown != NULL && kith_record_string (shown, "time_zone") != NULL)
    known->zone = g_time_zone_new_identifier (kith_record_string (shown, "time_zone"));
  known->said = known->zone != NULL;
  if (!known->said)
    known->zone = g_time_zone_new_utc ();
  if (settings != NULL && json_object_has_member (kith_record_get_body (settings), "grace_days"))
    grace = kith_record_int (settings, "grace_days");
  known->grace = (guint) CLAMP (grace, 0, 366);
  g_hash_table_insert (self->agencies, g_strdup (agency != NULL ? agency : ""), known);
  return known;
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
  g_autoptr (KithReferralDays) days = kith_referral_days_new (world);
  Agency *known = get_agency (days, agency, error);

  return known != NULL ? g_time_zone_ref (known->zone) : NULL;
}

/**
 * kith_agency_find_zone:
 * @agency: (nullable): whose clock counts
 * @zone: (out) (transfer full) (nullable): the time zone that the agency says; %NULL: it says none, or one that is not known here
 *
 * Returns: FALSE: the world failed
 */
gboolean
kith_agency_find_zone (KithWorld *world, const char *agency, GTimeZone **zone, GError **error)
{
  g_autoptr (KithReferralDays) days = kith_referral_days_new (world);
  Agency *known = get_agency (days, agency, error);

  *zone = known != NULL && known->said ? g_time_zone_ref (known->zone) : NULL;
  return known != NULL;
}

static char *
day_there (KithReferralDays *self, const char *agency, gint64 time_ms, GError **error)
{
  Agency *known = get_agency (self, agency, error);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autoptr (GDateTime) there = known != NULL ? g_date_time_to_timezone (utc, known->zone) : NULL;

  return there != NULL ? g_date_time_format (there, "%Y-%m-%d") : NULL;
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
  g_autoptr (KithReferralDays) days = kith_referral_days_new (world);

  return day_there (days, agency, time_ms, error);
}

static GHashTable *
read_closed_days (KithWorld *world, const char *scope, GError **error)
{
  g_autoptr (GPtrArray) days = kith_world_find (world, scope, "calendar_day", NULL, NULL, NULL, error);
  GHashTable *closed;

  if (days == NULL)
    return NULL;
  closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < days->len; i++)
    {
      KithRecord *day = g_ptr_array_index (days, i);

      if (kith_record_bool (day, "closed") && kith_record_string (day, "date") != NULL)
        g_hash_table_add (closed, g_strdup (kith_record_string (day, "date")));
    }
  return closed;
}

static gboolean
need_calendars (KithReferralDays *self, const char *agency, Agency *known, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);

  if (self->closed == NULL)
    self->closed = read_closed_days (self->world, "dir", error);
  if (self->closed != NULL && known->closed == NULL)
    known->closed = read_closed_days (self->world, scope, error);
  return self->closed != NULL && known->closed != NULL;
}

static char *
add_working_days (KithReferralDays *self, const char *agency, const char *day, guint n, GError **error)
{
  Agency *known = get_agency (self, agency, error);
  GDate date;
  char text[16];
  guint left = 3660; /* a calendar of nothing but closed days ends here */

  if (known == NULL || !need_calendars (self, agency, known, error))
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
      if (g_date_get_weekday (&date) <= G_DATE_FRIDAY && !g_hash_table_contains (self->closed, text) && !g_hash_table_contains (known->closed, text))
        n--;
    }
  return g_strdup (text);
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
  g_autoptr (KithReferralDays) days = kith_referral_days_new (world);

  return add_working_days (days, agency, day, n, error);
}

const char *
kith_referral_answerer (KithRecord *referral)
{
  const char *agency = kith_record_string (referral, "agency_to");

  return agency == NULL && kith_record_string (referral, "queue") != NULL ? "network" : agency;
}

/* The last day before an unanswered referral expires: the day it is due and the receiver's grace. */
static char *
last_day (KithReferralDays *self, KithRecord *referral, const char *due, GError **error)
{
  const char *agency = kith_referral_answerer (referral);
  Agency *known = agency != NULL ? get_agency (self, agency, error) : NULL;

  return known != NULL ? add_working_days (self, agency, due, known->grace, error) : NULL;
}

gboolean
kith_referral_is_away (KithRecord *staff, const char *day)
{
  const char *from = kith_record_string (staff, "away_from"), *until = kith_record_string (staff, "away_until");

  return from != NULL && strcmp (from, day) <= 0 && (until == NULL || strcmp (day, until) <= 0);
}

/**
 * kith_referral_days_reminder:
 * @reminder: (out): the furthest that has come, told or not; NONE: it waits for no answer, or its day is still to come
 *
 * Days are the receiver's, in its time zone (domain.md 1e: two days to answer and two of grace).
 *
 * Returns: %FALSE: the world failed
 */
gboolean
kith_referral_days_reminder (KithReferralDays *self, KithRecord *referral, gint64 now_ms, KithReferralReminder *reminder, GError **error)
{
  g_autoptr (KithRecord) course = NULL;
  const char *due;
  g_autofree char *today = NULL;
  g_autofree char *last = NULL;

  *reminder = KITH_REMINDER_NONE;
  if (!kith_record_is (referral, "phase", "sent") || kith_referral_answerer (referral) == NULL)
    return TRUE;
  if (!kith_referral_get_course (self->world, referral, &course, error))
    return FALSE;
  due = course != NULL ? kith_record_string (course, "due_on") : NULL;
  if (due == NULL)
    return TRUE;
  today = day_there (self, kith_referral_answerer (referral), now_ms, error);
  if (today == NULL)
    return FALSE;
  if (strcmp (today, due) < 0)
    return TRUE;
  last = last_day (self, referral, due, error);
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

gboolean
kith_referral_reminder (KithWorld *world, KithRecord *referral, gint64 now_ms, KithReferralReminder *reminder, GError **error)
{
  g_autoptr (KithReferralDays) days = kith_referral_days_new (world);

  return kith_referral_days_reminder (days, referral, now_ms, reminder, error);
}
