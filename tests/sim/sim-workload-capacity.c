/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* People who count: free places of their services, now and then from memory, planned, and holds put right by hand. */

static const char *
draw_service (Sim *self, SimDesk *desk)
{
  guint agency = desk->person->agency % SIM_N_AGENCIES;
  guint n = (SIM_N_SERVICES - agency + SIM_N_AGENCIES - 1) / SIM_N_AGENCIES;

  if (sim_chance (self, 60))
    return self->services[sim_below (self, SIM_N_SERVICES)];
  return self->services[agency + SIM_N_AGENCIES * sim_below (self, n)];
}

/* A random of its own: seeds without these words are as they were. */
static gboolean
assesses (Sim *self, guint chance)
{
  return self->assess_random != NULL && kith_random_below (self->assess_random, 1000) < chance;
}

void
sim_capacity_draw (Sim *self)
{
  if (sim_faults_has ("assess"))
    self->assess_random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x6173736573730000));
  self->faults.terms = sim_later_chance (self, 300);
  self->faults.kept = sim_later_chance (self, 400);
  self->faults.unasked = sim_later_chance (self, 400);
}

/* For how long the number is good: of a day, a week, a month, now and then of one that is over, or until a day that is said. */
static void
add_terms (Sim *self, JsonObject *args)
{
  static const char *const periods[] = { "now", "day", "week", "month" };
  gint64 day = sim_wall (self) + ((gint64) sim_later_below (self, 4) - 1) * 24 * SIM_MS_HOUR;
  g_autofree char *until = kith_time_format (day);
  g_autofree char *at = kith_time_format (sim_wall (self) - (gint64) sim_later_below (self, 40 * 24) * SIM_MS_HOUR);

  until[strlen ("2026-11-22")] = '\0';
  if (sim_later_chance (self, 500))
    json_object_set_string_member (args, "period", periods[sim_later_below (self, G_N_ELEMENTS (periods))]);
  if (sim_later_chance (self, 300))
    json_object_set_string_member (args, "until", until);
  else if (sim_later_chance (self, 200))
    json_object_set_null_member (args, "until");
  if (sim_later_chance (self, 200))
    json_object_set_string_member (args, "observed_at", at);
  if (assesses (self, 200))
    json_object_set_boolean_member (args, "assess_first", assesses (self, 500));
  if (assesses (self, 200))
    json_object_set_string_member (args, "kind", assesses (self, 500) ? "assess" : "service");
}

/* How many there are in all, and how many of them no referral gets: now and then more than fits, which is refused. */
static void
add_kept (Sim *self, JsonObject *args)
{
  if (sim_later_chance (self, 500))
    json_object_set_int_member (args, "maximum", 2 + sim_later_below (self, 4));
  if (sim_later_chance (self, 500))
    json_object_set_int_member (args, "reserved", sim_later_below (self, 3));
}

static void
observe (Sim *self, SimDesk *desk)
{
  g_autofree char *note = sim_mark (self, "places");
  JsonObject *args = kith_json_new ("service", "s", draw_service (self, desk), "unit", "s", sim_chance (self, 800) ? "bed" : "slot", "note", "s",
                                    note, NULL);

  if (sim_chance (self, 850))
    json_object_set_int_member (args, "free", sim_below (self, 4));
  else if (sim_chance (self, 666)) /* else words about the count that stands */
    json_object_set_string_member (args, "status", sim_chance (self, 500) ? "open" : "waitlist");
  if (sim_chance (self, 300))
    {
      g_autofree char *at = kith_time_format (sim_wall (self) - (gint64) sim_below (self, 3 * SIM_MS_HOUR));

      json_object_set_string_member (args, "observed_at", at);
    }
  if (self->faults.terms)
    add_terms (self, args);
  if (self->faults.kept)
    add_kept (self, args);
  sim_desk_submit (desk, "capacity.observe", args, NULL, 0);
}

static void
plan (Sim *self, SimDesk *desk)
{
  static const char *const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  char *id = kith_store_new_id (desk->store);
  g_autofree char *hour = g_strdup_printf ("%02u:%02u", sim_below (self, 24), sim_below (self, 60));
  JsonArray *weekdays = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (i == 0 || sim_chance (self, 500))
      json_array_add_string_element (weekdays, days[i]);
  g_ptr_array_add (self->plans, id);
  sim_desk_submit (desk, "capacity.schedule",
                   kith_json_new ("id", "s", id, "service", "s", draw_service (self, desk), "unit", "s", "bed", "hour", "s", hour, "free", "i",
                                  (gint64) sim_below (self, 4), "weekdays", "a", weekdays, NULL),
                   NULL, 0);
}

static void
stop (Sim *self, SimDesk *desk)
{
  sim_desk_submit (desk, "capacity.stop",
                   kith_json_new ("service", "s", draw_service (self, desk), "unit", "s", sim_chance (self, 300) ? "bed" : "slot", NULL), NULL, 0);
}

void
sim_workload_capacity (Sim *self, SimDesk *desk)
{
  static const char *const holds[] = { "hold.place", "hold.release", "hold.convert" };
  guint draw = sim_below (self, 1000);
  const char *id;

  if (draw < 570)
    observe (self, desk);
  else if (draw < 600)
    stop (self, desk);
  else if (draw < 700)
    plan (self, desk);
  else if (draw < 750)
    {
      id = sim_pick_held (desk, "capacity_plan", self->plans);
      if (id != NULL)
        sim_desk_submit (desk, "capacity.cancel", kith_json_new ("plan", "s", id, NULL), NULL, 0);
    }
  else
    {
      id = sim_pick_held (desk, "referral", self->referrals);
      if (id != NULL)
        sim_desk_submit (desk, holds[sim_below (self, G_N_ELEMENTS (holds))], kith_json_new ("referral", "s", id, NULL), NULL, 0);
    }
}
