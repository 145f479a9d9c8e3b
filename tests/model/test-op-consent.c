/* SPDX-License-Identifier: GPL-3.0-or-later */

/* consent.record, .refuse, .revoke, .expire: C1 to C5. */

#include "op-fixture.h"

static JsonObject *
consent_args (const char *consent)
{
  return kith_json_new ("id", "s", op_id (consent), "client", "s", op_id ("C1"), "classes", "a",
                        kith_json_strings ("client", "care", NULL), "receivers", "a",
                        kith_json_strings (op_id ("B"), NULL), "how", "s", "signed", "purpose", "s", "Food", NULL);
}

static void
test_record_roles (void)
{
  /* Whoever sees the client may record; for all others it does not exist. */
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },    { "a-rm", "applied" },    { "a-sup", "applied" }, { "hub", "applied" },
    { "a-cc2", "not_found" }, { "a-new", "not_found" }, { "a-gone", "denied" }, { "a-portal", "not_found" },
    { "b-rm", "not_found" },  { "b-sup", "not_found" }, { "net", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_assert (t, cases[i].who, "consent.record", consent_args ("K1"), cases[i].expected);
      op_assert (t, cases[i].who, "consent.refuse",
                 kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), NULL), cases[i].expected);
    }
}

static void
test_record (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K2");
  g_autofree char *term = op_time (t, 30 * OP_DAY);
  KithRecord *consent;

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  consent = op_get (t, "consent", op_id ("K1"));
  g_assert_cmpstr (kith_record_string (consent, "agency"), ==, op_id ("A"));
  g_assert_cmpstr (kith_record_string (consent, "permission"), ==, "granted");
  g_assert_cmpstr (kith_record_string (consent, "status"), ==, "in_force");
  g_assert_cmpstr (kith_record_string (consent, "grantor"), ==, "self");
  g_assert_cmpstr (kith_record_string (consent, "start"), ==, "2026-03-02T09:00:00.000Z");
  g_assert_cmpstr (kith_record_string (consent, "term"), ==, "2027-03-02T09:00:00.000Z");
  g_assert_cmpstr (kith_record_string (consent, "recorded_by"), ==, op_id ("a-cc"));
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  /* Of the same scope: the newer one has taken its place. */
  g_assert_cmpuint (op_count_with (t, "consent", "status", "in_force"), ==, 1);
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "superseded_by"), ==, op_id ("K2"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "term"), ==, term);
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "exists");
}

/* A newer consent takes the place of each whose whole scope it has (domain.md 2g), and of those it names; of no other. */
static void
test_supersede (void)
{
  static const struct { const char *classes, *receivers, *purpose, *replaces; gboolean gone;
  } cases[] = {
    { "client care", "B", "Food", NULL, TRUE },
    { "client care client_billing", "B", "Food", NULL, TRUE },
    { "client care", "B C", "Food", NULL, TRUE },
    { "client", "B", "Food", NULL, FALSE },
    { "client care", "C", "Food", NULL, FALSE },
    { "client care", "B", "Shelter", NULL, FALSE },
    { "client care", "B", NULL, NULL, FALSE },
    /* Narrowed: the person who records it says what it replaces. */
    { "client", "B", "Food", "K1", TRUE },
    { "client", "B", "Food", "nobody", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_auto (GStrv) classes = g_strsplit (cases[i].classes, " ", -1);
      g_auto (GStrv) receivers = g_strsplit (cases[i].receivers, " ", -1);
      JsonArray *class_list = json_array_new (), *receiver_list = json_array_new ();
      JsonObject *args = consent_args ("K2");

      op_register (t, "a-cc", "C1");
      op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
      op_advance (t, OP_DAY);
      for (guint k = 0; classes[k] != NULL; k++)
        json_array_add_string_element (class_list, classes[k]);
      for (guint k = 0; receivers[k] != NULL; k++)
        json_array_add_string_element (receiver_list, op_id (receivers[k]));
      json_object_set_array_member (args, "classes", class_list);
      json_object_set_array_member (args, "receivers", receiver_list);
      json_object_remove_member (args, "purpose");
      if (cases[i].purpose != NULL)
        json_object_set_string_member (args, "purpose", cases[i].purpose);
      if (cases[i].replaces != NULL)
        json_object_set_array_member (args, "replaces", kith_json_strings (op_id (cases[i].replaces), NULL));
      op_assert (t, "a-cc", "consent.record", args, "applied");
      g_test_message ("%u", i);
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, cases[i].gone ? "superseded" : "in_force");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "in_force");
    }
}

