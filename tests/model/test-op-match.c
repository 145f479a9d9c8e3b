/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op-fixture.h"

#include <string.h>

/* match.propose, .link, .unlink, .dismiss (domain.md 5, design.md 2.4): two records that may be one person. */

static const char *
first_of (const char *a, const char *b)
{
  return strcmp (op_id (a), op_id (b)) < 0 ? a : b;
}

static JsonObject *
pair (const char *a, const char *b, const char *zone)
{
  const char *first = first_of (a, b), *second = first == a ? b : a;

  return kith_json_new ("first", "s", op_id (first), "second", "s", op_id (second), "zone", "s", zone, NULL);
}

static const char *
match_id (const char *a, const char *b)
{
  const char *first = first_of (a, b), *second = first == a ? b : a;
  g_autofree char *key = g_strconcat (op_id (first), ":", op_id (second), NULL);
  g_autofree char *id = kith_id_natural ("match", key);

  return g_intern_string (id);
}

static JsonObject *
the_match (const char *a, const char *b)
{
  return kith_json_new ("match", "s", match_id (a, b), NULL);
}

static gboolean
sees (OpFixture *t, const char *who, const char *a, const char *b)
{
  g_autofree char *scope = g_strconcat ("match:", match_id (a, b), NULL);

  return op_sees (t, who, scope);
}

#define STATE(t, a, b) op_field (t, "match", match_id (a, b), "state")

static void
findable (OpFixture *t, const char *who, const char *consent, const char *client, const char *receiver)
{
  op_assert (t, who, "consent.record",
             kith_json_new ("id", "s", op_id (consent), "client", "s", op_id (client), "classes", "a", kith_json_strings ("client", NULL),
                            "receivers", "a", kith_json_strings (op_id (receiver), NULL), "how", "s", "written", "findable", "b", TRUE, NULL),
             "applied");
}

static JsonObject *
rename_args (const char *client, const char *from, const char *to)
{
  return kith_json_new ("t", "s", "client", "id", "s", op_id (client), "set", "o",
                        kith_json_new ("given_name", "o", kith_json_new ("old", "s", from, "new", "s", to, NULL), NULL), NULL);
}

/* Own clients: no consent is needed; with the values compared, for whoever holds both. */
static void
test_within_an_agency (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *values;

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc2", "C2");
  op_assert (t, "a-sup", "match.propose", pair ("C1", "C2", "link"), "denied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "proposed");
  g_assert_cmpstr (op_field (t, "match", match_id ("C1", "C2"), "family_level"), ==, "exact");
  values = kith_record_object (op_get (t, "match", match_id ("C1", "C2")), "first_values");
  g_assert_cmpstr (kith_json_string (values, "family_name"), ==, "Lopez");
  g_assert_true (sees (t, "a-sup", "C1", "C2"));
  g_assert_true (sees (t, "a-rm", "C1", "C2"));
  g_assert_false (sees (t, "a-cc", "C1", "C2")); /* one of the two only */
  g_assert_false (sees (t, "b-sup", "C1", "C2"));
  g_assert_false (sees (t, "net", "C1", "C2"));
  op_assert (t, "a-cc", "match.link", the_match ("C1", "C2"), "not_found");
  op_assert (t, "b-sup", "match.dismiss", the_match ("C1", "C2"), "not_found");
  op_put_assignment (t, "C2", "a-cc", "A");
  g_assert_true (sees (t, "a-cc", "C1", "C2"));
  op_assert (t, "a-cc", "match.link", the_match ("C1", "C2"), "applied");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "linked");
  g_assert_cmpstr (op_field (t, "match", match_id ("C1", "C2"), "decided_by"), ==, op_id ("a-cc"));
}

/* domain.md 5: a chain of links. Each pair is decided by itself: taken back in the middle the others stay, whoever is at both ends may still be
 * compared, and what was said of them is remembered. */
static void
test_chain (void)
{
  static const char *const pairs[][2] = { { "C1", "C2" }, { "C2", "C3" } };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_register (t, "a-cc", "C3");
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      op_assert (t, "hub", "match.propose", pair (pairs[i][0], pairs[i][1], "link"), "applied");
      op_assert (t, "a-cc", "match.link", the_match (pairs[i][0], pairs[i][1]), "applied");
    }
  op_assert (t, "hub", "match.propose", pair ("C1", "C3", "review"), "applied");
  op_assert (t, "a-cc", "match.dismiss", the_match ("C1", "C3"), "applied");
  op_assert (t, "a-sup", "match.unlink", the_match ("C1", "C2"), "applied");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "dismissed");
  g_assert_cmpstr (STATE (t, "C2", "C3"), ==, "linked");
  g_assert_cmpstr (STATE (t, "C1", "C3"), ==, "dismissed");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop"); /* remembered */
  op_assert (t, "hub", "match.propose", pair ("C2", "C3", "review"), "noop");
  g_assert_cmpstr (STATE (t, "C2", "C3"), ==, "linked");
}

