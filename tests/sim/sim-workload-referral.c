/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-referral-rules.h"

/* People at work: the loop of a referral, from both sides. */

/* What the service's form asks: the mark stands in one of the two answers, which says where it lies. */
JsonArray *
sim_draw_answers (Sim *self, SimDesk *desk, const char *mark)
{
  g_autoptr (KithRecord) form = sim_desk_get (desk, "form", self->form);
  gint64 version = form != NULL ? kith_record_int (form, "version") : 1;
  gboolean health = strstr (mark, "health") != NULL;
  JsonArray *answers = json_array_new (), *entries = json_array_new ();

  json_array_add_object_element (answers, kith_json_new ("key", "s", health ? "meds" : "rooms", "value", "s", mark, NULL));
  if (health && sim_chance (self, 500))
    json_array_add_object_element (answers, kith_json_new ("key", "s", "rooms", "value", "s", "2", NULL));
  json_array_add_object_element (entries, kith_json_new ("form", "s", self->form, "version", "i", MAX (1, version - sim_chance (self, 150)), "answers", "a", answers, NULL));
  return entries;
}

void
sim_add_referral (Sim *self, char *id)
{
  if (self->referrals->len >= 3 * SIM_MAX_REFERRALS)
    g_ptr_array_remove_index (self->referrals, 0);
  g_ptr_array_add (self->referrals, id);
}

/* previous: one that came to nothing and is sent on, or NULL. */
static void
send_referral (Sim *self, SimDesk *desk, KithRecord *previous)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = kith_store_next_number (desk->store, &error);
  char *id = kith_store_new_id (desk->store);
  const char *drawn = self->services[sim_below (self, SIM_N_SERVICES)];
  gboolean answers = sim_chance (self, drawn == self->services[0] ? 700 : 200);
  g_autofree char *mark = sim_mark (self, !answers ? "request" : sim_chance (self, 500) ? "health" : "answer");
  gboolean whole = sim_chance (self, 150);
  const char *queue = sim_chance (self, 150) ? self->queues[sim_below (self, SIM_N_QUEUES)] : NULL;
  gboolean alone = queue != NULL && sim_chance (self, 500); /* to the queue, and to no agency */
  const char *client = previous != NULL ? kith_record_string (previous, "client") : sim_chance (self, 940) ? sim_pick_held (desk, "client", self->clients) : NULL;
  const char *type = sim_chance (self, 850) ? "direct" : sim_chance (self, 500) ? "warm" : "informational";
  g_autofree char *until = kith_time_format (sim_wall (self) + (gint64) (1 + sim_below (self, 48)) * SIM_MS_HOUR);
  gboolean wait = self->faults.unasked && sim_later_chance (self, 600);
  JsonObject *release = NULL;

  const char *service = whole || alone ? NULL : drawn;
  gint64 undo_ms = sim_chance (self, 300) ? 8000 : 0;

  if (client == NULL || sim_chance (self, 60))
    release = kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "written_release", "network", "b",
                             (gboolean) (id[strlen (id) - 1] % 2), NULL);
  sim_add_referral (self, id);
  sim_desk_submit (desk, "referral.send",
                   kith_json_new ("id", "s", id, "number", "s", number != NULL ? number : "?", "client", "s", client, "type", "s", type,
                                  "service", "s", service, "agency_to", "s",
                                  whole && !alone ? self->agencies[sim_below (self, SIM_N_AGENCIES)] : NULL, "queue", "s", queue, "need", "s", "A bed", "urgency", "s",
                                  "soon", "request", "s", answers ? NULL : mark, "answers", "a", answers ? sim_draw_answers (self, desk, mark) : NULL, "contact_name", "s", client == NULL ? "Somebody" : NULL, "release", "o",
                                  release, "previous", "s", previous != NULL ? kith_record_get_id (previous) : NULL, "wait", "b", wait, NULL),
                   mark, undo_ms);
  if (undo_ms > 0)
    sim_between_sends (desk, service);
}

