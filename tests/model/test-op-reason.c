/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reason.put, and a decline or an outcome in the network's words: domain.md 2f; C4, C11, P12. */

#include "kith-referral-rules.h"
#include "op-fixture.h"

/* The id of the record of one of Kith's own; interned */
static const char *
builtin (const char *list, const char *code)
{
  g_autofree char *key = g_strconcat (list, ":", code, NULL);
  g_autofree char *id = kith_id_natural ("reason_term", key);

  return g_intern_string (id);
}

static JsonObject *
put_args (const char *id, const char *list, const char *code, const char *name, gboolean retired, gint64 seen)
{
  return kith_json_new ("id", "s", id, "list", "s", list, "code", "s", code, "name", "s", name, "retired", "b", retired, "seen", "i", seen, NULL);
}

static const char *const CLOSED = "Wait list closed for the season";

/* "T": a reason of the network's own that counts as no_capacity */
static OpFixture *
with_term (void)
{
  OpFixture *t = op_fixture_new ();

  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", CLOSED, FALSE, 0), "applied");
  return t;
}

static OpFixture *
waiting (void)
{
  OpFixture *t = with_term ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  return t;
}

static JsonObject *
decline_args (const char *reason, const char *term, const char *shown)
{
  JsonObject *args = op_step_args ("R1", "sent");

  json_object_set_string_member (args, "reason", reason);
  if (term != NULL)
    json_object_set_string_member (args, "reason_term", term);
  if (shown != NULL)
    json_object_set_string_member (args, "term_name", shown);
  return args;
}

/* A field of the line of that type in R1's timeline; "" when absent */
static const char *
event_field (OpFixture *t, const char *type, const char *field)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", op_id ("R1"), NULL);
  g_autoptr (GPtrArray) events = kith_world_find (op_world (t), scope, "referral_event", NULL, NULL, NULL, NULL);

  for (guint i = 0; i < events->len; i++)
    if (kith_record_is (events->pdata[i], "type", type))
      return kith_record_string (events->pdata[i], field) != NULL ? g_intern_string (kith_record_string (events->pdata[i], field)) : "";
  return "";
}

/* 2f: as with queues, the network's staff alone; everybody in the network reads what is offered. */
static void
test_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "net", "applied" }, { "hub", "applied" }, { "b-sup", "denied" }, { "b-admin", "denied" }, { "b-rm", "denied" }, { "b-cc", "denied" },
    { "b-portal", "denied" }, { "b-new", "denied" }, { "b-gone", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%s", cases[i].who);
      op_assert (t, cases[i].who, "reason.put", put_args (op_id ("T"), "outcome", "moved_away", "Left the county", FALSE, 0), cases[i].expected);
      op_assert (t, cases[i].who, "reason.put", put_args (builtin ("outcome", "no_show"), "outcome", "no_show", NULL, TRUE, 0), cases[i].expected);
    }
  {
    g_autoptr (OpFixture) t = with_term ();

    g_assert_cmpstr (kith_record_string (op_get (t, "reason_term", op_id ("T")), "list"), ==, "decline_reason");
    g_assert_true (op_sees (t, "b-cc", "dir"));
    g_assert_true (op_sees (t, "b-portal", "dir"));
  }
}

