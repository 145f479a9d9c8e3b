/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cases and who works on them: what the page shows and what it submits. */

#include "desk-fixture.h"
#include "cases/kith-assign-form.h"
#include "cases/kith-assign-plan.h"
#include "cases/kith-case-composer.h"
#include "cases/kith-case-view.h"
#include "clients/kith-client-list.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-suggest.h"

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

/* The answer comes late: the key writes it once all the same, and what is written by then stays under the hands. What was refused is told though its
 * window is gone. */
static void
test_late_answer (Fixture *fixture, gconstpointer data)
{
  for (guint refused = 0; refused < 2; refused++)
    {
      open_place (fixture, "cases/" A_CASE);
      g_assert_true (act (fixture, "case.note"));
      write_note (fixture, "Called the landlord.");
      fake_desktop_hold_answers (fixture->desktop);
      act (fixture, "form.commit");
      act (fixture, "form.commit");
      g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, refused + 1);
      act (fixture, "form.cancel");
      g_assert_true (act (fixture, "case.task"));
      g_assert_nonnull (shown (fixture, "subject"));
      fake_desktop_answer_held (fixture->desktop, refused ? "The case was closed." : NULL);
      pump (100);
      g_assert_nonnull (shown (fixture, "subject"));
      g_assert_cmpint (says (GTK_WIDGET (fixture->window), "The case was closed."), ==, refused);
      act (fixture, "form.cancel");
    }
}

/* The draft of the next note is not the one that was answered: it outlives the answer, and a lock. */
static void
test_late_draft (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "cases/" A_CASE);
  g_assert_true (act (fixture, "case.note"));
  write_note (fixture, "Called the landlord.");
  fake_desktop_hold_answers (fixture->desktop);
  act (fixture, "form.commit");
  act (fixture, "form.cancel");
  g_assert_true (act (fixture, "case.note"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Draft from")); /* it is on its way to be saved */
  write_note (fixture, "He calls back.");
  pump (700);
  fake_desktop_answer_held (fixture->desktop, NULL);
  pump (100);
  kith_window_lock (fixture->window);
  pump (100);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "note:case:" A_CASE));
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
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL)); /* a slip */
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
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

/* What happened over years is shown as the record's lists are: the newest, and more when it is asked for. How it ended is told all the same. */
static void
test_long_timeline (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "case-timeline");
  guint total = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("ce0a0000-0000-7000-8000-000000000%03u", i);

      json_array_add_object_element (rows, kith_json_new ("_arg", "s", CLOSED_CASE, "id", "s", id, "type", "s", "note", "at", "s", "2026-11-11T18:00:00.000Z",
                                                          "text", "s", "Called", NULL));
    }
  for (guint i = 0; i < json_array_get_length (rows); i++)
    total += g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "_arg"), CLOSED_CASE) == 0;
  open_place (fixture, "cases/" CLOSED_CASE);
  for (guint more = 1; more <= 2; more++)
    {
      g_autofree char *words = g_strdup_printf ("Show More (%u of %u)", more * KITH_CLIENT_STEP, total);
      guint n = 0;

      pump (200);
      for (GtkWidget *line = gtk_widget_get_first_child (shown (fixture, "timeline")); line; line = gtk_widget_get_next_sibling (line))
        n++;
      g_assert_cmpuint (n, ==, more * KITH_CLIENT_STEP);
      g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (shown (fixture, "more"))), ==, words);
      g_assert_true (says (GTK_WIDGET (fixture->window), "the lease goes on"));
      g_signal_emit_by_name (shown (fixture, "more"), "clicked");
    }
}

/* A goal is clicked to say how far it is; a note is amended, never changed; assessments and tasks for colleagues are asked for. */
static void
test_asked (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *action, *target, *op; } asked[] = {
    { "case.assess", NULL, "assessment.record" },
    { "case.delegate", NULL, "task.add" },
    { "case.amend", "90000000-0000-7000-8000-000000000001", "note.amend" },
  };
  GtkWidget *page;
  const char *op;
  JsonObject *args;

  open_place (fixture, "cases/" A_CASE);
  page = gtk_widget_get_ancestor (shown (fixture, "timeline"), g_type_from_name ("KithCasesPage"));
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      GtkWindow *window;

      g_test_message ("%s", asked[i].action);
      g_assert_true (gtk_widget_activate_action (page, asked[i].action, asked[i].target ? "s" : NULL, asked[i].target));
      pump (100);
      window = front_window (fixture);
      g_assert_true (KITH_IS_ASK_WINDOW (window));
      gtk_widget_activate_action (GTK_WIDGET (window), "form.commit", NULL); /* what is missing is said, nothing goes */
      pump (50);
      g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
      gtk_window_destroy (window);
      pump (50);
    }
  gtk_widget_activate_action (page, "case.goal-status", "s", "a-goal:health");
  pump (50);
  g_signal_emit_by_name (front_window (fixture), "chosen", "completed", NULL);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "goal.set");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, "a-goal");
  g_assert_cmpstr (kith_json_string (args, "case"), ==, A_CASE);
  g_assert_cmpstr (kith_json_string (args, "sensitivity"), ==, "health");
  g_assert_cmpstr (kith_json_string (args, "status"), ==, "completed");
}

