/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Corrections clients ask for (C19): the page of those who answer, and the client's word against a refusal. */

#include "desk-fixture.h"
#include "paper-fixture.h"

#include <glib/gstdio.h>

#include "print/kith-print-window.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-nav-row.h"

#define ASKED "aa000000-0000-7000-8000-000000000001"
#define NOT_HERE "aa000000-0000-7000-8000-000000000004"
#define REFUSED "aa000000-0000-7000-8000-000000000003"

static void
wait_for (Fixture *fixture, const char *words)
{
  for (guint i = 0; i < 50 && !says (GTK_WIDGET (fixture->window), words); i++)
    pump (100);
  g_test_message ("%s", words);
  SAYS (words);
}

/* A privacy officer without another duty, who works with no client: the number says whose record it is, and it is answered all the same. */
static void
test_officer (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_PRIVACY);
  open_place (fixture, "corrections/" NOT_HERE);
  wait_for (fixture, "HA-0107");
  wait_for (fixture, "My birthday is wrong.");
  act (fixture, "correction.disagree"); /* nothing was refused */
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "correction.answer"));
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "answer")), "accepted");
  save_front (fixture);
  args = last_submitted (fixture, "amendment.decide");
  g_assert_cmpstr (kith_json_string (args, "request"), ==, NOT_HERE);
  g_assert_cmpstr (kith_json_string (args, "answer"), ==, "accepted");
  g_assert_cmpstr (kith_json_string (args, "decided_on"), ==, "2026-11-20");
  pump (1000);
  act (fixture, "correction.answer"); /* the first answer stands: what can be answered now is another request */
  if (front_window (fixture))
    {
      kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "answer")), "accepted");
      save_front (fixture);
      g_assert_cmpstr (kith_json_string (last_submitted (fixture, "amendment.decide"), "request"), !=, NOT_HERE);
    }
}

static void
told_cb (KithContext *context, const char *text, const char *op, char **told)
{
  g_free (*told);
  *told = g_strdup (text);
}

/* Access to what the client asks ends while it is answered: the window goes with it, and what was typed is kept (C4, I6). */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "amendment_request", NULL };
  JsonArray *here = json_array_new ();
  g_autofree char *told = NULL;
  gulong id = g_signal_connect (fixture->context, "toast", G_CALLBACK (told_cb), &told);

  json_array_add_object_element (here, kith_json_new ("id", "s", NOT_HERE, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "amendment", here);
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_PRIVACY);
  open_place (fixture, "corrections/" NOT_HERE);
  wait_for (fixture, "HA-0107");
  g_assert_true (act (fixture, "correction.answer"));
  pump (150);
  g_assert_nonnull (front_window (fixture));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "amendment", json_array_new ());
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (300);
  g_assert_null (front_window (fixture));
  g_assert_nonnull (told);
  g_assert_nonnull (strstr (told, "Your access to what this client asks has ended"));
  g_signal_handler_disconnect (fixture->context, id);
}

/* The hub signs it. */
static void
record_disagreement (Fixture *fixture)
{
  static const char *const kinds[] = { "amendment_request", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "amendments");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), REFUSED) == 0)
      {
        json_object_set_string_member (json_array_get_object_element (rows, i), "disagreed_at", "2026-11-18T17:05:00.000Z");
        json_object_set_string_member (json_array_get_object_element (rows, i), "disagreed_by_name", "Marcus Reed");
      }
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
}

static void
test_disagreement (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  GtkWidget *view;

  open_place (fixture, "corrections/" REFUSED);
  wait_for (fixture, "Another agency wrote it");
  g_assert_true (act (fixture, "correction.disagree"));
  view = in_front (fixture, "disagreement");
  g_assert_nonnull (view);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (g_object_get_data (G_OBJECT (view), "focus"))), "It is mine, and it is wrong.", -1);
  save_front (fixture);
  args = last_submitted (fixture, "amendment.disagree");
  g_assert_cmpstr (kith_json_string (args, "request"), ==, REFUSED);
  g_assert_cmpstr (kith_json_string (args, "disagreement"), ==, "It is mine, and it is wrong.");
  wait_for (fixture, "It is mine, and it is wrong.");
  record_disagreement (fixture);
  wait_for (fixture, "18 Nov, Marcus Reed"); /* when it was recorded, and by whom, beside the day the client wrote it */
  act (fixture, "correction.disagree"); /* once */
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "correction.print"));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_front (fixture, "paper"))), ==, 2);
}

