/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-protocol.h"

#include <string.h>

/* A hub that is older than this Kith, and a store that an older Kith, or a newer one, has left. */

/* sync.md 2.10: what an older hub does not know, and what builds on that, is nobody's to deal with: it shows, is told of, holds nothing up, and goes out as soon
 * as the hub knows more. */
#define MADE "0197c000-0000-7000-8000-0000000000aa"

static void
test_hub_older (Fixture *f, gconstpointer data)
{
  g_autofree char *made = NULL, *changed = NULL, *other = NULL, *lines = NULL, *email = NULL;
  g_autoptr (JsonObject) sent = NULL, none = NULL, again = NULL;
  g_autoptr (GPtrArray) outbox = NULL, attention = NULL;
  g_autoptr (GError) error = NULL;
  KithStoreStatus status;
  Page *page;
  guint n;

  fixture_fill (f);
  made = submit (f, "client.register", "{'id':'" MADE "','number':'KA-0009','values':{'given_name':'Lena'}}");
  changed = submit (f, "record.patch", "{'t':'client','id':'" MADE "','set':{'email':{'old':null,'new':'lena@example.org'}}}");
  other = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'parked','code':'unknown_operation','message':'No.'}\n"
                           "{'n':2,'id':'%s','st':'rejected','code':'after_refused','after':1,'message':'No.'}\n{'n':3,'id':'%s','st':'applied','q':90}\n", made, changed, other);
  answer (f, lines);
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.waiting, ==, 2);
  g_assert_cmpuint (status.attention, ==, 0);
  attention = kith_store_list_attention (f->store, G_MAXUINT, NULL, &error);
  g_assert_cmpuint (attention->len, ==, 0);
  outbox = kith_store_list_outbox (f->store, TRUE, G_MAXUINT, NULL, &error);
  g_assert_cmpuint (outbox->len, ==, 2);
  for (guint i = 0; i < outbox->len; i++)
    {
      g_assert_cmpstr (kith_json_string (outbox->pdata[i], "st"), ==, "waiting");
      g_assert_nonnull (strstr (kith_json_string (outbox->pdata[i], "message"), "hub is older"));
    }
  email = email_of (f, MADE);
  g_assert_cmpstr (email, ==, "lena@example.org");
  none = push (f, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (kith_store_has_unsent (f->store, NULL));
  fixture_reopen (f);
  g_assert_false (kith_store_has_unsent (f->store, NULL));

  page = page_new (120, 2);
  page_end (page, "c120", FALSE);
  page_apply (f, page); /* the same hub */
  g_assert_false (kith_store_has_unsent (f->store, NULL));
  page = page_new_of_schema (130, 3, 2);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_has_unsent (f->store, NULL));
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "op"), ==, "client.register");
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), !=, made); /* by that id the hub has put it aside */
  g_assert_cmpint (kith_json_int (op_at (again, 0), "n", 0), ==, 4);
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "op"), ==, "record.patch");
}

/* A client and two changes of theirs wait for a newer hub. */
static void
let_wait (Fixture *f)
{
  g_autofree char *made = submit (f, "client.register", "{'id':'" MADE "','number':'KA-0009','values':{'given_name':'Lena'}}");
  g_autofree char *changed = submit (f, "record.patch", "{'t':'client','id':'" MADE "','set':{'email':{'old':null,'new':'lena@example.org'}}}");
  g_autofree char *again = submit (f, "record.patch", "{'t':'client','id':'" MADE "','set':{'pronouns':{'old':null,'new':'she'}}}");
  g_autoptr (JsonObject) sent = push (f, NULL);
  g_autofree char *lines = g_strdup_printf ("{'n':1,'id':'%s','st':'parked','code':'unknown_operation','message':'No.'}\n"
                                            "{'n':2,'id':'%s','st':'rejected','code':'after_refused','after':1,'message':'No.'}\n"
                                            "{'n':3,'id':'%s','st':'rejected','code':'after_refused','after':1,'message':'No.'}\n", made, changed, again);

  answer (f, lines);
}

#define DISCARDED "SELECT count(*) FROM op WHERE name = 'audit.record' AND args ->> 'what' = 'discarded' AND args ->> 'op' = "

