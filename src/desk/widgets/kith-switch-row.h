/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that is on or off. The row itself is the switch: one stop of Tab, Space and Enter turn it, and a screen reader hears its title, its
 * subtitle and how it stands. A GtkSwitch in a row takes the focus once more beside the row. Property "active". */
#define KITH_TYPE_SWITCH_ROW (kith_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (KithSwitchRow, kith_switch_row, KITH, SWITCH_ROW, AdwActionRow)

GtkWidget *kith_switch_row_new (const char *title);
gboolean   kith_switch_row_get_active (KithSwitchRow *self);
void       kith_switch_row_set_active (KithSwitchRow *self,
                                       gboolean       active);

G_END_DECLS
