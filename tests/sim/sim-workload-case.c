/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* People at work: cases, who is on them, what is written there, and what is to be done. Staff come onto a case at one desk while they
 * are taken off its client at another (A11). */

static void
open_case (Sim *self, SimDesk *desk)
{
  const char *client = sim_pick_held (desk, "client", self->clients);
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  char *id;

  if (client == NULL)
    return;
  number = kith_store_next_number (desk->store, &error);
  id = kith_store_new_id (desk->store);
  g_ptr_array_add (self->cases, id);
  sim_desk_submit (desk, "case.open",
                   kith_json_new ("id", "s", id, "number", "s", number != NULL ? number : "?", "client", "s", client, "title", "s", "A home",
                                  "type", "s", "housing", NULL),
                   NULL, 0);
}

/* One Save: a few staff on or off the client or its cases. */
static void
assign (Sim *self, SimDesk *desk)
{
  const char *id = sim_pick_held (desk, "case", self->cases);
  g_autoptr (KithRecord) of = sim_desk_get (desk, "case", id);
  const char *client = of != NULL ? kith_record_string (of, "client") : sim_pick_held (desk, "client", self->clients);
  JsonArray *changes;

  if (client == NULL)
    return;
  changes = json_array_new ();
  for (guint n = 1 + sim_below (self, 3); n > 0; n--)
    json_array_add_object_element (changes, kith_json_new ("do", "s", sim_chance (self, 560) ? "add" : "remove", "staff", "s",
                                                           sim_colleague (desk), "case", "s", sim_chance (self, 600) ? id : NULL, NULL));
  sim_desk_submit (desk, "assignment.apply", kith_json_new ("client", "s", client, "changes", "a", changes, NULL), NULL, 0);
}

static void
end_case (Sim *self, SimDesk *desk, const char *id, KithRecord *of)
{
  static const char *const outcomes[] = { "need_met", "moved_away" };

  if (of != NULL && kith_record_is (of, "phase", "open") == sim_chance (self, 900))
    {
      gint64 undo_ms = sim_chance (self, 300) ? 8000 : 0;
      JsonObject *args = kith_json_new ("case", "s", id, "outcome", "s", outcomes[sim_below (self, 2)], NULL);

      sim_draw_term (self, desk, args, kith_json_string (args, "outcome"));
      sim_desk_submit (desk, "case.close", args, NULL, undo_ms);
    }
  else
    sim_desk_submit (desk, "case.reopen", kith_json_new ("case", "s", id, "reason", "s", "The need is back", NULL), NULL, 0);
}

static const char *
draw_sensitivity (Sim *self)
{
  static const char *const all[] = { "general", "general", "health", "part2" };

  return all[sim_below (self, G_N_ELEMENTS (all))];
}

static void
write_note (Sim *self, SimDesk *desk, const char *id)
{
  g_autofree char *mark = sim_mark (self, "note");
  const char *amended = sim_chance (self, 350) ? sim_pick_held (desk, "case_note", self->notes) : NULL;
  char *note = kith_store_new_id (desk->store);

  g_ptr_array_add (self->notes, note);
  if (amended != NULL)
    sim_desk_submit (desk, "note.amend", kith_json_new ("id", "s", note, "note", "s", amended, "text", "s", mark, NULL), mark, 0);
  else
    sim_desk_submit (desk, "note.add",
                     kith_json_new ("id", "s", note, "case", "s", id, "sensitivity", "s", draw_sensitivity (self), "text", "s", mark, NULL),
                     mark, 0);
}

static void
collect_id_cb (gpointer data, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

/* FALSE: there is none yet */
static gboolean
take_back_assessment (Sim *self, SimDesk *desk)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  const char *id;

  kith_memory_world_foreach (self->mirror, "assessment", collect_id_cb, all);
  id = sim_pick_held (desk, "assessment", all);
  if (id != NULL)
    sim_desk_submit (desk, "assessment.void", kith_json_new ("assessment", "s", id, "reason", "s", "Of somebody else", NULL), NULL, sim_chance (self, 300) ? 8000 : 0);
  return id != NULL;
}

static void
write_other (Sim *self, SimDesk *desk, const char *id)
{
  g_autofree char *record = kith_store_new_id (desk->store);
  gboolean assess = sim_chance (self, 500);
  g_autofree char *mark = sim_mark (self, assess ? "graded" : "aim");

  if (sim_corrects (self, 200) && take_back_assessment (self, desk))
    return;
  if (assess)
    sim_desk_submit (desk, "assessment.record",
                     kith_json_new ("id", "s", record, "case", "s", id, "name", "s", "VI-SPDAT", "assessed_on", "s", "2026-03-02",
                                    "sensitivity", "s", draw_sensitivity (self), "summary", "s", mark, NULL),
                     mark, 0);
  else
    sim_desk_submit (desk, "goal.set",
                     kith_json_new ("id", "s", record, "case", "s", id, "title", "s", "A home of one’s own", "sensitivity", "s",
                                    draw_sensitivity (self), "description", "s", mark, NULL),
                     mark, 0);
}

