/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What goes with the eight fields to those alone who may know more than these (P11, P12). */

static const KithField referral_detail_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  /* The referral's: a release that changes is a fact about that client's scopes (kith_access_subjects()). */
  { "client", KITH_FIELD_REF, N_("Client"), .target = "client" },
  { "agency", KITH_FIELD_REF, N_("From agency"), .target = "organization" },
  { "need", KITH_FIELD_STRING, N_("Need"), .max_length = 500, .fhir = "ServiceRequest.reasonCode" },
  /* The need of the contact record it was made for. */
  { "contact_need", KITH_FIELD_REF, N_("Need of the contact record"), KITH_FIELD_INDEXED, .target = "contact_need" },
  { "urgency", KITH_FIELD_CODE, N_("Urgency"), .vocabulary = "urgency", .fhir = "ServiceRequest.priority" },
  { "request", KITH_FIELD_TEXT, N_("What is asked for"), .fhir = "ServiceRequest.note" },
  /* The person as the referral carried them, not updated later. */
  { "snapshot", KITH_FIELD_PART, N_("Client at sending"), .target = "snapshot" },
  { "draft", KITH_FIELD_STRING, N_("Draft"), .max_length = 64 }, /* the operation it was last written by; sent, it has none */
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), .vocabulary = "outcome", .fhir = "Task.output", .hmis = "ReferralResult" },
  { "outcome_name", KITH_FIELD_STRING, N_("Outcome"), .max_length = 80 }, /* in the network's words (reason_term) */
  /* A written release of its own, where there is no consent or it was revoked and the referral kept (C5, C15). */
  { "release_classes", KITH_FIELD_CODES, N_("Released"), .vocabulary = "data_class" },
  { "release_until", KITH_FIELD_TIME, N_("Released until") },
  { "release_basis", KITH_FIELD_CODE, N_("Legal basis"), .vocabulary = "legal_basis" },
  { "release_network", KITH_FIELD_BOOL, N_("Released to the network’s staff too") },
};

const KithKind kith_kind_referral_detail = {
  .name = "referral_detail",
  .type_name = "KithReferralDetail",
  .label = N_("Referral details"),
  .fields = referral_detail_fields,
  .n_fields = G_N_ELEMENTS (referral_detail_fields),
  .natural_key = "referral",
  .scope = "referral_detail:{referral}",
};