/* C19: on paper too, without the client's record: that one paper alone, and it is noted. */
static void
test_officer_prints (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-corrections.pdf", NULL), *text = NULL, *command = NULL;
  g_autoptr (GError) error = NULL;

  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_PRIVACY);
  open_place (fixture, "corrections/" NOT_HERE);
  wait_for (fixture, "HA-0107");
  g_assert_true (act (fixture, "correction.print"));
  pump (100);
  g_assert_true (KITH_IS_PRINT_WINDOW (front_window (fixture)));
  g_assert_null (in_front (fixture, "paper"));
  g_assert_true (gtk_widget_get_sensitive (in_front (fixture, "save_button")));
  kith_print_window_ask (KITH_PRINT_WINDOW (front_window (fixture)), "exported");
  pump (50);
  export_to (KITH_PRINT_WINDOW (front_window (fixture)), path, &error);
  g_assert_no_error (error);
  command = g_strdup_printf ("pdftotext -raw %s -", path);
  g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, &error));
  g_assert_no_error (error);
  g_strdelimit (text, "\n\f", ' '); /* where lines break is of no interest */
  g_assert_nonnull (strstr (text, "HA-0107"));
  g_assert_nonnull (strstr (text, "My birthday is wrong."));
  g_assert_nonnull (strstr (text, "right to have a record corrected"));
  g_assert_null (strstr (text, "no consent to share")); /* that is not known here */
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, 1);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_noted (fixture->desktop, 0), "what"), ==, "exported");
  g_unlink (path);
}

static void
write_in (Fixture *fixture, const char *row, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (g_object_get_data (G_OBJECT (in_front (fixture, row)), "focus"))), text, -1);
}

/* C19, 164.522: what the client wants kept from somebody is taken down with from whom; a correction's form says nothing of that, so that every hub takes it. */
static void
test_restriction_asked (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.ask-restriction"));
  g_assert_null (in_front (fixture, "wanted"));
  g_assert_null (in_front (fixture, "type"));
  write_in (fixture, "about", "Do not tell anybody that I stay here.");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "whom")), "My employer");
  save_front (fixture);
  args = last_submitted (fixture, "amendment.ask");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "restriction");
  g_assert_cmpstr (kith_json_string (args, "whom"), ==, "My employer");
  g_assert_cmpstr (kith_json_string (args, "asked_on"), ==, "2026-11-20");
  g_assert_false (json_object_has_member (args, "wanted"));
  g_assert_true (act (fixture, "client.ask-restriction"));
  write_in (fixture, "about", "Write to my sister.");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "whom")), "My employer");
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "contact")), TRUE);
  g_assert_null (in_front (fixture, "whom")); /* nothing is kept from anybody */
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "contact")), FALSE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "whom"))), ==, "My employer"); /* by mistake: what was typed is there */
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "contact")), TRUE);
  save_front (fixture);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "amendment.ask"), "type"), ==, "contact");
  g_assert_false (json_object_has_member (last_submitted (fixture, "amendment.ask"), "whom"));
  g_assert_true (act (fixture, "client.ask-amendment"));
  g_assert_null (in_front (fixture, "whom"));
  write_in (fixture, "about", "I never slept there.");
  save_front (fixture);
  g_assert_false (json_object_has_member (last_submitted (fixture, "amendment.ask"), "type"));
  g_assert_false (json_object_has_member (last_submitted (fixture, "amendment.ask"), "whom"));
}

