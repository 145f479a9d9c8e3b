/* SPDX-License-Identifier: GPL-3.0-or-later */

/* capacity.*, hold.*: P4, P5, P14, P22, I16 (sync.md 2.5). */

#include "capacity-beds.h"

#include "kith-capacity-plan.h"
#include "kith-clock.h"

static JsonObject *
count_at (OpFixture *t, const char *service, int free, gint64 ms_from_now)
{
  JsonObject *args = count_args (service, free);
  g_autofree char *at = op_time (t, ms_from_now);

  json_object_set_string_member (args, "observed_at", at);
  return args;
}

/* U11: whoever has the service on the list counts, in whatever role; supervisors and administrators of the agency too. */
static void
test_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "b-rm", "applied" }, { "b-cc2", "applied" },  { "b-sup", "applied" }, { "b-admin", "applied" }, { "b-cc", "applied" },
    { "b-rm2", "denied" }, { "a-rm", "denied" },    { "a-sup", "denied" },  { "b-portal", "denied" }, { "b-new", "denied" },
    { "b-gone", "denied" }, { "hub", "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      const char *got = op_run (t, cases[i].who, "capacity.observe", count_args ("S", 4));

      if (g_str_equal (got, "not_found"))
        got = "denied"; /* no member of everyone: there is no such service */
      if (!g_str_equal (got, cases[i].expected))
        g_error ("%s: %s (%s)", cases[i].who, got, op_message (t));
    }
}

/* P4, P5: what is said stands, what is not said stays. */
static void
test_count (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = count_args ("S", 4);

  json_object_set_int_member (args, "maximum", 12);
  json_object_set_string_member (args, "note", "Women only this week");
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  g_assert_cmpint (free_beds (t), ==, 4);
  g_assert_cmpstr (beds_field (t, "status"), ==, "open");
  g_assert_cmpstr (beds_field (t, "agency"), ==, op_id ("B"));
  g_assert_cmpstr (beds_field (t, "observed_by"), ==, op_id ("b-rm"));

  op_advance (t, 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 13), "invalid");
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", -1), "invalid");
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", NULL), "invalid");
  op_assert (t, "b-rm", "capacity.observe", count_at (t, "S", 3, 2 * 3600 * 1000), "invalid");
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 0), "applied");
  g_assert_cmpstr (beds_field (t, "status"), ==, "none");
  g_assert_cmpstr (beds_field (t, "note"), ==, "Women only this week");

  /* "Full" says the number, a number says there is room. */
  op_advance (t, 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 2), "applied");
  g_assert_cmpstr (beds_field (t, "status"), ==, "open");
  op_advance (t, 1000);
  op_assert (t, "b-rm", "capacity.observe",
             kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "status", "s", "waitlist", "waiting", "i", (gint64) 7, NULL),
             "applied");
  g_assert_cmpint (free_beds (t), ==, 0);
  g_assert_cmpstr (beds_field (t, "status"), ==, "waitlist");

  /* Open without a number: nothing is counted down. */
  args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "status", "s", "open", NULL);
  json_object_set_null_member (args, "free");
  json_object_set_null_member (args, "note");
  op_advance (t, 1000);
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  g_assert_cmpint (free_beds (t), ==, -1);
  g_assert_cmpstr (beds_field (t, "note"), ==, "");
  g_assert_cmpuint (op_count (t, "capacity_observation"), ==, 5);
}

/* The newest count stands, whatever comes in late (sync.md 2.5). */
static void
test_late (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_at (t, "S", 4, 0), "applied");
  op_assert (t, "b-cc2", "capacity.observe", count_at (t, "S", 9, -3600 * 1000), "applied");
  g_assert_cmpint (free_beds (t), ==, 4);
  g_assert_cmpstr (beds_field (t, "observed_by"), ==, op_id ("b-rm"));
  g_assert_cmpuint (op_count (t, "capacity_observation"), ==, 2);
}

static const char *
hold_field (OpFixture *t, const char *referral, const char *field)
{
  /* the last one: placed or taken up, else given back */
  static const char *const states[] = { "placed", "converted", "released" };
  const char *found = "";

  for (guint i = 0; i < G_N_ELEMENTS (states) && *found == '\0'; i++)
    {
      g_autoptr (GPtrArray) holds = kith_world_find (op_world (t), NULL, "hold", "referral", op_id (referral), NULL, NULL);

      for (guint k = 0; k < holds->len; k++)
        if (kith_record_is (g_ptr_array_index (holds, k), "state", states[i]))
          found = op_field (t, "hold", kith_record_get_id (g_ptr_array_index (holds, k)), field);
    }
  return found;
}

