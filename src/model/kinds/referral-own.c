/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One side's own: nobody across the referral sees it. */

static const KithField referral_own_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization" },
  { "assignee", KITH_FIELD_REF, N_("Assigned to"), KITH_FIELD_INDEXED, .target = "staff" },
  { "assigned_at", KITH_FIELD_TIME, N_("Assigned") },
  { "snoozed_until", KITH_FIELD_TIME, N_("Snoozed until"), KITH_FIELD_COLUMN },
  /* A decline that waits for a supervisor of the receiver: the sender learns of it when it is confirmed. */
  { "decline_reason", KITH_FIELD_STRING, N_("Proposed decline") },
  { "decline_name", KITH_FIELD_STRING, N_("Proposed decline"), .max_length = 80 }, /* in the network's words (reason_term) */
  { "decline_text", KITH_FIELD_TEXT, N_("Proposed decline, in words"), .max_length = 4000 },
  { "declined_by", KITH_FIELD_STRING, N_("Decline proposed by"), .max_length = 255 },
  /* Of a side that had it: "TURN:SERVICE" each, "TURN:" as a whole agency. Whoever could read this side's words then goes on reading them. */
  { "was_with", KITH_FIELD_STRINGS, N_("Was with") },
  { "decline_event", KITH_FIELD_REF, N_("Proposal"), .target = "referral_event" }, /* which one: the same may be proposed again */
  /* The sender's alone: no agency learns where else the client was referred. */
  { "previous", KITH_FIELD_REF, N_("Goes on from"), KITH_FIELD_INDEXED, .target = "referral" },
};

const KithKind kith_kind_referral_own = {
  .name = "referral_own",
  .type_name = "KithReferralOwn",
  .label = N_("Own side of a referral"),
  .fields = referral_own_fields,
  .n_fields = G_N_ELEMENTS (referral_own_fields),
  .natural_key = "referral:agency",
  .scope = "referral_own:{referral}:{agency}",
};
