/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Moves work from person to person: large work in steps, one after the other, under one transfer record, so that all of it can be taken back
 * (caseload.transfer, caseload.undo). */

typedef struct
{
  char *client, *name; /* name: to say which one was left out */
  char *from;          /* NULL: nobody is on it */
  char *to;
} KithStaffMove;

KithStaffMove *kith_staff_move_new (const char *client, const char *name, const char *from, const char *to);
void kith_staff_move_free (KithStaffMove *self);

typedef void (*KithStaffProgress) (guint done, guint total, gpointer user_data); /* total 0: not known */

/* What a list names. Rights are asked for each row; rows without are left out and told by the finish. moves: (transfer full)
 * (element-type KithStaffMove) */
void kith_staff_move_async (KithContext *context, GPtrArray *moves, KithStaffProgress progress, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
/* All that somebody holds: clients, cases, referrals, tasks. */
void kith_staff_move_all_async (KithContext *context, const char *from, const char *to, KithStaffProgress progress, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
void kith_staff_take_back_async (KithContext *context, const char *transfer, KithStaffProgress progress, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* FALSE with an error: stopped there; what was done before stands and can be taken back. left_out: (transfer full): a sentence a row, or
 * NULL. progress is told user_data no more after it, nor once cancelled. */
const char *kith_staff_move_get_transfer (GAsyncResult *result); /* what was moved; NULL: it was taken back */
gboolean kith_staff_move_finish (GAsyncResult *result, guint *n_done, char **left_out, GError **error);

G_END_DECLS
