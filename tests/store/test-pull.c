/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

/* Applying pages: sync.md 2.3 and 2.7. */

#define C_BODY(email) "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','family_name':'García','email':'" email "'}"

static void
assert_email (Fixture *f, const char *client, const char *expected)
{
  g_autofree char *email = email_of (f, client);

  g_assert_cmpstr (email, ==, expected);
}

static void
test_first_fill (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) request = NULL;
  g_autoptr (KithActor) actor = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (kith_store_load_actor (f->store, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_NO_STAFF);
  fixture_fill (f);
  assert_email (f, CLIENT_C, "jose@example.org");
  g_assert_cmpint (kith_store_get_cursor_q (f->store), ==, 100);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c100");
  g_assert_cmpint (count (f, "SELECT count(*) FROM scope WHERE filled = 0"), ==, 0);
  actor = kith_store_load_actor (f->store, NULL);
  g_assert_cmpstr (actor->name, ==, "Ana Ruiz");
  g_assert_cmpstr (actor->agency_name, ==, "Alder House");
  g_assert_true (kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR));
}

/* put only if newer; the order of pages does not matter. */
static void
test_older_put (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  page = page_new (120, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 115, C_BODY ("newer@example.org"));
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 110, C_BODY ("older@example.org"));
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_C, "newer@example.org");
}

/* The nonce of the pull that was built last. */
static char *
ask (Fixture *f)
{
  g_autoptr (GBytes) request = kith_store_next_pull (f->store, 100, NULL);
  g_autoptr (JsonObject) body = kith_json_parse_object (g_bytes_get_data (request, NULL), (gssize) g_bytes_get_size (request), NULL, NULL);

  return g_strdup (kith_json_string (body, "nonce"));
}

/* Something on the way answers with a page it has kept: it would be taken for the end of a fill whose beginning is not marked any more,
 * and forget a scope that was granted anew. It is an answer to another question (sync.md 4). */
static void
test_kept_page (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *old = NULL;
  g_autofree char *good = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  first = ask (f);
  second = ask (f);
  g_assert_cmpstr (first, !=, second);
  old = g_strdup_printf ("{'h':{'kith':1,'epoch':'" EPOCH "','H':130,'round':4,'nonce':'%s'}}\n{'forget':[4]}\n"
                         "{'end':{'cursor':'c130','ack_n':0,'more':false}}\n", first);
  g_assert_false (page_apply_text (f, old, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
  assert_email (f, CLIENT_C, "jose@example.org");
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c100");
  g_clear_error (&error);

  good = g_strdup_printf ("{'h':{'kith':1,'epoch':'" EPOCH "','H':130,'round':4,'nonce':'%s'}}\n{'forget':[4]}\n"
                          "{'end':{'cursor':'c130','ack_n':0,'more':false}}\n", second);
  g_assert_true (page_apply_text (f, good, &error));
  g_assert_no_error (error);
  assert_email (f, CLIENT_C, NULL);
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  page = page_new (120, 2);
  page_gone (page, "client", CLIENT_C, SID_CLIENT_D, 115); /* not where it lies */
  page_gone (page, "client", CLIENT_D, SID_CLIENT_D, 5);   /* older than what is here */
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_C, "jose@example.org");
  assert_email (f, CLIENT_D, "marta@example.org");

  page = page_new (130, 3);
  page_gone (page, "client", CLIENT_D, SID_CLIENT_D, 125);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_D, NULL);
}

/* A fill replaces: what the hub no longer has in the scope goes, over several pages too. */
static void
test_fill_replaces (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  page = page_new (200, 5);
  page_put (page, "organization", AGENCY_A, SID_DIR, 1, "{'name':'Alder House'}");
  page_line (page, "{'mark':'c200a'}");
  page_end (page, "c200a", TRUE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM organization"), ==, 2); /* not before its end */

  page = page_new (200, 5);
  page_put (page, "service", SERVICE_S, SID_DIR, 150, "{'organization_id':'" AGENCY_A "','name':'Day shelter'}");
  page_filled (page, SID_DIR, 5);
  page_end (page, "c200", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM organization"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM service WHERE name = 'Day shelter'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM fill_mark"), ==, 0);
}

