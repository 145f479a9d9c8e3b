/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* Signing in, tokens, lanes (sync.md 5.1), and what the router refuses before it looks inside. */

#define RIGHT "0102030405060708000000000000000000000000000000000000000000000000"
#define WRONG "0202030405060708000000000000000000000000000000000000000000000000"

static guint
sign_in (HubFixture *net, const char *login, const char *auth, JsonObject **answer)
{
  g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\",\"auth\":\"%s\",\"device\":\"d1\",\"schema\":1}", login,
                                           auth);

  return hub_request (net, "POST", "/v1/sign-in", NULL, body, answer);
}

static guint
refresh (HubFixture *net, const char *token, JsonObject **answer)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh\":\"%s\"}", token);

  return hub_request (net, "POST", "/v1/token", NULL, body, answer);
}

static void
test_start (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "Ana", net->a, NULL);
  g_autoptr (JsonObject) known = NULL;
  g_autoptr (JsonObject) unknown = NULL;
  g_autoptr (JsonObject) unknown_again = NULL;
  guint8 salt[16];
  g_autoptr (GString) hex = g_string_new (NULL);

  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in/start", NULL, "{\"login\":\" ANA \"}", &known), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in/start", NULL, "{\"login\":\"nobody\"}", &unknown), ==, 200);
  hub_fixture_restart (net);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in/start", NULL, "{\"login\":\"nobody\"}", &unknown_again), ==,
                    200);
  kith_hub_get_salt (net->hub, "ana", salt);
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (hex, "%02x", salt[i]);
  g_assert_cmpstr (kith_json_string (known, "salt"), ==, hex->str);
  g_assert_cmpuint (strlen (kith_json_string (unknown, "salt")), ==, 32);
  g_assert_cmpstr (kith_json_string (unknown, "salt"), !=, hex->str);
  g_assert_cmpstr (kith_json_string (unknown, "salt"), ==, kith_json_string (unknown_again, "salt"));
  g_assert_cmpint (kith_json_int (unknown, "memory", 0), ==, kith_json_int (known, "memory", 1));
}

static void
test_sign_in (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autofree char *other = hub_fixture_add_staff (net, "ben", net->a, NULL);
  g_autoptr (JsonObject) right = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) second = NULL;
  JsonObject *lane, *lane2;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &right), ==, 200);
  g_assert_cmpstr (kith_json_string (right, "user"), ==, user);
  g_assert_cmpstr (kith_json_string (right, "agency"), ==, net->a);
  g_assert_cmpstr (kith_json_string (right, "epoch"), ==, kith_hub_get_epoch (net->hub));
  g_assert_nonnull (kith_json_string (right, "now"));
  g_assert_cmpint (kith_json_int (right, "expires_s", 0), ==, 600);
  lane = kith_json_object (right, "lane");
  g_assert_cmpuint (strlen (kith_json_string (lane, "code")), >=, 2);
  g_assert_cmpint (kith_json_int (lane, "next_number", 0), ==, 1);
  g_assert_cmpint (kith_json_int (lane, "last_n", -1), ==, 0);

  /* the same store keeps its code, another gets its own */
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &again), ==, 200);
  g_assert_cmpstr (kith_json_string (kith_json_object (again, "lane"), "code"), ==, kith_json_string (lane, "code"));
  g_assert_cmpuint (sign_in (net, "ben", RIGHT, &second), ==, 200);
  lane2 = kith_json_object (second, "lane");
  g_assert_cmpstr (kith_json_string (lane2, "code"), !=, kith_json_string (lane, "code"));
}

