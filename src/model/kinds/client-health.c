/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* U10: a record and a scope of its own, for those who may see health information. */

static const KithField client_health_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "agency", KITH_FIELD_REF, N_("Recorded by agency"), .target = "organization" },
  { "conditions", KITH_FIELD_STRINGS, N_("Health conditions"), .merge = KITH_MERGE_A, .fhir = "Condition.code", .one = N_("Health condition") },
  { "allergies", KITH_FIELD_STRINGS, N_("Allergies"), .merge = KITH_MERGE_B, .fhir = "AllergyIntolerance.code", .one = N_("Allergy") },
  { "medications", KITH_FIELD_STRINGS, N_("Medications"), .merge = KITH_MERGE_B, .fhir = "MedicationStatement.medication", .one = N_("Medication") },
  { "disabling_condition", KITH_FIELD_CODE, N_("Disabling condition"), .vocabulary = "hmis_no_yes", .merge = KITH_MERGE_B,
    .hmis = "DisablingCondition" },
  { "physical_disability", KITH_FIELD_CODE, N_("Physical disability"), .vocabulary = "hmis_no_yes", .merge = KITH_MERGE_B,
    .hmis = "DisabilityResponse:5" },
  { "developmental_disability", KITH_FIELD_CODE, N_("Developmental disability"), .vocabulary = "hmis_no_yes",
    .merge = KITH_MERGE_B, .hmis = "DisabilityResponse:6" },
  { "chronic_condition", KITH_FIELD_CODE, N_("Chronic health condition"), .vocabulary = "hmis_no_yes",
    .merge = KITH_MERGE_B, .hmis = "DisabilityResponse:7" },
  { "hiv_aids", KITH_FIELD_CODE, N_("HIV/AIDS"), .vocabulary = "hmis_no_yes", .merge = KITH_MERGE_B,
    .hmis = "DisabilityResponse:8" },
  { "mental_health_disorder", KITH_FIELD_CODE, N_("Mental health disorder"), .vocabulary = "hmis_no_yes",
    .merge = KITH_MERGE_B, .hmis = "DisabilityResponse:9" },
  { "substance_use_disorder", KITH_FIELD_CODE, N_("Substance use disorder"), .vocabulary = "hmis_substance",
    .merge = KITH_MERGE_B, .hmis = "DisabilityResponse:10" },
  { "general_health", KITH_FIELD_CODE, N_("General health"), .vocabulary = "hmis_health_status", .merge = KITH_MERGE_A,
    .hmis = "GeneralHealthStatus" },
  { "pregnant", KITH_FIELD_CODE, N_("Pregnant"), .vocabulary = "hmis_no_yes", .merge = KITH_MERGE_B,
    .hmis = "PregnancyStatus" },
  { "due_date", KITH_FIELD_PARTIAL_DATE, N_("Due date"), .merge = KITH_MERGE_B, .hmis = "DueDate" },
  { "accommodations", KITH_FIELD_STRING, N_("Needs in daily life"), .max_length = 500, .merge = KITH_MERGE_A },
  { "provider", KITH_FIELD_STRING, N_("Doctor or clinic"), .max_length = 255, .merge = KITH_MERGE_A,
    .fhir = "Patient.generalPractitioner" },
  { "provider_phone", KITH_FIELD_STRING, N_("Phone of the doctor or clinic"), .max_length = 60, .merge = KITH_MERGE_A },
  { "health_note", KITH_FIELD_TEXT, N_("About health"), .max_length = 4000, .merge = KITH_MERGE_B },
};

const KithKind kith_kind_client_health = {
  .name = "client_health",
  .type_name = "KithClientHealth",
  .label = N_("Health information"),
  .fields = client_health_fields,
  .n_fields = G_N_ELEMENTS (client_health_fields),
  .natural_key = "client",
  .scope = "client_health:{client}",
};
