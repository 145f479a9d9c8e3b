/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* Who may be the same person, as the hub finds it by its clock (domain.md 5, design.md 2.4): who is proposed to whom, and who is not. */

typedef struct
{
  HubFixture *net;
  char *ana, *ben, *cyd, *nell;
  Desk *a, *b, *c, *n; /* of three agencies and the network */
  guint number;
} Town;

static void
set_up (Town *t, gconstpointer data)
{
  t->net = hub_fixture_new (NULL);
  t->ana = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"referral_manager\"");
  t->ben = hub_fixture_add_staff (t->net, "ben", t->net->b, "\"role\":\"referral_manager\"");
  t->cyd = hub_fixture_add_staff (t->net, "cyd", t->net->c, "\"role\":\"referral_manager\"");
  t->nell = hub_fixture_add_staff (t->net, "nell", NULL, NULL);
  t->a = desk_new (t->net, "ana", t->ana);
  t->b = desk_new (t->net, "ben", t->ben);
  t->c = desk_new (t->net, "cyd", t->cyd);
  t->n = desk_new (t->net, "nell", t->nell);
}

static void
tear_down (Town *t, gconstpointer data)
{
  Desk *desks[] = { t->a, t->b, t->c, t->n };
  char *ids[] = { t->ana, t->ben, t->cyd, t->nell };

  hub_fixture_check (t->net);
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      desk_free (desks[i]);
      g_free (ids[i]);
    }
  hub_fixture_free (t->net);
}

/* receiver NULL: no consent was asked. */
static char *
add_client (Town *t, Desk *desk, const char *given, const char *family, const char *birth, const char *phone, gboolean findable, const char *receiver)
{
  char *id = hub_fixture_id (t->net);
  g_autofree char *consent_id = hub_fixture_id (t->net);
  g_autofree char *consent = receiver == NULL ? g_strdup ("") : g_strdup_printf (
      ",\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\","
      "\"purpose\":\"Help\",\"findable\":%s,\"term\":\"2026-06-01T00:00:00.000Z\"}", consent_id, receiver, findable ? "true" : "false");
  g_autofree char *args = g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"values\":{\"given_name\":\"%s\",\"family_name\":\"%s\",\"date_of_birth\":\"%s\","
      "\"phones\":[{\"number\":\"%s\"}]}%s}", id, ++t->number, given, family, birth, phone, consent);
  g_autoptr (JsonObject) outcome = desk_do (desk, "client.register", args);

  desk_expect (outcome, "applied", NULL);
  return id;
}

static char *
match_of (const char *a, const char *b)
{
  g_autofree char *key = strcmp (a, b) < 0 ? g_strconcat (a, ":", b, NULL) : g_strconcat (b, ":", a, NULL);

  return kith_id_natural ("match", key);
}

static gboolean
shown (Desk *desk, const char *a, const char *b)
{
  g_autofree char *id = match_of (a, b);

  desk_pull (desk);
  return desk_has (desk, id);
}

static guint
count (Town *t)
{
  gint64 n = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (t->net->hub), "SELECT count(*) FROM match", &error);

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  n = kith_db_int (stmt, 0);
  return (guint) n;
}

/* Of one common name and nothing else: two people. The same with one phone is worth a look. */
static void
test_namesakes (Town *t, gconstpointer data)
{
  g_autofree char *one = add_client (t, t->a, "Wilhelmina", "Featherstonehaugh", "1943-01-28", "619-555-0142", FALSE, NULL);
  g_autofree char *other = add_client (t, t->a, "Wilhelmina", "Featherstonehaugh", "1993-12-13", "415-207-9988", FALSE, NULL);
  g_autofree char *third = add_client (t, t->a, "Wilhelmina", "Featherstonehaugh", "1957-08-09", "619-555-0142", FALSE, NULL);

  hub_fixture_run_clock (t->net);
  g_assert_false (shown (t->a, one, other));
  g_assert_true (shown (t->a, one, third));
}

