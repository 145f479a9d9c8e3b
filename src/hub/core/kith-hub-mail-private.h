/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-mail.h"

G_BEGIN_DECLS

/* kith-hub-mail-text.c; each sets subject and text */
void kith_hub_mail_write_notice (KithHubMail *mail, KithRecord *notice);
void kith_hub_mail_write_notices (KithHubMail *mail, GPtrArray *notices); /* (element-type KithRecord): two or more */
gboolean kith_hub_mail_write_week (KithHub *self, KithHubMail *mail, KithRecord *staff, const char *week, GError **error); /* week: its Monday */

G_END_DECLS
