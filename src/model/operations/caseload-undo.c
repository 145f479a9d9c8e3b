/* SPDX-License-Identifier: GPL-3.0-or-later */

/* caseload.undo: takes the last part of a transfer back that stands, with every record of it; as many of them as the transfer has parts take it back
 * as a whole. What somebody changed since then is left as it is. */

#include "operations/caseload-common.h"

gboolean
kith_op_permit_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) transfer = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !kith_op_need (cx, "transfer", kith_json_string (args, "transfer"), &transfer, error))
    return FALSE;
  if (!kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR) ||
      (transfer != NULL && !kith_record_is (transfer, "by", cx->actor->user)))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the supervisor who moved this work can take it back."));
  return TRUE;
}

/* Whoever came onto a case of the client since stays on the client (A11). */
static gboolean
is_on_a_case (KithOpContext *cx, const char *client, const char *staff, gboolean *yes, GError **error)
{
  g_autoptr (GPtrArray) held = kith_world_find (cx->world, NULL, "assignment", "client", client, NULL, error);

  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      KithRecord *assignment = g_ptr_array_index (held, i);

      if (kith_record_is (assignment, "staff", staff) && kith_record_string (assignment, "case") != NULL)
        *yes = TRUE;
    }
  return held != NULL;
}

/* So does whoever works on a referral of the client: what of those this act had given is given back by now. */
static gboolean
has_a_referral (KithOpContext *cx, const char *client, const char *staff, gboolean *yes, GError **error)
{
  g_autoptr (GPtrArray) referrals = kith_world_find (cx->world, NULL, "referral", "assignee", staff, NULL, error);

  for (guint i = 0; referrals != NULL && i < referrals->len && !*yes; i++)
    {
      KithRecord *referral = g_ptr_array_index (referrals, i);

      *yes = kith_record_is (referral, "agency_to", cx->actor->agency) && kith_record_is (referral, "client", client) &&
             kith_referral_step_exists ("referral.assign", kith_record_string (referral, "phase"), NULL);
    }
  return referrals != NULL;
}

/* And whoever has something to do about the client or the case that came to them after this act. */
static gboolean
has_a_later_task (KithOpContext *cx, JsonObject *change, gboolean *yes, GError **error)
{
  const char *case_id = kith_json_string (change, "id"), *since = kith_json_string (change, "since");
  g_autoptr (GPtrArray) tasks = kith_world_find (cx->world, NULL, "task", "staff", kith_json_string (change, "to"), NULL, error);

  for (guint i = 0; tasks != NULL && i < tasks->len && !*yes; i++)
    {
      KithRecord *task = g_ptr_array_index (tasks, i);
      const char *came = kith_record_string (task, "assigned_at") != NULL ? kith_record_string (task, "assigned_at") : kith_record_string (task, "at");
      g_autofree char *client = NULL;

      if (!kith_record_is (task, "agency", cx->actor->agency) || kith_record_bool (task, "done") || g_strcmp0 (came, since) <= 0)
        continue;
      if (!kith_op_client_of_task (cx, task, &client, error))
        return FALSE;
      *yes = case_id != NULL ? kith_record_is (task, "case", case_id) : g_strcmp0 (client, kith_json_string (change, "client")) == 0;
    }
  return tasks != NULL;
}

/* Does this person work on it by something that came later? */
static gboolean
is_kept (KithOpContext *cx, JsonObject *change, gboolean *yes, GError **error)
{
  const char *client = kith_json_string (change, "client"), *to = kith_json_string (change, "to");

  *yes = FALSE;
  if (kith_json_string (change, "id") == NULL && (!is_on_a_case (cx, client, to, yes, error) || !has_a_referral (cx, client, to, yes, error)))
    return FALSE;
  return *yes || has_a_later_task (cx, change, yes, error);
}

