/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include <stdlib.h>
#include <string.h>

/* Pushes: each operation once, whatever the network does; no operation holds up those behind it (sync.md 2.4, I4, I17). */

typedef struct
{
  HubFixture *net;
  char *user;
  Desk *desk;
} One;

static One *
one_new (void)
{
  One *one = g_new0 (One, 1);

  one->net = hub_fixture_new (NULL);
  one->user = hub_fixture_add_staff (one->net, "ana", one->net->a, "\"role\":\"referral_manager\"");
  one->desk = desk_new (one->net, "ana", one->user);
  return one;
}

static void
one_free (One *one)
{
  desk_free (one->desk);
  g_free (one->user);
  hub_fixture_free (one->net);
  g_free (one);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (One, one_free)

static char *
register_args (const char *client, const char *number)
{
  return g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"%s\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Lopez\"}}", client,
      number);
}

static char *
register_line (One *one, gint64 n, char **client)
{
  g_autofree char *id = hub_fixture_id (one->net);
  g_autofree char *args = NULL;

  *client = hub_fixture_id (one->net);
  args = register_args (*client, "KK-0001");
  return desk_op_line (one->desk, n, id, "client.register", args);
}

static GPtrArray *
lines_of (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_auto (GStrv) part = g_strsplit (text, "\n", -1);

  for (guint i = 0; part[i] != NULL; i++)
    if (*part[i] != '\0')
      {
        JsonObject *object = kith_json_parse_object (part[i], -1, NULL, NULL);
        g_assert_nonnull (object);
        g_ptr_array_add (lines, object);
      }
  return lines;
}

static gint64
ack_of (GPtrArray *lines)
{
  return kith_json_int (kith_json_object (lines->pdata[lines->len - 1], "end"), "ack_n", -1);
}

static void
test_idempotent (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *client = NULL;
  g_autofree char *line = register_line (one, 1, &client);
  g_autofree char *first = desk_push_text (one->desk, line, 1, NULL);
  gint64 q = kith_hub_get_q (one->net->hub);
  g_autofree char *again = desk_push_text (one->desk, line, 1, NULL);
  g_autofree char *after_restart = NULL;

  g_assert_nonnull (strstr (first, "\"st\":\"applied\""));
  g_assert_cmpstr (again, ==, first); /* byte by byte */
  g_assert_cmpint (kith_hub_get_q (one->net->hub), ==, q);
  hub_fixture_restart (one->net);
  after_restart = desk_push_text (one->desk, line, 1, NULL);
  g_assert_cmpstr (after_restart, ==, first);
  g_assert_cmpint (kith_hub_get_q (one->net->hub), ==, q);
  hub_fixture_check (one->net);
}

/* Half of a batch was known already: the known half is answered, the rest is run. */
static void
test_overlap (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *c1 = NULL;
  g_autofree char *c2 = NULL;
  g_autofree char *l1 = register_line (one, 1, &c1);
  g_autofree char *l2 = register_line (one, 2, &c2);
  g_autofree char *both = g_strconcat (l1, l2, NULL);
  g_autofree char *first = desk_push_text (one->desk, l1, 1, NULL);
  g_autofree char *second = desk_push_text (one->desk, both, 1, NULL);
  g_autoptr (GPtrArray) lines = lines_of (second);

  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_true (strncmp (first, second, strchr (first, '\n') - first) == 0);
  g_assert_cmpint (ack_of (lines), ==, 2);
}

static void
test_gap (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *client = NULL;
  g_autofree char *line = register_line (one, 3, &client);
  guint status;
  g_autofree char *text = desk_push_text (one->desk, line, 3, &status);
  g_autoptr (JsonObject) answer = kith_json_parse_object (text, -1, NULL, NULL);

  g_assert_cmpuint (status, ==, 409);
  g_assert_cmpstr (kith_json_string (answer, "error"), ==, "gap");
  g_assert_cmpint (kith_json_int (answer, "expect", 0), ==, 1);
}

/* A disk image was put back: the number is taken by something else. A new lane under a new device sends the same
 * operations again under their old ids, and nothing happens twice. */
