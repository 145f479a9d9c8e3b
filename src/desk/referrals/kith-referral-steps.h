/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A job on the store's thread: what this person may do with a referral now. data: a JsonObject, "referral" (its id) and
 * "now" (milliseconds). Answers one, operation to the list of phases it may
 * lead to ("": the phase stays); NULL: it is not here. Where it stands in a queue (P6) "queue.move" lists the statuses of that queue it can come to, by
 * their ids, and "queue" has two: the queue's, and the status it stands in. */
gpointer kith_referral_steps_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
