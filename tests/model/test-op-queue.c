/* SPDX-License-Identifier: GPL-3.0-or-later */

/* queue.*: P1, P2, P6, P12, P13, P14, P21; domain.md 2e. */

#include "op-fixture.h"

static JsonObject *
queue_args (const char *queue)
{
  return kith_json_new ("queue", "s", op_id (queue), NULL);
}

/* "name/phase" or "ID=name/phase" each */
static JsonArray *
statuses (const char *const *texts)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (texts[i], "/", 2);
      const char *equals = strchr (halves[0], '=');
      g_autofree char *id = equals != NULL ? g_strndup (halves[0], (gsize) (equals - halves[0])) : NULL;

      json_array_add_object_element (list, kith_json_new ("id", "s", id, "name", "s", equals != NULL ? equals + 1 : halves[0], "phase", "s", halves[1], NULL));
    }
  return list;
}

static void
create (OpFixture *t, const char *queue, const char *name)
{
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id (queue), "name", "s", name, NULL), "applied");
}

/* The id of a queue's status by its name; interned */
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

/* Where it stands: the status's name, "" when nowhere */
static const char *
stands (OpFixture *t, const char *referral, const char *queue)
{
  g_autofree char *key = g_strconcat (op_id (referral), ":", op_id (queue), NULL);
  g_autofree char *id = kith_id_natural ("queue_item", key);
  const char *status = op_field (t, "queue_item", id, "status");
  g_autofree char *of = g_strdup (status);

  return *of != 0 ? op_field (t, "queue_status", of, "name") : "";
}

static JsonObject *
place_args (const char *referral, const char *queue)
{
  return kith_json_new ("referral", "s", op_id (referral), "queue", "s", op_id (queue), NULL);
}

static JsonObject *
move_args (OpFixture *t, const char *referral, const char *queue, const char *from, const char *to)
{
  return kith_json_new ("referral", "s", op_id (referral), "queue", "s", op_id (queue), "was", "s", status_of (t, queue, from), "status", "s",
                        status_of (t, queue, to), NULL);
}

static const char *
field (OpFixture *t, const char *name)
{
  return op_field (t, "referral", op_id ("R"), name);
}

/* R of client C1 from A to B's service S; consent for B and, with network, for 2-1-1. */
static void
send (OpFixture *t, gboolean network)
{
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  if (network)
    op_assert (t, "a-cc", "consent.record",
               kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                              kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
               "applied");
  op_send (t, "a-cc", "R", "C1", "S");
}

/* P2: network staff alone run the queues; everybody who is in the network reads them. */
static void
test_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "net", "applied" }, { "hub", "applied" }, { "b-sup", "denied" }, { "b-admin", "denied" }, { "b-rm", "denied" }, { "b-portal", "denied" },
    { "b-new", "denied" }, { "b-gone", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%s", cases[i].who);
      op_assert (t, cases[i].who, "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), cases[i].expected);
    }
  {
    g_autoptr (OpFixture) t = op_fixture_new ();

    create (t, "Q", "Housing");
    g_assert_true (op_sees (t, "b-cc", "queue:Q"));
    g_assert_true (op_sees (t, "b-portal", "queue:Q"));
    g_assert_false (op_sees (t, "b-new", "queue:Q"));
    op_assert (t, "b-sup", "queue.rename", kith_json_new ("queue", "s", op_id ("Q"), "name", "s", "Mine", NULL), "denied");
    op_assert (t, "b-sup", "queue.deactivate", queue_args ("Q"), "denied");
  }
}

