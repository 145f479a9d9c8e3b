/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* A call to 2-1-1, as its intake form takes it down. The network's own; a portal account with P11 reads it with a referral made from it. */

static const KithField contact_record_fields[] = {
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED | KITH_FIELD_DIGITS },
  /* When the call was taken: the contact date of P12, whenever a referral follows. */
  { "submitted_at", KITH_FIELD_TIME, N_("Submitted"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED },
  { "author", KITH_FIELD_REF, N_("Taken by"), KITH_FIELD_INDEXED, .target = "staff" },
  { "author_name", KITH_FIELD_STRING, N_("Taken by"), .max_length = 255 },
  { "how", KITH_FIELD_CODE, N_("How"), KITH_FIELD_COLUMN, .vocabulary = "contact_channel", .merge = KITH_MERGE_A },
  { "caller_kind", KITH_FIELD_CODE, N_("Who called"), KITH_FIELD_COLUMN, .vocabulary = "caller_kind", .merge = KITH_MERGE_A },
  /* Absent where the person in need called. */
  { "caller_name", KITH_FIELD_STRING, N_("Name of the caller"), KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN, .max_length = 255, .merge = KITH_MERGE_A },
  /* The person in need: as it was given, never split by guess. Absent: did not say. */
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN, .max_length = 255, .merge = KITH_MERGE_B },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth"), .merge = KITH_MERGE_B },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "client_phone", .merge = KITH_MERGE_A },
  { "email", KITH_FIELD_STRING, N_("Email"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_A },
  { "city", KITH_FIELD_STRING, N_("City"), .merge = KITH_MERGE_A },
  { "postal_code", KITH_FIELD_STRING, N_("Postal code"), KITH_FIELD_COLUMN, 20, .merge = KITH_MERGE_A },
  { "languages", KITH_FIELD_STRINGS, N_("Languages"), .merge = KITH_MERGE_A },
  { "interpreter_needed", KITH_FIELD_BOOL, N_("Needs an interpreter"), .merge = KITH_MERGE_A },
  { "do_not_contact", KITH_FIELD_BOOL, N_("Do not contact"), .merge = KITH_MERGE_A },
  /* The warm referral it answers (U7), and that one's client. Absent: a caller without a record. */
  { "referral", KITH_FIELD_REF, N_("Warm referral"), KITH_FIELD_INDEXED, .target = "referral" },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_INDEXED, .target = "client" },
  { "notes", KITH_FIELD_TEXT, N_("Notes"), .merge = KITH_MERGE_A },
  /* Looked at in the directory during the call. */
  { "resources", KITH_FIELD_REFS, N_("Resources searched"), .target = "service", .merge = KITH_MERGE_A },
};


const KithKind kith_kind_contact_record = {
  .name = "contact_record",
  .type_name = "KithContactRecord",
  .label = N_("Contact record"),
  .fields = contact_record_fields,
  .n_fields = G_N_ELEMENTS (contact_record_fields),
  .scope = "contact:{id}",
};
