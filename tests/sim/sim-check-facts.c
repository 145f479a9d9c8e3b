/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* What changes in a record, in the order of q: phases of referrals (I15), and who touched which field (I13). */

static const struct
{
  const char *from, *to;
} steps[] = {
  { "draft", "sent pending_consent voided" },
  { "pending_consent", "sent voided" },
  { "sent", "accepted declined recalled expired voided" },
  { "accepted", "contacting in_service waitlisted paused closed_resolved closed_unresolved voided" },
  { "contacting", "in_service waitlisted paused closed_resolved closed_unresolved voided" },
  { "in_service", "contacting waitlisted paused closed_resolved closed_unresolved voided" },
  { "waitlisted", "contacting in_service paused closed_resolved closed_unresolved voided" },
  { "paused", "contacting in_service waitlisted closed_resolved closed_unresolved voided" },
  { "closed_resolved", "accepted voided" },
  { "closed_unresolved", "accepted voided" },
  { "declined", "sent voided" },
  { "recalled", "sent voided" },
  { "expired", "sent voided" },
  { "given", "voided" },
  { "voided", "" },
};

static gboolean
is_legal (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].from, from))
      {
        g_auto (GStrv) allowed = g_strsplit (steps[i].to, " ", -1);

        return g_strv_contains ((const char *const *) allowed, to);
      }

  return FALSE;
}

/* Several steps may lie in one transaction: the timeline has each of them, the record the last. */
static void
check_step (Sim *self, const char *referral, const char *from, const char *to)
{
  const char *was = g_hash_table_lookup (self->phases, referral);

  if (to == NULL || g_strcmp0 (from, to) == 0)
    return;
  if (was != NULL && g_strcmp0 (was, from) != 0)
    sim_fail (self, "I15", "referral %s was %s, a step says it was %s", referral, was, from);
  if (from != NULL && !is_legal (from, to))
    sim_fail (self, "I15", "referral %s goes from %s to %s", referral, from, to);
  g_hash_table_insert (self->phases, g_strdup (referral), g_strdup (to));
}

static void
check_referral (Sim *self, KithRecord *before, KithRecord *after)
{
  /* One that was kept until the client agreed may go out, which is its first turn, and go on in one transaction. A draft goes wherever it is sent. */
  gint64 turn = before == NULL ? 0 : kith_record_is (before, "phase", "pending_consent") ? 1 : kith_record_int (before, "turn");
  gboolean rerouted = before != NULL && (kith_record_is (before, "phase", "sent") || kith_record_is (before, "phase", "pending_consent")) &&
                      kith_record_int (after, "turn") > turn;

  if (before != NULL && (!kith_record_is (after, "agency", kith_record_string (before, "agency")) ||
                         (!rerouted && !kith_record_is (before, "phase", "draft") && g_strcmp0 (kith_record_string (after, "agency_to"), kith_record_string (before, "agency_to")) != 0)))
    sim_fail (self, "I15", "referral %s changed hands", kith_record_get_id (after));
}

static void
check_event (Sim *self, KithRecord *event)
{
  const char *referral = kith_record_string (event, "referral");
  guint n;

  check_step (self, referral, kith_record_string (event, "from_phase"), kith_record_string (event, "to_phase"));
  if (!kith_record_is (event, "type", "accepted"))
    return;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->acceptances, referral)) + 1;
  g_hash_table_insert (self->acceptances, g_strdup (referral), GUINT_TO_POINTER (n));
  if (n > 1)
    sim_fail (self, "I15", "referral %s was accepted twice", referral);
}

/* The record says what its timeline ends with. */
static void
check_phase_cb (gpointer data, gpointer user_data)
{
  KithRecord *referral = data;
  Sim *self = user_data;
  const char *phase = g_hash_table_lookup (self->phases, kith_record_get_id (referral));

  if (phase != NULL && !kith_record_is (referral, "phase", phase))
    sim_fail (self, "I15", "referral %s is %s, its timeline ends with %s", kith_record_get_id (referral), kith_record_string (referral, "phase"),
              phase);
}

