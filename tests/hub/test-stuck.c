/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* What one person or one record must never bring about: that a client cannot take back, or that others are not answered. */

typedef struct
{
  HubFixture *net;
  char *ua, *ub;
  Desk *a, *b;
} Two;

static void
two_free (Two *self)
{
  desk_free (self->a);
  desk_free (self->b);
  g_free (self->ua);
  g_free (self->ub);
  hub_fixture_free (self->net);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Two, two_free)

static Two *
two_new (void)
{
  Two *self = g_new0 (Two, 1);

  self->net = hub_fixture_new (NULL);
  self->ua = hub_fixture_add_staff (self->net, "ana", self->net->a, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  self->ub = hub_fixture_add_staff (self->net, "ben", self->net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  self->a = desk_new (self->net, "ana", self->ua);
  self->b = desk_new (self->net, "ben", self->ub);
  return self;
}

/* Of A, sent to B and accepted there. */
static char *
add_client (Two *self, guint number)
{
  char *client = hub_fixture_id (self->net);
  g_autofree char *consent = hub_fixture_id (self->net);
  g_autofree char *referral = hub_fixture_id (self->net);

  desk_do_ok (self->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"},"
              "\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],"
              "\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2026-03-02T09:05:00.000Z\"}}",
              client, number, consent, self->net->b);
  desk_do_ok (self->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              referral, 1000 + number, client, self->net->service);
  desk_do_ok (self->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  return client;
}

/* In force for B until term, as somebody of B wrote them down. Returns: their ids */
static GPtrArray *
put_consents (Two *self, const char *client, guint n, const char *term)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (ids, hub_fixture_id (self->net));
      g_ptr_array_add (bodies, g_strdup_printf ("{\"client\":\"%s\",\"agency\":\"%s\",\"permission\":\"granted\",\"status\":\"in_force\",\"classes\":[\"client\",\"care\"],"
                                                "\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"p%u\",\"grantor\":\"self\",\"recorded_by\":\"%s\","
                                                "\"start\":\"2026-03-02T08:00:00.000Z\",\"term\":\"%s\"}",
                                                client, self->net->b, self->net->b, i, self->ub, term));
    }
  hub_fixture_put_all (self->net, "consent", ids, bodies);
  return ids;
}

static gint64
count (Two *self, const char *sql, const char *text)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (self->net->hub), sql, NULL);

  g_assert_nonnull (stmt);
  kith_db_bind_text (stmt, 1, text);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

#define MANY (KITH_LIMIT_STAMPED / 2 + 10)
#define IN_FORCE "SELECT count(*) FROM consent WHERE client = ?1 AND status = 'in_force'"

/* C4: however many consents somebody recorded, the client takes them all back in one act, and what they opened is closed. */
static void
test_revoke_all (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);
  g_autoptr (GPtrArray) consents = put_consents (two, client, MANY, "2027-03-01T00:00:00.000Z");

  g_assert_cmpint (count (two, IN_FORCE, client), ==, MANY + 1);
  desk_pull (two->b);
  g_assert_true (desk_has (two->b, client));
  desk_do_ok (two->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_assert_cmpint (count (two, IN_FORCE, client), ==, 0);
  desk_pull (two->b);
  g_assert_false (desk_has (two->b, client));
  hub_fixture_check (two->net);
}

/* Nothing else is carried out that touches more than a transaction should. */
static void
test_others_are_bounded (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);
  g_autofree char *id = hub_fixture_id (two->net);
  g_autofree char *args = NULL;
  g_autoptr (GPtrArray) consents = put_consents (two, client, MANY, "2027-03-01T00:00:00.000Z");
  g_autoptr (GString) replaced = g_string_new (NULL);
  g_autoptr (JsonObject) outcome = NULL;

  for (guint i = 0; i < consents->len; i++)
    g_string_append_printf (replaced, "%s\"%s\"", i > 0 ? "," : "", (char *) consents->pdata[i]);
  args = g_strdup_printf ("{\"client\":\"%s\",\"id\":\"%s\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"p\",\"replaces\":[%s]}",
                          client, id, two->net->b, replaced->str);
  outcome = desk_do (two->a, "consent.record", args);
  desk_expect (outcome, "rejected", "invalid");
  g_assert_cmpint (count (two, IN_FORCE, client), ==, MANY + 1);
  hub_fixture_check (two->net);
}

