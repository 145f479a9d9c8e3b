/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The windows that ask for more than a number. row: of capacity-own. */
JsonObject *kith_capacity_arguments (KithRow *row); /* the service and the unit, as the operations name them. Yours */
/* "17:00": when the service opens on that day of the week ("FR"), or (NULL) on any, as far as the directory says; else the morning. Yours */
char *kith_capacity_opening_hour (KithRow *row, const char *weekday);
void kith_capacity_ask_edit (GtkWidget *widget, KithContext *context, KithRow *row);  /* state, note and all else; sends what was changed */
void kith_capacity_ask_plan (GtkWidget *widget, KithContext *context, KithRow *row);  /* ahead of time */
/* The same for one day, or, with the switch, for every such day of the week. weekly: "Every Friday"; free: −1: nothing is said; hour: or NULL */
void kith_capacity_ask_day (GtkWidget *widget, KithContext *context, KithRow *row, const char *day, const char *weekday, const char *weekly, gboolean every, int free,
                            const char *hour);
void kith_capacity_ask_other (GtkWidget *widget, KithContext *context, KithRow *row); /* another unit of the same service, beside this one */
void kith_capacity_stop (GtkWidget *widget, KithContext *context, KithRow *row);      /* this unit is not counted any more; can be undone */
/* The first count of a service. unit: what is likely; NULL: nothing is. */
void kith_capacity_ask_first (GtkWidget *widget, KithContext *context, const char *service, const char *title, const char *unit);

G_END_DECLS