/* The same person twice at one agency, as life writes them; somebody else of the same family name is somebody else. */
static void
test_own (Town *t, gconstpointer data)
{
  g_autofree char *one = add_client (t, t->a, "Robert", "Kowalczyk", "1971-04-12", "619-555-0142", FALSE, NULL);
  g_autofree char *two = add_client (t, t->a, "Bob", "Kovalchik", "1971-12-04", "619-555-0142", FALSE, NULL);
  g_autofree char *other = add_client (t, t->a, "Halina", "Kowalczyk", "1999-01-30", "619-555-0777", FALSE, NULL);
  g_autofree char *args = NULL;
  g_autofree char *id = match_of (one, two);
  g_autoptr (JsonObject) outcome = NULL;

  hub_fixture_run_clock (t->net);
  g_assert_true (shown (t->a, one, two));
  g_assert_false (shown (t->a, one, other));
  g_assert_false (shown (t->a, two, other));
  g_assert_false (shown (t->b, one, two));
  g_assert_false (shown (t->n, one, two));
  g_assert_cmpuint (count (t), ==, 1);
  hub_fixture_run_clock (t->net);
  g_assert_cmpuint (count (t), ==, 1);

  args = g_strdup_printf ("{\"match\":\"%s\"}", id);
  outcome = desk_do (t->a, "match.dismiss", args);
  desk_expect (outcome, "applied", NULL);
  hub_fixture_run_clock (t->net);
  desk_pull (t->a);
  g_assert_nonnull (strstr (((DeskRow *) g_hash_table_lookup (t->a->rows, id))->body, "dismissed"));
}

/* C14: whom the network may not find is matched with nobody of another agency; the steward has a match until somebody holds both. */
static void
test_across (Town *t, gconstpointer data)
{
  g_autofree char *one = add_client (t, t->a, "Nadia", "Haddad", "1984-09-02", "619-555-0101", TRUE, t->net->b);
  g_autofree char *hidden = add_client (t, t->b, "Nadia", "Haddad", "1984-09-02", "619-555-0101", FALSE, t->net->a);
  g_autofree char *private = add_client (t, t->c, "Nadia", "Haddad", "1984-09-02", "619-555-0101", FALSE, NULL);
  g_autofree char *two = NULL;
  g_autofree char *args = NULL;
  g_autofree char *op = NULL;
  g_autofree char *handle = NULL;
  g_autoptr (JsonObject) answer = NULL;

  hub_fixture_run_clock (t->net);
  g_assert_cmpuint (count (t), ==, 0);
  two = add_client (t, t->b, "Nadja", "Hadad", "1984-09-02", "619-555-0101", TRUE, t->net->a);
  hub_fixture_run_clock (t->net);
  g_assert_true (shown (t->n, one, two));
  g_assert_true (shown (t->b, hidden, two)); /* both B's own */
  g_assert_cmpuint (count (t), ==, 2);
  g_assert_false (shown (t->a, one, two));
  g_assert_false (shown (t->b, one, two));
  g_assert_false (shown (t->c, one, two));

  g_assert_cmpuint (hub_request (t->net, "POST", "/v1/clients/search", t->b->token, "{\"name\":\"nadia haddad\"}", NULL), ==, 200);
  handle = kith_hub_handle_of (t->net->hub, t->b->user, one);
  op = hub_fixture_id (t->net);
  args = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"client.open_shared\",\"a\":{\"client\":\"%s\",\"reason\":\"She came\"}}", op, handle);
  g_assert_cmpuint (hub_request (t->net, "POST", "/v1/op", t->b->token, args, &answer), ==, 200);
  g_assert_cmpstr (kith_json_string (answer, "st"), ==, "applied");
  g_assert_true (shown (t->b, one, two));
  g_assert_false (shown (t->n, one, two)); /* and it is taken from the steward */
  g_assert_false (shown (t->a, one, two));
  g_assert_null (strstr (t->c->seen->str, "Hadad"));
}

