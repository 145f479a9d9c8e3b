/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The supervisor's page: who has how much, and work from one to another. */

#include "desk-fixture.h"
#include "referrals/kith-reason-window.h"
#include "staff/kith-balance-form.h"
#include "staff/kith-staff-back.h"
#include "staff/kith-staff-fit.h"
#include "staff/kith-staff-page.h"
#include "staff/kith-staff-row.h"

#define STAFF(n) "50000000-0000-7000-8000-00000000000" n
#define ANA STAFF ("1")
#define LINH STAFF ("3")
#define GIL STAFF ("4")
#define CLIENT(n) "c0000000-0000-7000-8000-0000000000" n

static GtkWidget *
shown (Fixture *fixture, const char *name)
{
  return find_widget (GTK_WIDGET (fixture->window), name);
}

/* "11:4>3": client, from and to of each move, by the ends of their ids; from "-": nobody */
static void
assert_moves (JsonObject *args, const char *expected)
{
  JsonArray *moves = kith_json_array (args, "moves");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (moves); i++)
    {
      JsonObject *move = json_array_get_object_element (moves, i);
      const char *client = kith_json_string (move, "client"), *from = kith_json_string (move, "from"), *to = kith_json_string (move, "to");

      g_string_append_printf (text, "%s%s:%s>%s", i > 0 ? " " : "", client + strlen (client) - 2, from ? from + strlen (from) - 1 : "-",
                              to + strlen (to) - 1);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
choose (Fixture *fixture, const char *staff)
{
  GtkWindow *window = front_window (fixture);

  g_assert_true (KITH_IS_REASON_WINDOW (window));
  g_signal_emit_by_name (window, "chosen", staff, NULL);
  gtk_window_destroy (window);
  pump (100);
}

/* Of several whom nothing fits, whoever is away stands last, with however little in hand. */
static void
test_away_last (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "staff", NULL };
  char *nobodys[] = { (char *) "tlh", NULL };
  KithStaffNeed need = { .languages = nobodys };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "colleagues");
  g_autoptr (GPtrArray) best = NULL;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (kith_json_string (json_array_get_object_element (rows, i), "away_from"))
      json_object_set_int_member (json_array_get_object_element (rows, i), "load", 0);
  open_place (fixture, "staff");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  best = kith_staff_best_first (kith_staff_page_get_colleagues (KITH_STAFF_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window)))), &need, 1, NOW_MS);
  g_assert_cmpuint (best->len, >, 2);
  g_assert_true (kith_staff_is_away (best->pdata[best->len - 1], NOW_MS));
  g_assert_false (kith_staff_is_away (best->pdata[0], NOW_MS));
}

/* What waits: the first one is chosen; whoever has left gives, and nobody has to. One operation, one act. */
static void
test_assign (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "staff");
  pump (100);
  g_assert_true (act (fixture, "staff.assign"));
  choose (fixture, LINH);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "31:->3 31:4>3");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_true (act (fixture, "staff.select-all"));
  g_assert_true (act (fixture, "staff.assign"));
  choose (fixture, LINH);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "31:->3 31:4>3 11:->3 11:4>3 32:->3");
}

/* What nobody had is assigned, and not moved; what was done says whom it was about, for it can be taken back from there. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "transfer", "transfer_part", NULL };
  JsonArray *moved = json_array_new (), *transfers = fake_desktop_list (fixture->desktop, "transfers");
  JsonObject *row = kith_json_new ("_arg", "s", "7f000000-0000-7000-8000-000000000001", "id", "s", "7f000000-0000-7000-8000-000000000001", "clients", "i", (gint64) 1, "takers", "i",
                                   (gint64) 1, "to_name", "s", "Linh Trần", "here", "i", (gint64) 1, "given_name", "s", "Rosa", "family_name", "s", "Vega", NULL);
  JsonObject *transfer = json_array_get_object_element (transfers, 0);

  json_array_add_object_element (moved, row);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "transfer-moved", moved);
  open_place (fixture, "staff/" ANA);
  pump (100);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "moved_label"))), ==, "Gil Foster’s work went to Linh Trần, 11:30.");
  json_object_remove_member (transfer, "to_name"); /* single clients, of whoever has them */
  json_object_remove_member (transfer, "from_name");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "moved_label"))), ==, "Rosa Vega is now with Linh Trần (11:30).");
  json_object_remove_member (row, "here");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "moved_label"))), ==, "1 client is now with Linh Trần (11:30).");
  json_object_set_int_member (row, "clients", 4);
  json_object_set_int_member (row, "takers", 2);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "moved_label"))), ==, "4 clients were given to other colleagues (11:30).");
  json_object_set_int_member (row, "takers", 0); /* nobody took them */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "moved_label"))), ==, "4 clients were moved (11:30).");
  g_assert_true (act (fixture, "staff.assign"));
  g_assert_nonnull (button_of (GTK_WIDGET (front_window (fixture)), "Move"));
  gtk_window_destroy (front_window (fixture));
  open_place (fixture, "staff/unassigned");
  pump (100);
  g_assert_true (act (fixture, "staff.assign"));
  g_assert_nonnull (button_of (GTK_WIDGET (front_window (fixture)), "Assign"));
  g_assert_null (button_of (GTK_WIDGET (front_window (fixture)), "Move"));
}

