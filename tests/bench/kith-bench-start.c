/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-keyslots.h"
#include "kith-kind-sql.h"

#include <glib/gstdio.h>
#include <stdio.h>

/* From the start of the program until the clients of a large store are listed, offline, and what it then takes of memory. Beside it an
 * empty window of the same toolkit. The password is hashed at the least cost Kith accepts; the time that takes is told apart. */

#define CLIENTS 100000
#define RUNS 7
#define PASSWORD BENCH_PASSWORD
#define HUB "http://127.0.0.1:9" /* nobody listens there */
#define LOGIN "ann"
#define LEAST_OPS 2
#define LEAST_MEMORY ((guint64) 19 << 20)

typedef struct
{
  GArray *milliseconds, *mebibytes;
} Figures;

static void
figures_init (Figures *figures)
{
  figures->milliseconds = g_array_new (FALSE, FALSE, sizeof (double));
  figures->mebibytes = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
figures_clear (Figures *figures)
{
  g_array_unref (figures->milliseconds);
  g_array_unref (figures->mebibytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Figures, figures_clear)

/* The folder of a desktop that has signed in before, as kith_desktop_new() finds it. */
static char *
make_folder (const char *data_dir, GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, HUB "\n" LOGIN, -1);
  g_autofree char *last = g_build_filename (data_dir, "last", NULL);
  g_autofree char *folder = NULL;

  sum[20] = '\0';
  folder = g_build_filename (data_dir, sum, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_file_set_contents (last, HUB "\n" LOGIN "\n", -1, error))
    return NULL;
  return g_steal_pointer (&folder);
}

static KithSecret *
make_key (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "keyslots", NULL);
  KithKeyslotsInfo info = { (char *) HUB, (char *) LOGIN, (char *) "bench-start", { 1, 2, 3 }, LEAST_OPS, LEAST_MEMORY };
  g_autoptr (KithPassword) keys = kith_password_derive (PASSWORD, info.salt, info.ops, info.memory, error);
  g_autoptr (KithSecret) data_key = keys != NULL ? kith_keyslots_create (path, &info, keys->store, error) : NULL;

  return data_key != NULL ? kith_keyslots_database_key (data_key) : NULL;
}

static gboolean
put (KithDb *db, const char *kind_name, const char *id, JsonObject *body, GError **error)
{
  const KithKind *kind = kith_kind_get (kind_name);
  g_autofree char *sql = kith_kind_sql_put (kind, TRUE);
  gboolean ok = bench_put_row (db, kind, sql, id, 1, body, error);

  json_object_unref (body);
  return ok;
}

KithStore *
bench_open_desk (const BenchOptions *options, const char *data_dir, BenchNet **out, GError **error)
{
  g_autofree char *folder = make_folder (data_dir, error);
  g_autoptr (KithSecret) key = folder != NULL ? make_key (folder, error) : NULL;
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "store.db", NULL) : NULL;
  g_autoptr (BenchNet) net = key != NULL ? bench_net_new (options, NULL, 0, error) : NULL;
  KithDbOptions opening = { .path = path, .key = key != NULL ? kith_secret_bytes (key) : NULL, .queries = "/org/kith/sql/store/queries" };
  KithDb *db = net != NULL ? kith_db_open (&opening, error) : NULL;
  g_autoptr (KithStore) store = db != NULL ? kith_store_new (db, net->clock, net->random, error) : NULL;

  if (store == NULL || !kith_store_set_identity (store, "bench-start", net->ann, "ZZ", kith_hub_get_epoch (net->hub), error) ||
      !put (db, "organization", net->agency_a, kith_json_new ("name", "s", "Harbor House", NULL), error) ||
      !put (db, "staff", net->ann,
            kith_json_new ("agency", "s", net->agency_a, "given_name", "s", "Ann", "family_name", "s", "Bench", "name", "s", "Ann Bench", "level", "s",
                           "standard", "role", "s", "referral_manager", "duties", "a", kith_json_strings ("supervisor", NULL), "active", "b", TRUE,
                           "trained", "b", TRUE, "login", "s", LOGIN, NULL),
            error))
    return NULL;
  *out = g_steal_pointer (&net);
  return g_steal_pointer (&store);
}

