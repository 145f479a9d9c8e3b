/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrollment.*, care_team.*, service.*, amendment.*: U5, U6, C1, C19. */

#include "op-fixture.h"

static JsonObject *
start_args (const char *enrollment, const char *program, const char *day)
{
  return kith_json_new ("id", "s", op_id (enrollment), "client", "s", op_id ("C1"), "program", "s", op_id (program), "started_on", "s",
                        day, NULL);
}

static JsonObject *
end_args (const char *enrollment, const char *day)
{
  return kith_json_new ("enrollment", "s", op_id (enrollment), "ended_on", "s", day, "end_reason", "s", "completed", NULL);
}

static JsonObject *
team_args (const char *who, const char *field, const char *day)
{
  return kith_json_new ("client", "s", op_id ("C1"), "staff", "s", op_id (who), field, "s", day, NULL);
}

static JsonObject *
service_args (const char *event, const char *type)
{
  return kith_json_new ("id", "s", op_id (event), "client", "s", op_id ("C1"), "type", "s", type, "given_on", "s", "2026-03-01", NULL);
}

/* PA is a program of A, PB of B. */
static OpFixture *
fixture_new (void)
{
  OpFixture *t = op_fixture_new ();

  op_put (t, "program", op_id ("PA"), kith_json_new ("organization_id", "s", op_id ("A"), "name", "s", "Night shelter", NULL));
  op_put (t, "program", op_id ("PA2"), kith_json_new ("organization_id", "s", op_id ("A"), "name", "s", "Day center", NULL));
  op_put (t, "program", op_id ("PB"), kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", "Clinic", NULL));
  op_register (t, "a-cc", "C1");
  return t;
}

/* Everybody who has the client in care may; for others there is no such client. */
static void
test_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },   { "a-rm", "applied" },  { "a-sup", "applied" },   { "a-cc2", "not_found" }, { "a-new", "not_found" },
    { "a-gone", "denied" },  { "a-portal", "not_found" }, { "b-rm", "not_found" }, { "b-sup", "not_found" }, { "net", "denied" },
    { "hub", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      op_assert (t, cases[i].who, "enrollment.start", start_args ("E1", "PA", "2026-03-01"), cases[i].expected);
      op_assert (t, cases[i].who, "care_team.join", team_args ("a-cc2", "started_on", "2026-03-01"), cases[i].expected);
      op_assert (t, cases[i].who, "service.record", service_args ("V1", "meal"), cases[i].expected);
      g_assert_cmpuint (op_count (t, "enrollment"), ==, g_str_equal (cases[i].expected, "applied") ? 1 : 0);
    }
}

