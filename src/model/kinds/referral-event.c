/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* The timeline. Who did it stands in words: staff leave, and the other side never sees their records. */

static const KithField referral_event_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "actor", KITH_FIELD_REF, N_("By"), .target = "staff" },
  { "actor_name", KITH_FIELD_STRING, N_("By"), .max_length = 255 },
  { "agency_name", KITH_FIELD_STRING, N_("Agency"), .max_length = 255 },
  { "type", KITH_FIELD_CODE, N_("What happened"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "event_type" },
  { "from_phase", KITH_FIELD_CODE, N_("From phase"), .vocabulary = "phase" },
  { "to_phase", KITH_FIELD_CODE, N_("To phase"), .vocabulary = "phase" },
  { "reason", KITH_FIELD_STRING, N_("Reason") },
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), .vocabulary = "outcome" },
  /* What the network called the reason or the outcome when it was chosen (reason_term); absent: as the reader's language calls the code. */
  { "term_name", KITH_FIELD_STRING, N_("In the network’s words"), .max_length = 80 },
  { "text", KITH_FIELD_TEXT, N_("Text"), .max_length = 4000 },
  { "how", KITH_FIELD_CODE, N_("How"), .vocabulary = "contact_how" },
  { "result", KITH_FIELD_CODE, N_("Result"), .vocabulary = "contact_result" },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "private", KITH_FIELD_BOOL, N_("Private") },
  /* To whom it was assigned by this: who had it when is told by these. */
  { "staff", KITH_FIELD_REF, N_("Assigned to"), .target = "staff" },
};

static char *
referral_event_scope (KithRecord *record)
{
  return kith_scope_expand (kith_record_bool (record, "private") ? "referral_own:{referral}:{agency}" : "referral_detail:{referral}", record);
}

static const char *const referral_event_indexes[] = { "referral, at", NULL };

const KithKind kith_kind_referral_event = {
  .name = "referral_event",
  .type_name = "KithReferralEvent",
  .label = N_("Event of a referral"),
  .fields = referral_event_fields,
  .n_fields = G_N_ELEMENTS (referral_event_fields),
  .scope_func = referral_event_scope,
  .indexes = referral_event_indexes,
};
