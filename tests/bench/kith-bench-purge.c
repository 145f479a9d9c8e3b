/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-lines.h"

#include <string.h>

/* Access to 5,000 clients ends: their scopes are forgotten, 10,000 records with them, out of an encrypted store with four
 * times as many that stay. The clock runs from the page's bytes until nothing of them is in the file or its log. Beside it the
 * same rows are deleted from the same tables, with the same indexes, search (which overwrites what it deletes) and key. What rewriting all pages
 * takes, in the first quiet moment after it, is told apart. */

#define CLIENTS 5000 /* that go: two records and two scopes each */
#define STAY 4       /* for each of these */
#define PER_PAGE 1000
#define RUNS 3

typedef struct
{
  BenchNet *net;
  KithStore *store;
  KithDb *plain;
  char *put_client, *put_care;
  gint64 H;
  guint pages;
} Purge;

/* Number i's records: the client and the care record of their agency. Scopes have the numbers 2i + 1 and 2i + 2. */
typedef struct
{
  char *id, *care_id;
  JsonObject *body, *care;
} Person;

static void
person_clear (Person *person)
{
  g_free (person->id);
  g_free (person->care_id);
  json_object_unref (person->body);
  json_object_unref (person->care);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

static void
make_person (Purge *self, guint i, Person *person)
{
  person->id = bench_client_id (self->net, i);
  person->care_id = kith_id_natural ("care", person->id);
  person->body = bench_client_values (self->net->random);
  json_object_set_string_member (person->body, "agency", self->net->agency_a);
  person->care = kith_json_new ("client", "s", person->id, "agency", "s", self->net->agency_a, "given_name", "s",
                                kith_json_string (person->body, "given_name"), "family_name", "s",
                                kith_json_string (person->body, "family_name"), NULL);
}

static void
add_put (KithLineWriter *page, const char *kind, const char *id, guint sid, gint64 q, const char *scope, JsonObject *body)
{
  kith_line_writer_add (page, kith_json_new ("scope", "i", (gint64) sid, "name", "s", scope, NULL));
  kith_line_writer_add (page, kith_json_new ("put", "o",
                                             kith_json_new ("t", "s", kind, "id", "s", id, "s", "i", (gint64) sid, "q", "i", q, "body", "o",
                                                            json_object_ref (body), NULL),
                                             NULL));
  kith_line_writer_add (page, kith_json_new ("filled", "i", (gint64) sid, "g", "i", (gint64) 1, NULL));
}

static KithLineWriter *
begin_page (Purge *self)
{
  KithLineWriter *page = kith_line_writer_new ();

  self->H += 10;
  kith_line_writer_add (page, kith_json_new ("h", "o",
                                             kith_json_new ("kith", "i", (gint64) 1, "epoch", "s", kith_hub_get_epoch (self->net->hub), "H", "i",
                                                            self->H, "round", "i", (gint64) 1, NULL),
                                             NULL));
  return page;
}

static GBytes *
end_page (Purge *self, KithLineWriter *page)
{
  g_autofree char *cursor = g_strdup_printf ("c%u", ++self->pages);

  kith_line_writer_add (page, kith_json_new ("end", "o", kith_json_new ("cursor", "s", cursor, "ack_n", "i", (gint64) 0, "more", "b", FALSE, NULL), NULL));
  return kith_line_writer_finish (page);
}

static gboolean
fill_some (Purge *self, guint first, guint end, GError **error)
{
  g_autoptr (KithLineWriter) page = begin_page (self);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->plain, error);
  g_autoptr (GBytes) bytes = NULL;
  gboolean more;

  if (transaction == NULL)
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      g_auto (Person) person = { 0 };
      g_autofree char *scope = NULL, *care_scope = NULL;

      make_person (self, i, &person);
      scope = g_strconcat ("client:", person.id, NULL);
      care_scope = g_strconcat ("care:", person.id, ":", self->net->agency_a, NULL);
      add_put (page, "client", person.id, 2 * i + 1, self->H, scope, person.body);
      add_put (page, "care", person.care_id, 2 * i + 2, self->H, care_scope, person.care);
      if (!bench_put_row (self->plain, kith_kind_get ("client"), self->put_client, person.id, 2 * i + 1, person.body, error) ||
          !bench_put_row (self->plain, kith_kind_get ("care"), self->put_care, person.care_id, 2 * i + 2, person.care, error))
        return FALSE;
    }
  bytes = end_page (self, page);
  return kith_db_transaction_commit (transaction, error) && kith_store_apply_page (self->store, bytes, &more, error);
}

static gboolean
fill (Purge *self, guint first, guint end, GError **error)
{
  for (guint i = first; i < end; i += PER_PAGE)
    if (!fill_some (self, i, MIN (i + PER_PAGE, end), error))
      return FALSE;
  return TRUE;
}

static gint64
count_rows (KithDb *db)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM care)", NULL);

  return stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW ? kith_db_int (stmt, 0) : -1;
}

