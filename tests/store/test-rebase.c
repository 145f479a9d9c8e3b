/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-protocol.h"
#include "store-fixture.h"

/* The clauses of sync.md 2.6, one by one. */

#define NEW_EMAIL "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}"
#define C_BODY(email, q_note) "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','family_name':'García','email':'" email "','contact_note':'" q_note "'}"

static void
assert_email (Fixture *f, const char *expected)
{
  g_autofree char *email = email_of (f, CLIENT_C);

  g_assert_cmpstr (email, ==, expected);
}

/* A page with one put of client C. */
static void
pull_c (Fixture *f, gint64 H, gint64 q, const char *body)
{
  Page *page = page_new (H, 2);
  g_autofree char *cursor = g_strdup_printf ("c%d", (int) H);

  page_put (page, "client", CLIENT_C, SID_CLIENT_C, q, body);
  page_end (page, cursor, FALSE);
  page_apply (f, page);
}

static void
pull_nothing (Fixture *f, gint64 H)
{
  Page *page = page_new (H, 2);
  g_autofree char *cursor = g_strdup_printf ("c%d", (int) H);

  page_end (page, cursor, FALSE);
  page_apply (f, page);
}

static char *
first_line (const char *id, const char *rest)
{
  return g_strdup_printf ("{'n':1,'id':'%s',%s}\n", id, rest);
}

static void
test_applies_at_once (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;

  fixture_fill (f);
  id = submit (f, "record.patch", NEW_EMAIL);
  assert_email (f, "new@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM shadow WHERE t = 'client'"), ==, 1);
}

/* Somebody else's change to the record comes while ours waits: both show, and ours was computed on top. */
static void
test_replays_on_top (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (KithRecord) record = NULL;

  fixture_fill (f);
  id = submit (f, "record.patch", NEW_EMAIL);
  pull_c (f, 120, 110, C_BODY ("jose@example.org", "rings twice"));
  assert_email (f, "new@example.org");
  record = kith_world_get (kith_store_get_world (f->store), "client", CLIENT_C, NULL);
  g_assert_cmpstr (kith_record_string (record, "contact_note"), ==, "rings twice");
  g_assert_cmpint (count (f, "SELECT q FROM client WHERE id = '" CLIENT_C "'"), ==, 110);
}

/* Applied at q 130: until the cursor is there the operation is not run again, and what it wrote keeps showing. */
static void
test_applied_waits_for_its_q (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonObject) sent = NULL;

  fixture_fill (f);
  id = submit (f, "record.patch", NEW_EMAIL);
  sent = push (f, NULL);
  line = first_line (id, "'st':'applied','q':130");
  answer (f, line);
  assert_email (f, "new@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'sent'"), ==, 1);

  pull_c (f, 120, 110, C_BODY ("jose@example.org", "rings twice")); /* older than ours: no flicker */
  assert_email (f, "new@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'sent'"), ==, 1);

  pull_c (f, 130, 130, C_BODY ("new@example.org", "rings twice")); /* ours, as the hub has it */
  assert_email (f, "new@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM shadow WHERE t = 'client'"), ==, 0);
}

/* Somebody changed it again after us, and both arrive at once: ours is not laid over the newer row. */
static void
test_newer_row_wins (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonObject) sent = NULL;
  Page *page;

  fixture_fill (f);
  id = submit (f, "record.patch", NEW_EMAIL);
  sent = push (f, NULL);
  line = first_line (id, "'st':'applied','q':130");
  answer (f, line);

  page = page_new (140, 2); /* the round goes on: the cursor is not there yet */
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 135, C_BODY ("later@example.org", ""));
  page_end (page, "c135", TRUE);
  page_apply (f, page);
  assert_email (f, "later@example.org");
}

