/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Which household a client is part of: one record per client, in the client's own scope, so that who sees one person of a
 * household learns nothing of the others. People without a record here are parts of the client's. */

static const KithField household_member_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "agency", KITH_FIELD_REF, N_("Recorded by agency"), .target = "organization" },
  { "household", KITH_FIELD_ID, N_("Household"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .hmis = "HouseholdID" },
  { "relationship", KITH_FIELD_CODE, N_("Relation to the head of household"), KITH_FIELD_COLUMN,
    .vocabulary = "hmis_relationship", .hmis = "RelationshipToHoH" },
  { "since", KITH_FIELD_DATE, N_("Since") },
  { "by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  { "at", KITH_FIELD_TIME, N_("Recorded") },
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
