/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a queue reaches: what 2-1-1 sees of it and when (C1, C5, C15, design.md 2.4), what lies with the eight fields (P12), and that
 * status and phase agree (P6, domain.md 2e). */

#include "op-fixture.h"

static JsonObject *
place_args (const char *queue)
{
  return kith_json_new ("referral", "s", op_id ("R"), "queue", "s", op_id (queue), NULL);
}

static void
create (OpFixture *t, const char *queue, const char *name)
{
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id (queue), "name", "s", name, NULL), "applied");
}

static const char *
status_of (OpFixture *t, const char *queue, const char *name)
{
  g_autofree char *scope = g_strconcat ("queue:", op_id (queue), NULL);
  g_autoptr (GPtrArray) rows = kith_world_find (op_world (t), scope, "queue_status", NULL, NULL, NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    if (kith_record_is (rows->pdata[i], "name", name))
      return g_intern_string (kith_record_get_id (rows->pdata[i]));
  g_error ("no status %s", name);
}

static JsonObject *
move_args (OpFixture *t, const char *queue, const char *from, const char *to)
{
  return kith_json_new ("referral", "s", op_id ("R"), "queue", "s", op_id (queue), "was", "s", status_of (t, queue, from), "status", "s",
                        status_of (t, queue, to), NULL);
}

static const char *
field (OpFixture *t, const char *name)
{
  return op_field (t, "referral", op_id ("R"), name);
}

static void
consent_network (OpFixture *t)
{
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
             "applied");
}

/* Client C1 with a consent for B alone, queues Q and Q2. */
static OpFixture *
begin (void)
{
  OpFixture *t = op_fixture_new ();

  create (t, "Q", "Housing");
  create (t, "Q2", "Food");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  return t;
}

static void
assert_network (OpFixture *t, gboolean sees)
{
  g_assert_true (op_sees (t, "net", "referral:R") == sees);
  g_assert_true (op_sees (t, "net", "referral_detail:R") == sees);
}

static JsonObject *
release (OpFixture *t, gboolean network)
{
  g_autofree char *until = op_time (t, 10 * OP_DAY);
  JsonObject *object = kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "written_release", NULL);

  if (network)
    json_object_set_boolean_member (object, "network", TRUE);
  return object;
}

/* C1, C5: what was kept for its receiver is kept for that receiver, also when it stands in a queue. */
static void
test_keep (void)
{
  for (guint network = 0; network < 2; network++)
    {
      g_autoptr (OpFixture) t = begin ();
      JsonArray *keeps = json_array_new ();
      JsonObject *keep = release (t, network);

      op_send (t, "a-cc", "R", "C1", "S");
      op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
      assert_network (t, FALSE);
      json_object_set_string_member (keep, "referral", op_id ("R"));
      json_array_add_object_element (keeps, keep);
      op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "Moved", "keep", "a", keeps, NULL), "applied");
      g_assert_true (op_sees (t, "b-rm", "referral_detail:R"));
      assert_network (t, network);
    }
}