static void
test_refused_goes (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GPtrArray) attention = NULL;

  fixture_fill (f);
  id = submit (f, "record.patch", NEW_EMAIL);
  sent = push (f, NULL);
  line = first_line (id, "'st':'rejected','code':'denied','message':'No.'");
  answer (f, line);
  assert_email (f, "jose@example.org");
  attention = kith_store_list_attention (f->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "st"), ==, "rejected");
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "message"), ==, "No.");
}

/* The answer to the push was lost; the pull tells the outcome. */
static void
test_outcome_by_pull (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *text = NULL;
  Page *page;

  fixture_fill (f);
  id = submit (f, "record.patch", NEW_EMAIL);
  sent = push (f, NULL);
  page = page_new (130, 2);
  page_line (page, "{'op':{'n':1,'id':'%s','st':'applied','q':130}}", id);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 130, C_BODY ("new@example.org", ""));
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  assert_email (f, "new@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done'"), ==, 1);
  g_assert_null (kith_store_next_push (f->store, 50, 100000, NULL, NULL));
}

/* Fails when it is run again: marked at once, before any push, and what it showed is gone. The hub still decides. */
static void
test_will_not_apply (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) attention = NULL;
  g_autoptr (JsonObject) sent = NULL;
  Page *page;
  guint n;

  fixture_fill (f);
  id = submit (f, "referral.accept", "{'referral':'" REFERRAL_R "','from':'sent'}");
  page = page_new (130, 2);
  page_put (page, "referral", REFERRAL_R, SID_REFERRAL, 125,
            "{'agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','client':'" CLIENT_X "','number':'KB-0001','phase':'recalled'}");
  page_end (page, "c130", FALSE);
  page_apply (f, page);
  attention = kith_store_list_attention (f->store, G_MAXUINT, NULL, NULL);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "st"), ==, "will_not_apply");
  g_assert_cmpstr (kith_json_string (attention->pdata[0], "code"), ==, "stale_state");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE phase = 'recalled'"), ==, 1);
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 1);
}

/* A later operation of ours is computed on our earlier ones, applied or not. */
static void
test_own_on_own (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *line = NULL;
  g_autoptr (JsonObject) sent = NULL;

  fixture_fill (f);
  first = submit (f, "record.patch", NEW_EMAIL);
  sent = push (f, NULL);
  line = first_line (first, "'st':'applied','q':130");
  second = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'new@example.org','new':'third@example.org'}}}");
  answer (f, line);
  assert_email (f, "third@example.org");
  pull_nothing (f, 120);
  assert_email (f, "third@example.org");
  pull_c (f, 130, 130, C_BODY ("new@example.org", ""));
  assert_email (f, "third@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE local_code IS NOT NULL"), ==, 0);
}

/* --- I12: what this computer took back, and the hub did not ------------------------------------------------------- */

#define SENT_R "0197d000-0000-7000-8000-0000000000a1"
#define SCOPE_SENT 31
#define SCOPE_SENT_DETAIL 32
#define EVENT(text) "{'referral':'" SENT_R "','agency':'" AGENCY_A "','type':'note','text':'" text "'}"

static gboolean
shows_words (Fixture *f)
{
  return count (f, "SELECT count(*) FROM referral_event WHERE body ->> 'text' = 'She likes tea'") == 1;
}

/* A referral is sent and a note written on it; then the service is seen to take none: what was sent is gone here, and marked. */
static void
send_and_refuse (Fixture *f)
{
  g_autofree char *sent = NULL, *noted = NULL;
  g_autoptr (JsonObject) pushed = NULL;
  Page *page;
  guint n;

  sent = submit (f, "referral.send",
                 "{'id':'" SENT_R "','number':'KA-0011','contact_name':'García','type':'direct','service':'" SERVICE_S "','need':'Bed',"
                 "'release':{'classes':['client'],'basis':'required_by_law','until':'2026-12-31T00:00:00.000Z'}}");
  noted = submit (f, "referral.note", "{'referral':'" SENT_R "','text':'She likes tea'}");
  g_assert_true (shows_words (f));
  pushed = push (f, &n);
  g_assert_cmpuint (n, >=, 2);

  page = page_new (120, 2);
  page_put (page, "service", SERVICE_S, SID_DIR, 110, "{'organization_id':'" AGENCY_B "','name':'Night shelter','status':'active','direct':false}");
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE local_code IS NOT NULL"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE id = '" SENT_R "'"), ==, 0);
}

