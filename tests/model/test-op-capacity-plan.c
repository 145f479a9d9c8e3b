/* SPDX-License-Identifier: GPL-3.0-or-later */

/* P4: plans of free places that meet: which of them is entered, and what becomes of the others (sync.md 2.5). It is Monday, 2 March, nine o'clock UTC; the
 * agency's clock is UTC. */

#include "capacity-beds.h"

#define HOUR (3600 * G_GINT64_CONSTANT (1000))
#define DAY (24 * HOUR)

/* on: one day, or days: of every week, as "MO TU" */
static JsonObject *
plan_args (const char *id, const char *on, const char *days, int free)
{
  JsonObject *args = kith_json_new ("id", "s", op_id (id), "service", "s", op_id ("S"), "unit", "s", "bed", "hour", "s", "10:00", "free", "i", (gint64) free, "planned_on",
                                    "s", on, NULL);
  g_auto (GStrv) codes = days != NULL ? g_strsplit (days, " ", -1) : NULL;
  JsonArray *weekdays = json_array_new ();

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    json_array_add_string_element (weekdays, codes[i]);
  if (days != NULL)
    json_object_set_array_member (args, "weekdays", weekdays);
  else
    json_array_unref (weekdays);
  return args;
}

static void
plan (OpFixture *t, const char *id, const char *on, const char *days, int free)
{
  op_assert (t, "b-rm", "capacity.schedule", plan_args (id, on, days, free), "applied");
  op_advance (t, 1000);
}

/* What a plan is for: "MO TU", "2026-03-06"; "": it is over. Yours */
static char *
what (OpFixture *t, const char *id)
{
  KithRecord *plan = op_get (t, "capacity_plan", op_id (id));
  JsonArray *days = kith_record_array (plan, "weekdays");
  GString *words = g_string_new (NULL);

  if (!kith_record_bool (plan, "live"))
    return g_string_free (words, FALSE);
  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "", json_array_get_string_element (days, i));
  if (kith_record_string (plan, "planned_on") != NULL)
    g_string_append (words, kith_record_string (plan, "planned_on"));
  return g_string_free (words, FALSE);
}

#define ASSERT_PLAN(t, id, expected) \
  G_STMT_START \
  { \
    g_autofree char *what_ = what (t, id); \
    g_assert_cmpstr (what_, ==, expected); \
  } \
  G_STMT_END

/* The hub's clock, for both in either order. */
static void
begin (OpFixture *t, const char *id, const char *day)
{
  g_autofree char *at = g_strconcat (day, "T10:00:00.000Z", NULL);

  op_assert (t, "hub", "capacity.begin", kith_json_new ("plan", "s", op_id (id), "day", "s", day, "at", "s", at, NULL), "applied");
}

/* What can never be entered any more is no plan: of one day or of every week; what a plan with an end covers comes back after that. */
static void
test_take_over (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *other = plan_args ("P8", NULL, "FR", 1), *late = plan_args ("P7", NULL, "WE", 2);

  plan (t, "P1", NULL, "MO WE FR", 5);
  plan (t, "P2", NULL, "FR", 3);
  ASSERT_PLAN (t, "P1", "MO WE");
  ASSERT_PLAN (t, "P2", "FR");
  plan (t, "P3", "2026-03-06", NULL, 1); /* a Friday */
  ASSERT_PLAN (t, "P2", "FR");
  plan (t, "P4", "2026-03-06", NULL, 2);
  ASSERT_PLAN (t, "P3", "");
  g_assert_cmpstr (op_field (t, "capacity_plan", op_id ("P3"), "cancelled_by"), ==, op_id ("b-rm"));
  ASSERT_PLAN (t, "P4", "2026-03-06");
  plan (t, "P5", NULL, "FR", 4); /* the one Friday stays what it was */
  ASSERT_PLAN (t, "P2", "");
  ASSERT_PLAN (t, "P4", "2026-03-06");
  json_object_set_string_member (late, "ends_on", "2026-03-18");
  op_assert (t, "b-rm", "capacity.schedule", late, "applied");
  ASSERT_PLAN (t, "P1", "MO WE"); /* from the 25th on again */
  json_object_set_string_member (other, "hour", "11:00");
  op_assert (t, "b-rm", "capacity.schedule", other, "applied"); /* another hour is another plan */
  ASSERT_PLAN (t, "P5", "FR");
}

/* One day goes before every week, the later made before the earlier, whichever the clock comes to first; one that was made after the hour is not for it. */
static void
test_stands (void)
{
  static const char *const orders[][3] = { { "P1", "P2", "P3" }, { "P3", "P2", "P1" } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *until = plan_args ("P2", NULL, "FR", 3);

      plan (t, "P1", NULL, "FR", 5);
      json_object_set_string_member (until, "ends_on", "2026-03-13");
      op_assert (t, "b-rm", "capacity.schedule", until, "applied");
      op_advance (t, 1000);
      plan (t, "P3", "2026-03-06", NULL, 1);
      op_advance (t, 5 * DAY);
      for (guint k = 0; k < 3; k++)
        begin (t, orders[i][k], "2026-03-06");
      g_assert_cmpint (free_beds (t), ==, 1);
      op_advance (t, 7 * DAY);
      begin (t, "P1", "2026-03-13");
      begin (t, "P2", "2026-03-13");
      g_assert_cmpint (free_beds (t), ==, 3);
      op_advance (t, 7 * DAY);
      begin (t, "P1", "2026-03-20");
      g_assert_cmpint (free_beds (t), ==, 5);
    }
}