static void
test_forget (Fixture *f, gconstpointer data)
{
  Page *page;
  g_autofree char *patch = NULL;
  g_autoptr (GBytes) request = NULL;

  fixture_fill (f);
  page = page_new (110, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 105,
            "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'Canaryfirst','family_name':'Canarylast','email':'canary@example.org',"
            "'phones':[{'number':'6195552410'}]}");
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  kith_store_note_opened (f->store, "client", CLIENT_C, NULL);
  patch = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'pronouns':{'new':'they'}}}"); /* makes a shadow */
  g_assert_true (fixture_file_has (f, "Canarylast"));
  g_assert_true (fixture_file_has (f, "canarylast"));

  page = page_new (120, 3);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_C, NULL);
  g_assert_false (fixture_file_has (f, "Canarylast"));
  g_assert_false (fixture_file_has (f, "canarylast")); /* the search index */
  g_assert_false (fixture_file_has (f, "canary@example"));
  g_assert_false (fixture_file_has (f, "0142555916"));
  g_assert_cmpint (count (f, "SELECT count(*) FROM recent"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'waiting'"), ==, 1); /* one's own unsent words outlive it */

  request = kith_store_next_pull (f->store, 100, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (request, NULL), g_bytes_get_size (request), "\"forgot\":[4]"));
}

#define N_MANY 200
#define SID_MANY 1000

static char *
many_id (guint i)
{
  return g_strdup_printf ("0197c000-0000-7000-8000-0000000001%02x", i);
}

/* Clients with a scope each, one after the other; padding makes their rows longer than they were, so that pages are shared out anew. */
static void
put_many (Fixture *f, gint64 q, gboolean announce, guint padding)
{
  Page *page = page_new (q, q);
  g_autofree char *cursor = g_strdup_printf ("c%" G_GINT64_FORMAT, q), *more = g_strnfill (padding, 'x');

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = many_id (i), *name = g_strconcat ("client:", id, NULL), *body = NULL;

      if (!announce && (i + (guint) q) % 3 != 0)
        continue;
      if (announce)
        page_scope (page, SID_MANY + i, name);
      body = g_strdup_printf ("{'agency':'" AGENCY_A "','number':'KZ-1%03u','given_name':'A','family_name':'B','email':'%s-%02u@example.org',"
                              "'preferred_name':'%s'}", i, i % 2 == 0 ? "stays" : "moved", i, more);
      page_put (page, "client", id, SID_MANY + i, q, body);
    }
  page_end (page, cursor, FALSE);
  page_apply (f, page);
}

/* Some rows grow, round after round: whatever makes SQLite move cells, it happened. */
static void
move_many (Fixture *f)
{
  put_many (f, 110, TRUE, 10);
  for (guint round = 1; round <= 2; round++)
    put_many (f, 110 + round, FALSE, round * 140);
}

static void
forget_many (Fixture *f, gint64 q)
{
  Page *page = page_new (q, q);

  for (guint i = 1; i < N_MANY; i += 2)
    page_line (page, "{'forget':[%u],'why':'consent_revoked'}", SID_MANY + i);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
}

/* What SQLite moved to another page before it was deleted there stands in its former page still, where nothing overwrites it. The mark that
 * says so lies in the file from the moment of the forget, and goes when every page was rewritten; readers are not in the way. */
static void
test_forget_what_had_moved (Fixture *f, gconstpointer data)
{
  KithDbOptions options = { .path = f->path, .readonly = TRUE };
  g_autoptr (KithDb) reader = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  move_many (f);
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_NONE);
  forget_many (f, 130);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE body LIKE '%moved-%'"), ==, 0);
  g_assert_true (fixture_file_has (f, "moved-")); /* or this test shows nothing */
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_SHORT);

  fixture_reopen (f); /* it was not done: it is due still */
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_SHORT);
  reader = kith_db_open (&options, &error);
  g_assert_no_error (error);
  g_assert_true (kith_store_wipe (f->store, &error));
  g_assert_no_error (error);
  g_assert_false (fixture_file_has (f, "moved-"));
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_NONE);
  assert_email (f, CLIENT_C, "jose@example.org");
  stmt = kith_db_prepare (reader, "SELECT count(*) FROM client", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpint (kith_db_int (stmt, 0), ==, 2 + N_MANY / 2);
  fixture_reopen (f);
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_NONE);
}