/* A named one shares only by those it names: it covers no consent for all, while that one covers it. */
static void
test_supersede_disclosers (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");

  op_register (t, "a-cc", "C1");
  json_object_set_array_member (args, "disclosers", kith_json_strings (op_id ("A"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_assert (t, "a-cc", "consent.record", consent_args ("K2"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "superseded");
  args = consent_args ("K3");
  json_object_set_array_member (args, "disclosers", kith_json_strings (op_id ("A"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "in_force");
}

/* Who came home late with an older consent does not undo the newer word: neither a newer consent nor a revocation (C4). */
static void
test_supersede_late (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_advance (t, 2 * OP_DAY);
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  op_advance (t, -OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K2"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "in_force");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "superseded");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "superseded_by"), ==, op_id ("K1"));

  op_advance (t, 3 * OP_DAY);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  op_advance (t, -OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K3"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "revoked");
  op_advance (t, 2 * OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K4"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K4"), "status"), ==, "in_force");
}

/* The receiver keeps what it holds when the consent is renewed, and loses what a narrower one leaves out. */
static void
test_supersede_access (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K2");

  op_accepted (t, "R1");
  json_object_remove_member (args, "purpose");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "superseded");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:A"));
  args = consent_args ("K3");
  json_object_set_array_member (args, "classes", kith_json_strings ("client", NULL));
  json_object_set_array_member (args, "replaces", kith_json_strings (op_id ("K2"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "care:C1:A"));
}

/* C3: a group of receivers becomes the agencies it means on that day. */
static void
test_groups (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");
  KithRecord *consent;

  op_register (t, "a-cc", "C1");
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("direct", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  consent = op_get (t, "consent", op_id ("K1"));
  /* S of B and SA of A take direct referrals; S-info does not, S-shut is closed. */
  g_assert_cmpuint (json_array_get_length (kith_record_array (consent, "receivers")), ==, 2);
  g_assert_true (kith_record_list_has (consent, "receivers", op_id ("A")));
  g_assert_true (kith_record_list_has (consent, "receivers", op_id ("B")));

  args = consent_args ("K2");
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("C"), NULL));
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpuint (json_array_get_length (kith_record_array (op_get (t, "consent", op_id ("K2")), "receivers")), ==, 1);
  op_send (t, "a-cc", "R1", "C1", "S");
  args = consent_args ("K3");
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_true (kith_record_list_has (op_get (t, "consent", op_id ("K3")), "receivers", op_id ("B")));

  op_register (t, "a-cc", "C2");
  args = consent_args ("K4");
  json_object_set_string_member (args, "client", op_id ("C2"));
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  op_assert (t, "a-cc", "consent.record", args, "invalid");
}

/* C3: spoken with a witness, who is the one that heard it unless another is named. */
static void
test_verbal (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "how", "verbal");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "witness"), ==, "a-cc");
  args = consent_args ("K2");
  json_object_set_string_member (args, "how", "verbal");
  json_object_set_string_member (args, "witness", "Sister Maria");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "witness"), ==, "Sister Maria");
}

static void
test_term (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-admin", "agency.configure",
             kith_json_new ("agency", "s", op_id ("A"), "set", "o",
                            kith_json_new ("consent_term_days", "i", (gint64) 10, NULL), NULL),
             "applied");
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "term"), ==, "2026-03-12T09:00:00.000Z");
}

/* A deficient consent is none (C3, C4). */
static void
test_deficient (void)
{
  static const char *const missing[] = { "id", "client", "classes", "receivers", "how" };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *past = op_time (t, -1);
  g_autofree char *now = op_time (t, 0);
  JsonObject *args;

  op_register (t, "a-cc", "C1");
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      args = consent_args ("K1");
      json_object_remove_member (args, missing[i]);
      op_assert (t, "a-cc", "consent.record", args, "invalid");
    }
  args = consent_args ("K1");
  json_object_set_array_member (args, "classes", json_array_new ());
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_array_member (args, "disclosers", json_array_new ());
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "term", past);
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "term", now);
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "grantor", "representative");
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "grantor", "representative");
  json_object_set_string_member (args, "relation", "Mother");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  args = consent_args ("K2");
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("nobody"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "not_found");
  args = consent_args ("K2");
  json_object_set_array_member (args, "receivers", kith_json_strings ("network", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
}

static void
test_refuse (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.refuse",
             kith_json_new ("id", "s", op_id ("K1"), "client", "s", op_id ("C1"), "reason", "s", "Afraid.", NULL),
             "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "permission"), ==, "refused");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "refused");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "reason"), ==, "Afraid.");
  g_assert_true (op_sees (t, "a-cc", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
             "noop");
}

static JsonObject *
revoke_args (const char *member, const char *name)
{
  return kith_json_new (member, "s", op_id (name), "reason", "s", "The client changed their mind.", NULL);
}

static void
test_revoke_one (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  op_advance (t, 1000);
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_at"), ==, "2026-03-02T09:00:01.000Z");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoke_reason"), ==, "The client changed their mind.");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  /* What was done in reliance stays: the accepted referral and B's own record of care (C4). */
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:B"));
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "noop");
}

