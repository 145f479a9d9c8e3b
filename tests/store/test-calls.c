/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-search.h"

/* What Ctrl+K and the page of calls find by the end of a phone: who rings again is not taken down a second time. */
static void
test_calls_by_phone (Fixture *f, gconstpointer data)
{
  static const char *const asked[] = { "0142", "555-0142", "NA-7", "rosa" };
  Page *page;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL, page_stmt = NULL;

  fixture_fill (f);
  page = page_new (200, 2);
  page_scope (page, 150, "contact:cc000000-0000-7000-8000-000000000001");
  g_string_append (page->text, "{\"put\":{\"t\":\"contact_record\",\"id\":\"cc000000-0000-7000-8000-000000000001\",\"s\":150,\"q\":180,\"body\":{\"number\":\"NA-7\","
                               "\"submitted_at\":\"2026-11-20T13:20:00.000Z\",\"name\":\"Ana Lopez\",\"caller_name\":\"Rosa Lopez\","
                               "\"phones\":[{\"number\":\"+1 (619) 555-0142\"}]}}}\n");
  page_end (page, "c200", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GPtrArray) ids = kith_search_run (kith_store_get_db (f->store), "contact_record", asked[i], 20, NULL, &error);

      g_test_message ("%s", asked[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (ids->len, ==, 1);
    }
  stmt = kith_db_query (kith_store_get_db (f->store), "contacts-by-phone", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, "digits : \"2410555916\" *");
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (stmt, 3), ==, "Ana Lopez");
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_DONE);
  /* As the page of calls asks. */
  page_stmt = kith_db_query (kith_store_get_db (f->store), "contacts-found", &error);
  g_assert_no_error (error);
  kith_db_bind_text (page_stmt, 1, "(find : (\"0142\"*)) OR (digits : \"2410\" *)");
  g_assert_cmpint (kith_db_step (page_stmt, &error), ==, KITH_DB_ROW);
  g_assert_no_error (error);
}

#define FORM(c) "0197f000-0000-7000-8000-00000000000" c
#define QUEUE(c) "0197f100-0000-7000-8000-00000000000" c
#define CALL "0197f200-0000-7000-8000-000000000001"

/* Two queues in use and one that is not; forms that ask in one, in two, in all, and one that does not ask. */
static void
put_forms (Fixture *f)
{
  Page *page = page_new (200, 2);

  page_scope (page, 150, "contact:" CALL);
  page_put (page, "queue", QUEUE ("1"), SID_DIR, 180, "{'name':'Housing'}");
  page_put (page, "queue", QUEUE ("2"), SID_DIR, 180, "{'name':'Food'}");
  page_put (page, "queue", QUEUE ("3"), SID_DIR, 180, "{'name':'Cooling','inactive':true}");
  page_put (page, "form", FORM ("1"), SID_DIR, 180, "{'use':'contact','name':'Who comes along','version':1,'queues':['" QUEUE ("3") "','" QUEUE ("2") "','" QUEUE ("1") "']}");
  page_put (page, "form", FORM ("2"), SID_DIR, 180, "{'use':'contact','name':'At the end','version':1}");
  page_put (page, "form", FORM ("3"), SID_DIR, 180, "{'use':'contact','name':'Meals','version':1,'queues':['" QUEUE ("2") "']}");
  page_put (page, "form", FORM ("4"), SID_DIR, 180, "{'use':'contact','name':'Old','version':1,'inactive':true,'queues':['" QUEUE ("1") "']}");
  page_put (page, "form", FORM ("5"), SID_DIR, 180, "{'use':'queue','name':'Before you refer','version':1,'record':'" QUEUE ("1") "'}");
  page_put (page, "contact_record", CALL, 150, 180, "{'number':'NA-8','submitted_at':'2026-11-20T13:20:00.000Z','name':'Ana Lopez'}");
  page_put (page, "form_answer", FORM ("a"), 150, 180, "{'t':'contact_record','record':'" CALL "','form':'" FORM ("1") "','form_name':'Who comes along','version':1,'answers':[]}");
  page_put (page, "form_answer", FORM ("b"), 150, 180, "{'t':'contact_record','record':'" CALL "','form':'" FORM ("2") "','form_name':'At the end','version':1,'answers':[]}");
  page_end (page, "c200", FALSE);
  page_apply (f, page);
}

