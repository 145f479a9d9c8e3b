/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField service_at_location_fields[] = {
  { "service_id", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "service",
    .hsds = "service_id" },
  { "location_id", KITH_FIELD_REF, N_("Location"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "location",
    .hsds = "location_id" },
  { "description", KITH_FIELD_TEXT, N_("Description"), .hsds = "description" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "phone", .hsds = "phones" },
  { "contacts", KITH_FIELD_PARTS, N_("Contacts"), .target = "contact", .hsds = "contacts" },
  { "schedules", KITH_FIELD_PARTS, N_("Opening hours"), .target = "schedule", .hsds = "schedules" },
  { "service_areas", KITH_FIELD_PARTS, N_("Areas served"), .target = "service_area", .hsds = "service_areas" },
  { "attributes", KITH_FIELD_PARTS, N_("Attributes"), .target = "attribute", .hsds = "attributes" },
  { "metadata", KITH_FIELD_PARTS, N_("Changes at the publisher"), .target = "metadata", .hsds = "metadata" },
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
};

const KithKind kith_kind_service_at_location = {
  .name = "service_at_location",
  .type_name = "KithServiceAtLocation",
  .label = N_("Service at a location"),
  .fields = service_at_location_fields,
  .n_fields = G_N_ELEMENTS (service_at_location_fields),
  .scope = "dir",
};
