/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* How a referral goes: its type, its times, by when an answer is due, and why it was declined or waits. For all who hold the referral, whatever becomes
 * of consent and phase, but for portal accounts without access to details: the eight fields are what these have (P11, P12). */

static const KithField referral_course_fields[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "referral" },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "referral_type" },
  { "sent_at", KITH_FIELD_TIME, N_("Sent"), KITH_FIELD_COLUMN, .fhir = "Task.authoredOn" },
  { "accepted_at", KITH_FIELD_TIME, N_("Accepted"), KITH_FIELD_COLUMN },
  { "closed_at", KITH_FIELD_TIME, N_("Closed"), KITH_FIELD_COLUMN },
  { "due_on", KITH_FIELD_DATE, N_("Answer due"), KITH_FIELD_COLUMN, .fhir = "Task.restriction.period" },
  /* How far the clock has told of it: since the last check-in, the number of reminders (kith_referral_reminder). */
  { "reminded", KITH_FIELD_INT, N_("Reminders") },
  /* A code; the words that were said with it stand in the timeline (C11). */
  { "reason", KITH_FIELD_STRING, N_("Reason"), KITH_FIELD_COLUMN, .fhir = "Task.statusReason" },
};

static const char *const referral_course_indexes[] = { "referral, sent_at, closed_at, due_on, type, reason", NULL };

const KithKind kith_kind_referral_course = {
  .name = "referral_course",
  .type_name = "KithReferralCourse",
  .label = N_("Course of a referral"),
  .fields = referral_course_fields,
  .n_fields = G_N_ELEMENTS (referral_course_fields),
  .natural_key = "referral",
  .scope = "referral_course:{referral}",
  .indexes = referral_course_indexes,
};
