/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables show the hub's state with what is pending on top. Around every change of the hub's part the pending part
 * is taken off (restore) and put on again (replay), in one transaction (sync.md 2.6). */

#include "kith-store-private.h"

typedef struct
{
  gint64 i, q, at, seen;
  char *op_id, *name, *args, *hlc;
  gboolean sent; /* the hub has it at q, which the cursor has not reached: not run again */
} Pending;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_free (self->op_id);
  g_free (self->name);
  g_free (self->args);
  g_free (self->hlc);
  g_free (self);
}

/**
 * kith_store_has_pending:
 * @pending: (out): whether any operation is not through yet, so that rows may differ from the hub's image
 */
gboolean
kith_store_has_pending (KithStore *self, gboolean *pending, GError **error)
{
  gint64 value = 0;

  if (!kith_db_fetch_int (self->db, &value, error, "op-any-pending", ""))
    return FALSE;
  *pending = value != 0;
  return TRUE;
}

typedef struct
{
  const KithKind *kind;
  char *id;
  KithStoreRow row;
} Shadow;

static void
shadow_free (gpointer data)
{
  Shadow *self = data;

  g_free (self->id);
  kith_store_row_clear (&self->row);
  g_free (self);
}

static GPtrArray *
load_shadows (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) shadows = g_ptr_array_new_with_free_func (shadow_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "shadow-all", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Shadow *shadow = g_new0 (Shadow, 1);
      shadow->kind = kith_kind_get (kith_db_text (stmt, 0));
      shadow->id = g_strdup (kith_db_text (stmt, 1));
      shadow->row.scope = kith_db_int (stmt, 2);
      shadow->row.q = kith_db_int (stmt, 3);
      shadow->row.body = g_strdup (kith_db_text (stmt, 4));
      g_ptr_array_add (shadows, shadow);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&shadows) : NULL;
}

/* Puts the hub's images back and takes away the scopes that only our own operations began. */
gboolean
kith_store_restore (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) shadows = load_shadows (self, error);

  if (shadows == NULL)
    return FALSE;
  for (guint k = 0; k < shadows->len; k++)
    {
      Shadow *shadow = shadows->pdata[k];
      gboolean ok;

      if (shadow->row.body == NULL)
        ok = kith_store_delete_row (self, shadow->kind, shadow->id, error);
      else
        ok = kith_store_write_row (self, shadow->kind, shadow->id, shadow->row.scope, shadow->row.q, shadow->row.body, NULL, error);
      if (!ok)
        return FALSE;
    }
  return kith_db_run (self->db, error, "shadow-clear", "") && kith_db_run (self->db, error, "scope-drop-begun", "");
}

static GPtrArray *
load_pending (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (pending_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-pending", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Pending *op = g_new0 (Pending, 1);
      op->i = kith_db_int (stmt, 0);
      op->op_id = g_strdup (kith_db_text (stmt, 1));
      op->name = g_strdup (kith_db_text (stmt, 2));
      op->args = g_strdup (kith_db_text (stmt, 3));
      op->at = kith_db_int (stmt, 4);
      op->hlc = g_strdup (kith_db_text (stmt, 5));
      op->sent = g_strcmp0 (kith_db_text (stmt, 6), "sent") == 0;
      op->q = kith_db_int (stmt, 7);
      op->seen = kith_db_int (stmt, 8);
      g_ptr_array_add (pending, op);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&pending) : NULL;
}

/* Lays one after-image on a row the hub has not sent newer. */
static gboolean
lay_row (KithStore *self, const KithKind *kind, const char *id, const char *scope, const char *body, gboolean removed, gint64 q,
         GError **error)
{
  g_auto (KithStoreRow) row = { 0 };
  gint64 number;
  gboolean found;

  if (kind == NULL || (body == NULL && !removed))
    return TRUE;
  if (!kith_store_scope_number (self, scope, &number, error))
    return FALSE;
  if (number == 0)
    return TRUE;
  if (!kith_store_read_row (self, kind, id, &row, &found, error))
    return FALSE;
  if ((found && row.q >= q) || (!found && removed))
    return TRUE;
  if (!kith_store_keep_shadow (self, kind, id, &row, error))
    return FALSE;
  return removed ? kith_store_delete_row (self, kind, id, error)
                 : kith_store_write_row (self, kind, id, number, row.q, body, NULL, error);
}

/* An operation the hub has taken: what it wrote here shows until the hub's own rows come. */
static gboolean
lay_images (KithStore *self, Pending *op, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (!kith_db_run (self->db, error, "scope-begin-again", "i", op->i))
    return FALSE;
  stmt = kith_db_query (self->db, "op-rows", error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, op->i);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!lay_row (self, kith_kind_get (kith_db_text (stmt, 0)), kith_db_text (stmt, 1), kith_db_text (stmt, 2),
                  kith_db_text (stmt, 3), kith_db_int (stmt, 4) != 0, op->q, error))
      return FALSE;
  return step == KITH_DB_DONE;
}

/* Runs an operation again. A refusal is marked at once, and what it showed is gone; the hub still gets to say the same. Should it take
 * the operation, what its author wrote shows again until the rows come: that is kept, and what could not be written for lack of a
 * scope (it builds on one that was refused), unless something was forgotten since. */
static gboolean
run_again (KithStore *self, Pending *op, KithActor *actor, GError **error)
{
  const KithOperation *operation = kith_operation_get (op->name);
  g_autoptr (JsonObject) args = kith_store_parse_args (op->args);
  g_autoptr (GError) failure = NULL;
  gboolean ok = FALSE;

  if (!kith_db_savepoint (self->db, "replay", error))
    return FALSE;
  if (actor == NULL || operation == NULL)
    kith_refuse (&failure, KITH_REFUSAL_DENIED, "This cannot be done from this account any more.");
  else
    ok = kith_db_run (self->db, &failure, "op-row-keep", "i", op->i) && kith_db_run (self->db, &failure, "op-scope-drop", "i", op->i) &&
         kith_store_run (self, operation, actor, op->i, op->op_id, op->hlc, op->at, op->seen, args, &failure) &&
         kith_db_run (self->db, &failure, "op-row-drop-kept", "i", op->i) &&
         (!self->forgot || kith_db_run (self->db, &failure, "op-row-blank-kept", "i", op->i));
  if (ok)
    return kith_db_release (self->db, "replay", error) && kith_db_run (self->db, error, "op-mark-local", "iss", op->i, NULL, NULL);

  kith_db_rollback_to (self->db, "replay");
  if (failure->domain != KITH_REFUSAL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  kith_store_touch_outbox (self);
  return kith_db_run (self->db, error, "op-row-refused", "ii", op->i, (gint64) self->forgot) &&
         kith_db_run (self->db, error, "op-mark-local", "iss", op->i, kith_refusal_code (failure->code), failure->message);
}

gboolean
kith_store_replay (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) pending = load_pending (self, error);
  g_autoptr (KithActor) actor = NULL;
  g_autoptr (GError) failure = NULL;

  if (pending == NULL)
    return FALSE;
  if (pending->len == 0)
    return TRUE;
  actor = kith_store_load_actor (self, &failure);
  if (actor == NULL && !g_error_matches (failure, KITH_STORE_ERROR, KITH_STORE_ERROR_NO_STAFF))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint k = 0; k < pending->len; k++)
    {
      Pending *op = pending->pdata[k];
      if (!(op->sent ? lay_images (self, op, error) : run_again (self, op, actor, error)))
        return FALSE;
    }
  return TRUE;
}
