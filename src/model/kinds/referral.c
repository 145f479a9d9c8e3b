/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What everybody concerned holds: the eight fields of P12, ids, the phase, and which sides have what of it. All status operations act on it. When it
 * was sent and answered, by when an answer is due, of what type it is and why it was declined stand in its course (referral-course.c), which a portal
 * account without the detail has not; how it ended and what it was released for with the detail. */

static const KithField referral_fields[] = {
  /* Absent: a referral without a client record. */
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_INDEXED, .target = "client", .fhir = "Task.for" },
  { "agency", KITH_FIELD_REF, N_("From agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization",
    .fhir = "Task.requester" },
  { "author", KITH_FIELD_REF, N_("Sent by"), KITH_FIELD_INDEXED, .target = "staff", .fhir = "Task.requester" },
  { "agency_to", KITH_FIELD_REF, N_("To agency"), KITH_FIELD_INDEXED, .target = "organization", .fhir = "Task.owner" },
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_INDEXED, .target = "service",
    .fhir = "ServiceRequest.performer" },
  /* The service, its program and its organization as the directory stood at sending (P14). */
  { "resources", KITH_FIELD_REFS, N_("Resources"), .target = "organization" },
  { "assignee", KITH_FIELD_REF, N_("Assigned to"), KITH_FIELD_INDEXED, .target = "staff" },
  /* How often it was sent to somebody; absent: never, it was given to the client (D3). */
  { "turn", KITH_FIELD_INT, N_("Turn") },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED | KITH_FIELD_DIGITS,
    .fhir = "Task.identifier" },
  { "phase", KITH_FIELD_CODE, N_("Phase"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .vocabulary = "phase",
    .fhir = "Task.status" },
  /* Once accepted and not void: the receiver's basis. A revocation that names the referral ends it. */
  { "accepted", KITH_FIELD_BOOL, N_("Was accepted"), KITH_FIELD_COLUMN },
  { "revoked", KITH_FIELD_BOOL, N_("Named by a revocation") },
  /* 2-1-1 sees it by the queue it is in, and where the sender put it in one for as long as the sender leaves it so, also when the
   * receiver takes it out. */
  { "to_queue", KITH_FIELD_BOOL, N_("Sent to a queue") },
  /* The queue it went to or was last in, as long as it is in one. The name is the one it had then. */
  { "queue", KITH_FIELD_REF, N_("Queue"), .target = "queue" },
  { "queue_name", KITH_FIELD_STRING, N_("Queue") },
  /* Its status there; what that is called stands in status. */
  { "queue_status", KITH_FIELD_REF, N_("Status in the queue"), KITH_FIELD_INDEXED, .target = "queue_status" },
  { "resource_name", KITH_FIELD_STRING, N_("Resource"), KITH_FIELD_COLUMN, .max_length = 255 },
  { "contact_number", KITH_FIELD_STRING, N_("Contact record number"), KITH_FIELD_SEARCHED | KITH_FIELD_DIGITS }, /* mails name it (P16) */
  /* The call it was made from: its number, contact name, contact date and postal code are those of the eight fields (P12). */
  { "contact_record", KITH_FIELD_REF, N_("Contact record"), KITH_FIELD_INDEXED, .target = "contact_record" },
  { "status", KITH_FIELD_STRING, N_("Status") },
  { "note", KITH_FIELD_TEXT, N_("Note"), .max_length = 4000, .fhir = "Task.note" },
  { "contact_name", KITH_FIELD_STRING, N_("Contact name"), KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN, .max_length = 255 },
  { "contact_date", KITH_FIELD_TIME, N_("Contact date") },
  { "postal_code", KITH_FIELD_STRING, N_("Postal code"), .max_length = 20 },
};

static const char *const referral_indexes[] = { "client, assignee, phase", "agency_to, phase", "agency, phase", "assignee, phase", NULL };

const KithKind kith_kind_referral = {
  .name = "referral",
  .type_name = "KithReferral",
  .label = N_("Referral"),
  .fields = referral_fields,
  .n_fields = G_N_ELEMENTS (referral_fields),
  .scope = "referral:{id}",
  .indexes = referral_indexes,
};
