/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What a service asks of those who refer to it, or a queue, or 2-1-1 of who calls (P2, P21). No client data: everybody in the network reads
 * it. Answers lie elsewhere (form_answer). */

/* How a question is answered and whether it asks about health never changes: what was answered would have been something else. What is left
 * out of a form is retired, so that answers of yesterday keep their question. */
static const KithField question_fields[] = {
  { "key", KITH_FIELD_STRING, N_("Name among the questions"), KITH_FIELD_REQUIRED, .max_length = 40 },
  { "text", KITH_FIELD_STRING, N_("Question"), KITH_FIELD_REQUIRED, .max_length = 300 },
  { "type", KITH_FIELD_CODE, N_("Answered by"), KITH_FIELD_REQUIRED, .vocabulary = "question_type" },
  { "choices", KITH_FIELD_STRINGS, N_("Choices"), .max_length = 200 },
  { "required", KITH_FIELD_BOOL, N_("Must be answered") },
  /* The answer is health information (U10, C8): only those with the flag are asked, only where consent covers it do others read it. */
  { "health", KITH_FIELD_BOOL, N_("About health") },
  { "retired", KITH_FIELD_BOOL, N_("Not asked any more") },
};

const KithKind kith_kind_question = {
  .name = "question",
  .type_name = "KithQuestion",
  .label = N_("Question"),
  .fields = question_fields,
  .n_fields = G_N_ELEMENTS (question_fields),
};

static const KithField form_fields[] = {
  /* Whose questions these are; absent: the network's. */
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "use", KITH_FIELD_CODE, N_("Asked for"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "form_use" },
  /* The service or the queue that asks; of a contact form absent. */
  { "record", KITH_FIELD_ID, N_("Of"), KITH_FIELD_INDEXED },
  /* Of a contact form: the queues its records may go to. */
  { "queues", KITH_FIELD_REFS, N_("Queues"), .target = "queue" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 120 },
  { "introduction", KITH_FIELD_TEXT, N_("Said before the questions"), .max_length = 1000 },
  { "questions", KITH_FIELD_PARTS, N_("Questions"), .target = "question" },
  /* One more with each change of the questions. */
  { "version", KITH_FIELD_INT, N_("Version") },
  { "inactive", KITH_FIELD_BOOL, N_("Not in use"), KITH_FIELD_COLUMN },
  { "changed_at", KITH_FIELD_TIME, N_("Changed") },
  { "changed_by", KITH_FIELD_REF, N_("Changed by"), .target = "staff" },
  { "changed_by_name", KITH_FIELD_STRING, N_("Changed by"), .max_length = 255 },
};

const KithKind kith_kind_form = {
  .name = "form",
  .type_name = "KithQuestionForm",
  .label = N_("Form"),
  .fields = form_fields,
  .n_fields = G_N_ELEMENTS (form_fields),
  .scope = "dir",
};
