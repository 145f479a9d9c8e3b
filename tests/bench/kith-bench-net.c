/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-demo.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-protocol.h"

#include <string.h>

#define BATCH 50
#define SOURCE "bench"
#define AUTH "0101010101010101010101010101010101010101010101010101010101010101"

const guint8 bench_key[32] = { 42, 1, 2, 3 };

char *
bench_client_id (BenchNet *self, guint i)
{
  g_autofree char *key = g_strdup_printf ("%s/" SOURCE "/%u", self->agency_a, i);

  return kith_id_natural ("client", key);
}

JsonObject *
bench_client_values (KithRandom *random)
{
  g_autofree char *born = g_strdup_printf ("%u-%02u-%02u", 1936 + kith_random_below (random, 84), 1 + kith_random_below (random, 12),
                                           1 + kith_random_below (random, 28));
  g_autofree char *street = g_strdup_printf ("%u %s", 1 + kith_random_below (random, 4000), kith_demo_street (random));
  g_autofree char *number = g_strdup_printf ("(619) 555-%04u", kith_random_below (random, 10000));
  JsonArray *phones = json_array_new ();

  json_array_add_object_element (phones, kith_json_new ("number", "s", number, "type", "s", "mobile", "safe_to_call", "b", TRUE, NULL));
  return kith_json_new ("given_name", "s", kith_demo_given_name (random), "family_name", "s", kith_demo_family_name (random),
                        "date_of_birth", "s", born, "phones", "a", phones, "address", "o",
                        kith_json_new ("address_1", "s", street, "city", "s", "Riverton", "state_province", "s", "CA", "postal_code", "s", "92101", NULL),
                        "languages", "a", kith_json_strings ("en", NULL), NULL);
}

static gboolean
submit_all (BenchNet *self, const KithActor *actor, GPtrArray *batch, GError **error)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (!kith_hub_submit_batch (self->hub, actor, batch, outcomes, error))
    return FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    if (g_strcmp0 (kith_json_string (outcomes->pdata[i], "st"), "rejected") == 0)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", kith_json_string (batch->pdata[i], "op"),
                     kith_json_string (outcomes->pdata[i], "message"));
        return FALSE;
      }
  g_ptr_array_set_size (batch, 0);
  return TRUE;
}

gboolean
bench_submit (BenchNet *self, const KithActor *actor, const char *op, JsonObject *args, GError **error)
{
  g_autoptr (KithActor) console = actor == NULL ? kith_actor_new_hub () : NULL;
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  g_ptr_array_add (batch, kith_json_new ("op", "s", op, "a", "o", args, NULL));
  return submit_all (self, actor != NULL ? actor : console, batch, error);
}

static gboolean
put (BenchNet *self, const char *kind, const char *source_id, JsonObject *body, char **id, GError **error)
{
  g_autofree char *key = g_strconcat (SOURCE "/", source_id, NULL);

  *id = kith_id_natural (kind, key);
  return bench_submit (self, NULL, "directory.put",
                       kith_json_new ("t", "s", kind, "source", "s", SOURCE, "source_id", "s", source_id, "body", "o", body, NULL), error);
}

static gboolean
add_staff (BenchNet *self, const char *login, const char *agency, const char *role, const char *duty, char **id, GError **error)
{
  static const guint8 auth[32] = { [0 ... 31] = 1 };
  JsonArray *duties = json_array_new ();

  if (duty != NULL)
    json_array_add_string_element (duties, duty);
  *id = kith_id_natural ("staff", login);
  return bench_submit (self, NULL, "staff.add",
                       kith_json_new ("id", "s", *id, "agency", "s", agency, "given_name", "s", login, "family_name", "s", "Bench", "level", "s",
                                      "standard", "role", "s", role, "duties", "a", duties, "trained", "b", TRUE, "login", "s", login, NULL),
                       error) &&
         kith_hub_set_account (self->hub, login, *id, auth, sizeof auth, error);
}

static gboolean
add_clients (const BenchOptions *options, BenchNet *self, guint clients, GError **error)
{
  g_autoptr (KithActor) console = kith_actor_new_hub ();
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < clients; i++)
    {
      g_autofree char *source_id = g_strdup_printf ("%u", i);
      g_autofree char *number = g_strdup_printf ("BE-%06u", i);

      g_ptr_array_add (batch, kith_json_new ("op", "s", "client.import", "a", "o",
                                             kith_json_new ("agency", "s", self->agency_a, "source", "s", SOURCE, "source_id", "s", source_id,
                                                            "number", "s", number, "values", "o", bench_client_values (self->random), NULL),
                                             NULL));
      if ((batch->len == BATCH || i + 1 == clients) && !submit_all (self, console, batch, error))
        return FALSE;
      if (i % 20000 == 19999)
        bench_say (options, "  … %u clients at the hub", i + 1);
    }
  return TRUE;
}

static gboolean
add_caseload (BenchNet *self, guint clients, GError **error)
{
  g_autoptr (KithActor) ann = kith_hub_load_actor (self->hub, self->ann, error);

  for (guint i = 0; ann != NULL && i < MIN (clients, BENCH_CASELOAD); i++)
    {
      g_autofree char *client = bench_client_id (self, i * (clients / MIN (clients, BENCH_CASELOAD)));
      JsonArray *changes = json_array_new ();

      json_array_add_object_element (changes, kith_json_new ("do", "s", "add", "staff", "s", self->ann, NULL));
      if (!bench_submit (self, ann, "assignment.apply", kith_json_new ("client", "s", client, "changes", "a", changes, NULL), error))
        return FALSE;
    }
  return ann != NULL;
}

