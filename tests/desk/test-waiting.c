/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits, on paper: from the board and from the Inbox, with names and without, each person in the log (C13). */

#include "paper-fixture.h"
#include "board/kith-board-lane.h"
#include "print/kith-print-window-private.h"

static KithPrintWindow *
window_of (Fixture *fixture)
{
  pump (200);
  g_assert_true (KITH_IS_PRINT_WINDOW (front_window (fixture)));
  g_assert_true (kith_print_window_ready (KITH_PRINT_WINDOW (front_window (fixture))));
  return KITH_PRINT_WINDOW (front_window (fixture));
}

static GtkWindow *
above (KithPrintWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (window) && ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static KithBoardLane *
first_lane (Fixture *fixture)
{
  return KITH_BOARD_LANE (gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "lanes_box")));
}

/* As it is chosen now; yours */
static char *
paper_of (KithPrintWindow *window)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-waiting.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  kith_print_window_ask (window, "exported");
  for (guint i = 0; i < 100 && !kith_print_window_is_allowed (window, "exported"); i++)
    pump (50);
  g_assert_true (export_to (window, path, &error));
  g_assert_no_error (error);
  text = text_of_pdf (path);
  if (g_getenv ("KITH_KEEP_PDF"))
    {
      g_autofree char *kept = g_strdup_printf ("%s/waiting-%s.pdf", g_getenv ("KITH_KEEP_PDF"), kith_switch_row_get_active (window->names) ? "without" : "with");

      g_rename (path, kept);
    }
  else
    g_unlink (path);
  return text;
}

/* The lane one stands in, in its order; each of them is named to the hub before the paper exists. */
static void
test_lane (Fixture *fixture, gconstpointer data)
{
  g_autofree char *with = NULL, *without = NULL;
  KithPrintWindow *window;
  JsonArray *asked;
  JsonObject *args;

  open_place (fixture, "board");
  pump (150);
  kith_board_lane_enter (first_lane (fixture));
  g_assert_true (act (fixture, "board.print"));
  window = window_of (fixture);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == in_front (fixture, "print_button"));
  g_assert_false (kith_print_window_is_allowed (window, "printed"));
  with = paper_of (window);
  args = last_submitted (fixture, "referral.print_list");
  asked = kith_json_array (args, "referrals");
  g_assert_cmpuint (json_array_get_length (asked), ==, kith_board_lane_get_shown (first_lane (fixture)));
  g_assert_cmpstr (kith_json_string (args, "detail"), ==, "Waiting list with names, PDF");
  assert_has (with, "Referred");
  assert_has (with, "Aaliyah");
  assert_has (with, "11 days");
  assert_has (with, "Printed 20 November 2026");
  assert_has (with, "Ana Delgado");
  assert_has (with, "shared for these referrals alone");

  kith_switch_row_set_active (window->names, TRUE);
  g_assert_false (kith_print_window_is_allowed (window, "exported")); /* another paper */
  without = paper_of (window);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.print_list"), "detail"), ==, "Waiting list without names, PDF");
  g_assert_null (strstr (without, "Aaliyah"));
  assert_has (without, "A. ");
  assert_has (without, "11 days");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* More than twenty people: it is asked first, and nobody is asked for before. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "inbox-new");
  GtkWindow *asks;
  KithPrintWindow *window;

  for (guint i = 0; i < 21; i++)
    {
      g_autofree char *id = g_strdup_printf ("e1000000-0000-7000-8000-0000000000%02u", i);

      json_array_add_object_element (rows, kith_json_new ("id", "s", id, "number", "s", "EC-0100", "phase", "s", "sent", "contact_name", "s", "Bea Quinn", "sent_at", "s",
                                                          "2026-11-19T18:00:00.000Z", NULL));
    }
  open_place (fixture, "inbox");
  pump (150);
  g_assert_true (act (fixture, "referral.print-list"));
  window = window_of (fixture);
  gtk_widget_activate_action (GTK_WIDGET (window), "print.save", NULL);
  pump (100);
  asks = above (window);
  g_assert_nonnull (asks);
  g_assert_true (says (GTK_WIDGET (asks), "People on One Paper?"));
  g_assert_null (window->asked_for);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (asks), "cancel");
  pump (100);
  g_assert_null (window->asked_for);
  gtk_widget_activate_action (GTK_WIDGET (window), "print.save", NULL);
  pump (100);
  fake_desktop_hold_answers (fixture->desktop);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (above (window)), "print");
  g_assert_cmpstr (window->asked_for, ==, "exported:one with names");
  g_object_ref (window); /* closed before the answer comes: no place for the file is asked for */
  gtk_window_destroy (GTK_WINDOW (window));
  fake_desktop_answer_held (fixture->desktop, NULL);
  pump (100);
  g_assert_null (window->chooser);
  g_object_unref (window);
}

