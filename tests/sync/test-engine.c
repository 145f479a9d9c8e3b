/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fixture.h"

#include <string.h>

/* The engine against a hub that is a script: what it sends, and what it makes of strange answers (sync.md 2.11). */

static gint64
wake_in (Fixture *f)
{
  gint64 wake;
  KithSyncRequest *request = kith_sync_engine_next (f->engine, &wake);

  g_assert_null (request);
  g_assert_cmpint (wake, >=, 0);
  return wake - kith_clock_mono_ms (KITH_CLOCK (f->clock));
}

static void
submit (Fixture *f, const char *id)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KA-0001\",\"values\":{\"given_name\":\"New\"}}", id);
  g_autoptr (JsonObject) args = kith_json_parse_object (text, -1, NULL, NULL);
  g_autoptr (GError) error = NULL;

  kith_store_submit (f->store, "client.register", args, 0, NULL, &error);
  g_assert_no_error (error);
}

static char *
first_op_id (Fixture *f)
{
  g_autoptr (GPtrArray) outbox = kith_store_list_outbox (f->store, FALSE, G_MAXUINT, NULL, NULL);

  return g_strdup (kith_json_string (outbox->pdata[0], "op_id"));
}

/* --- the cycle ---------------------------------------------------------------------------------------------------- */

static void
test_cycle (Fixture *f, gconstpointer data)
{
  g_autofree char *line = NULL, *id = NULL;
  KithSyncRequest *wait;

  first_pull (f);
  wait = next (f);
  g_assert_cmpint (wait->type, ==, KITH_SYNC_WAIT);
  g_assert_cmpstr (wait->method, ==, "GET");
  g_assert_cmpstr (wait->path, ==, "/v1/sync/wait?c=c1&t=55&s=1");
  g_assert_null (next (f));
  assert_state (f, KITH_SYNC_IDLE);
  g_assert_true (kith_sync_engine_is_quiet (f->engine));

  /* Something is queued while the poll is out: it goes at once. */
  submit (f, CLIENT_1);
  g_assert_false (kith_sync_engine_is_quiet (f->engine));
  kith_sync_engine_nudge (f->engine);
  id = first_op_id (f);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':12}\n{'end':{'ack_n':1,'target':12}}\n", id);
  reply (f, KITH_SYNC_PUSH, 200, LINES, line, 0);
  /* A round that began before the push shows nothing of it; where that was the last change of all, nobody pokes. */
  reply (f, KITH_SYNC_PULL, 200, LINES, HEADER END ("c2"), 0);
  g_assert_false (kith_sync_engine_is_quiet (f->engine));
  reply (f, KITH_SYNC_PULL, 200, LINES, "{'h':{'kith':1,'epoch':'" EPOCH "','H':12,'round':2}}\n" END ("c3"), 0);
  g_assert_true (kith_sync_engine_is_quiet (f->engine));

  kith_sync_engine_answer (f->engine, wait->serial, 204, NULL, NULL, 0);
  kith_sync_request_free (wait);
  wait = next (f);
  g_assert_cmpint (wait->type, ==, KITH_SYNC_WAIT);
  kith_sync_engine_fail (f->engine, wait->serial + 100); /* no such request: ignored */
  assert_state (f, KITH_SYNC_IDLE);
  kith_sync_request_free (wait);
}

static void
test_poke_pulls (Fixture *f, gconstpointer data)
{
  first_pull (f);
  reply (f, KITH_SYNC_WAIT, 200, JSON, "{'poke':20}", 0);
  reply (f, KITH_SYNC_PULL, 200, LINES, HEADER END ("c3"), 0);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c3");
}

static void
expect (Fixture *f, KithSyncRequestType type, const char *said, const char *not_said, const char *text)
{
  KithSyncRequest *request = next (f);
  g_autofree char *right = g_strdelimit (g_strdup (text), "'", '"');
  g_autofree char *asked = NULL;
  g_autoptr (GBytes) body = g_bytes_new (right, strlen (right));

  g_assert_nonnull (request);
  g_assert_cmpint (request->type, ==, type);
  asked = g_strdelimit (g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body)), "\"", '\'');
  if (said != NULL)
    g_assert_nonnull (strstr (asked, said));
  if (not_said != NULL)
    g_assert_null (strstr (asked, not_said));
  kith_sync_engine_answer (f->engine, request->serial, 200, type == KITH_SYNC_PULL ? LINES : JSON, body, 0);
  kith_sync_request_free (request);
}

