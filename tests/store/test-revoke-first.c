/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* C4: a revocation is told to the hub first: before what waits and has nothing to do with that client, and no undo toast holds it back. */

#define PATCH(client, old, new) "{'t':'client','id':'" client "','set':{'email':{'old':'" old "','new':'" new "'}}}"
#define PATCH_C PATCH (CLIENT_C, "jose@example.org", "new@example.org")
#define PATCH_D PATCH (CLIENT_D, "marta@example.org", "m@example.org")
#define REVOKE_C "{'client':'" CLIENT_C "','reason':'Asked to'}"
#define CONSENT "0197f222-0000-7000-8000-000000000001"

static void
do_op (Fixture *f, const char *op, const char *args)
{
  g_autofree char *id = submit (f, op, args);

  g_assert_nonnull (id);
}

static void
do_held (Fixture *f, const char *op, const char *args)
{
  g_autoptr (JsonObject) object = json (args);
  g_autoptr (GError) error = NULL;

  kith_store_submit (f->store, op, object, 8000, NULL, &error);
  g_assert_no_error (error);
}

/* What goes out now, "client.register record.patch", under numbers that follow each other from first. */
static void
assert_push (Fixture *f, gint64 first, const char *names)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (JsonObject) sent = NULL;
  guint n = 0;

  sent = push (f, &n);
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (found, "%s%s", i > 0 ? " " : "", kith_json_string (op_at (sent, i), "op"));
      g_assert_cmpint (kith_json_int (op_at (sent, i), "n", 0), ==, first + i);
    }
  g_assert_cmpstr (found->str, ==, names);
}

/* Other people's work waits, and one piece of it for its undo toast: the revocation is out before. */
static void
test_before_others (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  do_op (f, "client.register", "{'id':'" CLIENT_X "','number':'KA-0001','values':{'given_name':'Nora'}}");
  do_held (f, "record.patch", PATCH_D);
  do_op (f, "audit.record", "{'what':'opened','client':'" CLIENT_C "'}");
  do_op (f, "consent.revoke", REVOKE_C);
  assert_push (f, 1, "consent.revoke client.register");
  answer (f, "{'n':1,'st':'applied','q':101}\n{'n':2,'st':'applied','q':101}\n");
  kith_manual_clock_advance (f->clock, 8000);
  assert_push (f, 3, "record.patch audit.record");
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE body ->> 'consents_revoked_at' IS NOT NULL"), ==, 1);
  {
    g_autofree char *email = email_of (f, CLIENT_D);

    g_assert_cmpstr (email, ==, "m@example.org");
  }
}

/* What was done for that client before goes before, and what is taken back has to be there first; its undo toast ends. */
static void
test_behind_own (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  do_op (f, "client.register", "{'id':'" CLIENT_X "','number':'KA-0001','values':{'given_name':'Nora'}}");
  do_op (f, "consent.record",
         "{'id':'" CONSENT "','client':'" CLIENT_X "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'verbal'}");
  do_held (f, "alert.raise", "{'id':'0197f333-0000-7000-8000-000000000001','client':'" CLIENT_X "','level':'info','text':'Bites'}");
  do_held (f, "record.patch", PATCH_D);
  do_op (f, "consent.revoke", "{'consent':'" CONSENT "','reason':'Asked to'}");
  assert_push (f, 1, "client.register consent.record alert.raise consent.revoke");
  g_assert_cmpint (count (f, "SELECT count(*) FROM consent WHERE status = 'revoked'"), ==, 1);
}

/* A number that was given stays: what is under way goes first, however it ends. */
static void
test_numbered (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  do_op (f, "record.patch", PATCH_D);
  assert_push (f, 1, "record.patch");
  do_op (f, "client.register", "{'id':'" CLIENT_X "','number':'KA-0001','values':{'given_name':'Nora'}}");
  do_op (f, "consent.revoke", REVOKE_C);
  assert_push (f, 1, "record.patch consent.revoke client.register");
}

/* Its place is kept over a restart, and what is undone or edited behind it leaves it alone. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json (PATCH_D);
  g_autofree char *op = NULL;
  g_autoptr (GError) error = NULL;
  gboolean undone;

  fixture_fill (f);
  kith_store_submit (f->store, "record.patch", args, 8000, &op, &error);
  g_assert_no_error (error);
  do_op (f, "record.patch", PATCH_C);
  do_op (f, "client.register", "{'id':'" CLIENT_X "','number':'KA-0001','values':{'given_name':'Nora'}}");
  do_op (f, "consent.revoke", REVOKE_C);
  fixture_reopen (f);
  kith_store_undo (f->store, op, &undone, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (undone);
  assert_push (f, 1, "record.patch consent.revoke client.register");
}

#define SENT "0197f444-0000-7000-8000-000000000001"

/* What is stopped by it never goes: it holds nothing back, and what hung on it hangs on it still. */
static void
test_before_stopped (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  do_op (f, "consent.record",
         "{'id':'" CONSENT "','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'verbal'}");
  do_op (f, "client.register", "{'id':'" CLIENT_X "','number':'KA-0001','values':{'given_name':'Nora'}}");
  do_op (f, "referral.send",
         "{'id':'" SENT "','number':'KA-0011','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S "','need':'Bed'}");
  do_op (f, "referral.reroute", "{'referral':'" SENT "','from':'sent','service':'" SERVICE_S "'}");
  do_op (f, "record.patch", PATCH_D);
  do_op (f, "consent.revoke", REVOKE_C);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE code = 'consent_missing'"), ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op o JOIN op r ON r.i = o.chain AND r.name = 'referral.send' WHERE o.name = 'referral.reroute'"), ==, 1);
  assert_push (f, 1, "consent.record consent.revoke client.register record.patch");
}

/* Whose client that is cannot be told here: it keeps its place, but waits for no toast. */
static void
test_not_here (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  do_held (f, "record.patch", PATCH_D);
  do_op (f, "consent.revoke", "{'consent':'" CONSENT "','reason':'Asked to'}");
  assert_push (f, 1, "record.patch consent.revoke");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(disk, name, func) g_test_add ("/store/revoke-first/" name, Fixture, disk, fixture_set_up, func, fixture_tear_down)
  ADD (NULL, "C4-before-others", test_before_others);
  ADD (NULL, "C4-behind-own", test_behind_own);
  ADD (NULL, "C4-numbered", test_numbered);
  ADD ("disk", "C4-kept", test_kept);
  ADD (NULL, "C4-before-stopped", test_before_stopped);
  ADD (NULL, "C4-not-here", test_not_here);
  return g_test_run ();
}