/* 2f: what can be on a list. */
static void
test_form (void)
{
  static const struct { const char *why, *id, *list, *code, *name; gboolean retired; const char *expected;
  } cases[] = {
    { "no such code", "U", "decline_reason", "full", "Full", FALSE, "invalid" },
    { "a code of the other list", "U", "outcome", "no_capacity", "Full", FALSE, "invalid" },
    { "no such list", "U", "status", "no_capacity", "Full", FALSE, "invalid" },
    { "no words", "U", "decline_reason", "safety", " ", FALSE, "invalid" },
    { "two lines", "U", "decline_reason", "safety", "Not\nsafe", FALSE, "invalid" },
    { "too long", "U", "decline_reason", "safety", "123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 1", FALSE, "invalid" },
    { "the same, once more", "U", "decline_reason", "safety", "WAIT LIST closed for the season ", FALSE, "invalid" },
    { "as one of Kith’s own", "U", "decline_reason", "safety", "no capacity", FALSE, "invalid" },
    { "Kith’s own by words of another", NULL, "decline_reason", "safety", "Wait list closed for the season", FALSE, "invalid" },
    { "the same in the other list", "U", "outcome", "waitlist_ended", "Wait list closed for the season", FALSE, "applied" },
    { "Kith’s own by other words", NULL, "decline_reason", "no_capacity", "We are full", FALSE, "applied" },
    { "Kith’s own, not offered", NULL, "decline_reason", "duplicate", NULL, TRUE, "applied" },
    { "other, by other words", NULL, "decline_reason", "other", "Something else", FALSE, "applied" },
    { "other, not offered", NULL, "decline_reason", "other", NULL, TRUE, "invalid" },
    { "other, not offered", NULL, "outcome", "other", NULL, TRUE, "invalid" },
    { "one that counts as other, not offered", "U", "decline_reason", "other", "The grant ended", TRUE, "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = with_term ();
      const char *id = cases[i].id != NULL ? op_id (cases[i].id) : builtin (cases[i].list, cases[i].code);

      g_test_message ("%s", cases[i].why);
      op_assert (t, "net", "reason.put", put_args (id, cases[i].list, cases[i].code, cases[i].name, cases[i].retired, 0), cases[i].expected);
    }
  {
    g_autoptr (OpFixture) t = with_term ();

    /* An id that is another's by nature. */
    op_assert (t, "net", "reason.put", put_args (builtin ("decline_reason", "safety"), "decline_reason", "duplicate", "Twice", FALSE, 0), "invalid");
    /* Its words are free once it is called something else, and then it cannot have them back. */
    op_assert (t, "net", "reason.put", put_args (builtin ("decline_reason", "safety"), "decline_reason", "safety", "Not safe here", FALSE, 0), "applied");
    op_assert (t, "net", "reason.put", put_args (op_id ("U"), "decline_reason", "other", "Safety", FALSE, 0), "applied");
    op_assert (t, "net", "reason.put", put_args (builtin ("decline_reason", "safety"), "decline_reason", "safety", NULL, FALSE, 1), "invalid");
    /* As it is called anyway: no words of the network's. */
    op_assert (t, "net", "reason.put", put_args (builtin ("outcome", "no_show"), "outcome", "no_show", "Did not come", TRUE, 0), "applied");
    g_assert_cmpstr (op_field (t, "reason_term", builtin ("outcome", "no_show"), "name"), ==, "");
  }
}

/* 2f: a need that was met can always be said to be. */
static void
test_resolved (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "net", "reason.put", put_args (builtin ("outcome", "need_met"), "outcome", "need_met", NULL, TRUE, 0), "applied");
  op_assert (t, "net", "reason.put", put_args (builtin ("outcome", "need_partly_met"), "outcome", "need_partly_met", NULL, TRUE, 0), "invalid");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "outcome", "need_met", "Housed", FALSE, 0), "applied");
  op_assert (t, "net", "reason.put", put_args (builtin ("outcome", "need_partly_met"), "outcome", "need_partly_met", NULL, TRUE, 0), "applied");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "outcome", "need_met", "Housed", TRUE, 1), "invalid");
}

