/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include <stdarg.h>

/* The look-up across agencies (U3, C14, design.md 2.4): who is found, what is shown, what is noted, what is opened. */

typedef struct
{
  HubFixture *net;
  char *ana, *ben;
  Desk *a, *b;
  guint number;
} Town;

static void
set_up (Town *t, gconstpointer data)
{
  t->net = hub_fixture_new (NULL);
  t->ana = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"care_coordinator\"");
  t->ben = hub_fixture_add_staff (t->net, "ben", t->net->b, data);
  t->a = desk_new (t->net, "ana", t->ana);
  t->b = desk_new (t->net, "ben", t->ben);
}

static void
tear_down (Town *t, gconstpointer data)
{
  hub_fixture_check (t->net);
  desk_free (t->a);
  desk_free (t->b);
  g_free (t->ana);
  g_free (t->ben);
  hub_fixture_free (t->net);
}

/* A client of agency A; classes NULL: no consent was given. */
static char *
add_client (Town *t, const char *given, const char *family, const char *birth, gboolean findable, const char *receiver)
{
  char *id = hub_fixture_id (t->net);
  g_autofree char *consent_id = hub_fixture_id (t->net);
  g_autofree char *consent = receiver == NULL ? g_strdup ("") : g_strdup_printf (
      ",\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\","
      "\"purpose\":\"Help\",\"findable\":%s,\"term\":\"2026-06-01T00:00:00.000Z\"}", consent_id, receiver, findable ? "true" : "false");
  g_autofree char *args = g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"values\":{\"given_name\":\"%s\",\"family_name\":\"%s\",\"date_of_birth\":\"%s\","
      "\"email\":\"canary@example.org\",\"contact_note\":\"Canary\",\"address\":{\"address_1\":\"1 Canary Road\",\"city\":\"Springfield\"}}%s}",
      id, ++t->number, given, family, birth, consent);
  g_autoptr (JsonObject) outcome = desk_do (t->a, "client.register", args);

  desk_expect (outcome, "applied", NULL);
  return id;
}

static guint
search (Town *t, Desk *desk, const char *body, JsonObject **answer)
{
  g_clear_pointer (answer, json_object_unref);
  return hub_request (t->net, "POST", "/v1/clients/search", desk->token, body, answer);
}

static gboolean
found (Town *t, Desk *desk, const char *body, const char *id)
{
  g_autofree char *handle = kith_hub_handle_of (t->net->hub, desk->user, id);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *hits;

  kith_manual_clock_advance (t->net->clock, 6 * 1000); /* no more in a minute than a person asks */
  g_assert_cmpuint (search (t, desk, body, &answer), ==, 200);
  hits = kith_json_array (answer, "hits");
  for (guint i = 0; i < json_array_get_length (hits); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (hits, i), "id"), handle) == 0)
      return TRUE;
  return FALSE;
}