/* P1, P6: a queue begins with statuses of its own. */
static void
test_create (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const own[] = { "Called in/sent", "Visited/in_service", NULL };

  create (t, "Q", "Housing");
  g_assert_cmpuint (op_count_with (t, "queue_status", "queue", op_id ("Q")), ==, 7);
  g_assert_cmpstr (op_field (t, "queue_status", status_of (t, "Q", "Attempting contact"), "phase"), ==, "contacting");
  g_assert_cmpstr (kith_vocabulary_label (kith_vocabulary_get ("phase"), "contacting"), ==, "Attempting contact"); /* 2e: one word for it */
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q2"), "name", "s", "Food", "statuses", "a", statuses (own), NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "queue_status", "queue", op_id ("Q2")), ==, 2);
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q3"), "name", "s", "Food", NULL), "invalid");
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q3"), "name", "s", " ", NULL), "invalid");
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Other", NULL), "exists");
}

/* P1: statuses are added, ordered, renamed and retired; what they stand for is for good. */
static void
test_statuses (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const first[] = { "A/sent", "B/contacting", "C/in_service", NULL };
  const char *a, *b, *c;
  g_autofree char *renamed = NULL;
  g_autofree char *other = NULL;
  g_autofree char *phase = NULL;

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Q", "statuses", "a", statuses (first), NULL), "applied");
  create (t, "Q2", "Other");
  a = status_of (t, "Q", "A");
  b = status_of (t, "Q", "B");
  c = status_of (t, "Q", "C");
  renamed = g_strconcat (b, "=Ringing/contacting", NULL);
  {
    g_autofree char *keep = g_strconcat (a, "=A/sent", NULL);
    const char *const next[] = { renamed, "New/waitlisted", keep, NULL };

    op_assert (t, "net", "queue.set_statuses",
               kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", statuses (next), "retire", "a", kith_json_strings (c, NULL), NULL), "applied");
  }
  g_assert_cmpstr (status_of (t, "Q", "Ringing"), ==, b);
  g_assert_cmpstr (op_field (t, "queue_status", b, "place"), ==, "");
  g_assert_cmpint (kith_record_int (op_get (t, "queue_status", b), "place"), ==, 0);
  g_assert_cmpint (kith_record_int (op_get (t, "queue_status", a), "place"), ==, 2);
  g_assert_true (kith_record_bool (op_get (t, "queue_status", status_of (t, "Q", "C")), "retired"));
  g_assert_false (kith_record_bool (op_get (t, "queue_status", a), "retired"));

  other = g_strconcat (status_of (t, "Q2", "Referred"), "=X/sent", NULL);
  phase = g_strconcat (a, "=A/in_service", NULL);
  {
    const struct { const char *texts[3]; gboolean retires;
    } bad[] = {
      { { NULL }, TRUE }, { { other, NULL } }, { { phase, NULL } }, { { "X/sent", "x/contacting", NULL } }, { { "X/draft", NULL } }, { { "X/no_such", NULL } },
      { { " /sent", NULL } },
    };

    for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
      op_assert (t, "net", "queue.set_statuses",
                 kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", statuses (bad[i].texts), "retire", "a",
                                bad[i].retires ? kith_json_strings (a, b, status_of (t, "Q", "New"), NULL) : NULL, NULL),
                 "invalid");
  }
}

/* domain.md 2c: what agencies know from elsewhere makes a queue here: each name stands for one phase, and no name is ours. */
static void
test_known_lists (void)
{
  static const char *const findhelp[] = { "Not updated/sent", "Needs client action/contacting", "Pending/accepted", "Eligible/in_service", "Referred elsewhere/closed_unresolved",
                                          "Got help/closed_resolved", "Couldn't contact/closed_unresolved", "Not eligible/declined", "No capacity/declined",
                                          "No longer interested/closed_unresolved", NULL };
  static const char *const caredove[] = { "Requested/sent", "Accepted/accepted", "In progress/in_service", "On hold (waitlisted)/waitlisted", "Completed/closed_resolved",
                                          "Failed/closed_unresolved", "Rejected/declined", NULL };
  static const char *const icarol[] = { "Referred/sent", "Attempting Contact/contacting", "Enrolled/in_service", "Graduated/closed_resolved",
                                        "Services no longer offered/closed_unresolved", NULL };
  const char *const *lists[] = { findhelp, caredove, icarol };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Q", "statuses", "a", statuses (lists[i]), NULL), "applied");
      for (guint k = 0; lists[i][k] != NULL; k++)
        {
          g_auto (GStrv) halves = g_strsplit (lists[i][k], "/", 2);

          g_assert_cmpstr (op_field (t, "queue_status", status_of (t, "Q", halves[0]), "phase"), ==, halves[1]);
        }
    }
}