/* Goals: the words and the day are changed with what their author saw, and a description can be typed; nothing goes that was not changed. */
static void
test_goal_words (Fixture *fixture, gconstpointer data)
{
  static const char *const goal = "60000000-0000-7000-8000-000000000001";
  GtkWidget *page;
  JsonObject *args, *set;

  open_place (fixture, "cases/" A_CASE);
  page = gtk_widget_get_ancestor (shown (fixture, "timeline"), g_type_from_name ("KithCasesPage"));
  g_assert_true (gtk_widget_activate_action (page, "case.edit-goal", "s", goal));
  pump (100);
  save_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (gtk_widget_activate_action (page, "case.edit-goal", "s", goal));
  pump (100);
  g_assert_nonnull (in_front (fixture, "description"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "title")), "");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Say what is to be reached."));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "title")), "A flat of their own");
  save_front (fixture);
  args = last_submitted (fixture, "record.patch");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "goal");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, goal);
  set = kith_json_object (args, "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "title"), "old"), ==, "A two-room flat near the school");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "title"), "new"), ==, "A flat of their own");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL) && fake_desktop_get_n_undone (fixture->desktop) == 1);
  g_assert_true (act (fixture, "case.goal"));
  pump (100);
  g_assert_nonnull (shown (fixture, "description"));
}

/* What was assessed is read: level, score, summary, each answer. */
static void
test_assessments (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "cases/" A_CASE);
  pump (300);
  SAYS ("Housing needs");
  SAYS ("score 11");
  SAYS ("Housing needs assessment");
  SAYS ("First in line for the family unit");
  SAYS ("Where did you sleep last night?: In the shelter");
  SAYS ("Depression screening (PHQ-9)");
  SAYS ("score 14");
}

/* ux.md 2.1: Shift+R in a case too. */
static void
test_repeat_service (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "cases/" A_CASE);
  pump (100);
  g_assert_true (act (fixture, "case.repeat-service"));
  pump (100);
  args = last_submitted (fixture, "service.record");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "meal");
}

/* By number, title or name, whichever list is shown; Escape brings the list back. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  GListModel *model;
  guint all;

  open_place (fixture, "cases");
  all = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (shown (fixture, "view")))));
  g_assert_true (act (fixture, "win.search"));
  type_into (fixture, "search_entry", "lease ends");
  pump (200);
  model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (shown (fixture, "view"))));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  type_into (fixture, "search_entry", "zebedee");
  pump (200);
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (shown (fixture, "empty"))), ==, "No Match");
  type_into (fixture, "search_entry", "");
  pump (200);
  model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (shown (fixture, "view"))));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, all);
}

/* A case in a client's record opens. */
static void
test_from_client (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row, *list;
  g_autofree char *place = NULL;

  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (shown (fixture, "cases")), TRUE);
  pump (100);
  list = shown (fixture, "client-cases-list");
  g_assert_nonnull (list);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  gtk_widget_activate (row);
  pump (100);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_true (g_str_has_prefix (place, "cases/ca"));
}

static void
found (KithAssignPlan *plan, const char *place, const char *staff)
{
  g_autoptr (GPtrArray) there = g_ptr_array_new ();

  if (staff)
    g_ptr_array_add (there, (gpointer) staff);
  kith_assign_plan_set_found (plan, place, there);
}

