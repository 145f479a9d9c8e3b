/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several clients open side by side, and what is left of them when access to one ends, when the computer is locked, when the screen is hidden. */

#include "open-clients-fixture.h"

/* In sight, or kept for the next time. */
static gboolean
tooltip_says (Fixture *fixture, const char *words)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->window)); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_NATIVE (child) && lies_anywhere (child, words))
      return TRUE;
  return FALSE;
}

static JsonObject *
take_away (Fixture *fixture, const char *id)
{
  static const char *const kinds[] = { "client", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client");
  JsonObject *row = NULL;

  for (guint i = 0; i < json_array_get_length (rows) && !row; i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      {
        row = json_object_ref (json_array_get_object_element (rows, i));
        json_array_remove_element (rows, i);
      }
  g_assert_nonnull (row);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  return row;
}

static void
give_back (Fixture *fixture, JsonObject *row)
{
  static const char *const kinds[] = { "client", NULL };

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client"), json_object_ref (row));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
}

/* C4, I6: access ends. The tab goes by itself, and with it the name; in the one that is shown the page says why. */
static void
test_access_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) maria = NULL;
  g_autoptr (JsonObject) ruth = NULL;

  open_two (fixture);
  key (fixture, "ctrl+k");
  word (fixture, "johnson");
  key (fixture, "ctrl+Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", " RUTH_SAYS ", [" SAMUEL_SAYS "]");
  point (fixture, find (strip_of (fixture), SAMUEL), "1");
  point (fixture, find (strip_of (fixture), MARIA), NULL);
  for (guint i = 0; i < 100 && !tooltip_says (fixture, MARIA_SAYS); i++)
    pump (20);
  g_assert_true (tooltip_says (fixture, MARIA_SAYS));
  json_array_remove_element (fake_desktop_list (fixture->desktop, "clients-all"), 8); /* María, of the list beside */
  maria = take_away (fixture, MARIA);
  ASSERT_TABS (fixture, RUTH_SAYS ", [" SAMUEL_SAYS "]");
  g_assert_true (says (GTK_WIDGET (fixture->window), "tab was closed"));
  g_assert_false (lies_anywhere (GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window))), MARIA_SAYS));
  g_assert_false (tooltip_says (fixture, MARIA_SAYS));
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  json_array_remove_element (fake_desktop_list (fixture->desktop, "clients-all"), 0);
  ruth = take_away (fixture, RUTH);
  g_assert_true (says (GTK_WIDGET (fixture->window), "This Person Is Not on This Computer"));
  ASSERT_TABS (fixture, SAMUEL_SAYS);
  g_assert_false (lies_anywhere (strip_of (fixture), "Ruth"));
  key (fixture, "ctrl+t"); /* nothing of it can be kept */
  g_assert_false (says (GTK_WIDGET (fixture->window), "All tabs are in use"));
  give_back (fixture, ruth); /* with the access comes the tab */
  ASSERT_TABS (fixture, "[" RUTH_SAYS "], " SAMUEL_SAYS);
  key (fixture, "ctrl+Tab");
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  g_clear_pointer (&ruth, json_object_unref);
  ruth = take_away (fixture, RUTH);
  ASSERT_TABS (fixture, SAMUEL_SAYS);
  key (fixture, "ctrl+Tab"); /* left, it is no tab any more */
  ASSERT_PLACE (fixture, "clients/" SAMUEL);
  give_back (fixture, ruth);
  ASSERT_TABS (fixture, "");
}

/* The same where the page says so: what is left of it is closed as any other. */
static void
test_access_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) ruth = NULL;

  open_two (fixture);
  ruth = take_away (fixture, RUTH);
  ASSERT_TABS (fixture, MARIA_SAYS);
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  ASSERT_TABS (fixture, "");
}