/* One line of the list: a status, what it was called when it was seen (NULL: not said), what it shall be called */
static JsonArray *
one_status (const char *id, const char *was, const char *name, const char *phase)
{
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, kith_json_new ("id", "s", id, "was", "s", was, "name", "s", name, "phase", "s", phase, NULL));
  return list;
}

/* P1: two colleagues change the statuses of one queue: neither undoes what the other did meanwhile. */
static void
test_statuses_meanwhile (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const first[] = { "A/sent", "B/contacting", "C/in_service", NULL }, *const added[] = { "Added/waitlisted", NULL };
  const char *a, *b, *c;

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Q", "statuses", "a", statuses (first), NULL), "applied");
  a = status_of (t, "Q", "A");
  b = status_of (t, "Q", "B");
  c = status_of (t, "Q", "C");

  /* The other one adds one, gives one another name and retires one. */
  op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", statuses (added), NULL), "applied");
  op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", one_status (b, "B", "Ringing", "contacting"), NULL), "applied");
  op_assert (t, "net", "queue.set_statuses",
             kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", json_array_new (), "retire", "a", kith_json_strings (c, NULL), NULL), "applied");

  /* This one has seen none of it, and only gave A another name. */
  {
    JsonArray *list = one_status (a, "A", "Asked", "sent");

    json_array_add_object_element (list, kith_json_new ("id", "s", b, "was", "s", "B", "name", "s", "B", "phase", "s", "contacting", NULL));
    json_array_add_object_element (list, kith_json_new ("id", "s", c, "was", "s", "C", "name", "s", "C", "phase", "s", "in_service", NULL));
    op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", list, NULL), "applied");
  }
  g_assert_cmpstr (op_field (t, "queue_status", a, "name"), ==, "Asked");
  g_assert_cmpstr (op_field (t, "queue_status", b, "name"), ==, "Ringing");
  g_assert_true (kith_record_bool (op_get (t, "queue_status", c), "retired"));
  g_assert_false (kith_record_bool (op_get (t, "queue_status", status_of (t, "Q", "Added")), "retired"));
  g_assert_cmpint (kith_record_int (op_get (t, "queue_status", status_of (t, "Q", "Added")), "place"), >,
                   kith_record_int (op_get (t, "queue_status", b), "place"));

  /* Both gave the same one a name: somebody has to look. Called alike by both: nothing to look at. */
  op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", one_status (b, "B", "Calling", "contacting"), NULL),
             "stale_state");
  g_assert_cmpstr (op_field (t, "queue_status", b, "name"), ==, "Ringing");
  op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", one_status (b, "B", "Ringing", "contacting"), NULL), "applied");
  /* The name that another added meanwhile is taken. */
  op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", statuses (added), NULL), "invalid");
  /* Brought back: it was seen as retired. */
  op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q"), "statuses", "a", one_status (c, NULL, "C", "in_service"), NULL), "applied");
  g_assert_false (kith_record_bool (op_get (t, "queue_status", c), "retired"));
}

