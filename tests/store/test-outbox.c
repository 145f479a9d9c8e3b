/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

/* The outbox: holds, undo, refusals, chains, numbers. */

#define PATCH(client, old, new) "{'t':'client','id':'" client "','set':{'email':{'old':'" old "','new':'" new "'}}}"
#define PATCH_C PATCH (CLIENT_C, "jose@example.org", "new@example.org")

static char *
submit_with_undo (Fixture *f, const char *op, const char *args)
{
  g_autoptr (JsonObject) object = json (args);
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  kith_store_submit (f->store, op, object, 8000, &id, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_wire (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonObject *header, *op;
  guint n;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, &n);
  header = kith_json_object (sent, "h");
  op = op_at (sent, 0);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (kith_json_string (header, "device"), ==, "device-1");
  g_assert_cmpstr (kith_json_string (header, "user"), ==, USER_U);
  g_assert_cmpstr (kith_json_string (header, "epoch"), ==, EPOCH);
  g_assert_cmpint (kith_json_int (header, "first_n", 0), ==, 1);
  g_assert_cmpstr (kith_json_string (op, "id"), ==, id);
  g_assert_cmpint (kith_json_int (op, "n", 0), ==, 1);
  g_assert_cmpint (kith_json_int (op, "seen", 0), ==, 100);
  g_assert_cmpint (kith_json_int (kith_json_object (op, "base"), "client/" CLIENT_C, 0), ==, 10);
  g_assert_nonnull (kith_json_string (op, "hlc"));
}

/* A refusal changes nothing and queues nothing. */
static void
test_refused_here (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json ("{'id':'" CLIENT_X "','number':'KA-0001','values':{}}");
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_false (kith_store_submit (f->store, "client.register", args, 0, NULL, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM op) + (SELECT count(*) FROM shadow) + (SELECT count(*) FROM scope WHERE begun = 1)"), ==, 0);
}

static void
test_online_only (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json ("{'service':'" SERVICE_S "','direct':true}");
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_false (kith_store_submit (f->store, "service.set_direct", args, 0, NULL, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_ONLINE_ONLY);
}

/* While an undo toast shows, the operation waits, and those after it wait behind it; then both go. */
static void
test_hold (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (JsonObject) sent = NULL;
  gint64 hold;
  guint n;

  fixture_fill (f);
  first = submit_with_undo (f, "record.patch", PATCH_C);
  second = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "m@example.org"));
  g_assert_null (push (f, &n));
  g_assert_true (kith_store_has_unsent (f->store, &hold));
  g_assert_cmpint (hold, ==, 8000);
  kith_manual_clock_advance (f->clock, 8000);
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_hold_ends_with_a_later_one (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (JsonObject) sent = NULL;
  gboolean undone;
  guint n;

  fixture_fill (f);
  first = submit_with_undo (f, "record.patch", PATCH_C);
  second = submit (f, "record.patch", PATCH (CLIENT_C, "new@example.org", "third@example.org"));
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (kith_store_undo (f->store, first, &undone, NULL, NULL));
  g_assert_false (undone);
}

static void
test_hold_ends_with_a_reboot (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autoptr (JsonObject) sent = NULL;
  guint n;

  fixture_fill (f);
  first = submit_with_undo (f, "record.patch", PATCH_C);
  kith_manual_clock_reboot (f->clock);
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *email = NULL;
  g_autoptr (JsonObject) sent = NULL;
  gboolean undone;

  fixture_fill (f);
  first = submit_with_undo (f, "record.patch", PATCH_C);
  g_assert_true (kith_store_undo (f->store, first, &undone, NULL, NULL));
  g_assert_true (undone);
  email = email_of (f, CLIENT_C);
  g_assert_cmpstr (email, ==, "jose@example.org");
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM op) + (SELECT count(*) FROM op_row) + (SELECT count(*) FROM shadow)"), ==, 0);

  second = submit (f, "record.patch", PATCH_C);
  sent = push (f, NULL);
  g_assert_true (kith_store_undo (f->store, second, &undone, NULL, NULL));
  g_assert_false (undone); /* it was in a push */
}

/* After a lost answer the same operations go out under the same numbers, with those that came since. */
static void
test_same_numbers (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (JsonObject) once = NULL, again = NULL;
  guint n;

  fixture_fill (f);
  first = submit (f, "record.patch", PATCH_C);
  once = push (f, &n);
  second = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "m@example.org"));
  fixture_reopen (f);
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (kith_json_int (op_at (again, 0), "n", 0), ==, 1);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), ==, first);
  g_assert_cmpint (kith_json_int (op_at (again, 1), "n", 0), ==, 2);
}

