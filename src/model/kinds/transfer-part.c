/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What one operation of a transfer changed, in order, so that it can be taken back: several records of the same n where that is much. It names clients, so it
 * lies with its author alone. */

static const KithField transfer_part_fields[] = {
  { "transfer", KITH_FIELD_REF, N_("Transfer"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "transfer" },
  { "staff", KITH_FIELD_REF, N_("By"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "staff" },
  { "n", KITH_FIELD_INT, N_("Part"), KITH_FIELD_REQUIRED },
  { "changes", KITH_FIELD_JSON, N_("Changes"), KITH_FIELD_REQUIRED },
  { "undone", KITH_FIELD_BOOL, N_("Taken back") },
};

const KithKind kith_kind_transfer_part = {
  .name = "transfer_part",
  .type_name = "KithTransferPart",
  .label = N_("Part of a transfer"),
  .fields = transfer_part_fields,
  .n_fields = G_N_ELEMENTS (transfer_part_fields),
  .scope = "user:{staff}",
};
