/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/kith-ask-window.h"

G_BEGIN_DECLS

/* What is corrected in a form of its own, by record.patch: what was changed goes with what its author saw, and can be undone. */
typedef struct
{
  const char *kind;
  const char *missing; /* N_(): where the first field is empty; NULL: the operation that makes the record says it */
  const char *fields[5];
  const char *kept;    /* of those the one that stays as it was where nothing is chosen; NULL: none */
} KithCorrected;

/**
 * kith_correction_ask:
 * @what: static
 * @op: the operation that makes such a record: it tells how its fields are asked for
 * @done: what the toast says
 * @scope: (nullable): where its draft belongs
 * @given: (transfer full): as for kith_ask_window_new()
 * @before: (transfer full): what the fields say now
 *
 * Returns: (transfer none): the window, not presented yet. Nothing is submitted where nothing was changed
 */
KithAskWindow *kith_correction_ask (GtkWindow *parent, KithContext *context, const KithCorrected *what, const char *op, const char *title, const char *done,
                                    const char *id, const char *scope, JsonObject *given, JsonObject *before);

G_END_DECLS
