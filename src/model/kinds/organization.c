/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* The directory keeps HSDS's own names and nesting; links from parts back to their owner are left to the exporter. */

static const KithField organization_fields[] = {
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .max_length = 255, .hsds = "name", .fhir = "Organization.name", .hmis = "OrganizationName" },
  { "alternate_name", KITH_FIELD_STRING, N_("Other name"), KITH_FIELD_SEARCHED, .max_length = 255,
    .hsds = "alternate_name", .fhir = "Organization.alias" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "email", KITH_FIELD_STRING, N_("Email"), .max_length = 254, .hsds = "email", .fhir = "Organization.telecom" },
  { "website", KITH_FIELD_STRING, N_("Website"), .max_length = 2000, .hsds = "website",
    .fhir = "Organization.telecom" },
  { "tax_status", KITH_FIELD_STRING, N_("Tax status"), .hsds = "tax_status" },
  { "tax_id", KITH_FIELD_STRING, N_("Tax number"), .hsds = "tax_id", .fhir = "Organization.identifier" },
  { "year_incorporated", KITH_FIELD_NUMBER, N_("Year incorporated"), .hsds = "year_incorporated" },
  { "legal_status", KITH_FIELD_STRING, N_("Legal status"), .hsds = "legal_status" },
  { "logo", KITH_FIELD_STRING, N_("Logo"), .max_length = 2000, .hsds = "logo" },
  { "uri", KITH_FIELD_STRING, N_("Permanent address (URI)"), .max_length = 2000, .hsds = "uri" },
  { "parent_organization_id", KITH_FIELD_REF, N_("Part of"), KITH_FIELD_INDEXED, .target = "organization",
    .hsds = "parent_organization_id", .fhir = "Organization.partOf" },
  { "organization_identifiers", KITH_FIELD_PARTS, N_("Identifiers"), .target = "organization_identifier",
    .hsds = "organization_identifiers" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "phone", .hsds = "phones", .fhir = "Organization.telecom" },
  { "contacts", KITH_FIELD_PARTS, N_("Contacts"), .target = "contact", .hsds = "contacts" },
  { "funding", KITH_FIELD_PARTS, N_("Funding"), .target = "funding", .hsds = "funding" },
  { "attributes", KITH_FIELD_PARTS, N_("Attributes"), .target = "attribute", .hsds = "attributes" },
  { "metadata", KITH_FIELD_PARTS, N_("Changes at the publisher"), .target = "metadata", .hsds = "metadata" },
  /* What everybody who declines or plans for it may know of its settings (agency.configure): a supervisor confirms it first; by which clock its days are. */
  { "confirm_declines", KITH_FIELD_BOOL, N_("A supervisor confirms each decline") },
  { "time_zone", KITH_FIELD_STRING, N_("Time zone") },
  /* No: nobody there would be told of a referral (D2). Absent: a hub of before says nothing of it. */
  { "answered", KITH_FIELD_BOOL, N_("Somebody answers referrals here") },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

const KithKind kith_kind_organization = {
  .name = "organization",
  .type_name = "KithOrganization",
  .label = N_("Agency"),
  .fields = organization_fields,
  .n_fields = G_N_ELEMENTS (organization_fields),
  .scope = "dir",
};
