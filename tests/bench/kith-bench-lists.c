/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-list-load.h"
#include "kith-store-balance.h"

/* Pages that show a whole agency, on a reader of the encrypted file that has just been opened, as after unlocking: all clients, from the top and
 * far down; who holds how much in an agency of 10,000 clients and 50 people; "Balance" there. Beside each the time within which a page
 * answers at once. */

#define CLIENTS 100000
#define AGENCY 10000 /* clients of the agency that is shown as a whole */
#define PEOPLE 50    /* of its staff */
#define MOVES 100
#define PAGE "100"
#define RUNS 5
#define AT_ONCE_MS 100.0

typedef struct
{
  BenchNet *net;
  const char *path;
  guint from;
} Lists;

typedef gboolean (*ListFunc) (KithDb *db, Lists *self, guint *n, GError **error);

static gboolean
put (KithDb *db, const char *kind_name, const char *id, JsonObject *body, GError **error)
{
  const KithKind *kind = kith_kind_get (kind_name);
  g_autofree char *sql = kith_kind_sql_put (kind, TRUE);
  gboolean ok = bench_put_row (db, kind, sql, id, 1, body, error);

  json_object_unref (body);
  return ok;
}

static char *
staff_id (guint i)
{
  g_autofree char *key = g_strdup_printf ("bench-lists/%u", i);

  return kith_id_natural ("staff", key);
}

static gboolean
put_staff (KithDb *db, BenchNet *net, GError **error)
{
  for (guint i = 0; i < PEOPLE; i++)
    {
      g_autofree char *id = staff_id (i);
      g_autofree char *name = g_strdup_printf ("Person %02u", i);

      if (!put (db, "staff", id, kith_json_new ("agency", "s", net->agency_a, "name", "s", name, "level", "s", "standard", "role", "s", "case_manager",
                                                "languages", "a", kith_json_strings (i % 3 == 0 ? "es" : "en", NULL), "active", "b", TRUE, "trained", "b", TRUE, NULL),
                error))
        return FALSE;
    }
  return TRUE;
}

/* An open case of each client with a task, every third client with a referral: all on whoever has the client. */
static gboolean
put_more (KithDb *db, BenchNet *net, guint i, const char *client, const char *staff, GError **error)
{
  g_autofree char *number = g_strdup_printf ("KA-%06u", i);
  g_autofree char *of_case = kith_id_natural ("case", client), *on = kith_id_natural ("assignment", of_case), *task = kith_id_natural ("task", client),
                  *referral = kith_id_natural ("referral", client);

  return put (db, "case", of_case, kith_json_new ("client", "s", client, "agency", "s", net->agency_a, "number", "s", number, "title", "s", "A home",
                                                  "type", "s", "housing", "phase", "s", "open", "opened_at", "s", "2026-03-02T09:00:00.000Z", NULL), error) &&
         put (db, "assignment", on, kith_json_new ("client", "s", client, "case", "s", of_case, "staff", "s", staff, "agency", "s", net->agency_a, NULL), error) &&
         put (db, "task", task, kith_json_new ("case", "s", of_case, "staff", "s", staff, "agency", "s", net->agency_a, "subject", "s", "Call", "done", "b", FALSE, NULL), error) &&
         (i % 3 > 0 || put (db, "referral", referral, kith_json_new ("client", "s", client, "agency", "s", net->agency_a, "agency_to", "s", net->agency_a, "assignee", "s", staff,
                                                                     "number", "s", number, "type", "s", "direct", "phase", "s", "in_service", NULL), error));
}

/* Uneven, so that there is something to balance. */
static gboolean
put_work (KithDb *db, BenchNet *net, guint clients, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (db, error);

  if (transaction == NULL || !put_staff (db, net, error))
    return FALSE;
  for (guint i = 0; i < clients; i++)
    {
      g_autofree char *client = bench_client_id (net, i);
      g_autofree char *staff = staff_id (kith_random_below (net->random, 1 + kith_random_below (net->random, PEOPLE)));
      g_autofree char *id = kith_id_natural ("assignment", client);

      if (!put (db, "assignment", id, kith_json_new ("client", "s", client, "staff", "s", staff, "agency", "s", net->agency_a, NULL), error) ||
          !put_more (db, net, i, client, staff, error))
        return FALSE;
    }
  return kith_db_transaction_commit (transaction, error);
}