void
sim_check_phases (Sim *self)
{
  kith_memory_world_foreach (self->mirror, "referral", check_phase_cb, self);
}

static void
note_touch (Sim *self, KithRecord *record, const char *field, gint64 q)
{
  g_autofree char *key = g_strconcat (kith_record_get_kind (record)->name, "/", kith_record_get_id (record), "/", field, NULL);
  GArray *list = g_hash_table_lookup (self->changes, key);
  SimChange change = { q, self->asking != NULL ? (gint) self->asking->index : -1 };

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (SimChange));
      g_hash_table_insert (self->changes, g_steal_pointer (&key), list);
    }
  g_array_append_val (list, change);
}

static void
note_touches (Sim *self, KithRecord *before, KithRecord *after, gint64 q)
{
  const KithKind *kind = kith_record_get_kind (after);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      JsonNode *a = before != NULL ? json_object_get_member (kith_record_get_body (before), kind->fields[i].name) : NULL;
      JsonNode *b = json_object_get_member (kith_record_get_body (after), kind->fields[i].name);

      if ((a == NULL) != (b == NULL) || (a != NULL && !kith_json_equal (a, b)))
        note_touch (self, after, kind->fields[i].name, q);
    }
}

/* From here on nothing may go to that person, and nothing of theirs be taken (I21). */
static void
note_left (Sim *self, KithRecord *staff, gint64 q)
{
  const char *id = kith_record_get_id (staff);

  if (kith_record_bool (staff, "active"))
    g_hash_table_remove (self->left, id);
  else if (!g_hash_table_contains (self->left, id))
    g_hash_table_insert (self->left, g_strdup (id), g_memdup2 (&q, sizeof q));
}

void
sim_check_change (Sim *self, KithRecord *before, KithRecord *after, gint64 q)
{
  const char *kind;

  if (after == NULL)
    return;
  kind = kith_record_get_kind (after)->name;
  sim_check_note_places (self, before, after);
  sim_check_note_case (self, before, after);
  sim_check_note_told (self, before, after);
  sim_lookup_note (self, before, after);
  sim_papers_note (self, before, after);
  if (g_str_equal (kind, "referral"))
    check_referral (self, before, after);
  else if (g_str_equal (kind, "referral_event") && before == NULL)
    check_event (self, after);
  else if (g_str_equal (kind, "staff"))
    note_left (self, after, q);
  else if (g_str_equal (kind, "reason_term"))
    sim_check_term (self, after);
  else if (g_str_equal (kind, "client") || g_str_equal (kind, "client_billing") || g_str_equal (kind, "client_health") ||
           g_str_equal (kind, "case") || g_str_equal (kind, "contact_record") || g_str_equal (kind, "task") || g_str_equal (kind, "enrollment"))
    note_touches (self, before, after, q);
}

static const char *
value_of (SimOp *op, const char *t, const char *id, const char *field, const char *side)
{
  JsonObject *set = kith_json_object (op->args, "set");
  JsonObject *change = set != NULL ? kith_json_object (set, field) : NULL;

  if (change == NULL || g_strcmp0 (kith_json_string (op->args, "t"), t) != 0 || g_strcmp0 (kith_json_string (op->args, "id"), id) != 0)
    return NULL;

  return kith_json_string (change, side);
}

static gboolean
was_refused (Sim *self, SimOp *op)
{
  const char *line = g_hash_table_lookup (self->outcomes, op->op_id);

  return line != NULL && strstr (line, "\"st\":\"rejected\"") != NULL;
}

/* An own settlement that put this value into the field. */
static gboolean
settled_for (SimOp *op, const char *value)
{
  return g_str_equal (op->op, "conflict.settle") && g_strcmp0 (kith_json_string (op->args, "keep"), "mine") == 0 &&
         g_strcmp0 (kith_json_string (op->args, "mine"), value) == 0;
}

/* What its author had seen of the field: an own value that was on top of it had a base of its own. -1: that value was refused, so
 * nobody else ever saw it. */
