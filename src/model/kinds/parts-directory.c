/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Parts of directory records, in HSDS's own columns. The id is the publisher's. */

static const KithField phone_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_DIGITS, .hsds = "number" },
  { "extension", KITH_FIELD_NUMBER, N_("Extension"), .hsds = "extension" },
  { "type", KITH_FIELD_STRING, N_("Type"), .hsds = "type" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "languages", KITH_FIELD_PARTS, N_("Languages"), .target = "language", .hsds = "languages" },
};

const KithKind kith_kind_phone = {
  .name = "phone",
  .type_name = "KithPhone",
  .label = N_("Phone"),
  .fields = phone_fields,
  .n_fields = G_N_ELEMENTS (phone_fields),
};

static const KithField contact_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "name", KITH_FIELD_STRING, N_("Name"), .max_length = 255, .hsds = "name" },
  { "title", KITH_FIELD_STRING, N_("Job title"), .hsds = "title" },
  { "department", KITH_FIELD_STRING, N_("Department"), .hsds = "department" },
  { "email", KITH_FIELD_STRING, N_("Email"), .max_length = 254, .hsds = "email" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "phone", .hsds = "phones" },
};

const KithKind kith_kind_contact = {
  .name = "contact",
  .type_name = "KithContact",
  .label = N_("Contact"),
  .fields = contact_fields,
  .n_fields = G_N_ELEMENTS (contact_fields),
};

static const KithField directory_address_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "attention", KITH_FIELD_STRING, N_("Attention"), .hsds = "attention" },
  { "address_1", KITH_FIELD_STRING, N_("Address"), .max_length = 255, .hsds = "address_1" },
  { "address_2", KITH_FIELD_STRING, N_("Address, second line"), .max_length = 255, .hsds = "address_2" },
  { "city", KITH_FIELD_STRING, N_("City"), KITH_FIELD_SEARCHED, .hsds = "city" },
  { "region", KITH_FIELD_STRING, N_("Region"), .hsds = "region" },
  { "state_province", KITH_FIELD_STRING, N_("State or province"), .hsds = "state_province" },
  { "postal_code", KITH_FIELD_STRING, N_("Postal code"), KITH_FIELD_SEARCHED, .max_length = 20, .hsds = "postal_code" },
  { "country", KITH_FIELD_STRING, N_("Country"), .hsds = "country" },
  { "address_type", KITH_FIELD_CODE, N_("Type"), .vocabulary = "location_type", .hsds = "address_type" },
};

const KithKind kith_kind_directory_address = {
  .name = "directory_address",
  .type_name = "KithDirectoryAddress",
  .label = N_("Address"),
  .fields = directory_address_fields,
  .n_fields = G_N_ELEMENTS (directory_address_fields),
};

static const KithField schedule_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "valid_from", KITH_FIELD_DATE, N_("Valid from"), .hsds = "valid_from" },
  { "valid_to", KITH_FIELD_DATE, N_("Valid until"), .hsds = "valid_to" },
  { "dtstart", KITH_FIELD_DATE, N_("First day"), .hsds = "dtstart" },
  { "timezone", KITH_FIELD_NUMBER, N_("Hours from UTC"), .hsds = "timezone" },
  { "until", KITH_FIELD_DATE, N_("Last day"), .hsds = "until" },
  { "count", KITH_FIELD_NUMBER, N_("How often"), .hsds = "count" },
  { "wkst", KITH_FIELD_CODE, N_("Week starts on"), .vocabulary = "weekday", .hsds = "wkst" },
  { "freq", KITH_FIELD_CODE, N_("Repeats"), .vocabulary = "frequency", .hsds = "freq" },
  { "interval", KITH_FIELD_NUMBER, N_("Interval"), .hsds = "interval" },
  { "byday", KITH_FIELD_STRING, N_("On days"), .hsds = "byday" },
  { "byweekno", KITH_FIELD_STRING, N_("In weeks"), .hsds = "byweekno" },
  { "bymonthday", KITH_FIELD_STRING, N_("On days of the month"), .hsds = "bymonthday" },
  { "byyearday", KITH_FIELD_STRING, N_("On days of the year"), .hsds = "byyearday" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "opens_at", KITH_FIELD_STRING, N_("Opens"), .max_length = 40, .hsds = "opens_at" },
  { "closes_at", KITH_FIELD_STRING, N_("Closes"), .max_length = 40, .hsds = "closes_at" },
  { "schedule_link", KITH_FIELD_STRING, N_("Web page"), .max_length = 2000, .hsds = "schedule_link" },
  { "attending_type", KITH_FIELD_STRING, N_("How to attend"), .hsds = "attending_type" },
  { "notes", KITH_FIELD_TEXT, N_("Notes"), .hsds = "notes" },
};

const KithKind kith_kind_schedule = {
  .name = "schedule",
  .type_name = "KithSchedule",
  .label = N_("Opening hours"),
  .fields = schedule_fields,
  .n_fields = G_N_ELEMENTS (schedule_fields),
};

static const KithField service_area_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "name", KITH_FIELD_STRING, N_("Name"), .max_length = 255, .hsds = "name" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "extent", KITH_FIELD_TEXT, N_("Extent"), .max_length = 200000, .hsds = "extent" },
  { "extent_type", KITH_FIELD_STRING, N_("Kind of extent"), .hsds = "extent_type" },
  { "uri", KITH_FIELD_STRING, N_("Permanent address (URI)"), .max_length = 2000, .hsds = "uri" },
};