#define SUMS(by, sums) "{'q':10,'behind':false,'rows':0,'sum':'0','" by "':{" sums "}}"
#define OTHER "{'rows':1,'sum':'0000000000000001'}"

/* Once a day the sums are compared; the scopes that differ are fetched anew, named with every page until they are filled. What still
 * differs after that is fetched anew with everything. */
static void
test_nightly_verify (Fixture *f, gconstpointer data)
{
  KithSyncRequest *wait;

  first_pull (f);
  wait = next (f);
  kith_manual_clock_advance (f->clock, 24 * 3600 * G_GINT64_CONSTANT (1000));
  reply (f, KITH_SYNC_VERIFY, 200, JSON, "{'q':10,'behind':true}", 0); /* something to pull first: says nothing */
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c1");
  kith_manual_clock_advance (f->clock, 10 * 60 * 1000); /* asked again by itself */
  expect (f, KITH_SYNC_VERIFY, "'by':'type'", NULL, SUMS ("types", ""));
  expect (f, KITH_SYNC_VERIFY, "'by':'scope'", "parts", SUMS ("parts", "'1':" OTHER ",'7':" OTHER));
  expect (f, KITH_SYNC_VERIFY, "'parts':[1,7]", NULL, SUMS ("scopes", "'1':" OTHER ",'263':" OTHER));
  fail_next (f, KITH_SYNC_PULL); /* an answer that is lost takes nothing with it */
  kith_sync_engine_nudge (f->engine);
  expect (f, KITH_SYNC_PULL, "'refill':[1,263]", NULL, STAFF "{'end':{'cursor':'c2','ack_n':0,'more':true}}\n");
  expect (f, KITH_SYNC_PULL, "'refill':[263]", NULL, HEADER END ("c3")); /* not a word of the other: not ours to see */
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c3");
  /* was that all? */
  expect (f, KITH_SYNC_VERIFY, "'by':'type'", NULL, SUMS ("types", ""));
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "");
  expect (f, KITH_SYNC_PULL, NULL, "refill", STAFF END ("c1"));
  kith_sync_request_free (wait);
}

/* What a forget leaves in the pages of the file goes in the first quiet moment, once (I6, I22). */
static void
test_wipe_when_quiet (Fixture *f, gconstpointer data)
{
  KithSyncRequest *wait;

  first_pull (f);
  reply (f, KITH_SYNC_WAIT, 200, JSON, "{'poke':20}", 0);
  reply (f, KITH_SYNC_PULL, 200, LINES, HEADER "{'scope':3,'name':'client:" CLIENT_1 "'}\n{'filled':3,'g':1}\n" END ("c2"), 0);
  reply (f, KITH_SYNC_WAIT, 200, JSON, "{'poke':21}", 0);
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_NONE);
  reply (f, KITH_SYNC_PULL, 200, LINES, HEADER "{'forget':[3]}\n" END ("c3"), 0);
  wait = next (f);
  g_assert_cmpint (wake_in (f), ==, 2000);
  kith_manual_clock_advance (f->clock, 1500);
  kith_sync_engine_nudge (f->engine); /* somebody is at work */
  g_assert_cmpint (wake_in (f), ==, 2000);
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_SHORT);
  kith_manual_clock_advance (f->clock, 2000);
  g_assert_null (next (f));
  g_assert_cmpint (kith_store_get_wipe (f->store), ==, KITH_WIPE_NONE);
  kith_sync_request_free (wait);
}