/* U5 */
static void
test_enrollment (void)
{
  g_autoptr (OpFixture) t = fixture_new ();
  KithRecord *enrollment;

  op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PB", "2026-03-01"), "invalid");
  op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2026-03-04"), "invalid");
  /* A desk further east may be a day ahead of UTC. */
  g_assert_cmpstr (op_try (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2026-03-02")), ==, "applied");
  op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2019-11-30"), "applied");
  enrollment = op_get (t, "enrollment", op_id ("E1"));
  g_assert_cmpstr (kith_record_string (enrollment, "agency"), ==, op_id ("A"));
  g_assert_cmpstr (kith_record_string (enrollment, "program_name"), ==, "Night shelter");
  g_assert_cmpstr (kith_record_string (enrollment, "started_on"), ==, "2019-11-30");
  g_assert_cmpstr (kith_record_string (enrollment, "by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (enrollment, "at"), ==, "2026-03-02T09:00:00.000Z");
  g_assert_nonnull (kith_record_string (enrollment, "by_name"));

  /* Twice into the same program at once is once. */
  op_assert (t, "a-rm", "enrollment.start", start_args ("E2", "PA", "2026-03-01"), "exists");
  g_assert_cmpstr (kith_json_string (op_now (t), "enrollment"), ==, op_id ("E1"));
  op_assert (t, "a-rm", "enrollment.start", start_args ("E3", "PA2", "2026-03-01"), "applied");

  op_assert (t, "a-cc", "enrollment.end", end_args ("E1", "2019-11-29"), "invalid");
  op_assert (t, "a-cc", "enrollment.end", end_args ("E1", "2026-03-04"), "invalid");
  op_assert (t, "a-cc", "enrollment.end", end_args ("E1", "2020-02-29"), "applied");
  g_assert_cmpstr (op_field (t, "enrollment", op_id ("E1"), "end_reason"), ==, "completed");
  g_assert_cmpstr (op_field (t, "enrollment", op_id ("E1"), "ended_by"), ==, op_id ("a-cc"));
  op_assert (t, "a-rm", "enrollment.end", end_args ("E1", "2020-02-29"), "noop");
  op_assert (t, "a-rm", "enrollment.end", end_args ("E1", "2020-03-01"), "stale_state");
  op_assert (t, "a-rm", "enrollment.start", start_args ("E2", "PA", "2026-03-01"), "applied");
}

/* What one agency does is seen by another as consent for class care allows (U5, U6, C1), and is its own to change. */
static void
test_across (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_put (t, "program", op_id ("PA"), kith_json_new ("organization_id", "s", op_id ("A"), "name", "s", "Night shelter", NULL));
  op_put (t, "program", op_id ("PB"), kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", "Clinic", NULL));
  op_accepted (t, "R1"); /* consent K1 covers client and care for B */
  op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2026-03-01"), "applied");
  op_assert (t, "b-rm", "enrollment.start", start_args ("E2", "PB", "2026-03-01"), "applied");
  op_assert (t, "b-rm", "care_team.join", team_args ("b-cc", "started_on", "2026-03-01"), "applied");
  g_assert_true (op_sees (t, "b-rm", "care:C1:A"));
  op_assert (t, "b-rm", "enrollment.end", end_args ("E1", "2026-03-01"), "denied");
  op_assert (t, "c-rm", "enrollment.end", end_args ("E1", "2026-03-01"), "not_found");

  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "care:C1:A"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:B"));
  op_set_ended (t, "b-rm");
  op_assert (t, "b-rm", "enrollment.end", end_args ("E1", "2026-03-01"), "access_ended");
  /* B's own work goes on (C4). */
  op_assert (t, "b-rm", "enrollment.end", end_args ("E2", "2026-03-02"), "applied");
  op_assert (t, "b-rm", "service.record", service_args ("V1", "visit"), "applied");
}

/* U6: it tells who works with the client and opens nothing. */
static void
test_care_team (void)
{
  static const struct { const char *staff, *expected;
  } whom[] = {
    { "a-new", "not_eligible" }, { "a-gone", "not_eligible" }, { "b-cc", "not_found" }, { "nobody", "not_found" },
  };
  g_autoptr (OpFixture) t = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (whom); i++)
    op_assert (t, "a-cc", "care_team.join", team_args (whom[i].staff, "started_on", "2026-03-01"), whom[i].expected);
  op_assert (t, "a-cc", "care_team.join", team_args ("a-cc2", "started_on", "2026-02-01"), "applied");
  g_assert_false (op_sees (t, "a-cc2", "client:C1"));
  op_assert (t, "a-rm", "care_team.join", team_args ("a-cc2", "started_on", "2026-03-01"), "noop");
  g_assert_cmpuint (op_count (t, "care_team_member"), ==, 1);
  op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc2", "ended_on", "2026-01-31"), "invalid");
  op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc2", "ended_on", "2026-02-28"), "applied");
  op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc2", "ended_on", "2026-02-28"), "noop");
  /* Back again: the history keeps both times. */
  op_assert (t, "a-cc", "care_team.join", team_args ("a-cc2", "started_on", "2026-03-01"), "applied");
  g_assert_cmpuint (op_count (t, "care_team_member"), ==, 2);
  g_assert_cmpuint (op_count_with (t, "care_team_member", "by", op_id ("a-cc")), ==, 2);
}

static void
put_member (OpFixture *t, const char *id, const char *day)
{
  op_put (t, "care_team_member", op_id (id),
          kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("A"), "staff", "s", op_id ("a-cc2"), "started_on", "s", day, NULL));
}

/* D12: another role is another entry; what was said before stays, with who ended it and when. */
static void
test_team_role (void)
{
  g_autoptr (OpFixture) t = fixture_new ();
  JsonObject *args = team_args ("a-cc2", "started_on", "2026-02-01");
  KithRecord *nurse = NULL, *chief = NULL;
  g_autoptr (GPtrArray) all = NULL;

  json_object_set_string_member (args, "role", "Nurse");
  op_assert (t, "a-cc", "care_team.join", args, "applied");
  args = team_args ("a-cc2", "started_on", "2026-03-01");
  json_object_set_string_member (args, "role", "Nurse");
  op_assert (t, "a-rm", "care_team.join", args, "noop");
  args = team_args ("a-cc2", "started_on", "2026-03-01");
  json_object_set_string_member (args, "role", "Chief");
  op_assert (t, "a-rm", "care_team.join", args, "applied");
  all = kith_world_find (op_world (t), NULL, "care_team_member", "client", op_id ("C1"), NULL, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    if (kith_record_is (all->pdata[i], "role", "Nurse"))
      nurse = all->pdata[i];
    else
      chief = all->pdata[i];
  g_assert_cmpstr (kith_record_string (nurse, "ended_on"), ==, "2026-03-01");
  g_assert_cmpstr (kith_record_string (nurse, "ended_by"), ==, op_id ("a-rm"));
  g_assert_cmpstr (kith_record_string (nurse, "by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (nurse, "role_after"), ==, "Chief");
  g_assert_cmpstr (kith_record_string (chief, "role_before"), ==, "Nurse");
  g_assert_cmpstr (kith_record_string (chief, "by"), ==, op_id ("a-rm"));
  g_assert_null (kith_record_string (chief, "ended_on"));
}

/* Two entries of one person that are both open (an import, a former version): joining changes the older one, leaving ends both, and only
 * the own agency's are looked at. */
static void
test_open_twice (void)
{
  static const char *const orders[][2] = { { "M1", "M2" }, { "M2", "M1" } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();
      JsonObject *args = team_args ("a-cc2", "started_on", "2026-03-01");

      put_member (t, orders[i][0], "2026-01-10");
      put_member (t, orders[i][1], "2026-02-10");
      json_object_set_string_member (args, "role", "Nurse");
      op_assert (t, "a-cc", "care_team.join", args, "applied");
      g_assert_cmpuint (op_count (t, "care_team_member"), ==, 3);
      g_assert_cmpstr (op_field (t, "care_team_member", op_id (orders[i][0]), "role_after"), ==, "Nurse");
      g_assert_cmpstr (op_field (t, "care_team_member", op_id (orders[i][0]), "ended_on"), ==, "2026-03-01");
      g_assert_cmpstr (op_field (t, "care_team_member", op_id (orders[i][1]), "role"), ==, "");
      op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc2", "ended_on", "2026-02-09"), "invalid");
      op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc2", "ended_on", "2026-03-01"), "applied");
      g_assert_cmpuint (op_count_with (t, "care_team_member", "ended_on", "2026-03-01"), ==, 3);
      op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc2", "ended_on", "2026-03-01"), "noop");
    }
}

static void
test_services (void)
{
  g_autoptr (OpFixture) t = fixture_new ();
  JsonObject *args = service_args ("V1", "night");

  json_object_set_int_member (args, "count", 3);
  json_object_set_string_member (args, "service", op_id ("SA"));
  op_assert (t, "a-cc", "service.record", args, "applied");
  g_assert_cmpint (kith_record_int (op_get (t, "service_event", op_id ("V1")), "count"), ==, 3);
  op_assert (t, "a-cc", "service.record", service_args ("V1", "night"), "exists");
  op_assert (t, "a-cc", "service.record", service_args ("V2", "meal"), "applied");
  g_assert_cmpint (kith_record_int (op_get (t, "service_event", op_id ("V2")), "count"), ==, 1);
  args = service_args ("V3", "meal");
  json_object_set_int_member (args, "count", 0);
  op_assert (t, "a-cc", "service.record", args, "invalid");
  args = service_args ("V3", "meal");
  json_object_set_string_member (args, "service", op_id ("S"));
  op_assert (t, "a-cc", "service.record", args, "invalid");
}

static JsonObject *
void_args (const char *event, const char *reason)
{
  return kith_json_new ("event", "s", op_id (event), "reason", "s", reason, NULL);
}

/* Recorded twice or wrongly: it stays with who took it back and why, the first word stands, and another agency has no say. */
static void
test_void (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "a-cc", "applied" },       { "a-rm", "applied" },        { "a-sup", "applied" },   { "a-cc2", "not_found" },
    { "a-gone", "denied" },      { "a-portal", "not_found" },  { "b-rm", "not_found" },  { "b-sup", "not_found" },
    { "net", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();
      gboolean applied = g_str_equal (cases[i].expected, "applied");

      g_test_message ("%s", cases[i].who);
      op_assert (t, "a-cc", "service.record", service_args ("V1", "meal"), "applied");
      op_assert (t, cases[i].who, "service.void", void_args ("V1", "Recorded twice"), cases[i].expected);
      g_assert_cmpstr (op_field (t, "service_event", op_id ("V1"), "void_reason"), ==, applied ? "Recorded twice" : "");
      g_assert_cmpstr (op_field (t, "service_event", op_id ("V1"), "voided_by"), ==, applied ? op_id (cases[i].who) : "");
    }
}

static void
test_void_once (void)
{
  static const char *const held[] = { "dir", "agency:A", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = fixture_new ();
  g_autofree char *body = NULL;

  op_assert (t, "a-cc", "service.record", service_args ("V1", "meal"), "applied");
  op_assert (t, "a-cc", "service.void", void_args ("V1", "  "), "invalid");
  op_assert (t, "a-cc", "service.void", void_args ("V2", "Recorded twice"), "not_found");
  g_assert_cmpstr (op_run_desk (t, "a-cc", held, "service.void", void_args ("V1", "Recorded twice")), ==, "applied");
  op_assert (t, "a-rm", "service.void", void_args ("V1", "Recorded twice"), "applied");
  op_assert (t, "a-cc", "service.void", void_args ("V1", "Another word"), "noop");
  g_assert_cmpstr (op_field (t, "service_event", op_id ("V1"), "void_reason"), ==, "Recorded twice");
  g_assert_cmpstr (op_field (t, "service_event", op_id ("V1"), "voided_by"), ==, op_id ("a-rm"));
  g_assert_cmpstr (op_field (t, "service_event", op_id ("V1"), "type"), ==, "meal");
  g_assert_cmpint (kith_record_int (op_get (t, "service_event", op_id ("V1")), "count"), ==, 1);
}

/* C15: whom a victim service agency took in is told to nobody by a consent that another agency asked for, though that covers "what every agency holds";
 * one that names it among those who may share does, and one it asked for itself. */
static void
test_victim_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R2", "C1", "warm", NULL);

  op_accepted (t, "R1"); /* B may see client and care */
  op_consent (t, "a-cc", "K2", "C1", "V");
  json_object_set_string_member (args, "agency_to", op_id ("V"));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  op_assert (t, "v-rm", "referral.accept", op_step_args ("R2", "sent"), "applied");
  g_assert_true (op_sees (t, "v-rm", "care:C1:V"));
  g_assert_true (op_sees (t, "v-rm", "care:C1:A"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:A"));
  g_assert_false (op_sees (t, "b-rm", "care:C1:V"));
  g_assert_false (op_sees (t, "a-rm", "care:C1:V")); /* nor is the sender told */
  op_assert (t, "v-rm", "consent.record",
             kith_json_new ("id", "s", op_id ("K3"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("care", NULL), "receivers", "a",
                            kith_json_strings (op_id ("B"), NULL), "disclosers", "a", kith_json_strings (op_id ("V"), NULL), "how", "s", "signed", NULL),
             "applied");
  g_assert_true (op_sees (t, "b-rm", "care:C1:V"));
  g_assert_false (op_sees (t, "a-rm", "care:C1:V"));
  op_consent (t, "v-rm", "K4", "C1", "A");
  g_assert_true (op_sees (t, "a-rm", "care:C1:V"));
}

/* ---- amendment.* (C19) ---- */

static JsonObject *
ask_args (const char *request, const char *day)
{
  return kith_json_new ("id", "s", op_id (request), "client", "s", op_id ("C1"), "about", "s", "I was never in prison", "wanted", "s", "Strike it out",
                        "asked_on", "s", day, NULL);
}

static JsonObject *
decide_args (const char *request, gboolean accepted, const char *basis, const char *day)
{
  return kith_json_new ("request", "s", op_id (request), "answer", "s", accepted ? "accepted" : "refused", "basis", "s", basis, "reason", "s", "We looked into it",
                        "decided_on", "s", day, NULL);
}

/* Everybody who has the client in care takes it down; a supervisor or the privacy officer answers; nobody else sees it but its author. */
static void
test_amendment_roles (void)
{
  static const struct { const char *who, *ask, *decide; } cases[] = {
    { "a-cc", "applied", "denied" },        { "a-rm", "applied", "not_found" },    { "a-sup", "applied", "applied" },
    { "a-cc2", "not_found", "not_found" },  { "b-rm", "not_found", "not_found" },  { "b-sup", "not_found", "not_found" },
    { "a-gone", "denied", "denied" },       { "net", "denied", "not_found" },      { "a-portal", "not_found", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      g_test_message ("%s", cases[i].who);
      op_assert (t, cases[i].who, "amendment.ask", ask_args ("Q1", "2026-03-01"), cases[i].ask);
      op_assert (t, "a-cc", "amendment.ask", ask_args ("Q2", "2026-03-01"), "applied");
      op_assert (t, cases[i].who, "amendment.decide", decide_args ("Q2", TRUE, NULL, "2026-03-02"), cases[i].decide);
    }
}

/* C19: a privacy officer is told of it and answers it, whatever else this person may see of the client. C1, C11, U10: what the client said
 * is for those who answer and who took it down, not for whom a consent, or the work with the client, lets see the care. */
static void
test_amendment_sight (void)
{
  static const struct { const char *who; gboolean sees; } cases[] = {
    { "a-cc", TRUE }, { "a-sup", TRUE }, { "a-admin", TRUE }, { "a-rm", FALSE }, { "a-cc2", FALSE }, { "b-sup", FALSE }, { "b-rm", FALSE }, { "net", FALSE },
  };
  g_autoptr (OpFixture) t = fixture_new ();
  JsonNode *duties = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (duties, kith_json_strings ("privacy_officer", NULL));
  op_set (t, "staff", op_id ("a-admin"), "duties", duties);
  op_consent (t, "a-cc", "K9", "C1", "B");
  op_put (t, "care", op_id ("opened"),
          kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("B"), "since", "s", "2026-03-01T00:00:00.000Z", "opened_at", "s",
                         "2026-03-01T00:00:00.000Z", NULL));
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2026-03-01"), "applied");
  g_assert_true (op_sees (t, "b-sup", "care:C1:A")); /* by consent for class care */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *scope = kith_record_scope (op_get (t, "amendment_request", op_id ("Q1")));
      g_autoptr (KithActor) actor = op_actor (t, cases[i].who);

      g_test_message ("%s", cases[i].who);
      g_assert_true ((kith_world_sees (op_world (t), actor, scope) == KITH_SEES_NOW) == cases[i].sees);
    }
  g_assert_false (op_sees (t, "a-admin", "client:C1"));
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-admin")), ==, 1);
  op_assert (t, "a-admin", "amendment.decide", decide_args ("Q1", TRUE, NULL, "2026-03-02"), "applied");
}

static void
assert_told (OpFixture *t, const char *who, const char *type)
{
  g_autofree char *scope = g_strconcat ("user:", op_id (who), NULL);
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), scope, "notice", NULL, NULL, NULL, NULL);

  g_assert_cmpuint (notices->len, ==, 1);
  g_assert_cmpstr (kith_record_string (notices->pdata[0], "type"), ==, type);
  g_assert_null (kith_record_string (notices->pdata[0], "number"));
}

/* U3: who has a record of its own care alone (what let it look at the client has ended) takes the wish down and learns no number of the record it may not see. */
static void
test_amendment_number (void)
{
  g_autoptr (OpFixture) t = fixture_new ();
  g_autofree char *key = g_strdup_printf ("%s:%s", op_id ("C1"), op_id ("B")), *own = kith_id_natural ("care", key);

  op_put (t, "care", own,
          kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("B"), "since", "s", "2026-03-01T00:00:00.000Z", "opened_at", "s",
                         "2026-03-01T00:00:00.000Z", NULL));
  g_assert_true (op_sees (t, "b-rm", "care:C1:B"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_assert (t, "b-rm", "amendment.ask", ask_args ("Q1", "2026-03-01"), "applied");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "number"), ==, "");
  /* nor do those who are told of it, from the notice or the subject of its mail */
  assert_told (t, "b-sup", "amendment_asked");
  op_assert (t, "b-sup", "amendment.decide", decide_args ("Q1", TRUE, NULL, "2026-03-02"), "applied");
  assert_told (t, "b-rm", "amendment_decided");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q2", "2026-03-01"), "applied");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q2"), "number"), !=, "");
}

static void
test_amendment (void)
{
  static const char *const held[] = { "dir", "agency:A", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = fixture_new ();
  JsonObject *args = ask_args ("Q1", "2026-03-01");

  json_object_set_string_member (args, "about", " ");
  op_assert (t, "a-cc", "amendment.ask", args, "invalid");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2099-03-01"), "invalid");
  g_assert_cmpstr (op_run_desk (t, "a-cc", held, "amendment.ask", ask_args ("Q1", "2026-03-01")), ==, "applied");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2026-03-01"), "applied");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2026-03-01"), "exists");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "state"), ==, "asked");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "due_on"), ==, "2026-04-30"); /* sixty days */
  g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_asked"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-sup")), ==, 1);

  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, NULL, "2026-03-02"), "reason_required");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", TRUE, "accurate", "2026-03-02"), "invalid");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "accurate", "2026-02-28"), "invalid");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "accurate", "2099-02-28"), "invalid");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "accurate", "2026-03-02"), "applied");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "state"), ==, "refused");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "basis"), ==, "accurate");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "about"), ==, "I was never in prison");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_decided"), ==, 1);
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "accurate", "2026-03-02"), "noop");
  /* Another answer, though a refusal too: it is not what the client was told. */
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "not_ours", "2026-03-02"), "stale_state");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", TRUE, NULL, "2026-03-02"), "stale_state");
  g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "basis"), ==, "accurate");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q2", "2026-03-01"), "applied");
  g_assert_cmpstr (op_run_desk (t, "a-sup", held, "amendment.decide", decide_args ("Q2", TRUE, NULL, "2026-03-02")), ==, "applied");
}

