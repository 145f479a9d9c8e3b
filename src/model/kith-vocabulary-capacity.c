/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Code lists of free places (domain.md 2h). */

#include "kith-vocabulary-private.h"

static const KithTerm capacity_units[] = {
  { "slot", N_("Openings") },
  { "bed", N_("Beds") },
  { "unit", N_("Units") },
  { "household", N_("Households") },
  { "pickup", N_("Pickups") },
  { "other", N_("Other") },
};

static const KithTerm capacity_periods[] = {
  { "now", N_("Now") },
  { "day", N_("Today") },
  { "week", N_("This week") },
  { "month", N_("This month") },
};

/* What a place is one of: where an assessment comes first it may be of these alone that somebody says how many are free. */
static const KithTerm capacity_kinds[] = {
  { "service", N_("The service itself") },
  { "assess", N_("An assessment") },
};

static const KithTerm capacity_statuses[] = {
  { "open", N_("Open") },
  { "limited", N_("Limited") },
  { "none", N_("Full") },
  { "waitlist", N_("Full, with a wait list") },
};

static const KithTerm hold_states[] = {
  { "placed", N_("Held") },
  { "released", N_("Given back") },
  { "converted", N_("Taken up") },
};

const KithVocabulary kith_vocabularies_capacity[] = {
  VOCABULARY ("capacity_unit", capacity_units),
  VOCABULARY ("capacity_period", capacity_periods),
  VOCABULARY ("capacity_kind", capacity_kinds),
  VOCABULARY ("capacity_status", capacity_statuses),
  VOCABULARY ("hold_state", hold_states),
  { NULL },
};
