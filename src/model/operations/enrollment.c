/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrollment.start, .end: which of the agency's programs a client uses (U5). care_team.join, .leave: who of the agency works with the
 * client (U6). Both are the agency's own care and outlive every consent (C1). */

#include "operations/op-common.h"

/* ---- enrollment.start ---- */

/* An agency enrolls into its own programs. *program NULL: not on this computer. */
static gboolean
find_program (KithOpContext *cx, const char *id, KithRecord **program, GError **error)
{
  if (!kith_op_need (cx, "program", id, program, error))
    return FALSE;
  if (*program != NULL && !kith_record_is (*program, "organization_id", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This program belongs to another agency. Send a referral to it."));
  return TRUE;
}

/* Two people who enroll the same client into the same program, each offline, mean one enrollment. */
static gboolean
refuse_second (KithOpContext *cx, const char *client, const char *program, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", client, ":", cx->actor->agency, NULL);
  g_autoptr (GPtrArray) found = kith_world_find (cx->world, scope, "enrollment", "program", program, NULL, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      KithRecord *there = g_ptr_array_index (found, i);

      if (kith_record_string (there, "ended_on") == NULL)
        {
          kith_op_now (cx, kith_json_new ("enrollment", "s", kith_record_get_id (there), "started_on", "s",
                                          kith_record_string (there, "started_on"), NULL));
          return kith_refuse (error, KITH_REFUSAL_EXISTS, _("This client is already enrolled in that program, since %s."),
                              kith_record_string (there, "started_on"));
        }
    }
  return TRUE;
}

static gboolean
start_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "client", "program", "started_on", "note", NULL };
  const char *id = kith_json_string (args, "id");
  const char *program_id = kith_json_string (args, "program");
  g_autoptr (KithRecord) program = NULL;
  g_autoptr (KithRecord) enrollment = NULL;

  if (!kith_op_check_day (cx, args, "started_on", error) || !find_program (cx, program_id, &program, error) ||
      !kith_op_refuse_taken (cx, "enrollment", id, error) ||
      !refuse_second (cx, kith_json_string (args, "client"), program_id, error))
    return FALSE;

  enrollment = kith_op_new ("enrollment", id);
  kith_op_copy (enrollment, args, copied);
  kith_record_set_string (enrollment, "agency", cx->actor->agency);
  if (program != NULL)
    {
      g_autofree char *name = kith_op_clip (kith_record_string (program, "name"), 255);

      kith_record_set_string (enrollment, "program_name", name);
    }
  kith_op_sign (cx, enrollment, "at", "by", "by_name");
  return kith_world_put (cx->world, enrollment, error);
}

/* ---- enrollment.end ---- */

static gboolean
find_enrollment (KithOpContext *cx, JsonObject *args, KithRecord **enrollment, GError **error)
{
  return kith_op_need (cx, "enrollment", kith_json_string (args, "enrollment"), enrollment, error);
}

static gboolean
end_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) enrollment = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !find_enrollment (cx, args, &enrollment, error))
    return FALSE;
  if (enrollment != NULL && !kith_record_is (enrollment, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that enrolled the client can end it."));
  return TRUE;
}

static gboolean
end_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "ended_on", "end_reason", "end_note", NULL };
  g_autoptr (KithRecord) enrollment = NULL;

  if (!kith_op_check_day (cx, args, "ended_on", error) || !find_enrollment (cx, args, &enrollment, error))
    return FALSE;
  if (enrollment == NULL)
    return TRUE;
  if (kith_record_string (enrollment, "ended_on") != NULL)
    {
      if (kith_record_is (enrollment, "ended_on", kith_json_string (args, "ended_on")) &&
          kith_record_is (enrollment, "end_reason", kith_json_string (args, "end_reason")))
        {
          kith_op_noop (cx);
          return TRUE;
        }
      kith_op_now (cx, kith_json_new ("ended_on", "s", kith_record_string (enrollment, "ended_on"), "end_reason", "s",
                                      kith_record_string (enrollment, "end_reason"), NULL));
      return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("This enrollment has already ended, on %s."),
                          kith_record_string (enrollment, "ended_on"));
    }
  if (strcmp (kith_json_string (args, "ended_on"), kith_record_string (enrollment, "started_on")) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("An enrollment cannot end before it started, on %s."),
                        kith_record_string (enrollment, "started_on"));
  kith_op_copy (enrollment, args, copied);
  kith_op_sign (cx, enrollment, "ended_at", "ended_by", "ended_by_name");
  return kith_world_put (cx->world, enrollment, error);
}

