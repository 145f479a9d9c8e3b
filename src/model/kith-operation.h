/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* The one way to change anything: a name, arguments, an actor and a time. The desktop applies an operation at once and queues it;
 * the hub applies the same code again and decides (design.md 2.2). */

/* Why an operation is refused. The nick is the code on the wire ("stale_state"). */
#define KITH_REFUSAL (kith_refusal_quark ())
GQuark kith_refusal_quark (void);
typedef enum
{
  KITH_REFUSAL_INVALID,          /* "invalid": an argument is missing, of a wrong type, too long, or breaks a rule of form */
  KITH_REFUSAL_UNKNOWN,          /* "unknown_operation" */
  KITH_REFUSAL_NOT_FOUND,        /* "not_found": absent, or never visible: the same answer */
  KITH_REFUSAL_ACCESS_ENDED,     /* "access_ended" */
  KITH_REFUSAL_DENIED,           /* "denied": sees it, may not do it */
  KITH_REFUSAL_STALE_STATE,      /* "stale_state": it is in another phase by now */
  KITH_REFUSAL_CONSENT_MISSING,  /* "consent_missing" */
  KITH_REFUSAL_REASON_REQUIRED,  /* "reason_required" */
  KITH_REFUSAL_NOT_DIRECT,       /* "not_direct": the service does not take direct referrals (D4) */
  KITH_REFUSAL_NOT_ELIGIBLE,     /* "not_eligible": that person cannot be assigned (inactive, untrained, other agency) */
  KITH_REFUSAL_EXISTS,           /* "exists": that id is taken */
  KITH_REFUSAL_ONLINE_ONLY,      /* "online_only" */
  KITH_REFUSAL_CAPACITY_EXHAUSTED, /* "capacity_exhausted": no free place is left */
  KITH_REFUSAL_AFTER_REFUSED,    /* "after_refused": needs what a refused operation should have made */
} KithRefusal;
const char *kith_refusal_code (int refusal);         /* nick for the wire */
int kith_refusal_from_code (const char *code);       /* -1 when unknown */

typedef enum
{
  KITH_OUTCOME_APPLIED,
  KITH_OUTCOME_MERGED,   /* applied beside another change; see conflicts */
  KITH_OUTCOME_NOOP,     /* already so */
  KITH_OUTCOME_REJECTED,
  KITH_OUTCOME_PARKED,
} KithOutcome;
const char *kith_outcome_code (KithOutcome outcome);
gboolean kith_outcome_from_code (const char *code, KithOutcome *outcome);

typedef enum { KITH_RUNS_DESK, KITH_RUNS_ONLINE, KITH_RUNS_CLOCK } KithRuns;

typedef enum
{
  KITH_OPERATION_ADDITIVE = 1 << 0, /* documentation: taken as written before access ended (sync.md 2.4) */
  KITH_OPERATION_ALWAYS   = 1 << 1, /* applies however stale: a revocation */
  KITH_OPERATION_UNDO     = 1 << 2, /* waits in the outbox while its undo toast shows */
  KITH_OPERATION_WHOLE    = 1 << 3, /* bounds itself; what it finds at the hub beside that has no smaller steps, and is bounded there (kith-hub-run.c) */
} KithOperationFlags;

typedef struct _KithOperation KithOperation;

/* What an operation's code is given, and what it leaves behind. */
typedef struct
{
  KithWorld *world;
  const KithActor *actor;
  const KithOperation *operation;
  const char *op_id;
  gint64 time_ms;      /* when its author did it (the hub's corrected reading) */
  gint64 now_ms;       /* the hub: when it decides, for what derive counts from the arrival; else 0 */
  const char *hlc;
  gint64 seen;         /* the hub's number up to which its author had been told (sync.md 2.4); -1: all there is. See kith_op_is_news() */
  JsonObject *base;    /* the hub: "kind/id" of each record that it knows and its author's computer changed by this (sync.md 2.4); NULL: not told */
  gboolean hub;        /* TRUE where the decision is made: everything is visible, absence is absence */
  gboolean late;       /* the hub, ADDITIVE only: written before access ended, so what the actor was then is not asked again (sync.md 2.4) */

  /* results */
  KithOutcome outcome;
  GPtrArray *conflicts; /* (element-type utf8) ids of conflict records, or NULL */
  JsonObject *now;      /* for a refusal: what is there now, or NULL */
} KithOpContext;