/* Which computer it was: whoever takes over what was sent from there hears up to where this database has it (I2). */
static void
test_former (void)
{
  static const struct { const char *member; gint64 n; } cases[] = {
    { "", -1 }, { ",\"former\":\"d1\"", 7 }, { ",\"former\":\"d9\"", 0 }, { ",\"former\":\"bens\"", 0 }, { ",\"former\":\"\"", 0 },
  };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autofree char *other = hub_fixture_add_staff (net, "ben", net->a, NULL);
  g_autoptr (JsonObject) first = NULL, theirs = NULL;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, "{\"login\":\"ben\",\"auth\":\"" RIGHT "\",\"device\":\"bens\"}", &theirs), ==, 200);
  kith_db_exec (kith_hub_get_db (net->hub), "UPDATE lane SET last_n = CASE device WHEN 'd1' THEN 7 ELSE 9 END", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"device\":\"d2\"%s}", cases[i].member);
      g_autoptr (JsonObject) answer = NULL;

      g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, body, &answer), ==, 200);
      g_assert_cmpint (kith_json_int (answer, "former_n", -1), ==, cases[i].n);
    }
}

/* What is known of a computer, for whoever hears that one was lost: what it calls itself where that is a name, and when it was last there. A desk that says
 * nothing (of an older Kith), or nonsense, signs in all the same, and takes nothing away. */
static void
test_computer (void)
{
  static const struct { const char *member, *expected; } cases[] = {
    { "", NULL }, { ",\"computer\":\"van.example-1\"", "van.example-1" }, { "", "van.example-1" }, { ",\"computer\":\"a b\"", "van.example-1" },
    { ",\"computer\":7", "van.example-1" }, { ",\"computer\":\"\\u001b[2J\"", "van.example-1" },
    { ",\"computer\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "van.example-1" }, { ",\"computer\":\"desk_2\"", "desk_2" },
  };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (JsonObject) answer = NULL;
  KithDb *db = kith_hub_get_db (net->hub);
  gint64 first = 0, later = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"device\":\"d1\"%s}", cases[i].member), *name = NULL;
      g_autoptr (KithDbStmt) stmt = NULL;

      g_clear_pointer (&answer, json_object_unref);
      g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, body, &answer), ==, 200);
      stmt = kith_db_prepare (db, "SELECT computer, seen_at FROM lane WHERE device = 'd1'", NULL);
      g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
      g_assert_cmpstr (kith_db_text (stmt, 0), ==, cases[i].expected);
      first = kith_db_int (stmt, 1);
    }
  g_assert_cmpint (first, ==, kith_clock_wall_ms (KITH_CLOCK (net->clock)));
  kith_manual_clock_advance (net->clock, 3600 * 1000);
  g_assert_cmpuint (refresh (net, kith_json_string (answer, "refresh"), NULL), ==, 200);
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "SELECT seen_at FROM lane WHERE device = 'd1'", NULL);

    g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
    later = kith_db_int (stmt, 0);
  }
  g_assert_cmpint (later - first, ==, 3600 * 1000);
}

/* An unknown login and a wrong password are answered by the same bytes, and slowed down alike. P18: of an account of the provider portal as of any. */
static void
test_wrong (void)
{
  for (guint portal = 0; portal < 2; portal++)
    {
      g_autoptr (HubFixture) net = hub_fixture_new (NULL);
      g_autofree char *user = portal ? hub_fixture_add_portal (net, "ana", net->b, net->service, NULL) : hub_fixture_add_staff (net, "ana", net->a, NULL);
      g_autoptr (JsonObject) late = NULL;

      for (guint i = 0; i < 10; i++)
        {
          g_autoptr (JsonObject) known = NULL;
          g_autoptr (JsonObject) unknown = NULL;
          g_autofree char *known_text = NULL;
          g_autofree char *unknown_text = NULL;

          g_assert_cmpuint (sign_in (net, "ana", WRONG, &known), ==, 401);
          g_assert_cmpuint (sign_in (net, "nobody", WRONG, &unknown), ==, 401);
          known_text = kith_json_print_object (known);
          unknown_text = kith_json_print_object (unknown);
          g_assert_cmpstr (known_text, ==, unknown_text);
          g_assert_cmpstr (kith_json_string (known, "error"), ==, "bad_sign_in");
        }
      g_assert_cmpuint (sign_in (net, "ana", RIGHT, NULL), ==, 429); /* right, but too soon */
      g_assert_cmpuint (sign_in (net, "nobody", WRONG, NULL), ==, 429);
      kith_manual_clock_advance (net->clock, 1001);
      g_assert_cmpuint (sign_in (net, "ana", WRONG, NULL), ==, 401);
      kith_manual_clock_advance (net->clock, 1001);
      g_assert_cmpuint (sign_in (net, "ana", RIGHT, NULL), ==, 429); /* the wait doubles */
      kith_manual_clock_advance (net->clock, 1001);
      g_assert_cmpuint (sign_in (net, "ana", RIGHT, &late), ==, 200);
      g_assert_cmpuint (sign_in (net, "ana", WRONG, NULL), ==, 401); /* counted anew */
      g_assert_cmpuint (sign_in (net, "ana", RIGHT, NULL), ==, 200);
    }
}