/* An identity that is mended takes the proposal away; one that comes to look alike brings it. */
static void
test_patch (Town *t, gconstpointer data)
{
  g_autofree char *one = add_client (t, t->a, "Amina", "Rahimi", "1990-05-17", "619-555-0110", FALSE, NULL);
  g_autofree char *two = add_client (t, t->a, "Goran", "Petrovic", "1962-11-03", "619-555-0222", FALSE, NULL);
  static const char *const changes[][4] = {
    { "Goran", "Amina", "Petrovic", "Rahimi" }, { "Amina", "Goran", "Rahimi", "Petrovic" },
  };
  static const char *const births[][2] = { { "1962-11-03", "1990-05-17" }, { "1990-05-17", "1962-11-03" } };

  hub_fixture_run_clock (t->net);
  g_assert_cmpuint (count (t), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *args = g_strdup_printf (
          "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"given_name\":{\"old\":\"%s\",\"new\":\"%s\"},\"family_name\":{\"old\":\"%s\",\"new\":\"%s\"},"
          "\"date_of_birth\":{\"old\":\"%s\",\"new\":\"%s\"}}}", two, changes[i][0], changes[i][1], changes[i][2], changes[i][3], births[i][0],
          births[i][1]);
      g_autoptr (JsonObject) outcome = desk_do (t->a, "record.patch", args);

      desk_expect (outcome, "applied", NULL);
      hub_fixture_run_clock (t->net);
      g_assert_cmpuint (count (t), ==, i == 0 ? 1 : 0);
      g_assert_true (shown (t->a, one, two) == (i == 0));
    }
}

/* Names that half the town bears: so many candidates are looked at and no more, and the twin is still found by the day of birth. */
static void
test_many (Town *t, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *birth = g_strdup_printf ("19%02u-%02u-%02u", 30 + i % 60, 1 + i % 12, 1 + i % 28);
      g_autofree char *phone = g_strdup_printf ("619-555-%04u", 1000 + i);

      g_free (add_client (t, t->a, "Maria", "Lopez", birth, phone, FALSE, NULL));
      kith_manual_clock_advance (t->net->clock, 1000);
    }
  one = add_client (t, t->a, "Maria", "Lopez", "2001-03-29", "619-555-8888", FALSE, NULL);
  two = add_client (t, t->a, "Marya", "Lopes", "2001-03-29", "619-555-8888", FALSE, NULL);
  hub_fixture_run_clock (t->net);
  g_assert_true (shown (t->a, one, two));
}

#define ALIKE 40
#define COMMITS "SELECT count(DISTINCT q) FROM op_log WHERE op = 'match.propose' AND status = 'applied'"
#define PROPOSALS "SELECT count(*) FROM op_log WHERE op = 'match.propose' AND status = 'applied'"

static guint
count_sql (Town *t, const char *sql)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (t->net->hub), sql, NULL);

  g_assert_nonnull (stmt);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return (guint) kith_db_int (stmt, 0);
}

/* A list of people who are alike, as an import brings it: each commit waits for the disk, so a turn has one for all it proposes; and it is a turn
 * of so many, that others are answered in between. */
static void
test_commits (Town *t, gconstpointer data)
{
  guint turns = 0, most = 0, before = 0, proposals;

  for (guint i = 0; i < ALIKE; i++)
    g_free (add_client (t, t->a, "Oksana", "Melnyk", "1977-02-14", "619-555-0199", FALSE, NULL));
  do
    {
      hub_fixture_tick (t->net);
      proposals = count_sql (t, PROPOSALS);
      most = MAX (most, proposals - before);
      before = proposals;
      turns++;
    }
  while (kith_hub_is_behind (t->net->hub));
  g_assert_cmpuint (proposals, >=, ALIKE * 10);
  g_assert_cmpuint (count_sql (t, COMMITS), <=, turns);
  g_assert_cmpuint (turns, >=, 10);
  g_assert_cmpuint (most, <=, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/hub/match/" name, Town, NULL, set_up, func, tear_down)
  ADD ("namesakes", test_namesakes);
  ADD ("own", test_own);
  ADD ("across-C14", test_across);
  ADD ("patch", test_patch);
  ADD ("many", test_many);
  ADD ("commits", test_commits);
  return g_test_run ();
}
