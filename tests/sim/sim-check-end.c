/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* After the faults have stopped and everything is quiet: what must be true of the whole run. */

/* I2: what the hub acknowledged it has, with that outcome. */
static void
check_acknowledged (Sim *self)
{
  GHashTableIter iter;
  gpointer op_id, line;

  g_hash_table_iter_init (&iter, self->outcomes);
  while (g_hash_table_iter_next (&iter, &op_id, &line))
    {
      g_autoptr (JsonObject) outcome = kith_json_parse_object (line, -1, NULL, NULL);
      g_autofree char *status = NULL;

      sim_sql_text (kith_hub_get_db (self->hub), "SELECT status FROM op_log WHERE op_id = ?1", op_id, &status);
      if (g_strcmp0 (status, kith_json_string (outcome, "st")) != 0)
        sim_fail (self, "I2", "the hub said %s, its log says %s", (char *) line, status);
    }
}

/* I3, I17: every operation of a desk that is still in use ended in one status, and the desk knows the same. */
static void
check_ended (SimDesk *desk, SimOp *op)
{
  Sim *self = desk->sim;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *st = NULL;

  if (op->withdrawn)
    return;
  sim_sql_text (kith_hub_get_db (self->hub), "SELECT status FROM op_log WHERE op_id = ?1", op->op_id, &there);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT outcome FROM op WHERE op_id = ?1", op->op_id, &here);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT st FROM op WHERE op_id = ?1", op->op_id, &st);
  /* A clock that jumps years ahead ends the archive early, and the time in which what cannot be sent is kept. */
  if (st == NULL && there != NULL && (g_strcmp0 (there, "applied") == 0 || g_strcmp0 (there, "noop") == 0 || self->faults.jump > 0))
    return;
  if (there == NULL || g_strcmp0 (here, there) != 0 || g_strcmp0 (st, "done") != 0)
    sim_fail (self, "I3", "%s %s of desk %u: the hub has %s, the desk %s (%s)", op->op, op->op_id, desk->index, there, here, st);
}

static gboolean
was_taken (Sim *self, const char *op_id)
{
  g_autofree char *status = NULL;

  sim_sql_text (kith_hub_get_db (self->hub), "SELECT status FROM op_log WHERE op_id = ?1", op_id, &status);

  return g_strcmp0 (status, "applied") == 0 || g_strcmp0 (status, "merged") == 0;
}

/* I4: words that were taken stand there once, others never. */
static void
check_words (SimDesk *desk, SimOp *op)
{
  Sim *self = desk->sim;
  g_autofree char *count = NULL;
  const char *wanted = was_taken (self, op->op_id) ? "1" : "0";

  sim_sql_text (kith_hub_get_db (self->hub), "SELECT count(*) FROM referral_event WHERE body ->> 'text' = ?1", op->mark, &count);
  if (!g_str_equal (count, wanted))
    sim_fail (self, "I4", "“%s” of %s stands there %s times, not %s", op->mark, op->op, count, wanted);
}

/* I14: a value that was taken is there, lies in the history or in a conflict, or was replaced by somebody who had seen it. */
static gboolean
was_seen (Sim *self, const char *value)
{
  for (guint d = 0; d < self->desks->len; d++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, d);

      for (guint i = 0; i < desk->ops->len; i++)
        {
          SimOp *op = g_ptr_array_index (desk->ops, i);
          JsonObject *set = kith_json_object (op->args, "set");
          g_autofree char *text = NULL;
          g_autofree char *quoted = g_strdup_printf ("\"old\":\"%s\"", value);

          if (set == NULL || op->withdrawn || !was_taken (self, op->op_id))
            continue;
          text = kith_json_print_object (set);
          if (strstr (text, quoted) != NULL)
            return TRUE;
        }
    }

  return FALSE;
}

static void
check_value (SimDesk *desk, SimOp *op)
{
  static const char *const places[] = {
    "SELECT 1 FROM client WHERE instr(body, ?1)", "SELECT 1 FROM client_billing WHERE instr(body, ?1)",
    "SELECT 1 FROM field_history WHERE instr(body, ?1)", "SELECT 1 FROM conflict WHERE instr(body, ?1)",
  };
  Sim *self = desk->sim;
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", op->mark);

  if (!was_taken (self, op->op_id))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *found = NULL;

      sim_sql_text (kith_hub_get_db (self->hub), places[i], quoted, &found);
      if (found != NULL)
        return;
    }
  if (!was_seen (self, op->mark))
    sim_fail (self, "I14", "“%s” of desk %u was taken and is nowhere", op->mark, desk->index);
}

static void
check_op (SimDesk *desk, SimOp *op)
{
  if (!desk->closed)
    check_ended (desk, op);
  if (op->withdrawn || op->mark == NULL)
    return;
  if (g_str_equal (op->op, "referral.note") || g_str_equal (op->op, "referral.private_note") || g_str_equal (op->op, "referral.record_contact"))
    check_words (desk, op);
  else if (g_str_equal (op->op, "record.patch"))
    check_value (desk, op);
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

void
sim_check_end (Sim *self)
{
  sim_check_access (self, "*");
  sim_check_phases (self);
  check_acknowledged (self);
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      sim_check_local_writes (desk);
      for (guint o = 0; o < desk->ops->len && self->failure == NULL; o++)
        check_op (desk, g_ptr_array_index (desk->ops, o));
      if (!desk->closed)
        sim_check_exact (desk);
    }
  if (self->failure == NULL)
    check_hub (self);
}
