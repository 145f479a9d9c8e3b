/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField client_phone_fields[] = {
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED | KITH_FIELD_DIGITS, .fhir = "ContactPoint.value" },
  { "type", KITH_FIELD_CODE, N_("Type"), .vocabulary = "phone_type", .fhir = "ContactPoint.use" },
  { "safe_to_call", KITH_FIELD_BOOL, N_("Safe to call") },
  { "safe_to_text", KITH_FIELD_BOOL, N_("Safe to send a text message") },
  { "safe_to_leave_message", KITH_FIELD_BOOL, N_("Safe to leave a message") },
  { "note", KITH_FIELD_STRING, N_("Note") },
};

const KithKind kith_kind_client_phone = {
  .name = "client_phone",
  .type_name = "KithClientPhone",
  .label = N_("Phone"),
  .fields = client_phone_fields,
  .n_fields = G_N_ELEMENTS (client_phone_fields),
};

static const KithField address_fields[] = {
  { "use", KITH_FIELD_CODE, N_("Use"), .vocabulary = "address_use", .fhir = "Address.use" },
  { "address_1", KITH_FIELD_STRING, N_("Address"), .max_length = 255, .fhir = "Address.line" },
  { "address_2", KITH_FIELD_STRING, N_("Address, second line"), .max_length = 255, .fhir = "Address.line" },
  { "city", KITH_FIELD_STRING, N_("City"), .fhir = "Address.city" },
  { "state_province", KITH_FIELD_STRING, N_("State or province"), .fhir = "Address.state" },
  { "postal_code", KITH_FIELD_STRING, N_("Postal code"), .max_length = 20, .fhir = "Address.postalCode" },
  { "country", KITH_FIELD_STRING, N_("Country"), .fhir = "Address.country" },
  /* Where there is no street: "under the bridge at the station". */
  { "note", KITH_FIELD_STRING, N_("How to find it"), .max_length = 500, .fhir = "Address.text" },
  { "safe_to_write", KITH_FIELD_BOOL, N_("Safe to send letters") },
};

const KithKind kith_kind_address = {
  .name = "address",
  .type_name = "KithAddress",
  .label = N_("Address"),
  .fields = address_fields,
  .n_fields = G_N_ELEMENTS (address_fields),
};

/* Somebody of the household who has no record here. */
static const KithField household_person_fields[] = {
  { "given_name", KITH_FIELD_STRING, N_("Given name"), .fhir = "RelatedPerson.name.given" },
  { "family_name", KITH_FIELD_STRING, N_("Family name"), .fhir = "RelatedPerson.name.family" },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth"), .fhir = "RelatedPerson.birthDate" },
  { "relation", KITH_FIELD_STRING, N_("Relation to the client"), .fhir = "RelatedPerson.relationship" },
  { "phone", KITH_FIELD_STRING, N_("Phone"), .max_length = 60, .fhir = "RelatedPerson.telecom" },
  { "emergency_contact", KITH_FIELD_BOOL, N_("To be called in an emergency") },
};

const KithKind kith_kind_household_person = {
  .name = "household_person",
  .type_name = "KithHouseholdPerson",
  .label = N_("Person in the household"),
  .fields = household_person_fields,
  .n_fields = G_N_ELEMENTS (household_person_fields),
};

static const KithField snapshot_fields[] = {
  { "given_name", KITH_FIELD_STRING, N_("Given name") },
  { "family_name", KITH_FIELD_STRING, N_("Family name") },
  { "second_family_name", KITH_FIELD_STRING, N_("Second family name") },
  { "preferred_name", KITH_FIELD_STRING, N_("Preferred name") },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth") },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "client_phone" },
  { "languages", KITH_FIELD_STRINGS, N_("Languages") },
  { "interpreter_needed", KITH_FIELD_BOOL, N_("Needs an interpreter") },
  { "do_not_contact", KITH_FIELD_BOOL, N_("Do not contact") },
  { "address", KITH_FIELD_PART, N_("Address"), .target = "address" },
};

const KithKind kith_kind_snapshot = {
  .name = "snapshot",
  .type_name = "KithSnapshot",
  .label = N_("Client at sending"),
  .fields = snapshot_fields,
  .n_fields = G_N_ELEMENTS (snapshot_fields),
};
