/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-format.h"
#include "widgets/kith-facts.h"

G_BEGIN_DECLS

/* An answer as people read it. Yours */
char *kith_answer_words (JsonObject *answer);
/* What the forms asked (P2, P21): rows of form_answer in place of what the card showed; each form by its name where there are several. Returns: whether some
 * of it is about health (C7) */
gboolean kith_answers_show (KithFacts *facts, GPtrArray *rows);

G_END_DECLS
