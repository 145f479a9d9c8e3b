/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-demo.h"

#include "kith-command.h"
#include "kith-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define BATCH 50
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define PAST_DAYS 120 /* the network began then */

typedef struct
{
  char *id;
  char *service;         /* id of the one service that defines it */
  gboolean direct;
  KithActor *manager;    /* referral manager; NULL until the staff is there */
  KithActor *coordinator;
} Agency;

typedef struct
{
  KithHub *hub;
  const KithDemoOptions *options;
  KithRandom *random;
  KithActor *console;
  Agency *agencies;
  GPtrArray *batch;      /* (element-type JsonObject) */
  const KithActor *batch_actor;
  gint64 now;
  gint64 time;           /* when what is submitted next happened; 0: now */
  KithDemoProgress progress;
  gpointer user_data;
} Demo;

static void
agency_clear (Agency *agency)
{
  g_free (agency->id);
  g_free (agency->service);
  g_clear_pointer (&agency->manager, kith_actor_free);
  g_clear_pointer (&agency->coordinator, kith_actor_free);
}

static void
demo_clear (Demo *demo)
{
  for (guint i = 0; i < demo->options->agencies; i++)
    agency_clear (&demo->agencies[i]);
  g_free (demo->agencies);
  g_clear_pointer (&demo->batch, g_ptr_array_unref);
  g_clear_pointer (&demo->console, kith_actor_free);
  g_clear_pointer (&demo->random, kith_random_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

/* ---- batches */

static gboolean
flush (Demo *demo, GError **error)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (demo->batch->len == 0)
    return TRUE;
  if (!kith_hub_submit_batch (demo->hub, demo->batch_actor, demo->batch, outcomes, error))
    return FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    {
      JsonObject *outcome = g_ptr_array_index (outcomes, i), *op = g_ptr_array_index (demo->batch, i);

      if (g_strcmp0 (kith_json_string (outcome, "st"), "rejected") == 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s (%s)", kith_json_string (op, "op"),
                       kith_json_string (outcome, "message"), kith_json_string (outcome, "code"));
          return FALSE;
        }
    }
  g_ptr_array_set_size (demo->batch, 0);
  return TRUE;
}

/* args: transfer full */
static gboolean
submit (Demo *demo, const KithActor *actor, const char *op, JsonObject *args, GError **error)
{
  g_autofree char *at = NULL;

  if ((demo->batch_actor != actor || demo->batch->len >= BATCH) && !flush (demo, error))
    {
      json_object_unref (args);
      return FALSE;
    }
  demo->batch_actor = actor;
  if (demo->time > 0)
    at = kith_time_format (demo->time);
  g_ptr_array_add (demo->batch, kith_json_new ("op", "s", op, "a", "o", args, "at", "s", at, NULL));
  return TRUE;
}

static char *
make_id (Demo *demo, const char *kind, guint i)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT "/%u", demo->options->seed, i);
  char *id;

  /* Repeatable, and yet an id as a desk makes them: one that can be worked out makes no record. */
  id = kith_id_natural (kind, key);
  id[14] = '7';
  return id;
}

static gboolean
chance (Demo *demo, guint percent)
{
  return kith_random_below (demo->random, 100) < percent;
}

/* ---- the directory */

static JsonArray *
one (JsonObject *part)
{
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, part);
  return array;
}

static JsonArray *
phones (Demo *demo, const char *type)
{
  g_autofree char *number = g_strdup_printf ("(619) 555-%04u", kith_random_below (demo->random, 10000));

  return one (kith_json_new ("number", "s", number, "type", "s", type, NULL));
}

static gboolean
put (Demo *demo, const char *kind, guint i, JsonObject *body, char **id, GError **error)
{
  g_autofree char *source_id = g_strdup_printf ("%s-%u", kind, i + 1);
  g_autofree char *key = g_strdup_printf ("demo/%s", source_id);

  *id = kith_id_natural (kind, key);
  return submit (demo, demo->console, "directory.put",
                 kith_json_new ("t", "s", kind, "source", "s", "demo", "source_id", "s", source_id, "body", "o", body, NULL), error);
}