/* P1, P12, P13: in several queues at once, each with its own status; the eight fields name the one that moved last. */
static void
test_several (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  create (t, "Q", "Housing");
  create (t, "Q2", "Food");
  send (t, FALSE);
  op_assert (t, "c-sup", "queue.place", place_args ("R", "Q"), "not_found");
  op_assert (t, "a-cc2", "queue.place", place_args ("R", "Q"), "not_found");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "noop");
  op_assert (t, "b-rm", "queue.place", place_args ("R", "Q2"), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Referred");
  g_assert_cmpstr (stands (t, "R", "Q2"), ==, "Referred");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Food");
  g_assert_cmpstr (field (t, "status"), ==, "Referred");

  /* A status of another queue is refused. */
  {
    JsonObject *args = move_args (t, "R", "Q", "Referred", "Referred");

    json_object_set_string_member (args, "status", status_of (t, "Q2", "Enrolled"));
    op_assert (t, "b-rm", "queue.move", args, "invalid");
  }
  g_assert_cmpstr (field (t, "phase"), ==, "sent");

  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q", "Referred", "Attempting contact"), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Attempting contact");
  g_assert_cmpstr (stands (t, "R", "Q2"), ==, "Attempting contact"); /* the phase is the referral's: both queues say so */
  g_assert_cmpstr (field (t, "phase"), ==, "contacting");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Housing");
  g_assert_cmpstr (field (t, "status"), ==, "Attempting contact");
  g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R")), "accepted"));
  g_assert_cmpuint (op_count_with (t, "referral_event", "referral", op_id ("R")), ==, 6); /* sent, twice placed, accepted, status, moved */

  op_assert (t, "a-cc", "queue.take_out", place_args ("R", "Q"), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Food");
  op_assert (t, "a-cc", "queue.take_out", place_args ("R", "Q2"), "applied");
  g_assert_cmpstr (field (t, "queue"), ==, "");
  g_assert_cmpstr (field (t, "queue_name"), ==, "");
  g_assert_cmpstr (field (t, "status"), ==, "contacting");
  op_assert (t, "a-cc", "queue.take_out", place_args ("R", "Q2"), "noop");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Attempting contact");
}

/* domain.md 2e: a status stands for a phase; to move there is that step, by those who may take it, with what it asks for. */
static void
test_steps (void)
{
  static const struct { const char *who, *to, *reason, *outcome, *expected, *phase;
  } cases[] = {
    { "b-rm", "Attempting contact", NULL, NULL, "applied", "contacting" },
    { "b-sup", "Enrolled", NULL, NULL, "applied", "in_service" },
    { "b-rm", "On the wait list", NULL, NULL, "reason_required", "sent" },
    { "b-rm", "On the wait list", "Full until Monday", NULL, "applied", "waitlisted" },
    { "b-rm", "Graduated", NULL, NULL, "reason_required", "sent" },
    { "b-rm", "Graduated", NULL, "need_met", "applied", "closed_resolved" },
    { "b-rm", "Graduated", NULL, "no_show", "invalid", "sent" },
    { "b-rm", "No longer offered", NULL, "not_eligible", "applied", "closed_unresolved" },
    { "b-rm", "Declined", NULL, NULL, "reason_required", "sent" },
    { "b-rm", "Declined", "no_capacity", NULL, "applied", "declined" },
    { "a-cc", "Enrolled", NULL, NULL, "denied", "sent" },
    { "a-rm", "Enrolled", NULL, NULL, "denied", "sent" },
    { "b-cc", "Enrolled", NULL, NULL, "not_found", "sent" },
    { "net", "Enrolled", NULL, NULL, "not_found", "sent" }, /* no consent names the network */
    { "b-portal", "Enrolled", NULL, NULL, "not_found", "sent" }, /* no resource of hers */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args;

      create (t, "Q", "Housing");
      send (t, FALSE);
      op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
      args = move_args (t, "R", "Q", "Referred", cases[i].to);
      if (cases[i].reason != NULL)
        json_object_set_string_member (args, "reason", cases[i].reason);
      if (cases[i].outcome != NULL)
        json_object_set_string_member (args, "outcome", cases[i].outcome);
      g_test_message ("%s to %s", cases[i].who, cases[i].to);
      op_assert (t, cases[i].who, "queue.move", args, cases[i].expected);
      g_assert_cmpstr (field (t, "phase"), ==, cases[i].phase);
      g_assert_cmpstr (stands (t, "R", "Q"), ==, g_str_equal (cases[i].expected, "applied") ? cases[i].to : "Referred");
    }
}

