/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Something given to the client: nights, meals, rides. */

static const KithField service_event_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client",
    .fhir = "Procedure.subject", .hmis = "PersonalID" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization",
    .fhir = "Procedure.performer" },
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_INDEXED, .target = "service" },
  { "service_name", KITH_FIELD_STRING, N_("Service"), .max_length = 255 },
  { "type", KITH_FIELD_CODE, N_("What was given"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "service_type",
    .fhir = "Procedure.code", .hmis = "TypeProvided" },
  { "given_on", KITH_FIELD_DATE, N_("Date"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .fhir = "Procedure.performed",
    .hmis = "DateProvided" },
  { "count", KITH_FIELD_INT, N_("How many"), KITH_FIELD_REQUIRED },
  { "note", KITH_FIELD_TEXT, N_("Note"), .max_length = 2000 },
  { "at", KITH_FIELD_TIME, N_("Recorded"), KITH_FIELD_COLUMN },
  { "by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Recorded by"), .max_length = 255 },
  /* Recorded twice or wrongly: it stays to be read and counts nowhere. */
  { "voided_at", KITH_FIELD_TIME, N_("Taken back"), KITH_FIELD_COLUMN },
  { "voided_by", KITH_FIELD_REF, N_("Taken back by"), .target = "staff" },
  { "voided_by_name", KITH_FIELD_STRING, N_("Taken back by"), .max_length = 255 },
  { "void_reason", KITH_FIELD_STRING, N_("Why it was taken back"), .max_length = 500 },
};

static const char *const service_event_indexes[] = { "client, given_on, at", NULL };

const KithKind kith_kind_service_event = {
  .name = "service_event",
  .type_name = "KithServiceEvent",
  .label = N_("Service given"),
  .fields = service_event_fields,
  .n_fields = G_N_ELEMENTS (service_event_fields),
  .scope = "care:{client}:{agency}",
  .indexes = service_event_indexes,
};