static void
put_tasks (Two *self, const char *staff, const char *client, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = hub_fixture_id (self->net);
      g_autofree char *about = client != NULL ? g_strdup_printf ("\"client\":\"%s\",", client) : g_strdup ("");
      g_autofree char *body = g_strdup_printf ("{%s\"agency\":\"%s\",\"staff\":\"%s\",\"subject\":\"Call\",\"done\":false}", about, self->net->a, staff);

      hub_fixture_put (self->net, "task", id, body);
    }
}

#define TASKS_OF "SELECT count(*) FROM task WHERE staff = ?1"

static void
do_until_done (Two *self, const char *op, const char *transfer, const char *args)
{
  guint rounds = 0;

  do
    desk_do_ok (self->a, op, "%s", args);
  while (count (self, "SELECT count(*) FROM transfer WHERE id = ?1 AND state IN ('running', 'undoing')", transfer) > 0 && ++rounds < 10);
  g_assert_cmpuint (rounds, <, 10);
}

/* U21: however much somebody had to do, it goes to another person, and back: things of their own, which only the hub holds, with one operation; what is about clients in
 * as many as it takes. A list that names the client moves what is about the client, and not their own. */
static void
test_many_tasks (void)
{
  static const struct { guint about, own; gboolean listed; } cases[] = { { 0, 450 }, { 190, 60 }, { 190, 150 }, { 300, 150 }, { 300, 0, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Two) two = two_new ();
      g_autofree char *client = add_client (two, 1);
      g_autofree char *cal = hub_fixture_add_staff (two->net, "cal", two->net->a, "\"role\":\"care_coordinator\"");
      g_autofree char *dee = hub_fixture_add_staff (two->net, "dee", two->net->a, "\"role\":\"care_coordinator\"");
      g_autofree char *transfer = hub_fixture_id (two->net);
      g_autofree char *args = NULL, *back = NULL;
      guint all = cases[i].about + cases[i].own;

      put_tasks (two, cal, client, cases[i].about);
      put_tasks (two, cal, NULL, cases[i].own);
      args = cases[i].listed ? g_strdup_printf ("{\"transfer\":\"%s\",\"moves\":[{\"client\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}]}", transfer, client, cal, dee)
                             : g_strdup_printf ("{\"transfer\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}", transfer, cal, dee);
      back = g_strdup_printf ("{\"transfer\":\"%s\"}", transfer);
      do_until_done (two, "caseload.transfer", transfer, args);
      g_assert_cmpint (count (two, TASKS_OF, dee), ==, all);
      g_assert_cmpint (count (two, "SELECT count(*) FROM field_history WHERE ?1 <> ''", cal), ==, cases[i].about); /* nobody reads that of what was one's own */
      do_until_done (two, "caseload.undo", transfer, back);
      g_assert_cmpint (count (two, TASKS_OF, cal), ==, all);
      hub_fixture_check (two->net);
    }
}

static void
tick_warned (Two *self)
{
  guint n;
  g_autoptr (GError) error = NULL;

  do
    g_assert_true (kith_hub_run_clock (self->net->hub, &n, &error));
  while (kith_hub_is_behind (self->net->hub));
  g_assert_no_error (error);
}

static void
quiet_log (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_test_message ("%s", message);
}

#define OPEN "SELECT count(*) FROM scope_grant WHERE subject = 'client:' || ?1 AND until_q IS NULL AND not_after IS NOT NULL"