static gboolean
make_store (const BenchOptions *options, const char *data_dir, guint clients, GError **error)
{
  g_autoptr (BenchNet) net = NULL;
  g_autoptr (KithStore) store = bench_open_desk (options, data_dir, &net, error);

  return store != NULL && bench_fill_tables (options, net, kith_store_get_db (store), clients, NULL, error);
}

/* Two numbers that the window prints. */
static gboolean
run_window (const BenchOptions *options, const char *const *args, double *first, double *second, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (options->program);
  g_autofree char *program = g_build_filename (folder, "kith-bench-window", NULL);
  g_autofree char *begun = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *argv[7] = { program, args[0], begun };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;

  for (guint i = 1; args[i] != NULL; i++)
    argv[i + 2] = args[i];
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, error))
    return FALSE;
  if (!g_subprocess_get_successful (process) || sscanf (out, "%lf %lf", first, second) != 2)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "kith-bench-window %s did not come up", args[0]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
start_once (const BenchOptions *options, const char *const *args, Figures *figures, GError **error)
{
  double milliseconds, kib;

  if (!run_window (options, args, &milliseconds, &kib, error))
    return FALSE;
  bench_add (figures->milliseconds, milliseconds);
  bench_add (figures->mebibytes, kib / 1024);
  return TRUE;
}

static double
derive_milliseconds (void)
{
  const guint8 salt[KITH_PASSWORD_SALT] = { 1, 2, 3 };
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (KithPassword) keys = kith_password_derive (PASSWORD, salt, LEAST_OPS, LEAST_MEMORY, NULL);

  return bench_seconds (begun) * 1000;
}

static gboolean
measure (const BenchOptions *options, guint clients, Figures *kith, Figures *empty, GError **error)
{
  g_autofree char *data_dir = bench_path ("start");
  g_autofree char *rows = g_strdup_printf ("%u", clients * 9 / 10);
  const char *const empty_args[] = { "empty", NULL };
  const char *const kith_args[] = { "kith", data_dir, PASSWORD, rows, NULL };
  guint runs = options->runs > 0 ? options->runs : RUNS;
  static gboolean made;

  if (!made && !make_store (options, data_dir, clients, error))
    return FALSE;
  made = TRUE;
  for (guint run = 0; run <= runs; run++)
    {
      Figures *first = empty, *second = kith;
      Figures warm = { 0 };

      if (run == 0) /* files come into the cache */
        {
          figures_init (&warm);
          first = second = &warm;
        }
      if (!start_once (options, empty_args, first, error) || !start_once (options, kith_args, second, error))
        return FALSE;
      if (run == 0)
        figures_clear (&warm);
    }
  return TRUE;
}

static gboolean
bench_window (const BenchOptions *options, gboolean memory, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS;
  g_auto (Figures) kith = { 0 }, empty = { 0 };
  GArray *values, *limits;
  BenchResult result;

  figures_init (&kith);
  figures_init (&empty);
  if (!measure (options, clients, &kith, &empty, error))
    return FALSE;
  values = memory ? kith.mebibytes : kith.milliseconds;
  limits = memory ? empty.mebibytes : empty.milliseconds;
  if (memory)
    bench_result_init (&result, "memory", "MiB", "within 1.5 of an empty window");
  else
    bench_result_init (&result, "start", "ms", "within 1.3 of an empty window, and 600 ms");
  g_array_append_vals (result.values, values->data, values->len);
  g_array_append_vals (result.limits, limits->data, limits->len);
  result.more = kith_json_new ("clients", "i", (gint64) clients, NULL);
  if (!memory)
    json_object_set_double_member (result.more, "password", derive_milliseconds ());
  bench_report (options, &result);
  return TRUE;
}

gboolean
bench_start (const BenchOptions *options, GError **error)
{
  return bench_window (options, FALSE, error);
}

