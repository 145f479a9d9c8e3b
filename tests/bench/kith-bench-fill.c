/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-lines.h"
#include "kith-protocol.h"

/* The first fill of a desk. The hub's pages are made beforehand: what is measured is the desk's
 * part, from bytes to committed rows in the encrypted file. Beside it the same rows go as plain INSERT statements into the same tables with
 * the same indexes, search and key, one transaction for each page's worth. */

#define CLIENTS 100000
#define REAL 2000 /* so many the hub has; the others are copied from them (kith-bench-pages.c) */
#define RUNS 3
#define RUNS_MANY 1 /* where one takes half a minute */
#define MANY 50000

typedef struct
{
  GPtrArray *pages; /* GBytes */
  GPtrArray *sql;   /* char *: the same rows, a page each */
  guint rows;
} Input;

static void
input_clear (Input *input)
{
  g_clear_pointer (&input->pages, g_ptr_array_unref);
  g_clear_pointer (&input->sql, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

static void
append_text (GString *sql, const char *text)
{
  if (text == NULL)
    {
      g_string_append (sql, "NULL");
      return;
    }
  g_string_append_c (sql, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '\'')
        g_string_append_c (sql, '\'');
      g_string_append_c (sql, *text);
    }
  g_string_append_c (sql, '\'');
}

static void
append_row (GString *sql, JsonObject *put)
{
  const KithKind *kind = kith_kind_get (kith_json_string (put, "t"));
  const char *id = kith_json_string (put, "id");
  g_autoptr (KithRecord) record = kith_record_new_for_body (kind, id, kith_json_object (put, "body"));
  g_autofree char *body = kith_record_print (record);
  g_autofree char *table = kith_sql_name (kind->name);
  gboolean searched = kith_kind_is_searched (kind), digits = kith_kind_has_digits (kind);

  g_string_append_printf (sql, "INSERT INTO %s (id, scope, q, body%s%s) VALUES ('%s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", ", table,
                          searched ? ", find" : "", digits ? ", digits" : "", id, kith_json_int (put, "s", 0), kith_json_int (put, "q", 0));
  append_text (sql, body);
  if (searched)
    {
      g_autofree char *find = kith_record_find_text (record);
      g_string_append (sql, ", ");
      append_text (sql, find);
    }
  if (digits)
    {
      g_autofree char *tail = kith_record_digits (record);
      g_string_append (sql, ", ");
      append_text (sql, tail);
    }
  g_string_append (sql, ");\n");
}

static void
make_sql (Input *input)
{
  input->sql = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < input->pages->len; i++)
    {
      g_autoptr (KithLineReader) reader = kith_line_reader_new (input->pages->pdata[i], KITH_LIMIT_LINE);
      GString *sql = g_string_new ("BEGIN;\n");
      JsonObject *line;

      while ((line = kith_line_reader_next_object (reader, NULL)) != NULL)
        {
          JsonObject *put = kith_json_object (line, "put");

          if (put != NULL)
            {
              append_row (sql, put);
              input->rows++;
            }
          json_object_unref (line);
        }
      g_string_append (sql, "COMMIT;\n");
      g_ptr_array_add (input->sql, g_string_free (sql, FALSE));
    }
}

/* Signed in, directory, own caseload: what the first page of the window needs. */
static gboolean
is_usable (BenchNet *net, KithStore *store)
{
  g_autoptr (KithActor) actor = kith_store_load_actor (store, NULL);
  g_autoptr (KithDbStmt) stmt =
      kith_db_prepare (kith_store_get_db (store), "SELECT count(*) FROM assignment a JOIN client c ON c.id = a.client WHERE a.staff = ?1", NULL);

  if (actor == NULL || stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, net->ann);
  return kith_db_step (stmt, NULL) == KITH_DB_ROW && kith_db_int (stmt, 0) >= BENCH_CASELOAD;
}

/* A fill or its limit: seconds by the clock, and what its writing thread computed of them, which another's work beside it does not change. */
typedef struct
{
  double complete, cpu;
  double usable;
} Figure;

