/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

#define KITH_TYPE_SERVICE_ROW (kith_service_row_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceRow, kith_service_row, KITH, SERVICE_ROW, KithListRow)

/* A row of a list of services. */
char *kith_service_row_free_words (KithRow *row, gint64 now_ms); /* "3 free, counted 07:42". Yours; NULL: none free, or not counted */
char *kith_service_row_why_words (KithRow *row); /* how far away, and why it is found where it was asked for: "Serves Vista", or is not sure to fit: "Place not known". Yours; NULL: nobody asked */

gboolean kith_service_row_is_own (gpointer row, KithContext *context); /* of a list or a search: the agency of whoever is signed in has it */

G_END_DECLS