/* C14: across agencies only those who may be found; the steward where nobody holds both; whoever does, as soon as that is so. */
static void
test_across_agencies (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "b-cc", "C2");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop");
  findable (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop"); /* one of them alone is not enough */
  findable (t, "b-cc", "K2", "C2", "A");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  g_assert_true (sees (t, "net", "C1", "C2"));
  g_assert_false (sees (t, "a-sup", "C1", "C2"));
  g_assert_false (sees (t, "b-sup", "C1", "C2"));

  op_assert (t, "b-cc", "client.open_shared", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "He came", NULL), "applied");
  g_assert_true (sees (t, "b-cc", "C1", "C2"));
  g_assert_true (sees (t, "b-sup", "C1", "C2"));
  g_assert_false (sees (t, "net", "C1", "C2"));
  g_assert_false (sees (t, "a-sup", "C1", "C2"));

  op_assert (t, "b-cc", "match.link", the_match ("C1", "C2"), "applied");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  g_assert_false (sees (t, "b-sup", "C1", "C2"));
  g_assert_false (sees (t, "net", "C1", "C2"));
}

/* The consent that lets them be found has a term: after it the steward has nothing. */
static void
test_found_no_more (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "b-cc", "C2");
  findable (t, "a-cc", "K1", "C1", "B");
  findable (t, "b-cc", "K2", "C2", "A");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "review"), "applied");
  g_assert_true (sees (t, "net", "C1", "C2"));
  op_advance (t, 20 * 366 * OP_DAY);
  g_assert_false (sees (t, "net", "C1", "C2"));
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "review"), "applied"); /* is taken back */
  g_assert_null (op_get (t, "match", match_id ("C1", "C2")));
}

/* Restricted clients never. */
static void
test_restricted (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  g_assert_true (sees (t, "a-cc", "C1", "C2"));
  op_assert (t, "a-sup", "client.restrict", kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", TRUE, "reason", "s", "Asked", NULL),
             "applied");
  g_assert_false (sees (t, "a-cc", "C1", "C2"));
  g_assert_false (sees (t, "a-sup", "C1", "C2"));
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  g_assert_null (op_get (t, "match", match_id ("C1", "C2")));
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop");
}

/* "Different" is remembered until one of them says something else about who it is; so is a link that was taken back. */
static void
test_remembered (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  op_assert (t, "a-cc", "match.dismiss", the_match ("C1", "C2"), "applied");
  op_assert (t, "a-sup", "match.dismiss", the_match ("C1", "C2"), "noop");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "review"), "noop");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "no"), "noop");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "dismissed");

  op_assert (t, "a-cc", "record.patch", rename_args ("C1", "Ana", "Anna"), "applied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "review"), "applied");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "proposed");
  g_assert_cmpstr (op_field (t, "match", match_id ("C1", "C2"), "decided_by"), ==, "");

  op_assert (t, "a-cc", "match.link", the_match ("C1", "C2"), "applied");
  op_assert (t, "a-sup", "match.dismiss", the_match ("C1", "C2"), "stale_state");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "no"), "noop"); /* people said it, not the hub */
  op_assert (t, "a-sup", "match.unlink", the_match ("C1", "C2"), "applied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "dismissed");
  op_assert (t, "a-sup", "match.link", the_match ("C1", "C2"), "applied"); /* they were right after all */
}

/* Said while registering: not asked again while both are who they were; of one not in sight nothing is written. */
static void
test_told_apart (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "b-cc", "C9");
  op_register (t, "a-cc2", "C3");
  op_assert (t, "a-cc", "client.register",
             kith_json_new ("id", "s", op_id ("C2"), "number", "s", "NA-0077", "values", "o",
                            kith_json_new ("given_name", "s", "Ana", "family_name", "s", "Lopez", NULL), "not_same", "a",
                            kith_json_strings (op_id ("C1"), op_id ("C9"), op_id ("C3"), NULL), NULL),
             "applied");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "dismissed");
  g_assert_cmpstr (op_field (t, "match", match_id ("C1", "C2"), "decided_by"), ==, op_id ("a-cc"));
  g_assert_null (op_get (t, "match", match_id ("C2", "C9")));
  g_assert_null (op_get (t, "match", match_id ("C2", "C3")));
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop");
  op_assert (t, "a-cc", "record.patch", rename_args ("C2", "Ana", "Anna"), "applied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
}

