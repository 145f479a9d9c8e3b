/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that does nothing but tick what stands before its words: one stop of Tab, the box itself, and a click anywhere on the row. words: the box's name for a
 * screen reader. In a template it is the row that has focusable off. */
void kith_check_row_join (AdwActionRow *row, GtkCheckButton *check, const char *words);

G_END_DECLS