/* What waits so long can be read, and taken back: with all that builds on it, each of which is told of by name. */
static void
test_withdrawn (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) outbox = NULL, rest = NULL;
  g_autoptr (GError) error = NULL;
  KithStoreStatus status;
  JsonArray *chain;

  fixture_fill (f);
  let_wait (f);
  outbox = kith_store_list_outbox (f->store, TRUE, G_MAXUINT, NULL, &error);
  g_assert_cmpuint (outbox->len, ==, 3);
  chain = kith_json_array (outbox->pdata[0], "chain");
  g_assert_nonnull (chain);
  g_assert_cmpuint (json_array_get_length (chain), ==, 3);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (chain, 1), "op"), ==, "record.patch");
  g_assert_nonnull (kith_json_object (kith_json_object (json_array_get_object_element (chain, 2), "args"), "set"));
  g_assert_null (kith_json_array (outbox->pdata[1], "chain")); /* nothing builds on that */

  g_assert_true (kith_store_settle (f->store, kith_json_string (outbox->pdata[0], "op_id"), FALSE, NULL, &error));
  g_assert_no_error (error);
  rest = kith_store_list_attention (f->store, G_MAXUINT, NULL, &error);
  g_assert_cmpuint (rest->len, ==, 0);
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.waiting, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE id = '" MADE "'"), ==, 0);
  g_assert_cmpint (count (f, DISCARDED "'client.register'"), ==, 1);
  g_assert_cmpint (count (f, DISCARDED "'record.patch'"), ==, 2);
}

/* One of them alone: what it builds on waits on. */
static void
test_withdrawn_last (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) outbox = NULL, rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *email = NULL;

  fixture_fill (f);
  let_wait (f);
  outbox = kith_store_list_outbox (f->store, TRUE, G_MAXUINT, NULL, &error);
  g_assert_true (kith_store_settle (f->store, kith_json_string (outbox->pdata[1], "op_id"), FALSE, NULL, &error));
  g_assert_no_error (error);
  rest = kith_store_list_outbox (f->store, TRUE, G_MAXUINT, NULL, &error);
  g_assert_cmpuint (rest->len, ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'waiting' AND needs > 0"), ==, 2);
  email = email_of (f, MADE);
  g_assert_cmpstr (email, ==, NULL);
  g_assert_cmpint (count (f, DISCARDED "'record.patch'"), ==, 1);
}

static void
assert_inbox (Fixture *f, const char *sent_at, const char *due_on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "inbox-new", &error);
  gboolean course = FALSE;

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, AGENCY_A);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (stmt, 2), ==, "direct");
  g_assert_cmpstr (kith_db_text (stmt, 4), ==, sent_at);
  g_assert_cmpstr (kith_db_text (stmt, 5), ==, due_on);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_DONE);
  g_clear_pointer (&stmt, kith_db_reset);
  stmt = kith_db_query (kith_store_get_db (f->store), "referral", &error);
  kith_db_bind_text (stmt, 1, REFERRAL_R);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  for (int i = 0; i < kith_db_n_columns (stmt); i++)
    course = course || (kith_db_text (stmt, i) != NULL && strstr (kith_db_text (stmt, i), sent_at) != NULL && g_str_equal (kith_db_column_name (stmt, i), "course"));
  g_assert_true (course);
}