/* What a password costs is done by whom the server finds: the hub names the work, and answers when it comes back done; for a wrong one and an
 * unknown login alike. Work for a password that was changed meanwhile is named anew. */
static void
test_apart (void)
{
  static const char *const logins[] = { "ana", "nobody" };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (KithHubWork) work = NULL;
  guint8 other[32] = { 2, 2, 3, 4, 5, 6, 7, 8 };

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"login\":\"%s\",\"auth\":\"%s\",\"device\":\"d1\"}", logins[i / 2], i % 2 == 0 ? RIGHT : WRONG);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      KithHubRequest request = { .method = "POST", .path = "/v1/sign-in", .body = body, .apart = TRUE };
      g_auto (KithHubAnswer) asked = { 0 };
      g_auto (KithHubAnswer) answered = { 0 };

      kith_hub_handle (net->hub, &request, &asked);
      g_assert_cmpuint (asked.status, ==, 0);
      g_assert_null (asked.body);
      g_assert_nonnull (asked.work);
      kith_hub_work_do (asked.work);
      request.work = asked.work;
      kith_hub_handle (net->hub, &request, &answered);
      g_assert_null (answered.work);
      g_assert_cmpuint (answered.status, ==, i == 0 ? 200 : 401);
      if (i == 0)
        work = g_steal_pointer (&asked.work);
    }
  kith_hub_set_account (net->hub, "ana", user, other, sizeof other, NULL);
  {
    static const char text[] = "{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"device\":\"d1\"}";
    g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
    const KithHubRequest late = { .method = "POST", .path = "/v1/sign-in", .body = body, .apart = TRUE, .work = work };
    g_auto (KithHubAnswer) answer = { 0 };

    kith_hub_handle (net->hub, &late, &answer);
    g_assert_nonnull (answer.work);
  }
}

/* Nor is what is kept of the new one worked out on the hub's own thread. */
static void
test_next_apart (void)
{
  static const char text[] = "{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"next_auth\":\"" WRONG "\",\"device\":\"d1\"}";
  static const char without[] = "{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"device\":\"d1\"}";
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (GBytes) plain = g_bytes_new_static (without, strlen (without)), body = g_bytes_new_static (text, strlen (text));
  KithHubRequest request = { .method = "POST", .path = "/v1/sign-in", .body = plain, .apart = TRUE };
  g_auto (KithHubAnswer) asked = { 0 }, other = { 0 }, answered = { 0 };
  g_autoptr (JsonObject) answer = NULL;

  kith_hub_handle (net->hub, &request, &asked);
  kith_hub_work_do (asked.work);
  request.work = asked.work;
  request.body = body;
  kith_hub_handle (net->hub, &request, &other); /* work that was done for another question */
  g_assert_nonnull (other.work);
  kith_hub_work_do (other.work);
  request.work = other.work;
  kith_hub_handle (net->hub, &request, &answered);
  g_assert_cmpuint (answered.status, ==, 200);
  g_assert_cmpuint (sign_in (net, "ana", WRONG, &answer), ==, 200);
}

static gint64
count (HubFixture *net, const char *sql)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (net->hub), sql, NULL);

  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* Whoever guesses at made-up names fills no disk; and does not wash out who has to wait. */
