/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The Consent tab of a client: a card per consent, what can be done about them, and whether the record is restricted (C19). */
#define KITH_TYPE_CLIENT_CONSENTS (kith_client_consents_get_type ())
G_DECLARE_FINAL_TYPE (KithClientConsents, kith_client_consents, KITH, CLIENT_CONSENTS, AdwBin)

GtkWidget *kith_client_consents_new (KithContext *context);
void kith_client_consents_show (KithClientConsents *self, GPtrArray *rows);         /* of the query client-record-consents */
const char *kith_client_consents_find_client (KithClientConsents *self, const char *consent); /* whose of those shown; NULL: not known */
const char *kith_client_consents_find_event (KithClientConsents *self, const char *consent);  /* what was to end it, in words; NULL: nothing */
gboolean kith_client_consents_may_revoke (KithClientConsents *self);   /* everything, as the record says */
gboolean kith_client_consents_may_restrict (KithClientConsents *self);
void kith_client_consents_show_client (KithClientConsents *self, JsonObject *body, gboolean withheld); /* NULL: none; withheld: the body is that of the own care */

G_END_DECLS