/* Each of push and pull goes on when the other fails. */
static void
test_independent (Fixture *f, gconstpointer data)
{
  first_pull (f);
  submit (f, CLIENT_1);
  kith_sync_engine_nudge (f->engine);
  reply (f, KITH_SYNC_PUSH, 500, JSON, "{'error':'failed','message':'Nothing was changed.'}", 0);
  reply (f, KITH_SYNC_WAIT, 200, JSON, "{'poke':20}", 0);
  reply (f, KITH_SYNC_PULL, 200, LINES, HEADER END ("c3"), 0);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "c3");
  g_assert_true (kith_store_has_unsent (f->store, NULL));
}

/* --- what is not the hub's ---------------------------------------------------------------------------------------- */

static void
test_captive_portal (Fixture *f, gconstpointer data)
{
  static const struct { guint status; const char *type, *text; } portals[] = {
    { 200, "text/html", "<html>Accept the terms</html>" },
    { 302, "text/html", "" }, { 511, "text/html", "<html>Network authentication required</html>" },
    { 426, JSON, "{'error':'update','message':'Update Kith.'}" }, /* sync.md 2.10: no portal, but nothing comes from it either */
    { 200, LINES, "<html>Accept the terms</html>\n" },
    { 200, LINES, "" },
    { 200, JSON, "{}" },
    { 200, NULL, HEADER END ("c9") },
    { 401, "text/html", "<html>Sign in to the network</html>" },
    { 403, JSON, "{'detail':'blocked'}" },
    { 410, "text/html", "gone" },
    { 200, LINES, HEADER "{'put':{'t':'sta" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (portals); i++)
    {
      kith_sync_engine_nudge (f->engine);
      reply (f, KITH_SYNC_PULL, portals[i].status, portals[i].type, portals[i].text, 0);
      assert_state (f, KITH_SYNC_OFFLINE);
      g_assert_cmpint (wake_in (f), >=, KITH_RETRY_LEAST_MS);
      g_assert_cmpstr (kith_store_get_cursor (f->store), ==, "");
    }
  g_assert_cmpstr (kith_sync_engine_get_told (f->engine), ==, "Update Kith."); kith_sync_engine_nudge (f->engine);
  first_pull (f);
  g_assert_true (kith_sync_engine_get_state (f->engine) != KITH_SYNC_OFFLINE && kith_sync_engine_get_told (f->engine) == NULL);
}

static void
test_cut_push_answer (Fixture *f, gconstpointer data)
{
  g_autofree char *cut = NULL, *id = NULL;
  KithSyncRequest *again;

  first_pull (f);
  submit (f, CLIENT_1);
  id = first_op_id (f);
  cut = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'den", id);
  reply (f, KITH_SYNC_PUSH, 200, LINES, cut, 0);
  assert_state (f, KITH_SYNC_OFFLINE);
  kith_sync_engine_nudge (f->engine);
  again = next (f);
  g_assert_cmpint (again->type, ==, KITH_SYNC_PUSH);
  g_assert_nonnull (strstr (g_bytes_get_data (again->body, NULL), id));
  kith_sync_request_free (again);
}

static char *
outbox_text (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outbox = kith_store_list_outbox (f->store, FALSE, G_MAXUINT, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < outbox->len; i++)
    {
      g_autofree char *line = kith_json_print_object (outbox->pdata[i]);
      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

/* Whatever else is asked for does not come through; that is not asked for again. */
static void
fail_others (Fixture *f, KithSyncRequestType type)
{
  KithSyncRequest *request;

  while ((request = next (f)) != NULL)
    {
      g_assert_cmpint (request->type, !=, type);
      kith_sync_engine_fail (f->engine, request->serial);
      kith_sync_request_free (request);
    }
}

/* sync.md 2.7: what stands between answers a push as it answers a pull. Nothing of what waits is taken away or counted as sent, and once the hub is
 * there it goes, as the same operation, once. */
static void
test_captive_portal_push (Fixture *f, gconstpointer data)
{
  static const struct { guint status; const char *type, *text; } portals[] = {
    { 200, "text/html", "<html>Accept the terms</html>" },
    { 302, "text/html", "" }, { 511, "text/html", "<html>Network authentication required</html>" },
    { 200, LINES, "<html>Accept the terms</html>\n" },
    { 200, LINES, "" },
    { 200, JSON, "{}" },
    { 200, NULL, "{'n':1,'id':'%s','st':'applied','q':12}\n{'end':{'ack_n':1,'target':12}}\n" },
    { 401, "text/html", "<html>Sign in to the network</html>" },
    { 403, JSON, "{'detail':'blocked'}" },
    { 409, "text/html", "conflict" }, { 410, "text/html", "gone" },
    { 200, LINES, "{'n':1,'id':'%s','st':'app" },
    { 200, LINES, "{'n':1,'id':'another','st':'applied','q':12}\n" }, /* of no operation that waits */
  };
  g_autofree char *before = NULL, *id = NULL, *right = NULL, *named = NULL;
  KithSyncRequest *request;

  first_pull (f);
  submit (f, CLIENT_1);
  id = first_op_id (f);
  fail_next (f, KITH_SYNC_PUSH); /* it has its number from now on */
  before = outbox_text (f);
  kith_sync_engine_nudge (f->engine);
  named = g_strdup_printf ("'id':'%s'", id);
  g_strdelimit (named, "'", '"');
  for (guint i = 0; i < G_N_ELEMENTS (portals); i++)
    {
      g_autoptr (GString) text = g_string_new (portals[i].text);
      g_autofree char *after = NULL, *page = g_strdup_printf (HEADER END ("d%u"), i);

      g_string_replace (text, "%s", id, 0);
      reply (f, KITH_SYNC_PUSH, portals[i].status, portals[i].type, text->str, 0);
      assert_state (f, KITH_SYNC_OFFLINE);
      reply (f, KITH_SYNC_PULL, 200, LINES, page, 0); /* the hub was met in between: it is this answer that makes it offline again */
      g_assert_cmpint (kith_sync_engine_get_state (f->engine), !=, KITH_SYNC_OFFLINE);
      fail_others (f, KITH_SYNC_PUSH);
      g_assert_cmpint (wake_in (f), >=, KITH_RETRY_LEAST_MS);
      after = outbox_text (f);
      g_assert_cmpstr (after, ==, before);
      g_assert_true (kith_store_has_unsent (f->store, NULL));
      kith_sync_engine_nudge (f->engine);
    }

  request = next (f);
  g_assert_cmpint (request->type, ==, KITH_SYNC_PUSH);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body), named));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body), "\"first_n\":1"));
  right = g_strdup_printf ("{\"n\":1,\"id\":\"%s\",\"st\":\"applied\",\"q\":12}\n{\"end\":{\"ack_n\":1,\"target\":12}}\n", id);
  {
    g_autoptr (GBytes) body = g_bytes_new (right, strlen (right));

    kith_sync_engine_answer (f->engine, request->serial, 200, LINES, body, 0);
    kith_sync_request_free (request);
  }
  g_assert_false (kith_store_has_unsent (f->store, NULL));
  g_assert_cmpint (kith_sync_engine_get_state (f->engine), !=, KITH_SYNC_OFFLINE);
  fail_others (f, KITH_SYNC_PUSH);
}

