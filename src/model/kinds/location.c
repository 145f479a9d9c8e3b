/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField location_fields[] = {
  { "location_type", KITH_FIELD_CODE, N_("Kind of location"), .vocabulary = "location_type", .hsds = "location_type" },
  { "organization_id", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization",
    .hsds = "organization_id", .fhir = "Location.managingOrganization" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN, .max_length = 255,
    .hsds = "name", .fhir = "Location.name" },
  { "alternate_name", KITH_FIELD_STRING, N_("Other name"), KITH_FIELD_SEARCHED, .max_length = 255,
    .hsds = "alternate_name", .fhir = "Location.alias" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description", .fhir = "Location.description" },
  { "url", KITH_FIELD_STRING, N_("Web page"), .max_length = 2000, .hsds = "url" },
  { "transportation", KITH_FIELD_TEXT, N_("How to get there"), .hsds = "transportation" },
  { "latitude", KITH_FIELD_NUMBER, N_("Latitude"), .hsds = "latitude", .fhir = "Location.position.latitude" },
  { "longitude", KITH_FIELD_NUMBER, N_("Longitude"), .hsds = "longitude", .fhir = "Location.position.longitude" },
  { "external_identifier", KITH_FIELD_STRING, N_("Identifier elsewhere"), .hsds = "external_identifier" },
  { "external_identifier_type", KITH_FIELD_STRING, N_("Kind of that identifier"), .hsds = "external_identifier_type" },
  { "addresses", KITH_FIELD_PARTS, N_("Addresses"), .target = "directory_address", .hsds = "addresses",
    .fhir = "Location.address" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "phone", .hsds = "phones", .fhir = "Location.telecom" },
  { "contacts", KITH_FIELD_PARTS, N_("Contacts"), .target = "contact", .hsds = "contacts" },
  { "schedules", KITH_FIELD_PARTS, N_("Opening hours"), .target = "schedule", .hsds = "schedules",
    .fhir = "Location.hoursOfOperation" },
  { "languages", KITH_FIELD_PARTS, N_("Languages"), .target = "language", .hsds = "languages" },
  { "accessibility", KITH_FIELD_PARTS, N_("Accessibility"), .target = "accessibility", .hsds = "accessibility" },
  { "attributes", KITH_FIELD_PARTS, N_("Attributes"), .target = "attribute", .hsds = "attributes" },
  { "metadata", KITH_FIELD_PARTS, N_("Changes at the publisher"), .target = "metadata", .hsds = "metadata" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

const KithKind kith_kind_location = {
  .name = "location",
  .type_name = "KithLocation",
  .label = N_("Location"),
  .fields = location_fields,
  .n_fields = G_N_ELEMENTS (location_fields),
  .scope = "dir",
};
