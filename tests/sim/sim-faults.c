/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* What goes wrong: a seed draws which faults it has, and how often (swarm testing: with all of them at once, rare orders stay rare). */

/* What came later than others: a seed that failed before there was that fault is run without it, to stay the one it was. */
static const char *const named[] = { "pair", "enclosed", "old", "rescue", "asked", "oldhub", "typed", "papers", "kilobyte", "corrected", "requests", "anew", "assess", "mended" };
static guint left_out;

guint
sim_faults_named (const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, ",", -1);
  guint bits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    bits |= g_strv_contains ((const char *const *) list, named[i]) ? 1u << i : 0;
  return bits;
}

void
sim_faults_leave_out (guint bits)
{
  left_out = bits;
}

gboolean
sim_faults_has (const char *name)
{
  return (left_out & sim_faults_named (name)) == 0;
}

static guint
draw (Sim *self, guint chance, guint rate)
{
  return sim_chance (self, chance) ? 1 + sim_below (self, rate) : 0;
}

void
sim_faults_draw (Sim *self)
{
  SimFaults *faults = &self->faults;

  faults->drop_request = draw (self, 400, 200);
  faults->drop_answer = draw (self, 400, 200);
  faults->duplicate = draw (self, 400, 200);
  faults->cut = draw (self, 300, 150);
  faults->portal = draw (self, 200, 60);
  faults->slow = draw (self, 400, 250);
  faults->expired = draw (self, 300, 25);
  faults->stale = draw (self, 300, 60);
  faults->partition = draw (self, 400, 40);
  faults->crash_hub = draw (self, 300, 30);
  faults->crash_desk = draw (self, 300, 40);
  faults->crash_inside = draw (self, 300, 30);
  faults->jump = draw (self, 400, 25);
  faults->damage = draw (self, 400, 50);
  faults->forge = draw (self, 400, 300);
  faults->take_away = draw (self, 400, 150);
  faults->pause = draw (self, 400, 500);
  faults->skew = sim_chance (self, 400);
  faults->small_pages = sim_chance (self, 400);
  faults->refresh = sim_chance (self, 300);
  faults->files = kith_random_below (self->late_random, 1000) < 250;
  if (kith_random_below (self->late_random, 1000) < 200)
    {
      faults->restore = 3 + kith_random_below (self->late_random, 25);
      faults->jump = 0; /* a clock that is years ahead ends the archive from which it is sent again */
    }
  sim_busy_draw (self);
  sim_full_draw (self);
  sim_restore_draw (self);
  sim_fork_draw (self);
  sim_capacity_draw (self);
  sim_clock_draw (self);
  sim_draft_draw (self);
  sim_upgrade_draw (self);
  sim_pair_draw (self);
  sim_old_draw (self);
  sim_rescue_draw (self);
  sim_lookup_draw (self);
  sim_corrected_draw (self);
  sim_old_hub_draw (self);
  sim_typed_draw (self);
  sim_papers_draw (self);
  sim_anew_draw (self);
  sim_mended_draw (self);
}

static void
jump (Sim *self, SimDesk *desk)
{
  static const gint64 spans[] = { -10 * SIM_MS_YEAR, -SIM_MS_HOUR, SIM_MS_HOUR, 48 * SIM_MS_HOUR, 10 * SIM_MS_YEAR };
  gint64 span = spans[sim_below (self, G_N_ELEMENTS (spans))];

  kith_manual_clock_set_wall (desk->clock, sim_wall (self) + span);
}

/* Now and then, before somebody works. */
void
sim_faults_step (Sim *self)
{
  SimDesk *desk = g_ptr_array_index (self->desks, sim_below (self, self->desks->len));

  if (sim_chance (self, self->faults.partition))
    {
      desk->cut_off = !desk->cut_off;
      sim_log (self, "desk %u %s", desk->index, desk->cut_off ? "is cut off" : "is connected");
    }
  else if (desk->cut_off && sim_chance (self, 100))
    {
      desk->cut_off = FALSE;
    }
  if (!desk->cut_off && !desk->closed)
    {
      kith_sync_engine_nudge (desk->engine);
      desk->dirty = TRUE;
    }
  sim_restore_step (self);
  sim_fork_step (self);
  sim_clock_step (self);
  sim_upgrade_step (self);
  sim_pair_step (self);
  sim_old_step (self);
  sim_rescue_step (self);
  sim_old_hub_step (self);
  sim_lookup_step (self);
  sim_typed_step (self);
  sim_papers_step (self);
  sim_anew_step (self);
  sim_mended_step (self);
  if (sim_chance (self, self->faults.crash_hub))
    sim_hub_crash (self);
  if (!desk->closed && sim_chance (self, self->faults.crash_desk))
    sim_desk_crash (desk);
  if (sim_chance (self, self->faults.damage))
    sim_damage_desk (desk);
  if (self->faults.skew && sim_chance (self, self->faults.jump))
    jump (self, desk);
}

/* The network is whole again, nobody works, every engine tries at once. */
void
sim_faults_stop (Sim *self)
{
  self->calm = TRUE;
  sim_clock_set_right (self);
  sim_old_hub_stop (self);
  for (guint i = 0; i < self->desks->len; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      desk->cut_off = FALSE;
      desk->away_until = 0;
      sim_old_stop (desk);
      if (!desk->closed)
        kith_sync_engine_nudge (desk->engine);
      desk->dirty = TRUE;
    }
  sim_hub_tick (self);
}
