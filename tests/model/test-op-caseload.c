/* SPDX-License-Identifier: GPL-3.0-or-later */

/* caseload.transfer and .undo: everything one person holds, or a list; bounded parts; back as a whole. */

#include "op-fixture.h"

static gboolean
is_on (OpFixture *t, const char *of, const char *who)
{
  g_autofree char *key = g_strconcat (op_id (of), ":", op_id (who), NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);

  return op_get (t, "assignment", id) != NULL;
}

static void
open_case (OpFixture *t, const char *who, const char *of, const char *client)
{
  op_assert (t, who, "case.open",
             kith_json_new ("id", "s", op_id (of), "number", "s", "KA-0007", "client", "s", op_id (client), "title", "s", "A home", NULL), "applied");
}

static void
add_task (OpFixture *t, const char *who, const char *id, const char *subject, const char *about)
{
  op_assert (t, who, "task.add",
             kith_json_new ("id", "s", op_id (id), "subject", "s", "Call", subject != NULL ? subject : "due_on", "s",
                            subject != NULL ? op_id (about) : "2026-03-04", NULL),
             "applied");
}

static void
assign_referral (OpFixture *t, const char *who, const char *referral, const char *staff)
{
  op_assert (t, who, "referral.assign", kith_json_new ("referral", "s", op_id (referral), "staff", "s", op_id (staff), NULL), "applied");
}

/* b-cc holds: C1 (came by R1, assigned) with case K1 open and K2 closed, C2 with nothing more; tasks on K1, on R1, on C2, and one of
 * the own. b-cc2 is on C2 as well. */
static OpFixture *
new_network (void)
{
  OpFixture *t = op_fixture_new ();

  op_accepted (t, "R1");
  assign_referral (t, "b-sup", "R1", "b-cc");
  open_case (t, "b-cc", "K1", "C1");
  open_case (t, "b-cc", "K2", "C1");
  op_assert (t, "b-cc", "case.close", kith_json_new ("case", "s", op_id ("K2"), "outcome", "s", "need_met", NULL), "applied");
  op_register (t, "b-cc", "C2");
  op_put_assignment (t, "C2", "b-cc2", "B");
  add_task (t, "b-cc", "T1", "case", "K1");
  add_task (t, "b-cc", "T2", "referral", "R1");
  add_task (t, "b-cc", "T3", "client", "C2");
  add_task (t, "b-cc", "T4", NULL, NULL);
  return t;
}

static JsonObject *
whole (const char *id, const char *from, const char *to)
{
  return kith_json_new ("transfer", "s", op_id (id), "from", "s", op_id (from), "to", "s", op_id (to), "reason", "s", "Leaves", NULL);
}

static JsonObject *
listed (const char *id, const char *moves)
{
  g_auto (GStrv) list = g_strsplit (moves, " ", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (list[i], ":", 3);

      json_array_add_object_element (array, kith_json_new ("client", "s", op_id (parts[0]), "from", "s", op_id (parts[1]), "to", "s",
                                                           op_id (parts[2]), NULL));
    }
  return kith_json_new ("transfer", "s", op_id (id), "moves", "a", array, NULL);
}

static JsonObject *
back (const char *id)
{
  return kith_json_new ("transfer", "s", op_id (id), NULL);
}

/* "c1 c2 k1 k2 r t1 t2 t3 t4": what this person holds */
static char *
holds (OpFixture *t, const char *who)
{
  static const char *const ties[][2] = { { "C1", "c1" }, { "C2", "c2" }, { "K1", "k1" }, { "K2", "k2" } };
  static const char *const tasks[][2] = { { "T1", "t1" }, { "T2", "t2" }, { "T3", "t3" }, { "T4", "t4" } };
  g_autoptr (GString) held = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    if (is_on (t, ties[i][0], who))
      g_string_append_printf (held, "%s ", ties[i][1]);
  if (g_str_equal (op_field (t, "referral", op_id ("R1"), "assignee"), op_id (who)))
    g_string_append (held, "r ");
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (op_field (t, "task", op_id (tasks[i][0]), "staff"), op_id (who)))
      g_string_append_printf (held, "%s ", tasks[i][1]);
  return g_strchomp (g_string_free (g_steal_pointer (&held), FALSE));
}

static void
assert_holds (OpFixture *t, const char *who, const char *expected)
{
  g_autofree char *held = holds (t, who);

  g_assert_cmpstr (held, ==, expected);
}

#define ALL "c1 c2 k1 k2 r t1 t2 t3 t4"

