/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-protocol.h"

/* 10,000 operations made without a network go to the hub: taken from the outbox, pushed in batches, run and stamped there, their
 * outcomes taken back. Both sides are on disk. Beside it as many rows are written fifty to a transaction. */

#define OPERATIONS 10000
#define RUNS 3

static gboolean
change_all (BenchDesk *desk, guint count, guint run, GError **error)
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *client = bench_client_id (desk->net, i);
      g_autofree char *old = run > 0 ? g_strdup_printf ("Call after %u", run) : NULL;
      g_autofree char *new = g_strdup_printf ("Call after %u", run + 1);
      JsonObject *field = kith_json_new ("old", "s", old, "new", "s", new, NULL);
      JsonObject *set = kith_json_new ("contact_note", "o", field, NULL);
      g_autoptr (JsonObject) args = kith_json_new ("t", "s", "client", "id", "s", client, "set", "o", set, NULL);

      if (old == NULL)
        json_object_set_null_member (field, "old");
      if (!kith_store_submit (desk->store, "record.patch", args, 0, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
push_all (BenchDesk *desk, double *at_hub, GError **error)
{
  for (;;)
    {
      guint n = 0;
      g_autoptr (GError) local = NULL;
      g_autoptr (GBytes) body = kith_store_next_push (desk->store, KITH_LIMIT_PUSH_OPS, KITH_LIMIT_PUSH, &n, &local);
      g_autoptr (GBytes) answer = NULL;
      gint64 begun = g_get_monotonic_time ();

      if (body == NULL)
        {
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          return local == NULL;
        }
      answer = bench_desk_post (desk, KITH_PATH_PUSH, body, error);
      *at_hub += bench_seconds (begun);
      if (answer == NULL || !kith_store_apply_push_answer (desk->store, answer, error))
        return FALSE;
    }
}

static gboolean
insert_plain (BenchNet *net, guint count, double *seconds, double *cpu, GError **error)
{
  const KithKind *kind = kith_kind_get ("client");
  g_autofree char *path = bench_path ("plain.db");
  g_autoptr (KithDb) db = kith_hub_open_db (path, FALSE, NULL, error);
  g_autofree char *ddl = kith_kind_print_ddl (kind, FALSE);
  g_autofree char *put = kith_kind_sql_put (kind, FALSE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 begun;

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = bench_client_id (net, i);
      g_autoptr (JsonObject) values = bench_client_values (net->random);

      g_ptr_array_add (rows, kith_record_new_for_body (kind, id, values));
    }
  if (db == NULL || !kith_db_exec (db, ddl, error))
    return FALSE;

  begun = g_get_monotonic_time ();
  *cpu = bench_cpu ();
  for (guint i = 0; i < count; i += KITH_LIMIT_OPS)
    {
      g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (db, error);

      for (guint k = i; transaction != NULL && k < MIN (count, i + KITH_LIMIT_OPS); k++)
        {
          g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, put, error);
          g_autofree char *body = kith_record_print (rows->pdata[k]);
          g_autofree char *find = kith_record_find_text (rows->pdata[k]);
          g_autofree char *digits = kith_record_digits (rows->pdata[k]);

          kith_db_bind_text (stmt, 1, kith_record_get_id (rows->pdata[k]));
          kith_db_bind_text (stmt, 2, body);
          kith_db_bind_text (stmt, 3, find);
          kith_db_bind_text (stmt, 4, digits);
          if (!kith_db_step_done (stmt, error))
            return FALSE;
        }
      if (transaction == NULL || !kith_db_transaction_commit (transaction, error))
        return FALSE;
    }
  *seconds = bench_seconds (begun);
  *cpu = bench_cpu () - *cpu;
  g_clear_pointer (&db, kith_db_close);
  bench_remove (path);
  return TRUE;
}

gboolean
bench_push (const BenchOptions *options, GError **error)
{
  guint count = options->clients > 0 ? options->clients : OPERATIONS, runs = options->runs > 0 ? options->runs : RUNS;
  g_autofree char *hub_path = bench_path ("hub.db");
  g_autofree char *desk_path = bench_path ("desk.db");
  g_autoptr (BenchNet) net = bench_net_new (options, hub_path, count, error);
  g_autoptr (BenchDesk) desk = net != NULL ? bench_desk_new (net, "ann", desk_path, error) : NULL;
  g_autoptr (GArray) hubs = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) locals = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) plain_cpus = g_array_new (FALSE, FALSE, sizeof (double));
  BenchResult result;

  if (desk == NULL || !bench_desk_pull (desk, NULL, error))
    return FALSE;

  bench_result_init (&result, "push", "s", "10,000 operations within 0.6 s");
  for (guint run = 0; run < runs; run++)
    {
      double plain, plain_cpu, at_hub = 0, local, whole, cpu;
      gint64 begun = g_get_monotonic_time ();
      KithStoreStatus status;

      if (!change_all (desk, count, run, error))
        return FALSE;
      local = bench_seconds (begun);
      begun = g_get_monotonic_time ();
      cpu = bench_cpu ();
      if (!push_all (desk, &at_hub, error))
        return FALSE;
      whole = bench_seconds (begun);
      cpu = bench_cpu () - cpu;
      if (!insert_plain (net, count, &plain, &plain_cpu, error) || !bench_desk_pull (desk, NULL, error) || !kith_store_get_status (desk->store, &status, error))
        return FALSE;
      if (status.waiting > 0 || status.attention > 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%u operations still wait, %u were refused", status.waiting, status.attention);
          return FALSE;
        }
      bench_say (options, "  run %u: push %.2f s (computing %.2f s; hub %.2f s), made on the desk in %.2f s, plain rows %.2f s (computing %.2f s)",
                 run + 1, whole, cpu, at_hub, local, plain, plain_cpu);
      bench_add (result.values, whole);
      bench_add (result.limits, plain);
      bench_add (hubs, at_hub);
      bench_add (locals, local);
      bench_add (cpus, cpu);
      bench_add (plain_cpus, plain_cpu);
    }
  result.more = kith_json_new ("operations", "i", (gint64) count, NULL);
  json_object_set_double_member (result.more, "hub", bench_median (hubs));
  json_object_set_double_member (result.more, "made", bench_median (locals));
  json_object_set_double_member (result.more, "cpu", bench_median (cpus));
  json_object_set_double_member (result.more, "limit_cpu", bench_median (plain_cpus));
  bench_report (options, &result);
  g_clear_pointer (&desk, bench_desk_free);
  g_clear_pointer (&net, bench_net_free);
  bench_remove (desk_path);
  bench_remove (hub_path);
  return TRUE;
}