const KithKind kith_kind_service_area = {
  .name = "service_area",
  .type_name = "KithServiceArea",
  .label = N_("Area served"),
  .fields = service_area_fields,
  .n_fields = G_N_ELEMENTS (service_area_fields),
};

static const KithField language_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "name", KITH_FIELD_STRING, N_("Name"), .hsds = "name" },
  { "code", KITH_FIELD_STRING, N_("Code"), .hsds = "code" },
  { "note", KITH_FIELD_TEXT, N_("Note"), .hsds = "note" },
};

const KithKind kith_kind_language = {
  .name = "language",
  .type_name = "KithLanguage",
  .label = N_("Language"),
  .fields = language_fields,
  .n_fields = G_N_ELEMENTS (language_fields),
};

static const KithField required_document_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "document", KITH_FIELD_STRING, N_("Document"), .max_length = 500, .hsds = "document" },
  { "uri", KITH_FIELD_STRING, N_("Permanent address (URI)"), .max_length = 2000, .hsds = "uri" },
};

const KithKind kith_kind_required_document = {
  .name = "required_document",
  .type_name = "KithRequiredDocument",
  .label = N_("Required document"),
  .fields = required_document_fields,
  .n_fields = G_N_ELEMENTS (required_document_fields),
};

static const KithField cost_option_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "valid_from", KITH_FIELD_DATE, N_("Valid from"), .hsds = "valid_from" },
  { "valid_to", KITH_FIELD_DATE, N_("Valid until"), .hsds = "valid_to" },
  { "option", KITH_FIELD_STRING, N_("Option"), .max_length = 500, .hsds = "option" },
  { "currency", KITH_FIELD_STRING, N_("Currency"), .hsds = "currency" },
  { "amount", KITH_FIELD_NUMBER, N_("Amount"), .hsds = "amount" },
  { "amount_description", KITH_FIELD_TEXT, N_("About the amount"), .hsds = "amount_description" },
};

const KithKind kith_kind_cost_option = {
  .name = "cost_option",
  .type_name = "KithCostOption",
  .label = N_("Cost option"),
  .fields = cost_option_fields,
  .n_fields = G_N_ELEMENTS (cost_option_fields),
};

static const KithField funding_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "source", KITH_FIELD_STRING, N_("Source"), .max_length = 500, .hsds = "source" },
};

const KithKind kith_kind_funding = {
  .name = "funding",
  .type_name = "KithFunding",
  .label = N_("Funding"),
  .fields = funding_fields,
  .n_fields = G_N_ELEMENTS (funding_fields),
};

static const KithField attribute_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "link_type", KITH_FIELD_STRING, N_("Kind of link"), .hsds = "link_type" },
  { "value", KITH_FIELD_STRING, N_("Value"), .max_length = 500, .hsds = "value" },
  { "taxonomy_term_id", KITH_FIELD_REF, N_("Taxonomy term"), .target = "taxonomy_term", .hsds = "taxonomy_term_id" },
};

const KithKind kith_kind_attribute = {
  .name = "attribute",
  .type_name = "KithAttribute",
  .label = N_("Attribute"),
  .fields = attribute_fields,
  .n_fields = G_N_ELEMENTS (attribute_fields),
};

/* One change of one field, as the publisher tells it. */
static const KithField metadata_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "last_action_date", KITH_FIELD_DATE, N_("Changed on"), .hsds = "last_action_date" },
  { "last_action_type", KITH_FIELD_STRING, N_("Kind of change"), .hsds = "last_action_type" },
  { "field_name", KITH_FIELD_STRING, N_("Field"), .hsds = "field_name" },
  { "previous_value", KITH_FIELD_TEXT, N_("Former value"), .hsds = "previous_value" },
  { "replacement_value", KITH_FIELD_TEXT, N_("New value"), .hsds = "replacement_value" },
  { "updated_by", KITH_FIELD_STRING, N_("Changed by"), .max_length = 255, .hsds = "updated_by" },
};

const KithKind kith_kind_metadata = {
  .name = "metadata",
  .type_name = "KithMetadata",
  .label = N_("Change at the publisher"),
  .fields = metadata_fields,
  .n_fields = G_N_ELEMENTS (metadata_fields),
};

static const KithField accessibility_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "details", KITH_FIELD_TEXT, N_("Details"), .hsds = "details" },
  { "url", KITH_FIELD_STRING, N_("Web page"), .max_length = 2000, .hsds = "url" },
};

const KithKind kith_kind_accessibility = {
  .name = "accessibility",
  .type_name = "KithAccessibility",
  .label = N_("Accessibility"),
  .fields = accessibility_fields,
  .n_fields = G_N_ELEMENTS (accessibility_fields),
};

static const KithField organization_identifier_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Id") },
  { "identifier_scheme", KITH_FIELD_STRING, N_("Scheme"), .hsds = "identifier_scheme" },
  { "identifier_type", KITH_FIELD_STRING, N_("Type"), .hsds = "identifier_type" },
  { "identifier", KITH_FIELD_STRING, N_("Identifier"), .hsds = "identifier" },
};

const KithKind kith_kind_organization_identifier = {
  .name = "organization_identifier",
  .type_name = "KithOrganizationIdentifier",
  .label = N_("Identifier"),
  .fields = organization_identifier_fields,
  .n_fields = G_N_ELEMENTS (organization_identifier_fields),
};