BenchNet *
bench_net_new (const BenchOptions *options, const char *path, guint clients, GError **error)
{
  static guint count;
  const KithHubOptions hub_options = { .hash_ops = 1, .hash_memory = 8192, .token_minutes = 600, .lookups = 1000000 };
  g_autoptr (BenchNet) self = g_new0 (BenchNet, 1);
  g_autofree char *name = g_strdup_printf ("bench-hub-%u", count++);
  KithDb *db;

  self->clock = kith_clock_new_system ();
  self->random = kith_random_new_seeded (7);
  db = kith_hub_open_db (path != NULL ? path : name, path == NULL, NULL, error);
  if (db == NULL)
    return NULL;
  self->hub = kith_hub_new (db, self->clock, self->random, &hub_options, error);
  if (self->hub == NULL ||
      !put (self, "organization", "a", kith_json_new ("name", "s", "Harbor House", NULL), &self->agency_a, error) ||
      !put (self, "organization", "b", kith_json_new ("name", "s", "Bridge Clinic", NULL), &self->agency_b, error) ||
      !put (self, "service", "s", kith_json_new ("organization_id", "s", self->agency_b, "name", "s", "Beds", "status", "s", "active", NULL),
            &self->service, error) ||
      !bench_submit (self, NULL, "service.set_direct", kith_json_new ("service", "s", self->service, "direct", "b", TRUE, NULL), error) ||
      !add_staff (self, "ann", self->agency_a, "referral_manager", "supervisor", &self->ann, error) ||
      !add_staff (self, "amy", self->agency_a, "referral_manager", NULL, &self->amy, error) ||
      !add_staff (self, "ben", self->agency_b, "referral_manager", "supervisor", &self->ben, error) ||
      !add_clients (options, self, clients, error) || !add_caseload (self, clients, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
bench_net_free (BenchNet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->hub, kith_hub_free);
  g_clear_pointer (&self->random, kith_random_free);
  g_clear_object (&self->clock);
  g_free (self->agency_a);
  g_free (self->agency_b);
  g_free (self->service);
  g_free (self->ann);
  g_free (self->amy);
  g_free (self->ben);
  g_free (self);
}

KithStore *
bench_store_new (BenchNet *net, KithRandom *random, const char *path, GError **error)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("bench-store-%u", count++);
  KithDbOptions options = {
    .path = path != NULL ? path : name, .memory = path == NULL, .key = path != NULL ? bench_key : NULL, .queries = "/org/kith/sql/store/queries",
  };
  KithDb *db = kith_db_open (&options, error);

  return db != NULL ? kith_store_new (db, net->clock, random != NULL ? random : net->random, error) : NULL;
}

static GBytes *
request (BenchNet *net, const char *path, const char *token, GBytes *body, GError **error)
{
  const KithHubRequest question = { .method = "POST", .path = path, .token = token, .body = body };
  g_auto (KithHubAnswer) answer = { 0 };

  kith_hub_handle (net->hub, &question, &answer);
  if (answer.status == 200)
    return g_bytes_ref (answer.body);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %u %.*s", path, answer.status, (int) (answer.body != NULL ? g_bytes_get_size (answer.body) : 0),
               answer.body != NULL ? (const char *) g_bytes_get_data (answer.body, NULL) : "");
  return NULL;
}

char *
bench_sign_in (BenchNet *net, KithStore *store, const char *login, const char *device, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{\"login\":\"%s\",\"auth\":\"" AUTH "\",\"device\":\"%s\",\"schema\":%d}", login, device,
                                           KITH_PROTOCOL_SCHEMA);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) bytes = request (net, "/v1/sign-in", NULL, body, error);
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *lane;

  if (bytes == NULL)
    return NULL;
  answer = kith_json_parse_object (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL, error);
  if (answer == NULL)
    return NULL;
  lane = kith_json_object (answer, "lane");
  if (!kith_store_set_identity (store, device, kith_json_string (answer, "user"), kith_json_string (lane, "code"), kith_json_string (answer, "epoch"), error) ||
      !kith_store_set_lane (store, kith_json_int (lane, "last_n", 0), kith_json_int (lane, "next_number", 1), error))
    return NULL;
  return g_strdup (kith_json_string (answer, "token"));
}

BenchDesk *
bench_desk_new (BenchNet *net, const char *login, const char *path, GError **error)
{
  static guint count;
  g_autoptr (BenchDesk) self = g_new0 (BenchDesk, 1);
  g_autofree char *device = g_strdup_printf ("bench-device-%u", count++);

  self->net = net;
  self->store = bench_store_new (net, NULL, path, error);
  if (self->store == NULL)
    return NULL;
  self->token = bench_sign_in (net, self->store, login, device, error);
  return self->token != NULL ? g_steal_pointer (&self) : NULL;
}

void
bench_desk_free (BenchDesk *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->store);
  g_free (self->token);
  g_free (self);
}

GBytes *
bench_desk_post (BenchDesk *self, const char *path, GBytes *body, GError **error)
{
  return request (self->net, path, self->token, body, error);
}

gboolean
bench_desk_pull (BenchDesk *self, GPtrArray *pages, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GBytes) body = kith_store_next_pull (self->store, KITH_LIMIT_PAGE_ROWS, error);
      g_autoptr (GBytes) page = body != NULL ? bench_desk_post (self, "/v1/sync/pull", body, error) : NULL;

      if (page == NULL || !kith_store_apply_page (self->store, page, &more, error))
        return FALSE;
      if (pages != NULL)
        g_ptr_array_add (pages, g_steal_pointer (&page));
    }
  return TRUE;
}