/* A page that does not come through is asked for in smaller pieces, down to 50 rows. */
static gint64
rows_asked (KithSyncRequest *request)
{
  g_autoptr (JsonObject) body = kith_json_parse_object (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body), NULL, NULL);

  return kith_json_int (body, "max_rows", 0);
}

static void
test_page_size (Fixture *f, gconstpointer data)
{
  gint64 expected[] = { 2000, 1000, 500, 250, 125, 62, 50, 50 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      KithSyncRequest *request;

      kith_sync_engine_nudge (f->engine);
      request = next (f);
      g_assert_cmpint (rows_asked (request), ==, expected[i]);
      kith_sync_engine_fail (f->engine, request->serial);
      kith_sync_request_free (request);
    }
}

/* --- retry -------------------------------------------------------------------------------------------------------- */

static void
test_jitter (void)
{
  g_autoptr (KithRandom) random = kith_random_new_seeded (5);
  gint64 highest = 0, lowest = G_MAXINT64;

  for (guint attempt = 0; attempt < 40; attempt++)
    for (guint i = 0; i < 500; i++)
      {
        gint64 delay = kith_retry_delay_ms (attempt, random);

        g_assert_cmpint (delay, >=, KITH_RETRY_LEAST_MS);
        g_assert_cmpint (delay, <=, KITH_RETRY_MOST_MS);
        if (attempt == 0)
          g_assert_cmpint (delay, <=, 2000);
        if (attempt == 39)
          {
            highest = MAX (highest, delay);
            lowest = MIN (lowest, delay);
          }
      }
  g_assert_cmpint (highest, >, KITH_RETRY_MOST_MS * 9 / 10); /* full jitter: the whole range is used */
  g_assert_cmpint (lowest, <, KITH_RETRY_MOST_MS / 10);
}