static gboolean
find_assignment (KithOpContext *cx, JsonObject *change, const char *whose, KithRecord **assignment, GError **error)
{
  const char *case_id = kith_json_string (change, "id"), *staff = kith_json_string (change, whose);
  g_autofree char *id = kith_op_natural_id ("assignment", case_id != NULL ? case_id : kith_json_string (change, "client"), staff, NULL);

  return kith_op_get (cx, "assignment", id, assignment, error);
}

/* Somebody who was taken off since and put on again is there by that later act. */
static gboolean
undo_join (KithOpContext *cx, JsonObject *change, GError **error)
{
  const char *id = kith_json_string (change, "id"), *client = kith_json_string (change, "client"), *to = kith_json_string (change, "to");
  g_autoptr (KithRecord) assignment = NULL;
  gboolean changed = FALSE, kept;

  if (!find_assignment (cx, change, "to", &assignment, error))
    return FALSE;
  if (assignment == NULL || !kith_record_is (assignment, "since", kith_json_string (change, "since")) ||
      !kith_record_is (assignment, "by", cx->actor->user))
    return TRUE;
  if (!is_kept (cx, change, &kept, error))
    return FALSE;
  if (kept)
    return TRUE;
  return id != NULL ? kith_op_leave_case (cx, id, cx->actor->agency, to, &changed, error)
                    : kith_op_leave_client (cx, client, cx->actor->agency, to, &changed, error);
}

/* Also for somebody who has left: it is as it was, since when and by whom, and reads "unassigned". */
static gboolean
undo_leave (KithOpContext *cx, JsonObject *change, GError **error)
{
  const char *id = kith_json_string (change, "id"), *client = kith_json_string (change, "client"), *from = kith_json_string (change, "from");
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) assignment = NULL;
  gboolean changed = FALSE;

  if (!(id != NULL ? kith_op_join_case (cx, client, id, cx->actor->agency, from, &changed, error)
                   : kith_op_assign_to_client (cx, client, cx->actor->agency, from, &changed, error)) ||
      !find_assignment (cx, change, "from", &assignment, error))
    return FALSE;
  if (assignment == NULL || !kith_record_is (assignment, "since", time) || !kith_record_is (assignment, "by", cx->actor->user))
    return TRUE; /* put there by somebody since; none: what it is about is not here any more, and the hub knows */
  kith_record_set_string (assignment, "since", kith_json_string (change, "since"));
  kith_record_set_string (assignment, "by", kith_json_string (change, "by"));
  kith_record_set_string (assignment, "by_name", NULL);
  return kith_op_set_name_of (cx, assignment, "by_name", kith_json_string (change, "by"), error) && kith_world_put (cx->world, assignment, error);
}

static gboolean
undo_referral (KithOpContext *cx, JsonObject *change, GError **error)
{
  const char *from = kith_json_string (change, "from");
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) person = NULL;
  g_autoptr (KithRecord) own = NULL;

  if (!kith_op_get (cx, "referral", kith_json_string (change, "id"), &referral, error) || !kith_op_get (cx, "staff", from, &person, error) ||
      (referral != NULL && !kith_op_receiver_own (cx, referral, &own, error)))
    return FALSE;
  if (own == NULL || !kith_record_is (referral, "assignee", kith_json_string (change, "to")) ||
      !kith_record_is (own, "assigned_at", kith_json_string (change, "since")) || !kith_record_is (referral, "agency_to", cx->actor->agency) ||
      !kith_referral_step_exists ("referral.assign", kith_record_string (referral, "phase"), NULL))
    return TRUE;
  g_clear_object (&own);
  if (!kith_op_assign_referral (cx, referral, from, person != NULL ? kith_record_string (person, "name") : NULL, error) ||
      !kith_op_receiver_own (cx, referral, &own, error))
    return FALSE;
  kith_record_set_string (own, "assigned_at", kith_json_string (change, "was"));
  return kith_world_put (cx->world, own, error);
}

