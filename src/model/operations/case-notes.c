/* SPDX-License-Identifier: GPL-3.0-or-later */

/* note.add, .amend, assessment.record, .void, goal.set: what is written in a case. Each also leaves a line in the timeline, which says that it
 * is there and not what it says (design.md 2.4). */

#include "operations/case-common.h"

#include <string.h>

/* Who may write into that part of the case: refused before anything is looked at. */
static gboolean
write_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  return kith_op_permit_case (cx, args, error) &&
         kith_op_check_sensitivity (cx, kith_json_string (args, "case"), kith_json_string (args, "sensitivity"), error);
}

/* Begins what the operation writes: a record of that case, signed. TRUE with NULL: the case is not on this computer. */
static gboolean
begin (KithOpContext *cx, JsonObject *args, const char *kind, const char *const *fields, KithRecord **record, GError **error)
{
  const char *id = kith_json_string (args, "id");
  g_autoptr (KithRecord) of = NULL;

  *record = NULL;
  if (!kith_op_case (cx, args, &of, error) || !kith_op_refuse_taken (cx, kind, id, error))
    return FALSE;
  if (of == NULL)
    return TRUE;
  *record = kith_op_new (kind, id);
  kith_record_set_string (*record, "case", kith_record_get_id (of));
  kith_op_copy (*record, args, fields);
  kith_op_sign (cx, *record, strcmp (kind, "goal") == 0 ? "since" : "at", "author", "author_name");
  return TRUE;
}

static gboolean
finish (KithOpContext *cx, KithRecord *record, const char *event, const char *at, GError **error)
{
  return kith_world_put (cx->world, record, error) &&
         kith_op_add_case_event (cx, kith_record_string (record, "case"), event,
                                 kith_json_new ("record", "s", kith_record_get_id (record), "sensitivity", "s",
                                                kith_record_string (record, "sensitivity"), "at", "s", at, NULL),
                                 error);
}

/* ---- notes ---- */

static gboolean
check_note_text (JsonObject *args, GError **error)
{
  if (!kith_op_blank (args, "text"))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("The note is empty."));
}

static gboolean
add_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "type", "sensitivity", "text", NULL };
  g_autofree char *at = NULL;
  g_autoptr (KithRecord) note = NULL;

  if (!check_note_text (args, error) || !kith_op_check_time (cx, args, "at", &at, error) || !begin (cx, args, "case_note", fields, &note, error))
    return FALSE;
  if (note == NULL)
    return TRUE;
  kith_record_set_string (note, "at", at);
  return finish (cx, note, "note", at, error);
}

static gboolean
load_note (KithOpContext *cx, JsonObject *args, KithRecord **note, KithRecord **of, GError **error)
{
  *of = NULL;
  if (!kith_op_need (cx, "case_note", kith_json_string (args, "note"), note, error))
    return FALSE;
  return *note == NULL || kith_op_need (cx, "case", kith_record_string (*note, "case"), of, error);
}

/* Whoever sees the note sees the part of the case it lies in. */
static gboolean
amend_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) note = NULL;
  g_autoptr (KithRecord) of = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !load_note (cx, args, &note, &of, error))
    return FALSE;
  return of == NULL || kith_op_check_case_agency (cx, of, error);
}

/* A note stays as it was written; what is to be read in its place stands beside it and names it. Two amendments of one version are
 * both kept: whoever reads sees that there are two. */
static gboolean
amend_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "id");
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) note = NULL;
  g_autoptr (KithRecord) of = NULL;
  g_autoptr (KithRecord) amendment = NULL;
  const char *first;

  if (!check_note_text (args, error) || !kith_op_refuse_taken (cx, "case_note", id, error) || !load_note (cx, args, &note, &of, error))
    return FALSE;
  if (note == NULL)
    return TRUE;
  first = kith_record_string (note, "first");
  amendment = kith_op_new ("case_note", id);
  kith_record_set_string (amendment, "case", kith_record_string (note, "case"));
  kith_record_set_string (amendment, "amends", kith_record_get_id (note));
  kith_record_set_string (amendment, "first", first != NULL ? first : kith_record_get_id (note));
  kith_record_set_string (amendment, "type", kith_record_string (note, "type"));
  kith_record_set_string (amendment, "sensitivity", kith_record_string (note, "sensitivity"));
  kith_record_set_string (amendment, "text", kith_json_string (args, "text"));
  kith_op_sign (cx, amendment, "at", "author", "author_name");
  return finish (cx, amendment, "amendment", time, error);
}

/* ---- assessments ---- */

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "name", "assessed_on", "type", "level", "score", "answers", "summary", "sensitivity", NULL };
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) assessment = NULL;

  if (kith_op_blank (args, "name"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say which assessment this is."));
  if (!kith_op_check_day (cx, args, "assessed_on", error) || !begin (cx, args, "assessment", fields, &assessment, error))
    return FALSE;
  if (assessment == NULL)
    return TRUE;
  return finish (cx, assessment, "assessment", time, error);
}

static gboolean
find_assessment (KithOpContext *cx, JsonObject *args, KithRecord **assessment, GError **error)
{
  return kith_op_need (cx, "assessment", kith_json_string (args, "assessment"), assessment, error);
}

/* Whoever may write it: of the agency whose case it is, with the right to what it is about (U10). */
static gboolean
void_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) assessment = NULL;
  g_autoptr (KithRecord) of = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !find_assessment (cx, args, &assessment, error))
    return FALSE;
  if (assessment == NULL)
    return TRUE;
  if (!kith_op_get (cx, "case", kith_record_string (assessment, "case"), &of, error) ||
      (of != NULL && !kith_op_check_case_agency (cx, of, error)))
    return FALSE;
  return kith_op_check_sensitivity (cx, kith_record_string (assessment, "case"), kith_record_string (assessment, "sensitivity"), error);
}