/* Rights are asked for each row: the others go, and it is said which did not and why. */
static void
test_rights (Fixture *fixture, gconstpointer data)
{
  fake_desktop_deny_client (fixture->desktop, CLIENT ("36"));
  open_place (fixture, "staff/" ANA);
  pump (100);
  g_assert_true (act (fixture, "staff.select-all"));
  g_assert_true (act (fixture, "staff.assign"));
  choose (fixture, LINH);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "21:1>3 27:1>3");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_title"))), ==, "Some were left out");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_text"))), ==,
                   "Bartholomew Featherstonehaugh-Cholmondeley: Another agency looks after this client now.");
}

/* Somebody else moves the client away while one looks for whom to give it to. */
static void
take_away (Fixture *fixture, const char *client)
{
  static const char *const kinds[] = { "assignment", NULL };
  JsonArray *holds = fake_desktop_list (fixture->desktop, "staff-holds");

  for (guint i = json_array_get_length (holds); i > 0; i--)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (holds, i - 1), "id"), client) == 0)
      json_array_remove_element (holds, i - 1);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
}

/* What goes over is what the window named when it opened, or what was dragged: not what is chosen in the list by then. */
static void
test_as_named (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  open_place (fixture, "staff/" ANA);
  pump (100);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (shown (fixture, "holds"))), 1, TRUE);
  pump (50);
  g_assert_true (act (fixture, "staff.assign"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "From Ana Delgado: Bartholomew Featherstonehaugh-Cholmondeley."));
  take_away (fixture, CLIENT ("36"));
  choose (fixture, LINH);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "36:1>3"); /* the operation knows that it is not there any more */
  page = gtk_widget_get_ancestor (shown (fixture, "holds"), g_type_from_name ("KithStaffPage"));
  gtk_widget_activate_action (page, "staff.take", "s", CLIENT ("27"));
  take_away (fixture, CLIENT ("27"));
  gtk_widget_activate_action (page, "staff.drop", "s", LINH);
  pump (100);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "27:1>3");
}

/* All of one person's, who may have left: referrals and tasks too, so it is asked for as a whole. */
static void
test_move_all (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "staff/" GIL);
  pump (100);
  g_assert_true (act (fixture, "staff.move-all"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "with the closed cases of these clients and what they noted for themselves to do. Referrals sent to others stay"));
  choose (fixture, LINH);
  args = last_submitted (fixture, "caseload.transfer");
  g_assert_cmpstr (kith_json_string (args, "from"), ==, GIL);
  g_assert_cmpstr (kith_json_string (args, "to"), ==, LINH);
  g_assert_null (kith_json_array (args, "moves"));
  /* it is undone as what is done with one client is */
  pump (50);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "caseload.undo"), "transfer"), ==, kith_json_string (args, "transfer"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Taken back"));
  g_assert_false (kith_frame_can_undo (kith_window_get_frame (fixture->window)));
  /* a refusal is told, and moves nothing */
  fake_desktop_refuse_next (fixture->desktop, "Linh Trần has left.");
  g_assert_true (act (fixture, "staff.move-all"));
  choose (fixture, LINH);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_title"))), ==, "Nothing was moved");
  /* what waits has nobody to move all from */
  open_place (fixture, "staff/unassigned");
  pump (100);
  act (fixture, "staff.move-all");
  g_assert_null (front_window (fixture));
}

