/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* Calls to 2-1-1: taken down, put into queues and given to services, some of them in answer to a warm referral (U7, P21). Others try it too and
 * are refused. */

static JsonArray *
draw_needs (Sim *self, SimDesk *desk)
{
  JsonArray *needs = json_array_new ();

  for (guint n = sim_below (self, 3); n > 0; n--)
    {
      g_autofree char *id = kith_store_new_id (desk->store);

      json_array_add_object_element (needs, kith_json_new ("id", "s", id, "words", "s", "A bed", NULL));
    }
  return needs;
}

static void
take_call (Sim *self, SimDesk *desk)
{
  g_autofree char *number = kith_store_next_number (desk->store, NULL);
  g_autofree char *id = kith_store_new_id (desk->store);
  g_autofree char *mark = sim_mark (self, "call");
  const char *referral = sim_chance (self, 400) ? sim_pick_held (desk, "referral", self->referrals) : NULL;

  sim_desk_submit (desk, "contact.record",
                   kith_json_new ("id", "s", id, "number", "s", number != NULL ? number : "?", "how", "s", "phone", "caller_kind", "s", "self", "name", "s",
                                  sim_chance (self, 800) ? "Somebody" : NULL, "postal_code", "s", "92101", "referral", "s", referral, "notes", "s", mark,
                                  "needs", "a", draw_needs (self, desk), NULL),
                   mark, 0);
}

/* One of a contact's needs that this desk knows; yours, or NULL. */
static char *
draw_need (SimDesk *desk, const char *contact)
{
  char *id;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT id FROM contact_need WHERE contact = ?1 ORDER BY place, id LIMIT 1", contact, &id);
  return id;
}

/* One of this call that came to nothing; now and then another, which is refused. Yours; NULL: none. */
static char *
draw_previous (Sim *self, SimDesk *desk, const char *contact)
{
  char *id = NULL;

  if (!self->faults.terms || !sim_later_chance (self, 500))
    return NULL;
  if (sim_later_chance (self, 150))
    return g_strdup (sim_later_below (self, 2) == 0 || self->referrals->len == 0 ? NULL : self->referrals->pdata[sim_later_below (self, self->referrals->len)]);
  sim_sql_text (kith_store_get_db (desk->store),
                "SELECT id FROM referral WHERE body ->> 'contact_record' = ?1 AND phase IN ('declined', 'recalled', 'expired', 'closed_unresolved') ORDER BY id LIMIT 1",
                contact, &id);
  return id;
}

static void
assign (Sim *self, SimDesk *desk, const char *contact)
{
  g_autofree char *number = kith_store_next_number (desk->store, NULL);
  gboolean answers = sim_chance (self, 600);
  g_autofree char *mark = sim_mark (self, answers ? "answer" : "request");
  g_autofree char *need = sim_chance (self, 700) ? draw_need (desk, contact) : NULL;
  g_autofree char *until = kith_time_format (sim_wall (self) + (gint64) (1 + sim_below (self, 48)) * SIM_MS_HOUR);
  char *id = kith_store_new_id (desk->store);
  const char *queue = sim_chance (self, 500) ? self->queues[sim_below (self, SIM_N_QUEUES)] : NULL;
  const char *service = queue == NULL || sim_chance (self, 500) ? self->services[sim_below (self, SIM_N_SERVICES)] : NULL;
  g_autofree char *previous = draw_previous (self, desk, contact);
  JsonObject *release = NULL;

  if (sim_chance (self, 800))
    release = kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "spoken_release", NULL);
  if (self->referrals->len >= 3 * SIM_MAX_REFERRALS)
    g_ptr_array_remove_index (self->referrals, 0);
  g_ptr_array_add (self->referrals, id);
  sim_desk_submit (desk, "contact.assign",
                   kith_json_new ("contact", "s", contact, "need", "s", need, "id", "s", id, "number", "s", number != NULL ? number : "?", "queue", "s", queue,
                                  "service", "s", service, "request", "s", answers ? NULL : mark, "answers", "a",
                                  answers ? sim_draw_answers (self, desk, mark) : NULL, "release", "o", release, "previous", "s", previous, NULL),
                   mark, sim_chance (self, 200) ? 8000 : 0);
}

static void
answer (Sim *self, SimDesk *desk, const char *contact)
{
  JsonArray *answers = json_array_new (), *entries = json_array_new ();

  json_array_add_object_element (answers, kith_json_new ("key", "s", "rooms", "value", "s", "2", NULL));
  json_array_add_object_element (entries, kith_json_new ("form", "s", self->form, "version", "i", (gint64) 1, "answers", "a", answers, NULL));
  sim_desk_submit (desk, "contact.answer", kith_json_new ("contact", "s", contact, "answers", "a", entries, NULL), NULL, 0);
}

static void
change (Sim *self, SimDesk *desk, const char *contact)
{
  g_autoptr (KithRecord) record = sim_desk_get (desk, "contact_record", contact);
  g_autofree char *value = sim_mark (self, "value");
  const char *notes = record != NULL ? kith_record_string (record, "notes") : NULL;
  JsonObject *set = kith_json_new ("notes", "o", kith_json_new ("old", "s", notes, "new", "s", value, NULL), NULL);

  if (notes == NULL)
    json_object_set_null_member (kith_json_object (set, "notes"), "old");
  sim_desk_submit (desk, "record.patch", kith_json_new ("t", "s", "contact_record", "id", "s", contact, "set", "o", set, NULL), value, 0);
}

void
sim_workload_contact (Sim *self, SimDesk *desk)
{
  g_autofree char *contact = sim_draw_record (self, desk, "contact_record");
  g_autofree char *id = kith_store_new_id (desk->store);
  guint drawn = sim_below (self, 100);

  if (contact == NULL || drawn < 25)
    take_call (self, desk);
  else if (drawn < 70)
    assign (self, desk, contact);
  else if (drawn < 73)
    answer (self, desk, contact);
  else if (drawn < 80)
    sim_desk_submit (desk, "contact.add_need", kith_json_new ("contact", "s", contact, "id", "s", id, "words", "s", "Food", NULL), NULL, 0);
  else if (drawn < 90)
    change (self, desk, contact);
  else
    sim_desk_submit (desk, "contact.print", kith_json_new ("contact", "s", contact, NULL), NULL, 0);
}
