/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-list-load.h"

/* What is kept for years and looked at every day, on a reader of the encrypted file that has just been opened, as after unlocking: the board of a
 * queue with 50,000 referrals, from the queries to the rows of each lane; and a ledger of a million counts and holds, of which the answer of
 * one service is asked, the one with the most. Beside each the time the issue gives it. */

#define REFERRALS 50000
#define BOARD_MS 150.0
#define EVENTS 1000000
#define LEDGERS 200   /* services that count their places */
#define LARGEST 10    /* so many of a hundred events are one service's */
#define ANSWER_MS 5.0
#define RUNS 5
#define BATCH 20000 /* rows of a transaction: more would not stay in memory until it is written */
#define FIRST_PAGE " ) LIMIT 100"

typedef struct
{
  BenchNet *net;
  KithDb *db;
  GHashTable *puts; /* kind → its statement */
  KithDbTransaction *transaction;
} Fill;

static gboolean
put (Fill *self, const char *kind_name, const char *id, JsonObject *body, GError **error)
{
  const KithKind *kind = kith_kind_get (kind_name);
  const char *sql = g_hash_table_lookup (self->puts, kind);
  gboolean ok;

  if (sql == NULL)
    {
      sql = kith_kind_sql_put (kind, TRUE);
      g_hash_table_insert (self->puts, (gpointer) kind, (gpointer) sql);
    }
  ok = bench_put_row (self->db, kind, sql, id, 1, body, error);
  json_object_unref (body);
  return ok;
}

/* What was put so far is written, every so many rows. */
static gboolean
put_batch (Fill *self, guint n, GError **error)
{
  if (n % BATCH != BATCH - 1)
    return TRUE;
  if (!kith_db_transaction_commit (self->transaction, error))
    return FALSE;
  kith_db_transaction_free (self->transaction);
  self->transaction = kith_db_transaction_begin (self->db, error);
  return self->transaction != NULL;
}

static char *
made_id (const char *kind, guint i)
{
  g_autofree char *key = g_strdup_printf ("bench-board/%u", i);

  return kith_id_natural (kind, key);
}

static char *
moment (guint minutes)
{
  return kith_time_format (G_GINT64_CONSTANT (1700000000000) + (gint64) minutes * 60000);
}

/* ---- the board ---- */

static const struct { const char *name, *phase; guint share; } statuses[] = {
  { "Referred", "sent", 4 },          { "Attempting contact", "contacting", 3 }, { "Enrolled", "in_service", 12 },        { "On hold", "paused", 2 },
  { "Graduated", "closed_resolved", 52 }, { "No longer offered", "closed_unresolved", 12 }, { "Declined", "declined", 15 },
};

static guint
draw_status (KithRandom *random)
{
  guint at = kith_random_below (random, 100), i = 0;

  while (at >= statuses[i].share)
    at -= statuses[i++].share;
  return i;
}

static gboolean
put_referral (Fill *self, const char *queue, char *const *status_ids, guint i, GError **error)
{
  guint at = draw_status (self->net->random), came = i * 20;
  g_autofree char *id = made_id ("referral", i), *number = g_strdup_printf ("KA-%06u", i), *name = g_strdup_printf ("Person %u", i);
  g_autofree char *sent = moment (came), *moved = moment (came + kith_random_below (self->net->random, 20000));
  g_autofree char *item = kith_id_natural ("queue_item", id), *detail = kith_id_natural ("referral_detail", id), *course = kith_id_natural ("referral_course", id);
  gboolean closed = g_str_has_prefix (statuses[at].phase, "closed") || g_str_equal (statuses[at].phase, "declined");

  return put (self, "referral", id,
              kith_json_new ("agency", "s", self->net->agency_a, "agency_to", "s", self->net->agency_b, "service", "s", self->net->service, "number", "s", number, "phase", "s",
                             statuses[at].phase, "queue", "s", queue, "queue_status", "s", status_ids[at], "status", "s", statuses[at].name, "contact_name", "s", name, "resource_name", "s", "Night shelter",
                             "assignee", "s", at > 0 && i % 2 == 0 ? self->net->ben : NULL, NULL), error) &&
         put (self, "referral_course", course,
              kith_json_new ("referral", "s", id, "type", "s", "direct", "sent_at", "s", sent, "closed_at", "s", closed ? moved : NULL, NULL), error) &&
         put (self, "referral_detail", detail,
              kith_json_new ("referral", "s", id, "agency", "s", self->net->agency_a, "need", "s", "A bed", "urgency", "s", i % 9 == 0 ? "urgent" : "routine", NULL), error) &&
         put (self, "queue_item", item,
              kith_json_new ("referral", "s", id, "queue", "s", queue, "status", "s", status_ids[at], "placed_at", "s", sent, "moved_at", "s", moved, NULL), error);
}

