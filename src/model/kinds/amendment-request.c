/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* C19: what the client asks of an agency about the record: that what is wrong is corrected (45 CFR 164.526), that something is kept from
 * somebody (164.522(a)), or to be reached in another way (164.522(b)). What was asked and what the agency answered, with the dates, is history
 * and never changes; the record itself is corrected by those who write in it, and what carries out a restriction is done by its own operations.
 * It is for those who answer and who took it down alone (kith_access_client_grants): it lies apart from the care that consents open, and the client's
 * words may be of their health (C1, C11). What was agreed those of the agency who work with the client read in the words of whoever answered (alert). */

static const KithField amendment_request_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  /* Whose record it is, and who decides. */
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  /* For those who answer and do not work with the client. */
  { "number", KITH_FIELD_STRING, N_("Client number") },
  { "type", KITH_FIELD_CODE, N_("What is asked for"), .vocabulary = "amendment_type" }, /* none: a correction, as all were once */
  { "asked_on", KITH_FIELD_DATE, N_("Asked on"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "about", KITH_FIELD_TEXT, N_("The client’s words"), KITH_FIELD_REQUIRED, .max_length = 2000 },
  { "wanted", KITH_FIELD_TEXT, N_("What it should say"), .max_length = 2000 },
  { "whom", KITH_FIELD_STRING, N_("Kept from whom"), .max_length = 500 },
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
  { "keep", KITH_FIELD_STRING, N_("What colleagues keep to"), .max_length = 500 },
  /* What was agreed binds the agency until this day (164.522(a)(2)); without the client's agreement to the end, ever after for what came before it. */
  { "ended_on", KITH_FIELD_DATE, N_("Ended on") },
  { "end_reason", KITH_FIELD_TEXT, N_("Why it ended"), .max_length = 1000 },
  { "end_agreed", KITH_FIELD_BOOL, N_("The client agrees that it ends") },
  { "ended_at", KITH_FIELD_TIME, N_("End recorded") },
  { "ended_by", KITH_FIELD_REF, N_("End recorded by"), .target = "staff" },
  { "ended_by_name", KITH_FIELD_STRING, N_("End recorded by"), .max_length = 255 },
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
  .label = N_("Request of the client"),
  .fields = amendment_request_fields,
  .n_fields = G_N_ELEMENTS (amendment_request_fields),
  .scope = "amendment:{id}",
  .indexes = amendment_request_indexes,
};
