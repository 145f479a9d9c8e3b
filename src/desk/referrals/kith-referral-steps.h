/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A job on the store's thread: what this person may do with a referral now. data: a JsonObject, "referral" (its id) and
 * "now" (milliseconds). Answers one, operation to the list of phases it may
 * lead to ("": the phase stays); NULL: it is not here. */
gpointer kith_referral_steps_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