/* In the real program the rows come after the page: what is chosen for somebody must not be heard of before the row is. */
static void
test_rows_come_later (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_empty (fixture->desktop, TRUE);
  open_place (fixture, "staff/" ANA);
  pump (100);
  fake_desktop_set_empty (fixture->desktop, FALSE);
  pump (200);
  fake_desktop_set_empty (fixture->desktop, TRUE);
  pump (100);
  fake_desktop_set_empty (fixture->desktop, FALSE);
  pump (200);
  g_assert_true (act (fixture, "staff.move-all"));
}

static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "staff");
  pump (100);
  g_assert_true (act (fixture, "staff.take-back"));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "caseload.undo"), "transfer"), ==, "7f000000-0000-7000-8000-000000000001");
}

/* A client with more to do than one operation moves: the same part of the list again, until all of it is moved; the next part after that. */
static void
test_move_again (Fixture *fixture, gconstpointer data)
{
  JsonArray *records = json_array_new ();
  JsonObject *body = kith_json_new ("agency", "s", ANA, "state", "s", "running", NULL), *record, *args;

  open_place (fixture, "staff/" ANA);
  pump (100);
  fake_desktop_hold_answers (fixture->desktop);
  gtk_widget_activate_action (gtk_widget_get_ancestor (shown (fixture, "holds"), g_type_from_name ("KithStaffPage")), "staff.take", "s", CLIENT ("27"));
  gtk_widget_activate_action (gtk_widget_get_ancestor (shown (fixture, "holds"), g_type_from_name ("KithStaffPage")), "staff.drop", "s", LINH);
  pump (100);
  args = last_submitted (fixture, "caseload.transfer");
  record = kith_json_new ("kind", "s", "transfer", "id", "s", kith_json_string (args, "transfer"), "body", "o", body, NULL);
  json_array_add_object_element (records, record);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "records", records);
  fake_desktop_answer_held (fixture->desktop, NULL);
  fake_desktop_hold_answers (fixture->desktop);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "27:1>3");
  json_object_set_string_member (body, "state", "done");
  fake_desktop_answer_held (fixture->desktop, NULL);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
}

/* An act of several operations that the hub stops on the way: what was done until then was done, and the words say so. */
static void
test_stopped_on_the_way (Fixture *fixture, gconstpointer data)
{
  static const char id[] = "7f000000-0000-7000-8000-000000000001";
  JsonArray *records = json_array_new ();

  json_array_add_object_element (records, kith_json_new ("kind", "s", "transfer", "id", "s", id, "body", "o", kith_json_new ("agency", "s", ANA, "state", "s", "undoing", NULL), NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "records", records);
  open_place (fixture, "staff");
  pump (100);
  fake_desktop_hold_answers (fixture->desktop);
  g_assert_true (act (fixture, "staff.take-back"));
  fake_desktop_answer_held (fixture->desktop, NULL);
  fake_desktop_hold_answers (fixture->desktop);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  fake_desktop_answer_held (fixture->desktop, "The act was taken back by somebody else.");
  pump (100);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_title"))), ==, "Stopped on the way. The rest can still be taken back.");
}

/* Refused at once nothing was taken back; and of what was taken back before, by the toast as by the key, that is what is said. */
static void
test_taken_back_twice (Fixture *fixture, gconstpointer data)
{
  static const char id[] = "7f000000-0000-7000-8000-000000000001";
  JsonArray *records = json_array_new ();
  KithFrame *frame = kith_window_get_frame (fixture->window);
  JsonObject *body = kith_json_new ("agency", "s", ANA, "state", "s", "done", NULL);
  guint n;

  json_array_add_object_element (records, kith_json_new ("kind", "s", "transfer", "id", "s", id, "body", "o", body, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "records", records);
  open_place (fixture, "staff");
  pump (100);
  fake_desktop_refuse_next (fixture->desktop, "Only who moved it takes it back.");
  g_assert_true (act (fixture, "staff.take-back"));
  pump (50);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_title"))), ==, "Nothing was taken back");
  kith_staff_offer_back (GTK_WIDGET (frame), fixture->context, "Now with Linh", id);
  fake_desktop_refuse_next (fixture->desktop, "Only who moved it takes it back, once more.");
  kith_frame_undo (frame);
  pump (50);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_title"))), ==, "Nothing was taken back");
  SAYS ("once more");
  json_object_set_string_member (body, "state", "undone");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  kith_staff_offer_back (GTK_WIDGET (frame), fixture->context, "Now with Linh", id);
  kith_frame_undo (frame);
  pump (50);
  SAYS ("That was taken back before");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
}

/* Dropped on a colleague: what is chosen, or what was taken alone; on oneself, and on somebody who has left, nothing. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  open_place (fixture, "staff/" ANA);
  pump (100);
  page = gtk_widget_get_ancestor (shown (fixture, "holds"), g_type_from_name ("KithStaffPage"));
  gtk_widget_activate_action (page, "staff.take", "s", CLIENT ("27"));
  gtk_widget_activate_action (page, "staff.drop", "s", ANA);
  gtk_widget_activate_action (page, "staff.drop", "s", GIL);
  gtk_widget_activate_action (page, "staff.drop", "s", "unassigned");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  gtk_widget_activate_action (page, "staff.drop", "s", LINH);
  pump (100);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "27:1>3");
}

/* Proposed, looked through, unticked, applied as one. */
static void
test_balance (Fixture *fixture, gconstpointer data)
{
  GtkWidget *check;

  open_place (fixture, "staff/balance");
  pump (100);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "summary"))), "3 clients go to somebody else"));
  SAYS ("The most anybody at work has in hand: 10 before, 13 after.");
  SAYS ("Gil Foster → Linh Trần · 2 to take over");
  g_assert_nonnull (shown (fixture, "left_box")); /* and what nobody can take */
  check = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_CHECK_BUTTON (check));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  pump (50);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "summary"))), "2 clients go to somebody else"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  assert_moves (last_submitted (fixture, "caseload.transfer"), "31:4>5 36:1>3");
  g_assert_null (shown (fixture, "moves_box")); /* done */
}

