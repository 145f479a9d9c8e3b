/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* In half of the seeds what somebody wrote is put right later: a task's words and for whom it is, an enrollment's day, an assessment that was of somebody else;
 * and a consent may be on a paper of some days ago. By a random stream of its own: seeds from before there was that are what they were. By another one, in half
 * of those, the days of who worked with a client; and clients ask for restrictions too. */

struct _SimCorrected
{
  KithRandom *random, *later; /* later: of what came after there was the first */
  gboolean on, requests;
};

void
sim_corrected_draw (Sim *self)
{
  self->corrected = g_new0 (SimCorrected, 1);
  self->corrected->random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x636f727265637400));
  self->corrected->on = kith_random_below (self->corrected->random, 1000) < 500 && sim_faults_has ("corrected");
  self->corrected->later = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x7265717565737473));
  self->corrected->requests = kith_random_below (self->corrected->later, 1000) < 500 && self->corrected->on && sim_faults_has ("requests");
}

void
sim_corrected_free (SimCorrected *self)
{
  kith_random_free (self->random);
  kith_random_free (self->later);
  g_free (self);
}

/* What a client asks for; NULL: a correction, as in the seeds from before there was anything else. */
const char *
sim_corrected_type (Sim *self)
{
  return !sim_requests (self, 500) ? NULL : sim_requests (self, 700) ? "restriction" : "contact";
}

/* From when to when somebody worked with a client is put right; now and then without having read what stands there. */
gboolean
sim_correct_member (Sim *self, SimDesk *desk, const char *client)
{
  static const char *const days[] = { "2020-01-01", "2019-12-24", "2020-03-01" }; /* the last is after the end, where there is one */
  g_autoptr (GPtrArray) held = sim_requests (self, 400) ? kith_world_find (kith_store_get_world (desk->store), NULL, "care_team_member", "client", client, NULL, NULL) : NULL;
  KithRecord *member = held != NULL && held->len > 0 ? held->pdata[kith_random_below (self->corrected->later, held->len)] : NULL;
  gboolean end = sim_requests (self, 300), read = sim_requests (self, 800);
  const char *field = end ? "ended_on" : "started_on", *old, *new = days[kith_random_below (self->corrected->later, 3)];
  JsonObject *change;

  if (member == NULL)
    return FALSE;
  old = read ? kith_record_string (member, field) : days[0];
  change = kith_json_new ("old", "s", old, "new", "s", new, NULL);
  sim_desk_submit (desk, "record.patch",
                   kith_json_new ("t", "s", "care_team_member", "id", "s", kith_record_get_id (member), "set", "o", kith_json_new (field, "o", change, NULL), NULL), NULL, 0);
  return TRUE;
}

/* Of what came later: whether this time, of a thousand. */
gboolean
sim_requests (Sim *self, guint chance)
{
  return self->corrected->requests && kith_random_below (self->corrected->later, 1000) < chance;
}

/* Whether this time, of a thousand. */
gboolean
sim_corrects (Sim *self, guint chance)
{
  return self->corrected->on && kith_random_below (self->corrected->random, 1000) < chance;
}
