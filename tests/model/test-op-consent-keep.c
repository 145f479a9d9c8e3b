/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the act that takes a consent back makes of the client's open referrals (C5). The act itself is in test-op-consent-revoke.c. */

#include "op-fixture.h"

static JsonObject *
revoke_args (const char *member, const char *name)
{
  return kith_json_new (member, "s", op_id (name), "reason", "s", "The client changed their mind.", NULL);
}

static JsonObject *
keep_args (OpFixture *t, const char *referral, gint64 until)
{
  JsonArray *keeps = json_array_new ();
  JsonObject *args = revoke_args ("client", "C1");
  g_autofree char *time = op_time (t, until);

  json_array_add_object_element (keeps, kith_json_new ("referral", "s", op_id (referral), "basis", "s", "court_order",
                                                       "classes", "a", kith_json_strings ("client", NULL), "until", "s",
                                                       time, NULL));
  json_object_set_array_member (args, "keep", keeps);
  return args;
}

/* C5: a referral kept with a legal basis gets a release of its own. */
static void
test_keep (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", keep_args (t, "R1", -1), "invalid");
  args = keep_args (t, "R1", OP_DAY);
  json_object_remove_member (json_array_get_object_element (json_object_get_array_member (args, "keep"), 0), "basis");
  op_assert (t, "a-cc", "consent.revoke", args, "invalid");
  op_assert (t, "a-cc", "consent.revoke", keep_args (t, "R1", OP_DAY), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
  g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, "court_order");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  op_advance (t, OP_DAY);
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
}

/* The receiver cannot keep what was given to it, and a bad entry never holds up the revocation. */
static void
test_keep_only_sender (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "consent.revoke", keep_args (t, "R1", OP_DAY), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
  g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, "");
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  op_assert (t, "a-cc", "consent.revoke", keep_args (t, "nothing", OP_DAY), "applied");
}

static void
keep_with (OpFixture *t, JsonObject *args, const char *referral, gint64 until, JsonArray *classes)
{
  JsonArray *keeps = json_array_new ();
  g_autofree char *time = op_time (t, until);

  json_array_add_object_element (keeps, kith_json_new ("referral", "s", op_id (referral), "basis", "s", "court_order", "classes", "a", classes, "until", "s", time, NULL));
  json_object_set_array_member (args, "keep", keeps);
}

/* C1, C4, C5: what is kept is kept of what this act ends. Of a consent that was taken back before nothing is left, whoever names it and however. */
static void
test_keep_dead_consent (void)
{
  static const struct { const char *member, *name;
  } named[] = { { "consent", "K1" }, { "client", "C1" }, { "referral", "R2" } };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = revoke_args (named[i].member, named[i].name);

      op_accepted (t, "R1");
      op_send (t, "a-cc", "R2", "C1", "S");
      op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
      op_advance (t, 30 * OP_DAY);
      keep_with (t, args, "R1", OP_DAY, kith_json_strings ("client", NULL));
      op_assert (t, "a-cc", "consent.revoke", args, "applied");
      g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, "");
      g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
    }
}

/* C5: what another consent goes on covering needs no legal basis, and gets none that would outlive it. */
static void
test_keep_covered (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = revoke_args ("consent", "K1");

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings (op_id ("B"), NULL), "disclosers", "a", kith_json_strings (op_id ("A"), NULL), "how", "s", "verbal", NULL), "applied");
  keep_with (t, args, "R1", OP_DAY, kith_json_strings ("client", NULL));
  op_assert (t, "a-cc", "consent.revoke", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "in_force");
  g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, "");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
}

