/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-kept.h"
#include "kith-store-private.h"

/* What lies on a desk: the hub's part of it against what the oracle lets its person see, and the person's own part on top. */

/* A desk that has caught up: everything its person may see is there as the hub has it, and nothing else (I1, I8). Between the
 * answer and now a consent may have run out: then both is right. */
void
sim_check_exact (SimDesk *desk)
{
  Sim *self = desk->sim;
  g_autoptr (GHashTable) here = sim_rows_of_store (desk->store, TRUE);
  g_autoptr (GHashTable) there = sim_rows_of_hub (self);
  const char *user = desk->person->id, *kept = kith_kept_differs (kith_store_get_db (desk->store));
  GHashTableIter iter;
  gpointer key, value;

  if (kept != NULL)
    sim_fail (self, "I1", "desk %u: %s is not what its records say", desk->index, kept);
  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &key, &value) && self->failure == NULL)
    {
      SimRow *hub = value, *mine = g_hash_table_lookup (here, key);
      gboolean then = kith_oracle_visible (self->oracle, user, hub->scope, desk->answer_ms);
      gboolean now = kith_oracle_visible (self->oracle, user, hub->scope, sim_wall (self));

      if (mine == NULL && then && now)
        sim_fail (self, "I1", "desk %u (%s) has no %s of %s", desk->index, desk->person->login, (char *) key, hub->scope);
      else if (mine != NULL && !then && !now)
        sim_fail (self, "I1", "desk %u (%s) keeps %s of %s", desk->index, desk->person->login, (char *) key, hub->scope);
      else if (mine != NULL && (mine->q != hub->q || g_strcmp0 (mine->scope, hub->scope) != 0 || !g_str_equal (mine->body, hub->body)))
        sim_fail (self, "I1", "desk %u has another %s: q %" G_GINT64_FORMAT " of %s\n  %s\n  the hub: q %" G_GINT64_FORMAT " of %s\n  %s",
                  desk->index, (char *) key, mine->q, mine->scope, mine->body, hub->q, hub->scope, hub->body);
    }
  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &key, &value) && self->failure == NULL)
    if (!g_hash_table_contains (there, key))
      sim_fail (self, "I1", "desk %u keeps %s, which is no more", desk->index, (char *) key);
}

/* Sums that differ make the store ask further, or fetch anew. */
void
sim_check_sums (SimDesk *desk)
{
  if (desk->damage != NULL)
    return;
  if (desk->store->refilling || desk->store->by_scope || desk->store->mending)
    sim_check_exact (desk); /* says which row */
  if (desk->store->refilling || desk->store->by_scope || desk->store->mending)
    sim_fail (desk->sim, "I1", "the sums of desk %u differ from the hub's", desk->index);
  desk->verified = TRUE;
}

/* ---- I7: after any page made of the hub's present state, no row of the hub's is left that may not be there ---- */

static void
check_purged (SimDesk *desk)
{
  Sim *self = desk->sim;
  g_autoptr (GHashTable) here = sim_rows_of_store (desk->store, TRUE);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SimRow *row = value;

      if (row->scope == NULL || (!kith_oracle_visible (self->oracle, desk->person->id, row->scope, desk->answer_ms) &&
                                 !kith_oracle_visible (self->oracle, desk->person->id, row->scope, sim_wall (self))))
        sim_fail (self, "I7", "desk %u (%s) still has %s of %s after a page", desk->index, desk->person->login, (char *) key, row->scope);
    }
}

/* ---- I12: own words do not vanish while they wait or after they were taken ---- */

static const char *
status_of (SimDesk *desk, const char *op_id, char **status)
{
  sim_sql_text (kith_store_get_db (desk->store), "SELECT coalesce(outcome, '') || coalesce(local_code, '') FROM op WHERE op_id = ?1", op_id, status);

  return *status;
}