/* Nothing is deleted: what was assessed, and why it does not count, stays to be read. The first reason stands. */
static gboolean
void_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) assessment = NULL;

  if (kith_op_blank (args, "reason"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why. It stays with the assessment."));
  if (!find_assessment (cx, args, &assessment, error))
    return FALSE;
  if (assessment == NULL)
    return TRUE;
  if (kith_record_string (assessment, "voided_at") != NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_op_sign (cx, assessment, "voided_at", "voided_by", "voided_by_name");
  kith_record_set_string (assessment, "void_reason", kith_json_string (args, "reason"));
  return kith_world_put (cx->world, assessment, error);
}

/* ---- goals ---- */

static gboolean
new_goal (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "title", "description", "status", "target_on", "sensitivity", NULL };
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) goal = NULL;

  if (kith_op_blank (args, "title"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say what is to be reached."));
  if (!begin (cx, args, "goal", fields, &goal, error))
    return FALSE;
  if (goal == NULL)
    return TRUE;
  if (kith_record_string (goal, "status") == NULL)
    kith_record_set_string (goal, "status", "active");
  return finish (cx, goal, "goal", time, error);
}

/* A goal that is there gets another status; its words are changed in its form (record.patch), where nothing is overwritten unseen. */
static gboolean
goal_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *status = kith_json_string (args, "status");
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) goal = NULL;

  if (!kith_op_get (cx, "goal", kith_json_string (args, "id"), &goal, error))
    return FALSE;
  if (goal == NULL || !kith_record_is (goal, "case", kith_json_string (args, "case")) ||
      !kith_record_is (goal, "sensitivity", kith_json_string (args, "sensitivity")))
    return new_goal (cx, args, error);
  if (status == NULL || kith_record_is (goal, "status", status))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (goal, "status", status);
  return finish (cx, goal, "goal_status", time, error);
}

#define ARG_SENSITIVITY { "sensitivity", KITH_FIELD_CODE, N_("Sensitivity"), KITH_FIELD_REQUIRED, .vocabulary = "sensitivity" }
#define ARG_TEXT { "text", KITH_FIELD_TEXT, N_("Note"), KITH_FIELD_REQUIRED, 20000 }

static const KithField add_args[] = {
  { "id", KITH_FIELD_ID, N_("Note"), KITH_FIELD_REQUIRED },
  KITH_ARG_CASE,
  { "type", KITH_FIELD_CODE, N_("Type"), .vocabulary = "note_type" },
  ARG_SENSITIVITY,
  ARG_TEXT,
  { "at", KITH_FIELD_TIME, N_("When") },
};

static const KithField amend_args[] = {
  { "id", KITH_FIELD_ID, N_("Amendment"), KITH_FIELD_REQUIRED },
  { "note", KITH_FIELD_REF, N_("Note"), KITH_FIELD_REQUIRED, .target = "case_note" },
  ARG_TEXT,
};

static const KithField record_args[] = {
  { "id", KITH_FIELD_ID, N_("Assessment"), KITH_FIELD_REQUIRED },
  KITH_ARG_CASE,
  { "name", KITH_FIELD_STRING, N_("Assessment"), KITH_FIELD_REQUIRED, 255 },
  { "assessed_on", KITH_FIELD_DATE, N_("Date"), KITH_FIELD_REQUIRED },
  { "type", KITH_FIELD_CODE, N_("How"), .vocabulary = "hmis_assessment_type" },
  { "level", KITH_FIELD_CODE, N_("Level"), .vocabulary = "hmis_assessment_level" },
  { "score", KITH_FIELD_NUMBER, N_("Score") },
  { "answers", KITH_FIELD_JSON, N_("Answers") },
  { "summary", KITH_FIELD_TEXT, N_("Summary"), 0, 20000 },
  ARG_SENSITIVITY,
};

static const KithField void_args[] = {
  { "assessment", KITH_FIELD_REF, N_("Assessment"), KITH_FIELD_REQUIRED | KITH_FIELD_MEANT, .target = "assessment", .since = 6 },
  { "reason", KITH_FIELD_STRING, N_("Why"), KITH_FIELD_REQUIRED, 500, .since = 6 },
};

static const KithField goal_args[] = {
  { "id", KITH_FIELD_ID, N_("Goal"), KITH_FIELD_REQUIRED },
  KITH_ARG_CASE,
  { "title", KITH_FIELD_STRING, N_("Goal"), 0, 500 },
  { "description", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
  { "status", KITH_FIELD_CODE, N_("Status"), .vocabulary = "goal_status" },
  { "target_on", KITH_FIELD_DATE, N_("To be reached by") },
  ARG_SENSITIVITY,
};

const KithOperation kith_operations_case_notes[] = {
  { "note.add", N_("Write note"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, add_args, G_N_ELEMENTS (add_args), write_permit, add_apply },
  { "note.amend", N_("Amend note"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, amend_args, G_N_ELEMENTS (amend_args), amend_permit,
    amend_apply },
  { "assessment.record", N_("Record assessment"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, record_args, G_N_ELEMENTS (record_args),
    write_permit, record_apply },
  { "assessment.void", N_("Take back an assessment"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, void_args, G_N_ELEMENTS (void_args), void_permit, void_apply },
  { "goal.set", N_("Set goal"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, goal_args, G_N_ELEMENTS (goal_args), write_permit, goal_apply },
  { NULL },
};