/* 2f: list and code are for good; whoever changes an entry has seen it as it is. */
static void
test_changes (void)
{
  g_autoptr (OpFixture) t = with_term ();

  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "safety", CLOSED, FALSE, 1), "invalid");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "outcome", "waitlist_ended", CLOSED, FALSE, 1), "invalid");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", CLOSED, FALSE, 1), "noop");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Closed until spring", FALSE, 1), "applied");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Shut", FALSE, 1), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "name"), ==, "Closed until spring");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Shut", FALSE, 0), "stale_state");
  op_assert (t, "net", "reason.put", put_args (op_id ("U"), "decline_reason", "no_capacity", "Shut", FALSE, 1), "stale_state");
  g_assert_cmpstr (op_field (t, "reason_term", op_id ("T"), "name"), ==, "Closed until spring");
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Closed until spring", TRUE, 2), "applied");
  g_assert_true (kith_record_bool (op_get (t, "reason_term", op_id ("T")), "retired"));
  op_assert (t, "net", "reason.put", put_args (op_id ("U"), "decline_reason", "no_capacity", "Closed until Spring", FALSE, 0), "invalid");
  g_assert_nonnull (strstr (op_message (t), "not offered now"));
}

/* A list nobody reads to its end is none; a name that changes all the time neither. */
static void
test_bounds (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("Reason %u", i);

      op_assert (t, "net", "reason.put", put_args (op_id (name), "decline_reason", "other", name, FALSE, 0), "applied");
    }
  op_assert (t, "net", "reason.put", put_args (op_id ("Z"), "decline_reason", "other", "One more", FALSE, 0), "invalid");
  op_assert (t, "net", "reason.put", put_args (op_id ("Z"), "outcome", "other", "One more", FALSE, 0), "applied");
  op_assert (t, "net", "reason.put", put_args (builtin ("decline_reason", "safety"), "decline_reason", "safety", NULL, TRUE, 0), "applied");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("Again %u", i);

      op_assert (t, "net", "reason.put", put_args (op_id ("Z"), "outcome", "other", name, FALSE, i + 1), "applied");
    }
  op_assert (t, "net", "reason.put", put_args (op_id ("Z"), "outcome", "other", "Again and again", FALSE, 21), "invalid");
  op_assert (t, "net", "reason.put", put_args (op_id ("Z"), "outcome", "other", "Again 19", TRUE, 21), "applied");
}

/* 2f: the event has the code and the words; what more people hold than the detail has the code alone (P12, C11). */
static void
test_decline (void)
{
  g_autoptr (OpFixture) t = waiting ();

  op_assert (t, "b-rm", "referral.decline", decline_args ("no_capacity", op_id ("T"), CLOSED), "applied");
  g_assert_cmpstr (event_field (t, "declined", "reason"), ==, "no_capacity");
  g_assert_cmpstr (event_field (t, "declined", "term_name"), ==, CLOSED);
  g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "no_capacity");
  g_assert_null (kith_kind_get_field (kith_kind_get ("referral_course"), "term_name"));
  g_assert_null (kith_kind_get_field (kith_kind_get ("referral"), "term_name"));

  /* Another name for what is to come: history says what was said. */
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Closed until spring", FALSE, 1), "applied");
  g_assert_cmpstr (event_field (t, "declined", "term_name"), ==, CLOSED);
}

