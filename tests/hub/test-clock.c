/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hub's clock and the days to answer a referral (D2), and what goes over the wire of a decline in two steps and of a referral that goes on
 * from another: nothing to those whom it does not concern. It is Monday 2026-03-02, 09:00 UTC (KITH_TEST_NOW). */

#include "hub-fixture.h"
#include "kith-referral-rules.h"

typedef struct
{
  HubFixture *net;
  char *ua, *ub, *us, *uc;
  Desk *a, *b, *s, *c; /* the author; the receiver's manager and supervisor; a third agency's supervisor */
  char *client, *referral;
} Town;

static void
consent (Town *t, const char *receiver)
{
  g_autofree char *id = hub_fixture_id (t->net);

  desk_do_ok (t->a, "consent.record",
              "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\"}", id,
              t->client, receiver);
}

static Town *
town_new (void)
{
  Town *t = g_new0 (Town, 1);

  t->net = hub_fixture_new (NULL);
  t->ua = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"referral_manager\"");
  t->ub = hub_fixture_add_staff (t->net, "ben", t->net->b, "\"role\":\"referral_manager\"");
  t->us = hub_fixture_add_staff (t->net, "sue", t->net->b, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]");
  t->uc = hub_fixture_add_staff (t->net, "cal", t->net->c, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  {
    g_autofree char *key = g_strconcat (t->ub, ":", t->net->service, NULL);
    g_autofree char *id = kith_id_natural ("staff_service", key);
    g_autofree char *body = g_strdup_printf ("{\"staff\":\"%s\",\"service\":\"%s\",\"agency\":\"%s\"}", t->ub, t->net->service, t->net->b);

    hub_fixture_put (t->net, "staff_service", id, body);
  }
  t->a = desk_new (t->net, "ana", t->ua);
  t->b = desk_new (t->net, "ben", t->ub);
  t->s = desk_new (t->net, "sue", t->us);
  t->c = desk_new (t->net, "cal", t->uc);
  t->client = hub_fixture_id (t->net);
  t->referral = hub_fixture_id (t->net);
  desk_do_ok (t->a, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Canary\"}}", t->client);
  consent (t, t->net->b);
  desk_do_ok (t->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              t->referral, t->client, t->net->service);
  return t;
}

/* Days later: everybody signs in anew. */
static void
sign_in_again (Town *t)
{
  struct { Desk **desk; const char *login, *user; } all[] = { { &t->a, "ana", t->ua }, { &t->b, "ben", t->ub }, { &t->s, "sue", t->us }, { &t->c, "cal", t->uc } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_clear_pointer (&(*all[i].desk)->token, g_free);
      desk_free (*all[i].desk);
      *all[i].desk = desk_new (t->net, all[i].login, all[i].user);
    }
}

static void
pull_all (Town *t)
{
  desk_pull (t->a);
  desk_pull (t->b);
  desk_pull (t->s);
  desk_pull (t->c);
}

