/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField taxonomy_term_fields[] = {
  { "code", KITH_FIELD_STRING, N_("Code"), KITH_FIELD_INDEXED, .hsds = "code" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .max_length = 255, .hsds = "name" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "parent_id", KITH_FIELD_REF, N_("Broader term"), KITH_FIELD_INDEXED, .target = "taxonomy_term",
    .hsds = "parent_id" },
  { "taxonomy", KITH_FIELD_STRING, N_("Name of the taxonomy"), .hsds = "taxonomy" },
  { "taxonomy_id", KITH_FIELD_REF, N_("Taxonomy"), KITH_FIELD_INDEXED, .target = "taxonomy", .hsds = "taxonomy_id" },
  { "language", KITH_FIELD_STRING, N_("Language"), .hsds = "language" },
  { "term_uri", KITH_FIELD_STRING, N_("Permanent address (URI)"), .max_length = 2000, .hsds = "term_uri" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

const KithKind kith_kind_taxonomy_term = {
  .name = "taxonomy_term",
  .type_name = "KithTaxonomyTerm",
  .label = N_("Taxonomy term"),
  .fields = taxonomy_term_fields,
  .n_fields = G_N_ELEMENTS (taxonomy_term_fields),
  .scope = "dir",
};
