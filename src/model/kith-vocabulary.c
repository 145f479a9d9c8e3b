/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Code lists. A code never changes its meaning once it has shipped: records keep it for years. */

#include "kith-vocabulary-private.h"

#include "kith-vocabulary-told.h"

static const KithTerm levels[] = {
  { "standard", N_("Standard") },
  { "portal", N_("Provider portal") },
  { "network", N_("Network staff") },
};

static const KithTerm roles[] = {
  { "care_coordinator", N_("Care Coordinator") },
  { "referral_manager", N_("Referral Manager") },
};

static const KithTerm duties[] = {
  { "supervisor", N_("Supervisor") },
  { "agency_admin", N_("Agency administrator") },
  { "listings_editor", N_("Listings editor") },
  { "privacy_officer", N_("Privacy officer") },
};

static const KithTerm service_statuses[] = {
  { "active", N_("Active") },
  { "inactive", N_("Inactive") },
  { "defunct", N_("No longer offered") },
  { "temporarily_closed", N_("Temporarily closed") },
};

static const KithTerm location_types[] = {
  { "physical", N_("Physical") },
  { "postal", N_("Postal") },
  { "virtual", N_("Virtual") },
};

static const KithTerm phone_types[] = {
  { "mobile", N_("Mobile") },
  { "home", N_("Home") },
  { "work", N_("Work") },
  { "message", N_("Message only") },
  { "relative", N_("Relative or friend") },
  { "other", N_("Other") },
};

static const KithTerm weekdays[] = {
  { "MO", N_("Monday") },
  { "TU", N_("Tuesday") },
  { "WE", N_("Wednesday") },
  { "TH", N_("Thursday") },
  { "FR", N_("Friday") },
  { "SA", N_("Saturday") },
  { "SU", N_("Sunday") },
};

static const KithTerm frequencies[] = {
  { "WEEKLY", N_("Every week") },
  { "MONTHLY", N_("Every month") },
};

/* HMIS CSV FY2026; "doesn't know", "prefers not to answer" and "not collected" stay apart (domain.md 3e). */
static const KithTerm hmis_sexes[] = {
  { "0", N_("Female") },
  { "1", N_("Male") },
  { "8", N_("Client doesn’t know") },
  { "9", N_("Client prefers not to answer") },
  { "99", N_("Not collected") },
};

static const KithTerm permissions[] = {
  { "granted", N_("Granted") },
  { "refused", N_("Refused") },
};

static const KithTerm consent_statuses[] = {
  { "in_force", N_("In force") },
  { "refused", N_("Refused") },
  { "revoked", N_("Revoked") },
  { "expired", N_("Expired") },
  { "superseded", N_("Replaced by a newer one") },
};

static const KithTerm data_classes[] = {
  { "client", N_("Identity, contact and household") },
  { "client_billing", N_("Insurance and billing") },
  { "client_health", N_("Health information") },
  { "care", N_("History of care") },
  { "case", N_("Cases") },
  { "case_health", N_("Clinical notes") },
};

static const KithTerm consent_ways[] = {
  { "verbal", N_("Spoken") },
  { "written", N_("Signed on paper") },
  { "signed", N_("Signed on screen") },
  { "scanned", N_("Scanned document") },
};

static const KithTerm grantors[] = {
  { "self", N_("The client") },
  { "representative", N_("A representative") },
};

static const KithTerm referral_types[] = {
  { "informational", N_("Informational") },
  { "direct", N_("Direct") },
  { "warm", N_("Warm hand-off") },
};

/* What each is called, for whoever reads of it (domain.md 2b): not chosen, but seen from its type and its two sides (kith_referral_kind). */
static const KithTerm referral_kinds[] = {
  { "informational", N_("Informational") },
  { "direct", N_("Direct") },
  { "warm", N_("Warm hand-off") },
  { "internal", N_("Within the agency") },
  { "internal_warm", N_("Warm hand-off within the agency") },
};

