/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-operation.h"

G_BEGIN_DECLS

/* Who may see what: the facts that are true, turned into memberships and grants (design.md 2.4). Pure; the hub compares
 * what these functions return for one subject with the rows it keeps and opens or closes the difference. */

/* Principals a person is in: "user:U", "agency:A", "clients:A", "managers:A", "received:A", "cases:A", "service:S:A" (by agency, so that a
 * service which changes hands carries nobody along), "everyone", "network", "steward" (both: network staff), "admin:A", "privacy:A", "resource:X", "resource_detail:X" …
 * and, with the health flag, each with "+health". Empty when inactive. */
GPtrArray *kith_access_principals (const KithActor *actor); /* (element-type utf8), sorted */

typedef struct
{
  char *scope;
  char *principal;
  char *reason;       /* the set of facts that together cause it, sorted: "accepted:R7 consent:K1 on:U5" (kith-access-private.h lists them) */
  gint64 not_after;   /* ms, 0: none */
} KithGrant;
void kith_grant_free (KithGrant *self);

/* Subjects: what one recomputation covers. "client:C" (its scopes, those of its care records, its cases and its referrals), "referral:R" (a referral without
 * a client record), "match:M", "contact:N", "service:S", "agency:A", "audit:A:2026-11", "user:U", "dir", "network" (staff and imports of no agency). Every scope belongs to one subject for ever. Grants whose end is past are not returned:
 * recompute a subject when a row of it passes its not_after. */
GPtrArray *kith_access_subjects (KithRecord *before, KithRecord *after); /* subjects a change of this record touches; either may be NULL */
GPtrArray *kith_access_dependents (KithWorld *world, const char *subject, GPtrArray *changed, GError **error); /* (element-type utf8): those to recompute with it; changed: its KithGrants that are new or gone; NULL: the world failed */
GPtrArray *kith_access_grants (KithWorld *world, const char *subject, gint64 now_ms, GError **error); /* (element-type KithGrant), sorted, no doubles */
GPtrArray *kith_access_causes (const char *scope, const char *reason); /* (element-type utf8): "kind/id" of the records by which it is another's to hold */
GPtrArray *kith_access_people (KithWorld *world, KithRecord *before, KithRecord *after, GError **error); /* staff ids whose memberships a change may touch */
const char *kith_access_closed_by (KithRecord *before, KithRecord *after); /* the agency whose settings close what consents opened of its clients; NULL: none */
const char *kith_access_opened_by (KithRecord *before, KithRecord *after); /* the agency whose settings may open something of its clients; NULL: none */

gboolean kith_access_referral_sent (KithRecord *referral); /* was sent to a receiver, whatever came after */

/* Consent in force for a class of a client's data from giver to taker (agency ids; taker may be "network") (C1, C3, C4). until: its term, or NULL. */
gboolean kith_access_consented (KithWorld *world, const char *client, const char *data_class, const char *giver, const char *taker,
                                gint64 now_ms, gint64 *until, gboolean *complete, GError **error);

/* Does what this person says of a client take the place of what is there, or is it a proposal (C1)? */
gboolean kith_access_may_replace (KithWorld *world, const KithActor *actor, KithRecord *record, const KithField *field, gboolean *may,
                                  GError **error);

/* May this person ask the network whom it knows (U3)? Not of an agency whose clients nobody may know of (C15): FALSE with a refusal, or the world's failure. */
gboolean kith_access_may_ask_network (KithWorld *world, const KithActor *actor, GError **error);
/* May the network find this client (C14)? By a consent in force that says so; a restricted one and a victim service agency's never. */
gboolean kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error);

G_END_DECLS