/* P10, P13: a portal account of where it went moves the card when it may change the status, with the steps and reasons of everybody else. */
static void
test_portal (void)
{
  static const struct { gboolean follows, may; const char *to, *expected, *stands;
  } cases[] = {
    { FALSE, TRUE, "Enrolled", "not_found", "Referred" }, { TRUE, FALSE, "Enrolled", "denied", "Referred" }, { TRUE, TRUE, "Enrolled", "applied", "Enrolled" },
    { TRUE, TRUE, "Graduated", "reason_required", "Referred" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      create (t, "Q", "Housing");
      send (t, FALSE);
      op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
      if (cases[i].follows)
        op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
      if (cases[i].may)
        op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
      g_test_message ("case %u", i);
      op_assert (t, "b-portal", "queue.move", move_args (t, "R", "Q", "Referred", cases[i].to), cases[i].expected);
      g_assert_cmpstr (stands (t, "R", "Q"), ==, cases[i].stands);
      if (cases[i].follows) /* which queue it is in is not the portal's to say */
        op_assert (t, "b-portal", "queue.take_out", place_args ("R", "Q"), "denied");
    }
  {
    static const char *const holds[] = { "dir", "queue:Q", "referral:R", "account:b-portal", NULL };
    g_autoptr (OpFixture) t = op_fixture_new ();

    create (t, "Q", "Housing");
    send (t, FALSE);
    op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
    op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
    op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
    g_assert_cmpstr (op_run_desk (t, "b-portal", holds, "queue.move", move_args (t, "R", "Q", "Referred", "Enrolled")), ==, "applied"); /* offline too */
  }
}

/* The other way round: the referral moves on elsewhere, and its place follows; two people moved it. */
static void
test_follows (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const more[] = { "Referred/sent", "First call/contacting", "Second call/contacting", "Done/closed_resolved", "Not done/closed_unresolved", NULL };

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Calls", "statuses", "a", statuses (more), NULL), "applied");
  send (t, FALSE);
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "First call"); /* no status stands for it: it does not look as if it waited for an answer */
  g_assert_cmpstr (field (t, "status"), ==, "First call");
  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q", "First call", "Second call"), "applied");
  {
    JsonObject *args = op_step_args ("R", "contacting");

    json_object_set_string_member (args, "phase", "paused");
    json_object_set_string_member (args, "reason", "Away");
    op_assert (t, "b-rm", "referral.set_status", args, "applied");
  }
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Second call");
  {
    JsonObject *args = op_step_args ("R", "paused");

    json_object_set_string_member (args, "phase", "contacting");
    op_assert (t, "b-rm", "referral.set_status", args, "applied");
  }
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Second call"); /* not the first of that phase: it was there */
  g_assert_cmpstr (field (t, "status"), ==, "Second call");

  /* The same phase: nothing but the status changes. The second to move is told where it stands. */
  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q", "Second call", "First call"), "applied");
  op_assert (t, "b-sup", "queue.move", move_args (t, "R", "Q", "Second call", "Done"), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "name"), ==, "First call");
  op_assert (t, "b-sup", "queue.move", move_args (t, "R", "Q", "Second call", "First call"), "noop");
  {
    JsonObject *args = op_step_args ("R", "contacting");

    json_object_set_string_member (args, "outcome", "no_show");
    op_assert (t, "b-rm", "referral.close", args, "applied");
  }
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Not done");
  op_assert (t, "a-cc", "referral.void", op_step_args ("R", "closed_unresolved"), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "");
}

static JsonObject *
contacting_args (void)
{
  JsonObject *args = op_step_args ("R", "accepted");

  json_object_set_string_member (args, "phase", "contacting");
  return args;
}

