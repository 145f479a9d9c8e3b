/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* A client somebody works with, and what hangs on it; of "staff-holds" or "staff-waits". Can be dragged onto a colleague; action staff.take
 * (client id) tells that it goes along. */
#define KITH_TYPE_HOLD_ROW (kith_hold_row_get_type ())
G_DECLARE_FINAL_TYPE (KithHoldRow, kith_hold_row, KITH, HOLD_ROW, KithListRow)

char *kith_hold_name (KithRow *row); /* of the client. Yours */

G_END_DECLS
