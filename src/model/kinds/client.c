/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField client_fields[] = {
  /* Who registered the person: the owner. */
  { "agency", KITH_FIELD_REF, N_("Registered by agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED,
    .target = "organization", .fhir = "Patient.managingOrganization" },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED | KITH_FIELD_DIGITS,
    .fhir = "Patient.identifier", .hmis = "PersonalID" },
  { "given_name", KITH_FIELD_STRING, N_("Given name"), KITH_FIELD_SEARCHED | KITH_FIELD_SOUND | KITH_FIELD_COLUMN,
    .merge = KITH_MERGE_B, .fhir = "Patient.name.given", .hmis = "FirstName" },
  { "middle_name", KITH_FIELD_STRING, N_("Middle name"), KITH_FIELD_SEARCHED | KITH_FIELD_SOUND, .merge = KITH_MERGE_B,
    .fhir = "Patient.name.given", .hmis = "MiddleName" },
  { "family_name", KITH_FIELD_STRING, N_("Family name"), KITH_FIELD_SEARCHED | KITH_FIELD_SOUND | KITH_FIELD_INDEXED,
    .merge = KITH_MERGE_B, .fhir = "Patient.name.family", .hmis = "LastName" },
  { "second_family_name", KITH_FIELD_STRING, N_("Second family name"), KITH_FIELD_SEARCHED | KITH_FIELD_SOUND, .merge = KITH_MERGE_B,
    .fhir = "Patient.name.family" },
  { "name_suffix", KITH_FIELD_STRING, N_("Suffix"), .max_length = 40, .merge = KITH_MERGE_B,
    .fhir = "Patient.name.suffix", .hmis = "NameSuffix" },
  /* What the person wants to be called. */
  { "preferred_name", KITH_FIELD_STRING, N_("Preferred name"), KITH_FIELD_SEARCHED | KITH_FIELD_SOUND | KITH_FIELD_PARTNER, .merge = KITH_MERGE_A,
    .fhir = "Patient.name:usual" },
  /* The one name, in whichever part it was written, is the whole of it: nothing is missing. */
  { "single_name", KITH_FIELD_BOOL, N_("Has one name only"), .merge = KITH_MERGE_A },
  { "name_data_quality", KITH_FIELD_CODE, N_("How sure the name is"), .vocabulary = "hmis_name_quality",
    .merge = KITH_MERGE_A, .hmis = "NameDataQuality" },
  { "other_names", KITH_FIELD_STRINGS, N_("Other names"), KITH_FIELD_SEARCHED | KITH_FIELD_SOUND, .merge = KITH_MERGE_A,
    .fhir = "Patient.name" },
  /* For a person who gives no name. */
  { "described_as", KITH_FIELD_STRING, N_("Described as"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_A },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth"), KITH_FIELD_INDEXED | KITH_FIELD_DAY, .merge = KITH_MERGE_B,
    .fhir = "Patient.birthDate", .hmis = "DOB" },
  { "dob_data_quality", KITH_FIELD_CODE, N_("How sure the date of birth is"), .vocabulary = "hmis_dob_quality",
    .merge = KITH_MERGE_A, .hmis = "DOBDataQuality" },
  { "deceased_on", KITH_FIELD_PARTIAL_DATE, N_("Died"), .merge = KITH_MERGE_B, .fhir = "Patient.deceased" },
  { "pronouns", KITH_FIELD_STRING, N_("Pronouns"), KITH_FIELD_PARTNER, .merge = KITH_MERGE_A, .fhir = "Patient.extension:individual-pronouns" },
  { "gender_identity", KITH_FIELD_STRING, N_("Gender identity"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:genderIdentity" },
  { "sex", KITH_FIELD_CODE, N_("Sex"), .vocabulary = "hmis_sex", .merge = KITH_MERGE_B, .fhir = "Patient.gender",
    .hmis = "Sex" },
  /* Each 0 or 1, as many as apply; none: race_none says why. */
  { "am_ind_ak_native", KITH_FIELD_BOOL, N_("American Indian, Alaska Native or Indigenous"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:race", .hmis = "AmIndAKNative" },
  { "asian", KITH_FIELD_BOOL, N_("Asian or Asian American"), .merge = KITH_MERGE_A, .fhir = "Patient.extension:race",
    .hmis = "Asian" },
  { "black_af_american", KITH_FIELD_BOOL, N_("Black, African American or African"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:race", .hmis = "BlackAfAmerican" },
  { "hispanic_latinao", KITH_FIELD_BOOL, N_("Hispanic or Latino"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:ethnicity", .hmis = "HispanicLatinao" },
  { "mid_east_n_african", KITH_FIELD_BOOL, N_("Middle Eastern or North African"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:race", .hmis = "MidEastNAfrican" },
  { "native_hi_pacific", KITH_FIELD_BOOL, N_("Native Hawaiian or Pacific Islander"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:race", .hmis = "NativeHIPacific" },
  { "white", KITH_FIELD_BOOL, N_("White"), .merge = KITH_MERGE_A, .fhir = "Patient.extension:race", .hmis = "White" },
  { "race_none", KITH_FIELD_CODE, N_("Why no race is named"), .vocabulary = "hmis_race_none", .merge = KITH_MERGE_A,
    .hmis = "RaceNone" },
  { "race_detail", KITH_FIELD_STRING, N_("Race and ethnicity in own words"), .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:race.text", .hmis = "AdditionalRaceEthnicity" },
  { "veteran_status", KITH_FIELD_CODE, N_("Veteran"), .vocabulary = "hmis_no_yes", .merge = KITH_MERGE_A,
    .hmis = "VeteranStatus" },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), KITH_FIELD_PARTNER, .target = "client_phone", .merge = KITH_MERGE_A,
    .fhir = "Patient.telecom" },
  { "email", KITH_FIELD_STRING, N_("Email"), KITH_FIELD_PARTNER, .max_length = 254, .merge = KITH_MERGE_A, .fhir = "Patient.telecom" },
  { "safe_to_email", KITH_FIELD_BOOL, N_("Safe to send email"), KITH_FIELD_PARTNER, .merge = KITH_MERGE_A },
  { "preferred_contact", KITH_FIELD_CODE, N_("Best way to reach the person"), KITH_FIELD_PARTNER, .vocabulary = "contact_how",
    .merge = KITH_MERGE_A, .fhir = "Patient.telecom.rank" },
  { "address", KITH_FIELD_PART, N_("Address"), KITH_FIELD_PARTNER, .target = "address", .merge = KITH_MERGE_A, .fhir = "Patient.address" },
  { "other_addresses", KITH_FIELD_PARTS, N_("Other addresses"), KITH_FIELD_PARTNER, .target = "address", .merge = KITH_MERGE_A,
    .fhir = "Patient.address" },
  { "household_people", KITH_FIELD_PARTS, N_("Others in the household"), .target = "household_person",
    .merge = KITH_MERGE_A, .fhir = "RelatedPerson" },
  /* Codes; the one the person prefers is the first. */
  { "languages", KITH_FIELD_STRINGS, N_("Languages"), KITH_FIELD_PARTNER, .merge = KITH_MERGE_A, .fhir = "Patient.communication.language" },
  { "interpreter_needed", KITH_FIELD_BOOL, N_("Needs an interpreter"), KITH_FIELD_PARTNER, .merge = KITH_MERGE_A,
    .fhir = "Patient.extension:interpreterNeeded" },
  /* C16: suppresses every notice and shows to every receiver. */
  { "do_not_contact", KITH_FIELD_BOOL, N_("Do not contact"), .merge = KITH_MERGE_B,
    .fhir = "ServiceRequest.orderDetail" },
  { "contact_note", KITH_FIELD_TEXT, N_("About contacting this person"), KITH_FIELD_PARTNER, .max_length = 1000, .merge = KITH_MERGE_A },
  { "restricted", KITH_FIELD_BOOL, N_("Restricted"), KITH_FIELD_COLUMN },
  { "restricted_at", KITH_FIELD_TIME, N_("Restricted since") },
  { "restricted_by", KITH_FIELD_REF, N_("Restricted by"), .target = "staff" },
  { "restricted_by_name", KITH_FIELD_STRING, N_("Restricted by"), .max_length = 255 },
  { "restricted_reason", KITH_FIELD_TEXT, N_("Why restricted"), .max_length = 1000 }, /* of an older Kith: now client_reason */
  /* C4: when everything was last taken back. A consent given before that opens nothing, however late it arrives. */
  { "consents_revoked_at", KITH_FIELD_TIME, N_("Every consent revoked") },
  { "consents_revoked_by", KITH_FIELD_REF, N_("Revoked by"), .target = "staff" },
  { "consents_revoked_by_name", KITH_FIELD_STRING, N_("Revoked by"), .max_length = 255 },
  { "consents_revoked_agency", KITH_FIELD_REF, N_("Revoked at"), .target = "organization" },
  { "consents_revoke_reason", KITH_FIELD_TEXT, N_("Why revoked"), .max_length = 2000 }, /* the same */
  { "registered_at", KITH_FIELD_TIME, N_("Registered"), KITH_FIELD_COLUMN, .hmis = "DateCreated" },
  { "registered_by", KITH_FIELD_REF, N_("Registered by"), .target = "staff", .hmis = "UserID" },
  { "registered_by_name", KITH_FIELD_STRING, N_("Registered by"), .max_length = 255 }, /* no agency has another one's staff */
  { "source", KITH_FIELD_STRING, N_("Source") },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), .max_length = 255 },
  /* What the import wrote, as a sum: whether anything was changed since (operations/import.c). */
  { "imported_as", KITH_FIELD_STRING, N_("As imported"), .max_length = 64 },
};

static const char *const client_indexes[] = { "family_name, given_name, date_of_birth, number, id", NULL };

const KithKind kith_kind_client = {
  .name = "client",
  .type_name = "KithClient",
  .label = N_("Client"),
  .fields = client_fields,
  .n_fields = G_N_ELEMENTS (client_fields),
  .scope = "client:{id}",
  .indexes = client_indexes,
};
