/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Agency X will see: …" before a consent is recorded, and who loses sight by a revocation (C1, C3, C5). */

#include "kith-access-preview.h"
#include "op-fixture.h"

static GPtrArray *
preview (OpFixture *t, const char *who, const char *operation, JsonObject *args)
{
  g_autoptr (KithActor) actor = op_actor (t, who);
  g_autofree char *now = op_time (t, 0);
  g_autoptr (JsonObject) owned = args;
  g_autoptr (GError) error = NULL;
  GPtrArray *sights;
  gint64 now_ms;

  g_assert_true (kith_time_parse (now, &now_ms));
  sights = kith_access_preview (op_world (t), actor, op_id ("C1"), operation, args, now_ms, &error);
  g_assert_no_error (error);
  return sights;
}

static JsonObject *
consent_args (const char *first, const char *second)
{
  return kith_json_new ("id", "s", op_id ("K9"), "client", "s", op_id ("C1"), "classes", "a",
                        kith_json_strings ("client", "care", "client_health", NULL), "receivers", "a",
                        kith_json_strings (op_id (first), second != NULL ? op_id (second) : NULL, NULL), "how", "s", "written", NULL);
}

static void
assert_classes (char **classes, const char *expected)
{
  g_autofree char *got = g_strjoinv (" ", classes);

  g_assert_cmpstr (got, ==, expected);
}

static const KithSight *
sight_of (GPtrArray *sights, const char *agency)
{
  for (guint i = 0; i < sights->len; i++)
    if (g_str_equal (((KithSight *) g_ptr_array_index (sights, i))->agency, op_id (agency)))
      return g_ptr_array_index (sights, i);
  g_error ("nothing about %s", agency);
}

/* An agency that works with the client sees at once; another as soon as it has a reason of its own. Nothing is written. */
static void
test_consent (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GPtrArray) sights = NULL;
  g_autofree char *words = NULL;
  const KithSight *b, *c;

  op_accepted (t, "R1"); /* K1: client and care, for B */
  sights = preview (t, "a-cc", "consent.record", consent_args ("B", "C"));
  g_assert_cmpuint (sights->len, ==, 2);
  b = sight_of (sights, "B");
  assert_classes (b->before, "client care referral");
  assert_classes (b->after, "client client_health care referral");
  assert_classes (b->later, "client client_health care referral");
  c = sight_of (sights, "C");
  assert_classes (c->before, "");
  assert_classes (c->after, "");
  assert_classes (c->later, "client client_health care");
  g_assert_nonnull (c->name);
  words = kith_sight_words ((const char *const *) c->later);
  g_assert_cmpstr (words, ==, "Identity, contact and household; Health information; History of care");
  g_assert_cmpuint (op_count (t, "consent"), ==, 1);
  g_assert_null (op_natural (t, "care", "C1:C"));

  /* What was shown is what comes. */
  op_assert (t, "a-cc", "consent.record", consent_args ("B", "C"), "applied");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "c-rm", "client:C1"));
}

/* Not restricted to what consents add: a narrower one that replaces another takes away. */
static void
test_narrower (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("B", NULL);
  g_autoptr (GPtrArray) sights = NULL;
  g_auto (GStrv) lost = NULL;

  op_accepted (t, "R1");
  json_object_set_array_member (args, "classes", kith_json_strings ("client", NULL));
  json_object_set_array_member (args, "replaces", kith_json_strings (op_id ("K1"), NULL));
  sights = preview (t, "a-cc", "consent.record", args);
  lost = kith_sight_lost (sight_of (sights, "B"));
  assert_classes (lost, "care");
}

/* C1, C3: named disclosers open what they hold alone; a group is the agencies it means when it is recorded. */
static void
test_disclosers (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("B", NULL), *group = consent_args ("B", NULL);
  g_autoptr (GPtrArray) sights = NULL, grouped = NULL;

  op_accepted (t, "R1"); /* from A to B; B sees client and care */
  json_object_set_array_member (args, "disclosers", kith_json_strings (op_id ("C"), NULL));
  json_object_set_array_member (args, "replaces", kith_json_strings (op_id ("K1"), NULL));
  sights = preview (t, "a-cc", "consent.record", args);
  assert_classes (sight_of (sights, "B")->before, "client care referral");
  assert_classes (sight_of (sights, "B")->after, ""); /* C holds nothing of the client yet */
  assert_classes (sight_of (sights, "B")->later, "");

  json_object_set_array_member (group, "receivers", json_array_new ());
  json_object_set_array_member (group, "receiver_classes", kith_json_strings ("referred", NULL));
  json_object_set_array_member (group, "disclosers", kith_json_strings (op_id ("A"), NULL));
  json_object_set_array_member (group, "replaces", kith_json_strings (op_id ("K1"), NULL));
  grouped = preview (t, "a-cc", "consent.record", group);
  g_assert_cmpuint (grouped->len, ==, 1);
  assert_classes (sight_of (grouped, "B")->after, "client client_health care referral");
}

/* C5: the revocation lists who loses what. */
static void
test_revocation (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GPtrArray) sights = NULL;
  g_auto (GStrv) lost = NULL;

  op_accepted (t, "R1");
  sights = preview (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL));
  g_assert_cmpuint (sights->len, ==, 1);
  lost = kith_sight_lost (sight_of (sights, "B"));
  assert_classes (lost, "client care referral");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "in_force");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
}

/* What the operation would be refused with is told before. */
static void
test_refused (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithActor) actor = op_actor (t, "a-cc");
  g_autoptr (JsonObject) args = consent_args ("B", NULL);
  g_autoptr (GPtrArray) sights = NULL;
  g_autoptr (GError) error = NULL;

  op_register (t, "a-cc", "C1");
  json_object_remove_member (args, "how");
  sights = kith_access_preview (op_world (t), actor, op_id ("C1"), "consent.record", args, 1, &error);
  g_assert_null (sights);
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/preview/C1-C3-consent", test_consent);
  g_test_add_func ("/model/preview/narrower", test_narrower);
  g_test_add_func ("/model/preview/C3-disclosers-and-groups", test_disclosers);
  g_test_add_func ("/model/preview/C5-revocation", test_revocation);
  g_test_add_func ("/model/preview/refused", test_refused);
  return g_test_run ();
}
