/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scopes held: announced, filled, forgotten, and hidden when their time is over (sync.md 2.3). */

#include "kith-refusal.h"
#include "kith-store-file.h"
#include "kith-store-lease.h"
#include "kith-store-private.h"

#include <string.h>

/* The name of a scope by the hub's number, and the number it has here. */
char *
kith_store_scope_of (KithStore *self, gint64 sid, gint64 *number, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scope-of-sid", error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, sid);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return NULL;
  if (number != NULL)
    *number = kith_db_int (stmt, 1);
  return g_strdup (kith_db_text (stmt, 0));
}

/* The hub's number for a scope. One that is new here has nothing to sweep when its first fill ends; then *number is the one it has here, else 0: to
 * be looked up. */
gboolean
kith_store_announce_scope (KithStore *self, gint64 sid, const char *name, gint64 round, gint64 *number, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *known = NULL;

  *number = 0;
  /* While all is filled from nothing hardly any is known: to write it finds that out. */
  if (self->cursor_q == 0)
    {
      if (!kith_db_run (self->db, error, "scope-announce-new", "sii", name, sid, round))
        return FALSE;
      if (kith_db_changes (self->db) > 0)
        {
          *number = kith_db_last_row (self->db);
          return TRUE;
        }
    }
  known = kith_store_scope_of (self, sid, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (g_strcmp0 (known, name) == 0)
    return TRUE;
  if (known != NULL && !kith_db_run (self->db, error, "scope-lose-sid", "i", sid))
    return FALSE;
  return kith_db_run (self->db, error, "scope-announce", "sii", name, sid, round);
}

/* Of most scopes nothing was ever written here: one look spares the rest. */
static gboolean
forget_in_operations (KithStore *self, const char *scope, gint64 expires, GError **error)
{
  gint64 written = 0;

  if (!kith_db_run (self->db, error, "op-row-forget-kept", "") || !kith_db_fetch_int (self->db, &written, error, "op-row-any", "s", scope))
    return FALSE;
  return written == 0 ||
         (kith_db_run (self->db, error, "op-attention-forget", "si", scope, expires) &&
          kith_db_run (self->db, error, "op-forget-past", "si", scope, (gint64) 0) && kith_db_run (self->db, error, "op-done-forget", "s", scope) &&
          kith_db_run (self->db, error, "op-attention-forget-now", "s", scope) &&
          kith_db_run (self->db, error, "op-attention-forget-message", "ss", scope, kith_refusal_ended ()) && kith_db_run (self->db, error, "op-row-forget", "s", scope));
}

/* A list that is or was imported here: what it says of the client. */
static gboolean
forget_in_imports (KithStore *self, const char *client, GError **error)
{
  return kith_db_run (self->db, error, "import-forget-merged", "s", client) && kith_db_run (self->db, error, "import-forget", "s", client) &&
         kith_db_run (self->db, error, "import-forget-meant", "s", client) && kith_db_run (self->db, error, "import-forget-choice", "s", client);
}

/* Everything of a scope goes: rows, index, tails, hub images, images of what operations wrote, search history. What its
 * user wrote and the hub never got stays: waiting operations; drafts and refusals not dealt with, for seven days. */
gboolean
kith_store_forget_scope (KithStore *self, const char *scope, GError **error)
{
  static const char *const queries[] = { "hidden-forget", "shadow-forget", "op-scope-forget", "mark-forget", "kept-forget", "undo-draft-forget", "until-forget", "refill-forget", "scope-forget" };
  gint64 expires = kith_store_hub_ms (self) + KITH_STORE_UNSENDABLE_MS;
  gint64 number = 0;

  self->purged = self->forgot = TRUE;
  if (!kith_store_forget_drafts (self, scope, expires, error) || !forget_in_operations (self, scope, expires, error) ||
      !kith_db_run (self->db, error, "recent-forget", "s", scope) || /* while the rows are there to be found */
      !kith_db_fetch_int (self->db, &number, error, "scope-any-number", "s", scope) ||
      !kith_store_delete_scope_rows (self, scope, number, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (!kith_db_run (self->db, error, queries[i], "s", scope))
      return FALSE;
  return !g_str_has_prefix (scope, "client:") || forget_in_imports (self, scope + strlen ("client:"), error);
}

/* now_ms 0: a query that asks for no time */
static GPtrArray *
list_scopes (KithStore *self, const char *query, gint64 now_ms, GError **error)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  if (now_ms > 0)
    kith_db_bind_int (stmt, 1, now_ms);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (scopes, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&scopes) : NULL;
}

/**
 * kith_store_close_account:
 *
 * The hub says that this account is closed (C22, U21), or this computer was revoked (I21): everything it ever told goes, as by its forget of every scope (I6). What its
 * person wrote and did not send stays, as after any purge. Should the account be opened again, the next sign-in fetches everything anew.
 */
gboolean
kith_store_close_account (KithStore *self, KithClosed why, GError **error)
{
  static const char *const taken[] = { "recent-clear", "closed-ops", "closed-op-rows", "closed-op-scopes" };
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (GPtrArray) scopes = NULL;
  gint64 expires = kith_store_hub_ms (self) + KITH_STORE_UNSENDABLE_MS;
  gboolean ok;

  if (self->closed == why) /* said once more: nothing else comes that would end what is over */
    return kith_store_tidy (self, error);
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  ok = kith_store_restore (self, error) && (scopes = list_scopes (self, "scopes-all", 0, error)) != NULL;
  for (guint k = 0; ok && k < scopes->len; k++)
    ok = kith_store_forget_scope (self, scopes->pdata[k], error);
  for (guint k = 0; ok && k < G_N_ELEMENTS (taken); k++)
    ok = kith_db_run (self->db, error, taken[k], "");
  ok = ok && kith_db_run (self->db, error, "closed-attention", "i", expires) && kith_db_run (self->db, error, "closed-drafts", "i", expires) &&
       kith_store_refill (self, error) && kith_store_set_refresh (self, NULL, error) &&
       kith_store_set_state_int (self, "closed", why, error);
  self->closed = why; /* read again should the transaction fail */
  return kith_store_end (self, transaction, ok && kith_store_replay (self, error), error);
}

KithClosed
kith_store_get_closed (KithStore *self)
{
  return self->closed;
}

/**
 * kith_store_is_spent:
 *
 * Of a closed account: nothing that its person wrote and did not send, was refused or began is here any more. FALSE also when that could not be
 * read.
 */
gboolean
kith_store_is_spent (KithStore *self)
{
  gint64 left = -1;

  return self->closed != KITH_CLOSED_NOT && kith_db_fetch_int (self->db, &left, NULL, "closed-left", "") && left == 0 &&
         kith_store_count_unsent_files (self) == 0;
}

gboolean
kith_store_set_until (KithStore *self, JsonObject *until, GError **error)
{
  JsonObjectIter iter;
  const char *sid;
  JsonNode *node;

  json_object_iter_init (&iter, until);
  while (json_object_iter_next (&iter, &sid, &node))
    {
      gint64 number = g_ascii_strtoll (sid, NULL, 10);
      gint64 ms;

      if (JSON_NODE_HOLDS_NULL (node))
        {
          if (!kith_db_run (self->db, error, "until-drop", "i", number))
            return FALSE;
        }
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
               kith_time_parse (json_node_get_string (node), &ms))
        {
          if (!kith_db_run (self->db, error, "until-set", "ii", number, ms))
            return FALSE;
        }
      else
        {
          g_set_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "scope %s: not a time", sid);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
hide_scope (KithStore *self, const char *scope, GError **error)
{
  gint64 number = 0;
  const KithKind *const *kinds;
  guint n;

  if (!kith_db_fetch_int (self->db, &number, error, "scope-any-number", "s", scope))
    return FALSE;
  kinds = kith_kinds_list (&n);
  for (guint k = 0; k < n; k++)
    if (!kith_store_run_for_scope (self, kinds[k], scope, number,
                                   "INSERT INTO hidden_row (t, id, scope, q, body) "
                                   "SELECT '%s', id, scope, q, body FROM %s WHERE scope = ?1", error))
      return FALSE;
  return kith_store_delete_scope_rows (self, scope, number, error) &&
         kith_db_run (self->db, error, "scope-set-hidden", "s", scope);
}

/* Works on the hub's images: between restore and replay. */
gboolean
kith_store_hide_due (KithStore *self, gint64 now_ms, gboolean *hid, GError **error)
{
  g_autoptr (GPtrArray) scopes = list_scopes (self, "scopes-due", now_ms, error);

  if (scopes == NULL)
    return FALSE;
  for (guint k = 0; k < scopes->len; k++)
    if (!hide_scope (self, scopes->pdata[k], error))
      return FALSE;
  self->n_hidings += scopes->len;
  if (hid != NULL)
    *hid = scopes->len > 0;
  return TRUE;
}

/* Hidden rows back in their tables, so that a page finds them; kith_store_hide_due() hides again what is still over. */
gboolean
kith_store_unhide_all (KithStore *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "hidden-all", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!kith_store_write_row (self, kith_kind_get (kith_db_text (stmt, 0)), kith_db_text (stmt, 1), kith_db_int (stmt, 2),
                               kith_db_int (stmt, 3), kith_db_text (stmt, 4), NULL, error))
      return FALSE;
  return step == KITH_DB_DONE && kith_db_run (self->db, error, "hidden-clear", "") && kith_db_run (self->db, error, "scopes-unhide", "");
}

/* In the hub's time. */
static gint64
next_end (KithStore *self)
{
  gint64 until = 0;

  /* Asked before every request; it changes with a transaction only. */
  if (self->next_end == 0)
    {
      if (!kith_db_fetch_int (self->db, &until, NULL, "scopes-next-end", ""))
        return G_MAXINT64;
      self->next_end = until != 0 ? until : G_MAXINT64;
    }
  return self->next_end;
}

/**
 * kith_store_hide_ended:
 *
 * Hides the scopes whose time is over by the ratchet clock, also without a network. The hub's forget deletes them.
 */
gboolean
kith_store_hide_ended (KithStore *self, GError **error)
{
  gint64 now = kith_store_ratchet (self);
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (GPtrArray) due = NULL;

  if (next_end (self) > now)
    return TRUE;
  due = list_scopes (self, "scopes-due", now, error);
  if (due == NULL)
    return FALSE;
  if (due->len == 0)
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  return kith_store_end (self, transaction,
                         kith_store_restore (self, error) && kith_store_hide_due (self, now, NULL, error) &&
                             kith_store_set_state_int (self, "ratchet", now, error) && kith_store_replay (self, error),
                         error);
}

/**
 * kith_store_next_end_ms:
 *
 * The hub says in its own time when a scope ends, and the ratchet hides it: how far that is off does not change with a clock that is set (sync.md 2.9).
 */
gint64
kith_store_next_end_ms (KithStore *self)
{
  gint64 end = next_end (self);

  return end != G_MAXINT64 ? kith_clock_wall_ms (self->clock) + end - kith_store_ratchet (self) : end;
}
