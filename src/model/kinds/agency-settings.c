/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField agency_settings_fields[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization" },
  { "time_zone", KITH_FIELD_STRING, N_("Time zone") },
  { "consent_term_days", KITH_FIELD_INT, N_("Usual term of a consent, in days") },
  { "narrow", KITH_FIELD_BOOL, N_("Referral managers see assigned clients only") },
  { "victim_service", KITH_FIELD_BOOL, N_("Victim service agency"), .hmis = "VictimServiceProvider" },
  { "response_days", KITH_FIELD_INT, N_("Business days to answer a referral") },
  { "grace_days", KITH_FIELD_INT, N_("Days of grace after that") },
  { "confirm_declines", KITH_FIELD_BOOL, N_("A supervisor confirms each decline") },
  { "lock_minutes", KITH_FIELD_INT, N_("Longest time until a desk locks itself, in minutes") },
  { "offline_hours", KITH_FIELD_INT, N_("Longest time a desk shows records without the hub, in hours") },
  /* Its own words, of no client: what the note that goes with a referral begins with. */
  { "note_templates", KITH_FIELD_STRINGS, N_("Templates for the note of a referral"), .max_length = 500, .one = N_("Template for the note of a referral") },
};

const KithKind kith_kind_agency_settings = {
  .name = "agency_settings",
  .type_name = "KithAgencySettings",
  .label = N_("Agency settings"),
  .fields = agency_settings_fields,
  .n_fields = G_N_ELEMENTS (agency_settings_fields),
  .natural_key = "agency",
  .scope = "agency:{agency}",
};
