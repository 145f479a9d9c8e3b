/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with a mouse on Board, Staff and with a case is done with real keys as well: moving a card, choosing several clients, assigning. */

#include "keys-fixture.h"
#include "kith-list-row.h"

static JsonObject *
submitted (Fixture *fixture, const char *op)
{
  for (guint i = fake_desktop_get_n_submitted (fixture->desktop); i > 0; i--)
    {
      const char *name = NULL;
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i - 1, &name);

      if (g_strcmp0 (name, op) == 0)
        return args;
    }
  g_error ("%s was not submitted, but %s", op, last_op (fixture));
}

/* P6: the card that has the focus goes to the next status, and the focus with it. */
static void
test_board (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  key (fixture, "ctrl+5");
  start_counting (fixture);
  key (fixture, "ctrl+shift+Right");
  first = g_strdup (kith_json_string (submitted (fixture, "queue.move"), "referral"));
  g_assert_cmpstr (kith_json_string (submitted (fixture, "queue.move"), "was"), !=, kith_json_string (submitted (fixture, "queue.move"), "status"));
  BUDGET (fixture, 1);
  key (fixture, "Down");
  key (fixture, "ctrl+shift+Right");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "queue.move"), "referral"), !=, first); /* another card */
  key (fixture, "m");
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  key (fixture, "Escape");
  key (fixture, "slash");
  word (fixture, "nguyen");
  g_assert_true (GTK_IS_EDITABLE (gtk_root_get_focus (GTK_ROOT (fixture->window))));
}

/* Several clients of a person, each chosen by Space. */
static void
test_staff (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+6");
  key (fixture, "Down");
  key (fixture, "Return"); /* among that person's clients, the first of whom is chosen */
  key (fixture, "ctrl+Down");
  key (fixture, "space");
  key (fixture, "a");
  word (fixture, "linh");
  key (fixture, "Return");
  g_assert_cmpuint (json_array_get_length (kith_json_array (submitted (fixture, "caseload.transfer"), "moves")), ==, 2);
}

/* A10: a name, Enter, and one Save. */
static void
test_assigned (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  start_counting (fixture);
  key (fixture, "a");
  word (fixture, "linh");
  key (fixture, "Return");
  key (fixture, "ctrl+Return");
  submitted (fixture, "assignment.apply");
  BUDGET (fixture, 4);
}

static void
test_open_case (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  start_counting (fixture);
  key (fixture, "c");
  word (fixture, "A room of her own");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "case.open"), "title"), ==, "A room of her own");
  BUDGET (fixture, 3);
}

static void
test_close_case (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+4");
  start_counting (fixture);
  key (fixture, "x");
  word (fixture, "fully");
  key (fixture, "Return");
  submitted (fixture, "case.close");
  BUDGET (fixture, 3);
}

/* From the record, without a way through its parts. */
static void
test_services (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "t");
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  word (fixture, "Call the school");
  key (fixture, "ctrl+Return");
  submitted (fixture, "task.add");
}

/* U5, U6: of the parts of the record that are further down, too. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *key, *title; } asked[] = { { "shift+e", "Enroll in a Program" }, { "shift+t", "Name a Colleague" }, { "shift+a", "Raise an Alert" },
                                                               { "shift+m", "Join a Household" }, { "shift+x", "Revoke Consent" }, { "l", "Restrict This Record" } };

  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      start_counting (fixture);
      key (fixture, asked[i].key);
      g_test_message ("%s: %s", asked[i].key, asked[i].title);
      BUDGET (fixture, 1);
      g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
      g_assert_cmpstr (gtk_window_get_title (front_window (fixture)), ==, asked[i].title);
      key (fixture, "Escape");
      g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
    }
}

/* C19: a letter asks no more than a button does: whoever may not restrict a record is not asked why. */
static void
test_restrict (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, 0);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "l");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
}

/* Where a place of a widget is in its window as the screen has it. */
static char *
point_of (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double x, y, left, top;

  gtk_native_get_surface_transform (native, &left, &top);
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), MIN (60, gtk_widget_get_width (widget) / 2.0), gtk_widget_get_height (widget) / 2.0, &x, &y);
  return g_strdup_printf ("%d %d", (int) (x + left), (int) (y + top));
}

static GtkWidget *
row_saying (GtkWidget *inside, const char *type, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && gtk_widget_get_mapped (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), words)
                         ? gtk_widget_get_ancestor (inside, g_type_from_name (type)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = row_saying (child, type, words);
  return found;
}

