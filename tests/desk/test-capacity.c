/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Capacity: numbers changed, confirmed, described and planned (P4, P5). */

#include "desk-fixture.h"
#include "capacity/kith-capacity-row.h"

#define SHELTER "d0000000-0000-7000-8000-000000000007"

static KithCapacityRow *
row_of (Fixture *fixture, const char *title)
{
  GtkListBox *rows = GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "rows"));

  for (int i = 0; gtk_list_box_get_row_at_index (rows, i); i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (rows, i))), title))
      return KITH_CAPACITY_ROW (gtk_list_box_get_row_at_index (rows, i));
  g_error ("no row %s", title);
}

static const char *
subtitle (KithCapacityRow *row)
{
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row));
}

/* A changed number is nobody's before it is saved. */
static void
test_change (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;
  JsonObject *args;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  g_assert_nonnull (strstr (subtitle (row), "not confirmed today"));
  g_assert_nonnull (strstr (subtitle (row), "by Ana Delgado"));
  g_assert_nonnull (strstr (subtitle (row), "2 held"));
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.less"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_nonnull (strstr (subtitle (row), "Not saved yet, was 4"));
  g_assert_true (kith_capacity_row_save (row));
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, SHELTER);
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "bed");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 3);
}

/* All that nobody confirmed today, as it stands; what is just being changed is left alone. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;
  JsonObject *args;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  act (fixture, "capacity.more");
  g_assert_true (act (fixture, "capacity.same"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* Rental assistance was counted this morning */
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "household");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 0);
  g_assert_true (kith_capacity_row_is_changed (row));
}

/* P5: the note and all else; what is emptied no longer holds. */
static void
test_edit (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "capacity");
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.edit"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "note")), "");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.observe");
  g_assert_true (json_object_get_null_member (args, "note"));
  g_assert_cmpstr (kith_json_string (args, "target_group"), ==, "Families with children");
  g_assert_cmpint (kith_json_int (args, "maximum", 0), ==, 18);
  g_assert_cmpint (kith_json_int (args, "free", 0), ==, 4);
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "capacity");
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.plan"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "planned_on")), "2026-12-24");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "free")), "9");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.schedule");
  g_assert_cmpstr (kith_json_string (args, "planned_on"), ==, "2026-12-24");
  g_assert_cmpstr (kith_json_string (args, "hour"), ==, "08:00");
  g_assert_cmpint (kith_json_int (args, "free", 0), ==, 9);
  g_assert_nonnull (kith_json_string (args, "id"));
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found)
        return found;
    }
  return NULL;
}

/* What is behind a number: plans that can be cancelled, who holds, what was counted. */
static void
test_story (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  pump (300);
  g_signal_emit_by_name (find_button (GTK_WIDGET (row), "_Cancel Plan"), "clicked");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "capacity.cancel"), "plan"), ==, "ca920000-0000-7000-8000-000000000001");
}

/* A service nobody counts yet. */
static void
test_begin (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "capacity");
  g_signal_emit_by_name (find_button (GTK_WIDGET (fixture->window), "Start Counting…"), "clicked");
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "free")), "2");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, "d0000000-0000-7000-8000-000000000005");
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "slot");
  g_assert_cmpint (kith_json_int (args, "free", 0), ==, 2);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("capacity/change", NULL, test_change);
  ADD ("capacity/same-as-before", NULL, test_same);
  ADD ("capacity/P5-edit", NULL, test_edit);
  ADD ("capacity/P4-plan", NULL, test_plan);
  ADD ("capacity/story", NULL, test_story);
  ADD ("capacity/begin", NULL, test_begin);
  return g_test_run ();
}
