/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A count set ahead: once, or every week on certain days (P4). The hub's clock enters it when its hour has come where the agency is. */

static const KithField capacity_plan_fields[] = {
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "service" },
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "unit", KITH_FIELD_CODE, N_("Counted in"), KITH_FIELD_REQUIRED, .vocabulary = "capacity_unit" },
  /* Exactly one of the two. */
  { "planned_on", KITH_FIELD_DATE, N_("On"), KITH_FIELD_COLUMN },
  { "weekdays", KITH_FIELD_CODES, N_("Every"), .vocabulary = "weekday" },
  { "hour", KITH_FIELD_STRING, N_("At"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 20 },
  { "ends_on", KITH_FIELD_DATE, N_("Last day") },
  { "status", KITH_FIELD_CODE, N_("State"), .vocabulary = "capacity_status" },
  { "free", KITH_FIELD_INT, N_("Free") },
  { "note", KITH_FIELD_STRING, N_("Note to partners"), .max_length = 500 },
  /* The hub's clock: the last day it was entered for, and whether it will be again. */
  { "done_on", KITH_FIELD_DATE, N_("Last entered for") },
  { "live", KITH_FIELD_BOOL, N_("Still to come"), KITH_FIELD_INDEXED },
  { "at", KITH_FIELD_TIME, N_("Planned") },
  { "by", KITH_FIELD_REF, N_("Planned by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Planned by"), .max_length = 255 },
  { "cancelled_at", KITH_FIELD_TIME, N_("Cancelled") },
  { "cancelled_by", KITH_FIELD_REF, N_("Cancelled by"), .target = "staff" },
  { "cancelled_by_name", KITH_FIELD_STRING, N_("Cancelled by"), .max_length = 255 },
};

const KithKind kith_kind_capacity_plan = {
  .name = "capacity_plan",
  .type_name = "KithCapacityPlan",
  .label = N_("Plan of free places"),
  .fields = capacity_plan_fields,
  .n_fields = G_N_ELEMENTS (capacity_plan_fields),
  .scope = "service:{service}",
};