/* One damaged record of one client: everybody else goes on, what has come to its end for that client is closed, and the clock goes past it. */
static void
test_damaged (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1), *other = add_client (two, 2);
  g_autoptr (GPtrArray) consents = put_consents (two, client, 1, "2026-03-02T09:05:00.000Z");
  const char *consent = consents->pdata[0];
  gint64 parked;

  desk_pull (two->b);
  g_assert_cmpint (count (two, OPEN, client), >, 0);
  hub_fixture_damage (two->net, "consent", consent);
  hub_fixture_wait_until (two->net, KITH_TEST_NOW + 6 * 60 * 1000);
  g_log_set_default_handler (quiet_log, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  desk_pull (two->b);
  desk_pull (two->a);
  g_assert_false (desk_has (two->b, client));
  g_assert_false (desk_has (two->b, other));
  g_assert_cmpint (count (two, OPEN, client), ==, 0);
  tick_warned (two);
  g_assert_cmpint (count (two, IN_FORCE, other), ==, 0);
  g_assert_cmpint (count (two, "SELECT count(*) FROM parked_op WHERE line LIKE '%consent.expire%' AND ?1 <> ''", client), ==, 2); /* each of that client's once */
  parked = count (two, "SELECT count(*) FROM parked_op WHERE ?1 <> ''", client);
  for (guint i = 0; i < 3; i++)
    tick_warned (two);
  g_assert_cmpint (count (two, "SELECT count(*) FROM parked_op WHERE ?1 <> ''", client), ==, parked);
  g_assert_cmpuint (two->net->hub->counts.damaged, >, 0);
  g_log_set_default_handler (g_log_default_handler, NULL);
}

/* C4: what is stored of the client cannot be read, so taking back is put aside for those who run the hub; nobody sees the client by a consent until then. */
static void
test_damaged_revoke (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);
  g_autoptr (GPtrArray) consents = put_consents (two, client, 1, "2027-03-01T00:00:00.000Z");
  const char *consent = consents->pdata[0];
  g_autofree char *args = g_strdup_printf ("{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_autoptr (JsonObject) outcome = NULL;

  desk_pull (two->b);
  g_assert_true (desk_has (two->b, client));
  hub_fixture_damage (two->net, "consent", consent);
  outcome = desk_do (two->a, "consent.revoke", args);
  desk_expect (outcome, "parked", "failed");
  desk_pull (two->b);
  g_assert_false (desk_has (two->b, client));
  desk_pull (two->a);
  g_assert_true (desk_has (two->a, client));
}

#define ENDLESS "SELECT count(*) FROM scope_grant g JOIN scope s ON s.sid = g.sid JOIN principal p ON p.pid = g.pid WHERE g.until_q IS NULL AND g.not_after IS NULL AND s.name LIKE 'referral%' AND g.subject = 'client:' || ?1"

/* What B holds of a referral it accepted has no end of itself. Once the referral cannot be read nothing changes it any more, so the clock closes it, says so once,
 * and leaves what is A's own and what is in order. */
static void
test_damaged_endless (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1), *other = add_client (two, 2);
  g_autofree char *referral = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (two->net->hub), "SELECT id FROM referral WHERE client = ?1", NULL);
  gint64 own, damaged;

  kith_db_bind_text (stmt, 1, client);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  referral = g_strdup (kith_db_text (stmt, 0));
  g_clear_pointer (&stmt, kith_db_reset);
  own = count (two, ENDLESS " AND g.reason GLOB '*own*'", client);
  g_assert_cmpint (own, >, 0);
  g_assert_cmpint (count (two, ENDLESS " AND g.reason LIKE '%accepted%'", client), >, 0);
  hub_fixture_damage (two->net, "referral", referral);

  g_log_set_default_handler (quiet_log, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  tick_warned (two);
  damaged = (gint64) two->net->hub->counts.damaged;
  g_assert_cmpint (damaged, >, 0);
  g_assert_cmpint (count (two, ENDLESS " AND g.reason LIKE '%accepted%'", client), ==, 0);
  g_assert_cmpint (count (two, ENDLESS " AND g.reason GLOB '*own*'", client), ==, own);
  g_assert_cmpint (count (two, ENDLESS " AND g.reason LIKE '%accepted%'", other), >, 0);
  g_log_set_default_handler (g_log_default_handler, NULL);
}

/* The same person at both agencies, whom the network may find; the number of the client. */
static char *
add_findable (Two *self, Desk *desk, const char *receiver, guint number)
{
  char *client = hub_fixture_id (self->net);
  g_autofree char *consent = hub_fixture_id (self->net);

  desk_do_ok (desk, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"values\":{\"given_name\":\"Nadia\",\"family_name\":\"Haddad\",\"date_of_birth\":\"1984-09-02\","
              "\"phones\":[{\"number\":\"619-555-0101\"}]},\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],"
              "\"how\":\"verbal\",\"purpose\":\"Help\",\"findable\":true,\"term\":\"2026-06-01T00:00:00.000Z\"}}",
              client, number, consent, receiver);
  return client;
}