/* When a referral was sent and by when it is due stood in the referral: until the hub has sent what it made of that, the lists go by it. */
static void
test_course_of_before (Fixture *f, gconstpointer data)
{
  g_autofree char *course = kith_id_natural ("referral_course", REFERRAL_R), *other = kith_id_natural ("referral_course", "0197f399-0000-7000-8000-000000000001");
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  kith_db_exec (kith_store_get_db (f->store),
                "DROP TABLE referral_course; DELETE FROM state WHERE key = 'ddl:referral_course'; UPDATE referral SET body = json_set(body, '$.type', 'direct', "
                "'$.sent_at', '2026-03-01T08:00:00.000Z', '$.due_on', '2026-03-03', '$.phase', 'sent', '$.agency_to', '" AGENCY_A "')",
                &error);
  g_assert_no_error (error);
  fixture_reopen (f);
  assert_inbox (f, "2026-03-01T08:00:00.000Z", "2026-03-03");

  /* One made here, or come since, has a course: the others of before are read as before. */
  page = page_new (119, 2);
  page_scope (page, 72, "referral:0197f399-0000-7000-8000-000000000001");
  page_scope (page, 73, "referral_course:0197f399-0000-7000-8000-000000000001");
  page_put (page, "referral", "0197f399-0000-7000-8000-000000000001", 72, 113, "{'agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','number':'KA-0099','phase':'sent'}");
  page_put (page, "referral_course", other, 73, 114, "{'referral':'0197f399-0000-7000-8000-000000000001','type':'direct','sent_at':'2026-03-01T09:00:00.000Z'}");
  page_filled (page, 72, 1);
  page_filled (page, 73, 1);
  page_end (page, "c119", FALSE);
  page_apply (f, page);
  fixture_reopen (f);
  assert_inbox (f, "2026-03-01T08:00:00.000Z", "2026-03-03");

  page = page_new (120, 2);
  page_scope (page, 71, "referral_course:" REFERRAL_R);
  page_put (page, "referral_course", course, 71, 115, "{'referral':'" REFERRAL_R "','type':'direct','sent_at':'2026-03-01T09:00:00.000Z','due_on':'2026-03-04'}");
  page_filled (page, 71, 2);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  assert_inbox (f, "2026-03-01T09:00:00.000Z", "2026-03-04"); /* the hub's word alone */
  fixture_reopen (f);
  assert_inbox (f, "2026-03-01T09:00:00.000Z", "2026-03-04");
}

/* sync.md 2.10, 2e: what would be another operation without what an older hub does not know is not sent to it: a referral that is to be kept until the client agrees
 * would be refused there. One that is not kept goes out as ever. */
static void
test_wait_for_newer (Fixture *f, gconstpointer data)
{
#define SENT_TO(id, number, more) \
  "{'id':'0197f000-0000-7000-8000-0000000000" id "','number':'" number "','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S "','need':'Bed'" more "}"
  g_autofree char *consent = NULL, *plain = NULL, *kept = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, 2);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  kept = submit (f, "referral.send", SENT_TO ("11", "KA-0011", ",'wait':true"));
  consent = submit (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}");
  plain = submit (f, "referral.send", SENT_TO ("12", "KA-0012", ",'wait':false"));
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (sent, 0), "id"), ==, consent);
  g_assert_cmpstr (kith_json_string (op_at (sent, 1), "id"), ==, plain);
  g_assert_false (json_object_has_member (kith_json_object (op_at (sent, 1), "a"), "wait"));

  page = page_new_of_schema (130, 3, 3);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  again = push (f, &n);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpstr (kith_json_string (op_at (again, n - 1), "id"), ==, kept);
  g_assert_true (kith_json_bool (kith_json_object (op_at (again, n - 1), "a"), "wait", FALSE));
}

/* A consent with what else ends it waits for a newer hub, and with it what rests on it alone; what another consent covers, or what stays in the agency, does not,
 * nor what it has nothing to do with. */
static void
test_consent_waits (Fixture *f, gconstpointer data)
{
#define CONSENT_OF(id, more) \
  "{'id':'0197f000-0000-7000-8000-0000000000" id "','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'" more "}"
  g_autofree char *consent = NULL, *rests = NULL, *told = NULL, *draft = NULL, *plain = NULL, *covered = NULL, *email = NULL;
  g_autoptr (JsonObject) sent = NULL, next = NULL, again = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, 5);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  consent = submit (f, "consent.record", CONSENT_OF ("01", ",'end_event':'I leave the shelter'"));
  rests = submit (f, "referral.send", SENT_TO ("11", "KA-0011", ""));
  told = submit (f, "referral.note", "{'referral':'0197f000-0000-7000-8000-000000000011','text':'Tonight'}");
  draft = submit (f, "referral.send", SENT_TO ("13", "KA-0013", ",'draft':true")); /* tells nobody anything */
  email = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (sent, 0), "id"), ==, draft);
  g_assert_cmpstr (kith_json_string (op_at (sent, 1), "id"), ==, email);
  plain = submit (f, "consent.record", CONSENT_OF ("02", ""));
  covered = submit (f, "referral.send", SENT_TO ("12", "KA-0012", ""));
  next = push (f, &n);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (kith_json_string (op_at (next, n - 2), "id"), ==, plain);
  g_assert_cmpstr (kith_json_string (op_at (next, n - 1), "id"), ==, covered);

  page = page_new_of_schema (130, 3, KITH_PROTOCOL_SCHEMA);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), ==, consent);
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "id"), ==, rests);
  g_assert_cmpstr (kith_json_string (op_at (again, 2), "id"), ==, told);
}

