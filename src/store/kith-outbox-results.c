/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the hub said of an operation (sync.md 2.4): applied, merged, noop, rejected, parked. */

#include "kith-store-private.h"

#include "kith-refusal.h"

typedef struct
{
  gint64 i;
  gboolean known;   /* one of ours, still waiting for its answer */
  gboolean wiped;   /* its arguments went with the record it was about */
  gboolean loose;   /* its records are not known here, or one of them lies in no scope held */
  gboolean kept;    /* of what it wrote something does not show */
  gboolean ours;    /* this Kith knows the operation */
  char *op_id;
} Found;

static void
found_clear (Found *self)
{
  g_free (self->op_id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* By its id; by its number where the hub could not read so much as the id. */
static gboolean
find_op (KithStore *self, JsonObject *line, Found *found, GError **error)
{
  const char *id = kith_json_string (line, "id");
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, id != NULL ? "op-by-id" : "op-by-n", error);
  KithDbStep step;

  *found = (Found) { 0 };
  if (stmt == NULL)
    return FALSE;
  if (id != NULL)
    kith_db_bind_text (stmt, 1, id);
  else
    kith_db_bind_int (stmt, 1, kith_json_int (line, "n", 0));
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  found->i = kith_db_int (stmt, 0);
  found->known = g_str_equal (kith_db_text (stmt, 1), "sending") || g_str_equal (kith_db_text (stmt, 1), "waiting");
  found->wiped = kith_db_is_null (stmt, 2);
  found->op_id = g_strdup (kith_db_text (stmt, 3));
  found->loose = kith_db_int (stmt, 4) != 0;
  found->kept = kith_db_int (stmt, 5) != 0;
  found->ours = kith_operation_get (kith_db_text (stmt, 6)) != NULL;
  return TRUE;
}

static char *
print_member (JsonObject *line, const char *name)
{
  JsonNode *node = json_object_get_member (line, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? kith_json_print (node) : NULL;
}

/* The operation whose refusal took the ground from under this one: the first in attention that was to make a record
 * this one names. 0: none. */
static gboolean
find_chain (KithStore *self, gint64 i, gint64 *chain, GError **error)
{
  *chain = 0;
  return kith_db_fetch_int (self->db, chain, error, "op-chain-root", "i", i);
}

static gboolean
needs_attention (const char *outcome, gboolean wiped)
{
  return !wiped && (g_str_equal (outcome, "merged") || g_str_equal (outcome, "rejected") || g_str_equal (outcome, "parked"));
}

/* An answer that comes after the forget of the operation's records: nothing else would take what it was to replace. */
static gboolean
forget_past (KithStore *self, gint64 i, GError **error)
{
  if (!kith_db_run (self->db, error, "op-forget-past", "si", NULL, i))
    return FALSE;
  self->purged = self->purged || kith_db_changes (self->db) > 0;
  return TRUE;
}

/* Its records went while it waited for its answer: now that it has one, nothing keeps its words here (sync.md 2.3). */
static gboolean
forget_words (KithStore *self, gint64 i, GError **error)
{
  if (!kith_db_run (self->db, error, "op-done-forget-late", "i", i))
    return FALSE;
  self->purged = self->purged || kith_db_changes (self->db) > 0;
  return TRUE;
}

/* The hub has taken it, although it was refused here or built on one that was: what was kept shows again. */
static gboolean
show_kept (KithStore *self, gint64 i, gboolean *shows, GError **error)
{
  if (!kith_db_run (self->db, error, "op-row-show", "i", i))
    return FALSE;
  *shows = *shows || kith_db_changes (self->db) > 0;
  return TRUE;
}

/* The hub is older than this Kith (sync.md 2.10): an operation that it does not know is put aside there, and what builds on it refused. Neither is lost, nor
 * anybody’s to deal with: both wait here for a newer hub. */
static gboolean
waits_for_hub (KithStore *self, JsonObject *line, KithOutcome code, const Found *found, gboolean *waits, GError **error)
{
  int refusal = kith_refusal_from_code (kith_json_string (line, "code"));
  gint64 leans = 0;

  *waits = FALSE;
  if (found->wiped || !found->ours)
    return TRUE;
  if (code == KITH_OUTCOME_REJECTED && (refusal == KITH_REFUSAL_AFTER_REFUSED || refusal == KITH_REFUSAL_NOT_FOUND) &&
      !kith_db_fetch_int (self->db, &leans, error, "op-leans-on-waiting", "i", found->i))
    return FALSE;
  *waits = leans != 0 || (code == KITH_OUTCOME_PARKED && refusal == KITH_REFUSAL_UNKNOWN);
  return TRUE;
}

static gboolean
wait_for_hub (KithStore *self, gint64 i, GError **error)
{
  g_autofree char *op_id = kith_id_new (self->clock, self->random);

  kith_store_touch_outbox (self);
  return kith_db_run (self->db, error, "op-wait-for-hub-file", "is", i, op_id) && kith_db_run (self->db, error, "op-wait-for-hub-row", "is", i, op_id) &&
         kith_db_run (self->db, error, "op-wait-for-hub", "isi", i, op_id, self->hub_schema + 1);
}

/* Most operations are about records that are here and show: what is to be done beside writing down the answer is known from finding them. Takes one
 * outcome line. *rebase: other things are to be shown now: it left the outbox without effect, or was taken against what this
 * desktop thought. A line about an operation that has its answer already, or is not ours, changes nothing. */
gboolean
kith_store_take_result (KithStore *self, JsonObject *line, gboolean *rebase, GError **error)
{
  const char *outcome = kith_json_string (line, "st");
  gint64 q = kith_json_int (line, "q", 0);
  g_autofree char *now = print_member (line, "now");
  g_autofree char *conflict = print_member (line, "conflict");
  g_autofree char *message = kith_refusal_told (line);
  gboolean effect, done, attention, waits;
  KithOutcome code;
  gint64 chain = 0;
  g_auto (Found) found = { 0 };

  *rebase = FALSE;
  if (outcome == NULL || !kith_outcome_from_code (outcome, &code))
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "an outcome line without a known outcome");
      return FALSE;
    }
  if (!find_op (self, line, &found, error))
    return FALSE;
  if (!found.known)
    return TRUE;
  if (!waits_for_hub (self, line, code, &found, &waits, error))
    return FALSE;
  if (waits)
    return wait_for_hub (self, found.i, error);

  effect = code == KITH_OUTCOME_APPLIED || code == KITH_OUTCOME_MERGED || (code == KITH_OUTCOME_NOOP && q > self->cursor_q);
  done = !effect || q <= self->cursor_q;
  attention = needs_attention (outcome, found.wiped);
  if (code == KITH_OUTCOME_REJECTED && !find_chain (self, found.i, &chain, error))
    return FALSE;
  *rebase = !effect;
  kith_store_touch_outbox (self);
  g_ptr_array_add (self->outcomes, g_steal_pointer (&found.op_id));
  return kith_db_run (self->db, error, "op-answer", "issssssiiii", found.i, done ? "done" : "sent", outcome,
                      kith_json_string (line, "code"), message, now, conflict, q,
                      (gint64) attention, chain, kith_store_ratchet (self)) &&
         (now == NULL || kith_db_run (self->db, error, "op-now-untied", "i", found.i)) &&
         (!found.loose || (forget_past (self, found.i, error) && (!done || forget_words (self, found.i, error)))) &&
         (done ? kith_db_run (self->db, error, "op-row-blank", "i", found.i) : !found.kept || show_kept (self, found.i, rebase, error));
}