static gint64
base_of (SimDesk *desk, SimOp *op, const char *t, const char *id, const char *field)
{
  const char *old = value_of (op, t, id, field, "old");
  gint64 base = op->base_q;
  guint at;

  /* Only what was done before it: the same settlement may be tried once more afterwards. */
  if (!g_ptr_array_find (desk->ops, op, &at))
    at = desk->ops->len;
  for (guint i = at; old != NULL && i > 0; i--)
    {
      SimOp *earlier = g_ptr_array_index (desk->ops, i - 1);

      if (settled_for (earlier, old) || g_strcmp0 (value_of (earlier, t, id, field, "new"), old) == 0)
        {
          if (was_refused (desk->sim, earlier) || sim_restore_was_before (desk->sim, earlier))
            return -1;
          base = MIN (base, earlier->base_q);
          old = value_of (earlier, t, id, field, "old");
        }
    }

  return base;
}

/* A task that is nobody's here since an own word took its holder off the client, and has its holder at the hub, which would not or had done so before. */
static gboolean
fell_here_alone (SimDesk *desk, SimOp *op, const char *t, const char *field, JsonNode *value)
{
  JsonObject *change = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  guint at;

  if (!g_str_equal (t, "task") || !g_str_equal (field, "staff") || change == NULL || kith_json_string (change, "old") != NULL || !g_ptr_array_find (desk->ops, op, &at))
    return FALSE;
  for (; at > 0; at--)
    {
      SimOp *earlier = g_ptr_array_index (desk->ops, at - 1);
      const char *line = g_hash_table_lookup (desk->sim->outcomes, earlier->op_id);

      if ((g_str_equal (earlier->op, "assignment.apply") || g_str_equal (earlier->op, "caseload.transfer")) && line != NULL &&
          strstr (line, "\"st\":\"applied\"") == NULL)
        return TRUE;
    }
  return FALSE;
}

/* What was kept for a hub that was too old for it (sync.md 2.10) comes after what the same person did later: the later word stands. */
static gboolean
was_overtaken (SimDesk *desk, SimOp *op, gint64 q)
{
  guint at;

  if (desk->sim->old_hub == NULL || !g_ptr_array_find (desk->ops, op, &at))
    return FALSE;
  while (++at < desk->ops->len)
    {
      SimOp *later = g_ptr_array_index (desk->ops, at);
      const char *line = g_hash_table_lookup (desk->sim->outcomes, later->op_id);
      g_autoptr (JsonObject) outcome = line != NULL ? kith_json_parse_object (line, -1, NULL, NULL) : NULL;

      if (outcome != NULL && kith_json_int (outcome, "q", -1) == q)
        return TRUE;
    }
  return FALSE;
}

gboolean
sim_check_was_touched (Sim *self, SimDesk *desk, SimOp *op)
{
  const char *t = kith_json_string (op->args, "t"), *id = kith_json_string (op->args, "id");
  JsonObject *set = kith_json_object (op->args, "set");
  JsonObjectIter iter;
  const char *field;
  JsonNode *value;

  /* Whoever changes what is not in sight has seen no value of it. */
  if (set == NULL || op->blind || sim_restore_was_before (self, op))
    return TRUE;
  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &field, &value))
    {
      g_autofree char *key = g_strconcat (t, "/", id, "/", field, NULL);
      GArray *list = g_hash_table_lookup (self->changes, key);
      gint64 base = base_of (desk, op, t, id, field);

      if (base < 0 || fell_here_alone (desk, op, t, field, value))
        return TRUE;
      for (guint i = 0; list != NULL && i < list->len; i++)
        {
          SimChange *change = &g_array_index (list, SimChange, i);

          if (change->q > base && (change->desk != (gint) desk->index || desk->put_back /* what it did before that it does not know */ ||
                                   was_overtaken (desk, op, change->q)))
            return TRUE;
          sim_log (self, "%s was changed at %" G_GINT64_FORMAT " by desk %d, base %" G_GINT64_FORMAT, key, change->q, change->desk, base);
        }
    }

  return FALSE;
}