static void
test_fork (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *c1 = NULL;
  g_autofree char *c2 = NULL;
  g_autofree char *l1 = register_line (one, 1, &c1);
  g_autofree char *l2 = register_line (one, 1, &c2);
  g_autofree char *first = desk_push_text (one->desk, l1, 1, NULL);
  g_autofree char *moved = NULL;
  g_autofree char *renumbered = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint status;
  gint64 q;

  g_assert_nonnull (strstr (first, "applied"));
  text = desk_push_text (one->desk, l2, 1, &status);
  g_assert_cmpuint (status, ==, 409);
  g_assert_nonnull (strstr (text, "lane_forked"));

  g_assert_cmpuint (
      hub_request (one->net, "POST", "/v1/lane", one->desk->token, "{\"device\":\"new-device\"}", &answer), ==, 200);
  g_assert_cmpstr (kith_json_string (kith_json_object (answer, "lane"), "code"), !=, one->desk->lane_code);
  g_free (one->desk->device);
  one->desk->device = g_strdup ("new-device");

  /* the known operation comes as number 2 now, the new one as 1 */
  id = g_strndup (strstr (l1, "\"id\":\"") + 6, 36);
  body = register_args (c1, "KK-0001");
  moved = desk_op_line (one->desk, 2, id, "client.register", body);
  renumbered = g_strconcat (l2, moved, NULL);
  q = kith_hub_get_q (one->net->hub);
  again = desk_push_text (one->desk, renumbered, 1, &status);
  g_assert_cmpuint (status, ==, 200);
  lines = lines_of (again);
  desk_expect (lines->pdata[0], "applied", NULL);
  desk_expect (lines->pdata[1], "applied", NULL);
  g_assert_cmpint (kith_json_int (lines->pdata[1], "n", 0), ==, 2);
  g_assert_cmpint (kith_json_int (lines->pdata[1], "q", 0), <=, q);
  hub_fixture_check (one->net);
}

/* After a fork the desktop gives what it has not heard of a number of its new series. Was it taken before all the same,
 * it is still the same operation: told as refused, it would be done again by hand, and the client be there twice. */
static void
test_fork_renumbered (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *client = NULL;
  g_autofree char *line = register_line (one, 1, &client);
  g_autofree char *first = desk_push_text (one->desk, line, 1, NULL);
  g_autofree char *id = g_strndup (strstr (line, "\"id\":\"") + 6, 36);
  g_autofree char *args = register_args (client, "KM-0001");
  g_autofree char *text = NULL;
  g_autofree char *moved = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  g_assert_nonnull (strstr (first, "applied"));
  g_assert_cmpuint (
      hub_request (one->net, "POST", "/v1/lane", one->desk->token, "{\"device\":\"new-device\"}", &answer), ==, 200);
  g_free (one->desk->device);
  one->desk->device = g_strdup ("new-device");
  moved = desk_op_line (one->desk, 1, id, "client.register", args);
  text = desk_push_text (one->desk, moved, 1, NULL);
  lines = lines_of (text);
  desk_expect (lines->pdata[0], "applied", NULL);
  hub_fixture_check (one->net);
}

/* sync.md 2.3, 2.4: with its record a desk forgets what a change of it was to replace. Sent once more it is the same operation all the same, and so is
 * a whole one that a hub of before has taken. */
static void
test_past_forgotten (gconstpointer of_before)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *client = NULL, *made = register_line (one, 1, &client), *id = hub_fixture_id (one->net);
  g_autofree char *whole = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"family_name\":{\"new\":\"Diaz\",\"old\":\"Lopez\"}},\"t\":\"client\"}", client);
  g_autofree char *rest = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"family_name\":{\"new\":\"Diaz\"}},\"t\":\"client\"}", client);
  g_autofree char *patch = desk_op_line (one->desk, 2, id, "record.patch", whole), *again = desk_op_line (one->desk, 2, id, "record.patch", rest);
  g_autofree char *both = g_strconcat (made, patch, NULL), *first = desk_push_text (one->desk, both, 1, NULL), *second = NULL;
  g_autofree char *text = g_strdup_printf ("%s\nrecord.patch\n%s", id, whole), *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *sql = g_strdup_printf ("UPDATE op_log SET hash = '%s' WHERE op_id = '%s'", hash, id);
  g_autoptr (GPtrArray) lines = NULL;

  g_assert_true (!of_before || kith_db_exec (kith_hub_get_db (one->net->hub), sql, NULL));
  second = desk_push_text (one->desk, of_before ? patch : again, 2, NULL);
  lines = lines_of (second);
  desk_expect (lines->pdata[0], "applied", NULL);
  hub_fixture_check (one->net);
}

