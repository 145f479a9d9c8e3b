/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-fixture.h"

/* A client of A who was sent to B and accepted there, and a desk at each of A, B and C. */

typedef struct
{
  HubFixture *net;
  char *ua, *ub, *uc;
  Desk *a, *b, *c;
  char *client, *consent, *referral;
} Loop;

static void
loop_free (Loop *loop)
{
  desk_free (loop->a);
  desk_free (loop->b);
  desk_free (loop->c);
  g_free (loop->ua);
  g_free (loop->ub);
  g_free (loop->uc);
  g_free (loop->client);
  g_free (loop->consent);
  g_free (loop->referral);
  hub_fixture_free (loop->net);
  g_free (loop);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loop, loop_free)

/* Registered at A with consent for B until term; sent to B's service and accepted there. */
static Loop *
loop_new (const char *term)
{
  Loop *l = g_new0 (Loop, 1);

  l->net = hub_fixture_new (NULL);
  l->ua = hub_fixture_add_staff (l->net, "ana", l->net->a, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  l->ub = hub_fixture_add_staff (l->net, "ben", l->net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  l->uc = hub_fixture_add_staff (l->net, "cyn", l->net->c,
                                 "\"role\":\"referral_manager\",\"duties\":[\"supervisor\",\"agency_admin\"]");
  l->a = desk_new (l->net, "ana", l->ua);
  l->b = desk_new (l->net, "ben", l->ub);
  l->c = desk_new (l->net, "cyn", l->uc);
  l->client = hub_fixture_id (l->net);
  l->consent = hub_fixture_id (l->net);
  l->referral = hub_fixture_id (l->net);
  desk_do_ok (
      l->a, "client.register",
      "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"},"
      "\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],"
      "\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"%s\"}}",
      l->client, l->consent, l->net->b, term);
  desk_do_ok (
      l->a, "referral.send",
      "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
      l->referral, l->client, l->net->service);
  desk_do_ok (l->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", l->referral);
  desk_pull (l->a);
  desk_pull (l->b);
  desk_pull (l->c);
  return l;
}
