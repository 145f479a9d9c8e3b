/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField program_fields[] = {
  { "organization_id", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED,
    .target = "organization", .hsds = "organization_id" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .max_length = 255, .hsds = "name", .hmis = "ProjectName" },
  { "alternate_name", KITH_FIELD_STRING, N_("Other name"), KITH_FIELD_SEARCHED, .max_length = 255,
    .hsds = "alternate_name" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "attributes", KITH_FIELD_PARTS, N_("Attributes"), .target = "attribute", .hsds = "attributes" },
  { "metadata", KITH_FIELD_PARTS, N_("Changes at the publisher"), .target = "metadata", .hsds = "metadata" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

const KithKind kith_kind_program = {
  .name = "program",
  .type_name = "KithProgram",
  .label = N_("Program"),
  .fields = program_fields,
  .n_fields = G_N_ELEMENTS (program_fields),
  .scope = "dir",
};
