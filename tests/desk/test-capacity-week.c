/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A week of free places (P4), by keys from outside. It is Friday, 20 November 2026, 14:05. */

#include "keys-fixture.h"
#include "widgets/kith-switch-row.h"

#define PLAN "ca920000-0000-7000-8000-00000000000"

static GtkWidget *
find_called (GtkWidget *widget, const char *name)
{
  gboolean named = g_strcmp0 (gtk_widget_get_name (widget), name) == 0 || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0;
  GtkWidget *found = named && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_called (child, name);
  return found;
}

static GtkWidget *
day (Fixture *fixture, guint i)
{
  GtkWidget *child = gtk_widget_get_first_child (find_called (GTK_WIDGET (fixture->window), "days"));

  while (i-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The week of the first row, Family shelter. */
static void
open_week (Fixture *fixture)
{
  GtkWidget *page;
  GtkListBox *rows;

  kith_frame_open (kith_window_get_frame (fixture->window), "capacity");
  pump (200);
  page = GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  for (int i = 0; i < 200 && !find_called (page, "rows"); i++)
    pump (50);
  rows = GTK_LIST_BOX (find_called (page, "rows"));
  for (int i = 0; gtk_list_box_get_row_at_index (rows, i); i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (rows, i))), "Family shelter"))
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (gtk_list_box_get_row_at_index (rows, i)), TRUE);
  for (int i = 0; i < 200 && !find_called (GTK_WIDGET (fixture->window), "days"); i++)
    pump (50);
  pump (100);
}

/* What is read out, as what is seen says it. */
#define ASSERT_DAY(fixture, i, expected) \
  G_STMT_START \
  { \
    g_autofree char *not_ = NULL; \
    for (int n_ = 0; n_ < 100; n_++) \
      { \
        g_free (not_); \
        not_ = gtk_test_accessible_check_property (GTK_ACCESSIBLE (day (fixture, i)), GTK_ACCESSIBLE_PROPERTY_LABEL, expected); \
        if (!not_) \
          break; \
        pump (50); \
      } \
    g_assert_cmpstr (not_, ==, NULL); \
  } \
  G_STMT_END

static JsonObject *
last (Fixture *fixture, const char *op)
{
  g_assert_cmpstr (last_op (fixture), ==, op);
  return fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, NULL);
}

static const char *
only_day (JsonObject *args)
{
  JsonArray *days = kith_json_array (args, "weekdays");

  g_assert_nonnull (days);
  g_assert_cmpuint (json_array_get_length (days), ==, 1);
  return json_array_get_string_element (days, 0);
}

/* Each day says what was planned for it and what was counted on it, a week that is to come what will be. */
static void
test_shows (Fixture *fixture, gconstpointer data)
{
  open_week (fixture);
  ASSERT_DAY (fixture, 0, "Mon 16 Nov · Planned: nothing · Counted: nothing");
  ASSERT_DAY (fixture, 2, "Wed 18 Nov · Planned: nothing · Counted: 17:00: 0 free");
  ASSERT_DAY (fixture, 3, "Thu 19 Nov · Planned: 08:00: 6 free · Counted: 17:05: 4 free");
  ASSERT_DAY (fixture, 5, "Sat 21 Nov · Planned: nothing · Counted: nothing");
  gtk_widget_grab_focus (day (fixture, 4));
  key (fixture, "Next");
  ASSERT_DAY (fixture, 0, "Mon 23 Nov · Planned: 08:00: 6 free, every week · Counted: nothing");
  ASSERT_DAY (fixture, 5, "Sat 28 Nov · Planned: 09:00: 0 free · Counted: nothing");
  key (fixture, "Prior");
  key (fixture, "Prior");
  ASSERT_DAY (fixture, 0, "Mon 9 Nov · Planned: nothing · Counted: nothing");
}

/* Of two plans for one hour that one is shown which the hub will enter. */
static void
test_shows_one (Fixture *fixture, gconstpointer data)
{
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "capacity-plans"),
                                 kith_json_new ("id", "s", "ca920000-0000-7000-8000-000000000009", "_arg", "s", "d0000000-0000-7000-8000-000000000007", "unit", "s", "bed",
                                                "planned_on", "s", "2026-11-24", "hour", "s", "08:00", "free", "s", "2", "at", "s", "2026-11-01T08:00:00.000Z", NULL));
  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 0));
  key (fixture, "Next");
  ASSERT_DAY (fixture, 1, "Tue 24 Nov · Planned: 08:00: 2 free · Counted: nothing");
  ASSERT_DAY (fixture, 2, "Wed 25 Nov · Planned: 08:00: 6 free, every week · Counted: nothing");
}

