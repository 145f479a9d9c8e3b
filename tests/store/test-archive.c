/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-store-lease.h"

/* What stays of operations that are through, what a forget leaves of them, drafts, and what could not be sent. */

#define UNKNOWN_REFERRAL "0197f300-0000-7000-8000-000000000009"
#define PATCH(client, old, new) "{'t':'client','id':'" client "','set':{'email':{'old':'" old "','new':'" new "'}}}"
#define PATCH_C PATCH (CLIENT_C, "jose@example.org", "new@example.org")

static void
test_archive (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  finish_one (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done'"), ==, 1);
  kith_manual_clock_advance (f->clock, 29 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 1);
  kith_manual_clock_advance (f->clock, 2 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM op) + (SELECT count(*) FROM op_row)"), ==, 0);
}

/* Thirty days by the hub's clock (sync.md 2.9): a battery that was empty when the answer came, or a wall clock that jumps a year, ends none of them. */
static void
test_archive_of_the_hubs_clock (Fixture *f, gconstpointer data)
{
  gint64 start = kith_clock_wall_ms (KITH_CLOCK (f->clock));
  Page *page;

  fixture_fill (f);
  kith_manual_clock_reboot (f->clock);
  kith_manual_clock_set_wall (f->clock, 0);
  finish_one (f);
  kith_manual_clock_set_wall (f->clock, start);
  page = page_new (100, 0);
  page_end (page, "c101", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 1);
  kith_manual_clock_set_wall (f->clock, start + 365 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 1);
}

/* When the record is taken away the archive keeps that there was an operation, not what it said. */
static void
test_archive_forgets (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *next = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  finish_one (f);
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE n = 1 AND args IS NULL"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE body IS NOT NULL"), ==, 0);

  /* A restored hub that asks for it gets what comes next in its place. */
  g_assert_true (kith_store_resend_from (f->store, 1, NULL));
  g_assert_null (push (f, &n));
  next = submit (f, "record.patch", PATCH (CLIENT_D, "marta@example.org", "m@example.org"));
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (kith_json_int (op_at (again, 0), "n", 0), ==, 1);
  g_assert_cmpstr (kith_json_string (op_at (again, 0), "id"), ==, next);
}

/* The same where the answer comes after the forget, at once or with rows that would still have to come (sync.md 2.3, I6). What waits for its
 * answer keeps its words. */
static void
test_archive_forgets_late (Fixture *f, gconstpointer data)
{
  static const int reached[] = { 90, 150 };
  Page *page;

  fixture_fill (f);
  for (guint k = 0; k < G_N_ELEMENTS (reached); k++)
    {
      g_autofree char *id = submit (f, "record.patch", k == 0 ? PATCH_C : PATCH (CLIENT_D, "marta@example.org", "secret@example.org"));
      g_autoptr (JsonObject) sent = push (f, NULL);
      g_autofree char *line = g_strdup_printf ("{'n':%d,'id':'%s','st':'applied','q':%d}\n", k + 1, id, reached[k]);
      g_autofree char *cursor = g_strdup_printf ("c14%d", k);

      page = page_new (140 + k, 2 + k);
      page_line (page, "{'forget':[%d]}", k == 0 ? SID_CLIENT_C : SID_CLIENT_D);
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'sending' AND args IS NOT NULL"), ==, 1);
      answer (f, line);
    }
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND args IS NULL"), ==, 1);
  page = page_new (151, 5);
  page_end (page, "c151", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND args IS NULL"), ==, 2);
}

static void
test_drafts (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'text':'half a sentence'}");
  g_autoptr (JsonObject) back = NULL;
  gint64 saved;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "note:" CLIENT_C, "client:" CLIENT_C, draft, NULL));
  fixture_reopen (f); /* lock, crash, sign-out */
  back = kith_store_load_draft (f->store, "note:" CLIENT_C, &saved, NULL);
  g_assert_cmpstr (kith_json_string (back, "text"), ==, "half a sentence");
  g_assert_cmpint (saved, ==, KITH_TEST_NOW);
  g_assert_true (kith_store_save_draft (f->store, "note:" CLIENT_C, NULL, NULL, NULL));
  g_assert_null (kith_store_load_draft (f->store, "note:" CLIENT_C, NULL, NULL));
}