static void
take_both (Fixture *f)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), "SELECT op_id, n FROM op ORDER BY i", NULL);

  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    g_string_append_printf (lines, "{'n':%d,'id':'%s','st':'applied','q':130}\n", (int) kith_db_int (stmt, 1), kith_db_text (stmt, 0));
  g_clear_pointer (&stmt, kith_db_reset);
  answer (f, lines->str);
}

/* The hub takes both all the same (the service was free again by then). From its word on the words show, through a round of several
 * pages and an end of the program between them, until the hub's own rows take their place. */
static void
test_taken_after_all (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  send_and_refuse (f);
  take_both (f);
  g_assert_true (shows_words (f));
  fixture_reopen (f);
  g_assert_true (shows_words (f));

  page = page_new (140, 3); /* the referral comes, its details do not yet */
  page_scope (page, SCOPE_SENT, "referral:" SENT_R);
  page_put (page, "referral", SENT_R, SCOPE_SENT, 130,
            "{'agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','client':'" CLIENT_C "','number':'KA-0011','phase':'sent'}");
  page_filled (page, SCOPE_SENT, 3);
  page_end (page, "c140-1", TRUE);
  page_apply (f, page);
  g_assert_true (shows_words (f));
  fixture_reopen (f);
  g_assert_true (shows_words (f));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'sent'"), ==, 2);

  page = page_new (140, 3);
  page_scope (page, SCOPE_SENT_DETAIL, "referral_detail:" SENT_R);
  page_put (page, "referral_event", "0197d000-0000-7000-8000-0000000000e1", SCOPE_SENT_DETAIL, 130, EVENT ("She likes tea"));
  page_filled (page, SCOPE_SENT_DETAIL, 3);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_true (shows_words (f));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done'"), ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE body IS NOT NULL"), ==, 0);
}

/* Words written where the referral is not shown any more are the hub's to place: they wait to be sent, nobody has to deal with them, and the hub's rows bring them. */
static void
test_words_out_of_sight (Fixture *f, gconstpointer data)
{
  g_autofree char *late = NULL;
  g_autoptr (JsonObject) pushed = NULL;
  guint n = 0;
  Page *page;

  fixture_fill (f);
  send_and_refuse (f);
  late = submit (f, "referral.note", "{'referral':'" SENT_R "','text':'He likes coffee'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'waiting' AND instr(args, 'He likes coffee') AND local_code IS NULL"), ==, 1);
  pushed = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  take_both (f);
  g_assert_true (shows_words (f));
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'sent' AND instr(args, 'He likes coffee')"), ==, 1);

  page = page_new (140, 3);
  page_scope (page, SCOPE_SENT_DETAIL, "referral_detail:" SENT_R);
  page_put (page, "referral_event", "0197d000-0000-7000-8000-0000000000e1", SCOPE_SENT_DETAIL, 130, EVENT ("She likes tea"));
  page_put (page, "referral_event", "0197d000-0000-7000-8000-0000000000e2", SCOPE_SENT_DETAIL, 130, EVENT ("He likes coffee"));
  page_filled (page, SCOPE_SENT_DETAIL, 3);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  g_assert_true (shows_words (f));
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral_event WHERE body ->> 'text' = 'He likes coffee'"), ==, 1);
}