/* The week that is shown stays when another one begins: the next is the one after it, and there is a way to the new one. */
static void
test_monday (Fixture *fixture, gconstpointer data)
{
  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 6));
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), G_GINT64_CONSTANT (3) * 24 * 60 * 60 * 1000);
  key (fixture, "Next");
  ASSERT_DAY (fixture, 0, "Mon 23 Nov, today · Planned: 08:00: 6 free, every week · Counted: nothing");
  g_assert_null (find_called (GTK_WIDGET (fixture->window), "this-week"));
  key (fixture, "Prior");
  ASSERT_DAY (fixture, 0, "Mon 16 Nov · Planned: nothing · Counted: nothing");
  g_assert_nonnull (find_called (GTK_WIDGET (fixture->window), "this-week"));
}

/* Two keys for a day: a digit and Enter. */
static void
test_plan (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 0));
  key (fixture, "Next");
  start_counting (fixture);
  key (fixture, "4");
  ASSERT_DAY (fixture, 0, "Mon 23 Nov · 4, not planned yet · Planned: 08:00: 6 free, every week · Counted: nothing");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  key (fixture, "Return");
  BUDGET (fixture, 2);
  args = last (fixture, "capacity.schedule");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, "d0000000-0000-7000-8000-000000000007");
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "bed");
  g_assert_cmpstr (kith_json_string (args, "planned_on"), ==, "2026-11-23");
  g_assert_cmpstr (kith_json_string (args, "hour"), ==, "08:00");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 4);
  g_assert_false (json_object_has_member (args, "weekdays"));
  ASSERT_DAY (fixture, 0, "Mon 23 Nov · Planned: 08:00: 6 free, every week · Counted: nothing");

  /* Every Tuesday; two digits, of which one was wrong. */
  key (fixture, "Right");
  key (fixture, "1");
  key (fixture, "3");
  key (fixture, "BackSpace");
  key (fixture, "2");
  key (fixture, "w");
  args = last (fixture, "capacity.schedule");
  g_assert_cmpstr (only_day (args), ==, "TU");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 12);
  g_assert_false (json_object_has_member (args, "planned_on"));

  /* One less than is planned; and past Sunday lies the next Monday. */
  key (fixture, "Right");
  key (fixture, "minus");
  key (fixture, "Return");
  g_assert_cmpint (kith_json_int (last (fixture, "capacity.schedule"), "free", -1), ==, 5);
  key (fixture, "End");
  key (fixture, "Right");
  ASSERT_DAY (fixture, 0, "Mon 30 Nov · Planned: 08:00: 6 free, every week · Counted: nothing");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == day (fixture, 0));
}

/* Of the row whose week is looked at; the page may have read it already. */
static void
set_shelter (Fixture *fixture, const char *column, const char *text)
{
  static const char *const kinds[] = { "capacity", "service", "agency_settings", NULL };

  json_object_set_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "capacity-own"), 0), column, text);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
}

/* P4: where nothing is planned yet a plan begins when the service opens that day; more than there can be is said while it is typed. */
static void
test_opening (Fixture *fixture, gconstpointer data)
{
  JsonArray *plans = fake_desktop_list (fixture->desktop, "capacity-plans");

  while (json_array_get_length (plans) > 0)
    json_array_remove_element (plans, 0);
  set_shelter (fixture, "schedules", "[{\"byday\":\"MO,TU\",\"opens_at\":\"17:00\"},{\"byday\":\"SA\",\"opens_at\":\"09:30\"}]");
  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 0));
  key (fixture, "Next");
  key (fixture, "9");
  key (fixture, "9");
  ASSERT_DAY (fixture, 0, "Mon 23 Nov · 99: At most 16 can be free: there are 18, of which 2 are kept back · Planned: nothing · Counted: nothing");
  key (fixture, "BackSpace");
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (last (fixture, "capacity.schedule"), "hour"), ==, "17:00");
  key (fixture, "Right");
  key (fixture, "Right");
  key (fixture, "4");
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (last (fixture, "capacity.schedule"), "hour"), ==, "09:30"); /* no hours that day: the first there are */
}

/* P4: days and hours are those of the agency, by which the hub enters what is planned, and not of this computer (here UTC). */
static void
test_zone (Fixture *fixture, gconstpointer data)
{
  set_shelter (fixture, "time_zone", "America/Los_Angeles");
  open_week (fixture);
  ASSERT_DAY (fixture, 3, "Thu 19 Nov · Planned: 00:00: 6 free · Counted: 09:05: 4 free");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_called (GTK_WIDGET (fixture->window), "clock"))), "America/Los_Angeles"));
}