/* Operations whose q the cursor has reached leave the outbox: their rows have come as the hub has them. */
gboolean
kith_store_finish_reached (KithStore *self, guint *n_finished, GError **error)
{
  if (!kith_db_run (self->db, error, "op-row-blank-reached", "i", self->cursor_q) ||
      !kith_db_run (self->db, error, "op-reached-forget-late", "i", self->cursor_q))
    return FALSE;
  self->purged = self->purged || kith_db_changes (self->db) > 0;
  if (!kith_db_run (self->db, error, "op-finish-reached", "i", self->cursor_q))
    return FALSE;
  *n_finished = kith_db_changes (self->db);
  /* What goes with the last operation that kept it, a removed file's bytes, goes now (I6), also where the page brought no row. */
  if (*n_finished > 0)
    kith_store_touch_outbox (self);
  return TRUE;
}

/**
 * kith_store_awaits_rows:
 *
 * A round shows the hub as it was when the round began: what was pushed meanwhile may lie behind its end.
 *
 * Returns: whether the hub has taken an operation whose rows the cursor has not reached; FALSE where the store cannot be read
 */
gboolean
kith_store_awaits_rows (KithStore *self)
{
  gint64 waiting = 0;

  return kith_db_fetch_int (self->db, &waiting, NULL, "op-sent-beyond", "i", self->cursor_q) && waiting != 0;
}
