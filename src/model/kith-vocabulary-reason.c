/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a referral is declined and how it, or a case, ends (domain.md 2f). The codes are for good; what a network calls them, which of them it
 * offers and what it has beside them is in reason_term. What a code counts as: kith-referral-ends.c. */

#include "kith-vocabulary-private.h"

static const KithTerm decline_reasons[] = {
  { "no_capacity", N_("No capacity") },
  { "not_eligible", N_("Not eligible") },
  { "outside_area", N_("Outside the service area") },
  { "missing_documents", N_("Missing documents") },
  { "duplicate", N_("Duplicate referral") },
  { "already_served", N_("Already served") },
  { "no_longer_offered", N_("Service no longer offered") },
  { "client_declined", N_("Client declined") },
  { "unable_to_contact", N_("Unable to contact") },
  { "safety", N_("Safety") },
  { "other", N_("Other") },
};

static const KithTerm outcomes[] = {
  { "need_met", N_("Need fully met") },
  { "need_partly_met", N_("Need partly met") },
  { "referred_elsewhere", N_("Referred elsewhere") },
  { "no_longer_interested", N_("Client no longer interested") },
  { "could_not_contact", N_("Could not contact") },
  { "not_eligible", N_("Not eligible") },
  { "no_show", N_("Did not come") },
  { "waitlist_ended", N_("Wait list ended") },
  { "moved_away", N_("Moved away") },
  { "deceased", N_("Deceased") },
  { "other", N_("Other") },
};

static const KithTerm reason_lists[] = {
  { "decline_reason", N_("Reasons to decline") },
  { "outcome", N_("Outcomes") },
};

/* Whose doing it was. */
static const KithTerm reason_sides[] = {
  { "client", N_("Due to the client") },
  { "provider", N_("Due to the service") },
};

/* HMIS CSV FY2026, Event.csv, ReferralResult (list 4.20.D) */
static const KithTerm hmis_referral_results[] = {
  { "1", N_("Successful: client accepted") },
  { "2", N_("Unsuccessful: client rejected") },
  { "3", N_("Unsuccessful: provider rejected") },
};

const KithVocabulary kith_vocabularies_reason[] = {
  VOCABULARY ("decline_reason", decline_reasons),
  VOCABULARY ("outcome", outcomes),
  VOCABULARY ("reason_list", reason_lists),
  VOCABULARY ("reason_side", reason_sides),
  VOCABULARY ("hmis_referral_result", hmis_referral_results),
  { NULL },
};
