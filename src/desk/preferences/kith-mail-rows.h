/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Which mail the person signed in gets, and where to. Kept at the hub, so it needs one; each row takes effect at once. A portal account has one
 * switch and nothing else (P15). */
#define KITH_TYPE_MAIL_ROWS (kith_mail_rows_get_type ())
G_DECLARE_FINAL_TYPE (KithMailRows, kith_mail_rows, KITH, MAIL_ROWS, AdwPreferencesGroup)

void kith_mail_rows_set_context (KithMailRows *self, KithContext *context); /* once; before the first sign-in it stays hidden */

G_END_DECLS
