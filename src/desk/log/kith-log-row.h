/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* One entry of the access log: who did what, with whose record, and when. */
#define KITH_TYPE_LOG_ROW (kith_log_row_get_type ())
G_DECLARE_FINAL_TYPE (KithLogRow, kith_log_row, KITH, LOG_ROW, KithListRow)

char *kith_log_client (KithRow *row); /* name, or number where the record is not here; NULL: the entry is of no client. (transfer full) */
const char *kith_log_detail (KithRow *row); /* what was discarded, in words; else the entry's own detail. Borrowed; NULL: none */

G_END_DECLS
