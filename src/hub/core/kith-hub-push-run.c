/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-push.h"

#include "kith-referral-rules.h"
#include "kith-text.h"

#include <glib/gi18n.h>

#define REASON_SINCE 6 /* the schema of the first Kith that asks for it */

/* The part of a push that changes something. A crash cannot be caught, so before each transaction the lane's "trying"
 * mark is committed: by itself before the first of a push, together with the one before it for those that follow. Found
 * again after a restart, it makes the lane's operations run one by one, and one that was tried twice is parked unrun:
 * whatever it does to the hub, the ones behind it proceed. One that meets the same error of the database each time is found and parked in the same
 * way (kith-hub-trouble.c). */

/* It guards against what ends this process: nothing is lost when a power failure takes it away. */
static gboolean
mark_trying (KithHub *self, KithPushLane *lane, gint64 n, gint64 count, GError **error)
{
  gboolean marked;

  if (!kith_db_set_lazy_sync (self->db, TRUE, error))
    return FALSE;
  marked = kith_db_run (self->db, error, "lane-try", "iii", lane->number, n, count);
  if (!kith_db_set_lazy_sync (self->db, FALSE, marked ? error : NULL) || !marked)
    return FALSE;
  lane->trying_n = n;
  lane->trying_count = count;
  return TRUE;
}

/* A failure that came back as an error is no crash: it must not count as an attempt. What was committed before it is on the disk with
 * this: others will be told of it. */
static void
calm_down (KithHub *self, KithPushLane *lane)
{
  g_autoptr (GError) error = NULL;

  if (!kith_db_run (self->db, &error, "lane-try", "iii", lane->number, (gint64) 0, (gint64) 0))
    g_hash_table_add (self->calm_lanes, g_memdup2 (&lane->number, sizeof lane->number));
}

/* An operation known under another lane of the same person: a renumbered outbox sends it again under its old id. */
static gboolean
take_repeated (KithHub *self, const KithHubSession *session, KithPushItem *item, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-by-id", error);
  g_autoptr (JsonObject) line = NULL;
  g_autofree char *again = NULL;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, item->op_id);
  if ((step = kith_db_step (stmt, error)) != KITH_DB_ROW)
    return step == KITH_DB_DONE;

  item->repeated = TRUE;
  if (!kith_push_item_is (item, kith_db_text (stmt, 0)) || g_strcmp0 (kith_db_text (stmt, 1), session->user) != 0)
    {
      kith_hub_outcome_refuse (&item->outcome, KITH_REFUSAL_EXISTS, _("This id was used for something else."));
      return TRUE;
    }
  again = kith_hub_outcome_again (self, session->user, kith_db_text (stmt, 3), kith_db_text (stmt, 4), error);
  if (again == NULL)
    return FALSE;
  line = kith_json_parse_object (again, -1, NULL, error);
  if (line == NULL)
    return FALSE;
  json_object_set_int_member (line, "n", item->n);
  kith_outcome_from_code (kith_db_text (stmt, 2), &item->outcome.outcome);
  item->outcome.about = g_strdup (kith_db_text (stmt, 4));
  item->result = kith_json_print_object (line);
  return TRUE;
}

/* Every text in the arguments that is the id of something a refused operation of this lane should have made. */
static gboolean
find_refused (KithHub *self, gint64 lane, JsonNode *node, gint64 *n, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      return *n != 0 || !kith_id_is_valid (text) ||
             kith_db_fetch_int (self->db, n, error, "refused-find", "is", lane, text);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));
      for (GList *l = members; l != NULL; l = l->next)
        if (!find_refused (self, lane, l->data, n, error))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (GList) elements = json_array_get_elements (json_node_get_array (node));
      for (GList *l = elements; l != NULL; l = l->next)
        if (!find_refused (self, lane, l->data, n, error))
          return FALSE;
    }
  return TRUE;
}

