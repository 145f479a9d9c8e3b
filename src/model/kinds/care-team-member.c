/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* U6: who of the agency works with the client. It tells, it opens nothing: access is an assignment's. */

static const KithField care_team_member_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client",
    .fhir = "CareTeam.subject" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization",
    .fhir = "CareTeam.managingOrganization" },
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "staff",
    .fhir = "CareTeam.participant.member" },
  /* For other agencies, which do not know that staff record. */
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_COLUMN, 255 },
  { "role", KITH_FIELD_STRING, N_("Role"), KITH_FIELD_COLUMN, .fhir = "CareTeam.participant.role" },
  /* Of one whose role changed: what it was before, in the entry that begins then, and what it became, in the one that ends. */
  { "role_before", KITH_FIELD_STRING, N_("Role before") },
  { "role_after", KITH_FIELD_STRING, N_("Role afterwards") },
  { "started_on", KITH_FIELD_DATE, N_("Since"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .merge = KITH_MERGE_A,
    .fhir = "CareTeam.participant.period.start" },
  { "ended_on", KITH_FIELD_DATE, N_("Until"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_A, .fhir = "CareTeam.participant.period.end" },
  { "end_note", KITH_FIELD_TEXT, N_("Why it ended"), .max_length = 1000, .merge = KITH_MERGE_A },
  { "at", KITH_FIELD_TIME, N_("Recorded"), KITH_FIELD_COLUMN },
  { "by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Recorded by"), .max_length = 255 },
  { "ended_at", KITH_FIELD_TIME, N_("End recorded") },
  { "ended_by", KITH_FIELD_REF, N_("End recorded by"), .target = "staff" },
  { "ended_by_name", KITH_FIELD_STRING, N_("End recorded by"), .max_length = 255 },
};

const KithKind kith_kind_care_team_member = {
  .name = "care_team_member",
  .type_name = "KithCareTeamMember",
  .label = N_("Care team"),
  .fields = care_team_member_fields,
  .n_fields = G_N_ELEMENTS (care_team_member_fields),
  .scope = "care:{client}:{agency}",
};
