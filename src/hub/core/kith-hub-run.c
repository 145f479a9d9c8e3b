/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-refusal.h"

#include <glib/gi18n.h>

#define MOST_WHOLE (10 * KITH_LIMIT_STAMPED) /* records one operation touches that cannot be cut into smaller ones */

/* One operation inside a transaction: a savepoint around the model's code, then the access that follows from it.
 * Whatever an operation does wrong ends here as an outcome; only a failing database reaches the caller. */

/**
 * kith_hub_outcome_clear:
 *
 * Frees what hangs on it. The numbers and the outcome itself stay as they were.
 */
void
kith_hub_outcome_clear (KithHubOutcome *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->words, json_object_unref);
  g_clear_pointer (&self->now, json_object_unref);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
}

/**
 * kith_hub_outcome_refuse:
 * @refusal: a #KithRefusal
 * @message: copied; a sentence for a person
 *
 * Takes the place of what the outcome said before.
 */
void
kith_hub_outcome_refuse (KithHubOutcome *outcome, int refusal, const char *message)
{
  kith_hub_outcome_clear (outcome);
  outcome->outcome = KITH_OUTCOME_REJECTED;
  outcome->refusal = refusal;
  outcome->code = g_strdup (kith_refusal_code (refusal));
  outcome->message = g_strdup (message);
}

/**
 * kith_hub_outcome_park:
 * @code: copied; why nothing was decided
 * @message: copied; a sentence for a person
 *
 * Kept for those who run the hub: it is neither done nor refused, and what comes behind it proceeds.
 */
void
kith_hub_outcome_park (KithHubOutcome *outcome, const char *code, const char *message)
{
  kith_hub_outcome_clear (outcome);
  outcome->outcome = KITH_OUTCOME_PARKED;
  outcome->refusal = -1;
  outcome->code = g_strdup (code);
  outcome->message = g_strdup (message);
}

/**
 * kith_hub_count_outcome:
 *
 * For /metrics alone.
 */
void
kith_hub_count_outcome (KithHub *self, KithOutcome outcome)
{
  switch (outcome)
    {
    case KITH_OUTCOME_APPLIED: self->counts.ops_applied++; break;
    case KITH_OUTCOME_MERGED: self->counts.ops_merged++; break;
    case KITH_OUTCOME_NOOP: self->counts.ops_noop++; break;
    case KITH_OUTCOME_REJECTED: self->counts.ops_rejected++; break;
    case KITH_OUTCOME_PARKED: self->counts.ops_parked++; break;
    default: break;
    }
}

/* What an operation was to replace: a desktop forgets it with the record, which was not its author's (sync.md 2.3). */
static void
drop_past (const char *name, JsonObject *args)
{
  JsonObject *set = kith_json_object (args, "set");
  JsonObjectIter iter;
  JsonNode *node;

  if (g_strcmp0 (name, "conflict.settle") == 0 && json_object_has_member (args, "mine"))
    json_object_remove_member (args, "mine");
  if (set == NULL)
    return;
  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, NULL, &node))
    if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "old"))
      json_object_remove_member (json_node_get_object (node), "old");
}

/* The number people read is the lane's, not the operation's: after a fork the desktop gives a new one to what it has not
 * heard of, and what the hub has taken under the old one is not to be told as refused. */
static char *
print_hashed (const char *name, JsonObject *args, gboolean past)
{
  g_autoptr (JsonObject) copy = kith_json_copy_object (args);

  if (json_object_has_member (copy, "id") && json_object_has_member (copy, "number"))
    json_object_remove_member (copy, "number");
  if (!past)
    drop_past (name, copy);
  return kith_json_print_object (copy);
}

