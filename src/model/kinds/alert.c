/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What whoever opens the client must read first. It stays when it is cleared: who raised and who cleared it is history. What the agency agreed with the
 * client (C19; kept: the type) it raises in its own words, and lies apart from what consents open: it is for those of that agency who work with the client
 * (kith_access_client_grants), and ends with what was agreed. */

static const KithField alert_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client",
    .fhir = "Flag.subject" },
  { "agency", KITH_FIELD_REF, N_("Raised by agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "level", KITH_FIELD_CODE, N_("Level"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "alert_level" },
  { "text", KITH_FIELD_STRING, N_("Alert"), KITH_FIELD_REQUIRED, 500, .fhir = "Flag.code" },
  { "until", KITH_FIELD_DATE, N_("Until"), KITH_FIELD_COLUMN, .fhir = "Flag.period.end" },
  { "raised_at", KITH_FIELD_TIME, N_("Raised"), KITH_FIELD_COLUMN, .fhir = "Flag.period.start" },
  { "raised_by", KITH_FIELD_REF, N_("Raised by"), .target = "staff", .fhir = "Flag.author" },
  { "raised_by_name", KITH_FIELD_STRING, N_("Raised by"), .max_length = 255 },
  { "cleared_at", KITH_FIELD_TIME, N_("Cleared"), KITH_FIELD_COLUMN },
  { "cleared_by", KITH_FIELD_REF, N_("Cleared by"), .target = "staff" },
  { "cleared_by_name", KITH_FIELD_STRING, N_("Cleared by"), .max_length = 255 },
  { "clear_reason", KITH_FIELD_TEXT, N_("Why cleared"), .max_length = 1000 },
  { "request", KITH_FIELD_REF, N_("Request of the client"), .target = "amendment_request" },
  { "kept", KITH_FIELD_CODE, N_("What was agreed"), .vocabulary = "amendment_type" },
  { "kept_until", KITH_FIELD_DATE, N_("Ended on") }, /* without the client's agreement: it holds for what came before */
};

static char *
alert_scope (KithRecord *record)
{
  return kith_scope_expand (kith_record_string (record, "kept") != NULL ? "agreed:{request}" : "client:{client}", record);
}

const KithKind kith_kind_alert = {
  .name = "alert",
  .type_name = "KithAlert",
  .label = N_("Alert"),
  .fields = alert_fields,
  .n_fields = G_N_ELEMENTS (alert_fields),
  .scope_func = alert_scope,
};