static void
test_whole (void)
{
  g_autoptr (OpFixture) t = new_network ();
  const char *record = op_id ("X1");

  assert_holds (t, "b-cc", ALL);
  assert_holds (t, "b-cc2", "c2");
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "applied");
  assert_holds (t, "b-cc", "");
  assert_holds (t, "b-cc2", ALL);
  g_assert_true (op_sees (t, "b-cc2", "case:K1"));
  g_assert_true (op_sees (t, "b-cc2", "case:K2"));
  g_assert_false (op_sees (t, "b-cc", "case:K1"));
  g_assert_false (op_sees (t, "b-cc", "care:C1:B"));
  g_assert_true (op_sees (t, "b-cc2", "referral:R1"));
  g_assert_cmpstr (op_field (t, "transfer", record, "state"), ==, "done");
  g_assert_cmpint (kith_record_int (op_get (t, "transfer", record), "parts"), ==, 1);
  /* told once, by no name (C17) */
  g_assert_cmpuint (op_count_with (t, "notice", "type", "caseload"), ==, 1);
  /* once more moves nothing */
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "noop");

  /* back as it was; what b-cc2 had before stays */
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", ALL);
  assert_holds (t, "b-cc2", "c2");
  g_assert_cmpstr (op_field (t, "transfer", record, "state"), ==, "undone");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "noop");
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "stale_state");
}

/* U21: somebody has left; what that person held waits, and goes to somebody else in one act. */
static void
test_after_leaving (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "b-admin", "staff.deactivate", kith_json_new ("staff", "s", op_id ("b-cc"), "reason", "s", "Left", NULL), "applied");
  assert_holds (t, "b-cc", ALL);
  g_assert_false (op_sees (t, "b-cc", "case:K1"));
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-rm"), "applied");
  assert_holds (t, "b-rm", ALL);
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", ALL);
  assert_holds (t, "b-rm", "");
  g_assert_false (op_sees (t, "b-cc", "case:K1"));
}

/* A selection, and "Balance": several givers and takers in one act, in several operations; taken back one by one, the last first. */
static void
test_listed (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "b-sup", "caseload.transfer", listed ("X1", "C1:b-cc:b-rm"), "applied");
  assert_holds (t, "b-cc", "c2 t3 t4");
  assert_holds (t, "b-rm", "c1 k1 k2 r t1 t2");
  op_assert (t, "b-sup", "caseload.transfer", listed ("X1", "C2:b-cc2:b-rm C2:b-cc:b-rm"), "applied");
  assert_holds (t, "b-cc", "t4");
  assert_holds (t, "b-cc2", "");
  g_assert_cmpint (kith_record_int (op_get (t, "transfer", op_id ("X1")), "parts"), ==, 2);
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", "c2 t3 t4");
  assert_holds (t, "b-cc2", "c2");
  g_assert_cmpstr (op_field (t, "transfer", op_id ("X1"), "state"), ==, "undoing");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", ALL);
  assert_holds (t, "b-rm", "");
}

/* A client nobody is on goes to somebody with the cases open now (A3), and back again. */
static void
test_given (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonArray *moves = json_array_new ();

  json_array_add_object_element (moves, kith_json_new ("client", "s", op_id ("C1"), "to", "s", op_id ("b-rm"), NULL));
  op_assert (t, "b-sup", "caseload.transfer", kith_json_new ("transfer", "s", op_id ("X1"), "moves", "a", moves, NULL), "applied");
  assert_holds (t, "b-rm", "c1 k1"); /* K2 is closed */
  assert_holds (t, "b-cc", ALL);
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-rm", "");
  assert_holds (t, "b-cc", ALL);
}

/* What was changed since is left alone, and A11 holds. */
static void
test_undo_later (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonArray *changes = json_array_new ();

  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-rm"), "applied");
  open_case (t, "b-rm", "K3", "C2"); /* b-rm now works with C2 on its own account */
  op_assert (t, "b-rm", "task.done", kith_json_new ("task", "s", op_id ("T1"), NULL), "applied");
  assign_referral (t, "b-sup", "R1", "b-cc2");
  json_array_add_object_element (changes, kith_json_new ("do", "s", "remove", "staff", "s", op_id ("b-rm"), "case", "s", op_id ("K1"), NULL));
  op_assert (t, "b-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL), "applied");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", "c1 c2 k1 k2 t2 t3 t4");
  assert_holds (t, "b-rm", "c2 t1");
  g_assert_true (is_on (t, "K3", "b-rm"));
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "assignee"), ==, op_id ("b-cc2"));
}

