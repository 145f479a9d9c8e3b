/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places that are kept back: P4, I16 (sync.md 2.5). */

#include "capacity-beds.h"

static JsonObject *
kept_args (int free, int kept, int all)
{
  JsonObject *args = count_args ("S", free);

  json_object_set_int_member (args, "reserved", kept);
  json_object_set_int_member (args, "maximum", all);
  return args;
}

/* What is kept back is beside what is free: no count says both of one place, no referral gets one, and a place that comes back makes none free. */
static void
test_kept_back (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", kept_args (8, 5, 10), "invalid");
  g_assert_nonnull (strstr (op_message (t), "8 free and 5 kept back"));
  op_assert (t, "b-rm", "capacity.observe", kept_args (0, 11, 10), "invalid");
  op_assert (t, "b-rm", "capacity.observe", kept_args (1, 2, 4), "applied"); /* one is taken by somebody who was here before Kith was */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "reserved", "i", (gint64) 4, NULL), "invalid");
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpint (free_beds (t), ==, 0);
  accept_another (t, "R2", "C2", "K2");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "waitlisted"); /* the two kept back are not given */
  g_assert_cmpint (free_beds (t), ==, 0);

  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", kept_args (2, 2, 4), "applied"); /* R1's place is among the other two that were counted free */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "hold.release", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
  g_assert_cmpint (free_beds (t), ==, 2); /* not three: two are kept back */
}

/* What was planned before more was kept back begins with what is left. */
static void
test_plan_kept_back (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *plan = kith_json_new ("id", "s", op_id ("P1"), "service", "s", op_id ("S"), "unit", "s", "bed", "planned_on", "s", "2026-12-01", "hour", "s", "08:00", "free",
                                    "i", (gint64) 4, NULL);

  op_assert (t, "b-rm", "capacity.schedule", plan, "applied");
  op_assert (t, "b-rm", "capacity.observe", kept_args (1, 3, 4), "applied");
  op_advance (t, 14 * 24 * 3600 * G_GINT64_CONSTANT (1000));
  op_assert (t, "hub", "capacity.begin", kith_json_new ("plan", "s", op_id ("P1"), "day", "s", "2026-12-01", "at", "s", "2026-12-01T08:00:00.000Z", NULL), "applied");
  g_assert_cmpint (free_beds (t), ==, 1);
}

/* domain.md 2h: each of the units, an own one by its name; and the four states that FHIR knows too. */
static void
test_terms (void)
{
  static const char *const units[] = { "slot", "bed", "unit", "pickup", "household", "other" };
  static const struct { int free; const char *said, *read;
  } states[] = { { 3, NULL, "open" }, { 1, "limited", "limited" }, { 0, NULL, "none" }, { 0, "waitlist", "waitlist" } };
  g_autoptr (OpFixture) t = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint k = 0; k < G_N_ELEMENTS (states); k++)
      {
        JsonObject *args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", units[i], "free", "i", (gint64) states[k].free, "maximum", "i", (gint64) 9, "status", "s",
                                          states[k].said, "unit_name", "s", g_str_equal (units[i], "other") ? "Cots" : NULL, NULL);
        g_autofree char *key = g_strconcat (op_id ("S"), ":", units[i], NULL), *id = NULL;

        g_test_message ("%s, %d free, said %s", units[i], states[k].free, states[k].said != NULL ? states[k].said : "nothing");
        op_advance (t, 60 * 1000);
        op_assert (t, "b-rm", "capacity.observe", args, "applied");
        id = kith_id_natural ("capacity", key);
        g_assert_cmpstr (op_field (t, "capacity", id, "status"), ==, states[k].read);
        g_assert_cmpstr (op_field (t, "capacity", id, "unit_name"), ==, g_str_equal (units[i], "other") ? "Cots" : "");
      }
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "sofa", "free", "i", (gint64) 1, NULL), "invalid");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/capacity/P4-kept-back", test_kept_back);
  g_test_add_func ("/capacity/P4-kept-back/plan", test_plan_kept_back);
  g_test_add_func ("/capacity/2h-terms", test_terms);
  return g_test_run ();
}