/* A3, A4, A6, A7, A8: what is staged shows what it brings with it. */
static void
test_plan (void)
{
  g_autoptr (KithAssignPlan) plan = kith_assign_plan_new ();
  g_autoptr (JsonArray) changes = NULL;

  kith_assign_plan_set_case (plan, "case-1", FALSE);
  kith_assign_plan_set_case (plan, "case-2", FALSE);
  kith_assign_plan_set_case (plan, "old", TRUE);
  found (plan, "", "ana");
  found (plan, "case-1", "ana");
  found (plan, "old", "ana");
  g_assert_true (kith_assign_plan_is_empty (plan));
  kith_assign_plan_add (plan, "", "linh"); /* A3 */
  g_assert_true (kith_assign_plan_has (plan, "case-1", "linh") && kith_assign_plan_has (plan, "case-2", "linh"));
  g_assert_false (kith_assign_plan_has (plan, "old", "linh"));
  kith_assign_plan_remove (plan, "case-1", "linh"); /* A7; from every case: A8 */
  kith_assign_plan_remove (plan, "case-2", "linh");
  g_assert_true (kith_assign_plan_has (plan, "", "linh"));
  g_assert_false (kith_assign_plan_has (plan, "case-1", "linh") || kith_assign_plan_has (plan, "case-2", "linh"));
  kith_assign_plan_add (plan, "case-2", "marcus"); /* A4 */
  g_assert_true (kith_assign_plan_has (plan, "", "marcus"));
  g_assert_false (kith_assign_plan_has (plan, "case-1", "marcus"));
  kith_assign_plan_remove (plan, "", "ana"); /* A6 */
  g_assert_false (kith_assign_plan_has (plan, "case-1", "ana") || kith_assign_plan_has (plan, "old", "ana"));
  g_assert_true (kith_assign_plan_had (plan, "case-1", "ana") && kith_assign_plan_had (plan, "old", "ana"));
  changes = kith_assign_plan_changes (plan);
  g_assert_cmpuint (json_array_get_length (changes), ==, 5);
  g_assert_false (kith_assign_plan_is_empty (plan));
  kith_assign_plan_remove (plan, "", "linh"); /* was not there before: nothing of it is left */
  kith_assign_plan_remove (plan, "", "marcus");
  kith_assign_plan_add (plan, "", "ana");
  g_assert_true (kith_assign_plan_is_empty (plan));
}

/* Whoever is taken off and kept again is where they were and nowhere else: not on every open case as if newly assigned (A3), and not off the closed
 * ones as if they had left (A6). */
static void
test_plan_keep (void)
{
  static const char *const kept_at[] = { "", "case-1", "case-2" };

  for (guint i = 0; i < G_N_ELEMENTS (kept_at); i++)
    {
      g_autoptr (KithAssignPlan) plan = kith_assign_plan_new ();
      g_autoptr (JsonArray) changes = NULL;

      kith_assign_plan_set_case (plan, "case-1", FALSE);
      kith_assign_plan_set_case (plan, "case-2", FALSE);
      kith_assign_plan_set_case (plan, "old", TRUE);
      found (plan, "", "ana");
      found (plan, "case-1", "ana");
      found (plan, "old", "ana");
      kith_assign_plan_remove (plan, "", "ana");
      g_assert_false (kith_assign_plan_is_empty (plan));
      kith_assign_plan_add (plan, kept_at[i], "ana");
      g_assert_true (kith_assign_plan_has (plan, "", "ana") && kith_assign_plan_has (plan, "case-1", "ana") && kith_assign_plan_has (plan, "old", "ana"));
      g_assert_cmpint (kith_assign_plan_has (plan, "case-2", "ana"), ==, i == 2); /* put there besides */
      g_assert_cmpint (kith_assign_plan_is_empty (plan), ==, i != 2);
      changes = kith_assign_plan_changes (plan);
      g_assert_cmpuint (json_array_get_length (changes), ==, i == 2 ? 1 : 0);
    }
}

/* What is there changes while something is staged: it is staged on that; what was staged at a case falls out with the case. */
static void
test_plan_meanwhile (void)
{
  g_autoptr (KithAssignPlan) plan = kith_assign_plan_new ();
  g_autoptr (JsonArray) changes = NULL;

  kith_assign_plan_add (plan, "", "linh");
  kith_assign_plan_set_case (plan, "case-1", FALSE); /* opened */
  g_assert_true (kith_assign_plan_has (plan, "case-1", "linh"));
  found (plan, "", "linh"); /* put on the client by somebody else, on that alone */
  g_assert_true (kith_assign_plan_has (plan, "case-1", "linh"));
  g_assert_false (kith_assign_plan_is_empty (plan));
  kith_assign_plan_add (plan, "case-1", "ana");
  kith_assign_plan_set_case (plan, "case-1", TRUE);
  g_assert_false (kith_assign_plan_knows (plan, "case-1"));
  g_assert_false (kith_assign_plan_has (plan, "", "ana"));
  g_assert_true (kith_assign_plan_is_empty (plan));
  kith_assign_plan_drop_case (plan, "case-1");
  changes = kith_assign_plan_changes (plan);
  g_assert_cmpuint (json_array_get_length (changes), ==, 1);
}

