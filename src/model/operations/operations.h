/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-operation.h"

G_BEGIN_DECLS

/* The families of operations, one table per file, each ended by an entry without a name. kith-operation.c collects them;
 * a new family is one line here and one in families.c. */
extern const KithOperation kith_operations_directory[];
extern const KithOperation kith_operations_agency[];
extern const KithOperation kith_operations_staff[];
extern const KithOperation kith_operations_staff_work[];  /* supervisor, languages and kinds of case, leave */
extern const KithOperation kith_operations_portal[];      /* what a portal account follows and may */
extern const KithOperation kith_operations_client[];
extern const KithOperation kith_operations_client_record[]; /* alerts, household, restriction */
extern const KithOperation kith_operations_consent[];
extern const KithOperation kith_operations_consent_remind[];
extern const KithOperation kith_operations_amendment_remind[];
extern const KithOperation kith_operations_consent_revoke[];
extern const KithOperation kith_operations_assignment[];
extern const KithOperation kith_operations_enrollment[];      /* and the care team */
extern const KithOperation kith_operations_service_event[];
extern const KithOperation kith_operations_amendment[];
extern const KithOperation kith_operations_document[];
extern const KithOperation kith_operations_case[];        /* open, close, reopen */
extern const KithOperation kith_operations_case_notes[];  /* notes, assessments, goals */
extern const KithOperation kith_operations_task[];
extern const KithOperation kith_operations_caseload[];    /* transfer, undo */
extern const KithOperation kith_operations_referral_reroute[]; /* to somebody else, unanswered */
extern const KithOperation kith_operations_referral_send[];   /* send, recall */
extern const KithOperation kith_operations_referral_answer[]; /* accept, assign */
extern const KithOperation kith_operations_referral_decline[]; /* decline, confirm_decline */
extern const KithOperation kith_operations_referral_wait[]; /* dispatch */
extern const KithOperation kith_operations_referral_clock[];  /* remind, expire, check_in, snooze */
extern const KithOperation kith_operations_referral_work[];   /* set_status, record_contact, introduce, note, private_note */
extern const KithOperation kith_operations_referral_close[];  /* close, reopen, void */
extern const KithOperation kith_operations_queue[];           /* queues and their statuses */
extern const KithOperation kith_operations_form[];            /* questions of services, queues and calls */
extern const KithOperation kith_operations_reason[];          /* what reasons and outcomes are called */
extern const KithOperation kith_operations_queue_item[];      /* a referral in a queue */
extern const KithOperation kith_operations_contact[];         /* calls to 2-1-1 */
extern const KithOperation kith_operations_print[];           /* of whole records */
extern const KithOperation kith_operations_capacity[];        /* counts and plans */
extern const KithOperation kith_operations_hold[];            /* a place for a referral */
extern const KithOperation kith_operations_import[];
extern const KithOperation kith_operations_notice[];
extern const KithOperation kith_operations_conflict[];
extern const KithOperation kith_operations_audit[];
extern const KithOperation kith_operations_lookup[];
extern const KithOperation kith_operations_match[];

/* All tables above, ended by NULL (record.patch lies beside kith-operation.c). */
extern const KithOperation *const kith_operation_families[];

G_END_DECLS
