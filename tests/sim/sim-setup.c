/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-id.h"

/* Three agencies that refer to each other: A and B with two desks, C with one; 2-1-1 on some days. */

static const struct
{
  const char *login;
  guint agency;
  const char *level, *role, *duties;
  gboolean health, desk;
} cast[] = {
  { "ann", 0, "standard", "referral_manager", "supervisor,agency_admin", TRUE, TRUE },
  { "abe", 0, "standard", "care_coordinator", "", FALSE, TRUE },
  { "bob", 1, "standard", "referral_manager", "agency_admin", FALSE, TRUE },
  { "bea", 1, "standard", "care_coordinator", "", TRUE, TRUE },
  { "cyd", 2, "standard", "referral_manager", "supervisor,agency_admin", FALSE, TRUE },
  { "ada", 0, "standard", "referral_manager", "", FALSE, FALSE },
  { "bix", 1, "standard", "care_coordinator", "supervisor", TRUE, FALSE },
  { "cal", 2, "standard", "care_coordinator", "privacy_officer", TRUE, FALSE },
  { "pam", 1, "portal", "care_coordinator", "", FALSE, TRUE },
  { "net", SIM_N_AGENCIES, "network", "care_coordinator", "", FALSE, FALSE },
};

static void
add_directory (Sim *self, const char *t, const char *source_id, JsonObject *body)
{
  sim_hub_submit (self, "directory.put", kith_json_new ("t", "s", t, "source", "s", "sim", "source_id", "s", source_id, "body", "o", body, NULL));
}

static void
make_directory (Sim *self)
{
  for (guint i = 0; i < SIM_N_AGENCIES; i++)
    {
      g_autofree char *source_id = g_strdup_printf ("org%u", i);
      g_autofree char *key = g_strconcat ("sim/", source_id, NULL);
      g_autofree char *name = g_strdup_printf ("Agency %c", 'A' + (char) i);

      add_directory (self, "organization", source_id, kith_json_new ("name", "s", name, "description", "s", "Helps people", NULL));
      self->agencies[i] = kith_id_natural ("organization", key);
      add_directory (self, "program", source_id, kith_json_new ("organization_id", "s", self->agencies[i], "name", "s", "Shelter", NULL));
    }
  for (guint i = 0; i < SIM_N_SERVICES; i++)
    {
      const char *agency = self->agencies[i % SIM_N_AGENCIES];
      g_autofree char *source_id = g_strdup_printf ("svc%u", i);
      g_autofree char *key = g_strconcat ("sim/", source_id, NULL);
      g_autofree char *name = g_strdup_printf ("Service %u", i);

      add_directory (self, "service", source_id, kith_json_new ("organization_id", "s", agency, "name", "s", name, "status", "s", "active", NULL));
      self->services[i] = kith_id_natural ("service", key);
      sim_hub_submit (self, "service.set_direct", kith_json_new ("service", "s", self->services[i], "direct", "b", TRUE, NULL));
    }
}

/* One as queues begin, one with two statuses for one phase and none for several. */
static void
make_queues (Sim *self)
{
  static const char *const short_list[][2] = { { "New", "sent" }, { "First call", "contacting" }, { "Second call", "contacting" }, { "Done", "closed_resolved" } };

  for (guint i = 0; i < SIM_N_QUEUES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Queue %u", i);
      JsonArray *statuses = i == 1 ? json_array_new () : NULL;

      for (guint k = 0; statuses != NULL && k < G_N_ELEMENTS (short_list); k++)
        json_array_add_object_element (statuses, kith_json_new ("name", "s", short_list[k][0], "phase", "s", short_list[k][1], NULL));
      self->queues[i] = kith_id_new (KITH_CLOCK (self->hub_clock), self->random);
      if (!sim_hub_submit (self, "queue.create", kith_json_new ("id", "s", self->queues[i], "name", "s", name, "statuses", "a", statuses, NULL)))
        sim_fail (self, "setup", "queue.create refused %s", name);
    }
}

JsonObject *
sim_form_args (Sim *self)
{
  JsonArray *questions = json_array_new ();

  json_array_add_object_element (questions, kith_json_new ("key", "s", "rooms", "text", "s", "How many rooms?", "type", "s", "text", "required", "b", self->form_required, NULL));
  json_array_add_object_element (questions, kith_json_new ("key", "s", "meds", "text", "s", "Which medicines?", "type", "s", "long_text", "health", "b", TRUE, NULL));
  return kith_json_new ("id", "s", self->form, "use", "s", "service", "record", "s", self->services[0], "name", "s", "Before you come", "questions", "a", questions, NULL);
}

/* One service asks something, also about health. */
static void
make_form (Sim *self)
{
  self->form = kith_id_new (KITH_CLOCK (self->hub_clock), self->random);
  if (!sim_hub_submit (self, "form.put", sim_form_args (self)))
    sim_fail (self, "setup", "form.put refused");
}

