/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Sends a referral of one client: the service is searched in place, the consent checked before one's eyes and recorded here when it is missing.
 * Or without a client record, as a victim service agency does: under a written, time-limited release, with only what is typed (C15). */
#define KITH_TYPE_REFERRAL_FORM (kith_referral_form_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralForm, kith_referral_form, KITH, REFERRAL_FORM, KithForm)

/* client: NULL: without a record. previous: one that came to nothing and goes on as this one: what was asked for then is filled in; or NULL */
GtkWidget *kith_referral_form_new (KithContext *context, const char *client, const char *previous);
/* referral: one that waits to be sent, of that client. It keeps its place in the outbox. */
GtkWidget *kith_referral_form_new_edit (KithContext *context, const char *client, const char *referral);

G_END_DECLS