static void
town_free (Town *t)
{
  hub_fixture_check (t->net);
  desk_free (t->a);
  desk_free (t->b);
  desk_free (t->s);
  desk_free (t->c);
  hub_fixture_free (t->net);
  g_free (t->ua);
  g_free (t->ub);
  g_free (t->us);
  g_free (t->uc);
  g_free (t->client);
  g_free (t->referral);
  g_free (t);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

static guint
count_notices (Desk *desk, const char *type)
{
  g_autofree char *text = g_strdup_printf ("\"type\":\"%s\"", type);
  GHashTableIter iter;
  gpointer row;
  guint n = 0;

  g_hash_table_iter_init (&iter, desk->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (g_str_equal (((DeskRow *) row)->t, "notice") && strstr (((DeskRow *) row)->body, text) != NULL)
      {
        g_assert_null (strstr (((DeskRow *) row)->body, "Canary"));
        n++;
      }
  return n;
}

static void
run_at (Town *t, const char *at, guint expected)
{
  gint64 now;
  guint n;

  g_assert_true (kith_time_parse (at, &now));
  hub_fixture_wait_until (t->net, now);
  n = hub_fixture_run_clock (t->net);
  g_test_message ("%s: %u", at, n);
  g_assert_cmpuint (n, ==, expected);
  sign_in_again (t);
}

/* D2: sent on Monday, due on Wednesday, told on that day, the day after, on the last; then it expires. C never hears of it, and no notice
 * carries anything of the client (C17). */
static void
test_days (void)
{
  static const struct { const char *at; guint done, due, overdue, chief, unanswered;
  } cases[] = {
    { "2026-03-03T23:00:00.000Z", 0, 0, 0, 0, 0 }, { "2026-03-04T00:30:00.000Z", 1, 1, 0, 0, 0 }, { "2026-03-04T12:00:00.000Z", 0, 1, 0, 0, 0 },
    { "2026-03-05T00:30:00.000Z", 1, 1, 1, 0, 1 }, { "2026-03-06T00:30:00.000Z", 1, 1, 2, 1, 1 }, { "2026-03-07T00:30:00.000Z", 1, 1, 2, 1, 1 },
    { "2026-03-08T00:30:00.000Z", 0, 1, 2, 1, 1 },
  };
  g_autoptr (Town) t = town_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      run_at (t, cases[i].at, cases[i].done);
      pull_all (t);
      g_assert_cmpuint (count_notices (t->b, "due"), ==, cases[i].due);
      g_assert_cmpuint (count_notices (t->b, "overdue"), ==, cases[i].overdue);
      g_assert_cmpuint (count_notices (t->s, "overdue"), ==, cases[i].chief);
      g_assert_cmpuint (count_notices (t->a, "unanswered"), ==, cases[i].unanswered);
      g_assert_null (strstr (t->c->seen->str, t->referral));
      g_assert_null (strstr (t->c->seen->str, "KK-0002"));
    }
  g_assert_nonnull (strstr (((DeskRow *) g_hash_table_lookup (t->a->rows, t->referral))->body, "\"expired\""));
  g_assert_cmpuint (count_notices (t->a, "expired"), ==, 1);
}

/* A hub that stood still tells of the last step alone, and a check-in begins the days anew. */
static void
test_stood_still (void)
{
  g_autoptr (Town) t = town_new ();
  g_autoptr (Town) u = town_new ();

  run_at (t, "2026-03-06T08:00:00.000Z", 1);
  pull_all (t);
  g_assert_cmpuint (count_notices (t->b, "due"), ==, 0);
  g_assert_cmpuint (count_notices (t->b, "overdue"), ==, 1);
  g_assert_cmpuint (count_notices (t->s, "overdue"), ==, 1);
  desk_do_ok (t->a, "referral.check_in", "{\"referral\":\"%s\",\"from\":\"sent\",\"text\":\"Still there?\"}", t->referral);
  run_at (t, "2026-03-09T08:00:00.000Z", 0);
  run_at (t, "2026-03-10T08:00:00.000Z", 1);
  pull_all (t);
  g_assert_cmpuint (count_notices (t->b, "check_in"), ==, 1);
  g_assert_cmpuint (count_notices (t->b, "due"), ==, 1);
  run_at (u, "2026-04-01T08:00:00.000Z", 1); /* a month: nothing but its end */
  pull_all (u);
  g_assert_cmpuint (count_notices (u->b, "overdue"), ==, 0);
  g_assert_cmpuint (count_notices (u->a, "expired"), ==, 1);
}

static void
put_due (Town *t, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = hub_fixture_id (t->net);
      g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"number\":\"KK-1%04u\",\"phase\":\"sent\"}",
                                               t->net->a, t->ua, t->net->b, i);

      g_autofree char *course_id = kith_id_natural ("referral_course", id), *detail_id = kith_id_natural ("referral_detail", id);
      g_autofree char *course = g_strdup_printf ("{\"referral\":\"%s\",\"type\":\"direct\",\"due_on\":\"2026-03-04\"}", id);
      g_autofree char *detail = g_strdup_printf ("{\"referral\":\"%s\",\"agency\":\"%s\",\"release_classes\":[\"client\"]}", id, t->net->a);

      hub_fixture_put (t->net, "referral", id, body);
      hub_fixture_put (t->net, "referral_course", course_id, course);
      hub_fixture_put (t->net, "referral_detail", detail_id, detail);
    }
}

static gint64
count_reminded (Town *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = kith_hub_world_list (t->net->hub, kith_kind_get ("referral_course"), &error);
  gint64 n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    n += kith_record_int (all->pdata[i], "reminded") == KITH_REMINDER_DUE;
  return n;
}

/* However many are due, a turn does a little and somebody is answered in between; who was told is not looked at again until a day
 * begins or its days change. */
static void
test_many_due (void)
{
  const guint many = 2000;
  g_autoptr (Town) t = town_new ();
  g_autofree char *settings = kith_id_natural ("agency_settings", t->net->b), *body = NULL;
  guint64 looks;
  guint turns = 0, n = 0;
  gint64 now;

  put_due (t, many);
  g_assert_true (kith_time_parse ("2026-03-04T08:00:00.000Z", &now));
  hub_fixture_wait_until (t->net, now);
  sign_in_again (t);
  do
    {
      guint done;

      looks = t->net->hub->counts.clock_looks;
      done = hub_fixture_tick (t->net);
      g_assert_cmpuint (done, <=, 20);
      g_assert_cmpuint (t->net->hub->counts.clock_looks - looks, <=, 400);
      n += done;
      if (turns++ == 3)
        {
          desk_do_ok (t->a, "referral.recall", "{\"referral\":\"%s\",\"from\":\"sent\"}", t->referral);
          desk_pull (t->b);
        }
    }
  while (kith_hub_is_behind (t->net->hub));
  g_test_message ("%u in %u turns", n, turns);
  g_assert_cmpint (count_reminded (t), >=, many);
  g_assert_cmpuint (n, ==, count_reminded (t));

  looks = t->net->hub->counts.clock_looks;
  kith_manual_clock_advance (t->net->clock, 30 * 1000);
  g_assert_cmpuint (hub_fixture_run_clock (t->net), ==, 0);
  g_assert_cmpuint (t->net->hub->counts.clock_looks, ==, looks);

  /* The receiver moves to where it is a day later. */
  body = g_strdup_printf ("{\"agency\":\"%s\",\"time_zone\":\"Pacific/Kiritimati\"}", t->net->b);
  kith_manual_clock_advance (t->net->clock, 3 * 3600 * 1000);
  g_assert_cmpuint (hub_fixture_run_clock (t->net), ==, 0);
  hub_fixture_put (t->net, "agency_settings", settings, body);
  g_assert_cmpuint (hub_fixture_run_clock (t->net), ==, many); /* and the one that was taken back is not among them */
}

