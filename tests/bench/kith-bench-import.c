/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-client-reader.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-store-import.h"

#include <string.h>
#include <time.h>

/* The dry run of an agency's spreadsheet of 300,000 people into a store of 100,000, a thousand rows at a time as the window does it: read,
 * checked, compared with who is here, kept. One row in a hundred is somebody here. Beside it the same rows are only inserted. What is computed for
 * either is told too: on a computer that does other things besides, the time that passes says little. */

#define CHUNK 1000
#define JOB "bench-import"

/* Seconds that passed, and that this thread computed. */
typedef struct
{
  double passed, computed;
} Taken;

static double
computed (void)
{
  struct timespec used = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9;
}

static void
take (Taken *taken, gint64 begun, double before)
{
  taken->passed += bench_seconds (begun);
  taken->computed += computed () - before;
}

/* "given,family,birth date" of some who are in the store. */
static GPtrArray *
list_people (KithDb *db, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "SELECT given_name, family_name, date_of_birth FROM client WHERE date_of_birth IS NOT NULL LIMIT 500", error);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);

  if (stmt == NULL)
    return NULL;
  while (kith_db_step (stmt, error) == KITH_DB_ROW)
    g_ptr_array_add (people, g_strdup_printf ("%s,%s,%s", kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2)));
  return g_steal_pointer (&people);
}

static gboolean
write_file (BenchNet *net, const char *path, guint rows, GPtrArray *names, GPtrArray *people, GError **error)
{
  static const char *const given[] = { "Ana", "Omar", "Wei", "Lena" };
  g_autoptr (GString) csv = g_string_new ("id,first name,last name,birth date,phone,city\n");

  for (guint i = 0; i < rows; i++)
    {
      g_string_append_printf (csv, "%u,", i);
      if (i % 100 == 7)
        g_string_append (csv, people->pdata[i / 100 % people->len]);
      else
        g_string_append_printf (csv, "%s%c%c%c,%s,19%02u-%02u-%02u", given[i % G_N_ELEMENTS (given)], 'a' + (int) (i % 26), 'a' + (int) (i / 26 % 26),
                                'a' + (int) (i / 676 % 26), (const char *) names->pdata[i % names->len],
                                30 + i % 70, 1 + i % 12, 1 + i % 28);
      g_string_append_printf (csv, ",619-555-%04u,Riverton\n", kith_random_below (net->random, 10000));
    }
  return g_file_set_contents (path, csv->str, (gssize) csv->len, error);
}

static void
row_clear (gpointer data)
{
  KithImportRow *row = data;

  g_clear_pointer (&row->args, json_object_unref);
  g_free (row->reason);
  g_free (row->cells);
  g_free (row->who);
  g_free (row->remark);
}