static gboolean
build_agency (Demo *demo, guint i, GError **error)
{
  Agency *agency = &demo->agencies[i];
  const KithDemoService *service = kith_demo_service (i);
  g_autofree char *name = kith_demo_agency_name (i), *location = NULL, *at = NULL;
  g_autofree char *street = g_strdup_printf ("%u %s", 100 + kith_random_below (demo->random, 4000), kith_demo_street (demo->random));
  g_autofree char *postal_code = g_strdup_printf ("921%02u", kith_random_below (demo->random, 50));
  g_autofree char *email = g_strdup_printf ("hello@agency-%u.example.org", i + 1);
  g_autofree char *assured = g_strdup_printf ("2026-%02u-%02u", 1 + kith_random_below (demo->random, 10), 1 + kith_random_below (demo->random, 28));

  if (!put (demo, "organization", i,
            kith_json_new ("name", "s", name, "description", "s", service->description, "email", "s", email,
                           "phones", "a", phones (demo, "voice"), NULL), &agency->id, error) ||
      !put (demo, "service", i,
            kith_json_new ("organization_id", "s", agency->id, "name", "s", service->name, "description", "s", service->description,
                           "status", "s", "active", "eligibility_description", "s", service->eligibility, "assured_date", "s", assured,
                           "application_process", "s", "Call, walk in, or be referred through Kith",
                           "phones", "a", phones (demo, "voice"), "email", "s", email,
                           "schedules", "a", one (kith_json_new ("freq", "s", "WEEKLY", "byday", "s", service->days, "opens_at", "s", service->opens,
                                                                 "closes_at", "s", service->closes, NULL)),
                           NULL), &agency->service, error) ||
      !put (demo, "location", i,
            kith_json_new ("organization_id", "s", agency->id, "location_type", "s", "physical", "name", "s", name,
                           "transportation", "s", "Bus 7 and 12 stop at the door",
                           "addresses", "a", one (kith_json_new ("address_1", "s", street, "city", "s", "Riverton", "state_province", "s", "CA",
                                                                 "postal_code", "s", postal_code, "country", "s", "US",
                                                                 "address_type", "s", "physical", NULL)),
                           NULL), &location, error) ||
      !put (demo, "service_at_location", i,
            kith_json_new ("service_id", "s", agency->service, "location_id", "s", location, NULL), &at, error))
    return FALSE;
  agency->direct = service->direct;
  if (!service->direct)
    return TRUE;
  return submit (demo, demo->console, "service.set_direct", kith_json_new ("service", "s", agency->service, "direct", "b", TRUE, NULL), error);
}

/* ---- the staff: a supervisor, a referral manager, a care coordinator for each agency */

static gboolean
add_staff (Demo *demo, guint i, const char *job, const char *role, const char *duty, const char *supervisor, char **id, GError **error)
{
  Agency *agency = &demo->agencies[i];
  g_autofree char *kind = g_strdup_printf ("demo-%s", job), *login = g_strdup_printf ("%s%u", job, i + 1);
  g_autofree char *email = g_strdup_printf ("%s@agency-%u.example.org", job, i + 1);
  JsonArray *duties = json_array_new ();

  if (duty != NULL)
    json_array_add_string_element (duties, duty);
  if (g_strcmp0 (duty, "supervisor") == 0)
    json_array_add_string_element (duties, "agency_admin");
  *id = make_id (demo, kind, i);
  return submit (demo, demo->console, "staff.add",
                 kith_json_new ("id", "s", *id, "agency", "s", agency->id, "given_name", "s", kith_demo_given_name (demo->random),
                                "family_name", "s", kith_demo_family_name (demo->random), "email", "s", email, "level", "s", "standard",
                                "role", "s", role, "duties", "a", duties, "health_access", "b", duty != NULL, "trained", "b", TRUE,
                                "supervisor", "s", supervisor, "login", "s", login,
                                "services", "a", one (kith_json_new ("service", "s", agency->service, NULL)), NULL), error);
}