/* As this act had left it, or nobody's since: whoever got it was taken off what it is about, and nobody has it from another. */
static gboolean
is_to_give_back (KithRecord *task, JsonObject *change)
{
  return kith_record_string (task, "staff") == NULL ||
         (kith_record_is (task, "staff", kith_json_string (change, "to")) && kith_record_is (task, "assigned_at", kith_json_string (change, "since")));
}

static gboolean
undo_task (KithOpContext *cx, JsonObject *change, GError **error)
{
  g_autoptr (KithRecord) task = NULL;

  if (!kith_op_get (cx, "task", kith_json_string (change, "id"), &task, error))
    return FALSE;
  if (task == NULL || !is_to_give_back (task, change) || !kith_record_is (task, "agency", cx->actor->agency) || kith_record_bool (task, "done"))
    return TRUE;
  if (!kith_op_give_task (cx, task, kith_json_string (change, "from"), error))
    return FALSE;
  kith_record_set_string (task, "assigned_at", kith_json_string (change, "was")); /* it came to them then */
  return kith_world_put (cx->world, task, error);
}

static gboolean
undo_change (KithOpContext *cx, JsonObject *change, GError **error)
{
  static const struct { const char *what; gboolean (*undo) (KithOpContext *cx, JsonObject *change, GError **error); } ways[] = {
    { "join", undo_join }, { "leave", undo_leave }, { "referral", undo_referral }, { "task", undo_task },
  };
  const char *what = kith_json_string (change, "do");

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (what, ways[i].what) == 0)
      return ways[i].undo (cx, change, error);
  return TRUE;
}

static gboolean
undo_record (KithOpContext *cx, KithRecord *part, GError **error)
{
  JsonArray *changes = kith_record_array (part, "changes");

  for (guint i = changes != NULL ? json_array_get_length (changes) : 0; i > 0; i--)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (changes, i - 1)) &&
        !undo_change (cx, json_array_get_object_element (changes, i - 1), error))
      return FALSE;
  kith_record_set_bool (part, "undone", TRUE);
  return kith_world_put (cx->world, part, error);
}

/* All that the last operation which stands had changed. Its records are in no order: what is beyond the first has to do with nothing in the others. */
static gboolean
undo_part (KithOpContext *cx, const char *transfer, gboolean *found, GError **error)
{
  g_autofree char *scope = g_strconcat ("user:", cx->actor->user, NULL);
  g_autoptr (GPtrArray) parts = kith_world_find (cx->world, scope, "transfer_part", "transfer", transfer, NULL, error);
  gint64 last = 0;

  *found = FALSE;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (!kith_record_bool (parts->pdata[i], "undone"))
      {
        last = MAX (last, kith_record_int (parts->pdata[i], "n"));
        *found = TRUE;
      }
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (!kith_record_bool (parts->pdata[i], "undone") && kith_record_int (parts->pdata[i], "n") == last && !undo_record (cx, parts->pdata[i], error))
      return FALSE;
  return parts != NULL;
}

/**
 * kith_op_apply_caseload_undo:
 *
 * caseload.undo's apply: one part of a transfer is taken back, the last change first. A part that is not here is left to the hub, or was
 * undone before: then nothing is done.
 */
gboolean
kith_op_apply_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) transfer = NULL;
  gboolean found = FALSE;
  gint64 undone;

  if (!kith_op_need (cx, "transfer", kith_json_string (args, "transfer"), &transfer, error) ||
      (transfer != NULL && !undo_part (cx, kith_record_get_id (transfer), &found, error)))
    return FALSE;
  if (!found)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  undone = kith_record_int (transfer, "undone") + 1;
  kith_record_set_int (transfer, "undone", undone);
  kith_record_set_string (transfer, "state", undone < kith_record_int (transfer, "parts") ? "undoing" : "undone");
  return kith_world_put (cx->world, transfer, error);
}

gboolean
kith_op_derive_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error)
{
  return kith_op_tell_crossed (cx, args, TRUE, error);
}