/* The windows' lists are read by a connection of their own: what a query needs must be there, too. */
static void
test_queries_of_a_reader (Fixture *f, gconstpointer data)
{
  KithDbOptions options = { .path = f->path, .readonly = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_auto (GStrv) names = kith_db_query_names (kith_store_get_db (f->store));
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) reader = kith_db_open (&options, &error);

  g_assert_no_error (error);
  g_assert_true (kith_store_prepare_reader (reader, &error));
  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (KithDbStmt) stmt = kith_db_query (reader, names[i], &error);

      g_assert_no_error (error);
    }
  g_assert_false (kith_db_exec (reader, "DELETE FROM state", &error)); /* and it writes nothing */
}

/* A full disk, or a reader that holds on to what was: it stays due, nothing is lost. */
static void
test_wipe_that_fails (Fixture *f, gconstpointer data)
{
  KithDbOptions options = { .path = f->path, .readonly = TRUE };
  g_autoptr (KithDb) reader = NULL;
  g_autoptr (KithDbTransaction) reading = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  move_many (f);
  forget_many (f, 130);
  kith_db_exec (kith_store_get_db (f->store), "PRAGMA busy_timeout = 20", NULL);
  reader = kith_db_open (&options, &error);
  g_assert_no_error (error);
  reading = kith_db_transaction_begin (reader, &error);
  stmt = kith_db_prepare (reader, "SELECT count(*) FROM client", &error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_no_error (error);
  g_assert_false (kith_store_wipe (f->store, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_BUSY);
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_SHORT);
  assert_email (f, CLIENT_C, "jose@example.org");

  g_clear_error (&error);
  g_clear_pointer (&stmt, kith_db_reset);
  g_clear_pointer (&reading, kith_db_transaction_free);
  g_assert_true (kith_store_wipe (f->store, &error));
  g_assert_no_error (error);
  g_assert_false (fixture_file_has (f, "moved-"));
}

#define PATCH_C(n) "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'former-canary@example.org','new':'own-words-" n "@example.org'}}}"

static void
refuse (Fixture *f, const char *id, gint64 n)
{
  g_autofree char *line = g_strdup_printf ("{'n':%" G_GINT64_FORMAT ",'id':'%s','st':'rejected','code':'denied','message':'No.'}\n", n, id);

  answer (f, line);
}

/* What a refused operation was to replace is the record's, not its author's: it goes with the record, whether the refusal came before
 * or after. The author's words stay (2.3, I6). */
static void
test_forget_takes_what_was_replaced (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (JsonObject) sent = NULL, sent_later = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (110, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 105,
            "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'A','family_name':'B','email':'former-canary@example.org'}");
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  before = submit (f, "record.patch", PATCH_C ("1"));
  sent = push (f, NULL);
  refuse (f, before, 1);
  after = submit (f, "record.patch", PATCH_C ("2"));
  sent_later = push (f, NULL);

  page = page_new (120, 3);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND args LIKE '%former-canary%'"), ==, 0);
  refuse (f, after, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND args LIKE '%own-words-_@%'"), ==, 2);
  g_assert_false (fixture_file_has (f, "former-canary"));
}

#define CONFLICT "0197f000-0000-7000-8000-000000000001"

/* The same of a settlement: the value it picked against was somebody else's, and was only there to say what was shown. */
static void
test_forget_takes_what_was_shown (Fixture *f, gconstpointer data)
{
  g_autofree char *settled = NULL;
  g_autoptr (JsonObject) sent = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (110, 2);
  page_put (page, "conflict", CONFLICT, SID_CLIENT_C, 105,
            "{'t':'client','record':'" CLIENT_C "','field':'email','scope':'client:" CLIENT_C "','mine':'shown-canary@example.org',"
            "'theirs':'jose@example.org','at':'2026-11-01T00:00:00.000Z','state':'open'}");
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  settled = submit (f, "conflict.settle", "{'conflict':'" CONFLICT "','keep':'theirs','mine':'shown-canary@example.org'}");
  sent = push (f, NULL);
  refuse (f, settled, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND args LIKE '%shown-canary%'"), ==, 1);

  page = page_new (120, 3);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND args LIKE '%\"keep\":\"theirs\"%'"), ==, 1);
  g_assert_true (kith_store_wipe (f->store, NULL));
  g_assert_false (fixture_file_has (f, "shown-canary"));
}

/* An answer that comes once more, or late, to an operation that left the outbox: it is in the archive, and the hub's rows stand (I4). */
static void
test_late_answer (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *first = NULL, *late = NULL;
  g_autoptr (JsonObject) sent = NULL;
  Page *page;

  fixture_fill (f);
  id = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'mine@example.org'}}}");
  sent = push (f, NULL);
  first = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':105}\n", id);
  late = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':130}\n", id);
  answer (f, first);
  page = page_new (120, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 115, C_BODY ("others@example.org")); /* somebody changed it after us */
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND q = 105"), ==, 1);

  answer (f, late);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND q = 105 AND attention = 0"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE body IS NOT NULL"), ==, 0);
  assert_email (f, CLIENT_C, "others@example.org");
  g_assert_null (push (f, NULL));
}

