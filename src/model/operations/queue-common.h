/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/op-common.h"

G_BEGIN_DECLS

/* What queues and what is in them share (P1, P2). */

#define KITH_ARG_QUEUE { "queue", KITH_FIELD_REF, N_("Queue"), KITH_FIELD_REQUIRED, .target = "queue" }

/* The statuses of a queue in their order, retired ones too. (element-type KithRecord); NULL with error: the world failed */
GPtrArray *kith_queue_statuses (KithOpContext *cx, const char *queue, GError **error);

/* The first status not retired that stands for phase; NULL: none. Borrowed. */
KithRecord *kith_queue_lane (GPtrArray *statuses, const char *phase);

/* Is the queue for this referral: linked to its service, program or agency, or to nothing at all (P2, P14)? Else refused. */
gboolean kith_queue_check_resource (KithOpContext *cx, KithRecord *queue, KithRecord *referral, GError **error);

/* Is the service in a queue (P14): is one in use that is for it? known: FALSE where that cannot be told here, as on a desk. FALSE: the world failed. */
gboolean kith_queue_has_service (KithOpContext *cx, KithRecord *service, gboolean *has, gboolean *known, GError **error);

/* What those see of a referral's status who hold the eight fields alone (P12): that of the queue it is shown in. The caller puts it. */
void kith_queue_show_status (KithRecord *referral, KithRecord *status);

/* Puts a referral into the queue, in the status that stands for its phase, else in the first; a place it had stays. The caller has asked
 * who may and puts the referral. */
gboolean kith_queue_enter (KithOpContext *cx, KithRecord *queue, KithRecord *referral, GError **error);

/* P6: of a referral that stands in a queue the status is one of that queue's. Refused where it has none of that phase; a desk that does not know them all
 * leaves it to the hub. */
gboolean kith_queue_check_phase (KithOpContext *cx, KithRecord *referral, const char *phase, GError **error);

/* The referral came into another phase by whatever act: in each queue it stands in a status of that phase, where there is one (domain.md 2e). */
gboolean kith_queue_follow (KithOpContext *cx, KithRecord *referral, const char *phase, GError **error);

G_END_DECLS