/* One fixed machine under whatever names an agency gives its statuses (domain.md 2e). */
static const KithTerm phases[] = {
  { "draft", N_("Draft") },
  { "pending_consent", N_("Waiting for consent") },
  { "sent", N_("Sent") },
  { "accepted", N_("Accepted") },
  { "contacting", N_("Attempting contact") },
  { "in_service", N_("In service") },
  { "waitlisted", N_("On the wait list") },
  { "paused", N_("Paused") },
  { "declined", N_("Declined") },
  { "recalled", N_("Recalled") },
  { "expired", N_("Expired without an answer") },
  { "closed_resolved", N_("Closed, resolved") },
  { "closed_unresolved", N_("Closed, unresolved") },
  { "voided", N_("Made by mistake") },
  { "given", N_("Given to the client") },
};

static const KithTerm urgencies[] = {
  { "routine", N_("Routine") },
  { "soon", N_("Soon") },
  { "urgent", N_("Urgent") },
};

static const KithTerm case_phases[] = {
  { "open", N_("Open") },
  { "closed", N_("Closed") },
};

static const KithTerm case_types[] = {
  { "housing", N_("Housing") },
  { "health", N_("Health care") },
  { "mental_health", N_("Mental health") },
  { "substance_use", N_("Substance use") },
  { "employment", N_("Work and training") },
  { "benefits", N_("Benefits and income") },
  { "legal", N_("Legal help") },
  { "family", N_("Family and children") },
  { "food", N_("Food") },
  { "general", N_("General") },
  { "other", N_("Other") },
};

static const KithTerm case_event_types[] = {
  { "opened", N_("Opened") },
  { "closed", N_("Closed") },
  { "reopened", N_("Reopened") },
  { "note", N_("Note") },
  { "amendment", N_("Note amended") },
  { "assessment", N_("Assessment") },
  { "goal", N_("Goal set") },
  { "goal_status", N_("Goal changed") },
};

static const KithTerm note_types[] = {
  { "progress", N_("Progress") },
  { "contact", N_("Contact with the client") },
  { "meeting", N_("Meeting") },
  { "collateral", N_("Contact with others") },
  { "supervision", N_("Supervision") },
  { "other", N_("Other") },
};

/* Who may see what was written: everybody on the case, or those with the flag (U10); part2 is health information about substance
 * use, which may not be passed on (42 CFR part 2, C6). */
static const KithTerm sensitivities[] = {
  { "general", N_("General") },
  { "health", N_("Health information") },
  { "part2", N_("Substance use treatment") },
};

static const KithTerm transfer_states[] = {
  { "running", N_("Under way") },
  { "done", N_("Done") },
  { "undoing", N_("Being taken back") },
  { "undone", N_("Taken back") },
};

static const KithTerm goal_statuses[] = {
  { "active", N_("Active") },
  { "on-hold", N_("On hold") },
  { "completed", N_("Reached") },
  { "cancelled", N_("Given up") },
};

static const KithTerm hmis_assessment_types[] = {
  { "1", N_("Phone") },
  { "2", N_("Virtual") },
  { "3", N_("In person") },
};

static const KithTerm hmis_assessment_levels[] = {
  { "1", N_("Crisis needs assessment") },
  { "2", N_("Housing needs assessment") },
};

static const KithTerm event_types[] = {
  { "sent", N_("Sent") },
  { "recalled", N_("Recalled") },
  { "accepted", N_("Accepted") },
  { "declined", N_("Declined") },
  { "assigned", N_("Assigned") },
  { "status", N_("Status changed") },
  { "queue", N_("Queue") },
  { "contact", N_("Contact") },
  { "note", N_("Note") },
  { "private_note", N_("Private note") },
  { "closed", NC_("referral", "Closed"), "referral" },
  { "reopened", N_("Reopened") },
  { "voided", N_("Voided") },
  { "expired", NC_("referral", "Expired"), "referral" },
  { "check_in", N_("Asked again") },
  { "introduced", N_("Introduction") },
  { "decline_proposed", N_("Decline proposed") },
  { "decline_sent_back", N_("Decline not confirmed") },
  { "went_on", N_("Went on as another referral") },
  { "rerouted", N_("Sent elsewhere") },
  { "goes_on", N_("Goes on from another referral") },
  { "taken_back", N_("Taken back by the client") },
};

static const KithTerm contact_ways[] = {
  { "phone", N_("Phone") },
  { "text", N_("Text message") },
  { "email", N_("Email") },
  { "in_person", N_("In person") },
  { "letter", N_("Letter") },
  { "video", N_("Video call") },
  { "other", N_("Other") },
};