static gboolean
forget (Purge *self, guint first, guint end, double *seconds, GError **error)
{
  g_autoptr (KithLineWriter) page = begin_page (self);
  g_autoptr (GBytes) bytes = NULL;
  JsonArray *sids = json_array_new ();
  gboolean more, ok;
  gint64 begun;

  for (guint sid = 2 * first + 1; sid <= 2 * end; sid++)
    json_array_add_int_element (sids, sid);
  kith_line_writer_add (page, kith_json_new ("forget", "a", sids, "why", "s", "consent_revoked", NULL));
  bytes = end_page (self, page);
  begun = g_get_monotonic_time ();
  ok = kith_store_apply_page (self->store, bytes, &more, error);
  *seconds = bench_seconds (begun);
  return ok;
}

static gboolean
delete_plain (Purge *self, guint first, guint end, double *seconds, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  gint64 begun = g_get_monotonic_time ();

  transaction = kith_db_transaction_begin (self->plain, error);
  for (guint sid = 2 * first + 1; transaction != NULL && sid <= 2 * end; sid++)
    {
      g_autoptr (KithDbStmt) stmt =
          kith_db_prepare (self->plain, sid % 2 == 1 ? "DELETE FROM client WHERE scope = ?1" : "DELETE FROM care WHERE scope = ?1", error);

      if (stmt == NULL)
        return FALSE;
      kith_db_bind_int (stmt, 1, sid);
      if (!kith_db_step_done (stmt, error))
        return FALSE;
    }
  if (transaction == NULL || !kith_db_transaction_commit (transaction, error) ||
      !kith_db_exec (self->plain, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  *seconds = bench_seconds (begun);
  return TRUE;
}

/* What the first quiet moment after it costs: every page anew. */
static gboolean
wipe (Purge *self, double *seconds, GError **error)
{
  gint64 begun = g_get_monotonic_time ();
  gboolean ok = kith_store_wipe (self->store, error);

  *seconds = bench_seconds (begun);
  return ok;
}

static gboolean
measure (const BenchOptions *options, Purge *self, BenchResult *result, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS, runs = options->runs > 0 ? options->runs : RUNS;
  gint64 stay;

  if (!fill (self, clients, clients * (1 + STAY), error))
    return FALSE;
  stay = count_rows (kith_store_get_db (self->store));
  for (guint run = 0; run < runs; run++)
    {
      double took, plain, rewritten;

      if (!fill (self, 0, clients, error) || !forget (self, 0, clients, &took, error) || !delete_plain (self, 0, clients, &plain, error) ||
          !wipe (self, &rewritten, error))
        return FALSE;
      if (count_rows (kith_store_get_db (self->store)) != stay || count_rows (self->plain) != stay)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "not what was to go is gone");
          return FALSE;
        }
      bench_say (options, "  run %u: purge of %u records %.2f s, plain deletes %.2f s; all pages anew %.2f s, %" G_GINT64_FORMAT " MiB", run + 1,
                 2 * clients, took, plain, rewritten, kith_db_get_size (kith_store_get_db (self->store)) / (1024 * 1024));
      bench_add (result->values, took);
      bench_add (result->limits, plain);
    }
  result->more = kith_json_new ("records", "i", (gint64) 2 * clients, "stay", "i", stay, NULL);
  return TRUE;
}

gboolean
bench_purge (const BenchOptions *options, GError **error)
{
  g_autofree char *path = bench_path ("purge.db");
  g_autofree char *plain_path = bench_path ("plain.db");
  g_autofree char *schema = kith_kinds_print_schema (TRUE);
  g_autofree char *secure_client = kith_kind_sql_secure_delete (kith_kind_get ("client"));
  g_autofree char *secure_care = kith_kind_sql_secure_delete (kith_kind_get ("care"));
  g_autofree char *put_client = kith_kind_sql_put (kith_kind_get ("client"), TRUE);
  g_autofree char *put_care = kith_kind_sql_put (kith_kind_get ("care"), TRUE);
  KithDbOptions plain = { .path = plain_path, .key = bench_key };
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, 0, error);
  g_autoptr (KithStore) store = net != NULL ? bench_store_new (net, NULL, path, error) : NULL;
  g_autoptr (KithDb) db = store != NULL ? kith_db_open (&plain, error) : NULL;
  Purge self = { .net = net, .store = store, .plain = db, .put_client = put_client, .put_care = put_care };
  BenchResult result;
  gboolean ok;

  if (db == NULL || !kith_db_exec (db, schema, error) || !kith_db_exec (db, secure_client, error) || !kith_db_exec (db, secure_care, error) ||
      !kith_store_set_identity (store, "bench-purge", net->ann, "ZZ", kith_hub_get_epoch (net->hub), error))
    return FALSE;
  bench_result_init (&result, "purge", "s", "10,000 records within 2 s");
  ok = measure (options, &self, &result, error);
  if (ok)
    bench_report (options, &result);
  g_clear_pointer (&db, kith_db_close);
  g_clear_object (&store);
  bench_remove (path);
  bench_remove (plain_path);
  return ok;
}