static void
test_backs_off (Fixture *f, gconstpointer data)
{
  gint64 longest = 0;

  for (guint i = 0; i < 30; i++)
    {
      fail_next (f, KITH_SYNC_PULL);
      longest = MAX (longest, wake_in (f));
      kith_manual_clock_advance (f->clock, wake_in (f));
    }
  g_assert_cmpint (longest, >, 60000);
  g_assert_cmpint (longest, <=, KITH_RETRY_MOST_MS);
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  reply (f, KITH_SYNC_PULL, 429, JSON, "{'error':'slow_down','message':'Later.'}", 30);
  g_assert_cmpint (kith_sync_engine_get_state (f->engine), !=, KITH_SYNC_OFFLINE);
  g_assert_cmpint (wake_in (f), >=, 30000);
  kith_sync_engine_nudge (f->engine);
  g_assert_cmpint (wake_in (f), >=, 30000); /* a nudge does not break the hub's word */
  kith_manual_clock_advance (f->clock, 30000);
  first_pull (f);
}

/* An answer that moves nothing, five times: slow, and it says so. */
static void
test_no_progress (Fixture *f, gconstpointer data)
{
  first_pull (f);
  reply (f, KITH_SYNC_WAIT, 200, JSON, "{'poke':20}", 0);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (kith_sync_engine_get_state (f->engine), !=, KITH_SYNC_SLOW);
      reply (f, KITH_SYNC_PULL, 200, LINES, HEADER "{'end':{'cursor':'c1','ack_n':0,'more':true}}\n", 0);
    }
  assert_state (f, KITH_SYNC_SLOW);
  g_assert_cmpint (wake_in (f), >=, KITH_RETRY_LEAST_MS);
  kith_manual_clock_advance (f->clock, KITH_RETRY_MOST_MS);
  reply (f, KITH_SYNC_PULL, 200, LINES, HEADER END ("c2"), 0);
  g_assert_cmpint (kith_sync_engine_get_state (f->engine), !=, KITH_SYNC_SLOW);
}

/* Pokes that bring nothing slow down too. */
static void
test_empty_pokes (Fixture *f, gconstpointer data)
{
  guint requests = 0;
  gint64 wake;
  KithSyncRequest *request;

  first_pull (f);
  while ((request = kith_sync_engine_next (f->engine, &wake)) != NULL && requests < 200)
    {
      requests++;
      if (request->type == KITH_SYNC_WAIT)
        {
          g_autoptr (GBytes) poke = g_bytes_new_static ("{\"poke\":20}", 11);
          kith_sync_engine_answer (f->engine, request->serial, 200, JSON, poke, 0);
        }
      else
        {
          static const char page[] = "{\"h\":{\"kith\":1,\"epoch\":\"" EPOCH "\",\"H\":10,\"round\":1}}\n{\"end\":{\"cursor\":\"c1\",\"ack_n\":0,\"more\":false}}\n";
          g_autoptr (GBytes) body = g_bytes_new_static (page, strlen (page));
          kith_sync_engine_answer (f->engine, request->serial, 200, LINES, body, 0);
        }
      kith_sync_request_free (request);
    }
  g_assert_cmpuint (requests, <, 30);
  assert_state (f, KITH_SYNC_SLOW);
}

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static void
test_token_refresh (Fixture *f, gconstpointer data)
{
  g_autofree char *refresh = NULL;
  KithSyncRequest *request;

  kith_store_set_refresh (f->store, "refresh-1", NULL);
  reply (f, KITH_SYNC_PULL, 401, JSON, "{'error':'sign_in','message':'Sign in.'}", 0);
  request = next (f);
  g_assert_cmpint (request->type, ==, KITH_SYNC_TOKEN);
  g_assert_null (request->token);
  g_assert_nonnull (strstr (g_bytes_get_data (request->body, NULL), "refresh-1"));
  {
    g_autoptr (GBytes) body = g_bytes_new_static ("{\"token\":\"token-2\",\"refresh\":\"refresh-2\"}", 41);
    kith_sync_engine_answer (f->engine, request->serial, 200, JSON, body, 0);
  }
  kith_sync_request_free (request);
  refresh = kith_store_get_refresh (f->store);
  g_assert_cmpstr (refresh, ==, "refresh-2");
  request = next (f);
  g_assert_cmpstr (request->token, ==, "token-2");
  g_assert_cmpint (request->type, ==, KITH_SYNC_PULL);
  kith_sync_request_free (request);
}