/* The answer to one push writes the numbers of the next with it; what an undo toast still holds gets none. */
static void
test_numbers_ahead (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *line = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (JsonObject) next = NULL;
  guint n;

  fixture_fill (f);
  first = submit (f, "record.patch", PATCH_C);
  second = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "m@example.org"));
  third = submit_with_undo (f, "record.patch", PATCH (CLIENT_D, "m@example.org", "n@example.org"));
  one = kith_store_next_push (f->store, 1, 100000, &n, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE n IS NOT NULL"), ==, 1);

  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':120}\n", first);
  answer (f, line);
  g_assert_cmpint (count (f, "SELECT n FROM op WHERE i = 2"), ==, 2);
  g_assert_cmpint (count (f, "SELECT n IS NULL FROM op WHERE i = 3"), ==, 1);
  fixture_reopen (f);
  next = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (kith_json_int (op_at (next, 0), "n", 0), ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (next, 0), "id"), ==, second);
}

/* What is asked with every page and at every turn of the engine reads what is pending, unsent or due, never the month of
 * operations that are done, nor all scopes. */
static void
test_plans (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "op-any-pending", "op-pending", "op-first-unsent", "op-unsent", "op-to-number", "op-count-waiting",
                                       "op-count-attention", "op-list-outbox", "op-list-attention", "op-finish-reached",
                                       "op-row-blank-reached", "op-unsent-args", "scope-drop-begun", "scopes-unhide", "scopes-due",
                                       "scopes-next-end" };
  KithDb *db = kith_store_get_db (f->store);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", kith_db_query_text (db, names[i]), NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

      g_assert_no_error (error);
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        {
          g_test_message ("%s: %s", names[i], kith_db_text (stmt, 3));
          g_assert_false (g_str_has_prefix (kith_db_text (stmt, 3), "SCAN") && strstr (kith_db_text (stmt, 3), "INDEX") == NULL &&
                          strstr (kith_db_text (stmt, 3), "CONSTANT") == NULL);
          g_assert_null (strstr (kith_db_text (stmt, 3), "USE TEMP B-TREE FOR ORDER BY"));
        }
      g_assert_no_error (error);
    }
}

/* An answer without its end changes nothing; an outcome for what is not waiting neither. */
static void
test_strange_answers (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *text = NULL, *stray = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GError) error = NULL;
  KithStoreStatus status;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, NULL);
  text = g_strdup_printf ("{\"n\":1,\"id\":\"%s\",\"st\":\"rejected\"}\n{\"end\":", id);
  cut = g_bytes_new (text, strlen (text));
  g_assert_false (kith_store_apply_push_answer (f->store, cut, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
  answer (f, "{'n':7,'id':'0190aaaa-0000-7000-8000-000000000000','st':'rejected','code':'denied'}\n");
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.waiting, ==, 1);
  g_assert_cmpuint (status.attention, ==, 0);

  /* One answered for good is not answered again. */
  stray = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':120}\n{'n':1,'id':'%s','st':'rejected','code':'denied'}\n", id, id);
  answer (f, stray);
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.attention, ==, 0);
}

/* --- chains ------------------------------------------------------------------------------------------------------- */

/* A registration is refused, and with it what was done with that client: one entry; Redo resubmits it whole. */
static void
test_chain (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *lines = NULL, *redone = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  g_autoptr (GPtrArray) attention = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  KithStoreStatus status;
  guint n;

  fixture_fill (f);
  first = submit (f, "client.register", "{'id':'0197c000-0000-7000-8000-0000000000aa','number':'KA-0009','values':{'given_name':'New'}}");
  second = submit (f, "record.patch", "{'t':'client','id':'0197c000-0000-7000-8000-0000000000aa','set':{'pronouns':{'new':'she'}}}");
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'Not now.'}\n"
                           "{'n':2,'id':'%s','st':'rejected','code':'after_refused','after':1}\n", first, second);
  answer (f, lines);
  g_assert_false (kith_world_holds (kith_store_get_world (f->store), "client:0197c000-0000-7000-8000-0000000000aa"));
  attention = kith_store_list_attention (f->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "op_id"), ==, first);
  g_assert_cmpuint (json_array_get_length (kith_json_array (attention->pdata[0], "chain")), ==, 2);
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.attention, ==, 1);

  g_assert_true (kith_store_settle (f->store, first, TRUE, &redone, &error));
  g_assert_no_error (error);
  g_assert_nonnull (redone);
  after = kith_store_list_attention (f->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (after->len, ==, 0);
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "op"), ==, "client.register");
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "op"), ==, "record.patch");
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), !=, first);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE id = '0197c000-0000-7000-8000-0000000000aa'"), ==, 1);
}

