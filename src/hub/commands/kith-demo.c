/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-demo-private.h"

#include "kith-command.h"
#include "kith-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>
#include <string.h>

static void
agency_clear (KithDemoAgency *agency)
{
  g_free (agency->id);
  g_free (agency->service);
  g_free (agency->program);
  g_clear_pointer (&agency->manager, kith_actor_free);
  for (guint i = 0; i < agency->n_team; i++)
    kith_actor_free (agency->team[i]);
}

static void
demo_clear (KithDemo *demo)
{
  for (guint i = 0; i < demo->options->agencies; i++)
    agency_clear (&demo->agencies[i]);
  g_free (demo->agencies);
  g_clear_pointer (&demo->batch, g_ptr_array_unref);
  g_clear_pointer (&demo->console, kith_actor_free);
  g_clear_pointer (&demo->random, kith_random_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithDemo, demo_clear)

/* ---- batches */

/**
 * kith_demo_flush:
 *
 * Submits the batch as its actor. A refusal is a fault of the demo itself, so it becomes an error: G_IO_ERROR_FAILED with the operation's name.
 */
gboolean
kith_demo_flush (KithDemo *demo, GError **error)
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
gboolean
kith_demo_submit (KithDemo *demo, const KithActor *actor, const char *op, JsonObject *args, GError **error)
{
  g_autofree char *at = NULL;

  if ((demo->batch_actor != actor || demo->batch->len >= BATCH) && !kith_demo_flush (demo, error))
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

/**
 * kith_demo_make_id:
 * @i: tells ids of one @kind and seed apart
 *
 * Returns: (transfer full): the same for the same seed, in the form of an id a desk makes
 */
char *
kith_demo_make_id (KithDemo *demo, const char *kind, guint i)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT "/%u", demo->options->seed, i);
  char *id;

  /* Repeatable, and yet an id as a desk makes them: one that can be worked out makes no record. */
  id = kith_id_natural (kind, key);
  id[14] = '7';
  return id;
}

/* Some hours later, but not in the future. */
void
kith_demo_later (KithDemo *demo, guint max_hours)
{
  gint64 time = demo->time + (gint64) (1 + kith_random_below (demo->random, max_hours)) * HOUR_MS;

  demo->time = MIN (demo->now, time);
}

/**
 * kith_demo_chance:
 *
 * Returns: TRUE about @percent times in a hundred, always at the same places for one seed
 */
gboolean
kith_demo_chance (KithDemo *demo, guint percent)
{
  return kith_random_below (demo->random, 100) < percent;
}

/* ---- the directory */

/**
 * kith_demo_one:
 * @part: (transfer full)
 *
 * Returns: (transfer full): a list of it alone
 */
JsonArray *
kith_demo_one (JsonObject *part)
{
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, part);
  return array;
}

static JsonArray *
phones (KithDemo *demo, const char *type)
{
  g_autofree char *number = g_strdup_printf ("(619) 555-%04u", kith_random_below (demo->random, 10000));

  return kith_demo_one (kith_json_new ("number", "s", number, "type", "s", type, NULL));
}

static gboolean
put (KithDemo *demo, const char *kind, guint i, JsonObject *body, char **id, GError **error)
{
  g_autofree char *source_id = g_strdup_printf ("%s-%u", kind, i + 1);
  g_autofree char *key = g_strdup_printf ("demo/%s", source_id);

  *id = kith_id_natural (kind, key);
  return kith_demo_submit (demo, demo->console, "directory.put",
                 kith_json_new ("t", "s", kind, "source", "s", "demo", "source_id", "s", source_id, "body", "o", body, NULL), error);
}

/* Riverton lies along its river, its postal codes in rows of seven; nobody has said yet where some of its places are. */
static JsonObject *
add_point (JsonObject *location, guint code, guint i)
{
  if (i % 8 == 5)
    return location;
  json_object_set_double_member (location, "latitude", 32.70 + code % 7 * 0.012);
  json_object_set_double_member (location, "longitude", -117.16 + code / 7 * 0.014);
  return location;
}