/* What is kept for that may carry what stood in a record that is taken away in the meantime, in whatever scope it lies (I6). */
static void
test_kept_goes_with_a_forget (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  send_and_refuse (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE kept = 1 AND instr(body, 'García')"), >, 0);
  page = page_new (125, 3);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c125", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE instr(body, 'García')"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE instr(args, 'She likes tea')"), ==, 1); /* own words wait on */
}

/* An answer that comes after a forget takes what its operation was to replace, and nothing of what others keep. */
static void
test_kept_outlives_a_late_answer (Fixture *f, gconstpointer data)
{
  g_autofree char *late = NULL, *line = NULL;
  g_autoptr (JsonObject) pushed = NULL;
  Page *page;

  fixture_fill (f);
  late = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_D "','set':{'email':{'old':'marta@example.org','new':'m@example.org'}}}");
  pushed = push (f, NULL);
  page = page_new (110, 2);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_D);
  page_end (page, "c110", FALSE);
  page_apply (f, page);

  send_and_refuse (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE kept = 1 AND body IS NOT NULL"), >, 0);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'access_ended'}\n", late);
  answer (f, line);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE kept = 1 AND body IS NOT NULL"), >, 0);
}

/* What waits to be sent is written otherwise in its place: what builds on it stays, and it is taken only as a whole; gone out, it is left. */
static void
test_edit (Fixture *f, gconstpointer data)
{
#define ARGS(need, service, more) "{'id':'" SENT_R "','number':'KA-0011','contact_name':'Jo','type':'direct','service':'" service "','need':'" need "'" more "}"
#define BASIS ",'release':{'classes':['client'],'basis':'required_by_law','until':'2026-12-31T00:00:00.000Z'}"
  g_autofree char *sent = NULL, *noted = NULL;
  g_autoptr (JsonObject) first = json (ARGS ("Bed", SERVICE_S, BASIS)), found = NULL;
  g_autoptr (JsonObject) better = json (ARGS ("Two beds", SERVICE_S, BASIS)), wrong = json (ARGS ("Two beds", SERVICE_S, "")), pushed = NULL;
  g_autoptr (GError) error = NULL;
  gboolean edited;
  guint n;

  fixture_fill (f);
  sent = submit (f, "referral.send", ARGS ("Bed", SERVICE_S, BASIS));
  noted = submit (f, "referral.note", "{'referral':'" SENT_R "','text':'She likes tea'}");
  g_assert_true (kith_store_get_unsent (f->store, "referral.send", SENT_R, &found, NULL));
  g_assert_cmpstr (kith_json_string (found, "need"), ==, "Bed");

  g_assert_true (kith_store_edit (f->store, "referral.send", better, NULL, NULL, NULL, NULL, &edited, &error));
  g_assert_no_error (error);
  g_assert_true (edited);
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral_detail WHERE body ->> 'need' = 'Two beds'"), ==, 1);
  g_assert_true (shows_words (f)); /* the note stays */

  /* No consent and no basis: refused, and all is as it was. */
  g_assert_false (kith_store_edit (f->store, "referral.send", wrong, NULL, NULL, NULL, NULL, &edited, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_CONSENT_MISSING);
  g_clear_error (&error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE id = '" SENT_R "'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE local_code IS NOT NULL"), ==, 0);

  /* Larger than the hub takes: its author is told now. */
  {
    g_autoptr (GString) words = g_string_new (NULL);
    g_autoptr (JsonObject) long_one = kith_json_copy_object (better);

    while (words->len < KITH_LIMIT_OP * 9 / 10)
      g_string_append (words, "語");
    json_object_set_string_member (long_one, "request", words->str);
    g_string_truncate (words, 3 * 4000);
    json_object_set_string_member (long_one, "note", words->str);
    g_assert_false (kith_store_edit (f->store, "referral.send", long_one, NULL, NULL, NULL, NULL, &edited, &error));
    g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
    g_clear_error (&error);
    g_assert_cmpint (count (f, "SELECT count(*) FROM referral_detail WHERE body ->> 'need' = 'Two beds'"), ==, 1);
  }

  pushed = push (f, &n);
  g_assert_cmpstr (kith_json_string (kith_json_object (json_array_get_object_element (kith_json_array (pushed, "ops"), 0), "a"), "need"), ==, "Two beds");
  g_assert_true (kith_store_edit (f->store, "referral.send", first, NULL, NULL, NULL, NULL, &edited, &error));
  g_assert_false (edited); /* it has gone out */
}

/* A file that is taken off what waits leaves the outbox with it, in the same act: it never goes out; the other one and the note do. */
static void
test_edit_files (Fixture *f, gconstpointer data)
{
#define ATTACH(id, name) "{'id':'0197c000-0000-7000-8000-0000000000" id "','t':'referral_detail','record':'%s','type':'letter','name':'" name "','media_type':'application/pdf'," \
  "'size':10,'sha256':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}"
  g_autofree char *detail = kith_id_natural ("referral_detail", SENT_R), *one = g_strdup_printf (ATTACH ("e1", "Lease.pdf"), detail), *two = g_strdup_printf (ATTACH ("e2", "Pay.pdf"), detail);
  g_autofree char *sent = NULL, *noted = NULL, *first = NULL, *second = NULL;
  g_autoptr (JsonObject) better = json (ARGS ("Two beds", SERVICE_S, BASIS)), pushed = NULL;
  g_autoptr (GPtrArray) then = kith_store_steps_new ();
  g_autoptr (GError) error = NULL;
  gboolean edited;
  guint n;

  fixture_fill (f);
  sent = submit (f, "referral.send", ARGS ("Bed", SERVICE_S, BASIS));
  first = submit (f, "document.attach", one);
  second = submit (f, "document.attach", two);
  noted = submit (f, "referral.note", "{'referral':'" SENT_R "','text':'She likes tea'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM document WHERE removed_at IS NULL"), ==, 2);
  g_ptr_array_add (then, kith_store_step_new_withdraw ("document.attach", "0197c000-0000-7000-8000-0000000000e1"));
  g_ptr_array_add (then, kith_store_step_new_withdraw ("document.attach", "0197c000-0000-7000-8000-0000000000e9")); /* there is none */
  g_assert_true (kith_store_edit (f->store, "referral.send", better, NULL, NULL, then, NULL, &edited, &error));
  g_assert_no_error (error);
  g_assert_true (edited);
  g_assert_cmpint (count (f, "SELECT count(*) FROM document"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM document WHERE body ->> 'name' = 'Pay.pdf'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE local_code IS NOT NULL"), ==, 0);
  g_assert_true (shows_words (f));
  pushed = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  {
    g_autofree char *wire = kith_json_print_object (pushed);

    g_assert_null (strstr (wire, "Lease.pdf"));
    g_assert_nonnull (strstr (wire, "Pay.pdf"));
    g_assert_nonnull (strstr (wire, "Two beds"));
  }
}

/* A consent recorded in the same form goes before the referral that needs it, and both are taken or none. */
static void
test_edit_with_consent (Fixture *f, gconstpointer data)
{
#define CONSENT(to) "{'id':'0197c000-0000-7000-8000-0000000000d1','client':'" CLIENT_C "','classes':['client'],'receivers':['" to "'],'how':'written'}"
  static const char *const names[] = { "consent.record", "referral.send", "referral.note", "referral.note" };
  g_autofree char *sent = NULL, *noted = NULL, *later = NULL;
  g_autoptr (JsonObject) by_consent = json ("{'id':'" SENT_R "','number':'KA-0011','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S
                                            "','need':'Two beds'}");
  g_autoptr (JsonObject) other = json (CONSENT (AGENCY_A)), consent = json (CONSENT (AGENCY_B)), pushed = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *ops;
  gboolean edited;
  guint n;

  fixture_fill (f);
  sent = submit (f, "referral.send", ARGS ("Bed", SERVICE_S, BASIS));
  noted = submit (f, "referral.note", "{'referral':'" SENT_R "','text':'She likes tea'}");

  /* A consent for another agency does not do: nothing changes, the outbox goes on as it was. */
  g_assert_false (kith_store_edit (f->store, "referral.send", by_consent, "consent.record", other, NULL, NULL, &edited, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, 2);
  g_assert_true (shows_words (f));

  g_assert_true (kith_store_edit (f->store, "referral.send", by_consent, "consent.record", consent, NULL, NULL, &edited, &error));
  g_assert_no_error (error);
  g_assert_true (edited);
  g_assert_true (shows_words (f));
  g_assert_cmpint (count (f, "SELECT count(*) FROM consent WHERE id = '0197c000-0000-7000-8000-0000000000d1'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE base IS NULL"), ==, 0);
  later = submit (f, "referral.note", "{'referral':'" SENT_R "','text':'And cake'}");
  pushed = push (f, &n);
  ops = kith_json_array (pushed, "ops");
  g_assert_cmpuint (json_array_get_length (ops), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (kith_json_string (json_array_get_object_element (ops, i), "op"), ==, names[i]);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (ops, 1), "id"), ==, sent);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (ops, 2), "id"), ==, noted);
}

/* The service begins to ask something while the referral waits: it stands as it was sent. One that is sent after that does not. */
static void
test_question_came_later (Fixture *f, gconstpointer data)
{
#define ASKS "{'use':'service','record':'" SERVICE_S "','name':'Before you come','version':1,'questions':[{'key':'rooms','text':'How many rooms?','type':'text','required':true}]}"
  g_autofree char *sent = NULL;
  g_autoptr (JsonObject) late = json ("{'id':'0197d000-0000-7000-8000-0000000000e2','number':'KA-0012','contact_name':'Jo','type':'direct','service':'" SERVICE_S "','need':'Bed'" BASIS "}");
  g_autoptr (GError) error = NULL;
  Page *page = page_new (120, 2);

  fixture_fill (f);
  sent = submit (f, "referral.send", ARGS ("Bed", SERVICE_S, BASIS));
  page_put (page, "form", "0197e000-0000-7000-8000-0000000000f1", SID_DIR, 115, ASKS);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE id = '" SENT_R "'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE local_code IS NOT NULL"), ==, 0);
  g_assert_false (kith_store_submit (f->store, "referral.send", late, 0, NULL, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
  g_assert_nonnull (strstr (error->message, "How many rooms?"));
}

static void
do_op (Fixture *f, const char *op, const char *args)
{
  g_autofree char *id = submit (f, op, args);

  g_assert_nonnull (id);
}

/* C4, 2e: of a referral that was kept until the client agreed a revocation stops what sends it then; kept it stays, and it is nobody's to deal with. */
static void
test_dispatch_stopped (Fixture *f, gconstpointer data)
{
#define KEPT "0197f000-0000-7000-8000-000000000011"
  fixture_fill (f);
  do_op (f, "referral.send", "{'id':'" KEPT "','number':'KA-0011','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S "','need':'Bed','wait':true}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0011' AND phase = 'pending_consent'"), ==, 1);
  do_op (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}");
  do_op (f, "referral.dispatch", "{'referral':'" KEPT "','from':'pending_consent'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0011' AND phase = 'sent'"), ==, 1);
  do_op (f, "consent.revoke", "{'client':'" CLIENT_C "','reason':'She asked'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0011' AND phase = 'pending_consent'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND name = 'referral.dispatch' AND code = 'consent_missing'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1"), ==, 1);
}

/* C4, 2e: a draft tells nobody anything, so a revocation leaves it; what sends it then is stopped, and it is a draft again. */
static void
test_draft_stays (Fixture *f, gconstpointer data)
{
#define DRAFT "'id':'0197f000-0000-7000-8000-000000000012','number':'KA-0012','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S "','need':'Bed'"
  fixture_fill (f);
  do_op (f, "referral.send", "{" DRAFT ",'draft':true}");
  do_op (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0012' AND phase = 'draft'"), ==, 1);
  if (data)
    {
      do_op (f, "referral.send", "{" DRAFT "}");
      g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0012' AND phase = 'sent'"), ==, 1);
    }
  do_op (f, "consent.revoke", "{'client':'" CLIENT_C "','reason':'She asked'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0012' AND phase = 'draft'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1"), ==, data ? 1 : 0);
}

/* C4, C5, 2.4: on a disk that was put back from a copy of itself a revocation stops what had gone out since that copy. Where the hub's rows show that very act
 * (data), nobody is left in the belief that nothing was sent; somebody else's, of a draft, does not show it. */
static void
test_stopped_was_sent (Fixture *f, gconstpointer data)
{
#define GONE "0197f000-0000-7000-8000-000000000013"
  g_autofree char *op = NULL, *event = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  Page *page = page_new (120, 2);

  fixture_fill (f);
  do_op (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}");
  op = submit (f, "referral.send", "{'id':'" GONE "','number':'KA-0013','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S "','need':'Bed'}");
  do_op (f, "consent.revoke", "{'client':'" CLIENT_C "','reason':'She asked'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND code = 'consent_missing'"), ==, 1);

  event = kith_id_derive (data ? op : GONE, "referral_event", GONE ":sent");
  page_scope (page, 71, "referral_detail:" GONE);
  page_put (page, "referral_event", event, 71, 115,
            "{'referral':'" GONE "','type':'sent','actor':'" USER_U "','agency':'" AGENCY_A "','at':'2026-01-01T00:00:00.000Z','to_phase':'sent'}");
  page_filled (page, 71, 2);
  page_end (page, "c120", FALSE);
  page_apply (f, page);

  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND code = 'consent_missing'"), ==, data ? 0 : 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND outcome = 'applied' AND st = 'done' AND message LIKE 'This was sent before the consent%'"), ==, data ? 1 : 0);
  entries = kith_store_list_attention (f->store, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (kith_json_string (entries->pdata[0], "st"), ==, data ? "sent" : "rejected");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/rebase/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("applies-at-once", test_applies_at_once);
  ADD ("replays-on-top", test_replays_on_top);
  ADD ("applied-waits-for-its-q", test_applied_waits_for_its_q);
  ADD ("newer-row-wins", test_newer_row_wins);
  ADD ("refused-goes", test_refused_goes);
  ADD ("outcome-by-pull", test_outcome_by_pull);
  ADD ("will-not-apply", test_will_not_apply);
  ADD ("own-on-own", test_own_on_own);
  ADD ("edit-unsent", test_edit);
  ADD ("edit-files", test_edit_files);
  ADD ("edit-with-consent", test_edit_with_consent);
  ADD ("P2-question-came-later", test_question_came_later);
  g_test_add ("/store/rebase/C4-2e-revocation-leaves-drafts", Fixture, NULL, fixture_set_up, test_draft_stays, fixture_tear_down);
  g_test_add ("/store/rebase/C4-2e-revocation-stops-a-draft-sent", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_draft_stays, fixture_tear_down);
  g_test_add ("/store/rebase/C4-2e-revocation-stops-dispatches", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_dispatch_stopped, fixture_tear_down);
  g_test_add ("/store/rebase/C5-2.4-stopped-was-sent", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_stopped_was_sent, fixture_tear_down);
  ADD ("C5-stopped-stays-stopped", test_stopped_was_sent);
  g_test_add ("/store/rebase/I12-taken-after-all", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_taken_after_all, fixture_tear_down);
  g_test_add ("/store/rebase/I12-kept-outlives-a-late-answer", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_kept_outlives_a_late_answer,
              fixture_tear_down);
  ADD ("I12-words-out-of-sight", test_words_out_of_sight);
  ADD ("I6-kept-goes-with-a-forget", test_kept_goes_with_a_forget);
  return g_test_run ();
}