static void
test_discard (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *line = NULL;
  g_autoptr (JsonObject) sent = NULL;
  KithStoreStatus status;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'No.'}\n", id);
  answer (f, line);
  g_assert_true (kith_store_settle (f->store, id, FALSE, NULL, NULL));
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.attention, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name <> 'audit.record'"), ==, 1); /* it stays in the archive */
}

#define LOGGED "SELECT count(*) FROM op WHERE name = 'audit.record' AND st = 'waiting' AND args ->> 'what' = 'discarded' AND "

/* sync.md 2.6: a discard is audited: by whom and which act, of which client, and nothing of what was written in it. */
static void
test_discard_audited (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *line = NULL;
  g_autoptr (JsonObject) sent = NULL, later = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'No.'}\n", id);
  answer (f, line);
  g_assert_true (kith_store_settle (f->store, id, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, LOGGED "args ->> 'op' = 'record.patch' AND args ->> 'client' = '" CLIENT_C "'"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "instr (args, 'example.org') = 0"), ==, 1);
  later = push (f, NULL);
  g_assert_cmpint (count (f, LOGGED "needs = 6"), ==, 1); /* this hub does not know it yet: it waits for one that does */
}

/* The same of one that was never sent, and of which nothing would be left otherwise. */
static void
test_discard_unsent_audited (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  id = submit (f, "referral.accept", "{'referral':'" REFERRAL_R "','from':'sent'}");
  page = page_new (130, 2);
  page_put (page, "referral", REFERRAL_R, SID_REFERRAL, 125,
            "{'agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','client':'" CLIENT_X "','number':'KB-0001','phase':'recalled'}");
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_settle (f->store, id, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'referral.accept'"), ==, 0);
  g_assert_cmpint (count (f, LOGGED "args ->> 'op' = 'referral.accept' AND args ->> 't' = 'referral' AND args ->> 'record' = '" REFERRAL_R "'"), ==, 1);
}

/* And of words that could not be sent any more, whose record was taken away (sync.md 2.3). What is written on, and is discarded in its form, is none. */
static void
test_discard_draft_audited (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'text':'Sleeps in the car'}");
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "note:referral:" REFERRAL_R, "referral_detail:" REFERRAL_R, draft, &error));
  g_assert_true (kith_store_save_draft (f->store, "note:case:" CLIENT_X, "case_health:" CLIENT_X, draft, &error));
  g_assert_true (kith_store_save_draft (f->store, "matches", NULL, draft, &error));
  g_assert_true (kith_store_save_draft (f->store, "form", NULL, draft, &error));
  g_assert_true (kith_store_save_draft (f->store, "form", NULL, NULL, &error));
  g_assert_cmpint (count (f, LOGGED "1"), ==, 0);
  g_assert_true (kith_store_discard_draft (f->store, "note:referral:" REFERRAL_R, "referral.note", &error));
  g_assert_true (kith_store_discard_draft (f->store, "note:case:" CLIENT_X, "note.add", &error));
  g_assert_true (kith_store_discard_draft (f->store, "matches", "draft", &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, LOGGED "args ->> 'op' = 'referral.note' AND args ->> 't' = 'referral' AND args ->> 'record' = '" REFERRAL_R "'"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "args ->> 'op' = 'note.add' AND args ->> 't' = 'case' AND args ->> 'record' = '" CLIENT_X "'"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "args ->> 'op' = 'draft' AND args ->> 't' IS NULL"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "instr (args, 'Sleeps') > 0"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft"), ==, 0);
  g_assert_true (kith_store_discard_draft (f->store, "matches", "draft", &error)); /* twice is once */
  g_assert_cmpint (count (f, LOGGED "1"), ==, 3);
}

static void
settle_answered (Fixture *f, const char *st, gboolean again)
{
  g_autofree char *id = NULL, *line = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'%s','q':120,'code':'denied','message':'It was so.'}\n", id, st);
  answer (f, line);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1"), ==, 1);
  g_assert_true (kith_store_settle (f->store, id, again, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'audit.record'"), ==, 0);
}

/* What is done again was not discarded. */
static void
test_redo_not_audited (Fixture *f, gconstpointer data)
{
  settle_answered (f, "rejected", TRUE);
}

/* "Got It" of a change that was taken beside another one discards nothing. */
static void
test_got_it_not_audited (Fixture *f, gconstpointer data)
{
  settle_answered (f, "merged", FALSE);
}

/* "Redo on current state": the old values are what is there now. */
static void
test_redo_on_current_state (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *line = NULL, *email = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *set;
  Page *page;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'No.'}\n", id);
  answer (f, line);
  page = page_new (130, 2);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 120, "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','email':'other@example.org'}");
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_settle (f->store, id, TRUE, NULL, &error));
  g_assert_no_error (error);
  again = push (f, NULL);
  set = kith_json_object (kith_json_object (op_at (again, 0), "a"), "set");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "email"), "old"), ==, "other@example.org");
  email = email_of (f, CLIENT_C);
  g_assert_cmpstr (email, ==, "new@example.org");
}

