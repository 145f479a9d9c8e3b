/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-json.h"
#include "print/kith-catalogue.h"

G_BEGIN_DECLS

/* Opening hours as people read them. One line per group of days, in the order of the week: "Mon–Fri" and "8:30–12:00, 13:00–17:30". Days with
 * the same hours share a line; what is not weekly, or is only for a season, has one of its own. Pure. */
typedef struct
{
  char *days;  /* never NULL */
  char *times; /* never NULL; with the note in it */
} KithHoursLine;

/* schedules: of HSDS's `schedules`, or NULL. Times are those of the place; nothing is converted.
 * (element-type KithHoursLine) (transfer full) */
GPtrArray *kith_hours_describe (JsonArray *schedules);
GPtrArray *kith_hours_describe_in (JsonArray *schedules, const KithCatalogue *in); /* in the language of a paper */

G_END_DECLS
