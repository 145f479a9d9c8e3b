/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-store.h"

G_BEGIN_DECLS

/* How long what the hub told may show here without it, and what stays when it says that the account is closed (C22, U21, sync.md 5.3). */
#define KITH_STORE_LEASE_DAYS 7

#define KITH_ACCOUNT_ERROR (kith_account_error_quark ())
GQuark kith_account_error_quark (void);
typedef enum
{
  KITH_ACCOUNT_ERROR_CLOSED, /* the hub closed it */
  KITH_ACCOUNT_ERROR_LEASE,  /* the hub has to be met before anything shows */
} KithAccountError;

void kith_store_note_met (KithStore *self);                          /* an answer to a good token, which told no time */
gboolean kith_store_keep_time (KithStore *self, GError **error);     /* now and then while the hub is out of reach */
gboolean kith_store_is_lease_over (KithStore *self);                 /* the hub was not met for so long that nothing may show */

gboolean kith_store_close_account (KithStore *self, GError **error); /* the hub says so: nothing of it stays here but unsent words */
gboolean kith_store_is_closed (KithStore *self);                     /* until somebody signs in again */

G_END_DECLS