/* sync.md 2.4: what a restored hub lacks is sent again if it had been applied. What was refused or parked was told to the
 * person, who may have done something else since: it must not take effect behind their back. */
static void
test_resend_leaves_refused (Fixture *f, gconstpointer data)
{
  char *ids[4];
  g_autofree char *lines = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  KithStoreStatus before, after;
  guint n;

  fixture_fill (f);
  ids[0] = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "1@example.org"));
  ids[1] = submit (f, "record.patch", PATCH (CLIENT_D, "1@example.org", "2@example.org"));
  ids[2] = submit (f, "record.patch", PATCH_C);
  ids[3] = submit (f, "record.patch", PATCH (CLIENT_D, "2@example.org", "3@example.org"));
  sent = push (f, NULL);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'No.'}\n{'n':2,'id':'%s','st':'applied','q':90}\n"
                           "{'n':3,'id':'%s','st':'parked','code':'crashed','message':'No.'}\n{'n':4,'id':'%s','st':'applied','q':91}\n",
                           ids[0], ids[1], ids[2], ids[3]);
  answer (f, lines);
  kith_store_get_status (f->store, &before, NULL);

  g_assert_true (kith_store_resend_from (f->store, 1, NULL));
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (kith_json_int (kith_json_object (again, "h"), "first_n", 0), ==, 1);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), ==, ids[1]);
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "id"), ==, ids[3]);
  g_assert_cmpint (kith_json_int (op_at (again, 1), "n", 0), ==, 2);
  kith_store_get_status (f->store, &after, NULL);
  g_assert_cmpuint (before.attention, ==, 2);
  g_assert_cmpuint (after.attention, ==, 2); /* still to be dealt with */
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

static void
test_gap (Fixture *f, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autoptr (JsonObject) again = NULL;
  guint n;

  fixture_fill (f);
  finish_one (f);
  second = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "m@example.org"));
  g_assert_true (kith_store_resend_from (f->store, 1, NULL));
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (kith_json_int (kith_json_object (again, "h"), "first_n", 0), ==, 1);
}

/* What a refill told of the later ones leaves a hole: the numbers of a push follow each other, or the hub would take them for a copy's. */
static void
test_hole (Fixture *f, gconstpointer data)
{
  g_autofree char *one = NULL, *two = NULL, *three = NULL, *four = NULL, *lines = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL, rest = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  one = submit (f, "record.patch", PATCH_C);
  two = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "m@example.org"));
  three = submit (f, "record.patch", PATCH (CLIENT_D, "m@example.org", "mm@example.org"));
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  page = page_new (140, 2);
  page_line (page, "{'op':{'n':3,'id':'%s','st':'applied','q':130}}", three);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  four = submit (f, "record.patch", PATCH (CLIENT_D, "mm@example.org", "marta@example.org"));

  again = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "id"), ==, two);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':130}\n{'n':2,'id':'%s','st':'applied','q':130}\n", one, two);
  answer (f, lines);
  rest = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (kith_json_string (op_at (rest, 0), "id"), ==, four);
  g_assert_cmpint (kith_json_int (op_at (rest, 0), "n", 0), ==, 4);
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static void
test_numbers (Fixture *f, gconstpointer data)
{
  g_autofree char *one = kith_store_next_number (f->store, NULL);
  g_autofree char *two = NULL;

  g_assert_cmpstr (one, ==, "KA-0001");
  fixture_reopen (f);
  two = kith_store_next_number (f->store, NULL);
  g_assert_cmpstr (two, ==, "KA-0002");
}

