/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was staged on Assigned Staff and not saved, when somebody comes back to it and others have worked meanwhile (A9); and what naming a colleague
 * in the care team (U6) is beside it. */

#include "desk-fixture.h"

#include "kith-store.h"

#define HOME "ca000000-0000-7000-8000-000000000001"
#define FOOD "ca000000-0000-7000-8000-000000000002"
#define LINH "50000000-0000-7000-8000-000000000003"
#define LEFT "50000000-0000-7000-8000-0000000000ee" /* no colleague */
#define KEY "assign:client:" MARIA

static void
add_change (JsonArray *changes, const char *what, const char *place, const char *staff)
{
  json_array_add_object_element (changes, kith_json_new ("do", "s", what, "case", "s", place, "staff", "s", staff, NULL));
}

/* changes: transfer full */
static void
come_back (Fixture *fixture, JsonArray *changes)
{
  g_autoptr (JsonObject) draft = json_object_new ();

  json_object_set_array_member (draft, "changes", changes);
  kith_store_save_draft ((KithStore *) fixture->desktop, KEY, NULL, draft, NULL);
  open_place (fixture, "clients/assign:" MARIA);
  for (guint i = 0; i < 40 && !says (GTK_WIDGET (fixture->window), "Home for three"); i++)
    pump (50);
  pump (200);
}

static void
close_case (Fixture *fixture, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-cases");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      json_object_set_string_member (json_array_get_object_element (rows, i), "phase", "closed");
}

static const char *
summary (Fixture *fixture)
{
  return gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (fixture->window), "summary")));
}

/* The case was closed meanwhile: that is said, nobody is offered what the hub will refuse, and what still can be is staged. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  JsonArray *changes = json_array_new ();
  JsonObject *args;
  const char *op;

  close_case (fixture, FOOD);
  add_change (changes, "add", FOOD, LINH);
  add_change (changes, "add", HOME, LINH);
  come_back (fixture, changes);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Not open any more: Food until benefits start. What was staged there will not be saved"));
  g_assert_nonnull (strstr (summary (fixture), "is added to: the client, Home for three"));
  g_assert_null (strstr (summary (fixture), "Food until"));
  act (fixture, "form.commit");
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "assignment.apply");
  changes = kith_json_array (args, "changes");
  g_assert_cmpuint (json_array_get_length (changes), ==, 1);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (changes, 0), "case"), ==, HOME);
}

/* As on the page Staff, what was saved can be taken back while the message shows; the notice that it is saved goes with it. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  JsonArray *changes = json_array_new ();
  JsonObject *linh;

  add_change (changes, "add", HOME, LINH);
  come_back (fixture, changes);
  act (fixture, "form.commit");
  pump (100);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "saved"));
  g_assert_true (kith_frame_can_undo (kith_window_get_frame (fixture->window)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
  linh = kith_json_new ("id", "s", "a5500000-0000-7000-8000-0000000000aa", "_arg", "s", HOME, "staff", "s", LINH, "staff_name", "s", "Linh Trần", NULL);
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "case-team"), linh);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "assignment", NULL });
  pump (200);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "saved"));
}

static void
count_problem_cb (guint *n, const char *title, const char *text)
{
  g_assert_cmpstr (text, ==, "Not any more.");
  (*n)++;
}

/* One goes elsewhere before it is answered, and nobody asks about what is being saved: taken, the draft is over with it; refused, it stays, and that is said. */
static void
left_before_answer (Fixture *fixture, const char *refusal)
{
  JsonArray *changes = json_array_new ();
  guint n = 0;

  g_signal_connect_swapped (fixture->context, "problem", G_CALLBACK (count_problem_cb), &n);
  add_change (changes, "add", HOME, LINH);
  come_back (fixture, changes);
  fake_desktop_hold_answers (fixture->desktop);
  act (fixture, "form.commit");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, KEY)); /* until it is taken */
  open_place (fixture, "today");
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "assign-client"));
  fake_desktop_answer_held (fixture->desktop, refusal);
  pump (100);
  g_assert_cmpint (fake_desktop_get_draft (fixture->desktop, KEY) != NULL, ==, refusal != NULL);
  g_assert_cmpuint (n, ==, refusal != NULL);
  open_place (fixture, "clients/assign:" MARIA);
  for (guint i = 0; i < 40 && !says (GTK_WIDGET (fixture->window), "Home for three"); i++)
    pump (50);
  pump (200);
  g_assert_cmpint (says (GTK_WIDGET (fixture->window), "Draft from"), ==, refusal != NULL);
}