static JsonObject *
close_args (const char *referral, const char *outcome)
{
  JsonObject *args = op_step_args (referral, "accepted");

  json_object_set_string_member (args, "outcome", outcome);
  return args;
}

/* An accepted referral takes a place; the one for whom none is left waits and is not dropped. I16: never below nothing. */
static void
test_hold (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpint (free_beds (t), ==, 0);
  g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "placed");
  g_assert_cmpstr (beds_field (t, "status"), ==, "none");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "accepted");

  op_advance (t, 60 * 1000);
  accept_another (t, "R2", "C2", "K2");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "waitlisted");
  g_assert_cmpstr (op_course_field (t, "R2", "reason"), ==, "no_capacity");
  g_assert_cmpstr (hold_field (t, "R2", "state"), ==, "");
  op_assert (t, "b-rm", "hold.place", kith_json_new ("referral", "s", op_id ("R2"), NULL), "capacity_exhausted");
  op_assert (t, "a-cc", "hold.release", kith_json_new ("referral", "s", op_id ("R1"), NULL), "denied");

  /* The need was not met: the place is free again, and the next may have it. */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.close", close_args ("R1", "no_show"), "applied");
  g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "released");
  g_assert_cmpint (free_beds (t), ==, 1);
  op_assert (t, "b-rm", "hold.place", kith_json_new ("referral", "s", op_id ("R2"), NULL), "applied");
  g_assert_cmpint (free_beds (t), ==, 0);
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "hold.convert", kith_json_new ("referral", "s", op_id ("R2"), NULL), "applied");
  g_assert_cmpstr (hold_field (t, "R2", "state"), ==, "converted");
  g_assert_cmpint (free_beds (t), ==, 0);
}

/* free (t) = last count − held after it + given back after it (sync.md 2.5), by when the hub decided. */
static void
test_arithmetic (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 5), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1"); /* 4 */
  op_advance (t, 60 * 1000);
  accept_another (t, "R2", "C2", "K2"); /* 3 */
  g_assert_cmpint (free_beds (t), ==, 3);

  /* Counted again: who counted saw R1 and R2 in their beds, so they are not taken off twice. */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 3), "applied");
  g_assert_cmpint (free_beds (t), ==, 3);

  /* R1 leaves after the count: one more. R3 comes and goes: none. */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.close", close_args ("R1", "no_show"), "applied");
  g_assert_cmpint (free_beds (t), ==, 4);
  op_advance (t, 60 * 1000);
  accept_another (t, "R3", "C3", "K3");
  g_assert_cmpint (free_beds (t), ==, 3);
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.close", close_args ("R3", "no_show"), "applied");
  g_assert_cmpint (free_beds (t), ==, 4);

  /* R2 moves in for good. */
  op_assert (t, "b-rm", "referral.close", close_args ("R2", "need_met"), "applied");
  g_assert_cmpstr (hold_field (t, "R2", "state"), ==, "converted");
  g_assert_cmpint (free_beds (t), ==, 4);

  /* A count made offline before all that, at a moment between: R1's leaving and R3 came after it. */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-cc2", "capacity.observe", count_at (t, "S", 2, -210 * 1000), "applied");
  g_assert_cmpint (free_beds (t), ==, 3);

  /* A new count forgets what it has overtaken. */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 6), "applied");
  g_assert_cmpint (free_beds (t), ==, 6);
  g_assert_cmpstr (hold_field (t, "R1", "counts"), ==, "");
  g_assert_cmpstr (hold_field (t, "R3", "counts"), ==, "");
}

/* Held, given back and held again is two holds: what was given back after the count stays so. */
static void
test_again (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 3), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 2), "applied");
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "hold.release", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
  g_assert_cmpint (free_beds (t), ==, 3);
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "hold.place", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
  g_assert_cmpint (free_beds (t), ==, 2);
  g_assert_cmpuint (op_count (t, "hold"), ==, 2);
}

