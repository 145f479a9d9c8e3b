/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-loop.h"

G_BEGIN_DECLS

/* What is asked for and how far it came, from a row of the query "referral". brief: P12, eight fields alone. */
void kith_referral_need_show (KithFacts *facts, KithLoop *loop, KithRow *row, gboolean brief);

/* words: what the network called it then, or NULL. Yours; NULL: it has not ended so */
char *kith_referral_end_title (const char *phase, const char *reason, const char *outcome, const char *words);

G_END_DECLS