/* After lane_forked: a new lane, operations keep their ids and get new n, unsent records get new numbers. */
static void
test_forked (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  id = submit (f, "client.register", "{'id':'0197c000-0000-7000-8000-0000000000aa','number':'KA-0009','values':{'given_name':'New'}}");
  sent = push (f, NULL);
  g_assert_true (kith_store_fork_lane (f->store, &error));
  g_assert_null (kith_store_get_device (f->store));
  g_assert_true (kith_store_set_identity (f->store, "device-2", USER_U, "KB", EPOCH, &error));
  g_assert_no_error (error);
  again = push (f, NULL);
  g_assert_cmpstr (kith_json_string (kith_json_object (again, "h"), "device"), ==, "device-2");
  g_assert_cmpint (kith_json_int (op_at (again, 0), "n", 0), ==, 1);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), ==, id);
  g_assert_cmpstr (kith_json_string (kith_json_object (op_at (again, 0), "a"), "number"), ==, "KB-0001");
  record = kith_world_get (kith_store_get_world (f->store), "client", "0197c000-0000-7000-8000-0000000000aa", NULL);
  g_assert_cmpstr (kith_record_string (record, "number"), ==, "KB-0001");
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, ""); /* a cursor is bound to its lane */
  page = page_new (150, 1);
  page_end (page, "d150", FALSE);
  page_apply (f, page);
}

static void
test_other_user (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kith_store_set_identity (f->store, "device-1", CLIENT_C, "KA", EPOCH, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED);
  g_assert_cmpstr (kith_store_get_user (f->store), ==, USER_U);
}

