/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a small partner does with a referral that came to it, by the eight fields alone: takes it, and says how it goes (P6, P10, P12, sync.md 2.5). */

#include "desk-fixture.h"

#define SENT_HERE "e0000000-0000-7000-8000-000000000001"
#define SERVICE "d0000000-0000-7000-8000-000000000001"

static GPtrArray *follows;

static JsonObject *
body_of (Fixture *fixture, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      return kith_json_object (json_array_get_object_element (rows, i), "body");
  g_assert_not_reached ();
}

/* A portal account that may change the status; without the detail it holds nothing but the eight fields. */
static void
be_partner (Fixture *fixture, gboolean details)
{
  KithActor *actor = (KithActor *) kith_desktop_get_actor (fixture->desktop);

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (fixture->desktop, 0);
  actor->changes_status = TRUE;
  actor->sees_details = details;
  actor->resources = follows;
  json_object_set_array_member (body_of (fixture, SENT_HERE), "resources", kith_json_strings (SERVICE, NULL));
  /* What was built for the account before goes, as it does when somebody else unlocks. */
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
}

static void
await_words (Fixture *fixture, const char *words)
{
  for (guint i = 0; i < 100 && !says (GTK_WIDGET (fixture->window), words); i++)
    pump (50);
  g_test_message ("%s", words);
  SAYS (words);
}

/* What can be done follows what is there. */
static void
await_act (Fixture *fixture, const char *action)
{
  for (guint i = 0; i < 200; i++)
    if (act (fixture, action))
      return;
  g_test_message ("%s", action);
  g_assert_not_reached ();
}

static void
set_place (Fixture *fixture, const char *free, const char *asked)
{
  JsonArray *rows = json_array_new ();

  json_array_add_object_element (rows, kith_json_new ("id", "s", SENT_HERE, "_arg", "s", SENT_HERE, "counted", "i", (gint64) (free != NULL), "free", "s", free, "asked", "s", asked, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "referral-place", rows);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (100);
}

/* before, after: what stands on its page; NULL: nothing. done: what is said as it is taken */
static void
assert_accept (Fixture *fixture, const char *free, const char *before, const char *done, const char *after)
{
  set_place (fixture, free, NULL);
  be_partner (fixture, FALSE);
  open_place (fixture, "inbox/" SENT_HERE);
  pump (300);
  if (before)
    await_words (fixture, before);
  else
    g_assert_null (find_widget (GTK_WIDGET (fixture->window), "place-words"));
  await_act (fixture, "referral.accept");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.accept"), "referral"), ==, SENT_HERE);
  await_words (fixture, done);
  set_place (fixture, free, "referral.accept");
  open_place (fixture, "inbox/" SENT_HERE); /* what waits next had come up */
  if (after)
    await_words (fixture, after);
  else
    g_assert_null (find_widget (GTK_WIDGET (fixture->window), "place-words"));
}

/* Sync.md 2.5: whoever accepts without a network promises no bed: what it says is that a place was asked for, or that none is free; nothing of it where nobody counts. */
static void
test_none_free (Fixture *fixture, gconstpointer data)
{
  assert_accept (fixture, "0", "No place is free: accepted now, it goes on the wait list.", "Accepted. No place is free here: it goes on the wait list",
                 "it goes on the wait list unless one becomes free");
}

static void
test_asked (Fixture *fixture, gconstpointer data)
{
  assert_accept (fixture, "2", NULL, "Accepted. A place is asked for, not confirmed yet", "A place is asked for, not confirmed yet.");
}

static void
test_not_counted (Fixture *fixture, gconstpointer data)
{
  assert_accept (fixture, NULL, NULL, "Accepted: Aaliyah Washington", NULL);
}

/* P12: since when a place is kept for somebody, and why they wait, is not among the eight. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = json_array_new ();

  json_array_add_object_element (rows, kith_json_new ("id", "s", SENT_HERE, "_arg", "s", SENT_HERE, "counted", "i", (gint64) 1, "free", "s", "1", "held", "i", (gint64) 1, "unit", "s", "bed",
                                                      "since", "s", "2026-11-20T13:00:00.000Z", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "referral-place", rows);
  json_object_set_string_member (body_of (fixture, SENT_HERE), "phase", "contacting");
  be_partner (fixture, TRUE);
  open_place (fixture, "inbox/" SENT_HERE);
  await_words (fixture, "A place is kept (Beds), since");
  be_partner (fixture, FALSE);
  open_place (fixture, "inbox/" SENT_HERE);
  pump (400);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "place-words"));
  json_object_remove_member (json_array_get_object_element (rows, 0), "held");
  json_object_set_string_member (body_of (fixture, SENT_HERE), "phase", "waitlisted");
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (400);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "place-words"));
}

#define ADD_WORK(path, func) g_test_add ("/portal-work/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int failed;

  fixture_begin (&argc, &argv);
  follows = g_ptr_array_new ();
  g_ptr_array_add (follows, (gpointer) SERVICE);
  ADD_WORK ("accept-none-free", test_none_free);
  ADD_WORK ("accept-asked-for", test_asked);
  ADD_WORK ("accept-not-counted", test_not_counted);
  ADD_WORK ("kept-P12", test_kept);
  failed = g_test_run ();
  g_ptr_array_unref (follows);
  return failed;
}
