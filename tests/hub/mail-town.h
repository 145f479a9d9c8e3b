/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A town whose hub puts mail into its queue: A's ana writes, B's ben and its supervisor sue get mail. Included by each test program, once. */
#pragma once

#include "hub-fixture.h"
#include "kith-hub-mail.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define BEN "\"email\":\"ben@b.example.org\",\"mail_notices\":true" /* who asked for it */

/* Every value of the client and of what is asked for, as they went in. */
static const char *const client_values[] = { "Zenobia", "Canarybird", "1988-04-07", "555-0143", "zen@example.net", "Sparrow Street", "91911", "A dry bed",
                                             "Knows nobody in town", "KK-0001" };

typedef struct
{
  HubFixture *net;
  char *ua, *ub, *us;
  Desk *a;
  char *client;
  guint n;
} Town;

/* B's manager ben gets the mail; ana of A writes without an address of her own. */
G_GNUC_UNUSED static Town *
town_new (const char *ben)
{
  Town *t = g_new0 (Town, 1);
  g_autofree char *consent = NULL;
  g_autofree char *extra = g_strdup_printf ("\"role\":\"referral_manager\",\"given_name\":\"Ben\"%s%s", *ben != '\0' ? "," : "", ben);

  t->net = hub_fixture_new (&(KithHubOptions) { .token_minutes = 24 * 60 });
  kith_hub_set_mails (t->net->hub, TRUE);
  t->ua = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"referral_manager\"");
  t->ub = hub_fixture_add_staff (t->net, "ben", t->net->b, extra);
  t->us = hub_fixture_add_staff (t->net, "sue", t->net->b, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"],\"email\":\"sue@b.example.org\",\"mail_digest\":true");
  {
    g_autofree char *key = g_strconcat (t->ub, ":", t->net->service, NULL);
    g_autofree char *id = kith_id_natural ("staff_service", key);
    g_autofree char *body = g_strdup_printf ("{\"staff\":\"%s\",\"service\":\"%s\",\"agency\":\"%s\"}", t->ub, t->net->service, t->net->b);

    hub_fixture_put (t->net, "staff_service", id, body);
  }
  t->a = desk_new (t->net, "ana", t->ua);
  t->client = hub_fixture_id (t->net);
  consent = hub_fixture_id (t->net);
  desk_do_ok (t->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Zenobia\",\"family_name\":\"Canarybird\",\"date_of_birth\":\"1988-04-07\","
              "\"email\":\"zen@example.net\",\"phones\":[{\"number\":\"555-0143\"}],\"address\":{\"address_1\":\"1 Sparrow Street\",\"postal_code\":\"91911\"}}}",
              t->client);
  desk_do_ok (t->a, "consent.record",
              "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\"}", consent, t->client,
              t->net->b);
  return t;
}

G_GNUC_UNUSED static void
town_free (Town *t)
{
  desk_free (t->a);
  hub_fixture_free (t->net);
  g_free (t->ua);
  g_free (t->ub);
  g_free (t->us);
  g_free (t->client);
  g_free (t);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

G_GNUC_UNUSED static char *
make_referral (Town *t)
{
  char *referral = hub_fixture_id (t->net);

  desk_do_ok (t->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-10%02u\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A dry bed\",\"urgency\":\"soon\","
              "\"request\":\"Knows nobody in town\",\"note\":\"Knows nobody in town\"}",
              referral, ++t->n, t->client, t->net->service);
  return referral;
}

G_GNUC_UNUSED static void
send_referral (Town *t)
{
  g_free (make_referral (t));
}

/* Agency C with a supervisor who gets mail, and a service that the client agreed to as well. */
G_GNUC_UNUSED static char *
add_other_service (Town *t)
{
  char *service = hub_fixture_id (t->net);
  g_autofree char *body = g_strdup_printf ("{\"organization_id\":\"%s\",\"name\":\"Night beds\",\"status\":\"active\",\"direct\":true}", t->net->c);
  g_autofree char *consent = hub_fixture_id (t->net);

  g_free (hub_fixture_add_staff (t->net, "cal", t->net->c, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"],\"email\":\"cal@c.example.org\",\"mail_notices\":true"));
  hub_fixture_put (t->net, "service", service, body);
  desk_do_ok (t->a, "consent.record",
              "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\"}", consent, t->client,
              t->net->c);
  return service;
}

G_GNUC_UNUSED static guint
waiting (Town *t, guint *dead)
{
  g_autoptr (GError) error = NULL;
  guint n, given_up;

  g_assert_true (kith_hub_count_mail (t->net->hub, &n, &given_up, &error));
  g_assert_no_error (error);
  if (dead != NULL)
    *dead = given_up;
  return n;
}

G_GNUC_UNUSED static gboolean
next (Town *t, KithHubMail *mail)
{
  g_autoptr (GError) error = NULL;
  gboolean any;

  kith_hub_mail_clear (mail);
  g_assert_true (kith_hub_next_mail (t->net->hub, mail, &any, &error));
  g_assert_no_error (error);
  return any;
}

G_GNUC_UNUSED static void
settle (Town *t, gint64 id, KithHubMailResult result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_hub_settle_mail (t->net->hub, id, result, "why", &error));
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
assert_clean (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (client_values); i++)
    g_assert_null (strstr (text, client_values[i]));
}
