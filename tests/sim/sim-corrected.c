/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* In half of the seeds what somebody wrote is put right later: a task's words and for whom it is, an enrollment's day, an assessment that was of somebody else;
 * and a consent may be on a paper of some days ago. By a random stream of its own: seeds from before there was that are what they were. */

struct _SimCorrected
{
  KithRandom *random;
  gboolean on;
};

void
sim_corrected_draw (Sim *self)
{
  self->corrected = g_new0 (SimCorrected, 1);
  self->corrected->random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x636f727265637400));
  self->corrected->on = kith_random_below (self->corrected->random, 1000) < 500 && sim_faults_has ("corrected");
}

void
sim_corrected_free (SimCorrected *self)
{
  kith_random_free (self->random);
  g_free (self);
}

/* Whether this time, of a thousand. */
gboolean
sim_corrects (Sim *self, guint chance)
{
  return self->corrected->on && kith_random_below (self->corrected->random, 1000) < chance;
}
