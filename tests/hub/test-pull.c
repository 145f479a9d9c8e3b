/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-loop.h"

/* Cursors, pages of a fill, refills and the waiting request: what a pull may be asked for, and what it tells. */

/* Forged, foreign, truncated and old cursors: fetch anew, and the answer says so. */
static void
test_cursors (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *half = g_strndup (l->a->cursor, strlen (l->a->cursor) / 2);
  g_autofree char *binding = g_strconcat (l->a->device, "/", l->ua, NULL);
  KithCursor ahead = {
    .epoch = (char *) kith_hub_get_epoch (l->net->hub), .q = kith_hub_get_q (l->net->hub) + 5, .served = 1, .round = 1
  };
  KithCursor other_life = { .epoch = (char *) "0190aaaa-0000-7000-8000-000000000001", .q = 1, .served = 1, .round = 1 };
  g_autofree char *ahead_text = kith_cursor_encode (&ahead, binding);
  g_autofree char *other_text = kith_cursor_encode (&other_life, binding);
  const char *cursors[] = { half, "AAAA", "", "x y", "../../etc", l->b->cursor, ahead_text, other_text, l->a->cursor };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      gboolean good = i == G_N_ELEMENTS (cursors) - 1;
      static const char *const paths[] = { "/v1/sync/pull", "/v1/sync/verify" };

      for (guint p = 0; p < 2; p++)
        {
          g_autofree char *body = g_strdup_printf ("{\"v\":1,\"cursor\":\"%s\"}", cursors[i]);
          g_autoptr (JsonObject) answer = NULL;

          g_assert_cmpuint (hub_request (l->net, "POST", paths[p], l->a->token, body, &answer), ==, good ? 200 : 410);
          if (!good)
            {
              g_assert_cmpstr (kith_json_string (answer, "error"), ==, "cursor_expired");
              g_assert_cmpstr (kith_json_string (answer, "action"), ==, "refill");
            }
        }
    }
}

/* sync.md 2.10: a Kith older than the least the hub works with is asked to be updated, and nothing it has not sent is stranded. Of schema 1 are those that look
 * for a referral's type where it is no more. */
static void
test_too_old (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *body = g_strdup_printf ("{\"v\":1,\"schema\":1,\"cursor\":\"%s\"}", l->a->cursor), *id = hub_fixture_id (l->net);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpuint (hub_request (l->net, "POST", "/v1/sync/pull", l->a->token, body, &answer), ==, 426);
  g_assert_cmpstr (kith_json_string (answer, "error"), ==, "update");
  g_assert_nonnull (strstr (kith_json_string (answer, "message"), "Update"));
  desk_do_ok (l->a, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0099\",\"values\":{\"given_name\":\"Ira\"}}", id);
}

/* Only the hub itself says in which run of it a cursor was given: nobody ends its life by a cursor that he wrote. */
static void
test_forged_run (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *binding = g_strconcat (l->a->device, "/", l->ua, NULL), *epoch = g_strdup (kith_hub_get_epoch (l->net->hub));
  const char *runs[] = { NULL, "-", "0123456789abcdef", "0123456789abcdef-0123456789abcdef", "-0123456789abcdef" };
  g_auto (KithCursor) own = { 0 };

  g_assert_true (kith_cursor_decode (l->a->cursor, binding, &own));
  for (guint i = 0; i <= G_N_ELEMENTS (runs); i++)
    {
      KithCursor forged = own;
      g_autofree char *text = NULL, *body = NULL;

      if (i < G_N_ELEMENTS (runs))
        forged.run = (char *) runs[i];
      else
        forged.served += 1000; /* its own run, further on than it has come */
      text = kith_cursor_encode (&forged, binding);
      body = g_strdup_printf ("{\"v\":1,\"cursor\":\"%s\"}", text);
      g_assert_cmpuint (hub_request (l->net, "POST", "/v1/sync/pull", l->a->token, body, NULL), ==, 410);
      g_assert_cmpstr (kith_hub_get_epoch (l->net->hub), ==, epoch);
    }
  hub_fixture_restart (l->net);
  desk_pull (l->a);
  g_assert_cmpstr (kith_hub_get_epoch (l->net->hub), ==, epoch);
}

static char *
ask_anew (Desk *desk, const char *sids, guint *status)
{
  g_autofree char *body = g_strdup_printf ("{\"v\":1,\"cursor\":\"%s\",\"refill\":[%s]}", desk->cursor, sids);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const KithHubRequest request = { .method = "POST", .path = "/v1/sync/pull", .token = desk->token, .body = bytes };
  char *text = NULL;

  *status = hub_request_raw (desk->net, &request, &text);
  return text;
}

/* I5: a scope asked for anew by somebody who may not see it is as one that does not exist: the same bytes come back, and they say nothing.
 * Whoever may see it gets all of it, and what else changed. The list is bounded, whatever stands in it. */
