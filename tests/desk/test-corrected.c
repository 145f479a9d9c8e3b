/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was mistyped is put right where it stands: tasks, enrollments, assessments; over the fake desktop. */

#include "desk-fixture.h"

#include "widgets/kith-choice-row.h"

#define A_CASE "ca000000-0000-7000-8000-000000000001"

/* U5, D12: when somebody came into a program, and went, is put right by the agency that wrote it; another's is only read. */
static void
test_enrollment_corrected (Fixture *fixture, gconstpointer data)
{
  static const char *const open = "e1000000-0000-7000-8000-000000000001", *const over = "e1000000-0000-7000-8000-000000000002";
  JsonObject *set;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "client-enrolled-here-list"), "client.correct-enrollment", "s", open));
  pump (100);
  save_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* left as it was */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "services")), TRUE);
  pump (100);
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "client-enrollments-list"), "client.correct-enrollment", "s", open));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "started_on")), "2026-09-01");
  save_front (fixture);
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "record.patch"), "t"), ==, "enrollment");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "started_on"), "old"), ==, "2026-09-10");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "started_on"), "new"), ==, "2026-09-01");
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "client-enrollments-list"), "client.correct-enrollment-end", "s", over));
  pump (100);
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "end_reason")), "mistake");
  save_front (fixture);
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "record.patch"), "id"), ==, over);
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "end_reason"), "new"), ==, "mistake");
}

static guint
count_buttons (GtkWidget *widget, const char *action)
{
  guint n = GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, action);
  return n;
}

/* U6, D12: so is from when to when somebody worked with the client. */
static void
test_member_corrected (Fixture *fixture, gconstpointer data)
{
  JsonObject *set;
  GtkWidget *list;

  open_place (fixture, "clients/" MARIA);
  list = find_widget (GTK_WIDGET (fixture->window), "client-care-team-list");
  g_assert_true (gtk_widget_activate_action (list, "client.correct-member", "s", "ct1"));
  pump (100);
  g_assert_null (in_front (fixture, "role")); /* another role is another entry */
  save_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* left as it was */
  g_assert_true (gtk_widget_activate_action (list, "client.correct-member", "s", "ct1"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "started_on")), "2026-08-03");
  save_front (fixture);
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "record.patch"), "t"), ==, "care_team_member");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "record.patch"), "id"), ==, "ct1");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "started_on"), "old"), ==, "2026-09-03");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "started_on"), "new"), ==, "2026-08-03");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
  g_assert_true (gtk_widget_activate_action (list, "client.correct-member-end", "s", "ct3"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "ended_on")), "2026-10-11");
  save_front (fixture);
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "ended_on"), "old"), ==, "2026-10-01");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "ended_on"), "new"), ==, "2026-10-11");
  /* what another role followed was not left: of Linh's alone an end is put right */
  g_assert_cmpuint (count_buttons (list, "client.correct-member-end"), ==, 1);
}

static guint
count_saying (GtkWidget *widget, const char *words)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_saying (child, words);
  return n;
}

/* What of a task is submitted as corrected: field, before, after; NULL: nothing */
static void
assert_task_changed (Fixture *fixture, const char *task, const char *field, const char *old, const char *new)
{
  JsonObject *args = last_submitted (fixture, "record.patch"), *set = kith_json_object (args, "set"), *change = kith_json_object (set, field);

  g_assert_cmpstr (kith_json_string (args, "t"), ==, "task");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, task);
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_nonnull (change);
  g_assert_cmpstr (kith_json_string (change, "old"), ==, old);
  g_assert_cmpstr (kith_json_string (change, "new"), ==, new);
}

/* A follow-up task that was mistyped is put right where it stands, by its button or its key: its words, its day, and for whom it is. It can be taken back. */
static void
test_task_corrected (Fixture *fixture, gconstpointer data)
{
  static const char *const bus = "70000000-0000-7000-8000-0000000000a1";
  g_autofree char *due = NULL;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "task.edit")); /* the other one is done */
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "subject"))), ==, "Ask whether the school bus now stops at the shelter");
  save_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (act (fixture, "task.edit"));
  pump (100);
  due = g_strdup (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "due_on"))));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "subject")), "");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "must be filled in"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "subject")), "Ask about the bus");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "due_on")), "some day");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Due: this day is not understood."));
  g_assert_cmpuint (count_saying (GTK_WIDGET (front_window (fixture)), "Write it as"), ==, 1); /* beside the field */
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "due_on")), due);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "subject")), "Ask about the school bus");
  save_front (fixture);
  assert_task_changed (fixture, bus, "subject", "Ask whether the school bus now stops at the shelter", "Ask about the school bus");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
  g_assert_true (act (fixture, "task.edit"));
  pump (100);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_front (fixture, "staff"))), ==, 0); /* mine, until somebody else is chosen */
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "staff")), 1);
  save_front (fixture);
  assert_task_changed (fixture, bus, "staff", "50000000-0000-7000-8000-000000000001", "50000000-0000-7000-8000-000000000002");
}

/* What a line of My Day is of. */
static GtkWidget *
line_of (GtkWidget *inside, const char *what)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_BOX_ROW (inside) && gtk_widget_get_mapped (inside) && g_object_get_data (G_OBJECT (inside), what))
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = line_of (child, what);
  return found;
}

