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
  ADD ("corrections/C19-officer-prints", NULL, test_officer_prints);
  ADD ("corrections/C19-count", NULL, test_count);
  ADD ("corrections/C19-disagreement", NULL, test_disagreement);
  ADD ("corrections/C19-others", NULL, test_others);
  return g_test_run ();
}
