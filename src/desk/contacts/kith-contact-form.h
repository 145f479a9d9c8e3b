/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* A call to 2-1-1 as it goes: who calls, what they need, services looked for in place, notes; what is chosen is assigned when it is saved (P21).
 * With a contact record: its open needs, to be assigned now. */
#define KITH_TYPE_CONTACT_FORM (kith_contact_form_get_type ())
G_DECLARE_FINAL_TYPE (KithContactForm, kith_contact_form, KITH, CONTACT_FORM, KithForm)

GtkWidget *kith_contact_form_new (KithContext *context);
GtkWidget *kith_contact_form_new_for_referral (KithContext *context, const char *referral); /* a warm referral that is answered by a call (U7) */
GtkWidget *kith_contact_form_new_assign (KithContext *context, const char *contact);
GtkWidget *kith_contact_form_new_again (KithContext *context, const char *contact, const char *previous); /* goes on from a referral of it that came to nothing */

G_END_DECLS
