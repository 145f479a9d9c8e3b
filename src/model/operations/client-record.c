/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What belongs to the client's record beside its forms: alert.raise, .clear; household.join, .leave; client.restrict (C19). */

#include "operations/op-common.h"

/* ---- alert.raise, .clear ---- */

static gboolean
raise_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "client", "level", "text", "until", NULL };
  const char *id = kith_json_string (args, "id");
  g_autoptr (KithRecord) alert = NULL;

  if (kith_op_blank (args, "text"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Write what whoever opens this client must know."));
  if (!kith_op_refuse_taken (cx, "alert", id, error))
    return FALSE;
  alert = kith_op_new ("alert", id);
  kith_op_copy (alert, args, copied);
  kith_record_set_string (alert, "agency", cx->actor->agency);
  kith_op_sign (cx, alert, "raised_at", "raised_by", "raised_by_name");
  return kith_world_put (cx->world, alert, error);
}

/* Its agency, or the one that registered the client. */
static gboolean
clear_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) alert = NULL;
  g_autoptr (KithRecord) client = NULL;

  if (!kith_op_permit_worker (cx, args, error) ||
      !kith_op_need (cx, "alert", kith_json_string (args, "alert"), &alert, error))
    return FALSE;
  if (alert != NULL && kith_record_string (alert, "kept") != NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This was agreed with the client. It ends where it was answered, by those who answer."));
  if (alert == NULL || kith_record_is (alert, "agency", cx->actor->agency))
    return TRUE;
  if (!kith_op_get (cx, "client", kith_record_string (alert, "client"), &client, error))
    return FALSE;
  if (client != NULL && kith_record_is (client, "agency", cx->actor->agency))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that raised this alert can clear it."));
}

static gboolean
clear_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) alert = NULL;

  if (!kith_op_need (cx, "alert", kith_json_string (args, "alert"), &alert, error))
    return FALSE;
  if (alert == NULL)
    return TRUE;
  if (kith_record_string (alert, "cleared_at") != NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_op_sign (cx, alert, "cleared_at", "cleared_by", "cleared_by_name");
  kith_record_set_string (alert, "clear_reason", kith_json_string (args, "reason"));
  return kith_world_put (cx->world, alert, error);
}

/* ---- household.join, .leave ---- */

static gboolean
find_membership (KithOpContext *cx, const char *client, KithRecord **member, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("household_member", client, NULL);

  return kith_op_get (cx, "household_member", id, member, error);
}

/* An open membership under the client's id. */
static gboolean
begin_membership (KithOpContext *cx, const char *client, const char *household, const char *relationship, const char *since, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("household_member", client, NULL);
  g_autoptr (KithRecord) member = kith_op_new ("household_member", id);

  kith_record_set_string (member, "client", client);
  kith_record_set_string (member, "agency", cx->actor->agency);
  kith_record_set_string (member, "household", household);
  if (relationship != NULL)
    kith_op_set_noted (cx, member, "relationship", relationship);
  if (since != NULL)
    kith_op_set_noted (cx, member, "since", since);
  kith_op_sign (cx, member, "at", "by", "by_name");
  return kith_world_put (cx->world, member, error);
}

/* What is over stays in the history of care (D12), and the client's own id is free for the next household. */
static gboolean
end_membership (KithOpContext *cx, KithRecord *member, const char *on, GError **error)
{
  g_autofree char *id = kith_op_derive_id (cx, "household_member", kith_record_string (member, "client"));
  g_autofree char *time = kith_op_time (cx);
  g_autofree char *day = g_strndup (on != NULL ? on : time, strlen ("2026-11-22"));
  const char *since = kith_record_string (member, "since");
  g_autoptr (KithRecord) past = kith_record_new_for_body (kith_record_get_kind (member), id, kith_record_get_body (member));

  /* Dates are of the person's calendar, which may be a day ahead. */
  kith_record_set_string (past, "ended_on", since != NULL && strcmp (day, since) < 0 ? since : day);
  kith_op_sign (cx, past, "ended_at", "ended_by", "ended_by_name");
  return kith_world_put (cx->world, past, error) &&
         kith_world_remove (cx->world, "household_member", kith_record_get_id (member), error);
}

/* Of what was recorded by a Kith of before, the record alone says whose word it was. */
static void
note_author (KithRecord *member, const char *field)
{
  const char *who = kith_record_string (member, "by_name");
  JsonObject *before = kith_record_object (member, KITH_FIELD_AUTHORS);
  g_autoptr (JsonObject) authors = before != NULL ? kith_json_copy_object (before) : json_object_new ();

  if (who == NULL || kith_record_string (member, field) == NULL || json_object_has_member (authors, field))
    return;
  json_object_set_string_member (authors, field, who);
  kith_record_set_node (member, KITH_FIELD_AUTHORS, json_node_init_object (json_node_alloc (), authors));
}

/* The same household said again: only what was said anew changes, and what it said before is read in the client's history. */
static gboolean
correct_membership (KithOpContext *cx, KithRecord *member, const char *relationship, const char *since, GError **error)
{
  if (kith_record_is (member, "relationship", relationship) && (since == NULL || kith_record_is (member, "since", since)))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  note_author (member, "relationship");
  note_author (member, "since");
  if (!kith_op_set_kept (cx, member, "relationship", relationship, error) ||
      (since != NULL && !kith_op_set_kept (cx, member, "since", since, error)))
    return FALSE;
  kith_op_sign (cx, member, "at", "by", "by_name");
  return kith_world_put (cx->world, member, error);
}

