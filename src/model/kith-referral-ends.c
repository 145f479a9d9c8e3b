/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the codes of a decline and of an outcome count as (domain.md 2f): whether the need is met, whose side it was, and what HUD is told. A
 * network's own words count as the code they were made for. */

#include "kith-referral-rules.h"

#include <string.h>

typedef struct
{
  const char *code, *phase, *side;
  gboolean bare; /* it does not say why */
} End;

/* Before anybody worked on it. Whoever cannot be reached has not come: the client's side, as where somebody says no. */
static const End declines[] = {
  { "no_capacity", "declined", "provider" },       { "not_eligible", "declined", "provider" },    { "outside_area", "declined", "provider" },
  { "missing_documents", "declined", "provider" }, { "duplicate", "declined", "provider" },       { "already_served", "declined", "provider" },
  { "no_longer_offered", "declined", "provider" }, { "client_declined", "declined", "client" },   { "unable_to_contact", "declined", "client" },
  { "safety", "declined", "provider" },            { "other", "declined", "provider", .bare = TRUE },
};

/* A need is met where the client took up what was offered. */
static const End outcomes[] = {
  { "need_met", "closed_resolved", "client" },
  { "need_partly_met", "closed_resolved", "client" },
  { "referred_elsewhere", "closed_unresolved", "provider", .bare = TRUE }, /* what was done then, not why the need was not met here */
  { "no_longer_interested", "closed_unresolved", "client" },
  { "could_not_contact", "closed_unresolved", "client" },
  { "not_eligible", "closed_unresolved", "provider" },
  { "no_show", "closed_unresolved", "client" },
  { "waitlist_ended", "closed_unresolved", "provider" },
  { "moved_away", "closed_unresolved", "client" },
  { "deceased", "closed_unresolved", "client" },
  { "other", "closed_unresolved", "provider", .bare = TRUE },
};

static const End *
find (const char *list, const char *code)
{
  gboolean ends = g_strcmp0 (list, "outcome") == 0;
  const End *all = ends ? outcomes : declines;
  guint n = ends ? G_N_ELEMENTS (outcomes) : G_N_ELEMENTS (declines);

  if (code == NULL || (!ends && g_strcmp0 (list, "decline_reason") != 0))
    return NULL;
  for (guint i = 0; i < n; i++)
    if (strcmp (all[i].code, code) == 0)
      return &all[i];
  return NULL;
}

const char *
kith_referral_outcome_phase (const char *outcome)
{
  const End *end = find ("outcome", outcome);

  return end != NULL ? end->phase : NULL;
}

/**
 * kith_referral_end_side:
 * @list: "decline_reason" or "outcome"
 * @code: (nullable): of that vocabulary
 *
 * Returns: (nullable): whose side it was, of the vocabulary reason_side; %NULL: no such code
 */
const char *
kith_referral_end_side (const char *list, const char *code)
{
  const End *end = find (list, code);

  return end != NULL ? end->side : NULL;
}

/**
 * kith_referral_end_says_why:
 * @list: "decline_reason" or "outcome"
 * @code: (nullable): of that vocabulary
 *
 * A decline and an end without the need met have a reason (domain.md 2e). Most codes are one: nobody came, not eligible. What is not is told in words, or by
 * words of the network's own that count as it.
 *
 * Returns: whether nothing has to be said beside the code; %TRUE of one that is none, which is refused as such
 */
gboolean
kith_referral_end_says_why (const char *list, const char *code)
{
  const End *end = find (list, code);

  return end == NULL || !end->bare;
}

/**
 * kith_referral_hud_result:
 * @list: "decline_reason" or "outcome"
 * @code: (nullable): of that vocabulary
 *
 * What HUD's coordinated entry counts it as: ReferralResult of Event.csv (HMIS CSV FY2026, list 4.20.D; domain.md 2f). Every code has one, "other"
 * too: it was the service that gave no help, and wrote so.
 *
 * Returns: (nullable): "1" successful, client accepted; "2" unsuccessful, client rejected; "3" unsuccessful, provider rejected; %NULL: no such code
 */
const char *
kith_referral_hud_result (const char *list, const char *code)
{
  const End *end = find (list, code);

  if (end == NULL)
    return NULL;
  if (strcmp (end->phase, "closed_resolved") == 0)
    return "1";
  return strcmp (end->side, "client") == 0 ? "2" : "3";
}