/* Somebody comes into the list, and whoever has stood in it first goes. */
static void
change_inbox (Fixture *fixture)
{
  const char *const kinds[] = { "referral", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "inbox-new");

  json_array_remove_element (rows, 0);
  json_array_add_object_element (rows, kith_json_new ("id", "s", "e1000000-0000-7000-8000-000000000099", "number", "s", "EC-0199", "phase", "s", "sent", "contact_name", "s",
                                                      "Newly Come", "sent_at", "s", "2026-11-19T18:00:00.000Z", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
}

static KithPrintWindow *
open_inbox_list (Fixture *fixture)
{
  open_place (fixture, "inbox");
  pump (150);
  g_assert_true (act (fixture, "referral.print-list"));
  return window_of (fixture);
}

static char *
exported (KithPrintWindow *window)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-waiting-changed.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (export_to (window, path, &error));
  g_assert_no_error (error);
  text = text_of_pdf (path);
  g_unlink (path);
  return text;
}

static char *
first_name (Fixture *fixture)
{
  return g_strdup (json_object_get_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "inbox-new"), 0), "contact_name"));
}

/* C13: who came while the hub was asked stands in no log, and so on no paper; who went is on none either. The next paper is asked for anew. */
static void
test_changed_asked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = first_name (fixture), *text = NULL;
  KithPrintWindow *window = open_inbox_list (fixture);

  fake_desktop_hold_answers (fixture->desktop);
  kith_print_window_ask (window, "exported");
  pump (50);
  change_inbox (fixture);
  fake_desktop_answer_held (fixture->desktop, NULL);
  pump (100);
  text = exported (window);
  g_assert_null (strstr (text, "Newly Come"));
  g_assert_null (strstr (text, first));
  assert_has (text, "more are not on this paper");
  change_inbox (fixture);
  g_assert_false (kith_print_window_is_allowed (window, "exported"));
  gtk_window_destroy (GTK_WINDOW (window));
}

#ifndef __SANITIZE_ADDRESS__ /* GTK's own chooser of files loses a little, which the search for leaks would tell */
/* The list goes on while somebody looks for a place for the file: it is saved all the same, with whom the hub was asked for. */
static void
test_changed_choosing (Fixture *fixture, gconstpointer data)
{
  KithPrintWindow *window = open_inbox_list (fixture);
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "print.save", NULL);
  pump (300);
  g_assert_nonnull (window->chooser);
  change_inbox (fixture);
  text = exported (window);
  g_assert_null (strstr (text, "Newly Come"));
  gtk_native_dialog_hide (GTK_NATIVE_DIALOG (window->chooser));
  change_inbox (fixture);
  g_assert_false (kith_print_window_is_allowed (window, "exported"));
  gtk_window_destroy (GTK_WINDOW (window));
}
#endif