/* The household is the one the other client is in; without one they begin it together, the other as its head. */
static gboolean
join_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  const char *with = kith_json_string (args, "with");
  const char *relationship = kith_json_string (args, "relationship"), *since = kith_json_string (args, "since");
  g_autofree char *scope = g_strconcat ("client:", with, NULL);
  g_autofree char *household = NULL;
  g_autoptr (KithRecord) mine = NULL;
  g_autoptr (KithRecord) theirs = NULL;

  if (g_str_equal (client, with))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose another client, whose household this one joins."));
  if (json_object_has_member (args, "since") && !kith_op_check_day (cx, args, "since", error))
    return FALSE;
  if (!find_membership (cx, client, &mine, error) || !find_membership (cx, with, &theirs, error))
    return FALSE;
  if (theirs == NULL && !kith_world_holds (cx->world, scope))
    return TRUE; /* the hub knows which household that is */

  if (theirs != NULL)
    household = g_strdup (kith_record_string (theirs, "household"));
  else if (mine != NULL)
    household = g_strdup (kith_record_string (mine, "household"));
  else
    household = kith_op_derive_id (cx, "household", "household");
  if (theirs == NULL && !begin_membership (cx, with, household, mine != NULL ? NULL : "1", since, error))
    return FALSE;
  /* The other came into this one's household: nothing is said of this one that was not before. */
  if (theirs == NULL && mine != NULL && kith_record_is (mine, "relationship", relationship))
    return TRUE;
  if (mine != NULL && kith_record_is (mine, "household", household))
    return correct_membership (cx, mine, relationship, theirs != NULL ? since : NULL, error);
  return (mine == NULL || end_membership (cx, mine, since, error)) &&
         begin_membership (cx, client, household, relationship, since, error);
}

static gboolean
leave_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autoptr (KithRecord) member = NULL;

  if (!find_membership (cx, client, &member, error))
    return FALSE;
  if (member != NULL)
    return end_membership (cx, member, NULL, error);
  if (kith_world_holds (cx->world, scope))
    kith_op_noop (cx);
  return TRUE;
}

/* ---- client.restrict ---- */

/* A supervisor or privacy officer of the agency that registered the client, who sees it. */
static gboolean
restrict_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) client = NULL;

  if (!kith_op_permit_worker (cx, args, error) ||
      !kith_op_need (cx, "client", kith_json_string (args, "client"), &client, error))
    return FALSE;
  if (client != NULL && !kith_record_is (client, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that registered this client can restrict the record."));
  if (!kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR) && !kith_actor_has_duty (cx->actor, KITH_DUTY_PRIVACY))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Ask a supervisor or the privacy officer of your agency."));
  return TRUE;
}

static gboolean
restrict_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean restricted = json_object_get_boolean_member (args, "restricted");
  const char *id = kith_json_string (args, "client"), *what = restricted ? "restricted" : "unrestricted";
  g_autoptr (KithRecord) client = NULL;

  if (kith_op_blank (args, "reason"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why. The reason is kept with the client."));
  if (!kith_op_need (cx, "client", id, &client, error))
    return FALSE;
  if (client != NULL && kith_record_bool (client, "restricted") == restricted)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (client != NULL)
    {
      kith_record_set_bool (client, "restricted", restricted);
      kith_op_sign (cx, client, "restricted_at", "restricted_by", "restricted_by_name");
      kith_record_set_string (client, "restricted_reason", NULL); /* of an older Kith, and of another day */
      if (!kith_world_put (cx->world, client, error) || !kith_op_put_reason (cx, id, what, kith_json_string (args, "reason"), error))
        return FALSE;
    }
  return kith_op_audit (cx, what, "client", id, id, NULL, error);
}

static const KithField raise_args[] = {
  { "id", KITH_FIELD_ID, N_("Alert"), KITH_FIELD_REQUIRED },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED, .target = "client" },
  { "level", KITH_FIELD_CODE, N_("Level"), KITH_FIELD_REQUIRED, .vocabulary = "alert_level" },
  { "text", KITH_FIELD_STRING, N_("Alert"), KITH_FIELD_REQUIRED, 500 },
  { "until", KITH_FIELD_DATE, N_("Until") },
};

static const KithField clear_args[] = {
  { "alert", KITH_FIELD_REF, N_("Alert"), KITH_FIELD_REQUIRED, .target = "alert" },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 1000 },
};

static const KithField join_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED, .target = "client" },
  { "with", KITH_FIELD_REF, N_("Of the household of"), KITH_FIELD_REQUIRED, .target = "client" },
  { "relationship", KITH_FIELD_CODE, N_("Relation to the head of household"), KITH_FIELD_REQUIRED,
    .vocabulary = "hmis_relationship" },
  { "since", KITH_FIELD_DATE, N_("Since") },
};

static const KithField leave_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED, .target = "client" },
};

static const KithField restrict_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED, .target = "client" },
  { "restricted", KITH_FIELD_BOOL, N_("Restricted"), KITH_FIELD_REQUIRED },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 1000 },
};

const KithOperation kith_operations_client_record[] = {
  { "alert.raise", N_("Raise alert"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, raise_args, G_N_ELEMENTS (raise_args),
    kith_op_permit_worker, raise_apply },
  { "alert.clear", N_("Clear alert"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, clear_args, G_N_ELEMENTS (clear_args), clear_permit,
    clear_apply },
  { "household.join", N_("Join household"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, join_args, G_N_ELEMENTS (join_args),
    kith_op_permit_worker, join_apply },
  { "household.leave", N_("Leave household"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, leave_args, G_N_ELEMENTS (leave_args),
    kith_op_permit_worker, leave_apply },
  { "client.restrict", N_("Restrict client"), KITH_RUNS_DESK, 0, restrict_args, G_N_ELEMENTS (restrict_args), restrict_permit,
    restrict_apply },
  { NULL },
};
