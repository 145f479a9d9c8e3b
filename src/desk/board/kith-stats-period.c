/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-stats-period.h"

#include <glib/gi18n.h>

#include "kith-clock.h"

static const char *const names[KITH_STATS_N_PERIODS] = { N_("Last 30 days"), N_("This month"), N_("Last month"), N_("Last 90 days"), N_("This year"), N_("Ever") };

const char *
kith_stats_period_name (KithStatsPeriod period)
{
  return _(names[MIN (period, KITH_STATS_N_PERIODS - 1)]);
}

void
kith_stats_period_bounds (KithStatsPeriod period, gint64 now_ms, char **from, char **to)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) month = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);
  g_autoptr (GDateTime) begin = NULL, end = g_date_time_add_days (today, 1);

  switch (period)
    {
    case KITH_STATS_LAST_30_DAYS: begin = g_date_time_add_days (today, -29); break;
    case KITH_STATS_THIS_MONTH: begin = g_date_time_ref (month); break;
    case KITH_STATS_LAST_MONTH:
      begin = g_date_time_add_months (month, -1);
      g_clear_pointer (&end, g_date_time_unref);
      end = g_date_time_ref (month);
      break;
    case KITH_STATS_LAST_90_DAYS: begin = g_date_time_add_days (today, -89); break;
    case KITH_STATS_THIS_YEAR: begin = g_date_time_new_local (g_date_time_get_year (now), 1, 1, 0, 0, 0); break;
    case KITH_STATS_EVER:
    case KITH_STATS_N_PERIODS:
    default: break;
    }
  *from = begin ? kith_time_format (g_date_time_to_unix (begin) * 1000) : g_strdup ("");
  *to = kith_time_format (g_date_time_to_unix (end) * 1000);
}
