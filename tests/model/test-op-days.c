/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op-fixture.h"

#include "kith-kind.h"

/* The day that somebody says something was on: where the author's agency is, today is the last one, and nothing was before 1900. */

#define HOUR G_GINT64_CONSTANT (3600000)

static void
set_zone (OpFixture *t, const char *zone)
{
  if (zone != NULL)
    op_assert (t, "a-admin", "agency.configure", kith_json_new ("agency", "s", op_id ("A"), "set", "o", kith_json_new ("time_zone", "s", zone, NULL), NULL), "applied");
}

static JsonObject *
consent_args (const char *day)
{
  return kith_json_new ("id", "s", op_id ("K1"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                        kith_json_strings (op_id ("B"), NULL), "how", "s", "written", "signed_on", "s", day, "term", "s", "2026-06-01T00:00:00.000Z", NULL);
}

static JsonObject *
enrollment_args (const char *day)
{
  return kith_json_new ("id", "s", op_id ("E1"), "client", "s", op_id ("C1"), "program", "s", op_id ("PA"), "started_on", "s", day, NULL);
}

/* C3, U5: hours: after 09:00 UTC on 2 March 2026. Who says no time zone may be anywhere. */
static void
test_bounds (void)
{
  static const struct { const char *zone, *day, *expected; gint64 hours; } cases[] = {
    { "America/Los_Angeles", "2026-03-02", "applied", 12 },  /* one in the afternoon there */
    { "America/Los_Angeles", "2026-03-03", "invalid", 12 },
    { "America/Los_Angeles", "2026-03-03", "invalid", 21 },  /* ten in the evening there, the third in UTC */
    { "America/Los_Angeles", "2026-03-03", "applied", 22 },   /* eleven: a clock may be somewhat ahead */
    { "America/Los_Angeles", "2026-03-03", "applied", 23 },
    { "Asia/Manila", "2026-03-03", "invalid", 5 },           /* ten in the evening */
    { "Asia/Manila", "2026-03-03", "applied", 8 },           /* one in the morning, the second in UTC */
    { "Pacific/Kiritimati", "2026-03-03", "applied", 2 },
    { "Pacific/Kiritimati", "2026-03-04", "invalid", 2 },
    { NULL, "2026-03-03", "applied", 12 },
    { NULL, "2026-03-04", "invalid", 12 },
    { "America/Los_Angeles", "1900-01-01", "applied", 12 },
    { "America/Los_Angeles", "1899-12-31", "invalid", 12 },
    { NULL, "1899-12-31", "invalid", 12 },
    { NULL, "0026-03-02", "invalid", 12 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%u", i);
      op_put (t, "program", op_id ("PA"), kith_json_new ("organization_id", "s", op_id ("A"), "name", "s", "P", "description", "s", "x", NULL));
      set_zone (t, cases[i].zone);
      op_register (t, "a-cc", "C1");
      op_advance (t, cases[i].hours * HOUR);
      op_assert (t, "a-cc", "enrollment.start", enrollment_args (cases[i].day), cases[i].expected);
      op_assert (t, "a-cc", "consent.record", consent_args (cases[i].day), cases[i].expected);
    }
}

/* The hub judges by when the author did it, not by when it comes to know. */
static void
test_late (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  set_zone (t, "America/Los_Angeles");
  op_register (t, "a-cc", "C1");
  op_set_lag (t, 3 * OP_DAY);
  op_assert (t, "a-cc", "consent.record", consent_args ("2026-03-03"), "invalid");
  op_assert (t, "a-cc", "consent.record", consent_args ("2026-03-02"), "applied");
}

/* An agency moves its clock between the writing and the hub: the hub goes by the new one. */
static void
test_zone_moved (void)
{
  static const struct { const char *now, *expected; } cases[] = { { "America/Los_Angeles", "invalid" }, { "Pacific/Kiritimati", "applied" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      set_zone (t, "Asia/Manila");
      op_register (t, "a-cc", "C1");
      set_zone (t, cases[i].now);
      op_advance (t, 8 * HOUR); /* by the clock of Manila it is the third already */
      op_assert (t, "a-cc", "consent.record", consent_args ("2026-03-03"), cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-days/C3-U5-bounds", test_bounds);
  g_test_add_func ("/model/op-days/C3-late", test_late);
  g_test_add_func ("/model/op-days/C3-zone-moved", test_zone_moved);
  return g_test_run ();
}
