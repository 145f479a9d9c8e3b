/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.accept, .decline, .assign: D2, U12 to U14, U17, P17, C4. */

#include "op-fixture.h"

static void
sent (OpFixture *t)
{
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
}

/* U12, U13: who manages the service, by the role for it or the own; and the supervisors. b-rm2 manages other services,
 * b-cc none. */
static const struct { const char *who, *expected;
} answerers[] = {
  { "b-rm", "applied" },       { "b-cc2", "applied" },   { "b-sup", "applied" }, { "b-rm2", "not_found" },
  { "b-cc", "not_found" },     { "b-new", "not_found" }, { "b-gone", "denied" }, { "b-admin", "not_found" },
  { "b-portal", "not_found" }, { "a-cc", "denied" },     { "a-sup", "denied" },  { "a-rm", "denied" },
  { "c-rm", "not_found" },     { "c-sup", "not_found" }, { "net", "not_found" }, { "hub", "denied" },
};

static JsonObject *
decline_args (const char *reason, const char *text)
{
  JsonObject *args = op_step_args ("R1", "sent");

  if (reason != NULL)
    json_object_set_string_member (args, "reason", reason);
  if (text != NULL)
    json_object_set_string_member (args, "text", text);
  return args;
}

static void
test_answer_roles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answerers); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autoptr (OpFixture) u = op_fixture_new ();

      sent (t);
      op_assert (t, answerers[i].who, "referral.accept", op_step_args ("R1", "sent"), answerers[i].expected);
      sent (u);
      op_assert (u, answerers[i].who, "referral.decline", decline_args ("no_capacity", NULL), answerers[i].expected);
    }
}

static void
test_accept (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *referral, *care;

  sent (t);
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_advance (t, 60000);
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  referral = op_get (t, "referral", op_id ("R1"));
  g_assert_cmpstr (kith_record_string (referral, "phase"), ==, "accepted");
  g_assert_cmpstr (kith_record_string (referral, "status"), ==, "accepted");
  g_assert_cmpstr (op_course_field (t, "R1", "accepted_at"), ==, "2026-03-02T09:01:00.000Z");
  g_assert_true (kith_record_bool (referral, "accepted"));
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "accepted"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "accepted"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-cc")), ==, 1);
  care = op_natural (t, "care", "C1:B");
  g_assert_cmpstr (kith_record_string (care, "given_name"), ==, "Ana");
  g_assert_cmpstr (kith_record_string (care, "date_of_birth"), ==, "1988-04-07");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
}

/* Once only: the second of the two is told that it is already so, and nothing is doubled. */
static void
test_accept_once (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  sent (t);
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  op_assert (t, "b-sup", "referral.accept", op_step_args ("R1", "sent"), "noop");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "accepted"), ==, 1);
  g_assert_cmpuint (op_count (t, "care"), ==, 2);
  op_assert (t, "b-rm", "referral.set_status",
             kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "accepted", "phase", "s", "in_service", NULL),
             "applied");
  op_assert (t, "b-sup", "referral.accept", op_step_args ("R1", "sent"), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "phase"), ==, "in_service");
}

/* What B knows the client as is what the referral carried, whatever A changed since. */
static void
test_care_as_carried (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  sent (t);
  op_set (t, "client", op_id ("C1"), "given_name", json_node_init_string (json_node_alloc (), "Anita"));
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "care", "C1:B"), "given_name"), ==, "Ana");
}

/* D9: a hand-off to a whole agency is answered by its referral managers and supervisors. */
static void
test_accept_whole_agency (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "b-rm", "applied" },    { "b-rm2", "applied" },  { "b-sup", "applied" },
    { "b-cc2", "not_found" }, { "b-cc", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_send_args ("R1", "C1", "warm", NULL);

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      json_object_set_string_member (args, "agency_to", op_id ("B"));
      op_assert (t, "a-cc", "referral.send", args, "applied");
      g_assert_cmpuint (op_count (t, "notice"), ==, 3);
      op_assert (t, cases[i].who, "referral.accept", op_step_args ("R1", "sent"), cases[i].expected);
    }
}

