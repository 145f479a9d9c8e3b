/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* row: of the query drafts-begun. Where it is written on. Yours; NULL: it has no line, as its record is not here, or not for this account
 * title: (out) (nullable) */
char *kith_today_draft_place (KithContext *context, KithRow *row, const char **title);

G_END_DECLS
