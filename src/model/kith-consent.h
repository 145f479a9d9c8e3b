/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Does this consent let a class of a client's data go from giver to taker (agency ids; taker may be "network"), in force or not? consent: its body. */
gboolean kith_consent_covers (JsonObject *consent, const char *data_class, const char *giver, const char *taker);

G_END_DECLS
