/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A referral's place in a queue; it may have one in several (P13). It lies with the detail: with the eight fields go the name and the status
 * of the queue it is shown in, and neither the others nor when it moved (P12). Without a status: taken out. */

static const KithField queue_item_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  { "queue", KITH_FIELD_REF, N_("Queue"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .target = "queue" },
  { "status", KITH_FIELD_REF, N_("Status"), KITH_FIELD_COLUMN, .target = "queue_status" },
  { "placed_at", KITH_FIELD_TIME, N_("In the queue since"), KITH_FIELD_REQUIRED },
  { "moved_at", KITH_FIELD_TIME, N_("In this status since"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
};

/* The second: whether a referral of which the eight fields are here has a place in this queue; by the first alone each would look through all of it. */
static const char *const queue_item_indexes[] = { "queue, status, moved_at, referral", "referral, queue", NULL };

const KithKind kith_kind_queue_item = {
  .name = "queue_item",
  .type_name = "KithQueueItem",
  .label = N_("Place in a queue"),
  .fields = queue_item_fields,
  .n_fields = G_N_ELEMENTS (queue_item_fields),
  .natural_key = "referral:queue",
  .scope = "referral_detail:{referral}",
  .indexes = queue_item_indexes,
};
