/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The status as it is now: "expired" from its term on, also where the hub was not heard since (C4). NULL for no body. */
const char *kith_consent_status (JsonObject *body, gint64 now);

/* One consent in plain words: who may see what, until when, how it was given, the signature; and what can be done with it. */
GtkWidget *kith_consent_card_new (KithRow *row, JsonObject *body, gint64 now);

G_END_DECLS
