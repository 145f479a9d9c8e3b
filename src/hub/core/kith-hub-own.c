/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* What the hub does by itself, by its clock or because somebody may be here twice: one that fails keeps no other, and whoever runs the hub is told of it. */

/**
 * kith_hub_add_own:
 * @ops: (element-type JsonObject): what kith_hub_carry_out() gets
 * @op: (transfer full): what could not be carried out before is not put aside again each time
 */
void
kith_hub_add_own (KithHub *self, GPtrArray *ops, JsonObject *op)
{
  g_autofree char *text = kith_json_print_object (op);

  if (g_hash_table_contains (self->put_aside, text))
    json_object_unref (op);
  else
    g_ptr_array_add (ops, op);
}

static void
pass_over (KithHub *self, JsonObject *op, const char *why)
{
  char *text = kith_json_print_object (op);

  g_warning ("The hub could not carry out %s (%s). It is tried again when the hub is started anew. Run kith-hub check.", text, why);
  self->counts.damaged++;
  g_hash_table_add (self->put_aside, text);
}

/**
 * kith_hub_is_everybodys:
 *
 * Returns: whether it is the machine that fails, or the clock has come to be in doubt in the middle: then nothing is passed over
 */
gboolean
kith_hub_is_everybodys (KithHub *self, const GError *error)
{
  return kith_hub_is_the_machines (error) || !kith_hub_clock_is_sound (self);
}

/* One by one: which is it that fails? */
static gboolean
carry_out_each (KithHub *self, const KithActor *hub, GPtrArray *ops, GPtrArray *outcomes, GError **error)
{
  for (guint i = outcomes->len; i < ops->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (GError) local = NULL;

      g_ptr_array_add (one, ops->pdata[i]);
      if (kith_hub_submit_batch (self, hub, one, outcomes, &local))
        continue;
      if (kith_hub_is_everybodys (self, local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      pass_over (self, ops->pdata[i], local->message);
      g_ptr_array_add (outcomes, kith_json_new ("code", "s", KITH_ERROR_FAILED, NULL));
    }
  return TRUE;
}

/**
 * kith_hub_carry_out:
 * @ops: (element-type JsonObject): of kith_hub_add_own()
 * @n_done: counts those that were carried out
 *
 * All in one transaction if it may be. A refusal leaves the record as it is: somebody was quicker. What was put aside, or fails by itself, is warned of.
 *
 * Returns: FALSE when it is the machine that fails
 */
gboolean
kith_hub_carry_out (KithHub *self, GPtrArray *ops, guint *n_done, GError **error)
{
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GError) local = NULL;

  if (ops->len > 0 && !kith_hub_submit_batch (self, hub, ops, outcomes, &local))
    {
      if (kith_hub_is_everybodys (self, local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!carry_out_each (self, hub, ops, outcomes, error))
        return FALSE;
    }
  for (guint i = 0; i < outcomes->len; i++)
    if (kith_json_string (outcomes->pdata[i], "code") == NULL)
      (*n_done)++;
    else if (g_strcmp0 (kith_json_string (outcomes->pdata[i], "st"), kith_outcome_code (KITH_OUTCOME_PARKED)) == 0)
      pass_over (self, ops->pdata[i], kith_json_string (outcomes->pdata[i], "message"));
    else
      g_debug ("%s: %s", kith_json_string (ops->pdata[i], "op"), kith_json_string (outcomes->pdata[i], "message"));
  return TRUE;
}