struct _KithOperation
{
  const char *name;
  const char *label;      /* N_("Accept referral"): outbox and attention lists */
  KithRuns runs;
  guint flags;
  const KithField *args;  /* the same descriptions as a kind's; REF arguments are checked for visibility unless LOOSE */
  guint n_args;
  /* Who may: duties, role, side. Called after the generic checks. NULL: everybody who sees the records named. */
  gboolean (*permit) (KithOpContext *cx, JsonObject *args, GError **error);
  /* The change. Deterministic: only args, actor, time and the rows of the world. */
  gboolean (*apply) (KithOpContext *cx, JsonObject *args, GError **error);
  /* The hub only, after apply: notices, due dates. Grants follow from the facts by themselves. May be NULL. */
  gboolean (*derive) (KithOpContext *cx, JsonObject *args, GError **error);
  /* The schema of the first hub that takes it with these arguments, where their names do not tell (since); 0: any. May be NULL. */
  gint64 (*needs) (JsonObject *args);
};

const KithOperation *kith_operation_get (const char *name);
const KithOperation *const *kith_operations_list (guint *n);

/* Arguments, visibility, permission, apply, and on the hub derive. FALSE with a KITH_REFUSAL error: refused, cx->now may say what is there;
 * FALSE with another domain: the world failed. The caller has a savepoint around it and undoes what a failure left. */
gboolean kith_operation_run (KithOpContext *cx, JsonObject *args, GError **error);
/* Of a hub of that schema (kith-protocol.h): args without what it would refuse all of them for; NULL: it knows them all. transfer full */
gint64 kith_operation_needs (const KithOperation *operation, JsonObject *args, gint64 schema); /* of the hub; 0: it may go out */
JsonObject *kith_operation_args_for (const KithOperation *operation, JsonObject *args, gint64 schema);
gboolean kith_operation_may (KithOpContext *cx, JsonObject *args, GError **error); /* to show or hide an action; args may lack what is still to be filled in */
void kith_op_context_clear (KithOpContext *cx); /* frees the results */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithOpContext, kith_op_context_clear)

/* For operations' code. */
/* The record an argument names. TRUE and *record NULL: not on this device, which proves nothing; the operation leaves that part to the hub.
 * At the hub absence is refused with NOT_FOUND. */
gboolean kith_op_need (KithOpContext *cx, const char *kind, const char *id, KithRecord **record, GError **error);
char *kith_op_derive_id (KithOpContext *cx, const char *kind, const char *key);
char *kith_op_time (KithOpContext *cx);     /* cx->time_ms as ISO text */
void kith_op_noop (KithOpContext *cx);
void kith_op_conflict (KithOpContext *cx, const char *id); /* the outcome is MERGED, and this conflict record tells why */
/* Did the record come, or change, after its author had last heard of the hub? Nobody is held to what they could not know. */
gboolean kith_op_is_news (KithOpContext *cx, KithRecord *record, gboolean *news, GError **error);
/* The actor's sight of a record, the same answer as for a REF argument: NOT_FOUND or ACCESS_ENDED. */
gboolean kith_op_visible (KithOpContext *cx, KithRecord *record, GError **error);
void kith_op_now (KithOpContext *cx, JsonObject *now); /* transfer full; with a refusal what is there now, else what its author is told with the outcome */
gboolean kith_refuse (GError **error, KithRefusal code, const char *format, ...) G_GNUC_PRINTF (3, 4); /* always FALSE; a sentence for a person */

G_END_DECLS
