/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField assessment_fields[] = {
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "case" },
  { "name", KITH_FIELD_STRING, N_("Assessment"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 255,
    .fhir = "QuestionnaireResponse.questionnaire" },
  { "assessed_on", KITH_FIELD_DATE, N_("Date"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .fhir = "QuestionnaireResponse.authored",
    .hmis = "AssessmentDate" },
  { "type", KITH_FIELD_CODE, N_("How"), .vocabulary = "hmis_assessment_type", .hmis = "AssessmentType" },
  { "level", KITH_FIELD_CODE, N_("Level"), .vocabulary = "hmis_assessment_level", .hmis = "AssessmentLevel" },
  { "score", KITH_FIELD_NUMBER, N_("Score") },
  { "answers", KITH_FIELD_JSON, N_("Answers"), .fhir = "QuestionnaireResponse.item", .hmis = "AssessmentQuestions" },
  { "summary", KITH_FIELD_TEXT, N_("Summary"), .max_length = 20000 },
  { "sensitivity", KITH_FIELD_CODE, N_("Sensitivity"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "sensitivity" },
  { "at", KITH_FIELD_TIME, N_("Recorded"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "author", KITH_FIELD_REF, N_("By"), .target = "staff", .fhir = "QuestionnaireResponse.author" },
  { "author_name", KITH_FIELD_STRING, N_("By"), .max_length = 255 },
  /* Recorded by mistake: it counts for nothing, and stays to be read. */
  { "voided_at", KITH_FIELD_TIME, N_("Taken back") },
  { "voided_by", KITH_FIELD_REF, N_("Taken back by"), .target = "staff" },
  { "voided_by_name", KITH_FIELD_STRING, N_("Taken back by"), .max_length = 255 },
  { "void_reason", KITH_FIELD_STRING, N_("Why it was taken back"), .max_length = 500 },
};

const KithKind kith_kind_assessment = {
  .name = "assessment",
  .type_name = "KithAssessment",
  .label = N_("Assessment"),
  .fields = assessment_fields,
  .n_fields = G_N_ELEMENTS (assessment_fields),
  .scope_func = kith_scope_by_sensitivity,
};
