/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField client_phone_fields[] = {
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED | KITH_FIELD_DIGITS, .fhir = "ContactPoint.value" },
  { "type", KITH_FIELD_CODE, N_("Type"), .vocabulary = "phone_type", .fhir = "ContactPoint.use" },
  { "safe_to_call", KITH_FIELD_BOOL, N_("Safe to call") },
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
  { "address_1", KITH_FIELD_STRING, N_("Address"), .max_length = 255, .fhir = "Address.line" },
  { "address_2", KITH_FIELD_STRING, N_("Address, second line"), .max_length = 255, .fhir = "Address.line" },
  { "city", KITH_FIELD_STRING, N_("City"), .fhir = "Address.city" },
  { "state_province", KITH_FIELD_STRING, N_("State or province"), .fhir = "Address.state" },
  { "postal_code", KITH_FIELD_STRING, N_("Postal code"), .max_length = 20, .fhir = "Address.postalCode" },
  { "country", KITH_FIELD_STRING, N_("Country"), .fhir = "Address.country" },
};

const KithKind kith_kind_address = {
  .name = "address",
  .type_name = "KithAddress",
  .label = N_("Address"),
  .fields = address_fields,
  .n_fields = G_N_ELEMENTS (address_fields),
};

static const KithField snapshot_fields[] = {
  { "given_name", KITH_FIELD_STRING, N_("Given name") },
  { "family_name", KITH_FIELD_STRING, N_("Family name") },
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