/* C15: a release given at sending names the network, or is for the receiver; to a queue alone it is for nobody else. */
static void
test_release (void)
{
  static const struct { const char *service; gboolean network, sees;
  } cases[] = { { "S", FALSE, FALSE }, { "S", TRUE, TRUE }, { NULL, FALSE, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = begin ();
      JsonObject *args = op_send_args ("R", NULL, "direct", cases[i].service);

      json_object_set_string_member (args, "queue", op_id ("Q"));
      json_object_set_string_member (args, "contact_name", "Somebody");
      json_object_set_object_member (args, "release", release (t, cases[i].network));
      op_assert (t, "v-cc", "referral.send", args, "applied");
      assert_network (t, cases[i].sees);
      if (cases[i].service != NULL)
        g_assert_true (op_sees (t, "b-rm", "referral:R"));
    }
}

/* design.md 2.4: 2-1-1 keeps what was sent to a queue; whom it was sent to does not shut 2-1-1 out, the sender may. */
static void
test_receiver_takes_out (void)
{
  g_autoptr (OpFixture) t = begin ();

  consent_network (t);
  op_send (t, "a-cc", "R", "C1", "S");
  assert_network (t, FALSE);

  /* What the receiver put there it may take back. */
  op_assert (t, "b-rm", "queue.place", place_args ("Q"), "applied");
  assert_network (t, TRUE);
  op_assert (t, "b-rm", "queue.take_out", place_args ("Q"), "applied");
  assert_network (t, FALSE);

  op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
  op_assert (t, "b-rm", "queue.take_out", place_args ("Q"), "applied");
  g_assert_cmpstr (field (t, "queue"), ==, "");
  assert_network (t, TRUE);
  op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
  op_assert (t, "a-cc", "queue.take_out", place_args ("Q"), "applied");
  assert_network (t, FALSE);
}

/* P12: the queues it stands in, and since when, lie with the detail; with the eight fields go name and status of the one it is shown in. Nowhere
 * stands who moved it but in the timeline. */
static void
test_eight (void)
{
  g_autoptr (OpFixture) t = begin ();
  g_autoptr (GPtrArray) rows = NULL, brief = NULL;
  g_autofree char *scope = g_strconcat ("referral_detail:", op_id ("R"), NULL), *eight = g_strconcat ("referral:", op_id ("R"), NULL);
  g_autofree char *name = NULL;

  op_send (t, "a-cc", "R", "C1", "S");
  op_assert (t, "a-cc", "queue.place", place_args ("Q2"), "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
  op_assert (t, "b-rm", "queue.move", move_args (t, "Q", "Referred", "Enrolled"), "applied");
  name = g_strdup (op_field (t, "staff", op_id ("b-rm"), "name"));
  g_assert_cmpstr (name, !=, "");
  brief = kith_world_find (op_world (t), eight, "queue_item", NULL, NULL, NULL, NULL);
  g_assert_cmpuint (brief->len, ==, 0);
  rows = kith_world_find (op_world (t), scope, "queue_item", NULL, NULL, NULL, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *wire = kith_json_print_object (kith_record_get_body (rows->pdata[i]));

      g_assert_null (strstr (wire, name));
    }
  g_assert_cmpstr (field (t, "queue_name"), ==, "Housing");
  g_assert_cmpstr (field (t, "status"), ==, "Enrolled");
  g_assert_cmpstr (field (t, "queue_status"), ==, status_of (t, "Q", "Enrolled"));
  op_assert (t, "b-rm", "referral.close",
             kith_json_new ("referral", "s", op_id ("R"), "from", "s", "in_service", "outcome", "s", "need_met", NULL), "applied");
  g_assert_cmpstr (field (t, "queue_status"), ==, status_of (t, "Q", "Graduated"));
}

/* A desk that holds the eight fields alone does not know in which queues it stands: it takes nothing for absent. */
static void
test_desk_without_detail (void)
{
  static const char *const holds[] = { "dir", "agency:B", "queue:Q", "queue:Q2", "referral:R", NULL };
  g_autoptr (OpFixture) t = begin ();
  g_autoptr (KithRecord) referral = NULL;

  op_send (t, "a-cc", "R", "C1", "S");
  op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", holds, "queue.take_out", place_args ("Q")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", holds, "queue.move", move_args (t, "Q", "Referred", "Enrolled")), ==, "applied");
  {
    g_autoptr (KithRecord) moved = kith_world_get (op_desk (t), "referral", op_id ("R"), NULL);

    g_assert_cmpstr (kith_record_string (moved, "status"), ==, "Enrolled"); /* by the eight fields, at once */
    g_assert_cmpstr (kith_record_string (moved, "phase"), ==, "in_service");
  }
  g_assert_cmpstr (op_run_desk (t, "b-rm", holds, "queue.move", move_args (t, "Q", "Enrolled", "Graduated")), ==, "applied"); /* the hub decides */
  g_assert_cmpstr (op_run_desk (t, "b-rm", holds, "queue.place", place_args ("Q2")), ==, "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R"), NULL);
  g_assert_cmpstr (kith_record_string (referral, "queue_name"), ==, "Housing"); /* it may stand there already */
}

