/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Records what a client agrees to, or that they do not (U4, C2, C3). */
#define KITH_TYPE_CONSENT_FORM (kith_consent_form_get_type ())
G_DECLARE_FINAL_TYPE (KithConsentForm, kith_consent_form, KITH, CONSENT_FORM, KithForm)

/* Who said no, how, in which language, before whom, and why if they say (C2, C3): a KithFieldRows over what consent.refuse asks. */
GtkWidget *kith_consent_refusal_rows_new (KithContext *context);
GtkWidget *kith_consent_form_new (KithContext *context, const char *client, const char *renew); /* renew: the consent it is filled with and takes the place of; "": the one whose end is nearest; NULL: a new one */

G_END_DECLS
