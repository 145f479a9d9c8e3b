/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

#define KITH_STAFF_WAITING "unassigned" /* the row of "staff-load" for what waits for somebody */

/* A person with what they have in hand. Clients can be dropped on it: action staff.drop (staff id). */
#define KITH_TYPE_STAFF_ROW (kith_staff_row_get_type ())
G_DECLARE_FINAL_TYPE (KithStaffRow, kith_staff_row, KITH, STAFF_ROW, KithListRow)

char *kith_staff_counts (KithRow *row); /* "3 clients · 2 cases · 1 referral · 4 tasks". Yours */

G_END_DECLS
