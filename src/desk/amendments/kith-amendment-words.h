/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/kith-ask-window.h"

G_BEGIN_DECLS

/* How what a client asks (C19) reads by its type, and how it is answered and ended. Rows of the queries "amendments", "client-amendments". */
gboolean kith_amendment_row_is_correction (KithRow *row);
gboolean kith_amendment_row_holds_for_before (KithRow *row); /* it ended without the client's agreement */
gboolean kith_amendment_row_holds (KithRow *row); /* a restriction that was agreed and has not ended */
char *kith_amendment_about (KithRow *row);        /* the client's words; of a restriction what it is, and from whom it is kept. Yours */
const char *kith_amendment_state (KithRow *row, const char **icon, const char **tone); /* of a status pill */
/* What amendment.decide is given, and how the window begins. Yours */
JsonObject *kith_amendment_given (KithRow *row);
char *kith_amendment_answer_words (KithRow *row);
const char *kith_amendment_end_words (void);

G_END_DECLS