static const KithTerm contact_results[] = {
  { "reached", N_("Reached the client") },
  { "left_message", N_("Left a message") },
  { "no_answer", N_("No answer") },
  { "wrong_number", N_("Wrong number") },
  { "appointment", N_("Appointment made") },
  { "eligible", N_("Reached the client: eligible") }, /* D6 */
  { "not_eligible", N_("Reached the client: not eligible") },
  { "other", N_("Other") },
};

/* C5, C15: why something goes, or stays, with a receiver without a consent. */
static const KithTerm legal_bases[] = {
  { "written_release", N_("Written release") },
  { "spoken_release", N_("Spoken agreement, noted by whoever took it") },
  { "emergency", N_("Emergency") },
  { "court_order", N_("Court order") },
  { "required_by_law", N_("Required by law") },
};

static const KithTerm notice_types[] = {
  { "sent", N_("New referral") },
  { "recalled", N_("Referral recalled") },
  { "accepted", N_("Referral accepted") },
  { "declined", N_("Referral declined") },
  { "assigned", N_("Referral assigned to you") },
  { "status", N_("Referral status changed") },
  { "contact", N_("Contact recorded") },
  { "note", N_("New note") },
  { "closed", N_("Referral closed") },
  { "reopened", N_("Referral reopened") },
  { "voided", N_("Referral voided") },
  { "expired", N_("Referral expired") },
  { "rerouted", N_("A referral is not with you any more: it was sent elsewhere") },
  { "went_elsewhere", N_("Your referral was sent to another service") },
  { "due", N_("Referral to answer today") },
  { "overdue", N_("Referral past its day: not answered") },
  { "unanswered", N_("Your referral is past its day: not answered") },
  { "no_place", N_("No place was free: a referral you took up is on the wait list") },
  { "check_in", N_("The sender asks about a referral") },
  { "more_time", N_("The receiver of your referral asks for more time") },
  { "decline_proposed", N_("A decline to confirm") },
  { "decline_waits", N_("A decline waits for a supervisor to confirm it") },
  { "decline_sent_back", N_("A decline was not confirmed") },
  { "consent_revoked", N_("Consent revoked") },
  { "consent_given", N_("A client agreed to share more, at another agency") },
  { "consent_expired", N_("Consent expired") },
  { "consent_expiring", N_("Consent expires soon") },
  { "consent_late", N_("The consent you recorded is not in force: something newer stands") },
  { "amendment_asked", N_("A client asks something about the record") },
  { "amendment_due", N_("A client’s request is to be answered soon") },
  { "amendment_overdue", N_("A client’s request is past its day: not answered") },
  { "amendment_ended", N_("What was agreed with a client has ended: tell the client") },
  { "amendment_decided", N_("A request you took down was answered: tell the client") },
  { "client_assigned", N_("Client assigned to you") },
  { "case_assigned", N_("Case assigned to you") },
  { "caseload", N_("A colleague’s work was handed to you") },
  { "move_crossed", N_("Somebody else moved the same work: see who has it now") },
  { "unassigned", N_("Work without an assigned person") },
  { "conflict", N_("A change needs your decision") },
};

static const KithTerm import_states[] = {
  { "running", N_("Running") },
  { "done", N_("Done") },
  { "stopped", N_("Stopped") },
  { "undone", N_("Taken back") },
};

static const KithTerm conflict_states[] = {
  { "open", N_("Open") },
  { "settled", N_("Settled") },
};

static const KithTerm kept_sides[] = {
  { "mine", N_("The later entry") },
  { "theirs", N_("What was there") },
  { "both", N_("Both") },
};

static const KithTerm form_uses[] = {
  { "service", N_("Referrals to a service") },
  { "queue", N_("Referrals to a queue") },
  { "contact", N_("Calls and visits") },
};

static const KithTerm question_types[] = {
  { "text", N_("A line of text") },
  { "long_text", N_("Several lines") },
  { "yes_no", N_("Yes or no") },
  { "choice", N_("One of several") },
  { "choices", N_("Any of several") },
  { "number", N_("A number") },
  { "date", N_("A date") },
};