/* A record that is missing because the operation that makes it was refused: one entry for the person, not two. */
static gboolean
chain_refusal (KithHub *self, const KithPushLane *lane, KithPushItem *item, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  gint64 n = 0;

  if (item->outcome.outcome != KITH_OUTCOME_REJECTED || item->args == NULL ||
      item->outcome.refusal != KITH_REFUSAL_NOT_FOUND)
    return TRUE;
  node = json_node_init_object (json_node_alloc (), item->args);
  if (!find_refused (self, lane->number, node, &n, error))
    return FALSE;
  if (n != 0 && n != item->n)
    {
      kith_hub_outcome_refuse (&item->outcome, KITH_REFUSAL_AFTER_REFUSED,
                               _("It builds on a change that was refused."));
      item->outcome.after = n;
    }
  return TRUE;
}

/* Remembers what a refused or parked operation would have made: members called "id", at the top and one below
 * ("consent"). */
static gboolean
remember_refused (KithHub *self, gint64 lane, gint64 n, JsonObject *args, gboolean nested, GError **error)
{
  const char *id = kith_json_string (args, "id");
  g_autoptr (GList) members = nested ? json_object_get_values (args) : NULL;

  if (id != NULL && kith_id_is_valid (id) && !kith_db_run (self->db, error, "refused-add", "isi", lane, id, n))
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_OBJECT (l->data) &&
        !remember_refused (self, lane, n, json_node_get_object (l->data), FALSE, error))
      return FALSE;
  return TRUE;
}

/* record.patch names what it changes as "id", too: only operations that make something are remembered. */
static gboolean
makes_records (const char *name)
{
  const KithOperation *operation = name != NULL ? kith_operation_get (name) : NULL;

  if (g_strcmp0 (name, "record.patch") == 0)
    return FALSE;
  for (guint i = 0; operation != NULL && i < operation->n_args; i++)
    if (operation->args[i].type == KITH_FIELD_ID && g_strcmp0 (operation->args[i].name, "id") == 0)
      return TRUE;
  return operation == NULL && name != NULL;
}

/* An older Kith does not know that words are asked for with an end that does not say why the need was not met (domain 2e): what it took as whole is taken,
 * and says so. Yours; NULL: nothing is missing. */
static JsonObject *
fill_in (const KithPushHeader *header, const KithPushItem *item)
{
  static const char *const ends[] = { "referral.close", "case.close", NULL };
  const char *outcome = item->args != NULL ? kith_json_string (item->args, "outcome") : NULL;
  JsonObject *args;

  if (header->schema >= REASON_SINCE || outcome == NULL || item->name == NULL || !g_strv_contains (ends, item->name) || strcmp (outcome, "other") == 0 ||
      kith_referral_end_says_why ("outcome", outcome) || !kith_text_blank (kith_json_string (item->args, "text")) || json_object_has_member (item->args, "reason_term"))
    return NULL;
  args = kith_json_copy_object (item->args);
  json_object_set_string_member (args, "text", _("No reason was given. It was recorded with an older Kith, which does not ask for one."));
  return args;
}

static gboolean
run_item (KithHub *self, const KithHubSession *session, const KithPushHeader *header, const KithPushLane *lane, const KithActor *actor,
          KithPushItem *item, GError **error)
{
  g_autoptr (JsonObject) filled = fill_in (header, item);
  const KithOperation *operation = item->name != NULL ? kith_operation_get (item->name) : NULL;
  const KithHubOp op = { .op_id = item->op_id,
                         .name = item->name,
                         .args = filled != NULL ? filled : item->args,
                         .time_ms = item->time_ms,
                         .hlc = item->hlc,
                         .seen = item->seen,
                         .base = item->line != NULL ? kith_json_object (item->line, "base") : NULL,
                         .acked = lane->acked_q,
                         .series = session->user };

  self->op_start = self->touches->len;
  if (item->bad != NULL)
    {
      kith_hub_outcome_refuse (&item->outcome, KITH_REFUSAL_INVALID, item->bad);
      return TRUE;
    }
  if (!take_repeated (self, session, item, error))
    return FALSE;
  if (item->repeated)
    return TRUE;
  if (operation != NULL && operation->runs == KITH_RUNS_ONLINE)
    {
      kith_hub_outcome_refuse (&item->outcome, KITH_REFUSAL_ONLINE_ONLY, _("This can only be done while connected."));
      return TRUE;
    }
  return kith_hub_apply (self, actor, &op, &item->outcome, error) && chain_refusal (self, lane, item, error);
}