static gint64
count (Town *t, const char *format, ...)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  va_list list;

  va_start (list, format);
  sql = g_strdup_vprintf (format, list);
  va_end (list);
  stmt = kith_db_prepare (kith_hub_get_db (t->net->hub), sql, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* C14: just enough to recognise, and each hit on record on both sides. */
static void
test_shown_and_noted (Town *t, gconstpointer data)
{
  g_autofree char *id = add_client (t, "José", "Ruiz Lopez", "1988-04-07", TRUE, t->net->b);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *text = NULL;
  JsonObject *hit;

  g_assert_cmpuint (search (t, t->b, "{\"name\":\"ruiz jose\",\"birth\":\"1988\"}", &answer), ==, 200);
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 1);
  hit = json_array_get_object_element (kith_json_array (answer, "hits"), 0);
  g_assert_cmpstr (kith_json_string (hit, "id"), !=, id);
  g_assert_true (kith_id_is_computed (kith_json_string (hit, "id"))); /* no time in it */
  g_assert_cmpstr (kith_json_string (hit, "family_name"), ==, "Ruiz Lopez");
  g_assert_cmpstr (kith_json_string (hit, "birth_year"), ==, "1988");
  g_assert_cmpstr (kith_json_string (hit, "city"), ==, "Springfield");
  g_assert_cmpuint (json_object_get_size (hit), ==, 5);
  text = kith_json_print_object (answer);
  g_assert_null (strstr (text, "anary"));
  g_assert_null (strstr (text, "1988-04"));
  g_assert_null (strstr (text, t->net->a));
  g_assert_null (strstr (text, "KK-"));
  g_assert_null (strstr (text, id));

  /* C14: the searcher's own log, which its privacy officers pull, does not name who was shown; the log of the agency that knows them does. */
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE agency = '%s' AND what = 'searched' AND client IS NULL AND staff = '%s'",
                          t->net->b, t->ben), ==, 1);
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE agency = '%s' AND body LIKE '%%%s%%'", t->net->b, id), ==, 0);
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE agency = '%s' AND what = 'disclosed' AND client = '%s' AND staff = '%s'",
                          t->net->a, id, t->ben), ==, 1);
  /* a search that finds nobody is one, too */
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"nobody here\"}", &answer), ==, 200);
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 0);
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE what = 'searched' AND client IS NULL"), ==, 2);
  /* nothing of the search itself is kept where somebody else may read it */
  desk_pull (t->b);
  g_assert_null (strstr (t->b->seen->str, id));
}

/* Only whom a consent in force lets be found; restricted and victim service clients never (C14, C15, C19). */
static void
test_who_is_found (Town *t, gconstpointer data)
{
  g_autofree char *yes = add_client (t, "Mara", "Finch", "1990", TRUE, t->net->c); /* found, though not for B to open */
  g_autofree char *no = add_client (t, "Mara", "Finchley", "1990", FALSE, t->net->b);
  g_autofree char *none = add_client (t, "Mara", "Finchman", "1990", FALSE, NULL);
  g_autofree char *restricted = add_client (t, "Mara", "Finchton", "1990", TRUE, t->net->b);
  g_autofree char *settings_id = kith_id_natural ("agency_settings", t->net->a);
  g_autofree char *settings = g_strdup_printf ("{\"agency\":\"%s\",\"victim_service\":true}", t->net->a);
  g_autofree char *plain = g_strdup_printf ("{\"agency\":\"%s\"}", t->net->a);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) client = kith_world_get (t->net->hub->world, "client", restricted, &error);
  static const char mara[] = "{\"name\":\"mara finch\"}";

  kith_record_set_bool (client, "restricted", TRUE);
  body = kith_record_print (client);
  hub_fixture_put (t->net, "client", restricted, body);
  g_assert_true (found (t, t->b, mara, yes));
  g_assert_false (found (t, t->b, mara, no));
  g_assert_false (found (t, t->b, mara, none));
  g_assert_false (found (t, t->b, mara, restricted));
  g_assert_false (found (t, t->a, mara, yes)); /* their own agency finds them where it always does */
  g_assert_true (found (t, t->b, "{\"name\":\"finch\",\"birth\":\"1990-05-01\"}", yes)); /* a year fits any day of it */
  g_assert_false (found (t, t->b, "{\"name\":\"finch\",\"birth\":\"1991\"}", yes));

  hub_fixture_put (t->net, "agency_settings", settings_id, settings);
  g_assert_false (found (t, t->b, mara, yes));
  hub_fixture_put (t->net, "agency_settings", settings_id, plain);
  g_assert_true (found (t, t->b, mara, yes));
  hub_fixture_wait_until (t->net, KITH_TEST_NOW + G_GINT64_CONSTANT (100) * 24 * 3600 * 1000); /* the term is over */
  desk_free (t->b);
  t->b = desk_new (t->net, "ben", t->ben);
  g_assert_false (found (t, t->b, mara, yes));
}

/* C15: whom a victim service agency looks for is its client. It is answered nobody, and neither its own log nor that of whoever knows the person says that
 * it asked, or whom for. */