/* Of a plan of every week the day is taken off; that of one day ends; what was typed goes first. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 2));
  key (fixture, "Next");
  key (fixture, "5");
  key (fixture, "Delete");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  key (fixture, "Delete");
  args = last (fixture, "capacity.cancel");
  g_assert_cmpstr (kith_json_string (args, "plan"), ==, PLAN "1");
  g_assert_cmpstr (only_day (args), ==, "WE");
  gtk_widget_grab_focus (day (fixture, 5));
  key (fixture, "Delete");
  args = last (fixture, "capacity.cancel");
  g_assert_cmpstr (kith_json_string (args, "plan"), ==, PLAN "2");
  g_assert_false (json_object_has_member (args, "weekdays"));
  key (fixture, "Right");
  key (fixture, "Delete"); /* nothing is planned on Sunday */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
}

/* Never more than there are without those kept back; no day that is over; and today, after the hour, another hour is asked for. */
static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 0));
  key (fixture, "5");
  key (fixture, "Return");
  ASSERT_DAY (fixture, 0, "Mon 16 Nov · Planned: nothing · Counted: nothing");
  gtk_widget_grab_focus (day (fixture, 5));
  key (fixture, "1");
  key (fixture, "7");
  key (fixture, "Return");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  key (fixture, "Escape");
  key (fixture, "1");
  key (fixture, "6");
  key (fixture, "Return");
  g_assert_cmpint (kith_json_int (last (fixture, "capacity.schedule"), "free", -1), ==, 16);

  key (fixture, "Left"); /* today */
  key (fixture, "3");
  key (fixture, "Return");
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  word (fixture, "18:00");
  key (fixture, "ctrl+Return");
  {
    JsonObject *args = last (fixture, "capacity.schedule");

    g_assert_cmpstr (kith_json_string (args, "hour"), ==, "18:00");
    g_assert_cmpstr (kith_json_string (args, "planned_on"), ==, "2026-11-20");
    g_assert_null (kith_json_array (args, "weekdays"));
    g_assert_cmpint (kith_json_int (args, "free", -1), ==, 3);
  }
}

/* Without a number a window asks for all of it: until when, and whether it is for every such day. */
static void
test_window (Fixture *fixture, gconstpointer data)
{
  GtkWidget *every, *until;
  JsonObject *args;

  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 1));
  key (fixture, "Next");
  key (fixture, "Return");
  every = find_called (GTK_WIDGET (front_window (fixture)), "every");
  until = find_called (GTK_WIDGET (front_window (fixture)), "ends_on");
  g_assert_nonnull (every);
  g_assert_null (find_called (GTK_WIDGET (front_window (fixture)), "weekdays"));
  kith_switch_row_set_active (KITH_SWITCH_ROW (every), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (until), "2026-12-22");
  key (fixture, "ctrl+Return");
  args = last (fixture, "capacity.schedule");
  g_assert_cmpstr (only_day (args), ==, "TU");
  g_assert_null (kith_json_string (args, "planned_on"));
  g_assert_cmpstr (kith_json_string (args, "ends_on"), ==, "2026-12-22");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 6);
}

/* A number that was typed and not planned outlives a lock. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 5));
  key (fixture, "9");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
  open_week (fixture);
  ASSERT_DAY (fixture, 5, "Sat 21 Nov · 9, not planned yet · Planned: nothing · Counted: nothing");
}

/* P9: who may look only sees the week and plans nothing. */
static void
test_look_only (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_week (fixture);
  gtk_widget_grab_focus (day (fixture, 5));
  key (fixture, "9");
  key (fixture, "Return");
  key (fixture, "Left");
  key (fixture, "Delete");
  ASSERT_DAY (fixture, 5, "Sat 21 Nov · Planned: nothing · Counted: nothing");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("capacity-week/P4-shows", test_shows);
  ADD ("capacity-week/P4-shows-one", test_shows_one);
  ADD ("capacity-week/P4-monday", test_monday);
  ADD ("capacity-week/P4-plan", test_plan);
  ADD ("capacity-week/P4-cancel", test_cancel);
  ADD ("capacity-week/P4-refuses", test_refuses);
  ADD ("capacity-week/P4-window", test_window);
  ADD ("capacity-week/draft", test_draft);
  ADD ("capacity-week/P9-look-only", test_look_only);
  ADD ("capacity-week/P4-opening", test_opening);
  ADD ("capacity-week/P4-zone", test_zone);
  return g_test_run ();
}
