/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* C19: what a client asked to be kept from somebody, and what was agreed: who of the agency is sent which of its words, and that nobody else is sent any. */

typedef struct
{
  HubFixture *net;
  char *client, *request;
  Desk *boss, *colleague, *away; /* of A: who answers, who works with the client, who does not */
  Desk *b, *network;             /* of B, to which the client was sent with consent for everything: its supervisor and privacy officer; of the network */
} Agreed;

#define ASKED "Wren words"
#define WHOM "Wren sister"
#define KEEP "Wren rule"
#define TOLD "Wren answer"

static Desk *
add (Agreed *self, const char *login, const char *agency, const char *extra, char **user)
{
  *user = hub_fixture_add_staff (self->net, login, agency, extra);
  return desk_new (self->net, login, *user);
}

static void
pull_all (Agreed *self)
{
  Desk *const desks[] = { self->boss, self->colleague, self->away, self->b, self->network };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    desk_pull (desks[i]);
}

static void
agreed_free (Agreed *self)
{
  Desk *const desks[] = { self->boss, self->colleague, self->away, self->b, self->network };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    desk_free (desks[i]);
  g_free (self->client);
  g_free (self->request);
  hub_fixture_free (self->net);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Agreed, agreed_free)

static Agreed *
agreed_new (void)
{
  static const char everything[] = "\"role\":\"referral_manager\",\"duties\":[\"supervisor\",\"privacy_officer\",\"agency_admin\"],\"health_access\":true";
  Agreed *self = g_new0 (Agreed, 1);
  g_autofree char *boss = NULL, *colleague = NULL, *away = NULL, *b = NULL, *network = NULL, *consent = NULL, *referral = NULL;

  self->net = hub_fixture_new (NULL);
  self->boss = add (self, "ana", self->net->a, everything, &boss);
  self->colleague = add (self, "cal", self->net->a, "\"role\":\"care_coordinator\"", &colleague);
  self->away = add (self, "dee", self->net->a, "\"role\":\"care_coordinator\"", &away);
  self->b = add (self, "ben", self->net->b, everything, &b);
  self->network = add (self, "nan", NULL, NULL, &network);
  self->client = hub_fixture_id (self->net);
  self->request = hub_fixture_id (self->net);
  consent = hub_fixture_id (self->net);
  referral = hub_fixture_id (self->net);
  desk_do_ok (self->boss, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ira\",\"family_name\":\"Canary\"},\"consent\":{\"id\":\"%s\",\"permission\":\"granted\","
              "\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2027-03-01T00:00:00.000Z\"}}",
              self->client, consent, self->net->b);
  desk_do_ok (self->boss, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"add\",\"staff\":\"%s\"}]}", self->client, colleague);
  desk_do_ok (self->boss, "referral.send", "{\"id\":\"%s\",\"number\":\"KK-1001\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              referral, self->client, self->net->service);
  desk_do_ok (self->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  return self;
}

static gboolean
was_sent (Desk *desk, const char *words)
{
  return strstr (desk->seen->str, words) != NULL;
}

static void
assert_nobody_else (Agreed *self)
{
  pull_all (self);
  g_assert_true (desk_has (self->b, self->client)); /* all that consent gives */
  g_assert_false (was_sent (self->b, "Wren"));
  g_assert_false (was_sent (self->network, "Wren"));
  g_assert_false (was_sent (self->away, "Wren"));
  g_assert_false (was_sent (self->b, self->request));
  g_assert_false (was_sent (self->network, self->request));
  g_assert_false (was_sent (self->away, self->request));
}

static void
test_agreed (void)
{
  g_autoptr (Agreed) t = agreed_new ();
  g_autofree char *alert = kith_id_natural ("alert", t->request);

  desk_do_ok (t->boss, "amendment.ask", "{\"id\":\"%s\",\"client\":\"%s\",\"type\":\"restriction\",\"about\":\"" ASKED "\",\"whom\":\"" WHOM "\",\"asked_on\":\"2026-03-01\"}", t->request,
              t->client);
  assert_nobody_else (t);
  g_assert_true (desk_has (t->boss, t->request));
  g_assert_false (was_sent (t->colleague, "Wren"));

  desk_do_ok (t->boss, "amendment.decide",
              "{\"request\":\"%s\",\"type\":\"restriction\",\"answer\":\"accepted\",\"keep\":\"" KEEP "\",\"reason\":\"" TOLD "\",\"decided_on\":\"2026-03-02\"}", t->request);
  assert_nobody_else (t);
  g_assert_true (desk_has (t->colleague, alert));
  g_assert_true (was_sent (t->colleague, KEEP));
  g_assert_false (desk_has (t->colleague, t->request));
  g_assert_false (was_sent (t->colleague, ASKED));
  g_assert_false (was_sent (t->colleague, WHOM));
  g_assert_false (was_sent (t->colleague, TOLD));

  /* Against the client's will it holds for what came before, and colleagues go on keeping to it. */
  desk_do_ok (t->boss, "amendment.end", "{\"request\":\"%s\",\"ended_on\":\"2026-03-02\",\"agreed\":false,\"end_reason\":\"Wren end\"}", t->request);
  assert_nobody_else (t);
  g_assert_true (desk_has (t->colleague, alert));
  desk_do_ok (t->boss, "amendment.end", "{\"request\":\"%s\",\"ended_on\":\"2026-03-02\",\"agreed\":true,\"end_reason\":\"Wren agreed\"}", t->request);
  assert_nobody_else (t);
  g_assert_false (desk_has (t->colleague, alert));
  g_assert_false (was_sent (t->colleague, "Wren end"));
  g_assert_true (desk_has (t->boss, t->request));
  hub_fixture_check (t->net);
}

/* A refusal tells colleagues nothing. */
static void
test_refused (void)
{
  g_autoptr (Agreed) t = agreed_new ();

  desk_do_ok (t->colleague, "amendment.ask", "{\"id\":\"%s\",\"client\":\"%s\",\"type\":\"restriction\",\"about\":\"" ASKED "\",\"whom\":\"" WHOM "\",\"asked_on\":\"2026-03-01\"}", t->request,
              t->client);
  desk_do_ok (t->boss, "amendment.decide", "{\"request\":\"%s\",\"type\":\"restriction\",\"answer\":\"refused\",\"reason\":\"" TOLD "\",\"decided_on\":\"2026-03-02\"}", t->request);
  assert_nobody_else (t);
  g_assert_true (desk_has (t->colleague, t->request)); /* who took it down tells the client */
  g_assert_true (was_sent (t->colleague, TOLD));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/agreed/C19-colleagues", test_agreed);
  g_test_add_func ("/hub/agreed/C19-refused", test_refused);
  return g_test_run ();
}
