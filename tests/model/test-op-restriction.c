/* SPDX-License-Identifier: GPL-3.0-or-later */

/* amendment.* of another type than a correction (C19; 45 CFR 164.522): what the client wants kept from somebody, or how to be reached. */

#include "op-fixture.h"

static JsonObject *
ask_args (const char *type, const char *day)
{
  return kith_json_new ("id", "s", op_id ("Q1"), "client", "s", op_id ("C1"), "type", "s", type, "about", "s", "Do not say that I stay here", "whom", "s", "My employer",
                        "asked_on", "s", day, NULL);
}

#define KEEP "Say nothing about her to callers"

/* What is accepted that is no correction needs what colleagues keep to. */
static JsonObject *
decide_args (const char *type, gboolean accepted, const char *basis, const char *reason, const char *day)
{
  gboolean correction = type == NULL || g_str_equal (type, "amendment");

  return kith_json_new ("request", "s", op_id ("Q1"), "type", "s", type, "answer", "s", accepted ? "accepted" : "refused", "basis", "s", basis, "reason", "s", reason, "keep", "s",
                        accepted && !correction ? KEEP : NULL, "decided_on", "s", day, NULL);
}

static JsonObject *
end_args (gboolean agreed, const char *reason, const char *day)
{
  return kith_json_new ("request", "s", op_id ("Q1"), "agreed", "b", agreed, "end_reason", "s", reason, "ended_on", "s", day, NULL);
}

/* C1 is B's by consent as well; a-cc2 of A is not on it, a-admin is A's privacy officer. */
static OpFixture *
fixture_new (void)
{
  OpFixture *t = op_fixture_new ();
  JsonNode *duties = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (duties, kith_json_strings ("privacy_officer", NULL));
  op_register (t, "a-cc", "C1");
  op_set (t, "staff", op_id ("a-admin"), "duties", duties);
  op_consent (t, "a-cc", "K9", "C1", "B");
  op_put (t, "care", op_id ("opened"),
          kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("B"), "since", "s", "2026-03-01T00:00:00.000Z", "opened_at", "s", "2026-03-01T00:00:00.000Z", NULL));
  return t;
}

/* What colleagues keep to. Yours */
static char *
agreed_id (void)
{
  return kith_id_natural ("alert", op_id ("Q1"));
}

static void
assert_seen_by (OpFixture *t, const char *kind, const char *id, const char *whose)
{
  static const char *const people[] = { "a-admin", "a-cc", "a-cc2", "a-rm", "a-sup", "b-rm", "b-sup", "net" };
  g_autofree char *scope = kith_record_scope (op_get (t, kind, id));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (KithActor) actor = op_actor (t, people[i]);

      if (kith_world_sees (op_world (t), actor, scope) == KITH_SEES_NOW)
        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", people[i]);
    }
  g_assert_cmpstr (names->str, ==, whose);
}

#define ANSWERERS "a-admin a-cc a-sup" /* and who took it down */
#define WORKERS "a-cc a-rm a-sup"      /* at that agency alone */

/* The answer, by type. That a restriction is refused needs words, not one of the grounds of a correction; which an older desk asks for all the same. */
static void
test_answer (void)
{
  static const struct { const char *type; gboolean accepted; const char *basis, *reason, *expected, *kept; } cases[] = {
    { NULL, FALSE, "accurate", NULL, "applied", "accurate" },
    { NULL, FALSE, NULL, "No", "reason_required", "" },
    { "amendment", FALSE, NULL, "No", "reason_required", "" },
    { "amendment", TRUE, NULL, NULL, "applied", "" },
    { "restriction", TRUE, NULL, NULL, "applied", "" },
    { "restriction", FALSE, NULL, "The law says otherwise", "applied", "" },
    { "restriction", FALSE, NULL, " ", "reason_required", "" },
    { "restriction", FALSE, "not_ours", NULL, "reason_required", "" },
    { "restriction", FALSE, "not_ours", "The law says otherwise", "applied", "" }, /* no ground of a correction */
    { "restriction", TRUE, "not_ours", NULL, "invalid", "" },
    { "contact", TRUE, NULL, "We write to your sister", "applied", "" },
    { "contact", FALSE, NULL, NULL, "reason_required", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      g_test_message ("%u", i);
      op_assert (t, "a-cc", "amendment.ask", ask_args (cases[i].type, "2026-02-20"), "applied");
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "type"), ==, cases[i].type != NULL ? cases[i].type : "");
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "due_on"), ==, "2026-04-21"); /* the agency's own sixty days */
      op_assert (t, "a-cc", "amendment.decide", decide_args (cases[i].type, cases[i].accepted, cases[i].basis, cases[i].reason, "2026-03-01"), "denied");
      op_assert (t, "a-sup", "amendment.decide", decide_args (cases[i].type, cases[i].accepted, cases[i].basis, cases[i].reason, "2026-03-01"), cases[i].expected);
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "basis"), ==, cases[i].kept);
    }
  {
    g_autoptr (OpFixture) t = fixture_new ();

    op_assert (t, "a-cc", "amendment.ask", ask_args ("favour", "2026-02-20"), "invalid");
    op_assert (t, "a-cc", "amendment.ask", ask_args ("restriction", "2026-02-20"), "applied");
    op_assert (t, "a-sup", "amendment.decide", decide_args ("restriction", FALSE, NULL, "No", "2026-03-01"), "applied");
    op_assert (t, "a-sup", "amendment.disagree", /* 164.526(d) is of corrections */
               kith_json_new ("request", "s", op_id ("Q1"), "disagreement", "s", "But", "disagreed_on", "s", "2026-03-01", NULL), "stale_state");
    op_assert (t, "a-sup", "amendment.decide", decide_args ("restriction", TRUE, NULL, NULL, "2026-03-01"), "stale_state");
  }
}