/* A call that is taken from a referral and what was said to its client had one key: what stood there goes to whose it is. */
static void
test_drafts_apart (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) said = json ("{'text':'Rang twice'}"), call = json ("{'name':'Ana Lopez','needs':[]}"), first = NULL, second = NULL;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "contact:referral:" CLIENT_C, NULL, said, NULL));
  g_assert_true (kith_store_save_draft (f->store, "contact:referral:" UNKNOWN_REFERRAL, NULL, call, NULL));
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "DROP TABLE kept_row; DROP TABLE import_choice; DROP INDEX import_row_reason; "
                                                               "DROP TABLE undo_draft; DROP INDEX import_row_remark; ALTER TABLE import_row DROP COLUMN who; ALTER TABLE import_row DROP COLUMN remark; ALTER TABLE import_row DROP COLUMN like_row; "
                                                               "ALTER TABLE import_row DROP COLUMN filled; ALTER TABLE op DROP COLUMN needs; DELETE FROM schema_migration WHERE number >= 5", NULL)); /* as of before */
  fixture_reopen (f);
  first = kith_store_load_draft (f->store, "contact:referral:" CLIENT_C, NULL, NULL);
  second = kith_store_load_draft (f->store, "call:referral:" UNKNOWN_REFERRAL, NULL, NULL);
  g_assert_cmpstr (kith_json_string (first, "text"), ==, "Rang twice");
  g_assert_cmpstr (kith_json_string (second, "name"), ==, "Ana Lopez");
  g_assert_null (kith_store_load_draft (f->store, "contact:referral:" UNKNOWN_REFERRAL, NULL, NULL));
}

/* A draft outlives the purge of what it is about, as an entry of its own, for seven days. */
static void
test_unsendable (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'text':'my own words'}");
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  Page *page;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "note:" CLIENT_C, "client:" CLIENT_C, draft, NULL));
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  before = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (before->pdata[0], "draft"), "text"), ==, "my own words");
  kith_manual_clock_advance (f->clock, 8 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  after = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (after->len, ==, 0);
}

#define EDITED "{'given_name':'José','family_name':'Canary','date_of_birth':'1971-01-01','phones':[{'number':'619 555 0199'}]," \
               "'was':{'given_name':'Jose','family_name':'Canary','date_of_birth':'1971-01-01','phones':[{'number':'619 555 0199'}],'contact_note':'Canary'}," \
               "'billing':{'payer':'Canary Health','member_id':'Mine'},'billing_was':{'payer':'Canary Health','member_id':'Canary'}}"

/* I6: a form's draft holds the record as its author had it before them, so that what others change meanwhile is merged. That is the record's and goes with
 * it, from the table and from the pages; what was typed stays for its seven days. */
static void
test_unsendable_own_words (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) edit = json (EDITED), health = json ("{'values':{'allergies':'Nuts','conditions':'Canary'},'before':{'conditions':'Canary'}}");
  g_autoptr (JsonObject) typed = NULL, typed_health = NULL;
  /* Taken over from a member of the household; begun with the step so far. */
  g_autoptr (JsonObject) member = json ("{'given_name':'Lucia','address':{'address_1':'Canary Row'},'taken_was':{'address':{'address_1':'Canary Row'}}}");
  g_autoptr (JsonObject) step = json ("{'next_step':'Call Canary','next_step_on':'2026-12-01','before':{'next_step':'Call Canary','next_step_on':'2026-11-19'}}");
  Page *page;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "edit:client:" CLIENT_C, "client:" CLIENT_C, edit, NULL));
  g_assert_true (kith_store_save_draft (f->store, "health:" CLIENT_C, "client:" CLIENT_C, health, NULL));
  g_assert_true (kith_store_save_draft (f->store, "client:new:" CLIENT_C, "client:" CLIENT_C, member, NULL));
  g_assert_true (kith_store_save_draft (f->store, "step:case:" CLIENT_C, "client:" CLIENT_C, step, NULL));
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE body LIKE '%Lucia%' OR body LIKE '%2026-12-01%'"), ==, 2);
  typed = kith_store_load_draft (f->store, "edit:client:" CLIENT_C, NULL, NULL);
  g_assert_cmpstr (kith_json_string (typed, "given_name"), ==, "José");
  g_assert_cmpstr (kith_json_string (kith_json_object (typed, "billing"), "member_id"), ==, "Mine");
  typed_health = kith_store_load_draft (f->store, "health:" CLIENT_C, NULL, NULL);
  g_assert_cmpstr (kith_json_string (kith_json_object (typed_health, "values"), "allergies"), ==, "Nuts");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE body LIKE '%Canary%' OR body LIKE '%1971%' OR body LIKE '%555%'"), ==, 0);
  g_assert_true (kith_store_wipe (f->store, NULL));
}

