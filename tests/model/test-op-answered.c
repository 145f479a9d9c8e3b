/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether anybody answers referrals at an agency: what stands with it follows the accounts, and a hand-off to the whole of it goes by that (D2, D4, D9). */

#include "op-fixture.h"

static void
add_agency (OpFixture *t, const char *name)
{
  op_put (t, "organization", op_id (name), kith_json_new ("name", "s", "Imported Pantry", "description", "s", "Of the directory.", NULL));
}

/* "yes", "no", "" when nothing is said */
static const char *
shown (OpFixture *t, const char *agency)
{
  KithRecord *record = op_get (t, "organization", op_id (agency));

  return !json_object_has_member (kith_record_get_body (record), "answered") ? "" : kith_record_bool (record, "answered") ? "yes" : "no";
}

static JsonObject *
send_args (const char *referral, const char *type, const char *agency)
{
  JsonObject *args = op_send_args (referral, "C1", type, NULL);

  json_object_set_string_member (args, "agency_to", op_id (agency));
  return args;
}

static JsonObject *
staff_args (const char *who)
{
  return kith_json_new ("staff", "s", op_id (who), NULL);
}

static JsonObject *
new_staff (const char *who, const char *agency, const char *level, const char *role, const char *duty, gboolean trained)
{
  return kith_json_new ("id", "s", op_id (who), "agency", "s", op_id (agency), "given_name", "s", who, "level", "s", level, "role", "s", role, "duties", "a",
                        duty != NULL ? kith_json_strings (duty, NULL) : NULL, "trained", "b", trained, NULL);
}

static void
set_published (OpFixture *t, const char *agency, gboolean answered)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_boolean (node, answered);
  op_set (t, "organization", op_id (agency), "answered", node);
}

/* Every agency of a directory can be chosen: where nobody has an account, what is said of the client would wait for nobody. */
static void
test_nobody (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  add_agency (t, "N");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "N");
  op_assert (t, "a-cc", "referral.send", send_args ("R1", "warm", "N"), "not_direct");
  g_assert_nonnull (strstr (op_message (t), "Nobody at Imported Pantry answers referrals in Kith"));
  g_assert_nonnull (strstr (op_message (t), "Give the client the information"));
  op_assert (t, "a-cc", "referral.send", send_args ("R1", "informational", "N"), "applied"); /* D3: nothing goes there */
  op_assert (t, "net", "staff.add", new_staff ("n-cc", "N", "standard", "care_coordinator", NULL, TRUE), "applied"); /* answers nothing (U13) */
  op_assert (t, "a-cc", "referral.send", send_args ("R2", "warm", "N"), "not_direct");
  op_assert (t, "net", "staff.add", new_staff ("n-new", "N", "standard", "referral_manager", NULL, FALSE), "applied"); /* U17: not yet */
  op_assert (t, "a-cc", "referral.send", send_args ("R2", "warm", "N"), "not_direct");
  op_assert (t, "net", "staff.set_trained", kith_json_new ("staff", "s", op_id ("n-new"), "trained", "b", TRUE, NULL), "applied");
  op_assert (t, "a-cc", "referral.send", send_args ("R2", "warm", "N"), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("n-new")), ==, 1);
}

/* What goes elsewhere, or waited until now, is held to the same; what is there already goes on by its clock. */
static void
test_later (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *kept;

  add_agency (t, "N");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "net", "staff.add", new_staff ("n-sup", "N", "standard", "care_coordinator", "supervisor", TRUE), "applied");
  op_assert (t, "a-cc", "referral.send", send_args ("R1", "warm", "B"), "applied");
  kept = send_args ("R2", "warm", "N");
  json_object_set_boolean_member (kept, "wait", TRUE);
  op_assert (t, "a-cc", "referral.send", kept, "applied");
  op_consent (t, "a-cc", "K2", "C1", "N");
  op_assert (t, "a-cc", "referral.send", send_args ("R3", "warm", "N"), "applied");
  op_assert (t, "net", "staff.deactivate", staff_args ("n-sup"), "applied");
  op_assert (t, "a-cc", "referral.reroute", kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "sent", "agency_to", "s", op_id ("N"), NULL), "not_direct");
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R2", "pending_consent"), "not_direct");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "pending_consent");
  op_advance (t, 10 * OP_DAY);
  op_assert (t, "hub", "referral.expire", kith_json_new ("referral", "s", op_id ("R3"), NULL), "applied");
}