/* Below nothing there is nothing: late news of a smaller number. */
static void
test_floor (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_at (t, "S", 2, -OP_DAY), "applied");
  op_advance (t, 3600 * 1000);
  accept_another (t, "R1", "C1", "K1");
  accept_another (t, "R2", "C2", "K2");
  op_advance (t, 3600 * 1000);
  op_assert (t, "b-cc2", "capacity.observe", count_at (t, "S", 1, -OP_DAY / 2), "applied");
  g_assert_cmpint (free_beds (t), ==, 0);
}

/* A person who takes a client in from the wait list knows of room that was not counted. */
static void
test_in_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 0), "applied");
  op_advance (t, 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "waitlisted");
  args = op_step_args ("R1", "waitlisted");
  json_object_set_string_member (args, "phase", "in_service");
  op_assert (t, "b-rm", "referral.set_status", args, "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "in_service");
  g_assert_cmpint (free_beds (t), ==, 0);
}

/* Nothing is counted, nothing is held. */
static void
test_uncounted (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  g_assert_cmpuint (op_count (t, "hold"), ==, 0);
  op_assert (t, "b-rm", "hold.place", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
  g_assert_cmpuint (op_count (t, "hold"), ==, 0);
}

/* On a desk a place is asked for and no more: who came first only the hub knows. */
static void
test_desk (void)
{
  static const char *const scopes[] = { "dir", "agency:B", "referral:R1", "referral_detail:R1", "service:S", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "referral.accept", op_step_args ("R1", "sent")), ==, "applied");
  {
    g_autoptr (GPtrArray) holds = kith_world_find (op_desk (t), NULL, "hold", "referral", op_id ("R1"), NULL, NULL);

    g_assert_cmpuint (holds->len, ==, 0);
  }
}

