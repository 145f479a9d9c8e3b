/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-steps.h"

#include "kith-capacity-time.h"
#include "kith-desktop.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-referral-rules.h"

/* What may be done next: the rules are asked on the store's thread, where the records are. */

/* Its queues: both sides, and the network's staff, while it is on its way (queue.place). */
static gboolean
may_queue (KithWorld       *world,
           const KithActor *actor,
           KithRecord      *referral)
{
  const char *phase = kith_record_string (referral, "phase");
  guint sides = kith_referral_sides (world, actor, referral, NULL);

  return kith_referral_phase_was_sent (phase) && !kith_referral_phase_is_ended (phase) && sides != G_MAXUINT &&
         (actor->level == KITH_LEVEL_NETWORK || (sides & (KITH_SIDES_SENDER | KITH_SIDES_RECEIVER)) != 0);
}

/* U7: a warm referral to 2-1-1, which goes to a queue and to no agency, is answered by a call, which makes a contact record. */
static gboolean
may_call (KithWorld       *world,
          const KithActor *actor,
          KithRecord      *referral)
{
  guint sides = kith_referral_sides (world, actor, referral, NULL);
  gboolean warm;

  return sides != G_MAXUINT && (sides & KITH_SIDE_NETWORK) != 0 && kith_referral_may_be_warm (world, referral, &warm, NULL) && warm &&
         !kith_referral_phase_is_ended (kith_record_string (referral, "phase"));
}

/* C4, C5: while it is worked on, whatever covers it: the client says so to the one side or the other. What nobody answered is recalled or declined. */
static gboolean
may_take_back (KithWorld       *world,
               const KithActor *actor,
               KithRecord      *referral)
{
  const char *from = kith_record_string (referral, "agency");
  guint sides = kith_referral_sides (world, actor, referral, NULL);

  return actor->level == KITH_LEVEL_STANDARD && actor->trained && sides != G_MAXUINT && (sides & (KITH_SIDES_SENDER | KITH_SIDES_RECEIVER)) != 0 &&
         kith_referral_phase_is_open (kith_record_string (referral, "phase")) && !kith_record_bool (referral, "revoked") &&
         !kith_record_is (referral, "agency_to", from);
}

/* A place of its service: which of hold.place, .release and .convert would do something (sync.md 2.5). */
static void
add_holds (KithWorld       *world,
           const KithActor *actor,
           KithRecord      *referral,
           gint64           now_ms,
           JsonObject      *steps)
{
  const char *service = kith_record_string (referral, "service");
  guint sides = kith_referral_sides (world, actor, referral, NULL);
  g_autofree char *scope = g_strconcat ("service:", service, NULL);
  g_autoptr (GPtrArray) holds = NULL;
  g_autoptr (KithRecord) places = NULL;
  gboolean placed = FALSE, taken = FALSE, free = FALSE;

  if (!service || actor->level != KITH_LEVEL_STANDARD || sides == G_MAXUINT || (sides & KITH_SIDES_RECEIVER) == 0 ||
      !kith_referral_phase_is_open (kith_record_string (referral, "phase")))
    return;
  holds = kith_world_find (world, scope, "hold", "referral", kith_record_get_id (referral), NULL, NULL);
  for (guint i = 0; holds && i < holds->len; i++)
    {
      placed |= kith_record_is (holds->pdata[i], "state", "placed");
      taken |= kith_record_is (holds->pdata[i], "state", "converted");
    }
  if (kith_capacity_for_referral (world, service, now_ms, &places, NULL))
    free = places && kith_record_int (places, "free") > 0;
  if (placed)
    {
      json_object_set_array_member (steps, "hold.release", kith_json_strings ("", NULL));
      json_object_set_array_member (steps, "hold.convert", kith_json_strings ("", NULL));
    }
  else if (free && !taken)
    json_object_set_array_member (steps, "hold.place", kith_json_strings ("", NULL));
}

/* P6: who works on it by its queue chooses among that queue's statuses (referral.set_status). */
static gboolean
is_of_queue (KithWorld             *world,
             const KithActor       *actor,
             KithRecord            *referral,
             const KithReferralStep *step)
{
  const char *queue = kith_record_string (referral, "queue");
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL);
  g_autoptr (GPtrArray) statuses = NULL;
  gboolean any = FALSE;

  if (actor->level == KITH_LEVEL_STANDARD || !queue || !g_str_equal (step->operation, "referral.set_status") || !kith_world_holds (world, scope))
    return TRUE;
  statuses = kith_world_find (world, scope, "queue_status", "queue", queue, NULL, NULL);
  for (guint i = 0; statuses && i < statuses->len; i++)
    any |= kith_record_is (statuses->pdata[i], "phase", step->to) && !kith_record_bool (statuses->pdata[i], "retired");
  return any;
}

