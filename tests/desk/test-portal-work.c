/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What whoever a referral came to does with it, a small partner by the eight fields alone: takes it, and says how it goes (P6, P10, P12, sync.md 2.5). */

#include "desk-fixture.h"
#include "referrals/kith-reason-window.h"

#define SENT_HERE "e0000000-0000-7000-8000-000000000001"
#define HOUSING "9e000000-0000-7000-8000-000000000001"
#define STATUS(n) "9e500000-0000-7000-8000-0000000000" n
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
  if (g_strcmp0 (free, "2") == 0) /* it goes to whoever comes first at the hub */
    await_words (fixture, "Ask for the Place");
  else
    g_assert_false (says (GTK_WIDGET (fixture->window), "Ask for the Place"));
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

/* It stands in a queue that has two statuses for one phase. */
static void
set_queue (Fixture *fixture, const char *phase, const char *status)
{
  JsonObject *body = body_of (fixture, SENT_HERE), *data = fake_desktop_get_data (fixture->desktop);
  JsonArray *rows = fake_desktop_list (fixture->desktop, "queue-statuses"), *records = json_array_new ();

  if (!json_object_has_member (data, "records"))
    json_array_add_object_element (rows, kith_json_new ("id", "s", STATUS ("08"), "_arg", "s", HOUSING, "name", "s", "Waiting for papers", "phase", "s", "contacting", "n", "s", "0", NULL));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      json_array_add_object_element (records, kith_json_new ("kind", "s", "queue_status", "id", "s", kith_json_string (row, "id"), "body", "o",
                                                             kith_json_new ("queue", "s", HOUSING, "name", "s", kith_json_string (row, "name"), "phase", "s", kith_json_string (row, "phase"),
                                                                            "place", "i", (gint64) i, NULL),
                                                             NULL));
    }
  json_object_set_array_member (data, "records", records);
  json_object_set_string_member (body, "phase", phase);
  json_object_set_string_member (body, "queue", HOUSING);
  json_object_set_string_member (body, "queue_status", status);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (100);
}

static GtkListBoxRow *
find_answer (Fixture *fixture, const char *title)
{
  GtkWidget *list = in_front (fixture, "list");
  GtkListBoxRow *row;

  for (int i = 0; list && (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)); i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      return row;
  return NULL;
}

/* All that is offered, in its order. */
static char *
answers (Fixture *fixture)
{
  GString *all = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (in_front (fixture, "list")), i)); i++)
    g_string_append_printf (all, "%s%s", i ? ", " : "", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return g_string_free (all, FALSE);
}

static void
ask_status (Fixture *fixture, const char *offered)
{
  g_autofree char *all = NULL;

  open_place (fixture, "inbox/" SENT_HERE);
  pump (200);
  await_act (fixture, "referral.status");
  for (guint i = 0; i < 100 && !(in_front (fixture, "list") && gtk_list_box_get_row_at_index (GTK_LIST_BOX (in_front (fixture, "list")), 0)); i++)
    pump (50);
  all = answers (fixture);
  g_assert_cmpstr (all, ==, offered);
}

/* Chosen, and Enter. */
static void
choose (Fixture *fixture, const char *title, const char *text)
{
  g_assert_nonnull (find_answer (fixture, title));
  gtk_list_box_select_row (GTK_LIST_BOX (in_front (fixture, "list")), find_answer (fixture, title));
  if (text)
    gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "text")), text);
  commit_front (fixture);
  pump (100);
}

static JsonObject *
assert_moved (Fixture *fixture, const char *was, const char *status)
{
  JsonObject *args = last_submitted (fixture, "queue.move");

  g_assert_cmpstr (kith_json_string (args, "referral"), ==, SENT_HERE);
  g_assert_cmpstr (kith_json_string (args, "queue"), ==, HOUSING);
  g_assert_cmpstr (kith_json_string (args, "was"), ==, was);
  g_assert_cmpstr (kith_json_string (args, "status"), ==, status);
  return args;
}

/* P1, P6: in a queue the statuses are that queue's, by their names and in their order, two of one phase too. What the receiver's staff may do beside is there as well. */
static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  set_queue (fixture, "contacting", STATUS ("02"));
  ask_status (fixture, "Enrolled, On the wait list, Graduated, No longer offered, Waiting for papers, Paused");
  choose (fixture, "Waiting for papers", "Rang twice");
  g_assert_cmpstr (kith_json_string (assert_moved (fixture, STATUS ("02"), STATUS ("08")), "text"), ==, "Rang twice");
  wait_front_gone (fixture);

  set_queue (fixture, "contacting", STATUS ("08")); /* and back */
  ask_status (fixture, "Attempting contact, Enrolled, On the wait list, Graduated, No longer offered, Paused");
  choose (fixture, "Attempting contact", NULL);
  g_assert_null (kith_json_string (assert_moved (fixture, STATUS ("08"), STATUS ("02")), "text"));
  wait_front_gone (fixture);

  ask_status (fixture, "Attempting contact, Enrolled, On the wait list, Graduated, No longer offered, Paused");
  choose (fixture, "Paused", "Until May");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.set_status"), "phase"), ==, "paused");
}

