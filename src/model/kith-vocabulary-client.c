/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Code lists of the client record. Those named hmis_… are HMIS CSV FY2026 with their numbers; "doesn't know", "prefers not to
 * answer" and "not collected" stay apart and never become nothing (domain.md 3e). */

#include "kith-vocabulary-private.h"

#define HMIS_UNANSWERED                         \
  { "8", N_("Client doesn’t know") },           \
  { "9", N_("Client prefers not to answer") },  \
  { "99", N_("Not collected") }

static const KithTerm hmis_name_qualities[] = {
  { "1", N_("Full name") },
  { "2", N_("Partial, street or code name") },
  HMIS_UNANSWERED,
};

static const KithTerm hmis_dob_qualities[] = {
  { "1", N_("Full date of birth") },
  { "2", N_("Approximate or partial") },
  HMIS_UNANSWERED,
};

static const KithTerm hmis_ssn_qualities[] = {
  { "1", N_("Full number") },
  { "2", N_("Approximate or partial") },
  HMIS_UNANSWERED,
};

static const KithTerm hmis_no_yes[] = {
  { "0", N_("No") },
  { "1", N_("Yes") },
  HMIS_UNANSWERED,
};

/* Why no race was named. */
static const KithTerm hmis_race_none[] = { HMIS_UNANSWERED };

static const KithTerm hmis_relationships[] = {
  { "1", N_("Head of household") },
  { "2", N_("Child") },
  { "3", N_("Spouse or partner") },
  { "4", N_("Other relative") },
  { "5", N_("Not related") },
  { "99", N_("Not collected") },
};

static const KithTerm hmis_substances[] = {
  { "0", N_("No") },
  { "1", N_("Alcohol") },
  { "2", N_("Drugs") },
  { "3", N_("Alcohol and drugs") },
  HMIS_UNANSWERED,
};

static const KithTerm hmis_health_states[] = {
  { "1", N_("Excellent") },
  { "2", N_("Very good") },
  { "3", N_("Good") },
  { "4", N_("Fair") },
  { "5", N_("Poor") },
  HMIS_UNANSWERED,
};

static const KithTerm address_uses[] = {
  { "home", N_("Home") },
  { "temporary", N_("Temporary") },
  { "mailing", N_("Mail only") },
  { "staying", N_("Where the person usually is") },
  { "former", N_("Former") },
};

static const KithTerm alert_levels[] = {
  { "info", N_("Good to know") },
  { "caution", N_("Caution") },
  { "danger", N_("Danger") },
};

static const KithTerm document_types[] = {
  { "consent", N_("Consent form") },
  { "signature", N_("Signature") },
  { "identity", N_("Identity document") },
  { "benefits", N_("Benefits or income") },
  { "letter", N_("Letter") },
  { "photo", N_("Photo") },
  { "other", N_("Other") },
};

static const KithTerm enrollment_ends[] = {
  { "completed", N_("Program completed") },
  { "need_met", N_("Need met") },
  { "left", N_("Left before it was completed") },
  { "moved_away", N_("Moved away") },
  { "not_eligible", N_("No longer eligible") },
  { "no_contact", N_("Could not be contacted") },
  { "transferred", N_("Transferred to another program") },
  { "rules", N_("Did not keep to the rules") },
  { "deceased", N_("Deceased") },
  { "mistake", N_("Recorded by mistake") },
  { "other", N_("Other") },
};

static const KithTerm service_types[] = {
  { "night", N_("Night") },
  { "meal", N_("Meal") },
  { "ride", N_("Ride") },
  { "shower", N_("Shower") },
  { "laundry", N_("Laundry") },
  { "goods", N_("Goods") },
  { "payment", N_("Payment") },
  { "visit", N_("Visit") },
  { "other", N_("Other") },
};

/* 42 CFR 2.31(a)(5): what a consent is for, where it is not said in words of one's own. The code is what is read where the vocabulary is not known. */
static const KithTerm consent_purposes[] = {
  { "Referrals and care coordination", N_("Referrals and care coordination") },
  { "Treatment and health care", N_("Treatment and health care") },
  { "Finding and keeping housing", N_("Finding and keeping housing") },
  { "Benefits and eligibility", N_("Benefits and eligibility") },
  { "Payment and insurance", N_("Payment and insurance") },
};

