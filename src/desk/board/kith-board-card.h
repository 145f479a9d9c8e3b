/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"

G_BEGIN_DECLS

/* One referral in a lane: who, for what, since when it stands there. Rows: "board-cards". Can be dragged. */
#define KITH_TYPE_BOARD_CARD (kith_board_card_get_type ())
G_DECLARE_FINAL_TYPE (KithBoardCard, kith_board_card, KITH, BOARD_CARD, KithListRow)

/* "4 days", "3 hours": how long something stands there. NULL: not said. */
char *kith_board_age (const char *since, gint64 now_ms);

G_END_DECLS