/* What rests on a consent that is taken back does not go with it: it cannot be sent any more, and its author decides. */
static void
test_consent_withdrawn (Fixture *f, gconstpointer data)
{
  g_autofree char *consent = NULL, *rests = NULL;
  g_autoptr (JsonObject) none = NULL;
  g_autoptr (GPtrArray) attention = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, 5);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  consent = submit (f, "consent.record", CONSENT_OF ("01", ",'end_event':'I leave the shelter'"));
  rests = submit (f, "referral.send", SENT_TO ("11", "KA-0011", ""));
  none = push (f, NULL);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE needs > 0"), ==, 2);
  g_assert_true (kith_store_settle (f->store, consent, FALSE, NULL, &error));
  g_assert_no_error (error);
  attention = kith_store_list_attention (f->store, G_MAXUINT, NULL, &error);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "op_id"), ==, rests);
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "code"), ==, "consent_missing");
}

/* It waits no longer than it has to: once the hub has another consent that covers it, it goes out, and what names it. */
static void
test_consent_waits_no_more (Fixture *f, gconstpointer data)
{
  g_autofree char *rests = NULL, *told = NULL, *plain = NULL, *line = NULL;
  g_autoptr (JsonObject) sent = NULL, next = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, 5);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_free (submit (f, "consent.record", CONSENT_OF ("01", ",'end_event':'I leave the shelter'")));
  rests = submit (f, "referral.send", SENT_TO ("11", "KA-0011", ""));
  told = submit (f, "referral.note", "{'referral':'0197f000-0000-7000-8000-000000000011','text':'Tonight'}");
  g_assert_null (push (f, &n));
  plain = submit (f, "consent.record", CONSENT_OF ("02", ""));
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 1); /* before the consent it would be refused */
  g_assert_cmpstr (kith_json_string (op_at (sent, 0), "id"), ==, plain);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':120}\n", plain);
  answer (f, line);
  next = push (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (kith_json_string (op_at (next, 0), "id"), ==, rests);
  g_assert_cmpstr (kith_json_string (op_at (next, 1), "id"), ==, told);
}

/* P4: what is said beside a number goes by when it was said, so a count with words does not overtake words that wait: they would stand there after it. A number
 * alone does; it goes by when it was counted, and nobody waits for free places. */
static void
test_counts_in_order (Fixture *f, gconstpointer data)
{
#define COUNT(more) "{'service':'" SERVICE_S "','unit':'bed'" more "}"
  g_autofree char *first = NULL, *number = NULL, *words = NULL, *off = NULL, *later = NULL, *other = NULL, *lines = NULL;
  g_autoptr (JsonObject) sent = NULL, again = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, 5);
  page_put (page, "service", SERVICE_S, SID_DIR, 105, "{'name':'Beds','organization_id':'" AGENCY_A "','status':'active'}");
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  first = submit (f, "capacity.observe", COUNT (",'free':4,'assess_first':true"));
  number = submit (f, "capacity.observe", COUNT (",'free':3"));
  words = submit (f, "capacity.observe", COUNT (",'free':2,'note':'From 6 pm'"));
  off = submit (f, "capacity.observe", COUNT (",'assess_first':false"));
  later = submit (f, "capacity.observe", COUNT (",'free':1"));
  other = submit (f, "capacity.observe", "{'service':'" SERVICE_S "','unit':'household','free':5,'note':'Hot'}");
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (kith_json_string (op_at (sent, 0), "id"), ==, number);
  g_assert_cmpstr (kith_json_string (op_at (sent, 1), "id"), ==, later);
  g_assert_cmpstr (kith_json_string (op_at (sent, 2), "id"), ==, other);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':120}\n{'n':2,'id':'%s','st':'applied','q':121}\n{'n':3,'id':'%s','st':'applied','q':122}\n", number, later, other);
  answer (f, lines);

  page = page_new_of_schema (130, 3, KITH_PROTOCOL_SCHEMA);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), ==, first);
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "id"), ==, words);
  g_assert_cmpstr (kith_json_string (op_at (again, 2), "id"), ==, off);
  g_assert_true (json_object_has_member (kith_json_object (op_at (again, 2), "a"), "assess_first")); /* not sent as less than it says */
}