/* The last letter of each id, and the columns from `from` on: "1 linked,queues". */
static char *
listed (Fixture *f, const char *query, const char *first, const char *second, int from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, first);
  if (second != NULL)
    kith_db_bind_text (stmt, 2, second);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      g_string_append_printf (text, "%s%c", text->len > 0 ? " | " : "", kith_db_text (stmt, 0)[35]);
      for (int i = from; from > 0 && i < from + 2; i++)
        g_string_append_printf (text, " %s", kith_db_text (stmt, i) != NULL ? kith_db_text (stmt, i) : "-");
    }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* P2: every form of calls, in the order it is asked, whether this queue has it, and which others in use; a call that goes into a queue is asked by all the queue
 * has and those of every call, once each, and its answers stand in that order. */
static void
test_forms (Fixture *f, gconstpointer data)
{
  g_autofree char *housing = NULL, *one = NULL, *asked = NULL, *both = NULL, *none = NULL, *answers = NULL;

  fixture_fill (f);
  put_forms (f);
  housing = listed (f, "forms-of-calls", QUEUE ("1"), "", 2);
  g_assert_cmpstr (housing, ==, "2 0 - | 3 0 Food | 4 1 - | 1 1 Food");
  one = listed (f, "forms-of-calls", "", FORM ("1"), 2);
  g_assert_cmpstr (one, ==, "1 0 Food, Housing");
  asked = listed (f, "forms-asked", "[\"" QUEUE ("1") "\"]", "", 0);
  g_assert_cmpstr (asked, ==, "2 | 1 | 5");
  both = listed (f, "forms-asked", "[\"" QUEUE ("1") "\",\"" QUEUE ("2") "\"]", "", 0);
  g_assert_cmpstr (both, ==, "2 | 3 | 1 | 5");
  none = listed (f, "forms-asked", "[]", "", 0);
  g_assert_cmpstr (none, ==, "2");
  answers = listed (f, "contact-answers", CALL, NULL, 0);
  g_assert_cmpstr (answers, ==, "b | a");
}

/* I14: what a call's answers were, before each correction, and what took its place; and what its fields and needs said: the last change first. What was answered
 * of it is read with its form, to be put right; what a referral made from it carries is not. */
