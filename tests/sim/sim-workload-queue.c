/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-id.h"

/* Referrals in queues: put there, moved, taken out; now and then 2-1-1 changes a queue while desks are away. */

static JsonObject *
item_args (const char *referral, const char *queue)
{
  return kith_json_new ("referral", "s", referral, "queue", "s", queue, NULL);
}

/* One of the queue's statuses as this desk knows them; owned, or NULL. */
static char *
draw_status (Sim *self, SimDesk *desk, const char *queue)
{
  char *id;

  for (guint n = sim_below (self, 7);; n--)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM queue_status WHERE queue = ?1 ORDER BY place, id LIMIT 1 OFFSET %u", n);

      sim_sql_text (kith_store_get_db (desk->store), sql, queue, &id);
      if (id != NULL || n == 0)
        return id;
    }
}

static void
move (Sim *self, SimDesk *desk, const char *referral, const char *queue)
{
  static const char *const outcomes[] = { "need_met", "no_show", "other" };
  g_autofree char *key = g_strconcat (referral, ":", queue, NULL);
  g_autofree char *id = kith_id_natural ("queue_item", key);
  g_autoptr (KithRecord) item = sim_desk_get (desk, "queue_item", id);
  g_autofree char *to = draw_status (self, desk, sim_chance (self, 970) ? queue : self->queues[sim_below (self, SIM_N_QUEUES)]);
  const char *was = item != NULL ? kith_record_string (item, "status") : NULL;
  JsonObject *args = item_args (referral, queue);

  if (to == NULL || (was == NULL && sim_chance (self, 900)))
    {
      sim_desk_submit (desk, "queue.place", args, NULL, 0);
      return;
    }
  json_object_set_string_member (args, "was", was != NULL && sim_chance (self, 950) ? was : to);
  json_object_set_string_member (args, "status", to);
  if (sim_chance (self, 800))
    json_object_set_string_member (args, "reason", "no_capacity");
  if (sim_chance (self, 600))
    json_object_set_string_member (args, "outcome", outcomes[sim_below (self, G_N_ELEMENTS (outcomes))]);
  json_object_set_string_member (args, "text", "As agreed");
  if (json_object_has_member (args, "outcome"))
    sim_draw_term (self, desk, args, kith_json_string (args, "outcome"));
  sim_desk_submit (desk, "queue.move", args, NULL, sim_chance (self, 200) ? 8000 : 0);
}

void
sim_workload_queue (Sim *self, SimDesk *desk)
{
  const char *id = self->referrals->len > 0 ? sim_pick_held (desk, "referral", self->referrals) : NULL;
  g_autoptr (KithRecord) referral = id != NULL ? sim_desk_get (desk, "referral", id) : NULL;
  const char *stands = referral != NULL ? kith_record_string (referral, "queue") : NULL;
  const char *queue = stands != NULL && sim_chance (self, 700) ? stands : self->queues[sim_below (self, SIM_N_QUEUES)];
  guint drawn = sim_below (self, 100);

  if (id == NULL)
    return;
  if (drawn < 90)
    move (self, desk, id, queue);
  else
    sim_desk_submit (desk, "queue.take_out", item_args (id, queue), NULL, 0);
}

/* Statuses as they stand, in another order; some get another name, are retired or brought back, some are not named. */
static JsonObject *
draw_statuses (Sim *self, const char *queue)
{
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL);
  g_autoptr (GPtrArray) known = kith_world_find (KITH_WORLD (self->mirror), scope, "queue_status", NULL, NULL, NULL, NULL);
  JsonArray *list = json_array_new (), *retire = json_array_new ();
  guint shift = sim_below (self, known->len);

  for (guint i = 0; i < known->len; i++)
    {
      KithRecord *status = g_ptr_array_index (known, (i + shift) % known->len);
      g_autofree char *name = g_strdup_printf ("%.40s%s", kith_record_string (status, "name"), sim_chance (self, 100) ? "." : "");
      gboolean seen = !kith_record_bool (status, "retired");

      if (i > 0 && sim_chance (self, 150))
        json_array_add_string_element (retire, kith_record_get_id (status));
      else if (sim_chance (self, seen ? 900 : 500))
        json_array_add_object_element (list, kith_json_new ("id", "s", kith_record_get_id (status), "was", "s", seen ? kith_record_string (status, "name") : NULL, "name",
                                                            "s", name, "phase", "s", kith_record_string (status, "phase"), NULL));
    }
  return kith_json_new ("queue", "s", queue, "statuses", "a", list, "retire", "a", retire, NULL);
}

void
sim_workload_queues (Sim *self)
{
  const char *queue = self->queues[sim_below (self, SIM_N_QUEUES)];
  g_autofree char *name = g_strdup_printf ("Queue %u", sim_below (self, 5));

  switch (sim_below (self, 6))
    {
    case 5:
      self->form_required = !self->form_required;
      sim_hub_submit (self, "form.put", sim_form_args (self));
      break;
    case 0:
      sim_hub_submit (self, "queue.rename", kith_json_new ("queue", "s", queue, "name", "s", name, NULL));
      break;
    case 1:
      sim_hub_submit (self, "queue.deactivate", kith_json_new ("queue", "s", queue, NULL));
      break;
    case 2:
      sim_hub_submit (self, "queue.link",
                      kith_json_new ("queue", "s", queue, sim_chance (self, 500) ? "add" : "remove", "a",
                                     kith_json_strings (self->agencies[sim_below (self, SIM_N_AGENCIES)], NULL), NULL));
      break;
    case 3:
      sim_hub_submit (self, "queue.set_statuses", draw_statuses (self, queue));
      break;
    default:
      sim_hub_submit (self, "queue.reactivate", kith_json_new ("queue", "s", queue, NULL));
      break;
    }
}