#define PROPOSED "SELECT count(*) FROM parked_op WHERE line LIKE '%match.propose%' AND ?1 <> ''"

/* Who may be the same person is proposed by the hub, and it says so where it cannot: those who run it see it set aside, once, and the client is looked at again
 * without another. */
static void
test_damaged_match (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *one = add_findable (two, two->a, two->net->b, 1), *other = NULL, *consent = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (two->net->hub), "SELECT id FROM consent WHERE client = ?1", NULL);

  kith_db_bind_text (stmt, 1, one);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  consent = g_strdup (kith_db_text (stmt, 0));
  g_clear_pointer (&stmt, kith_db_reset);
  hub_fixture_run_clock (two->net);
  hub_fixture_damage (two->net, "consent", consent);
  g_log_set_default_handler (quiet_log, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  other = add_findable (two, two->b, two->net->a, 2);
  tick_warned (two);
  g_assert_cmpint (count (two, PROPOSED, one), ==, 1);
  g_assert_cmpuint (two->net->hub->counts.damaged, ==, 1);
  desk_do_ok (two->b, "record.patch", "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"email\":{\"new\":\"nadia@example.org\"}}}", other);
  tick_warned (two);
  g_assert_cmpint (count (two, PROPOSED, one), ==, 1);
  g_log_set_default_handler (g_log_default_handler, NULL);
}

/* Comparing costs the hub much of its only thread: a person has so many of it in a minute. */
static void
test_verifies (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *body = NULL;
  guint answered = 0, status = 200;

  desk_pull (two->a);
  desk_pull (two->b);
  body = g_strdup_printf ("{\"cursor\":\"%s\"}", two->a->cursor);
  while (answered < 100 && (status = hub_request (two->net, "POST", "/v1/sync/verify", two->a->token, body, NULL)) == 200)
    answered++;
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (answered, ==, 20);
  g_free (body);
  body = g_strdup_printf ("{\"cursor\":\"%s\"}", two->b->cursor);
  g_assert_cmpuint (hub_request (two->net, "POST", "/v1/sync/verify", two->b->token, body, NULL), ==, 200);
  kith_manual_clock_advance (two->net->clock, 60 * 1000);
  g_free (body);
  body = g_strdup_printf ("{\"cursor\":\"%s\"}", two->a->cursor);
  g_assert_cmpuint (hub_request (two->net, "POST", "/v1/sync/verify", two->a->token, body, NULL), ==, 200);
}

/* I5: what a refusal said of a record is nothing its reader may hear again once access has ended. */
static void
test_sentence (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);
  g_autofree char *id = hub_fixture_id (two->net);
  g_autofree char *body = NULL, *first = NULL, *again = NULL, *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KithHubRequest request = { .method = "POST", .path = "/v1/op", .token = two->b->token };

  body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"consent.record\",\"a\":{\"client\":\"%s\",\"id\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"x\",\"term\":\"2020-01-01T00:00:00.000Z\"}}",
                          id, client, id, two->net->b);
  bytes = g_bytes_new (body, strlen (body));
  request.body = bytes;
  g_assert_cmpuint (hub_request_raw (two->net, &request, &first), ==, 200);
  g_assert_nonnull (strstr (first, "A consent must end after today."));
  g_assert_cmpuint (hub_request_raw (two->net, &request, &text), ==, 200);
  g_assert_cmpstr (text, ==, first);
  desk_do_ok (two->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_assert_cmpuint (hub_request_raw (two->net, &request, &again), ==, 200);
  g_assert_null (strstr (again, "A consent must end after today."));
  g_assert_nonnull (strstr (again, "ended since"));
}

