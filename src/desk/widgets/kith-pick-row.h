/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row whose choice is one of so many that nobody looks through them: the list that opens begins with an entry, what is typed may stand anywhere in the
 * words, and Enter takes the first. One stop of Tab. Property "selected": the position in the words. */
#define KITH_TYPE_PICK_ROW (kith_pick_row_get_type ())
G_DECLARE_FINAL_TYPE (KithPickRow, kith_pick_row, KITH, PICK_ROW, AdwActionRow)

GtkWidget *kith_pick_row_new (const char *title, GtkStringList *words);
guint      kith_pick_row_get_selected (KithPickRow *self);
void       kith_pick_row_set_selected (KithPickRow *self,
                                       guint        selected);

G_END_DECLS
