/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* A case in a list: whose it is, what it is about, and what comes next. */
#define KITH_TYPE_CASE_ROW (kith_case_row_get_type ())
G_DECLARE_FINAL_TYPE (KithCaseRow, kith_case_row, KITH, CASE_ROW, KithListRow)

/* What a pill says of a case. */
const char *kith_case_phase_icon (const char *phase);
const char *kith_case_phase_tone (const char *phase);

G_END_DECLS