static void
assign_to (OpFixture *t, const char *what, const char *client, const char *case_id, const char *staff)
{
  JsonArray *changes = json_array_new ();
  JsonObject *change = kith_json_new ("do", "s", what, "staff", "s", op_id (staff), NULL);

  if (case_id != NULL)
    json_object_set_string_member (change, "case", op_id (case_id));
  json_array_add_object_element (changes, change);
  op_advance (t, 1000);
  op_assert (t, "b-sup", "assignment.apply", kith_json_new ("client", "s", op_id (client), "changes", "a", changes, NULL), "applied");
}

/* Whoever was taken off and put on again by hand is there by that later act, which an undo of the former one leaves alone: client, case,
 * referral and task alike. */
static void
test_undo_given_again (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-rm"), "applied");
  assign_to (t, "remove", "C2", NULL, "b-rm");
  assign_to (t, "add", "C2", NULL, "b-rm");
  assign_to (t, "remove", "C1", "K1", "b-rm");
  assign_to (t, "add", "C1", "K1", "b-rm");
  op_advance (t, 1000);
  assign_referral (t, "b-sup", "R1", "b-cc2");
  op_advance (t, 1000);
  assign_referral (t, "b-sup", "R1", "b-rm");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-rm", "c1 c2 k1 r"); /* A11: the case keeps the client */
  assert_holds (t, "b-cc", "c1 c2 k1 k2 t1 t2 t3 t4");
}

/* Whoever got a referral of the client since, or something to do about it, works with it by that: an undo of the former act does not take the
 * client away under their hands. */
static void
test_undo_keeps_later_work (void)
{
  for (guint later = 0; later < 3; later++)
    {
      g_autoptr (OpFixture) t = new_network ();

      op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-rm"), "applied");
      op_advance (t, 1000);
      if (later == 0)
        {
          assign_referral (t, "b-sup", "R1", "b-cc2");
          op_advance (t, 1000);
          assign_referral (t, "b-sup", "R1", "b-rm");
        }
      else
        op_assert (t, "b-sup", "task.add",
                   kith_json_new ("id", "s", op_id ("T9"), "subject", "s", "Call", later == 1 ? "client" : "case", "s", op_id (later == 1 ? "C1" : "K1"),
                                  "staff", "s", op_id ("b-rm"), NULL),
                   "applied");
      op_advance (t, 1000);
      op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
      assert_holds (t, "b-rm", later == 0 ? "c1 r" : later == 1 ? "c1" : "c1 k1");
      assert_holds (t, "b-cc", later == 0 ? "c1 c2 k1 k2 t1 t2 t3 t4" : ALL);
    }
}

/* A6, A7: what somebody taken off a client or a case had to do about it waits for somebody, as they see it no more; what is about a referral stays
 * with whoever has the referral. Given to somebody, and back. */
static void
test_tasks_of_removed (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonArray *moves = json_array_new ();

  assign_to (t, "remove", "C1", "K1", "b-cc");
  assert_holds (t, "b-cc", "c1 c2 k2 r t2 t3 t4");
  assign_to (t, "remove", "C2", NULL, "b-cc");
  assert_holds (t, "b-cc", "c1 k2 r t2 t4");
  g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, "");
  g_assert_cmpstr (op_field (t, "task", op_id ("T3"), "staff"), ==, "");
  g_assert_true (op_sees (t, "b-sup", "care:C2:B"));
  json_array_add_object_element (moves, kith_json_new ("client", "s", op_id ("C1"), "to", "s", op_id ("b-rm"), NULL));
  op_advance (t, 1000);
  op_assert (t, "b-sup", "caseload.transfer", kith_json_new ("transfer", "s", op_id ("X1"), "moves", "a", moves, NULL), "applied");
  assert_holds (t, "b-rm", "c1 k1 t1");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-rm", "");
  g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, "");
}

/* A4: whoever gets what somebody had to do about a client or case works with it from then on, as it lies there. */
static void
test_tasks_bring_access (void)
{
  g_autoptr (OpFixture) t = new_network ();

  add_task (t, "b-sup", "T5", "client", "C1"); /* sees all clients and cases, is assigned to none */
  add_task (t, "b-sup", "T6", "case", "K2");
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-sup", "b-cc2"), "applied");
  g_assert_cmpstr (op_field (t, "task", op_id ("T6"), "staff"), ==, op_id ("b-cc2"));
  assert_holds (t, "b-cc2", "c1 c2 k2");
  g_assert_true (op_sees (t, "b-cc2", "care:C1:B") && op_sees (t, "b-cc2", "case:K2"));
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc2", "c2");
  g_assert_cmpstr (op_field (t, "task", op_id ("T6"), "staff"), ==, op_id ("b-sup"));
}

