/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-demo.h"
#include "kith-hits.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-search.h"

#include <string.h>

/* Names typed letter by letter into a store of 100,000 and of a million clients, on a reader of the encrypted file: from the text to
 * the rows a list shows. Beside each keystroke stands the bare full-text query of the same words, with the rows it finds. */

#define PEOPLE 60   /* typed */
#define LIMIT 50    /* people found, as by the page of clients; */
#define IN_SIGHT 16 /* of these the rows are read before anything shows: as many as a tall window has room for */
#define BARE 100    /* rows of the bare query: as many as the search looks at for those */
#define LETTERS 12  /* of a name, at most */

typedef struct
{
  BenchNet *net;
  KithDb *reader;
  GPtrArray *names; /* "given family" of those who are typed */
} Search;

/* Half of the names are the common ones, the others rare: real lists of names have both. */
static char *
make_name (KithRandom *random, gboolean given)
{
  static const char *const starts[] = { "Al", "Be", "Ca", "De", "El", "Fa", "Gre", "Ha", "Is", "Jo", "Ka", "Lo", "Ma", "Mar", "Ne", "Or", "Pa", "Ro", "Sa", "Ta", "Va", "Wi", "Ya", "Zo" };
  static const char *const middles[] = { "ba", "cel", "din", "fer", "gal", "han", "ki", "lan", "mi", "nor", "pe", "ri", "sto", "ti", "ven", "win" };
  static const char *const ends[] = { "a", "berg", "do", "ez", "ic", "kov", "ler", "man", "ne", "o", "son", "ska", "ton", "us", "well", "y" };

  if (kith_random_below (random, 2) == 0)
    return g_strdup (given ? kith_demo_given_name (random) : kith_demo_family_name (random));
  return g_strconcat (starts[kith_random_below (random, G_N_ELEMENTS (starts))], middles[kith_random_below (random, G_N_ELEMENTS (middles))],
                      given ? "" : middles[kith_random_below (random, G_N_ELEMENTS (middles))], ends[kith_random_below (random, G_N_ELEMENTS (ends))],
                      NULL);
}

gboolean
bench_put_row (KithDb *db, const KithKind *kind, const char *sql, const char *id, guint scope, JsonObject *body, GError **error)
{
  g_autoptr (KithRecord) record = kith_record_new_for_body (kind, id, body);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, error);
  g_autofree char *text = kith_record_print (record);
  g_autofree char *find = kith_kind_is_searched (kind) ? kith_record_find_text (record) : NULL;
  g_autofree char *digits = kith_kind_has_digits (kind) ? kith_record_digits (record) : NULL;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, scope);
  kith_db_bind_int (stmt, 3, scope);
  kith_db_bind_text (stmt, 4, text);
  if (find != NULL)
    kith_db_bind_text (stmt, 5, find);
  if (digits != NULL)
    kith_db_bind_text (stmt, find != NULL ? 6 : 5, digits);
  return kith_db_step_done (stmt, error);
}

static gboolean
put_person (Search *self, KithDb *db, guint i, const char *put_client, const char *put_care, GError **error)
{
  g_autofree char *id = bench_client_id (self->net, i);
  g_autofree char *care_id = kith_id_natural ("care", id);
  g_autofree char *given = make_name (self->net->random, TRUE), *family = make_name (self->net->random, FALSE);
  g_autofree char *number = g_strdup_printf ("BE-%07u", i);
  g_autoptr (JsonObject) body = bench_client_values (self->net->random);
  g_autoptr (JsonObject) care = NULL;

  json_object_set_string_member (body, "agency", self->net->agency_a);
  json_object_set_string_member (body, "number", number);
  json_object_set_string_member (body, "given_name", given);
  json_object_set_string_member (body, "family_name", family);
  care = kith_json_new ("client", "s", id, "agency", "s", self->net->agency_a, "given_name", "s", given, "family_name", "s", family, "date_of_birth",
                        "s", kith_json_string (body, "date_of_birth"), NULL);
  if (self->names != NULL && self->names->len < PEOPLE && i % 97 == 5)
    g_ptr_array_add (self->names, g_strconcat (given, " ", family, NULL));
  return bench_put_row (db, kith_kind_get ("client"), put_client, id, 2 * i + 1, body, error) &&
         bench_put_row (db, kith_kind_get ("care"), put_care, care_id, 2 * i + 2, care, error);
}