/* What is known stands in the forms: saving them unchanged asks for what is there. A supervisor is the administrator's to choose (A5). */
static void
test_person (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "staff/" ANA);
  pump (100);
  g_assert_true (act (fixture, "staff.skills"));
  save_front (fixture);
  args = last_submitted (fixture, "staff.set_skills");
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, ANA);
  g_assert_true (kith_json_array_has (kith_json_array (args, "languages"), "es"));
  g_assert_true (kith_json_array_has (kith_json_array (args, "skills"), "housing"));
  open_place (fixture, "staff/" STAFF ("2"));
  pump (100);
  g_assert_true (act (fixture, "staff.leave"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "away_until")), "2026-12-04");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.cancel", NULL); /* a lock closes it as well */
  pump (50);
  g_assert_true (act (fixture, "staff.leave"));
  pump (300);
  save_front (fixture); /* what was typed is there again */
  args = last_submitted (fixture, "staff.set_leave");
  g_assert_cmpstr (kith_json_string (args, "away_until"), ==, "2026-12-04");
  act (fixture, "staff.supervisor");
  g_assert_null (front_window (fixture));
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_ADMIN);
  open_place (fixture, "staff/" LINH);
  pump (100);
  g_assert_true (act (fixture, "staff.supervisor"));
  save_front (fixture);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "staff.set_supervisor"), "staff"), ==, LINH);
  act (fixture, "staff.assign"); /* not an administrator's */
  g_assert_null (front_window (fixture));
}

/* domain.md 1f, 4: the overview by mail names nobody; whose its numbers are stands here, with the week they are of: the mail's, which begins where the agency is
 * and not where this computer thinks it is. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  JsonArray *closed = json_array_new (), *zones = json_array_new ();

  json_array_add_object_element (zones, kith_json_new ("id", "s", "x", "time_zone", "s", "America/Los_Angeles", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "agency-zone", zones);
  json_array_add_object_element (closed, kith_json_new ("_arg", "s", ANA, "_arg3", "s", "2026-11-09T08:00:00.000Z", "id", "s", ANA, "n", "i", (gint64) 2, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "staff-closed", closed);
  open_place (fixture, "staff/" ANA);
  pump (200);
  SAYS ("Closed last week");
  SAYS ("2 referrals, 9 Nov 2026 to 15 Nov 2026"); /* it is Friday, the 20th */
  open_place (fixture, "staff/" LINH);
  pump (200);
  g_assert_false (says (GTK_WIDGET (fixture->window), "2 referrals,"));
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, 0);
  open_place (fixture, "staff");
  pump (100);
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (shown (fixture, "empty"))), ==, "For Supervisors");
  act (fixture, "staff.balance");
  act (fixture, "staff.assign");
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

