/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What somebody agrees to: who may see it, what, how it was said, until when. Used when registering, by itself, and in a referral. Signal "changed". */
#define KITH_TYPE_CONSENT_FIELDS (kith_consent_fields_get_type ())
G_DECLARE_FINAL_TYPE (KithConsentFields, kith_consent_fields, KITH, CONSENT_FIELDS, AdwBin)

/* The version of the words that this program shows and prints when it asks for consent (C3): another one whenever they say something else. */
#define KITH_CONSENT_WORDING "Kith 2"

GtkWidget *kith_consent_fields_new (KithContext *context);
void kith_consent_fields_add_receiver (KithConsentFields *self, const char *id, const char *name);
void kith_consent_fields_set_only (KithConsentFields *self, const char *id, const char *name); /* it can be for this agency alone, and be found by nobody; NULL: for any */
void kith_consent_fields_set_client (KithConsentFields *self, const char *client); /* whose it will be: what each agency will see is then worked out */
void kith_consent_fields_set_birth (KithConsentFields *self, const char *partial); /* of the client, where none is registered yet: for a child somebody else agrees. NULL: not known */
GtkWidget *kith_consent_fields_get_basis (KithConsentFields *self); /* a label: how it is given, by whom and for how long. To be placed where it is always in sight */
GtkWidget *kith_consent_fields_get_first (KithConsentFields *self);               /* where one begins: "every agency"; Space takes it */
void kith_consent_fields_renew (KithConsentFields *self, JsonObject *consent, JsonArray *names, JsonArray *disclosers); /* an earlier one */
JsonObject *kith_consent_fields_collect (KithConsentFields *self); /* as consent.record's arguments without id and client; transfer full */
JsonObject *kith_consent_fields_draft (KithConsentFields *self);   /* the same, with the receivers' names; transfer full */
void kith_consent_fields_restore (KithConsentFields *self, JsonObject *draft);
const char *kith_consent_fields_problem (KithConsentFields *self); /* a sentence; NULL: complete */
gboolean kith_consent_fields_focus_problem (KithConsentFields *self); /* to the field it is about; FALSE: there is none, or it takes no focus */
char *kith_consent_fields_sentence (KithConsentFields *self);      /* "Eastlake Family Clinic will see: identity…, until 20 Nov 2027" */

G_END_DECLS