/* D8: until a supervisor confirms it, not a byte of a proposed decline goes to the sender. */
static void
test_two_steps (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *key = kith_id_natural ("agency_settings", t->net->b);
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"confirm_declines\":true}", t->net->b);

  hub_fixture_put (t->net, "agency_settings", key, body);
  pull_all (t);
  desk_do_ok (t->b, "referral.decline", "{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"other\",\"text\":\"Sparrows in the attic\"}", t->referral);
  pull_all (t);
  g_assert_null (strstr (t->a->seen->str, "Sparrows"));
  g_assert_null (strstr (t->a->seen->str, "decline"));
  g_assert_null (strstr (t->c->seen->str, "Sparrows"));
  g_assert_nonnull (strstr (t->s->seen->str, "Sparrows"));
  g_assert_cmpuint (count_notices (t->s, "decline_proposed"), ==, 1);
  desk_do_ok (t->s, "referral.confirm_decline", "{\"referral\":\"%s\",\"from\":\"sent\"}", t->referral);
  pull_all (t);
  g_assert_nonnull (strstr (t->a->seen->str, "Sparrows"));
  g_assert_cmpuint (count_notices (t->a, "declined"), ==, 1);
}

/* C19: a request for correction that nobody answers is told of again, at the agency that was asked and nowhere else. */
static void
test_amendment (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *client = hub_fixture_id (t->net), *request = hub_fixture_id (t->net);

  desk_do_ok (t->b, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0008\",\"values\":{\"given_name\":\"Ira\",\"family_name\":\"Canary\"}}", client);
  desk_do_ok (t->b, "amendment.ask", "{\"id\":\"%s\",\"client\":\"%s\",\"about\":\"Never in prison\",\"asked_on\":\"2026-03-01\"}", request, client);
  desk_do_ok (t->a, "referral.recall", "{\"referral\":\"%s\",\"from\":\"sent\"}", t->referral);
  run_at (t, "2026-04-10T12:00:00.000Z", 0);
  run_at (t, "2026-04-16T12:00:00.000Z", 1);
  run_at (t, "2026-04-30T12:00:00.000Z", 0);
  run_at (t, "2026-05-01T12:00:00.000Z", 1);
  run_at (t, "2026-05-02T12:00:00.000Z", 0);
  pull_all (t);
  g_assert_cmpuint (count_notices (t->s, "amendment_asked"), ==, 1);
  g_assert_cmpuint (count_notices (t->s, "amendment_due"), ==, 1);
  g_assert_cmpuint (count_notices (t->s, "amendment_overdue"), ==, 1);
  g_assert_cmpuint (count_notices (t->b, "amendment_due") + count_notices (t->a, "amendment_due") + count_notices (t->c, "amendment_due"), ==, 0);
  g_assert_null (strstr (t->c->seen->str, request));
  g_assert_null (strstr (t->a->seen->str, request));
}

/* A declined referral goes on to another agency: neither receiver learns of the other. */
static void
test_goes_on (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *next = hub_fixture_id (t->net);

  pull_all (t);
  desk_do_ok (t->b, "referral.decline", "{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"no_capacity\"}", t->referral);
  consent (t, t->net->c);
  desk_do_ok (t->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-0003\",\"client\":\"%s\",\"type\":\"warm\",\"agency_to\":\"%s\",\"need\":\"A bed\",\"previous\":\"%s\"}", next,
              t->client, t->net->c, t->referral);
  pull_all (t);
  g_assert_true (desk_has (t->c, next));
  g_assert_false (desk_has (t->c, t->referral));
  g_assert_null (strstr (t->c->seen->str, t->referral));
  g_assert_null (strstr (t->c->seen->str, "KK-0002"));
  g_assert_null (strstr (t->b->seen->str, next));
  g_assert_null (strstr (t->b->seen->str, "KK-0003"));
  g_assert_null (strstr (t->s->seen->str, next));
  g_assert_nonnull (strstr (t->a->seen->str, "went_on"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/clock/D2-C17-days", test_days);
  g_test_add_func ("/hub/clock/D2-stood-still", test_stood_still);
  g_test_add_func ("/hub/clock/D2-many-due", test_many_due);
  g_test_add_func ("/hub/clock/D8-two-steps", test_two_steps);
  g_test_add_func ("/hub/clock/C19-amendment", test_amendment);
  g_test_add_func ("/hub/clock/2b-goes-on", test_goes_on);
  return g_test_run ();
}