/* A task went on, and came back to whom the first act had given it. */
static void
test_undo_moved_again (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-rm"), "applied");
  op_advance (t, 1000);
  op_assert (t, "b-sup", "caseload.transfer", whole ("X2", "b-rm", "b-cc2"), "applied");
  op_advance (t, 1000);
  op_assert (t, "b-sup", "caseload.transfer", whole ("X3", "b-cc2", "b-rm"), "applied");
  op_advance (t, 1000);
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-rm", ALL);
}

/* Each taken back in turn, the last first: all is as it was, since when and by whom too. */
static void
test_undo_in_turn (void)
{
  g_autoptr (OpFixture) t = new_network ();
  g_autofree char *key = g_strconcat (op_id ("C2"), ":", op_id ("b-cc"), NULL), *id = kith_id_natural ("assignment", key);
  g_autofree char *of_case = g_strconcat (op_id ("K1"), ":", op_id ("b-cc"), NULL), *case_id = kith_id_natural ("assignment", of_case);
  g_autoptr (KithRecord) before = kith_record_copy (op_get (t, "assignment", id));
  g_autoptr (KithRecord) before_case = kith_record_copy (op_get (t, "assignment", case_id));
  static const char *const acts[][3] = { { "X1", "b-cc", "b-rm" }, { "X2", "b-rm", "b-cc2" }, { "X3", "b-cc2", "b-rm" } };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      op_advance (t, 1000);
      op_assert (t, "b-sup", "caseload.transfer", whole (acts[i][0], acts[i][1], acts[i][2]), "applied");
      assert_holds (t, acts[i][2], ALL);
    }
  for (guint i = G_N_ELEMENTS (acts); i > 0; i--)
    {
      op_advance (t, 1000);
      op_assert (t, "b-sup", "caseload.undo", back (acts[i - 1][0]), "applied");
      assert_holds (t, acts[i - 1][1], ALL);
    }
  assert_holds (t, "b-cc2", "c2"); /* as before all of it */
  assert_holds (t, "b-rm", "");
  g_assert_true (kith_record_equal (before, op_get (t, "assignment", id)));
  g_assert_true (kith_record_equal (before_case, op_get (t, "assignment", case_id)));
  for (guint i = 0; i < 2; i++) /* D12: who had said so, not who took it back */
    {
      KithRecord *assignment = op_get (t, "assignment", i == 0 ? id : case_id);

      g_assert_cmpstr (kith_record_string (assignment, "name"), ==, op_field (t, "staff", op_id ("b-cc"), "name"));
      g_assert_cmpstr (kith_record_string (assignment, "by_name"), ==, op_field (t, "staff", op_id ("b-cc"), "name"));
      g_assert_cmpstr (op_field (t, "staff", op_id ("b-cc"), "name"), !=, op_field (t, "staff", op_id ("b-sup"), "name"));
    }
}

/* C16, C17: of a client who must not be contacted the own staff are told all the same who got the work, by number and without a word of the
 * client; the client's wish concerns whoever would reach out. */
static void
test_notices_silent (void)
{
  for (guint silent = 0; silent < 2; silent++)
    {
      g_autoptr (OpFixture) t = new_network ();
      g_autoptr (GPtrArray) notices = NULL;

      if (silent == 1)
        {
          op_set (t, "client", op_id ("C1"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
          op_set (t, "client", op_id ("C2"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
        }
      assign_to (t, "add", "C2", NULL, "b-rm2");
      assign_to (t, "add", "C1", "K1", "b-rm2");
      op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-rm"), "applied");
      g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("b-rm")), >, 0);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "caseload"), ==, 1);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "case_assigned") + op_count_with (t, "notice", "type", "client_assigned"), ==, 2);
      notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("b-rm2"), NULL, NULL);
      for (guint i = 0; i < notices->len; i++)
        {
          g_autofree char *body = kith_record_print (notices->pdata[i]);

          g_assert_null (strstr (body, "Ana"));
          g_assert_null (strstr (body, "Lopez"));
          g_assert_nonnull (kith_record_string (notices->pdata[i], "number"));
        }
    }
}

