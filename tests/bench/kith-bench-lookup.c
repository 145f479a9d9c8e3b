/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-json.h"
#include "kith-protocol.h"
#include "kith-text.h"

/* A search of the network by somebody of another agency (U3, C14): found, checked against consent and access, noted on both
 * sides on disk. One client in five may be found. Beside it the bare full-text query. */

#define CLIENTS 100000
#define SEARCHES 200
#define BATCH 400

static gboolean
consent_some (const BenchOptions *options, BenchNet *net, guint clients, GError **error)
{
  g_autoptr (KithActor) ann = kith_hub_load_actor (net->hub, net->ann, error);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; ann != NULL && i < clients; i += 5)
    {
      g_autofree char *client = bench_client_id (net, i);
      g_autofree char *id = kith_id_new (net->clock, net->random);

      g_ptr_array_add (batch, kith_json_new ("op", "s", "consent.record", "a", "o",
                                             kith_json_new ("client", "s", client, "id", "s", id, "classes", "a", kith_json_strings ("client", NULL),
                                                            "receivers", "a", kith_json_strings (net->agency_b, NULL), "how", "s", "verbal",
                                                            "findable", "b", TRUE, NULL), NULL));
      if (batch->len < BATCH && i + 5 < clients)
        continue;
      if (!kith_hub_submit_batch (net->hub, ann, batch, outcomes, error))
        return FALSE;
      g_ptr_array_set_size (batch, 0);
      if (g_strcmp0 (kith_json_string (outcomes->pdata[0], "st"), "applied") != 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "consent: %s", kith_json_string (outcomes->pdata[0], "message"));
          return FALSE;
        }
      g_ptr_array_set_size (outcomes, 0);
    }
  return ann != NULL;
}

static gboolean
bare_query (BenchNet *net, const char *given, const char *family, double *ms, GError **error)
{
  g_autofree char *match = g_strdup_printf ("find : (\"%s\" * AND \"%s\" *)", given, family);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (
      kith_hub_get_db (net->hub), "SELECT c.id FROM client_find f JOIN client c ON c.rid = f.rowid WHERE client_find MATCH ?1 LIMIT 20", error);
  gint64 begun = g_get_monotonic_time ();

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, match);
  while (kith_db_step (stmt, error) == KITH_DB_ROW)
    ;
  *ms = bench_seconds (begun) * 1000;
  return TRUE;
}

static gboolean
search_once (BenchDesk *ben, const char *client, BenchResult *result, guint *hits, GError **error)
{
  BenchNet *net = ben->net;
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (net->hub), "client", client, error);
  g_autofree char *given = NULL, *family = NULL, *text = NULL;
  g_autoptr (JsonObject) question = NULL, reply = NULL;
  g_autoptr (GBytes) body = NULL, answer = NULL;
  double bare;
  gint64 begun;

  if (record == NULL)
    return FALSE;
  given = kith_text_fold (kith_record_string (record, "given_name"));
  family = kith_text_fold (kith_record_string (record, "family_name"));
  question = kith_json_new ("name", "s", kith_record_string (record, "given_name"), NULL);
  text = g_strjoin (" ", kith_record_string (record, "given_name"), kith_record_string (record, "family_name"), NULL);
  json_object_set_string_member (question, "name", text);
  g_free (text);
  text = kith_json_print_object (question);
  body = g_bytes_new (text, strlen (text));
  if (!bare_query (net, given, family, &bare, error))
    return FALSE;
  begun = g_get_monotonic_time ();
  answer = bench_desk_post (ben, KITH_PATH_SEARCH, body, error);
  if (answer == NULL)
    return FALSE;
  bench_add (result->values, bench_seconds (begun) * 1000);
  bench_add (result->limits, bare);
  reply = kith_json_parse_object (g_bytes_get_data (answer, NULL), (gssize) g_bytes_get_size (answer), NULL, error);
  if (reply == NULL)
    return FALSE;
  *hits += json_array_get_length (kith_json_array (reply, "hits"));
  return TRUE;
}

gboolean
bench_lookup (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS, searches = options->runs > 0 ? options->runs : SEARCHES, hits = 0;
  g_autofree char *path = bench_path ("hub.db");
  g_autoptr (BenchNet) net = bench_net_new (options, path, clients, error);
  g_autoptr (BenchDesk) ben = net != NULL ? bench_desk_new (net, "ben", NULL, error) : NULL;
  BenchResult result;

  if (ben == NULL || !consent_some (options, net, clients, error))
    return FALSE;
  bench_result_init (&result, "lookup", "ms", "within 15 ms at 100,000");
  for (guint i = 0; i < searches; i++)
    {
      g_autofree char *client = bench_client_id (net, 5 * kith_random_below (net->random, clients / 5));

      if (!search_once (ben, client, &result, &hits, error))
        return FALSE;
    }
  result.more = kith_json_new ("clients", "i", (gint64) clients, "hits", "i", (gint64) hits, NULL);
  bench_report (options, &result);
  bench_remove (path);
  return TRUE;
}