static gboolean
read_list (KithDb *db, const char *query, const char *arg, guint from, guint *n, GError **error)
{
  g_autofree char *tail = g_strdup_printf (") LIMIT " PAGE " OFFSET %u", from);
  g_autoptr (KithDbStmt) stmt = kith_list_prepare_around (db, query, from > 0 ? "SELECT id FROM (" : "SELECT * FROM (", tail, error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, arg);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    for (int column = 0; column < kith_db_n_columns (stmt); column++)
      *n += kith_db_text (stmt, column) != NULL;
  return step == KITH_DB_DONE;
}

static gboolean
list_clients (KithDb *db, Lists *self, guint *n, GError **error)
{
  gint64 total = 0;

  return kith_db_fetch_int (db, &total, error, "clients-all-count", "") && total > 0 &&
         read_list (db, "clients-all", self->net->ann, self->from, n, error);
}

static gboolean
list_staff (KithDb *db, Lists *self, guint *n, GError **error)
{
  return read_list (db, "staff-load", self->net->agency_a, 0, n, error);
}

static gboolean
balance (KithDb *db, Lists *self, guint *n, GError **error)
{
  g_autoptr (KithProposal) proposal = kith_store_propose_balance (db, self->net->agency_a, "2026-11-20", MOVES, error);

  if (proposal == NULL)
    return FALSE;
  *n += proposal->moves->len;
  return TRUE;
}

static gboolean
measure (const BenchOptions *options, Lists *self, const char *name, guint clients, ListFunc func, GError **error)
{
  KithDbOptions reading = { .path = self->path, .key = bench_key, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GArray) cpu = g_array_new (FALSE, FALSE, sizeof (double));
  guint runs = options->runs > 0 ? options->runs : RUNS, n = 0;
  BenchResult result;

  bench_result_init (&result, name, "ms", "within 100 ms: at once");
  for (guint run = 0; run < runs; run++)
    {
      g_autoptr (KithDb) db = kith_db_open (&reading, error);
      gint64 begun = g_get_monotonic_time ();
      double used = bench_cpu ();

      if (db == NULL || !kith_store_prepare_reader (db, error) || !func (db, self, &n, error))
        return FALSE;
      bench_add (cpu, (bench_cpu () - used) * 1000);
      bench_add (result.values, bench_seconds (begun) * 1000);
      bench_add (result.limits, AT_ONCE_MS);
    }
  if (n == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: nothing was shown", name);
      return FALSE;
    }
  result.more = kith_json_new ("clients", "i", (gint64) clients, NULL);
  json_object_set_double_member (result.more, "cpu", bench_median (cpu));
  bench_report (options, &result);
  return TRUE;
}

static KithStore *
make_store (const BenchOptions *options, Lists *self, guint clients, gboolean work, GError **error)
{
  g_autoptr (KithStore) store = bench_store_new (self->net, NULL, self->path, error);

  if (store == NULL || !kith_store_set_identity (store, "bench-lists", self->net->ann, "ZZ", kith_hub_get_epoch (self->net->hub), error) ||
      !bench_fill_tables (options, self->net, kith_store_get_db (store), clients, NULL, error) ||
      (work && !put_work (kith_store_get_db (store), self->net, clients, error)))
    return NULL;
  return g_steal_pointer (&store);
}

gboolean
bench_lists (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS, agency = MIN (AGENCY, clients);
  g_autofree char *all_path = bench_path ("lists.db"), *agency_path = bench_path ("agency.db");
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  Lists all = { .net = net, .path = all_path }, one = { .net = net, .path = agency_path };
  g_autoptr (KithStore) all_store = net != NULL ? make_store (options, &all, clients, FALSE, error) : NULL;
  g_autoptr (KithStore) store = all_store != NULL ? make_store (options, &one, agency, TRUE, error) : NULL;
  gboolean ok = store != NULL && measure (options, &all, "list-clients", clients, list_clients, error);

  all.from = clients * 9 / 10;
  ok = ok && measure (options, &all, "list-clients-far", clients, list_clients, error) &&
       measure (options, &one, "list-staff", agency, list_staff, error) && measure (options, &one, "balance", agency, balance, error);
  g_clear_object (&store);
  g_clear_object (&all_store);
  bench_remove (all_path);
  bench_remove (agency_path);
  return ok;
}
