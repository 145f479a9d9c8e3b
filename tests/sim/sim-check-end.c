/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-store-lease.h"

/* After the faults have stopped and everything is quiet: what must be true of the whole run. */

/* What the hub ended with, read once: there are as many operations as rows. */
typedef struct
{
  Sim *sim;
  GHashTable *statuses; /* op id → status in the hub's log */
  GHashTable *words;    /* text of a referral's event or a note → how often it stands there */
  GString *bodies;      /* everything a value may lie in */
  GString *seen;        /* the sets of all changes that were taken, with what their authors had seen */
} End;

static void
read_pairs (GHashTable *pairs, KithDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  if (stmt == NULL)
    g_error ("%s: %s", sql, error->message);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    if (!kith_db_is_null (stmt, 0))
      g_hash_table_insert (pairs, g_strdup (kith_db_text (stmt, 0)), g_strdup (kith_db_text (stmt, 1)));
  if (error != NULL)
    g_error ("%s: %s", sql, error->message);
}

static gboolean
was_taken (End *self, const char *op_id)
{
  const char *status = g_hash_table_lookup (self->statuses, op_id);

  return g_strcmp0 (status, "applied") == 0 || g_strcmp0 (status, "merged") == 0;
}

static void
collect_seen (End *self)
{
  for (guint d = 0; d < self->sim->desks->len; d++)
    {
      SimDesk *desk = g_ptr_array_index (self->sim->desks, d);

      for (guint i = 0; i < desk->ops->len; i++)
        {
          SimOp *op = g_ptr_array_index (desk->ops, i);
          JsonObject *set = kith_json_object (op->args, "set");
          g_autofree char *text = NULL;

          if (set == NULL || op->withdrawn || !was_taken (self, op->op_id))
            continue;
          text = kith_json_print_object (set);
          g_string_append_printf (self->seen, "%s\n", text);
        }
    }
}

static void
end_init (End *self, Sim *sim)
{
  static const char *const tables[] = { "client", "client_billing", "client_health", "service_event", "amendment_request", "alert", "\"case\"", "task", "contact_record", "field_history", "conflict" };
  KithDb *db = kith_hub_get_db (sim->hub);

  self->sim = sim;
  self->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->bodies = g_string_new (NULL);
  self->seen = g_string_new (NULL);
  read_pairs (self->statuses, db, "SELECT op_id, status FROM op_log");
  read_pairs (self->words, db, "SELECT body ->> 'text', count(*) FROM referral_event GROUP BY 1");
  read_pairs (self->words, db, "SELECT body ->> 'text', count(*) FROM case_note GROUP BY 1");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT group_concat(body, char(10)) FROM %s", tables[i]);
      g_autofree char *text = NULL;

      sim_sql_text (db, sql, NULL, &text);
      g_string_append (self->bodies, text != NULL ? text : "");
    }
  collect_seen (self);
}

static void
end_clear (End *self)
{
  g_hash_table_unref (self->statuses);
  g_hash_table_unref (self->words);
  g_string_free (self->bodies, TRUE);
  g_string_free (self->seen, TRUE);
}

/* I2: what the hub acknowledged it has, with that outcome. */
static void
check_acknowledged (End *self)
{
  GHashTableIter iter;
  gpointer op_id, line;

  g_hash_table_iter_init (&iter, self->sim->outcomes);
  while (g_hash_table_iter_next (&iter, &op_id, &line))
    {
      g_autoptr (JsonObject) outcome = kith_json_parse_object (line, -1, NULL, NULL);
      const char *status = g_hash_table_lookup (self->statuses, op_id);

      if (g_strcmp0 (status, kith_json_string (outcome, "st")) != 0)
        sim_fail (self->sim, "I2", "the hub said %s, its log says %s", (char *) line, status);
    }
}

static gboolean
was_stopped (SimDesk *desk, SimOp *op)
{
  g_autofree char *stopped = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op WHERE op_id = ?1 AND n IS NULL AND code = 'consent_missing'", op->op_id, &stopped);
  return stopped != NULL;
}

/* I3, I17: every operation of a desk that is still in use ended in one status, and the desk knows the same. */
static void
check_ended (End *self, SimDesk *desk, SimOp *op)
{
  static const char *const sends[] = { "referral.send", "referral.reroute", "referral.dispatch", NULL }; /* what a revocation stops */
  Sim *sim = self->sim;
  const char *there = g_hash_table_lookup (self->statuses, op->op_id);
  g_autofree char *here = NULL;
  g_autofree char *st = NULL;

  if (op->withdrawn)
    return;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT outcome FROM op WHERE op_id = ?1", op->op_id, &here);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT st FROM op WHERE op_id = ?1", op->op_id, &st);
  if (st == NULL && there != NULL && (g_strcmp0 (there, "applied") == 0 || g_strcmp0 (there, "noop") == 0))
    return;
  /* A revocation stopped it before it was sent (C5). */
  if (there == NULL && g_strv_contains (sends, op->op) && g_strcmp0 (here, "rejected") == 0 && was_stopped (desk, op))
    return;
  if (st == NULL && sim_clock_is_over (desk, op, there != NULL))
    return;
  if ((st == NULL && op->gone) || (there == NULL && sim_restore_is_gone (desk, op)))
    return;
  if (there == NULL || g_strcmp0 (here, there) != 0 || g_strcmp0 (st, "done") != 0)
    sim_fail (sim, "I3", "%s %s of desk %u: the hub has %s, the desk %s (%s)", op->op, op->op_id, desk->index, there, here, st);
}

