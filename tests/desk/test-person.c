/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A computer at a front desk: one program that runs all day, several people who unlock it one after the other. */

#include "desk-fixture.h"

#include "kith-reading.h"

#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define BEN "b0000000-0000-7000-8000-0000000000b1"

static void
lock (Fixture *fixture)
{
  kith_window_lock (fixture->window);
  for (guint i = 0; i < 500 && kith_desktop_get_actor (fixture->desktop); i++)
    pump (10);
  g_assert_null (kith_desktop_get_actor (fixture->desktop));
}

/* Whoever it was that fake_desktop_set_person() named; at first Ana. */
static void
unlock (Fixture *fixture)
{
  kith_desktop_unlock_async (fixture->desktop, "a password of hers", NULL, NULL, NULL);
  pump (50);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
}

static void
wait_noted (Fixture *fixture, guint n)
{
  for (guint i = 0; i < 500 && fake_desktop_get_n_noted (fixture->desktop) < n; i++)
    pump (10);
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n);
}

/* C13: what one person opened, the next has not: each of them stands in the log. */
static void
test_opened (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "clients/" MARIA, "cases/" A_CASE };
  const guint n_places = G_N_ELEMENTS (places);

  kith_reading_set_moment (1);
  for (guint i = 0; i < n_places; i++)
    {
      open_place (fixture, places[i]);
      wait_noted (fixture, i + 1);
    }
  open_place (fixture, places[0]);
  wait_noted (fixture, n_places); /* one reading of it */

  open_place (fixture, "today");
  lock (fixture);
  fake_desktop_set_person (fixture->desktop, BEN, "Ben Osei");
  unlock (fixture);
  for (guint i = 0; i < n_places; i++)
    {
      open_place (fixture, places[i]);
      wait_noted (fixture, n_places + i + 1);
      g_assert_cmpstr (kith_json_string (fake_desktop_get_noted (fixture->desktop, n_places + i), "what"), ==, "opened");
    }
  kith_reading_set_moment (0);
}

/* C13: without a lock between, too: who acts is who is noted. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL);
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL);
  wait_noted (fixture, 1);
  fake_desktop_set_person (fixture->desktop, BEN, "Ben Osei");
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL);
  wait_noted (fixture, 2);
}

/* C13: what was not taken, because the disk was full, was not noted: the next opening is. */
static void
test_not_taken (Fixture *fixture, gconstpointer data)
{
  fake_desktop_hold_answers (fixture->desktop);
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL);
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL); /* that one is on its way */
  wait_noted (fixture, 1);
  fake_desktop_answer_held (fixture->desktop, "The disk is full.");
  pump (50);
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL);
  wait_noted (fixture, 2);
  kith_context_audit (fixture->context, "opened", MARIA, "client", NULL, NULL);
  wait_noted (fixture, 2);
}

static char *
place_of (Fixture *fixture)
{
  return kith_frame_get_place (kith_window_get_frame (fixture->window));
}

/* The record one had open is the one one comes back to; whoever is somebody else does not even learn of it. */
static void
test_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *again = NULL, *other = NULL, *asked = NULL;

  open_place (fixture, "clients/" MARIA);
  lock (fixture);
  unlock (fixture);
  again = place_of (fixture);
  g_assert_cmpstr (again, ==, "clients/" MARIA);
  lock (fixture);
  fake_desktop_set_person (fixture->desktop, BEN, "Ben Osei");
  unlock (fixture);
  other = place_of (fixture);
  g_assert_null (strstr (other, MARIA));
  lock (fixture); /* what the locked window was asked for is for whoever unlocks it */
  kith_window_open_place (fixture->window, "clients/" NO_BILLING);
  unlock (fixture);
  asked = place_of (fixture);
  g_assert_cmpstr (asked, ==, "clients/" NO_BILLING);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("person/opened-C13", NULL, test_opened);
  ADD ("person/changed-C13", NULL, test_changed);
  ADD ("person/not-taken-C13", NULL, test_not_taken);
  ADD ("person/place", NULL, test_place);
  return g_test_run ();
}