static void
test_failures_bound (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  KithDb *db = kith_hub_get_db (net->hub);

  for (guint i = 0; i < 11; i++)
    sign_in (net, "waits", WRONG, NULL);
  g_assert_true (kith_db_exec (db, "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 10050) "
                                   "INSERT INTO sign_in_failure (login, failures, until_ms, at) SELECT 'made-up ' || i, 1, 0, (SELECT max(at) FROM sign_in_failure) + 1 FROM k", NULL));
  sign_in (net, "one more", WRONG, NULL);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sign_in_failure"), ==, 10000);
  g_assert_cmpint (count (net, "SELECT count(*) FROM sign_in_failure WHERE login IN ('waits', 'one more')"), ==, 2);
}

/* Every new computer takes a code for good: nobody makes them by the thousand. */
static void
test_lanes_bound (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) refused = NULL;
  guint status = 200, made = 1;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  for (; made < 100 && status == 200; made++)
    {
      g_autofree char *body = g_strdup_printf ("{\"device\":\"new-%u\"}", made);

      g_clear_pointer (&refused, json_object_unref);
      status = hub_request (net, "POST", "/v1/lane", kith_json_string (first, "token"), body, &refused);
    }
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpstr (kith_json_string (refused, "error"), ==, "slow_down");
  g_assert_cmpint (count (net, "SELECT count(*) FROM lane"), ==, 30);
  /* one that is known goes on */
  g_assert_cmpuint (hub_request (net, "POST", "/v1/lane", kith_json_string (first, "token"), "{\"device\":\"new-3\"}", NULL), ==, 200);
  g_clear_pointer (&first, json_object_unref);
  kith_manual_clock_advance (net->clock, G_GINT64_CONSTANT (25) * 3600 * 1000);
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/lane", kith_json_string (first, "token"), "{\"device\":\"next-day\"}", NULL), ==, 200);
}

static void
test_malformed (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"login\":5}",
    "{\"login\":\"ana\",\"auth\":\"xyz\",\"device\":\"d\"}",
    "{\"login\":\"ana\",\"auth\":\"" RIGHT "\"}",
    "{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"device\":\"a/b\"}",
    "{\"login\":\"ana\",\"auth\":\"" RIGHT RIGHT RIGHT "\",\"device\":\"d\"}",
    "{\"login\":\"\",\"auth\":\"" RIGHT "\",\"device\":\"d\"}",
    "[]",
    "",
    "{\"login\":\"a\",\"login\":\"b\"}",
  };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, bodies[i], NULL), ==, 400);
}

static void
test_tokens (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  const char *token;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  token = kith_json_string (first, "token");
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", token, "{\"v\":1}", NULL), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", NULL, "{\"v\":1}", NULL), ==, 401);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", "x", "{\"v\":1}", NULL), ==, 401);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (first, "refresh"), "{\"v\":1}", NULL),
                    ==, 401);
  kith_manual_clock_advance (net->clock, 10 * 60 * 1000 + 1);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", token, "{\"v\":1}", NULL), ==, 401);

  g_assert_cmpuint (refresh (net, kith_json_string (first, "refresh"), &second), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (second, "token"), "{\"v\":1}", NULL),
                    ==, 200);
  g_assert_cmpuint (refresh (net, kith_json_string (second, "token"), NULL), ==, 401);
  g_assert_cmpuint (refresh (net, "nothing", NULL), ==, 401);
  kith_manual_clock_advance (net->clock, G_GINT64_CONSTANT (31) * 24 * 3600 * 1000);
  g_assert_cmpuint (refresh (net, kith_json_string (second, "refresh"), NULL), ==, 401);
}

/* A refresh token that comes back after its successor was used ends the family; one whose answer was lost does not. */
static void
test_reuse (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) lost = NULL;
  g_autoptr (JsonObject) second = NULL;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  g_assert_cmpuint (refresh (net, kith_json_string (first, "refresh"), &lost), ==, 200);
  g_assert_cmpuint (refresh (net, kith_json_string (first, "refresh"), &second), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (lost, "token"), "{\"v\":1}", NULL), ==,
                    401);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (second, "token"), "{\"v\":1}", NULL),
                    ==, 200);

  g_assert_cmpuint (refresh (net, kith_json_string (first, "refresh"), NULL), ==, 401); /* now it is a theft */
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (second, "token"), "{\"v\":1}", NULL),
                    ==, 401);
  g_assert_cmpuint (refresh (net, kith_json_string (second, "refresh"), NULL), ==, 401);
}

