/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For how long a number of free places counts, and words beside it: P4, P5, I16 (sync.md 2.5). */

#include "capacity-beds.h"

#include "kith-capacity-time.h"
#include "kith-referral-rules.h"
#include "kith-clock.h"

static JsonObject *
count_at (OpFixture *t, const char *service, int free, gint64 ms_from_now)
{
  JsonObject *args = count_args (service, free);
  g_autofree char *at = op_time (t, ms_from_now);

  json_object_set_string_member (args, "observed_at", at);
  return args;
}

static JsonObject *
week_args (int free)
{
  JsonObject *args = count_args ("S", free);

  json_object_set_string_member (args, "period", "week");
  return args;
}

/* A number for a week that is over is none: whoever is accepted after it neither waits nor takes one of it, whatever it was. */
static void
test_time_is_over (void)
{
  for (int free = 0; free < 3; free++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%d", free);
      op_assert (t, "b-rm", "capacity.observe", week_args (free), "applied");
      op_advance (t, 7 * OP_DAY);
      accept_another (t, "R1", "C1", "K1");
      g_assert_cmpstr (op_phase (t, "R1"), ==, "accepted");
      g_assert_cmpuint (op_count (t, "hold"), ==, 0);
      g_assert_cmpint (free_beds (t), ==, free);
      op_assert (t, "b-rm", "capacity.observe", count_args ("S", 0), "applied"); /* of this week */
      op_advance (t, 60 * 1000);
      accept_another (t, "R2", "C2", "K2");
      g_assert_cmpstr (op_phase (t, "R2"), ==, "waitlisted");
    }
}

/* P4: when a number ends, by the day it was said for or its period, where the agency is and not where somebody looks. */
static void
test_ends (void)
{
  static const struct { const char *zone, *period, *until, *at, *expected; } cases[] = {
    { NULL, NULL, NULL, "2026-03-06T22:00:00.000Z", "" },
    { NULL, "now", NULL, "2026-03-06T22:00:00.000Z", "" },
    { NULL, "day", NULL, "2026-03-06T22:00:00.000Z", "2026-03-07T00:00:00.000Z" },
    { "America/Los_Angeles", "day", NULL, "2026-03-06T22:00:00.000Z", "2026-03-07T08:00:00.000Z" },
    { "America/Los_Angeles", "day", NULL, "2026-03-06T07:00:00.000Z", "2026-03-06T08:00:00.000Z" }, /* still the fifth there */
    { "America/Los_Angeles", "week", NULL, "2026-03-06T22:00:00.000Z", "2026-03-09T07:00:00.000Z" }, /* over the change to summer time */
    { "America/Los_Angeles", "month", NULL, "2026-03-06T22:00:00.000Z", "2026-04-01T07:00:00.000Z" },
    { "America/Los_Angeles", "week", "2026-03-12", "2026-03-06T22:00:00.000Z", "2026-03-13T07:00:00.000Z" },
    { "Asia/Manila", "week", NULL, "2026-03-08T17:00:00.000Z", "2026-03-15T16:00:00.000Z" }, /* Monday there */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *id = beds_id ();
      g_autofree char *got = NULL;
      gint64 ends_ms;

      g_test_message ("case %u", i);
      if (cases[i].zone != NULL)
        op_assert (t, "b-admin", "agency.configure", kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("time_zone", "s", cases[i].zone, NULL), NULL), "applied");
      op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
      op_set (t, "capacity", id, "observed_at", json_node_init_string (json_node_alloc (), cases[i].at));
      if (cases[i].period != NULL)
        op_set (t, "capacity", id, "period", json_node_init_string (json_node_alloc (), cases[i].period));
      if (cases[i].until != NULL)
        op_set (t, "capacity", id, "until", json_node_init_string (json_node_alloc (), cases[i].until));
      g_assert_true (kith_capacity_ends (op_world (t), op_get (t, "capacity", id), &ends_ms, NULL));
      got = ends_ms != G_MAXINT64 ? kith_time_format (ends_ms) : g_strdup ("");
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

/* A portal account plans by the agency's clock and holds none of its settings: which clock that is stands with the agency (P4). */
static void
test_zone_shown (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) other = kith_record_copy (op_get (t, "organization", op_id ("A")));
  g_autoptr (GTimeZone) zone = NULL;
  JsonObject *none = json_object_new ();

  op_assert (t, "b-admin", "agency.configure", kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("time_zone", "s", "America/Los_Angeles", NULL), NULL), "applied");
  g_assert_cmpstr (op_field (t, "organization", op_id ("B"), "time_zone"), ==, "America/Los_Angeles");
  json_object_set_null_member (none, "time_zone");
  op_assert (t, "b-admin", "agency.configure", kith_json_new ("agency", "s", op_id ("B"), "set", "o", none, NULL), "applied");
  g_assert_cmpstr (op_field (t, "organization", op_id ("B"), "time_zone"), ==, "");
  kith_record_set_string (other, "time_zone", "Asia/Manila");
  g_assert_true (kith_world_put (op_world (t), other, NULL));
  zone = kith_agency_zone (op_world (t), op_id ("A"), NULL);
  g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, "Asia/Manila");
}

