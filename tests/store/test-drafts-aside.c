/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* What somebody is typing: put aside where something else comes under its key, and gone with the operation it became. */

#define LOGGED "SELECT count(*) FROM op WHERE name = 'audit.record' AND args ->> 'what' = 'discarded' AND "
#define KEY "note:referral:0197c000-0000-7000-8000-0000000000f1"

static void
save (Fixture *f, const char *key, const char *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = json (draft);

  g_assert_true (kith_store_save_draft (f->store, key, NULL, body, &error));
  g_assert_no_error (error);
}

static gint64
n_drafts (Fixture *f)
{
  return count (f, "SELECT count(*) FROM draft");
}

/* Its author finds it among what cannot be sent, with the record it was for taken out (I6), for seven days. */
static void
test_aside (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  JsonObject *aside;

  fixture_fill (f);
  g_assert_true (kith_store_put_draft_aside (f->store, KEY, NULL, &error)); /* nothing stands there */
  save (f, KEY, "{'values':{'email':'new@example.org','city':'Here'},'before':{'email':'old@example.org','city':'Here'}}");
  kith_store_put_draft_aside (f->store, KEY, NULL, &error);
  g_assert_no_error (error);
  save (f, KEY, "{'text':'today'}");
  g_assert_cmpint (n_drafts (f), ==, 2);
  list = kith_store_list_unsendable (f->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  aside = list->pdata[0];
  g_assert_true (g_str_has_prefix (kith_json_string (aside, "key"), KITH_STORE_DRAFT_ASIDE));
  g_assert_true (g_str_has_suffix (kith_json_string (aside, "key"), ":" KEY));
  g_assert_cmpstr (kith_json_string (kith_json_object (kith_json_object (aside, "draft"), "values"), "email"), ==, "new@example.org");
  g_assert_false (json_object_has_member (kith_json_object (kith_json_object (aside, "draft"), "values"), "city"));
  g_assert_false (json_object_has_member (kith_json_object (aside, "draft"), "before"));
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NOT NULL"), ==, 1);

  /* What Kith began, and nobody wrote in, is nobody's words. */
  save (f, KEY, "{'text':'said elsewhere','carried':true}");
  g_assert_true (kith_store_put_draft_aside (f->store, KEY, NULL, &error));
  g_assert_cmpint (n_drafts (f), ==, 2);
}

/* Two within one millisecond, as a clock that stands still has it: both are kept, for seven days. */
static void
test_same_time (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *draft = g_strdup_printf ("{'text':'%u'}", i);

      save (f, KEY, draft);
      g_assert_true (kith_store_put_draft_aside (f->store, KEY, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (n_drafts (f), ==, 3);
  g_assert_cmpint (count (f, "SELECT count(DISTINCT body ->> 'text') FROM draft WHERE expires IS NOT NULL AND key LIKE 'aside:%:" KEY "'"), ==, 3);
}

/* C13: whose record it was for is in the log when it is discarded, as of others, also where it was put aside a second time. */
static void
test_discarded (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (JsonObject) body = json ("{'text':'mine'}");

  fixture_fill (f);
  g_assert_true (kith_store_save_draft (f->store, KEY, "referral:" REFERRAL_R, body, &error));
  g_assert_true (kith_store_put_draft_aside (f->store, KEY, NULL, &error));
  g_assert_true (kith_store_save_draft (f->store, "health:" CLIENT_C, "client_health:" CLIENT_C, body, &error));
  g_assert_true (kith_store_put_draft_aside (f->store, "health:" CLIENT_C, NULL, &error));
  save (f, "client:new", "{'text':'of nobody yet'}");
  g_assert_true (kith_store_put_draft_aside (f->store, "client:new", NULL, &error));
  g_assert_no_error (error);
  list = kith_store_list_unsendable (f->store, &error);
  g_assert_cmpuint (list->len, ==, 3);
  for (guint i = 0; i < list->len; i++)
    g_assert_true (kith_store_discard_draft (f->store, kith_json_string (list->pdata[i], "key"), "record.patch", &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_drafts (f), ==, 0);
  g_assert_cmpint (count (f, LOGGED "args ->> 't' = 'referral' AND args ->> 'record' = '" REFERRAL_R "'"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "args ->> 't' = 'client' AND args ->> 'record' = '" CLIENT_C "' AND args ->> 'client' = '" CLIENT_C "'"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "args ->> 'record' IS NULL"), ==, 1);
}

/* In one transaction: a power cut leaves both or neither. Refused, it stays. */
static void
test_with_operation (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) args = json ("{'id':'0197c000-0000-7000-8000-0000000000a1','number':'KA-0777','values':{'given_name':'Ana','family_name':'Reyes'}}");

  fixture_fill (f);
  save (f, "client:new", "{'values':{'given_name':'Ana'}}");
  save (f, KEY, "{'text':'another'}");
  g_assert_true (kith_store_submit_typed (f->store, "client.register", args, 0, "client:new", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_drafts (f), ==, 1);
  save (f, "client:new", "{'values':{'given_name':'Ana'}}");
  g_assert_false (kith_store_submit_typed (f->store, "client.register", args, 0, "client:new", NULL, &error)); /* she is registered */
  g_assert_nonnull (error);
  g_assert_cmpint (n_drafts (f), ==, 2);
}

/* What was typed for an operation comes back with it, in one transaction; beside what was begun there since; and not once it is on its way. */
static void
test_undone (Fixture *f, gconstpointer data)
{
  static const char args[] = "{'id':'0197c000-0000-7000-8000-0000000000a1','number':'KA-0777','values':{'given_name':'Ana','family_name':'Reyes'}}";

  fixture_fill (f);
  for (guint since = 0; since < 3; since++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) body = json (args), draft = NULL;
      g_autofree char *op = NULL, *key = NULL;
      gboolean undone;

      kith_db_exec (kith_store_get_db (f->store), "DELETE FROM draft", NULL);
      save (f, "client:new", "{'values':{'given_name':'Ana'}}");
      g_assert_true (kith_store_submit_typed (f->store, "client.register", body, 8000, "client:new", &op, &error));
      g_assert_no_error (error);
      g_assert_cmpint (n_drafts (f), ==, 0);
      g_assert_cmpint (count (f, "SELECT count(*) FROM undo_draft"), ==, 1);
      if (since == 1)
        save (f, "client:new", "{'values':{'given_name':'Bo'}}");
      if (since == 2)
        {
          guint n;
          g_autoptr (JsonObject) sent = NULL;

          kith_manual_clock_advance (f->clock, 9000);
          sent = push (f, &n);
          g_assert_cmpuint (n, >, 0);
          g_assert_cmpint (count (f, "SELECT count(*) FROM undo_draft"), ==, 0);
        }
      g_assert_true (kith_store_undo (f->store, op, &undone, &key, &error));
      g_assert_no_error (error);
      g_assert_cmpint (undone, ==, since < 2);
      g_assert_cmpstr (key, ==, since < 2 ? "client:new" : NULL);
      draft = kith_store_load_draft (f->store, "client:new", NULL, &error);
      if (since < 2)
        g_assert_cmpstr (kith_json_string (kith_json_object (draft, "values"), "given_name"), ==, since == 1 ? "Bo" : "Ana");
      g_assert_cmpint (n_drafts (f), ==, since == 2 ? 0 : since + 1);
      g_assert_cmpint (count (f, "SELECT count(*) FROM undo_draft"), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/drafts-aside/aside-I6", Fixture, NULL, fixture_set_up, test_aside, fixture_tear_down);
  g_test_add ("/store/drafts-aside/same-time", Fixture, NULL, fixture_set_up, test_same_time, fixture_tear_down);
  g_test_add ("/store/drafts-aside/discarded-C13", Fixture, NULL, fixture_set_up, test_discarded, fixture_tear_down);
  g_test_add ("/store/drafts-aside/with-operation", Fixture, NULL, fixture_set_up, test_with_operation, fixture_tear_down);
  g_test_add ("/store/drafts-aside/undone", Fixture, NULL, fixture_set_up, test_undone, fixture_tear_down);
  return g_test_run ();
}