/* A sentence with a name in it goes with what it was made of, for windows in another language; and with the sentence that is not told again. */
static void
test_words (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);
  g_autofree char *service = hub_fixture_id (two->net), *id = hub_fixture_id (two->net);
  g_autofree char *of_c = g_strdup_printf ("{\"organization_id\":\"%s\",\"name\":\"Beds\",\"status\":\"active\",\"direct\":true}", two->net->c);
  g_autofree char *body = NULL, *first = NULL, *again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) line = NULL;
  KithHubRequest request = { .method = "POST", .path = "/v1/op", .token = two->b->token };
  JsonObject *words;

  hub_fixture_put (two->net, "service", service, of_c);
  body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"referral.send\",\"a\":{\"id\":\"%s\",\"number\":\"KQ-0001\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\","
                          "\"need\":\"A bed\",\"urgency\":\"soon\"}}", id, id, client, service);
  bytes = g_bytes_new (body, strlen (body));
  request.body = bytes;
  g_assert_cmpuint (hub_request_raw (two->net, &request, &first), ==, 200);
  g_test_message ("%s", first);
  line = kith_json_parse_object (first, -1, NULL, NULL);
  g_assert_cmpstr (kith_json_string (line, "code"), ==, "consent_missing");
  words = kith_json_object (line, "words");
  g_assert_nonnull (words);
  g_assert_nonnull (strstr (kith_json_string (words, "s"), "%s"));
  g_assert_nonnull (strstr (kith_json_string (line, "message"), json_array_get_string_element (kith_json_array (words, "v"), 0)));
  desk_do_ok (two->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_assert_cmpuint (hub_request_raw (two->net, &request, &again), ==, 200);
  g_assert_null (strstr (again, "words"));
  g_assert_nonnull (strstr (again, "ended since"));
}

/* What is wrong with a field is told by its label and what is said of the value: both are in the catalogue of the windows. */
static void
test_field_words (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *id = hub_fixture_id (two->net);
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"phones\":[{\"number\":\" \"}]}}", id);
  g_autoptr (JsonObject) outcome = desk_do (two->a, "client.register", args);
  g_autofree char *words = NULL;

  desk_expect (outcome, "rejected", "invalid");
  g_assert_cmpstr (kith_json_string (outcome, "message"), ==, "Phones: Number: this must be filled in.");
  words = kith_json_print_object (kith_json_object (outcome, "words"));
  g_assert_cmpstr (words, ==, "{\"s\":\"%s: %s\",\"v\":[{\"s\":\"Phones\"},{\"s\":\"%s: %s\",\"v\":[{\"s\":\"Number\"},{\"s\":\"this must be filled in.\"}]}]}");
}

/* U21, design 2.2: what only the hub holds goes as a whole, and yet not without end: beyond ten thousand records it is refused aloud, and nothing is moved. */
static void
test_whole_is_bounded (void)
{
  enum { TASKS = 10001 };
  g_autoptr (Two) two = two_new ();
  g_autofree char *cal = hub_fixture_add_staff (two->net, "cal", two->net->a, "\"role\":\"care_coordinator\"");
  g_autofree char *dee = hub_fixture_add_staff (two->net, "dee", two->net->a, "\"role\":\"care_coordinator\"");
  g_autofree char *transfer = hub_fixture_id (two->net);
  g_autofree char *args = g_strdup_printf ("{\"transfer\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}", transfer, cal, dee);
  g_autoptr (JsonObject) outcome = NULL;

  put_tasks (two, cal, NULL, TASKS);
  outcome = desk_do (two->a, "caseload.transfer", args);
  desk_expect (outcome, "rejected", "invalid");
  g_assert_cmpint (count (two, TASKS_OF, cal), ==, TASKS);
  g_assert_cmpint (count (two, "SELECT count(*) FROM transfer WHERE id = ?1", transfer), ==, 0);
  hub_fixture_check (two->net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/stuck/U21-many-tasks", test_many_tasks);
  g_test_add_func ("/hub/stuck/U21-whole-is-bounded", test_whole_is_bounded);
  g_test_add_func ("/hub/stuck/damaged-match", test_damaged_match);
  g_test_add_func ("/hub/stuck/C4-revoke-all", test_revoke_all);
  g_test_add_func ("/hub/stuck/others-are-bounded", test_others_are_bounded);
  g_test_add_func ("/hub/stuck/damaged", test_damaged);
  g_test_add_func ("/hub/stuck/C4-damaged-revoke", test_damaged_revoke);
  g_test_add_func ("/hub/stuck/damaged-endless", test_damaged_endless);
  g_test_add_func ("/hub/stuck/verifies", test_verifies);
  g_test_add_func ("/hub/stuck/I5-sentence", test_sentence);
  g_test_add_func ("/hub/stuck/field-words", test_field_words);
  g_test_add_func ("/hub/stuck/I5-words", test_words);
  return g_test_run ();
}
