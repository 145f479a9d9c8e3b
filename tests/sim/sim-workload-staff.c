/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* Administrators at work: all of it online, answered at once or not at all. */

static void
online_done_cb (JsonObject *outcome, const GError *error, gpointer user_data)
{
  Sim *self = user_data;

  sim_log (self, "online: %s", outcome != NULL ? kith_json_string (outcome, "st") : error->message);
}

void
sim_online (SimDesk *desk, const char *op, JsonObject *args)
{
  sim_log (desk->sim, "desk %u %s (online)", desk->index, op);
  kith_sync_engine_submit_online (desk->engine, op, args, online_done_cb, desk->sim);
  json_object_unref (args);
  desk->dirty = TRUE;
}

static SimPerson *
draw_person (Sim *self, guint agency)
{
  for (guint i = 0; i < 10; i++)
    {
      SimPerson *person = g_ptr_array_index (self->people, sim_below (self, self->people->len));

      if (person->agency == agency || sim_chance (self, 30))
        return person;
    }

  return g_ptr_array_index (self->people, 0);
}

static JsonArray *
draw_list (Sim *self, const char *const *codes, guint n, guint per_mille)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < n; i++)
    if (sim_chance (self, per_mille))
      json_array_add_string_element (list, codes[i]);

  return list;
}

static JsonArray *
draw_services (Sim *self, guint agency)
{
  JsonArray *services = json_array_new ();

  for (guint s = agency % SIM_N_AGENCIES; s < SIM_N_SERVICES; s += SIM_N_AGENCIES)
    if (sim_chance (self, 700))
      json_array_add_object_element (services, kith_json_new ("service", "s", self->services[s], "role", "s",
                                                              sim_chance (self, 500) ? "referral_manager" : NULL, NULL));

  return services;
}

/* Somebody new; a person with an account gets a desk. */
static void
add_staff (Sim *self, SimDesk *desk)
{
  char *id = kith_store_new_id (desk->store);
  g_autofree char *login = sim_mark (self, "new");
  guint agency = desk->person->agency;
  gboolean trained = sim_chance (self, 850);

  if (agency >= SIM_N_AGENCIES || self->people->len > 20)
    {
      g_free (id);
      return;
    }
  sim_add_person (self, id, login, agency);
  sim_online (desk, "staff.add",
              kith_json_new ("id", "s", id, "agency", "s", self->agencies[agency], "given_name", "s", login, "family_name", "s", "Roe", "level",
                             "s", sim_chance (self, 900) ? "standard" : "portal", "role", "s",
                             sim_chance (self, 400) ? "referral_manager" : "care_coordinator", "health_access", "b", sim_chance (self, 300),
                             "trained", "b", trained, "login", "s", login, "services", "a", draw_services (self, agency), NULL));
  g_free (id);
}

/* Whoever was added gets a computer of the own, once. */
static void
open_desk (Sim *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      SimPerson *person = g_ptr_array_index (self->people, i);
      g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (self->mirror), "staff", person->id, NULL);
      gboolean has_desk = FALSE;

      for (guint d = 0; d < self->desks->len; d++)
        {
          SimDesk *desk = g_ptr_array_index (self->desks, d);

          has_desk |= desk->person == person && !desk->revoked;
        }
      if (staff != NULL && kith_record_bool (staff, "active") && !has_desk && self->desks->len < SIM_MAX_DESKS && sim_chance (self, 200))
        {
          sim_give_account (self, person);
          sim_desk_new (self, person);
          return;
        }
    }
}

static void
change_staff (Sim *self, SimDesk *desk)
{
  static const char *const duties[] = { "supervisor", "agency_admin", "privacy_officer" };
  static const char *const skills[] = { "housing", "health", "legal" };
  SimPerson *person = draw_person (self, desk->person->agency);

  switch (sim_below (self, 8))
    {
    case 0:
      sim_online (desk, "staff.change_role", kith_json_new ("staff", "s", person->id, "role", "s",
                                                            sim_chance (self, 500) ? "referral_manager" : "care_coordinator", NULL));
      break;
    case 1:
      sim_online (desk, "staff.set_duties", kith_json_new ("staff", "s", person->id, "duties", "a", draw_list (self, duties, 3, 500), NULL));
      break;
    case 2:
      sim_online (desk, "staff.set_health_access", kith_json_new ("staff", "s", person->id, "health_access", "b", sim_chance (self, 500), NULL));
      break;
    case 3:
      sim_online (desk, "staff.set_services",
                  kith_json_new ("staff", "s", person->id, "services", "a", draw_services (self, person->agency), NULL));
      break;
    case 4:
      sim_online (desk, "staff.set_supervisor", kith_json_new ("staff", "s", person->id, "supervisor", "s",
                                                               sim_chance (self, 800) ? draw_person (self, desk->person->agency)->id : NULL, NULL));
      break;
    case 5:
      sim_online (desk, "staff.set_skills", kith_json_new ("staff", "s", person->id, "skills", "a", draw_list (self, skills, 3, 500), NULL));
      break;
    case 6:
      sim_online (desk, "staff.set_leave", kith_json_new ("staff", "s", person->id, "away_from", "s", sim_chance (self, 500) ? "2026-03-02" : NULL, NULL));
      break;
    default:
      if (sim_chance (self, 400))
        sim_online (desk, "staff.deactivate", kith_json_new ("staff", "s", person->id, "reason", "s", "Left", NULL));
      break;
    }
}