/* The forget counts even when the answer is cut right behind it (2.3). */
static void
test_forget_before_the_cut (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_true (page_apply_text (f, "{'h':{'kith':1,'epoch':'" EPOCH "','H':130,'round':4}}\n{'forget':[4]}\n{'put':{'t':'client','id':'" CLIENT_D "','s':5,", &error));
  g_assert_no_error (error);
  assert_email (f, CLIENT_C, NULL);
  assert_email (f, CLIENT_D, "marta@example.org");
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c100");
}

/* What follows the last mark of a cut answer does not count. */
static void
test_cut_after_a_mark (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_true (page_apply_text (f,
    "{'h':{'kith':1,'epoch':'" EPOCH "','H':130,'round':4}}\n"
    "{'put':{'t':'client','id':'" CLIENT_C "','s':4,'q':111,'body':" C_BODY ("one@example.org") "}}\n"
    "{'mark':'m1'}\n"
    "{'put':{'t':'client','id':'" CLIENT_D "','s':5,'q':112,'body':" C_BODY ("two@example.org") "}}\n"
    "{'mark':'m", &error));
  g_assert_no_error (error);
  assert_email (f, CLIENT_C, "one@example.org");
  assert_email (f, CLIENT_D, "marta@example.org");
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "m1");
  g_assert_cmpint (kith_store_get_cursor_q (f->store), ==, 100);
}

static void
test_not_a_hub (Fixture *f, gconstpointer data)
{
  static const char *const bodies[] = {
    "", "<html><body>Please accept the terms</body></html>", "{}\n", "{'h':{'kith':2,'epoch':'x'}}\n{'end':{'cursor':'z','more':false}}\n",
    "{'h':{'kith':1,'epoch':'" EPOCH "'}}\n", "[[[[\n", "{'h':{'kith':1}}\n{'end':{'cursor':'z','more':false}}\n",
  };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (page_apply_text (f, bodies[i], &error));
      g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
    }
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c100");
}