static gboolean
put_caseload (Search *self, KithDb *db, guint clients, GError **error)
{
  const KithKind *kind = kith_kind_get ("assignment");
  g_autofree char *put = kith_kind_sql_put (kind, TRUE);

  for (guint i = 0; i < MIN (clients, 40); i++)
    {
      g_autofree char *client = bench_client_id (self->net, i * (clients / 40));
      g_autofree char *id = kith_id_natural ("assignment", client);
      g_autoptr (JsonObject) body = kith_json_new ("client", "s", client, "staff", "s", self->net->ann, "agency", "s", self->net->agency_a, NULL);

      if (!bench_put_row (db, kind, put, id, 1, body, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bench_fill_tables (const BenchOptions *options, BenchNet *net, KithDb *db, guint clients, GPtrArray *names, GError **error)
{
  Search search = { .net = net, .names = names }, *self = &search;
  const KithKind *kinds[] = { kith_kind_get ("client"), kith_kind_get ("care") };
  g_autofree char *put_client = kith_kind_sql_put (kinds[0], TRUE), *put_care = kith_kind_sql_put (kinds[1], TRUE);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (db, error);

  if (transaction == NULL)
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *begin = kith_kind_sql_fill_begin (kinds[k]);
      if (!kith_db_exec (db, begin, error))
        return FALSE;
    }
  for (guint i = 0; i < clients; i++)
    {
      if (!put_person (self, db, i, put_client, put_care, error))
        return FALSE;
      if (i % 200000 == 199999)
        bench_say (options, "  … %u clients", i + 1);
    }
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *end = kith_kind_sql_fill_end (kinds[k]);
      if (!kith_db_exec (db, end, error))
        return FALSE;
    }
  return put_caseload (self, db, clients, error) && kith_db_transaction_commit (transaction, error);
}

/* Everything the reader does for the windows (kith-desktop-search.c): who is found, and the rows of those in sight. */
static gboolean
show_rows (Search *self, const char *text, guint *n, GError **error)
{
  g_autoptr (KithHits) hits = kith_hits_read (self->reader, "client", text, LIMIT, IN_SIGHT, error);
  guint rows = 0;

  if (hits == NULL)
    return FALSE;
  for (guint i = 0; i < hits->rows->len; i++)
    rows += hits->rows->pdata[i] != NULL;
  *n = rows;
  if (rows == MIN (hits->ids->len, IN_SIGHT))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s”: %u rows of %u hits", text, rows, hits->ids->len);
  return FALSE;
}

/* Each word a prefix, as the search asks for it. */
static char *
make_match (const char *text)
{
  g_autoptr (KithSearchText) parsed = kith_search_text_parse (text);
  GString *match = g_string_new ("find : ");

  for (guint i = 0; i < parsed->words->len; i++)
    g_string_append_printf (match, "%s\"%s\"*", i > 0 ? " AND " : "", (char *) parsed->words->pdata[i]);
  return g_string_free (match, FALSE);
}

static gboolean
run_bare (Search *self, const char *text, GError **error)
{
  g_autofree char *match = make_match (text);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->reader, "search-client-words", error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, match);
  kith_db_bind_int (stmt, 2, BARE);
  return kith_db_step_done (stmt, error);
}

/* Both ways round in turn, so that neither always finds the pages warm. */
static gboolean
type_letter (Search *self, const char *text, gboolean bare_first, BenchResult *result, guint *rows, GError **error)
{
  double took[2];

  for (guint k = 0; k < 2; k++)
    {
      gboolean bare = (k == 0) == bare_first;
      gint64 begun = g_get_monotonic_time ();
      guint n = 0;

      if (bare ? !run_bare (self, text, error) : !show_rows (self, text, &n, error))
        return FALSE;
      took[bare ? 1 : 0] = bench_seconds (begun) * 1000;
      *rows += n;
    }
  if (result != NULL)
    {
      bench_add (result->values, took[0]);
      bench_add (result->limits, took[1]);
    }
  return TRUE;
}

static gboolean
type_names (Search *self, guint round, BenchResult *result, guint *rows, GError **error)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = self->names->pdata[i];

      for (guint letters = 2; letters <= MIN (strlen (name), LETTERS); letters++)
        {
          g_autofree char *text = g_strndup (name, letters);

          if (!type_letter (self, text, (letters + i + round) % 2 == 0, result, rows, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
search_in (const BenchOptions *options, guint clients, GError **error)
{
  g_autofree char *path = bench_path ("search.db");
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithStore) store = net != NULL ? bench_store_new (net, NULL, path, error) : NULL;
  KithDbOptions reading = { .path = path, .key = bench_key, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  Search self = { .net = net, .names = names };
  BenchResult result;
  guint runs = options->runs > 0 ? options->runs : 3, rows = 0;
  gint64 begun = g_get_monotonic_time ();
  gboolean ok;

  if (store == NULL || !kith_store_set_identity (store, "bench-search", net->ann, "ZZ", kith_hub_get_epoch (net->hub), error) ||
      !bench_fill_tables (options, net, kith_store_get_db (store), clients, names, error))
    return FALSE;
  self.reader = kith_db_open (&reading, error);
  if (self.reader == NULL)
    return FALSE;
  bench_say (options, "  a store of %u clients made in %.1f s", clients, bench_seconds (begun));

  bench_result_init (&result, "search", "ms", clients >= 1000000 ? "within 1.5 of the bare query; p99 within 5 ms" : "within 1.5 of the bare query");
  ok = type_names (&self, 0, NULL, &rows, error); /* pages read, statements prepared */
  for (guint round = 0; ok && round < runs; round++)
    ok = type_names (&self, round, &result, &rows, error);
  if (ok && rows == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "nothing was found");
      ok = FALSE;
    }
  if (ok)
    {
      result.more = kith_json_new ("clients", "i", (gint64) clients, "keystrokes", "i", (gint64) result.values->len, NULL);
      json_object_set_int_member (result.more, "rows_in_sight", IN_SIGHT);
      json_object_set_double_member (result.more, "limit_p99", bench_percentile (result.limits, 99));
      bench_report (options, &result);
    }
  kith_db_close (self.reader);
  g_clear_object (&store);
  bench_remove (path);
  return ok;
}

gboolean
bench_search (const BenchOptions *options, GError **error)
{
  if (options->clients > 0)
    return search_in (options, options->clients, error);
  return search_in (options, 100000, error) && search_in (options, 1000000, error);
}
