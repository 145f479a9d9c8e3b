/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "kith-import-id.h"
#include "kith-protocol.h"

/* A list that comes again and says more: who came in with it before gets what they lack, where somebody asks for that. */

static const char *
bo (void)
{
  g_autofree char *id = kith_import_client_id (AGENCY_A, "clients", "n3");

  return g_intern_string (id);
}

/* Bo came in with the list, with a phone; an e-mail was written down since, and taken away again. */
static void
bring_bo (Fixture *f)
{
  g_autofree char *put = g_strdup_printf ("{'t':'client','id':'%s','set':{'email':{'old':null,'new':'bo@example.org'}}}", bo ());
  g_autofree char *away = g_strdup_printf ("{'t':'client','id':'%s','set':{'email':{'old':'bo@example.org','new':null}}}", bo ());

  import_begin (f);
  g_free (submit (f, "client.import", "{'agency':'" AGENCY_A "','source':'clients','source_id':'n3','values':{'given_name':'Bo','family_name':'Li','phones':[{'number':'619-555-0101'}]}}"));
  g_free (submit (f, "record.patch", put));
  g_free (submit (f, "record.patch", away));
  import_hub_answers (f, 0);
}

static void
add (Fixture *f, const char *values)
{
  g_autofree char *text = g_strdup_printf ("{'source_id':'n3','values':%s}", values);
  g_autoptr (JsonObject) args = json (text);
  g_autoptr (GError) error = NULL;
  KithImportRow row = { .row = 2, .args = args, .cells = (char *) "[\"bo\"]" };

  kith_store_import_add (f->store, JOB, &row, 1, &error);
  g_assert_no_error (error);
}

static void
assert_bo (Fixture *f, const char *body)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM client WHERE id = '%s' AND %s", bo (), body);

  g_assert_cmpint (count (f, sql), ==, 1);
}

/* More is said than is here, and something else: only what is missing comes, not what somebody took away; taken back, it goes again. */
static void
test_filled (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;

  bring_bo (f);
  add (f, "{'given_name':'Bo','family_name':'Li','preferred_name':'Bobo','email':'bo@example.org','phones':[{'number':'619-555-0199'}],"
          "'address':{'address_1':'1 Main St','city':'Here'}}");
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.same, ==, 1);
  g_assert_cmpuint (counts.lacking, ==, 1);
  g_assert_cmpuint (counts.fresh + counts.joined, ==, 0);
  kith_store_import_start (f->store, JOB, TRUE, &error);
  g_assert_no_error (error);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.filled, ==, 1);
  g_assert_cmpuint (counts.joined, ==, 1);
  g_assert_cmpuint (counts.same + counts.lacking, ==, 0);
  assert_bo (f, "body ->> 'preferred_name' = 'Bobo' AND body ->> '$.address.city' = 'Here'");
  assert_bo (f, "body ->> 'email' IS NULL AND body ->> '$.phones[0].number' = '619-555-0101'");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'record.patch' AND outcome = 'rejected'"), ==, 0);

  kith_store_import_undo (f->store, JOB, &error);
  g_assert_no_error (error);
  import_run (f);
  g_assert_cmpuint (import_tally (f, "undone").same, ==, 1); /* as they were; nobody was left out */
  g_assert_cmpuint (import_tally (f, "undone").skipped, ==, 0);
  assert_bo (f, "body ->> 'preferred_name' IS NULL AND body -> 'address' IS NULL");
}

/* Nobody asked for it: they are left as they are. So is whom the list says nothing new of. */
static void
test_left (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithImportTally counts;
  gint64 ops;

  bring_bo (f);
  add (f, data);
  ops = count (f, "SELECT count(*) FROM op WHERE name = 'record.patch'");
  kith_store_import_start (f->store, JOB, strstr (data, "preferred") == NULL, &error);
  g_assert_no_error (error);
  import_run (f);
  counts = import_tally (f, "done");
  g_assert_cmpuint (counts.same, ==, 1);
  g_assert_cmpuint (counts.filled + counts.joined + counts.lacking, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'record.patch'"), ==, ops);
  assert_bo (f, "body ->> 'preferred_name' IS NULL");
}

/* I6: with the access to the client goes what the list said, whether it was filled in, might have been, or is on its way. */
static void
test_forgotten (Fixture *f, gconstpointer data)
{
  const char *when = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *scope = g_strconcat ("client:", bo (), NULL);
  Page *page;

  bring_bo (f);
  add (f, "{'given_name':'Bo','family_name':'Li','preferred_name':'Bobo'}");
  if (!g_str_equal (when, "lacking"))
    kith_store_import_start (f->store, JOB, TRUE, &error);
  g_assert_no_error (error);
  if (g_str_equal (when, "joined") || g_str_equal (when, "undone"))
    import_run (f);
  if (g_str_equal (when, "undone"))
    {
      kith_store_import_undo (f->store, JOB, &error);
      g_assert_no_error (error);
      import_run (f);
    }
  page = page_new_of_schema (2000, 3, KITH_PROTOCOL_SCHEMA);
  page_scope (page, 77, scope);
  page_put (page, "client", bo (), 77, 1002, "{'agency':'" AGENCY_A "','number':'KA-0900','given_name':'Bo','family_name':'Li'}");
  page_filled (page, 77, 3);
  page_end (page, "c2000", FALSE);
  page_apply (f, page);
  page = page_new_of_schema (2001, 4, KITH_PROTOCOL_SCHEMA);
  page_line (page, "{'forget':[77]}");
  page_end (page, "c2001", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_row WHERE state = 'gone'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM import_row WHERE coalesce (source_id, body, raw, reason, who, remark, filled) IS NOT NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add ("/store/import/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("fill", NULL, test_filled);
  ADD ("fill-not-asked", "{'given_name':'Bo','family_name':'Li','preferred_name':'Bobo'}", test_left);
  ADD ("fill-nothing", "{'given_name':'Bo','family_name':'Li','email':'bo@example.org','phones':[{'number':'619-555-0199'}]}", test_left);
  ADD ("fill-forgotten-lacking-I6", "lacking", test_forgotten);
  ADD ("fill-forgotten-joining-I6", "joining", test_forgotten);
  ADD ("fill-forgotten-joined-I6", "joined", test_forgotten);
  ADD ("fill-forgotten-undone-I6", "undone", test_forgotten);
  return g_test_run ();
}