/* What is too large is refused by name: its desktop must find what the refusal is about. */
static void
test_large_is_named (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *id = hub_fixture_id (one->net);
  g_autofree char *long_text = g_strnfill (KITH_LIMIT_OP, 'x');
  g_autofree char *args = g_strdup_printf ("{\"x\":\"%s\"}", long_text);
  g_autofree char *line = desk_op_line (one->desk, 1, id, "client.register", args);
  g_autofree char *text = desk_push_text (one->desk, line, 1, NULL);
  g_autoptr (GPtrArray) lines = lines_of (text);

  desk_expect (lines->pdata[0], "rejected", "invalid");
  g_assert_cmpstr (kith_json_string (lines->pdata[0], "id"), ==, id);
}

/* The id of somebody else's operation tells nothing and does nothing. */
static void
test_stolen_id (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *ub = hub_fixture_add_staff (one->net, "ben", one->net->b, "\"role\":\"referral_manager\"");
  g_autoptr (Desk) b = desk_new (one->net, "ben", ub);
  g_autofree char *client = NULL;
  g_autofree char *line = register_line (one, 1, &client);
  g_autofree char *first = desk_push_text (one->desk, line, 1, NULL);
  g_autofree char *text = desk_push_text (b, line, 1, NULL);
  g_autoptr (GPtrArray) lines = lines_of (text);

  g_assert_nonnull (strstr (first, "applied"));
  desk_expect (lines->pdata[0], "rejected", "exists");
  g_assert_null (strstr (text, "\"q\""));
}

static void
test_unknown_parked (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *id = hub_fixture_id (one->net);
  g_autofree char *client = NULL;
  g_autofree char *l1 = desk_op_line (one->desk, 1, id, "moon.fly", "{\"far\":true}");
  g_autofree char *l2 = register_line (one, 2, &client);
  g_autofree char *both = g_strconcat (l1, l2, NULL);
  g_autofree char *text = desk_push_text (one->desk, both, 1, NULL);
  g_autoptr (GPtrArray) lines = lines_of (text);
  gint64 parked = 0;

  desk_expect (lines->pdata[0], "parked", "unknown_operation");
  g_assert_nonnull (kith_json_string (lines->pdata[0], "message"));
  desk_expect (lines->pdata[1], "applied", NULL);
  kith_db_fetch_int (kith_hub_get_db (one->net->hub), &parked, NULL, "parked-count", "");
  g_assert_cmpint (parked, ==, 1);
  g_assert_cmpint (ack_of (lines), ==, 2);
}

/* Each bad line ends as one refusal; the line behind it is applied. */
static void
test_bad_lines (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"n\":1,\"id\":\"%s\",\"op\":\"client.register\",\"a\":{\"x\":");
  g_autoptr (GString) large = g_string_new ("{\"n\":1,\"op\":\"client.register\",\"a\":{\"x\":\"");
  const char *const lines[] = {
    "{\"n\":1,\"op\":\"client.register\",\"a\":{\"id\":1,\"id\":2}}", /* the same member twice */
    "{\"n\":1,\"op\":\"client.register\",\"a\":{}}",                  /* no id */
    "{\"n\":1,\"id\":\"0190\",\"op\":\"client.register\",\"a\":{}}",
    "{\"n\":1,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":7,\"a\":{}}",
    "{\"n\":1,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":\"client.register\",\"a\":[]}",
    "{\"n\":7,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":\"client.register\",\"a\":{}}",
    "{\"n\":1,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":\"client.register\",\"a\":{\"id\":5,\"number\":{},\"values\":\"no\"}}",
    "{\"n\":1,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":\"client.register\",\"a\":{\"id\":NaN}}",
    "{\"n\":1,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":\"client.register\",\"a\":{\"id\":\"\\ud800\"}}",
    "{\"n\":1,\"id\":\"0190aaaa-0000-7000-8000-000000000001\",\"op\":\"client.register\",\"a\":{\"id\":\"\xff\xfe\"}}",
    "[]",
    "nonsense",
    NULL,
    NULL,
  };

  for (guint i = 0; i < 30000; i++)
    g_string_append (deep, "[");
  for (guint i = 0; i < KITH_LIMIT_OP; i++)
    g_string_append_c (large, 'x');
  g_string_append (large, "\"}}");

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (One) one = one_new ();
      const char *bad = i == G_N_ELEMENTS (lines) - 2   ? deep->str
                        : i == G_N_ELEMENTS (lines) - 1 ? large->str
                                                        : lines[i];
      g_autofree char *client = NULL;
      g_autofree char *good = register_line (one, 2, &client);
      g_autofree char *both = g_strconcat (bad, "\n", good, NULL);
      guint status;
      g_autofree char *text = desk_push_text (one->desk, both, 1, &status);
      g_autofree char *again = desk_push_text (one->desk, both, 1, NULL);
      g_autoptr (GPtrArray) answers = NULL;

      g_test_message ("%.80s", bad);
      g_assert_cmpuint (status, ==, 200);
      answers = lines_of (text);
      g_assert_cmpuint (answers->len, ==, 3);
      desk_expect (answers->pdata[0], "rejected", "invalid");
      g_assert_false (kith_text_blank (kith_json_string (answers->pdata[0], "message")));
      desk_expect (answers->pdata[1], "applied", NULL);
      g_assert_cmpstr (text, ==, again);
    }
}