static void
test_changes (Fixture *f, gconstpointer data)
{
  Page *page;
  g_autofree char *answered = NULL;

  fixture_fill (f);
  put_forms (f);
  page = page_new (201, 2);
  page_put (page, "contact_need", QUEUE ("8"), 150, 190, "{'contact':'" CALL "','words':'A bed','term':'" QUEUE ("9") "','_hlc':{'term':'h4'}}");
  page_put (page, "taxonomy_term", QUEUE ("9"), SID_DIR, 190, "{'name':'Shelter'}");
  page_put (page, "form_answer", FORM ("a"), 150, 190,
            "{'t':'contact_record','record':'" CALL "','form':'" FORM ("1") "','form_name':'Who comes along','answers':[{'key':'n','value':'4'}],'_hlc':{'answers':'h3'}}");
  page_put (page, "form_answer", FORM ("c"), 150, 190, "{'t':'referral_detail','record':'" QUEUE ("7") "','form':'" FORM ("1") "','form_name':'X','answers':[{'key':'n','value':'9'}]}");
  page_put (page, "field_history", FORM ("d"), 150, 191, "{'t':'form_answer','record':'" FORM ("a") "','field':'answers','value':[{'key':'n','value':'2'}],'by_name':'Ana',"
            "'kept_hlc':'h2','changed_by_name':'Bo','at':'2026-11-21T10:00:00.000Z','scope':'contact:" CALL "'}");
  page_put (page, "field_history", FORM ("e"), 150, 192, "{'t':'form_answer','record':'" FORM ("a") "','field':'answers','value':[{'key':'n','value':'3'}],'by_name':'Bo',"
            "'hlc':'h2','kept_hlc':'h3','changed_by_name':'Cy','at':'2026-11-22T10:00:00.000Z','scope':'contact:" CALL "'}");
  page_put (page, "field_history", FORM ("f"), 150, 193, "{'t':'contact_need','record':'" QUEUE ("8") "','field':'term','kept_hlc':'h4','changed_by_name':'Cy',"
            "'at':'2026-11-20T10:00:00.000Z','scope':'contact:" CALL "'}");
  page_end (page, "c201", FALSE);
  page_apply (f, page);
  assert_column (f, "contact-changes", 1, CALL, NULL, "form_answer form_answer contact_need");
  assert_column (f, "contact-changes", 4, CALL, NULL, "Bo Ana -");
  assert_column (f, "contact-changes", 7, CALL, NULL, "{\"value\":[{\"key\":\"n\",\"value\":\"3\"}]} {\"value\":[{\"key\":\"n\",\"value\":\"2\"}]} {\"value\":null}");
  assert_column (f, "contact-changes", 8, CALL, NULL,
                 "{\"value\":[{\"key\":\"n\",\"value\":\"4\"}]} {\"value\":[{\"key\":\"n\",\"value\":\"3\"}]} {\"value\":\"Shelter\"}");
  assert_column (f, "contact-changes", 10, CALL, NULL, "Cy Bo Cy");
  assert_column (f, "contact-changes", 14, CALL, NULL, "Who comes along Who comes along A bed");
  answered = listed (f, "contact-answered", CALL, NULL, 0);
  g_assert_cmpstr (answered, ==, "b | a");
  assert_column (f, "contact-answered", 2, CALL, NULL, "{\"name\":\"At the end\",\"use\":\"contact\",\"version\":1} {\"name\":\"Who comes along\",\"queues\":[\"" QUEUE ("3") "\",\""
                 QUEUE ("2") "\",\"" QUEUE ("1") "\"],\"use\":\"contact\",\"version\":1}");
}

/* P21, P22: a call is open by its needs; one that names none, by the referral made from it: as long as that waits in a queue, or somebody works on it. Whatever
 * list says so says the same. */
static void
test_open (Fixture *f, gconstpointer data)
{
  static const struct { const char *need, *phase; gboolean open; } cases[] = {
    { NULL, NULL, FALSE }, { NULL, "sent", TRUE }, { NULL, "waitlisted", TRUE }, { NULL, "closed_resolved", FALSE }, { NULL, "recalled", FALSE },
    { "open", NULL, TRUE }, { "referred", "declined", TRUE }, { "met", NULL, FALSE }, { "met", "sent", FALSE },
  };
  g_autoptr (GString) open = g_string_new (NULL), counts = g_string_new (NULL);
  Page *page;

  fixture_fill (f);
  page = page_new (200, 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *call = g_strdup_printf ("0197f3%02u-0000-7000-8000-000000000001", i), *scope = g_strconcat ("contact:", call, NULL);
      g_autofree char *body = g_strdup_printf ("{'number':'NA-%u','submitted_at':'2026-11-2%uT13:20:00.000Z','name':'Ana %u'}", i, i, i);
      g_autofree char *need = g_strdup_printf ("{'contact':'%s','words':'A bed','status':'%s'}", call, cases[i].need);
      g_autofree char *referral = g_strdup_printf ("{'number':'NA-5%u','phase':'%s','contact_record':'%s'}", i, cases[i].phase, call);
      g_autofree char *need_id = g_strdup_printf ("0197f4%02u-0000-7000-8000-000000000001", i), *referral_id = g_strdup_printf ("0197f5%02u-0000-7000-8000-000000000001", i);

      page_scope (page, (int) (160 + i), scope);
      page_put (page, "contact_record", call, (int) (160 + i), 180, body);
      if (cases[i].need != NULL)
        page_put (page, "contact_need", need_id, (int) (160 + i), 180, need);
      if (cases[i].phase != NULL)
        page_put (page, "referral", referral_id, (int) (160 + i), 180, referral);
      if (cases[i].open)
        g_string_append_printf (open, "%sNA-%u", open->len > 0 ? " " : "", i);
      g_string_prepend (counts, counts->len > 0 ? " " : "");
      g_string_prepend (counts, cases[i].open ? "1" : "0");
    }
  page_end (page, "c200", FALSE);
  page_apply (f, page);
  assert_column (f, "contacts-open", 1, NULL, NULL, open->str);
  assert_column (f, "contacts-open", 9 + 1, NULL, NULL, "1 1 1 1");
  assert_column (f, "contacts-all", 9 + 1, NULL, NULL, counts->str);
  assert_column (f, "contacts-found", 9 + 1, "find : (\"ana\"*)", NULL, counts->str);
}

