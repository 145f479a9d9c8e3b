/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One place kept for one accepted referral; held again after it was given back it is another. Only the hub makes and ends one, in the order in which it decides (sync.md 2.5); it names
 * the referral and nothing of the client. */

static const KithField hold_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED, .target = "service" },
  { "capacity", KITH_FIELD_REF, N_("Free places"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "capacity" },
  { "unit", KITH_FIELD_CODE, N_("Counted in"), KITH_FIELD_REQUIRED, .vocabulary = "capacity_unit" },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "hold_state" },
  { "placed_at", KITH_FIELD_TIME, N_("Held since"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "ended_at", KITH_FIELD_TIME, N_("Ended") },
  /* The free places it may still change the number of: no count is newer than both of its moments, or it still holds. Else absent. */
  { "counts", KITH_FIELD_REF, N_("Counts for"), KITH_FIELD_INDEXED, .target = "capacity" },
};

/* Who holds a place now, of a service that has kept its ledger for years. */
static const char *const hold_indexes[] = { "capacity, state, placed_at", NULL };

const KithKind kith_kind_hold = {
  .name = "hold",
  .type_name = "KithHold",
  .label = N_("Held place"),
  .fields = hold_fields,
  .n_fields = G_N_ELEMENTS (hold_fields),
  .scope = "service:{service}",
  .indexes = hold_indexes,
};
