/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField import_fields[] = {
  /* Absent: the import of a whole directory, the network's own. */
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization" },
  { "source", KITH_FIELD_STRING, N_("Source"), .max_length = 255 },
  { "format", KITH_FIELD_STRING, N_("Format") },
  { "started", KITH_FIELD_TIME, N_("Started"), KITH_FIELD_COLUMN },
  { "finished", KITH_FIELD_TIME, N_("Finished") },
  { "taken", KITH_FIELD_INT, N_("Taken") },
  { "refused", KITH_FIELD_INT, N_("Refused") },
  { "unchanged", KITH_FIELD_INT, N_("Unchanged") },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_INDEXED, .vocabulary = "import_state" },
  { "position", KITH_FIELD_STRING, N_("Position"), .max_length = 4000 },
};

const KithKind kith_kind_import = {
  .name = "import",
  .type_name = "KithImport",
  .label = N_("Import"),
  .fields = import_fields,
  .n_fields = G_N_ELEMENTS (import_fields),
  .scope_func = kith_scope_for_agency,
};
