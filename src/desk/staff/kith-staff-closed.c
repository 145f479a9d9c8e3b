/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-closed.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-day.h"
#include "kith-actor.h"
#include "kith-clock.h"
#include "kith-format.h"
#include "kith-watch.h"

struct _KithStaffClosed
{
  KithContext *context;
  char *staff;
  KithStaffClosedFunc func;
  gpointer user_data;
  KithWatch *zone_watch, *watch;
  GDateTime *begin, *end; /* of the week that is counted */
  int n;                  /* -1: not known yet */
};

/* The seven days before this week's Monday. */
static void
find_week (KithStaffClosed *self,
           GTimeZone       *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (kith_context_get_now (self->context) / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) today = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);

  g_clear_pointer (&self->begin, g_date_time_unref);
  g_clear_pointer (&self->end, g_date_time_unref);
  self->end = g_date_time_add_days (today, 1 - g_date_time_get_day_of_week (now));
  self->begin = g_date_time_add_days (self->end, -7);
}

static void
closed_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithStaffClosed *self = user_data;

  self->n = rows->len > 0 ? (int) kith_row_get_int (rows->pdata[0], "n") : -1;
  self->func (self->user_data);
}

static void
zone_cb (GPtrArray *rows,
         gpointer   user_data)
{
  static const char *const kinds[] = { "referral", "referral_event", NULL };
  KithStaffClosed *self = user_data;
  g_autoptr (GTimeZone) zone = rows->len > 0 ? kith_capacity_zone (rows->pdata[0]) : g_time_zone_new_utc ();
  g_autofree char *from = NULL, *to = NULL;
  const char *args[] = { self->staff, kith_context_get_agency (self->context), NULL, NULL, NULL };

  find_week (self, zone);
  args[2] = from = kith_time_format (g_date_time_to_unix (self->begin) * 1000);
  args[3] = to = kith_time_format (g_date_time_to_unix (self->end) * 1000);
  self->n = -1;
  g_clear_object (&self->watch);
  self->watch = kith_watch_new_args (self->context, "staff-closed", kinds, args, closed_cb, self);
}

KithStaffClosed *
kith_staff_closed_new (KithContext        *context,
                       const char         *staff,
                       KithStaffClosedFunc func,
                       gpointer            user_data)
{
  static const char *const kinds[] = { "agency_settings", "organization", NULL };
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));
  KithStaffClosed *self;

  if (!actor || !kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR)) /* who has not all referrals here would count too few */
    return NULL;
  self = g_new0 (KithStaffClosed, 1);
  self->context = g_object_ref (context);
  self->staff = g_strdup (staff);
  self->func = func;
  self->user_data = user_data;
  self->n = -1;
  self->zone_watch = kith_watch_new (context, "agency-zone", kinds, kith_context_get_agency (context), zone_cb, self);
  return self;
}

void
kith_staff_closed_free (KithStaffClosed *self)
{
  g_clear_object (&self->zone_watch);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->begin, g_date_time_unref);
  g_clear_pointer (&self->end, g_date_time_unref);
  g_object_unref (self->context);
  g_free (self->staff);
  g_free (self);
}

char *
kith_staff_closed_words (KithStaffClosed *self)
{
  g_autoptr (GDateTime) sunday = NULL;
  g_autofree char *first_iso = NULL, *last_iso = NULL, *first = NULL, *last = NULL, *week = NULL;

  if (self->n < 0)
    return NULL;
  sunday = g_date_time_add_days (self->end, -1);
  first = kith_format_date (first_iso = g_date_time_format (self->begin, "%Y-%m-%d"));
  last = kith_format_date (last_iso = g_date_time_format (sunday, "%Y-%m-%d"));
  week = g_strdup_printf (_("%s to %s"), first, last);
  /* Translators: how many referrals somebody closed, and in which week: "2 referrals, 16 Nov 2026 to 22 Nov 2026" */
  return g_strdup_printf (ngettext ("%d referral, %s", "%d referrals, %s", (gulong) self->n), self->n, week);
}