/* The same of another agency's client who was open here: the hub does not ask again when the network may find both, and no steward reads of it. */
static void
test_told_apart_across (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "b-cc", "C9");
  findable (t, "b-cc", "K9", "C9", "A");
  op_assert (t, "a-cc", "client.open_shared", kith_json_new ("client", "s", op_id ("C9"), "reason", "s", "She may be the one", NULL), "applied");
  op_assert (t, "a-cc", "client.register",
             kith_json_new ("id", "s", op_id ("C2"), "number", "s", "NA-0077", "values", "o",
                            kith_json_new ("given_name", "s", "Ana", "family_name", "s", "Lopez", NULL), "not_same", "a",
                            kith_json_strings (op_id ("C9"), NULL), NULL),
             "applied");
  g_assert_cmpstr (STATE (t, "C2", "C9"), ==, "dismissed");
  g_assert_true (sees (t, "a-cc", "C2", "C9"));
  g_assert_false (sees (t, "b-cc", "C2", "C9"));
  g_assert_false (sees (t, "net", "C2", "C9"));
  findable (t, "a-cc", "K2", "C2", "B");
  op_assert (t, "hub", "match.propose", pair ("C2", "C9", "link"), "noop");
}

/* A proposal whose two do not look alike any more goes; nobody has decided anything. */
static void
test_withdrawn (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "review"), "applied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "no"), "applied");
  g_assert_cmpuint (op_count (t, "match"), ==, 0);
  op_assert (t, "hub", "match.propose",
             kith_json_new ("first", "s", op_id (first_of ("C1", "C2")), "second", "s", op_id (first_of ("C1", "C2")), "zone", "s", "link", NULL),
             "invalid");
}

/* "Same person", said without a network, after a colleague's "different person": the second to decide is told and nothing is overwritten. */
static void
test_link_after_dismissal (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  op_assert (t, "a-sup", "match.dismiss", the_match ("C1", "C2"), "applied");
  op_assert (t, "a-cc", "match.link", the_match ("C1", "C2"), "stale_state");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "dismissed");
  op_assert (t, "a-sup", "match.link", the_match ("C1", "C2"), "applied"); /* who said it may take it back */
}

static JsonObject *
by_hand (const char *a, const char *b)
{
  return kith_json_new ("client", "s", op_id (a), "other", "s", op_id (b), NULL);
}

/* domain.md 5: nothing looks alike in the two, and staff know that they are one: who sees both says so, whichever is named first; it is taken back and
 * remembered as any other. */
static void
test_by_hand (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc2", "C2");
  op_assert (t, "a-cc", "match.link", by_hand ("C1", "C2"), "not_found"); /* one of the two only */
  op_assert (t, "b-sup", "match.link", by_hand ("C1", "C2"), "not_found");
  op_assert (t, "net", "match.link", by_hand ("C1", "C2"), "not_found");
  op_assert (t, "a-sup", "match.link", by_hand ("C1", "C1"), "invalid");
  op_assert (t, "a-sup", "match.link", kith_json_new ("client", "s", op_id ("C1"), NULL), "invalid");
  op_assert (t, "a-sup", "match.link", json_object_new (), "invalid");
  op_assert (t, "a-sup", "match.link", by_hand ("C2", "C1"), "applied");
  op_assert (t, "a-sup", "match.link", by_hand ("C1", "C2"), "noop");
  g_assert_cmpuint (op_count (t, "match"), ==, 1);
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "linked");
  g_assert_cmpstr (op_field (t, "match", match_id ("C1", "C2"), "decided_by"), ==, op_id ("a-sup"));
  g_assert_true (sees (t, "a-sup", "C1", "C2"));
  g_assert_false (sees (t, "a-cc", "C1", "C2"));
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "no"), "noop"); /* people said it */
  op_assert (t, "a-sup", "match.unlink", the_match ("C1", "C2"), "applied");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "noop");
  op_assert (t, "a-rm", "match.link", by_hand ("C1", "C2"), "stale_state"); /* nor is that undone without a word */
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "dismissed");
}

