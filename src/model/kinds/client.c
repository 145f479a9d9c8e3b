/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField client_fields[] = {
  /* Who registered the person: the owner. */
  { "agency", KITH_FIELD_REF, N_("Registered by agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED,
    .target = "organization", .fhir = "Patient.managingOrganization" },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED | KITH_FIELD_DIGITS,
    .fhir = "Patient.identifier", .hmis = "PersonalID" },
  { "given_name", KITH_FIELD_STRING, N_("Given name"), KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .merge = KITH_MERGE_B, .fhir = "Patient.name.given", .hmis = "FirstName" },
  { "middle_name", KITH_FIELD_STRING, N_("Middle name"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_B,
    .fhir = "Patient.name.given", .hmis = "MiddleName" },
  { "family_name", KITH_FIELD_STRING, N_("Family name"), KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED,
    .merge = KITH_MERGE_B, .fhir = "Patient.name.family", .hmis = "LastName" },
  { "second_family_name", KITH_FIELD_STRING, N_("Second family name"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_B,
    .fhir = "Patient.name.family" },
  { "other_names", KITH_FIELD_STRINGS, N_("Other names"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_A,
    .fhir = "Patient.name" },
  /* For a person who gives no name. */
  { "described_as", KITH_FIELD_STRING, N_("Described as"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_A },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth"), KITH_FIELD_INDEXED, .merge = KITH_MERGE_B,
    .fhir = "Patient.birthDate", .hmis = "DOB" },
  { "pronouns", KITH_FIELD_STRING, N_("Pronouns"), .merge = KITH_MERGE_A },
  { "sex", KITH_FIELD_CODE, N_("Sex"), .vocabulary = "hmis_sex", .merge = KITH_MERGE_B, .fhir = "Patient.gender",
    .hmis = "Sex" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "client_phone", .merge = KITH_MERGE_A,
    .fhir = "Patient.telecom" },
  { "email", KITH_FIELD_STRING, N_("Email"), .max_length = 254, .merge = KITH_MERGE_A, .fhir = "Patient.telecom" },
  { "address", KITH_FIELD_PART, N_("Address"), .target = "address", .merge = KITH_MERGE_A, .fhir = "Patient.address" },
  { "languages", KITH_FIELD_STRINGS, N_("Languages"), .merge = KITH_MERGE_A, .fhir = "Patient.communication.language" },
  { "interpreter_needed", KITH_FIELD_BOOL, N_("Needs an interpreter"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:interpreterNeeded" },
  /* C16: suppresses every notice and shows to every receiver. */
  { "do_not_contact", KITH_FIELD_BOOL, N_("Do not contact"), .merge = KITH_MERGE_B,
    .fhir = "ServiceRequest.orderDetail" },
  { "contact_note", KITH_FIELD_TEXT, N_("About contacting this person"), .max_length = 1000, .merge = KITH_MERGE_A },
  { "restricted", KITH_FIELD_BOOL, N_("Restricted"), KITH_FIELD_COLUMN },
  { "registered_at", KITH_FIELD_TIME, N_("Registered"), KITH_FIELD_COLUMN, .hmis = "DateCreated" },
  { "registered_by", KITH_FIELD_REF, N_("Registered by"), .target = "staff", .hmis = "UserID" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

static const char *const client_indexes[] = { "family_name, given_name, date_of_birth, number, id", NULL };

const KithKind kith_kind_client = {
  .name = "client",
  .type_name = "KithClient",
  .label = N_("Client"),
  .fields = client_fields,
  .n_fields = G_N_ELEMENTS (client_fields),
  .scope = "client:{id}",
  .indexes = client_indexes,
};
