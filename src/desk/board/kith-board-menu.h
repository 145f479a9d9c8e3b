/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/kith-board-lane.h"

G_BEGIN_DECLS

/* What can be done with the card that is chosen in a lane, each with its key: a drag is never the only way. A child of the lane, which unparents it. */
GtkWidget *kith_board_menu_new (KithBoardLane *lane);
void kith_board_menu_open (GtkWidget *menu, KithBoardLane *lane, GtkWidget *at); /* at: within the lane */
void kith_board_menu_keep (GtkWidget *menu, KithBoardLane *lane); /* another card may be chosen: it closes then */

G_END_DECLS
