/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One act of moving caseloads, however many operations carry it: how far it came, and whether it was taken back. Which clients it
 * moved stands in transfer_part. */

static const KithField transfer_fields[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization" },
  /* Both absent where several people give or get. */
  { "from", KITH_FIELD_REF, N_("From"), .target = "staff" },
  { "to", KITH_FIELD_REF, N_("To"), .target = "staff" },
  { "reason", KITH_FIELD_STRING, N_("Reason"), .max_length = 500 },
  { "by", KITH_FIELD_REF, N_("By"), KITH_FIELD_INDEXED, .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("By"), .max_length = 255 },
  { "started", KITH_FIELD_TIME, N_("Started"), KITH_FIELD_COLUMN },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "transfer_state" },
  { "parts", KITH_FIELD_INT, N_("Parts") },
  { "undone", KITH_FIELD_INT, N_("Parts taken back") },
  { "moved", KITH_FIELD_INT, N_("Moved") },
};

const KithKind kith_kind_transfer = {
  .name = "transfer",
  .type_name = "KithTransfer",
  .label = N_("Transfer of a caseload"),
  .fields = transfer_fields,
  .n_fields = G_N_ELEMENTS (transfer_fields),
  .scope = "agency:{agency}",
};