/* A password is changed by signing in with the former one: that is of no use then, here and on every other computer. */
static void
test_next (void)
{
#define CHANGE(auth, next) "{\"login\":\"ana\",\"auth\":\"" auth "\",\"next_auth\":\"" next "\",\"device\":\"d1\",\"schema\":1}"
  static const struct { const char *body; guint status;
  } tries[] = { { CHANGE (WRONG, WRONG), 401 }, { CHANGE (RIGHT, "00"), 400 }, { CHANGE (RIGHT, ""), 400 } };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (JsonObject) first = NULL, second = NULL, changed = NULL, third = NULL, fourth = NULL, refused = NULL;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, tries[i].body, &answer), ==, tries[i].status);
    }
  g_assert_cmpuint (refresh (net, kith_json_string (first, "refresh"), &second), ==, 200); /* so far nothing has changed */
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, CHANGE (RIGHT, WRONG), &changed), ==, 200);
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &third), ==, 401);
  g_assert_cmpuint (refresh (net, kith_json_string (second, "refresh"), &refused), ==, 401);
  g_assert_nonnull (kith_json_string (changed, "refresh"));
  g_assert_cmpuint (sign_in (net, "ana", WRONG, &fourth), ==, 200);
#undef CHANGE
}

/* C22, U21: what an agency’s administrator ends is over at the hub with that very act: the tokens that were given out, the grants by which rows came,
 * and the sign-in. What the computer holds it keeps until it is told, at its next contact. */
static void
test_off_boarding (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\"");
  g_autofree char *admin = hub_fixture_add_staff (net, "ada", net->a, "\"role\":\"care_coordinator\",\"duties\":[\"agency_admin\"]");
  g_autofree char *client = hub_fixture_id (net), *scope = g_strconcat ("client:", client, NULL), *text = NULL;
  g_autofree char *args = g_strdup_printf ("{\"staff\":\"%s\",\"reason\":\"Left\"}", user);
  g_autoptr (Desk) desk = desk_new (net, "ana", user);
  g_autoptr (Desk) ada = desk_new (net, "ada", admin);
  g_autoptr (JsonObject) outcome = NULL;
  g_autoptr (JsonObject) told = NULL;
  g_autoptr (GError) error = NULL;
  gboolean sees;
  guint status;

  desk_do_ok (desk, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Canary\"}}", client);
  desk_pull (desk);
  g_assert_true (kith_hub_user_sees (net->hub, user, scope, &sees, &error));
  g_assert_true (sees);

  outcome = desk_online (ada, "staff.deactivate", args);
  desk_expect (outcome, "applied", NULL);
  g_assert_true (kith_hub_user_sees (net->hub, user, scope, &sees, &error));
  g_assert_no_error (error);
  g_assert_false (sees);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", desk->token, "{\"v\":1}", &told), ==, 401);
  g_assert_cmpstr (kith_json_string (told, "error"), ==, "deactivated");
  text = desk_push_text (desk, "", 2, &status);
  g_assert_cmpuint (status, ==, 401);
  g_assert_null (strstr (text, "Canary"));
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, NULL), ==, 401);
  hub_fixture_check (net);
}

/* I21: a computer that was revoked is refused everywhere, also when it signs in anew; the person’s other one goes on, and so does another person at the
 * revoked one. */