/* I6: a form that stood open while its record was taken away writes what is typed once more, at the latest when the computer is locked: that begins no other
 * life for it, and brings nothing of the record back. */
static void
test_unsendable_written_again (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) edit = json (EDITED);
  Page *page;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "edit:client:" CLIENT_C, "client:" CLIENT_C, edit, NULL));
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_save_draft (f->store, "edit:client:" CLIENT_C, "client:" CLIENT_C, edit, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE body LIKE '%José%' AND body NOT LIKE '%Canary%' AND expires IS NOT NULL"), ==, 1);
  kith_manual_clock_advance (f->clock, 8 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft"), ==, 0);
}

/* C4: access that comes back, as when a move is taken back, makes of what could not be sent a draft like any other: nothing tells that it could not be sent,
 * and nothing takes it away after seven days. */
static void
test_sendable_again (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'text':'my own words'}"), again = NULL;
  g_autoptr (GPtrArray) gone = NULL, back = NULL;
  Page *page;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "note:" CLIENT_C, "client:" CLIENT_C, draft, NULL));
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  gone = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (gone->len, ==, 1);
  page = page_new (150, 2);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 10, "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','family_name':'García'}");
  page_filled (page, SID_CLIENT_C, 2);
  page_end (page, "c150", FALSE);
  page_apply (f, page);
  back = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (back->len, ==, 0);
  kith_manual_clock_advance (f->clock, 8 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  again = kith_store_load_draft (f->store, "note:" CLIENT_C, NULL, NULL);
  g_assert_cmpstr (kith_json_string (again, "text"), ==, "my own words");
}

/* C22: an account was closed and is opened again: what its own operations begin anew is no access that came back. Words about a client whom only the own registration has
 * are told of as what could not be sent, are no draft of My Day, and go after their seven days; once the hub has the client they are a draft like any other. */
static void
test_closed_begun_anew (Fixture *f, gconstpointer data)
{
  static const char made[] = "0197c000-0000-7000-8000-000000000777";
  gboolean known = data != NULL; /* the hub takes the registration */
  g_autoptr (JsonObject) draft = json ("{'text':'my own words'}");
  g_autoptr (GPtrArray) before = NULL, gone = NULL, over = NULL;
  g_autofree char *key = g_strconcat ("note:", made, NULL), *scope = g_strconcat ("client:", made, NULL);

  fixture_fill (f);
  g_free (submit (f, "client.register", "{'id':'0197c000-0000-7000-8000-000000000777','number':'KA-0009','values':{'given_name':'Lena'}}"));
  g_assert_true (kith_store_save_draft (f->store, key, scope, draft, NULL));
  before = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (before->len, ==, 0);
  assert_column (f, "drafts-begun", 0, NULL, NULL, key);
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, NULL));
  fixture_fill (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM scope WHERE begun = 1 AND name = 'client:0197c000-0000-7000-8000-000000000777'"), ==, 1); /* it is there again */
  gone = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (gone->len, ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (gone->pdata[0], "draft"), "text"), ==, "my own words");
  assert_column (f, "drafts-begun", 0, NULL, NULL, "");
  if (known)
    {
      Page *page = page_new (150, 2);

      page_scope (page, SID_CARE_C + 1, scope);
      page_put (page, "client", made, SID_CARE_C + 1, 120, "{'agency':'" AGENCY_A "','number':'KA-0009','given_name':'Lena'}");
      page_filled (page, SID_CARE_C + 1, 2);
      page_end (page, "c150", FALSE);
      page_apply (f, page);
      assert_column (f, "drafts-begun", 0, NULL, NULL, key);
    }
  kith_manual_clock_advance (f->clock, 8 * G_GINT64_CONSTANT (86400000));
  g_assert_true (kith_store_tidy (f->store, NULL));
  over = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (over->len, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft"), ==, known);
}