static gboolean
fill_board (Fill *self, const char *queue, GPtrArray *ids, guint n, GError **error)
{
  if (!put (self, "queue", queue, kith_json_new ("name", "s", "Housing", NULL), error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_ptr_array_add (ids, made_id ("queue_status", i));
      if (!put (self, "queue_status", ids->pdata[i],
                kith_json_new ("queue", "s", queue, "name", "s", statuses[i].name, "phase", "s", statuses[i].phase, "place", "i", (gint64) i, NULL), error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!put_referral (self, queue, (char *const *) ids->pdata, i, error) || !put_batch (self, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_all (KithDb *db, const char *query, const char *const *args, gboolean first_page, guint *n, GError **error)
{
  g_autoptr (KithDbStmt) stmt = first_page ? kith_list_prepare_around (db, query, "SELECT * FROM (", FIRST_PAGE, error) : kith_db_query (db, query, error);
  KithDbStep step = KITH_DB_DONE;

  for (int i = 0; stmt != NULL && args[i] != NULL; i++)
    kith_db_bind_text (stmt, i + 1, args[i]);
  while (stmt != NULL && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    for (int column = 0; column < kith_db_n_columns (stmt); column++)
      *n += kith_db_text (stmt, column) != NULL;
  return stmt != NULL && step == KITH_DB_DONE;
}

static gboolean
count_all (KithDb *db, const char *query, const char *arg, guint *n, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_list_prepare_around (db, query, "SELECT count(*) FROM (", ")", error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, arg);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  *n += (guint) MIN (kith_db_int (stmt, 0), 1);
  return TRUE;
}

/* As the page asks: which queues there are, the lanes with their numbers, and of each lane how many stand there and the first that show. */
static gboolean
open_board (KithDb *db, const char *queue, GPtrArray *ids, guint *n, GError **error)
{
  if (!read_all (db, "board-queues", (const char *const[]) { "", NULL }, FALSE, n, error) ||
      !read_all (db, "board-lanes", (const char *const[]) { queue, "2026-11-20", NULL }, FALSE, n, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *args[] = { queue, ids->pdata[i], NULL };

      if (!read_all (db, "board-cards-count", args, FALSE, n, error) || !read_all (db, "board-cards", args, TRUE, n, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the ledger ---- */

static gboolean
put_event (Fill *self, guint ledger, guint i, GError **error)
{
  g_autofree char *service = made_id ("service", ledger), *capacity = made_id ("capacity", ledger), *at = moment (i / 4);
  gboolean hold = i % 3 == 0;
  g_autofree char *id = g_strdup_printf ("0197a000-0000-7000-8000-%012u", i); /* as they come: at random places each batch would write the whole index of ids */

  if (hold)
    {
      g_autofree char *referral = made_id ("referral", i), *ended = moment (i / 4 + 3000);
      gboolean placed = i % 300 == 0;

      return put (self, "hold", id,
                  kith_json_new ("referral", "s", referral, "service", "s", service, "capacity", "s", capacity, "unit", "s", "beds", "state", "s",
                                 placed ? "placed" : i % 2 ? "released" : "converted", "placed_at", "s", at, "ended_at", "s", placed ? NULL : ended, "counts", "s",
                                 placed ? capacity : NULL, NULL), error);
    }
  return put (self, "capacity_observation", id,
              kith_json_new ("capacity", "s", capacity, "service", "s", service, "unit", "s", "beds", "status", "s", "open", "free", "i", (gint64) (i % 12), "observed_at", "s", at,
                             "at", "s", at, "by", "s", self->net->ben, "by_name", "s", "Ben", NULL), error);
}

/* The two long tables' indexes are made when all is in them. */
static gboolean
set_indexes (Fill *self, gboolean begin, GError **error)
{
  static const char *const kinds[] = { "capacity_observation", "hold" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = begin ? kith_kind_sql_fill_begin (kith_kind_get (kinds[i])) : kith_kind_sql_fill_end (kith_kind_get (kinds[i]));

      if (!kith_db_exec (self->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_ledger (Fill *self, guint n, GError **error)
{
  if (!set_indexes (self, TRUE, error))
    return FALSE;
  for (guint i = 0; i < LEDGERS; i++)
    {
      g_autofree char *service = made_id ("service", i), *capacity = made_id ("capacity", i), *name = g_strdup_printf ("Service %u", i), *at = moment (n);

      if (!put (self, "service", service,
                kith_json_new ("organization_id", "s", self->net->agency_b, "name", "s", name, "status", "s", "active", "direct", "b", TRUE, NULL), error) ||
          !put (self, "capacity", capacity,
                kith_json_new ("service", "s", service, "agency", "s", self->net->agency_b, "unit", "s", "beds", "status", "s", "open", "free", "i", (gint64) 4, "observed_at", "s",
                               at, NULL), error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!put_event (self, kith_random_below (self->net->random, 100) < LARGEST ? 0 : 1 + kith_random_below (self->net->random, LEDGERS - 1), i, error) ||
        !put_batch (self, i, error))
      return FALSE;
  return set_indexes (self, FALSE, error);
}

/* How many are free there, who was told what and when, and who holds a place: of a long list as the page asks, how many there are and those that show. */
static gboolean
ask_ledger (KithDb *db, const char *service, const char *capacity, guint *n, GError **error)
{
  return read_all (db, "capacity-of", (const char *const[]) { service, NULL }, FALSE, n, error) &&
         count_all (db, "capacity-counts", capacity, n, error) && read_all (db, "capacity-counts", (const char *const[]) { capacity, NULL }, TRUE, n, error) &&
         count_all (db, "capacity-holds", capacity, n, error) && read_all (db, "capacity-holds", (const char *const[]) { capacity, NULL }, TRUE, n, error);
}

/* ---- both ---- */

typedef struct
{
  const char *name, *goal;
  double limit;
  guint size;
  const char *first, *second; /* queue; or service and capacity */
  GPtrArray *ids;             /* of the board */
} Asked;

static gboolean
measure (const BenchOptions *options, const char *path, const Asked *asked, GError **error)
{
  KithDbOptions reading = { .path = path, .key = bench_key, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GArray) cpu = g_array_new (FALSE, FALSE, sizeof (double));
  guint runs = options->runs > 0 ? options->runs : RUNS, n = 0;
  BenchResult result;

  bench_result_init (&result, asked->name, "ms", asked->goal);
  for (guint run = 0; run < runs; run++)
    {
      g_autoptr (KithDb) db = kith_db_open (&reading, error);
      gint64 begun = g_get_monotonic_time ();
      double used = bench_cpu ();

      if (db == NULL || !kith_store_prepare_reader (db, error) || !(asked->ids != NULL ? open_board (db, asked->first, asked->ids, &n, error) : ask_ledger (db, asked->first, asked->second, &n, error)))
        return FALSE;
      bench_add (cpu, (bench_cpu () - used) * 1000);
      bench_add (result.values, bench_seconds (begun) * 1000);
      bench_add (result.limits, asked->limit);
    }
  if (n < 100)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: nothing was shown", asked->name);
      return FALSE;
    }
  result.more = kith_json_new ("records", "i", (gint64) asked->size, NULL);
  json_object_set_double_member (result.more, "cpu", bench_median (cpu));
  bench_report (options, &result);
  return TRUE;
}

typedef gboolean (*FillFunc) (Fill *fill, gpointer data, guint n, GError **error);

typedef struct
{
  const char *queue;
  GPtrArray *ids;
} Board;

static gboolean
fill_board_cb (Fill *fill, gpointer data, guint n, GError **error)
{
  Board *board = data;

  return fill_board (fill, board->queue, board->ids, n, error);
}

gboolean
bench_fill_board (BenchNet *net, KithDb *db, const char *queue, GPtrArray *ids, guint n, GError **error)
{
  g_autoptr (GHashTable) puts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Fill fill = { net, db, puts, kith_db_transaction_begin (db, error) };
  gboolean ok = fill.transaction != NULL && fill_board (&fill, queue, ids, n, error) && kith_db_transaction_commit (fill.transaction, error);

  g_clear_pointer (&fill.transaction, kith_db_transaction_free);
  return ok;
}

static gboolean
fill_ledger_cb (Fill *fill, gpointer data, guint n, GError **error)
{
  return fill_ledger (fill, n, error);
}

/* A store with that in it, closed again: what is measured opens it anew. */
static gboolean
make_store (const BenchOptions *options, BenchNet *net, const char *path, FillFunc func, gpointer data, guint n, GError **error)
{
  g_autoptr (KithStore) store = bench_store_new (net, NULL, path, error);
  g_autoptr (GHashTable) puts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Fill fill = { net, NULL, puts, NULL };
  gboolean ok;

  if (store == NULL || !kith_store_set_identity (store, "bench-board", net->ben, "ZZ", kith_hub_get_epoch (net->hub), error))
    return FALSE;
  fill.db = kith_store_get_db (store);
  bench_say (options, "  writing %u records", n);
  fill.transaction = kith_db_transaction_begin (fill.db, error);
  ok = fill.transaction != NULL && func (&fill, data, n, error) && kith_db_transaction_commit (fill.transaction, error);
  g_clear_pointer (&fill.transaction, kith_db_transaction_free);
  return ok;
}

gboolean
bench_board (const BenchOptions *options, GError **error)
{
  guint n = options->clients > 0 ? options->clients : REFERRALS;
  g_autofree char *path = bench_path ("board.db"), *queue = made_id ("queue", 0);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  Board board = { queue, ids };
  const Asked asked = { "board", "the board of 50,000 referrals open within 150 ms", BOARD_MS, n, queue, NULL, ids };
  gboolean ok = net != NULL && make_store (options, net, path, fill_board_cb, &board, n, error) && measure (options, path, &asked, error);

  bench_remove (path);
  return ok;
}

gboolean
bench_capacity (const BenchOptions *options, GError **error)
{
  guint n = options->clients > 0 ? options->clients : EVENTS;
  g_autofree char *path = bench_path ("capacity.db"), *service = made_id ("service", 0), *capacity = made_id ("capacity", 0);
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  const Asked asked = { "capacity", "a ledger of a million events answers within 5 ms", ANSWER_MS, n, service, capacity, NULL };
  gboolean ok = net != NULL && make_store (options, net, path, fill_ledger_cb, NULL, n, error) && measure (options, path, &asked, error);

  bench_remove (path);
  return ok;
}
