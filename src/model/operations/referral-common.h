/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-referral-rules.h"
#include "operations/op-common.h"

G_BEGIN_DECLS

/* What the operations on referrals share: who may, one step of the machine, one line of the timeline. */

/* Permission of an operation of kith-referral-rules.c, whatever the phase. */
gboolean kith_op_permit_referral (KithOpContext *cx, JsonObject *args, GError **error);

/* The referral named in args; TRUE with NULL: not on this computer, left to the hub. */
gboolean kith_op_referral (KithOpContext *cx, JsonObject *args, KithRecord **referral, GError **error);

/* Compare and set: go when args' "from" is the phase it is in, the table allows the step to `to`, and to this person.
 * Already there: a noop. Else STALE_STATE, with what is there now. */
gboolean kith_op_step (KithOpContext *cx, JsonObject *args, KithRecord *referral, const char *to, gboolean *go,
                       GError **error);
gboolean kith_op_stale (KithOpContext *cx, KithRecord *referral, GError **error); /* always FALSE */
gboolean kith_op_refuse_elsewhere (GError **error); /* another sent it on first */

/* One operation on a referral inside another, with its own arguments and permission. What the hub derives from it the outer one derives. apply: instead
 * of its own, or NULL. */
typedef gboolean (*KithOpApply) (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_run_step (KithOpContext *cx, const char *name, JsonObject *with, KithOpApply apply, GError **error);

/* referral.set_status by a status of a queue, which was checked (P6). */
gboolean kith_op_set_status (KithOpContext *cx, JsonObject *args, GError **error);

/* Moves it into a phase and clears what the former one left behind; puts the course, where it is here, and the caller the record. */
gboolean kith_op_enter_phase (KithOpContext *cx, KithRecord *referral, const char *to, const char *reason, GError **error);
KithRecord *kith_op_new_course (KithRecord *referral, const char *type); /* the caller puts it */

/* With the detail (referral-detail.c): TRUE with NULL: not on this computer, its fields are the hub's to read and write (P12). */
gboolean kith_op_detail (KithOpContext *cx, KithRecord *referral, KithRecord **detail, GError **error);
KithRecord *kith_op_new_detail (KithRecord *referral); /* the caller puts it */
gboolean kith_op_put_outcome (KithOpContext *cx, KithRecord *referral, const char *outcome, const char *words, GError **error); /* NULL: none any more */

/* One line of the timeline (referral_event). values: members of the event beside who, when and the type, or NULL
 * (transfer full). */
gboolean kith_op_add_event (KithOpContext *cx, KithRecord *referral, const char *type, JsonObject *values,
                            GError **error);

/* The line this act added; NULL: it has added none of that type, or it is not on this computer. */
gboolean kith_op_find_event (KithOpContext *cx, KithRecord *referral, const char *type, KithRecord **event, GError **error);

/* The line of what follows from the same act, beside its own. */
gboolean kith_op_add_second_event (KithOpContext *cx, KithRecord *referral, const char *type, JsonObject *values, GError **error);

/* The same, for the actor's own side alone. */
gboolean kith_op_add_own_event (KithOpContext *cx, KithRecord *referral, const char *type, const char *text, GError **error);

/* Gives an accepted referral to a coordinator, who comes onto the client too; name: the person's, for the timeline, or NULL
 * (referral-answer.c). Whether it may be done is asked before. */
gboolean kith_op_assign_referral (KithOpContext *cx, KithRecord *referral, const char *staff, const char *name,
                                  GError **error);

/* What the receiver keeps of it for itself; NULL: nothing yet, or not on this computer (referral-answer.c). */
gboolean kith_op_receiver_own (KithOpContext *cx, KithRecord *referral, KithRecord **own, GError **error);

KithRecord *kith_op_new_own (KithRecord *referral, const char *agency); /* the first of that side's; the caller puts it */

/* It was with the actor's agency when this was done, and is with another by now (referral.reroute): what was written then is taken, as that
 * side's own words (P17). */
gboolean kith_op_had_referral (KithOpContext *cx, KithRecord *referral);

/* A proposed decline is none of what comes now: the referral was accepted, or opened again (referral-decline.c). */
gboolean kith_op_drop_proposal (KithOpContext *cx, KithRecord *referral, GError **error);

/* The release that args name, for the receiver the referral has by then; none named: as it was. The caller puts the detail. */
gboolean kith_op_check_release (KithOpContext *cx, JsonObject *args, KithRecord *referral, GError **error); /* of args, which may have none */
gboolean kith_op_set_release (KithOpContext *cx, JsonObject *args, KithRecord *referral, KithRecord *detail, GError **error);
void kith_op_write_release (JsonObject *release, KithRecord *referral, KithRecord *detail); /* one that was checked */
gboolean kith_op_drop_release (KithRecord *detail); /* was there one? */
gboolean kith_op_has_release (KithOpContext *cx, KithRecord *detail);
gboolean kith_op_is_release_term (KithOpContext *cx, const char *until); /* neither over nor longer than a year */
/* What a release is described by, where it stands alone and where it keeps a referral (C5). */
#define KITH_RELEASE_FIELDS \
  { "classes", KITH_FIELD_CODES, N_("What may be shared"), KITH_FIELD_REQUIRED, .vocabulary = "data_class" }, \
  { "until", KITH_FIELD_TIME, N_("Until"), KITH_FIELD_REQUIRED }, \
  { "basis", KITH_FIELD_CODE, N_("Legal basis"), KITH_FIELD_REQUIRED, .vocabulary = "legal_basis" }, \
  { "network", KITH_FIELD_BOOL, N_("The network’s staff too") }
/* C15: what a victim service agency tells of anybody rests on a written, time-limited release, and on no client record. client, given (the
 * release): nullable (referral-send.c). */
gboolean kith_op_check_victim_service (KithOpContext *cx, const char *agency, const char *client, JsonObject *given, GError **error);

/* Does a consent in force, a release or the agency itself let the receiver have the client's identity? Refused with
 * what is missing. A desk that does not know all of the client's consents, or not the release, leaves it to the hub. */
gboolean kith_op_check_covered (KithOpContext *cx, KithRecord *referral, GError **error);
gboolean kith_op_check_covered_with (KithOpContext *cx, KithRecord *referral, KithRecord *detail, GError **error); /* detail: nullable */

/* Sends what args of referral.send describe (referral-send.c). contact, need (nullable): the record of a call, whose person it carries instead of
 * the client record's, and the need it is for. */
gboolean kith_op_send_referral (KithOpContext *cx, JsonObject *args, KithRecord *contact, KithRecord *need, GError **error);
JsonObject *kith_op_referral_snapshot (JsonObject *args, KithRecord *client); /* the client as carried; client: nullable (transfer full) */
gboolean kith_op_send_derive (KithOpContext *cx, JsonObject *args, GError **error);

/* A draft (2e): only what can be one is kept as one; and the draft args write anew, NULL: it is a new referral. What it said before is taken away,
 * but for what is about health and its author may not see. */
gboolean kith_op_check_draft (JsonObject *args, GError **error);
gboolean kith_op_find_draft (KithOpContext *cx, JsonObject *args, KithRecord **draft, GError **error);

/* Is work on it to come, so that it keeps a place where places are counted (sync.md 2.5)? */
gboolean kith_op_keeps_place (KithRecord *referral);

/* The hub: by when the receiver should answer (D2); reminders begin anew. */
gboolean kith_op_set_due (KithOpContext *cx, KithRecord *referral, GError **error);

#define KITH_ARG_REFERRAL { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED, .target = "referral" }
#define KITH_ARG_FROM { "from", KITH_FIELD_CODE, N_("Phase it was in"), KITH_FIELD_REQUIRED, .vocabulary = "phase" }

G_END_DECLS