static void
test_refill (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autoptr (GString) long_list = g_string_new ("1");
  g_autofree char *nothing = NULL, *many = NULL, *strange = NULL, *all = NULL, *scope = g_strconcat ("client:", l->client, NULL);
  GHashTableIter iter;
  gpointer sid, name;
  guint status, n = 0;

  desk_pull (l->a);
  desk_pull (l->c);
  nothing = ask_anew (l->c, "987654", &status);
  g_assert_cmpuint (status, ==, 200);
  g_hash_table_iter_init (&iter, l->a->scopes);
  while (g_hash_table_iter_next (&iter, &sid, &name))
    {
      g_autofree char *foreign = NULL, *own = NULL;
      const char *found;

      own = ask_anew (l->a, sid, &status);
      found = strstr (own, "{\"filled\":");
      g_assert_nonnull (found);
      g_assert_null (strstr (found + 1, "{\"filled\":")); /* of this scope alone */
      if (g_str_equal (name, scope))
        g_assert_nonnull (strstr (own, l->client));
      if (g_hash_table_contains (l->c->scopes, sid))
        continue;
      foreign = ask_anew (l->c, sid, &status);
      g_assert_cmpstr (foreign, ==, nothing);
      n++;
    }
  g_assert_cmpuint (n, >, 3);

  for (guint i = 0; i < KITH_LIMIT_REFILL; i++)
    g_string_append_printf (long_list, ",%u", i + 2);
  many = ask_anew (l->a, long_list->str, &status);
  g_assert_cmpuint (status, ==, 400);
  strange = ask_anew (l->c, "-1,0,\"1\",null,{},[],1.5,true,9007199254740991", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (strange, ==, nothing);
  all = ask_anew (l->a, "2,2,2", &status);
  g_assert_cmpuint (status, ==, 200);
}

static guint
wait_for (Desk *desk, gint64 *poke)
{
  g_autofree char *path = g_strdup_printf ("/v1/sync/wait?c=%s&t=55", desk->cursor);
  g_autoptr (JsonObject) answer = NULL;
  guint status = hub_request (desk->net, "GET", path, desk->token, NULL, &answer);

  if (poke != NULL)
    *poke = answer != NULL ? kith_json_int (answer, "poke", 0) : 0;
  return status;
}

/* Only those are woken whom it concerns. */
static void
test_wait (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *path = g_strdup_printf ("/v1/sync/wait?c=%s&t=55", l->a->cursor);
  g_auto (GStrv) part = g_strsplit (path, "?", 2);
  const KithHubRequest request = { .method = "GET", .path = part[0], .query = part[1], .token = l->a->token };
  g_auto (KithHubAnswer) answer = { 0 };
  gint64 poke;

  desk_pull (l->a);
  desk_pull (l->b);
  desk_pull (l->c);
  kith_hub_handle (l->net->hub, &request, &answer);
  g_assert_cmpuint (answer.status, ==, 204);
  g_assert_true (answer.wait);
  g_assert_cmpuint (wait_for (l->b, NULL), ==, 204);
  g_assert_cmpuint (wait_for (l->c, NULL), ==, 204);

  desk_do_ok (l->a, "referral.note", "{\"referral\":\"%s\",\"text\":\"Please call\"}", l->referral);
  g_assert_cmpuint (wait_for (l->a, &poke), ==, 200);
  g_assert_cmpint (poke, ==, kith_hub_get_q (l->net->hub));
  g_assert_cmpuint (wait_for (l->b, NULL), ==, 200);
  g_assert_cmpuint (wait_for (l->c, NULL), ==, 204);
  desk_pull (l->b);
  g_assert_cmpuint (wait_for (l->b, NULL), ==, 204);
  desk_do_ok (l->a, "consent.revoke", "{\"consent\":\"%s\",\"reason\":\"changed their mind\"}", l->consent);
  g_assert_cmpuint (wait_for (l->b, NULL), ==, 200);
  g_assert_cmpuint (wait_for (l->c, NULL), ==, 204);
}

/* 2.10: whoever takes this hub for one of another schema is to fetch a page, which tells; whoever says nothing, or nonsense, waits. */
static void
test_wait_schema (void)
{
  static const struct
  {
    const char *said;
    guint status;
  } cases[] = { { "", 204 }, { "&s=0", 204 }, { "&s=-3", 204 }, { "&s=x", 204 }, { "&s=" G_STRINGIFY (KITH_PROTOCOL_SCHEMA), 204 }, { "&s=1", 200 }, { "&s=99", 200 } };
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");

  desk_pull (l->a);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/sync/wait?c=%s&t=55%s", l->a->cursor, cases[i].said);

      g_assert_cmpuint (hub_request (l->net, "GET", path, l->a->token, NULL, NULL), ==, cases[i].status);
    }
}

/* A first fill in small pages, with work going on meanwhile, ends where one in a single page ends. */
static void
test_fill_pages (void)
{
  static const guint sizes[] = { 1, 2, 7 };
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (Desk) fresh = desk_new (l->net, "ben", l->ub);
      GHashTableIter iter;
      gpointer id, row;
      guint pages = 0;

      while (desk_pull_page (fresh, sizes[s], FALSE))
        if (pages++ % 3 == 0)
          desk_do_ok (l->a, "referral.note", "{\"referral\":\"%s\",\"text\":\"n%u\"}", l->referral, pages);
      desk_pull (fresh);
      desk_pull (fresh);
      desk_pull (l->b);
      g_assert_cmpuint (pages, >, 2);
      g_assert_cmpuint (g_hash_table_size (fresh->rows), ==, g_hash_table_size (l->b->rows));
      g_hash_table_iter_init (&iter, l->b->rows);
      while (g_hash_table_iter_next (&iter, &id, &row))
        {
          DeskRow *held = g_hash_table_lookup (fresh->rows, id);

          g_assert_nonnull (held);
          g_assert_cmpint (held->q, ==, ((DeskRow *) row)->q);
          g_assert_cmpstr (held->body, ==, ((DeskRow *) row)->body);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/pull/cursors", test_cursors);
  g_test_add_func ("/hub/pull/forged-run", test_forged_run);
  g_test_add_func ("/hub/pull/too-old", test_too_old);
  g_test_add_func ("/hub/pull/I5-refill", test_refill);
  g_test_add_func ("/hub/pull/fill-in-pages", test_fill_pages);
  g_test_add_func ("/hub/wait/poke", test_wait);
  g_test_add_func ("/hub/wait/schema-2.10", test_wait_schema);
  return g_test_run ();
}
