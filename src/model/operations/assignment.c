/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assignment.apply: who of an agency works with a client and on its cases (A1 to A11). */

#include "operations/case-common.h"

static const KithField change_fields[] = {
  { "do", KITH_FIELD_STRING, N_("Change"), KITH_FIELD_REQUIRED },
  { "staff", KITH_FIELD_ID, N_("Staff member"), KITH_FIELD_REQUIRED },
  { "case", KITH_FIELD_ID, N_("Case") }, /* absent: the client */
};

static gboolean
check_changes (JsonArray *changes, GError **error)
{
  if (changes == NULL || json_array_get_length (changes) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("There is nothing to save."));
  if (json_array_get_length (changes) > 200)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("These are too many changes for one save. Save in smaller steps."));
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonNode *node = json_array_get_element (changes, i);
      JsonObject *change = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (change == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID,
                            _("A change of the assigned staff is not described as it should be."));
      if (!kith_fields_check (change_fields, G_N_ELEMENTS (change_fields), change, FALSE, error))
        return FALSE;
      if (!g_str_equal (kith_json_string (change, "do"), "add") &&
          !g_str_equal (kith_json_string (change, "do"), "remove"))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("Staff can be added or removed, nothing else."));
    }
  return TRUE;
}

/* Supervisors put staff on their agency's clients. The client's identity need not be visible: what counts is the
 * agency's own care record, which outlives consent. */
static gboolean
apply_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (!kith_op_permit_worker (cx, args, error) || !kith_op_check_care (cx, kith_json_string (args, "client"), error))
    return FALSE;
  if (!kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only a supervisor of your agency can assign staff to clients."));
  return TRUE;
}

/* A case that a change names: of this client and agency. */
static gboolean
check_case (KithOpContext *cx, const char *client, const char *case_id, gboolean add, GError **error)
{
  g_autoptr (KithRecord) record = NULL;
  const char *number;

  if (!kith_op_need (cx, "case", case_id, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE; /* not on this computer: the hub knows it */
  if (!kith_op_visible (cx, record, error) || !kith_op_check_case_agency (cx, record, error))
    return FALSE;
  number = kith_record_string (record, "number");
  if (!kith_record_is (record, "client", client))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Case %s is another client’s. Nothing was saved."), number != NULL ? number : "?");
  if (add && !kith_record_is (record, "phase", "open"))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE,
                        _("Case %s is closed, nobody can be added to it. Nothing was saved; leave it out or reopen it first."),
                        number != NULL ? number : "?");
  return TRUE;
}

static gboolean
change_one (KithOpContext *cx, const char *client, JsonObject *change, gboolean *changed, GError **error)
{
  const char *agency = cx->actor->agency;
  const char *staff = kith_json_string (change, "staff");
  const char *case_id = kith_json_string (change, "case");
  gboolean add = g_str_equal (kith_json_string (change, "do"), "add"), left = FALSE;

  if ((case_id != NULL && !check_case (cx, client, case_id, add, error)) ||
      (add && !kith_op_check_assignable (cx, staff, agency, NULL, error)))
    return FALSE;
  if (add)
    return case_id == NULL ? kith_op_join_client (cx, client, agency, staff, changed, error)
                           : kith_op_join_case (cx, client, case_id, agency, staff, changed, error);
  if (!(case_id == NULL ? kith_op_leave_client (cx, client, agency, staff, &left, error)
                        : kith_op_leave_case (cx, case_id, agency, staff, &left, error)))
    return FALSE;
  *changed = *changed || left;
  return !left || kith_op_free_tasks (cx, client, case_id, agency, staff, error);
}

/* A9: one Save, its changes in the order in which they were staged. */
static gboolean
apply_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  JsonArray *changes = kith_json_array (args, "changes");
  g_autofree char *scope = g_strconcat ("care:", client, ":", cx->actor->agency, NULL);
  gboolean any = !kith_world_holds (cx->world, scope); /* not here: the hub knows what changes */

  if (!check_changes (changes, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (changes); i++)
    if (!change_one (cx, client, json_array_get_object_element (changes, i), &any, error))
      return FALSE;
  if (!any)
    kith_op_noop (cx);
  return TRUE;
}

/* Is this person on it since this very operation? */
static gboolean
came_now (KithOpContext *cx, const char *of, const char *staff, gboolean *yes, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("assignment", of, staff, NULL);
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) assignment = NULL;

  if (!kith_op_get (cx, "assignment", id, &assignment, error))
    return FALSE;
  *yes = assignment != NULL && kith_record_is (assignment, "since", time) && kith_record_is (assignment, "by", cx->actor->user);
  return TRUE;
}

/* Whoever was put on the client or on a case is told so, once, by its number (C17). */
static gboolean
apply_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  JsonArray *changes = kith_json_array (args, "changes");

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      const char *staff = kith_json_string (change, "staff"), *case_id = kith_json_string (change, "case");
      g_autoptr (KithRecord) record = NULL;
      const char *number = NULL;
      gboolean on_client, came;

      if (!g_str_equal (kith_json_string (change, "do"), "add"))
        continue;
      if (!came_now (cx, client, staff, &on_client, error))
        return FALSE;
      came = on_client;
      if (!on_client && case_id != NULL && !came_now (cx, case_id, staff, &came, error))
        return FALSE;
      if (!came)
        continue;
      if (!kith_op_get (cx, on_client ? "client" : "case", on_client ? client : case_id, &record, error) ||
          (on_client && !kith_op_number_for (cx, record, staff, &number, error)))
        return FALSE;
      if (!on_client && record != NULL)
        number = kith_record_string (record, "number"); /* the own agency's */
      if (!kith_op_notify_work (cx, cx->op_id, staff, on_client ? "client_assigned" : "case_assigned", client, on_client ? NULL : case_id, number, error))
        return FALSE;
    }
  return TRUE;
}

static const KithField apply_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "changes", KITH_FIELD_JSON, N_("Changes"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_assignment[] = {
  { "assignment.apply", N_("Assign staff"), KITH_RUNS_DESK, 0, apply_args, G_N_ELEMENTS (apply_args), apply_permit,
    apply_apply, apply_derive },
  { NULL },
};
