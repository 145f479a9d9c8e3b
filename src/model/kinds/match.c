/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Two clients who may be one person, as the hub found them (domain.md 5, design.md 2.4), with the values it compared. Nobody is merged:
 * a link can be taken back, and "different" is remembered. A scope of its own, for whoever holds both clients by one right. */

static const KithField match_fields[] = {
  /* In the order of their ids, so that a pair is one record. */
  { "first", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "second", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "match_state" },
  { "zone", KITH_FIELD_CODE, N_("How likely"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "match_zone" },
  { "first_values", KITH_FIELD_PART, N_("First"), .target = "match_person" },
  { "second_values", KITH_FIELD_PART, N_("Second"), .target = "match_person" },
  { "swapped", KITH_FIELD_BOOL, N_("Names swapped") },
  { "given_level", KITH_FIELD_CODE, N_("Given name"), .vocabulary = "match_level" },
  { "family_level", KITH_FIELD_CODE, N_("Family name"), .vocabulary = "match_level" },
  { "birth_level", KITH_FIELD_CODE, N_("Date of birth"), .vocabulary = "match_level" },
  { "phone_level", KITH_FIELD_CODE, N_("Phone"), .vocabulary = "match_level" },
  { "street_level", KITH_FIELD_CODE, N_("Address"), .vocabulary = "match_level" },
  { "proposed_at", KITH_FIELD_TIME, N_("Proposed"), KITH_FIELD_COLUMN },
  { "decided_at", KITH_FIELD_TIME, N_("Decided") },
  { "decided_by", KITH_FIELD_REF, N_("Decided by"), .target = "staff" },
  { "decided_by_name", KITH_FIELD_STRING, N_("Decided by"), .max_length = 255 },
};

static const char *const match_indexes[] = { "state, first, second", NULL };

const KithKind kith_kind_match = {
  .name = "match",
  .type_name = "KithMatch",
  .label = N_("Maybe the same person"),
  .fields = match_fields,
  .n_fields = G_N_ELEMENTS (match_fields),
  .natural_key = "first:second",
  .scope = "match:{id}",
  .indexes = match_indexes,
};

/* What was compared of one of the two, and whose record it is. */
static const KithField match_person_fields[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "given_name", KITH_FIELD_STRING, N_("Given name") },
  { "family_name", KITH_FIELD_STRING, N_("Family name") },
  { "second_family_name", KITH_FIELD_STRING, N_("Second family name") },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth") },
  { "phone", KITH_FIELD_STRING, N_("Phone") },
  { "street", KITH_FIELD_STRING, N_("Address"), .max_length = 255 },
  { "city", KITH_FIELD_STRING, N_("City") },
};

const KithKind kith_kind_match_person = {
  .name = "match_person",
  .type_name = "KithMatchPersonPart",
  .label = N_("Person compared"),
  .fields = match_person_fields,
  .n_fields = G_N_ELEMENTS (match_person_fields),
};