static void
test_sign_in_needed (Fixture *f, gconstpointer data)
{
  gint64 wake;

  kith_store_set_refresh (f->store, "refresh-1", NULL);
  reply (f, KITH_SYNC_PULL, 401, JSON, "{'error':'sign_in','message':'Sign in.'}", 0);
  reply (f, KITH_SYNC_TOKEN, 401, JSON, "{'error':'bad_sign_in','message':'Sign in.'}", 0);
  assert_state (f, KITH_SYNC_SIGN_IN);
  g_assert_null (kith_sync_engine_next (f->engine, &wake));
  g_assert_cmpint (wake, ==, -1);
  kith_sync_engine_set_token (f->engine, "token-3");
  first_pull (f);
}

/* C22: at the next contact the computer has no way in any more and says why. */
static void
test_deactivated (Fixture *f, gconstpointer data)
{
  kith_store_set_refresh (f->store, "refresh-1", NULL);
  reply (f, KITH_SYNC_PULL, 401, JSON, "{'error':'deactivated','message':'This account was closed.','user':'" USER "','epoch':'" EPOCH "'}", 0);
  assert_state (f, KITH_SYNC_SIGN_IN);
  g_assert_cmpstr (kith_sync_engine_get_sign_in_reason (f->engine), ==, "deactivated");
  g_assert_null (kith_store_get_refresh (f->store));
}

/* A hub that refuses every fresh token is not asked in a circle. */
static void
test_token_storm (Fixture *f, gconstpointer data)
{
  guint requests = 0;
  gint64 wake;
  KithSyncRequest *request;

  kith_store_set_refresh (f->store, "refresh-1", NULL);
  while ((request = kith_sync_engine_next (f->engine, &wake)) != NULL && requests < 100)
    {
      g_autofree char *text = request->type == KITH_SYNC_TOKEN ? g_strdup ("{\"token\":\"t\",\"refresh\":\"r\"}") : g_strdup ("{\"error\":\"sign_in\"}");
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

      requests++;
      kith_sync_engine_answer (f->engine, request->serial, request->type == KITH_SYNC_TOKEN ? 200 : 401, JSON, body, 0);
      kith_sync_request_free (request);
    }
  g_assert_cmpuint (requests, <, 10);
}

/* --- lanes, cursors, epochs --------------------------------------------------------------------------------------- */

static void
test_expired_cursor (Fixture *f, gconstpointer data)
{
  KithSyncRequest *request;
  g_autoptr (JsonObject) body = NULL;

  first_pull (f);
  submit (f, CLIENT_1);
  fail_next (f, KITH_SYNC_PUSH);
  reply (f, KITH_SYNC_WAIT, 200, JSON, "{'poke':20}", 0);
  reply (f, KITH_SYNC_PULL, 410, JSON, "{'error':'cursor_expired','action':'refill'}", 0);
  request = next (f);
  g_assert_cmpint (request->type, ==, KITH_SYNC_PULL);
  body = kith_json_parse_object (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body), NULL, NULL);
  g_assert_null (kith_json_string (body, "cursor"));
  g_assert_true (kith_store_has_unsent (f->store, NULL)); /* the outbox untouched */
  kith_sync_request_free (request);
}

