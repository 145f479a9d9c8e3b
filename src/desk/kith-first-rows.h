/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Another list, of which at first only so many rows are seen, and then all. A GtkListView makes two hundred places for the rows of a long list, lays them out
 * and gives each its style, before its first frame: of these a window shows ten. */
#define KITH_TYPE_FIRST_ROWS (kith_first_rows_get_type ())
G_DECLARE_FINAL_TYPE (KithFirstRows, kith_first_rows, KITH, FIRST_ROWS, GObject)

KithFirstRows *kith_first_rows_new (GListModel *rows, guint first);
void kith_first_rows_show_all (KithFirstRows *self);

G_END_DECLS
