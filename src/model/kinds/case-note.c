/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Clinical notes are never changed: an amendment is a note of its own that names the one it amends, and two amendments of one
 * version both stand. */

static const KithField case_note_fields[] = {
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "case" },
  { "amends", KITH_FIELD_REF, N_("Amends"), KITH_FIELD_INDEXED, .target = "case_note", .fhir = "DocumentReference.relatesTo" },
  { "first", KITH_FIELD_REF, N_("First version"), KITH_FIELD_COLUMN, .target = "case_note" },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_COLUMN, .vocabulary = "note_type", .fhir = "DocumentReference.type" },
  { "sensitivity", KITH_FIELD_CODE, N_("Sensitivity"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "sensitivity",
    .fhir = "DocumentReference.securityLabel" },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .fhir = "DocumentReference.date" },
  { "author", KITH_FIELD_REF, N_("By"), .target = "staff", .fhir = "DocumentReference.author" },
  { "author_name", KITH_FIELD_STRING, N_("By"), .max_length = 255 },
  { "text", KITH_FIELD_TEXT, N_("Note"), KITH_FIELD_REQUIRED, .max_length = 20000, .fhir = "DocumentReference.content" },
};

static const char *const case_note_indexes[] = { "case, at", NULL };

const KithKind kith_kind_case_note = {
  .name = "case_note",
  .type_name = "KithCaseNote",
  .label = N_("Note"),
  .fields = case_note_fields,
  .n_fields = G_N_ELEMENTS (case_note_fields),
  .scope_func = kith_scope_by_sensitivity,
  .indexes = case_note_indexes,
};
