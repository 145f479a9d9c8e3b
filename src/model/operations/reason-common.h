/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/op-common.h"

G_BEGIN_DECLS

/* A decline or an outcome in the network's words (reason.c; domain.md 2f). */
#define KITH_ARGS_TERM \
  { "reason_term", KITH_FIELD_REF, N_("In the network’s words"), KITH_FIELD_LOOSE, .target = "reason_term", .since = 4 }, \
  { "term_name", KITH_FIELD_STRING, N_("As they were shown"), .max_length = 80, .since = 4 }

/* What args' "reason_term" is called, for the record of what was done. words: NULL: as the code is called. says: whether that tells more than the code,
 * or may (not on this computer), so that "other" needs no text. Refused where it counts as something else than code. */
gboolean kith_op_reason_words (KithOpContext *cx, JsonObject *args, const char *list, const char *code, char **words, gboolean *says, GError **error);

G_END_DECLS