gboolean
bench_memory (const BenchOptions *options, GError **error)
{
  return bench_window (options, TRUE, error);
}

/* --- a record ----------------------------------------------------------------------------------------------------- */

#define YEARS 2000 /* services of a client who stayed for years: nights, meals, rides */
#define WEEKS 50   /* of another, who stayed for weeks */

/* A client's part of the store is held here, so that one more can be recorded; so often something was given, on as many days. */
static gboolean
put_services (KithDb *db, BenchNet *net, const char *client, guint n, GError **error)
{
  g_autofree char *scope = g_strdup_printf ("INSERT INTO scope (name, sid, filled) VALUES ('care:%s:%s', %u, 1)", client, net->agency_a, n);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (db, error);
  g_autoptr (GDateTime) first = g_date_time_new_utc (2020, 1, 1, 12, 0, 0);

  if (transaction == NULL || !kith_db_exec (db, scope, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("bench-record/%s/%u", client, i);
      g_autofree char *id = kith_id_natural ("service_event", key);
      g_autoptr (GDateTime) when = g_date_time_add_days (first, (int) i);
      g_autofree char *day = g_date_time_format (when, "%Y-%m-%d"), *at = g_date_time_format (when, "%Y-%m-%dT12:00:00.000Z");

      if (!put (db, "service_event", id, kith_json_new ("client", "s", client, "agency", "s", net->agency_a, "service", "s", net->service, "type", "s", "night", "given_on", "s", day,
                                                        "count", "i", (gint64) 1, "at", "s", at, "by", "s", net->ann, "by_name", "s", "Ann Bench", NULL), error))
        return FALSE;
    }
  return kith_db_transaction_commit (transaction, error);
}

/* Their ids: yours. */
static gboolean
make_records (const BenchOptions *options, const char *data_dir, char **years, char **weeks, GError **error)
{
  g_autoptr (BenchNet) net = NULL;
  g_autoptr (KithStore) store = bench_open_desk (options, data_dir, &net, error);
  KithDb *db = store != NULL ? kith_store_get_db (store) : NULL;

  if (store == NULL || !bench_fill_tables (options, net, db, BENCH_CASELOAD, NULL, error))
    return FALSE;
  *years = bench_client_id (net, 0);
  *weeks = bench_client_id (net, 1);
  return put_services (db, net, *years, YEARS, error) && put_services (db, net, *weeks, WEEKS, error);
}

/**
 * bench_record:
 *
 * What the main thread computes to show the services given to a client of 2,000, and when one more is recorded. Beside it the same for a client of
 * 50: what is shown of either is as much.
 */
gboolean
bench_record (const BenchOptions *options, GError **error)
{
  g_autofree char *data_dir = bench_path ("record"), *years = NULL, *weeks = NULL;
  guint runs = options->runs > 0 ? options->runs : RUNS;
  BenchResult shown, changed;

  if (!make_records (options, data_dir, &years, &weeks, error))
    return FALSE;
  bench_result_init (&shown, "record", "ms", "within 1.5 of a record with 50");
  bench_result_init (&changed, "record-change", "ms", "within 1.5 of a record with 50");
  for (guint run = 0; run < runs; run++)
    {
      const char *const long_args[] = { "record", data_dir, PASSWORD, years, NULL }, *const short_args[] = { "record", data_dir, PASSWORD, weeks, NULL };
      double first, second;

      if (!run_window (options, short_args, &first, &second, error))
        return FALSE;
      bench_add (shown.limits, first);
      bench_add (changed.limits, second);
      if (!run_window (options, long_args, &first, &second, error))
        return FALSE;
      bench_add (shown.values, first);
      bench_add (changed.values, second);
    }
  shown.more = kith_json_new ("services", "i", (gint64) YEARS, NULL);
  changed.more = kith_json_new ("services", "i", (gint64) YEARS, NULL);
  bench_report (options, &shown);
  bench_report (options, &changed);
  return TRUE;
}
