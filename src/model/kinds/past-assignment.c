/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* An assignment that has ended (D12): the assignment itself is a fact as long as it stands and gone when it does not, for access follows from it.
 * What remains says who worked with the client, or on the case, from when to when, and who said so; it opens nothing. */

static const KithField past_assignment_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_INDEXED, .target = "case" },
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED, .target = "staff" },
  /* For other agencies, which do not know that staff record. */
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_COLUMN, 255 },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "since", KITH_FIELD_TIME, N_("Since"), KITH_FIELD_COLUMN },
  { "by", KITH_FIELD_REF, N_("Assigned by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Assigned by (name)"), .max_length = 255 },
  { "ended_at", KITH_FIELD_TIME, N_("Until"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "ended_by", KITH_FIELD_REF, N_("Ended by"), .target = "staff" },
  { "ended_by_name", KITH_FIELD_STRING, N_("Ended by (name)"), .max_length = 255 },
};

static char *
past_assignment_scope (KithRecord *record)
{
  return kith_scope_expand (kith_record_string (record, "case") != NULL ? "case:{case}" : "care:{client}:{agency}", record);
}

const KithKind kith_kind_past_assignment = {
  .name = "past_assignment",
  .type_name = "KithPastAssignment",
  .label = N_("Former assignment"),
  .fields = past_assignment_fields,
  .n_fields = G_N_ELEMENTS (past_assignment_fields),
  .scope_func = past_assignment_scope,
};
