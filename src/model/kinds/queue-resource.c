/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A service, program or agency that a queue is for (P2); an agency stands for all of its programs (P14). */

static const KithField queue_resource_fields[] = {
  { "queue", KITH_FIELD_REF, N_("Queue"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "queue" },
  /* A service, a program or an organization. */
  { "resource", KITH_FIELD_REF, N_("Resource"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization" },
};

const KithKind kith_kind_queue_resource = {
  .name = "queue_resource",
  .type_name = "KithQueueResource",
  .label = N_("Resource of a queue"),
  .fields = queue_resource_fields,
  .n_fields = G_N_ELEMENTS (queue_resource_fields),
  .natural_key = "queue:resource",
  .scope = "queue:{queue}",
};
