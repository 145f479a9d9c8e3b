/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* Which notices go by mail, and to whom (P15, P16, C17). */

gboolean kith_mail_address_is_valid (const char *address); /* NULL: no. Plain name@host.domain, nothing that could end a line */
gboolean kith_notice_mails (KithRecord *staff, const char *type); /* does a notice of this type go to them by mail; type NULL: the weekly overview */

G_END_DECLS
