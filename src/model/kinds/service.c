/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField service_fields[] = {
  { "organization_id", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED,
    .target = "organization", .hsds = "organization_id", .fhir = "HealthcareService.providedBy" },
  { "program_id", KITH_FIELD_REF, N_("Program"), KITH_FIELD_INDEXED, .target = "program", .hsds = "program_id",
    .fhir = "HealthcareService.program" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .max_length = 255, .hsds = "name", .fhir = "HealthcareService.name" },
  { "alternate_name", KITH_FIELD_STRING, N_("Other name"), KITH_FIELD_SEARCHED, .max_length = 255,
    .hsds = "alternate_name" },
  { "description", KITH_FIELD_TEXT, N_("Description"), KITH_FIELD_SEARCHED, .hsds = "description",
    .fhir = "HealthcareService.comment" },
  { "status", KITH_FIELD_CODE, N_("Status"), KITH_FIELD_COLUMN, .vocabulary = "service_status", .hsds = "status",
    .fhir = "HealthcareService.active" },
  /* Only service.set_direct changes this (D4). */
  { "direct", KITH_FIELD_BOOL, N_("Takes direct referrals"), KITH_FIELD_INDEXED },
  { "url", KITH_FIELD_STRING, N_("Web page"), .max_length = 2000, .hsds = "url" },
  { "email", KITH_FIELD_STRING, N_("Email"), .max_length = 254, .hsds = "email" },
  { "interpretation_services", KITH_FIELD_TEXT, N_("Interpretation"), .hsds = "interpretation_services" },
  { "application_process", KITH_FIELD_TEXT, N_("How to apply"), .hsds = "application_process" },
  { "fees_description", KITH_FIELD_TEXT, N_("About the fees"), .hsds = "fees_description" },
  { "fees", KITH_FIELD_TEXT, N_("Fees"), .hsds = "fees" },
  { "wait_time", KITH_FIELD_STRING, N_("Waiting time"), .max_length = 500, .hsds = "wait_time" },
  { "accreditations", KITH_FIELD_TEXT, N_("Accreditations"), .hsds = "accreditations" },
  { "eligibility_description", KITH_FIELD_TEXT, N_("Who can use it"), .hsds = "eligibility_description",
    .fhir = "HealthcareService.eligibility.comment" },
  { "minimum_age", KITH_FIELD_NUMBER, N_("Youngest age"), .hsds = "minimum_age" },
  { "maximum_age", KITH_FIELD_NUMBER, N_("Oldest age"), .hsds = "maximum_age" },
  { "assured_date", KITH_FIELD_DATE, N_("Checked on"), .hsds = "assured_date" },
  { "assurer_email", KITH_FIELD_STRING, N_("Checked by"), .max_length = 254, .hsds = "assurer_email" },
  { "licenses", KITH_FIELD_TEXT, N_("Licenses"), .hsds = "licenses" },
  { "alert", KITH_FIELD_TEXT, N_("Alert"), .hsds = "alert" },
  { "last_modified", KITH_FIELD_TIME, N_("Last changed"), .hsds = "last_modified" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "phone", .hsds = "phones",
    .fhir = "HealthcareService.telecom" },
  { "schedules", KITH_FIELD_PARTS, N_("Opening hours"), .target = "schedule", .hsds = "schedules",
    .fhir = "HealthcareService.availableTime" },
  { "service_areas", KITH_FIELD_PARTS, N_("Areas served"), .target = "service_area", .hsds = "service_areas",
    .fhir = "HealthcareService.coverageArea" },
  { "languages", KITH_FIELD_PARTS, N_("Languages"), .target = "language", .hsds = "languages",
    .fhir = "HealthcareService.communication" },
  { "required_documents", KITH_FIELD_PARTS, N_("Required documents"), .target = "required_document",
    .hsds = "required_documents" },
  { "cost_options", KITH_FIELD_PARTS, N_("Cost options"), .target = "cost_option", .hsds = "cost_options" },
  { "contacts", KITH_FIELD_PARTS, N_("Contacts"), .target = "contact", .hsds = "contacts" },
  { "funding", KITH_FIELD_PARTS, N_("Funding"), .target = "funding", .hsds = "funding" },
  { "attributes", KITH_FIELD_PARTS, N_("Attributes"), .target = "attribute", .hsds = "attributes",
    .fhir = "HealthcareService.type" },
  { "metadata", KITH_FIELD_PARTS, N_("Changes at the publisher"), .target = "metadata", .hsds = "metadata" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

static const char *const service_indexes[] = { "name, id", NULL };

const KithKind kith_kind_service = {
  .name = "service",
  .type_name = "KithService",
  .label = N_("Service"),
  .fields = service_fields,
  .n_fields = G_N_ELEMENTS (service_fields),
  .scope = "dir",
  .indexes = service_indexes,
};