/* What an account of the portal follows and may (P8 to P11); of any agency, so that it is refused too. */
static void
change_portal (Sim *self, SimDesk *desk)
{
  static const char *const switches[] = { "edits_capacity", "changes_status", "sees_details" };
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  JsonObject *args;

  for (guint i = 0; i < self->people->len; i++)
    {
      SimPerson *person = g_ptr_array_index (self->people, i);
      g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (self->mirror), "staff", person->id, NULL);

      if (staff != NULL && kith_record_is (staff, "level", "portal"))
        g_ptr_array_add (accounts, person);
    }
  if (accounts->len == 0)
    return;
  args = kith_json_new ("staff", "s", ((SimPerson *) g_ptr_array_index (accounts, sim_below (self, accounts->len)))->id, NULL);
  if (sim_chance (self, 400))
    {
      json_object_set_boolean_member (args, switches[sim_below (self, G_N_ELEMENTS (switches))], sim_chance (self, 600));
      sim_online (desk, "portal.set_permissions", args);
      return;
    }
  json_object_set_string_member (args, "resource", sim_chance (self, 700) ? self->services[sim_below (self, SIM_N_SERVICES)]
                                                                          : self->agencies[sim_below (self, SIM_N_AGENCIES)]);
  sim_online (desk, sim_chance (self, 700) ? "portal.assign" : "portal.remove", args);
}

static void
configure (Sim *self, SimDesk *desk)
{
  JsonObject *set = kith_json_new ("narrow", "b", sim_chance (self, 400), "response_days", "i", (gint64) 1 + sim_below (self, 3), NULL);

  if (desk->person->agency < SIM_N_AGENCIES)
    sim_online (desk, "agency.configure", kith_json_new ("agency", "s", self->agencies[desk->person->agency], "set", "o", set, NULL));
  else
    json_object_unref (set);
}

/* Holidays of the own agency, now and then of another or of all, which is refused. */
static void
set_holiday (Sim *self, SimDesk *desk)
{
  static const char *const days[] = { "2026-03-03", "2026-03-04", "2026-12-25" };
  guint agency = sim_chance (self, 850) ? desk->person->agency : sim_below (self, SIM_N_AGENCIES + 1);

  sim_desk_submit (desk, "calendar.set",
                   kith_json_new ("agency", "s", agency < SIM_N_AGENCIES ? self->agencies[agency] : NULL, "date", "s", days[sim_below (self, G_N_ELEMENTS (days))],
                                  "name", "s", "Holiday", "closed", "b", sim_chance (self, 600), NULL), NULL, 0);
}

/* Found in a search of the network; now and then by an id from anywhere, which opens nothing. */
static void
open_shared (Sim *self, SimDesk *desk)
{
  const char *id = sim_chance (self, 900) ? desk->found : sim_pick (self, self->clients);

  if (id == NULL)
    sim_look_up (desk);
  else
    sim_online (desk, "client.open_shared", kith_json_new ("client", "s", id, "reason", "s", "They stand at the desk", NULL));
}

/* A computer was lost: whoever had it gets another (open_desk()). */
static void
revoke_computer (Sim *self)
{
  SimDesk *lost = g_ptr_array_index (self->desks, sim_below (self, self->desks->len));

  if (!lost->closed && !lost->revoked)
    sim_hub_revoke (self, lost);
}

void
sim_workload_staff (Sim *self, SimDesk *desk)
{
  guint drawn = sim_below (self, 100);

  if (sim_chance (self, 250))
    open_shared (self, desk);
  else if (drawn < 3)
    set_holiday (self, desk);
  else if (drawn < 20)
    add_staff (self, desk);
  else if (drawn < 35)
    open_desk (self);
  else if (drawn < 50)
    configure (self, desk);
  else if (drawn < 62)
    change_portal (self, desk);
  else if (drawn < 65)
    revoke_computer (self);
  else
    change_staff (self, desk);
}