static void
test_rights (void)
{
  static const struct { const char *who, *from, *to, *expected; } cases[] = {
    { "b-cc", "b-cc", "b-cc2", "denied" },   { "b-rm", "b-cc", "b-cc2", "denied" },      { "b-admin", "b-cc", "b-cc2", "denied" },
    { "b-sup", "a-cc", "b-cc2", "not_found" }, { "b-sup", "b-cc", "a-cc", "not_found" }, { "b-sup", "b-cc", "b-new", "not_eligible" },
    { "b-sup", "b-cc", "b-gone", "not_eligible" }, { "b-sup", "b-cc", "b-portal", "not_found" }, { "b-sup", "b-cc", "b-cc", "invalid" },
    { "a-sup", "b-cc", "b-cc2", "not_found" }, { "net", "b-cc", "b-cc2", "denied" }, { "hub", "b-cc", "b-cc2", "denied" },
  };
  g_autoptr (OpFixture) t = new_network ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s to %s", cases[i].who, cases[i].from, cases[i].to);
      g_assert_cmpstr (op_try (t, cases[i].who, "caseload.transfer", whole ("X1", cases[i].from, cases[i].to)), ==, cases[i].expected);
    }
  op_register (t, "a-cc", "C3");
  g_assert_cmpstr (op_try (t, "b-sup", "caseload.transfer", listed ("X1", "C2:b-cc:b-rm C3:b-cc:b-rm")), ==, "not_found");
  g_assert_cmpstr (op_try (t, "b-sup", "caseload.transfer", listed ("X1", "C2:b-cc:a-cc")), ==, "not_found");
  g_assert_cmpstr (op_try (t, "b-sup", "caseload.transfer", kith_json_new ("transfer", "s", op_id ("X1"), "from", "s", op_id ("b-cc"), NULL)),
                   ==, "invalid");
  g_assert_cmpstr (op_try (t, "b-sup", "caseload.transfer", kith_json_new ("transfer", "s", op_id ("X1"), "moves", "s", "all", NULL)), ==,
                   "invalid");

  /* taken back by who did it, nobody else */
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "applied");
  g_assert_cmpstr (op_try (t, "b-cc2", "caseload.undo", back ("X1")), ==, "denied");
  g_assert_cmpstr (op_try (t, "a-sup", "caseload.undo", back ("X1")), ==, "not_found");
  g_assert_cmpstr (op_try (t, "b-rm", "caseload.transfer", whole ("X1", "b-cc", "b-cc2")), ==, "denied");
}

/* Much work goes in parts: each operation moves some and says whether there is more; the parts go back one by one. */
static void
test_parts (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  const char *record = op_id ("X1");
  guint n = 0;

  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *client = g_strdup_printf ("M%u", i);
      g_autofree char *key = g_strconcat (op_id (client), ":", op_id ("A"), NULL);
      g_autofree char *care = kith_id_natural ("care", key);

      op_put (t, "client", op_id (client), kith_json_new ("agency", "s", op_id ("A"), "number", "s", "x", "given_name", "s", "Bo", NULL));
      op_put (t, "care", care, kith_json_new ("client", "s", op_id (client), "agency", "s", op_id ("A"), NULL));
      op_put_assignment (t, client, "a-cc", "A");
    }
  do
    {
      op_assert (t, "a-sup", "caseload.transfer", whole ("X1", "a-cc", "a-cc2"), "applied");
      n++;
    }
  while (g_str_equal (op_field (t, "transfer", record, "state"), "running") && n < 10);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-cc2")), ==, 1); /* for all parts */
  g_assert_cmpuint (op_count_with (t, "assignment", "staff", op_id ("a-cc")), ==, 0);
  g_assert_cmpuint (op_count_with (t, "assignment", "staff", op_id ("a-cc2")), ==, 150);
  g_assert_cmpint (kith_record_int (op_get (t, "transfer", record), "moved"), ==, 300);
  op_assert (t, "a-sup", "caseload.undo", back ("X1"), "applied");
  g_assert_cmpuint (op_count_with (t, "assignment", "staff", op_id ("a-cc")), >, 0);
  op_assert (t, "a-sup", "caseload.undo", back ("X1"), "applied");
  g_assert_cmpuint (op_count_with (t, "assignment", "staff", op_id ("a-cc")), ==, 150);
  g_assert_cmpuint (op_count_with (t, "assignment", "staff", op_id ("a-cc2")), ==, 0);
}

/* What a person has to do that is about nobody: only the hub holds it. The desk has ended its act when the hub finds it, so however much it is goes with that
 * one operation and is taken back by one: a desk that takes the act back before it has heard of the hub knows of one part. */
