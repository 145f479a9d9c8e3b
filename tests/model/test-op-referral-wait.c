/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written before the client agreed waits for it with the sender, and goes out by one act when they have (domain.md 2e; C1, D2, P14). */

#include "op-fixture.h"

static JsonObject *
wait_args (const char *referral, const char *client, const char *service)
{
  JsonObject *args = op_send_args (referral, client, "direct", service);

  json_object_set_boolean_member (args, "wait", TRUE);
  json_object_set_string_member (args, "need", "A bed");
  return args;
}

static void
test_waits (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R0", "C1", "direct", "S"), "consent_missing");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "pending_consent");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), ==, "");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
  op_assert_only_sender (t, "R1");

  /* It goes nowhere without, by whatever step, and is nobody else's to answer. */
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "consent_missing");
  op_assert (t, "b-rm", "referral.dispatch", op_step_args ("R1", "pending_consent"), "not_found");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "not_found");
  op_assert (t, "a-cc", "referral.recall", op_step_args ("R1", "pending_consent"), "stale_state");
  op_consent (t, "a-cc", "K0", "C1", "C"); /* another agency's */
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "consent_missing");
  op_assert_only_sender (t, "R1");
}

static void
test_goes_out (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  op_assert (t, "a-cc", "referral.private_note", kith_json_new ("referral", "s", op_id ("R1"), "text", "s", "Asks her daughter first", NULL), "applied");
  op_advance (t, 3 * OP_DAY);
  op_assert (t, "a-cc", "record.patch",
             kith_json_new ("t", "s", "client", "id", "s", op_id ("C1"), "set", "o",
                            kith_json_new ("family_name", "o", kith_json_new ("old", "s", "Lopez", "new", "s", "Moreno", NULL), NULL), NULL),
             "applied");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert_only_sender (t, "R1"); /* the client agreed; it goes when somebody says so */
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), !=, "");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), !=, "");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  g_assert_false (op_sees (t, "b-rm", "referral_own:R1:A"));
  g_assert_cmpuint (op_count_with (t, "notice", "type", "sent"), >, 0);
  g_assert_nonnull (strstr (op_detail_field (t, "R1", "need"), "A bed"));
  {
    KithRecord *detail = op_natural (t, "referral_detail", "R1");

    g_assert_cmpstr (kith_json_string (kith_record_object (detail, "snapshot"), "family_name"), ==, "Moreno"); /* as they are now */
  }
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "noop");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "stale_state");
}

/* C1, C11: what was written goes out by its author, also when they work with the client no more (A6); what became of the client since is not theirs to read, so
 * it goes as it was written. */
static void
test_sent_by_former (void)
{
  static const struct { gboolean taken_off; const char *name;
  } cases[] = { { FALSE, "Moreno" }, { TRUE, "Lopez" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autoptr (JsonArray) changes = json_array_new ();
      KithRecord *detail;

      op_register (t, "a-cc", "C1");
      op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
      json_array_add_object_element (changes, kith_json_new ("do", "s", "remove", "staff", "s", op_id ("a-cc"), NULL));
      if (cases[i].taken_off)
        op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", json_array_ref (changes), NULL), "applied");
      g_assert_true (op_sees (t, "a-cc", "client:C1") == !cases[i].taken_off);
      op_assert (t, "a-sup", "record.patch",
                 kith_json_new ("t", "s", "client", "id", "s", op_id ("C1"), "set", "o",
                                kith_json_new ("family_name", "o", kith_json_new ("old", "s", "Lopez", "new", "s", "Moreno", NULL), NULL), NULL),
                 "applied");
      op_consent (t, "a-sup", "K1", "C1", "B");
      op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "applied");
      g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
      detail = op_natural (t, "referral_detail", "R1");
      g_assert_cmpstr (kith_json_string (kith_record_object (detail, "snapshot"), "family_name"), ==, cases[i].name);
    }
}

/* C15: an agency that became a victim service agency after it was written sends none of its clients' records, as when it sends at once. */
static void
test_victim_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *settings = kith_id_natural ("agency_settings", op_id ("A"));

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_set (t, "agency_settings", settings, "victim_service", json_node_init_boolean (json_node_alloc (), TRUE));
  op_assert (t, "a-cc", "referral.send", op_send_args ("R2", "C1", "direct", "S"), "denied");
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "denied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "pending_consent");
  op_assert_only_sender (t, "R1");
}

/* Consent that is there already sends it at once; so does an agency's own service, which needs none. */
static void
test_covered (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", wait_args ("R2", "C1", "SA"), "applied");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "sent");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
}

/* The client says no: it is void, and the other agency never learns that there was one. */
static void
test_given_up (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  op_assert (t, "a-cc", "referral.void", kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "pending_consent", "reason", "s", "Does not want it", NULL), "applied");
  op_consent (t, "a-cc", "K1", "C1", "B"); /* later, for something else */
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "stale_state");
}

/* P14, D4: it goes where the directory has the service now, if that takes referrals still. */
static void
test_directory_changed (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonNode *no = json_node_new (JSON_NODE_VALUE);

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  op_consent (t, "a-cc", "K1", "C1", "B");
  json_node_set_boolean (no, FALSE);
  op_set (t, "service", op_id ("S"), "direct", no);
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "not_direct");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "pending_consent");
  op_assert_only_sender (t, "R1");
}

/* A consent that was taken back before it went covers nothing. */
static void
test_revoked (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", wait_args ("R1", "C1", "S"), "applied");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Thought better of it", NULL), "applied");
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "consent_missing");
  op_assert_only_sender (t, "R1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/referral/2e-waits-for-consent", test_waits);
  g_test_add_func ("/referral/2e-goes-out", test_goes_out);
  g_test_add_func ("/referral/C1-C11-sent-by-former", test_sent_by_former);
  g_test_add_func ("/referral/C15-victim-service", test_victim_service);
  g_test_add_func ("/referral/2e-covered", test_covered);
  g_test_add_func ("/referral/2e-given-up", test_given_up);
  g_test_add_func ("/referral/2e-P14-directory-changed", test_directory_changed);
  g_test_add_func ("/referral/2e-C4-revoked", test_revoked);
  return g_test_run ();
}