/* With the mouse, from the one to the other, as a hand does it: pressed, pulled, held over, let go. */
static void
drag (Fixture *fixture, GtkWidget *from, GtkWidget *to)
{
  g_autofree char *xid = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (fixture->window))));
  g_autofree char *begin = point_of (from), *end = point_of (to);
  g_autofree char *line = g_strdup_printf ("mousemove --window %s %s sleep 0.2 mousedown 1 sleep 0.2 mousemove_relative 6 6 sleep 0.2 mousemove_relative 20 10 "
                                           "sleep 0.3 mousemove --window %s %s sleep 0.3 mousemove_relative 3 2 sleep 0.4 mouseup 1", xid, begin, xid, end);

  g_test_message ("%s", line);
  hand_do (line);
  for (guint i = 0; i < 100 && fake_desktop_get_n_submitted (fixture->desktop) == 0; i++)
    pump (50);
}

/* ux.md 2.1: what keys do, the mouse does: a client is dragged onto a colleague. */
static void
test_staff_drag (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page, *from, *to;
  JsonArray *moves;

  kith_frame_open (kith_window_get_frame (fixture->window), "staff/50000000-0000-7000-8000-000000000001");
  pump (400);
  page = GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  from = find_named (page, "KithHoldRow");
  to = row_saying (page, "KithStaffRow", "Linh Trần");
  g_assert_nonnull (from);
  g_assert_nonnull (to);
  drag (fixture, from, to);
  moves = kith_json_array (submitted (fixture, "caseload.transfer"), "moves");
  g_assert_cmpuint (json_array_get_length (moves), ==, 1);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (moves, 0), "client"), ==, kith_row_get_id (kith_list_row_get_row (KITH_LIST_ROW (from))));
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (moves, 0), "to"), ==, "50000000-0000-7000-8000-000000000003");
  pump (1000); /* what was pulled along is put away */
}

#define WAITS "e0000000-0000-7000-8000-000000000007" /* on the wait list here */

static void
set_type (Fixture *fixture, const char *type)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), WAITS))
      json_object_set_string_member (kith_json_object (json_array_get_object_element (rows, i), "course"), "type", type);
}

/* D9: a hand-off from person to person is made by an introduction: by W, how, and who was there; Escape leaves it. What is no warm hand-off has none. */
static void
test_introduce (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  kith_frame_open (kith_window_get_frame (fixture->window), "inbox/" WAITS);
  pump (300);
  key (fixture, "w");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));

  set_type (fixture, "warm");
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (300);
  key (fixture, "w");
  g_assert_cmpstr (gtk_window_get_title (front_window (fixture)), ==, "Record the Introduction");
  word (fixture, "person");
  key (fixture, "Escape");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);

  start_counting (fixture);
  key (fixture, "w");
  key (fixture, "Return"); /* decides nothing by itself */
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  word (fixture, "person");
  key (fixture, "Tab");
  key (fixture, "Tab");
  word (fixture, "Keiko, Linh and Priya");
  key (fixture, "Return");
  args = submitted (fixture, "referral.introduce");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_cmpstr (kith_json_string (args, "referral"), ==, WAITS);
  g_assert_cmpstr (kith_json_string (args, "how"), ==, "in_person");
  g_assert_cmpstr (kith_json_string (args, "text"), ==, "Keiko, Linh and Priya");
}

static void
test_close_referral (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "inbox/e0000000-0000-7000-8000-000000000007");
  pump (300);
  start_counting (fixture);
  key (fixture, "x");
  word (fixture, "fully");
  key (fixture, "Return");
  submitted (fixture, "referral.close");
  BUDGET (fixture, 3);
}

/* domain.md 2e: an end without the need met has a reason: where the outcome is none it is asked for, at one key more than a decline and the words. */
static void
test_close_unresolved (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  kith_frame_open (kith_window_get_frame (fixture->window), "inbox/e0000000-0000-7000-8000-000000000007");
  pump (300);
  start_counting (fixture);
  key (fixture, "x");
  word (fixture, "elsewhere");
  key (fixture, "Return");
  g_assert_cmpstr (last_op (fixture), !=, "referral.close");
  word (fixture, "full");
  key (fixture, "Return");
  args = submitted (fixture, "referral.close");
  g_assert_cmpstr (kith_json_string (args, "outcome"), ==, "referred_elsewhere");
  g_assert_cmpstr (kith_json_string (args, "text"), ==, "full");
  BUDGET (fixture, 5);
}

/* U14: of a referral that is shown, as of a client at Assign: a letter, a word, Enter. */
static void
test_assign_referral (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR);
  kith_frame_open (kith_window_get_frame (fixture->window), "inbox/e0000000-0000-7000-8000-000000000007");
  pump (300);
  start_counting (fixture);
  key (fixture, "a");
  word (fixture, "linh");
  key (fixture, "Return");
  g_assert_nonnull (kith_json_string (submitted (fixture, "referral.assign"), "staff"));
  BUDGET (fixture, 3);
}