/* Thought refused here for a while, in which something was taken away: what it wrote was not kept (I6). The hub has taken it, and its rows bring them. */
static gboolean
were_forgotten (SimDesk *desk, SimOp *op)
{
  g_autofree char *blank = NULL;

  if (op->n_forgets == desk->n_forgets)
    return FALSE;
  sim_sql_text (kith_store_get_db (desk->store),
                "SELECT 1 FROM op o JOIN op_row r ON r.i = o.i WHERE o.op_id = ?1 AND o.st = 'sent' AND r.body IS NULL AND r.removed = 0", op->op_id, &blank);
  return blank != NULL;
}

/* Written on a referral that was not there, as one that this desk thought refused: that is the hub's to judge, nothing was written here. Once the
 * hub has taken both the referral shows again, and words that were never in view come with the hub's rows. Not while they wait: put on again over a
 * referral that came, they show. */
static gboolean
are_still_to_come (SimDesk *desk, SimOp *op)
{
  g_autofree char *sent = NULL;

  if (were_forgotten (desk, op))
    return TRUE;
  if (op->knew || op->shown)
    return FALSE;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op WHERE op_id = ?1 AND st = 'sent'", op->op_id, &sent);
  return sent != NULL;
}

static void
check_own_words (SimDesk *desk, SimOp *op)
{
  Sim *self = desk->sim;
  const char *referral = kith_json_string (op->args, "referral");
  g_autofree char *status = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *held = NULL;
  g_autofree char *found = NULL;

  /* A call names the warm referral it answers, its words are not that one's. */
  if (op->withdrawn || op->unknown || op->mark == NULL || referral == NULL || g_str_equal (op->op, "contact.record") || sim_restore_is_gone (desk, op))
    return;
  if (g_str_equal (op->op, "referral.private_note"))
    scope = g_strconcat ("referral_own:", referral, ":", op->agency < SIM_N_AGENCIES ? self->agencies[op->agency] : "network", NULL);
  else
    scope = g_strconcat ("referral_detail:", referral, NULL);
  /* Without the referral itself nobody looks for words on it. */
  if (!sim_desk_holds (desk, "referral", referral))
    return;
  status_of (desk, op->op_id, &status);
  if (status == NULL || (*status != '\0' && !g_str_equal (status, "applied")))
    return;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM scope WHERE name = ?1 AND filled = 1 AND hidden = 0 AND stale = 0", scope, &held);
  if (held == NULL || !kith_oracle_visible (self->oracle, desk->person->id, scope, desk->answer_ms) ||
      !kith_oracle_visible (self->oracle, desk->person->id, scope, sim_wall (self)))
    return;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM referral_event WHERE body ->> 'text' = ?1", op->mark, &found);
  op->shown |= found != NULL;
  if (found == NULL && !are_still_to_come (desk, op))
    sim_fail (self, "I12", "desk %u: “%s” (%s, %s) has vanished", desk->index, op->mark, op->op, status);
}

/* A referral sent from here does not vanish once the hub has taken it, whatever was thought of it here meanwhile. Only a forget takes what it
 * might show. */
static void
check_own_referral (SimDesk *desk, SimOp *op)
{
  Sim *self = desk->sim;
  const char *id = kith_json_string (op->args, "id");
  g_autofree char *status = NULL, *scope = NULL, *hidden = NULL;

  if (op->withdrawn || !g_str_equal (op->op, "referral.send") || op->n_forgets != desk->n_forgets || desk->store->refilling)
    return;
  status_of (desk, op->op_id, &status);
  scope = g_strconcat ("referral:", id, NULL);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM scope WHERE name = ?1 AND hidden = 1", scope, &hidden);
  if (hidden != NULL || g_strcmp0 (status, "applied") != 0 || !kith_oracle_visible (self->oracle, desk->person->id, scope, desk->answer_ms) ||
      !kith_oracle_visible (self->oracle, desk->person->id, scope, sim_wall (self)))
    return;
  if (!sim_desk_holds (desk, "referral", id))
    sim_fail (self, "I12", "desk %u: the referral %s, which the hub has taken, is out of sight", desk->index, id);
}

void
sim_check_words (SimDesk *desk)
{
  for (guint i = desk->ops->len; desk->damage == NULL && i > 0 && i + 3 > desk->ops->len; i--)
    {
      check_own_words (desk, g_ptr_array_index (desk->ops, i - 1));
      check_own_referral (desk, g_ptr_array_index (desk->ops, i - 1));
    }
}