static gboolean
fill_once (BenchNet *net, Input *input, Figure *figure, GError **error)
{
  g_autofree char *path = bench_path ("fill.db");
  g_autoptr (KithStore) store = bench_store_new (net, NULL, path, error);
  gboolean more, seen = FALSE;
  gint64 begun;
  gboolean ok = store != NULL && kith_store_set_identity (store, "bench-fill", net->ann, "ZZ", kith_hub_get_epoch (net->hub), error);

  begun = g_get_monotonic_time ();
  figure->cpu = bench_thread_cpu ();
  for (guint i = 0; ok && i < input->pages->len; i++)
    {
      ok = kith_store_apply_page (store, input->pages->pdata[i], &more, error);
      if (ok && !seen && is_usable (net, store))
        {
          seen = TRUE;
          figure->usable = bench_seconds (begun);
        }
    }
  figure->complete = bench_seconds (begun);
  figure->cpu = bench_thread_cpu () - figure->cpu;
  g_clear_object (&store);
  bench_remove (path);
  return ok;
}

static gboolean
insert_once (Input *input, Figure *figure, GError **error)
{
  g_autofree char *path = bench_path ("plain.db");
  KithDbOptions options = { .path = path, .key = bench_key };
  g_autoptr (KithDb) db = kith_db_open (&options, error);
  g_autofree char *schema = kith_kinds_print_schema (TRUE);
  gint64 begun;
  gboolean ok = db != NULL && kith_db_exec (db, schema, error);

  begun = g_get_monotonic_time ();
  figure->cpu = bench_thread_cpu ();
  for (guint i = 0; ok && i < input->sql->len; i++)
    ok = kith_db_exec (db, input->sql->pdata[i], error);
  figure->complete = bench_seconds (begun);
  figure->cpu = bench_thread_cpu () - figure->cpu;
  g_clear_pointer (&db, kith_db_close);
  bench_remove (path);
  return ok;
}

static gboolean
make_input (const BenchOptions *options, BenchNet *net, guint copies, Input *input, GError **error)
{
  g_autoptr (BenchDesk) desk = bench_desk_new (net, "ann", NULL, error);
  gint64 begun = g_get_monotonic_time ();

  input->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (desk == NULL || !bench_desk_pull (desk, input->pages, error))
    return FALSE;
  bench_pages_copy (input->pages, copies, net->random);
  make_sql (input);
  bench_say (options, "  %u rows in %u pages, made in %.1f s", input->rows, input->pages->len, bench_seconds (begun));
  return TRUE;
}

static void
add_figure (GArray *completes, GArray *cpus, const Figure *figure)
{
  bench_add (completes, figure->complete);
  bench_add (cpus, figure->cpu);
}

gboolean
bench_fill (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS, real = MIN (clients, REAL), copies = clients / real - 1;
  guint runs = options->runs > 0 ? options->runs : clients >= MANY ? RUNS_MANY : RUNS;
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, real, error);
  g_auto (Input) input = { 0 };
  g_autoptr (GArray) usables = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) plain_cpus = g_array_new (FALSE, FALSE, sizeof (double));
  BenchResult result;

  if (net == NULL || !make_input (options, net, copies, &input, error))
    return FALSE;
  bench_result_init (&result, "fill", "s", "complete within 1.3 of plain inserts; usable within 1 s");
  for (guint run = 0; run < runs; run++)
    {
      Figure fill = { 0 }, plain = { 0 };

      if (!insert_once (&input, &plain, error) || !fill_once (net, &input, &fill, error))
        return FALSE;
      bench_say (options, "  run %u: complete %.2f s (writing %.2f s), usable %.2f s, plain inserts %.2f s (%.2f s)", run + 1, fill.complete, fill.cpu,
                 fill.usable, plain.complete, plain.cpu);
      add_figure (result.values, cpus, &fill);
      add_figure (result.limits, plain_cpus, &plain);
      bench_add (usables, fill.usable);
    }
  result.more = kith_json_new ("clients", "i", (gint64) (copies + 1) * real, "rows", "i", (gint64) input.rows, NULL);
  json_object_set_double_member (result.more, "usable", bench_median (usables));
  json_object_set_double_member (result.more, "cpu", bench_median (cpus));
  json_object_set_double_member (result.more, "limit_cpu", bench_median (plain_cpus));
  bench_report (options, &result);
  return TRUE;
}