/* 2f: the words are the network's, as they were shown, and of the code chosen. */
static void
test_counts_as (void)
{
  static const struct { const char *why, *reason, *term, *shown, *expected, *words;
  } cases[] = {
    { "counts as something else", "safety", "T", NULL, "invalid", "" },
    { "of the other list", "other", "O", NULL, "invalid", "" },
    { "not on the list", "no_capacity", "U", NULL, "invalid", "" },
    { "none named", "no_capacity", NULL, NULL, "applied", "" },
    { "none named, words typed", "no_capacity", NULL, "Ana is ill", "applied", "" },
    { "as it is called now", "no_capacity", "T", "Closed until spring", "applied", "Closed until spring" },
    { "as it was called when it was chosen", "no_capacity", "T", "Wait list closed for the season", "applied", "Wait list closed for the season" },
    { "words that were never on the list", "no_capacity", "T", "Ana is ill", "applied", "Closed until spring" },
    { "no longer offered", "safety", "R", "Not safe here", "applied", "Not safe here" },
    { "other needs words", "other", NULL, NULL, "reason_required", "" },
    { "and has them", "other", "G", "The grant ended", "applied", "The grant ended" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting ();

      g_test_message ("%s", cases[i].why);
      op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Closed until spring", FALSE, 1), "applied");
      op_assert (t, "net", "reason.put", put_args (op_id ("R"), "decline_reason", "safety", "Not safe here", TRUE, 0), "applied");
      op_assert (t, "net", "reason.put", put_args (op_id ("G"), "decline_reason", "other", "The grant ended", FALSE, 0), "applied");
      op_assert (t, "net", "reason.put", put_args (op_id ("O"), "outcome", "other", "The grant ended", FALSE, 0), "applied");
      op_assert (t, "b-rm", "referral.decline", decline_args (cases[i].reason, cases[i].term != NULL ? op_id (cases[i].term) : NULL, cases[i].shown),
                 cases[i].expected);
      g_assert_cmpstr (event_field (t, "declined", "term_name"), ==, cases[i].words);
    }
}

/* "Other" by other words of the network's says no more than before. */
static void
test_other_renamed (void)
{
  g_autoptr (OpFixture) t = waiting ();
  const char *other = builtin ("decline_reason", "other");

  op_assert (t, "net", "reason.put", put_args (other, "decline_reason", "other", "Something else", FALSE, 0), "applied");
  op_assert (t, "b-rm", "referral.decline", decline_args ("other", other, "Something else"), "reason_required");
}

/* One of Kith's own had no other name when it was chosen, and gets its first before that arrives: what was shown were Kith's words, in the reader's language. */
static void
test_first_name (void)
{
  g_autoptr (OpFixture) t = waiting ();
  const char *own = builtin ("decline_reason", "no_capacity");

  op_assert (t, "net", "reason.put", put_args (own, "decline_reason", "no_capacity", NULL, TRUE, 0), "applied");
  op_assert (t, "net", "reason.put", put_args (own, "decline_reason", "no_capacity", "Full for now", FALSE, 1), "applied");
  op_assert (t, "b-rm", "referral.decline", decline_args ("no_capacity", own, NULL), "applied");
  g_assert_cmpstr (event_field (t, "declined", "reason"), ==, "no_capacity");
  g_assert_cmpstr (event_field (t, "declined", "term_name"), ==, "");
}

/* A desk that has not heard of it yet leaves it to the hub. */
static void
test_desk (void)
{
  static const char *const holds[] = { "referral:R1", "referral_course:R1", "referral_detail:R1", "agency:B", NULL };
  g_autoptr (OpFixture) t = waiting ();

  g_assert_cmpstr (op_run_desk (t, "b-rm", holds, "referral.decline", decline_args ("no_capacity", op_id ("T"), CLOSED)), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "net", holds, "reason.put", put_args (op_id ("U"), "outcome", "other", "Else", FALSE, 0)), ==, "online_only");
}

/* 2f: a decline that is to be confirmed keeps the words it was proposed with. */
static void
test_proposed (void)
{
  g_autoptr (OpFixture) t = waiting ();
  g_autofree char *key = g_strconcat (op_id ("R1"), ":", op_id ("B"), NULL), *own = kith_id_natural ("referral_own", key);
  JsonObject *confirm = op_step_args ("R1", "sent");

  op_assert (t, "net", "agency.configure",
             kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("confirm_declines", "b", TRUE, NULL), NULL), "applied");
  op_assert (t, "b-rm", "referral.decline", decline_args ("no_capacity", op_id ("T"), CLOSED), "applied");
  op_assert (t, "b-rm", "referral.decline", decline_args ("no_capacity", op_id ("T"), CLOSED), "noop");
  g_assert_cmpstr (op_field (t, "referral_own", own, "decline_name"), ==, CLOSED);
  op_assert (t, "net", "reason.put", put_args (op_id ("T"), "decline_reason", "no_capacity", "Closed until spring", FALSE, 1), "applied");
  json_object_set_boolean_member (confirm, "confirm", TRUE);
  op_assert (t, "b-sup", "referral.confirm_decline", confirm, "applied");
  g_assert_cmpstr (event_field (t, "declined", "term_name"), ==, CLOSED);
  g_assert_cmpstr (op_field (t, "referral_own", own, "decline_name"), ==, "");
}