/* C1, C11: what is asked is for those who answer and who took it down, and stays so: the client's words may be of their health. What was agreed whoever of that agency works with
 * the client reads, without the health permission too, in the words of whoever answered, until it ends; nobody of another agency, whatever the client consents to. */
static void
test_sight (void)
{
  static const char *const types[] = { "restriction", "contact" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();
      g_autofree char *id = NULL;

      op_assert (t, "a-cc", "amendment.ask", ask_args (types[i], "2026-02-20"), "applied");
      op_assert (t, "a-sup", "amendment.decide", decide_args (types[i], TRUE, NULL, "The front desk knows", "2026-02-25"), "applied");
      g_assert_true (op_sees (t, "b-sup", "care:C1:A"));
      g_assert_true (op_sees (t, "b-sup", "client:C1"));
      id = agreed_id ();
      g_assert_cmpstr (op_field (t, "alert", id, "text"), ==, KEEP);
      g_assert_cmpstr (op_field (t, "alert", id, "kept"), ==, types[i]);
      g_assert_cmpstr (op_field (t, "alert", id, "client"), ==, op_id ("C1"));
      assert_seen_by (t, "amendment_request", op_id ("Q1"), ANSWERERS);
      assert_seen_by (t, "alert", id, WORKERS);
      op_assert (t, "a-sup", "client.restrict", kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", TRUE, "reason", "s", "She asked", NULL), "applied");
      assert_seen_by (t, "alert", id, "a-cc a-sup");
      op_assert (t, "a-sup", "client.restrict", kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", FALSE, "reason", "s", "Over", NULL), "applied");
      assert_seen_by (t, "alert", id, WORKERS);
      op_assert (t, "a-sup", "alert.clear", kith_json_new ("alert", "s", id, NULL), "invalid"); /* it ends where it was answered */
      op_assert (t, "a-sup", "amendment.end", end_args (TRUE, "She asked for it", "2026-03-01"), "applied");
      assert_seen_by (t, "amendment_request", op_id ("Q1"), ANSWERERS);
      assert_seen_by (t, "alert", id, "");
      g_assert_cmpstr (op_field (t, "alert", id, "cleared_by"), ==, op_id ("a-sup"));
    }
  {
    g_autoptr (OpFixture) t = fixture_new ();

    op_assert (t, "a-cc", "amendment.ask", ask_args (NULL, "2026-02-20"), "applied");
    op_assert (t, "a-sup", "amendment.decide", decide_args (NULL, TRUE, NULL, NULL, "2026-02-25"), "applied");
    assert_seen_by (t, "amendment_request", op_id ("Q1"), ANSWERERS); /* a correction binds nobody */
    g_assert_cmpuint (op_count_with (t, "alert", "client", op_id ("C1")), ==, 0);
  }
}

/* What is accepted says what colleagues keep to, and nothing else does. An older desk, which shows every request as a correction, answers none that is something else. */
static void
test_meant (void)
{
  static const struct { const char *asked, *answered; gboolean accepted; const char *keep, *expected; } cases[] = {
    { "restriction", "restriction", TRUE, KEEP, "applied" },
    { "restriction", "restriction", TRUE, NULL, "reason_required" },
    { "restriction", "restriction", TRUE, "  ", "reason_required" },
    { "restriction", "restriction", FALSE, KEEP, "invalid" },
    { "restriction", NULL, TRUE, NULL, "invalid" },
    { "restriction", NULL, FALSE, NULL, "invalid" },
    { "restriction", "contact", TRUE, KEEP, "invalid" },
    { "contact", "amendment", TRUE, NULL, "invalid" },
    { NULL, "restriction", TRUE, KEEP, "invalid" },
    { NULL, "amendment", TRUE, NULL, "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      g_test_message ("%u", i);
      op_assert (t, "a-cc", "amendment.ask", ask_args (cases[i].asked, "2026-02-20"), "applied");
      op_assert (t, "a-sup", "amendment.decide",
                 kith_json_new ("request", "s", op_id ("Q1"), "answer", "s", cases[i].accepted ? "accepted" : "refused", "type", "s", cases[i].answered, "keep", "s", cases[i].keep,
                                "reason", "s", "So it is", "decided_on", "s", "2026-02-25", NULL),
                 cases[i].expected);
      g_assert_cmpuint (op_count_with (t, "alert", "client", op_id ("C1")), ==, cases[i].asked != NULL && g_str_equal (cases[i].expected, "applied"));
    }
}

/* Two answer the same request, the second one perhaps at a desk that knows nothing of restrictions, or says less: the first answer stands, and the second is told by whom and
 * when it was given, not what would be wrong with an answer that nobody asks for any more. */
static void
test_second (void)
{
  static const struct { const char *type; gboolean accepted; const char *basis, *reason, *keep, *expected; } cases[] = {
    { "restriction", TRUE, NULL, "So it is", KEEP, "noop" },
    { "restriction", TRUE, NULL, "So it is", "Other words", "stale_state" },
    { "restriction", TRUE, NULL, "So it is", NULL, "stale_state" },
    { "restriction", FALSE, NULL, "No", NULL, "stale_state" },
    { "restriction", FALSE, NULL, NULL, NULL, "stale_state" },
    { NULL, TRUE, NULL, NULL, NULL, "stale_state" },
    { NULL, FALSE, "not_ours", "No", NULL, "stale_state" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();
      g_autofree char *id = agreed_id ();

      g_test_message ("%u", i);
      op_assert (t, "a-cc", "amendment.ask", ask_args ("restriction", "2026-02-20"), "applied");
      op_assert (t, "a-sup", "amendment.decide", decide_args ("restriction", TRUE, NULL, "So it is", "2026-02-25"), "applied");
      op_assert (t, "a-admin", "amendment.decide",
                 kith_json_new ("request", "s", op_id ("Q1"), "answer", "s", cases[i].accepted ? "accepted" : "refused", "type", "s", cases[i].type, "basis", "s", cases[i].basis,
                                "keep", "s", cases[i].keep, "reason", "s", cases[i].reason, "decided_on", "s", "2026-02-26", NULL),
                 cases[i].expected);
      if (g_str_equal (cases[i].expected, "stale_state"))
        g_assert_cmpstr (op_message (t), ==, "a-sup has already answered this, on 2026-02-25. Nothing was changed.");
      g_assert_cmpstr (op_field (t, "alert", id, "text"), ==, KEEP);
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "decided_on"), ==, "2026-02-25");
    }
}

/* 164.522(a)(2)(iii): without the client's agreement what came before the end stays restricted, so that colleagues go on keeping to it; the client may agree later. Whoever took
 * it down is told each time, and tells the client. */
static void
test_end_not_agreed (void)
{
  g_autoptr (OpFixture) t = fixture_new ();
  g_autofree char *id = agreed_id ();

  op_assert (t, "a-cc", "amendment.ask", ask_args ("restriction", "2026-02-20"), "applied");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("restriction", TRUE, NULL, NULL, "2026-02-25"), "applied");
  op_assert (t, "a-sup", "amendment.end", end_args (FALSE, "We cannot keep to it", "2026-03-01"), "applied");
  g_assert_cmpstr (op_field (t, "alert", id, "kept_until"), ==, "2026-03-01");
  g_assert_cmpstr (op_field (t, "alert", id, "cleared_at"), ==, "");
  assert_seen_by (t, "alert", id, WORKERS);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_ended"), ==, 1);
  op_assert (t, "a-sup", "amendment.end", end_args (FALSE, "We cannot keep to it", "2026-03-01"), "noop");
  op_assert (t, "a-sup", "amendment.end", end_args (FALSE, "Otherwise", "2026-03-02"), "stale_state");
  op_assert (t, "a-sup", "amendment.end", end_args (TRUE, "She agrees", "2026-03-02"), "applied");
  assert_seen_by (t, "alert", id, "");
  g_assert_cmpuint (op_count_with (t, "field_history", "field", "ended_on"), ==, 1); /* what was said first */
  g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_ended"), ==, 2);
  op_assert (t, "a-sup", "amendment.end", end_args (TRUE, "Otherwise", "2026-03-02"), "stale_state");
}

/* 164.522(a)(2): what was agreed is ended once, by those who answer, with a day and a reason; nothing else is. */
static void
test_end (void)
{
  static const struct { const char *type; int answer; const char *who, *reason, *day, *expected; } cases[] = {
    { "restriction", 1, "a-sup", "She asked for it", "2026-03-01", "applied" },
    { "contact", 1, "a-admin", "She moved", "2026-02-25", "applied" },
    { "restriction", 1, "a-cc", "She asked for it", "2026-03-01", "denied" },
    { "restriction", 1, "a-cc2", "She asked for it", "2026-03-01", "not_found" },
    { "restriction", 1, "b-sup", "She asked for it", "2026-03-01", "not_found" },
    { "restriction", 1, "net", "She asked for it", "2026-03-01", "not_found" },
    { "restriction", 1, "a-sup", " ", "2026-03-01", "invalid" },
    { "restriction", 1, "a-sup", "She asked for it", "2026-02-24", "invalid" }, /* before it was agreed */
    { "restriction", 1, "a-sup", "She asked for it", "2099-02-24", "invalid" },
    { "restriction", 0, "a-sup", "She asked for it", "2026-03-01", "stale_state" },
    { "restriction", -1, "a-sup", "She asked for it", "2026-03-01", "stale_state" },
    { NULL, 1, "a-sup", "She asked for it", "2026-03-01", "stale_state" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      g_test_message ("%u", i);
      op_assert (t, "a-cc", "amendment.ask", ask_args (cases[i].type, "2026-02-20"), "applied");
      if (cases[i].answer != 0)
        op_assert (t, "a-sup", "amendment.decide", decide_args (cases[i].type, cases[i].answer > 0, NULL, "So it is", "2026-02-25"), "applied");
      op_assert (t, cases[i].who, "amendment.end", end_args (TRUE, cases[i].reason, cases[i].day), cases[i].expected);
      if (!g_str_equal (cases[i].expected, "applied"))
        {
          g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "ended_on"), ==, "");
          continue;
        }
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "state"), ==, "accepted"); /* what was answered stays as it was */
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "ended_on"), ==, cases[i].day);
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "ended_by"), ==, op_id (cases[i].who));
      op_assert (t, cases[i].who, "amendment.end", end_args (TRUE, cases[i].reason, cases[i].day), "noop");
      op_assert (t, cases[i].who, "amendment.end", end_args (TRUE, "Otherwise", "2026-03-02"), "stale_state");
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "end_reason"), ==, cases[i].reason);
    }
}