static JsonObject *
disagree_args (const char *text, const char *day)
{
  return kith_json_new ("request", "s", op_id ("Q1"), "disagreement", "s", text, "disagreed_on", "s", day, NULL);
}

/* C19: what the client writes against a refusal stays with it, once and as it was written; an answer that says yes leaves nothing to say. */
static void
test_disagreement (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "a-cc", "applied" }, { "a-sup", "applied" }, { "a-rm", "not_found" }, { "a-cc2", "not_found" }, { "b-sup", "not_found" }, { "net", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      g_test_message ("%s", cases[i].who);
      op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2026-02-20"), "applied");
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "number"), ==, op_field (t, "client", op_id ("C1"), "number"));
      op_assert (t, "a-sup", "amendment.disagree", disagree_args ("It was my brother", "2026-03-01"), "stale_state");
      op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "accurate", "2026-02-25"), "applied");
      op_assert (t, cases[i].who, "amendment.disagree", disagree_args (" ", "2026-03-01"), "invalid");
      op_assert (t, cases[i].who, "amendment.disagree", disagree_args ("It was my brother", "2026-03-01"), cases[i].expected);
      if (!g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "disagreement"), ==, "It was my brother");
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "disagreed_by"), ==, op_id (cases[i].who));
      op_assert (t, "a-sup", "amendment.disagree", disagree_args ("It was my brother", "2026-03-01"), "noop");
      op_assert (t, "a-sup", "amendment.disagree", disagree_args ("It was nobody", "2026-03-01"), "exists");
      g_assert_cmpstr (op_field (t, "amendment_request", op_id ("Q1"), "disagreement"), ==, "It was my brother");
    }
  {
    static const char *const held[] = { "dir", "agency:A", "amendment:Q1", NULL };
    g_autoptr (OpFixture) t = fixture_new ();

    op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2026-02-20"), "applied");
    op_assert (t, "a-sup", "amendment.decide", decide_args ("Q1", FALSE, "accurate", "2026-02-25"), "applied");
    op_assert (t, "a-cc", "amendment.disagree", disagree_args ("It was my brother", "2026-02-24"), "invalid"); /* before the answer */
    op_assert (t, "a-cc", "amendment.disagree", disagree_args ("It was my brother", "2099-02-24"), "invalid");
    g_assert_cmpstr (op_run_desk (t, "a-sup", held, "amendment.disagree", disagree_args ("It was my brother", "2026-03-01")), ==, "applied");
  }
}