static void
test_own_tasks (void)
{
  g_autoptr (OpFixture) t = new_network ();
  const char *record = op_id ("X1");

  for (guint i = 0; i < 450; i++)
    {
      g_autofree char *task = g_strdup_printf ("O%u", i);

      op_put (t, "task", op_id (task), kith_json_new ("agency", "s", op_id ("B"), "staff", "s", op_id ("b-cc"), "subject", "s", "Own", NULL));
    }
  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "applied");
  assert_holds (t, "b-cc", "");
  assert_holds (t, "b-cc2", ALL);
  g_assert_cmpuint (op_count_with (t, "task", "staff", op_id ("b-cc")), ==, 0);
  g_assert_cmpuint (op_count_with (t, "task", "staff", op_id ("b-cc2")), ==, 454);
  g_assert_cmpstr (op_field (t, "transfer", record, "state"), ==, "done");
  g_assert_cmpint (kith_record_int (op_get (t, "transfer", record), "parts"), ==, 1);
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", ALL);
  g_assert_cmpuint (op_count_with (t, "task", "staff", op_id ("b-cc")), ==, 454);
  g_assert_cmpstr (op_field (t, "transfer", record, "state"), ==, "undone");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "noop");
}

/* The supervisor's desk moves what it holds, at once; a person's own tasks it does not hold. */
static void
test_desk (void)
{
  static const char *const scopes[] = { "dir",        "agency:B",      "user:b-sup",  "care:C1:B", "care:C2:B",     "case:K1",
                                        "case:K2",    "referral:R1",   "referral_own:R1:B", "referral_detail:R1", "client:C2", NULL };
  g_autoptr (OpFixture) t = new_network ();
  g_autoptr (KithRecord) task = NULL;
  g_autoptr (KithRecord) referral = NULL;

  g_assert_cmpstr (op_run_desk (t, "b-sup", scopes, "caseload.transfer", whole ("X1", "b-cc", "b-cc2")), ==, "applied");
  task = kith_world_get (op_desk (t), "task", op_id ("T1"), NULL);
  referral = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
  g_assert_cmpstr (kith_record_string (task, "staff"), ==, op_id ("b-cc2"));
  g_assert_cmpstr (kith_record_string (referral, "assignee"), ==, op_id ("b-cc2"));
}

/* Yours */
static char *
assignment_id (const char *of, const char *who)
{
  g_autofree char *key = g_strconcat (op_id (of), ":", op_id (who), NULL);

  return kith_id_natural ("assignment", key);
}

/* Who had said that the task is for that person, and who changed it since. */
static void
assert_said (OpFixture *t, const char *task, const char *for_whom, const char *by, const char *changed_by)
{
  g_autoptr (GPtrArray) found = kith_world_find (op_world (t), NULL, "field_history", "record", op_id (task), NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    if (kith_record_is (found->pdata[i], "field", "staff") && kith_record_is (found->pdata[i], "value", op_id (for_whom)))
      {
        n++;
        g_assert_cmpstr (kith_record_string (found->pdata[i], "by_name"), ==, by);
        g_assert_cmpstr (kith_record_string (found->pdata[i], "changed_by_name"), ==, changed_by);
        g_assert_nonnull (kith_record_string (found->pdata[i], "kept_hlc"));
      }
  g_assert_cmpuint (n, ==, 1);
}

/* What is taken back of a case that is not on this computer any more begins nothing here: the hub has the case, and does. */
static void
test_undo_away (void)
{
  static const char *const scopes[] = { "dir", "agency:B", "user:b-sup", "care:C1:B", "care:C2:B", NULL };
  g_autoptr (OpFixture) t = new_network ();
  g_autoptr (KithRecord) transfer = NULL;
  g_autofree char *on_client = NULL;
  g_autofree char *on_case = NULL;

  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "applied");
  g_assert_cmpstr (op_run_desk (t, "b-sup", scopes, "caseload.undo", back ("X1")), ==, "applied");
  transfer = kith_world_get (op_desk (t), "transfer", op_id ("X1"), NULL);
  g_assert_cmpstr (kith_record_string (transfer, "state"), ==, "undone");
  on_client = assignment_id ("C1", "b-cc");
  on_case = assignment_id ("K1", "b-cc");
  {
    g_autoptr (KithRecord) back_on_client = kith_world_get (op_desk (t), "assignment", on_client, NULL);
    g_autoptr (KithRecord) back_on_case = kith_world_get (op_desk (t), "assignment", on_case, NULL);

    g_assert_nonnull (back_on_client);
    g_assert_null (back_on_case);
  }
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  assert_holds (t, "b-cc", ALL);
}