/* C4: consent has ended. What was typed stays with who wrote it; code and the network's words, which were written for nobody, are told. */
static void
test_consent_ended (void)
{
  g_autoptr (OpFixture) t = waiting ();
  JsonObject *args = op_step_args ("R1", "accepted");

  op_assert (t, "net", "reason.put", put_args (op_id ("O"), "outcome", "moved_away", "Left the county", FALSE, 0), "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "Asked to", NULL), "applied");
  json_object_set_string_member (args, "outcome", "moved_away");
  json_object_set_string_member (args, "reason_term", op_id ("O"));
  json_object_set_string_member (args, "term_name", "Left the county");
  json_object_set_string_member (args, "text", "Lives with her sister");
  op_assert (t, "b-rm", "referral.close", args, "applied");
  g_assert_cmpstr (event_field (t, "closed", "outcome"), ==, "moved_away");
  g_assert_cmpstr (event_field (t, "closed", "term_name"), ==, "Left the county");
  g_assert_cmpstr (event_field (t, "closed", "text"), ==, "");
}

/* 2f: how it ended, at the referral's detail and in its timeline, until it is opened again. */
static void
test_close (void)
{
  g_autoptr (OpFixture) t = with_term ();
  JsonObject *args;

  op_assert (t, "net", "reason.put", put_args (op_id ("O"), "outcome", "need_met", "Housed", FALSE, 0), "applied");
  op_accepted (t, "R1");
  args = op_step_args ("R1", "accepted");
  json_object_set_string_member (args, "outcome", "no_show");
  json_object_set_string_member (args, "reason_term", op_id ("O"));
  op_assert (t, "b-rm", "referral.close", args, "invalid");
  args = op_step_args ("R1", "accepted");
  json_object_set_string_member (args, "outcome", "need_met");
  json_object_set_string_member (args, "reason_term", op_id ("O"));
  op_assert (t, "b-rm", "referral.close", args, "applied");
  g_assert_cmpstr (op_detail_field (t, "R1", "outcome"), ==, "need_met");
  g_assert_cmpstr (op_detail_field (t, "R1", "outcome_name"), ==, "Housed");
  g_assert_cmpstr (event_field (t, "closed", "term_name"), ==, "Housed");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "closed_resolved");
  op_assert (t, "b-sup", "referral.reopen", op_step_args ("R1", "closed_resolved"), "applied");
  g_assert_cmpstr (op_detail_field (t, "R1", "outcome_name"), ==, "");
}

/* 2f: a case too. */
static void
test_case (void)
{
  g_autoptr (OpFixture) t = with_term ();
  JsonObject *args;

  op_assert (t, "net", "reason.put", put_args (op_id ("O"), "outcome", "other", "The program ended", FALSE, 0), "applied");
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "case.open", kith_json_new ("id", "s", op_id ("K"), "number", "s", "NA-0007", "client", "s", op_id ("C1"), "title", "s", "Rent", NULL),
             "applied");
  args = kith_json_new ("case", "s", op_id ("K"), "outcome", "s", "other", "reason_term", "s", op_id ("T"), NULL);
  op_assert (t, "a-cc", "case.close", args, "invalid");
  args = kith_json_new ("case", "s", op_id ("K"), "outcome", "s", "other", "reason_term", "s", op_id ("O"), NULL);
  op_assert (t, "a-cc", "case.close", args, "applied");
  g_assert_cmpstr (op_field (t, "case", op_id ("K"), "outcome_name"), ==, "The program ended");
  g_assert_cmpuint (op_count_with (t, "case_event", "case", op_id ("K")), ==, 2);
  op_assert (t, "a-sup", "case.reopen", kith_json_new ("case", "s", op_id ("K"), "reason", "s", "Came back", NULL), "applied");
  g_assert_cmpstr (op_field (t, "case", op_id ("K"), "outcome_name"), ==, "");
}

