/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A named list of referrals with statuses of its own (P1). No client data: everybody in the network reads it. */

static const KithField queue_fields[] = {
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .max_length = 80 },
  { "description", KITH_FIELD_STRING, N_("What it is for"), .max_length = 300 },
  /* Deactivated: nothing new comes in, what is in it goes on to its end (P2). */
  { "inactive", KITH_FIELD_BOOL, N_("Inactive"), KITH_FIELD_COLUMN },
  { "created_at", KITH_FIELD_TIME, N_("Created") },
  { "created_by", KITH_FIELD_REF, N_("Created by"), .target = "staff" },
  { "created_by_name", KITH_FIELD_STRING, N_("Created by"), .max_length = 255 },
};

const KithKind kith_kind_queue = {
  .name = "queue",
  .type_name = "KithQueue",
  .label = N_("Queue"),
  .fields = queue_fields,
  .n_fields = G_N_ELEMENTS (queue_fields),
  .scope = "queue:{id}",
};