static void
test_left_taken (Fixture *fixture, gconstpointer data)
{
  left_before_answer (fixture, NULL);
}

static void
test_left_refused (Fixture *fixture, gconstpointer data)
{
  left_before_answer (fixture, "Not any more.");
}

/* A lock in between: the draft is over with what was saved, and needs nobody who hears of that. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  JsonArray *changes = json_array_new ();

  add_change (changes, "add", HOME, LINH);
  come_back (fixture, changes);
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "assign-client"), "form.commit", NULL));
  g_assert_null (fake_desktop_get_draft (fixture->desktop, KEY)); /* with the operation */
  kith_window_lock (fixture->window);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, KEY));
}

/* In the form itself, too, it is free to be saved once more. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  JsonArray *changes = json_array_new ();

  add_change (changes, "add", HOME, LINH);
  come_back (fixture, changes);
  fake_desktop_refuse_next (fixture->desktop, "Not any more.");
  act (fixture, "form.commit");
  pump (100);
  SAYS ("Not any more.");
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, KEY));
  act (fixture, "form.commit");
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, KEY));
  g_signal_emit_by_name (find_button (find_widget (GTK_WIDGET (fixture->window), "cases"), "Remove Ana Delgado"), "clicked"); /* and on it goes */
  pump (800);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, KEY));
  g_assert_cmpuint (fake_desktop_count_drafts (fixture->desktop), ==, 1);
}

/* Nothing of it is left: there is no draft any more, and none is said to be restored. */
static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  JsonArray *changes = json_array_new ();

  close_case (fixture, FOOD);
  add_change (changes, "add", FOOD, LINH);
  come_back (fixture, changes);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Not open any more: Food until benefits start."));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Nothing yet."));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Draft from"));
  g_assert_null (fake_desktop_get_draft (fixture->desktop, KEY));
}

/* Whoever has left cannot be added; to the client neither. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  JsonArray *changes = json_array_new ();

  add_change (changes, "add", NULL, LEFT);
  add_change (changes, "add", HOME, LINH);
  come_back (fixture, changes);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Somebody who was to be added does not work at your agency any more."));
  g_assert_nonnull (strstr (summary (fixture), "is added to: the client, Home for three"));
  g_assert_null (strchr (summary (fixture), '\n'));
}

/* A5: a supervisor whom nobody assigned is on a case with those who open one: the row says so. */
static void
test_supervisor (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "colleagues");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "name"), "Ana Delgado") == 0)
      json_object_set_string_member (json_array_get_object_element (rows, i), "supervisor", "50000000-0000-7000-8000-000000000002");
  open_place (fixture, "clients/assign:" MARIA);
  for (guint i = 0; i < 60 && !says (GTK_WIDGET (fixture->window), "Supervisor of Ana Delgado: on each case they open"); i++)
    pump (50);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Supervisor of Ana Delgado: on each case they open"));
}

/* The lines below an entry one types a colleague's name in, in their order: "Ana Delgado|Linh Trần" */
static char *
offered (GtkWidget *suggest)
{
  GString *names = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (suggest, "list")), i)); i++)
    if (ADW_IS_ACTION_ROW (row) && !ADW_IS_ENTRY_ROW (row) && gtk_widget_get_visible (GTK_WIDGET (row)))
      g_string_append_printf (names, "%s%s", names->len > 0 ? "|" : "", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return g_string_free (names, FALSE);
}

static gboolean
is_whole (GtkWidget *window, GtkWidget *inside)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (inside, window, &bounds));
  return bounds.origin.y + bounds.size.height <= gtk_widget_get_height (window);
}

