/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The register of services given (ux.md): a line begins as the last one, takes letters, Tab and Enter, and begins anew; what is typed in it is kept, and
 * goes with the access. Real keys. */

#include "keys-fixture.h"

#include "clients/kith-service-line.h"

#define NO_SERVICE "c0000000-0000-7000-8000-000000000005"
#define BED "d0000000-0000-7000-8000-000000000011" /* that of the last meal */

static GtkWidget *
line_of (Fixture *fixture)
{
  return find_named (GTK_WIDGET (fixture->window), "KithServiceLine");
}

static GtkWidget *
says (GtkWidget *widget, const char *words)
{
  if (gtk_widget_get_mapped (widget) && ((GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words)) ||
                                         (GTK_IS_TEXT (widget) && strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), words))))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = says (child, words);

      if (found)
        return found;
    }
  return NULL;
}

static JsonObject *
recorded (Fixture *fixture, guint n)
{
  const char *op = NULL;
  JsonObject *args;

  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  args = fake_desktop_get_submitted (fixture->desktop, n - 1, &op);
  g_assert_cmpstr (op, ==, "service.record");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  return args;
}

static void
begin (Fixture *fixture)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "s");
  pump (100);
  g_assert_true (KITH_IS_SERVICE_LINE (line_of (fixture)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), line_of (fixture)));
}

/* Two keys for the same again; then a letter, Tab and figures, and each Enter is one more. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  JsonObject *args;

  start_counting (fixture);
  begin (fixture);
  key (fixture, "Return");
  BUDGET (fixture, 2);
  args = recorded (fixture, 1);
  first = g_strdup (kith_json_string (args, "id"));
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "meal");
  g_assert_cmpint (kith_json_int (args, "count", 0), ==, 3);
  g_assert_cmpstr (kith_json_string (args, "service"), ==, BED);
  g_assert_cmpstr (kith_json_string (args, "given_on"), ==, "2026-11-20");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  pump (100);
  key (fixture, "n"); /* a night; and no note, though that is the key of one */
  key (fixture, "Tab");
  word (fixture, "2");
  key (fixture, "Tab");
  key (fixture, "Tab");
  word (fixture, "yesterday");
  key (fixture, "Return");
  args = recorded (fixture, 2);
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "night");
  g_assert_cmpint (kith_json_int (args, "count", 0), ==, 2);
  g_assert_cmpstr (kith_json_string (args, "service"), ==, BED);
  g_assert_cmpstr (kith_json_string (args, "given_on"), ==, "2026-11-19");
  g_assert_cmpstr (kith_json_string (args, "id"), !=, first);
  pump (100);
  key (fixture, "Return"); /* repeats the line before */
  args = recorded (fixture, 3);
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "night");
  g_assert_cmpstr (kith_json_string (args, "given_on"), ==, "2026-11-19");
  pump (100);
  key (fixture, "Escape");
  g_assert_null (line_of (fixture));
  key (fixture, "t"); /* the record has its letters again */
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
}

/* A note is said of one line. What is refused stays to be mended, with the reason; a list that is open has its own Enter. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  for (guint i = 0; i < 4; i++)
    key (fixture, "Tab");
  word (fixture, "Came late");
  fake_desktop_refuse_next (fixture->desktop, "This service belongs to another agency.");
  key (fixture, "Return");
  pump (100);
  g_assert_nonnull (says (GTK_WIDGET (fixture->window), "This service belongs to another agency."));
  g_assert_true (KITH_IS_SERVICE_LINE (line_of (fixture)));
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (recorded (fixture, 2), "note"), ==, "Came late");
  pump (100);
  key (fixture, "Return");
  g_assert_null (kith_json_string (recorded (fixture, 3), "note"));
  pump (100);
  key (fixture, "space");
  key (fixture, "Down");
  key (fixture, "Return");
  recorded (fixture, 3);
}

/* Who types quickly does not wait for the store: the next line is begun at once, and what is typed into it stays. */
static void
test_quick (Fixture *fixture, gconstpointer data)
{
  GtkWidget *line, *note;

  begin (fixture);
  for (guint i = 0; i < 4; i++)
    key (fixture, "Tab");
  word (fixture, "Came late");
  line = line_of (fixture);
  note = says (line, "Came late");
  g_assert_nonnull (note);
  g_assert_true (gtk_widget_activate_action (line, "form.commit", NULL));
  g_assert_false (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), gtk_widget_get_ancestor (note, GTK_TYPE_LIST_BOX_ROW)));
  gtk_editable_set_text (GTK_EDITABLE (note), "Left early");
  pump (700);
  recorded (fixture, 1);
  g_assert_nonnull (says (line, "Left early"));
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "service:client:" MARIA));
}

