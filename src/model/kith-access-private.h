/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-access.h"
#include "kith-consent.h"

G_BEGIN_DECLS

/* Shared by the kith-access-*.c files only: the facts about one client (or about one referral without a client record), read
 * once, and the grants they cause.
 *
 * Atoms of a reason. Those about the scope's own record carry no id of it, the scope names it already:
 *   fixed                the scope is there for good (dir, agency, user)
 *   own                  the agency's own client, care record or sent referral
 *   on:U                 U is assigned to the client
 *   on_case:U            U is assigned to the case (A2)
 *   author               wrote the referral
 *   consent:K            consent K is in force
 *   owner                the agency registered the client: its basis
 *   opened               the agency opened the client by client.open_shared: its basis
 *   accepted:R           the agency accepted referral R of the client: its basis
 *   history              the referral was sent and is not void (D12)
 *   queue                it went to a queue, and is in one
 *   to:N                 it is with this receiver, turn N
 *   accepted             this receiver accepted it
 *   live                 it is in a phase in which the receiver holds the detail
 *   release, internal    what covers it besides a consent
 *   assignee:U           it is assigned to U
 *   side                 a receiver's own words on it stay its own
 *   made:R               referral R was made from the contact record, and the principal holds its detail
 *   both                 the principal itself holds both clients of a match
 *   alone                no principal does, and both may be found by the network */

typedef struct
{
  char *agency;
  char *atom;
} KithBasis;

typedef struct
{
  KithRecord *record;
  char *atom;
  gint64 until; /* ms; G_MAXINT64: no end */
} KithConsentFact;

typedef struct
{
  KithWorld *world;
  gint64 now_ms;

  char *client;            /* NULL: a referral without a client record */
  char *owner;
  gboolean restricted;
  GPtrArray *consents;     /* (element-type KithConsentFact), in force now */
  GPtrArray *assignments;  /* (element-type KithRecord): to the client */
  GPtrArray *case_assignments; /* (element-type KithRecord): to a case of the client */
  GPtrArray *cases;        /* (element-type KithRecord) */
  GPtrArray *cares;        /* (element-type KithRecord) */
  GPtrArray *referrals;    /* (element-type KithRecord) */
  GPtrArray *bases;        /* (element-type KithBasis) */

  GPtrArray *grants;       /* (element-type KithGrant), what comes of it */
  GError *failure;         /* the world could not say whether something is open: nothing of this counts */
} KithAccessFacts;

KithAccessFacts *kith_access_facts_new (KithWorld *world, gint64 now_ms);
void kith_access_facts_free (KithAccessFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithAccessFacts, kith_access_facts_free)

/* One row. until: ms, G_MAXINT64 for none. Then the atoms, ended by NULL; an empty one is skipped. In a *_health scope the row
 * goes to the principal's twin (U10). A row whose end is past is left out. */
void kith_access_open (KithAccessFacts *self, const char *scope, const char *principal, gint64 until, ...) G_GNUC_NULL_TERMINATED;
/* Rows for those who work with the client in that agency: everybody of clients:A (a restricted client: cases:A) and who is assigned. */
void kith_access_open_caseload (KithAccessFacts *self, const char *scope, const char *agency, gint64 until, ...) G_GNUC_NULL_TERMINATED;
/* The same for a class of cases: supervisors (cases:A) and who is assigned to the client, whether it is restricted or not. */
void kith_access_open_cases (KithAccessFacts *self, const char *scope, const char *agency, gint64 until, ...) G_GNUC_NULL_TERMINATED;
/* Rows of one class of what holder has, for other agencies: consents × bases × caseload. atom: a further fact, or "". What a victim service agency has is covered
 * by such consents alone as it asked for itself, or as name it among those who may share (C15). */
void kith_access_open_consented (KithAccessFacts *self, const char *scope, const char *data_class, const char *holder, const char *atom);

gboolean kith_access_consent_covers (KithRecord *consent, const char *data_class, const char *giver, const char *taker); /* taker NULL: not asked */

void kith_access_case_grants (KithAccessFacts *self, KithRecord *record); /* case:K and case_health:K */
gboolean kith_access_client_grants (KithAccessFacts *self, const char *client, GError **error);
gboolean kith_access_match_grants (KithAccessFacts *self, const char *id, GError **error);
gboolean kith_access_contact_grants (KithAccessFacts *self, const char *id, GError **error);
void kith_access_add_contact (GPtrArray *subjects, KithRecord *referral); /* contact:N of the call it was made from, once */
gboolean kith_access_contact_dependents (KithWorld *world, GPtrArray *changed, GPtrArray *subjects, GError **error); /* adds contact:N of referrals among the changed KithGrants */
gboolean kith_access_read_consents (KithAccessFacts *self, const char *client, GError **error); /* those in force into consents */
gboolean kith_access_referral_basis (KithRecord *referral);  /* accepted, neither void nor revoked by name */
gboolean kith_access_referral_grants (KithAccessFacts *self, KithRecord *referral, GError **error);
/* What its receiving side holds of one referral, worked out from it and its client's consents alone: facts has nothing else in it. */
gboolean kith_access_received_grants (KithAccessFacts *facts, KithRecord *referral, GError **error);

G_END_DECLS