/* "Holds until" goes with the number it was said of: a new one, confirmed as it is or planned, is not of a time that is over. */
static void
test_until_goes (void)
{
  static const struct { int days; gboolean words; const char *expected; } cases[] = {
    { 1, FALSE, "stays" }, { 3, FALSE, "goes" }, { 3, TRUE, "stays" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *tomorrow = op_time (t, OP_DAY);
      JsonObject *args = count_args ("S", 2);

      g_test_message ("case %u", i);
      tomorrow[strlen ("2026-11-22")] = '\0';
      json_object_set_string_member (args, "until", tomorrow);
      op_assert (t, "b-rm", "capacity.observe", args, "applied");
      g_assert_cmpstr (beds_field (t, "ends_at"), !=, "");
      op_advance (t, cases[i].days * OP_DAY);
      args = count_args ("S", 2);
      if (cases[i].words)
        {
          json_object_remove_member (args, "free");
          json_object_set_string_member (args, "note", "Ring first");
        }
      op_assert (t, "b-rm", "capacity.observe", args, "applied");
      g_assert_cmpstr (beds_field (t, "until"), ==, g_str_equal (cases[i].expected, "stays") ? tomorrow : "");
      g_assert_cmpint (*beds_field (t, "ends_at") != '\0', ==, g_str_equal (cases[i].expected, "stays"));
    }
}

/* Words go by when they were said (sync.md 2.5: the newest by its own time): what was written before and comes in later is history, beside a newer
 * number too. */
static void
test_late_words (void)
{
  for (guint with_number = 0; with_number < 2; with_number++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "note", "s", "Tuesday", NULL);

      op_assert (t, "b-rm", "capacity.observe", count_at (t, "S", 4, -OP_DAY), "applied");
      op_assert (t, "b-rm", "capacity.observe", args, "applied");
      args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "note", "s", "Monday", "target_group", "s", "Women", NULL);
      if (with_number)
        json_object_set_int_member (args, "free", 7);
      op_advance (t, -OP_DAY / 2); /* on the way for so long */
      op_set_lag (t, OP_DAY / 2);
      op_assert (t, "b-cc2", "capacity.observe", args, "applied");
      g_assert_cmpstr (beds_field (t, "note"), ==, "Tuesday");
      g_assert_cmpstr (beds_field (t, "target_group"), ==, "");
      g_assert_cmpint (free_beds (t), ==, with_number ? 7 : 4);
      g_assert_cmpuint (op_count_with (t, "capacity_observation", "note", "Monday"), ==, 1);
      op_advance (t, OP_DAY / 2);
      op_set_lag (t, 0);
      args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "note", "s", "Wednesday", NULL);
      op_assert (t, "b-cc2", "capacity.observe", args, "applied");
      g_assert_cmpstr (beds_field (t, "note"), ==, "Wednesday");
    }
}

static JsonObject *
words_args (const char *kind, int assess)
{
  JsonObject *args = kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "kind", "s", kind, NULL);

  if (assess >= 0)
    json_object_set_boolean_member (args, "assess_first", assess);
  return args;
}

/* domain.md 2h: that an assessment comes first, and what the places are for, are words: number and state are counted on beside them. */
static void
test_assessment (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = beds_id ();
  JsonObject *args = count_args ("S", 1);

  json_object_set_boolean_member (args, "assess_first", TRUE);
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  g_assert_cmpstr (beds_field (t, "status"), ==, "open");
  g_assert_true (kith_record_bool (op_get (t, "capacity", id), "assess_first"));
  op_assert (t, "b-rm", "capacity.observe", words_args ("perhaps", -1), "invalid");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpstr (beds_field (t, "status"), ==, "none"); /* full is full */
  g_assert_cmpint (free_beds (t), ==, 0);
  op_advance (t, OP_DAY);
  op_assert (t, "b-cc2", "capacity.observe", count_args ("S", 4), "applied"); /* the next morning nobody says it again */
  g_assert_true (kith_record_bool (op_get (t, "capacity", id), "assess_first"));
  op_assert (t, "b-cc2", "capacity.observe", words_args ("assess", FALSE), "applied");
  g_assert_false (kith_record_bool (op_get (t, "capacity", id), "assess_first"));
  g_assert_cmpstr (beds_field (t, "kind"), ==, "assess");
  g_assert_cmpint (free_beds (t), ==, 4);
  op_advance (t, -OP_DAY / 2); /* said before, and on the way for so long */
  op_set_lag (t, OP_DAY / 2);
  op_assert (t, "b-rm", "capacity.observe", words_args ("service", TRUE), "applied");
  g_assert_cmpstr (beds_field (t, "kind"), ==, "assess");
  g_assert_false (kith_record_bool (op_get (t, "capacity", id), "assess_first"));
  g_assert_cmpuint (op_count_with (t, "capacity_observation", "kind", "service"), ==, 1);
}