/* ---- corrected (record.patch) ---- */

/* It ends, and begins anew, by operations of its own: here only what they wrote down is put right. */
gboolean
kith_op_check_enrollment (KithOpContext *cx, KithRecord *enrollment, gboolean over, GError **error)
{
  JsonObject *body = kith_record_get_body (enrollment);
  const char *start = kith_record_string (enrollment, "started_on"), *end = kith_record_string (enrollment, "ended_on");
  gboolean says_why = kith_record_string (enrollment, "end_reason") != NULL;

  if (!over && (end != NULL || says_why || kith_record_string (enrollment, "end_note") != NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This enrollment goes on. End it first."));
  if (over && (end == NULL || !says_why))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say on which day it ended, and why."));
  if (!kith_op_check_day (cx, body, "started_on", error) || (over && !kith_op_check_day (cx, body, "ended_on", error)))
    return FALSE;
  return !over || strcmp (end, start) >= 0 ||
         kith_refuse (error, KITH_REFUSAL_INVALID, _("An enrollment cannot end before it started, on %s."), start);
}

/* The same of who works with the client. */
gboolean
kith_op_check_member (KithOpContext *cx, KithRecord *member, gboolean over, GError **error)
{
  JsonObject *body = kith_record_get_body (member);
  const char *start = kith_record_string (member, "started_on"), *end = kith_record_string (member, "ended_on");

  if (!over && (end != NULL || kith_record_string (member, "end_note") != NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This person is in the care team still. Say first that they leave it."));
  if (over && end == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say until which day it was."));
  if (!kith_op_check_day (cx, body, "started_on", error) || (over && !kith_op_check_day (cx, body, "ended_on", error)))
    return FALSE;
  return !over || strcmp (end, start) >= 0 ||
         kith_refuse (error, KITH_REFUSAL_INVALID, _("Nobody can leave a care team before joining it, on %s."), start);
}

/* ---- care_team.join, .leave ---- */

static int
compare_members (gconstpointer a, gconstpointer b)
{
  KithRecord *first = *(KithRecord *const *) a, *second = *(KithRecord *const *) b;
  int order = g_strcmp0 (kith_record_string (first, "started_on"), kith_record_string (second, "started_on"));

  return order != 0 ? order : strcmp (kith_record_get_id (first), kith_record_get_id (second));
}

/* The entries of that person which have not ended, the oldest first; there is at most one, but for what came from elsewhere. */
static gboolean
find_members (KithOpContext *cx, JsonObject *args, GPtrArray *open, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", kith_json_string (args, "client"), ":", cx->actor->agency, NULL);
  g_autoptr (GPtrArray) found = kith_world_find (cx->world, scope, "care_team_member", "staff",
                                                 kith_json_string (args, "staff"), NULL, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (kith_record_string (found->pdata[i], "ended_on") == NULL)
      g_ptr_array_add (open, g_object_ref (found->pdata[i]));
  g_ptr_array_sort (open, compare_members);
  return found != NULL;
}

static gboolean
put_member (KithOpContext *cx, JsonObject *args, KithRecord *person, const char *role_before, GError **error)
{
  static const char *const copied[] = { "client", "staff", "role", "started_on", NULL };
  g_autofree char *id = kith_op_derive_id (cx, "care_team_member", kith_json_string (args, "staff"));
  g_autoptr (KithRecord) member = kith_op_new ("care_team_member", id);

  kith_op_copy (member, args, copied);
  kith_record_set_string (member, "agency", cx->actor->agency);
  kith_record_set_string (member, "role_before", role_before);
  if (person != NULL)
    {
      g_autofree char *name = kith_op_clip (kith_record_string (person, "name"), 255);

      kith_record_set_string (member, "name", name);
    }
  kith_op_sign (cx, member, "at", "by", "by_name");
  return kith_world_put (cx->world, member, error);
}

/* Another role is another entry: who had which, from when to when, and who said so, is the history of care (D12). */
static gboolean
change_role (KithOpContext *cx, JsonObject *args, KithRecord *member, KithRecord *person, GError **error)
{
  const char *day = kith_json_string (args, "started_on"), *began = kith_record_string (member, "started_on");
  g_autofree char *before = g_strdup (kith_record_string (member, "role"));

  kith_record_set_string (member, "ended_on", strcmp (day, began) > 0 ? day : began);
  kith_record_set_string (member, "role_after", kith_json_string (args, "role"));
  kith_op_sign (cx, member, "ended_at", "ended_by", "ended_by_name");
  return kith_world_put (cx->world, member, error) && put_member (cx, args, person, before != NULL ? before : "", error);
}

static gboolean
join_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KithRecord) person = NULL;

  if (!kith_op_check_day (cx, args, "started_on", error) ||
      !kith_op_check_assignable (cx, kith_json_string (args, "staff"), cx->actor->agency, &person, error) ||
      !find_members (cx, args, open, error))
    return FALSE;
  if (open->len == 0)
    return put_member (cx, args, person, NULL, error);
  if (kith_op_blank (args, "role") || kith_record_is (open->pdata[0], "role", kith_json_string (args, "role")))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return change_role (cx, args, open->pdata[0], person, error);
}

static gboolean
end_member (KithOpContext *cx, JsonObject *args, KithRecord *member, GError **error)
{
  static const char *const copied[] = { "ended_on", "end_note", NULL };

  if (strcmp (kith_json_string (args, "ended_on"), kith_record_string (member, "started_on")) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Nobody can leave a care team before joining it, on %s."),
                        kith_record_string (member, "started_on"));
  kith_op_copy (member, args, copied);
  kith_op_sign (cx, member, "ended_at", "ended_by", "ended_by_name");
  return kith_world_put (cx->world, member, error);
}

static gboolean
leave_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", kith_json_string (args, "client"), ":", cx->actor->agency, NULL);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);

  if (!kith_op_check_day (cx, args, "ended_on", error) || !find_members (cx, args, open, error))
    return FALSE;
  if (open->len == 0 && kith_world_holds (cx->world, scope))
    kith_op_noop (cx);
  for (guint i = 0; i < open->len; i++)
    if (!end_member (cx, args, open->pdata[i], error))
      return FALSE;
  return TRUE;
}

static const KithField start_args[] = {
  { "id", KITH_FIELD_ID, N_("Enrollment"), KITH_FIELD_REQUIRED },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "program", KITH_FIELD_REF, N_("Program"), KITH_FIELD_REQUIRED, .target = "program" },
  { "started_on", KITH_FIELD_DATE, N_("Start"), KITH_FIELD_REQUIRED },
  { "note", KITH_FIELD_TEXT, N_("Note"), 0, 2000 },
};

static const KithField end_args[] = {
  { "enrollment", KITH_FIELD_REF, N_("Enrollment"), KITH_FIELD_REQUIRED, .target = "enrollment" },
  { "ended_on", KITH_FIELD_DATE, N_("End"), KITH_FIELD_REQUIRED },
  { "end_reason", KITH_FIELD_CODE, N_("Why it ended"), KITH_FIELD_REQUIRED, .vocabulary = "enrollment_end" },
  { "end_note", KITH_FIELD_TEXT, N_("About the end"), 0, 2000 },
};

static const KithField join_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED, .target = "staff" },
  { "role", KITH_FIELD_STRING, N_("Role") },
  { "started_on", KITH_FIELD_DATE, N_("Since"), KITH_FIELD_REQUIRED },
};

static const KithField leave_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED, .target = "staff" },
  { "ended_on", KITH_FIELD_DATE, N_("Until"), KITH_FIELD_REQUIRED },
  { "end_note", KITH_FIELD_TEXT, N_("Why it ended"), 0, 1000 },
};

const KithOperation kith_operations_enrollment[] = {
  { "enrollment.start", N_("Enroll in program"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, start_args, G_N_ELEMENTS (start_args),
    kith_op_permit_care, start_apply },
  { "enrollment.end", N_("End enrollment"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, end_args, G_N_ELEMENTS (end_args),
    end_permit, end_apply },
  { "care_team.join", N_("Join the care team"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, join_args, G_N_ELEMENTS (join_args),
    kith_op_permit_care, join_apply },
  { "care_team.leave", N_("Leave the care team"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, leave_args, G_N_ELEMENTS (leave_args),
    kith_op_permit_care, leave_apply },
  { NULL },
};
