/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One status of one queue. Whatever it is called, it belongs to a phase, so that reports, the clock and partners understand it
 * (domain.md 2e). Its phase never changes: what stood in it would have been something else. */

static const KithField queue_status_fields[] = {
  { "queue", KITH_FIELD_REF, N_("Queue"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "queue" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 60 },
  { "phase", KITH_FIELD_CODE, N_("Phase"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "phase" },
  { "place", KITH_FIELD_INT, N_("Place in the order"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  /* No referral comes into it any more; those in it stay until they are moved. */
  { "retired", KITH_FIELD_BOOL, N_("Retired"), KITH_FIELD_COLUMN },
};

const KithKind kith_kind_queue_status = {
  .name = "queue_status",
  .type_name = "KithQueueStatus",
  .label = N_("Status of a queue"),
  .fields = queue_status_fields,
  .n_fields = G_N_ELEMENTS (queue_status_fields),
  .scope = "queue:{queue}",
};
