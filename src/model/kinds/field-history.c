/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A value that was replaced, by a change, a merge of class A or when a conflict was settled, or that a merge set aside: nothing is overwritten
 * unseen (I14). What took its place is not repeated here: it stands in the record, or in the entry whose hlc is this one's kept_hlc. */

static const KithField field_history_fields[] = {
  { "t", KITH_FIELD_STRING, N_("Kind of record"), KITH_FIELD_REQUIRED },
  { "record", KITH_FIELD_ID, N_("Record"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED },
  { "field", KITH_FIELD_STRING, N_("Field"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "value", KITH_FIELD_JSON, N_("Value") },
  { "by", KITH_FIELD_REF, N_("Entered by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Entered by"), .max_length = 255 },
  { "hlc", KITH_FIELD_STRING, N_("Logical time") },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_COLUMN },
  /* It never stood, or no longer had to: the other one stayed. */
  { "set_aside", KITH_FIELD_BOOL, N_("Set aside") },
  { "kept_hlc", KITH_FIELD_STRING, N_("Logical time of what stands") },
  { "changed_by_name", KITH_FIELD_STRING, N_("Changed by"), .max_length = 255 },
  { "agency_name", KITH_FIELD_STRING, N_("Agency"), .max_length = 255 },
  { "scope", KITH_FIELD_STRING, N_("Scope"), KITH_FIELD_REQUIRED, .max_length = 255 },
};

const KithKind kith_kind_field_history = {
  .name = "field_history",
  .type_name = "KithFieldHistory",
  .label = N_("Earlier value"),
  .fields = field_history_fields,
  .n_fields = G_N_ELEMENTS (field_history_fields),
  .scope = "{scope}",
};
