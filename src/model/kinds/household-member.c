/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Which household a client is part of: one open record per client (its id is the client's), in the client's own scope, so that who
 * sees one person of a household learns nothing of the others. What is over stays beside it under an id of its own, with its end.
 * People without a record here are parts of the client's. */

static const KithField household_member_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "agency", KITH_FIELD_REF, N_("Recorded by agency"), .target = "organization" },
  { "household", KITH_FIELD_ID, N_("Household"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .hmis = "HouseholdID" },
  { "relationship", KITH_FIELD_CODE, N_("Relation to the head of household"), KITH_FIELD_COLUMN,
    .vocabulary = "hmis_relationship", .hmis = "RelationshipToHoH" },
  { "since", KITH_FIELD_DATE, N_("Since") },
  { "ended_on", KITH_FIELD_DATE, N_("Until"), KITH_FIELD_COLUMN },
  { "by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Recorded by"), .max_length = 255 },
  { "at", KITH_FIELD_TIME, N_("Recorded") },
  { "ended_by", KITH_FIELD_REF, N_("End recorded by"), .target = "staff" },
  { "ended_by_name", KITH_FIELD_STRING, N_("End recorded by"), .max_length = 255 },
  { "ended_at", KITH_FIELD_TIME, N_("End recorded") },
};

const KithKind kith_kind_household_member = {
  .name = "household_member",
  .type_name = "KithHouseholdMember",
  .label = N_("Member of a household"),
  .fields = household_member_fields,
  .n_fields = G_N_ELEMENTS (household_member_fields),
  .natural_key = "client",
  .scope = "client:{client}",
};