static gboolean
build_agency (KithDemo *demo, guint i, GError **error)
{
  KithDemoAgency *agency = &demo->agencies[i];
  const KithDemoService *service = kith_demo_service (i);
  g_autofree char *name = kith_demo_agency_name (i), *location = NULL, *at = NULL;
  g_autofree char *street = g_strdup_printf ("%u %s", 100 + kith_random_below (demo->random, 4000), kith_demo_street (demo->random));
  guint code = kith_random_below (demo->random, 50);
  g_autofree char *postal_code = g_strdup_printf ("921%02u", code);
  g_autofree char *email = g_strdup_printf ("hello@agency-%u.example.org", i + 1);
  g_autofree char *assured = g_strdup_printf ("2026-%02u-%02u", 1 + kith_random_below (demo->random, 10), 1 + kith_random_below (demo->random, 28));

  if (!put (demo, "organization", i,
            kith_json_new ("name", "s", name, "description", "s", service->description, "email", "s", email,
                           "phones", "a", phones (demo, "voice"), NULL), &agency->id, error) ||
      !put (demo, "program", i,
            kith_json_new ("organization_id", "s", agency->id, "name", "s", service->program, "description", "s", service->description, NULL),
            &agency->program, error) ||
      !put (demo, "service", i,
            kith_json_new ("organization_id", "s", agency->id, "program_id", "s", agency->program, "name", "s", service->name, "description", "s", service->description,
                           "status", "s", "active", "eligibility_description", "s", service->eligibility, "assured_date", "s", assured,
                           "application_process", "s", "Call, walk in, or be referred through Kith",
                           "phones", "a", phones (demo, "voice"), "email", "s", email,
                           "schedules", "a", kith_demo_one (kith_json_new ("freq", "s", "WEEKLY", "byday", "s", service->days, "opens_at", "s", service->opens,
                                                                 "closes_at", "s", service->closes, NULL)),
                           "service_areas", "a", kith_demo_one (kith_json_new ("name", "s", i % 3 == 0 ? "Riverton County" : "Riverton", NULL)),
                           "fees_description", "s", i % 4 == 3 ? NULL : "Free", NULL), &agency->service, error) ||
      !put (demo, "location", i,
            add_point (kith_json_new ("organization_id", "s", agency->id, "location_type", "s", "physical", "name", "s", name,
                                      "transportation", "s", "Bus 7 and 12 stop at the door",
                                      "addresses", "a", kith_demo_one (kith_json_new ("address_1", "s", street, "city", "s", "Riverton", "state_province", "s", "CA",
                                                                            "postal_code", "s", postal_code, "country", "s", "US",
                                                                            "address_type", "s", "physical", NULL)),
                                      NULL),
                       code, i),
            &location, error) ||
      !put (demo, "service_at_location", i,
            kith_json_new ("service_id", "s", agency->service, "location_id", "s", location, NULL), &at, error))
    return FALSE;
  agency->direct = service->direct;
  if (!service->direct)
    return TRUE;
  return kith_demo_submit (demo, demo->console, "service.set_direct", kith_json_new ("service", "s", agency->service, "direct", "b", TRUE, NULL), error);
}

/* Last of all, as somebody counted them at the end of yesterday: the referrals accepted before are in their places. */
static gboolean
count_places (KithDemo *demo, GError **error)
{
  static const struct { const char *unit, *period, *note; gint64 free, maximum;
  } counts[] = {
    { "bed", NULL, "Doors open at six. Families are asked to ring first.", 4, 24 },
    { "slot", "week", "New patients on Tuesdays.", 5, 0 },
    { "household", "week", NULL, 40, 60 },
    { "household", "month", "Rent arrears of up to two months.", 0, 0 },
    { "slot", "week", NULL, 3, 0 },
  };

  demo->time = demo->now - 15 * HOUR_MS;
  for (guint i = 0; i < demo->options->agencies; i++)
    {
      guint k = i % G_N_ELEMENTS (counts);
      JsonObject *args = kith_json_new ("service", "s", demo->agencies[i].service, "unit", "s", counts[k].unit, "free", "i",
                                         counts[k].free, "period", "s", counts[k].period, "note", "s", counts[k].note, NULL);

      if (counts[k].maximum > 0)
        json_object_set_int_member (args, "maximum", counts[k].maximum);
      if (!kith_demo_submit (demo, demo->console, "capacity.observe", args, error))
        return FALSE;
    }
  return kith_demo_flush (demo, error);
}

/**
 * kith_demo_build:
 * @hub: an empty one, on this thread
 * @progress: (nullable): told what is made and how far it is
 *
 * Everything goes in by operations, as a desk or the console would submit them, dated back over the last months. On failure what was made stays.
 */
gboolean
kith_demo_build (KithHub *hub, const KithDemoOptions *options, KithDemoProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (KithClock) clock = options->clock != NULL ? g_object_ref (options->clock) : kith_clock_new_system ();
  g_auto (KithDemo) demo = { .hub = hub, .options = options, .progress = progress, .user_data = user_data };

  demo.random = kith_random_new_seeded (options->seed);
  demo.console = kith_actor_new_hub ();
  demo.agencies = g_new0 (KithDemoAgency, MAX (options->agencies, 1));
  demo.batch = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  demo.now = kith_clock_wall_ms (clock);

  for (guint i = 0; i < options->agencies; i++)
    if (!build_agency (&demo, i, error))
      return FALSE;
  if (options->agencies > 0 && !kith_demo_build_queues (&demo, error)) /* before the portal accounts (P3) */
    return FALSE;
  for (guint i = 0; i < options->agencies; i++)
    {
      if (progress != NULL)
        progress (_("staff"), i, options->agencies, user_data);
      if (!kith_demo_build_staff (&demo, i, error))
        return FALSE;
    }
  return options->agencies == 0 || (kith_demo_build_clients (&demo, error) && kith_demo_build_calls (&demo, error) && count_places (&demo, error));
}
