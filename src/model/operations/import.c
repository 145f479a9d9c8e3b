/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far an import came. The rows themselves go in through their own operations; this one only keeps the count and the
 * place to go on from. */

#include "operations/op-common.h"

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "agency", "source",    "format",  "started",  "finished", "state",
                                        "taken",  "unchanged", "refused", "position", NULL };
  g_autoptr (KithRecord) import = kith_op_new ("import", kith_json_string (args, "id"));

  kith_op_copy (import, args, fields);
  return kith_world_put (cx->world, import, error);
}

static const KithField record_args[] = {
  { "id", KITH_FIELD_ID, N_("Import"), KITH_FIELD_REQUIRED },
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "source", KITH_FIELD_STRING, N_("Source"), KITH_FIELD_REQUIRED, .max_length = 255 },
  { "format", KITH_FIELD_STRING, N_("Format") },
  { "started", KITH_FIELD_TIME, N_("Started") },
  { "finished", KITH_FIELD_TIME, N_("Finished") },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED, .vocabulary = "import_state" },
  { "taken", KITH_FIELD_INT, N_("Taken") },
  { "unchanged", KITH_FIELD_INT, N_("Unchanged") },
  { "refused", KITH_FIELD_INT, N_("Refused") },
  { "position", KITH_FIELD_STRING, N_("Position") },
};

const KithOperation kith_operations_import[] = {
  { "import.record", N_("Note an import’s progress"), KITH_RUNS_ONLINE, 0, record_args, G_N_ELEMENTS (record_args),
    kith_op_permit_hub, record_apply },
  { NULL },
};
