/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField staff_fields[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization",
    .fhir = "PractitionerRole.organization" },
  { "given_name", KITH_FIELD_STRING, N_("Given name"), .merge = KITH_MERGE_A, .fhir = "Practitioner.name.given",
    .hmis = "UserFirstName" },
  { "family_name", KITH_FIELD_STRING, N_("Family name"), .merge = KITH_MERGE_A, .fhir = "Practitioner.name.family",
    .hmis = "UserLastName" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED | KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN,
    .max_length = 255, .merge = KITH_MERGE_A },
  { "email", KITH_FIELD_STRING, N_("Email"), .max_length = 254, .merge = KITH_MERGE_A,
    .fhir = "Practitioner.telecom", .hmis = "UserEmail" },
  { "level", KITH_FIELD_CODE, N_("Kind of account"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .vocabulary = "level" },
  { "role", KITH_FIELD_CODE, N_("Role"), KITH_FIELD_COLUMN, .vocabulary = "role" },
  { "duties", KITH_FIELD_CODES, N_("Duties"), .vocabulary = "duty" },
  { "health_access", KITH_FIELD_BOOL, N_("May see health information") },
  { "supervisor", KITH_FIELD_REF, N_("Supervisor"), KITH_FIELD_INDEXED, .target = "staff" },
  { "active", KITH_FIELD_BOOL, N_("Active"), KITH_FIELD_COLUMN },
  { "trained", KITH_FIELD_BOOL, N_("Training complete") },
  { "languages", KITH_FIELD_STRINGS, N_("Languages"), .merge = KITH_MERGE_A },
  /* What the giving out of work asks for: kinds of case (none: any), and the days of a leave, both included. */
  { "skills", KITH_FIELD_CODES, N_("Kinds of case"), .vocabulary = "case_type", .fhir = "PractitionerRole.specialty" },
  { "away_from", KITH_FIELD_DATE, N_("Away from"), .fhir = "PractitionerRole.notAvailable" },
  { "away_until", KITH_FIELD_DATE, N_("Away until"), .fhir = "PractitionerRole.notAvailable" },
  { "login", KITH_FIELD_STRING, N_("Sign-in name"), KITH_FIELD_INDEXED },
  /* Provider portal: directory records whose referrals the person follows (P8), and what it may beside looking (P9, P10, P11). */
  { "resources", KITH_FIELD_REFS, N_("Follows"), .target = "organization" },
  { "edits_capacity", KITH_FIELD_BOOL, N_("Can edit capacity") },
  { "changes_status", KITH_FIELD_BOOL, N_("Can change status") },
  { "sees_details", KITH_FIELD_BOOL, N_("May see contact record details") },
  /* Mail about notices, to the address above; absent: none (kith_notice_mails). */
  { "mail_notices", KITH_FIELD_BOOL, N_("Notices by email"), .merge = KITH_MERGE_A },
  { "mail_digest", KITH_FIELD_BOOL, N_("Weekly overview by email"), .merge = KITH_MERGE_A },
  /* In which they are written: what the person's windows speak. Absent: English. */
  { "mail_language", KITH_FIELD_STRING, N_("Language of the mail"), .merge = KITH_MERGE_A, .max_length = 20 },
  { "deactivated_at", KITH_FIELD_TIME, N_("Deactivated") },
  { "deactivate_reason", KITH_FIELD_TEXT, N_("Why deactivated"), .max_length = 2000 }, /* of an older Kith: now in the log */
};

static const char *const staff_indexes[] = { "agency, active, name", NULL };

const KithKind kith_kind_staff = {
  .name = "staff",
  .type_name = "KithStaff",
  .label = N_("Staff member"),
  .fields = staff_fields,
  .n_fields = G_N_ELEMENTS (staff_fields),
  .scope_func = kith_scope_for_staff,
  .indexes = staff_indexes,
};