static void
test_revoke_client (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_consent (t, "a-cc", "K3", "C2", "B");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("client", "C1"), "applied");
  g_assert_cmpuint (op_count_with (t, "consent", "status", "revoked"), ==, 2);
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "in_force");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("client", "C1"), "noop");
}

/* Naming a referral: its release and its basis end, and the receiver's rows of it, whatever consents remain. */
static void
test_revoke_referral (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("referral", "R1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "in_force");
  g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R1")), "revoked"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("referral", "R1"), "noop");
}

/* By any agency that holds any scope of the client, naming any of the three. */
static void
test_revoke_who (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" }, { "a-cc2", "applied" },   { "a-sup", "applied" },  { "b-rm", "applied" },
    { "b-cc", "applied" }, { "hub", "applied" },     { "c-rm", "not_found" }, { "c-sup", "not_found" },
    { "net", "denied" },   { "b-portal", "denied" }, { "b-new", "denied" },   { "b-gone", "denied" },
  };
  static const struct
  {
    const char *member, *name;
  } named[] = { { "consent", "K1" }, { "client", "C1" }, { "referral", "R1" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (named); j++)
      {
        g_autoptr (OpFixture) t = op_fixture_new ();

        op_accepted (t, "R1");
        op_assert (t, cases[i].who, "consent.revoke", revoke_args (named[j].member, named[j].name), cases[i].expected);
      }
}

/* The answer for a client that is not there is the same, to the letter, as for one that may not be seen. */
static void
test_revoke_hidden (void)
{
  static const char *const members[] = { "consent", "client", "referral" };
  static const char *const names[] = { "K1", "C1", "R1" };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *hidden = NULL;

      op_assert (t, "c-rm", "consent.revoke", revoke_args (members[i], names[i]), "not_found");
      hidden = g_strdup (op_message (t));
      op_assert (t, "c-rm", "consent.revoke", revoke_args (members[i], "nothing"), "not_found");
      g_assert_cmpstr (op_message (t), ==, hidden);
    }
}

/* However late: the agency lost sight of the client, and still can pass on what the client said. */
static void
test_revoke_always (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_assert (t, "b-rm", "consent.revoke", revoke_args ("client", "C1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "revoked");
  g_assert_true (kith_operation_get ("consent.revoke")->flags & KITH_OPERATION_ALWAYS);
}

static void
test_revoke_form (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("reason", "s", "x", NULL), "invalid");
  args = revoke_args ("client", "C1");
  json_object_set_string_member (args, "consent", op_id ("K1"));
  op_assert (t, "a-cc", "consent.revoke", args, "invalid");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), NULL), "reason_required");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "  ", NULL),
             "reason_required");
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
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "release_basis"), ==, "court_order");
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
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "release_basis"), ==, "");
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  op_assert (t, "a-cc", "consent.revoke", keep_args (t, "nothing", OP_DAY), "applied");
}

static void
test_expire (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");
  g_autofree char *term = op_time (t, OP_DAY);

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
  op_advance (t, OP_DAY - 1);
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
  op_advance (t, 1);
  op_assert (t, "a-sup", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "denied");
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "expired");
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
}

/* A desk that holds only the referral records the revocation and leaves the rest to the hub (design.md 2.2). */
static void
test_partial (void)
{
  static const char *const scopes[] = { "dir", "agency:B", "user:b-rm", "referral:R1", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) referral = NULL;

  op_accepted (t, "R1");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.revoke", revoke_args ("client", "C1")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.revoke", revoke_args ("consent", "K1")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.revoke", revoke_args ("referral", "R1")), ==, "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
  g_assert_true (kith_record_bool (referral, "revoked"));
}

/* C5: one act decides what becomes of each open referral: recalled, taken back, kept with a legal basis, or left to the revocation. */
static void
test_recall (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = revoke_args ("client", "C1");
  JsonArray *recall = kith_json_strings (op_id ("R1"), op_id ("R2"), op_id ("R3"), op_id ("nobody"), NULL);

  op_accepted (t, "R1");
  op_send (t, "a-cc", "R2", "C1", "S");
  op_register (t, "a-cc", "C2");
  op_consent (t, "a-cc", "K2", "C2", "B");
  op_send (t, "a-cc", "R3", "C2", "S");
  json_object_set_array_member (args, "recall", recall);
  op_assert (t, "a-cc", "consent.revoke", args, "applied");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R2"), "phase"), ==, "recalled");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "recalled"), >, 0);
  /* What B had accepted stays its work; its reason to know the client is gone (C4). */
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "phase"), ==, "accepted");
  g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R1")), "revoked"));
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  /* Another client's is not touched. */
  g_assert_cmpstr (op_field (t, "referral", op_id ("R3"), "phase"), ==, "sent");
}