static const KithVocabulary vocabularies[] = {
  VOCABULARY ("level", levels),
  VOCABULARY ("role", roles),
  VOCABULARY ("duty", duties),
  VOCABULARY ("service_status", service_statuses),
  VOCABULARY ("location_type", location_types),
  VOCABULARY ("phone_type", phone_types),
  VOCABULARY ("weekday", weekdays),
  VOCABULARY ("frequency", frequencies),
  VOCABULARY ("hmis_sex", hmis_sexes),
  VOCABULARY ("permission", permissions),
  VOCABULARY ("consent_status", consent_statuses),
  VOCABULARY ("data_class", data_classes),
  VOCABULARY ("consent_how", consent_ways),
  VOCABULARY ("grantor", grantors),
  VOCABULARY ("referral_type", referral_types),
  VOCABULARY ("referral_kind", referral_kinds),
  VOCABULARY ("phase", phases),
  VOCABULARY ("urgency", urgencies),
  VOCABULARY ("case_phase", case_phases),
  VOCABULARY ("case_type", case_types),
  VOCABULARY ("case_event_type", case_event_types),
  VOCABULARY ("note_type", note_types),
  VOCABULARY ("sensitivity", sensitivities),
  VOCABULARY ("goal_status", goal_statuses),
  VOCABULARY ("transfer_state", transfer_states),
  VOCABULARY ("hmis_assessment_type", hmis_assessment_types),
  VOCABULARY ("hmis_assessment_level", hmis_assessment_levels),
  VOCABULARY ("event_type", event_types),
  VOCABULARY ("contact_how", contact_ways),
  VOCABULARY ("contact_result", contact_results),
  VOCABULARY ("legal_basis", legal_bases),
  VOCABULARY ("notice_type", notice_types),
  VOCABULARY ("import_state", import_states),
  VOCABULARY ("conflict_state", conflict_states),
  VOCABULARY ("kept", kept_sides),
  VOCABULARY ("form_use", form_uses),
  VOCABULARY ("question_type", question_types),
  { NULL },
};

static const KithVocabulary *const families[] = { vocabularies, kith_vocabularies_client, kith_vocabularies_capacity, kith_vocabularies_contact,
                                                  kith_vocabularies_reason };

const KithVocabulary *
kith_vocabulary_get (const char *name)
{
  for (guint f = 0; name != NULL && f < G_N_ELEMENTS (families); f++)
    for (const KithVocabulary *list = families[f]; list->name != NULL; list++)
      if (strcmp (list->name, name) == 0)
        return list;
  return NULL;
}

/**
 * kith_vocabulary_size:
 *
 * Returns: how many codes it has
 */
guint
kith_vocabulary_size (const KithVocabulary *self)
{
  return self->n_terms;
}

/**
 * kith_vocabulary_code:
 * @i: below kith_vocabulary_size()
 *
 * Returns: (transfer none): static; in the order pages list them
 */
const char *
kith_vocabulary_code (const KithVocabulary *self, guint i)
{
  g_return_val_if_fail (i < self->n_terms, NULL);
  return self->terms[i].code;
}

static const KithTerm *
find_term (const KithVocabulary *self, const char *code)
{
  for (guint i = 0; code != NULL && i < self->n_terms; i++)
    if (strcmp (self->terms[i].code, code) == 0)
      return &self->terms[i];
  return NULL;
}

const char *
kith_vocabulary_label (const KithVocabulary *self, const char *code)
{
  const KithTerm *term = find_term (self, code);
  if (term == NULL)
    return code;
  return term->context != NULL ? g_dpgettext2 (NULL, term->context, term->label) : _(term->label);
}

/**
 * kith_vocabulary_told:
 * @code: (nullable)
 * @messages: (nullable): NULL: English
 *
 * Returns: (transfer none) (nullable): its label in another language than the windows'; code where it is none of these; it ends with the messages
 */
const char *
kith_vocabulary_told (const KithVocabulary *self, const char *code, const KithMessages *messages)
{
  const KithTerm *term = find_term (self, code);

  return term != NULL ? kith_messages_get_in (messages, term->context, term->label) : code;
}

/* What it is called before it is translated. */
const char *
kith_vocabulary_english (const KithVocabulary *self, const char *code)
{
  const KithTerm *term = find_term (self, code);

  return term != NULL ? term->label : code;
}

/**
 * kith_vocabulary_has:
 * @code: (nullable)
 */
gboolean
kith_vocabulary_has (const KithVocabulary *self, const char *code)
{
  return find_term (self, code) != NULL;
}