static void
test_revoked (void)
{
  static const char *const paths[] = { "/v1/sync/push", "/v1/sync/pull", "/v1/sync/verify", "/v1/op", "/v1/lane" };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autofree char *other = hub_fixture_add_staff (net, "ben", net->a, NULL);
  g_autoptr (JsonObject) lost = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) bens = NULL;
  g_autoptr (Desk) kept = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &lost), ==, 200);
  g_assert_cmpuint (sign_in (net, "ben", RIGHT, &bens), ==, 200);
  kept = desk_new (net, "ana", user); /* another computer */
  g_assert_true (kith_hub_revoke_computer (net->hub, user, "nowhere", &n, &error));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (kith_hub_revoke_computer (net->hub, user, "d1", &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      g_assert_cmpuint (hub_request (net, "POST", paths[i], kith_json_string (lost, "token"), "{}", &answer), ==, 401);
      g_assert_cmpstr (kith_json_string (answer, "error"), ==, "computer_revoked");
      g_assert_cmpstr (kith_json_string (answer, "user"), ==, user);
      g_assert_cmpstr (kith_json_string (answer, "epoch"), ==, kith_hub_get_epoch (net->hub));
    }
  g_assert_cmpuint (hub_request (net, "GET", "/v1/sync/wait?c=x", kith_json_string (lost, "token"), NULL, NULL), ==, 401);
  g_assert_cmpuint (refresh (net, kith_json_string (lost, "refresh"), NULL), ==, 401);
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &again), ==, 401);
  g_assert_cmpstr (kith_json_string (again, "error"), ==, "computer_revoked");
  g_assert_cmpstr (kith_json_string (again, "user"), ==, user);
  g_assert_cmpuint (sign_in (net, "ana", WRONG, NULL), ==, 401);
  desk_pull (kept);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (bens, "token"), "{\"v\":1}", NULL), ==, 200);

  g_assert_true (kith_hub_revoke_computer (net->hub, user, NULL, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kept->token, "{\"v\":1}", NULL), ==, 401);
}

/* I21: nor does a lane help that is another computer's: which of the two asks under it nobody can tell any more. */
static void
test_revoked_elsewhere (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (Desk) other = desk_new (net, "ana", user);
  g_autofree char *body = g_strdup_printf ("{\"device\":\"%s\"}", other->device);
  g_autoptr (JsonObject) lost = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &lost), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/lane", kith_json_string (lost, "token"), body, NULL), ==, 200);
  g_assert_true (kith_hub_revoke_computer (net->hub, user, "d1", &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (lost, "token"), "{\"v\":1}", NULL), ==, 401);
}

/* C22, I21: a closed account is refused at once, everywhere. */
static void
test_deactivated (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"agency\":\"%s\",\"name\":\"ana\",\"login\":\"ana\",\"level\":\"standard\",\"trained\":true}", net->a);
  static const char *const paths[] = { "/v1/sync/push", "/v1/sync/pull", "/v1/sync/verify", "/v1/op", "/v1/lane" };
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) closed = NULL;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &first), ==, 200);
  hub_fixture_put (net, "staff", user, body);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      g_assert_cmpuint (hub_request (net, "POST", paths[i], kith_json_string (first, "token"), "{}", &answer), ==, 401);
      g_assert_cmpstr (kith_json_string (answer, "error"), ==, "deactivated");
      g_assert_cmpstr (kith_json_string (answer, "user"), ==, user);
      g_assert_cmpstr (kith_json_string (answer, "epoch"), ==, kith_hub_get_epoch (net->hub));
    }
  g_assert_cmpuint (hub_request (net, "GET", "/v1/sync/wait?c=x", kith_json_string (first, "token"), NULL, NULL), ==,
                    401);
  g_assert_cmpuint (refresh (net, kith_json_string (first, "refresh"), NULL), ==, 401);
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &closed), ==, 401);
  g_assert_cmpstr (kith_json_string (closed, "error"), ==, "deactivated");
  g_assert_cmpstr (kith_json_string (closed, "user"), ==, user);
  g_assert_cmpuint (sign_in (net, "ana", WRONG, NULL), ==, 401);
  hub_fixture_check (net);
}

/* The same computer under another lane: an image of its disk was put back. Whichever of the two is named, neither is answered any more, and no other
 * computer is meant. */
static void
test_revoked_former (gconstpointer named)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autoptr (JsonObject) lost = NULL, next = NULL, answer = NULL;
  g_autoptr (Desk) kept = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &lost), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/lane", kith_json_string (lost, "token"), "{\"device\":\"d1-next\"}", &next), ==, 200);
  kept = desk_new (net, "ana", user);
  g_assert_true (kith_hub_revoke_computer (net->hub, user, named, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (lost, "token"), "{}", &answer), ==, 401);
  g_assert_cmpstr (kith_json_string (answer, "error"), ==, "computer_revoked");
  g_assert_cmpuint (refresh (net, kith_json_string (lost, "refresh"), NULL), ==, 401);
  g_assert_cmpuint (sign_in (net, "ana", RIGHT, NULL), ==, 401);
  desk_pull (kept);
  hub_fixture_check (net);
}