static void
test_header (void)
{
  g_autoptr (One) one = one_new ();
  const char *epoch = kith_hub_get_epoch (one->net->hub);
  g_autofree char *lane = g_strdup_printf (
      "{\"h\":{\"v\":1,\"device\":\"other\",\"user\":\"%s\",\"epoch\":\"%s\",\"first_n\":1}}\n", one->user, epoch);
  g_autofree char *person = g_strdup_printf (
      "{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"x\",\"epoch\":\"%s\",\"first_n\":1}}\n", one->desk->device, epoch);
  g_autofree char *life = g_strdup_printf (
      "{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"another\",\"first_n\":1}}\n", one->desk->device,
      one->user);
  g_autofree char *number = g_strdup_printf (
      "{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"%s\",\"first_n\":0}}\n", one->desk->device,
      one->user, epoch);
  g_autofree char *cut = g_strdup_printf (
      "{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"%s\",\"first_n\":1}}\n{\"n\":1", one->desk->device,
      one->user, epoch);
  const struct
  {
    const char *body;
    guint status;
    const char *error;
  } table[] = {
    { lane, 403, "wrong_lane" },           { person, 403, "wrong_lane" },      { life, 409, "wrong_epoch" },
    { number, 400, "bad_request" },        { cut, 400, "bad_request" },        { "", 400, "bad_request" },
    { "{\"x\":1}\n", 400, "bad_request" }, { "<html>\n", 400, "bad_request" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      g_assert_cmpuint (hub_request (one->net, "POST", "/v1/sync/push", one->desk->token, table[i].body, &answer), ==,
                        table[i].status);
      g_assert_cmpstr (kith_json_string (answer, "error"), ==, table[i].error);
      g_assert_nonnull (kith_json_string (answer, "message"));
    }
}

/* What builds on a refused operation is one entry with it (sync.md 2.4). */
static void
test_chain (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *client = hub_fixture_id (one->net);
  g_autofree char *consent = hub_fixture_id (one->net);
  g_autofree char *bad = g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"date_of_birth\":\"never\"}}", client);
  g_autofree char *next = g_strdup_printf ("{\"id\":\"%s\",\"client\":\"%s\",\"how\":\"verbal\",\"reason\":\"no\"}",
                                           consent, client);
  g_autofree char *revoke = g_strdup_printf ("{\"consent\":\"%s\",\"reason\":\"changed mind\"}", consent);
  g_autofree char *unrelated = g_strdup_printf ("{\"consent\":\"%s\",\"reason\":\"changed mind\"}", one->user);
  g_autoptr (JsonObject) first = desk_do (one->desk, "client.register", bad);
  g_autoptr (JsonObject) second = desk_do (one->desk, "consent.refuse", next);
  g_autoptr (JsonObject) third = desk_do (one->desk, "consent.revoke", revoke);
  g_autoptr (JsonObject) fourth = desk_do (one->desk, "consent.revoke", unrelated);

  desk_expect (first, "rejected", "invalid");
  desk_expect (second, "rejected", "after_refused");
  g_assert_cmpint (kith_json_int (second, "after", 0), ==, 1);
  desk_expect (third, "rejected", "after_refused");
  g_assert_cmpint (kith_json_int (third, "after", 0), ==, 2);
  desk_expect (fourth, "rejected", "not_found");
}