/* P6, P20: what is written with a status is kept, also where it is one more of the same phase and no step is taken; the sender learns of it. */
static void
test_words (void)
{
  static const char *const calls[] = { "Referred/sent", "First call/contacting", "Second call/contacting", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Calls", "statuses", "a", statuses (calls), NULL), "applied");
  send (t, FALSE);
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
  args = move_args (t, "R", "Q", "First call", "Second call");
  op_assert (t, "b-rm", "referral.set_status", contacting_args (), "applied");
  json_object_set_string_member (args, "text", "Line was busy.");
  op_assert (t, "b-rm", "queue.move", args, "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Second call");
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Line was busy."), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "note"), ==, 1);
  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q", "Second call", "First call"), "applied");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "note"), ==, 1);
}

static JsonObject *
paused_args (const char *from)
{
  JsonObject *args = op_step_args ("R", from);

  json_object_set_string_member (args, "phase", "paused");
  json_object_set_string_member (args, "text", "Until May");
  return args;
}

/* P6: a portal account brings it to statuses of the queue it stands in alone, by whichever way, offline too; whoever does not hold the queue leaves it to
 * the hub. In none, there is no such bound. */
static void
test_own_statuses (void)
{
  static const char *const with_queue[] = { "dir", "user:b-portal", "account:b-portal", "referral:R", "queue:Q", NULL };
  static const char *const without[] = { "dir", "user:b-portal", "account:b-portal", "referral:R", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  create (t, "Q", "Housing");
  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
  send (t, FALSE);
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
  g_assert_cmpstr (op_try (t, "b-portal", "referral.set_status", paused_args ("accepted")), ==, "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  op_assert (t, "b-portal", "referral.set_status", paused_args ("accepted"), "invalid");
  g_assert_nonnull (strstr (op_message (t), "Housing"));
  g_assert_cmpstr (op_run_desk (t, "b-portal", with_queue, "referral.set_status", paused_args ("accepted")), ==, "invalid");
  g_assert_cmpstr (op_run_desk (t, "b-portal", without, "referral.set_status", paused_args ("accepted")), ==, "applied");
  op_assert (t, "b-portal", "referral.set_status", paused_args ("contacting"), "stale_state"); /* that it moved is said first */
  op_assert (t, "a-cc", "queue.take_out", place_args ("R", "Q"), "applied");
  op_assert (t, "b-portal", "referral.set_status", paused_args ("accepted"), "applied");
}

/* Where a decline has to be confirmed, the referral waits, and its place with it. */
static void
test_proposed (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  create (t, "Q", "Housing");
  send (t, FALSE);
  op_assert (t, "hub", "agency.configure",
             kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("confirm_declines", "b", TRUE, NULL), NULL), "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  args = move_args (t, "R", "Q", "Referred", "Declined");
  json_object_set_string_member (args, "reason", "no_capacity");
  op_assert (t, "b-rm", "queue.move", args, "applied");
  g_assert_cmpstr (field (t, "phase"), ==, "sent");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Referred");
  op_assert (t, "b-sup", "referral.confirm_decline", kith_json_new ("referral", "s", op_id ("R"), "from", "s", "sent", NULL), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Declined");
}

/* P2: nothing new comes into a queue that is not in use or a status that is retired; what is in it goes on; the old name stays in what was
 * written. */
static void
test_inactive (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  create (t, "Q", "Housing");
  create (t, "Q2", "Food");
  send (t, FALSE);
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  op_assert (t, "net", "queue.rename", kith_json_new ("queue", "s", op_id ("Q"), "name", "s", "Food", NULL), "invalid");
  op_assert (t, "net", "queue.rename", kith_json_new ("queue", "s", op_id ("Q"), "name", "s", "Beds and homes", NULL), "applied");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Housing");
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Housing: Referred"), ==, 1);

  op_assert (t, "net", "queue.deactivate", queue_args ("Q"), "applied");
  op_assert (t, "net", "queue.deactivate", queue_args ("Q"), "noop");
  op_assert (t, "net", "queue.deactivate", queue_args ("Q2"), "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q2"), "invalid");
  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q", "Referred", "Enrolled"), "applied");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Beds and homes");
  op_assert (t, "net", "queue.reactivate", queue_args ("Q2"), "applied");
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q2"), "applied");
  {
    JsonArray *retire = kith_json_strings (status_of (t, "Q2", "Graduated"), NULL);

    op_assert (t, "net", "queue.set_statuses", kith_json_new ("queue", "s", op_id ("Q2"), "statuses", "a", json_array_new (), "retire", "a", retire, NULL), "applied");
  }
  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q2", "Enrolled", "Graduated"), "invalid");
}

static JsonObject *
link_args (const char *list, const char *resource)
{
  return kith_json_new ("queue", "s", op_id ("Q"), list, "a", kith_json_strings (op_id (resource), NULL), NULL);
}

/* P2, P14: a queue linked to an agency takes what goes to any of its programs, and nothing else. */
static void
test_links (void)
{
  static const struct { const char *resource, *expected;
  } cases[] = { { "S", "applied" }, { "P", "applied" }, { "B", "applied" }, { "A", "invalid" }, { "SA", "invalid" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      create (t, "Q", "Housing");
      send (t, FALSE);
      op_assert (t, "net", "queue.link", link_args ("add", cases[i].resource), "applied");
      op_assert (t, "net", "queue.link", link_args ("add", "nothing"), "invalid");
      op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), cases[i].expected);
      /* A colleague who saw none of it takes off another and adds one: this one stays. */
      op_assert (t, "net", "queue.link", link_args ("remove", "C"), "noop");
      op_assert (t, "net", "queue.link", link_args ("add", "C"), "applied");
      g_assert_cmpuint (op_count (t, "queue_resource"), ==, 2);
      op_assert (t, "net", "queue.link", link_args ("remove", "C"), "applied");
      op_assert (t, "net", "queue.link", link_args ("remove", cases[i].resource), "applied");
      g_assert_cmpuint (op_count (t, "queue_resource"), ==, 0);
    }
}

static JsonObject *
to_queue (const char *service)
{
  JsonObject *args = op_send_args ("R", "C1", "direct", service);

  json_object_set_string_member (args, "queue", op_id ("Q"));
  return args;
}

/* The issue's "to a queue": 2-1-1 receives it, by a consent that names the network, and works on it. */
static void
test_send (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  create (t, "Q", "Housing");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", to_queue (NULL), "consent_missing");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
             "applied");
  op_assert (t, "a-cc", "referral.send", to_queue (NULL), "applied");
  g_assert_cmpstr (stands (t, "R", "Q"), ==, "Referred");
  g_assert_cmpstr (field (t, "queue_name"), ==, "Housing");
  g_assert_true (op_sees (t, "net", "referral:R"));
  g_assert_true (op_sees (t, "net", "referral_detail:R"));
  g_assert_false (op_sees (t, "net", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "referral:R"));
  g_assert_false (op_sees (t, "b-sup", "referral:R"));

  op_assert (t, "a-cc", "queue.take_out", place_args ("R", "Q"), "denied"); /* nobody would have it */
  op_assert (t, "net", "queue.move", move_args (t, "R", "Q", "Referred", "Attempting contact"), "applied");
  g_assert_cmpuint (op_count_with (t, "care", "client", op_id ("C1")), ==, 1); /* the sender's: acceptance by the network is no basis */
  op_assert (t, "net", "referral.note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "Rang twice.", NULL), "applied");
  op_assert (t, "net", "referral.private_note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "x", NULL), "denied");
  op_assert (t, "net", "referral.recall", op_step_args ("R", "contacting"), "denied");
  {
    JsonObject *args = move_args (t, "R", "Q", "Attempting contact", "Graduated");

    json_object_set_string_member (args, "outcome", "need_met");
    op_assert (t, "net", "queue.move", args, "applied");
  }
  g_assert_cmpstr (op_detail_field (t, "R", "outcome"), ==, "need_met");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K2"), "reason", "s", "Changed her mind", NULL), "applied");
  g_assert_false (op_sees (t, "net", "referral:R"));
  g_assert_true (op_sees (t, "a-cc", "referral:R"));
}

/* To a service, by way of a queue: both have it, each by its own consent; the network moves it only within a phase. */
static void
test_send_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const more[] = { "Referred/sent", "Called/sent", "Enrolled/in_service", NULL };

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", "statuses", "a", statuses (more), NULL), "applied");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", to_queue ("S"), "applied");
  g_assert_true (op_sees (t, "b-rm", "referral:R"));
  g_assert_false (op_sees (t, "net", "referral:R"));
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
             "applied");
  op_assert (t, "net", "queue.move", move_args (t, "R", "Q", "Referred", "Called"), "applied");
  op_assert (t, "net", "queue.move", move_args (t, "R", "Q", "Called", "Enrolled"), "denied");
  op_assert (t, "b-rm", "queue.move", move_args (t, "R", "Q", "Called", "Enrolled"), "applied");
}

