/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-store-lease.h"

/* What was begun and not sent: where it is offered, and when it ends. */

#define SENT "0197f000-0000-7000-8000-000000000011"
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static void
save (Fixture *f, const char *key, const char *scope, const char *body)
{
  g_autoptr (JsonObject) draft = json (body);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_store_save_draft (f->store, key, scope, draft, &error));
  g_assert_no_error (error);
}

static char *
unsendable (Fixture *f)
{
  g_autoptr (GPtrArray) drafts = kith_store_list_unsendable (f->store, NULL);
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < drafts->len; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", kith_json_string (drafts->pdata[i], "key"));
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

static void
assert_offered (Fixture *f, const char *begun, const char *not_sent)
{
  g_autofree char *keys = unsendable (f);

  assert_column (f, "drafts-begun", 0, NULL, NULL, begun);
  g_assert_cmpstr (keys, ==, not_sent);
}

static void
assert_told_sent (Fixture *f, gboolean sent)
{
  g_autoptr (GPtrArray) drafts = kith_store_list_unsendable (f->store, NULL);

  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpint (kith_json_bool (drafts->pdata[0], "sent", !sent), ==, sent);
}

/* Changes to a referral are gone on with while it waits. Once it has gone out no form takes them any more: its author reads and copies them, and says when
 * they are to go. */
static void
test_sent_meanwhile (Fixture *f, gconstpointer data)
{
  static const char key[] = "refer:edit:" SENT;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *id = NULL, *line = NULL, *consent = NULL;

  fixture_fill (f);
  consent = submit (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}");
  id = submit (f, "referral.send", "{'id':'" SENT "','number':'KA-0011','service':'" SERVICE_S "','type':'direct','need':'Bed','client':'" CLIENT_C "'}");
  save (f, key, "client:" CLIENT_C, "{'note':'Bring the papers'}");
  assert_offered (f, key, "");

  sent = push (f, NULL);
  assert_offered (f, "", key);
  drafts = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpstr (kith_json_string (kith_json_object (drafts->pdata[0], "draft"), "note"), ==, "Bring the papers");
  g_assert_cmpint (kith_json_int (drafts->pdata[0], "expires", 0), ==, 0); /* nothing was taken away */
  assert_told_sent (f, TRUE);
  line = g_strdup_printf ("{'n':2,'id':'%s','st':'applied','q':120}\n", id);
  answer (f, line);
  assert_offered (f, "", key);
  assert_told_sent (f, TRUE);
  kith_manual_clock_advance (f->clock, 30 * DAY);
  g_assert_true (kith_store_tidy (f->store, NULL));
  assert_offered (f, "", key);

  g_assert_true (kith_store_discard_draft (f->store, key, "referral.send", NULL));
  assert_offered (f, "", "");
}

/* It did not go out: discarded here before it could, or not taken by the hub. Nobody is told that it went without the changes. */
static void
test_not_sent (Fixture *f, gconstpointer refused)
{
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *line = NULL;

  fixture_fill (f);
  g_free (submit (f, "consent.record", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}"));
  id = submit (f, "referral.send", "{'id':'" SENT "','number':'KA-0011','service':'" SERVICE_S "','type':'direct','need':'Bed','client':'" CLIENT_C "'}");
  save (f, "refer:edit:" SENT, "client:" CLIENT_C, "{'note':'Bring the papers'}");
  if (refused != NULL)
    {
      sent = push (f, NULL);
      line = g_strdup_printf ("{'n':2,'id':'%s','st':'rejected','code':'denied'}\n", id);
      answer (f, line);
    }
  else
    {
      g_assert_true (kith_store_settle (f->store, id, FALSE, NULL, &error));
      g_assert_no_error (error);
    }
  assert_offered (f, "", "refer:edit:" SENT);
  assert_told_sent (f, FALSE);
}

/* As the hub has it by now. */
static void
test_phases (Fixture *f, gconstpointer data)
{
  static const struct { const char *phase; gboolean sent; } cases[] = {
    { "sent", TRUE }, { "accepted", TRUE }, { "declined", TRUE }, { "recalled", TRUE }, { "closed_resolved", TRUE },
    { "voided", FALSE }, { "pending_consent", FALSE }, { "given", FALSE },
  };

  fixture_fill (f);
  save (f, "refer:edit:" SENT, "client:" CLIENT_C, "{'note':'Bring the papers'}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Page *page = page_new (130 + i, 2);
      g_autofree char *cursor = g_strdup_printf ("c%u", 130 + i);
      g_autofree char *body = g_strdup_printf ("{'agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','client':'" CLIENT_C "','number':'KA-0011','phase':'%s'}", cases[i].phase);

      if (i == 0)
        page_scope (page, 60, "referral:" SENT);
      page_put (page, "referral", SENT, 60, 130 + i, body);
      if (i == 0)
        page_filled (page, 60, 2);
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      g_test_message ("%s", cases[i].phase);
      assert_told_sent (f, cases[i].sent);
    }
}

/* One that the hub keeps as a draft is written on for as long as it is one. */
static void
test_kept_as_draft (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) sent = NULL;

  fixture_fill (f);
  g_free (submit (f, "referral.send", "{'id':'" SENT "','number':'KA-0011','service':'" SERVICE_S "','type':'direct','need':'Bed','client':'" CLIENT_C "','draft':true}"));
  save (f, "refer:edit:" SENT, "client:" CLIENT_C, "{'note':'Bring the papers'}");
  sent = push (f, NULL);
  assert_offered (f, "refer:edit:" SENT, "");
}

/* Calls, and what goes on from one that came to nothing. */
static void
test_calls (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  save (f, "contact:again:" REFERRAL_R, "contact:" CLIENT_D, "{'notes':'Rent'}");
  kith_manual_clock_advance (f->clock, 1000);
  save (f, "refer:again:" REFERRAL_R, "client:" CLIENT_C, "{'note':'Bed'}");
  assert_offered (f, "refer:again:" REFERRAL_R " contact:again:" REFERRAL_R, "");
}

/* ---- of an account that is closed (C22, I21) */

/* A form that stands open writes its draft once more: it ends with the others, and not later each time it is written. */
static void
test_closed (Fixture *f, gconstpointer scope)
{
  g_autofree char *keys = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  save (f, "client:new", scope, "{'given_name':'Mara'}");
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, &error));
  g_assert_no_error (error);
  kith_manual_clock_advance (f->clock, 1000);
  save (f, "client:new", scope, "{'given_name':'Mara','family_name':'Gone'}");
  save (f, "refer:new", scope, "{'note':'Begun after it was closed'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NULL"), ==, 0);
  keys = unsendable (f);
  g_assert_cmpstr (keys, ==, "client:new refer:new");
  kith_manual_clock_advance (f->clock, 5 * DAY);
  save (f, "client:new", scope, "{'given_name':'Mara','family_name':'Still here'}");
  g_assert_false (kith_store_is_spent (f->store));
  kith_manual_clock_advance (f->clock, 3 * DAY);
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, &error)); /* the hub says so again: it is asked at each unlock */
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft"), ==, 0);
  g_assert_true (kith_store_is_spent (f->store));
}