static void
test_gap (Fixture *f, gconstpointer data)
{
  g_autofree char *line = NULL, *id = NULL;
  KithSyncRequest *request;

  first_pull (f);
  submit (f, CLIENT_1);
  id = first_op_id (f);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':9}\n{'end':{'ack_n':1,'target':9}}\n", id);
  reply (f, KITH_SYNC_PUSH, 200, LINES, line, 0);
  submit (f, CLIENT_2);
  reply (f, KITH_SYNC_PUSH, 409, JSON, "{'error':'gap','expect':1}", 0);
  request = next (f);
  g_assert_cmpint (request->type, ==, KITH_SYNC_PUSH);
  g_assert_nonnull (strstr (g_bytes_get_data (request->body, NULL), "\"first_n\":1"));
  g_assert_nonnull (strstr (g_bytes_get_data (request->body, NULL), id));
  kith_sync_request_free (request);
}

static void
test_lane_forked (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  KithSyncRequest *request;

  first_pull (f);
  submit (f, CLIENT_1);
  id = first_op_id (f);
  reply (f, KITH_SYNC_PUSH, 409, JSON, "{'error':'lane_forked'}", 0);
  reply (f, KITH_SYNC_LANE, 200, JSON, "{'lane':{'code':'KC','next_number':5,'last_n':0}}", 0);
  request = next (f);
  g_assert_cmpint (request->type, ==, KITH_SYNC_PUSH);
  g_assert_nonnull (strstr (g_bytes_get_data (request->body, NULL), id));
  g_assert_nonnull (strstr (g_bytes_get_data (request->body, NULL), "KC-0001"));
  g_assert_null (strstr (g_bytes_get_data (request->body, NULL), "\"device-1\""));
  kith_sync_request_free (request);
}

/* Another life of the hub: nothing is pushed before a pull has told which. */
static void
test_wrong_epoch (Fixture *f, gconstpointer data)
{
  first_pull (f);
  submit (f, CLIENT_1);
  reply (f, KITH_SYNC_PUSH, 409, JSON, "{'error':'wrong_epoch','epoch':'e2'}", 0);
  reply (f, KITH_SYNC_PULL, 410, JSON, "{'error':'cursor_expired','action':'refill'}", 0);
  reply (f, KITH_SYNC_PULL, 200, LINES, "{'h':{'kith':1,'epoch':'e2','H':5,'round':1,'last_n':0}}\n" END ("d1"), 0);
  g_assert_cmpstr (kith_store_get_epoch (f->store), ==, "e2");
  fail_next (f, KITH_SYNC_PUSH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/engine/jitter", test_jitter);
#define ADD(name, func) g_test_add ("/sync/engine/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("cycle", test_cycle);
  ADD ("poke-pulls", test_poke_pulls);
  ADD ("nightly-verify", test_nightly_verify);
  ADD ("I6-wipe-when-quiet", test_wipe_when_quiet);
  ADD ("independent", test_independent);
  ADD ("captive-portal", test_captive_portal);
  ADD ("2.7-captive-portal-push", test_captive_portal_push);
  ADD ("cut-push-answer", test_cut_push_answer);
  ADD ("page-size", test_page_size);
  ADD ("backs-off", test_backs_off);
  ADD ("retry-after", test_retry_after);
  ADD ("no-progress", test_no_progress);
  ADD ("empty-pokes", test_empty_pokes);
  ADD ("token-refresh", test_token_refresh);
  ADD ("sign-in-needed", test_sign_in_needed);
  ADD ("C22-deactivated", test_deactivated);
  ADD ("token-storm", test_token_storm);
  ADD ("expired-cursor", test_expired_cursor);
  ADD ("gap", test_gap);
  ADD ("lane-forked", test_lane_forked);
  ADD ("wrong-epoch", test_wrong_epoch);
  return g_test_run ();
}
