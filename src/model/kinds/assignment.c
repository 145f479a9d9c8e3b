/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A1 to A11. One row per person and client, in what the agency does with the client; one per person and case beside it, with the case
 * in the client's place in its key, in the case. */

static const KithField assignment_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_INDEXED, .target = "case" },
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "staff",
    .fhir = "CareTeam.participant.member" },
  /* For other agencies, which do not know that staff record; absent where an older Kith assigned. */
  { "name", KITH_FIELD_STRING, N_("Name"), .max_length = 255 },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization" },
  { "since", KITH_FIELD_TIME, N_("Since"), .fhir = "CareTeam.participant.period" },
  { "by", KITH_FIELD_REF, N_("Assigned by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Assigned by (name)"), .max_length = 255 },
};

static char *
assignment_scope (KithRecord *record)
{
  return kith_scope_expand (kith_record_string (record, "case") != NULL ? "case:{case}" : "care:{client}:{agency}", record);
}

/* Who is on whom and what each has to do is counted for a whole agency: from the index alone. */
static const char *const assignment_indexes[] = { "client, case, staff", "case, staff", "staff, case, client", "agency, case, client, staff", NULL };

const KithKind kith_kind_assignment = {
  .name = "assignment",
  .type_name = "KithAssignment",
  .label = N_("Assignment"),
  .fields = assignment_fields,
  .n_fields = G_N_ELEMENTS (assignment_fields),
  .natural_key = "client:staff",
  .scope_func = assignment_scope,
  .indexes = assignment_indexes,
};