/* A newer Kith was here, with a kind that this one does not know, and this one was put back in its place: a forget reaches the rows of that kind too (I6), and the
 * newer one, when it comes again, fetches what the hub still shows. */
static void
test_kind_of_newer (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autofree char *changed = NULL;
  Page *page;

  fixture_fill (f);
  changed = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  kith_db_exec (kith_store_get_db (f->store),
                "CREATE TABLE spaceship (rid INTEGER PRIMARY KEY, id TEXT, scope BIGINT, q BIGINT, body TEXT, find TEXT);"
                "CREATE VIRTUAL TABLE spaceship_find USING fts5 (find, content='spaceship', content_rowid='rid', columnsize=0);"
                "INSERT INTO spaceship SELECT 1, 'a', i, 7, '{\"name\":\"Enterprisesecret\"}', 'enterprisesecret' FROM scope WHERE name = 'client:" CLIENT_C "';"
                "INSERT INTO spaceship_find (rowid, find) SELECT rid, find FROM spaceship;"
                "INSERT INTO hidden_row SELECT 'spaceship', 'b', scope, 7, '{\"name\":\"Voyagersecret\"}' FROM spaceship;"
                "INSERT INTO shadow SELECT 'spaceship', 'c', scope, 7, '{\"name\":\"Nostromosecret\"}' FROM spaceship;"
                "INSERT INTO kept_row SELECT 'spaceship', 'd', scope, 7 FROM spaceship;"
                "INSERT INTO state VALUES ('ddl:spaceship', 'as the newer one prints it');",
                &error);
  g_assert_no_error (error);
  fixture_reopen (f);

  page = page_new (120, 2);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_wipe (f->store, &error));
  g_assert_no_error (error);
  g_assert_false (fixture_file_has (f, "Enterprisesecret"));
  g_assert_false (fixture_file_has (f, "enterprisesecret"));
  g_assert_false (fixture_file_has (f, "Voyagersecret"));
  g_assert_false (fixture_file_has (f, "Nostromosecret"));
  g_assert_cmpint (count (f, "SELECT count(*) FROM spaceship"), ==, 0);
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM hidden_row) + (SELECT count(*) FROM kept_row)"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM spaceship_find WHERE spaceship_find MATCH 'enterprisesecret'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM unknown_kind WHERE kind = 'spaceship'"), ==, 1);
}

/* What names a record that only something waiting for a newer hub makes goes after it, whatever it says itself: a draft whose referral was sent first would be refused
 * when it came (2e). Others do not wait. */
