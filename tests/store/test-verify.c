/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a store is compared with the hub: once a day over all the times it was open, and after an end without a close (sync.md). */

#include "store-fixture.h"

#include "kith-protocol.h"

#include <string.h>

#define HOUR_MS ((gint64) 60 * 60 * 1000)

static void
test_once_a_day (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  g_assert_false (kith_store_check_due (f->store)); /* just filled */
  for (guint day = 0; day < 2; day++)
    {
      g_autoptr (GBytes) request = NULL;
      g_autoptr (GError) error = NULL;

      kith_manual_clock_advance (f->clock, 23 * HOUR_MS);
      fixture_reopen (f);
      g_assert_false (kith_store_check_due (f->store));
      kith_manual_clock_advance (f->clock, HOUR_MS);
      fixture_reopen (f); /* closed every evening: the hours add up */
      g_assert_true (kith_store_check_due (f->store));
      request = kith_store_next_verify (f->store, &error);
      g_assert_nonnull (request);
      g_assert_true (kith_store_check_due (f->store)); /* asked is not answered */
      fixture_verify_equal (f);
      g_assert_false (kith_store_check_due (f->store));
    }
}

/* What the file and its log held when the power went: nobody closed it. */
static void
copy (const char *from, const char *to, const char *tail)
{
  g_autofree char *source = g_strconcat (from, tail, NULL), *target = g_strconcat (to, tail, NULL), *bytes = NULL;
  gsize length;

  if (g_file_get_contents (source, &bytes, &length, NULL))
    g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
}

static void
test_after_a_crash (Fixture *f, gconstpointer data)
{
  g_autofree char *path = kith_test_dir_file (f->dir, "crashed.db");
  KithDbOptions options = { .path = path, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GError) error = NULL;
  KithDb *db;
  Fixture next = { .clock = f->clock, .random = f->random };

  fixture_fill (f);
  g_assert_false (kith_store_check_due (f->store));
  copy (f->path, path, "");
  copy (f->path, path, "-wal");
  db = kith_db_open (&options, &error);
  g_assert_no_error (error);
  next.store = kith_store_new (db, KITH_CLOCK (f->clock), f->random, &error);
  g_assert_no_error (error);
  g_assert_true (kith_store_check_due (next.store));
  fixture_verify_equal (&next);
  g_assert_false (kith_store_check_due (next.store));
  g_clear_object (&next.store);
  fixture_reopen (f); /* closed: no reason to ask */
  g_assert_false (kith_store_check_due (f->store));
}

/* What the hub would say of what is here now, by scope. */
static char *
sums_by_scope (Fixture *f)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) answer = g_string_new ("{\"q\":100,\"behind\":false,\"scopes\":{");
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);
  GHashTableIter iter;
  gpointer sid, sum;

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id, q, (SELECT sid FROM scope s WHERE s.i = k.scope) FROM \"%s\" k", kinds[k]->name);
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), sql, NULL);

      while (stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW)
        {
          guint64 *pair = g_hash_table_lookup (sums, kith_db_text (stmt, 2));

          if (pair == NULL)
            g_hash_table_insert (sums, g_strdup (kith_db_text (stmt, 2)), pair = g_new0 (guint64, 2));
          pair[0]++;
          pair[1] += kith_protocol_row_hash (kith_db_text (stmt, 0), kith_db_int (stmt, 1));
        }
    }
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &sid, &sum))
    {
      g_autofree char *text = kith_protocol_print_sum (((guint64 *) sum)[1]);

      g_string_append_printf (answer, "%s\"%s\":{\"rows\":%d,\"sum\":\"%s\"}", answer->str[answer->len - 1] == '{' ? "" : ",", (char *) sid,
                              (int) ((guint64 *) sum)[0], text);
    }
  g_string_append (answer, "}}");
  return g_strdup (answer->str);
}