static void
test_victim_service_asks (Town *t, gconstpointer data)
{
  g_autofree char *id = add_client (t, "Mara", "Finch", "1990", TRUE, t->net->b);
  g_autofree char *settings_id = kith_id_natural ("agency_settings", t->net->b);
  g_autofree char *settings = g_strdup_printf ("{\"agency\":\"%s\",\"victim_service\":true}", t->net->b);
  g_autoptr (JsonObject) answer = NULL;

  hub_fixture_put (t->net, "agency_settings", settings_id, settings);
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"mara finch\"}", &answer), ==, 403);
  g_assert_false (json_object_has_member (answer, "hits"));
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE what IN ('searched', 'disclosed')"), ==, 0);
}

/* C14: a search is for a person's name. It says nothing of numbers and descriptions, which others may not know; and one name twice, or the
 * beginning of it, is one name. */
static void
test_names_only (Town *t, gconstpointer data)
{
  g_autofree char *id = add_client (t, "Amara", "Quill Amaranth", "1990", TRUE, t->net->b);
  g_autofree char *lone = add_client (t, "Zora", "Pike", "1990", TRUE, t->net->b);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) client = kith_world_get (t->net->hub->world, "client", lone, &error);

  kith_record_set_string (client, "described_as", "Grey coat, at the station");
  kith_record_set_string (client, "preferred_name", "Zizi");
  body = kith_record_print (client);
  hub_fixture_put (t->net, "client", lone, body);

  g_assert_true (found (t, t->b, "{\"name\":\"quill amara\"}", id));
  g_assert_true (found (t, t->b, "{\"name\":\"amara amaranth\"}", id)); /* two names, one the beginning of the other */
  g_assert_true (found (t, t->b, "{\"name\":\"zizi pike\"}", lone));
  g_assert_false (found (t, t->b, "{\"name\":\"zora zora\"}", lone));
  g_assert_false (found (t, t->b, "{\"name\":\"zora zo\"}", lone));
  g_assert_false (found (t, t->b, "{\"name\":\"zora kk\"}", lone)); /* the number begins so */
  g_assert_false (found (t, t->b, "{\"name\":\"zora 0002\"}", lone));
  g_assert_false (found (t, t->b, "{\"name\":\"pike station\"}", lone));
  g_assert_false (found (t, t->b, "{\"name\":\"grey coat\"}", lone));
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"z p\"}", &answer), ==, 400);
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"zora p\"}", &answer), ==, 400);
  g_assert_true (found (t, t->b, "{\"name\":\"zora p\",\"birth\":\"1990\"}", lone));
}

/* Hidden ones of the name first, as many as you like: whoever may be found is, and only what was held back of those is called more. */
static void
test_behind_many (Town *t, gconstpointer data)
{
  g_autofree char *last = NULL;
  g_autoptr (JsonObject) answer = NULL;
  char *years[21];

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = hub_fixture_id (t->net);
      g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"number\":\"H-%u\",\"given_name\":\"Maria\",\"family_name\":\"Lopez\","
                                               "\"date_of_birth\":\"1988-04-07\"}", t->net->c, i);

      hub_fixture_put (t->net, "client", id, body);
    }
  last = add_client (t, "Maria", "Lopez", "1988-04-07", TRUE, t->net->b);
  g_assert_true (found (t, t->b, "{\"name\":\"maria lopez\"}", last));
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"maria lopez\"}", &answer), ==, 200);
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 1);
  g_assert_false (kith_json_bool (answer, "more", TRUE)); /* how many do not wish to be found is nobody's to know */

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autofree char *birth = g_strdup_printf ("%u-05", 1950 + i);

      years[i] = add_client (t, "Maria", "Lopez", birth, TRUE, t->net->b);
    }
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"maria lopez\"}", &answer), ==, 200);
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 20);
  g_assert_true (kith_json_bool (answer, "more", FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autofree char *asked = g_strdup_printf ("{\"name\":\"maria lopez\",\"birth\":\"%u\"}", 1950 + i);

      g_assert_true (found (t, t->b, asked, years[i]));
      g_free (years[i]);
    }
}

