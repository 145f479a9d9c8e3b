/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* Operations that do not come out of an outbox: online ones (POST /v1/op), the console's, the importers', the clock's. */

static char *
tick (KithHub *self)
{
  return kith_hlc_tick (&self->hlc, kith_hub_now (self), "hub");
}

/* Applies one and stamps it; the transaction stays open for what else belongs to it. */
static gboolean
apply_and_stamp (KithHub *self, const KithActor *actor, const char *op_id, const char *name, JsonObject *args,
                 KithHubOutcome *outcome, gint64 *q, GError **error)
{
  g_autofree char *hlc = tick (self);
  const KithHubOp op = { .op_id = op_id, .name = name, .args = args, .time_ms = kith_hub_now (self), .hlc = hlc, .seen = -1, .acked = -1 };

  return kith_hub_apply (self, actor, &op, outcome, error) && kith_hub_stamp (self, q, error);
}

static gboolean
log_op (KithHub *self, const char *op_id, const char *user, const char *name, JsonObject *args, const KithHubOutcome *outcome,
        const char *result, gint64 q, GError **error)
{
  g_autofree char *hash = kith_hub_op_hash (op_id, name, args);

  if (outcome->outcome == KITH_OUTCOME_PARKED)
    {
      g_autoptr (JsonObject) whole = kith_json_new ("op", "s", name, "a", "o", args != NULL ? json_object_ref (args) : NULL, NULL);
      g_autofree char *line = kith_json_print_object (whole);

      if (!kith_db_run (self->db, error, "parked-add", "nnssssi", op_id, user, outcome->code, line, kith_hub_now (self)))
        return FALSE;
    }
  kith_hub_count_outcome (self, outcome->outcome);
  return kith_db_run (self->db, error, "op-add", "nnssssssiii", op_id, user, name, hash, kith_outcome_code (outcome->outcome),
                      result, q, (gint64) 0, kith_hub_now (self));
}

static void
fill_result (KithOpContext *result, const KithHubOutcome *outcome)
{
  if (result == NULL)
    return;
  result->outcome = outcome->outcome;
  g_clear_pointer (&result->now, json_object_unref);
  result->now = outcome->now != NULL ? json_object_ref (outcome->now) : NULL;
  g_clear_pointer (&result->conflicts, g_ptr_array_unref);
  result->conflicts = outcome->conflicts != NULL ? g_ptr_array_ref (outcome->conflicts) : NULL;
}

static gboolean
submit_one (KithHub *self, const KithActor *actor, const char *op_id, const char *name, JsonObject *args, KithHubOutcome *outcome,
            GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) line = NULL;
  gint64 q;

  if (!apply_and_stamp (self, actor, op_id, name, args, outcome, &q, error))
    return FALSE;
  line = kith_hub_outcome_line (outcome, 0, op_id, q);
  text = kith_json_print_object (line);
  return log_op (self, op_id, actor->user, name, args, outcome, text, q, error);
}

/**
 * kith_hub_submit:
 * @actor: the hub's own, or a person in whose name it is done
 * @args: (nullable): the operation's arguments
 * @result: (nullable) (out caller-allocates): outcome, conflicts and what is there now; clear it with kith_op_context_clear()
 *
 * One operation in a transaction of its own.
 *
 * Returns: FALSE with a KITH_REFUSAL error when it was refused or parked, with another when the database failed
 */
gboolean
kith_hub_submit (KithHub *self, const KithActor *actor, const char *op, JsonObject *args, KithOpContext *result, GError **error)
{
  g_autofree char *op_id = kith_id_new (self->clock, self->random);
  g_auto (KithHubOutcome) outcome = { 0 };

  if (!kith_hub_begin (self, error))
    return FALSE;
  if (!submit_one (self, actor, op_id, op, args, &outcome, error))
    {
      kith_hub_rollback (self);
      return FALSE;
    }
  if (!kith_hub_commit (self, error))
    return FALSE;

  fill_result (result, &outcome);
  if (outcome.outcome == KITH_OUTCOME_REJECTED || outcome.outcome == KITH_OUTCOME_PARKED)
    {
      int code = outcome.refusal >= 0 ? outcome.refusal : kith_refusal_from_code (outcome.code);
      g_set_error_literal (error, KITH_REFUSAL, code >= 0 ? code : KITH_REFUSAL_INVALID, outcome.message);
      return FALSE;
    }
  return TRUE;
}

static JsonObject *
known_outcome (KithHub *self, const char *op_id, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-by-id", error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, op_id);
  return kith_db_step (stmt, error) == KITH_DB_ROW ? kith_json_parse_object (kith_db_text (stmt, 4), -1, NULL, error) : NULL;
}

/**
 * kith_hub_submit_batch:
 * @ops: (element-type JsonObject): {"op","a","id"?}; with an id, one that was done before is not done again
 * @outcomes: (element-type JsonObject): takes an outcome line for each, in order
 *
 * One transaction with a savepoint around each operation. At most as many as stay below 1,000 touched records: what would go
 * beyond is left undone, so fewer outcomes than operations means that the rest is to be given again.
 *
 * Returns: FALSE when the database failed; then nothing of the batch happened
 */