/* D12, A6: for whom a task was, who gave it to somebody else or took it back, and when, is read in its history, as what a form changes of it; and whatever is corrected
 * afterwards tells of the right person. */
static void
test_task_history (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonObject *change = kith_json_new ("old", "s", op_id ("b-cc2"), "new", "s", op_id ("b-sup"), NULL);

  op_assert (t, "b-sup", "caseload.transfer", whole ("X1", "b-cc", "b-cc2"), "applied");
  g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("T1")), ==, 1);
  g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("T3")), ==, 1); /* each of its own */
  assert_said (t, "T1", "b-cc", NULL, "b-sup");
  op_assert (t, "b-cc2", "record.patch", kith_json_new ("t", "s", "task", "id", "s", op_id ("T1"), "set", "o", kith_json_new ("staff", "o", change, NULL), NULL), "applied");
  assert_said (t, "T1", "b-cc2", "b-sup", "b-cc2");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  g_assert_cmpstr (op_field (t, "task", op_id ("T3"), "staff"), ==, op_id ("b-cc"));
  assert_said (t, "T3", "b-cc2", "b-sup", "b-sup");
  g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, op_id ("b-sup")); /* given to somebody since */
}

/* D12: a list that names a client twice moves a task twice in one act: whose it was before that act is what its history says, and taking the act back gives it
 * back to them. */
static void
test_moved_twice (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "b-sup", "caseload.transfer", listed ("X1", "C2:b-cc:b-cc2 C2:b-cc2:b-sup"), "applied");
  g_assert_cmpstr (op_field (t, "task", op_id ("T3"), "staff"), ==, op_id ("b-sup"));
  g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("T3")), ==, 1); /* nobody ever saw it with who was between */
  assert_said (t, "T3", "b-cc", NULL, "b-sup");
  op_assert (t, "b-sup", "caseload.undo", back ("X1"), "applied");
  g_assert_cmpstr (op_field (t, "task", op_id ("T3"), "staff"), ==, op_id ("b-cc"));
  assert_said (t, "T3", "b-sup", "b-sup", "b-sup");
}

/* ---- what was sent ---- */

/* "a-cc2 a-sup": who of agency A has news of that type */
static char *
told (OpFixture *t, const char *type)
{
  static const char *const people[] = { "a-cc", "a-cc2", "a-rm", "a-sup", "a-admin" };
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id (people[i]), NULL, NULL);

      for (guint n = 0; n < notices->len; n++)
        if (kith_record_is (notices->pdata[n], "type", type))
          {
            g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", people[i]);
            break;
          }
    }
  return g_string_free (names, FALSE);
}

/* "move" the caseload of the first to the second, "left", "away", "+" and "-" on the client */
static void
happen (OpFixture *t, const char *what)
{
  g_auto (GStrv) words = g_strsplit (what, " ", -1);

  op_advance (t, 60000);
  if (g_str_equal (words[0], "move"))
    op_assert (t, "a-sup", "caseload.transfer", whole ("X1", words[1], words[2]), "applied");
  else if (g_str_equal (words[0], "left"))
    op_assert (t, "net", "staff.deactivate", kith_json_new ("staff", "s", op_id (words[1]), "reason", "s", "Left", NULL), "applied");
  else if (g_str_equal (words[0], "away"))
    op_assert (t, "a-sup", "staff.set_leave",
               kith_json_new ("staff", "s", op_id (words[1]), "away_from", "s", "2026-01-01", "away_until", "s", "2026-12-31", NULL), "applied");
  else
    {
      g_autoptr (JsonArray) changes = json_array_new ();

      json_array_add_object_element (changes, kith_json_new ("do", "s", g_str_equal (words[0], "+") ? "add" : "remove", "staff", "s", op_id (words[1]), NULL));
      op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", json_array_ref (changes), NULL), "applied");
    }
}

/* U21, A6, D8: news of what was sent, and what it asks for, is the author's, who is told also where somebody else is on the client too, or who never
 * was. Once taken off the client, or gone, it is those of the agency who work with the client now; with nobody there, the author's again, and of one
 * who has left the supervisors'. Where all whom it is asked of are on leave, the supervisors are asked as well. */
