/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Code lists of contact records (P22, domain.md 2i). */

#include "kith-vocabulary-private.h"

static const KithTerm contact_channels[] = {
  { "phone", N_("Phone call") },
  { "text", N_("Text message") },
  { "chat", N_("Chat") },
  { "email", N_("Email") },
  { "in_person", N_("In person") },
  { "referral", N_("Warm referral") },
};

static const KithTerm caller_kinds[] = {
  { "self", N_("For themselves") },
  { "family", N_("Family") },
  { "friend", N_("Friend or neighbor") },
  { "professional", N_("Professional or agency") },
  { "anonymous", N_("Did not say") },
};

/* How the need stands, whatever became of each referral for it. */
static const KithTerm need_statuses[] = {
  { "open", NC_("need", "Open"), "need" },
  { "referred", N_("Referred") },
  { "met", N_("Met") },
  { "partly_met", N_("Partly met") },
  { "unmet", N_("Unmet: no resource") },
  { "withdrawn", N_("No longer needed") },
};

const KithVocabulary kith_vocabularies_contact[] = {
  VOCABULARY ("contact_channel", contact_channels),
  VOCABULARY ("caller_kind", caller_kinds),
  VOCABULARY ("need_status", need_statuses),
  { NULL },
};