/* Twenty are twenty; the twenty-first is more. */
static void
test_more (Town *t, gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 0; i < 21; i++)
    {
      g_autofree char *given = g_strdup_printf ("Many%c", 'a' + i);

      g_free (add_client (t, given, "People", "1970", TRUE, t->net->b));
      if (i < 19)
        continue;
      g_assert_cmpuint (search (t, t->b, "{\"name\":\"many people\"}", &answer), ==, 200);
      g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 20);
      g_assert_true (kith_json_bool (answer, "more", FALSE) == (i == 20));
    }
}

/* A search looks at so many people and no more; where it stops it says so, also when it found nobody so far. */
static void
test_tired (Town *t, gconstpointer data)
{
  const KithHubOptions options = { .lookup_most = 30 };
  g_autoptr (JsonObject) answer = NULL;

  tear_down (t, data);
  *t = (Town) { 0 };
  t->net = hub_fixture_new (&options);
  t->ana = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"care_coordinator\"");
  t->ben = hub_fixture_add_staff (t->net, "ben", t->net->b, data);
  t->a = desk_new (t->net, "ana", t->ana);
  t->b = desk_new (t->net, "ben", t->ben);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *given = g_strdup_printf ("Zora%c", 'a' + i % 26);

      g_free (add_client (t, given, "Pike", "1970", TRUE, t->net->b));
    }
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"zora zor\"}", &answer), ==, 200); /* one name twice fits nobody */
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 0);
  g_assert_true (kith_json_bool (answer, "more", FALSE));
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"zora zor\",\"birth\":\"1971\"}", &answer), ==, 200);
  g_assert_false (kith_json_bool (answer, "more", TRUE));
}

static void
mend (Town *t, const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET body = replace (body, ',\"agency\":\"x\",\"agency\":\"y\"}', '}')", kind);

  g_assert_true (kith_db_exec (kith_hub_get_db (t->net->hub), sql, NULL));
}

/* Whoever cannot be read, or whose consents cannot, is not shown; all others are. */
static void
test_damaged (Town *t, gconstpointer data)
{
  g_autofree char *bad = add_client (t, "Ana", "Ruiz", "1970-01-02", TRUE, t->net->b), *closed = add_client (t, "Ana", "Ruiz", "1970-01-03", TRUE, t->net->b);
  g_autofree char *good = add_client (t, "Ana", "Ruiz", "1970-01-04", TRUE, t->net->b), *consent = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (t->net->hub), "SELECT id FROM consent WHERE client = ?", NULL);

  kith_db_bind_text (stmt, 1, closed);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  consent = g_strdup (kith_db_text (stmt, 0));
  g_clear_pointer (&stmt, kith_db_reset);
  hub_fixture_damage (t->net, "client", bad);
  hub_fixture_damage (t->net, "consent", consent);
  g_assert_true (found (t, t->b, "{\"name\":\"ana ruiz\"}", good));
  g_assert_false (found (t, t->b, "{\"name\":\"ana ruiz\"}", bad));
  g_assert_false (found (t, t->b, "{\"name\":\"ana ruiz\"}", closed));
  mend (t, "client");
  mend (t, "consent");
}

