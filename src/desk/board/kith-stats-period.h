/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The times whose numbers are counted. */
typedef enum
{
  KITH_STATS_LAST_30_DAYS,
  KITH_STATS_THIS_MONTH,
  KITH_STATS_LAST_MONTH,
  KITH_STATS_LAST_90_DAYS,
  KITH_STATS_THIS_YEAR,
  KITH_STATS_EVER,
  KITH_STATS_N_PERIODS
} KithStatsPeriod;

const char *kith_stats_period_name (KithStatsPeriod period);
/* From the beginning of a day of this computer's to the end of another, as wire times, transfer full; from "": since ever */
void kith_stats_period_bounds (KithStatsPeriod period, gint64 now_ms, char **from, char **to);

G_END_DECLS
