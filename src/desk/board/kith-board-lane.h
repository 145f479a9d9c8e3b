/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One status of a queue and what stands in it, longest first. A drop activates "board.drop" (its status), Enter on a card "board.open" (its referral). */
#define KITH_TYPE_BOARD_LANE (kith_board_lane_get_type ())
G_DECLARE_FINAL_TYPE (KithBoardLane, kith_board_lane, KITH, BOARD_LANE, AdwBin)

typedef struct
{
  const char *whose;  /* staff id, "" everybody's */
  const char *before; /* a time: it stands there since then or longer; "" */
  const char *text;   /* folded; "" */
} KithBoardFilter;

GtkWidget *kith_board_lane_new (KithContext *context, const char *queue, const char *status);
void kith_board_lane_begin (KithBoardLane *self); /* its cards are made */
gboolean kith_board_lane_is_begun (KithBoardLane *self);
void kith_board_lane_show_all (KithBoardLane *self); /* and not its first cards alone */
gboolean kith_board_lane_is_whole (KithBoardLane *self);
gboolean kith_board_lane_is_known (KithBoardLane *self); /* its cards are read */
void kith_board_lane_show (KithBoardLane *self, KithRow *row); /* of "board-lanes" */
void kith_board_lane_filter (KithBoardLane *self, const KithBoardFilter *filter);
void kith_board_lane_tell_time (KithBoardLane *self);          /* anew: time went by */
void kith_board_lane_block (KithBoardLane *self, const char *why); /* nothing can be dropped here: says why; NULL: it can */
const char *kith_board_lane_get_status (KithBoardLane *self);
const char *kith_board_lane_get_name (KithBoardLane *self);
const char *kith_board_lane_get_phase (KithBoardLane *self);
gboolean kith_board_lane_is_retired (KithBoardLane *self);
const char *kith_board_lane_get_list (KithBoardLane *self, char ***args); /* the query of what it shows; args: transfer full */
guint kith_board_lane_get_shown (KithBoardLane *self);     /* how many cards the filter leaves */
KithRow *kith_board_lane_get_card (KithBoardLane *self);   /* the one selected, or NULL */
/* One of its cards is being dragged; NULL: none any more. Activates "board.take" (its status). */
void kith_board_lane_drag (KithBoardLane *self, KithRow *card);
KithRow *kith_board_lane_get_dragged (KithBoardLane *self);
void kith_board_lane_enter (KithBoardLane *self);          /* the focus onto its card, or the first, or the lane */

void kith_board_lane_open_menu (KithBoardLane *self, GtkWidget *at); /* of the card that is chosen */

G_END_DECLS
