/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The staff of each agency: a supervisor, a referral manager and care coordinators, who speak different languages, take different kinds
 * of case and have more or less to do. */

#include "kith-demo-private.h"

#include "kith-clock.h"
#include "kith-console.h"

static gboolean
add_staff (KithDemo *demo, guint i, const char *login, const char *kind, const char *role, const char *duty, const char *supervisor, char **id,
           GError **error)
{
  KithDemoAgency *agency = &demo->agencies[i];
  g_autofree char *email = g_strdup_printf ("%s@agency-%u.example.org", kind + strlen ("demo-"), i + 1);
  JsonArray *duties = json_array_new ();
  KithDemoPerson person;

  kith_demo_person (demo->random, &person);
  if (duty != NULL)
    json_array_add_string_element (duties, duty);
  if (g_strcmp0 (duty, "supervisor") == 0)
    {
      json_array_add_string_element (duties, "agency_admin");
      json_array_add_string_element (duties, "privacy_officer");
    }
  *id = kith_demo_make_id (demo, kind, i);
  return kith_demo_submit (demo, demo->console, "staff.add",
                           kith_json_new ("id", "s", *id, "agency", "s", agency->id, "given_name", "s", person.given, "family_name", "s", person.family,
                                          "email", "s", email, "level", "s", "standard", "role", "s", role, "duties", "a", duties, "health_access", "b",
                                          duty != NULL, "trained", "b", TRUE, "supervisor", "s", supervisor, "login", "s", login, "services", "a",
                                          kith_demo_one (kith_json_new ("service", "s", agency->service, NULL)), NULL),
                           error);
}

/* What they can do. The last of a team is on leave for some weeks. */
static gboolean
set_work (KithDemo *demo, guint which, const char *staff, GError **error)
{
  static const struct { const char *languages[3], *skills[3]; } works[KITH_DEMO_TEAM] = {
    { { "en", "es" }, { "housing", "benefits" } },
    { { "en", "vi" }, { "family", "health" } },
    { { "en" }, { "employment", "housing" } },
    { { "en", "so" }, { "benefits", "family" } },
  };
  g_autofree char *from = kith_time_format (demo->now - 5 * 24 * HOUR_MS), *until = kith_time_format (demo->now + 16 * 24 * HOUR_MS);

  if (!kith_demo_submit (demo, demo->console, "staff.set_skills",
                         kith_json_new ("staff", "s", staff, "languages", "a", kith_json_strings (works[which].languages[0], works[which].languages[1], NULL),
                                        "skills", "a", kith_json_strings (works[which].skills[0], works[which].skills[1], NULL), NULL),
                         error))
    return FALSE;
  from[10] = until[10] = '\0';
  return which + 1 < KITH_DEMO_TEAM ||
         kith_demo_submit (demo, demo->console, "staff.set_leave", kith_json_new ("staff", "s", staff, "away_from", "s", from, "away_until", "s", until, NULL), error);
}

static gboolean
build_team (KithDemo *demo, guint i, const char *supervisor, GError **error)
{
  KithDemoAgency *agency = &demo->agencies[i];
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint size = i < demo->options->accounts ? KITH_DEMO_TEAM : 1;

  for (guint k = 0; k < size; k++)
    {
      g_autofree char *login = k == 0 ? g_strdup_printf ("worker%u", i + 1) : g_strdup_printf ("worker%u-%u", i + 1, k + 1);
      g_autofree char *kind = k == 0 ? g_strdup ("demo-worker") : g_strdup_printf ("demo-worker-%u", k + 1);
      char *id = NULL;
      gboolean done = add_staff (demo, i, login, kind, "care_coordinator", NULL, supervisor, &id, error);

      g_ptr_array_add (ids, id);
      if (!done || !set_work (demo, k, id, error))
        return FALSE;
    }
  if (!kith_demo_flush (demo, error))
    return FALSE;
  for (; agency->n_team < ids->len; agency->n_team++)
    if ((agency->team[agency->n_team] = kith_hub_load_actor (demo->hub, ids->pdata[agency->n_team], error)) == NULL)
      return FALSE;
  return TRUE;
}

/* A partner's one person, who looks at the agency's referrals and places in the portal (P8 to P10). */
static gboolean
add_portal (KithDemo *demo, guint i, char **id, GError **error)
{
  KithDemoAgency *agency = &demo->agencies[i];
  g_autofree char *login = g_strdup_printf ("portal%u", i + 1);
  KithDemoPerson person;

  kith_demo_person (demo->random, &person);
  *id = kith_demo_make_id (demo, "demo-portal", i);
  return kith_demo_submit (demo, demo->console, "staff.add",
                           kith_json_new ("id", "s", *id, "agency", "s", agency->id, "given_name", "s", person.given, "family_name", "s", person.family,
                                          "level", "s", "portal", "login", "s", login, NULL), error) &&
         kith_demo_submit (demo, demo->console, "portal.assign", kith_json_new ("staff", "s", *id, "resource", "s", agency->service, NULL), error) &&
         kith_demo_submit (demo, demo->console, "portal.set_permissions",
                           kith_json_new ("staff", "s", *id, "edits_capacity", "b", TRUE, "changes_status", "b", TRUE, NULL), error);
}

gboolean
kith_demo_build_staff (KithDemo *demo, guint i, GError **error)
{
  static const char *const jobs[] = { "supervisor", "manager", "worker", "portal" };
  static const gint64 response_days[] = { 2, 3, 1, 5, 4 }; /* agencies differ in how long they take to answer */
  KithDemoAgency *agency = &demo->agencies[i];
  g_autofree char *supervisor = NULL, *manager = NULL, *portal = NULL;
  g_autofree char *supervisor_login = g_strdup_printf ("supervisor%u", i + 1), *manager_login = g_strdup_printf ("manager%u", i + 1);
  const char *ids[4];

  if (!kith_demo_submit (demo, demo->console, "agency.configure",
                         kith_json_new ("agency", "s", agency->id, "set", "o", kith_json_new ("response_days", "i", response_days[i % G_N_ELEMENTS (response_days)], NULL), NULL),
                         error) ||
      !add_staff (demo, i, supervisor_login, "demo-supervisor", "referral_manager", "supervisor", NULL, &supervisor, error) ||
      !add_staff (demo, i, manager_login, "demo-manager", "referral_manager", NULL, supervisor, &manager, error) ||
      !build_team (demo, i, supervisor, error) || !add_portal (demo, i, &portal, error))
    return FALSE;
  agency->manager = kith_hub_load_actor (demo->hub, manager, error);
  if (agency->manager == NULL)
    return FALSE;

  ids[0] = supervisor, ids[1] = manager, ids[2] = agency->team[0]->user, ids[3] = portal;
  for (guint j = 0; i < demo->options->accounts && j < G_N_ELEMENTS (jobs); j++)
    {
      g_autofree char *login = g_strdup_printf ("%s%u", jobs[j], i + 1);

      if (!kith_console_set_password (&(KithConsole) { .hub = demo->hub }, login, ids[j], KITH_DEMO_PASSWORD, TRUE, error))
        return FALSE;
    }
  return TRUE;
}