static char *
hash (const char *op_id, const char *name, JsonObject *args, gboolean past)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = args != NULL ? print_hashed (name, args, past) : NULL;

  g_checksum_update (sum, (const guchar *) (op_id != NULL ? op_id : ""), -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  g_checksum_update (sum, (const guchar *) (name != NULL ? name : ""), -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  g_checksum_update (sum, (const guchar *) (text != NULL ? text : ""), -1);
  return g_strdup (g_checksum_get_string (sum));
}

/* Same name and arguments under the same id: the same operation, however often and in whatever wrapping it comes. */
char *
kith_hub_op_hash (const char *op_id, const char *name, JsonObject *args)
{
  return hash (op_id, name, args, FALSE);
}

/**
 * kith_hub_is_same_op:
 * @known: the hash of what was taken, as a hub of before made it perhaps: with what the operation was to replace
 */
gboolean
kith_hub_is_same_op (const char *known, const char *op_id, const char *name, JsonObject *args)
{
  g_autofree char *now = hash (op_id, name, args, FALSE), *before = NULL;

  if (g_strcmp0 (known, now) == 0)
    return TRUE;
  before = hash (op_id, name, args, TRUE);
  return g_strcmp0 (known, before) == 0;
}

gboolean
kith_hub_actor_is_stale (KithHub *self)
{
  static const char *const kinds[] = { "staff", "staff_service", "agency_settings", "organization", NULL };

  for (guint i = self->op_start; i < self->touches->len; i++)
    {
      KithHubTouch *touch = self->touches->pdata[i];
      if (g_strv_contains (kinds, touch->kind->name))
        return TRUE;
    }
  return FALSE;
}

/* A failure that is the operation's own, not the machine's: the rest of the batch may go on. */
static gboolean
is_own_failure (const GError *error)
{
  if (error->domain == KITH_DB_ERROR)
    return error->code == KITH_DB_ERROR_CONSTRAINT;
  return TRUE;
}

static void
add_scope_of (KithHub *self, GString *about, const char *kind, const char *id)
{
  g_autoptr (KithRecord) record = kind != NULL && id != NULL && kith_kind_get (kind) != NULL
                                      ? kith_world_get (self->world, kind, id, NULL)
                                      : NULL;
  g_autofree char *scope = record != NULL ? kith_record_scope (record) : NULL;

  if (scope != NULL)
    g_string_append_printf (about, "%s%s", about->len > 0 ? " " : "", scope);
}

/* Where the records lie that the arguments name. */
static char *
scopes_named (KithHub *self, const KithOperation *operation, JsonObject *args)
{
  g_autoptr (GString) about = g_string_new (NULL);

  for (guint i = 0; i < operation->n_args; i++)
    if (operation->args[i].type == KITH_FIELD_REF)
      add_scope_of (self, about, operation->args[i].target, kith_json_string (args, operation->args[i].name));
  add_scope_of (self, about, kith_json_string (args, "t"), kith_json_string (args, "id"));
  return about->len > 0 ? g_string_free (g_steal_pointer (&about), FALSE) : NULL;
}

/* Of those, what this person sees: what they never saw says nothing of whether they still may hear the rest. NULL in about: none. */
static gboolean
only_seen (KithHub *self, const char *user, char **about, GError **error)
{
  g_auto (GStrv) scopes = *about != NULL && user != NULL ? g_strsplit (*about, " ", -1) : NULL;
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; scopes != NULL && scopes[i] != NULL; i++)
    {
      gboolean sees;

      if (!kith_hub_user_sees (self, user, scopes[i], &sees, error))
        return FALSE;
      if (sees)
        g_string_append_printf (seen, "%s%s", seen->len > 0 ? " " : "", scopes[i]);
    }
  if (scopes == NULL)
    return TRUE;
  g_free (*about);
  *about = seen->len > 0 ? g_string_free (g_steal_pointer (&seen), FALSE) : NULL;
  return TRUE;
}

/* What the person is told about a refusal: of what was never visible nothing, of what is visible no longer only what
 * the operation says of it (P17). Its sentence may name people and days as much as "now" does. */
static gboolean
take_refusal (KithHub *self, KithHubOutcome *outcome, KithOpContext *cx, JsonObject *args, const GError *refusal, GError **error)
{
  kith_hub_outcome_refuse (outcome, refusal->code, refusal->message);
  outcome->words = kith_refusal_get_words (refusal);
  if (refusal->code == KITH_REFUSAL_NOT_FOUND)
    return TRUE;
  if (cx->now != NULL)
    outcome->now = json_object_ref (cx->now);
  if (refusal->code == KITH_REFUSAL_ACCESS_ENDED)
    return TRUE;
  outcome->about = scopes_named (self, cx->operation, args);
  return only_seen (self, cx->actor->user, &outcome->about, error);
}