/* Types a name into the type-ahead and takes the first hit, as Enter does. */
static void
pick_staff (Fixture *fixture, const char *pane, const char *name)
{
  GtkWidget *entry = find_widget (shown (fixture, pane), "entry");

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  pump (80);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (80);
}

static const char *
summary (Fixture *fixture)
{
  return gtk_label_get_text (GTK_LABEL (shown (fixture, "summary")));
}

#define LINH "50000000-0000-7000-8000-000000000003"

/* A9, A10: nothing is submitted before Save, then all of it at once; after it the page stays, to be checked. */
static void
test_assign (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *change;

  open_place (fixture, "cases/assign:" MARIA);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* nothing to save */
  pick_staff (fixture, "assign-client", "linh");
  g_assert_nonnull (strstr (summary (fixture), "Linh Trần is added to: the client"));
  g_assert_nonnull (strstr (summary (fixture), "Food until benefits start")); /* A3, in words */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_null (shown (fixture, "saved"));
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "assignment.apply");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  change = json_array_get_object_element (kith_json_array (args, "changes"), 0);
  g_assert_cmpstr (kith_json_string (change, "do"), ==, "add");
  g_assert_cmpstr (kith_json_string (change, "staff"), ==, LINH);
  g_assert_null (kith_json_string (change, "case"));
  g_assert_nonnull (shown (fixture, "saved"));
  g_assert_nonnull (strstr (summary (fixture), "Nothing yet"));
}

static GtkWidget *
pressable (GtkWidget *widget, const char *words)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), words) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = pressable (child, words);
  return found;
}

static void
press (Fixture *fixture, const char *words)
{
  GtkWidget *button = pressable (GTK_WIDGET (fixture->window), words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (80);
}

/* A10: the cross at a name, and Keep, which takes the cross back and does no more. */
static void
test_assign_keep (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "cases/assign:" MARIA);
  pump (200);
  press (fixture, "Remove Ana Delgado");
  g_assert_nonnull (strstr (summary (fixture), "Ana Delgado is removed from: the client, Home for three"));
  press (fixture, "Keep Ana Delgado");
  g_assert_nonnull (strstr (summary (fixture), "Nothing yet"));
  g_assert_null (pressable (GTK_WIDGET (fixture->window), "Keep Ana Delgado"));
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* nothing to save */
  pick_staff (fixture, "assign-client", "linh");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (json_array_get_length (kith_json_array (last_submitted (fixture, "assignment.apply"), "changes")), ==, 1);
}

static void
tell_changed (Fixture *fixture, const char *kind)
{
  const char *kinds[] = { kind, NULL };

  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
}

static JsonObject *
row_of (Fixture *fixture, const char *query, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, query);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

/* A9: who is there, and on which cases, is what is there now, also when it changes while the page is open: what is said before Save is what Save
 * does. What was staged stays staged. */
static void
test_assign_meanwhile (Fixture *fixture, gconstpointer data)
{
  static const char *const other = "ca000000-0000-7000-8000-000000000002";

  open_place (fixture, "cases/assign:" MARIA);
  pump (200);
  json_object_set_string_member (row_of (fixture, "client-cases", other), "phase", "closed");
  tell_changed (fixture, "case");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Food until benefits start"));
  pick_staff (fixture, "assign-client", "linh");
  g_assert_null (strstr (summary (fixture), "Food until benefits start"));
  json_object_set_string_member (row_of (fixture, "client-cases", other), "phase", "open");
  tell_changed (fixture, "case");
  SAYS ("Food until benefits start");
  g_assert_nonnull (strstr (summary (fixture), "Linh Trần is added to: the client, Home for three before the lease ends, Food until benefits start"));
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client-team"),
                                 kith_json_new ("_arg", "s", MARIA, "id", "s", "t9", "staff", "s", "50000000-0000-7000-8000-000000000002", "staff_name", "s",
                                                "Marcus Reed", "agency", "s", "a0000000-0000-7000-8000-000000000001", NULL));
  json_object_set_string_member (row_of (fixture, "client-team", "t1"), "_arg", "nobody");
  tell_changed (fixture, "assignment");
  g_assert_nonnull (pressable (find_widget (GTK_WIDGET (fixture->window), "client_box"), "Remove Marcus Reed"));
  g_assert_null (pressable (find_widget (GTK_WIDGET (fixture->window), "client_box"), "Remove Ana Delgado"));
  g_assert_nonnull (strstr (summary (fixture), "Linh Trần is added to: the client, "));
  g_signal_emit_by_name (pressable (find_widget (GTK_WIDGET (fixture->window), "cases"), "Remove Ana Delgado"), "clicked");
  json_object_set_string_member (row_of (fixture, "client-cases", A_CASE), "phase", "closed");
  tell_changed (fixture, "case");
  SAYS ("Not open any more: Home for three before the lease ends. What was staged there will not be saved");
}