/* Its status in the queue it names: by its place there, which lies with the detail, else by what the eight fields say (P12), as queue.move goes by them. */
static char *
stands_in (KithWorld  *world,
           KithRecord *referral,
           const char *queue)
{
  g_autofree char *key = g_strconcat (kith_record_get_id (referral), ":", queue, NULL), *id = kith_id_natural ("queue_item", key);
  g_autoptr (KithRecord) item = kith_world_get (world, "queue_item", id, NULL);

  return g_strdup (kith_record_string (item ? item : referral, item ? "status" : "queue_status"));
}

/* P6: where it stands in a queue it comes to statuses of that queue. Where the queue had none for its phase it stands in one of another: that is one to come to as well. */
static void
add_statuses (KithWorld       *world,
              const KithActor *actor,
              KithRecord      *referral,
              JsonObject      *steps)
{
  const char *queue = kith_record_string (referral, "queue"), *phase = kith_record_string (referral, "phase");
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL), *was = queue ? stands_in (world, referral, queue) : NULL;
  guint sides = kith_referral_sides (world, actor, referral, NULL);
  g_autoptr (GPtrArray) statuses = was && sides != G_MAXUINT && kith_world_holds (world, scope) ? kith_world_find (world, scope, "queue_status", "queue", queue, NULL, NULL) : NULL;
  JsonArray *all = kith_json_array (steps, "referral.set_status"), *list = json_array_new ();

  for (guint i = 0; statuses && i < statuses->len; i++)
    {
      const char *id = kith_record_get_id (statuses->pdata[i]), *to = kith_record_string (statuses->pdata[i], "phase");
      gboolean takes_up = FALSE;

      for (guint k = 0; all && k < json_array_get_length (all); k++)
        takes_up |= g_strcmp0 (json_array_get_string_element (all, k), to) == 0;
      if (g_str_equal (id, was) ? takes_up : !kith_record_bool (statuses->pdata[i], "retired") &&
                                             kith_referral_may_move (actor->level == KITH_LEVEL_NETWORK, sides, phase, to))
        json_array_add_string_element (list, id);
    }
  if (json_array_get_length (list) > 0)
    {
      json_object_set_array_member (steps, "queue.move", json_array_ref (list));
      json_object_set_array_member (steps, "queue", kith_json_strings (queue, was, NULL));
    }
  json_array_unref (list);
}

gpointer
kith_referral_steps_job (gpointer      store,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  JsonObject *ask = data;
  const char *id = kith_json_string (ask, "referral");
  g_autoptr (KithActor) actor = kith_store_load_actor (store, error);
  g_autoptr (KithRecord) referral = actor ? kith_world_get (kith_store_get_world (store), "referral", id, error) : NULL;
  g_autoptr (GPtrArray) next = referral ? kith_referral_next (kith_store_get_world (store), actor, referral, error) : NULL;
  g_autoptr (JsonObject) unsent = NULL;
  JsonObject *steps;

  if (!next)
    return NULL;
  steps = json_object_new ();
  for (guint i = 0; i < next->len; i++)
    {
      const KithReferralStep *step = next->pdata[i];

      if (!is_of_queue (kith_store_get_world (store), actor, referral, step))
        continue;
      if (!json_object_has_member (steps, step->operation))
        json_object_set_array_member (steps, step->operation, json_array_new ());
      json_array_add_string_element (json_object_get_array_member (steps, step->operation), step->to ? step->to : "");
    }
  add_statuses (kith_store_get_world (store), actor, referral, steps);
  if ((kith_store_get_unsent (store, "referral.send", id, &unsent, NULL) && unsent) || (kith_store_get_unsent (store, "contact.assign", id, &unsent, NULL) && unsent))
    json_object_set_array_member (steps, "referral.edit", kith_json_strings ("", NULL));
  if (kith_record_is (referral, "phase", "draft") && json_object_has_member (steps, "referral.void")) /* the sender's */
    json_object_set_array_member (steps, "referral.edit", kith_json_strings ("", NULL));
  if (may_queue (kith_store_get_world (store), actor, referral))
    json_object_set_array_member (steps, "queue.place", kith_json_strings ("", NULL));
  if (may_take_back (kith_store_get_world (store), actor, referral))
    json_object_set_array_member (steps, "consent.revoke", kith_json_strings ("", NULL));
  add_holds (kith_store_get_world (store), actor, referral, kith_json_int (ask, "now", 0), steps);
  if (may_call (kith_store_get_world (store), actor, referral))
    json_object_set_array_member (steps, "contact.record", kith_json_strings ("", NULL));
  return steps;
}