/* A page that goes wrong in its middle changes nothing. */
static void
test_all_or_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_false (page_apply_text (f,
    "{'h':{'kith':1,'epoch':'" EPOCH "','H':130,'round':4}}\n"
    "{'put':{'t':'client','id':'" CLIENT_C "','s':4,'q':111,'body':" C_BODY ("one@example.org") "}}\n"
    "{'put':{'t':'client','id':'" CLIENT_D "','s':999,'q':112,'body':" C_BODY ("two@example.org") "}}\n"
    "{'end':{'cursor':'m1','more':false}}\n", &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
  assert_email (f, CLIENT_C, "jose@example.org");
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c100");
}

static void
test_unknown_kind (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  page = page_new (130, 2);
  page_put (page, "spaceship", CLIENT_C, SID_DIR, 120, "{'name':'Enterprise'}");
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM unknown_kind WHERE kind = 'spaceship'"), ==, 1);
}

/* A field this Kith does not know stays in the record. */
static void
test_unknown_field (Fixture *f, gconstpointer data)
{
  g_autofree char *patch = NULL;
  g_autoptr (KithRecord) record = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (130, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 120, "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'J','favourite_colour':'green'}");
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  patch = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'pronouns':{'new':'she'}}}");
  record = kith_world_get (kith_store_get_world (f->store), "client", CLIENT_C, NULL);
  g_assert_cmpstr (kith_json_string (kith_record_get_body (record), "favourite_colour"), ==, "green");
}

/* A poll that brings nothing writes nothing (I22). */
static void
test_idle_writes_nothing (Fixture *f, gconstpointer data)
{
  gint64 before;

  fixture_fill (f);
  before = count (f, "SELECT total_changes()");
  for (guint i = 0; i < 5; i++)
    {
      Page *page = page_new (100, 1);
      page_end (page, "c100", FALSE);
      page_apply (f, page);
    }
  g_assert_cmpint (count (f, "SELECT total_changes()"), ==, before);
}

/* --- time ------------------------------------------------------------------------------------------------------- */

static void
end_scope (Fixture *f, const char *until)
{
  Page *page = page_new (120, 2);

  page_line (page, "{'until':{'%d':%s}}", SID_CLIENT_C, until);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
}

/* Past its not_after a scope is hidden, without a network, and turning the clock back brings nothing back. */
static void
test_hidden_when_over (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  end_scope (f, "'2026-03-02T10:00:00.000Z'");
  assert_email (f, CLIENT_C, "jose@example.org");
  kith_manual_clock_advance (f->clock, 3600 * 1000 + 1);
  g_assert_true (kith_store_hide_ended (f->store, &error));
  assert_email (f, CLIENT_C, NULL);
  g_assert_false (kith_world_holds (kith_store_get_world (f->store), "client:" CLIENT_C));
  g_assert_cmpint (count (f, "SELECT count(*) FROM client_find WHERE client_find MATCH 'garcia'"), ==, 0);

  kith_manual_clock_set_wall (f->clock, KITH_TEST_NOW - 86400000);
  kith_manual_clock_reboot (f->clock);
  g_assert_true (kith_store_hide_ended (f->store, &error));
  assert_email (f, CLIENT_C, NULL);
}

/* The hub prolongs it: all is there again. */
static void
test_prolonged (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  end_scope (f, "'2026-03-02T08:00:00.000Z'");
  assert_email (f, CLIENT_C, NULL);
  end_scope (f, "'2026-05-02T08:00:00.000Z'");
  assert_email (f, CLIENT_C, "jose@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM client_find WHERE client_find MATCH 'garcia'"), ==, 1);
  end_scope (f, "'2026-03-02T08:00:00.000Z'");
  end_scope (f, "null");
  assert_email (f, CLIENT_C, "jose@example.org");
}

/* sync.md 2.9: whoever waits for the end of a scope waits as long, however far ahead the computer's clock was set meanwhile. */
static void
test_end_in_hub_time (Fixture *f, gconstpointer data)
{
  const gint64 ahead = KITH_TEST_NOW + G_GINT64_CONSTANT (200) * 24 * 60 * 60 * 1000;
  g_autoptr (GError) error = NULL;
  gint64 left;

  fixture_fill (f);
  end_scope (f, "'2026-05-02T08:00:00.000Z'");
  g_assert_true (kith_store_note_contact (f->store, KITH_TEST_NOW, &error));
  left = kith_store_next_end_ms (f->store) - KITH_TEST_NOW;
  g_assert_cmpint (left, >, 0);
  kith_manual_clock_set_wall (f->clock, ahead);
  g_assert_cmpint (kith_store_next_end_ms (f->store) - ahead, ==, left);
}