/* What was begun when a queue had one form of calls: it is of the form that the queue has, else of a new one of that queue, with the words as they were
 * typed; what is newer at that place is not overwritten. Each says what it is about and where that is changed. */
static void
test_form_drafts (Fixture *f, gconstpointer data)
{
  static const char *const old[] = { QUEUE ("1"), QUEUE ("2"), QUEUE ("4") };
  g_autoptr (JsonObject) other = json ("{'name':'Pets'}");
  g_autofree char *said = NULL;
  Page *page = page_new (201, 2);

  fixture_fill (f);
  put_forms (f);
  page_put (page, "queue", QUEUE ("4"), SID_DIR, 201, "{'name':'Rides'}");
  page_put (page, "form", FORM ("6"), SID_DIR, 201, "{'use':'contact','name':'Storm','version':1,'inactive':true}");
  page_end (page, "c201", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (old); i++)
    {
      g_autofree char *key = g_strconcat ("form:contact:", old[i], NULL);
      g_autoptr (JsonObject) draft = kith_json_new ("queue", "s", old[i], NULL);

      kith_manual_clock_advance (f->clock, 1000);
      g_assert_true (kith_store_save_draft (f->store, key, "dir", draft, NULL));
    }
  kith_manual_clock_advance (f->clock, 1000);
  g_assert_true (kith_store_save_draft (f->store, "form:contact:" FORM ("3"), "dir", other, NULL));
  kith_manual_clock_advance (f->clock, 1000);
  g_assert_true (kith_store_save_draft (f->store, "form:contact:" FORM ("6"), "dir", other, NULL));
  fixture_reopen (f);
  assert_column (f, "drafts-begun", 0, NULL, NULL, "form:contact:" FORM ("6") " form:contact:" FORM ("3") " form:contact:new:" QUEUE ("4") " form:contact:" QUEUE ("2")
                 " form:contact:" FORM ("1"));
  assert_column (f, "drafts-begun", 12, NULL, NULL, "Storm Meals Rides Food Who comes along");
  assert_column (f, "drafts-begun", 14, NULL, NULL, "Food Food Rides Food Food"); /* who is asked nowhere is changed from any queue */
  for (guint i = 0; i < 2; i++)
    {
      gint64 saved = 0;
      g_autoptr (JsonObject) kept = kith_store_load_draft (f->store, i == 0 ? "form:contact:" FORM ("1") : "form:contact:new:" QUEUE ("4"), &saved, NULL);

      g_assert_nonnull (kept);
      g_assert_cmpstr (kith_json_string (kept, "queue"), ==, i == 0 ? QUEUE ("1") : QUEUE ("4"));
      g_assert_cmpint (saved, >, 0);
    }
  g_assert_true (kith_store_save_draft (f->store, "form:contact:" FORM ("1"), "dir", NULL, NULL));
  fixture_reopen (f);
  assert_column (f, "drafts-begun", 0, NULL, NULL, "form:contact:" FORM ("6") " form:contact:" FORM ("3") " form:contact:new:" QUEUE ("4") " form:contact:" FORM ("1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/calls/by-phone", Fixture, NULL, fixture_set_up, test_calls_by_phone, fixture_tear_down);
  g_test_add ("/store/calls/forms-P2", Fixture, NULL, fixture_set_up, test_forms, fixture_tear_down);
  g_test_add ("/store/calls/open-P21-P22", Fixture, NULL, fixture_set_up, test_open, fixture_tear_down);
  g_test_add ("/store/calls/changes-I14", Fixture, NULL, fixture_set_up, test_changes, fixture_tear_down);
  g_test_add ("/store/calls/form-drafts-P2", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_form_drafts, fixture_tear_down);
  return g_test_run ();
}
