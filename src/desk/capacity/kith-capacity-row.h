/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One service's places of one kind: what was counted, a stepper to change it, and, opened, what is planned, held and was counted before.
 * A changed number is not told to anybody before Enter. */
#define KITH_TYPE_CAPACITY_ROW (kith_capacity_row_get_type ())
G_DECLARE_FINAL_TYPE (KithCapacityRow, kith_capacity_row, KITH, CAPACITY_ROW, AdwExpanderRow)

GtkWidget *kith_capacity_row_new (KithContext *context, gboolean editable); /* P9: else it is only looked at */
void kith_capacity_row_show (KithCapacityRow *self, KithRow *row); /* of capacity-own; what is being changed stays */
KithRow *kith_capacity_row_get_row (KithCapacityRow *self);
void kith_capacity_row_set_narrow (KithCapacityRow *self, gboolean narrow);
gboolean kith_capacity_row_is_changed (KithCapacityRow *self);
void kith_capacity_row_step (KithCapacityRow *self, int by);
void kith_capacity_row_type (KithCapacityRow *self, const char *digit); /* a number begun with the row in focus */
gboolean kith_capacity_row_save (KithCapacityRow *self);           /* FALSE: nothing was changed */
void kith_capacity_row_flush (KithCapacityRow *self);              /* what is typed and not saved goes into its draft now */
gboolean kith_capacity_row_confirm (KithCapacityRow *self);        /* the same as last time; FALSE: it was for a time that is over */
void kith_capacity_row_hold (KithCapacityRow *self);               /* a free place, for whoever has waited longest */

G_END_DECLS