static void
add_task (Sim *self, SimDesk *desk, const char *id)
{
  static const char *const subjects[] = { "case", "client", "referral" };
  const char *subject = subjects[sim_below (self, 3)];
  const char *about = g_str_equal (subject, "case")     ? id
                      : g_str_equal (subject, "client") ? sim_pick_held (desk, "client", self->clients)
                                                        : sim_pick_held (desk, "referral", self->referrals);
  gboolean own = about == NULL || sim_chance (self, 200);
  char *task = kith_store_new_id (desk->store);

  g_ptr_array_add (self->tasks, task);
  sim_desk_submit (desk, "task.add",
                   kith_json_new ("id", "s", task, "subject", "s", "Call back", own ? "due_on" : subject, "s", own ? "2026-04-01" : about,
                                  "staff", "s", !own && sim_chance (self, 400) ? sim_colleague (desk) : NULL, NULL),
                   NULL, 0);
}

/* Its words are put right, or it is for somebody else, now and then of another agency. */
static void
correct_task (Sim *self, SimDesk *desk, const char *task)
{
  g_autoptr (KithRecord) record = sim_desk_get (desk, "task", task);
  gboolean give = sim_chance (self, 400);
  const char *field = give ? "staff" : "subject", *old = record != NULL ? kith_record_string (record, field) : NULL;
  g_autofree char *mark = give ? NULL : sim_mark (self, "task");
  JsonObject *change = kith_json_new ("old", "s", old, "new", "s", give ? sim_colleague (desk) : mark, NULL);

  if (old == NULL)
    json_object_set_null_member (change, "old");
  sim_desk_submit (desk, "record.patch", kith_json_new ("t", "s", "task", "id", "s", task, "set", "o", kith_json_new (field, "o", change, NULL), NULL), mark,
                   sim_chance (self, 300) ? 8000 : 0);
}

static void
work_on_task (Sim *self, SimDesk *desk)
{
  const char *task = sim_pick_held (desk, "task", self->tasks);

  if (task == NULL)
    return;
  if (sim_corrects (self, 350))
    {
      correct_task (self, desk, task);
      return;
    }
  if (sim_chance (self, 600))
    sim_desk_submit (desk, "task.done", kith_json_new ("task", "s", task, NULL), NULL, sim_chance (self, 300) ? 8000 : 0);
  else
    sim_desk_submit (desk, "task.snooze", kith_json_new ("task", "s", task, "until", "s", "2027-01-01T08:00:00.000Z", NULL), NULL, 0);
}

/* A supervisor moves what somebody holds, or one client of it, and takes a move back; others try. */
static void
move_caseload (Sim *self, SimDesk *desk)
{
  const char *back = sim_chance (self, 400) ? sim_pick_held (desk, "transfer", self->transfers) : NULL;
  const char *client = sim_chance (self, 500) ? sim_pick_held (desk, "client", self->clients) : NULL;
  const char *from = sim_colleague (desk), *to = sim_colleague (desk);
  JsonArray *moves = NULL;
  char *id;

  if (back != NULL)
    {
      sim_desk_submit (desk, "caseload.undo", kith_json_new ("transfer", "s", back, NULL), NULL, 0);
      return;
    }
  id = kith_store_new_id (desk->store);
  g_ptr_array_add (self->transfers, id);
  if (client != NULL)
    {
      moves = json_array_new ();
      json_array_add_object_element (moves, kith_json_new ("client", "s", client, "from", "s", from, "to", "s", to, NULL));
    }
  sim_desk_submit (desk, "caseload.transfer",
                   kith_json_new ("transfer", "s", id, "from", "s", moves != NULL ? NULL : from, "to", "s", moves != NULL ? NULL : to, "moves", "a",
                                  moves, NULL),
                   NULL, 0);
}

void
sim_workload_case (Sim *self, SimDesk *desk)
{
  guint drawn = sim_below (self, 100);
  const char *id = sim_pick_held (desk, "case", self->cases);
  g_autoptr (KithRecord) of = NULL;

  if (self->cases->len < 2 || (drawn < 15 && self->cases->len < SIM_MAX_CASES))
    {
      open_case (self, desk);
      return;
    }
  if (drawn >= 36 && drawn < 42)
    {
      move_caseload (self, desk);
      return;
    }
  if (drawn < 45 || id == NULL)
    {
      assign (self, desk);
      return;
    }
  of = sim_desk_get (desk, "case", id);
  if (drawn < 58)
    end_case (self, desk, id, of);
  else if (drawn < 78)
    write_note (self, desk, id);
  else if (drawn < 84)
    write_other (self, desk, id);
  else if (drawn < 93)
    add_task (self, desk, id);
  else
    work_on_task (self, desk);
}
