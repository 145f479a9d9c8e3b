/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is told of what becomes of a consent, and of how much (C1, C3, C17). */

#include "op-fixture.h"

/* Their notices of that type; *numbered: how many of them say a number. */
static guint
told (OpFixture *t, const char *who, const char *type, guint *numbered)
{
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id (who), NULL, NULL);
  guint n = 0;

  if (numbered != NULL)
    *numbered = 0;
  for (guint i = 0; i < notices->len; i++)
    if (kith_record_is (notices->pdata[i], "type", type))
      {
        n++;
        if (numbered != NULL)
          *numbered += kith_record_string (notices->pdata[i], "number") != NULL;
      }
  return n;
}

static JsonObject *
consent_args (const char *id, const char *receiver, const char *class, const char *second)
{
  return kith_json_new ("id", "s", op_id (id), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings (class, second, NULL), "receivers", "a",
                        kith_json_strings (op_id (receiver), NULL), "how", "s", "verbal", NULL);
}

/* C1, C17: what ended, or will, is told to whoever works with the client: by the record's number where it is their agency's, or in their sight. */
static void
test_number (void)
{
  static const struct { const char *who; gboolean assigned, number;
  } cases[] = { { "a-cc", FALSE, TRUE }, { "b-sup", FALSE, FALSE }, { "b-cc", TRUE, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      guint numbered;

      op_accepted (t, "R1");
      if (cases[i].assigned)
        op_put_assignment (t, "C1", cases[i].who, "B");
      op_assert (t, "a-sup", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "Asked", NULL), "applied");
      g_assert_cmpuint (told (t, cases[i].who, "consent_revoked", &numbered), ==, 1);
      g_assert_cmpuint (numbered, ==, cases[i].number);
    }
}

/* The same of what will end: by the agency that recorded it, which may have lost sight of the record since. */
static void
test_expiring (void)
{
  for (guint seen = 0; seen < 2; seen++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = consent_args ("K2", "C", "client", NULL);
      guint numbered;

      op_accepted (t, "R1");
      op_assert (t, "b-rm", "consent.record", args, "applied");
      if (!seen)
        op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "Asked", NULL), "applied");
      op_advance (t, 340 * OP_DAY);
      op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K2"), NULL), "applied");
      g_assert_cmpuint (told (t, "b-sup", "consent_expiring", &numbered), ==, 1);
      g_assert_cmpuint (numbered, ==, seen);
    }
}

/* C1, C3, C17: an agency that opens more of another's record to itself than it had does so in the client's name: whose record it is learns of it, by the number. What it
 * has already, what it opens to others, and what the owner writes itself is told to nobody. */
static void
test_widened (void)
{
  static const struct { const char *who, *receiver, *class, *second; guint told;
  } cases[] = {
    { "b-rm", "B", "client", "client_health", 1 }, { "b-rm", "B", "case", NULL, 1 }, { "b-rm", "B", "client", "care", 0 }, { "b-rm", "C", "client_health", NULL, 0 },
    { "a-cc", "B", "client_health", NULL, 0 }, { "a-cc", "A", "client_health", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      guint numbered;

      g_test_message ("%s %s %s", cases[i].who, cases[i].receiver, cases[i].class);
      op_accepted (t, "R1");
      op_advance (t, OP_DAY);
      op_assert (t, cases[i].who, "consent.record", consent_args ("K2", cases[i].receiver, cases[i].class, cases[i].second), "applied");
      g_assert_cmpuint (told (t, "a-cc", "consent_given", &numbered), ==, cases[i].told);
      g_assert_cmpuint (numbered, ==, cases[i].told);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_given"), ==, cases[i].told);
      /* Once more the same opens nothing. */
      op_advance (t, OP_DAY);
      op_run (t, cases[i].who, "consent.record", consent_args ("K3", cases[i].receiver, cases[i].class, cases[i].second));
      g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_given"), ==, cases[i].told);
    }
}

/* C3: it names who may share with it; what does not cover the owner opens nothing of the owner's. */
static void
test_widened_beside (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K2", "B", "client_health", NULL);

  op_accepted (t, "R1");
  json_object_set_array_member (args, "disclosers", kith_json_strings (op_id ("C"), NULL));
  op_assert (t, "b-rm", "consent.record", args, "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_given"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-consent-told/C1-C17-number", test_number);
  g_test_add_func ("/model/op-consent-told/C1-C17-expiring", test_expiring);
  g_test_add_func ("/model/op-consent-told/C1-C3-widened", test_widened);
  g_test_add_func ("/model/op-consent-told/C3-widened-beside", test_widened_beside);
  return g_test_run ();
}
