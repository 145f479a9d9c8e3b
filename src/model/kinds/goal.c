/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField goal_fields[] = {
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "case" },
  { "title", KITH_FIELD_STRING, N_("Goal"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 500, .merge = KITH_MERGE_A,
    .fhir = "Goal.description" },
  { "description", KITH_FIELD_TEXT, N_("In words"), .max_length = 4000, .merge = KITH_MERGE_A, .fhir = "Goal.note" },
  { "status", KITH_FIELD_CODE, N_("Status"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "goal_status",
    .fhir = "Goal.lifecycleStatus" },
  { "target_on", KITH_FIELD_DATE, N_("To be reached by"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_A, .fhir = "Goal.target.due" },
  { "sensitivity", KITH_FIELD_CODE, N_("Sensitivity"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "sensitivity" },
  { "since", KITH_FIELD_TIME, N_("Since"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .fhir = "Goal.startDate" },
  { "author", KITH_FIELD_REF, N_("By"), .target = "staff", .fhir = "Goal.expressedBy" },
  { "author_name", KITH_FIELD_STRING, N_("By"), .max_length = 255 },
};

const KithKind kith_kind_goal = {
  .name = "goal",
  .type_name = "KithGoal",
  .label = N_("Goal"),
  .fields = goal_fields,
  .n_fields = G_N_ELEMENTS (goal_fields),
  .scope_func = kith_scope_by_sensitivity,
};