/* The same where no token was left to move to the other lane: the computer signed in under its new name and said which it had. Nobody names one of somebody
 * else’s. */
static void
test_revoked_signed_in_anew (gconstpointer named)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, NULL), *ben = hub_fixture_add_staff (net, "ben", net->a, NULL);
  g_autoptr (JsonObject) lost = NULL, next = NULL, other = NULL, answer = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_cmpuint (sign_in (net, "ana", RIGHT, &lost), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, "{\"login\":\"ana\",\"auth\":\"" RIGHT "\",\"device\":\"d1-next\",\"former\":\"d1\"}", &next), ==, 200);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, "{\"login\":\"ben\",\"auth\":\"" RIGHT "\",\"device\":\"d2\",\"former\":\"d1\"}", &other), ==, 200);
  g_assert_true (kith_hub_revoke_computer (net->hub, ben, "d2", &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (kith_hub_revoke_computer (net->hub, ana, named, &n, &error));
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (lost, "token"), "{}", &answer), ==, 401);
  g_assert_cmpstr (kith_json_string (answer, "error"), ==, "computer_revoked");
  g_clear_pointer (&answer, json_object_unref);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/pull", kith_json_string (next, "token"), "{}", &answer), ==, 401);
  g_assert_cmpstr (kith_json_string (answer, "error"), ==, "computer_revoked");
  hub_fixture_check (net);
}

static void
assert_series (Desk *d, const char *code, const char *expected)
{
  g_autofree char *id = hub_fixture_id (d->net);
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"%s-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Lopez\"}}", id, code);
  g_autoptr (JsonObject) outcome = desk_do (d, "client.register", args);

  g_test_message ("%s: %s", code, kith_json_string (outcome, "message"));
  desk_expect (outcome, expected, g_str_equal (expected, "rejected") ? "invalid" : NULL);
}

/* design.md 2.2, 4: numbers that people read are of the lane's own series, so that no two records ever have the same. A person's former lane is
 * theirs as well, and so is what a hub restored from a backup has lost: it gives that code to nobody. */
static void
test_series (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, NULL);
  g_autofree char *ben = hub_fixture_add_staff (net, "ben", net->a, NULL);
  g_autoptr (Desk) a = desk_new (net, "ana", ana);
  g_autoptr (Desk) b = desk_new (net, "ben", ben);
  static const char *const none[] = { "EA", "ZZZZ", "KKK" };

  assert_series (a, a->lane_code, "applied");
  assert_series (a, b->lane_code, "rejected");
  for (guint i = 0; i < G_N_ELEMENTS (none); i++) /* no lane's letters; not given yet; no code at all */
    assert_series (a, none[i], "rejected");
  assert_series (a, "KK", "applied");
  g_assert_cmpuint (hub_request (net, "POST", "/v1/lane", a->token, "{\"device\":\"the-next\"}", NULL), ==, 200);
  g_free (a->device);
  a->device = g_strdup ("the-next");
  a->n = 0;
  assert_series (a, a->lane_code, "applied"); /* of before */
  hub_fixture_check (net);
}

