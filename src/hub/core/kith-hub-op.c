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
apply_and_stamp (KithHub *self, const KithActor *actor, const char *op_id, const char *name, JsonObject *args, const char *series,
                 KithHubOutcome *outcome, gint64 *q, GError **error)
{
  g_autofree char *hlc = tick (self);
  const KithHubOp op = {
    .op_id = op_id, .name = name, .args = args, .time_ms = kith_hub_now (self), .hlc = hlc, .seen = -1, .acked = -1, .series = series
  };

  return kith_hub_apply (self, actor, &op, outcome, error) && kith_hub_stamp (self, q, error);
}

static gboolean
log_op (KithHub *self, const char *op_id, const char *user, const char *name, JsonObject *args,
        const KithHubOutcome *outcome, const char *result, gint64 q, GError **error)
{
  g_autofree char *hash = kith_hub_op_hash (op_id, name, args);

  if (outcome->outcome == KITH_OUTCOME_PARKED)
    {
      g_autoptr (JsonObject)
          whole = kith_json_new ("op", "s", name, "a", "o", args != NULL ? json_object_ref (args) : NULL, NULL);
      g_autofree char *line = kith_json_print_object (whole);

      if (!kith_db_run (self->db, error, "parked-add", "nnssssi", op_id, user, outcome->code, line,
                        kith_hub_now (self)))
        return FALSE;
    }
  kith_hub_count_outcome (self, outcome->outcome);
  return kith_db_run (self->db, error, "op-add", "nnsssssssiii", op_id, user, name, hash,
                      kith_outcome_code (outcome->outcome), result, outcome->about, q, (gint64) 0,
                      kith_hub_now (self));
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

/* sent: the arguments as they came from a desk, whatever they stand for; NULL: from none. */
static gboolean
submit_one (KithHub *self, const KithActor *actor, const char *op_id, const char *name, JsonObject *args, JsonObject *sent,
            KithHubOutcome *outcome, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) line = NULL;
  gint64 q;

  if (!apply_and_stamp (self, actor, op_id, name, args, sent != NULL ? actor->user : NULL, outcome, &q, error))
    return FALSE;
  line = kith_hub_outcome_line (outcome, 0, op_id, q);
  text = kith_json_print_object (line);
  return log_op (self, op_id, actor->user, name, sent != NULL ? sent : args, outcome, text, q, error);
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
kith_hub_submit (KithHub *self, const KithActor *actor, const char *op, JsonObject *args, KithOpContext *result,
                 GError **error)
{
  g_autofree char *op_id = kith_id_new (self->clock, self->random);
  g_auto (KithHubOutcome) outcome = { 0 };

  if (!kith_hub_begin (self, error))
    return FALSE;
  if (!submit_one (self, actor, op_id, op, args, NULL, &outcome, error))
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
  return kith_db_step (stmt, error) == KITH_DB_ROW ? kith_json_parse_object (kith_db_text (stmt, 3), -1, NULL, error)
                                                   : NULL;
}

/* One of a batch, on its way. */
typedef struct
{
  char *op_id;
  const char *name;
  JsonObject *args;
  KithHubOutcome outcome;
  JsonObject *line; /* what it ends with; known from before, or made once it is stamped */
} BatchItem;

static void
batch_item_free (gpointer data)
{
  BatchItem *item = data;

  g_free (item->op_id);
  kith_hub_outcome_clear (&item->outcome);
  g_clear_pointer (&item->line, json_object_unref);
  g_free (item);
}

static gboolean
run_batch_item (KithHub *self, const KithActor *actor, JsonObject *source, BatchItem *item, GError **error)
{
  const char *given = kith_json_string (source, "id");
  const char *name = kith_json_string (source, "op");
  const char *at = kith_json_string (source, "at");
  g_autofree char *hlc = tick (self);
  g_autoptr (GError) local = NULL;
  KithHubOp op = { .time_ms = kith_hub_now (self), .hlc = hlc, .seen = -1, .acked = -1 };
  gint64 time_ms;

  if (at != NULL && kith_time_parse (at, &time_ms))
    op.time_ms = MIN (time_ms, op.time_ms);
  item->op_id = given != NULL ? g_strdup (given) : kith_id_new (self->clock, self->random);
  item->name = name != NULL ? name : "";
  item->args = kith_json_object (source, "a");
  item->line = given != NULL ? known_outcome (self, given, &local) : NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->op_start = self->touches->len;
  if (item->line != NULL)
    return TRUE;
  op.op_id = item->op_id;
  op.name = item->name;
  op.args = item->args;
  return kith_hub_apply (self, actor, &op, &item->outcome, error);
}

/* Runs ops from first on, as many as one transaction may touch, and commits them. */
static gboolean
run_batch_part (KithHub *self, const KithActor *actor, GPtrArray *ops, guint first, GPtrArray *outcomes, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (batch_item_free);
  gint64 q;

  for (guint i = first; i < ops->len && kith_hub_count_touched (self) <= KITH_LIMIT_STAMPED / 2; i++)
    {
      BatchItem *item = g_new0 (BatchItem, 1);

      g_ptr_array_add (items, item);
      if (!run_batch_item (self, actor, ops->pdata[i], item, error))
        return FALSE;
    }
  if (!kith_hub_stamp (self, &q, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      BatchItem *item = items->pdata[i];
      g_autofree char *text = NULL;

      if (item->line != NULL)
        continue;
      item->line = kith_hub_outcome_line (&item->outcome, 0, item->op_id, q);
      text = kith_json_print_object (item->line);
      if (!log_op (self, item->op_id, actor->user, item->name, item->args, &item->outcome, text, q, error))
        return FALSE;
    }
  if (!kith_hub_commit (self, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (outcomes, g_steal_pointer (&((BatchItem *) items->pdata[i])->line));
  return TRUE;
}

/**
 * kith_hub_submit_batch:
 * @ops: (element-type JsonObject): {"op","a","id"?,"at"?}; with an id, one that was done before is not done again;
 *   at: when it happened, never later than now (a made-up network with a past)
 * @outcomes: (element-type JsonObject): takes an outcome line for each, in order
 *
 * As few transactions as the limit of 1,000 touched records allows, with a savepoint around each operation.
 *
 * Returns: FALSE when the database failed; @outcomes then tells how far it came
 */
gboolean
kith_hub_submit_batch (KithHub *self, const KithActor *actor, GPtrArray *ops, GPtrArray *outcomes, GError **error)
{
  guint before = outcomes->len;

  while (outcomes->len - before < ops->len)
    {
      if (!kith_hub_begin (self, error))
        return FALSE;
      if (!run_batch_part (self, actor, ops, outcomes->len - before, outcomes, error))
        {
          if (self->writing)
            kith_hub_rollback (self);
          return FALSE;
        }
    }
  return TRUE;
}

/* An id that was used before: the same operation by the same person gets the answer it got, anything else is refused. */
static gboolean
answer_known (KithHub *self, const char *op_id, const char *name, JsonObject *args, const char *user, KithHubAnswer *answer, gboolean *known, GError **error)
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
  if (kith_hub_is_same_op (kith_db_text (stmt, 0), op_id, name, args) && g_strcmp0 (kith_db_text (stmt, 1), user) == 0)
    {
      char *result = kith_hub_outcome_again (self, user, kith_db_text (stmt, 3), kith_db_text (stmt, 4), error);

      if (result == NULL)
        return FALSE;
      answer->status = 200;
      answer->content_type = KITH_TYPE_JSON_TEXT;
      answer->body = g_bytes_new_take (result, strlen (result));
    }
  else
    {
      g_auto (KithHubOutcome) outcome = { 0 };
      kith_hub_outcome_refuse (&outcome, KITH_REFUSAL_EXISTS, _("This id was used for something else."));
      kith_hub_answer_json (answer, 200, kith_hub_outcome_line (&outcome, 0, op_id, 0));
    }
  return TRUE;
}

/* Whoever was found is opened by what stood for them. */
static gboolean
submit_sent (KithHub *self, const KithActor *actor, const char *op_id, const char *name, JsonObject *args, KithHubOutcome *outcome,
             GError **error)
{
  g_autoptr (JsonObject) resolved = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) line = NULL;

  if (!g_str_equal (name, "client.open_shared"))
    return submit_one (self, actor, op_id, name, args, args, outcome, error);
  resolved = kith_hub_handle_resolve (self, actor->user, args, outcome);
  if (resolved != NULL)
    return submit_one (self, actor, op_id, name, resolved, args, outcome, error);
  line = kith_hub_outcome_line (outcome, 0, op_id, 0);
  text = kith_json_print_object (line);
  return log_op (self, op_id, actor->user, name, args, outcome, text, self->q, error);
}

/* Not run: it is only put on record. */
static gboolean
park_sent (KithHub *self, const KithActor *actor, const char *op_id, const char *name, JsonObject *args, KithHubOutcome *outcome, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) line = NULL;

  kith_hub_park_crashed (outcome);
  line = kith_hub_outcome_line (outcome, 0, op_id, 0);
  text = kith_json_print_object (line);
  return log_op (self, op_id, actor->user, name, args, outcome, text, self->q, error);
}

/**
 * kith_hub_online:
 *
 * POST /v1/op: {"id","op","a"}: one operation, decided at once. The same id with the same content is answered as the first time.
 *
 * Returns: FALSE only when the database failed; else it is answered
 */
gboolean
kith_hub_online (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
                 GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_OP, answer);
  g_autoptr (KithActor) actor = NULL;
  g_autofree char *hash = NULL;
  g_auto (KithHubOutcome) outcome = { 0 };
  const char *op_id, *name;
  JsonObject *args;
  gboolean known, crashed;

  if (body == NULL)
    return TRUE;
  op_id = kith_json_string (body, "id");
  name = kith_json_string (body, "op");
  args = kith_json_object (body, "a");
  if (op_id == NULL || !kith_id_is_valid (op_id) || name == NULL || args == NULL)
    {
      kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST, _("An operation needs an id, a name and arguments."),
                             NULL);
      return TRUE;
    }
  hash = kith_hub_op_hash (op_id, name, args);
  if (!answer_known (self, op_id, name, args, session->user, answer, &known, error))
    return FALSE;
  if (known)
    return TRUE;

  actor = kith_hub_load_actor (self, session->user, error);
  if (actor == NULL || !kith_hub_online_try (self, op_id, &crashed, error))
    return FALSE;
  if (!kith_hub_begin (self, error))
    {
      kith_hub_online_came_back (self, op_id, NULL);
      return FALSE;
    }
  if (!(crashed ? park_sent : submit_sent) (self, actor, op_id, name, args, &outcome, error) || !kith_hub_online_came_back (self, op_id, error))
    {
      kith_hub_rollback (self);
      kith_hub_online_came_back (self, op_id, NULL);
      return FALSE;
    }
  if (!kith_hub_commit (self, error))
    {
      kith_hub_online_came_back (self, op_id, NULL); /* that it did was rolled back with the rest */
      return FALSE;
    }
  return answer_known (self, op_id, name, args, session->user, answer, &known, error);
}