/* The id of a queue's status of that phase; interned */
static const char *
status_of (OpFixture *t, const char *phase)
{
  g_autofree char *scope = g_strconcat ("queue:", op_id ("Q"), NULL);
  g_autoptr (GPtrArray) rows = kith_world_find (op_world (t), scope, "queue_status", NULL, NULL, NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    if (kith_record_is (rows->pdata[i], "phase", phase))
      return g_intern_string (kith_record_get_id (rows->pdata[i]));
  g_error ("no status of %s", phase);
}

/* 2f: moved on the board, it is the same step (P6). */
static void
test_board (void)
{
  g_autoptr (OpFixture) t = waiting ();
  JsonObject *args;

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
  op_assert (t, "a-cc", "queue.place", kith_json_new ("referral", "s", op_id ("R1"), "queue", "s", op_id ("Q"), NULL), "applied");
  args = kith_json_new ("referral", "s", op_id ("R1"), "queue", "s", op_id ("Q"), "was", "s", status_of (t, "sent"), "status", "s", status_of (t, "declined"),
                        "reason", "s", "safety", "reason_term", "s", op_id ("T"), NULL);
  op_assert (t, "b-rm", "queue.move", args, "invalid");
  args = kith_json_new ("referral", "s", op_id ("R1"), "queue", "s", op_id ("Q"), "was", "s", status_of (t, "sent"), "status", "s", status_of (t, "declined"),
                        "reason", "s", "no_capacity", "reason_term", "s", op_id ("T"), NULL);
  op_assert (t, "b-rm", "queue.move", args, "applied");
  g_assert_cmpstr (event_field (t, "declined", "term_name"), ==, CLOSED);
  g_assert_cmpstr (event_field (t, "declined", "reason"), ==, "no_capacity");
}

/* 2e: an end without the need met has a reason. The network's own words that count as a code are one; the code by another name is as bare as before. */
static void
test_unresolved (void)
{
  g_autoptr (OpFixture) t = with_term ();
  const char *own = builtin ("outcome", "referred_elsewhere");
  JsonObject *args;

  op_assert (t, "net", "reason.put", put_args (op_id ("O"), "outcome", "referred_elsewhere", "Sent on: no beds for families", FALSE, 0), "applied");
  op_assert (t, "net", "reason.put", put_args (own, "outcome", "referred_elsewhere", "Sent on", FALSE, 0), "applied");
  op_accepted (t, "R1");
  args = op_step_args ("R1", "accepted");
  json_object_set_string_member (args, "outcome", "referred_elsewhere");
  json_object_set_string_member (args, "reason_term", own);
  op_assert (t, "b-rm", "referral.close", args, "reason_required");
  args = op_step_args ("R1", "accepted");
  json_object_set_string_member (args, "outcome", "referred_elsewhere");
  json_object_set_string_member (args, "reason_term", op_id ("O"));
  op_assert (t, "b-rm", "referral.close", args, "applied");
  g_assert_cmpstr (event_field (t, "closed", "term_name"), ==, "Sent on: no beds for families");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "closed_unresolved");
}