static gboolean
log_item (KithHub *self, const KithHubSession *session, const KithPushLane *lane, KithPushItem *item, gint64 q,
          GError **error)
{
  KithOutcome outcome = item->outcome.outcome;
  gboolean own_id = item->op_id != NULL && !item->repeated;

  if (item->result == NULL)
    {
      g_autoptr (JsonObject) line = kith_hub_outcome_line (&item->outcome, item->n, item->op_id, q);
      item->result = kith_json_print_object (line);
    }
  if ((outcome == KITH_OUTCOME_REJECTED || outcome == KITH_OUTCOME_PARKED) && item->args != NULL &&
      makes_records (item->name) && !remember_refused (self, lane->number, item->n, item->args, TRUE, error))
    return FALSE;
  if (outcome == KITH_OUTCOME_PARKED && !item->repeated &&
      !kith_db_run (self->db, error, "parked-add", "iissssi", lane->number, item->n, item->op_id, session->user,
                    item->outcome.code, item->raw, kith_hub_now (self)))
    return FALSE;
  kith_hub_count_outcome (self, outcome);
  return kith_db_run (self->db, error, "op-add", "iisssssssiii", lane->number, item->n, own_id ? item->op_id : NULL,
                      session->user, item->name, item->hash, kith_outcome_code (outcome), item->result,
                      item->outcome.about, q, (gint64) item->outcome.late, kith_hub_now (self));
}

/* Everything after the operations themselves, still in their transaction. next: what the one that follows begins with; NULL:
 * it sets its own mark, or there is none. */
static gboolean
finish (KithHub *self, const KithHubSession *session, const KithPushHeader *header, KithPushLane *lane,
        GPtrArray *items, guint first, guint end, const KithPushItem *next, GError **error)
{
  KithPushItem *last = items->pdata[end - 1];
  gint64 next_n = next != NULL ? next->n : 0, q;

  if (!kith_hub_stamp (self, &q, error))
    return FALSE;
  for (guint i = first; i < end; i++)
    if (!log_item (self, session, lane, items->pdata[i], q, error))
      return FALSE;
  if (!kith_db_run (self->db, error, "lane-advance", "iiiii", lane->number, last->n, header->schema, next_n,
                    (gint64) (next != NULL)) ||
      !kith_hub_commit (self, error))
    return FALSE;
  lane->last_n = last->n;
  lane->trying_n = next_n;
  lane->trying_count = next != NULL;
  return TRUE;
}

static void
forget_outcomes (GPtrArray *items, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    {
      KithPushItem *item = items->pdata[i];
      kith_hub_outcome_clear (&item->outcome);
      g_clear_pointer (&item->result, g_free);
      item->repeated = FALSE;
    }
}

