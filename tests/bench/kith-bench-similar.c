/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-json.h"
#include "kith-similar.h"

#include <string.h>

/* Who may be the person being registered, against a store of 100,000 clients: asked anew at each letter of the names, the second letter of each name
 * mistyped, then with a date of birth. Beside it stands the time the desk may take for it (design.md 6). */

#define LIMIT_MS 50.0
#define CARDS 5

static gboolean
ask (KithDb *db, JsonObject *values, BenchResult *result, guint *hits, GError **error)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) similar = kith_similar_run (db, values, CARDS, error);

  if (similar == NULL)
    return FALSE;
  bench_add (result->values, bench_seconds (begun) * 1000);
  bench_add (result->limits, LIMIT_MS);
  *hits += similar->len;
  return TRUE;
}

static void
set_letters (JsonObject *values, const char *field, const char *name, guint letters)
{
  g_autofree char *text = g_strndup (name, letters);

  if (strlen (text) > 4)
    {
      char letter = text[3];
      text[3] = text[2]; /* two neighbours swapped, as fingers do */
      text[2] = letter;
    }
  json_object_set_string_member (values, field, text);
}

static gboolean
type_person (KithDb *db, const char *name, BenchResult *result, guint *hits, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", 2);
  g_autoptr (JsonObject) values = json_object_new ();
  static const char *const fields[] = { "given_name", "family_name" };
  static const char *const dates[] = { "1988", "1988-04", "1988-04-07" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint letters = 1; letters <= strlen (parts[i]); letters++)
      {
        set_letters (values, fields[i], parts[i], letters);
        if (!ask (db, values, result, hits, error))
          return FALSE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      json_object_set_string_member (values, "date_of_birth", dates[i]);
      if (!ask (db, values, result, hits, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bench_similar (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : 100000, hits = 0;
  g_autofree char *path = bench_path ("similar.db");
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithStore) store = net != NULL ? bench_store_new (net, NULL, path, error) : NULL;
  KithDbOptions reading = { .path = path, .key = bench_key, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  KithDb *reader;
  BenchResult result;
  gboolean ok = TRUE;

  if (store == NULL || !kith_store_set_identity (store, "bench-similar", net->ann, "ZZ", kith_hub_get_epoch (net->hub), error) ||
      !bench_fill_tables (options, net, kith_store_get_db (store), clients, names, error))
    return FALSE;
  reader = kith_db_open (&reading, error);
  if (reader == NULL)
    return FALSE;
  bench_result_init (&result, "similar", "ms", "each within 50 ms");
  for (guint i = 0; ok && i < names->len; i++)
    ok = type_person (reader, names->pdata[i], &result, &hits, error);
  if (ok && hits == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "nobody was found");
      ok = FALSE;
    }
  if (ok)
    {
      result.more = kith_json_new ("clients", "i", (gint64) clients, "asked", "i", (gint64) result.values->len, NULL);
      json_object_set_double_member (result.more, "max", bench_percentile (result.values, 100));
      bench_report (options, &result);
    }
  kith_db_close (reader);
  g_clear_object (&store);
  bench_remove (path);
  return ok;
}