static gboolean
read_chunk (KithReader *reader, GArray *rows, GError **error)
{
  g_autoptr (GError) local = NULL;
  KithClientRow row;

  while (rows->len < CHUNK && kith_client_reader_next_row (reader, &row, &local))
    {
      g_autoptr (JsonNode) cells = json_node_init_array (json_node_alloc (), row.cells);
      KithImportRow kept = { .row = (gint64) row.row, .args = g_steal_pointer (&row.args), .reason = g_steal_pointer (&row.reason),
                             .who = g_steal_pointer (&row.who), .remark = g_steal_pointer (&row.remark), .like = (gint64) row.like };

      kept.cells = kith_json_print (cells);
      kith_client_row_clear (&row);
      g_array_append_val (rows, kept);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
insert_plain (KithDb *db, const KithImportRow *rows, guint n_rows, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (db, error);

  for (guint i = 0; transaction != NULL && i < n_rows; i++)
    {
      const char *source_id = rows[i].args != NULL ? kith_json_string (rows[i].args, "source_id") : NULL;
      g_autofree char *client = kith_id_natural ("client", source_id != NULL ? source_id : "");
      g_autofree char *body = rows[i].args != NULL ? kith_json_print_object (kith_json_object (rows[i].args, "values")) : NULL;

      if (!kith_db_run (db, error, "import-row-put", "sissssssssi", "plain", rows[i].row, "new", source_id, client, body, rows[i].cells, rows[i].reason, NULL, NULL, (gint64) 0))
        return FALSE;
    }
  return transaction != NULL && kith_db_transaction_commit (transaction, error);
}

static gboolean
dry_run (KithStore *store, const char *path, double *first, Taken *all, Taken *plain, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (KithImportRow));
  const KithClientReaderOptions reading = { .path = path, .agency = "bench", .source = "sheet",
                                            .map = "source_id=id,given_name=first name,family_name=last name,date_of_birth=birth date,phone=phone,city=city" };
  gint64 begun;
  double before;
  g_autoptr (KithReader) reader = kith_client_reader_new (&reading, error);
  gboolean new;

  if (reader == NULL || !kith_store_import_begin (store, JOB, "bench.csv", "sheet", "[]", &new, error))
    return FALSE;
  g_array_set_clear_func (rows, row_clear);
  for (*first = 0;;)
    {
      const KithImportRow *read;

      begun = g_get_monotonic_time ();
      before = computed ();
      g_array_set_size (rows, 0);
      if (!read_chunk (reader, rows, error))
        return FALSE;
      if (rows->len == 0)
        return kith_store_import_end_reading (store, error);
      read = &g_array_index (rows, KithImportRow, 0);
      if (!kith_store_import_add (store, JOB, read, rows->len, error))
        return FALSE;
      take (all, begun, before);
      if (*first == 0)
        *first = all->passed;
      begun = g_get_monotonic_time ();
      before = computed ();
      if (!insert_plain (kith_store_get_db (store), read, rows->len, error))
        return FALSE;
      take (plain, begun, before);
    }
}

/* Who imports: without this the store does not know whom it belongs to. */
static gboolean
put_importer (BenchNet *net, KithDb *db, GError **error)
{
  g_autofree char *put = kith_kind_sql_put (kith_kind_get ("staff"), TRUE);
  g_autoptr (JsonObject) staff = kith_json_new ("agency", "s", net->agency_a, "name", "s", "Ann Bench", "level", "s", "standard", "role", "s",
                                                "referral_manager", "active", "b", TRUE, "trained", "b", TRUE, "login", "s", "ann", NULL);

  return bench_put_row (db, kith_kind_get ("staff"), put, net->ann, 1, staff, error);
}

gboolean
bench_import (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : 100000, rows = clients * 3;
  g_autofree char *path = bench_path ("import.db"), *csv = bench_path ("people.csv");
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithStore) store = net != NULL ? bench_store_new (net, NULL, path, error) : NULL;
  g_autoptr (GPtrArray) people = NULL;
  Taken all = { 0 }, plain = { 0 };
  double first;
  KithImportTally tally;
  g_autofree char *state = NULL;
  BenchResult result;

  if (store == NULL || !kith_store_set_identity (store, JOB, net->ann, "ZZ", kith_hub_get_epoch (net->hub), error) ||
      !put_importer (net, kith_store_get_db (store), error) || !bench_fill_tables (options, net, kith_store_get_db (store), clients, names, error) ||
      (people = list_people (kith_store_get_db (store), error)) == NULL || !write_file (net, csv, rows, names, people, error) || !dry_run (store, csv, &first, &all, &plain, error) || !kith_store_import_counts (store, JOB, &tally, &state, error))
    return FALSE;
  bench_result_init (&result, "import", "s", "300,000 rows: the first within 1 s, all within 10 s on top of inserting them");
  bench_add (result.values, all.passed);
  bench_add (result.limits, plain.passed);
  result.more = kith_json_new ("rows", "i", (gint64) rows, "clients", "i", (gint64) clients, "new", "i", (gint64) tally.fresh, "maybe", "i", (gint64) tally.maybe,
                               "bad", "i", (gint64) tally.bad, NULL);
  json_object_set_double_member (result.more, "first_s", first);
  json_object_set_double_member (result.more, "on_top_s", all.passed - plain.passed);
  json_object_set_double_member (result.more, "computed_s", all.computed);
  json_object_set_double_member (result.more, "on_top_computed_s", all.computed - plain.computed);
  bench_report (options, &result);
  g_clear_object (&store);
  bench_remove (path);
  return TRUE;
}