/* I6: nor does such a form bring back what the record said. */
static void
test_closed_own_words (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, NULL));
  save (f, "account:new", NULL, "{'values':{'name':'Mine','email':'theirs'},'before':{'email':'theirs'}}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'Mine') > 0"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'theirs') > 0"), ==, 0);
}

/* I6, of "Edit the Call": needs and answers stand in lists, each with what was read. Of them the author's own words stay, and that they emptied an answer. */
static void
test_lists_own_words (Fixture *f, gconstpointer data)
{
  static const char draft[] =
      "{'person':{'before':{'city':'Theirs'},'values':{'city':'Theirs','notes':'Mine'}},"
      "'needs':[{'id':'0197c000-0000-7000-8000-0000000000e1','before':{'words':'Theirs','note':'Theirs'},'values':{'words':'Theirs','note':'Mine'}}],"
      "'answers':[{'form':'0197c000-0000-7000-8000-0000000000e2',"
      "'read':[{'key':'a','text':'How many?','value':'Theirs'},{'key':'b','values':['Theirs']},{'key':'c','value':'Theirs'},{'key':'d','value':'Theirs'}],"
      "'answers':[{'key':'a','text':'How many?','value':'Mine'},{'key':'b','text':'As it is asked now','values':['Theirs']},{'key':'c','value':'Theirs'},{'key':'e','value':'Mine'}]}]}";
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *kept = NULL;

  fixture_fill (f);
  if (data != NULL)
    g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, NULL));
  save (f, "contact:edit:0197c000-0000-7000-8000-0000000000f2", data != NULL ? NULL : "contact:0197c000-0000-7000-8000-0000000000f2", draft);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'Theirs') > 0"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NULL"), ==, 0);
  drafts = kith_store_list_unsendable (f->store, NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  kept = kith_json_print_object (kith_json_object (drafts->pdata[0], "draft"));
  g_assert_cmpstr (kept, ==, "{\"answers\":[{\"answers\":[{\"key\":\"a\",\"text\":\"How many?\",\"value\":\"Mine\"},{\"key\":\"e\",\"value\":\"Mine\"},{\"key\":\"d\"}],"
                             "\"form\":\"0197c000-0000-7000-8000-0000000000e2\"}],"
                             "\"needs\":[{\"id\":\"0197c000-0000-7000-8000-0000000000e1\",\"values\":{\"note\":\"Mine\"}}],\"person\":{\"values\":{\"notes\":\"Mine\"}}}");
}

