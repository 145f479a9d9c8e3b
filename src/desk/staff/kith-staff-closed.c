/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-closed.h"

#include <glib/gi18n.h>

#include "kith-actor.h"
#include "kith-clock.h"
#include "kith-format.h"

/* The seven days before this week's Monday. */
static void
last_week (KithContext *context,
           GDateTime  **begin,
           GDateTime  **end)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kith_context_get_now (context) / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);

  *end = g_date_time_add_days (today, 1 - g_date_time_get_day_of_week (now));
  *begin = g_date_time_add_days (*end, -7);
}

KithWatch *
kith_staff_closed_watch_new (KithContext  *context,
                             const char   *staff,
                             KithWatchFunc func,
                             gpointer      user_data)
{
  static const char *const kinds[] = { "referral", "referral_event", NULL };
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));
  g_autoptr (GDateTime) begin = NULL, end = NULL;
  g_autofree char *from = NULL, *to = NULL;
  const char *args[] = { staff, kith_context_get_agency (context), NULL, NULL, NULL };

  if (!actor || !kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR)) /* who has not all referrals here would count too few */
    return NULL;
  last_week (context, &begin, &end);
  args[2] = from = kith_time_format (g_date_time_to_unix (begin) * 1000);
  args[3] = to = kith_time_format (g_date_time_to_unix (end) * 1000);
  return kith_watch_new_args (context, "staff-closed", kinds, args, func, user_data);
}

char *
kith_staff_closed_words (KithContext *context,
                         int          n)
{
  g_autoptr (GDateTime) begin = NULL, end = NULL, sunday = NULL;
  g_autofree char *first_iso = NULL, *last_iso = NULL, *first = NULL, *last = NULL, *week = NULL;

  last_week (context, &begin, &end);
  sunday = g_date_time_add_days (end, -1);
  first = kith_format_date (first_iso = g_date_time_format (begin, "%Y-%m-%d"));
  last = kith_format_date (last_iso = g_date_time_format (sunday, "%Y-%m-%d"));
  week = g_strdup_printf (_("%s to %s"), first, last);
  /* Translators: how many referrals somebody closed, and in which week: "2 referrals, 16 Nov 2026 to 22 Nov 2026" */
  return g_strdup_printf (ngettext ("%d referral, %s", "%d referrals, %s", (gulong) n), n, week);
}
