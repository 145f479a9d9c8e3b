/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Corrections clients ask for (C19): the page of those who answer, and the client's word against a refusal. */

#include "desk-fixture.h"
#include "widgets/kith-choice-row.h"

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
  act (fixture, "correction.print");    /* the client's record is not on this computer */
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "correction.answer"));
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "answer")), "accepted");
  save_front (fixture);
  args = last_submitted (fixture, "amendment.decide");
  g_assert_cmpstr (kith_json_string (args, "request"), ==, NOT_HERE);
  g_assert_cmpstr (kith_json_string (args, "answer"), ==, "accepted");
  g_assert_cmpstr (kith_json_string (args, "decided_on"), ==, "2026-11-20");
  act (fixture, "correction.answer"); /* the first answer stands */
  g_assert_null (front_window (fixture));
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
  act (fixture, "correction.disagree"); /* once */
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "correction.print"));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_front (fixture, "paper"))), ==, 2);
}

/* Who may not answer is told whose work that is, and sees none of it: it is not on their computer. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, 0);
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
  ADD ("corrections/C19-disagreement", NULL, test_disagreement);
  ADD ("corrections/C19-others", NULL, test_others);
  return g_test_run ();
}
