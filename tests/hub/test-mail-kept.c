/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one mail meets keeps no other: a record that cannot be read, an address that was wrong for a time. */

#include "mail-town.h"
#include "kith-hub-private.h"

#include <string.h>

static char *
notice_of (Town *t, guint n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT notice FROM mail WHERE notice IS NOT NULL ORDER BY i LIMIT 1 OFFSET %u", n);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (t->net->hub), sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return g_strdup (kith_db_text (stmt, 0));
}

/* Ben's account or notice cannot be read; Cal's mail, which comes behind it, goes. */
static void
test_damaged (gconstpointer data)
{
  const char *what = data;
  g_autoptr (Town) t = town_new (BEN);
  g_auto (KithHubMail) mail = { 0 };
  g_autofree char *service = add_other_service (t), *notice = NULL;
  guint dead;

  send_referral (t);
  notice = notice_of (t, 0);
  g_free (t->net->service);
  t->net->service = g_steal_pointer (&service);
  send_referral (t);
  g_assert_cmpuint (waiting (t, NULL), ==, 2);
  hub_fixture_damage (t->net, what, g_str_equal (what, "staff") ? t->ub : notice);
  g_assert_true (next (t, &mail));
  g_assert_cmpstr (mail.to, ==, "cal@c.example.org");
  settle (t, mail.id, KITH_HUB_MAIL_SENT);
  g_assert_false (next (t, &mail));
  g_assert_cmpuint (waiting (t, &dead), ==, 1); /* Ben's waits for who mends it */
  g_assert_cmpuint (dead, ==, 0);
  g_assert_cmpuint (t->net->hub->counts.damaged, >, 0);
}

/* Of three that go together one cannot be read: the two go, whichever it is. */
static void
test_damaged_along (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Town) t = town_new (BEN);
      g_auto (KithHubMail) mail = { 0 };
      g_autofree char *notice = NULL;

      for (guint k = 0; k < 3; k++)
        send_referral (t);
      notice = notice_of (t, i);
      hub_fixture_damage (t->net, "notice", notice);
      g_assert_true (next (t, &mail));
      g_assert_nonnull (strstr (mail.subject, "2 new items"));
      settle (t, mail.id, KITH_HUB_MAIL_SENT);
      g_assert_false (next (t, &mail));
      g_assert_cmpuint (waiting (t, NULL), ==, 1);
    }
}

static void
tick (Town *t, const char *at)
{
  gint64 now;

  g_assert_true (kith_time_parse (at, &now));
  hub_fixture_wait_until (t->net, now);
  hub_fixture_run_clock (t->net);
}

/* The overview of the week comes to everybody else. */
static void
test_damaged_week (void)
{
  g_autoptr (Town) t = town_new (BEN);
  g_auto (KithHubMail) mail = { 0 };

  tick (t, "2026-03-03T12:00:00.000Z");
  hub_fixture_damage (t->net, "staff", t->ub);
  tick (t, "2026-03-09T07:30:00.000Z");
  g_assert_true (next (t, &mail));
  g_assert_cmpstr (mail.to, ==, "sue@b.example.org");
  g_assert_nonnull (strstr (mail.subject, "the week of"));
}

/* What was given up is tried again when somebody says so, as what came now, and together. */
static void
test_again (void)
{
  g_autoptr (Town) t = town_new (BEN);
  g_auto (KithHubMail) mail = { 0 };
  g_autoptr (GError) error = NULL;
  guint dead, n;

  for (guint i = 0; i < 3; i++)
    {
      send_referral (t);
      g_assert_true (next (t, &mail));
      settle (t, mail.id, KITH_HUB_MAIL_REFUSED);
    }
  g_assert_cmpuint (waiting (t, &dead), ==, 0);
  g_assert_cmpuint (dead, ==, 3);
  g_assert_false (next (t, &mail));
  kith_manual_clock_advance (t->net->clock, 20 * 24 * 60 * MINUTE);
  g_assert_true (kith_hub_revive_mail (t->net->hub, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (next (t, &mail));
  g_assert_nonnull (strstr (mail.subject, "3 new items"));
  settle (t, mail.id, KITH_HUB_MAIL_LATER); /* it has its four days again */
  g_assert_cmpuint (waiting (t, &dead), ==, 3);
  g_assert_cmpuint (dead, ==, 0);
  kith_manual_clock_advance (t->net->clock, MINUTE);
  g_assert_true (next (t, &mail));
  settle (t, mail.id, KITH_HUB_MAIL_SENT);
  g_assert_cmpuint (waiting (t, &dead), ==, 0);
  g_assert_cmpuint (dead, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/hub/mail-kept/C17-damaged-staff", "staff", test_damaged);
  g_test_add_data_func ("/hub/mail-kept/C17-damaged-notice", "notice", test_damaged);
  g_test_add_func ("/hub/mail-kept/C17-damaged-along", test_damaged_along);
  g_test_add_func ("/hub/mail-kept/C17-damaged-week", test_damaged_week);
  g_test_add_func ("/hub/mail-kept/C17-again", test_again);
  return g_test_run ();
}
