/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* What a row of client-documents says: what it is, who attached it, where its bytes are, and what can be done with it. */
void kith_document_row_show (AdwActionRow *line, KithRow *row, gint64 now);

G_END_DECLS