/* P14 and design.md 2.4: who sees a service's counts, plans and holds. The number itself everybody sees. */
static void
test_sight (void)
{
  static const struct { const char *who; gboolean sees;
  } cases[] = {
    { "b-rm", TRUE }, { "b-sup", TRUE }, { "b-cc2", TRUE }, { "b-cc", FALSE }, { "b-rm2", FALSE }, { "a-rm", FALSE }, { "a-sup", FALSE },
    { "b-gone", FALSE },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();

  g_assert_false (op_sees (t, "b-rm", "service:S"));
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (op_sees (t, cases[i].who, "service:S") != cases[i].sees)
      g_error ("%s", cases[i].who);
  g_assert_true (op_sees (t, "a-cc", "dir"));

  /* The service changes hands: its counts go with it. */
  op_set (t, "service", op_id ("S"), "organization_id", json_node_init_string (json_node_alloc (), op_id ("A")));
  g_assert_false (op_sees (t, "b-rm", "service:S"));
  g_assert_true (op_sees (t, "a-sup", "service:S"));
}

static JsonObject *
plan_args (const char *plan, const char *on, const char *weekday, const char *hour, int free)
{
  JsonObject *args = kith_json_new ("id", "s", op_id (plan), "service", "s", op_id ("S"), "unit", "s", "bed", "hour", "s", hour, "free", "i",
                                    (gint64) free, NULL);

  if (on != NULL)
    json_object_set_string_member (args, "planned_on", on);
  if (weekday != NULL)
    {
      JsonArray *days = json_array_new ();

      json_array_add_string_element (days, weekday);
      json_object_set_array_member (args, "weekdays", days);
    }
  return args;
}

static char *
due (OpFixture *t, const char *plan, gint64 ms_from_now)
{
  g_autofree char *now = op_time (t, ms_from_now);
  g_autofree char *at = NULL;
  g_autofree char *day = NULL;
  gint64 ms;

  g_assert_true (kith_time_parse (now, &ms));
  g_assert_true (kith_capacity_plan_due (op_world (t), op_get (t, "capacity_plan", op_id (plan)), ms, &day, &at, NULL));
  return day != NULL ? g_strdup_printf ("%s %s", day, at) : g_strdup ("");
}

#define assert_due(t, plan, ms, expected)                                                                              \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *due_ = due (t, plan, ms);                                                                         \
    g_assert_cmpstr (due_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static JsonObject *
begin_args (const char *plan, const char *day, const char *at)
{
  return kith_json_new ("plan", "s", op_id (plan), "day", "s", day, "at", "s", at, NULL);
}

/* P4: ahead of time, once and every week, by the agency's own clock. It is Monday, 2 March, nine o'clock UTC. */
static void
test_plan (void)
{
  const gint64 hour = 3600 * 1000;
  g_autofree char *settings = kith_id_natural ("agency_settings", op_id ("B"));
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_put (t, "agency_settings", settings,
          kith_json_new ("agency", "s", op_id ("B"), "time_zone", "s", "America/Los_Angeles", NULL));
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", NULL, NULL, "07:00", 5), "invalid");
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", "2026-03-03", "TU", "07:00", 5), "invalid");
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", "2026-02-27", NULL, "07:00", 5), "invalid");
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", NULL, "TU", "25:00", 5), "invalid");
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", NULL, "TU", "7:00", 5), "invalid");
  op_assert (t, "b-rm2", "capacity.schedule", plan_args ("P1", NULL, "TU", "07:00", 5), "denied");
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", NULL, "TU", "07:00", 5), "applied");
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P2", "2026-03-03", NULL, "07:30", 2), "applied");

  /* Seven o'clock in Los Angeles is three in the afternoon UTC in winter, two in summer (from 8 March). */
  assert_due (t, "P1", 29 * hour, "");
  assert_due (t, "P1", 30 * hour, "2026-03-03 2026-03-03T15:00:00.000Z");
  assert_due (t, "P1", 8 * 24 * hour + 5 * hour, "2026-03-10 2026-03-10T14:00:00.000Z");
  assert_due (t, "P1", 3 * 24 * hour, "2026-03-03 2026-03-03T15:00:00.000Z"); /* the hub was down for a day */

  op_assert (t, "b-rm", "capacity.begin", begin_args ("P1", "2026-03-03", "2026-03-03T15:00:00.000Z"), "denied");
  op_advance (t, 31 * hour);
  op_assert (t, "hub", "capacity.begin", begin_args ("P1", "2026-03-03", "2026-03-03T15:00:00.000Z"), "applied");
  g_assert_cmpint (free_beds (t), ==, 5);
  op_assert (t, "hub", "capacity.begin", begin_args ("P1", "2026-03-03", "2026-03-03T15:00:00.000Z"), "noop");
  assert_due (t, "P1", 0, "");
  g_assert_true (kith_record_bool (op_get (t, "capacity_plan", op_id ("P1")), "live"));

  /* Somebody counted after the plan's hour and before the clock: that count stands. */
  op_assert (t, "b-rm", "capacity.observe", count_at (t, "S", 1, 0), "applied");
  op_assert (t, "hub", "capacity.begin", begin_args ("P2", "2026-03-03", "2026-03-03T15:30:00.000Z"), "applied");
  g_assert_cmpint (free_beds (t), ==, 1);
  g_assert_false (kith_record_bool (op_get (t, "capacity_plan", op_id ("P2")), "live"));

  /* Cancelled is over. */
  op_assert (t, "a-sup", "capacity.cancel", kith_json_new ("plan", "s", op_id ("P1"), NULL), "not_found");
  op_assert (t, "b-sup", "capacity.cancel", kith_json_new ("plan", "s", op_id ("P1"), NULL), "applied");
  op_assert (t, "b-sup", "capacity.cancel", kith_json_new ("plan", "s", op_id ("P1"), NULL), "noop");
  assert_due (t, "P1", 8 * 24 * hour, "");
  op_assert (t, "hub", "capacity.begin", begin_args ("P1", "2026-03-10", "2026-03-10T14:00:00.000Z"), "noop");
}

/* Issue 4: of a number and a state that cannot both be, the one that is new counts; both new is refused, and nothing is guessed. */
static void
test_agree (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = count_args ("S", 5);

  /* The first count says both. */
  json_object_set_string_member (args, "status", "none");
  op_assert (t, "b-rm", "capacity.observe", args, "invalid");
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 0), "applied");
  g_assert_cmpstr (beds_field (t, "status"), ==, "none");

  /* "Full" stood there, five are free now. */
  op_advance (t, 1000);
  args = count_args ("S", 5);
  json_object_set_string_member (args, "status", "none");
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  g_assert_cmpint (free_beds (t), ==, 5);
  g_assert_cmpstr (beds_field (t, "status"), ==, "open");

  /* Five stood there, it is full now. */
  op_advance (t, 1000);
  args = count_args ("S", 5);
  json_object_set_string_member (args, "status", "waitlist");
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  g_assert_cmpint (free_beds (t), ==, 0);
  g_assert_cmpstr (beds_field (t, "status"), ==, "waitlist");

  /* Both are new and do not agree. */
  op_advance (t, 1000);
  args = count_args ("S", 4);
  json_object_set_string_member (args, "status", "none");
  op_assert (t, "b-rm", "capacity.observe", args, "invalid");
  g_assert_cmpstr (beds_field (t, "status"), ==, "waitlist");

  /* There is room again, how much nobody said: no nought beside "open". */
  args = count_args ("S", 0);
  json_object_set_string_member (args, "status", "open");
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  g_assert_cmpint (free_beds (t), ==, -1);
  g_assert_cmpstr (beds_field (t, "status"), ==, "open");

  op_assert (t, "b-rm", "capacity.schedule",
             kith_json_new ("id", "s", op_id ("P9"), "service", "s", op_id ("S"), "unit", "s", "bed", "weekdays", "a", kith_json_strings ("TU", NULL), "hour", "s", "07:00", "free", "i", (gint64) 3, "status", "s", "none", NULL),
             "invalid");
}