/* What was typed comes back to whoever left the line, to that client alone. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  for (guint i = 0; i < 4; i++)
    key (fixture, "Tab");
  word (fixture, "Asked for the bus");
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" NO_SERVICE);
  pump (200);
  g_assert_null (line_of (fixture));
  begin (fixture);
  g_assert_nonnull (says (GTK_WIDGET (fixture->window), "Asked for the bus"));
  g_assert_nonnull (says (GTK_WIDGET (fixture->window), "restored"));
}

/* C4, I6: nothing of it stays in sight when the access ends. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  const char *kinds[] = { "client", NULL };

  begin (fixture);
  for (guint i = 0; i < 4; i++)
    key (fixture, "Tab");
  word (fixture, "Asked for the bus");
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "client", json_array_new ());
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_null (line_of (fixture));
  g_assert_null (says (GTK_WIDGET (fixture->window), "Asked for the bus"));
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "service:client:" MARIA));
}

/* C3: today is the agency's, by whose clock the operation is judged, and not this computer's: there it is five past four in the morning of the next day. */
static void
test_zone (Fixture *fixture, gconstpointer data)
{
  const char *kinds[] = { "agency_settings", NULL };
  JsonArray *zones = json_array_new ();

  json_array_add_object_element (zones, kith_json_new ("id", "s", "x", "time_zone", "s", "Pacific/Kiritimati", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "agency-zone", zones);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  begin (fixture);
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (recorded (fixture, 1), "given_on"), ==, "2026-11-21");
}

#define HOME "ca000000-0000-7000-8000-000000000001"

/* ux.md 2.1 (Cases): the case's page has the same line and the client's last services, and takes one back; what is recorded is the client's. */
static void
test_case (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  const char *op;

  start_counting (fixture);
  kith_frame_open (kith_window_get_frame (fixture->window), "cases/" HOME);
  pump (300);
  g_assert_nonnull (says (GTK_WIDGET (fixture->window), "Services given"));
  g_assert_nonnull (says (GTK_WIDGET (fixture->window), "Meal × 3"));
  key (fixture, "shift+s");
  pump (100);
  g_assert_true (KITH_IS_SERVICE_LINE (line_of (fixture)));
  key (fixture, "Return");
  BUDGET (fixture, 2);
  g_assert_cmpstr (kith_json_string (recorded (fixture, 1), "type"), ==, "meal");
  pump (100);
  key (fixture, "Escape");
  g_assert_null (line_of (fixture));
  key (fixture, "s"); /* the case has its letters again: what comes next */
  g_assert_nonnull (find_named (GTK_WIDGET (fixture->window), "KithCaseComposer"));
  key (fixture, "Escape");
  gtk_widget_activate_action (find_named (GTK_WIDGET (fixture->window), "KithCasesPage"), "client.void-service", "s", "5e000000-0000-7000-8000-000000000001");
  pump (100);
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  word (fixture, "Twice");
  key (fixture, "ctrl+Return");
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 1, &op);
  g_assert_cmpstr (op, ==, "service.void");
  g_assert_cmpstr (kith_json_string (args, "event"), ==, "5e000000-0000-7000-8000-000000000001");
}

/* Of the case before nothing is recorded: the line goes with it, and what was typed is kept for its client. */
static void
test_case_turns (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "cases/" HOME);
  pump (300);
  key (fixture, "shift+s");
  pump (100);
  for (guint i = 0; i < 4; i++)
    key (fixture, "Tab");
  word (fixture, "Asked for the bus");
  kith_frame_open (kith_window_get_frame (fixture->window), "cases/ca000000-0000-7000-8000-000000000002");
  pump (200);
  g_assert_null (line_of (fixture));
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "service:client:" MARIA));
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("service-line/lines-1b", test_lines);
  ADD ("service-line/refused", test_refused);
  ADD ("service-line/quick", test_quick);
  ADD ("service-line/kept", test_kept);
  ADD ("service-line/ends-C4", test_ends);
  ADD ("service-line/zone-C3", test_zone);
  ADD ("service-line/case", test_case);
  ADD ("service-line/case-turns", test_case_turns);
  return g_test_run ();
}