/* A revocation that cannot be carried out, since what is stored of the client is damaged: what rests on a consent closes all the same (C4). */
static gboolean
close_instead (KithHub *self, const KithActor *actor, JsonObject *args, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *consent = kith_json_string (args, "consent");
  g_autofree char *client = g_strdup (kith_json_string (args, "client"));
  g_autofree char *scope = NULL;
  gboolean sees = actor->level == KITH_LEVEL_HUB;

  if (client == NULL && consent != NULL)
    client = kith_db_fetch_text (self->db, &local, "consent-client", "s", consent);
  if (client == NULL) /* nor can it be told whose it is */
    return TRUE;
  scope = g_strconcat ("client:", client, NULL);
  if (!sees && !kith_hub_user_sees (self, actor->user, scope, &sees, error))
    return FALSE;
  return !sees || kith_hub_close_damaged (self, scope, TRUE, error);
}

char *
kith_hub_outcome_again (KithHub *self, const char *user, const char *result, const char *about, GError **error)
{
  g_auto (GStrv) scopes = about != NULL ? g_strsplit (about, " ", -1) : NULL;

  for (guint i = 0; scopes != NULL && scopes[i] != NULL; i++)
    {
      g_autoptr (JsonObject) line = NULL;
      gboolean sees;

      if (!kith_hub_user_sees (self, user, scopes[i], &sees, error))
        return NULL;
      if (sees)
        continue;
      line = kith_json_parse_object (result, -1, NULL, error);
      if (line == NULL)
        return NULL;
      json_object_remove_member (line, "now");
      if (json_object_has_member (line, "words"))
        json_object_remove_member (line, "words");
      if (g_strcmp0 (kith_json_string (line, "st"), kith_outcome_code (KITH_OUTCOME_REJECTED)) == 0)
        json_object_set_string_member (line, "message", kith_refusal_ended ());
      return kith_json_print_object (line);
    }
  return g_strdup (result);
}

static void
take_success (KithHub *self, KithHubOutcome *outcome, KithOpContext *cx, JsonObject *args)
{
  outcome->outcome = cx->outcome;
  outcome->refusal = -1;
  if (cx->now != NULL)
    {
      outcome->now = json_object_ref (cx->now);
      outcome->about = scopes_named (self, cx->operation, args);
    }
  if (cx->conflicts != NULL)
    {
      outcome->conflicts = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < cx->conflicts->len; i++)
        g_ptr_array_add (outcome->conflicts, g_strdup (cx->conflicts->pdata[i]));
    }
}

static void
set_late (KithHub *self, KithOpContext *cx, const KithOperation *operation, const KithHubOp *op)
{
  gboolean applies = (operation->flags & KITH_OPERATION_ADDITIVE) != 0 && op->seen >= 0 && op->acked >= 0;

  self->late_seen = applies ? op->seen : -1;
  self->late_acked = applies ? op->acked : -1;
  self->late_cx = cx;
}

/* FALSE with error: the database failed; without: refused. */
static gboolean
check_series (KithHub *self, const KithOperation *operation, const KithHubOp *op, KithHubOutcome *outcome, GError **error)
{
  const char *number = NULL;
  gboolean own = TRUE;

  for (guint i = 0; i < operation->n_args && op->series != NULL && op->args != NULL; i++)
    if (g_str_equal (operation->args[i].name, "number"))
      number = kith_json_string (op->args, "number");
  if (number != NULL && !kith_hub_check_series (self, op->series, number, &own, error))
    return FALSE;
  if (!own)
    kith_hub_outcome_refuse (outcome, KITH_REFUSAL_INVALID, _("The number of this record is not of this computer’s series, so it was not made. Nothing else was changed."));
  return own;
}

/* Runs the model's code and what follows from it. FALSE with any error: undo. */
static gboolean
run (KithHub *self, KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean done;

  if (self->before_run != NULL)
    self->before_run (cx->op_id, args);
  g_clear_error (&self->read_failure);
  done = kith_operation_run (cx, args, error);
  self->late_seen = self->late_acked = -1;
  if (self->read_failure != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&self->read_failure));
      return FALSE;
    }
  return done && kith_hub_settle_access (self, error);
}

/* Design 2.2 bounds what one transaction stamps. What must always be possible has no smaller steps: a client takes back all there is, however much
 * somebody has recorded (C4). Nor has what no desk holds, which it could have counted: somebody's own tasks (U21); these are bounded all the same,
 * far beyond what anybody has to do, for the hub's memory and for how long everybody else waits for it. */
static gboolean
fits (KithHub *self, const KithOperation *operation, const KithHubPoint *before)
{
  guint most = (operation->flags & KITH_OPERATION_WHOLE) != 0 ? MOST_WHOLE : KITH_LIMIT_STAMPED / 2;

  return (operation->flags & KITH_OPERATION_ALWAYS) != 0 || self->touches->len - before->touches <= most;
}