/* P6, 2e: before anybody answered, its queue may tell more than that it was sent. */
static void
test_before_answer (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "queue-statuses");

  json_array_add_object_element (rows, kith_json_new ("id", "s", STATUS ("09"), "_arg", "s", HOUSING, "name", "s", "Read", "phase", "s", "sent", "n", "s", "0", NULL));
  set_queue (fixture, "sent", STATUS ("01"));
  ask_status (fixture, "Attempting contact, Enrolled, On the wait list, Graduated, No longer offered, Declined, Read, Waiting for papers");
  choose (fixture, "Read", NULL);
  assert_moved (fixture, STATUS ("01"), STATUS ("09"));
}

/* P6, 2f: what the phase of a status asks for is asked: why the client waits in the same window, an outcome or a reason in the next, with the words that were written. */
static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  guint n;

  set_queue (fixture, "contacting", STATUS ("02"));
  ask_status (fixture, "Enrolled, On the wait list, Graduated, No longer offered, Waiting for papers, Paused");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  choose (fixture, "On the wait list", NULL);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Say it in words, please."));
  choose (fixture, "On the wait list", "Until a bed is free");
  args = assert_moved (fixture, STATUS ("02"), STATUS ("04"));
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "other");
  g_assert_cmpstr (kith_json_string (args, "text"), ==, "Until a bed is free");
  wait_front_gone (fixture);

  set_queue (fixture, "in_service", STATUS ("03"));
  ask_status (fixture, "Attempting contact, On the wait list, Graduated, No longer offered, Waiting for papers, Paused");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  choose (fixture, "Graduated", "Moved in on Monday");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  g_assert_cmpstr (gtk_window_get_title (front_window (fixture)), ==, "Move to “Graduated”");
  for (guint i = 0; i < 100 && !find_answer (fixture, "Housed"); i++)
    pump (50);
  choose (fixture, "Housed", NULL);
  args = assert_moved (fixture, STATUS ("03"), STATUS ("05"));
  g_assert_cmpstr (kith_json_string (args, "outcome"), ==, "need_met");
  g_assert_cmpstr (kith_json_string (args, "text"), ==, "Moved in on Monday");
  wait_front_gone (fixture);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "reason:referral.set_status:" SENT_HERE)); /* it was said */
}

/* Where its queue has none for its phase it stands in one of another: that it is so now can be said. */
static void
test_stood_in (Fixture *fixture, gconstpointer data)
{
  set_queue (fixture, "accepted", STATUS ("02"));
  ask_status (fixture, "Attempting contact, Enrolled, On the wait list, Graduated, No longer offered, Waiting for papers, Paused");
  choose (fixture, "Attempting contact", NULL);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.set_status"), "phase"), ==, "contacting");
}

/* P6, P10, P12: the small partner alike, and to statuses of that queue alone; who may only look has none to choose. */
static void
test_partner (Fixture *fixture, gconstpointer data)
{
  set_queue (fixture, "contacting", STATUS ("02"));
  be_partner (fixture, FALSE);
  ask_status (fixture, "Enrolled, On the wait list, Graduated, No longer offered, Waiting for papers");
  choose (fixture, "Waiting for papers", NULL);
  assert_moved (fixture, STATUS ("02"), STATUS ("08"));
  wait_front_gone (fixture);
  ((KithActor *) kith_desktop_get_actor (fixture->desktop))->changes_status = FALSE;
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (300);
  act (fixture, "referral.status");
  pump (100);
  g_assert_null (front_window (fixture));
}

/* Sync.md 2.5: by a status of its queue it is accepted as well, and no bed is promised by that either. */
static void
test_accept_by_status (Fixture *fixture, gconstpointer data)
{
  set_place (fixture, "2", NULL);
  set_queue (fixture, "sent", STATUS ("01"));
  be_partner (fixture, FALSE);
  ask_status (fixture, "Attempting contact, Enrolled, On the wait list, Graduated, No longer offered, Declined, Waiting for papers");
  choose (fixture, "Attempting contact", NULL);
  assert_moved (fixture, STATUS ("01"), STATUS ("02"));
  await_words (fixture, "Accepted. A place is asked for, not confirmed yet: Aaliyah Washington");
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
  ADD_WORK ("statuses-P1-P6", test_statuses);
  ADD_WORK ("before-answer-P6", test_before_answer);
  ADD_WORK ("reasons-P6-2f", test_reasons);
  ADD_WORK ("stood-in-P6", test_stood_in);
  ADD_WORK ("partner-P6-P10", test_partner);
  ADD_WORK ("accept-by-status-P6", test_accept_by_status);
  failed = g_test_run ();
  g_ptr_array_unref (follows);
  return failed;
}