/* The answer has no ground of a correction, and leads to what carries it out: nothing of that is done by itself, and what was typed is kept. */
static void
test_restriction_answered (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list;
  JsonObject *args;

  fake_agency_restrict (fixture->desktop, MARIA, FALSE);
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "consent")), TRUE);
  pump (200);
  list = find_widget (GTK_WIDGET (fixture->window), "client-amendments-list");
  g_assert_true (gtk_widget_activate_action (list, "client.answer-amendment", "s", FAKE_RESTRICTION));
  pump (100);
  g_assert_null (in_front (fixture, "basis"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Kept from: My former employer."));
  write_in (fixture, "reason", "The front desk knows.");
  g_signal_emit_by_name (in_front (fixture, "client.restrict"), "clicked");
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_nonnull (in_front (fixture, "reason")); /* of the record's restriction */
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Only supervisors and the staff assigned to this client"));
  gtk_window_destroy (front_window (fixture));
  pump (100);
  g_assert_true (gtk_widget_activate_action (list, "client.answer-amendment", "s", FAKE_RESTRICTION));
  pump (200);
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "answer")), "accepted");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "keep"))), ==, ""); /* the answerer's own words, not the client's */
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "keep")), "Say nothing about her to callers.");
  save_front (fixture);
  args = last_submitted (fixture, "amendment.decide");
  g_assert_cmpstr (kith_json_string (args, "answer"), ==, "accepted");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "restriction");
  g_assert_cmpstr (kith_json_string (args, "keep"), ==, "Say nothing about her to callers.");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "The front desk knows.");
  g_assert_false (json_object_has_member (args, "basis"));
}

/* The text of a paper of Maria's. Yours */
static char *
printed (Fixture *fixture, KithPaper paper)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-restriction.pdf", NULL), *command = g_strdup_printf ("pdftotext -raw %s -", path);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  kith_print_window_choose (KITH_PRINT_WINDOW (front_window (fixture)), paper);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "language")), 1); /* English */
  kith_print_window_ask (KITH_PRINT_WINDOW (front_window (fixture)), "exported");
  pump (50);
  export_to (KITH_PRINT_WINDOW (front_window (fixture)), path, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, &error));
  g_assert_no_error (error);
  g_strdelimit (text, "\n\f", ' ');
  g_unlink (path);
  gtk_window_destroy (front_window (fixture));
  pump (100);
  return text;
}

/* What was agreed goes along with the record on paper, in the words for colleagues, and what was asked and answered on a paper of its own; the face sheet, which is handed out, has neither
 * (C11). */
static void
test_restriction_printed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *face = NULL, *whole = NULL, *answers = NULL;

  before = printed (fixture, KITH_PAPER_RECORD);
  g_assert_null (strstr (before, "Say nothing about her"));
  fake_agency_restrict (fixture->desktop, MARIA, TRUE);
  face = printed (fixture, KITH_PAPER_FACE_SHEET);
  g_assert_null (strstr (face, "Say nothing about her"));
  g_assert_null (strstr (face, "that I stay here"));
  g_assert_null (strstr (face, "My former employer"));
  whole = printed (fixture, KITH_PAPER_RECORD);
  g_assert_nonnull (strstr (whole, "Restriction: Say nothing about her to callers."));
  answers = printed (fixture, KITH_PAPER_CORRECTIONS);
  g_assert_nonnull (strstr (answers, "My former employer"));
  g_assert_nonnull (strstr (answers, "13 November 2026, Rosa Méndez"));
}

/* What was agreed stands above the record, in every part of it; it is ended with a reason, by those who answer. */
static void
test_restriction_agreed (Fixture *fixture, gconstpointer data)
{
  static const char *const words = "Restriction: Say nothing about her to callers.";
  JsonObject *args;

  fake_agency_restrict (fixture->desktop, MARIA, TRUE);
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "cases")), TRUE);
  pump (200);
  SAYS (words);
  open_place (fixture, "corrections/" FAKE_RESTRICTION);
  wait_for (fixture, "My former employer");
  g_assert_true (act (fixture, "correction.end"));
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "must be filled in"));
  write_in (fixture, "end_reason", "She asked for it.");
  save_front (fixture);
  args = last_submitted (fixture, "amendment.end");
  g_assert_cmpstr (kith_json_string (args, "request"), ==, FAKE_RESTRICTION);
  g_assert_cmpstr (kith_json_string (args, "ended_on"), ==, "2026-11-20");
  g_assert_cmpstr (kith_json_string (args, "end_reason"), ==, "She asked for it.");
  g_assert_false (kith_json_bool (args, "agreed", FALSE));
  wait_for (fixture, "It stays restricted: the client did not agree to the end."); /* and the client may agree later */
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "consent")), TRUE);
  wait_for (fixture, "She asked for it. The client did not agree to the end.");
  open_place (fixture, "corrections/" FAKE_RESTRICTION);
  wait_for (fixture, "My former employer");
  g_assert_true (act (fixture, "correction.end"));
  write_in (fixture, "end_reason", "She agrees.");
  adw_action_row_activate (ADW_ACTION_ROW (in_front (fixture, "agreed")));
  save_front (fixture);
  g_assert_true (kith_json_bool (last_submitted (fixture, "amendment.end"), "agreed", FALSE));
  pump (200);
  SAYS ("It is over");
  SAYS ("Agreed to the end");
  g_assert_false (says (GTK_WIDGET (fixture->window), "It stays restricted: the client did not agree to the end."));
  act (fixture, "correction.end");
  g_assert_null (front_window (fixture));
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "consent")), TRUE);
  wait_for (fixture, "She agrees. The client agreed to the end.");
}