/* The receiver may record the revocation; only the sender recalls. */
static void
test_recall_sender_only (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = revoke_args ("client", "C1");

  op_accepted (t, "R1");
  op_send (t, "a-cc", "R2", "C1", "S");
  json_object_set_array_member (args, "recall", kith_json_strings (op_id ("R2"), NULL));
  op_assert (t, "b-rm", "consent.revoke", args, "applied");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R2"), "phase"), ==, "sent");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
}

/* Its end is announced 30 and 7 days ahead, each once, to whoever works with the client; not when it was given for less, and not for a
 * client who must not be contacted (C16). */
static void
test_remind (void)
{
  static const struct { gint64 at; const char *expected; gint64 days;
  } cases[] = {
    { 59, "noop", 0 }, { 60, "applied", 30 }, { 82, "noop", 30 }, { 83, "applied", 7 }, { 89, "noop", 7 }, { 91, "noop", 7 },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *term = op_time (t, 90 * OP_DAY);
  JsonObject *args = consent_args ("K1");
  gint64 day = 0;

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      op_advance (t, (cases[i].at - day) * OP_DAY);
      day = cases[i].at;
      op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), cases[i].expected);
      g_assert_cmpint (kith_record_int (op_get (t, "consent", op_id ("K1")), "reminded_days"), ==, cases[i].days);
    }
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-cc")), ==, 2);
  g_assert_cmpuint (op_count_with (t, "notice", "client", op_id ("C1")), ==, 2);
  op_assert (t, "a-cc", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), "denied");
}

static void
test_remind_short (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *term = op_time (t, 5 * OP_DAY);
  JsonObject *args = consent_args ("K1");

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_advance (t, OP_DAY);
  op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
}

static void
test_remind_silent (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  op_set (t, "client", op_id ("C1"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
  op_advance (t, 340 * OP_DAY);
  op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), "applied");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-consent/record-refuse-roles", test_record_roles);
  g_test_add_func ("/model/op-consent/record-C3", test_record);
  g_test_add_func ("/model/op-consent/superseded", test_supersede);
  g_test_add_func ("/model/op-consent/superseded-disclosers", test_supersede_disclosers);
  g_test_add_func ("/model/op-consent/superseded-C4-late", test_supersede_late);
  g_test_add_func ("/model/op-consent/superseded-access", test_supersede_access);
  g_test_add_func ("/model/op-consent/C3-groups", test_groups);
  g_test_add_func ("/model/op-consent/C3-verbal", test_verbal);
  g_test_add_func ("/model/op-consent/record-default-term", test_term);
  g_test_add_func ("/model/op-consent/record-C3-C4-deficient", test_deficient);
  g_test_add_func ("/model/op-consent/refuse-C2", test_refuse);
  g_test_add_func ("/model/op-consent/revoke-C4-one", test_revoke_one);
  g_test_add_func ("/model/op-consent/revoke-C5-client", test_revoke_client);
  g_test_add_func ("/model/op-consent/revoke-C5-referral", test_revoke_referral);
  g_test_add_func ("/model/op-consent/revoke-who", test_revoke_who);
  g_test_add_func ("/model/op-consent/revoke-hidden-as-absent", test_revoke_hidden);
  g_test_add_func ("/model/op-consent/revoke-always", test_revoke_always);
  g_test_add_func ("/model/op-consent/revoke-form", test_revoke_form);
  g_test_add_func ("/model/op-consent/revoke-C5-keep", test_keep);
  g_test_add_func ("/model/op-consent/revoke-C5-keep-sender-only", test_keep_only_sender);
  g_test_add_func ("/model/op-consent/revoke-C5-recall", test_recall);
  g_test_add_func ("/model/op-consent/revoke-C5-recall-sender-only", test_recall_sender_only);
  g_test_add_func ("/model/op-consent/expire-C4", test_expire);
  g_test_add_func ("/model/op-consent/remind-30-7", test_remind);
  g_test_add_func ("/model/op-consent/remind-short", test_remind_short);
  g_test_add_func ("/model/op-consent/remind-C16", test_remind_silent);
  g_test_add_func ("/model/op-consent/partial-knowledge", test_partial);
  return g_test_run ();
}