/* C19: sixty days. Those who answer are told two weeks ahead, and when the last day is over; each once, and not of what was answered. */
static void
test_amendment_days (void)
{
  static const struct { int days; const char *expected; guint due, overdue;
  } cases[] = { { 44, "noop", 0, 0 }, { 45, "applied", 1, 0 }, { 45, "noop", 1, 0 }, { 59, "noop", 1, 0 }, { 60, "applied", 1, 1 }, { 90, "noop", 1, 1 } };
  g_autoptr (OpFixture) t = fixture_new ();
  int day = 0;

  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q1", "2026-03-01"), "applied"); /* yesterday */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("after %d days", cases[i].days);
      op_advance (t, (gint64) (cases[i].days - day) * 24 * 3600 * 1000);
      day = cases[i].days;
      op_assert (t, "hub", "amendment.remind", kith_json_new ("request", "s", op_id ("Q1"), NULL), cases[i].expected);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_due"), ==, cases[i].due);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "amendment_overdue"), ==, cases[i].overdue);
    }
  op_assert (t, "a-sup", "amendment.remind", kith_json_new ("request", "s", op_id ("Q1"), NULL), "denied");
  op_assert (t, "a-cc", "amendment.ask", ask_args ("Q2", "2026-03-01"), "applied");
  op_assert (t, "a-sup", "amendment.decide", decide_args ("Q2", TRUE, NULL, "2026-05-30"), "applied");
  op_assert (t, "hub", "amendment.remind", kith_json_new ("request", "s", op_id ("Q2"), NULL), "noop");
}

