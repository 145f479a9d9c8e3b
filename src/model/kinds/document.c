/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What is known of an attached file; the file itself travels apart, by its SHA-256. It lies where the record lies that it
 * belongs to. Removing it takes the file and its name away and leaves the rest, so that nothing that named it is changed by it (C20, C11). */

static const KithField document_fields[] = {
  { "t", KITH_FIELD_STRING, N_("Kind of record"), KITH_FIELD_REQUIRED },
  { "record", KITH_FIELD_ID, N_("Record"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_INDEXED, .target = "client", .fhir = "DocumentReference.subject" },
  { "agency", KITH_FIELD_REF, N_("Attached by agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_COLUMN, .vocabulary = "document_type", .fhir = "DocumentReference.type" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, 255,
    .fhir = "DocumentReference.content.attachment.title" },
  { "media_type", KITH_FIELD_STRING, N_("Kind of file"), .max_length = 127,
    .fhir = "DocumentReference.content.attachment.contentType" },
  { "size", KITH_FIELD_INT, N_("Size in bytes"), .fhir = "DocumentReference.content.attachment.size" },
  { "sha256", KITH_FIELD_STRING, N_("SHA-256"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, 64 },
  { "at", KITH_FIELD_TIME, N_("Attached"), KITH_FIELD_COLUMN, .fhir = "DocumentReference.date" },
  { "by", KITH_FIELD_REF, N_("Attached by"), .target = "staff", .fhir = "DocumentReference.author" },
  { "by_name", KITH_FIELD_STRING, N_("Attached by"), .max_length = 255 },
  { "removed_at", KITH_FIELD_TIME, N_("Removed"), KITH_FIELD_COLUMN },
  { "removed_by", KITH_FIELD_REF, N_("Removed by"), .target = "staff" },
  { "removed_by_name", KITH_FIELD_STRING, N_("Removed by"), .max_length = 255 },
  { "remove_reason", KITH_FIELD_TEXT, N_("Why removed"), .max_length = 1000 },
  { "scope", KITH_FIELD_STRING, N_("Scope"), KITH_FIELD_REQUIRED, .max_length = 255 },
};

const KithKind kith_kind_document = {
  .name = "document",
  .type_name = "KithDocument",
  .label = N_("Document"),
  .fields = document_fields,
  .n_fields = G_N_ELEMENTS (document_fields),
  .scope = "{scope}",
};