static void
test_accept_lone (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R1", NULL, "direct", "S");
  g_autofree char *until = op_time (t, OP_DAY);

  json_object_set_object_member (args, "release",
                                 kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until,
                                                "basis", "s", "written_release", NULL));
  op_assert (t, "v-rm", "referral.send", args, "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  g_assert_cmpuint (op_count (t, "care"), ==, 0);
}

/* C4: consent that ended before the answer has ended the receiver's sight with it. */
static void
test_accept_revoked (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  sent (t);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
             "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "not_found");
}

/* P17: who saw it once is told its number and the partner to ask, and not one thing more. */
static void
test_access_ended (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GList) members = NULL;

  sent (t);
  op_assert (t, "a-cc", "consent.revoke",
             kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL), "applied");
  op_set_ended (t, "b-rm");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "access_ended");
  g_assert_cmpstr (kith_json_string (op_now (t), "number"), ==, "KA-0002");
  g_assert_cmpstr (kith_json_string (op_now (t), "agency"), ==, "Agency A");
  members = json_object_get_members (op_now (t));
  g_assert_cmpuint (g_list_length (members), ==, 2);
}

/* Seeing it in the history of care is not receiving it: without consent for the identity there is nothing to accept. */
static void
test_accept_history_only (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R0");
  op_send (t, "a-cc", "R1", "C1", "S");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a",
                            kith_json_strings ("care", NULL), "receivers", "a", kith_json_strings (op_id ("B"), NULL),
                            "how", "s", "verbal", NULL),
             "applied");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
             "applied");
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "consent_missing");
}

static void
test_decline (void)
{
  static const struct { const char *reason, *text, *expected;
  } cases[] = {
    { NULL, NULL, "reason_required" },    { NULL, "We are full.", "reason_required" },
    { "other", NULL, "reason_required" }, { "other", "  ", "reason_required" },
    { "other", "Fire.", "applied" },      { "no_capacity", NULL, "applied" },
    { "duplicate", NULL, "applied" },     { "made_up", NULL, "invalid" },
    { "safety", "Call us.", "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      sent (t);
      op_assert (t, "b-rm", "referral.decline", decline_args (cases[i].reason, cases[i].text), cases[i].expected);
      if (!g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (op_phase (t, "R1"), ==, "declined");
      g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, cases[i].reason);
      g_assert_cmpuint (op_count_with (t, "referral_event", "reason", cases[i].reason), ==, 1);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "declined"), ==, 1);
      g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
      g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
      g_assert_cmpuint (op_count (t, "care"), ==, 1);
      op_assert (t, "b-sup", "referral.decline", decline_args ("safety", NULL), "noop");
      op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "stale_state");
    }
}

static JsonObject *
assign_args (const char *staff)
{
  return kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id (staff), NULL);
}

static void
test_assign_roles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answerers); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      const char *expected = answerers[i].expected;

      op_accepted (t, "R1");
      op_assert (t, "b-rm", "referral.assign", assign_args ("b-admin"), "applied");
      if (g_str_equal (answerers[i].who, "b-admin"))
        expected = "denied"; /* sees it now, and may work on it, but not hand it on */
      /* Accepted, B's referral managers hold the client's history of care by consent, so b-rm2 sees the referral
       * without managing it. */
      if (g_str_equal (answerers[i].who, "b-rm2"))
        expected = "denied";
      op_assert (t, answerers[i].who, "referral.assign", assign_args ("b-cc"),
                 g_str_has_prefix (answerers[i].who, "a-") || g_str_has_prefix (answerers[i].who, "c-") ||
                         g_str_equal (answerers[i].who, "net")
                     ? "not_found" /* the staff of another agency is not theirs to see */
                     : expected);
    }
}

/* U14, U17: only the receiver's own active, trained care staff. */
static void
test_assign_whom (void)
{
  static const struct { const char *staff, *expected;
  } cases[] = {
    { "b-cc", "applied" },        { "b-rm", "applied" },          { "b-sup", "applied" },  { "b-new", "not_eligible" },
    { "b-gone", "not_eligible" }, { "b-portal", "not_found" }, { "a-cc", "not_found" }, { "c-rm", "not_found" },
    { "net", "not_found" },       { "nobody", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_assert (t, "b-rm", "referral.assign", assign_args (cases[i].staff), cases[i].expected);
      g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "assignee"), ==,
                       g_str_equal (cases[i].expected, "applied") ? op_id (cases[i].staff) : "");
    }
}