/* P12: nor has it type, times and reason: it answers all the same, the reason is the argument's, and the hub alone writes the course. */
static void
test_desk_without_course (void)
{
  static const char *const holds[] = { "dir", "agency:B", "referral:R", NULL }, *const more[] = { "dir", "agency:B", "referral:R", "referral_course:R", NULL };
  g_autoptr (OpFixture) t = begin ();
  g_autofree char *id = kith_id_natural ("referral_course", op_id ("R"));
  JsonObject *args = op_step_args ("R", "sent");

  op_send (t, "a-cc", "R", "C1", "S");
  json_object_set_string_member (args, "reason", "no_capacity");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KithRecord) referral = NULL, course = NULL;

      g_assert_cmpstr (op_run_desk (t, "b-rm", i == 0 ? holds : more, "referral.decline", json_object_ref (args)), ==, "applied");
      referral = kith_world_get (op_desk (t), "referral", op_id ("R"), NULL);
      course = kith_world_get (op_desk (t), "referral_course", id, NULL);
      g_assert_cmpstr (kith_record_string (referral, "phase"), ==, "declined");
      g_assert_true ((course == NULL) == (i == 0));
      g_assert_true (i == 0 || kith_record_is (course, "reason", "no_capacity"));
    }
  op_assert (t, "b-rm", "referral.decline", args, "applied");
  g_assert_cmpstr (op_course_field (t, "R", "reason"), ==, "no_capacity");
  g_assert_cmpstr (op_course_field (t, "R", "closed_at"), !=, "");
}

/* domain.md 2f, P6: to move it is that step with all it asks for: a decline has a reason of the list, since that stands with the
 * course. */
static void
test_reason (void)
{
  static const struct { const char *reason, *expected;
  } cases[] = { { "Ana Lopez is ill", "invalid" }, { "no_capacity", "applied" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = begin ();
      JsonObject *args;

      op_send (t, "a-cc", "R", "C1", "S");
      op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
      args = move_args (t, "Q", "Referred", "Declined");
      json_object_set_string_member (args, "reason", cases[i].reason);
      op_assert (t, "b-rm", "queue.move", args, cases[i].expected);
      g_assert_cmpstr (op_course_field (t, "R", "reason"), ==, i == 0 ? "" : cases[i].reason);
    }
}

/* domain.md 2e, P6: the status it enters with does not go behind the phase; what is over enters no queue. */
static void
test_enter (void)
{
  static const struct { const char *steps[2], *expected, *status;
  } cases[] = {
    { { NULL }, "applied", "Referred" },
    { { "referral.accept", NULL }, "applied", "Attempting contact" },
    { { "referral.decline", NULL }, "stale_state", "declined" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = begin ();

      op_send (t, "a-cc", "R", "C1", "S");
      if (cases[i].steps[0] != NULL)
        {
          JsonObject *args = op_step_args ("R", "sent");

          if (g_str_equal (cases[i].steps[0], "referral.decline"))
            json_object_set_string_member (args, "reason", "no_capacity");
          op_assert (t, "b-rm", cases[i].steps[0], args, "applied");
        }
      op_assert (t, "a-cc", "queue.place", place_args ("Q"), cases[i].expected);
      g_assert_cmpstr (field (t, "status"), ==, cases[i].status);
    }
}

/* P12, P13: to take it out of one queue leaves the name of the one it is shown in. */
static void
test_take_out_other (void)
{
  g_autoptr (OpFixture) t = begin ();
  JsonArray *own = json_array_new ();
  JsonObject *args = op_step_args ("R", "sent");

  json_array_add_object_element (own, kith_json_new ("name", "s", "Called", "phase", "s", "sent", NULL));
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q3"), "name", "s", "Calls", "statuses", "a", own, NULL), "applied");
  op_send (t, "a-cc", "R", "C1", "S");
  op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("Q2"), "applied");
  op_advance (t, 60000);
  op_assert (t, "a-cc", "queue.place", place_args ("Q3"), "applied");
  op_advance (t, 60000);
  op_assert (t, "b-rm", "referral.accept", args, "applied");
  args = op_step_args ("R", "accepted");
  json_object_set_string_member (args, "phase", "in_service");
  op_assert (t, "b-rm", "referral.set_status", args, "applied"); /* has a status in Q and Q2, none in Q3 */
  g_assert_cmpstr (field (t, "queue_name"), ==, "Calls");
  op_assert (t, "a-cc", "queue.take_out", place_args ("Q2"), "applied");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Calls");
  op_assert (t, "a-cc", "queue.take_out", place_args ("Q3"), "applied");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Housing");
  g_assert_cmpstr (field (t, "status"), ==, "Enrolled");
}

/* sync.md 2.5: what goes back to work keeps a place, whichever way it went back. */
static void
test_reopen (void)
{
  g_autoptr (OpFixture) t = begin ();
  JsonObject *args;

  op_assert (t, "b-sup", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "free", "i", (gint64) 3, NULL), "applied");
  op_send (t, "a-cc", "R", "C1", "S");
  op_assert (t, "a-cc", "queue.place", place_args ("Q"), "applied");
  args = move_args (t, "Q", "Referred", "No longer offered");
  json_object_set_string_member (args, "outcome", "no_show");
  op_assert (t, "b-sup", "queue.move", args, "applied");
  g_assert_cmpuint (op_count_with (t, "hold", "state", "placed"), ==, 0);
  op_assert (t, "b-sup", "queue.move", move_args (t, "Q", "No longer offered", "Attempting contact"), "applied");
  g_assert_cmpstr (field (t, "phase"), ==, "contacting");
  g_assert_cmpuint (op_count_with (t, "hold", "state", "placed"), ==, 1);
}