/* Not a way to list everybody, and not for every account. */
static void
test_limits (Town *t, gconstpointer data)
{
  static const char *const bad[] = { "{\"name\":\"Ana\\tRuiz\"}", "{\"name\":\"Ana Ruiz\\u0085\"}", "{}", "{\"name\":\"\"}", "{\"name\":\"ruiz\"}", "{\"name\":\"* OR find\"}", "{\"name\":\"a b\",\"birth\":\"soon\"}",
                                     "{\"name\":7}", "{\"name\":\"\\\"\"}" };
  g_autofree char *portal = hub_fixture_add_staff (t->net, "pam", t->net->b, "\"role\":\"care_coordinator\"");
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"name\":\"pam\",\"login\":\"pam\",\"level\":\"standard\",\"active\":true,\"trained\":false,"
                                           "\"role\":\"care_coordinator\"}", t->net->b);
  g_autoptr (Desk) pam = desk_new (t->net, "pam", portal);
  g_autoptr (JsonObject) answer = NULL;
  guint status = 200, n = 0;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *name = g_strdup_printf ("Many%u", i);
      g_free (add_client (t, name, "People", "1970", TRUE, t->net->b));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      status = search (t, t->b, bad[i], &answer);
      g_test_message ("%s: %u", bad[i], status);
      g_assert_true (status == 400 || (status == 200 && json_array_get_length (kith_json_array (answer, "hits")) == 0));
    }
  /* All of a long name, and none that nobody has: the hub looks each word up, while others wait. */
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"a b c d e f g h i j k l m\"}", &answer), ==, 400);
  g_free (add_client (t, "Maria Jose Ana", "de la Cruz y Lopez del Rio Santos Vega", "1970", TRUE, t->net->b));
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"maria jose ana de la cruz y lopez del rio santos vega\"}", &answer), ==, 200);
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 1);
  g_assert_cmpuint (search (t, t->b, "{\"name\":\"many people\"}", &answer), ==, 200);
  g_assert_cmpuint (json_array_get_length (kith_json_array (answer, "hits")), ==, 20);
  g_assert_true (kith_json_bool (answer, "more", FALSE));
  while ((status = search (t, t->b, "{\"name\":\"many people\"}", &answer)) == 200 && n < 100)
    n++;
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (n, <, 20);

  hub_fixture_put (t->net, "staff", portal, body); /* training is not complete any more (U17) */
  g_assert_cmpuint (search (t, pam, "{\"name\":\"many people\"}", &answer), ==, 403);
  g_assert_cmpuint (hub_request (t->net, "POST", "/v1/clients/search", NULL, "{\"name\":\"many people\"}", NULL), ==, 401);
}

/* By what stood for them, or by whatever else it is. */
static JsonObject *
open_by (Town *t, Desk *desk, const char *client, const char *reason)
{
  g_autofree char *id = hub_fixture_id (t->net);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"client.open_shared\",\"a\":{\"client\":\"%s\",\"reason\":\"%s\"}}", id,
                                           client, reason);
  JsonObject *outcome = NULL;

  g_assert_cmpuint (hub_request (t->net, "POST", "/v1/op", desk->token, body, &outcome), ==, 200);
  json_object_remove_member (outcome, "id");
  return outcome;
}

static JsonObject *
open_shared (Town *t, Desk *desk, const char *client, const char *reason)
{
  g_autofree char *handle = kith_hub_handle_of (t->net->hub, desk->user, client);

  return open_by (t, desk, handle, reason);
}

static void
expect_absent (Town *t, Desk *desk, const char *id)
{
  g_autofree char *nothing = hub_fixture_id (t->net);
  g_autoptr (JsonObject) outcome = open_by (t, desk, id, "At the desk"), absent = open_by (t, desk, nothing, "At the desk");
  g_autofree char *a = kith_json_print_object (outcome), *b = kith_json_print_object (absent);

  desk_expect (outcome, "rejected", "not_found");
  g_assert_cmpstr (a, ==, b);
}

/* C14: what stands for a person who was found is one searcher's, for a while; the id of the record, which tells when they were registered, is on no
 * wire before it may be, and opens nothing. */