/* A record made and used in one batch: access to it follows within the transaction. */
static void
test_one_batch (void)
{
  g_autoptr (One) one = one_new ();
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *client = NULL;
  g_autofree char *first = register_line (one, 1, &client);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  gint64 target;

  g_string_append (lines, first);
  for (gint64 n = 2; n <= 120; n++)
    {
      g_autofree char *id = hub_fixture_id (one->net);
      g_autofree char *args = g_strdup_printf (
          "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":%s%d%s,\"new\":\"%d\"}}}", client,
          n == 2 ? "null" : "\"", n == 2 ? 0 : (int) n - 1, n == 2 ? "" : "\"", (int) n);
      g_autofree char *fixed =
          n == 2
              ? g_strdup_printf (
                    "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"2\"}}}", client)
              : g_strdup (args);
      g_autofree char *line = desk_op_line (one->desk, n, id, "record.patch", fixed);
      g_string_append (lines, line);
    }
  text = desk_push_text (one->desk, lines->str, 1, NULL);
  answers = lines_of (text);
  g_assert_cmpuint (answers->len, ==, 121);
  for (guint i = 0; i < 120; i++)
    desk_expect (answers->pdata[i], "applied", NULL);
  target = kith_json_int (kith_json_object (answers->pdata[120], "end"), "target", 0);
  g_assert_cmpint (target, ==, kith_hub_get_q (one->net->hub));
  g_assert_cmpint (kith_json_int (answers->pdata[119], "q", 0), ==, target);
  desk_pull (one->desk);
  g_assert_nonnull (
      strstr (((DeskRow *) g_hash_table_lookup (one->desk->rows, client))->body, "\"contact_note\":\"120\""));
  hub_fixture_check (one->net);
}

/* Outcomes whose answer was lost come with the next pull. */
static void
test_lost_answer (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *client = NULL;
  g_autofree char *line = register_line (one, 1, &client);
  g_autofree char *lost = NULL;

  desk_pull (one->desk);
  lost = desk_push_text (one->desk, line, 1, NULL);
  desk_pull (one->desk);
  g_assert_cmpuint (one->desk->outcomes->len, ==, 1);
  desk_expect (one->desk->outcomes->pdata[0], "applied", NULL);
  g_assert_cmpint (kith_json_int (one->desk->outcomes->pdata[0], "n", 0), ==, 1);
  desk_pull (one->desk);
  g_assert_cmpuint (one->desk->outcomes->len, ==, 1);
}

static void
test_online_only (void)
{
  g_autoptr (One) one = one_new ();
  guint n;
  const KithOperation *const *list = kith_operations_list (&n);

  for (guint i = 0; i < n; i++)
    if (list[i]->runs != KITH_RUNS_DESK)
      {
        g_autoptr (JsonObject) outcome = desk_do (one->desk, list[i]->name, "{}");
        desk_expect (outcome, "rejected", list[i]->runs == KITH_RUNS_ONLINE ? "online_only" : "denied");
      }
}

/* POST /v1/op: idempotent by its id, without a number. */
static void
test_online (void)
{
  g_autoptr (One) one = one_new ();
  g_autofree char *id = hub_fixture_id (one->net);
  g_autofree char *client = hub_fixture_id (one->net);
  g_autofree char *args = register_args (client, "KK-0009");
  g_autofree char *another = hub_fixture_id (one->net);
  g_autofree char *other_args = register_args (another, "KK-0009");
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"client.register\",\"a\":%s}", id, args);
  g_autofree char *other = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"client.register\",\"a\":%s}", id, other_args);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) third = NULL;
  gint64 q;

  g_assert_cmpuint (hub_request (one->net, "POST", "/v1/op", one->desk->token, body, &first), ==, 200);
  desk_expect (first, "applied", NULL);
  g_assert_false (json_object_has_member (first, "n"));
  q = kith_hub_get_q (one->net->hub);
  g_assert_cmpuint (hub_request (one->net, "POST", "/v1/op", one->desk->token, body, &second), ==, 200);
  desk_expect (second, "applied", NULL);
  g_assert_cmpint (kith_json_int (second, "q", 0), ==, kith_json_int (first, "q", 0));
  g_assert_cmpint (kith_hub_get_q (one->net->hub), ==, q);
  g_assert_cmpuint (hub_request (one->net, "POST", "/v1/op", one->desk->token, other, &third), ==, 200);
  desk_expect (third, "rejected", "exists");
  g_assert_cmpuint (hub_request (one->net, "POST", "/v1/op", one->desk->token, "{}", NULL), ==, 400);
}

