/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* Who is asked again after a commit (sync.md 2.11): nobody for whom there is news is left out, and hardly anybody else. */

#define CROWD 2000

typedef struct
{
  HubFixture *net;
  GPtrArray *users; /* (element-type utf8) everybody who waits */
  GHashTable *told; /* user → gint64, up to what they know */
  guint asked, news;
} Waiters;

static void
add_crowd (Waiters *w)
{
  HubFixture *net = w->net;
  const char *agencies[] = { net->a, net->b, net->c };

  for (guint i = 0; i < CROWD; i++)
    {
      char *id = hub_fixture_id (net);
      g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"name\":\"n%u\",\"login\":\"n%u\",\"level\":\"standard\",\"active\":true,"
                                               "\"trained\":true,\"role\":\"care_coordinator\"}", agencies[i % 3], i, i);

      hub_fixture_put (net, "staff", id, body);
      g_ptr_array_add (w->users, id);
    }
}

static gint64
known (Waiters *w, const char *user)
{
  gint64 *q = g_hash_table_lookup (w->told, user);

  return q != NULL ? *q : 0;
}

static void
tell_all (Waiters *w)
{
  gint64 q = kith_hub_get_q (w->net->hub);

  for (guint i = 0; i < w->users->len; i++)
    g_hash_table_replace (w->told, w->users->pdata[i], g_memdup2 (&q, sizeof q));
}

/* After a commit: whoever has news must be among those who are asked. */
static void
check (Waiters *w, const char *what, guint most)
{
  KithHub *hub = w->net->hub;
  gint64 start = g_get_monotonic_time (), taken, all;
  g_autoptr (KithHubPokes) pokes = kith_hub_take_pokes (hub);
  guint asked = 0, with_news = 0;

  for (guint i = 0; i < w->users->len && pokes != NULL; i++)
    asked += kith_hub_pokes_concern (pokes, w->users->pdata[i]);
  taken = g_get_monotonic_time () - start;
  start = g_get_monotonic_time ();
  for (guint i = 0; i < w->users->len; i++)
    {
      const char *user = w->users->pdata[i];
      g_autoptr (GError) error = NULL;
      gboolean news;

      kith_hub_has_news (hub, user, known (w, user), known (w, user), &news, &error);
      g_assert_no_error (error);
      with_news += news;
      if (news && (pokes == NULL || !kith_hub_pokes_concern (pokes, user)))
        g_error ("%s: news for %s, who is not asked", what, user);
    }
  all = g_get_monotonic_time () - start;
  g_test_message ("%s: of %u who wait %u have news, %u are asked; choosing them took %.2f ms, asking all %.1f ms", what,
                  w->users->len, with_news, asked, taken / 1000., all / 1000.);
  g_assert_cmpuint (asked, <=, most);
  w->asked += asked;
  w->news += with_news;
  tell_all (w);
}

static void
act (Waiters *w, Desk *desk, const char *op, guint most, const char *format, ...)
{
  g_autofree char *args = NULL;
  g_autoptr (JsonObject) outcome = NULL;
  va_list list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);
  outcome = desk_do (desk, op, args);
  desk_expect (outcome, "applied", NULL);
  check (w, op, most);
}

