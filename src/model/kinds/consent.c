/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"
#include "kith-signature.h"

/* C3. A consent is recorded once; only its own operations end it. Who sees what follows from the classes, the receivers and the disclosers alone
 * (design.md 2.4): the purpose is what was told to the client, recorded and printed (42 CFR 2.31(a)(5)), and nothing is opened or kept by it. */

static const KithField consent_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client",
    .fhir = "Consent.patient" },
  { "agency", KITH_FIELD_REF, N_("Recorded by agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED,
    .target = "organization", .fhir = "Consent.organization" },
  { "permission", KITH_FIELD_CODE, N_("Permission"), KITH_FIELD_REQUIRED, .vocabulary = "permission",
    .fhir = "Consent.provision.type" },
  { "status", KITH_FIELD_CODE, N_("Status"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED,
    .vocabulary = "consent_status", .fhir = "Consent.status" },
  { "classes", KITH_FIELD_CODES, N_("What may be seen"), .vocabulary = "data_class",
    .fhir = "Consent.provision.class" },
  /* Agency ids, or "network". */
  /* What was named instead of agencies; they were put into the list when it was recorded. */
  { "receiver_classes", KITH_FIELD_CODES, N_("Groups that may see it"), .vocabulary = "receiver_class" },
  { "receivers", KITH_FIELD_REFS, N_("Who may see it"), .target = "organization", .fhir = "Consent.provision.actor" },
  /* Absent: every agency that holds something of the client. */
  { "disclosers", KITH_FIELD_REFS, N_("Who may show it"), .target = "organization" },
  { "purpose", KITH_FIELD_STRING, N_("Purpose"), .max_length = 500, .fhir = "Consent.provision.purpose" },
  { "start", KITH_FIELD_TIME, N_("From"), .fhir = "Consent.provision.period.start" },
  { "term", KITH_FIELD_TIME, N_("Until"), KITH_FIELD_INDEXED, .fhir = "Consent.provision.period.end" },
  /* Beside the term, in the client's words: "when I leave the shelter" (42 CFR 2.31(a)(7): a date, event or condition). No clock knows of it: somebody
   * who does revokes the consent. */
  { "end_event", KITH_FIELD_STRING, N_("Or when this happens"), .max_length = 500 },
  { "how", KITH_FIELD_CODE, N_("How it was given"), .vocabulary = "consent_how" },
  { "witness", KITH_FIELD_STRING, N_("Witness") },
  /* Written on screen: a path, see kith-signature.h; or the typed name of who signed, where nobody can draw. */
  { "signature", KITH_FIELD_TEXT, N_("Signature"), .max_length = KITH_SIGNATURE_MOST },
  { "signer", KITH_FIELD_STRING, N_("Signed by"), .max_length = 200, .fhir = "Consent.performer.display" },
  /* The day on the paper, which may be before it is recorded; absent: it was given when it was recorded. */
  { "signed_on", KITH_FIELD_DATE, N_("Signed on"), .fhir = "Consent.dateTime" },
  /* When it counts as given, against others and what was revoked: that day's beginning, where the agency is; absent: the start. */
  { "given_at", KITH_FIELD_TIME, N_("Given") },
  { "language", KITH_FIELD_STRING, N_("Language") },
  { "wording", KITH_FIELD_STRING, N_("Version of the wording") },
  { "grantor", KITH_FIELD_CODE, N_("Given by"), .vocabulary = "grantor", .fhir = "Consent.performer" },
  { "relation", KITH_FIELD_STRING, N_("Relation to the client") },
  { "findable", KITH_FIELD_BOOL, N_("May be found by the network"), KITH_FIELD_COLUMN },
  { "recorded_by", KITH_FIELD_REF, N_("Recorded by"), .target = "staff" },
  /* Names travel along: no agency has another one's staff. */
  { "recorded_by_name", KITH_FIELD_STRING, N_("Recorded by"), .max_length = 255 },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), .max_length = 2000 }, /* the same, of a refusal */
  { "revoked_at", KITH_FIELD_TIME, N_("Revoked") },
  { "revoked_by", KITH_FIELD_REF, N_("Revoked by"), .target = "staff" },
  { "revoked_by_name", KITH_FIELD_STRING, N_("Revoked by"), .max_length = 255 },
  { "revoked_agency", KITH_FIELD_REF, N_("Revoked at"), .target = "organization" },
  { "revoke_reason", KITH_FIELD_TEXT, N_("Why revoked"), .max_length = 2000 }, /* of an older Kith: now client_reason */
  { "superseded_at", KITH_FIELD_TIME, N_("Replaced") },
  { "superseded_by", KITH_FIELD_REF, N_("Replaced by"), .target = "consent" },
  /* The paper that was scanned, as its author named it. It counts as this consent's only when it says so itself (document: t, record), and
   * may be removed: the consent stays as it is (C20). */
  { "document", KITH_FIELD_REF, N_("Document"), .target = "document", .fhir = "Consent.source" },
  /* 30, then 7: who works with the client was told that it ends in that many days. */
  { "reminded_days", KITH_FIELD_INT, N_("Reminded, days ahead") },
};

static const char *const consent_indexes[] = { "client, status, term", "status, term", NULL };

const KithKind kith_kind_consent = {
  .name = "consent",
  .type_name = "KithConsent",
  .label = N_("Consent"),
  .fields = consent_fields,
  .n_fields = G_N_ELEMENTS (consent_fields),
  .scope = "client:{client}",
  .indexes = consent_indexes,
};