/* ux.md 2.0: Ctrl+Z takes the last act back, and once more the one before, as long as its message would have shown. */
static void
test_undo_twice (Fixture *fixture, gconstpointer data)
{
  static const char *const acts[] = { "today.done", "today.snooze" };

  open_place (fixture, "today");
  pump (100);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "tasks")), i)));
      g_assert_true (act (fixture, acts[i]));
      pump (50);
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (50);
  g_assert_cmpstr (fake_desktop_get_last_undone (fixture->desktop), ==, "op-2");
  g_assert_true (says (GTK_WIDGET (fixture->window), "Undone. Before that: Task done"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (50);
  g_assert_cmpstr (fake_desktop_get_last_undone (fixture->desktop), ==, "op-1");
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 2);
  g_assert_false (kith_frame_can_undo (kith_window_get_frame (fixture->window)));
}

/* What was changed again since is with the hub: it is not offered, and whoever asks for it is told how it is put right. */
static void
test_undo_too_late (Fixture *fixture, gconstpointer data)
{
  static const char *const acts[] = { "today.done", "today.snooze" };
  KithFrame *frame = kith_window_get_frame (fixture->window);

  open_place (fixture, "today");
  pump (100);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "tasks")), i)));
      g_assert_true (act (fixture, acts[i]));
      pump (50);
    }
  fake_desktop_set_sent (fixture->desktop, "op-1");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (50);
  g_assert_cmpstr (fake_desktop_get_last_undone (fixture->desktop), ==, "op-2");
  g_assert_true (says (GTK_WIDGET (fixture->window), "Undone"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Before that"));
  g_assert_false (kith_frame_can_undo (frame));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  kith_frame_undo_key (frame);
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
  SAYS ("Too late to undo. Open the record to correct it.");
}

static void
test_undo_nothing (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++) /* a key that is held */
    kith_frame_undo_key (kith_window_get_frame (fixture->window));
  pump (50);
  SAYS ("There is nothing to undo");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Too late"));
  pump (4800);
  g_assert_false (says (GTK_WIDGET (fixture->window), "There is nothing to undo"));
}

/* Sent while its message showed: it is said, and nothing else is offered in its place. */
static void
test_undo_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const acts[] = { "today.done", "today.snooze" };

  open_place (fixture, "today");
  pump (100);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "tasks")), i)));
      g_assert_true (act (fixture, acts[i]));
      pump (50);
    }
  fake_desktop_set_sent (fixture->desktop, "op-2");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (50);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "problem_title"))), ==, "Too late to undo");
  g_assert_false (kith_frame_can_undo (kith_window_get_frame (fixture->window)));
}

/* My Day: tasks and reminders due, D does one, S puts it off; a notice is read by opening what it is about (C17: by its number). */
static void
test_today (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;
  g_autofree char *place = NULL;

  open_place (fixture, "today");
  pump (100);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "tasks")), 0));
  gtk_widget_grab_focus (row);
  g_assert_true (act (fixture, "today.done"));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "task.done"), "task"), ==, "7a000000-0000-7000-8000-000000000001");
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "tasks")), 1));
  gtk_widget_grab_focus (row);
  g_assert_true (act (fixture, "today.snooze"));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "task.snooze"), "until"), ==, "2026-11-21T00:00:00.000Z");
  /* A6: what nobody has to do any more is a supervisor's to see */
  g_assert_false (says (shown (fixture, "tasks"), "Not assigned"));
  json_object_remove_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "tasks-due"), 0), "staff");
  fake_desktop_set_empty (fixture->desktop, FALSE);
  pump (100);
  g_assert_true (says (shown (fixture, "tasks"), "Not assigned · "));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "notices")), 0));
  gtk_widget_activate (row);
  pump (100);
  last_submitted (fixture, "notice.read");
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_true (g_str_has_prefix (place, "cases/ca"));
}

