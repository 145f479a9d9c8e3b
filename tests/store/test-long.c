/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages with very many lines: what is done otherwise than for a short one must come to the same. */

#include "store-fixture.h"

static void
assert_email (Fixture *f, const char *client, const char *expected)
{
  g_autofree char *email = email_of (f, client);

  g_assert_cmpstr (email, ==, expected);
}

/* A page so long that it is read while it is applied (kith-store-page-ahead.c) ends as a short one would: where it is whole, where a line is none
 * or not right behind the last mark, and where it is cut. */
static void
test_long_page (Fixture *f, gconstpointer data)
{
  static const struct { const char *middle, *end, *cursor; gboolean ok, all; } cases[] = {
    { "", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n", "e", TRUE, TRUE },
    { "", "{'end':{'cursor':'e','ack_n':0,'more':false}}\r\n", "e", TRUE, TRUE },
    { "", "{'end':{'cursor':'e','ack_n':0,'more':false}}", "m", TRUE, FALSE },
    { "", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n\n", "e", TRUE, TRUE },
    { "", "", "m", TRUE, FALSE },
    { "{'put':{'t':'cli\n", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n", "m", TRUE, FALSE },
    { "{'put':{'t':'client','id':'x','s':999,'q':1,'body':{}}}\n", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n", NULL, FALSE, FALSE }, /* 999: never announced */
    { "{'put':{'t':'client','id':'x','s':999,'q':1,'body':{}}}\n[\n", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n", "m", TRUE, FALSE },
    { "{'end':{'cursor':'early','ack_n':0,'more':false}}\n", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n", "early", TRUE, FALSE },
    { "{'end':{}}\n", "{'end':{'cursor':'e','ack_n':0,'more':false}}\n", "e", TRUE, TRUE },
  };
  int last = 100;

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *was = g_strdup (kith_store_get_cursor (f->store)), *first = g_strdup_printf ("first%u@example.org", i);
      g_autofree char *second = g_strdup_printf ("second%u@example.org", i), *before = email_of (f, CLIENT_C), *before_d = email_of (f, CLIENT_D);
      g_autoptr (GError) error = NULL;
      gboolean ok;

      g_string_append_printf (text, "{'h':{'kith':1,'epoch':'" EPOCH "','H':%u,'round':%u}}\n", 200 + i, 10 + i);
      g_string_append_printf (text, "{'put':{'t':'client','id':'" CLIENT_C "','s':4,'q':%u,'body':{'given_name':'José','email':'%s'}}}\n{'mark':'m'}\n", 200 + i, first);
      for (int k = 0; k < 400; k++, last++) /* 40 KiB */
        g_string_append_printf (text, "{'scope':%d,'name':'client:0197c000-0000-7000-8000-%012d-with-a-name-that-takes-room'}\n", last, last);
      g_string_append_printf (text, "%s{'put':{'t':'client','id':'" CLIENT_D "','s':5,'q':%u,'body':{'given_name':'Marta','email':'%s'}}}\n%s", cases[i].middle, 200 + i, second,
                              cases[i].end);
      ok = page_apply_text (f, text->str, &error);
      g_test_message ("case %u: %s", i, error != NULL ? error->message : "taken");
      g_assert_cmpint (ok, ==, cases[i].ok);
      if (!ok)
        g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
      g_assert_cmpstr (kith_store_get_cursor (f->store), ==, ok ? cases[i].cursor : was);
      assert_email (f, CLIENT_C, ok ? first : before);
      assert_email (f, CLIENT_D, cases[i].all ? second : before_d);
    }
}

#define N_FLOCK 4300 /* more than the index keeps in mind before it is told */
#define SID_FLOCK 10000

static gint64
count_in_index (Fixture *f, const char *word)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM client_find_data WHERE instr (block, CAST ('%s' AS BLOB)) > 0", word);

  return count (f, sql);
}

/* The page that takes away all of them but the last hundred; wrong: with a line that cannot be. */
static gboolean
forget_flock (Fixture *f, gint64 q, gboolean wrong, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "{'h':{'kith':1,'epoch':'" EPOCH "','H':%d,'round':%d}}\n{'forget':[%d", (int) q, (int) q, SID_FLOCK);
  for (int i = 1; i < N_FLOCK - 100; i++)
    g_string_append_printf (text, ",%d", SID_FLOCK + i);
  g_string_append_printf (text, "]}\n%s{'end':{'cursor':'c%d','ack_n':0,'more':false}}\n", wrong ? "{'put':{'t':'client','id':'x','s':9,'q':1,'body':{}}}\n" : "", (int) q);
  return page_apply_text (f, text->str, error);
}

/* I6: where so many go at once that the index is written anew instead of overwritten word by word, nothing of them is in it either; and what goes
 * after that, or after such a page that failed, is overwritten as ever. */
static void
test_forget_flock (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (110, 2);
  for (int i = 0; i < N_FLOCK; i++)
    {
      g_autofree char *id = g_strdup_printf ("0197c0ff-0000-7000-8000-0000000%05x", i), *scope = g_strconcat ("client:", id, NULL);
      g_autofree char *body = g_strdup_printf ("{'agency':'" AGENCY_A "','number':'KZ-%05d','given_name':'Ana','family_name':'%s%05d'}", i,
                                               i < N_FLOCK - 100 ? "Canaryflock" : i == N_FLOCK - 1 ? "Zebralone" : "Stays", i);

      page_scope (page, SID_FLOCK + i, scope);
      page_put (page, "client", id, SID_FLOCK + i, 105, body);
    }
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_in_index (f, "canaryflock"), >, 0);

  g_assert_false (forget_flock (f, 120, TRUE, &error));
  g_assert_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, N_FLOCK + 2);
  g_assert_cmpint (count_in_index (f, "zebralone"), >, 0);
  page = page_new (121, 3);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_FLOCK + N_FLOCK - 1);
  page_end (page, "c121", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_in_index (f, "zebralone"), ==, 0);

  g_assert_true (forget_flock (f, 130, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client"), ==, 101); /* 99, and the two of the fixture */
  g_assert_cmpint (count_in_index (f, "canaryflock"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM client_find WHERE client_find MATCH 'stays*'"), ==, 99);
  g_assert_cmpint (count (f, "SELECT v FROM client_find_config WHERE k = 'secure-delete'"), ==, 1);
  g_assert_true (kith_store_wipe (f->store, &error));
  g_assert_no_error (error);
  g_assert_false (fixture_file_has (f, "anaryflock"));
}

static gint64
count_found (Fixture *f, const char *word)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM client_find WHERE client_find MATCH '%s'", word);

  return count (f, sql);
}

/* A row that was not here is told to the index as it was made, without being read again: only while it stays as it was made. */
static void
test_made (Fixture *f, gconstpointer data)
{
  const char *id = "0197c0aa-0000-7000-8000-000000000001", *other = "0197c0aa-0000-7000-8000-000000000002";
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (110, 2);
  page_scope (page, 900, "client:0197c0aa-0000-7000-8000-000000000001");
  page_scope (page, 901, "client:0197c0aa-0000-7000-8000-000000000002");
  page_put (page, "client", id, 900, 105, "{'agency':'" AGENCY_A "','number':'KZ-00001','given_name':'Ana','family_name':'Firstword'}");
  page_put (page, "client", other, 901, 105, "{'agency':'" AGENCY_A "','number':'KZ-00002','given_name':'Ana','family_name':'Goneword'}");
  page_put (page, "client", id, 900, 106, "{'agency':'" AGENCY_A "','number':'KZ-00001','given_name':'Ana','family_name':'Secondword'}");
  page_put (page, "client", id, 900, 104, "{'agency':'" AGENCY_A "','number':'KZ-00001','given_name':'Ana','family_name':'Olderword'}");
  page_line (page, "{'gone':{'t':'client','id':'%s','s':901,'q':107}}", other);
  page_end (page, "c110", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_found (f, "firstword"), ==, 0);
  g_assert_cmpint (count_found (f, "secondword"), ==, 1);
  g_assert_cmpint (count_found (f, "olderword"), ==, 0);
  g_assert_cmpint (count_found (f, "goneword"), ==, 0);

  /* and one that was there, went and came back under another number */
  page = page_new (120, 3);
  page_line (page, "{'gone':{'t':'client','id':'%s','s':900,'q':111}}", id);
  page_put (page, "client", other, 901, 112, "{'agency':'" AGENCY_A "','number':'KZ-00002','given_name':'Ana','family_name':'Backword'}");
  page_put (page, "client", id, 900, 113, "{'agency':'" AGENCY_A "','number':'KZ-00001','given_name':'Ana','family_name':'Thirdword'}");
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count_found (f, "secondword"), ==, 0);
  g_assert_cmpint (count_found (f, "thirdword"), ==, 1);
  g_assert_cmpint (count_found (f, "backword"), ==, 1);
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", &error));
  g_assert_no_error (error);
}

/* A cursor beside a record is borrowed from its line, which stays as long as the page. */
static void
test_put_and_mark (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  g_assert_true (page_apply_text (f,
                                  "{'h':{'kith':1,'epoch':'" EPOCH "','H':200,'round':10}}\n"
                                  "{'put':{'t':'client','id':'" CLIENT_C "','s':4,'q':200,'body':{'given_name':'Jos','email':'both@example.org'}},'mark':'both'}\n",
                                  &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "both");
  assert_email (f, CLIENT_C, "both@example.org");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/long/page", Fixture, NULL, fixture_set_up, test_long_page, fixture_tear_down);
  g_test_add ("/store/long/I6-forget", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_forget_flock, fixture_tear_down);
  g_test_add ("/store/long/made", Fixture, NULL, fixture_set_up, test_made, fixture_tear_down);
  g_test_add ("/store/long/put-and-mark", Fixture, NULL, fixture_set_up, test_put_and_mark, fixture_tear_down);
  return g_test_run ();
}
