/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* The status board of one queue: a lane for each status, moved by keys and by dragging (P1, P6, P21). Place: "board" or "board/QUEUE". */
#define KITH_TYPE_BOARD_PAGE (kith_board_page_get_type ())
G_DECLARE_FINAL_TYPE (KithBoardPage, kith_board_page, KITH, BOARD_PAGE, KithPage)

G_END_DECLS