/* Groups of receivers a consent may name; they become agencies when it is recorded. */
static const KithTerm receiver_classes[] = {
  { "direct", N_("Every agency that takes direct referrals") },
  { "referred", N_("Every agency this client was referred to") },
};

/* The same within a sentence: "shared with every agency that…". */
static const KithTerm receiver_classes_within[] = {
  { "direct", NC_("within a sentence", "every agency that takes direct referrals"), "within a sentence" },
  { "referred", NC_("within a sentence", "every agency this client was referred to"), "within a sentence" },
};

static const KithTerm audit_actions[] = {
  { "opened", N_("Opened a client") },
  { "searched", N_("Searched the network") },
  { "disclosed", N_("Shown to another agency") },
  { "exported", N_("Exported") },
  { "printed", N_("Printed") },
  { "revealed", N_("Showed what was hidden") },
  { "restricted", N_("Restricted a client") },
  { "unrestricted", N_("Lifted a restriction") },
  { "discarded", N_("Discarded a change of their own") },
  { "deactivated", N_("Deactivated an account") },
};

/* C19: what the client asks of an agency about the record. */
static const KithTerm amendment_types[] = {
  { "amendment", N_("Correction") },
  { "restriction", N_("Restriction") },
  { "contact", N_("Way to be reached") },
};

static const KithTerm amendment_states[] = {
  { "asked", N_("To be answered") },
  { "accepted", NC_("correction", "Accepted"), "correction" },
  { "refused", NC_("correction", "Refused"), "correction" },
};

static const KithTerm amendment_answers[] = {
  { "accepted", NC_("correction", "Accepted"), "correction" },
  { "refused", NC_("correction", "Refused"), "correction" },
};

/* The grounds 45 CFR 164.526(a)(2) knows. */
static const KithTerm amendment_refusals[] = {
  { "accurate", N_("The record is right and complete") },
  { "not_ours", N_("Another agency wrote it") },
  { "not_record", N_("It is not part of the record") },
  { "not_open", N_("The law does not let the client see that part") },
};

/* Two records that may be one person. */
static const KithTerm match_states[] = {
  { "proposed", N_("Maybe the same person") },
  { "linked", N_("The same person") },
  { "dismissed", N_("Different people") },
};

static const KithTerm match_zones[] = {
  { "no", N_("Not alike") },
  { "review", N_("Maybe the same person") },
  { "link", N_("Probably the same person") },
};

static const KithTerm match_levels[] = {
  { "missing", N_("Not known for both") },
  { "differs", N_("Differs") },
  { "far", N_("Somewhat alike") },
  { "near", N_("Nearly the same") },
  { "exact", N_("The same") },
};

const KithVocabulary kith_vocabularies_client[] = {
  VOCABULARY ("match_state", match_states),
  VOCABULARY ("match_zone", match_zones),
  VOCABULARY ("match_level", match_levels),
  VOCABULARY ("hmis_name_quality", hmis_name_qualities),
  VOCABULARY ("hmis_dob_quality", hmis_dob_qualities),
  VOCABULARY ("hmis_ssn_quality", hmis_ssn_qualities),
  VOCABULARY ("hmis_no_yes", hmis_no_yes),
  VOCABULARY ("hmis_race_none", hmis_race_none),
  VOCABULARY ("hmis_relationship", hmis_relationships),
  VOCABULARY ("hmis_substance", hmis_substances),
  VOCABULARY ("hmis_health_status", hmis_health_states),
  VOCABULARY ("address_use", address_uses),
  VOCABULARY ("alert_level", alert_levels),
  VOCABULARY ("document_type", document_types),
  VOCABULARY ("enrollment_end", enrollment_ends),
  VOCABULARY ("service_type", service_types),
  VOCABULARY ("consent_purpose", consent_purposes),
  VOCABULARY ("receiver_class", receiver_classes),
  VOCABULARY ("receiver_class_within", receiver_classes_within),
  VOCABULARY ("audit_action", audit_actions),
  VOCABULARY ("amendment_type", amendment_types),
  VOCABULARY ("amendment_state", amendment_states),
  VOCABULARY ("amendment_answer", amendment_answers),
  VOCABULARY ("amendment_refusal", amendment_refusals),
  { NULL },
};