/* A paper that says that nobody waits is about nobody: there is nothing to ask the hub. */
static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "inbox-new");
  KithPrintWindow *window;
  g_autofree char *text = NULL;

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  window = open_inbox_list (fixture);
  g_assert_true (kith_print_window_may_print (window, "print.save"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  text = exported (window);
  assert_has (text, "Nobody waits here");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Opens the paper of the board: of that lane, or (-1) of the whole queue */
static KithPrintWindow *
open_board_list (Fixture *fixture, int lane)
{
  GtkWidget *at;

  open_place (fixture, "board");
  pump (150);
  at = GTK_WIDGET (first_lane (fixture));
  for (int i = 0; i < lane; i++)
    at = gtk_widget_get_next_sibling (at);
  if (lane >= 0)
    kith_board_lane_enter (KITH_BOARD_LANE (at));
  else
    gtk_widget_grab_focus (find_widget (GTK_WIDGET (fixture->window), "search"));
  g_assert_true (act (fixture, "board.print"));
  return window_of (fixture);
}

/* Whoever is in service waits no more: the paper says since when they stand there, and is none of who waits. */
static void
test_not_waiting (Fixture *fixture, gconstpointer data)
{
  JsonArray *cards = fake_desktop_list (fixture->desktop, "board-cards");
  g_autofree char *text = NULL;
  KithPrintWindow *window;

  for (guint i = 0; i < json_array_get_length (cards); i++)
    json_object_set_string_member (json_array_get_object_element (cards, i), "phase", "in_service");
  window = open_board_list (fixture, -1);
  g_assert_cmpstr (kith_print_window_title (window), ==, "Referrals");
  text = paper_of (window);
  assert_has (text, "Referrals");
  assert_has (text, "In this status since");
  assert_has (text, "11 days");
  g_assert_null (strstr (text, "Waits since"));
  g_assert_null (strstr (text, "Who waits"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A file's name says which list it is and of which day, and nobody's name. */
static void
test_file_name (Fixture *fixture, gconstpointer data)
{
  KithPrintWindow *window = open_board_list (fixture, 0);
  g_autofree char *lane = kith_print_window_file_name (window), *whole = NULL, *inbox = NULL;

  g_assert_cmpstr (lane, ==, "Housing – Referred 2026-11-20.pdf");
  g_assert_cmpstr (kith_print_window_title (window), ==, "Who waits");
  gtk_window_destroy (GTK_WINDOW (window));
  window = open_board_list (fixture, -1);
  whole = kith_print_window_file_name (window);
  g_assert_cmpstr (whole, ==, "Housing 2026-11-20.pdf");
  gtk_window_destroy (GTK_WINDOW (window));
  window = open_inbox_list (fixture);
  inbox = kith_print_window_file_name (window);
  g_assert_cmpstr (inbox, ==, "Inbox – New 2026-11-20.pdf");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* P12, P16: a portal account knows a referral by the number of the contact record, on paper too, with the details as without them. */
static void
test_portal_number (Fixture *fixture, gconstpointer data)
{
  KithPrintWindow *window;
  g_autofree char *text = NULL;

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  ((KithActor *) kith_desktop_get_actor (fixture->desktop))->sees_details = TRUE;
  json_object_set_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "inbox-new"), 0), "contact_number", "NA-0077");
  window = open_inbox_list (fixture);
  text = paper_of (window);
  assert_has (text, "NA-0077");
  g_assert_null (strstr (text, "EC-0031"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who does not know the key finds a button in the head of the list. */
static void
test_button (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "inbox", "sent" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *button;

      open_place (fixture, places[i]);
      pump (150);
      button = find_widget (GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window))), "print-list");
      g_assert_true (gtk_widget_get_mapped (button));
      g_signal_emit_by_name (button, "clicked");
      gtk_window_destroy (GTK_WINDOW (window_of (fixture)));
      pump (50);
    }
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("waiting/lane", NULL, test_lane);
  ADD ("waiting/portal-number-P12-P16", NULL, test_portal_number);
  ADD ("waiting/many", NULL, test_many);
  ADD ("waiting/changed-asked", NULL, test_changed_asked);
#ifndef __SANITIZE_ADDRESS__
  ADD ("waiting/changed-choosing", NULL, test_changed_choosing);
#endif
  ADD ("waiting/nobody", NULL, test_nobody);
  ADD ("waiting/not-waiting", NULL, test_not_waiting);
  ADD ("waiting/file-name", NULL, test_file_name);
  ADD ("waiting/button", NULL, test_button);
  return g_test_run ();
}
