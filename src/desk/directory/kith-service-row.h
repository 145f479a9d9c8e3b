/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

#define KITH_TYPE_SERVICE_ROW (kith_service_row_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceRow, kith_service_row, KITH, SERVICE_ROW, KithListRow)

/* A row of a list of services. */
char *kith_service_row_free_words (KithRow *row, gint64 now_ms); /* "3 free, counted 07:42". Yours; NULL: none free, or not counted */
char *kith_service_row_unsure_words (KithRow *row); /* why it is not sure that it fits what was asked, or that it does not: "Place not known". Yours; NULL: it does, or nobody asked */

G_END_DECLS