/* From any view: My Day, to what waits there first, and the answer. */
static void
test_today_answer (Fixture *fixture, gconstpointer data)
{
  JsonArray *waiting = fake_desktop_list (fixture->desktop, "referrals-waiting");
  g_autofree char *first = NULL;

  json_array_remove_element (waiting, 0); /* what came back */
  first = g_strdup (kith_json_string (json_array_get_object_element (waiting, 0), "id"));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "tasks-due", json_array_new ());
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients");
  pump (300);
  start_counting (fixture);
  key (fixture, "ctrl+1");
  key (fixture, "Return");
  key (fixture, "1");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "referral.accept"), "referral"), ==, first);
  BUDGET (fixture, 3);
}

/* What was done goes from the store, which tells. */
static void
take_away (Fixture *fixture, const char *query, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, query);

  for (guint i = json_array_get_length (rows); i > 0; i--)
    if (!id || g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i - 1), "id"), id) == 0)
      json_array_remove_element (rows, i - 1);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (200);
}

/* From any view through all that waits: a key for what is done or put off, and three for an answer; from one to the next nobody has to go. */
static void
test_today_through (Fixture *fixture, gconstpointer data)
{
  static const char *const first = "7a000000-0000-7000-8000-000000000001", *const second = "7a000000-0000-7000-8000-000000000002", *const back = "e0000000-0000-7000-8000-000000000024";

  take_away (fixture, "tasks-due", "7a000000-0000-7000-8000-000000000003"); /* for later */
  take_away (fixture, "referrals-waiting", "e0000000-0000-7000-8000-000000000003");
  kith_frame_open (kith_window_get_frame (fixture->window), "clients");
  pump (300);
  start_counting (fixture);
  key (fixture, "ctrl+1");
  key (fixture, "d");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "task.done"), "task"), ==, first);
  take_away (fixture, "tasks-due", first);
  key (fixture, "s");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "task.snooze"), "task"), ==, second);
  take_away (fixture, "tasks-due", second);
  key (fixture, "s");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "referral.snooze"), "referral"), ==, back);
  take_away (fixture, "referrals-waiting", back);
  key (fixture, "Return");
  key (fixture, "1");
  g_assert_cmpstr (kith_json_string (submitted (fixture, "referral.accept"), "referral"), ==, "e0000000-0000-7000-8000-000000000002");
  take_away (fixture, "referrals-waiting", NULL);
  key (fixture, "ctrl+1");
  ASSERT_PLACE (fixture, "today");
  BUDGET (fixture, 1 + 3 + 3);
}

#define TRIAGED 20
#define DECLINED(i) ((i) % 5 == 4)

/* Alike but for who they are. */
static void
fill_inbox (Fixture *fixture, guint n)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "inbox-new"), *records = fake_desktop_list (fixture->desktop, "referral");
  g_autoptr (JsonObject) row = kith_json_copy_object (json_array_get_object_element (rows, 1));
  g_autoptr (JsonObject) record = NULL;

  for (guint i = 0; !record; i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (records, i), "id"), kith_json_string (row, "id")) == 0)
      record = kith_json_copy_object (json_array_get_object_element (records, i));
  while (json_array_get_length (rows) > 1) /* the first is shown already */
    json_array_remove_element (rows, 1);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e0000000-0000-7000-8000-0000000005%02u", i), *number = g_strdup_printf ("MF-05%02u", i);
      JsonObject *one = kith_json_copy_object (row), *whole = kith_json_copy_object (record);

      json_object_set_string_member (one, "id", id);
      json_object_set_string_member (one, "number", number);
      json_object_set_string_member (whole, "id", id);
      json_object_set_string_member (whole, "_arg", id);
      json_object_set_object_member (whole, "body", kith_json_copy_object (kith_json_object (record, "body")));
      json_object_set_string_member (kith_json_object (whole, "body"), "number", number);
      json_array_add_object_element (rows, one);
      json_array_add_object_element (records, whole);
    }
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
}

/* ux.md 2.2: twenty in a row: one key where it is accepted, three where it is declined, and none to go on to the next. How long a hand takes for that is
 * not counted here. */
