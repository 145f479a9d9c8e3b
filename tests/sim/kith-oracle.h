/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* Who may see what, as the rules say it: a predicate over plain facts. It knows no principal, no grant and no reason, and shares no
 * code with kith-access, so that a wrong rule there does not pass here too. Facts come in as records. */
typedef struct _KithOracle KithOracle;

KithOracle *kith_oracle_new (void);
void kith_oracle_free (KithOracle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithOracle, kith_oracle_free)

void kith_oracle_put (KithOracle *self, KithRecord *record); /* new or changed; a kind that is no fact about access does nothing */
void kith_oracle_remove (KithOracle *self, const char *kind, const char *id);

/* What the last put or remove could have changed for anybody: a client id (its scopes), a user id, "*" everything, NULL nothing. Borrowed. */
const char *kith_oracle_touched (KithOracle *self);

gboolean kith_oracle_visible (KithOracle *self, const char *user, const char *scope, gint64 now_ms);

/* C1, C4: may the two agencies of this referral tell each other of the client now? */
gboolean kith_oracle_may_tell (KithOracle *self, const char *referral, gint64 now_ms);

/* U3, C14: may the network's look-up show this client to that person? Those whom person or agency know are searched at home. */
gboolean kith_oracle_findable (KithOracle *self, const char *user, const char *client, gint64 now_ms);

gboolean kith_oracle_may_ask (KithOracle *self, const char *user);

/* C4, C14: may that person open the client's record, having found it there? */
gboolean kith_oracle_may_open (KithOracle *self, const char *user, const char *client, gint64 now_ms);

/* A11: a sentence about somebody on an open case who is not on its client (owned); NULL: nobody. */
char *kith_oracle_stray (KithOracle *self);

GPtrArray *kith_oracle_users (KithOracle *self);                       /* (element-type utf8), borrowed texts */
GPtrArray *kith_oracle_dependents (KithOracle *self, const char *client); /* (element-type utf8), owned: scopes of its matches and of the contact records of its referrals, subjects of their own */
GPtrArray *kith_oracle_scopes (KithOracle *self, const char *client);  /* (element-type utf8), owned; client NULL: every scope there is */

G_END_DECLS
