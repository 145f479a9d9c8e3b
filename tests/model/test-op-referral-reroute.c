/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.reroute: design.md 2.4 (scopes), D2, P14, P17. */

#include "op-fixture.h"

static JsonObject *
args (const char *service)
{
  JsonObject *steps = op_step_args ("R1", "sent");

  json_object_set_string_member (steps, "service", op_id (service));
  return steps;
}

/* C1 of A, with consent for B and C, sent to B's service S; C has SC, B has S2 too. */
static OpFixture *
sent (void)
{
  OpFixture *t = op_fixture_new ();
  g_autofree char *key = g_strconcat (op_id ("c-rm"), ":", op_id ("SC"), NULL);
  g_autofree char *id = kith_id_natural ("staff_service", key);

  op_put (t, "service", op_id ("SC"), kith_json_new ("organization_id", "s", op_id ("C"), "name", "s", "Service SC", "status", "s", "active", "direct", "b", TRUE, NULL));
  op_put (t, "service", op_id ("S2"), kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", "Service S2", "status", "s", "active", "direct", "b", TRUE, NULL));
  op_put (t, "staff_service", id, kith_json_new ("staff", "s", op_id ("c-rm"), "service", "s", op_id ("SC"), "agency", "s", op_id ("C"), NULL));
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_send (t, "a-cc", "R1", "C1", "S");
  return t;
}

static const char *
field (OpFixture *t, const char *name)
{
  return op_field (t, "referral", op_id ("R1"), name);
}

/* The former receiver's sight ends, the new one's begins; the former one's own words stay its own, for its people of then. */
static void
test_sight (void)
{
  g_autoptr (OpFixture) t = sent ();

  op_assert (t, "b-rm", "referral.private_note", kith_json_new ("referral", "s", op_id ("R1"), "text", "s", "Full until May.", NULL), "applied");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  op_advance (t, 5 * OP_DAY);
  op_assert (t, "a-cc", "referral.reroute", args ("SC"), "applied");
  g_assert_cmpstr (field (t, "agency_to"), ==, op_id ("C"));
  g_assert_cmpstr (field (t, "service"), ==, op_id ("SC"));
  g_assert_cmpstr (field (t, "resource_name"), ==, "Service SC");
  g_assert_cmpstr (field (t, "phase"), ==, "sent");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "2026-03-10"); /* D2: days of its own */
  g_assert_cmpint (kith_record_int (op_get (t, "referral", op_id ("R1")), "turn"), ==, 2);

  for (guint i = 0; i < 2; i++)
    {
      const char *scope = i == 0 ? "referral:R1" : "referral_detail:R1";

      g_assert_false (op_sees (t, "b-rm", scope));
      g_assert_false (op_sees (t, "b-sup", scope));
      g_assert_true (op_sees (t, "c-rm", scope));
      g_assert_true (op_sees (t, "c-sup", scope));
      g_assert_true (op_sees (t, "a-cc", scope));
    }
  g_assert_true (op_sees (t, "b-rm", "referral_own:R1:B"));
  g_assert_true (op_sees (t, "b-sup", "referral_own:R1:B"));
  g_assert_false (op_sees (t, "c-rm", "referral_own:R1:B"));
  g_assert_false (op_sees (t, "a-cc", "referral_own:R1:B"));
  g_assert_true (op_sees (t, "c-rm", "referral_own:R1:C"));

  /* P17: told without where it went; the new one is asked (D2). */
  g_assert_cmpuint (op_count_with (t, "notice", "type", "rerouted"), >, 0);
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("c-rm")), ==, 1);
  op_assert (t, "c-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
}