static void
test_triage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint most = 1, n = 0;

  fill_inbox (fixture, TRIAGED);
  for (guint i = 0; i < TRIAGED; i++)
    g_ptr_array_add (ids, g_strdup (kith_json_string (json_array_get_object_element (fake_desktop_list (fixture->desktop, "inbox-new"), i), "id")));
  start_counting (fixture);
  key (fixture, "ctrl+2");
  pump (200);
  for (guint i = 0; i < TRIAGED; i++)
    {
      if (DECLINED (i))
        {
          key (fixture, "3");
          word (fixture, "capacity");
          key (fixture, "Return");
        }
      else
        key (fixture, "1");
      pump (200);
      most += DECLINED (i) ? 3 : 1;
    }
  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      const char *op = NULL;
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i, &op);

      if (g_strcmp0 (op, "referral.accept") != 0 && g_strcmp0 (op, "referral.decline") != 0)
        continue;
      g_assert_cmpuint (n, <, TRIAGED);
      g_assert_cmpstr (kith_json_string (args, "referral"), ==, ids->pdata[n]); /* nobody twice, and nobody passed over */
      g_assert_cmpstr (op, ==, DECLINED (n) ? "referral.decline" : "referral.accept");
      n++;
    }
  g_assert_cmpuint (n, ==, TRIAGED);
  BUDGET (fixture, most);
}

/* Of the Inbox's list, at the beginning. */
static const char *
inbox_id (Fixture *fixture, guint i)
{
  return kith_json_string (json_array_get_object_element (fake_desktop_list (fixture->desktop, "inbox-new"), i), "id");
}

#define SHOWS(id) \
  G_STMT_START \
    { \
      g_autofree char *at = place (fixture); \
      g_test_message ("%s", at); \
      g_assert_nonnull (strstr (at, (id))); \
    } \
  G_STMT_END

/* ux.md 2.1: the arrows go as J and K do from a row that was decided on: nobody is passed over, whoever decided. */
static void
test_inbox_arrows (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", NULL };
  g_autofree char *first = g_strdup (inbox_id (fixture, 0)), *second = g_strdup (inbox_id (fixture, 1)), *third = g_strdup (inbox_id (fixture, 2)), *fourth = g_strdup (inbox_id (fixture, 3));

  key (fixture, "ctrl+2");
  pump (200);
  key (fixture, "Down");
  key (fixture, "Up"); /* stands on the row itself */
  SHOWS (first);
  json_array_remove_element (fake_desktop_list (fixture->desktop, "inbox-new"), 0); /* somebody else's answer */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (300);
  SHOWS (first);
  key (fixture, "Down");
  SHOWS (second);
  key (fixture, "1");
  pump (300);
  SHOWS (third);
  key (fixture, "Down");
  SHOWS (fourth);
  key (fixture, "k");
  SHOWS (third);
  key (fixture, "Down");
  SHOWS (fourth);
}

/* What is chosen is what Enter opens, and what the next arrow goes on from. */
static void
test_inbox_enter (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = g_strdup (inbox_id (fixture, 1)), *third = g_strdup (inbox_id (fixture, 2));

  key (fixture, "ctrl+2");
  pump (200);
  key (fixture, "Down"); /* the first is chosen as one comes */
  SHOWS (second);
  key (fixture, "j");
  SHOWS (third);
  key (fixture, "Return");
  SHOWS (third);
  key (fixture, "alt+Left");
  SHOWS (third);
  key (fixture, "Up");
  SHOWS (second);
}

/* The same from the middle, and back in the list from the record, where it was decided. */
static void
test_inbox_arrows_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = g_strdup (inbox_id (fixture, 1)), *third = g_strdup (inbox_id (fixture, 2)), *fourth = g_strdup (inbox_id (fixture, 3));

  key (fixture, "ctrl+2");
  pump (200);
  key (fixture, "Down");
  SHOWS (second);
  key (fixture, "Return");
  key (fixture, "1");
  pump (300);
  SHOWS (second);
  key (fixture, "alt+Left");
  pump (100);
  SHOWS (second);
  key (fixture, "Down");
  SHOWS (third);
  key (fixture, "Return");
  key (fixture, "1");
  pump (300);
  key (fixture, "alt+Left");
  key (fixture, "Up");
  g_assert_cmpstr (inbox_id (fixture, 1), ==, fourth);
  SHOWS (inbox_id (fixture, 0));
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("board-P6", test_board);
  ADD ("staff-several", test_staff);
  ADD ("staff-drag", test_staff_drag);
  ADD ("introduce-D9", test_introduce);
  ADD ("assign-A10", test_assigned);
  ADD ("open-case", test_open_case);
  ADD ("close-case", test_close_case);
  ADD ("services-and-tasks", test_services);
  ADD ("record-U5-U6", test_record);
  ADD ("restrict-C19", test_restrict);
  ADD ("close-referral-2f", test_close_referral);
  ADD ("close-unresolved-2e", test_close_unresolved);
  ADD ("assign-referral-U14", test_assign_referral);
  ADD ("today-answer", test_today_answer);
  ADD ("today-through", test_today_through);
  ADD ("triage-twenty", test_triage);
  ADD ("inbox-arrows", test_inbox_arrows);
  ADD ("inbox-enter", test_inbox_enter);
  ADD ("inbox-arrows-back", test_inbox_arrows_back);
  return g_test_run ();
}