/* D2: what went to a queue alone is told to 2-1-1, and has a day to be answered by. */
static void
test_told (void)
{
  g_autoptr (OpFixture) t = begin ();
  JsonObject *args = op_send_args ("R", "C1", "direct", NULL);

  consent_network (t);
  json_object_set_string_member (args, "queue", op_id ("Q"));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("net")), ==, 1);
  g_assert_cmpstr (op_course_field (t, "R", "due_on"), !=, "");
  op_advance (t, 30 * OP_DAY);
  op_assert (t, "hub", "referral.expire", kith_json_new ("referral", "s", op_id ("R"), NULL), "applied");
  g_assert_cmpstr (field (t, "phase"), ==, "expired");
}

/* domain.md 2e: the network takes its own decline back, as a receiver's supervisor does. */
static void
test_network_reopens (void)
{
  g_autoptr (OpFixture) t = begin ();
  JsonObject *args = op_send_args ("R", "C1", "direct", NULL);

  consent_network (t);
  json_object_set_string_member (args, "queue", op_id ("Q"));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  args = op_step_args ("R", "sent");
  json_object_set_string_member (args, "reason", "no_capacity");
  op_assert (t, "net", "referral.decline", args, "applied");
  op_assert (t, "net", "referral.reopen", op_step_args ("R", "declined"), "applied");
  g_assert_cmpstr (field (t, "phase"), ==, "sent");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();

  g_test_add_func ("/queue-reach/C1-C5-keep", test_keep);
  g_test_add_func ("/queue-reach/C15-release", test_release);
  g_test_add_func ("/queue-reach/receiver-takes-out", test_receiver_takes_out);
  g_test_add_func ("/queue-reach/P12-eight", test_eight);
  g_test_add_func ("/queue-reach/P12-desk", test_desk_without_detail);
  g_test_add_func ("/queue-reach/P12-desk-without-course", test_desk_without_course);
  g_test_add_func ("/queue-reach/P6-reason", test_reason);
  g_test_add_func ("/queue-reach/P6-enter", test_enter);
  g_test_add_func ("/queue-reach/P13-take-out", test_take_out_other);
  g_test_add_func ("/queue-reach/reopen-keeps-place", test_reopen);
  g_test_add_func ("/queue-reach/D2-told", test_told);
  g_test_add_func ("/queue-reach/2e-network-reopens", test_network_reopens);

  return g_test_run ();
}