/* The same days as for a correction. On a desk that does not hold it, it is left to the hub. */
static void
test_days (void)
{
  static const char *const held[] = { "dir", "agency:A", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = fixture_new ();

  g_assert_cmpstr (op_run_desk (t, "a-cc", held, "amendment.ask", ask_args ("restriction", "2026-03-01")), ==, "applied");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("restriction", "2026-03-01"), "applied");
  op_advance (t, G_GINT64_CONSTANT (45) * 24 * 3600 * 1000);
  op_assert (t, "hub", "amendment.remind", kith_json_new ("request", "s", op_id ("Q1"), NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_due"), ==, 2); /* the supervisor and the privacy officer */
  g_assert_cmpstr (op_run_desk (t, "a-sup", held, "amendment.decide", decide_args ("restriction", TRUE, NULL, NULL, "2026-03-02")), ==, "applied");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("restriction", TRUE, NULL, NULL, "2026-03-02"), "applied");
  g_assert_cmpstr (op_run_desk (t, "a-sup", held, "amendment.end", end_args (TRUE, "She asked for it", "2026-03-03")), ==, "applied");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/restriction/C19-answer", test_answer);
  g_test_add_func ("/model/restriction/C1-C11-C19-sight", test_sight);
  g_test_add_func ("/model/restriction/C19-meant", test_meant);
  g_test_add_func ("/model/restriction/C19-second", test_second);
  g_test_add_func ("/model/restriction/C19-end", test_end);
  g_test_add_func ("/model/restriction/C19-end-not-agreed", test_end_not_agreed);
  g_test_add_func ("/model/restriction/C19-days", test_days);
  return g_test_run ();
}
