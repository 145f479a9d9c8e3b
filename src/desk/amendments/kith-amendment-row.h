/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* What a client asks: whose record, the client's words, by when it is answered. */
#define KITH_TYPE_AMENDMENT_ROW (kith_amendment_row_get_type ())
G_DECLARE_FINAL_TYPE (KithAmendmentRow, kith_amendment_row, KITH, AMENDMENT_ROW, KithListRow)

char *kith_amendment_client (KithRow *row); /* name, or number where the record is not on this computer. Yours */

G_END_DECLS