/* Confirmed as it stood: full with a wait list stays so, also when places held made it full. */
static void
test_confirm_wait_list (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = count_args ("S", 1);

  json_object_set_int_member (args, "waiting", 3);
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpstr (beds_field (t, "status"), ==, "waitlist");
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 0), "applied");
  g_assert_cmpstr (beds_field (t, "status"), ==, "waitlist");
}

/* P5: words about a count are no count: the number, and when it was read, stay; what was taken meanwhile stays taken. */
static void
test_words (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *counted = NULL;
  JsonObject *args;

  args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "note", "s", "Ring twice", NULL);
  op_assert (t, "b-rm", "capacity.observe", args, "invalid"); /* nothing stands there yet */
  args = count_args ("S", 4);
  json_object_set_int_member (args, "reserved", 2);
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  counted = g_strdup (beds_field (t, "observed_at"));
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpint (free_beds (t), ==, 3);

  op_advance (t, 60 * 1000);
  args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "note", "s", "Ring twice", NULL);
  op_assert (t, "b-cc2", "capacity.observe", args, "applied");
  g_assert_cmpint (free_beds (t), ==, 3);
  g_assert_cmpstr (beds_field (t, "note"), ==, "Ring twice");
  {
    g_autofree char *id = beds_id ();

    g_assert_cmpint (kith_record_int (op_get (t, "capacity", id), "reserved"), ==, 2);
  }
  g_assert_cmpstr (beds_field (t, "observed_at"), ==, counted);
  g_assert_cmpstr (beds_field (t, "observed_by"), ==, op_id ("b-rm"));
  g_assert_cmpuint (op_count (t, "capacity_observation"), ==, 2); /* nothing that was said is lost */
}

static JsonObject *
status_args (const char *referral, const char *from, const char *to)
{
  JsonObject *args = op_step_args (referral, from);

  json_object_set_string_member (args, "phase", to);
  json_object_set_string_member (args, "reason", "other");
  json_object_set_string_member (args, "text", "Somebody else is in greater need");
  return args;
}

/* Sync.md 2.5: who goes to the wait list keeps no place; whose turn it is takes one that is free. */
static void
test_wait_list (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpint (free_beds (t), ==, 0);
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.set_status", status_args ("R1", "accepted", "paused"), "applied");
  g_assert_cmpint (free_beds (t), ==, 0);
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.set_status", status_args ("R1", "paused", "waitlisted"), "applied");
  g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "released");
  g_assert_cmpint (free_beds (t), ==, 1);

  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.set_status", status_args ("R1", "waitlisted", "contacting"), "applied");
  g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "placed");
  g_assert_cmpint (free_beds (t), ==, 0);

  /* None is free: the work goes on without. */
  op_advance (t, 60 * 1000);
  accept_another (t, "R2", "C2", "K2");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "waitlisted");
  op_assert (t, "b-rm", "referral.set_status", status_args ("R2", "waitlisted", "contacting"), "applied");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "contacting");
  g_assert_cmpstr (hold_field (t, "R2", "state"), ==, "");

  /* Not counted when it was accepted: the count knew of it, so work on it takes none. */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.stop", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", NULL), "applied");
  accept_another (t, "R3", "C3", "K3");
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 2), "applied");
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.set_status", status_args ("R3", "accepted", "contacting"), "applied");
  g_assert_cmpint (free_beds (t), ==, 2);
}