static void
test_handle (Town *t, gconstpointer data)
{
  g_autofree char *id = add_client (t, "José", "Ruiz", "1988-04-07", TRUE, t->net->b);
  g_autofree char *bea = hub_fixture_add_staff (t->net, "bea", t->net->b, data);
  g_autoptr (Desk) other = desk_new (t->net, "bea", bea);
  g_autofree char *mine = kith_hub_handle_of (t->net->hub, t->b->user, id), *hers = kith_hub_handle_of (t->net->hub, bea, id);
  g_autofree char *beginning = g_strndup (id, 13), *again = NULL;
  static const char jose[] = "{\"name\":\"ruiz jose\"}";
  g_autoptr (JsonObject) outcome = NULL, second = NULL;

  g_assert_cmpstr (mine, !=, hers);
  expect_absent (t, t->b, mine); /* not found yet */
  g_assert_true (found (t, t->b, jose, id));
  expect_absent (t, t->b, id);
  expect_absent (t, other, mine); /* somebody else's */
  expect_absent (t, other, hers);
  kith_manual_clock_advance (t->net->clock, 15 * 60 * 1000);
  desk_free (t->b); /* the token is over, too */
  t->b = desk_new (t->net, "ben", t->ben);
  expect_absent (t, t->b, mine);
  g_assert_true (found (t, t->b, jose, id));
  hub_fixture_restart (t->net);
  again = kith_hub_handle_of (t->net->hub, t->b->user, id);
  g_assert_cmpstr (again, ==, mine); /* the hub's secret outlives it, what was found does not */
  expect_absent (t, t->b, mine);

  g_assert_true (found (t, t->b, jose, id));
  desk_pull (t->b);
  g_assert_null (strstr (t->b->seen->str, beginning));
  desk_free (other);
  other = desk_new (t->net, "bea", bea);
  g_assert_true (found (t, other, jose, id));
  outcome = open_by (t, t->b, mine, "At the desk");
  desk_expect (outcome, "applied", NULL);
  g_assert_cmpstr (kith_json_string (kith_json_object (outcome, "now"), "client"), ==, id); /* from here on it may be known */
  desk_pull (t->b);
  g_assert_true (desk_has (t->b, id));

  /* A colleague who found the same person meanwhile is told which one it is, too, and gets it. */
  second = open_by (t, other, hers, "At the desk");
  desk_expect (second, "applied", NULL);
  g_assert_cmpstr (kith_json_string (kith_json_object (second, "now"), "client"), ==, id);
  desk_pull (other);
  g_assert_true (desk_has (other, id));
}

/* C14: the answer to client.open_shared, asked for again when access is over, names nobody. */
static void
test_again_later (Town *t, gconstpointer data)
{
  g_autofree char *client = add_client (t, "José", "Ruiz", "1988-04-07", TRUE, t->net->b);
  g_autofree char *handle = kith_hub_handle_of (t->net->hub, t->b->user, client), *id = hub_fixture_id (t->net);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"client.open_shared\",\"a\":{\"client\":\"%s\",\"reason\":\"Asked\"}}", id, handle);
  g_autofree char *revoke = g_strdup_printf ("{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_autoptr (JsonObject) first = NULL, again = NULL, revoked = NULL;

  g_assert_true (found (t, t->b, "{\"name\":\"jose ruiz\"}", client));
  g_assert_cmpuint (hub_request (t->net, "POST", "/v1/op", t->b->token, body, &first), ==, 200);
  g_assert_cmpstr (kith_json_string (kith_json_object (first, "now"), "client"), ==, client);
  revoked = desk_do (t->a, "consent.revoke", revoke);
  desk_expect (revoked, "applied", NULL);
  g_assert_cmpuint (hub_request (t->net, "POST", "/v1/op", t->b->token, body, &again), ==, 200);
  desk_expect (again, "applied", NULL);
  g_assert_false (json_object_has_member (again, "now"));
}