static void
test_finalised (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = g_object_ref_sink (kith_balance_form_new (fixture->context));

  pump (100);
  g_assert_finalize_object (form);
}

static GtkWidget *
row_of (GtkWidget *widget, const char *staff)
{
  GtkWidget *found = NULL;

  if (KITH_IS_STAFF_ROW (widget) && g_strcmp0 (kith_row_get_id (kith_list_row_get_row (KITH_LIST_ROW (widget))), staff) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = row_of (child, staff);
  return found;
}

/* U21: what is counted together, and that the bar's end is no limit. */
static void
test_tooltip (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  open_place (fixture, "staff");
  pump (100);
  row = row_of (GTK_WIDGET (fixture->window), LINH);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (row), "clients, cases, referrals and tasks together"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (row), "full at 40, which is no limit"));
}

/* Nobody is called what was typed: that stands in the place of the list, and not an empty line. */
static void
test_nobody_called (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "staff/" ANA);
  pump (100);
  g_assert_true (act (fixture, "staff.move-all"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "search")), "zzz");
  pump (50);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "No match for “zzz”"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "search")), "linh");
  pump (50);
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "No match for"));
  gtk_window_destroy (front_window (fixture));
}

/* ux.md 2.1: where nobody fits, it is said which need lacks. */
static void
test_nobody_fits (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "staff-holds");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    json_object_set_string_member (json_array_get_object_element (rows, i), "languages", "[\"tl\"]");
  open_place (fixture, "staff/" ANA);
  pump (100);
  g_assert_true (act (fixture, "staff.assign"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Nobody at work here speaks Tagalog."));
  gtk_window_destroy (front_window (fixture));
  g_assert_true (act (fixture, "staff.move-all"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "3 of 3 clients: nobody at work here speaks Tagalog."));
  gtk_window_destroy (front_window (fixture));
}

#define NORTH "{\"10000000-0000-7000-8000-0000000000a1\":\"Harbor House North\"}"
#define SOUTH "{\"10000000-0000-7000-8000-0000000000a2\":\"Harbor House South\"}"

static void
set_of (Fixture *fixture, const char *query, const char *id, const char *column, const char *value)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, query);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), id))
      json_object_set_string_member (json_array_get_object_element (rows, i), column, value);
}

/* Whom the window offers first for Liam Fitzgerald, whom Gil had. */
static GtkWidget *
first_for_liam (Fixture *fixture)
{
  open_place (fixture, "staff/" GIL);
  pump (200);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (shown (fixture, "holds"))), 1, TRUE);
  pump (50);
  g_assert_true (act (fixture, "staff.assign"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Liam Fitzgerald"));
  return gtk_widget_get_first_child (find_widget (GTK_WIDGET (front_window (fixture)), "list"));
}

/* ux.md 2.1 (Assign staff): best fit first: language, load, site. Whoever works where the client is helped comes before somebody who has but little less in
 * hand, and it is said; clearly less in hand counts before it. */
static void
test_site (Fixture *fixture, gconstpointer data)
{
  GtkWidget *first;

  set_of (fixture, "colleagues", ANA, "sites", NORTH);
  set_of (fixture, "colleagues", LINH, "sites", SOUTH);
  first = first_for_liam (fixture);
  g_assert_true (says (first, "Linh Trần")); /* who has least: nobody knows where he is helped */
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Harbor House"));
  gtk_window_destroy (front_window (fixture));
  set_of (fixture, "staff-holds", CLIENT ("11"), "sites", NORTH);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "enrollment", NULL });
  first = first_for_liam (fixture);
  g_assert_true (says (first, "Ana Delgado"));
  g_assert_true (says (first, "at Harbor House North · 6 of 40 in hand"));
  g_assert_false (says (gtk_widget_get_next_sibling (first), "Harbor House"));
  gtk_window_destroy (front_window (fixture));
  json_object_set_int_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "colleagues"), 0), "load", 19);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "staff", NULL });
  first = first_for_liam (fixture);
  g_assert_true (says (first, "Linh Trần"));
  gtk_window_destroy (front_window (fixture));
}

