/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-reason-window.h"

G_BEGIN_DECLS

/* A referral goes from one status of a queue to another (P6): from the Board, or from its own page. */
typedef struct
{
  const char *queue, *referral;
  const char *was, *status; /* ids: the one it stands in, the one it comes to */
  const char *from, *phase; /* the phase it is in, and what the new status stands for */
  const char *name;         /* of the new status */
  const char *about;        /* whom it is about; nullable */
  const char *of_place;     /* what an answer is told by where places are counted (sync.md 2.5), as far as asked: where it was chosen shows it; else it is looked up */
} KithQueueMove;

gboolean kith_queue_move_waits (const KithQueueMove *move); /* why the client waits has to be said in words */
/* Carries it out; where the step there wants a reason or an outcome, that is asked first. asked: the window in which it was chosen, which had words asked with
 * it where the client waits, and what was written there (nullable); NULL: it was chosen elsewhere, and nothing was written yet. */
void kith_queue_move (GtkWidget *page, KithContext *context, const KithQueueMove *move, KithReasonWindow *asked, const char *text);

G_END_DECLS
