/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

#define KITH_TYPE_SERVICE_ROW (kith_service_row_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceRow, kith_service_row, KITH, SERVICE_ROW, KithListRow)

G_END_DECLS