gboolean
kith_hub_submit_batch (KithHub *self, const KithActor *actor, GPtrArray *ops, GPtrArray *outcomes, GError **error)
{
  g_autoptr (GArray) results = g_array_new (FALSE, TRUE, sizeof (KithHubOutcome));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  gboolean ok;
  gint64 q = 0;
  guint done = 0;

  if (!kith_hub_begin (self, error))
    return FALSE;
  ok = TRUE;
  for (; ok && done < ops->len && kith_hub_count_touched (self) <= KITH_LIMIT_STAMPED / 2; done++)
    {
      JsonObject *item = ops->pdata[done];
      const char *name = kith_json_string (item, "op");
      const char *given = kith_json_string (item, "id");
      g_autofree char *hlc = tick (self);
      g_autoptr (GError) local = NULL;
      KithHubOutcome outcome = { 0 };
      KithHubOp op = { .name = name != NULL ? name : "", .args = kith_json_object (item, "a"), .time_ms = kith_hub_now (self),
                       .hlc = hlc, .seen = -1, .acked = -1 };
      JsonObject *before = given != NULL ? known_outcome (self, given, &local) : NULL;

      g_ptr_array_add (ids, given != NULL ? g_strdup (given) : kith_id_new (self->clock, self->random));
      op.op_id = ids->pdata[ids->len - 1];
      g_ptr_array_add (known, before);
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      ok = local == NULL && (before != NULL || kith_hub_apply (self, actor, &op, &outcome, error));
      g_array_append_val (results, outcome);
    }

  ok = ok && kith_hub_stamp (self, &q, error);
  for (guint i = 0; ok && i < done; i++)
    {
      JsonObject *item = ops->pdata[i];
      KithHubOutcome *outcome = &g_array_index (results, KithHubOutcome, i);
      const char *name = kith_json_string (item, "op");
      g_autofree char *text = NULL;

      if (known->pdata[i] != NULL)
        continue;
      known->pdata[i] = kith_hub_outcome_line (outcome, 0, ids->pdata[i], q);
      text = kith_json_print_object (known->pdata[i]);
      ok = log_op (self, ids->pdata[i], actor->user, name, kith_json_object (item, "a"), outcome, text, q, error);
    }

  if (ok)
    ok = kith_hub_commit (self, error);
  else
    kith_hub_rollback (self);
  for (guint i = 0; i < results->len; i++)
    kith_hub_outcome_clear (&g_array_index (results, KithHubOutcome, i));
  for (guint i = 0; i < known->len; i++)
    {
      if (ok)
        g_ptr_array_add (outcomes, known->pdata[i]);
      else if (known->pdata[i] != NULL)
        json_object_unref (known->pdata[i]);
    }
  return ok;
}

/* An id that was used before: the same operation by the same person gets the answer it got, anything else is refused. */
static gboolean
answer_known (KithHub *self, const char *op_id, const char *hash, const char *user, KithHubAnswer *answer, gboolean *known, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-by-id", error);
  KithDbStep step;

  *known = FALSE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, op_id);
  if ((step = kith_db_step (stmt, error)) != KITH_DB_ROW)
    return step == KITH_DB_DONE;

  *known = TRUE;
  if (g_strcmp0 (kith_db_text (stmt, 0), hash) == 0 && g_strcmp0 (kith_db_text (stmt, 1), user) == 0)
    {
      const char *result = kith_db_text (stmt, 4);
      answer->status = 200;
      answer->content_type = KITH_TYPE_JSON_TEXT;
      answer->body = g_bytes_new (result, strlen (result));
    }
  else
    {
      g_auto (KithHubOutcome) outcome = { 0 };
      kith_hub_outcome_refuse (&outcome, KITH_REFUSAL_EXISTS, _("This id was used for something else."));
      kith_hub_answer_json (answer, 200, kith_hub_outcome_line (&outcome, 0, op_id, 0));
    }
  return TRUE;
}

gboolean
kith_hub_online (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_OP, answer);
  g_autoptr (KithActor) actor = NULL;
  g_autofree char *hash = NULL;
  g_auto (KithHubOutcome) outcome = { 0 };
  const char *op_id, *name;
  JsonObject *args;
  gboolean known;

  if (body == NULL)
    return TRUE;
  op_id = kith_json_string (body, "id");
  name = kith_json_string (body, "op");
  args = kith_json_object (body, "a");
  if (op_id == NULL || !kith_id_is_valid (op_id) || name == NULL || args == NULL)
    {
      kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST, _("An operation needs an id, a name and arguments."), NULL);
      return TRUE;
    }
  hash = kith_hub_op_hash (op_id, name, args);
  if (!answer_known (self, op_id, hash, session->user, answer, &known, error))
    return FALSE;
  if (known)
    return TRUE;

  actor = kith_hub_load_actor (self, session->user, error);
  if (actor == NULL || !kith_hub_begin (self, error))
    return FALSE;
  if (!submit_one (self, actor, op_id, name, args, &outcome, error))
    {
      kith_hub_rollback (self);
      return FALSE;
    }
  if (!kith_hub_commit (self, error))
    return FALSE;
  return answer_known (self, op_id, hash, session->user, answer, &known, error);
}