static void
test_made_after (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *until = plan_args ("P2", NULL, "MO", 3);

  plan (t, "P1", NULL, "MO", 5);
  op_advance (t, 2 * HOUR); /* eleven, and the hub was down at ten */
  json_object_set_string_member (until, "ends_on", "2026-03-09");
  op_assert (t, "b-rm", "capacity.schedule", until, "applied");
  begin (t, "P1", "2026-03-02");
  g_assert_cmpint (free_beds (t), ==, 5);
}

/* Replaced between its hour and the hub's clock: the day is still the old plan's, the next ones are the new one's. Somebody's count after the hour stands. */
static void
test_replaced (void)
{
  static const struct { const char *days; gboolean once, counted; int expected; const char *left; } cases[] = {
    { "MO", FALSE, FALSE, 5, "" }, { "MO WE", FALSE, FALSE, 5, "WE" }, { NULL, TRUE, FALSE, 5, "" }, { "MO", FALSE, TRUE, 8, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("case %u", i);
      plan (t, "P1", cases[i].once ? "2026-03-02" : NULL, cases[i].days, 5);
      op_advance (t, HOUR + 30 * 1000); /* half a minute after ten */
      if (cases[i].counted)
        op_assert (t, "b-cc2", "capacity.observe", count_args ("S", 8), "applied");
      op_advance (t, 1000);
      plan (t, "P2", cases[i].once ? "2026-03-02" : NULL, cases[i].once ? NULL : "MO", 3);
      g_assert_cmpint (free_beds (t), ==, cases[i].expected);
      ASSERT_PLAN (t, "P1", cases[i].left);
      g_assert_cmpstr (op_field (t, "capacity_plan", op_id ("P1"), "done_on"), ==, "2026-03-02");
      g_assert_cmpuint (op_count_with (t, "capacity_observation", "plan", op_id ("P1")), ==, 1);
      if (!cases[i].counted)
        g_assert_cmpstr (beds_field (t, "observed_at"), ==, "2026-03-02T10:00:00.000Z");
      if (cases[i].once)
        continue;
      op_advance (t, 7 * DAY);
      begin (t, "P2", "2026-03-09");
      g_assert_cmpint (free_beds (t), ==, 3);
    }
}

/* Issue 4, who saw it last: a number that was planned was counted by nobody; the next count is somebody's. */
static void
test_whose (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = beds_id ();

  plan (t, "P1", NULL, "MO", 5);
  op_advance (t, 2 * HOUR);
  begin (t, "P1", "2026-03-02");
  g_assert_true (kith_record_bool (op_get (t, "capacity", id), "planned"));
  g_assert_cmpstr (beds_field (t, "observed_by"), ==, op_id ("b-rm"));
  op_assert (t, "b-cc2", "capacity.observe", count_args ("S", 4), "applied");
  g_assert_false (kith_record_bool (op_get (t, "capacity", id), "planned"));
  g_assert_cmpstr (beds_field (t, "observed_by"), ==, op_id ("b-cc2"));
}

/* One day of each week is taken off, the others stay; the last one ends the plan. */
static void
test_cancel_days (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 2), "applied"); /* nobody holds plans of what is not counted */
  plan (t, "P1", NULL, "MO TU", 5);
  op_assert (t, "b-sup", "capacity.cancel", kith_json_new ("plan", "s", op_id ("P1"), "weekdays", "a", kith_json_strings ("FR", NULL), NULL), "noop");
  op_assert (t, "b-sup", "capacity.cancel", kith_json_new ("plan", "s", op_id ("P1"), "weekdays", "a", kith_json_strings ("TU", NULL), NULL), "applied");
  ASSERT_PLAN (t, "P1", "MO");
  g_assert_false (kith_record_has (op_get (t, "capacity_plan", op_id ("P1")), "cancelled_by"));
  op_assert (t, "b-sup", "capacity.cancel", kith_json_new ("plan", "s", op_id ("P1"), "weekdays", "a", kith_json_strings ("MO", NULL), NULL), "applied");
  ASSERT_PLAN (t, "P1", "");
  g_assert_cmpstr (op_field (t, "capacity_plan", op_id ("P1"), "cancelled_by"), ==, op_id ("b-sup"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/model/op-capacity-plan/P4-take-over", test_take_over);
  g_test_add_func ("/model/op-capacity-plan/P4-stands", test_stands);
  g_test_add_func ("/model/op-capacity-plan/P4-made-after", test_made_after);
  g_test_add_func ("/model/op-capacity-plan/P4-replaced", test_replaced);
  g_test_add_func ("/model/op-capacity-plan/P4-whose", test_whose);
  g_test_add_func ("/model/op-capacity-plan/P4-cancel-days", test_cancel_days);
  return g_test_run ();
}
