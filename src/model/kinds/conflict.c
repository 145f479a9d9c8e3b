/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Two people changed one field of class B: the hub's value stands until somebody picks (sync.md 2.5). */

static const KithField conflict_fields[] = {
  { "t", KITH_FIELD_STRING, N_("Kind of record"), KITH_FIELD_REQUIRED },
  { "record", KITH_FIELD_ID, N_("Record"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED },
  { "field", KITH_FIELD_STRING, N_("Field"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "mine", KITH_FIELD_JSON, N_("Later entry") },
  { "theirs", KITH_FIELD_JSON, N_("What was there") },
  /* Nobody else changed it: an agency that sees the client by consent suggests another value. */
  { "proposed", KITH_FIELD_BOOL, N_("Suggested") },
  { "mine_agency", KITH_FIELD_STRING, N_("Agency"), .max_length = 255 },
  { "mine_by", KITH_FIELD_STRING, N_("Entered by"), .max_length = 255 },
  /* Names are no one person's, and change. One of before has none: its author is known by the name. */
  { "mine_staff", KITH_FIELD_ID, N_("Entered by (staff member)") },
  { "theirs_by", KITH_FIELD_STRING, N_("What was there is by"), .max_length = 255 },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .vocabulary = "conflict_state" },
  { "kept", KITH_FIELD_CODE, N_("Kept"), .vocabulary = "kept" },
  { "settled_by", KITH_FIELD_STRING, N_("Settled by"), .max_length = 255 },
  { "settled_at", KITH_FIELD_TIME, N_("Settled") },
  { "scope", KITH_FIELD_STRING, N_("Scope"), KITH_FIELD_REQUIRED, .max_length = 255 },
};

const KithKind kith_kind_conflict = {
  .name = "conflict",
  .type_name = "KithConflict",
  .label = N_("Conflict"),
  .fields = conflict_fields,
  .n_fields = G_N_ELEMENTS (conflict_fields),
  .scope = "{scope}",
};