/* What was asked of a linked record is carried out in that record, not in the one that is open. */
static void
test_restriction_of_linked (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows;
  GtkWidget *list;

  fake_agency_restrict (fixture->desktop, MARIA, FALSE);
  rows = fake_desktop_list (fixture->desktop, "client-amendments");
  json_object_set_string_member (json_array_get_object_element (rows, json_array_get_length (rows) - 1), "source", "EC-0107");
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "consent")), TRUE);
  pump (200);
  list = find_widget (GTK_WIDGET (fixture->window), "client-amendments-list");
  g_assert_true (gtk_widget_activate_action (list, "client.answer-amendment", "s", FAKE_RESTRICTION));
  pump (100);
  g_assert_null (in_front (fixture, "client.restrict"));
  g_assert_null (in_front (fixture, "client.edit"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "To the Client’s Record"));
}

/* A restriction that was refused is not disagreed with in writing (164.526(d) is of corrections), and is not ended. */
static void
test_restriction_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) args = kith_json_new ("request", "s", FAKE_RESTRICTION, "answer", "s", "refused", "reason", "s", "The law says otherwise", NULL);

  fake_agency_restrict (fixture->desktop, MARIA, FALSE);
  fake_agency_carry_out (fixture->desktop, "amendment.decide", args);
  open_place (fixture, "corrections/" FAKE_RESTRICTION);
  wait_for (fixture, "The law says otherwise");
  act (fixture, "correction.disagree");
  act (fixture, "correction.end");
  g_assert_null (front_window (fixture));
}

/* What waits to be answered stands in the sidebar, for those who answer. */
static void
test_count (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = NULL;

  for (guint i = 0; i < 40; i++)
    pump (100); /* built when it is quiet */
  for (int i = 0; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "nav")), i))); i++)
    if (g_str_equal (kith_nav_row_get_page_class (KITH_NAV_ROW (row))->name, "corrections"))
      break;
  g_assert_nonnull (row);
  g_assert_true (says (row, "2"));
}

/* Who may not answer is told whose work that is, and sees none of it: it is not on their computer. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, 0);
  g_signal_emit_by_name (fixture->context, "actor-changed"); /* the page may have been built to count */
  fake_desktop_set_empty (fixture->desktop, TRUE);
  open_place (fixture, "corrections");
  wait_for (fixture, "For Supervisors and Privacy Officers");
  act (fixture, "correction.answer");
  g_assert_null (front_window (fixture));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("corrections/C19-officer", NULL, test_officer);
  ADD ("corrections/C19-ends", NULL, test_ends);
  ADD ("corrections/C19-officer-prints", NULL, test_officer_prints);
  ADD ("corrections/C19-count", NULL, test_count);
  ADD ("corrections/C19-disagreement", NULL, test_disagreement);
  ADD ("corrections/C19-others", NULL, test_others);
  ADD ("corrections/C19-restriction-asked", NULL, test_restriction_asked);
  ADD ("corrections/C19-restriction-answered", NULL, test_restriction_answered);
  ADD ("corrections/C19-restriction-of-linked", NULL, test_restriction_of_linked);
  ADD ("corrections/C19-restriction-refused", NULL, test_restriction_refused);
  ADD ("corrections/C19-restriction-agreed", NULL, test_restriction_agreed);
  ADD ("corrections/C19-restriction-printed", NULL, test_restriction_printed);
  return g_test_run ();
}
