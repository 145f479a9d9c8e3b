/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cases and who works on them: what the page shows and what it submits. */

#include "desk-fixture.h"
#include "cases/kith-assign-form.h"
#include "cases/kith-assign-plan.h"
#include "cases/kith-case-composer.h"
#include "cases/kith-case-view.h"
#include "referrals/kith-reason-window.h"

#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define CLOSED_CASE "ca000000-0000-7000-8000-000000000006"

static GtkWidget *
shown (Fixture *fixture, const char *name)
{
  return find_widget (GTK_WIDGET (fixture->window), name);
}

static void
write_note (Fixture *fixture, const char *text)
{
  GtkWidget *place = shown (fixture, "rows_place");

  g_assert_nonnull (place);
  while (place && !GTK_IS_TEXT_VIEW (place))
    {
      GtkWidget *next = NULL;

      for (GtkWidget *child = gtk_widget_get_first_child (place); child && !next; child = gtk_widget_get_next_sibling (child))
        if (GTK_IS_TEXT_VIEW (child) || gtk_widget_get_first_child (child))
          next = GTK_IS_LABEL (child) ? NULL : child;
      place = next;
    }
  g_assert_true (GTK_IS_TEXT_VIEW (place));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (place)), text, -1);
  pump (50);
}

static void
test_finalised (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) body = json_object_new ();

  for (int what = KITH_CASE_NOTE; what <= KITH_CASE_STEP; what++)
    {
      GtkWidget *composer = g_object_ref_sink (kith_case_composer_new (fixture->context, A_CASE, body, what, TRUE));

      pump (100);
      g_assert_finalize_object (composer);
    }
}

/* An empty note is not kept; a note is written with who may see it. */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "cases/" A_CASE);
  g_assert_true (act (fixture, "case.note"));
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  write_note (fixture, "Called the landlord.");
  g_assert_true (gtk_widget_get_visible (shown (fixture, "sensitivity")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (shown (fixture, "sensitivity")), 1);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "note.add");
  g_assert_cmpstr (kith_json_string (args, "case"), ==, A_CASE);
  g_assert_cmpstr (kith_json_string (args, "text"), ==, "Called the landlord.");
  g_assert_cmpstr (kith_json_string (args, "sensitivity"), ==, "health");
  g_assert_nonnull (kith_json_string (args, "id"));
  g_assert_null (shown (fixture, "rows_place")); /* closed */
}

static void
test_task (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "cases/" A_CASE);
  g_assert_true (act (fixture, "case.task"));
  type_into (fixture, "subject", "Fetch the letter");
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "task.add");
  g_assert_cmpstr (kith_json_string (args, "subject"), ==, "Fetch the letter");
  g_assert_cmpstr (kith_json_string (args, "case"), ==, A_CASE);
}

/* What comes next is a field of the case: both values travel, so that nothing is overwritten unseen. */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *set;

  open_place (fixture, "cases/" A_CASE);
  g_assert_true (act (fixture, "case.step"));
  type_into (fixture, "next_step", "Sign the lease");
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "record.patch");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "case");
  set = kith_json_object (kith_json_object (args, "set"), "next_step");
  g_assert_cmpstr (kith_json_string (set, "old"), ==, "Call the landlord about the deposit");
  g_assert_cmpstr (kith_json_string (set, "new"), ==, "Sign the lease");
}

/* Closing wants an outcome; what is open cannot be reopened, what is closed cannot be closed. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;
  const char *op;
  JsonObject *args;

  open_place (fixture, "cases/" A_CASE);
  act (fixture, "case.reopen");
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "case.close"));
  window = front_window (fixture);
  g_assert_true (KITH_IS_REASON_WINDOW (window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_signal_emit_by_name (window, "chosen", "need_met", NULL);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "case.close");
  g_assert_cmpstr (kith_json_string (args, "outcome"), ==, "need_met");
  gtk_window_destroy (window);
  pump (50);

  open_place (fixture, "cases/" CLOSED_CASE);
  act (fixture, "case.close");
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "case.reopen"));
  g_assert_true (KITH_IS_REASON_WINDOW (front_window (fixture)));
}

/* A3, A4, A6, A7, A8: what is staged shows what it brings with it; what was found is there again after a reset. */
static void
test_plan (void)
{
  g_autoptr (KithAssignPlan) plan = kith_assign_plan_new ();
  g_autoptr (JsonArray) changes = NULL;

  kith_assign_plan_add_case (plan, "case-1");
  kith_assign_plan_add_case (plan, "case-2");
  kith_assign_plan_found (plan, "", "ana");
  kith_assign_plan_found (plan, "case-1", "ana");
  g_assert_true (kith_assign_plan_is_empty (plan));
  kith_assign_plan_add (plan, "", "linh"); /* A3 */
  g_assert_true (kith_assign_plan_has (plan, "case-1", "linh") && kith_assign_plan_has (plan, "case-2", "linh"));
  kith_assign_plan_remove (plan, "case-1", "linh"); /* A7; from every case: A8 */
  kith_assign_plan_remove (plan, "case-2", "linh");
  g_assert_true (kith_assign_plan_has (plan, "", "linh"));
  g_assert_false (kith_assign_plan_has (plan, "case-1", "linh") || kith_assign_plan_has (plan, "case-2", "linh"));
  kith_assign_plan_add (plan, "case-2", "marcus"); /* A4 */
  g_assert_true (kith_assign_plan_has (plan, "", "marcus"));
  g_assert_false (kith_assign_plan_has (plan, "case-1", "marcus"));
  kith_assign_plan_remove (plan, "", "ana"); /* A6 */
  g_assert_false (kith_assign_plan_has (plan, "case-1", "ana"));
  g_assert_true (kith_assign_plan_had (plan, "case-1", "ana"));
  changes = kith_assign_plan_changes (plan);
  g_assert_cmpuint (json_array_get_length (changes), ==, 5);
  g_assert_false (kith_assign_plan_is_empty (plan));
  kith_assign_plan_reset (plan);
  g_assert_true (kith_assign_plan_is_empty (plan));
}

/* A9: nothing is submitted before Save, then all of it at once. */
static void
test_assign (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *change;
  GtkWindow *window;

  open_place (fixture, "cases/assign:" MARIA);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* nothing to save */
  g_signal_emit_by_name (shown (fixture, "assign-client"), "clicked");
  pump (50);
  window = front_window (fixture);
  g_assert_true (KITH_IS_REASON_WINDOW (window));
  g_signal_emit_by_name (window, "chosen", "50000000-0000-7000-8000-000000000003", NULL);
  gtk_window_destroy (window);
  pump (50);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "summary"))), "Food until benefits start")); /* A3, in words */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "assignment.apply");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  change = json_array_get_object_element (kith_json_array (args, "changes"), 0);
  g_assert_cmpstr (kith_json_string (change, "do"), ==, "add");
  g_assert_null (kith_json_string (change, "case"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("cases/finalised", NULL, test_finalised);
  ADD ("cases/note", NULL, test_note);
  ADD ("cases/task", NULL, test_task);
  ADD ("cases/step", NULL, test_step);
  ADD ("cases/close", NULL, test_close);
  ADD ("assign/save-A9", NULL, test_assign);
  g_test_add_func ("/desk/assign/plan-A3-A4-A6-A7-A8", test_plan);
  return g_test_run ();
}
