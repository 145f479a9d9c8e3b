/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

#define KITH_TYPE_SERVICE_ROW (kith_service_row_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceRow, kith_service_row, KITH, SERVICE_ROW, KithListRow)

/* A row of a list of services. */
char *kith_service_row_free_words (KithRow *row, gint64 now_ms); /* "3 free, counted 07:42". Yours; NULL: none free, or not counted */
const char *kith_service_row_open_words (KithRow *row);          /* why it is not sure that it is open now; NULL: it is, or nobody asked */

G_END_DECLS
