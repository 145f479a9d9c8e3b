/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-scope.h"
#include "kith-text.h"
#include "operations/operations.h"

G_BEGIN_DECLS

/* What the families share. All of it is pure: the answer follows from the arguments, the actor, the time and the rows
 * shown. */

/* ---- who ---- */
gboolean kith_op_working (const KithActor *actor); /* a standard account, active and trained (U17) */
gboolean kith_op_permit_worker (KithOpContext *cx, JsonObject *args, GError **error);  /* only those */
gboolean kith_op_permit_hub (KithOpContext *cx, JsonObject *args, GError **error);     /* the hub's clock alone */
gboolean kith_op_permit_network (KithOpContext *cx, JsonObject *args, GError **error); /* network staff and the hub */
/* A worker whose agency has args' client in its care and who sees that: the agency's own record of care, which outlives consent,
 * not the client's identity. What was written before access ended passes. */
gboolean kith_op_permit_care (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_is_network (KithOpContext *cx);
gboolean kith_op_administers (KithOpContext *cx, const char *agency); /* its administrator, network staff, the hub */

/* ---- rows ---- */
char *kith_op_natural_id (const char *kind,
                          ...) G_GNUC_NULL_TERMINATED; /* values of the kind's natural key, in its order */
gboolean kith_op_get (KithOpContext *cx, const char *kind, const char *id, KithRecord **record,
                      GError **error); /* TRUE, NULL: not here; never refuses */
KithRecord *kith_op_new (const char *kind, const char *id);
/* What exists once per client (its health information): begun where it is not there yet and client says whose it is, *begun then TRUE,
 * not put (begun may be NULL). Without client: what has to be there. NULL record: not on this computer. */
gboolean kith_op_need_of_client (KithOpContext *cx, const KithKind *kind, const char *id, const char *client, KithRecord **record, gboolean *begun,
                                 GError **error);
gboolean kith_op_not_found (GError **error); /* always FALSE */
gboolean kith_op_refuse_taken (KithOpContext *cx, const char *kind, const char *id,
                               GError **error); /* EXISTS when that id is taken */
gboolean kith_op_settings (KithOpContext *cx, const char *agency, KithRecord **settings,
                           GError **error); /* agency_settings; may give NULL */
gboolean kith_op_holds_none_here (KithOpContext *cx, const char *agency,
                                  GError **error); /* refuses a victim service agency (C15) */

/* Copies the members named by fields (NULL-ended) that args has into the record; null removes. */
void kith_op_copy (KithRecord *record, JsonObject *args, const char *const *fields);
void kith_op_set_node (KithRecord *record, const char *field, JsonObject *from,
                       const char *member);              /* a copy; nothing when absent */
gboolean kith_op_same_list (JsonArray *a, JsonArray *b); /* as sets of texts */
gboolean kith_op_check_day (KithOpContext *cx, JsonObject *args, const char *name,
                            GError **error); /* a date of today, where the author's agency is, or earlier; not before 1900 */
gboolean kith_op_check_time (KithOpContext *cx, JsonObject *args, const char *name, char **time,
                             GError **error); /* when something happened, now where nothing is said; never a day to come */
void kith_op_sign (KithOpContext *cx, KithRecord *record, const char *at, const char *by, const char *by_name); /* when, who, and their name */
void kith_op_sign_change (KithOpContext *cx, KithRecord *history); /* of field_history: who changed it, of which agency */
gboolean kith_op_check_number (JsonObject *args, GError **error); /* of a record that people read, and mails carry: "NA-0007", no other text (C17) */
char *kith_op_clip (const char *text, guint max); /* the first max characters; NULL stays NULL */
gboolean kith_op_blank (JsonObject *args, const char *name);

void kith_op_mark_imported (KithRecord *client); /* from now on it can be told whether anything was changed (import.c) */
gboolean kith_op_check_identity (KithRecord *client, GError **error); /* a name or a description */

/* Does the actor see what the own agency does with this client (care:C:A)? The client's identity need not be in sight. A
 * record that is not here passes on a desk. */
gboolean kith_op_check_care (KithOpContext *cx, const char *client, GError **error);

/* Sets one field as a form does (kith-record-patch.c): what it said before, and who said so, is read in the record's history, and who sets it now is known to
 * whatever is corrected later. NULL: it says nothing. Nothing is kept where it says that already; the record is not put. */
gboolean kith_op_set_kept (KithOpContext *cx, KithRecord *record, const char *name, const char *text, GError **error);
gboolean kith_op_set_kept_node (KithOpContext *cx, KithRecord *record, const char *name, JsonNode *value, GError **error); /* of a field that is no text */
#define KITH_FIELD_AUTHORS "_by" /* of a body: who set each field */
void kith_op_set_noted (KithOpContext *cx, KithRecord *record, const char *name, const char *text); /* the same, but what it said before is not kept */

/* What a form changes of a task (task.c), beside what each field takes; the task may be NULL: not here. */
gboolean kith_op_check_task_patch (KithOpContext *cx, KithRecord *task, JsonObject *set, GError **error);

/* What a form made of an enrollment (enrollment.c); over: it had ended before, and has then. */
gboolean kith_op_check_enrollment (KithOpContext *cx, KithRecord *enrollment, gboolean over, GError **error);
gboolean kith_op_check_member (KithOpContext *cx, KithRecord *member, gboolean over, GError **error); /* the same of a care team's */

/* ---- staff ---- */
gboolean kith_op_is_seen_by (KithOpContext *cx, const char *staff, const char *scope, gboolean *seen, GError **error); /* now; only the hub knows */
gboolean kith_op_works (KithRecord *staff); /* a standard account that is active and trained */
/* What a member of staff is called now, as text for who does not know their record (D12). Where that is not here, what the field says stays; staff NULL: too. */
gboolean kith_op_set_name_of (KithOpContext *cx, KithRecord *record, const char *field, const char *staff, GError **error);
/* May work be given to this person: of that agency, active, trained, a standard account (U17)? A record that is not
 * here passes on a desk. */
gboolean kith_op_check_assignable (KithOpContext *cx, const char *staff, const char *agency, KithRecord **record,
                                   GError **error);
/* How the agency knows the client by what its record says now; the caller puts it. */
KithRecord *kith_op_new_care (KithOpContext *cx, KithRecord *client, const char *agency);
/* Puts a staff member on a client; *changed (may be NULL) becomes TRUE when that is new (case-common.c). */
gboolean kith_op_assign_to_client (KithOpContext *cx, const char *client, const char *agency, const char *staff,
                                   gboolean *changed, GError **error);
/* match.c: a client that is put is none of these of the same agency; others, and what is decided already, are left alone. NULL: none. */
gboolean kith_op_tell_apart (KithOpContext *cx, KithRecord *client, JsonArray *others, GError **error);

/* ---- consent (consent.c) ---- */
gboolean kith_op_make_consent (KithOpContext *cx, const char *client, JsonObject *values, gboolean granted,
                               GError **error);

/* consent-scope.c: puts the agencies of the groups it names into the consent's receivers; replaces the older consents it covers, or is
 * itself replaced or revoked by what is newer. The caller puts the consent. */
gboolean kith_op_name_receivers (KithOpContext *cx, KithRecord *consent, GError **error);
gboolean kith_op_supersede (KithOpContext *cx, KithRecord *consent, JsonArray *replaces, GError **error);

/* client-reason.c: why, for those of the actor's agency alone who work with the client; what: "restricted", "unrestricted", "granted", "refused", "revoked" (C11). */
gboolean kith_op_put_reason (KithOpContext *cx, const char *client, const char *what, const char *text, GError **error);

/* ---- audit (audit.c): an entry in the actor's agency's log (C13); kind, record, client and detail may be NULL ---- */
gboolean kith_op_audit (KithOpContext *cx, const char *what, const char *kind, const char *record, const char *client,
                        const char *detail, GError **error);
/* The same where one operation makes several: of: which, no two the same. */
gboolean kith_op_audit_of (KithOpContext *cx, const char *of, const char *what, const char *kind, const char *record, const char *client, const char *detail,
                           GError **error);

/* ---- do not contact (do-not-contact.c, C16): by any of the records that are said to be one person; of a referral by the call, or what it carried ---- */
gboolean kith_op_is_client_silent (KithOpContext *cx, const char *client, gboolean *silent, GError **error);
gboolean kith_op_is_silent (KithOpContext *cx, KithRecord *referral, gboolean *silent, GError **error);

/* The hub's derive: what the client's and the call's records say goes into what the referral carries, as long as the receiver may hold that. */
gboolean kith_op_carry_do_not_contact (KithOpContext *cx, KithRecord *referral, GError **error);
/* The same for all that go by the record: field of it was changed; nothing is done for any other. */
gboolean kith_op_carry_do_not_contact_of (KithOpContext *cx, const char *kind, const char *id, const char *field, GError **error);

/* ---- who answers (answered.c) ---- */
/* U12: the role for the service, else the person's own; to a whole agency (service NULL) the person's own. */
gboolean kith_op_manages (KithOpContext *cx, KithRecord *staff, const char *service, gboolean *yes, GError **error);
/* At the hub: is anybody told of a referral to that service, or to the agency as a whole (service NULL), who may answer it: one who manages it, a supervisor
 * or a portal account (D2). */
gboolean kith_op_is_answered (KithOpContext *cx, const char *agency, KithRecord *service, gboolean *answered, GError **error);
/* The hub's derive of whatever changes an account ("staff", or "id" of a new one): the agency says whether anybody answers there. */
gboolean kith_op_show_answered (KithOpContext *cx, JsonObject *args, GError **error);

/* ---- notices (notice.c): the hub's derive ---- */
typedef enum
{
  KITH_NOTIFY_SENDER = 1 << 0,   /* whose it is there (kith_op_referral_owners()); nobody, or all on leave and asked for something: the supervisors (too) */
  KITH_NOTIFY_RECEIVER = 1 << 1, /* those who manage the service, the supervisors and the portal accounts of where it went (D2, P13) */
  KITH_NOTIFY_ASSIGNEE = 1 << 2, /* who works on it; nobody: as RECEIVER; on leave: those at work too */
  KITH_NOTIFY_AT_WORK = 1 << 3,  /* those who manage the service and are not on leave; nobody: the supervisors; and the portal accounts */
  KITH_NOTIFY_MANAGERS = 1 << 4, /* all who manage the service; nobody at work: the supervisors too; and the portal accounts */
  KITH_NOTIFY_CHIEFS = 1 << 5,   /* the receiver's supervisors */
  KITH_NOTIFY_PORTAL = 1 << 6,   /* the portal accounts of where it went */
} KithNotify;
gboolean kith_op_notify (KithOpContext *cx, KithRecord *referral, const char *type, KithNotify whom, GError **error);
GPtrArray *kith_op_referral_owners (KithOpContext *cx, KithRecord *referral, GError **error); /* referral-owner.c; (element-type utf8) staff ids */
/* Those of the agency who are assigned to the client; when nobody works on it, its supervisors (C16). */
gboolean kith_op_notify_client (KithOpContext *cx, const char *client, const char *agency, const char *type, GError **error);
/* Whoever answers a client's request for the agency that was asked: its supervisors and privacy officers (C19), by the number that the request says. */
gboolean kith_op_notify_deciders (KithOpContext *cx, KithRecord *request, const char *type, GError **error);
/* The author of what just happened, where it came out otherwise than it looked on their computer. */
gboolean kith_op_notify_author (KithOpContext *cx, const char *client, const char *type, GError **error);
/* The same, once for each id `of`. */
gboolean kith_op_notify_author_of (KithOpContext *cx, const char *of, const char *client, const char *type, GError **error);
/* The same, of a referral: it went another way than whoever acted can have seen. */
gboolean kith_op_notify_actor (KithOpContext *cx, KithRecord *referral, const char *type, gboolean read, GError **error); /* read: no news to them */
/* The number of a client's record, for who may be told it; NULL: nobody of theirs, or not in their sight (C1). client: nullable; borrowed from it. */
gboolean kith_op_number_for (KithOpContext *cx, KithRecord *client, const char *staff, const char **number, GError **error);
/* Whoever got work, once for each id `of`; client, case_id and number may be NULL. */
gboolean kith_op_notify_work (KithOpContext *cx, const char *of, const char *staff, const char *type, const char *client, const char *case_id,
                              const char *number, GError **error);

G_END_DECLS
