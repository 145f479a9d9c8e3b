/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* Two computers of one person, signed in at once: two lanes, each with an outbox, a cursor and numbers of its own, and one that often is away for a
 * while, is lost and revoked, or put back from an image of its disk. They act on the same things, each as it shows them: what one has done the other
 * has not heard of. All that must hold of any desk holds of both; and one that is revoked takes nothing from the other (I21), which learns nothing of
 * what became of the first one's operations but by their rows. */

#define MOST_DESKS (SIM_MAX_DESKS + 2)

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->pair_random, bound);
}

static gboolean
chance (Sim *self, guint per_mille)
{
  return below (self, 1000) < per_mille;
}

void
sim_pair_draw (Sim *self)
{
  if (chance (self, 250) && sim_faults_has ("pair"))
    self->faults.pair = 10 + below (self, 50);
}

/* In use, and not the only one of its person. NULL: there is none. */
static SimDesk *
find_other (SimDesk *desk)
{
  Sim *self = desk->sim;

  for (guint i = 0; i < self->desks->len; i++)
    {
      SimDesk *other = self->desks->pdata[i];

      if (other != desk && other->person == desk->person && !other->closed && !other->revoked)
        return other;
    }
  return NULL;
}

static void
add (Sim *self, SimDesk *first)
{
  SimDesk *second;

  if (self->desks->len >= MOST_DESKS || first->closed || first->revoked || g_hash_table_contains (self->left, first->person->id))
    return;
  second = sim_desk_new (self, first->person);
  self->n_paired++;
  sim_log (self, "%s has desk %u beside desk %u", first->person->login, second->index, first->index);
}

/* For as long as the others take for many rounds. */
static void
go_away (SimDesk *desk)
{
  desk->away_until = desk->sim->now + (1 + below (desk->sim, 60)) * SIM_MS_SECOND;
  sim_log (desk->sim, "desk %u is away", desk->index);
}

static void
part (Sim *self, SimDesk *desk, SimDesk *other)
{
  switch (below (self, 8))
    {
    case 0:
      if (chance (self, 400))
        sim_hub_revoke (self, desk);
      break;
    case 1:
      sim_fork_image (desk);
      break;
    case 2:
    case 3:
      go_away (chance (self, 500) ? desk : other);
      break;
    default:
      if (desk->damage == NULL && other->damage == NULL)
        sim_workload_both (self, desk, other, below (self, 6));
      break;
    }
}

/* Before somebody works. */
void
sim_pair_step (Sim *self)
{
  SimDesk *desk, *other;

  if (self->faults.pair == 0 || !chance (self, self->faults.pair))
    return;
  desk = self->desks->pdata[below (self, self->desks->len)];
  for (guint i = 0; i < self->desks->len && find_other (desk) == NULL; i++)
    desk = self->desks->pdata[(desk->index + 1) % self->desks->len];
  other = find_other (desk);
  if (other == NULL || chance (self, 30))
    add (self, desk);
  else if (!desk->closed && !desk->revoked)
    part (self, desk, other);
}

/* ---- what must hold ---- */

/* The hub says that it has nothing more to do with this desk. */
void
sim_pair_closed (SimDesk *desk)
{
  Sim *self = desk->sim;

  if (!desk->revoked && !g_hash_table_contains (self->left, desk->person->id) && self->n_restored == 0)
    sim_fail (self, "I21", "desk %u (%s) is told that it is closed, and is not", desk->index, desk->person->login);
}

/* An outcome goes to the lane whose operation it was. */
void
sim_pair_check_outcome (SimDesk *desk, const char *op_id)
{
  Sim *self = desk->sim;

  if (self->faults.pair == 0)
    return;
  for (guint d = 0; d < self->desks->len; d++)
    {
      SimDesk *other = self->desks->pdata[d];

      for (guint i = other->ops->len; other != desk && i > 0; i--)
        if (g_str_equal (((SimOp *) other->ops->pdata[i - 1])->op_id, op_id))
          sim_fail (self, "I4", "desk %u is told what became of an operation of desk %u", desk->index, d);
    }
}