static KithVerify
tell_sums (Fixture *f, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  KithVerify result;

  kith_store_apply_verify (f->store, body, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
assert_asks (Fixture *f, const char *refill)
{
  g_autoptr (GBytes) body = kith_store_next_pull (f->store, 100, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  if (refill != NULL)
    g_assert_nonnull (strstr (text, refill));
  else
    g_assert_null (strstr (text, "refill"));
}

static void
spoil (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  kith_db_exec (kith_store_get_db (f->store),
                "UPDATE client SET q = 9 WHERE id = '" CLIENT_C "';"
                "INSERT INTO consent (id, scope, q, body) SELECT '0197f000-0000-7000-8000-000000000009', i, 8, '{\"client\":\"" CLIENT_C "\"}' "
                "FROM scope WHERE name = 'client:" CLIENT_C "';"
                "INSERT INTO consent (id, scope, q, body) VALUES ('0197f000-0000-7000-8000-00000000000a', 999, 8, '{}')",
                &error);
  g_assert_no_error (error);
}

#define TYPES_DIFFER "{\"q\":100,\"behind\":false,\"types\":{\"client\":{\"rows\":70,\"sum\":\"01\"}}}"
#define C_RIGHT "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','family_name':'García','email':'right@example.org'}"

/* A row older than it should be and one that should not be, in one scope: that scope alone gives way. What is here of it shows until the hub's
 * has come; the end of the program half-way loses nothing of the question. A row of no scope goes at once (I6). */
static void
test_one_scope (Fixture *f, gconstpointer data)
{
  g_autofree char *right = NULL, *email = NULL;
  Page *page;

  fixture_fill (f);
  right = sums_by_scope (f);
  spoil (f);
  g_assert_cmpint (tell_sums (f, TYPES_DIFFER), ==, KITH_VERIFY_AGAIN);
  assert_asks (f, NULL);
  g_assert_cmpint (tell_sums (f, right), ==, KITH_VERIFY_FETCH);
  assert_asks (f, "\"refill\":[4]");
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c100");
  g_assert_cmpint (count (f, "SELECT q FROM client WHERE id = '" CLIENT_C "'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT q FROM client WHERE id = '" CLIENT_D "'"), ==, 11);
  g_assert_cmpint (count (f, "SELECT count(*) FROM scope WHERE filled = 0"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM consent"), ==, 1);
  fixture_reopen (f);
  assert_asks (f, "\"refill\":[4]");

  page = page_new (100, 5);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 10, C_RIGHT);
  page_end (page, "c100-1", TRUE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM consent"), ==, 1); /* shows until the scope has come whole */
  fixture_reopen (f);
  assert_asks (f, "\"refill\":[4]");
  g_assert_false (kith_store_check_due (f->store));

  page = page_new (100, 5);
  page_filled (page, SID_CLIENT_C, 5);
  page_end (page, "c100-2", FALSE);
  page_apply (f, page);
  assert_asks (f, NULL);
  email = email_of (f, CLIENT_C);
  g_assert_cmpstr (email, ==, "right@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM consent"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM scope WHERE filled = 0"), ==, 0);

  g_assert_true (kith_store_check_due (f->store)); /* did it help? */
  fixture_verify_equal (f);
  g_assert_false (kith_store_check_due (f->store));
}

/* A scope ends while the answer is on its way: that counts it still, and tells nothing of what is here by now. */
static void
test_hidden_meanwhile (Fixture *f, gconstpointer data)
{
  g_autofree char *right = NULL;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (120, 2);
  page_line (page, "{'until':{'%d':'2026-03-02T10:00:00.000Z'}}", SID_CLIENT_C);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  right = sums_by_scope (f);
  request = kith_store_next_verify (f->store, &error);
  g_assert_nonnull (request);
  kith_manual_clock_advance (f->clock, 3600 * 1000 + 1);
  g_assert_true (kith_store_hide_ended (f->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE id = '" CLIENT_C "'"), ==, 0);
  g_assert_cmpint (tell_sums (f, right), ==, KITH_VERIFY_AGAIN);
  assert_asks (f, NULL);
}

/* What differs after its scope was fetched is fetched with everything; so is more than may be asked for. A scope that is forgotten meanwhile is
 * asked for no more. */
static void
test_everything (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) many = g_string_new ("{\"q\":100,\"behind\":false,\"scopes\":{\"500\":{\"rows\":1,\"sum\":\"01\"}");
  g_autofree char *right = NULL;
  Page *page;

  fixture_fill (f);
  right = sums_by_scope (f);
  spoil (f);
  g_assert_cmpint (tell_sums (f, TYPES_DIFFER), ==, KITH_VERIFY_AGAIN);
  g_assert_cmpint (tell_sums (f, right), ==, KITH_VERIFY_FETCH);
  page = page_new (110, 5);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c110-1", TRUE);
  page_apply (f, page);
  assert_asks (f, NULL);
  page = page_new (110, 5);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_assert_cmpint (tell_sums (f, TYPES_DIFFER), ==, KITH_VERIFY_FETCH);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "");

  page = page_new (110, 6);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_assert_cmpint (tell_sums (f, TYPES_DIFFER), ==, KITH_VERIFY_AGAIN);
  for (guint i = 0; i < KITH_LIMIT_REFILL; i++)
    g_string_append_printf (many, ",\"%u\":{\"rows\":1,\"sum\":\"01\"}", 600 + i);
  g_string_append (many, "}}");
  g_assert_cmpint (tell_sums (f, many->str), ==, KITH_VERIFY_FETCH);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "");
  assert_asks (f, NULL);
}

/* A hub that has news cannot say anything: what was found to differ before that is asked for from the beginning, and stays due until it was told. */
static void
test_behind (Fixture *f, gconstpointer data)
{
  g_autofree char *right = NULL;

  fixture_fill (f);
  right = sums_by_scope (f);
  g_assert_false (kith_store_check_due (f->store));
  spoil (f);
  kith_manual_clock_advance (f->clock, 24 * 3600 * G_GINT64_CONSTANT (1000));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) asked = NULL;

      g_assert_cmpint (tell_sums (f, TYPES_DIFFER), ==, KITH_VERIFY_AGAIN);
      g_assert_cmpint (tell_sums (f, "{\"q\":101,\"behind\":true}"), ==, KITH_VERIFY_DONE);
      asked = kith_store_next_verify (f->store, NULL);
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (asked, NULL), g_bytes_get_size (asked), "\"by\":\"type\""));
      g_assert_true (kith_store_check_due (f->store));
    }
  g_assert_cmpint (tell_sums (f, TYPES_DIFFER), ==, KITH_VERIFY_AGAIN);
  g_assert_cmpint (tell_sums (f, right), ==, KITH_VERIFY_FETCH);
  assert_asks (f, "\"refill\":[4]");
  g_assert_false (kith_store_check_due (f->store));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/verify/once-a-day", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_once_a_day, fixture_tear_down);
  g_test_add ("/store/verify/after-a-crash", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_after_a_crash, fixture_tear_down);
  g_test_add ("/store/verify/one-scope", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_one_scope, fixture_tear_down);
  g_test_add ("/store/verify/hidden-meanwhile", Fixture, NULL, fixture_set_up, test_hidden_meanwhile, fixture_tear_down);
  g_test_add ("/store/verify/everything", Fixture, NULL, fixture_set_up, test_everything, fixture_tear_down);
  g_test_add ("/store/verify/behind", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_behind, fixture_tear_down);
  return g_test_run ();
}