/* --- refill ----------------------------------------------------------------------------------------------------- */

static void
test_refill (Fixture *f, gconstpointer data)
{
  g_autofree char *patch = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  patch = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  g_assert_true (kith_store_refill (f->store, &error));
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "");
  assert_email (f, CLIENT_C, "new@example.org"); /* rows keep showing */

  Page *page = page_new (300, 1);
  page_scope (page, SID_AGENCY, "agency:" AGENCY_A);
  page_put (page, "staff", USER_U, SID_AGENCY, 4, "{'agency':'" AGENCY_A "','name':'Ana Ruiz','level':'standard','role':'referral_manager','active':true,'trained':true}");
  page_filled (page, SID_AGENCY, 1);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 10, C_BODY ("jose@example.org"));
  page_filled (page, SID_CLIENT_C, 1);
  page_end (page, "c300", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_C, "new@example.org"); /* the outbox untouched */
  assert_email (f, CLIENT_D, NULL);              /* not confirmed: swept when the round ended */
  g_assert_cmpint (count (f, "SELECT count(*) FROM scope"), ==, 2);
}

/* Whoever put the hub back did so by means that tell nobody: its epoch is the same, its numbers begin lower. What it has counts, and what it has lost is
 * sent again before the refill takes the words away (I2). */
static void
test_refill_of_lower_numbers (Fixture *f, gconstpointer data)
{
  g_autofree char *mine = NULL, *lines = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  mine = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_D "','set':{'email':{'old':'marta@example.org','new':'m@example.org'}}}");
  sent = push (f, &n);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':131}\n", mine);
  answer (f, lines);
  page = page_new (131, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 130, C_BODY ("later@example.org"));
  page_put (page, "client", CLIENT_D, SID_CLIENT_D, 131, C_BODY ("m@example.org"));
  page_end (page, "c131", FALSE);
  page_apply (f, page);
  g_assert_null (push (f, &n));

  g_assert_true (kith_store_refill (f->store, &error));
  page = page_new_of (EPOCH, 50, 1, 0);
  page_scope (page, SID_AGENCY, "agency:" AGENCY_A);
  page_put (page, "staff", USER_U, SID_AGENCY, 4, "{'agency':'" AGENCY_A "','name':'Ana Ruiz','level':'standard','role':'referral_manager','active':true,'trained':true}");
  page_filled (page, SID_AGENCY, 1);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 10, C_BODY ("jose@example.org"));
  page_filled (page, SID_CLIENT_C, 1);
  page_end (page, "c50", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_C, "jose@example.org");
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (again, "ops"), 0), "id"), ==, mine);
  g_assert_nonnull (kith_json_object (kith_json_object (json_array_get_object_element (kith_json_array (again, "ops"), 0), "a"), "set"));
}

/* The hub was restored from yesterday's backup: a new epoch, lower numbers, other scope numbers. What it has lost is
 * sent again from the archive (2.4). */