/* ---- A11: nobody on an open case who is not on its client, wherever both can be seen ---- */

void
sim_check_desk_subset (SimDesk *desk)
{
  g_autofree char *stray = NULL;

  /* In mid-round half of a transaction may have come; and what was filled while the hub went on is as of different moments until the next
   * round has come. */
  if (sim_desk_cursor_q (desk) != desk->answer_q || desk->store->round != 0 || desk->damage != NULL)
    return;
  desk->sim->n_subsets++;
  sim_sql_text (kith_store_get_db (desk->store),
                "SELECT k.staff || ' on ' || c.id || ' of ' || k.client FROM assignment k JOIN \"case\" c ON c.id = k.\"case\" "
                "WHERE c.phase = 'open' AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.client = k.client AND a.staff = k.staff "
                "AND a.\"case\" IS NULL) AND EXISTS (SELECT 1 FROM scope s WHERE s.name = 'care:' || k.client || ':' || k.agency "
                "AND s.filled = 1 AND s.hidden = 0 AND s.stale = 0)",
                NULL, &stray);
  if (stray != NULL)
    sim_fail (desk->sim, "A11", "on desk %u: %s, and not on the client", desk->index, stray);
}

void
sim_check_page (SimDesk *desk)
{
  Sim *self = desk->sim;
  gint64 q = kith_hub_get_q (self->hub);

  sim_check_words (desk);
  sim_check_desk_subset (desk);
  if (sim_chance (self, 30))
    sim_check_rebase (desk);
  if (desk->answer_q != q)
    return;
  if (sim_chance (self, 80) && desk->damage == NULL && !desk->anew) /* a stray copy may outlive its record */
    {
      check_purged (desk);
      sim_check_purged (desk);
    }
  if (sim_chance (self, 60) && sim_desk_cursor_q (desk) == q && desk->damage == NULL)
    sim_check_exact (desk);
}

/* ---- I11 ---- */

/* Taking the own operations off and putting them on again changes nothing. */
void
sim_check_rebase (SimDesk *desk)
{
  g_autoptr (GHashTable) before = sim_rows_of_store (desk->store, FALSE);
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (kith_store_get_db (desk->store), &error);
  const char *which = "";

  if (transaction == NULL || !kith_store_restore (desk->store, &error) || !kith_store_replay (desk->store, &error))
    {
      sim_fail (desk->sim, "I11", "rebase: %s", error->message);
      return;
    }
  after = sim_rows_of_store (desk->store, FALSE);
  if (!sim_rows_equal (before, after, &which) || !sim_rows_equal (after, before, &which))
    {
      SimRow *a = g_hash_table_lookup (before, which), *b = g_hash_table_lookup (after, which);

      sim_fail (desk->sim, "I11", "desk %u shows another %s after a rebase:\n  %s\n  %s", desk->index, which, a != NULL ? a->body : "nothing",
                b != NULL ? b->body : "nothing");
    }
}

/* ---- I3 ---- */

void
sim_check_local_writes (SimDesk *desk)
{
  sim_old_hub_follow (desk);
  sim_typed_check (desk);
  for (guint i = 0; i < desk->ops->len; i++)
    {
      SimOp *op = g_ptr_array_index (desk->ops, i);
      g_autofree char *here = NULL;
      g_autofree char *there = NULL;

      sim_sql_text (kith_store_get_db (desk->store), "SELECT st FROM op WHERE op_id = ?1", op->op_id, &here);
      if (here != NULL || op->withdrawn)
        continue;
      sim_sql_text (kith_hub_get_db (desk->sim->hub), "SELECT status FROM op_log WHERE op_id = ?1", op->op_id, &there);
      if (there == NULL && !op->gone && !sim_clock_is_over (desk, op, FALSE) && !sim_restore_is_gone (desk, op))
        sim_fail (desk->sim, "I3", "desk %u lost %s %s", desk->index, op->op, op->op_id);
    }
}
