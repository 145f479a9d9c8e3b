/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-id.h"
#include "kith-json.h"
#include "kith-operation.h"

G_BEGIN_DECLS

/* A small network in memory for the tests of operations. It is the hub's world: who sees what follows from the facts,
 * by the same code as at the hub.
 *
 * Agencies A, B, C, and V (a victim service agency). Services of B: S (program P; direct, active), S-info (not direct),
 * S-shut (direct, not active); of A: SA (direct). Staff, named "agency-who": sup, rm, cc, cc2, admin, new (training not
 * complete), gone (inactive), portal; b-rm2 manages none of B's services, b-cc2 is a coordinator who manages S (U12).
 * "net" is network staff, "hub" the hub. Everything has the id op_id (name). */
typedef struct _OpFixture OpFixture;

OpFixture *op_fixture_new (void);
void op_fixture_free (OpFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpFixture, op_fixture_free)

#define OP_DAY G_GINT64_CONSTANT (86400000)

const char *op_id (const char *name); /* interned */
KithWorld *op_world (OpFixture *self);
void op_advance (OpFixture *self, gint64 ms);
void op_set_lag (OpFixture *self, gint64 ms);           /* how long operations take from their author to the hub */
void
op_set_late (OpFixture *self,
             const char *who); /* what this person writes was written before access ended (sync.md 2.4); NULL: nobody */
void op_set_ended (OpFixture *self, const char *who); /* what this person does not see now was seen once */
char *op_time (OpFixture *self, gint64 ms_from_now); /* ISO */

/* Runs an operation as the hub does: undone when refused; args: transfer full. What comes back is "applied", "noop",
 * "merged" or the refusal's code. Each one runs a second time on a copy of the world and must leave equal rows
 * (determinism). */
const char *op_run (OpFixture *self, const char *who, const char *operation, JsonObject *args);
void op_set_had (OpFixture *self, const char *who); /* had sight when it was written, as the hub finds out: the operation is marked late */
const char *op_try (OpFixture *self, const char *who, const char *operation,
                    JsonObject *args);    /* the same, but always undone */
const char *op_message (OpFixture *self); /* of the last refusal */
JsonObject *op_now (OpFixture *self);     /* what the last refusal says is there now, or NULL */
KithActor *op_actor (OpFixture *self, const char *who);

/* Runs it on a desk that holds only these scopes (NULL-ended list of templates with names for ids: "agency:A"). The
 * desk's rows are then in op_desk. */
const char *op_run_desk (OpFixture *self, const char *who, const char *const *scopes, const char *operation,
                         JsonObject *args);
KithWorld *op_desk (OpFixture *self); /* of the last op_run_desk */

/* Reading the hub's world; borrowed until the next call. */
KithRecord *op_get (OpFixture *self, const char *kind, const char *id);
KithRecord *op_natural (OpFixture *self, const char *kind, const char *key); /* key: "client:A" with names for ids */
const char *op_phase (OpFixture *self, const char *referral); /* "" when there is none */
const char *op_detail_field (OpFixture *self, const char *referral, const char *field); /* of its detail; "" when absent */
const char *op_course_field (OpFixture *self, const char *referral, const char *field); /* of its course; the same */
const char *op_field (OpFixture *self, const char *kind, const char *id, const char *field); /* "" when absent */
guint op_count (OpFixture *self, const char *kind);
guint op_count_with (OpFixture *self, const char *kind, const char *field, const char *value);
void op_assert_only_sender (OpFixture *self, const char *referral); /* of A: nobody of B, of C, of the portal or of the network has a word of it */
gboolean op_sees (OpFixture *self, const char *who, const char *scope); /* names for ids */
char *op_expand (const char *with_names); /* "care:C1:A" with ids */
void op_put (OpFixture *self, const char *kind, const char *id, JsonObject *body); /* a fact, past all operations */
void op_set (OpFixture *self, const char *kind, const char *id, const char *field, JsonNode *value);

/* Ready-made steps; each asserts that it was applied. Names become ids. */
void op_register (OpFixture *self, const char *who, const char *client); /* Ana Lopez, 1988-04-07, no consent */
void op_consent (OpFixture *self, const char *who, const char *consent, const char *client,
                 const char *receiver); /* classes client and care */
void op_send (OpFixture *self, const char *who, const char *referral, const char *client,
              const char *service); /* direct */
JsonObject *op_send_args (const char *referral, const char *client, const char *type, const char *service);
JsonObject *op_step_args (const char *referral, const char *from);
void op_put_assignment (OpFixture *self, const char *client, const char *who,
                        const char *agency); /* a fact, past all operations */
void
op_accepted (OpFixture *self,
             const char *referral); /* C1 of A, consent K1 for B, sent to S by a-cc as `referral`, accepted by b-rm */

#define op_assert(self, who, operation, args, expected)                                                                \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const char *got_ = op_run (self, who, operation, args);                                                            \
    if (g_strcmp0 (got_, expected) != 0)                                                                               \
      g_error ("%s:%d: %s by %s: %s (%s), not %s", __FILE__, __LINE__, operation, who, got_, op_message (self),        \
               expected);                                                                                              \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