/* Before any body is parsed: path, method, size, type, token. */
static void
test_router (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *large = g_strnfill (KITH_LIMIT_BODY + 1, '[');
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GBytes) body = g_bytes_new (large, KITH_LIMIT_BODY + 1);
  g_autoptr (GBytes) small = g_bytes_new ("{}", 2);
  const KithHubRequest too_large = { .method = "POST", .path = "/v1/sync/push", .body = body };
  const KithHubRequest html = { .method = "POST", .path = "/v1/sign-in", .body = small, .content_type = "text/html" };
  const KithHubRequest charset = {
    .method = "POST", .path = "/v1/sign-in", .body = small, .content_type = "application/json; charset=utf-8"
  };
  static const char *const open[] = { "/v1/hello", "/healthz", "/metrics" };

  g_assert_cmpuint (hub_request (net, "GET", "/", NULL, NULL, NULL), ==, 404);
  g_assert_cmpuint (hub_request (net, "GET", "/v1/sync/../hello", NULL, NULL, NULL), ==, 404);
  g_assert_cmpuint (hub_request (net, "GET", "/v1/sync/push", NULL, NULL, NULL), ==, 405);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/hello", NULL, NULL, NULL), ==, 405);
  g_assert_cmpuint (hub_request_raw (net, &too_large, NULL), ==, 413);
  g_assert_cmpuint (hub_request_raw (net, &html, NULL), ==, 415);
  g_assert_cmpuint (hub_request_raw (net, &charset, NULL), ==, 400);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, deep, NULL), ==, 413);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sync/push", NULL, deep, NULL), ==, 401);
  g_assert_cmpuint (kith_hub_body_limit ("/v1/sync/push"), ==, KITH_LIMIT_BODY);
  g_assert_cmpuint (kith_hub_body_limit ("/nowhere"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_cmpuint (hub_request (net, "GET", open[i], NULL, NULL, NULL), ==, 200);
}

static void
test_hello (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autoptr (JsonObject) hello = NULL;
  const KithHubRequest metrics = { .method = "GET", .path = "/metrics" };
  g_autofree char *text = NULL;

  g_assert_cmpuint (hub_request (net, "GET", "/v1/hello", NULL, NULL, &hello), ==, 200);
  g_assert_cmpint (kith_json_int (hello, "kith", 0), ==, 1);
  g_assert_cmpstr (kith_json_string (hello, "epoch"), ==, kith_hub_get_epoch (net->hub));
  g_assert_cmpstr (kith_json_string (hello, "now"), ==, "2026-03-02T09:00:00.004Z");
  g_assert_cmpint (kith_json_int (kith_json_object (hello, "limits"), "depth", 0), ==, 32);
  hub_request_raw (net, &metrics, &text);
  g_assert_nonnull (strstr (text, "kith_requests_total 2\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/session/computer", test_computer);
  g_test_add_func ("/hub/sign-in/start", test_start);
  g_test_add_func ("/hub/sign-in/lane", test_sign_in);
  g_test_add_func ("/hub/sign-in/former-I2", test_former);
  g_test_add_func ("/hub/sign-in/wrong-P18", test_wrong);
  g_test_add_func ("/hub/sign-in/apart", test_apart);
  g_test_add_func ("/hub/sign-in/next", test_next);
  g_test_add_func ("/hub/sign-in/next-apart", test_next_apart);
  g_test_add_func ("/hub/sign-in/failures-bound", test_failures_bound);
  g_test_add_func ("/hub/sign-in/lanes-bound", test_lanes_bound);
  g_test_add_func ("/hub/sign-in/malformed", test_malformed);
  g_test_add_func ("/hub/token/life", test_tokens);
  g_test_add_func ("/hub/token/reuse", test_reuse);
  g_test_add_func ("/hub/token/C22-deactivated", test_deactivated);
  g_test_add_func ("/hub/token/C22-U21-off-boarding", test_off_boarding);
  g_test_add_func ("/hub/token/I21-revoked", test_revoked);
  g_test_add_func ("/hub/token/I21-revoked-elsewhere", test_revoked_elsewhere);
  g_test_add_data_func ("/hub/token/I21-revoked-by-its-former-lane", "d1", test_revoked_former);
  g_test_add_data_func ("/hub/token/I21-revoked-by-its-lane", "d1-next", test_revoked_former);
  g_test_add_data_func ("/hub/token/I21-revoked-signed-in-anew", "d1", test_revoked_signed_in_anew);
  g_test_add_data_func ("/hub/token/I21-revoked-before-it-signed-in-anew", "d1-next", test_revoked_signed_in_anew);
  g_test_add_func ("/hub/lane/series", test_series);
  g_test_add_func ("/hub/router/limits", test_router);
  g_test_add_func ("/hub/router/hello", test_hello);
  return g_test_run ();
}