static void
test_sent (void)
{
  static const struct { const char *author, *steps[4], *declined, *accepted; } cases[] = {
    { "a-cc", { NULL }, "a-cc", "a-cc" },
    { "a-cc", { "+ a-cc2" }, "a-cc", "a-cc" },
    { "a-rm", { NULL }, "a-rm", "a-rm" },
    { "a-cc", { "move a-cc a-cc2" }, "a-cc2", "a-cc2" },
    { "a-cc", { "move a-cc a-cc2", "+ a-rm" }, "a-cc2 a-rm", "a-cc2 a-rm" },
    { "a-cc", { "move a-cc a-cc2", "+ a-cc" }, "a-cc", "a-cc" },
    { "a-cc", { "move a-cc a-cc2", "left a-cc" }, "a-cc2", "a-cc2" },
    { "a-cc", { "move a-cc a-cc2", "left a-cc2" }, "a-cc", "a-cc" },
    { "a-cc", { "move a-cc a-cc2", "left a-cc2", "left a-cc" }, "a-sup", "a-sup" },
    { "a-cc", { "move a-cc a-cc2", "away a-cc2" }, "a-cc2 a-sup", "a-cc2" },
    { "a-cc", { "move a-cc a-cc2", "+ a-rm", "away a-cc2" }, "a-cc2 a-rm", "a-cc2 a-rm" },
    { "a-cc", { "- a-cc" }, "a-cc", "a-cc" },
    { "a-cc", { "left a-cc" }, "a-sup", "a-sup" },
    { "a-cc", { "+ a-cc2", "left a-cc" }, "a-cc2", "a-cc2" },
    { "a-cc", { "+ a-cc2", "away a-cc" }, "a-cc a-sup", "a-cc" },
    { "a-rm", { "left a-rm" }, "a-cc", "a-cc" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      gboolean accepted = i % 2 != 0;
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *names = NULL;

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_send (t, cases[i / 2].author, "R1", "C1", "S");
      for (guint k = 0; cases[i / 2].steps[k] != NULL; k++)
        happen (t, cases[i / 2].steps[k]);
      if (accepted)
        op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
      else
        op_assert (t, "b-rm", "referral.decline",
                   kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "sent", "reason", "s", "no_capacity", NULL), "applied");
      names = told (t, accepted ? "accepted" : "declined");
      g_test_message ("case %u: %s", i / 2, accepted ? "accepted" : "declined");
      g_assert_cmpstr (names, ==, accepted ? cases[i / 2].accepted : cases[i / 2].declined);
    }
}

/* Whoever is told of it can read it, and go on: by the assignment (A4). */
static void
test_sent_access (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  g_assert_false (op_sees (t, "a-cc2", "referral:R1"));
  happen (t, "move a-cc a-cc2");
  g_assert_true (op_sees (t, "a-cc2", "referral:R1"));
  g_assert_true (op_sees (t, "a-cc2", "referral_detail:R1"));
  g_assert_true (op_sees (t, "a-cc2", "referral_own:R1:A"));
  op_assert (t, "a-cc2", "referral.recall", kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "sent", "reason", "s", "Moved away", NULL), "applied");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-caseload/U21-A6-sent", test_sent);
  g_test_add_func ("/model/op-caseload/A4-sent-access", test_sent_access);
  g_test_add_func ("/model/op-caseload/A3-given", test_given);
  g_test_add_func ("/model/op-caseload/whole", test_whole);
  g_test_add_func ("/model/op-caseload/U21-after-leaving", test_after_leaving);
  g_test_add_func ("/model/op-caseload/listed", test_listed);
  g_test_add_func ("/model/op-caseload/undo-away", test_undo_away);
  g_test_add_func ("/model/op-caseload/D12-A6-task-history", test_task_history);
  g_test_add_func ("/model/op-caseload/D12-moved-twice", test_moved_twice);
  g_test_add_func ("/model/op-caseload/A11-undo-later", test_undo_later);
  g_test_add_func ("/model/op-caseload/A11-undo-given-again", test_undo_given_again);
  g_test_add_func ("/model/op-caseload/undo-keeps-later-work", test_undo_keeps_later_work);
  g_test_add_func ("/model/op-caseload/A6-A7-tasks-of-removed", test_tasks_of_removed);
  g_test_add_func ("/model/op-caseload/A4-tasks-bring-access", test_tasks_bring_access);
  g_test_add_func ("/model/op-caseload/undo-moved-again", test_undo_moved_again);
  g_test_add_func ("/model/op-caseload/undo-in-turn", test_undo_in_turn);
  g_test_add_func ("/model/op-caseload/C16-C17-notices", test_notices_silent);
  g_test_add_func ("/model/op-caseload/rights", test_rights);
  g_test_add_func ("/model/op-caseload/parts", test_parts);
  g_test_add_func ("/model/op-caseload/U21-own-tasks", test_own_tasks);
  g_test_add_func ("/model/op-caseload/desk", test_desk);
  return g_test_run ();
}
