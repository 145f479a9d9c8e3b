/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may move a caseload, from whom, to whom. */

#include "operations/caseload-common.h"

#define MOST_MOVES 10 /* of a list in one operation */

gboolean
kith_op_permit_caseload (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (!kith_op_permit_worker (cx, args, error))
    return FALSE;
  return kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR) ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only a supervisor of your agency can move caseloads."));
}

/* Whoever gives may have left already, and from may be nobody (NULL); whoever gets must be able to work. */
gboolean
kith_op_check_caseload_people (KithOpContext *cx, const char *from, const char *to, char **name, GError **error)
{
  g_autoptr (KithRecord) giver = NULL;
  g_autoptr (KithRecord) taker = NULL;

  if ((from != NULL && !kith_op_need (cx, "staff", from, &giver, error)) || (giver != NULL && !kith_op_visible (cx, giver, error)))
    return FALSE;
  if (giver != NULL && !kith_record_is (giver, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("Only work of your own agency’s staff can be moved."));
  if (g_strcmp0 (from, to) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose somebody else to take over the work."));
  if (!kith_op_check_assignable (cx, to, cx->actor->agency, &taker, error))
    return FALSE;
  *name = taker != NULL ? g_strdup (kith_record_string (taker, "name")) : NULL;
  return TRUE;
}

static const KithField move_fields[] = {
  { "client", KITH_FIELD_ID, N_("Client"), KITH_FIELD_REQUIRED },
  { "from", KITH_FIELD_ID, N_("From") }, /* absent: nobody is on it, or whoever is stays */
  { "to", KITH_FIELD_ID, N_("To"), KITH_FIELD_REQUIRED },
};

/**
 * kith_op_check_caseload_moves:
 * @moves: (nullable): of caseload.transfer
 * @error: KITH_REFUSAL_INVALID, KITH_MODEL_ERROR
 *
 * Form and number alone; who may move what is asked row by row.
 */
gboolean
kith_op_check_caseload_moves (JsonArray *moves, GError **error)
{
  if (moves == NULL || json_array_get_length (moves) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("There is nothing to move."));
  if (json_array_get_length (moves) > MOST_MOVES)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("These are too many clients for one step. Nothing was moved."));
  for (guint i = 0; i < json_array_get_length (moves); i++)
    {
      JsonNode *node = json_array_get_element (moves, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("What is to be moved is not described as it should be."));
      if (!kith_fields_check (move_fields, G_N_ELEMENTS (move_fields), json_node_get_object (node), FALSE, error))
        return FALSE;
    }
  return TRUE;
}
