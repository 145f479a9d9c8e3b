/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* When a plan of free places is due (P4): for the hub's clock, and for the page that shows what comes next. */

/* The latest day up to now for which the plan is to be entered and was not yet: *day (ISO day) and *at (its hour in UTC), both NULL when
 * none is due. Days that passed while the hub was down are overtaken by later ones. FALSE: the world failed. */
gboolean kith_capacity_plan_due (KithWorld *world, KithRecord *plan, gint64 now_ms, char **day, char **at, GError **error);

/* Is it for that ISO day, whatever was entered? */
gboolean kith_capacity_plan_is_for (KithRecord *plan, const char *day);

/* Which of several is entered where they are for one hour of one day: one for that day alone goes before those of every week, of two alike the one that was made
 * last. plans: all that may be in its way; at: the hour in UTC. */
gboolean kith_capacity_plan_stands (KithRecord *plan, GPtrArray *plans, const char *day, const char *at);

G_END_DECLS