/* A desk holds no accounts of others: it goes by what the hub says, and by nothing where a hub of before says nothing. */
static void
test_desk (void)
{
  static const char *const scopes[] = { "dir", "client:C1", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  add_agency (t, "N");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "N");
  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "referral.send", send_args ("R1", "warm", "N")), ==, "applied");
  set_published (t, "N", FALSE);
  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "referral.send", send_args ("R1", "warm", "N")), ==, "not_direct");
  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "referral.send", send_args ("R1", "informational", "N")), ==, "applied");
  set_published (t, "N", TRUE);
  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "referral.send", send_args ("R1", "warm", "N")), ==, "applied");
  op_assert (t, "a-cc", "referral.send", send_args ("R1", "warm", "N"), "not_direct"); /* the hub asks the accounts themselves */
}

/* What stands with the agency follows each change of an account. */
static void
test_shown (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  add_agency (t, "N");
  op_put (t, "queue", op_id ("Q"), kith_json_new ("name", "s", "Housing", NULL)); /* P3 */
  op_assert (t, "net", "staff.add", new_staff ("n-cc", "N", "standard", "care_coordinator", NULL, TRUE), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "no");
  op_assert (t, "net", "staff.change_role", kith_json_new ("staff", "s", op_id ("n-cc"), "role", "s", "referral_manager", NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "yes");
  op_assert (t, "net", "staff.change_role", kith_json_new ("staff", "s", op_id ("n-cc"), "role", "s", "care_coordinator", NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "no");
  op_assert (t, "net", "staff.set_duties", kith_json_new ("staff", "s", op_id ("n-cc"), "duties", "a", kith_json_strings ("supervisor", NULL), NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "yes");
  op_assert (t, "net", "staff.set_trained", kith_json_new ("staff", "s", op_id ("n-cc"), "trained", "b", FALSE, NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "no");
  op_assert (t, "net", "staff.add", new_staff ("n-portal", "N", "portal", NULL, NULL, FALSE), "applied");
  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("n-portal"), "resource", "s", op_id ("N"), NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "no"); /* P10: it may only look */
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("n-portal"), "changes_status", "b", TRUE, NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "yes");
  op_assert (t, "net", "portal.remove", kith_json_new ("staff", "s", op_id ("n-portal"), "resource", "s", op_id ("N"), NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "no");
  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("n-portal"), "resource", "s", op_id ("N"), NULL), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "yes");
  op_assert (t, "net", "staff.deactivate", staff_args ("n-portal"), "applied");
  g_assert_cmpstr (shown (t, "N"), ==, "no");
  g_assert_cmpstr (shown (t, "B"), ==, ""); /* no account of it was changed */
}

/* The publisher of a directory says nothing of it: one that is new has nobody, and one that is there keeps what the hub knows. */
static void
test_directory (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = kith_id_natural ("organization", "211/o-1");

  for (guint i = 0; i < 3; i++)
    {
      JsonObject *body = kith_json_new ("name", "s", i == 2 ? "Pantry and Closet" : "Pantry", "description", "s", "x", "answered", "b", i == 0, NULL);

      op_assert (t, "hub", "directory.put", kith_json_new ("t", "s", "organization", "source", "s", "211", "source_id", "s", "o-1", "body", "o", body, NULL),
                 i == 1 ? "noop" : "applied");
      g_assert_cmpint (kith_record_bool (op_get (t, "organization", id), "answered"), ==, i == 2);
      if (i == 1)
        op_assert (t, "net", "staff.add",
                   kith_json_new ("id", "s", op_id ("o-rm"), "agency", "s", id, "given_name", "s", "Olga", "role", "s", "referral_manager", "trained", "b", TRUE, NULL), "applied");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-answered/nobody-D2-D4-D9", test_nobody);
  g_test_add_func ("/model/op-answered/later-D2", test_later);
  g_test_add_func ("/model/op-answered/desk-D4", test_desk);
  g_test_add_func ("/model/op-answered/shown-P10-U17", test_shown);
  g_test_add_func ("/model/op-answered/directory", test_directory);
  return g_test_run ();
}
