/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The made-up network: what is asked of a service is what it offers, and the same seed makes the same network. */

#include "hub-fixture.h"
#include "kith-demo.h"

static HubFixture *
build (guint64 seed)
{
  HubFixture *f = hub_fixture_new_empty (NULL);
  KithDemoOptions options = { .agencies = 6, .clients = 150, .seed = seed, .accounts = 0, .clock = KITH_CLOCK (f->clock) };
  g_autoptr (GError) error = NULL;

  kith_demo_build (f->hub, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return f;
}

/* What a query says, line by line. */
static char *
read_all (HubFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (f->hub->db, sql, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s\n", kith_db_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static gboolean
is_asked_of (const char *service, const char *need)
{
  for (guint i = 0; i < kith_demo_n_services (); i++)
    for (guint k = 0; g_str_equal (kith_demo_service (i)->name, service) && k < 4; k++)
      if (g_str_equal (kith_demo_story (i)->asks[k].need, need))
        return TRUE;
  return FALSE;
}

static void
assert_some (HubFixture *f, const char *kind, int least)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", kind), *n = read_all (f, sql);

  g_test_message ("%s: %s", kind, n);
  g_assert_cmpint (atoi (n), >=, least);
}

static void
test_fits (void)
{
  g_autoptr (HubFixture) f = build (7);
  g_autofree char *text = read_all (f, "SELECT r.resource_name || '|' || (d.body ->> 'need') FROM referral r JOIN referral_detail d ON d.referral = r.id");
  g_autofree char *reasons = read_all (f, "SELECT r.id FROM referral r LEFT JOIN referral_course y ON y.referral = r.id WHERE r.phase = 'declined' AND y.reason IS NULL");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 10);
  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "|", 2);

      g_test_message ("%s", lines[i]);
      g_assert_true (is_asked_of (parts[0], parts[1]));
    }
  g_assert_cmpstr (reasons, ==, "");
  assert_some (f, "enrollment", 30);
  assert_some (f, "care_team_member", 30);
  assert_some (f, "service_event", 50);
  assert_some (f, "alert", 3);
  assert_some (f, "household_member", 2);
  assert_some (f, "queue", 2);
  assert_some (f, "queue_resource", 4);
  assert_some (f, "queue_item", 5);
  assert_some (f, "form", 1);
  assert_some (f, "form_answer", 1);
  assert_some (f, "contact_record", 10);
  assert_some (f, "contact_need", 10);
  hub_fixture_check (f);
}

static void
test_seed (void)
{
  static const char sql[] = "SELECT coalesce(c.given_name, '') || coalesce(c.family_name, '') || coalesce(c.date_of_birth, '') FROM client c ORDER BY c.id";
  static const char referrals[] = "SELECT r.id || r.phase || coalesce(d.body ->> 'outcome', '') FROM referral r LEFT JOIN referral_detail d ON d.referral = r.id ORDER BY r.id";
  static const char cases[] = "SELECT k.id || k.phase || k.title || (SELECT count(*) FROM case_note n WHERE n.\"case\" = k.id) FROM \"case\" k ORDER BY k.id";
  g_autoptr (HubFixture) f = build (7), again = build (7), other = build (8);
  g_autofree char *a = read_all (f, sql), *b = read_all (again, sql), *c = read_all (other, sql);
  g_autofree char *ra = read_all (f, referrals), *rb = read_all (again, referrals);
  g_autofree char *ka = read_all (f, cases), *kb = read_all (again, cases);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (ra, ==, rb);
  g_assert_cmpstr (ka, ==, kb);
  g_assert_nonnull (strstr (ka, "open"));
  g_assert_nonnull (strstr (ka, "closed"));
  g_assert_cmpstr (a, !=, c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/demo/needs-fit", test_fits);
  g_test_add_func ("/hub/demo/seed", test_seed);
  return g_test_run ();
}
