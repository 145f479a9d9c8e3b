/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* A week of one service's places, seven days side by side, or below one another where there is no room: what is planned and what was counted on each (P4).
 * Arrows move from day to day, Page Up and Page Down from week to week. A number typed on a day is nobody's before Enter plans it for that day, or W
 * for every such day of the week; Enter or a click without a number opens a window that asks for all else; Delete cancels what is planned. */
#define KITH_TYPE_CAPACITY_WEEK (kith_capacity_week_get_type ())
G_DECLARE_FINAL_TYPE (KithCapacityWeek, kith_capacity_week, KITH, CAPACITY_WEEK, GtkBox)

GtkWidget *kith_capacity_week_widget_new (KithContext *context, KithRow *row, gboolean editable); /* row: of capacity-own */
void kith_capacity_week_describe (KithCapacityWeek *self, KithRow *row);                          /* how many there are, and are kept back */
void kith_capacity_week_flush (KithCapacityWeek *self);                                           /* what is typed goes into its draft now */

G_END_DECLS
