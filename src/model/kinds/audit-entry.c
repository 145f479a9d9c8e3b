/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Who did what, when, with whose record (C13). Only ever added, for the agency's privacy officers. */

static const KithField audit_entry_fields[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization" },
  { "staff", KITH_FIELD_REF, N_("Who"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "staff",
    .fhir = "AuditEvent.agent.who" },
  { "staff_name", KITH_FIELD_STRING, N_("Who"), .max_length = 255 },
  { "what", KITH_FIELD_CODE, N_("What"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "audit_action",
    .fhir = "AuditEvent.type" },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .fhir = "AuditEvent.recorded" },
  { "said_at", KITH_FIELD_TIME, N_("When, as that computer said") }, /* where that is too long ago to be taken (audit.c) */
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_INDEXED, .target = "client", .fhir = "AuditEvent.entity.what" },
  { "t", KITH_FIELD_STRING, N_("Kind of record"), .max_length = 60 },
  { "record", KITH_FIELD_ID, N_("Record") },
  { "detail", KITH_FIELD_STRING, N_("Detail"), .max_length = 500 },
};

/* A month of an agency's log is a scope of its own, so that a computer holds what is recent and the hub all of it: "audit:A:2026-11"
 * (kith-access.c says how long). Network staff belong to no agency: their entries are the hub's own to read. */
static char *
audit_scope (KithRecord *record)
{
  const char *agency = kith_record_string (record, "agency"), *at = kith_record_string (record, "at");
  g_autofree char *month = at != NULL ? g_strndup (at, strlen ("2026-11")) : NULL;

  return g_strjoin (":", "audit", agency != NULL ? agency : "network", month, NULL);
}

static const char *const audit_entry_indexes[] = { "agency, at", NULL };

const KithKind kith_kind_audit_entry = {
  .name = "audit_entry",
  .type_name = "KithAuditEntry",
  .label = N_("Audit entry"),
  .fields = audit_entry_fields,
  .n_fields = G_N_ELEMENTS (audit_entry_fields),
  .scope_func = audit_scope,
  .indexes = audit_entry_indexes,
};
