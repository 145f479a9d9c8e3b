/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One piece of work of one agency with one client. Who is on it (A2) is in assignment; what was written about the client in case_note,
 * assessment and goal, beside it or, by their sensitivity, in case_health. */

static const KithField case_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client", .fhir = "EpisodeOfCare.patient" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization",
    .fhir = "EpisodeOfCare.managingOrganization" },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED | KITH_FIELD_DIGITS, .max_length = 40,
    .fhir = "EpisodeOfCare.identifier" },
  { "title", KITH_FIELD_STRING, N_("Title"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN, .max_length = 255,
    .merge = KITH_MERGE_B },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_COLUMN, .vocabulary = "case_type", .merge = KITH_MERGE_A, .fhir = "EpisodeOfCare.type" },
  { "phase", KITH_FIELD_CODE, N_("Phase"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .vocabulary = "case_phase", .fhir = "EpisodeOfCare.status" },
  { "opened_at", KITH_FIELD_TIME, N_("Opened"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .fhir = "EpisodeOfCare.period" },
  { "author", KITH_FIELD_REF, N_("Opened by"), .target = "staff" },
  { "author_name", KITH_FIELD_STRING, N_("Opened by"), .max_length = 255 },
  { "closed_at", KITH_FIELD_TIME, N_("Closed"), KITH_FIELD_COLUMN, .fhir = "EpisodeOfCare.period" },
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), KITH_FIELD_COLUMN, .vocabulary = "outcome" },
  { "outcome_name", KITH_FIELD_STRING, N_("Outcome"), .max_length = 80 }, /* in the network's words (reason_term) */
  { "next_step", KITH_FIELD_STRING, N_("Next step"), .max_length = 500, .merge = KITH_MERGE_A },
  { "next_step_on", KITH_FIELD_DATE, N_("Next step on"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_A },
};

static const char *const case_indexes[] = { "client, phase, opened_at", "agency, phase, next_step_on", NULL };

const KithKind kith_kind_case = {
  .name = "case",
  .type_name = "KithCase",
  .label = N_("Case"),
  .fields = case_fields,
  .n_fields = G_N_ELEMENTS (case_fields),
  .scope = "case:{id}",
  .indexes = case_indexes,
};
