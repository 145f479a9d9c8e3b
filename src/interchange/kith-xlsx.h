/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-sheet.h"

G_BEGIN_DECLS

/* The first visible sheet of an Excel workbook (.xlsx, ECMA-376). Cells are read as a person sees them: dates as ISO text, numbers
 * without a trail of digits, postcodes with the zeros their format shows. Formulas give the value Excel kept. */
KithSheet *kith_xlsx_open (const char *path, GError **error);

G_END_DECLS
