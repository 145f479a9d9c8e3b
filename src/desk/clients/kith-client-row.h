/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* Name, birth date and age, number; whether there is a consent, whether it is mine, whether it has been sent. */
#define KITH_TYPE_CLIENT_ROW (kith_client_row_get_type ())
G_DECLARE_FINAL_TYPE (KithClientRow, kith_client_row, KITH, CLIENT_ROW, KithListRow)

char *kith_client_row_name (KithRow *row); /* of any query that brings the names */
char *kith_client_row_also (KithRow *row); /* the same: another name, in words */

void kith_client_rows_take (GListStore *found, GPtrArray *rows);

G_END_DECLS
