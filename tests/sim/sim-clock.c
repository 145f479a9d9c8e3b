/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-store-private.h"

/* The hub's clock jumps: days back, years ahead or back, for a while. Such a clock is not believed (src/hub/core/kith-hub-time.c): as long as it is
 * wrong nothing is answered but 503, nothing ends and nothing is written; with the clock right again all goes on. Now and then it is some weeks ahead
 * and whoever runs the hub says that it is right: from there on that is the time. */

#define MOST_ACCEPTED 4 /* in a year: what the hub is to keep it keeps for longer (sync.md 2.12) */

static gboolean in_doubt;

void
sim_clock_draw (Sim *self)
{
  in_doubt = FALSE;
  if (self->faults.restore == 0 && kith_random_below (self->clock_random, 1000) < 150) /* a copy that is made meanwhile is not looked at here */
    self->faults.clock = 5 + kith_random_below (self->clock_random, 40);
}

gboolean
sim_clock_in_doubt (void)
{
  return in_doubt;
}

/* While its clock is wrong the hub says so, and no other warning comes of that. */
gboolean
sim_clock_causes (const char *warning)
{
  return in_doubt && g_str_has_prefix (warning, "The clock of this computer says ");
}

static void
move (Sim *self, gint64 ms)
{
  kith_manual_clock_set_wall (self->hub_clock, kith_clock_wall_ms (KITH_CLOCK (self->hub_clock)) + ms);
}

/* Also when the faults stop. */
void
sim_clock_set_right (Sim *self)
{
  if (!in_doubt)
    return;
  move (self, -self->clock_off);
  self->clock_off = 0;
  in_doubt = FALSE;
  sim_log (self, "the hub's clock is right again");
}

static void
accept (Sim *self)
{
  g_autoptr (GError) error = NULL;

  self->clock_off = 0;
  self->n_accepted++;
  if (!kith_hub_accept_clock (self->hub, &error))
    sim_fail (self, "hub", "its clock is not accepted: %s", error->message);
  in_doubt = FALSE;
  sim_log (self, "whoever runs the hub says that its clock is right");
}

static void
jump (Sim *self)
{
  static const gint64 spans[] = { -10 * SIM_MS_YEAR, -48 * SIM_MS_HOUR, 2 * SIM_MS_YEAR, 10 * SIM_MS_YEAR, 40 * 24 * SIM_MS_HOUR };
  guint n = G_N_ELEMENTS (spans) - (self->n_accepted == MOST_ACCEPTED);

  self->clock_off = spans[kith_random_below (self->clock_random, n)];
  in_doubt = TRUE;
  self->n_clock++;
  move (self, self->clock_off);
  sim_log (self, "the hub's clock jumps by %" G_GINT64_FORMAT " ms", self->clock_off);
  if (self->clock_off == spans[G_N_ELEMENTS (spans) - 1]) /* started anew it would be believed: a hub may have been off for that long */
    accept (self);
}

/* A hub whose clock was just set ahead has another time than a computer that has not heard of it: each goes by its own. */
gboolean
sim_clock_is_known (SimDesk *desk)
{
  return desk->sim->n_accepted == 0 || ABS (kith_store_hub_ms (desk->store) - sim_wall (desk->sim)) < SIM_MS_HOUR;
}

/* What was dealt with is kept for thirty days by the hub's time, what was taken away for seven (sync.md 2.3, 2.4): where its clock was set ahead weeks of
 * it went by at once. */
gboolean
sim_clock_is_over (const SimDesk *desk, const SimOp *op, gboolean sent)
{
  return desk->sim->n_accepted > 0 && (sent || op->settled || desk->n_forgets > op->n_forgets);
}

/* Now and then, before somebody works. */
void
sim_clock_step (Sim *self)
{
  if (self->faults.clock == 0)
    return;
  if (in_doubt && kith_random_below (self->clock_random, 1000) < 250)
    sim_clock_set_right (self);
  else if (!in_doubt && kith_random_below (self->clock_random, 1000) < self->faults.clock)
    jump (self);
}

/* answer: to what was asked; NULL: to nobody. */
void
sim_clock_check (Sim *self, const KithHubAnswer *answer, gint64 q)
{
  if (!in_doubt)
    return;
  if (answer != NULL && answer->status != 503 && answer->status != 413) /* how much there is does not depend on the time */
    sim_fail (self, "I19", "a hub whose clock is wrong answers %u", answer->status);
  if (kith_hub_get_q (self->hub) != q)
    sim_fail (self, "I19", "a hub whose clock is wrong wrote something");
}