/* Console and importers: a batch says of each operation what became of it, and one that came before is not done again. */
static void
test_batch (void)
{
  g_autoptr (One) one = one_new ();
  g_autoptr (KithActor) actor = kith_hub_load_actor (one->net->hub, one->user, NULL);
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GError) error = NULL;
  gint64 q;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *client = hub_fixture_id (one->net);
      g_autofree char *id = hub_fixture_id (one->net);
      g_autofree char *args = register_args (client, "KK-0001");
      g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"%s\",\"a\":%s}", id,
                                               i == 2 ? "moon.fly" : "client.register", i == 1 ? "{}" : args);
      g_ptr_array_add (ops, kith_json_parse_object (text, -1, NULL, NULL));
    }
  g_assert_true (kith_hub_submit_batch (one->net->hub, actor, ops, outcomes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 4);
  desk_expect (outcomes->pdata[0], "applied", NULL);
  desk_expect (outcomes->pdata[1], "rejected", "invalid");
  desk_expect (outcomes->pdata[2], "parked", "unknown_operation");
  desk_expect (outcomes->pdata[3], "applied", NULL);
  q = kith_hub_get_q (one->net->hub);
  g_assert_true (kith_hub_submit_batch (one->net->hub, actor, ops, again, &error));
  g_assert_cmpuint (again->len, ==, 4);
  desk_expect (again->pdata[0], "applied", NULL);
  g_assert_cmpint (kith_hub_get_q (one->net->hub), ==, q);
  hub_fixture_check (one->net);
}

/* More than one transaction may touch is still one call: every operation gets its outcome. */
static void
test_large_batch (void)
{
  g_autoptr (One) one = one_new ();
  g_autoptr (KithActor) actor = kith_hub_load_actor (one->net->hub, one->user, NULL);
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *client = hub_fixture_id (one->net);
      g_autofree char *args = register_args (client, "KK-0001");
      g_autofree char *text = g_strdup_printf ("{\"op\":\"client.register\",\"a\":%s}", args);
      g_ptr_array_add (ops, kith_json_parse_object (text, -1, NULL, NULL));
    }
  g_assert_true (kith_hub_submit_batch (one->net->hub, actor, ops, outcomes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 700);
  for (guint i = 0; i < outcomes->len; i++)
    desk_expect (outcomes->pdata[i], "applied", NULL);
  /* every transaction ends with a number of its own, and none went over the limit */
  for (guint i = 1; i < outcomes->len; i++)
    g_assert_cmpint (kith_json_int (outcomes->pdata[i], "q", 0) - kith_json_int (outcomes->pdata[i - 1], "q", 0), <=,
                     KITH_LIMIT_STAMPED);
  g_assert_cmpint (kith_json_int (outcomes->pdata[0], "q", 0), <, kith_json_int (outcomes->pdata[699], "q", 0));
}

/* Bytes changed, dropped and doubled at random: always an answer, never a crash, and the hub stays sound. */
static void
test_spoilt (void)
{
  g_autoptr (One) one = one_new ();
  g_autoptr (KithRandom) random = kith_random_new_seeded (11);
  g_autofree char *client = NULL;
  g_autofree char *line = register_line (one, 1, &client);
  g_autofree char *push = g_strdup_printf ("{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"%s\",\"first_n\":1}}\n%s",
                                           one->desk->device, one->user, kith_hub_get_epoch (one->net->hub), line);
  g_autofree char *pull = NULL;
  const char *paths[] = { "/v1/sync/push", "/v1/sync/pull", "/v1/sync/verify", "/v1/op", "/v1/sign-in", "/v1/token", "/v1/lane" };

  desk_pull (one->desk);
  pull = g_strdup_printf ("{\"v\":1,\"cursor\":\"%s\",\"id\":\"%s\",\"op\":\"client.register\",\"a\":{},\"max_rows\":3,\"device\":\"d\"}",
                          one->desk->cursor, client);
  for (guint i = 0; i < 3000; i++)
    {
      const char *path = paths[i % 2 == 0 ? 0 : kith_random_below (random, G_N_ELEMENTS (paths))];
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      const char *whole = strcmp (path, "/v1/sync/push") == 0 ? push : pull;
      KithHubRequest request = { .method = "POST", .path = path, .token = one->desk->token };
      guint status;

      g_byte_array_append (bytes, (const guint8 *) whole, (guint) strlen (whole));
      for (guint k = kith_random_below (random, 4); k > 0 && bytes->len > 0; k--)
        {
          guint at = kith_random_below (random, bytes->len);

          switch (kith_random_below (random, 4))
            {
            case 0:
              bytes->data[at] = (guint8) kith_random_below (random, 256);
              break;
            case 1:
              g_byte_array_remove_index (bytes, at);
              break;
            case 2:
              g_byte_array_set_size (bytes, at);
              break;
            default:
              {
                guint n = MIN (20, bytes->len - at);
                g_autofree guint8 *again = g_memdup2 (bytes->data + at, n);

                g_byte_array_append (bytes, again, n);
              }
            }
        }
      request.body = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      status = hub_request_raw (one->net, &request, NULL);
      g_bytes_unref (request.body);
      g_assert_true (status == 200 || (status >= 400 && status < 500));
    }
  hub_fixture_check (one->net);
}

