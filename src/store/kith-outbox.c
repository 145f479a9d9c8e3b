/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Submitting: an operation is applied here and queued in one transaction (sync.md 2.4, 2.6). */

#include "kith-protocol.h"
#include "kith-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNDO_MOST_MS 8000
#define WRAPPING 512 /* what a push puts around arguments and base, at most */

/**
 * kith_store_parse_args:
 * @text: (nullable): as the outbox keeps arguments
 *
 * Returns: (transfer full): an empty object for what cannot be read
 */
JsonObject *
kith_store_parse_args (const char *text)
{
  JsonObject *args = text != NULL ? kith_json_parse_object (text, -1, NULL, NULL) : NULL;

  return args != NULL ? args : json_object_new ();
}

/* Runs an operation over the world of this desktop; what it writes is remembered under i. The caller has a savepoint. */
gboolean
kith_store_run (KithStore *self, const KithOperation *operation, KithActor *actor, gint64 i, const char *op_id, const char *hlc,
                gint64 at, gint64 seen, JsonObject *args, GError **error)
{
  g_auto (KithOpContext) cx = {
    .world = self->world, .actor = actor, .operation = operation, .op_id = op_id, .time_ms = at, .hlc = hlc, .seen = seen, .hub = FALSE,
  };
  gboolean ok;

  self->running = i;
  g_clear_error (&self->read_failure);
  ok = kith_operation_run (&cx, args, error);
  self->running = 0;
  if (self->read_failure == NULL)
    return ok;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&self->read_failure));
  return FALSE;
}

static gboolean
check_runs_here (const KithOperation *operation, const char *name, GError **error)
{
  if (operation == NULL)
    return kith_refuse (error, KITH_REFUSAL_UNKNOWN, _("This version of Kith does not know “%s”."), name);
  if (operation->runs == KITH_RUNS_ONLINE)
    return kith_refuse (error, KITH_REFUSAL_ONLINE_ONLY, _("This needs a connection to the hub."));
  if (operation->runs == KITH_RUNS_CLOCK)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the hub does this, by itself."));
  return TRUE;
}

/* "base": the hub's number of each row the operation touched that the hub knows. */
static char *
print_base (KithStore *self, gint64 i, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-base", error);
  g_autoptr (JsonObject) base = json_object_new ();
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, i);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autofree char *key = g_strconcat (kith_db_text (stmt, 0), "/", kith_db_text (stmt, 1), NULL);
      json_object_set_int_member (base, key, kith_db_int (stmt, 2));
    }
  return step == KITH_DB_DONE ? kith_json_print_object (base) : NULL;
}

/* The hub takes no operation larger than this: its author is told now, while the words are still in front of them. */
static gboolean
check_size (const char *args, const char *base, GError **error)
{
  if (strlen (args) + strlen (base) + WRAPPING <= KITH_LIMIT_OP)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID,
                      _("This is too long to be sent at once. Nothing was saved yet: shorten it, or save it in parts."));
}

static gboolean
add_row (KithStore *self, const KithOperation *operation, gint64 i, const char *op_id, const char *text, const char *hlc, gint64 at, gint64 undo_ms,
         GError **error)
{
  gint64 wall = kith_clock_wall_ms (self->clock);
  gint64 mono = kith_clock_mono_ms (self->clock);
  gint64 hold = undo_ms > 0 ? mono + MIN (undo_ms, UNDO_MOST_MS) : 0;

  return kith_db_run (self->db, error, "op-add", "isssisiisii", i, op_id, operation->name, text, at, hlc, wall, mono, kith_clock_boot_id (self->clock),
                      self->cursor_q, hold);
}

static char *
tick (KithStore *self, gint64 at)
{
  return kith_hlc_tick (&self->hlc, at, self->lane_code != NULL ? self->lane_code : "new");
}

gboolean
kith_store_put_before (KithStore *self, gint64 i, const char *op, JsonObject *args, GError **error)
{
  const KithOperation *operation = kith_operation_get (op);
  gint64 at = kith_store_hub_ms (self);
  g_autofree char *hlc = tick (self, at);
  g_autofree char *id = kith_id_new (self->clock, self->random);
  g_autofree char *text = kith_json_print_object (args);
  static const char *const room[] = { "op-room", "op-row-room", "op-scope-room", NULL };
  static const char *const moved[] = { "op-moved", "op-row-moved", "op-scope-moved", NULL };

  if (!check_runs_here (operation, op, error))
    return FALSE;
  for (guint k = 0; room[k] != NULL; k++)
    if (!kith_db_run (self->db, error, room[k], "i", i) || !kith_db_run (self->db, error, moved[k], ""))
      return FALSE;
  return add_row (self, operation, i, id, text, hlc, at, 0, error);
}

gboolean
kith_store_set_base (KithStore *self, gint64 i, const char *text, GError **error)
{
  g_autofree char *base = print_base (self, i, error);

  return base != NULL && check_size (text, base, error) && kith_db_run (self->db, error, "op-set-base", "is", i, base);
}

static gboolean
append (KithStore *self, const KithOperation *operation, KithActor *actor, JsonObject *args, gint64 undo_ms, const char *op_id,
        GError **error)
{
  gint64 at = kith_store_hub_ms (self);
  gint64 i = self->last_i + 1;
  g_autofree char *hlc = tick (self, at);
  g_autofree char *text = kith_json_print_object (args);

  if (!add_row (self, operation, i, op_id, text, hlc, at, undo_ms, error) ||
      !kith_store_run (self, operation, actor, i, op_id, hlc, at, self->cursor_q, args, error) || !kith_store_set_base (self, i, text, error))
    return FALSE;
  self->last_i = i;
  kith_store_touch_outbox (self);
  /* A later change of the same record ends the undo wait of the earlier one. */
  return kith_db_run (self->db, error, "op-end-holds", "i", i);
}