gboolean
kith_hub_apply (KithHub *self, const KithActor *actor, const KithHubOp *op, KithHubOutcome *outcome, GError **error)
{
  const KithOperation *operation = kith_operation_get (op->name);
  g_auto (KithOpContext) cx = { 0 };
  g_autoptr (GError) local = NULL;
  KithHubPoint point;

  g_return_val_if_fail (self->writing, FALSE);

  self->op_start = self->touches->len;
  if (operation == NULL)
    {
      kith_hub_outcome_park (
          outcome, kith_refusal_code (KITH_REFUSAL_UNKNOWN),
          _("The hub does not know this kind of change yet. It is kept there for its administrators."));
      return TRUE;
    }
  if (operation->runs == KITH_RUNS_CLOCK && actor->level != KITH_LEVEL_HUB)
    {
      kith_hub_outcome_refuse (outcome, KITH_REFUSAL_DENIED, _("Only the hub itself does this."));
      return TRUE;
    }
  if (!actor->active && actor->level != KITH_LEVEL_HUB)
    {
      kith_hub_outcome_refuse (outcome, KITH_REFUSAL_DENIED, _("This account is closed."));
      return TRUE;
    }

  if (!check_series (self, operation, op, outcome, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  cx = (KithOpContext){ .world = self->world, .actor = actor, .operation = operation, .op_id = op->op_id,
                        .time_ms = op->time_ms, .now_ms = kith_hub_now (self), .hlc = op->hlc, .seen = op->seen, .base = op->base, .hub = TRUE };
  if (!kith_db_savepoint (self->db, "op", error))
    return FALSE;
  point = kith_hub_point (self);
  set_late (self, &cx, operation, op);
  if (run (self, &cx, op->args, &local))
    {
      if (fits (self, operation, &point))
        {
          take_success (self, outcome, &cx, op->args);
          outcome->late = cx.late;
          return kith_db_release (self->db, "op", error);
        }
      g_set_error_literal (&local, KITH_REFUSAL, KITH_REFUSAL_INVALID,
                           _("This changes too much at once. Do it in smaller steps."));
    }

  self->late_seen = self->late_acked = -1;
  kith_db_rollback_to (self->db, "op");
  kith_hub_cut (self, &point);
  if (!is_own_failure (local) || !kith_db_in_transaction (self->db))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (local->domain == KITH_REFUSAL)
    return take_refusal (self, outcome, &cx, op->args, local, error);
  else if (local->domain == KITH_MODEL_ERROR)
    {
      kith_hub_outcome_refuse (outcome, KITH_REFUSAL_INVALID, local->message);
      outcome->words = kith_refusal_get_words (local);
    }
  else
    {
      g_message ("operation %s failed: %s", op->name, local->message);
      kith_hub_park_failed (outcome);
      return (operation->flags & KITH_OPERATION_ALWAYS) == 0 || close_instead (self, actor, op->args, error);
    }
  return TRUE;
}

JsonObject *
kith_hub_outcome_line (const KithHubOutcome *outcome, gint64 n, const char *op_id, gint64 q)
{
  gboolean done = outcome->outcome == KITH_OUTCOME_APPLIED || outcome->outcome == KITH_OUTCOME_MERGED ||
                  outcome->outcome == KITH_OUTCOME_NOOP;
  JsonObject *line = kith_json_new ("id", "s", op_id, "st", "s", kith_outcome_code (outcome->outcome), "code", "s",
                                    outcome->code, "message", "s", outcome->message, NULL);

  if (n > 0)
    json_object_set_int_member (line, "n", n);
  if (outcome->words != NULL)
    json_object_set_object_member (line, "words", json_object_ref (outcome->words));
  if (outcome->after > 0)
    json_object_set_int_member (line, "after", outcome->after);
  if (done)
    json_object_set_int_member (line, "q", q);
  if (outcome->now != NULL)
    json_object_set_object_member (line, "now", json_object_ref (outcome->now));
  if (outcome->conflicts != NULL && outcome->conflicts->len > 0)
    {
      JsonArray *ids = json_array_new ();
      for (guint i = 0; i < outcome->conflicts->len; i++)
        json_array_add_string_element (ids, outcome->conflicts->pdata[i]);
      json_object_set_array_member (line, "conflict", ids);
    }
  return line;
}
