/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* C19: the client says that something in the record is wrong (45 CFR 164.526). What was asked and what the agency answered, with the
 * dates, is history and never changes; the record itself is corrected by those who write in it. It is for those who answer and who took it
 * down (kith_access_client_grants), so it lies apart from the care that consents open (C1, C11). */

static const KithField amendment_request_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  /* Whose record it is, and who decides. */
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  /* For those who answer and do not work with the client. */
  { "number", KITH_FIELD_STRING, N_("Client number") },
  { "asked_on", KITH_FIELD_DATE, N_("Asked on"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "about", KITH_FIELD_TEXT, N_("What is wrong"), KITH_FIELD_REQUIRED, .max_length = 2000 },
  { "wanted", KITH_FIELD_TEXT, N_("What it should say"), .max_length = 2000 },
  { "due_on", KITH_FIELD_DATE, N_("To be answered by"), KITH_FIELD_COLUMN },
  { "reminded", KITH_FIELD_INT, N_("Reminders") }, /* how far the clock has told of it (kith_amendment_reminder) */
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "amendment_state" },
  { "at", KITH_FIELD_TIME, N_("Recorded"), KITH_FIELD_COLUMN },
  { "by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  { "by_name", KITH_FIELD_STRING, N_("Recorded by"), .max_length = 255 },
  { "decided_on", KITH_FIELD_DATE, N_("Answered on"), KITH_FIELD_COLUMN },
  { "basis", KITH_FIELD_CODE, N_("Why it was refused"), .vocabulary = "amendment_refusal" },
  { "reason", KITH_FIELD_TEXT, N_("Answer"), .max_length = 2000 },
  { "decided_at", KITH_FIELD_TIME, N_("Answer recorded") },
  { "decided_by", KITH_FIELD_REF, N_("Answered by"), .target = "staff" },
  { "decided_by_name", KITH_FIELD_STRING, N_("Answered by"), .max_length = 255 },
  /* What the client wrote against a refusal: it stays with the record and is printed with it (45 CFR 164.526(d)). */
  { "disagreement", KITH_FIELD_TEXT, N_("The client’s disagreement"), .max_length = 4000 },
  { "disagreed_on", KITH_FIELD_DATE, N_("Disagreement of") },
  { "disagreed_at", KITH_FIELD_TIME, N_("Disagreement recorded") },
  { "disagreed_by", KITH_FIELD_REF, N_("Disagreement recorded by"), .target = "staff" },
  { "disagreed_by_name", KITH_FIELD_STRING, N_("Disagreement recorded by"), .max_length = 255 },
};

static const char *const amendment_request_indexes[] = { "state, due_on", NULL };

const KithKind kith_kind_amendment_request = {
  .name = "amendment_request",
  .type_name = "KithAmendmentRequest",
  .label = N_("Correction asked for"),
  .fields = amendment_request_fields,
  .n_fields = G_N_ELEMENTS (amendment_request_fields),
  .scope = "amendment:{id}",
  .indexes = amendment_request_indexes,
};