/* More than the hub takes in one operation is refused while its author is there to shorten it. */
static void
test_too_long (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json ("{'id':'" CLIENT_X "','number':'KA-0001','values':{'given_name':'Ana','other_names':[]}}");
  JsonArray *names = kith_json_array (kith_json_object (args, "values"), "other_names");
  g_autofree char *name = g_strnfill (150, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 500; i++)
    json_array_add_string_element (names, name);

  fixture_fill (f);
  g_assert_false (kith_store_submit (f->store, "client.register", args, 0, NULL, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 0);
}

/* An answer that names only the number is about the operation sent under it; left waiting, it would be sent for ever. */
static void
test_answer_by_number (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  guint n;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  sent = push (f, &n);
  answer (f, "{'n':1,'st':'rejected','code':'invalid','message':'Too large.'}\n");
  g_assert_false (kith_store_has_unsent (f->store, NULL));
  entries = kith_store_list_attention (f->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (kith_json_string (entries->pdata[0], "op_id"), ==, id);
}

/* The hub has more of this lane than this disk knows of: a copy was put back, and its numbers were given before. */
static void
test_put_back (Fixture *f, gconstpointer data)
{
  g_autofree char *number = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_store_set_lane (f->store, 0, 1, &error));
  g_assert_no_error (error);
  number = kith_store_next_number (f->store, &error);
  g_assert_cmpstr (number, ==, "KA-0001");
  g_assert_true (kith_store_set_lane (f->store, 7, 1, &error));
  g_assert_no_error (error);
  g_assert_null (kith_store_get_device (f->store)); /* the engine asks for a new lane */
}

/* One Save: each step sees what those before it did, numbers follow one another, the draft ends with it; refused in the middle, nothing is done and
 * the lane has no hole (I2). */
static void
test_save_all (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'name':'Ana'}"), kept = NULL, sent = NULL;
  g_autoptr (GPtrArray) good = kith_store_steps_new (), bad = kith_store_steps_new ();
  g_autoptr (GError) error = NULL;
  const char *first, *second;
  guint n;

  fixture_fill (f);
  kith_store_save_draft (f->store, "form", NULL, draft, NULL);
  g_ptr_array_add (bad, kith_store_step_new ("record.patch", json (PATCH_C), FALSE));
  g_ptr_array_add (bad, kith_store_step_new ("client.register", json ("{'id':'" CLIENT_X "','values':{}}"), TRUE));
  g_assert_false (kith_store_submit_all (f->store, bad, "form", &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM op) + (SELECT count(*) FROM shadow)"), ==, 0);
  kept = kith_store_load_draft (f->store, "form", NULL, NULL);
  g_assert_nonnull (kept);

  g_ptr_array_add (good, kith_store_step_new ("record.patch", json (PATCH_C), FALSE));
  g_ptr_array_add (good, kith_store_step_new ("record.patch", json (PATCH (CLIENT_C, "new@example.org", "newer@example.org")), FALSE));
  g_assert_true (kith_store_submit_all (f->store, good, "form", &error));
  g_assert_no_error (error);
  g_assert_null (kith_store_load_draft (f->store, "form", NULL, NULL));
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (kith_json_int (op_at (sent, 0), "n", 0), ==, 1);
  g_assert_cmpint (kith_json_int (op_at (sent, 1), "n", 0), ==, 2);
  first = kith_json_string (op_at (sent, 0), "op");
  second = kith_json_string (op_at (sent, 1), "op");
  g_assert_cmpstr (first, ==, second);
}

/* What one form says and another does: kept in the same Save, or not at all; of a client registered in it, too, and no such words run out. */
static void
test_save_on (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) good = kith_store_steps_new (), bad = kith_store_steps_new ();
  g_autoptr (JsonObject) kept = NULL;
  g_autoptr (GPtrArray) unsendable = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_ptr_array_add (bad, kith_store_step_new_draft ("refer", "client:" CLIENT_X, json ("{'need':'A bed'}")));
  g_ptr_array_add (bad, kith_store_step_new ("client.register", json ("{'id':'" CLIENT_X "','values':{}}"), TRUE));
  g_assert_false (kith_store_submit_all (f->store, bad, NULL, &error));
  g_clear_error (&error);
  g_assert_null (kith_store_load_draft (f->store, "refer", NULL, NULL));
  g_ptr_array_add (good, kith_store_step_new ("client.register", json ("{'id':'" CLIENT_X "','values':{'given_name':'Rosa'}}"), TRUE));
  g_ptr_array_add (good, kith_store_step_new_draft ("refer", "client:" CLIENT_X, json ("{'need':'A bed'}")));
  g_assert_true (kith_store_submit_all (f->store, good, NULL, &error));
  g_assert_no_error (error);
  kept = kith_store_load_draft (f->store, "refer", NULL, NULL);
  g_assert_cmpstr (kith_json_string (kept, "need"), ==, "A bed");
  unsendable = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (unsendable->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_ON(disk, name, func) g_test_add ("/store/outbox/" name, Fixture, GINT_TO_POINTER (disk), fixture_set_up, func, fixture_tear_down)
#define ADD(name, func) ADD_ON (0, name, func)
  ADD ("wire", test_wire);
  ADD ("refused-here", test_refused_here);
  ADD ("online-only", test_online_only);
  ADD ("hold", test_hold);
  ADD ("hold-ends-with-a-later-one", test_hold_ends_with_a_later_one);
  ADD ("hold-ends-with-a-reboot", test_hold_ends_with_a_reboot);
  ADD ("undo", test_undo);
  ADD_ON (1, "same-numbers", test_same_numbers);
  ADD_ON (1, "numbers-ahead", test_numbers_ahead);
  ADD ("plans", test_plans);
  ADD ("strange-answers", test_strange_answers);
  ADD ("chain", test_chain);
  ADD ("discard", test_discard);
  ADD ("discard-audited-C13", test_discard_audited);
  ADD ("discard-unsent-audited-C13", test_discard_unsent_audited);
  ADD ("discard-draft-audited-C13", test_discard_draft_audited);
  ADD ("redo-not-audited-C13", test_redo_not_audited);
  ADD ("got-it-not-audited-C13", test_got_it_not_audited);
  ADD ("redo-on-current-state", test_redo_on_current_state);
  ADD ("gap", test_gap);
  ADD ("I2-hole", test_hole);
  ADD ("resend-leaves-refused", test_resend_leaves_refused);
  ADD_ON (1, "numbers", test_numbers);
  ADD ("forked", test_forked);
  ADD ("put-back", test_put_back);
  ADD ("too-long", test_too_long);
  ADD ("answer-by-number", test_answer_by_number);
  ADD ("other-user", test_other_user);
  ADD ("save-all", test_save_all);
  ADD ("save-on", test_save_on);
  return g_test_run ();
}
