/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-policy.h"
#include "kith-store.h"

G_BEGIN_DECLS

/* How long what the hub told may show here (the agency's policy, which comes with every page) without it, and what stays when it says that the account is closed (C22, U21, sync.md 5.3). */

#define KITH_ACCOUNT_ERROR (kith_account_error_quark ())
GQuark kith_account_error_quark (void);
typedef enum
{
  KITH_ACCOUNT_ERROR_CLOSED, /* the hub closed it */
  KITH_ACCOUNT_ERROR_LEASE,  /* the hub has to be met before anything shows */
} KithAccountError;

void kith_store_note_met (KithStore *self);                          /* an answer to a good token, which told no time */
gboolean kith_store_keep_time (KithStore *self, GError **error);     /* now and then while the hub is out of reach */
gboolean kith_store_look_due (KithStore *self);                      /* once a week the whole file is read: kith-store-verify.c */
gboolean kith_store_note_looked (KithStore *self, GError **error);
gint64 kith_store_get_hub_schema (KithStore *self);
gint64 kith_store_get_lease_hours (KithStore *self);                 /* how long; KITH_OFFLINE_HOURS unless its agency says less */
gboolean kith_store_is_lease_over (KithStore *self);                 /* the hub was not met for so long that nothing may show */

typedef enum
{
  KITH_CLOSED_NOT,
  KITH_CLOSED_ACCOUNT,  /* nobody may use it */
  KITH_CLOSED_COMPUTER, /* not from here: this computer was revoked (I21) */
} KithClosed;
gboolean kith_store_close_account (KithStore *self, KithClosed why, GError **error); /* the hub says so: nothing of it stays here but unsent words */
KithClosed kith_store_get_closed (KithStore *self);                                  /* until somebody signs in again */
gboolean kith_store_is_spent (KithStore *self);                                      /* closed, and nothing of its person is left in it either */

G_END_DECLS