/* Whoever accepted is told that no place was free, and nobody else twice. */
static void
test_told (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  guint told = 0;

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 0), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "waitlisted");
  {
    g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "referral", op_id ("R1"), NULL, NULL);

    for (guint i = 0; i < notices->len; i++)
      if (kith_record_is (g_ptr_array_index (notices, i), "type", "no_place"))
        {
          g_assert_cmpstr (kith_record_string (g_ptr_array_index (notices, i), "staff"), ==, op_id ("b-rm"));
          told++;
        }
  }
  g_assert_cmpuint (told, ==, 1);
}

/* Several units of one service, and one that is given up: its plans go with it, what was counted stays in the ledger. */
static void
test_stop (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *stop = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", NULL);

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 5), "applied");
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "household", "free", "i", (gint64) 2, NULL),
             "applied");
  g_assert_cmpuint (op_count (t, "capacity"), ==, 2);
  op_assert (t, "b-rm", "capacity.schedule", plan_args ("P1", NULL, "TU", "07:00", 5), "applied");
  op_assert (t, "b-rm2", "capacity.stop", json_object_ref (stop), "denied");
  op_advance (t, 1000);
  op_assert (t, "b-rm", "capacity.stop", json_object_ref (stop), "applied");
  g_assert_cmpint (free_beds (t), ==, -1);
  g_assert_cmpstr (beds_field (t, "status"), ==, "");
  g_assert_cmpuint (op_count (t, "capacity_observation"), ==, 3);
  g_assert_false (kith_record_bool (op_get (t, "capacity_plan", op_id ("P1")), "live"));
  op_assert (t, "b-rm", "capacity.stop", stop, "noop");
  /* What was counted before that comes in late: it begins nothing anew. */
  op_assert (t, "b-cc2", "capacity.observe", count_at (t, "S", 9, -3600 * 1000), "applied");
  g_assert_cmpint (free_beds (t), ==, -1);
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "note", "s", "Ring twice", NULL), "invalid");
  op_advance (t, 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  g_assert_cmpint (free_beds (t), ==, 1);
}

static void
set_status (OpFixture *t, const char *referral, const char *from, const char *to)
{
  JsonObject *args = op_step_args (referral, from);

  op_advance (t, 60 * 1000);
  json_object_set_string_member (args, "phase", to);
  if (g_str_equal (to, "waitlisted"))
    json_object_set_string_member (args, "text", "Until May");
  op_assert (t, "b-rm", "referral.set_status", args, "applied");
}

/* sync.md 2.5: one client takes one place. Who waits keeps none, also none that was taken up, and takes one when it is their turn; a count in between
 * saw them in it. */
static void
test_one_place (void)
{
  for (gboolean counted = FALSE; counted <= TRUE; counted++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, "b-rm", "capacity.observe", count_args ("S", 2), "applied");
      op_advance (t, 60 * 1000);
      accept_another (t, "R1", "C1", "K1");
      set_status (t, "R1", "accepted", "in_service");
      g_assert_cmpint (free_beds (t), ==, 1);
      op_advance (t, 60 * 1000);
      if (counted)
        op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
      op_advance (t, 60 * 1000);
      if (counted)
        op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied"); /* the first took its mark off */
      set_status (t, "R1", "in_service", "waitlisted");
      g_assert_cmpint (free_beds (t), ==, 2);
      set_status (t, "R1", "waitlisted", "contacting");
      g_assert_cmpint (free_beds (t), ==, 1);
      set_status (t, "R1", "contacting", "in_service");
      g_assert_cmpint (free_beds (t), ==, 1);
      g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "converted");

      /* Not enrolled after all: the place is kept for them again, and can be given back. */
      set_status (t, "R1", "in_service", "contacting");
      g_assert_cmpint (free_beds (t), ==, 1);
      g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "placed");
      op_advance (t, 60 * 1000);
      op_assert (t, "b-rm", "hold.release", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
      g_assert_cmpint (free_beds (t), ==, 2);
    }
}

