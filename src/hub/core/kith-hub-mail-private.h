/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-mail.h"

G_BEGIN_DECLS

/* kith-hub-mail-text.c; each sets subject and text, in the language of the person it goes to */
void kith_hub_mail_write_notices (KithHub *self, KithHubMail *mail, KithRecord *staff, GPtrArray *notices); /* (element-type KithRecord): one or more */
gboolean kith_hub_mail_write_week (KithHub *self, KithHubMail *mail, KithRecord *staff, const char *week, GError **error); /* week: its Monday */

G_END_DECLS