/* Runs items from first on, as many as one transaction takes, or just one when careful; *end is where it stopped. */
static gboolean
run_some (KithHub *self, const KithHubSession *session, const KithPushHeader *header, KithPushLane *lane,
          GPtrArray *items, guint first, gboolean careful, guint *end, GError **error)
{
  guint max = careful ? 1 : KITH_LIMIT_OPS;
  g_autoptr (KithActor) actor = NULL;
  gsize bytes = 0;
  guint i;

  if (!kith_hub_begin (self, error))
    return FALSE;
  for (i = first; i < items->len && i < first + max; i++)
    {
      KithPushItem *item = items->pdata[i];

      /* each may touch as many as a transaction may in all: stop while there is room for it */
      bytes += strlen (item->raw);
      if (i > first && (kith_hub_count_touched (self) > KITH_LIMIT_STAMPED / 2 || bytes > KITH_LIMIT_PUSH))
        break;
      if (actor == NULL)
        actor = kith_hub_load_actor (self, session->user, error);
      if (actor == NULL || !run_item (self, session, header, lane, actor, item, error))
        {
          kith_hub_rollback (self);
          forget_outcomes (items, first, i + 1);
          return FALSE;
        }
      if (kith_hub_actor_is_stale (self))
        g_clear_pointer (&actor, kith_actor_free);
    }
  *end = i;
  if (finish (self, session, header, lane, items, first, i, !careful && i < items->len ? items->pdata[i] : NULL, error))
    return TRUE;
  if (self->writing)
    kith_hub_rollback (self);
  return FALSE;
}

/* The hub does nothing else before a push is answered, so nobody hears of a transaction of it while another is to come: all reach the
 * disk with the last. Losing power in between loses what was not acknowledged, and comes again. */
static gboolean
run_next (KithHub *self, const KithHubSession *session, const KithPushHeader *header, KithPushLane *lane,
          GPtrArray *items, guint first, gboolean careful, guint *end, GError **error)
{
  gboolean more = !careful && items->len - first > KITH_LIMIT_OPS, done;

  if (more && !kith_db_set_lazy_sync (self->db, TRUE, error))
    return FALSE;
  done = run_some (self, session, header, lane, items, first, careful, end, error);
  return (!more || kith_db_set_lazy_sync (self->db, FALSE, done ? error : NULL)) && done;
}

/* Not run again: it is only put on record. */
static gboolean
park_unrun (KithHub *self, const KithHubSession *session, const KithPushHeader *header, KithPushLane *lane,
            GPtrArray *items, guint at, void (*park) (KithHubOutcome *outcome), GError **error)
{
  KithPushItem *item = items->pdata[at];

  if (!kith_hub_begin (self, error))
    return FALSE;
  park (&item->outcome);
  if (finish (self, session, header, lane, items, at, at + 1, NULL, error))
    return TRUE;
  if (self->writing)
    kith_hub_rollback (self);
  return FALSE;
}

gboolean
kith_hub_push_run (KithHub *self, const KithHubSession *session, const KithPushHeader *header, KithPushLane *lane,
                   GPtrArray *items, GError **error)
{
  gboolean crashed = lane->trying_n != 0 && !g_hash_table_remove (self->calm_lanes, &lane->number);
  gboolean careful = crashed || kith_hub_trouble_lasts (self, lane->number);
  guint first = 0, end;

  if (!crashed)
    lane->trying_n = lane->trying_count = 0;
  while (first < items->len && ((KithPushItem *) items->pdata[first])->result != NULL)
    first++;
  while (first < items->len)
    {
      KithPushItem *item = items->pdata[first];
      g_autoptr (GError) failure = NULL;
      gint64 tried = crashed && lane->trying_n == item->n ? lane->trying_count : 0;

      if (tried >= 2)
        {
          if (!park_unrun (self, session, header, lane, items, first, kith_hub_park_crashed, error))
            return FALSE;
          first++;
          continue;
        }
      if ((lane->trying_n != item->n || lane->trying_count != tried + 1) && !mark_trying (self, lane, item->n, tried + 1, error))
        return FALSE;
      if (run_next (self, session, header, lane, items, first, careful, &end, &failure))
        {
          first = end;
          continue;
        }
      calm_down (self, lane);
      if (!kith_hub_trouble_note (self, lane->number, item->n, careful, failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_message ("operation %s failed each time: %s", item->name, failure->message);
      if (!park_unrun (self, session, header, lane, items, first, kith_hub_park_failed, error))
        return FALSE;
      first++;
    }
  kith_hub_trouble_over (self, lane->number);
  return TRUE;
}