/* C4: who may not be seen any more is in no list of hits either, while it stands open; whom somebody has come to in it stays chosen. */
static void
test_found (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };
  JsonArray *all = fake_desktop_list (fixture->desktop, "clients-all");
  GtkListBox *list;

  open_place (fixture, "today");
  key (fixture, "ctrl+k");
  word (fixture, "ma");
  list = GTK_LIST_BOX (find (GTK_WIDGET (front_window (fixture)), "list"));
  g_assert_true (lies_anywhere (GTK_WIDGET (list), MARIA_SAYS));
  key (fixture, "Down");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), ==, 1);
  /* Who goes on while it is searched again stays where they are now. */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  pump (200);
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), ==, 0);
  for (guint i = 0; i < json_array_get_length (all); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (all, i), "id"), MARIA) == 0)
      json_array_remove_element (all, i);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_false (lies_anywhere (GTK_WIDGET (front_window (fixture)), MARIA_SAYS));
}

static void
lock (Fixture *fixture)
{
  kith_window_lock (fixture->window);
  for (guint i = 0; i < 500 && kith_desktop_get_actor (fixture->desktop); i++)
    pump (10);
}

static void
unlock (Fixture *fixture)
{
  kith_desktop_unlock_async (fixture->desktop, "a password of theirs", NULL, NULL, NULL);
  for (guint i = 0; i < 500 && !kith_window_get_frame (fixture->window); i++)
    pump (10);
  pump (60);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
}

/* C18: locked, there is no name; the tabs come back to whoever left them, and to nobody else. What was not gone to meanwhile stays as it was. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  open_two (fixture);
  key (fixture, "ctrl+Tab");
  kith_client_view_show_tab (view_of (fixture), "cases");
  lock (fixture);
  g_assert_false (lies_anywhere (GTK_WIDGET (fixture->window), "Abramowitz"));
  unlock (fixture);
  ASSERT_TABS (fixture, "[" MARIA_SAYS "], " RUTH_SAYS);
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "cases");
  open_place (fixture, "today");
  lock (fixture);
  unlock (fixture);
  lock (fixture); /* nobody went to Clients */
  unlock (fixture);
  ASSERT_PLACE (fixture, "today");
  open_place (fixture, "clients");
  ASSERT_TABS (fixture, "[" MARIA_SAYS "], " RUTH_SAYS);
  key (fixture, "ctrl+Tab");
  key (fixture, "ctrl+w");
  key (fixture, "ctrl+w");
  lock (fixture);
  unlock (fixture);
  ASSERT_TABS (fixture, "");
  ASSERT_PLACE (fixture, "clients");
}

/* And how far each was scrolled, in sight or not. */
static void
test_lock_where (Fixture *fixture, gconstpointer data)
{
  double left = scroll_history (fixture);

  lock (fixture);
  unlock (fixture); /* alone */
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  assert_scrolled (fixture, left);
  open_two (fixture);
  kith_client_view_show_tab (view_of (fixture), "overview");
  lock (fixture);
  unlock (fixture); /* Ruth is shown */
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "overview");
  key (fixture, "ctrl+Tab");
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  assert_scrolled (fixture, left);
  lock (fixture);
  unlock (fixture);
  assert_scrolled (fixture, left);
}

static void
test_lock_other (Fixture *fixture, gconstpointer data)
{
  open_two (fixture);
  lock (fixture);
  kith_window_open_place (fixture->window, "clients/" KEIKO); /* asked for from outside, by whoever unlocks */
  fake_desktop_set_person (fixture->desktop, BEN, "Ben Osei");
  unlock (fixture);
  ASSERT_PLACE (fixture, "clients/" KEIKO);
  ASSERT_TABS (fixture, "");
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/" KEIKO);
}

/* F8: the tabs are out of sight with all else, and stay. */
static void
test_cover (Fixture *fixture, gconstpointer data)
{
  open_two (fixture);
  key (fixture, "F8");
  g_assert_null (strip_of (fixture));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Abramowitz"));
  key (fixture, "ctrl+Tab"); /* goes nowhere unseen */
  key (fixture, "ctrl+w");
  key (fixture, "F8");
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("open-ends/access-ends-C4", test_access_ends);
  ADD ("open-ends/access-ended-C4", test_access_ended);
  ADD ("open-ends/found-C4", test_found);
  ADD ("open-ends/lock-C18", test_lock);
  ADD ("open-ends/lock-where", test_lock_where);
  ADD ("open-ends/lock-other-C18", test_lock_other);
  ADD ("open-ends/cover", test_cover);
  return g_test_run ();
}
