/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Earlier calls from the number that is being typed: a group that shows while there are some. */
#define KITH_TYPE_CONTACT_EARLIER (kith_contact_earlier_get_type ())
G_DECLARE_FINAL_TYPE (KithContactEarlier, kith_contact_earlier, KITH, CONTACT_EARLIER, AdwBin)

void kith_contact_earlier_look (KithContactEarlier *self, KithContext *context, const char *phone); /* phone: as typed so far */

char *kith_contact_phone_match (const char *text, gsize least); /* what the index of calls is asked for its last digits; NULL: no number, or fewer digits. Yours */

G_END_DECLS