/* What is stopped by it leaves the outbox, and the rest waits behind it. */
static gboolean
tell_first (KithStore *self, JsonObject *revocation, GError **error)
{
  g_autofree char *client = kith_store_revoked_client (self, revocation);
  const char *referral = kith_json_string (revocation, "referral");

  return (client == NULL || kith_store_stop_sends (self, client, error)) &&
         kith_store_send_ahead (self, self->last_i, client != NULL ? client : referral, error);
}

static gboolean
submit_under (KithStore *self, const char *id, const char *op, JsonObject *args, gint64 undo_ms, GError **error)
{
  const KithOperation *operation = kith_operation_get (op);
  g_autoptr (KithActor) actor = NULL;

  if (!check_runs_here (operation, op, error))
    return FALSE;
  actor = kith_store_load_actor (self, error);
  if (actor == NULL || !append (self, operation, actor, args, undo_ms, id, error))
    return FALSE;
  return (operation->flags & KITH_OPERATION_ALWAYS) == 0 || tell_first (self, args, error);
}

/* The same inside a transaction of the caller's. */
gboolean
kith_store_submit_within (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, char **op_id, GError **error)
{
  g_autofree char *id = kith_id_new (self->clock, self->random);

  if (!submit_under (self, id, op, args, undo_ms, error))
    return FALSE;
  if (op_id != NULL)
    *op_id = g_steal_pointer (&id);
  return TRUE;
}

/**
 * kith_store_submit_typed:
 * @op: name of the operation
 * @args: its arguments
 * @undo_ms: how long it may be undone before it is sent; at most 8 s
 * @draft: (nullable): key of the draft that goes with it
 * @op_id: (out) (optional): its id
 *
 * Errors: KITH_REFUSAL with a sentence for a person; KITH_STORE_ERROR_NO_STAFF before the first fill; KITH_DB_ERROR. In
 * each case nothing was changed.
 */
gboolean
kith_store_submit_typed (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, const char *draft, char **op_id, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *id = NULL;

  if (transaction == NULL)
    return FALSE;
  if (!kith_store_end (self, transaction,
                       kith_store_submit_within (self, op, args, undo_ms, &id, error) && (draft == NULL || kith_store_end_draft (self, draft, undo_ms > 0 ? id : NULL, error)), error))
    return FALSE;
  if (op_id != NULL)
    *op_id = g_steal_pointer (&id);
  return TRUE;
}

gboolean
kith_store_submit (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, char **op_id, GError **error)
{
  return kith_store_submit_typed (self, op, args, undo_ms, NULL, op_id, error);
}

gboolean
kith_store_submit_as (KithStore *self, const char *op_id, const char *op, JsonObject *args, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  return transaction != NULL && kith_store_end (self, transaction, submit_under (self, op_id, op, args, 0, error), error);
}

/**
 * kith_store_may:
 *
 * Would this be allowed, as far as this computer knows? For showing and hiding actions; online operations are judged
 * like all others.
 */
gboolean
kith_store_may (KithStore *self, const char *op, JsonObject *args, GError **error)
{
  const KithOperation *operation = kith_operation_get (op);
  g_autoptr (KithActor) actor = NULL;
  g_auto (KithOpContext) cx = { 0 };

  if (operation == NULL)
    return kith_refuse (error, KITH_REFUSAL_UNKNOWN, _("This version of Kith does not know “%s”."), op);
  actor = kith_store_load_actor (self, error);
  if (actor == NULL)
    return FALSE;
  cx.world = self->world;
  cx.actor = actor;
  cx.operation = operation;
  cx.op_id = "may";
  cx.time_ms = kith_store_hub_ms (self);
  cx.hlc = "";
  cx.seen = -1;
  return kith_operation_may (&cx, args, error);
}

/**
 * kith_store_undo:
 * @undone: (out): FALSE: too late, it was put into a push, or something later builds on it
 * @draft: (out) (optional) (transfer full): key of what was typed for it, which is a draft again; NULL: nothing was
 */
gboolean
kith_store_undo (KithStore *self, const char *op_id, gboolean *undone, char **draft, GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  gint64 i = 0;

  *undone = FALSE;
  if (draft != NULL)
    *draft = NULL;
  if (transaction == NULL)
    return FALSE;
  if (!kith_db_fetch_int (self->db, &i, error, "op-undoable", "s", op_id))
    return FALSE;
  if (i == 0)
    return TRUE;
  if (!kith_store_end (self, transaction,
                       kith_store_restore (self, error) && kith_store_drop_op (self, i, error) && kith_store_replay (self, error) &&
                         kith_store_put_draft_back (self, op_id, &key, error),
                       error))
    return FALSE;
  if (draft != NULL)
    *draft = g_steal_pointer (&key);
  *undone = TRUE;
  return TRUE;
}

/**
 * kith_store_drop_op:
 *
 * Takes an operation out of the outbox, with what it wrote there of rows and scopes. The rows themselves are for the caller to restore.
 */
gboolean
kith_store_drop_op (KithStore *self, gint64 i, GError **error)
{
  kith_store_touch_outbox (self);
  return kith_db_run (self->db, error, "op-row-drop", "i", i) && kith_db_run (self->db, error, "op-scope-drop", "i", i) &&
         kith_db_run (self->db, error, "op-drop", "i", i);
}