/* A6, A9: whoever is removed from the client leaves its closed cases too, what they had to do waits for somebody, and that is said before Save. Those of a record that is linked with
 * this one are not this client's. */
static void
test_assign_closed (Fixture *fixture, gconstpointer data)
{
  static const char *const other = "ca000000-0000-7000-8000-000000000002";
  JsonArray *rows = json_array_new (), *tasks = json_array_new ();

  json_array_add_object_element (rows, kith_json_new ("_arg", "s", MARIA, "id", "s", "t8", "staff", "s", "50000000-0000-7000-8000-000000000001", "staff_name",
                                                      "s", "Ana Delgado", "agency", "s", "a0000000-0000-7000-8000-000000000001", "case", "s", other, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "client-closed-team", rows);
  json_array_add_object_element (tasks, kith_json_new ("_arg", "s", MARIA, "id", "s", "k1", "staff", "s", "50000000-0000-7000-8000-000000000001", NULL));
  json_array_add_object_element (tasks, kith_json_new ("_arg", "s", MARIA, "id", "s", "k2", "staff", "s", "50000000-0000-7000-8000-000000000001", "case", "s",
                                                       A_CASE, NULL));
  json_array_add_object_element (tasks, kith_json_new ("_arg", "s", MARIA, "id", "s", "k3", "staff", "s", LINH, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "client-tasks-open", tasks);
  json_object_set_string_member (row_of (fixture, "client-cases", other), "phase", "closed");
  json_object_set_string_member (row_of (fixture, "client-cases", "ca000000-0000-7000-8000-000000000003"), "_arg", MARIA);
  open_place (fixture, "cases/assign:" MARIA);
  pump (200);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Work permit and first job"));
  press (fixture, "Remove Ana Delgado");
  g_assert_nonnull (strstr (summary (fixture), "Ana Delgado is removed from: the client, Home for three before the lease ends, Food until benefits start "
                                               "(closed)\n2 open tasks of Ana Delgado wait for somebody then"));
}

/* A4, A7: from a case one begins at that case; whoever is there already is not found. */
static void
test_assign_case (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus, *suggest;

  open_place (fixture, "cases/" A_CASE);
  g_assert_true (act (fixture, "case.assign"));
  pump (200);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  suggest = focus ? gtk_widget_get_ancestor (focus, KITH_TYPE_SUGGEST) : NULL;
  g_assert_nonnull (suggest);
  g_assert_cmpstr (gtk_widget_get_name (suggest), ==, "assign-case");
  pick_staff (fixture, "assign-case", "linh");
  g_assert_nonnull (strstr (summary (fixture), "Linh Trần is added to: the client, "));
  pick_staff (fixture, "assign-case", "linh"); /* is on it now */
  g_assert_null (strstr (summary (fixture), "removed"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

/* A9: leaving with something staged asks, and what was staged is there when one comes back. */
static void
test_assign_leave (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.assign"));
  pick_staff (fixture, "assign-client", "linh");
  act (fixture, "form.cancel");
  dialog = front_window (fixture);
  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  g_assert_nonnull (shown (fixture, "assign-client"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "leave");
  pump (100);
  g_assert_null (shown (fixture, "assign-client"));
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "assign:client:" MARIA));
  open_place (fixture, "clients/assign:" MARIA);
  pump (200);
  g_assert_nonnull (strstr (summary (fixture), "Linh Trần is added to: the client"));
  act (fixture, "form.cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (front_window (fixture)), "discard");
  pump (100);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "assign:client:" MARIA));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

static void
answer (Fixture *fixture, const char *response)
{
  GtkWindow *dialog = front_window (fixture);

  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog); /* what its button does after it */
  pump (150);
}

static char *
place_of (Fixture *fixture)
{
  return kith_frame_get_place (kith_window_get_frame (fixture->window));
}

/* A9, A10: whichever way one leaves: to another page, another record, or with the window. Stay stays, and is not gone to later; Keep Draft goes there;
 * after Save one is where it can be checked. */
static void
test_assign_elsewhere (Fixture *fixture, gconstpointer data)
{
  static const char *const ways[] = { "inbox", "clients/" MARIA, "clients" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *before = NULL, *after = NULL;

      open_place (fixture, "clients/assign:" MARIA);
      pump (200);
      if (i == 0)
        pick_staff (fixture, "assign-client", "linh");
      open_place (fixture, ways[i]);
      answer (fixture, "stay");
      before = place_of (fixture);
      g_assert_cmpstr (before, ==, "clients/assign:" MARIA);
      g_assert_nonnull (shown (fixture, "assign-client"));
      open_place (fixture, ways[i]);
      answer (fixture, "leave");
      after = place_of (fixture);
      g_assert_true (g_str_has_prefix (after, ways[i]));
      g_assert_null (shown (fixture, "assign-client"));
      g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "assign:client:" MARIA));
    }
  open_place (fixture, "clients/assign:" MARIA);
  pump (200);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer (fixture, "stay");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  open_place (fixture, "inbox");
  answer (fixture, "save");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_nonnull (shown (fixture, "saved"));
  open_place (fixture, "inbox"); /* nothing is staged: nothing is asked */
  g_assert_null (front_window (fixture));
}

/* A10: on the left who works with the client, each of the own with a cross; on the right the active cases, each with a type-ahead. */
static void
test_assign_sides (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "cases/assign:" MARIA);
  pump (200);
  g_assert_true (KITH_IS_SUGGEST (shown (fixture, "assign-client")));
  g_assert_true (KITH_IS_SUGGEST (shown (fixture, "assign-case")));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Food until benefits start"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Closed case")); /* none that is closed (A3) */
  g_assert_true (says (GTK_WIDGET (fixture->window), "Marcus Reed"));
}

