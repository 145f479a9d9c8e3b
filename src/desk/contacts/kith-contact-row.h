/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* One call: whose, when, how many needs are open, and where what was made of it stands. */
#define KITH_TYPE_CONTACT_ROW (kith_contact_row_get_type ())
G_DECLARE_FINAL_TYPE (KithContactRow, kith_contact_row, KITH, CONTACT_ROW, KithListRow)

G_END_DECLS