/* The same where it was taken away: on the disk nothing of it is left. */
static void
test_lists_taken_away (Fixture *f, gconstpointer data)
{
  static const char key[] = "contact:edit:0197c000-0000-7000-8000-0000000000f2";
  g_autoptr (JsonObject) kept = NULL;
  JsonArray *answers;
  Page *page;

  fixture_fill (f);
  save (f, key, "client:" CLIENT_C,
        "{'needs':[{'before':{'words':'Canary of needs'},'values':{'words':'Canary of needs','note':'Mine'}}],"
        "'answers':[{'form':'f','read':[{'key':'a','value':'1'},{'key':'b','value':'Canary of answers'}],'answers':[{'key':'a','value':'2'},{'key':'b','value':'Canary of answers'}]}]}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'Canary') > 0"), ==, 1);
  page = page_new (130, 2);
  page_line (page, "{'forget':[%d]}", SID_CLIENT_C);
  page_end (page, "c9", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NOT NULL"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'Canary') > 0"), ==, 0);
  kept = kith_store_load_draft (f->store, key, NULL, NULL);
  answers = kith_json_array (json_array_get_object_element (kith_json_array (kept, "answers"), 0), "answers");
  g_assert_cmpuint (json_array_get_length (answers), ==, 1);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (answers, 0), "value"), ==, "2");
}

/* Opened again: what is written on is a draft like others. */
static void
test_open_again (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  save (f, "client:new", NULL, "{'given_name':'Mara'}");
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, NULL));
  g_assert_true (kith_store_set_refresh (f->store, "token", &error));
  g_assert_no_error (error);
  save (f, "client:new", NULL, "{'given_name':'Mara','family_name':'Back'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NOT NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add ("/store/drafts/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("sent-meanwhile", NULL, test_sent_meanwhile);
  ADD ("discarded", NULL, test_not_sent);
  ADD ("refused", "", test_not_sent);
  ADD ("phases", NULL, test_phases);
  ADD ("kept-as-draft", NULL, test_kept_as_draft);
  ADD ("calls", NULL, test_calls);
  ADD ("closed-C22", NULL, test_closed);
  ADD ("closed-of-a-record-C22", "client:" CLIENT_C, test_closed);
  ADD ("closed-own-words-I6", NULL, test_closed_own_words);
  ADD ("lists-own-words-I6", NULL, test_lists_own_words);
  ADD ("lists-own-words-closed-I6", "", test_lists_own_words);
  ADD ("lists-taken-away-I6", NULL, test_lists_taken_away);
  ADD ("open-again", NULL, test_open_again);
  return g_test_run ();
}