static void
test_draft_then_sent (Fixture *f, gconstpointer data)
{
  g_autofree char *line = NULL, *draft = NULL, *consent = NULL, *plain = NULL, *file = NULL, *other = NULL, *detail = kith_id_natural ("referral_detail", "0197f000-0000-7000-8000-000000000021");
  g_autofree char *attach = g_strdup_printf ("{'id':'0197f000-0000-7000-8000-000000000031','t':'referral_detail','record':'%s','type':'other','name':'lease.pdf','media_type':'application/pdf',"
                                             "'size':1000,'sha256':'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}", detail);
  g_autoptr (JsonObject) first = NULL, sent = NULL, again = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, KITH_PROTOCOL_SCHEMA);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  consent = submit (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}");
  draft = submit (f, "referral.send", SENT_TO ("21", "KA-0021", ",'draft':true"));
  first = push (f, &n); /* to a hub that was put back to what it was before meanwhile */
  g_assert_cmpuint (n, ==, 2);
  plain = submit (f, "referral.send", SENT_TO ("21", "KA-0021", ""));
  file = submit (f, "document.attach", attach);
  other = submit (f, "referral.send", SENT_TO ("22", "KA-0022", ""));
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':90}\n{'n':2,'id':'%s','st':'parked','code':'unknown_operation','message':'No.'}\n", consent, draft);
  answer (f, line);
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (kith_json_string (op_at (sent, 0), "id"), ==, other);

  page = page_new_of_schema (130, 3, KITH_PROTOCOL_SCHEMA + 1);
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (kith_json_bool (kith_json_object (op_at (again, 0), "a"), "draft", FALSE));
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "id"), ==, plain);
  g_assert_cmpstr (kith_json_string (op_at (again, 2), "id"), ==, file);
}

/* Written otherwise where it waits, it waits no longer than what it says now has to; what hangs on it neither. */
static void
test_written_otherwise (Fixture *f, gconstpointer data)
{
  g_autofree char *draft = NULL, *file = NULL, *detail = kith_id_natural ("referral_detail", "0197f000-0000-7000-8000-000000000021");
  g_autofree char *attach = g_strdup_printf ("{'id':'0197f000-0000-7000-8000-000000000031','t':'referral_detail','record':'%s','type':'other','name':'lease.pdf','media_type':'application/pdf',"
                                             "'size':1000,'sha256':'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}", detail);
  g_autoptr (JsonObject) plain = json (SENT_TO ("21", "KA-0021", "")), none = NULL, sent = NULL;
  g_autoptr (GError) error = NULL;
  gboolean edited;
  Page *page;
  guint n;

  fixture_fill (f);
  page = page_new_of_schema (110, 2, 3);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_free (submit (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}"));
  draft = submit (f, "referral.send", SENT_TO ("21", "KA-0021", ",'draft':true"));
  file = submit (f, "document.attach", attach);
  none = push (f, &n);
  g_assert_cmpuint (n, ==, 1); /* the consent */
  g_assert_true (kith_store_edit (f->store, "referral.send", plain, NULL, NULL, NULL, NULL, &edited, &error));
  g_assert_no_error (error);
  g_assert_true (edited);
  g_assert_true (kith_store_has_unsent (f->store, NULL));
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (kith_json_string (op_at (sent, 1), "id"), ==, draft);
  g_assert_false (json_object_has_member (kith_json_object (op_at (sent, 1), "a"), "draft"));
  g_assert_cmpstr (kith_json_string (op_at (sent, 2), "id"), ==, file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/older/2.10-hub-older", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_hub_older, fixture_tear_down);
  g_test_add ("/store/older/2.10-withdrawn", Fixture, NULL, fixture_set_up, test_withdrawn, fixture_tear_down);
  g_test_add ("/store/older/2.10-withdrawn-last", Fixture, NULL, fixture_set_up, test_withdrawn_last, fixture_tear_down);
  g_test_add ("/store/older/C4-consent-withdrawn", Fixture, NULL, fixture_set_up, test_consent_withdrawn, fixture_tear_down);
  g_test_add ("/store/older/2e-wait-for-newer", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_wait_for_newer, fixture_tear_down);
  g_test_add ("/store/older/2e-draft-then-sent", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_draft_then_sent, fixture_tear_down);
  g_test_add ("/store/older/2e-written-otherwise", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_written_otherwise, fixture_tear_down);
  g_test_add ("/store/older/C3-consent-waits", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_consent_waits, fixture_tear_down);
  g_test_add ("/store/older/C3-consent-waits-no-more", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_consent_waits_no_more, fixture_tear_down);
  g_test_add ("/store/older/P4-counts-in-order", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_counts_in_order, fixture_tear_down);
  g_test_add ("/store/older/course-of-before", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_course_of_before, fixture_tear_down);
  g_test_add ("/store/older/I6-kind-of-newer", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_kind_of_newer, fixture_tear_down);
  return g_test_run ();
}
