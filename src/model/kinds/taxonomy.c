/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A list of terms by which a publisher describes services. Kith ships none: some are licensed (domain.md 3). */

static const KithField taxonomy_fields[] = {
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .max_length = 255, .hsds = "name" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "uri", KITH_FIELD_STRING, N_("Permanent address (URI)"), .max_length = 2000, .hsds = "uri" },
  { "version", KITH_FIELD_STRING, N_("Version"), .hsds = "version" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

const KithKind kith_kind_taxonomy = {
  .name = "taxonomy",
  .type_name = "KithTaxonomy",
  .label = N_("Taxonomy"),
  .fields = taxonomy_fields,
  .n_fields = G_N_ELEMENTS (taxonomy_fields),
  .scope = "dir",
};