/* An operation whose code brings the hub down: after the second time it is parked unrun, and the ones behind it
 * proceed. */
#define CRASHING "0190aaaa-0000-7000-8000-00000000dead"

static void
crash_cb (const char *op_id, JsonObject *args)
{
  if (strcmp (op_id, CRASHING) == 0)
    abort ();
}

static char *
crash_push (KithHub *hub, const char *user, const char *token, guint at)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (KithHubAnswer) answer = { 0 };
  KithHubRequest request = { .method = "POST", .path = "/v1/sync/push", .token = token };

  g_string_append_printf (body, "{\"h\":{\"v\":1,\"device\":\"d\",\"user\":\"%s\",\"epoch\":\"%s\",\"first_n\":1}}\n",
                          user, kith_hub_get_epoch (hub));
  for (guint n = 1; n <= at + 1; n++)
    {
      g_autofree char *client = g_strdup_printf ("0190aaaa-0000-7000-8000-000000000%03u", n);
      g_autofree char *id = n == at ? g_strdup (CRASHING) : g_strdup_printf ("0190aaaa-0000-7000-8000-000000f00%03u", n);
      g_autofree char *args = register_args (client, "KK-0001");
      g_string_append_printf (body, "{\"n\":%u,\"id\":\"%s\",\"op\":\"client.register\",\"a\":%s}\n", n, id, args);
    }
  bytes = g_bytes_new (body->str, body->len);
  request.body = bytes;
  kith_hub_handle (hub, &request, &answer);
  return g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
}

/* The hub over a file, as a process of its own would have it. */
static void
crash_child (void)
{
  const char *path = g_getenv ("KITH_TEST_CRASH_DB");
  g_autoptr (KithManualClock) clock = kith_test_clock_new ();
  g_autoptr (KithRandom) random = kith_random_new_system (); /* each process is another run */
  g_autoptr (GError) error = NULL;
  KithDb *db = kith_hub_open_db (path, FALSE, NULL, &error);
  g_autoptr (KithHub) hub = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  hub = kith_hub_new (db, KITH_CLOCK (clock), random, NULL, &error);
  g_assert_no_error (error);
  hub->before_run = crash_cb;
  text = crash_push (hub, g_getenv ("KITH_TEST_CRASH_USER"), g_getenv ("KITH_TEST_CRASH_TOKEN"),
                     (guint) g_ascii_strtoull (g_getenv ("KITH_TEST_CRASH_AT"), NULL, 10));
  g_print ("%s", text);
}

static void
test_crashing (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data);
  g_autofree char *at_text = g_strdup_printf ("%u", at);
  g_autofree char *expected =
      g_strdup_printf ("*\"n\":%u,*\"st\":\"applied\"*\"code\":\"crashed\"*\"n\":%u*\"st\":\"parked\"*\"n\":%u*\"st\":\"applied\"*\"ack_n\":%u*",
                       at - 1, at, at + 1, at + 1);
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "hub.db");
  g_autofree char *user = NULL;

  {
    HubFixture net = { .clock = kith_test_clock_new (), .random = kith_random_new_seeded (3) };
    const KithHubOptions cheap = { .hash_ops = 1, .hash_memory = 8192 };
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) answer = NULL;
    g_autoptr (GString) sign_in = g_string_new ("{\"login\":\"ana\",\"device\":\"d\",\"auth\":\"");
    g_autofree char *agency = NULL;

    net.hub = kith_hub_new (kith_hub_open_db (path, FALSE, NULL, &error), KITH_CLOCK (net.clock), net.random, &cheap,
                            &error);
    g_assert_no_error (error);
    agency = hub_fixture_id (&net);
    hub_fixture_put (&net, "organization", agency, "{\"name\":\"Harbor House\"}");
    user = hub_fixture_add_staff (&net, "ana", agency, NULL);
    for (guint i = 0; i < 32; i++)
      g_string_append_printf (sign_in, "%02x", i < 8 ? i + 1 : 0);
    g_string_append (sign_in, "\"}");
    g_assert_cmpuint (hub_request (&net, "POST", "/v1/sign-in", NULL, sign_in->str, &answer), ==, 200);
    g_setenv ("KITH_TEST_CRASH_TOKEN", kith_json_string (answer, "token"), TRUE);
    kith_hub_free (net.hub);
    g_object_unref (net.clock);
    kith_random_free (net.random);
  }
  g_setenv ("KITH_TEST_CRASH_DB", path, TRUE);
  g_setenv ("KITH_TEST_CRASH_USER", user, TRUE);
  g_setenv ("KITH_TEST_CRASH_AT", at_text, TRUE);

  g_test_trap_subprocess ("/hub/push/crashing/subprocess/child", 0, 0); /* the whole batch */
  g_test_trap_assert_failed ();
  g_test_trap_subprocess ("/hub/push/crashing/subprocess/child", 0, 0); /* one by one: the first is done, the second crashes alone */
  g_test_trap_assert_failed ();
  g_test_trap_subprocess ("/hub/push/crashing/subprocess/child", 0, 0); /* once more */
  g_test_trap_assert_failed ();
  g_test_trap_subprocess ("/hub/push/crashing/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout (expected);
}