/* What somebody decided wrongly is no final word: by who has read when it was decided, and by nobody who has not. */
static void
test_decided_wrongly (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *when = NULL;

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  op_assert (t, "a-sup", "match.dismiss", the_match ("C1", "C2"), "applied");
  when = g_strdup (op_field (t, "match", match_id ("C1", "C2"), "decided_at"));
  op_advance (t, OP_DAY);
  op_assert (t, "a-cc", "match.link", kith_json_new ("match", "s", match_id ("C1", "C2"), "over", "s", "2026-01-01T00:00:00.000Z", NULL), "stale_state");
  op_assert (t, "a-cc", "match.link", kith_json_new ("match", "s", match_id ("C1", "C2"), "over", "s", when, NULL), "applied");
  g_assert_cmpstr (STATE (t, "C1", "C2"), ==, "linked");
}

/* C1, C14: another agency's client whom one sees by consent; not a restricted one. */
static void
test_by_hand_across (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "b-cc", "C2");
  findable (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "b-cc", "match.link", by_hand ("C1", "C2"), "not_found");
  op_assert (t, "b-cc", "client.open_shared", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "He came", NULL), "applied");
  op_assert (t, "b-cc", "match.link", by_hand ("C1", "C2"), "applied");
  g_assert_true (sees (t, "b-cc", "C1", "C2"));
  g_assert_true (sees (t, "b-sup", "C1", "C2"));
  g_assert_false (sees (t, "a-sup", "C1", "C2")); /* it does not see the other one */
  g_assert_false (sees (t, "net", "C1", "C2"));
  op_register (t, "b-cc", "C3");
  op_register (t, "b-cc", "C4");
  op_assert (t, "b-sup", "client.restrict", kith_json_new ("client", "s", op_id ("C3"), "restricted", "b", TRUE, "reason", "s", "Asked", NULL), "applied");
  op_assert (t, "b-cc", "match.link", by_hand ("C3", "C4"), "invalid");
  g_assert_null (op_get (t, "match", match_id ("C3", "C4")));
}

/* C1: who reaches the two by different rights says nothing that nobody would hold, and hears of nobody who said something. Set down as no operation writes it. */
static void
test_different_rights (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "b-cc", "C2");
  op_put_assignment (t, "C2", "a-rm", "B");
  op_assert (t, "a-rm", "match.link", by_hand ("C1", "C2"), "denied");
  g_assert_null (op_get (t, "match", match_id ("C1", "C2")));
  findable (t, "a-cc", "K1", "C1", "C");
  findable (t, "b-cc", "K2", "C2", "C");
  op_assert (t, "hub", "match.propose", pair ("C1", "C2", "link"), "applied");
  op_assert (t, "net", "match.dismiss", the_match ("C1", "C2"), "applied");
  op_assert (t, "a-rm", "match.link", by_hand ("C1", "C2"), "denied"); /* and not: so-and-so said meanwhile */
}

/* An older hub knows what it proposed itself alone; what is said of that goes out to it as before. */
static void
test_older_hub (void)
{
  const KithOperation *operation = kith_operation_get ("match.link");
  g_autoptr (JsonObject) two = by_hand ("C1", "C2"), proposed = the_match ("C1", "C2");

  g_assert_cmpint (kith_operation_needs (operation, two, 5), ==, 6);
  g_assert_cmpint (kith_operation_needs (operation, proposed, 5), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/match/chain", test_chain);
  g_test_add_func ("/model/op-match/within-an-agency", test_within_an_agency);
  g_test_add_func ("/model/op-match/across-agencies-C14", test_across_agencies);
  g_test_add_func ("/model/op-match/found-no-more-C14", test_found_no_more);
  g_test_add_func ("/model/op-match/restricted-never", test_restricted);
  g_test_add_func ("/model/op-match/remembered", test_remembered);
  g_test_add_func ("/model/op-match/told-apart", test_told_apart);
  g_test_add_func ("/model/op-match/told-apart-across", test_told_apart_across);
  g_test_add_func ("/model/op-match/withdrawn", test_withdrawn);
  g_test_add_func ("/model/op-match/link-after-dismissal", test_link_after_dismissal);
  g_test_add_func ("/model/op-match/by-hand", test_by_hand);
  g_test_add_func ("/model/op-match/decided-wrongly", test_decided_wrongly);
  g_test_add_func ("/model/op-match/by-hand-across-C1-C14", test_by_hand_across);
  g_test_add_func ("/model/op-match/C1-different-rights", test_different_rights);
  g_test_add_func ("/model/op-match/2.10-older-hub", test_older_hub);
  return g_test_run ();
}
