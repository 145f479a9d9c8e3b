/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/kith-board-lane.h"
#include "board/kith-board-page.h"
#include "kith-watch.h"
#include "widgets/kith-sync-chip.h"

G_BEGIN_DECLS

/* Shared by kith-board-page.c, which shows, kith-board-queues.c, which knows the queues, and kith-board-actions.c, which does. */
struct _KithBoardPage
{
  KithPage parent_instance;
  KithSyncChip *chip;
  GtkStack *stack;
  AdwStatusPage *none;
  GtkWidget *create, *manage, *statistics, *clear, *filters;
  GtkDropDown *pick;
  GtkSearchEntry *search;
  GtkToggleButton *mine, *long_ones;
  GtkLabel *summary;
  GtkScrolledWindow *scroller;
  GtkBox *lanes_box;

  KithWatch *queues_watch, *lanes_watch;
  guint look_id, begin_id, drawn_id;
  gboolean drawn; /* the frame under way shows the first cards of the lanes in sight */
  GPtrArray *queues; /* ids, in the order of the drop-down */
  GPtrArray *names;  /* what those are called */
  GPtrArray *lanes;  /* (element-type KithBoardLane), in their order; not owned */
  char *queue;       /* the one shown, or NULL */
  char *wanted;      /* asked for before the queues were here */
  char *calls;       /* the same: a form of calls of the wanted one whose window is to be opened, "new": for a new one */
  gboolean settling, awaited;
  gboolean settled;  /* somebody chose the queue, or came to one in which something waits: it stays */

  KithRow *taken;    /* the card that is dragged or chosen */
  char *taken_from;  /* the name of the status it stands in */
  GCancellable *job;
};

KithContext *kith_board_page_context (KithBoardPage *self);
KithBoardLane *kith_board_page_lane_at (KithBoardPage *self, gint64 i);             /* NULL: there is none */
KithBoardLane *kith_board_page_lane_of (KithBoardPage *self, const char *status);
int kith_board_page_current (KithBoardPage *self);                                  /* the place of the lane the focus is in; -1 */
void kith_board_page_show_queue (KithBoardPage *self, const char *queue);
void kith_board_page_install_actions (GtkWidgetClass *klass);
void kith_board_page_follow_time (KithBoardPage *self);                       /* looks again by and by, until look_id is cleared */

/* kith-board-queues.c */
guint kith_board_page_find_queue (KithBoardPage *self, const char *id); /* GTK_INVALID_LIST_POSITION: it is not there, or not yet */
void kith_board_page_look (KithBoardPage *self);                        /* which there are */
void kith_board_page_look_anew (KithBoardPage *self);                   /* for another account: nothing is chosen yet */
gboolean kith_board_page_show_record (KithPage *page, const char *place);

G_END_DECLS
