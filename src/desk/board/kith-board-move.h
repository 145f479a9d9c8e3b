/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/kith-board-lane.h"

G_BEGIN_DECLS

/* What this person can do with one referral, asked on the store's thread where the records are: its phase and what the person is to it. */
typedef struct
{
  char *phase;
  guint sides;      /* KithReferralSide */
  gboolean network; /* runs the queues */
} KithBoardSides;

void kith_board_sides_free (KithBoardSides *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithBoardSides, kith_board_sides_free)
void kith_board_sides_async (KithContext *context, const char *referral, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
KithBoardSides *kith_board_sides_finish (KithDesktop *desktop, GAsyncResult *result, GError **error); /* NULL without error: it is not here any more */

/* Why it cannot come to that status; NULL: it can. Yours. */
char *kith_board_blocked (const KithBoardSides *sides, const char *from_name, KithBoardLane *to);

/* Moves the card to another status of the queue; where the step there wants a reason or an outcome, that is asked first. */
void kith_board_move (GtkWidget *page, KithContext *context, const char *queue, KithRow *card, KithBoardLane *to);

G_END_DECLS