SimPerson *
sim_add_person (Sim *self, const char *id, const char *login, guint agency)
{
  SimPerson *person = g_new0 (SimPerson, 1);

  person->id = g_strdup (id);
  person->login = g_strdup (login);
  person->agency = agency;
  g_ptr_array_add (self->people, person);

  return person;
}

/* Everybody's authenticator follows from the login. */
void
sim_set_account (KithHub *hub, const char *login, const char *staff)
{
  g_autoptr (GError) error = NULL;
  guint8 auth[32] = { 0 };

  g_strlcpy ((char *) auth, login, sizeof auth);
  if (!kith_hub_set_account (hub, login, staff, auth, sizeof auth, &error))
    g_error ("no account for %s: %s", login, error->message);
}

void
sim_give_account (Sim *self, SimPerson *person)
{
  sim_twin_note (self, SIM_ASK_ACCOUNT, NULL, person->login, person->id, NULL, NULL, NULL);
  sim_set_account (self->hub, person->login, person->id);
  person->account = TRUE;
}

/* Those of the agency's services somebody lists: now and then with a role of their own (U12). */
static JsonArray *
draw_services (Sim *self, guint agency)
{
  JsonArray *services = json_array_new ();

  for (guint s = agency; s < SIM_N_SERVICES; s += SIM_N_AGENCIES)
    if (sim_chance (self, 800))
      {
        const char *role = sim_chance (self, 300) ? "referral_manager" : NULL;

        json_array_add_object_element (services, kith_json_new ("service", "s", self->services[s], "role", "s", role, NULL));
      }

  return services;
}

static void
add_cast (Sim *self, guint i)
{
  g_autofree char *id = kith_id_new (KITH_CLOCK (self->hub_clock), self->random);
  g_autofree char *email = g_strconcat (cast[i].login, "@example.org", NULL);
  const char *agency = cast[i].agency < SIM_N_AGENCIES ? self->agencies[cast[i].agency] : NULL;
  g_auto (GStrv) duties = g_strsplit (cast[i].duties, ",", -1);
  JsonArray *duty_list = json_array_new ();
  JsonArray *services = agency != NULL && g_str_equal (cast[i].level, "standard") ? draw_services (self, cast[i].agency) : NULL;
  SimPerson *person;

  for (guint d = 0; duties[d] != NULL && *duties[d] != '\0'; d++)
    json_array_add_string_element (duty_list, duties[d]);
  if (!sim_hub_submit (self, "staff.add",
                       kith_json_new ("id", "s", id, "agency", "s", agency, "given_name", "s", cast[i].login, "family_name", "s", "Doe",
                                      "email", "s", email, "level", "s", cast[i].level, "role", "s", cast[i].role, "duties", "a", duty_list,
                                      "health_access", "b", cast[i].health, "trained", "b", TRUE, "login", "s", cast[i].login, "services",
                                      "a", services, NULL)))
    {
      sim_fail (self, "setup", "staff.add refused %s", cast[i].login);
      return;
    }
  if (g_str_equal (cast[i].level, "portal"))
    {
      sim_hub_submit (self, "portal.assign", kith_json_new ("staff", "s", id, "resource", "s", self->services[cast[i].agency], NULL));
      sim_hub_submit (self, "portal.set_permissions", kith_json_new ("staff", "s", id, "edits_capacity", "b", TRUE, "changes_status", "b", TRUE, NULL));
    }
  person = sim_add_person (self, id, cast[i].login, cast[i].agency);
  if (cast[i].desk || (g_str_equal (cast[i].level, "network") && sim_chance (self, 300)))
    {
      sim_give_account (self, person);
      sim_desk_new (self, person);
    }
}

static const char *
id_of (Sim *self, const char *login)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      SimPerson *person = g_ptr_array_index (self->people, i);

      if (g_str_equal (person->login, login))
        return person->id;
    }
  return NULL;
}

/* Most have one, so that a new case has somebody beside its author (A5). */
static void
set_supervisors (Sim *self)
{
  static const char *const pairs[][2] = { { "abe", "ann" }, { "ada", "ann" }, { "bob", "bix" }, { "bea", "bix" }, { "cal", "cyd" } };

  for (guint i = 0; self->failure == NULL && i < G_N_ELEMENTS (pairs); i++)
    sim_hub_submit (self, "staff.set_supervisor", kith_json_new ("staff", "s", id_of (self, pairs[i][0]), "supervisor", "s", id_of (self, pairs[i][1]), NULL));
}

void
sim_setup (Sim *self)
{
  sim_hub_open (self);
  make_directory (self);
  make_queues (self);
  make_form (self);
  for (guint i = 0; self->failure == NULL && i < G_N_ELEMENTS (cast); i++)
    add_cast (self, i);
  set_supervisors (self);
  sim_check_access (self, "*");
}
