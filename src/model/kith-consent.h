/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* Does this consent let a class of a client's data go from giver to taker (agency ids; taker may be "network"), in force or not? consent: its body. */
gboolean kith_consent_covers (JsonObject *consent, const char *data_class, const char *giver, const char *taker);

/* Given, not revoked, and its term not over; until: optional, the term in ms, G_MAXINT64: none. */
gboolean kith_access_consent_in_force (KithRecord *consent, gint64 now_ms, gint64 *until);

G_END_DECLS
