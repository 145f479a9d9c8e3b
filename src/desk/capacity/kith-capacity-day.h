/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One day of a service's week (P4): what is planned for it, and what was counted on it. Days and hours are those of the
 * agency, by whose clock the hub enters what is planned. */
typedef struct
{
  char *iso;         /* "2026-11-27" */
  GTimeZone *zone;   /* the agency's */
  gint64 begin_ms;   /* its first moment there */
  GPtrArray *plans;  /* (element-type KithRecord): those that will be entered, in the order of their hours */
  KithRow *entered;  /* of capacity-week: the last count that a plan made; NULL: none */
  KithRow *counted;  /* the last that somebody made; NULL: none */
} KithCapacityDay;

#define KITH_CAPACITY_DAYS 7

/* By whose clock the week of a row of capacity-own is: UTC where the agency has set no time zone, as at the hub. Yours */
GTimeZone *kith_capacity_zone (KithRow *row);
char *kith_capacity_today (GTimeZone *zone, gint64 now_ms); /* the ISO day it is there. Yours */
/* The week that is so many weeks after this one, from its Monday on. (element-type KithCapacityDay). Yours */
GPtrArray *kith_capacity_week_new (GTimeZone *zone, gint64 now_ms, int weeks);
/* plans, counts: rows of capacity-plans and capacity-week, or NULL: not read yet; unit: of whose plans */
void kith_capacity_week_fill (GPtrArray *week, GPtrArray *plans, const char *unit, GPtrArray *counts, gint64 now_ms);
char *kith_capacity_week_end (GPtrArray *week);                      /* when the next one begins, as a wire time. Yours */
char *kith_capacity_day_name (KithCapacityDay *day);                 /* "Fri 27 Nov". Yours */
const char *kith_capacity_day_weekday (KithCapacityDay *day);        /* "FR" */
char *kith_capacity_day_planned (KithCapacityDay *day);              /* "08:00: 6 free, every week", a line for each hour; NULL: nothing. Yours */
char *kith_capacity_day_counted (KithCapacityDay *day);              /* "17:05: 4 free"; NULL: nothing. Yours */
char *kith_capacity_day_when (KithCapacityDay *day, const char *hour); /* that hour of it, as a wire time; NULL: not an hour. Yours */

G_END_DECLS