/* Whoever had it never sees who has it now, and the other way round: the story tells it to the sender alone. */
static void
test_story (void)
{
  g_autoptr (OpFixture) t = sent ();
  g_autoptr (GPtrArray) events = NULL;
  guint n_own = 0;

  op_assert (t, "a-cc", "referral.reroute", args ("SC"), "applied");
  events = kith_world_find (op_world (t), NULL, "referral_event", "referral", op_id ("R1"), NULL, NULL);
  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *scope = kith_record_scope (events->pdata[i]);
      g_autofree char *own = op_expand ("referral_own:R1:A");
      const char *text = kith_record_string (events->pdata[i], "text");

      if (g_str_equal (scope, own))
        n_own += text != NULL && strstr (text, "Service S") != NULL;
      else
        g_assert_true (text == NULL || strstr (text, "Service") == NULL);
    }
  g_assert_cmpuint (n_own, ==, 1);
}

static void
test_who (void)
{
  static const struct { const char *who, *service, *expected; } rows[] = {
    { "a-cc", "SC", "applied" }, { "a-sup", "SC", "applied" }, { "b-rm", "S2", "applied" }, { "b-sup", "S2", "applied" },
    { "b-rm", "SC", "denied" }, { "b-rm2", "S2", "not_found" }, { "c-rm", "SC", "not_found" }, { "a-cc2", "SC", "not_found" }, { "net", "SC", "not_found" },
    { "a-cc", "S-info", "not_direct" }, { "a-cc", "S", "noop" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = sent ();

      g_test_message ("%s %s", rows[i].who, rows[i].service);
      op_assert (t, rows[i].who, "referral.reroute", args (rows[i].service), rows[i].expected);
    }
}

/* Not without the client's word, not once somebody answered, not over what another agency wrote. */
static void
test_refused (void)
{
  g_autoptr (OpFixture) t = sent ();

  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K2"), "reason", "s", "No.", NULL), "applied");
  op_assert (t, "a-cc", "referral.reroute", args ("SC"), "consent_missing");
  op_assert (t, "a-cc", "referral.reroute", args ("SA"), "applied"); /* B = A needs none */
  g_assert_cmpstr (field (t, "agency_to"), ==, op_id ("A"));
  {
    g_autoptr (OpFixture) other = sent ();

    op_assert (other, "b-rm", "referral.note", kith_json_new ("referral", "s", op_id ("R1"), "text", "s", "Is she still in town?", NULL), "applied");
    op_assert (other, "a-cc", "referral.reroute", args ("SC"), "invalid");
    op_assert (other, "b-rm", "referral.reroute", args ("S2"), "applied"); /* the same agency may read it */
    op_assert (other, "b-sup", "referral.accept", op_step_args ("R1", "sent"), "applied");
    op_assert (other, "a-cc", "referral.reroute", args ("SC"), "stale_state");
  }
}

static JsonObject *
release (void)
{
  return kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", "2027-01-01T00:00:00.000Z", "basis", "s", "written_release", NULL);
}

/* C5, C15: what was released to one agency is not released to the next; the sender may bring another release. */
static void
test_release (void)
{
  g_autoptr (OpFixture) t = sent ();
  JsonObject *send = op_send_args ("R3", NULL, "direct", "S"), *move;

  json_object_remove_member (send, "client");
  json_object_set_string_member (send, "contact_name", "Somebody");
  json_object_set_string_member (send, "number", "KA-0010");
  json_object_set_object_member (send, "release", release ());
  op_assert (t, "a-cc", "referral.send", send, "applied");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R3"));
  move = kith_json_new ("referral", "s", op_id ("R3"), "from", "s", "sent", "service", "s", op_id ("SC"), NULL);
  op_assert (t, "a-cc", "referral.reroute", json_object_ref (move), "consent_missing");
  g_assert_false (op_sees (t, "c-rm", "referral_detail:R3"));
  json_object_set_object_member (move, "release", release ());
  op_assert (t, "a-cc", "referral.reroute", move, "applied");
  g_assert_true (op_sees (t, "c-rm", "referral_detail:R3"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R3"));
}

/* C5: nor does one that the sender writes for a client with a record, wherever it goes next. */
static void
test_release_of_a_client (void)
{
  g_autoptr (OpFixture) t = sent ();
  JsonObject *move = kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "sent", "service", "s", op_id ("SC"), NULL);

  json_object_set_object_member (move, "release", release ());
  op_assert (t, "a-cc", "referral.reroute", move, "consent_missing");
  g_assert_false (op_sees (t, "c-rm", "referral_detail:R1"));
}

/* U10, C4, C5: whoever receives it cannot open to itself what the client did not give, nor outlive a revocation: neither by passing it to the own
 * agency, nor can 2-1-1 by passing it on. */
static void
test_release_is_the_senders (void)
{
  static const char *const who[] = { "b-rm", "b-sup", "net" };
  g_autoptr (OpFixture) t = sent ();
  JsonObject *with = args ("S2");

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
  op_assert (t, "a-cc", "queue.place", kith_json_new ("referral", "s", op_id ("R1"), "queue", "s", op_id ("Q"), NULL), "applied");
  json_object_set_object_member (with, "release", release ());
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      const char *got = op_run (t, who[i], "referral.reroute", json_object_ref (with));

      g_assert_true (g_str_equal (got, "denied") || g_str_equal (got, "not_found"));
    }
  g_assert_null (kith_record_array (op_natural (t, "referral_detail", "R1"), "release_classes"));
  op_assert (t, "b-rm", "referral.reroute", args ("S2"), "applied");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "No.", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  json_object_unref (with);
}

/* P17: what was written while one had it and comes when another has it is one's own, and overwrites nothing. */
static void
test_late_words (void)
{
  g_autoptr (OpFixture) t = sent ();
  g_autoptr (GPtrArray) events = NULL;
  guint n = 0;

  op_advance (t, OP_DAY);
  op_assert (t, "a-cc", "referral.reroute", args ("SC"), "applied");
  op_set_had (t, "b-rm");
  op_assert (t, "b-rm", "referral.note", kith_json_new ("referral", "s", op_id ("R1"), "text", "s", "We have no room.", NULL), "applied");
  op_assert (t, "b-rm", "referral.record_contact",
             kith_json_new ("referral", "s", op_id ("R1"), "how", "s", "phone", "result", "s", "reached", "text", "s", "Spoke to her.", NULL), "applied");
  op_set_had (t, NULL);
  g_assert_cmpstr (field (t, "note"), ==, "Speaks Spanish.");
  events = kith_world_find (op_world (t), NULL, "referral_event", "referral", op_id ("R1"), NULL, NULL);
  for (guint i = 0; i < events->len; i++)
    if (kith_record_is (events->pdata[i], "agency", op_id ("B")))
      {
        g_assert_true (kith_record_bool (events->pdata[i], "private"));
        n++;
      }
  g_assert_cmpuint (n, ==, 2);
}

/* Files of who had it do not go along; a reroute that did not see another is asked again. */
static void
test_files_and_turns (void)
{
  g_autoptr (OpFixture) t = sent ();
  g_autofree char *detail = kith_id_natural ("referral_detail", op_id ("R1"));
  JsonObject *again = args ("SC");

  op_assert (t, "b-rm", "document.attach",
             kith_json_new ("id", "s", op_id ("F1"), "t", "s", "referral_detail", "record", "s", detail, "type", "s", "other", "name", "s", "a.pdf",
                            "media_type", "s", "application/pdf", "size", "i", (gint64) 10, "sha256", "s",
                            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", NULL),
             "applied");
  op_assert (t, "a-cc", "referral.reroute", args ("SC"), "invalid");
  op_assert (t, "b-rm", "referral.reroute", args ("S2"), "applied");
  json_object_set_int_member (again, "turn", 1);
  op_assert (t, "a-cc", "referral.reroute", again, "stale_state");
}

/* U7: 2-1-1 hands on what came to its queue, and goes on seeing it there. */
static void
test_queue (void)
{
  g_autoptr (OpFixture) t = sent ();
  JsonObject *send = op_send_args ("R2", "C1", "warm", NULL), *move;

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K3"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
             "applied");
  json_object_set_string_member (send, "queue", op_id ("Q"));
  json_object_set_string_member (send, "number", "KA-0009");
  op_assert (t, "a-cc", "referral.send", send, "applied");
  g_assert_true (op_sees (t, "net", "referral_detail:R2"));
  move = kith_json_new ("referral", "s", op_id ("R2"), "from", "s", "sent", "service", "s", op_id ("S"), NULL);
  op_assert (t, "net", "referral.reroute", move, "applied");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R2"));
  g_assert_true (op_sees (t, "net", "referral_detail:R2"));
  op_assert (t, "b-rm", "referral.accept", kith_json_new ("referral", "s", op_id ("R2"), "from", "s", "sent", NULL), "applied");
}

/* One agency answers at a time (design.md 2.4), so these are the races there are: the answer against sending it elsewhere, two colleagues, two of 2-1-1 who
 * hand on what waits in a queue to two agencies of it. The first that reaches the hub counts; the other is refused, changes nothing, and learns how it
 * stands, by whom, and of which agency where that is another than the own. */
static void
test_races (void)
{
  enum { ANSWERED_FIRST, SENT_ON_FIRST, COLLEAGUES, HANDED_ON_FIRST, HANDED_ON_ANSWERED };
  static const struct { const char *result, *phase, *by, *agency, *agency_to; } cases[] = {
    [ANSWERED_FIRST] = { "stale_state", "accepted", "b-rm", "B", "B" },
    [SENT_ON_FIRST] = { "access_ended", NULL, NULL, NULL, "C" }, /* P17: where it is now is not theirs to know */
    [COLLEAGUES] = { "stale_state", "accepted", "b-rm", NULL, "B" },
    [HANDED_ON_FIRST] = { "stale_state", "sent", NULL, NULL, "B" },
    [HANDED_ON_ANSWERED] = { "stale_state", "accepted", "b-rm", "B", "B" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = sent ();
      JsonObject *second = args ("SC"), *decline = op_step_args ("R1", "sent");
      const char *who = "a-cc", *operation = "referral.reroute", *got;

      g_test_message ("case %u", i);
      json_object_set_string_member (decline, "reason", "no_capacity");
      json_object_set_int_member (second, "turn", 1);
      if (i == HANDED_ON_FIRST || i == HANDED_ON_ANSWERED)
        {
          JsonObject *first = args ("S");

          op_put (t, "staff", op_id ("net-2"), kith_json_new ("given_name", "s", "net-2", "name", "s", "net-2", "level", "s", "network", "active", "b", TRUE, NULL));
          op_assert (t, "a-cc", "referral.recall", op_step_args ("R1", "sent"), "applied");
          op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
          op_assert (t, "net", "queue.link", kith_json_new ("queue", "s", op_id ("Q"), "add", "a", kith_json_strings (op_id ("B"), op_id ("C"), NULL), NULL), "applied");
          op_assert (t, "a-cc", "consent.record",
                     kith_json_new ("id", "s", op_id ("K3"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                    kith_json_strings ("network", NULL), "how", "s", "verbal", NULL), "applied");
          {
            JsonObject *send = op_send_args ("R2", "C1", "warm", NULL);

            json_object_set_string_member (send, "queue", op_id ("Q"));
            json_object_set_string_member (send, "number", "KA-0009");
            op_assert (t, "a-cc", "referral.send", send, "applied");
          }
          json_object_set_string_member (first, "referral", op_id ("R2"));
          json_object_set_string_member (second, "referral", op_id ("R2"));
          json_object_set_int_member (first, "turn", 1);
          who = "net-2";
          op_assert (t, "net", "referral.reroute", first, "applied");
          if (i == HANDED_ON_ANSWERED)
            op_assert (t, "b-rm", "referral.accept", op_step_args ("R2", "sent"), "applied");
        }
      else if (i == SENT_ON_FIRST)
        {
          op_assert (t, "a-cc", "referral.reroute", json_object_ref (second), "applied");
          op_set_ended (t, "b-rm");
          who = "b-rm", operation = "referral.accept";
        }
      else
        op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
      if (i == COLLEAGUES)
        who = "b-sup", operation = "referral.decline";
      got = op_run (t, who, operation, i == COLLEAGUES ? json_object_ref (decline) : i == SENT_ON_FIRST ? op_step_args ("R1", "sent") : json_object_ref (second));
      g_assert_cmpstr (got, ==, cases[i].result);
      g_assert_cmpstr (op_field (t, "referral", op_id (i >= HANDED_ON_FIRST ? "R2" : "R1"), "agency_to"), ==, op_id (cases[i].agency_to));
      if (i == HANDED_ON_FIRST)
        g_assert_nonnull (strstr (op_message (t), "Somebody sent this referral elsewhere already"));
      if (cases[i].by != NULL)
        {
          g_assert_cmpstr (kith_json_string (op_now (t), "phase"), ==, cases[i].phase);
          g_assert_cmpstr (kith_json_string (op_now (t), "by"), ==, cases[i].by);
          g_assert_nonnull (kith_json_string (op_now (t), "at"));
          g_assert_cmpstr (kith_json_string (op_now (t), "agency"), ==, cases[i].agency != NULL ? op_field (t, "organization", op_id (cases[i].agency), "name") : NULL);
        }
      json_object_unref (second);
      json_object_unref (decline);
    }
}

/* P17, C11: whose part in it has ended learns whom to ask: their own agency, where it is one of its own; not where the client was sent since. */
static void
test_ended_own (void)
{
  static const struct { const char *who, *agency;
  } cases[] = { { "a-cc2", "Agency A" }, { "b-rm", "Agency A" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = sent ();

      op_assert (t, "a-cc", "referral.reroute", args ("SC"), "applied");
      op_set_ended (t, cases[i].who);
      op_assert (t, cases[i].who, "referral.recall", op_step_args ("R1", "sent"), "access_ended");
      g_assert_cmpstr (kith_json_string (op_now (t), "number"), ==, field (t, "number"));
      g_assert_cmpstr (kith_json_string (op_now (t), "agency"), ==, cases[i].agency);
    }
}

/* C15: an agency that has become a victim service agency names its client to no other agency, as when it sends at once; within one agency nothing is told anew. */
static void
test_victim_service (void)
{
  static const struct { const char *service, *expected;
  } cases[] = { { "SC", "denied" }, { "S2", "applied" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = sent ();
      g_autofree char *settings = kith_id_natural ("agency_settings", op_id ("A"));

      op_set (t, "agency_settings", settings, "victim_service", json_node_init_boolean (json_node_alloc (), TRUE));
      op_assert (t, "a-cc", "referral.reroute", args (cases[i].service), cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-referral-reroute/sight", test_sight);
  g_test_add_func ("/model/op-referral-reroute/story", test_story);
  g_test_add_func ("/model/op-referral-reroute/who", test_who);
  g_test_add_func ("/model/op-referral-reroute/refused", test_refused);
  g_test_add_func ("/model/op-referral-reroute/release-C5-C15", test_release);
  g_test_add_func ("/model/op-referral-reroute/release-of-a-client-C5", test_release_of_a_client);
  g_test_add_func ("/model/op-referral-reroute/release-is-the-senders-U10-C4", test_release_is_the_senders);
  g_test_add_func ("/model/op-referral-reroute/late-words-P17", test_late_words);
  g_test_add_func ("/model/op-referral-reroute/files-and-turns", test_files_and_turns);
  g_test_add_func ("/model/op-referral-reroute/queue-U7", test_queue);
  g_test_add_func ("/model/op-referral-reroute/races-D8-P17", test_races);
  g_test_add_func ("/model/op-referral-reroute/ended-P17-C11", test_ended_own);
  g_test_add_func ("/model/op-referral-reroute/victim-service-C15", test_victim_service);
  return g_test_run ();
}