/* A look-up that failed is no answer: work must not be refused for good because the disk could not be read. */
static void
test_read_failure (void)
{
  g_autoptr (One) one = one_new ();
  KithDb *db = kith_hub_get_db (one->net->hub);
  g_autofree char *client = hub_fixture_id (one->net);
  g_autofree char *id = hub_fixture_id (one->net);
  g_autofree char *args = register_args (client, "KK-0001");
  g_autoptr (JsonObject) made = desk_do (one->desk, "client.register", args);
  g_autofree char *patch =
      g_strdup_printf ("{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"email\":{\"old\":null,\"new\":\"ana@example.org\"}}}", client);
  g_autofree char *line = desk_op_line (one->desk, 2, id, "record.patch", patch);
  g_autofree char *failed = NULL;
  g_autofree char *again = NULL;
  guint status;

  desk_expect (made, "applied", NULL);
  g_assert_true (kith_db_exec (db, "ALTER TABLE scope_grant RENAME TO out_of_reach", NULL));
  failed = desk_push_text (one->desk, line, 2, &status);
  g_assert_cmpuint (status, >=, 500);
  g_assert_null (strstr (failed, "not_found"));
  g_assert_true (kith_db_exec (db, "ALTER TABLE out_of_reach RENAME TO scope_grant", NULL));
  again = desk_push_text (one->desk, line, 2, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (again, "\"st\":\"applied\""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/push/idempotent", test_idempotent);
  g_test_add_func ("/hub/push/overlap", test_overlap);
  g_test_add_func ("/hub/push/gap", test_gap);
  g_test_add_func ("/hub/push/fork", test_fork);
  g_test_add_func ("/hub/push/fork-renumbered", test_fork_renumbered);
  g_test_add_data_func ("/hub/push/I4-past-forgotten", NULL, test_past_forgotten);
  g_test_add_data_func ("/hub/push/I4-past-of-before", GINT_TO_POINTER (TRUE), test_past_forgotten);
  g_test_add_func ("/hub/push/large-is-named", test_large_is_named);
  g_test_add_func ("/hub/push/stolen-id", test_stolen_id);
  g_test_add_func ("/hub/push/unknown-operation-is-parked", test_unknown_parked);
  g_test_add_func ("/hub/push/bad-lines", test_bad_lines);
  g_test_add_func ("/hub/push/header", test_header);
  g_test_add_func ("/hub/push/chain-after-refused", test_chain);
  g_test_add_func ("/hub/push/one-batch", test_one_batch);
  g_test_add_func ("/hub/push/lost-answer", test_lost_answer);
  g_test_add_func ("/hub/push/online-only", test_online_only);
  g_test_add_func ("/hub/push/online", test_online);
  g_test_add_func ("/hub/push/batch", test_batch);
  g_test_add_func ("/hub/push/large-batch", test_large_batch);
  g_test_add_func ("/hub/push/spoilt", test_spoilt);
  g_test_add_func ("/hub/push/read-failure", test_read_failure);
  g_test_add_data_func ("/hub/push/crashing", GUINT_TO_POINTER (2), test_crashing);
  g_test_add_data_func ("/hub/push/crashing-later", GUINT_TO_POINTER (KITH_LIMIT_OPS + 5), test_crashing); /* in the push's second transaction */
  g_test_add_func ("/hub/push/crashing/subprocess/child", crash_child);
  return g_test_run ();
}
