/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* The timeline of a case. A note, assessment or goal that may not be seen by everybody on the case is there with date, author and type
 * all the same; what it says is not. */

static const KithField case_event_fields[] = {
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "case" },
  { "type", KITH_FIELD_CODE, N_("What happened"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "case_event_type" },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "author", KITH_FIELD_REF, N_("By"), .target = "staff" },
  { "author_name", KITH_FIELD_STRING, N_("By"), .max_length = 255 },
  { "agency_name", KITH_FIELD_STRING, N_("Agency"), .max_length = 255 },
  /* The note, assessment or goal it tells of; absent where the operation itself is all there is. */
  { "record", KITH_FIELD_ID, N_("Record") },
  { "sensitivity", KITH_FIELD_CODE, N_("Sensitivity"), .vocabulary = "sensitivity" },
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), .vocabulary = "outcome" },
  /* What the network called the outcome when it was chosen (reason_term). */
  { "term_name", KITH_FIELD_STRING, N_("In the network’s words"), .max_length = 80 },
  { "text", KITH_FIELD_TEXT, N_("Text"), .max_length = 4000 },
};

static const char *const case_event_indexes[] = { "case, at", NULL };

const KithKind kith_kind_case_event = {
  .name = "case_event",
  .type_name = "KithCaseEvent",
  .label = N_("Event of a case"),
  .fields = case_event_fields,
  .n_fields = G_N_ELEMENTS (case_event_fields),
  .scope = "case:{case}",
  .indexes = case_event_indexes,
};