/* ux.md 2.1: nobody fits: says which need lacks ("no Tagalog speaker at site"). */
static void
test_nobody_near (Fixture *fixture, gconstpointer data)
{
  set_of (fixture, "colleagues", ANA, "sites", NORTH);
  set_of (fixture, "colleagues", LINH, "sites", SOUTH);
  set_of (fixture, "staff-holds", CLIENT ("11"), "sites", SOUTH);
  set_of (fixture, "staff-holds", CLIENT ("11"), "languages", "[\"es\"]");
  g_assert_true (says (first_for_liam (fixture), "Ana Delgado"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Nobody at Harbor House South speaks Spanish."));
  gtk_window_destroy (front_window (fixture));
  set_of (fixture, "staff-holds", CLIENT ("11"), "sites", "{\"10000000-0000-7000-8000-0000000000a3\":\"Harbor House East\"}");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "enrollment", NULL });
  first_for_liam (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Nobody at work is at Harbor House East."));
  gtk_window_destroy (front_window (fixture));
}

static GtkWidget *
row_of_staff (GtkWidget *widget, const char *name)
{
  if (KITH_IS_STAFF_ROW (widget))
    return says (widget, name) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = row_of_staff (child, name);

      if (found)
        return found;
    }
  return NULL;
}

/* ux.md 2.1: overload = word + stripe, in the list and where somebody is chosen. */
static void
test_overload (Fixture *fixture, gconstpointer data)
{
  GtkWidget *line;

  json_object_set_int_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "colleagues"), 2), "load", 49);
  line = first_for_liam (fixture);
  g_assert_true (says (line, "Ana Delgado"));
  g_assert_false (gtk_widget_has_css_class (line, "overloaded"));
  line = gtk_widget_get_next_sibling (line);
  g_assert_true (says (line, "a lot in hand"));
  g_assert_true (gtk_widget_has_css_class (line, "overloaded"));
  gtk_window_destroy (front_window (fixture));
  line = row_of_staff (GTK_WIDGET (fixture->window), "49 of 40 in hand");
  g_assert_true (says (line, "a lot in hand")); /* where the pill says that they are on leave */
  g_assert_true (gtk_widget_has_css_class (line, "overloaded"));
  g_assert_false (gtk_widget_has_css_class (row_of_staff (GTK_WIDGET (fixture->window), "Ana Delgado"), "overloaded"));
}

/* How much is how much of what: in words, as the bar has it. */
static void
test_load_words (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "staff");
  pump (100);
  SAYS ("8 of 40 in hand");
  SAYS ("Choose one or several clients, then assign them to somebody.");
  SAYS ("49 of 40 in hand");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("staff/assign", NULL, test_assign);
  ADD ("staff/words", NULL, test_words);
  ADD ("staff/away-last", NULL, test_away_last);
  ADD ("staff/rights-on-each-row", NULL, test_rights);
  ADD ("staff/as-named", NULL, test_as_named);
  ADD ("staff/move-all", NULL, test_move_all);
  ADD ("staff/rows-come-later", NULL, test_rows_come_later);
  ADD ("staff/take-back", NULL, test_take_back);
  ADD ("staff/stopped-on-the-way", NULL, test_stopped_on_the_way);
  ADD ("staff/move-again", NULL, test_move_again);
  ADD ("staff/drop", NULL, test_drop);
  ADD ("staff/balance", NULL, test_balance);
  ADD ("staff/person-A5", NULL, test_person);
  ADD ("staff/closed-in-the-week", NULL, test_closed);
  ADD ("staff/what-is-counted", NULL, test_tooltip);
  ADD ("staff/denied", NULL, test_denied);
  ADD ("staff/nobody-called", NULL, test_nobody_called);
  ADD ("staff/nobody-fits", NULL, test_nobody_fits);
  ADD ("staff/site", NULL, test_site);
  ADD ("staff/nobody-near", NULL, test_nobody_near);
  ADD ("staff/overload", NULL, test_overload);
  ADD ("staff/load-words", NULL, test_load_words);
  ADD ("staff/finalised", NULL, test_finalised);
  ADD ("today", NULL, test_today);
  ADD ("taken-back-twice", NULL, test_taken_back_twice);
  ADD ("undo-twice", NULL, test_undo_twice);
  ADD ("undo-too-late", NULL, test_undo_too_late);
  ADD ("undo-nothing", NULL, test_undo_nothing);
  ADD ("undo-refused", NULL, test_undo_refused);
  return g_test_run ();
}
