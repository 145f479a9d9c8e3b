/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* U5: which of the agency's programs the client uses, from when to when. */

static const KithField enrollment_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client",
    .fhir = "EpisodeOfCare.patient", .hmis = "PersonalID" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization",
    .fhir = "EpisodeOfCare.managingOrganization" },
  { "program", KITH_FIELD_REF, N_("Program"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "program",
    .fhir = "EpisodeOfCare.type", .hmis = "ProjectID" },
  /* As it was called then: the directory may change. */
  { "program_name", KITH_FIELD_STRING, N_("Program"), .max_length = 255 },
  { "started_on", KITH_FIELD_DATE, N_("Start"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .merge = KITH_MERGE_A,
    .fhir = "EpisodeOfCare.period.start", .hmis = "EntryDate" },
  { "ended_on", KITH_FIELD_DATE, N_("End"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_A, .fhir = "EpisodeOfCare.period.end", .hmis = "ExitDate" },
  { "note", KITH_FIELD_TEXT, N_("Note"), .max_length = 2000, .merge = KITH_MERGE_A },
  { "end_reason", KITH_FIELD_CODE, N_("Why it ended"), .vocabulary = "enrollment_end", .merge = KITH_MERGE_A },
  { "end_note", KITH_FIELD_TEXT, N_("About the end"), .max_length = 2000, .merge = KITH_MERGE_A },
  { "at", KITH_FIELD_TIME, N_("Recorded"), KITH_FIELD_COLUMN, .hmis = "DateCreated" },
  { "by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Recorded by"), .max_length = 255 },
  { "ended_at", KITH_FIELD_TIME, N_("End recorded") },
  { "ended_by", KITH_FIELD_REF, N_("End recorded by"), .target = "staff" },
  { "ended_by_name", KITH_FIELD_STRING, N_("End recorded by"), .max_length = 255 },
};

static const char *const enrollment_indexes[] = { "agency, ended_on, started_on", NULL };

const KithKind kith_kind_enrollment = {
  .name = "enrollment",
  .type_name = "KithEnrollment",
  .label = N_("Program enrollment"),
  .fields = enrollment_fields,
  .n_fields = G_N_ELEMENTS (enrollment_fields),
  .scope = "care:{client}:{agency}",
  .indexes = enrollment_indexes,
};