/* U6 beside A10: to name somebody opens nothing, and both say what they are for. Who fits best stands first there, too, with what is in hand, languages, leave. */
static void
test_named (Fixture *fixture, gconstpointer data)
{
  g_autofree char *all = NULL, *typed = NULL;

  open_place (fixture, "clients/" MARIA);
  SAYS ("Name a Colleague");
  SAYS ("It opens nothing");
  g_assert_true (act (fixture, "client.join-team"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Assign Staff"));
  all = offered (in_front (fixture, "staff"));
  g_assert_cmpstr (all, ==, "Ana Delgado|Linh Trần|Marcus Reed");
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "6 of 40 in hand · English, Spanish"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Best fit: speaks Spanish")); /* and why that one is the first */
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "away until"));
  g_assert_true (is_whole (GTK_WIDGET (front_window (fixture)), in_front (fixture, "role"))); /* who is offered takes no room from the rest */
  gtk_window_destroy (front_window (fixture));

  open_place (fixture, "clients/assign:" MARIA);
  pump (100);
  SAYS ("may open the record");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (find_widget (GTK_WIDGET (fixture->window), "assign-client"), "entry")), "tr");
  pump (50);
  typed = offered (find_widget (GTK_WIDGET (fixture->window), "assign-client"));
  g_assert_cmpstr (typed, ==, "Linh Trần");
  SAYS ("3 of 40 in hand · Vietnamese, English");
}

/* Somebody named who is not assigned cannot open the record: the way to change that stands beside it. */
static void
test_named_only (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  json_object_remove_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "client-care-team"), 0), "assigned");
  open_place (fixture, "clients/" MARIA);
  SAYS ("Not assigned");
  button = button_of (GTK_WIDGET (fixture->window), "Assign…");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (100);
  SAYS ("Assigned Staff");
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "assign-client"));
}

/* A page that opens somebody's record to others names whose it is. */
static void
test_whose (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/assign:" MARIA);
  pump (200);
  SAYS ("may open the record");
  SAYS ("Assigned Staff: María López Hernández");
}

static void
add_referral (JsonArray *rows, const char *id, const char *staff, int sent)
{
  json_array_add_object_element (rows, kith_json_new ("_arg", "s", MARIA, "id", "s", id, "staff", "s", staff, "sent", "i", (gint64) sent, NULL));
}

/* A6, P17: who is taken off the client keeps the referrals they work on, and reads on what they sent: said before Save. Off a case alone nothing is. */
static void
test_referrals (Fixture *fixture, gconstpointer data)
{
  static const char ana[] = "50000000-0000-7000-8000-000000000001";
  JsonArray *rows = json_array_new ();

  add_referral (rows, "r1", ana, 0);
  add_referral (rows, "r2", ana, 0);
  add_referral (rows, "r3", ana, 1);
  add_referral (rows, "r4", LINH, 0);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "client-referrals-open", rows);
  open_place (fixture, "clients/assign:" MARIA);
  pump (200);
  g_signal_emit_by_name (find_button (find_widget (GTK_WIDGET (fixture->window), "cases"), "Remove Ana Delgado"), "clicked");
  g_assert_nonnull (strstr (summary (fixture), "Ana Delgado is removed from: "));
  g_assert_null (strstr (summary (fixture), "referral"));
  g_signal_emit_by_name (find_button (find_widget (GTK_WIDGET (fixture->window), "client_box"), "Remove Ana Delgado"), "clicked");
  g_assert_nonnull (strstr (summary (fixture), "2 open referrals of this client stay with Ana Delgado: give them to somebody else\n"
                                               "1 open referral of this client was sent by Ana Delgado, who can go on reading it"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add ("/assign/draft-closed-A9", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/assign/draft-nothing-left-A9", Fixture, NULL, set_up, test_nothing_left, tear_down);
  g_test_add ("/assign/draft-left-U21", Fixture, NULL, set_up, test_left, tear_down);
  g_test_add ("/assign/named-U6-A10", Fixture, NULL, set_up, test_named, tear_down);
  g_test_add ("/assign/named-only-U6", Fixture, NULL, set_up, test_named_only, tear_down);
  ADD ("assign/supervisor-A5", NULL, test_supervisor);
  ADD ("assign/referrals-A6-P17", NULL, test_referrals);
  ADD ("assign/whose", NULL, test_whose);
  ADD ("assign/undo", NULL, test_undo);
  ADD ("assign/left-taken", NULL, test_left_taken);
  ADD ("assign/left-refused", NULL, test_left_refused);
  ADD ("assign/locked", NULL, test_locked);
  ADD ("assign/refused", NULL, test_refused);
  return g_test_run ();
}