static void
test_assign (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *key = NULL;

  sent (t);
  op_assert (t, "b-rm", "referral.assign", assign_args ("b-cc"), "stale_state"); /* only after acceptance */
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  op_assert (t, "b-rm", "referral.assign", assign_args ("b-cc"), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "referral_own", "R1:B"), "assignee"), ==, op_id ("b-cc"));
  g_assert_nonnull (op_natural (t, "assignment", "C1:b-cc"));
  g_assert_true (op_sees (t, "b-cc", "referral_detail:R1"));
  g_assert_true (op_sees (t, "b-cc", "client:C1"));
  g_assert_cmpuint (op_count_with (t, "notice", "type", "assigned"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("b-cc")), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "assigned"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "b-cc"), ==, 1);
  op_assert (t, "b-sup", "referral.assign", assign_args ("b-cc"), "noop");
}

/* P17: re-assigning takes the referral from the former one; on the client that person stays until taken off. */
static void
test_reassign (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "referral.assign", assign_args ("b-cc"), "applied");
  op_assert (t, "b-rm", "referral.assign", assign_args ("b-admin"), "applied");
  g_assert_true (op_sees (t, "b-admin", "referral_detail:R1"));
  g_assert_false (op_sees (t, "b-cc", "referral_detail:R1"));
  g_assert_nonnull (op_natural (t, "assignment", "C1:b-cc"));
  g_assert_true (op_sees (t, "b-cc", "care:C1:B"));
  op_assert (t, "b-cc", "referral.set_status",
             kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "accepted", "phase", "s", "contacting", NULL),
             "denied");
}

/* Without the detail, or without the staff list, a desk does its part and leaves the rest. */
static void
test_partial (void)
{
  static const char *const brief[] = { "dir", "user:b-rm", "referral:R1", NULL };
  static const char *const nothing[] = { "dir", "user:b-rm", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) referral = NULL;

  sent (t);
  g_assert_cmpstr (op_run_desk (t, "b-rm", nothing, "referral.accept", op_step_args ("R1", "sent")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", nothing, "referral.assign", assign_args ("b-cc")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", brief, "referral.accept", op_step_args ("R1", "sent")), ==, "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
  g_assert_cmpstr (kith_record_string (referral, "phase"), ==, "accepted");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", brief, "referral.assign", assign_args ("b-new")), ==, "applied");
  op_assert (t, "b-rm", "referral.assign", assign_args ("b-new"), "not_eligible");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-referral/accept-decline-U12-U13-roles", test_answer_roles);
  g_test_add_func ("/model/op-referral/accept", test_accept);
  g_test_add_func ("/model/op-referral/accept-once", test_accept_once);
  g_test_add_func ("/model/op-referral/accept-care-as-carried", test_care_as_carried);
  g_test_add_func ("/model/op-referral/accept-D9-whole-agency", test_accept_whole_agency);
  g_test_add_func ("/model/op-referral/accept-without-client-record", test_accept_lone);
  g_test_add_func ("/model/op-referral/accept-C4-revoked", test_accept_revoked);
  g_test_add_func ("/model/op-referral/accept-P17-access-ended", test_access_ended);
  g_test_add_func ("/model/op-referral/accept-C1-history-is-not-receipt", test_accept_history_only);
  g_test_add_func ("/model/op-referral/decline-2f-reason", test_decline);
  g_test_add_func ("/model/op-referral/assign-U14-roles", test_assign_roles);
  g_test_add_func ("/model/op-referral/assign-U17-whom", test_assign_whom);
  g_test_add_func ("/model/op-referral/assign", test_assign);
  g_test_add_func ("/model/op-referral/assign-P17-reassign", test_reassign);
  g_test_add_func ("/model/op-referral/answer-partial-knowledge", test_partial);
  return g_test_run ();
}