static gboolean
build_staff (Demo *demo, guint i, GError **error)
{
  static const char *const jobs[] = { "supervisor", "manager", "worker" };
  Agency *agency = &demo->agencies[i];
  g_autofree char *supervisor = NULL, *manager = NULL, *worker = NULL;
  const char *ids[3];

  if (!add_staff (demo, i, "supervisor", "referral_manager", "supervisor", NULL, &supervisor, error) ||
      !add_staff (demo, i, "manager", "referral_manager", NULL, supervisor, &manager, error) ||
      !add_staff (demo, i, "worker", "care_coordinator", NULL, supervisor, &worker, error) || !flush (demo, error))
    return FALSE;
  agency->manager = kith_hub_load_actor (demo->hub, manager, error);
  agency->coordinator = agency->manager != NULL ? kith_hub_load_actor (demo->hub, worker, error) : NULL;
  if (agency->coordinator == NULL)
    return FALSE;

  ids[0] = supervisor, ids[1] = manager, ids[2] = worker;
  for (guint j = 0; i < demo->options->accounts && j < G_N_ELEMENTS (jobs); j++)
    {
      g_autofree char *login = g_strdup_printf ("%s%u", jobs[j], i + 1);

      if (!kith_command_set_password (demo->hub, login, ids[j], KITH_DEMO_PASSWORD, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- clients and referrals */

static char *
birth_date (Demo *demo)
{
  guint year = 1936 + kith_random_below (demo->random, 84), roll = kith_random_below (demo->random, 100);

  if (roll < 4)
    return g_strdup_printf ("%u", year);
  return g_strdup_printf ("%u-%02u-%02u", year, 1 + kith_random_below (demo->random, 12), 1 + kith_random_below (demo->random, 28));
}

static JsonObject *
client_values (Demo *demo)
{
  static const char *const languages[] = { "es", "vi", "tl", "ar", "so", "zh" };
  g_autofree char *born = birth_date (demo);
  g_autofree char *street = g_strdup_printf ("%u %s", 1 + kith_random_below (demo->random, 4000), kith_demo_street (demo->random));
  g_autofree char *postal_code = g_strdup_printf ("921%02u", kith_random_below (demo->random, 50));
  g_autofree char *number = g_strdup_printf ("(619) 555-%04u", kith_random_below (demo->random, 10000));
  gboolean housed = chance (demo, 60), other = chance (demo, 35);

  return kith_json_new ("given_name", "s", kith_demo_given_name (demo->random), "family_name", "s", kith_demo_family_name (demo->random),
                        "date_of_birth", "s", chance (demo, 96) ? born : NULL,
                        "phones", "a", chance (demo, 80) ? one (kith_json_new ("number", "s", number, "type", "s", "mobile",
                                                                               "safe_to_call", "b", chance (demo, 90), NULL)) : NULL,
                        "address", "o", housed ? kith_json_new ("address_1", "s", street, "city", "s", "Riverton", "state_province", "s", "CA",
                                                                "postal_code", "s", postal_code, "country", "s", "US", NULL) : NULL,
                        "languages", "a", other ? kith_json_strings (languages[kith_random_below (demo->random, G_N_ELEMENTS (languages))], NULL) : NULL,
                        "interpreter_needed", "b", other && chance (demo, 50), "do_not_contact", "b", chance (demo, 3), NULL);
}

static JsonObject *
client_consent (Demo *demo, guint i, guint owner, guint partner)
{
  g_autofree char *id = make_id (demo, "demo-consent", i), *term = kith_time_format (demo->time + 365 * 24 * HOUR_MS);
  guint second = kith_random_below (demo->random, demo->options->agencies);
  JsonArray *receivers = kith_json_strings (demo->agencies[partner].id, NULL);

  if (second != owner && second != partner)
    json_array_add_string_element (receivers, demo->agencies[second].id);
  return kith_json_new ("id", "s", id, "permission", "s", "granted", "classes", "a", kith_json_strings ("client", "care", NULL),
                        "receivers", "a", receivers, "purpose", "s", "Coordinating services", "term", "s", term,
                        "how", "s", chance (demo, 60) ? "signed" : "written", "language", "s", "en", "grantor", "s", "self", NULL);
}

/* Some hours or days later, but not in the future. */
static void
later (Demo *demo, guint max_hours)
{
  demo->time = MIN (demo->now, demo->time + (gint64) (1 + kith_random_below (demo->random, max_hours)) * HOUR_MS);
}

static gboolean
build_referral (Demo *demo, guint i, guint from, guint to, const char *client, GError **error)
{
  static const char *const needs[] = { "A place to sleep from tonight", "Food for a family of four", "A check-up and medicine", "Help with the rent letter" };
  static const char *const urgency[] = { "routine", "soon", "urgent" };
  g_autofree char *id = make_id (demo, "demo-referral", i), *number = g_strdup_printf ("DEMO-%06u", 500000 + i);
  const KithActor *receiver = demo->agencies[to].manager;
  guint fate = kith_random_below (demo->random, 100);

  later (demo, 24 * PAST_DAYS / 2);
  if (!submit (demo, demo->agencies[from].coordinator, "referral.send",
               kith_json_new ("id", "s", id, "number", "s", number, "client", "s", client, "type", "s", "direct",
                              "service", "s", demo->agencies[to].service, "need", "s", needs[kith_random_below (demo->random, G_N_ELEMENTS (needs))],
                              "urgency", "s", urgency[kith_random_below (demo->random, 3)], NULL), error))
    return FALSE;
  if (fate < 40)
    return TRUE;
  later (demo, 48);
  if (fate < 50)
    return submit (demo, receiver, "referral.decline",
                   kith_json_new ("referral", "s", id, "from", "s", "sent", "reason", "s", "no_capacity", NULL), error);
  if (!submit (demo, receiver, "referral.accept", kith_json_new ("referral", "s", id, "from", "s", "sent", NULL), error))
    return FALSE;
  if (fate >= 60 && !submit (demo, receiver, "referral.assign",
                             kith_json_new ("referral", "s", id, "staff", "s", demo->agencies[to].coordinator->user, NULL), error))
    return FALSE;
  later (demo, 24 * 20);
  if (fate >= 75)
    return submit (demo, receiver, "referral.close",
                   kith_json_new ("referral", "s", id, "from", "s", "accepted", "outcome", "s", "need_met", NULL), error);
  return TRUE;
}

/* Each consented client's partner is an agency that takes direct referrals, so a part of them can be referred there. */
static gboolean
build_clients (Demo *demo, GError **error)
{
  const guint n = demo->options->agencies, total = demo->options->clients;
  const guint per_agency = (total + n - 1) / n;

  for (guint i = 0; i < total; i++)
    {
      guint owner = MIN (i / per_agency, n - 1), partner = kith_random_below (demo->random, n);
      g_autofree char *id = make_id (demo, "demo-client", i), *number = g_strdup_printf ("DEMO-%06u", i + 1);
      gboolean shared = n > 1 && chance (demo, 70);

      while (n > 1 && partner == owner)
        partner = kith_random_below (demo->random, n);
      demo->time = demo->now - (gint64) kith_random_below (demo->random, 24 * PAST_DAYS) * HOUR_MS;
      if (!submit (demo, demo->agencies[owner].coordinator, "client.register",
                   kith_json_new ("id", "s", id, "number", "s", number, "values", "o", client_values (demo),
                                  "consent", "o", shared ? client_consent (demo, i, owner, partner) : NULL, NULL), error))
        return FALSE;
      if (shared && demo->agencies[partner].direct && chance (demo, 25) && !build_referral (demo, i, owner, partner, id, error))
        return FALSE;
      if (demo->progress != NULL && i % 500 == 0)
        demo->progress (_("clients"), i, total, demo->user_data);
    }
  return flush (demo, error);
}

gboolean
kith_demo_build (KithHub *hub, const KithDemoOptions *options, KithDemoProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_auto (Demo) demo = { .hub = hub, .options = options, .progress = progress, .user_data = user_data };

  demo.random = kith_random_new_seeded (options->seed);
  demo.console = kith_actor_new_hub ();
  demo.agencies = g_new0 (Agency, MAX (options->agencies, 1));
  demo.batch = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  demo.now = kith_clock_wall_ms (clock);

  for (guint i = 0; i < options->agencies; i++)
    if (!build_agency (&demo, i, error))
      return FALSE;
  for (guint i = 0; i < options->agencies; i++)
    {
      if (progress != NULL)
        progress (_("staff"), i, options->agencies, user_data);
      if (!build_staff (&demo, i, error))
        return FALSE;
    }
  return options->agencies == 0 || build_clients (&demo, error);
}