static const char *
phase_here (KithRecord *referral)
{
  const char *phase = referral != NULL ? kith_record_string (referral, "phase") : NULL;

  return phase != NULL ? phase : "sent";
}

static JsonObject *
step_args (const char *id, const char *from)
{
  return kith_json_new ("referral", "s", id, "from", "s", from, NULL);
}

/* Words: a note, a private note, a contact. */
static void
write_words (Sim *self, SimDesk *desk, const char *id)
{
  static const char *const ops[] = { "referral.note", "referral.private_note", "referral.record_contact" };
  guint which = sim_below (self, 3);
  g_autofree char *mark = sim_mark (self, "words");
  JsonObject *args = kith_json_new ("referral", "s", id, "text", "s", mark, NULL);

  if (which == 2)
    {
      json_object_set_string_member (args, "how", "phone");
      json_object_set_string_member (args, "result", "reached");
    }
  sim_desk_submit (desk, ops[which], args, mark, 0);
}

static void
answer (Sim *self, SimDesk *desk, const char *id, const char *from)
{
  JsonObject *args = step_args (id, from);
  gint64 undo_ms = sim_chance (self, 200) ? 8000 : 0;

  if (sim_chance (self, 650))
    {
      sim_desk_submit (desk, "referral.accept", args, NULL, undo_ms);
      return;
    }
  json_object_set_string_member (args, "reason", sim_chance (self, 900) ? "no_capacity" : "");
  sim_draw_term (self, desk, args, "no_capacity");
  sim_desk_submit (desk, "referral.decline", args, NULL, undo_ms);
}

static void
work_on (Sim *self, SimDesk *desk, const char *id, const char *from)
{
  static const char *const phases[] = { "contacting", "in_service", "waitlisted", "paused" };
  static const char *const outcomes[] = { "need_met", "need_partly_met", "no_show", "other" };
  JsonObject *args = step_args (id, from);
  guint drawn = sim_below (self, 100);

  if (drawn < 35)
    {
      json_object_set_string_member (args, "phase", phases[sim_below (self, 4)]);
      json_object_set_string_member (args, "reason", "Full until Monday");
      sim_desk_submit (desk, "referral.set_status", args, NULL, 0);
    }
  else if (drawn < 65)
    {
      json_object_set_string_member (args, "outcome", outcomes[sim_below (self, 4)]);
      json_object_set_string_member (args, "text", "As agreed");
      sim_draw_term (self, desk, args, kith_json_string (args, "outcome"));
      sim_desk_submit (desk, "referral.close", args, NULL, 0);
    }
  else
    {
      json_object_unref (args);
      sim_desk_submit (desk, "referral.assign", kith_json_new ("referral", "s", id, "staff", "s", sim_colleague (desk), NULL), NULL, 0);
    }
}

/* Nobody has answered: it goes to somebody else. As the window does it says how often it was sent on as far as is known there: two who hand it on
 * at once are a race that the hub settles. */
static void
reroute (Sim *self, SimDesk *desk, const char *id, const char *from)
{
  g_autoptr (KithRecord) referral = sim_desk_get (desk, "referral", id);
  JsonObject *args = step_args (id, from);

  if (referral != NULL && kith_record_has (referral, "turn"))
    json_object_set_int_member (args, "turn", kith_record_int (referral, "turn"));

  json_object_set_string_member (args, "service", self->services[sim_below (self, SIM_N_SERVICES)]);
  json_object_set_string_member (args, "text", "They have room"); /* where it is with that service already it says nothing new */
  sim_desk_submit (desk, "referral.reroute", args, NULL, sim_chance (self, 200) ? 8000 : 0);
}