/* Many numbers left unsaved are one line of My Day, and what it never shows is none. All else that was begun is there, however much it is. */
static void
test_drafts_begun (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'free':2}");
  g_autoptr (GString) all = g_string_new (NULL);

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "client:new", NULL, draft, NULL));
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *key = g_strdup_printf ("capacity:%u", i);

      kith_manual_clock_advance (f->clock, 1000);
      g_assert_true (kith_store_save_draft (f->store, key, NULL, draft, NULL));
    }
  g_assert_true (kith_store_save_draft (f->store, "import:file", NULL, draft, NULL));
  kith_manual_clock_advance (f->clock, 1000);
  g_assert_true (kith_store_save_draft (f->store, "note:case:" CLIENT_C, NULL, draft, NULL));
  assert_column (f, "drafts-begun", 0, NULL, NULL, "note:case:" CLIENT_C " capacity:24 client:new");
  for (guint i = 0; i < 25; i++) /* however many: the page says how many it does not show */
    {
      g_autofree char *key = g_strdup_printf ("edit:client:%u", i);

      kith_manual_clock_advance (f->clock, 1000);
      g_assert_true (kith_store_save_draft (f->store, key, NULL, draft, NULL));
      g_string_prepend (all, i > 0 ? " " : "");
      g_string_prepend (all, key);
    }
  g_string_append (all, " note:case:" CLIENT_C " capacity:24 client:new");
  assert_column (f, "drafts-begun", 0, NULL, NULL, all->str);
}

/* What the hub said of a refusal names people and days of the record: it goes with what else is there (I5, sync.md 2.3). The author's own words stay. */
static void
test_refusal_forgets (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  Page *page;

  fixture_fill (f);
  id = submit (f, "record.patch", PATCH_C);
  json_object_unref (push (f, NULL));
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'exists','message':'This client is already enrolled, since Canary.'}\n", id);
  answer (f, line);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND message LIKE '%Canary%'"), ==, 1);
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND args LIKE '%new@example.org%' AND code = 'exists'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE message LIKE '%Canary%'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND message LIKE '%access to what it was about has ended%'"), ==, 1);
}

/* I3: seven days by the hub's clock, though the page that takes the record away is the first since a computer with an empty battery was started. */
static void
test_unsendable_by_the_hubs_clock (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) draft = json ("{'text':'my own words'}");
  Page *page;

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, "note:" CLIENT_C, "client:" CLIENT_C, draft, NULL));
  kith_manual_clock_reboot (f->clock);
  kith_manual_clock_set_wall (f->clock, 0);
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft"), ==, 1);
}

/* I6: what was kept of a record that was taken away goes after seven days, also where a list that comes in waits for it still. */
static void
test_over_though_listed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  kith_db_exec (kith_store_get_db (f->store),
                "INSERT INTO op (i, op_id, name, at, hlc, wall, mono, boot, seen, st, attention, answered, expires)"
                " VALUES (900, 'over', 'client.register', 0, '', 0, 0, '', 0, 'done', 1, 0, 1);"
                "INSERT INTO import_row (job, row, state, op_id) VALUES ('j', 1, 'queued', 'over')", &error);
  g_assert_no_error (error);
  g_assert_true (kith_store_tidy (f->store, NULL));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE op_id = 'over'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_ON(disk, name, func) g_test_add ("/store/archive/" name, Fixture, GINT_TO_POINTER (disk), fixture_set_up, func, fixture_tear_down)
#define ADD(name, func) ADD_ON (0, name, func)
  ADD ("kept", test_archive);
  ADD ("I19-of-the-hubs-clock", test_archive_of_the_hubs_clock);
  ADD ("forgets", test_archive_forgets);
  ADD ("I6-forgets-late", test_archive_forgets_late);
  ADD_ON (1, "drafts", test_drafts);
  ADD_ON (1, "drafts-apart", test_drafts_apart);
  ADD ("C22-opened-begun-anew", test_closed_begun_anew);
  ADD_ON (1, "C22-opened-known-again", test_closed_begun_anew);
  ADD ("unsendable", test_unsendable);
  ADD ("I6-unsendable-own-words", test_unsendable_own_words);
  ADD ("I6-unsendable-written-again", test_unsendable_written_again);
  ADD ("drafts-begun", test_drafts_begun);
  ADD ("C4-sendable-again", test_sendable_again);
  ADD ("I5-refusal-forgets", test_refusal_forgets);
  ADD ("unsendable-by-the-hubs-clock", test_unsendable_by_the_hubs_clock);
  ADD ("I6-over-though-listed", test_over_though_listed);
  return g_test_run ();
}
