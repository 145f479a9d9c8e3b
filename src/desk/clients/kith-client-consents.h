/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The Consent tab of a client: a card per consent, what can be done about them, and whether the record is restricted (C19). */
#define KITH_TYPE_CLIENT_CONSENTS (kith_client_consents_get_type ())
G_DECLARE_FINAL_TYPE (KithClientConsents, kith_client_consents, KITH, CLIENT_CONSENTS, AdwBin)

GtkWidget *kith_client_consents_new (KithContext *context);
void kith_client_consents_show (KithClientConsents *self, GPtrArray *rows);         /* of the query client-consents */
void kith_client_consents_show_client (KithClientConsents *self, JsonObject *body); /* NULL: none */

G_END_DECLS