static void
take_back (Sim *self, SimDesk *desk, const char *id, const char *from)
{
  static const char *const ops[] = { "referral.recall", "referral.void", "referral.reopen" };
  guint which = g_str_has_prefix (from, "closed") ? 2 : sim_chance (self, 800) ? 0 : 1;
  JsonObject *args = step_args (id, from);

  json_object_set_string_member (args, "reason", "Sent by mistake");
  sim_desk_submit (desk, ops[which], args, NULL, 0);
}

/* While the answer is awaited: more time, put away, a decline's second step, an introduction. */
static void
wait_for (Sim *self, SimDesk *desk, KithRecord *referral, const char *from)
{
  const char *id = kith_record_get_id (referral);
  g_autofree char *mark = sim_mark (self, "wait");
  g_autofree char *until = kith_time_format (sim_wall (self) + SIM_MS_HOUR);
  JsonObject *args = step_args (id, from);
  guint drawn = sim_below (self, 4);

  if (drawn == 1 || drawn == 3)
    json_object_remove_member (args, "from");
  if (drawn == 1)
    {
      json_object_set_string_member (args, "until", until);
      sim_desk_submit (desk, "referral.snooze", args, NULL, 0);
      return;
    }
  json_object_set_string_member (args, "text", mark);
  if (drawn == 2)
    json_object_set_boolean_member (args, "confirm", sim_chance (self, 500));
  if (drawn == 3)
    json_object_set_string_member (args, "how", "in_person");
  sim_desk_submit (desk, drawn == 0 ? "referral.check_in" : drawn == 2 ? "referral.confirm_decline" : "referral.introduce", args,
                   drawn == 2 ? NULL : mark, 0); /* a desk that does not know of the proposal leaves its words to the hub */
}

/* Written before the client was asked: it goes out, or is given up; now and then somebody takes it for one that has gone out. */
static void
send_waiting (Sim *self, SimDesk *desk, const char *id)
{
  guint drawn = sim_later_below (self, 10);
  JsonObject *args = step_args (id, "pending_consent");

  if (drawn < 7)
    sim_desk_submit (desk, "referral.dispatch", args, NULL, sim_later_chance (self, 200) ? 8000 : 0);
  else if (drawn < 8)
    {
      json_object_set_string_member (args, "reason", "Does not want it");
      sim_desk_submit (desk, "referral.void", args, NULL, 0);
    }
  else
    {
      json_object_unref (args);
      write_words (self, desk, id);
    }
}

/* A page offers what fits the phase; sometimes somebody is a step behind and does what does not fit. */
void
sim_workload_referral (Sim *self, SimDesk *desk)
{
  const char *id, *from;
  g_autoptr (KithRecord) referral = NULL;
  guint drawn;

  if (sim_workload_draft (self, desk))
    return;
  id = self->referrals->len >= 2 ? sim_pick_held (desk, "referral", self->referrals) : NULL;
  drawn = sim_below (self, 100);
  if (id == NULL || drawn < (self->referrals->len < SIM_MAX_REFERRALS ? 20 : 2))
    {
      if (self->clients->len > 0 && (self->referrals->len < SIM_MAX_REFERRALS || sim_chance (self, 200)))
        send_referral (self, desk, NULL);
      return;
    }
  referral = sim_desk_get (desk, "referral", id);
  from = phase_here (referral);
  if (g_str_equal (from, "pending_consent"))
    send_waiting (self, desk, id);
  else if (kith_referral_phase_failed (from) && sim_chance (self, 300))
    send_referral (self, desk, referral);
  else if (drawn < 30)
    write_words (self, desk, id);
  else if (drawn < 35 && referral != NULL)
    wait_for (self, desk, referral, from);
  else if (drawn < 40 || (g_str_has_prefix (from, "closed") && sim_chance (self, 400)))
    take_back (self, desk, id, from);
  else if (g_str_equal (from, "sent") && drawn < 55)
    reroute (self, desk, id, from);
  else if (g_str_equal (from, "sent") || drawn < 44)
    answer (self, desk, id, from);
  else
    work_on (self, desk, id, from);
}