static JsonObject *
slots_args (gint64 free)
{
  return kith_json_new ("service", "s", op_id ("S"), "unit", "s", "slot", "status", "s", "open", "free", "i", free, "kind", "s", "assess", NULL);
}

static gint64
free_slots (OpFixture *t)
{
  g_autofree char *key = g_strconcat (op_id ("S"), ":slot", NULL);
  g_autofree char *id = kith_id_natural ("capacity", key);

  return kith_record_int (op_get (t, "capacity", id), "free");
}

/* domain.md 2h, sync.md 2.5: whoever is accepted gets a place of the service, not a time to be assessed, however many of these are free. */
static void
test_assessment_places (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 1), "applied");
  op_assert (t, "b-rm", "capacity.observe", slots_args (7), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  g_assert_cmpint (free_beds (t), ==, 0);
  g_assert_cmpint (free_slots (t), ==, 7);
  accept_another (t, "R2", "C2", "K2");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R2"), "phase"), ==, "waitlisted");
  g_assert_cmpint (free_slots (t), ==, 7);
}

/* How many there are in all: what was said last stands, and what was said otherwise is read among the counts, with who said it (2.5, I14); free and kept back
 * are never more than it (I16). */
static void
test_in_all (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = beds_id ();
  g_autoptr (GPtrArray) counts = NULL;
  JsonObject *args = count_args ("S", 4);
  gint64 sum = 0;

  json_object_set_int_member (args, "maximum", 10);
  op_assert (t, "b-rm", "capacity.observe", args, "applied");
  op_advance (t, OP_DAY);
  op_assert (t, "b-cc2", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "maximum", "i", (gint64) 14, NULL), "applied");
  g_assert_cmpint (kith_record_int (op_get (t, "capacity", id), "maximum"), ==, 14);
  op_advance (t, -OP_DAY / 2);
  op_set_lag (t, OP_DAY / 2);
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "maximum", "i", (gint64) 8, NULL), "applied");
  g_assert_cmpint (kith_record_int (op_get (t, "capacity", id), "maximum"), ==, 14);
  g_assert_cmpint (free_beds (t), ==, 4);
  counts = kith_world_find (op_world (t), NULL, "capacity_observation", "capacity", id, NULL, NULL);
  for (guint i = 0; i < counts->len; i++)
    sum += kith_record_int (counts->pdata[i], "maximum");
  g_assert_cmpint (sum, ==, 10 + 14 + 8);
  g_assert_cmpuint (op_count_with (t, "capacity_observation", "by", op_id ("b-cc2")), ==, 1);
  op_advance (t, OP_DAY);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 15), "invalid");
}

/* 2.5: two places of one client, out of a database of before, make the number too small until the places are counted again; from then on it is right, and
 * one place comes free when the client gives it back. */
static void
test_counted_again (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GPtrArray) holds = NULL;
  JsonObject *args = op_step_args ("R1", "accepted");
  KithRecord *first;

  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 4), "applied");
  op_advance (t, 60 * 1000);
  accept_another (t, "R1", "C1", "K1");
  op_assert (t, "b-rm", "hold.convert", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
  holds = kith_world_find (op_world (t), NULL, "hold", "referral", op_id ("R1"), NULL, NULL);
  g_assert_cmpuint (holds->len, ==, 1);
  first = holds->pdata[0];
  op_put (t, "hold", op_id ("H2"), kith_json_copy_object (kith_record_get_body (first)));
  op_advance (t, 60 * 1000);
  accept_another (t, "R2", "C2", "K2");
  g_assert_cmpint (free_beds (t), ==, 1); /* two are taken, three are counted */
  op_advance (t, 60 * 1000);
  op_assert (t, "b-rm", "capacity.observe", count_args ("S", 2), "applied");
  g_assert_cmpint (free_beds (t), ==, 2);
  op_advance (t, 60 * 1000);
  json_object_set_string_member (args, "phase", "waitlisted");
  json_object_set_string_member (args, "text", "Until May");
  op_assert (t, "b-rm", "referral.set_status", args, "applied");
  g_assert_cmpint (free_beds (t), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/capacity-time/P4-over", test_time_is_over);
  g_test_add_func ("/capacity-time/P4-ends", test_ends);
  g_test_add_func ("/capacity-time/P4-zone-shown", test_zone_shown);
  g_test_add_func ("/capacity-time/P4-until-goes", test_until_goes);
  g_test_add_func ("/capacity-time/P5-late-words", test_late_words);
  g_test_add_func ("/capacity-time/2h-assessment", test_assessment);
  g_test_add_func ("/capacity-time/2h-2.5-assessment-places", test_assessment_places);
  g_test_add_func ("/capacity-time/2.5-I14-I16-in-all", test_in_all);
  g_test_add_func ("/model/op-capacity-time/2.5-counted-again", test_counted_again);
  return g_test_run ();
}