static void
test_concerned (void)
{
  Waiters w = { .net = hub_fixture_new (NULL), .users = g_ptr_array_new_with_free_func (g_free),
                .told = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free) };
  HubFixture *net = w.net;
  g_autofree char *client = NULL, *consent = NULL, *referral = NULL, *other = NULL;
  g_autoptr (Desk) a = NULL, b = NULL, c = NULL;
  g_autoptr (KithHubPokes) first = kith_hub_take_pokes (net->hub);
  char *ana, *ben, *cyn, *dan;

  g_assert_true (kith_hub_pokes_concern (first, "anybody")); /* nothing was kept track of before */
  ana = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]");
  ben = hub_fixture_add_staff (net, "ben", net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  cyn = hub_fixture_add_staff (net, "cyn", net->c, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  dan = hub_fixture_add_staff (net, "dan", net->a, "\"role\":\"care_coordinator\"");
  g_ptr_array_add (w.users, ana);
  g_ptr_array_add (w.users, ben);
  g_ptr_array_add (w.users, cyn);
  g_ptr_array_add (w.users, dan);
  a = desk_new (net, "ana", ana);
  b = desk_new (net, "ben", ben);
  c = desk_new (net, "cyn", cyn);
  add_crowd (&w);
  g_clear_pointer (&first, kith_hub_pokes_free);
  first = kith_hub_take_pokes (net->hub);
  tell_all (&w);

  client = hub_fixture_id (net);
  consent = hub_fixture_id (net);
  referral = hub_fixture_id (net);
  other = hub_fixture_id (net);
  act (&w, a, "client.register", 1,
       "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"},"
       "\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],"
       "\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2027-03-01T00:00:00.000Z\"}}",
       client, consent, net->b);
  act (&w, c, "client.register", 1, "{\"id\":\"%s\",\"number\":\"KK-0003\",\"values\":{\"given_name\":\"Bo\"}}", other);
  act (&w, a, "referral.send", 2,
       "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\","
       "\"urgency\":\"soon\"}", referral, client, net->service);
  act (&w, b, "referral.accept", 2, "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  act (&w, a, "assignment.apply", 3, "{\"client\":\"%s\",\"changes\":[{\"do\":\"add\",\"staff\":\"%s\"}]}", client, dan);
  act (&w, b, "record.patch", 3, "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"x\"}}}", client);
  act (&w, a, "consent.revoke", 3, "{\"consent\":\"%s\",\"reason\":\"They asked.\"}", consent);
  hub_fixture_put (net, "organization", net->a, "{\"name\":\"Alder House, new\",\"source\":\"test\"}");
  check (&w, "the directory", CROWD + 4);
  g_assert_cmpuint (w.news, >=, CROWD + 4 + 8);
  g_assert_cmpuint (w.asked, <=, w.news + 6);

  /* nothing happened: nobody is asked */
  g_assert_null (kith_hub_take_pokes (net->hub));
  hub_fixture_check (net);
  g_ptr_array_unref (w.users);
  g_hash_table_unref (w.told);
  hub_fixture_free (net);
}

/* C22, I21: whose access ends is asked again at once, so that nothing goes on showing there. */
static void
test_ended (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autoptr (KithHubPokes) pokes = kith_hub_take_pokes (net->hub);
  g_autofree char *ada = hub_fixture_add_staff (net, "ada", net->a, "\"role\":\"care_coordinator\",\"duties\":[\"agency_admin\"]");
  g_autofree char *dan = hub_fixture_add_staff (net, "dan", net->a, "\"role\":\"care_coordinator\"");
  g_autofree char *eve = hub_fixture_add_staff (net, "eve", net->b, "\"role\":\"care_coordinator\"");
  g_autofree char *args = g_strdup_printf ("{\"staff\":\"%s\"}", dan);
  g_autoptr (Desk) desk = desk_new (net, "ada", ada), other = desk_new (net, "eve", eve);
  g_autoptr (JsonObject) outcome = NULL;
  g_autoptr (GError) error = NULL;
  gint64 moment;
  guint n = 0;

  g_clear_pointer (&pokes, kith_hub_pokes_free);
  pokes = kith_hub_take_pokes (net->hub);
  g_clear_pointer (&pokes, kith_hub_pokes_free);
  outcome = desk_online (desk, "staff.deactivate", args);
  desk_expect (outcome, "applied", NULL);
  pokes = kith_hub_take_pokes (net->hub);
  g_assert_true (kith_hub_pokes_concern (pokes, dan));
  g_clear_pointer (&pokes, kith_hub_pokes_free);

  moment = kith_hub_get_moment (net->hub);
  g_assert_true (kith_hub_revoke_computer (net->hub, eve, NULL, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  pokes = kith_hub_take_pokes (net->hub);
  g_assert_nonnull (pokes);
  g_assert_true (kith_hub_pokes_concern (pokes, eve));
  g_assert_false (kith_hub_pokes_concern (pokes, ada));
  g_assert_cmpint (kith_hub_get_moment (net->hub), >, moment); /* who was looked at before that is looked at again */
}

/* An import concerns more than is worth working out. */
static void
test_many (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (KithHubPokes) pokes = kith_hub_take_pokes (net->hub);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&pokes, kith_hub_pokes_free);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      JsonObject *args = kith_json_new ("agency", "s", net->a, "source", "s", "hmis", "source_id", "s", number, "values", "o",
                                        kith_json_new ("given_name", "s", "Ana", NULL), NULL);
      g_ptr_array_add (ops, kith_json_new ("op", "s", "client.import", "a", "o", args, NULL));
    }
  g_assert_true (kith_hub_submit_batch (net->hub, hub, ops, outcomes, &error));
  pokes = kith_hub_take_pokes (net->hub);
  g_assert_true (kith_hub_pokes_concern (pokes, "anybody"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/poke/2.11-whom-it-concerns", test_concerned);
  g_test_add_func ("/hub/poke/I21-whose-access-ended", test_ended);
  g_test_add_func ("/hub/poke/many", test_many);
  return g_test_run ();
}