/* 2f: every code has an end, a side and what HUD counts it as (HMIS CSV FY2026, Event.csv, ReferralResult). */
static void
test_hud (void)
{
  static const struct { const char *list, *code, *phase, *side, *hud;
  } cases[] = {
    { "decline_reason", "no_capacity", NULL, "provider", "3" },
    { "decline_reason", "not_eligible", NULL, "provider", "3" },
    { "decline_reason", "outside_area", NULL, "provider", "3" },
    { "decline_reason", "missing_documents", NULL, "provider", "3" },
    { "decline_reason", "duplicate", NULL, "provider", "3" },
    { "decline_reason", "already_served", NULL, "provider", "3" },
    { "decline_reason", "no_longer_offered", NULL, "provider", "3" },
    { "decline_reason", "client_declined", NULL, "client", "2" },
    { "decline_reason", "unable_to_contact", NULL, "client", "2" },
    { "decline_reason", "safety", NULL, "provider", "3" },
    { "decline_reason", "other", NULL, "provider", "3" },
    { "outcome", "need_met", "closed_resolved", "client", "1" },
    { "outcome", "need_partly_met", "closed_resolved", "client", "1" },
    { "outcome", "referred_elsewhere", "closed_unresolved", "provider", "3" },
    { "outcome", "no_longer_interested", "closed_unresolved", "client", "2" },
    { "outcome", "could_not_contact", "closed_unresolved", "client", "2" },
    { "outcome", "not_eligible", "closed_unresolved", "provider", "3" },
    { "outcome", "no_show", "closed_unresolved", "client", "2" },
    { "outcome", "waitlist_ended", "closed_unresolved", "provider", "3" },
    { "outcome", "moved_away", "closed_unresolved", "client", "2" },
    { "outcome", "deceased", "closed_unresolved", "client", "2" },
    { "outcome", "other", "closed_unresolved", "provider", "3" },
  };
  guint n = kith_vocabulary_size (kith_vocabulary_get ("decline_reason")) + kith_vocabulary_size (kith_vocabulary_get ("outcome"));

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].list, cases[i].code);
      g_assert_true (kith_vocabulary_has (kith_vocabulary_get (cases[i].list), cases[i].code));
      g_assert_cmpstr (kith_referral_end_side (cases[i].list, cases[i].code), ==, cases[i].side);
      g_assert_cmpstr (kith_referral_hud_result (cases[i].list, cases[i].code), ==, cases[i].hud);
      g_assert_true (kith_vocabulary_has (kith_vocabulary_get ("hmis_referral_result"), cases[i].hud));
      g_assert_cmpint (kith_referral_end_says_why (cases[i].list, cases[i].code), ==, !g_str_equal (cases[i].code, "other") && !g_str_equal (cases[i].code, "referred_elsewhere"));
      if (cases[i].phase != NULL)
        g_assert_cmpstr (kith_referral_outcome_phase (cases[i].code), ==, cases[i].phase);
    }
  g_assert_null (kith_referral_hud_result ("outcome", "no_capacity"));
  g_assert_null (kith_referral_hud_result ("phase", "sent"));
  g_assert_null (kith_referral_end_side ("outcome", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/op/reason/roles-2f", test_roles);
  g_test_add_func ("/op/reason/form-2f", test_form);
  g_test_add_func ("/op/reason/resolved-2f", test_resolved);
  g_test_add_func ("/op/reason/changes-2f", test_changes);
  g_test_add_func ("/op/reason/bounds-2f", test_bounds);
  g_test_add_func ("/op/reason/decline-2f-P12-C11", test_decline);
  g_test_add_func ("/op/reason/counts-as-2f", test_counts_as);
  g_test_add_func ("/op/reason/other-renamed-2f", test_other_renamed);
  g_test_add_func ("/op/reason/first-name-2f", test_first_name);
  g_test_add_func ("/op/reason/desk-2f", test_desk);
  g_test_add_func ("/op/reason/proposed-2f", test_proposed);
  g_test_add_func ("/op/reason/consent-ended-2f-C4", test_consent_ended);
  g_test_add_func ("/op/reason/close-2f", test_close);
  g_test_add_func ("/op/reason/case-2f", test_case);
  g_test_add_func ("/op/reason/board-2f", test_board);
  g_test_add_func ("/op/reason/unresolved-2e", test_unresolved);
  g_test_add_func ("/op/reason/hud-2f", test_hud);
  return g_test_run ();
}