/* Whoever may not is told why, and finds nothing to press. */
static void
test_assign_denied (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, 0);
  open_place (fixture, "cases/assign:" MARIA);
  pump (100);
  g_assert_null (shown (fixture, "assign-client"));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_label"))), "supervisor"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("cases/finalised", NULL, test_finalised);
  ADD ("cases/note", NULL, test_note);
  ADD ("cases/late-answer", NULL, test_late_answer);
  ADD ("cases/late-draft", NULL, test_late_draft);
  ADD ("cases/task", NULL, test_task);
  ADD ("cases/step", NULL, test_step);
  ADD ("cases/close", NULL, test_close);
  ADD ("cases/asked", NULL, test_asked);
  ADD ("cases/goal-words", NULL, test_goal_words);
  ADD ("cases/assessments", NULL, test_assessments);
  ADD ("cases/repeat-service", NULL, test_repeat_service);
  ADD ("cases/search", NULL, test_search);
  ADD ("cases/from-client", NULL, test_from_client);
  ADD ("assign/save-A9-A10", NULL, test_assign);
  ADD ("assign/from-a-case-A4-A7", NULL, test_assign_case);
  ADD ("cases/long-timeline", NULL, test_long_timeline);
  ADD ("assign/keep-A6-A10", NULL, test_assign_keep);
  ADD ("assign/meanwhile-A9", NULL, test_assign_meanwhile);
  ADD ("assign/closed-A6-A9", NULL, test_assign_closed);
  ADD ("assign/leave-A9", NULL, test_assign_leave);
  ADD ("assign/elsewhere-A9-A10", NULL, test_assign_elsewhere);
  ADD ("assign/sides-A10", NULL, test_assign_sides);
  ADD ("assign/denied", NULL, test_assign_denied);
  g_test_add_func ("/desk/assign/plan-A3-A4-A6-A7-A8", test_plan);
  g_test_add_func ("/desk/assign/plan-keep-A3-A6", test_plan_keep);
  g_test_add_func ("/desk/assign/plan-meanwhile-A9", test_plan_meanwhile);
  return g_test_run ();
}
