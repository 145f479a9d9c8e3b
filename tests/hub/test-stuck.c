/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* What one person or one record must never bring about: that a client cannot take back, or that others are not answered. */

typedef struct
{
  HubFixture *net;
  char *ua, *ub;
  Desk *a, *b;
} Two;

static void
two_free (Two *self)
{
  desk_free (self->a);
  desk_free (self->b);
  g_free (self->ua);
  g_free (self->ub);
  hub_fixture_free (self->net);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Two, two_free)

static Two *
two_new (void)
{
  Two *self = g_new0 (Two, 1);

  self->net = hub_fixture_new (NULL);
  self->ua = hub_fixture_add_staff (self->net, "ana", self->net->a, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  self->ub = hub_fixture_add_staff (self->net, "ben", self->net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  self->a = desk_new (self->net, "ana", self->ua);
  self->b = desk_new (self->net, "ben", self->ub);
  return self;
}

/* Of A, sent to B and accepted there. */
static char *
add_client (Two *self, guint number)
{
  char *client = hub_fixture_id (self->net);
  g_autofree char *consent = hub_fixture_id (self->net);
  g_autofree char *referral = hub_fixture_id (self->net);

  desk_do_ok (self->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"},"
              "\"consent\":{\"id\":\"%s\",\"permission\":\"granted\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],"
              "\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2026-03-02T09:05:00.000Z\"}}",
              client, number, consent, self->net->b);
  desk_do_ok (self->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              referral, 1000 + number, client, self->net->service);
  desk_do_ok (self->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  return client;
}

/* In force for B until term, as somebody of B wrote it down. */
static char *
put_consent (Two *self, const char *client, guint purpose, const char *term)
{
  char *id = hub_fixture_id (self->net);
  g_autofree char *body = g_strdup_printf ("{\"client\":\"%s\",\"agency\":\"%s\",\"permission\":\"granted\",\"status\":\"in_force\",\"classes\":[\"client\",\"care\"],"
                                           "\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"p%u\",\"grantor\":\"self\",\"recorded_by\":\"%s\","
                                           "\"start\":\"2026-03-02T08:00:00.000Z\",\"term\":\"%s\"}",
                                           client, self->net->b, self->net->b, purpose, self->ub, term);

  hub_fixture_put (self->net, "consent", id, body);
  return id;
}

static gint64
count (Two *self, const char *sql, const char *text)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (self->net->hub), sql, NULL);

  g_assert_nonnull (stmt);
  kith_db_bind_text (stmt, 1, text);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

#define MANY (KITH_LIMIT_STAMPED / 2 + 10)
#define IN_FORCE "SELECT count(*) FROM consent WHERE client = ?1 AND status = 'in_force'"

/* C4: however many consents somebody recorded, the client takes them all back in one act, and what they opened is closed. */
static void
test_revoke_all (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);

  for (guint i = 0; i < MANY; i++)
    g_free (put_consent (two, client, i, "2027-03-01T00:00:00.000Z"));
  desk_pull (two->b);
  g_assert_true (desk_has (two->b, client));
  desk_do_ok (two->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"They asked.\"}", client);
  g_assert_cmpint (count (two, IN_FORCE, client), ==, 0);
  desk_pull (two->b);
  g_assert_false (desk_has (two->b, client));
  hub_fixture_check (two->net);
}

/* Nothing else is carried out that touches more than a transaction should. */
static void
test_others_are_bounded (void)
{
  g_autoptr (Two) two = two_new ();
  g_autofree char *client = add_client (two, 1);
  g_autofree char *id = hub_fixture_id (two->net);
  g_autofree char *args = NULL;
  g_autoptr (GString) replaced = g_string_new (NULL);
  g_autoptr (JsonObject) outcome = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *consent = put_consent (two, client, i, "2027-03-01T00:00:00.000Z");

      g_string_append_printf (replaced, "%s\"%s\"", i > 0 ? "," : "", consent);
    }
  args = g_strdup_printf ("{\"client\":\"%s\",\"id\":\"%s\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"p\",\"replaces\":[%s]}",
                          client, id, two->net->b, replaced->str);
  outcome = desk_do (two->a, "consent.record", args);
  desk_expect (outcome, "rejected", "invalid");
  g_assert_cmpint (count (two, IN_FORCE, client), ==, MANY + 1);
  hub_fixture_check (two->net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/stuck/C4-revoke-all", test_revoke_all);
  g_test_add_func ("/hub/stuck/others-are-bounded", test_others_are_bounded);
  return g_test_run ();
}
