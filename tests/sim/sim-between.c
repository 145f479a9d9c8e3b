/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* What others do in the moments that count: between the hub's answer to a push and the pull that brings its rows, and while somebody's words
 * wait to be sent. By chance alone these orders come about too seldom. */

/* The person the desk belongs to loses what it wrote in, the hub having taken it (I6: its images go with the scope, though its rows never came). */
void
sim_between_push_and_pull (SimDesk *desk)
{
  Sim *self = desk->sim;
  g_autofree char *client = NULL;

  if (self->calm || !sim_chance (self, self->faults.take_away))
    return;
  if (sim_chance (self, 400))
    {
      sim_hub_submit (self, "staff.change_role", kith_json_new ("staff", "s", desk->person->id, "role", "s",
                                                                sim_chance (self, 700) ? "care_coordinator" : "referral_manager", NULL));
      return;
    }
  sim_sql_text (kith_store_get_db (desk->store),
                "SELECT substr(s.name, 8) FROM scope s WHERE s.name LIKE 'client:%' AND s.sid IS NOT NULL ORDER BY "
                "EXISTS (SELECT 1 FROM op o JOIN op_row w ON w.i = o.i WHERE o.st = 'sent' AND w.scope = s.name) DESC, s.name LIMIT 1",
                NULL, &client);
  if (client != NULL)
    sim_hub_submit (self, "consent.revoke", kith_json_new ("client", "s", client, "reason", "s", "The client asked", NULL));
}

/* A service takes no direct referrals for a while: what waits to be sent to it is refused here. It takes them again at the moment when that
 * reaches the hub, which takes it all the same (I12). */
void
sim_between_sends (SimDesk *desk, const char *service)
{
  Sim *self = desk->sim;

  if (self->calm || service == NULL || self->pausing != NULL || !sim_chance (self, self->faults.pause))
    return;
  for (guint s = 0; s < SIM_N_SERVICES; s++)
    if (g_str_equal (self->services[s], service))
      self->pausing = self->services[s];
  self->paused = desk;
  self->resume_at = self->now + 12 * SIM_MS_SECOND; /* at the latest */
  sim_hub_submit (self, "service.set_direct", kith_json_new ("service", "s", self->pausing, "direct", "b", FALSE, NULL));
}

static void
resume (Sim *self)
{
  const char *service = self->pausing;

  self->pausing = NULL;
  sim_hub_submit (self, "service.set_direct", kith_json_new ("service", "s", service, "direct", "b", TRUE, NULL));
}

void
sim_between_step (Sim *self)
{
  if (self->pausing != NULL && self->now >= self->resume_at)
    resume (self);
}

/* Before the hub reads it. */
void
sim_between_ask (SimDesk *desk, const char *path)
{
  Sim *self = desk->sim;

  if (self->pausing != NULL && self->paused == desk && g_str_has_prefix (path, KITH_PATH_PUSH))
    resume (self);
}
