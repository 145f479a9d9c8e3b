/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What the network calls a reason to decline or an outcome (domain.md 2f): one of Kith's own by another name, or words of its own that count as one
 * of those. No client data: everybody in the network reads it. List and code never change: what was declined by it would have been something else. */

static const KithField reason_term_fields[] = {
  { "list", KITH_FIELD_CODE, N_("List"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .vocabulary = "reason_list" },
  { "code", KITH_FIELD_STRING, N_("Counts as"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 40 },
  /* Absent, of one of Kith's own only: as it is called in the reader's language. */
  { "name", KITH_FIELD_STRING, N_("Words"), KITH_FIELD_COLUMN, .max_length = 80 },
  /* What it was called before: whoever chose it by these words, before they learned of others, said these. */
  { "former_names", KITH_FIELD_STRINGS, N_("Former words"), .max_length = 80 },
  { "builtin", KITH_FIELD_BOOL, N_("One of Kith’s own"), KITH_FIELD_COLUMN },
  /* Nobody is offered it any more; what was chosen stays. */
  { "retired", KITH_FIELD_BOOL, N_("Not offered"), KITH_FIELD_COLUMN },
  { "place", KITH_FIELD_INT, N_("Place in the order"), KITH_FIELD_COLUMN },
  /* One more with each change. */
  { "version", KITH_FIELD_INT, N_("Version") },
  { "changed_at", KITH_FIELD_TIME, N_("Changed") },
  { "changed_by", KITH_FIELD_REF, N_("Changed by"), .target = "staff" },
  { "changed_by_name", KITH_FIELD_STRING, N_("Changed by"), .max_length = 255 },
};

const KithKind kith_kind_reason_term = {
  .name = "reason_term",
  .type_name = "KithReasonTerm",
  .label = N_("Reason or outcome of the network"),
  .fields = reason_term_fields,
  .n_fields = G_N_ELEMENTS (reason_term_fields),
  .scope = "dir",
};
