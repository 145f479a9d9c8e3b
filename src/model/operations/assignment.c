/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assignment.apply: who of an agency works with a client (A1 to A11, as far as they concern clients; cases come later).
 */

#include "operations/op-common.h"

static const KithField change_fields[] = {
  { "do", KITH_FIELD_STRING, N_("Change"), KITH_FIELD_REQUIRED },
  { "staff", KITH_FIELD_ID, N_("Staff member"), KITH_FIELD_REQUIRED },
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
  const char *client = kith_json_string (args, "client");
  g_autofree char *id = NULL;
  g_autoptr (KithRecord) care = NULL;

  if (!kith_op_permit_worker (cx, args, error))
    return FALSE;
  id = kith_op_natural_id ("care", client, cx->actor->agency, NULL);
  if (!kith_op_need (cx, "care", id, &care, error) || (care != NULL && !kith_op_visible (cx, care, error)))
    return FALSE;
  if (!kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only a supervisor of your agency can assign staff to clients."));
  return TRUE;
}

static gboolean
take_off (KithOpContext *cx, const char *client, const char *staff, gboolean *changed, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("assignment", client, staff, NULL);
  g_autoptr (KithRecord) assignment = NULL;

  *changed = FALSE;
  if (!kith_op_get (cx, "assignment", id, &assignment, error))
    return FALSE;
  /* Who of another agency works with the client is not this agency's to know: as if there were nobody. */
  if (assignment == NULL || !kith_record_is (assignment, "agency", cx->actor->agency))
    return TRUE;
  *changed = TRUE;
  return kith_world_remove (cx->world, "assignment", id, error);
}

/* A9: one Save, its changes in the order in which they were staged. */
static gboolean
apply_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  const char *agency = cx->actor->agency;
  JsonArray *changes = kith_json_array (args, "changes");
  g_autofree char *scope = g_strconcat ("care:", client, ":", agency, NULL);
  gboolean any = !kith_world_holds (cx->world, scope); /* not here: the hub knows what changes */

  if (!check_changes (changes, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      const char *staff = kith_json_string (change, "staff");
      gboolean changed;

      if (g_str_equal (kith_json_string (change, "do"), "remove"))
        {
          if (!take_off (cx, client, staff, &changed, error))
            return FALSE;
        }
      else if (!kith_op_check_assignable (cx, staff, agency, NULL, error) ||
               !kith_op_assign_to_client (cx, client, agency, staff, &changed, error))
        {
          return FALSE;
        }
      any |= changed;
    }
  if (!any)
    kith_op_noop (cx);
  return TRUE;
}

static const KithField apply_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "changes", KITH_FIELD_JSON, N_("Changes"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_assignment[] = {
  { "assignment.apply", N_("Assign staff"), KITH_RUNS_DESK, 0, apply_args, G_N_ELEMENTS (apply_args), apply_permit,
    apply_apply },
  { NULL },
};
