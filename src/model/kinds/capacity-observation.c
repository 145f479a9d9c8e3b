/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One count, as it was entered. None is ever changed: what came late stands here and moves nothing (sync.md 2.5). */

static const KithField capacity_observation_fields[] = {
  { "capacity", KITH_FIELD_REF, N_("Free places"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "capacity" },
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED, .target = "service" },
  { "unit", KITH_FIELD_CODE, N_("Counted in"), KITH_FIELD_REQUIRED, .vocabulary = "capacity_unit" },
  { "status", KITH_FIELD_CODE, N_("State"), KITH_FIELD_COLUMN, .vocabulary = "capacity_status" },
  { "free", KITH_FIELD_INT, N_("Free"), KITH_FIELD_COLUMN },
  { "maximum", KITH_FIELD_INT, N_("In all") },
  { "reserved", KITH_FIELD_INT, N_("Kept back") },
  { "waiting", KITH_FIELD_INT, N_("On the wait list") },
  { "assess_first", KITH_FIELD_BOOL, N_("Call first: an assessment is needed") },
  { "kind", KITH_FIELD_CODE, N_("The places are for"), .vocabulary = "capacity_kind" },
  { "note", KITH_FIELD_STRING, N_("Note to partners"), .max_length = 500 },
  { "target_group", KITH_FIELD_STRING, N_("For whom"), .max_length = 200 },
  { "until", KITH_FIELD_DATE, N_("Holds until") },
  { "observed_at", KITH_FIELD_TIME, N_("Counted at"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  /* From a plan: which. */
  { "plan", KITH_FIELD_REF, N_("Plan"), .target = "capacity_plan" },
  /* A newer count was there already. */
  { "late", KITH_FIELD_BOOL, N_("Came late"), KITH_FIELD_COLUMN },
  /* No count: what was said about the one that stood. */
  { "words", KITH_FIELD_BOOL, N_("Words only") },
  { "at", KITH_FIELD_TIME, N_("Recorded") },
  { "by", KITH_FIELD_REF, N_("Counted by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Counted by"), KITH_FIELD_COLUMN, .max_length = 255 },
};

static const char *const capacity_observation_indexes[] = { "capacity, observed_at", NULL };

const KithKind kith_kind_capacity_observation = {
  .name = "capacity_observation",
  .type_name = "KithCapacityObservation",
  .label = N_("Count of free places"),
  .fields = capacity_observation_fields,
  .n_fields = G_N_ELEMENTS (capacity_observation_fields),
  .scope = "service:{service}",
  .indexes = capacity_observation_indexes,
};