/* C15: where only a written release lets it go, nobody has it whom the release does not name, whoever puts it in a queue. */
static void
test_release (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *until = op_time (t, 10 * OP_DAY);
  JsonObject *args = op_send_args ("R", NULL, "direct", "S");

  create (t, "Q", "Housing");
  json_object_set_string_member (args, "contact_name", "Somebody");
  json_object_set_object_member (args, "release", kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s",
                                                                 "written_release", NULL));
  op_assert (t, "v-cc", "referral.send", args, "applied");
  op_assert (t, "b-rm", "queue.place", place_args ("R", "Q"), "applied");
  g_assert_false (op_sees (t, "net", "referral:R"));
  op_assert (t, "v-cc", "queue.take_out", place_args ("R", "Q"), "applied");
  op_assert (t, "v-cc", "queue.place", place_args ("R", "Q"), "applied");
  g_assert_false (op_sees (t, "net", "referral:R"));
}

/* A desk that holds the referral shows the move at once; one that does not leaves it to the hub. */
static void
test_desk (void)
{
  static const char *const holds[] = { "dir", "agency:B", "queue:Q", "referral:R", "referral_detail:R", NULL };
  static const char *const lacks[] = { "dir", "agency:B", "queue:Q", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) referral = NULL;

  create (t, "Q", "Housing");
  send (t, FALSE);
  op_assert (t, "a-cc", "queue.place", place_args ("R", "Q"), "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", holds, "queue.move", move_args (t, "R", "Q", "Referred", "Enrolled")), ==, "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R"), NULL);
  g_assert_cmpstr (kith_record_string (referral, "status"), ==, "Enrolled");
  g_assert_cmpstr (op_run_desk (t, "b-rm", lacks, "queue.move", move_args (t, "R", "Q", "Referred", "Enrolled")), ==, "applied");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();

  g_test_add_func ("/queue/P2-roles", test_roles);
  g_test_add_func ("/queue/P6-own-statuses", test_own_statuses);
  g_test_add_func ("/queue/words-P6-P20", test_words);
  g_test_add_func ("/queue/P1-P6-create", test_create);
  g_test_add_func ("/queue/P1-statuses", test_statuses);
  g_test_add_func ("/queue/P1-2c-known-lists", test_known_lists);
  g_test_add_func ("/queue/P1-statuses-meanwhile", test_statuses_meanwhile);
  g_test_add_func ("/queue/P1-P12-P13-several", test_several);
  g_test_add_func ("/queue/P6-steps", test_steps);
  g_test_add_func ("/queue/P10-P13-portal", test_portal);
  g_test_add_func ("/queue/P6-follows", test_follows);
  g_test_add_func ("/queue/two-step-decline", test_proposed);
  g_test_add_func ("/queue/P2-inactive", test_inactive);
  g_test_add_func ("/queue/P2-P14-links", test_links);
  g_test_add_func ("/queue/P1-send", test_send);
  g_test_add_func ("/queue/P1-send-service", test_send_service);
  g_test_add_func ("/queue/C15-release", test_release);
  g_test_add_func ("/queue/desk", test_desk);

  return g_test_run ();
}