/* Of several it is the one in focus; what is about nothing is nobody else's, and what is another agency's is not corrected here (A2). */
static void
test_task_in_focus (Fixture *fixture, gconstpointer data)
{
  JsonObject *first = json_array_get_object_element (fake_desktop_list (fixture->desktop, "tasks-due"), 0);
  static const char *const kinds[] = { "task", NULL };

  open_place (fixture, "today");
  pump (200);
  g_assert_true (gtk_widget_grab_focus (line_of (GTK_WIDGET (fixture->window), "referral")));
  g_assert_true (act (fixture, "task.edit"));
  g_assert_null (front_window (fixture)); /* three tasks stand there: the first has the focus now */
  g_assert_true (act (fixture, "task.edit"));
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "subject"))), ==, kith_json_string (first, "subject"));
  g_assert_nonnull (in_front (fixture, "staff"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "due_on")), "2026-11-24");
  save_front (fixture);
  assert_task_changed (fixture, kith_json_string (first, "id"), "due_on", kith_json_string (first, "due_on"), "2026-11-24");
  json_object_set_string_member (first, "agency", "a0000000-0000-7000-8000-0000000000ff");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_true (act (fixture, "task.edit"));
  if (!front_window (fixture)) /* its line was made anew */
    g_assert_true (act (fixture, "task.edit"));
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "subject"))), !=, kith_json_string (first, "subject"));
}

/* Who can be chosen is who is assigned: where that is one alone, the row says why there is no other. */
static void
test_task_alone (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "assignment", NULL };
  JsonArray *colleagues = fake_desktop_list (fixture->desktop, "client-colleagues");

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "task.edit"));
  pump (100);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (in_front (fixture, "staff"))), ==, "");
  json_array_remove_element (colleagues, 0);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (in_front (fixture, "staff")))), ==, 1);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (in_front (fixture, "staff"))), ==, "Only people who are assigned can be chosen, and nobody else is.");
}

/* I6: a draft of a correction says what of it its author typed: the rest is the record's, goes when access to that does, and is read anew when the draft comes back. */
static void
test_task_draft (Fixture *fixture, gconstpointer data)
{
  JsonObject *first = json_array_get_object_element (fake_desktop_list (fixture->desktop, "tasks-due"), 0), *draft, *was;
  static const char *const kinds[] = { "task", NULL };
  g_autofree char *key = NULL, *subject = g_strdup (kith_json_string (first, "subject")), *due = g_strdup (kith_json_string (first, "due_on"));
  const char *subject_of;

  subject_of = kith_json_string (first, "case") ? "case" : kith_json_string (first, "referral") ? "referral" : "client";
  key = g_strdup_printf ("ask:task.add:%s:%s:{\"id\":\"%s\"}%s", subject_of, kith_json_string (first, subject_of), kith_json_string (first, "id"), kith_json_string (first, "id"));
  open_place (fixture, "today");
  pump (200);
  g_assert_true (gtk_widget_grab_focus (line_of (GTK_WIDGET (fixture->window), "task-row")));
  g_assert_true (act (fixture, "task.edit"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "due_on")), "2026-11-24");
  gtk_window_close (GTK_WINDOW (front_window (fixture)));
  pump (200);
  draft = fake_desktop_get_draft (fixture->desktop, key);
  g_assert_nonnull (draft);
  was = kith_json_object (draft, "was");
  g_assert_nonnull (was);
  g_assert_cmpstr (kith_json_string (was, "subject"), ==, subject);
  g_assert_cmpstr (kith_json_string (draft, "due_on"), !=, kith_json_string (was, "due_on"));
  json_object_set_string_member (first, "subject", "As a colleague put it");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_true (gtk_widget_grab_focus (line_of (GTK_WIDGET (fixture->window), "task-row")));
  g_assert_true (act (fixture, "task.edit"));
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "subject"))), ==, "As a colleague put it");
  save_front (fixture);
  assert_task_changed (fixture, kith_json_string (first, "id"), "due_on", due, "2026-11-24");
}

/* One that was of somebody else is taken back with a reason; it stays to be read, and says that it does not count. */
static void
test_assessment_taken_back (Fixture *fixture, gconstpointer data)
{
  static const char *const assessment = "a5000000-0000-7000-8000-000000000001", *const kinds[] = { "assessment", NULL };
  JsonObject *args, *row = NULL;
  JsonArray *rows = fake_desktop_list (fixture->desktop, "case-assessments");
  GtkWidget *page;

  open_place (fixture, "cases/" A_CASE);
  pump (300);
  page = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "timeline"), g_type_from_name ("KithCasesPage"));
  g_assert_true (gtk_widget_activate_action (page, "case.void-assessment", "s", assessment));
  pump (100);
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "must be filled in"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "It was another María");
  save_front (fixture);
  args = last_submitted (fixture, "assessment.void");
  g_assert_cmpstr (kith_json_string (args, "assessment"), ==, assessment);
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "It was another María");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), assessment) == 0)
      row = json_array_get_object_element (rows, i);
  json_object_set_string_member (row, "voided_by_name", "Ana Delgado");
  json_object_set_string_member (row, "void_reason", "It was another María");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  SAYS ("Does not count");
  SAYS ("taken back by Ana Delgado: It was another María");
  SAYS ("First in line for the family unit"); /* nothing is deleted */
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("corrected/U5-D12-enrollment-corrected", NULL, test_enrollment_corrected);
  ADD ("corrected/U6-D12-member-corrected", NULL, test_member_corrected);
  ADD ("corrected/task", NULL, test_task_corrected);
  ADD ("corrected/A2-task-in-focus", NULL, test_task_in_focus);
  ADD ("corrected/task-alone", NULL, test_task_alone);
  ADD ("corrected/I6-draft", NULL, test_task_draft);
  ADD ("corrected/A2-assessment-taken-back", NULL, test_assessment_taken_back);
  return g_test_run ();
}