/* I4: words that were taken stand there once, others never. */
static void
check_words (End *self, SimOp *op)
{
  const char *count = g_hash_table_lookup (self->words, op->mark);
  const char *wanted = was_taken (self, op->op_id) ? "1" : NULL;

  if (g_strcmp0 (count, wanted) != 0)
    sim_fail (self->sim, "I4", "“%s” of %s stands there %s times, not %s", op->mark, op->op, count, wanted);
}

/* I14: a value that was taken is there, lies in the history or in a conflict, or was replaced by somebody who had seen it. */
static void
check_value (End *self, SimDesk *desk, SimOp *op)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", op->mark);
  g_autofree char *old = g_strdup_printf ("\"old\":\"%s\"", op->mark);

  if (was_taken (self, op->op_id) && strstr (self->bodies->str, quoted) == NULL && strstr (self->seen->str, old) == NULL)
    sim_fail (self->sim, "I14", "“%s” of desk %u was taken and is nowhere", op->mark, desk->index);
}

/* D12: a change of a form that was taken as it was has an entry in the history of what it changed, also where that said nothing before. */
static void
check_history (End *self, SimDesk *desk, SimOp *op)
{
  JsonObject *set = kith_json_object (op->args, "set");
  g_autoptr (GList) fields = set != NULL ? json_object_get_members (set) : NULL;
  g_autofree char *found = NULL;

  if (g_strcmp0 (g_hash_table_lookup (self->statuses, op->op_id), "applied") != 0)
    return;
  for (GList *l = fields; l != NULL && found == NULL; l = l->next)
    {
      g_autofree char *id = kith_id_derive (op->op_id, "field_history", l->data);

      sim_sql_text (kith_hub_get_db (self->sim->hub), "SELECT id FROM field_history WHERE id = ?1", id, &found);
    }
  if (found == NULL)
    sim_fail (self->sim, "D12", "“%s” of desk %u was taken, and no history says who entered it", op->mark, desk->index);
}

static void
check_op (End *self, SimDesk *desk, SimOp *op)
{
  if (!desk->closed)
    {
      check_ended (self, desk, op);
      sim_check_not_asked (desk, op);
    }
  if (op->withdrawn || op->mark == NULL)
    return;
  if (was_taken (self, op->op_id))
    sim_draft_check_taken_off (desk, op);
  if (g_str_equal (op->op, "referral.note") || g_str_equal (op->op, "referral.private_note") || g_str_equal (op->op, "referral.record_contact") ||
      g_str_has_prefix (op->op, "note."))
    check_words (self, op);
  else if (g_str_equal (op->op, "record.patch") || g_str_equal (op->op, "service.record") || g_str_equal (op->op, "amendment.ask") ||
           g_str_equal (op->op, "alert.raise") || g_str_equal (op->op, "contact.record"))
    check_value (self, desk, op);
  if (g_str_equal (op->op, "record.patch"))
    check_history (self, desk, op);
}

static void
check_hub (Sim *self)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (!kith_hub_check (self->hub, report, &n, &error))
    sim_fail (self, "hub", "check: %s", error->message);
  else if (n > 0)
    sim_fail (self, "hub", "check finds %u problems: %s", n, report->str);
}

/* C4: after everything of a client was taken back nothing given before that is in force, however late it came. */
static void
check_taken_back (Sim *self)
{
  g_autofree char *open = NULL;

  sim_sql_text (kith_hub_get_db (self->hub),
                "SELECT k.id FROM consent k JOIN client c ON c.id = k.client WHERE k.status = 'in_force' AND ?1 IS NOT NULL AND "
                "coalesce(k.body ->> 'given_at', k.body ->> 'start') < c.body ->> 'consents_revoked_at' LIMIT 1",
                "", &open);
  if (open != NULL)
    sim_fail (self, "C4", "consent %s was given before everything was taken back, and is in force", open);
}

/* Its disk was put back from an image of before it was first signed in: it has no account that could be closed there, and nothing of any hub's. */
static gboolean
was_told_nothing (SimDesk *desk)
{
  g_autofree char *told = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 WHERE ?1 IS NOT NULL AND (EXISTS (SELECT 1 FROM scope) OR EXISTS (SELECT 1 FROM op) OR "
                                                 "EXISTS (SELECT 1 FROM hidden_row) OR EXISTS (SELECT 1 FROM state WHERE key = 'cursor'))", "", &told);
  return told == NULL && kith_store_get_user (desk->store) == NULL;
}

void
sim_check_end (Sim *self)
{
  End end;

  end_init (&end, self);
  sim_check_access (self, "*");
  sim_check_phases (self);
  check_acknowledged (&end);
  sim_check_revoked (self);
  check_taken_back (self);
  sim_check_former (self);
  sim_check_terms (self);
  sim_papers_check_end (self);
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      sim_check_local_writes (desk);
      for (guint o = 0; o < desk->ops->len && self->failure == NULL; o++)
        check_op (&end, desk, g_ptr_array_index (desk->ops, o));
      /* of whoever was deactivated: nothing at all is left (C22, I6); a revoked computer hears only that it is one, and its person goes on elsewhere */
      if (desk->revoked)
        {
          if (!desk->forsaken && kith_store_get_closed (desk->store) == KITH_CLOSED_NOT && !was_told_nothing (desk))
            sim_fail (self, "I21", "desk %u still holds what it was told before it was revoked", desk->index);
        }
      else if (!desk->forsaken)
        {
          sim_check_exact (desk);
          sim_check_purged (desk);
        }
    }
  if (self->failure == NULL)
    sim_hub_tick (self); /* what no document names goes */
  if (self->failure == NULL)
    sim_files_check_end (self);
  if (self->failure == NULL)
    check_hub (self);
  end_clear (&end);
}