/* Closed by mistake as met, and opened again: the client has the place they had, however full it is. Void, they never came. */
static void
test_reopened (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "referral.close", close_args ("R1", "need_met"), "applied");
  g_assert_cmpint (free_beds (t), ==, 0);
  op_advance (t, 60 * 1000);
  op_assert (t, "b-sup", "referral.reopen", op_step_args ("R1", "closed_resolved"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "accepted");
  g_assert_cmpint (free_beds (t), ==, 0);
  g_assert_cmpuint (op_count (t, "hold"), ==, 1);
  g_assert_cmpstr (hold_field (t, "R1", "state"), ==, "placed");
  set_status (t, "R1", "accepted", "in_service");
  op_advance (t, 60 * 1000);
  op_assert (t, "a-cc", "referral.void", op_step_args ("R1", "in_service"), "applied");
  g_assert_cmpint (free_beds (t), ==, 1);
}

/* Who counted after it was closed found the place free, or somebody else in it: opened again, its client needs another. Counted while they were there, the
 * place is theirs in that count. */
static void
test_reopened_after_count (void)
{
  static const struct { gboolean in_service, counted_then; int counted, left; const char *phase;
  } cases[] = { { FALSE, FALSE, 1, 0, "accepted" }, { TRUE, FALSE, 1, 0, "accepted" }, { FALSE, FALSE, 0, 0, "waitlisted" }, { TRUE, FALSE, 0, 0, "waitlisted" }, { TRUE, TRUE, 3, 3, "accepted" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JsonObject *close = op_step_args ("R1", cases[i].in_service ? "in_service" : "accepted");
      g_autoptr (OpFixture) t = op_fixture_new ();

      json_object_set_string_member (close, "outcome", "need_met");
      op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
      op_advance (t, 60 * 1000);
      accept_another (t, "R1", "C1", "K1");
      if (cases[i].in_service)
        set_status (t, "R1", "accepted", "in_service");
      op_advance (t, 60 * 1000);
      if (cases[i].counted_then)
        op_assert (t, "b-rm", "capacity.observe", count_args ("S", cases[i].counted), "applied");
      op_advance (t, 60 * 1000);
      op_assert (t, "b-rm", "referral.close", close, "applied");
      op_advance (t, 60 * 1000);
      if (!cases[i].counted_then)
        op_assert (t, "b-rm", "capacity.observe", count_args ("S", cases[i].counted), "applied");
      op_advance (t, 60 * 1000);
      op_assert (t, "b-sup", "referral.reopen", op_step_args ("R1", "closed_resolved"), "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, cases[i].phase);
      g_assert_cmpint (free_beds (t), ==, cases[i].left);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();

  g_test_add_func ("/capacity/U11-roles", test_roles);
  g_test_add_func ("/capacity/P4-P5-count", test_count);
  g_test_add_func ("/capacity/late", test_late);
  g_test_add_func ("/capacity/I16-hold", test_hold);
  g_test_add_func ("/capacity/I16-arithmetic", test_arithmetic);
  g_test_add_func ("/capacity/I16-again", test_again);
  g_test_add_func ("/capacity/I16-floor", test_floor);
  g_test_add_func ("/capacity/in-service", test_in_service);
  g_test_add_func ("/capacity/uncounted", test_uncounted);
  g_test_add_func ("/capacity/desk", test_desk);
  g_test_add_func ("/capacity/P14-sight", test_sight);
  g_test_add_func ("/capacity/P4-plan", test_plan);
  g_test_add_func ("/capacity/agree", test_agree);
  g_test_add_func ("/capacity/confirm-wait-list", test_confirm_wait_list);
  g_test_add_func ("/capacity/P5-words", test_words);
  g_test_add_func ("/capacity/wait-list", test_wait_list);
  g_test_add_func ("/capacity/one-place", test_one_place);
  g_test_add_func ("/capacity/reopened", test_reopened);
  g_test_add_func ("/capacity/reopened-after-count", test_reopened_after_count);
  g_test_add_func ("/capacity/told", test_told);
  g_test_add_func ("/capacity/stop", test_stop);

  return g_test_run ();
}