/* Written before access ended, it is taken (sync.md 2.4); nothing else is. */
static void
test_late (void)
{
  g_autoptr (OpFixture) t = fixture_new ();
  JsonArray *changes = json_array_new ();

  json_array_add_object_element (changes, kith_json_new ("do", "s", "remove", "staff", "s", op_id ("a-cc"), NULL));
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL), "applied");
  op_set_ended (t, "a-cc");
  op_assert (t, "a-cc", "service.record", service_args ("V1", "meal"), "access_ended");
  op_set_late (t, "a-cc");
  op_assert (t, "a-cc", "service.record", service_args ("V1", "meal"), "applied");
  op_set_late (t, NULL);
  op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2026-03-01"), "access_ended");
}

/* A van's desk that holds its own part only decides the same. */
static void
test_desk (void)
{
  static const char *const held[] = { "dir", "agency:A", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = fixture_new ();

  g_assert_cmpstr (op_run_desk (t, "a-cc", held, "enrollment.start", start_args ("E1", "PA", "2026-03-01")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "a-cc", held, "service.record", service_args ("V1", "meal")), ==, "applied");
}

static JsonObject *
enrollment_patch (const char *field, const char *old, const char *new)
{
  gboolean id = g_str_equal (field, "program");
  JsonObject *change = kith_json_new ("old", "s", id ? op_id (old) : old, "new", "s", id ? op_id (new) : new, NULL);

  return kith_json_new ("t", "s", "enrollment", "id", "s", op_id ("E1"), "set", "o", kith_json_new (field, "o", change, NULL), NULL);
}

/* U5, D12: every agency with consent reads when somebody came into a program and went: what was mistyped is put right by the agency whose enrollment it is,
 * and what it said before is kept. */
static void
test_enrollment_corrected (void)
{
  static const struct { const char *who; gboolean over; const char *field, *old, *new, *expected; } cases[] = {
    { "a-cc", FALSE, "started_on", "2026-02-01", "2025-02-01", "applied" },
    { "a-sup", FALSE, "note", NULL, "Came with her brother", "applied" },
    { "a-cc", TRUE, "started_on", "2026-02-01", "2026-02-10", "applied" },
    { "a-cc", TRUE, "ended_on", "2026-02-20", "2026-02-22", "applied" },
    { "a-cc", TRUE, "end_reason", "completed", "mistake", "applied" },
    { "a-cc", TRUE, "end_note", NULL, "Found a flat", "applied" },
    { "a-cc", FALSE, "started_on", "2026-02-01", "2026-03-09", "invalid" }, /* to come */
    { "a-cc", FALSE, "started_on", "2026-02-01", NULL, "invalid" },
    { "a-cc", FALSE, "ended_on", NULL, "2026-02-22", "invalid" },  /* that is ending it */
    { "a-cc", FALSE, "end_reason", NULL, "completed", "invalid" },
    { "a-cc", TRUE, "ended_on", "2026-02-20", NULL, "invalid" },
    { "a-cc", TRUE, "end_reason", "completed", NULL, "invalid" },
    { "a-cc", TRUE, "ended_on", "2026-02-20", "2026-01-31", "invalid" }, /* before it began */
    { "a-cc", TRUE, "started_on", "2026-02-01", "2026-02-21", "invalid" },
    { "a-cc", FALSE, "program", "PA", "PA2", "invalid" },
    { "b-rm", FALSE, "started_on", "2026-02-01", "2026-02-02", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();

      g_test_message ("%u", i);
      op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2026-02-01"), "applied");
      if (cases[i].over)
        op_assert (t, "a-cc", "enrollment.end",
                   kith_json_new ("enrollment", "s", op_id ("E1"), "ended_on", "s", "2026-02-20", "end_reason", "s", "completed", NULL), "applied");
      op_assert (t, cases[i].who, "record.patch", enrollment_patch (cases[i].field, cases[i].old, cases[i].new), cases[i].expected);
      if (!g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (op_field (t, "enrollment", op_id ("E1"), cases[i].field), ==, cases[i].new);
      g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("E1")), ==, 1);
    }
}

/* C1: a partner that reads it by consent does not write it. */
static void
test_enrollment_of_another (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_put (t, "program", op_id ("PA"), kith_json_new ("organization_id", "s", op_id ("A"), "name", "s", "Night shelter", NULL));
  op_assert (t, "a-cc", "enrollment.start", start_args ("E1", "PA", "2026-02-01"), "applied");
  g_assert_true (op_sees (t, "b-rm", "care:C1:A"));
  op_assert (t, "b-rm", "record.patch", enrollment_patch ("started_on", "2026-02-01", "2026-02-02"), "denied");
}

/* The one entry of the care team. */
static const char *
member_of (OpFixture *t)
{
  g_autoptr (GPtrArray) found = kith_world_find (op_world (t), NULL, "care_team_member", "client", op_id ("C1"), NULL, NULL);

  g_assert_cmpuint (found->len, ==, 1);
  return kith_record_get_id (op_get (t, "care_team_member", kith_record_get_id (found->pdata[0])));
}

/* U6, D12: so is from when to when somebody worked with the client; their role is another entry, and they leave by an operation of its own. */
static void
test_member_corrected (void)
{
  static const struct { const char *who; gboolean over; const char *field, *old, *new, *expected; } cases[] = {
    { "a-cc", FALSE, "started_on", "2026-02-01", "2025-02-01", "applied" },
    { "a-rm", TRUE, "started_on", "2026-02-01", "2026-02-10", "applied" },
    { "a-cc", TRUE, "ended_on", "2026-02-20", "2026-02-22", "applied" },
    { "a-cc", TRUE, "end_note", NULL, "On leave", "applied" },
    { "a-cc", FALSE, "started_on", "2026-02-01", "2026-03-09", "invalid" }, /* to come */
    { "a-cc", FALSE, "started_on", "2026-02-01", NULL, "invalid" },
    { "a-cc", FALSE, "ended_on", NULL, "2026-02-22", "invalid" }, /* that is leaving */
    { "a-cc", FALSE, "end_note", NULL, "On leave", "invalid" },
    { "a-cc", TRUE, "ended_on", "2026-02-20", NULL, "invalid" },
    { "a-cc", TRUE, "ended_on", "2026-02-20", "2026-01-31", "invalid" }, /* before it began */
    { "a-cc", TRUE, "started_on", "2026-02-01", "2026-02-21", "invalid" },
    { "a-cc", FALSE, "role", "Navigator", "Nurse", "invalid" },
    { "a-cc2", FALSE, "started_on", "2026-02-01", "2026-02-02", "not_found" },
    { "b-sup", FALSE, "started_on", "2026-02-01", "2026-02-02", "denied" }, /* C1: by consent it reads it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = fixture_new ();
      JsonObject *joined = team_args ("a-cc", "started_on", "2026-02-01"), *change;
      const char *id;

      op_consent (t, "a-cc", "K9", "C1", "B");
      op_put (t, "care", op_id ("opened"),
              kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("B"), "since", "s", "2026-03-01T00:00:00.000Z", "opened_at", "s",
                             "2026-03-01T00:00:00.000Z", NULL));
      g_test_message ("%u", i);
      json_object_set_string_member (joined, "role", "Navigator");
      op_assert (t, "a-cc", "care_team.join", joined, "applied");
      if (cases[i].over)
        op_assert (t, "a-cc", "care_team.leave", team_args ("a-cc", "ended_on", "2026-02-20"), "applied");
      id = member_of (t);
      change = kith_json_new ("old", "s", cases[i].old, "new", "s", cases[i].new, NULL);
      op_assert (t, cases[i].who, "record.patch",
                 kith_json_new ("t", "s", "care_team_member", "id", "s", id, "set", "o", kith_json_new (cases[i].field, "o", change, NULL), NULL), cases[i].expected);
      g_assert_cmpuint (op_count_with (t, "field_history", "record", id), ==, g_str_equal (cases[i].expected, "applied"));
      if (g_str_equal (cases[i].expected, "applied"))
        g_assert_cmpstr (op_field (t, "care_team_member", id, cases[i].field), ==, cases[i].new);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/care/roles", test_roles);
  g_test_add_func ("/model/care/U5-D12-enrollment-corrected", test_enrollment_corrected);
  g_test_add_func ("/model/care/U6-D12-C1-member-corrected", test_member_corrected);
  g_test_add_func ("/model/care/C1-enrollment-of-another", test_enrollment_of_another);
  g_test_add_func ("/model/care/D12-team-role", test_team_role);
  g_test_add_func ("/model/care/U5-enrollment", test_enrollment);
  g_test_add_func ("/model/care/U5-U6-across-agencies", test_across);
  g_test_add_func ("/model/care/U6-care-team", test_care_team);
  g_test_add_func ("/model/care/U6-open-twice", test_open_twice);
  g_test_add_func ("/model/care/services", test_services);
  g_test_add_func ("/model/care/service-void", test_void);
  g_test_add_func ("/model/care/service-void-once", test_void_once);
  g_test_add_func ("/model/care/C19-disagreement", test_disagreement);
  g_test_add_func ("/model/care/C19-amendment-roles", test_amendment_roles);
  g_test_add_func ("/model/care/C1-C11-C19-amendment-sight", test_amendment_sight);
  g_test_add_func ("/model/care/C19-amendment", test_amendment);
  g_test_add_func ("/model/care/C15-victim-service", test_victim_service);
  g_test_add_func ("/model/care/C19-U3-amendment-number", test_amendment_number);
  g_test_add_func ("/model/care/C19-amendment-days", test_amendment_days);
  g_test_add_func ("/model/care/late", test_late);
  g_test_add_func ("/model/care/desk", test_desk);
  return g_test_run ();
}