/* U3, C14: opened with a reason as far as consent goes, its author is on the client; consent ends, access ends. */
static void
test_open_shared (Town *t, gconstpointer data)
{
  g_autofree char *client = add_client (t, "José", "Ruiz", "1988-04-07", TRUE, t->net->b);
  g_autofree char *not_for_b = add_client (t, "Mara", "Finch", "1990", TRUE, t->net->c);
  g_autofree char *hidden = add_client (t, "Nora", "Wren", "1990", FALSE, t->net->b);
  g_autofree char *nothing = hub_fixture_id (t->net);
  g_autofree char *key = g_strconcat (client, ":", t->net->b, NULL);
  g_autofree char *care = kith_id_natural ("care", key);
  g_autofree char *revoke = g_strdup_printf ("{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_autoptr (JsonObject) outcome = NULL, absent = NULL, unseen = NULL, revoked = NULL, again = NULL;
  g_autofree char *a = NULL, *b = NULL;

  g_assert_true (found (t, t->b, "{\"name\":\"jose ruiz\"}", client));
  g_assert_true (found (t, t->b, "{\"name\":\"mara finch\"}", not_for_b));
  g_assert_false (found (t, t->b, "{\"name\":\"nora wren\"}", hidden));
  outcome = open_shared (t, t->b, client, " ");
  desk_expect (outcome, "rejected", "invalid");
  g_clear_pointer (&outcome, json_object_unref);
  outcome = open_shared (t, t->b, not_for_b, "At the desk");
  desk_expect (outcome, "rejected", "consent_missing");
  unseen = open_shared (t, t->b, hidden, "At the desk");
  absent = open_shared (t, t->b, nothing, "At the desk");
  a = kith_json_print_object (unseen);
  b = kith_json_print_object (absent);
  desk_expect (unseen, "rejected", "not_found");
  g_assert_cmpstr (a, ==, b);

  g_clear_pointer (&outcome, json_object_unref);
  outcome = open_shared (t, t->b, client, "At the desk");
  desk_expect (outcome, "applied", NULL);
  desk_pull (t->b);
  g_assert_true (desk_has (t->b, client));
  g_assert_true (desk_has (t->b, care));
  g_assert_cmpint (count (t, "SELECT count(*) FROM assignment WHERE client = '%s' AND staff = '%s' AND agency = '%s'", client, t->ben,
                          t->net->b), ==, 1);
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE what = 'opened' AND agency = '%s' AND client = '%s'", t->net->b, client), ==, 1);
  g_assert_cmpint (count (t, "SELECT count(*) FROM audit_entry WHERE what = 'disclosed' AND agency = '%s' AND client = '%s'", t->net->a, client), ==, 2); /* found, opened */
  hub_fixture_check (t->net);

  revoked = desk_do (t->a, "consent.revoke", revoke);
  desk_expect (revoked, "applied", NULL);
  desk_pull (t->b);
  g_assert_false (desk_has (t->b, client));
  g_assert_true (desk_has (t->b, care)); /* what B does with the client stays B's (C1) */
  again = open_shared (t, t->b, client, "At the desk");
  desk_expect (again, "rejected", "not_found");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, role, func) g_test_add ("/hub/lookup/" name, Town, role, set_up, func, tear_down)
  ADD ("C14-shown-and-noted", "\"role\":\"care_coordinator\"", test_shown_and_noted);
  ADD ("C14-handle", "\"role\":\"care_coordinator\"", test_handle);
  ADD ("C14-who-is-found", "\"role\":\"referral_manager\"", test_who_is_found);
  ADD ("C15-victim-service-asks", "\"role\":\"referral_manager\"", test_victim_service_asks);
  ADD ("C14-names-only", "\"role\":\"care_coordinator\"", test_names_only);
  ADD ("C14-behind-many", "\"role\":\"care_coordinator\"", test_behind_many);
  ADD ("C14-more", "\"role\":\"care_coordinator\"", test_more);
  ADD ("C14-tired", "\"role\":\"care_coordinator\"", test_tired);
  ADD ("damaged", "\"role\":\"care_coordinator\"", test_damaged);
  ADD ("limits", "\"role\":\"care_coordinator\"", test_limits);
  ADD ("C14-again-later", "\"role\":\"care_coordinator\"", test_again_later);
  ADD ("U3-open-shared-coordinator", "\"role\":\"care_coordinator\"", test_open_shared);
  ADD ("U3-open-shared-manager", "\"role\":\"referral_manager\"", test_open_shared);
  return g_test_run ();
}
