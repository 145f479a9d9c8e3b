/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What was answered to one form, where the record lies that it belongs to. The words of the question stand beside the answer as they were
 * then: a form changes, what was answered does not. */

static const KithField answer_fields[] = {
  { "key", KITH_FIELD_STRING, N_("Name among the questions"), KITH_FIELD_REQUIRED, .max_length = 40 },
  { "text", KITH_FIELD_STRING, N_("Question"), .max_length = 300 },
  { "type", KITH_FIELD_CODE, N_("Answered by"), .vocabulary = "question_type" },
  { "value", KITH_FIELD_TEXT, N_("Answer"), .max_length = 4000 },
  { "values", KITH_FIELD_STRINGS, N_("Answers"), .max_length = 200 },
};

const KithKind kith_kind_answer = {
  .name = "answer",
  .type_name = "KithAnswer",
  .label = N_("Answer"),
  .fields = answer_fields,
  .n_fields = G_N_ELEMENTS (answer_fields),
};

static const KithField form_answer_fields[] = {
  { "t", KITH_FIELD_STRING, N_("Kind of record"), KITH_FIELD_REQUIRED },
  { "record", KITH_FIELD_ID, N_("Record"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED },
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "form", KITH_FIELD_REF, N_("Form"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "form" },
  { "form_name", KITH_FIELD_STRING, N_("Form"), .max_length = 120 },
  { "version", KITH_FIELD_INT, N_("Version") },
  { "answers", KITH_FIELD_PARTS, N_("Answers"), .target = "answer", .fhir = "QuestionnaireResponse.item" },
  { "at", KITH_FIELD_TIME, N_("Answered"), .fhir = "QuestionnaireResponse.authored" },
  { "by", KITH_FIELD_REF, N_("Answered by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Answered by"), .max_length = 255 },
  { "scope", KITH_FIELD_STRING, N_("Scope"), KITH_FIELD_REQUIRED, .max_length = 255 },
};

const KithKind kith_kind_form_answer = {
  .name = "form_answer",
  .type_name = "KithFormAnswer",
  .label = N_("Answers"),
  .fields = form_answer_fields,
  .n_fields = G_N_ELEMENTS (form_answer_fields),
  .scope = "{scope}",
};