static void
take_new_epoch (Fixture *f, gint64 hub_q)
{
  g_autofree char *first = NULL, *second = NULL, *lines = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *ops;
  Page *page;
  guint n;

  fixture_fill (f);
  first = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  second = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_D "','set':{'email':{'old':'marta@example.org','new':'m@example.org'}}}");
  sent = push (f, &n);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':130}\n{'n':2,'id':'%s','st':'applied','q':131}\n", first, second);
  answer (f, lines);
  page = page_new (131, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 130, C_BODY ("new@example.org"));
  page_put (page, "client", CLIENT_D, SID_CLIENT_D, 131, C_BODY ("m@example.org"));
  page_end (page, "c131", FALSE);
  page_apply (f, page);
  g_assert_null (push (f, &n));

  g_assert_true (kith_store_refill (f->store, &error));
  page = page_new_of ("7c000000-0000-4000-8000-000000000002", hub_q, 1, 1); /* it says that it has n 1 */
  page_scope (page, 71, "agency:" AGENCY_A);
  page_put (page, "staff", USER_U, 71, 4, "{'agency':'" AGENCY_A "','name':'Ana Ruiz','level':'standard','role':'referral_manager','active':true,'trained':true}");
  page_filled (page, 71, 1);
  page_scope (page, 72, "client:" CLIENT_C);
  page_put (page, "client", CLIENT_C, 72, 20, C_BODY ("new@example.org"));
  page_filled (page, 72, 1);
  page_scope (page, 73, "client:" CLIENT_D);
  page_put (page, "client", CLIENT_D, 73, 11, C_BODY ("marta@example.org"));
  page_filled (page, 73, 1);
  page_end (page, "d50", FALSE);
  page_apply (f, page);
  assert_email (f, CLIENT_C, "new@example.org");
  assert_email (f, CLIENT_D, "m@example.org"); /* pending again, on top of what the hub has now */
  g_assert_cmpint (count (f, "SELECT q FROM client WHERE id = '" CLIENT_D "'"), ==, 11);

  again = push (f, &n);
  g_assert_cmpuint (n, ==, hub_q < 130 ? 2 : 1);
  ops = kith_json_array (again, "ops");
  if (hub_q < 130)
    g_assert_cmpstr (kith_json_string (json_array_get_object_element (ops, 0), "id"), ==, first);
  for (guint o = 0; o < n; o++)
    g_assert_cmpint (kith_json_int (json_array_get_object_element (ops, o), "n", 0), ==, 2 + o);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (ops, n - 1), "id"), ==, second);
}

static void
test_new_epoch (Fixture *f, gconstpointer data)
{
  take_new_epoch (f, 130); /* where it took the first one */
}

/* I2: it says that it has n 1, and is not as far as it was when it took what is n 1 here: what it has under that number is something else, of a request that
 * came once more. */
static void
test_new_epoch_number (Fixture *f, gconstpointer data)
{
  take_new_epoch (f, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/pull/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("first-fill", test_first_fill);
  ADD ("older-put", test_older_put);
  ADD ("kept-page", test_kept_page);
  ADD ("gone", test_gone);
  ADD ("fill-replaces", test_fill_replaces);
  g_test_add ("/store/pull/I6-forget", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_forget, fixture_tear_down);
  g_test_add ("/store/pull/I6-forget-takes-what-was-replaced", Fixture, GINT_TO_POINTER (1), fixture_set_up,
              test_forget_takes_what_was_replaced, fixture_tear_down);
  g_test_add ("/store/pull/I6-forget-takes-what-was-shown", Fixture, GINT_TO_POINTER (1), fixture_set_up,
              test_forget_takes_what_was_shown, fixture_tear_down);
  ADD ("I4-late-answer", test_late_answer);
  g_test_add ("/store/pull/I6-forget-what-had-moved", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_forget_what_had_moved, fixture_tear_down);
  g_test_add ("/store/pull/I6-wipe-that-fails", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_wipe_that_fails, fixture_tear_down);
  g_test_add ("/store/pull/queries-of-a-reader", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_queries_of_a_reader, fixture_tear_down);
  ADD ("forget-before-the-cut", test_forget_before_the_cut);
  ADD ("cut-after-a-mark", test_cut_after_a_mark);
  ADD ("not-a-hub", test_not_a_hub);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("unknown-kind", test_unknown_kind);
  ADD ("unknown-field", test_unknown_field);
  ADD ("I22-idle-writes-nothing", test_idle_writes_nothing);
  ADD ("hidden-when-over", test_hidden_when_over);
  ADD ("sync-2.9-end-in-hub-time", test_end_in_hub_time);
  ADD ("prolonged", test_prolonged);
  ADD ("refill", test_refill);
  ADD ("I2-refill-of-lower-numbers", test_refill_of_lower_numbers);
  ADD ("new-epoch", test_new_epoch);
  ADD ("I2-new-epoch-number", test_new_epoch_number);
  return g_test_run ();
}
