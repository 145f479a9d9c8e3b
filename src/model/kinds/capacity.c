/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* How many places a service has free, as everybody in the network sees it (P4, P5). `observed` is what somebody read off the wall;
 * `free` follows from it and from the holds since (sync.md 2.5): operations write it, nobody types it. */

static const KithField capacity_fields[] = {
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "service",
    .fhir = "HealthcareService" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization" },
  { "unit", KITH_FIELD_CODE, N_("Counted in"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "capacity_unit" },
  { "unit_name", KITH_FIELD_STRING, N_("Counted in, in words"), .max_length = 60 },
  { "period", KITH_FIELD_CODE, N_("The number is for"), .vocabulary = "capacity_period" },
  { "status", KITH_FIELD_CODE, N_("State"), KITH_FIELD_COLUMN, .vocabulary = "capacity_status",
    .fhir = "HealthcareService.extension:capacity-status" },
  { "free", KITH_FIELD_INT, N_("Free"), KITH_FIELD_COLUMN },
  /* Beside the state, not one of its codes: full is full, and a number is counted on, whoever has to call first. What FHIR says by one code follows:
   * where there is room and this is said, additional-assessment-required (domain.md 2h). */
  { "assess_first", KITH_FIELD_BOOL, N_("Call first: an assessment is needed") },
  { "kind", KITH_FIELD_CODE, N_("The places are for"), .vocabulary = "capacity_kind" }, /* absent: the service itself */
  { "held", KITH_FIELD_INT, N_("Held by accepted referrals") },
  { "maximum", KITH_FIELD_INT, N_("In all") },
  { "reserved", KITH_FIELD_INT, N_("Kept back") },
  { "waiting", KITH_FIELD_INT, N_("On the wait list") },
  { "note", KITH_FIELD_STRING, N_("Note to partners"), .max_length = 500 },
  { "target_group", KITH_FIELD_STRING, N_("For whom"), .max_length = 200 },
  { "until", KITH_FIELD_DATE, N_("Holds until") },
  /* From the moment on at which the number says nothing: by `until`, or the period and the agency's time zone, which others do not hold. */
  { "ends_at", KITH_FIELD_TIME, N_("Holds until") },
  /* An accepted referral takes one. */
  { "per_referral", KITH_FIELD_BOOL, N_("An accepted referral takes one") },
  { "observed", KITH_FIELD_INT, N_("Counted") },
  { "observed_status", KITH_FIELD_CODE, N_("State when counted"), .vocabulary = "capacity_status" },
  { "observed_at", KITH_FIELD_TIME, N_("Counted at"), KITH_FIELD_COLUMN },
  { "observed_by", KITH_FIELD_REF, N_("Counted by"), .target = "staff" },
  { "observed_by_name", KITH_FIELD_STRING, N_("Counted by"), .max_length = 255 },
  /* Nobody counted: it was said ahead for that moment, by the one named (P4). */
  { "planned", KITH_FIELD_BOOL, N_("As planned") },
  /* The note and all else that is no number: what was said last stands, whenever it comes in. */
  { "words_at", KITH_FIELD_TIME, N_("Said at") },
};

static const char *const capacity_indexes[] = { "agency, observed_at", NULL };

const KithKind kith_kind_capacity = {
  .name = "capacity",
  .type_name = "KithCapacity",
  .label = N_("Free places"),
  .fields = capacity_fields,
  .n_fields = G_N_ELEMENTS (capacity_fields),
  .natural_key = "service:unit",
  .scope = "dir",
  .indexes = capacity_indexes,
};
