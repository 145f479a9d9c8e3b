/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-format.h"

G_BEGIN_DECLS

/* What a field said before, who made it say something else, and when: row: of client-changes or contact-changes. */
void kith_change_line_show (AdwActionRow *line, KithRow *row, gint64 now_ms);

G_END_DECLS
