/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* The loop through the hub alone: registered and sent at one agency, accepted at another, never seen at a third. */

static char *
register_client (Desk *desk, const char *receiver)
{
  HubFixture *net = desk->net;
  char *client = hub_fixture_id (net);
  g_autofree char *consent = hub_fixture_id (net);
  g_autofree char *args = g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"},"
      "\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],"
      "\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2027-03-01T00:00:00.000Z\"}}",
      client, consent, receiver);
  g_autoptr (JsonObject) outcome = desk_do (desk, "client.register", args);

  desk_expect (outcome, "applied", NULL);
  return client;
}

static char *
send_referral (Desk *desk, const char *client)
{
  HubFixture *net = desk->net;
  char *referral = hub_fixture_id (net);
  g_autofree char *args = g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\","
      "\"urgency\":\"soon\"}",
      referral, client, net->service);
  g_autoptr (JsonObject) outcome = desk_do (desk, "referral.send", args);

  desk_expect (outcome, "applied", NULL);
  return referral;
}

static void
test_loop (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ua = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"care_coordinator\"");
  g_autofree char *ub = hub_fixture_add_staff (net, "ben", net->b,
                                               "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  g_autofree char *uc = hub_fixture_add_staff (net, "cyn", net->c,
                                               "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  g_autoptr (Desk) a = desk_new (net, "ana", ua);
  g_autoptr (Desk) b = desk_new (net, "ben", ub);
  g_autoptr (Desk) c = desk_new (net, "cyn", uc);
  g_autofree char *client = NULL;
  g_autofree char *referral = NULL;
  g_autofree char *args = NULL;
  g_autoptr (JsonObject) outcome = NULL;
  DeskRow *row;

  desk_pull (c);
  client = register_client (a, net->b);
  referral = send_referral (a, client);
  desk_pull (a);
  desk_pull (b);
  desk_pull (c);
  g_assert_true (desk_has (a, client));
  g_assert_true (desk_has (a, referral));
  g_assert_true (desk_has (b, referral));
  g_assert_false (desk_has (b, client)); /* not before it is accepted */

  args = g_strdup_printf ("{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  outcome = desk_do (b, "referral.accept", args);
  desk_expect (outcome, "applied", NULL);
  desk_pull (a);
  desk_pull (b);
  desk_pull (c);
  row = g_hash_table_lookup (a->rows, referral);
  g_assert_nonnull (strstr (row->body, "\"phase\":\"accepted\""));
  g_assert_true (desk_has (b, client));

  g_assert_null (strstr (c->seen->str, client));
  g_assert_null (strstr (c->seen->str, referral));
  g_assert_null (strstr (c->seen->str, "Canary"));
  hub_fixture_check (net);
}

static void
send_again (Desk *desk, const char *referral, const char *client, const char *need, const char *more)
{
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"%s\",\"note\":\"%s\"%s}",
                                           referral, client, desk->net->service, need, need, more);
  g_autoptr (JsonObject) outcome = desk_do (desk, "referral.send", args);

  desk_expect (outcome, "applied", NULL);
}

/* 2e: consent or not, of a draft no other agency gets a byte before it is sent, and of what it said before it was written anew none ever. */
static void
test_draft (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ua = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"care_coordinator\"");
  g_autofree char *ub = hub_fixture_add_staff (net, "ben", net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  g_autoptr (Desk) a = desk_new (net, "ana", ua);
  g_autoptr (Desk) b = desk_new (net, "ben", ub);
  g_autofree char *client = NULL, *referral = hub_fixture_id (net);
  static const char *const words[] = { "First-words", "Second-words" };

  client = register_client (a, net->b);
  desk_pull (b);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      send_again (a, referral, client, words[i], ",\"draft\":true");
      hub_fixture_run_clock (net);
      desk_pull (a);
      desk_pull (b);
      g_assert_nonnull (strstr (a->seen->str, words[i]));
      g_assert_null (strstr (b->seen->str, words[i]));
      g_assert_null (strstr (b->seen->str, referral));
      g_assert_null (strstr (b->seen->str, "KK-0002"));
    }
  send_again (a, referral, client, "Last-words", "");
  desk_pull (a);
  desk_pull (b);
  g_assert_true (desk_has (b, referral));
  g_assert_nonnull (strstr (b->seen->str, "Last-words"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_null (strstr (b->seen->str, words[i]));
  hub_fixture_check (net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/loop/register-send-accept", test_loop);
  g_test_add_func ("/hub/loop/2e-draft", test_draft);
  return g_test_run ();
}