/* C5, C11: a colleague who has no part in the referral passes on what the client said, and decides nothing about it. */
static void
test_keep_unsighted (void)
{
  static const struct { const char *who, *basis;
  } cases[] = { { "a-cc2", "" }, { "a-cc", "court_order" }, { "a-sup", "court_order" }, { "a-rm", "court_order" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_assert (t, cases[i].who, "consent.revoke", keep_args (t, "R1", OP_DAY), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
      g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, cases[i].basis);
    }
}

/* U10: what somebody may not see they do not share; the rest of what they keep is kept. */
static void
test_keep_health (void)
{
  for (guint flag = 0; flag < 2; flag++)
    for (guint alone = 0; alone < 2; alone++)
      {
        g_autoptr (OpFixture) t = op_fixture_new ();
        JsonObject *args = revoke_args ("client", "C1");
        KithRecord *detail;

        op_set (t, "staff", op_id ("a-cc"), "health_access", json_node_init_boolean (json_node_alloc (), flag));
        op_accepted (t, "R1");
        keep_with (t, args, "R1", OP_DAY, alone ? kith_json_strings ("client_health", NULL) : kith_json_strings ("client", "client_health", NULL));
        op_assert (t, "a-cc", "consent.revoke", args, "applied");
        detail = op_natural (t, "referral_detail", "R1");
        g_assert_true (kith_record_list_has (detail, "release_classes", "client_health") == (flag != 0));
        g_assert_true (kith_record_list_has (detail, "release_classes", "client") == !alone);
        g_assert_true ((kith_record_string (detail, "release_basis") != NULL) == (flag || !alone));
      }
}

/* C5, C15: a release has a term of a year at most, this one too. */
static void
test_keep_term (void)
{
  static const struct { int days; const char *basis;
  } cases[] = { { 365, "court_order" }, { 730, "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_assert (t, "a-cc", "consent.revoke", keep_args (t, "R1", cases[i].days * OP_DAY), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
      g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, cases[i].basis);
    }
}

/* C5: the open ones are listed to whoever decides; what has ended ends with the consent. */
static void
test_keep_open (void)
{
  static const struct { const char *who, *operation, *from, *basis;
  } cases[] = { { NULL, NULL, NULL, "court_order" }, { "b-rm", "referral.accept", "sent", "court_order" }, { "b-rm", "referral.decline", "sent", "" }, { "a-cc", "referral.recall", "sent", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_send (t, "a-cc", "R1", "C1", "S");
      if (cases[i].operation != NULL)
        {
          JsonObject *args = op_step_args ("R1", cases[i].from);

          if (g_str_equal (cases[i].operation, "referral.decline"))
            json_object_set_string_member (args, "reason", "no_capacity");
          op_assert (t, cases[i].who, cases[i].operation, args, "applied");
        }
      op_assert (t, "a-cc", "consent.revoke", keep_args (t, "R1", OP_DAY), "applied");
      g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, cases[i].basis);
    }
}

/* C5, I23: a computer that has not all of the client's consents leaves it to the hub, which does. */
static void
test_keep_partial (void)
{
  static const char *const scopes[] = { "dir", "agency:A", "user:a-cc", "referral:R1", "referral_detail:R1", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) detail = NULL;
  g_autofree char *id = kith_id_natural ("referral_detail", op_id ("R1"));

  op_accepted (t, "R1");
  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "consent.revoke", keep_args (t, "R1", OP_DAY)), ==, "applied");
  detail = kith_world_get (op_desk (t), "referral_detail", id, NULL);
  g_assert_null (kith_record_string (detail, "release_basis"));
  op_assert (t, "a-cc", "consent.revoke", keep_args (t, "R1", OP_DAY), "applied");
  g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, "court_order");
}

static JsonObject *
recall_args (const char *member, const char *name)
{
  JsonObject *args = revoke_args (member, name);

  json_object_set_array_member (args, "recall", kith_json_strings (op_id ("R1"), op_id ("R2"), NULL));
  return args;
}

/* C5, C11: a colleague without a part in the referrals recalls none and takes none back. */
static void
test_recall_unsighted (void)
{
  static const struct { const char *who; gboolean may;
  } cases[] = { { "a-cc2", FALSE }, { "a-cc", TRUE }, { "a-rm", TRUE }, { "a-sup", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_send (t, "a-cc", "R2", "C1", "S");
      op_assert (t, cases[i].who, "consent.revoke", recall_args ("consent", "K1"), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
      g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R1")), "revoked") == cases[i].may);
      g_assert_cmpstr (op_phase (t, "R2"), ==, cases[i].may ? "recalled" : "sent");
    }
}

/* C5: what another consent goes on covering is not touched when one is taken back; when the client takes back all of them nothing covers it. */
static void
test_recall_covered (void)
{
  for (guint all = 0; all < 2; all++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_send (t, "a-cc", "R2", "C1", "S");
      op_assert (t, "a-cc", "consent.record",
                 kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                kith_json_strings (op_id ("B"), NULL), "disclosers", "a", kith_json_strings (op_id ("A"), NULL), "how", "s", "verbal", NULL), "applied");
      op_assert (t, "a-cc", "consent.revoke", all ? recall_args ("client", "C1") : recall_args ("consent", "K1"), "applied");
      g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R1")), "revoked") == (all != 0));
      g_assert_cmpstr (op_phase (t, "R2"), ==, all ? "recalled" : "sent");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-consent-keep/C5-keep", test_keep);
  g_test_add_func ("/model/op-consent-keep/C5-keep-sender-only", test_keep_only_sender);
  g_test_add_func ("/model/op-consent-keep/C5-keep-dead-consent", test_keep_dead_consent);
  g_test_add_func ("/model/op-consent-keep/C5-keep-covered", test_keep_covered);
  g_test_add_func ("/model/op-consent-keep/C5-C11-keep-unsighted", test_keep_unsighted);
  g_test_add_func ("/model/op-consent-keep/U10-keep-health", test_keep_health);
  g_test_add_func ("/model/op-consent-keep/C5-keep-term", test_keep_term);
  g_test_add_func ("/model/op-consent-keep/C5-keep-open", test_keep_open);
  g_test_add_func ("/model/op-consent-keep/C5-keep-partial", test_keep_partial);
  g_test_add_func ("/model/op-consent-keep/C5-C11-recall-unsighted", test_recall_unsighted);
  g_test_add_func ("/model/op-consent-keep/C5-recall-covered", test_recall_covered);
  return g_test_run ();
}
