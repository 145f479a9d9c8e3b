/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several clients open side by side (ux.md 1, Salesforce console; 2.1, Clients): a worker on the telephone about one person looks up another, by real
 * keys, and comes back to the record as it was left. */

#include "open-clients-fixture.h"

/* Who has one client open sees nothing of it. */
static void
test_two (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  ASSERT_TABS (fixture, "");
  key (fixture, "ctrl+Tab"); /* nowhere to go */
  ASSERT_PLACE (fixture, "clients/" MARIA);
  open_two (fixture);
  key (fixture, "ctrl+Tab");
  ASSERT_TABS (fixture, "[" MARIA_SAYS "], " RUTH_SAYS);
  ASSERT_PLACE (fixture, "clients/" MARIA);
  key (fixture, "ctrl+Tab"); /* round */
  ASSERT_PLACE (fixture, "clients/" RUTH);
  key (fixture, "ctrl+shift+Tab");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  key (fixture, "t"); /* its letters act at once */
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  key (fixture, "Escape");
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  ASSERT_TABS (fixture, "");
  key (fixture, "ctrl+w"); /* kept, and alone */
  ASSERT_PLACE (fixture, "clients");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  key (fixture, "ctrl+w"); /* nothing is left to close, the window least of all */
  g_assert_nonnull (kith_window_get_frame (fixture->window));
}

/* The part of the record and how far it was scrolled. */
static void
test_where_it_was (Fixture *fixture, gconstpointer data)
{
  double left = scroll_history (fixture);

  open_two (fixture);
  kith_client_view_show_tab (view_of (fixture), "overview");
  pump (200);
  key (fixture, "ctrl+Tab");
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  assert_scrolled (fixture, left);
  key (fixture, "ctrl+Tab");
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "overview");
}

/* By the list: whoever was opened is kept beside, not who was only passed on the way. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+f");
  word (fixture, "john");
  key (fixture, "ctrl+Return");
  ASSERT_PLACE (fixture, "clients/" SAMUEL);
  ASSERT_TABS (fixture, MARIA_SAYS ", [" SAMUEL_SAYS "]");
  key (fixture, "ctrl+f"); /* what is chosen without it comes and goes in one tab */
  word (fixture, "abram");
  key (fixture, "Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", " SAMUEL_SAYS ", [" RUTH_SAYS "]");
  key (fixture, "ctrl+f");
  word (fixture, "tanaka");
  key (fixture, "Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", " SAMUEL_SAYS ", [Keiko Tanaka]");
  key (fixture, "ctrl+f"); /* who has a tab is shown there */
  word (fixture, "john");
  key (fixture, "Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", [" SAMUEL_SAYS "], Keiko Tanaka");
}

/* Whoever was opened, and then left for somebody only looked at, is kept beside from wherever the next one is opened. */
static void
test_looked_at (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+f");
  word (fixture, "john");
  key (fixture, "Down");
  ASSERT_PLACE (fixture, "clients/" SAMUEL);
  key (fixture, "ctrl+k");
  word (fixture, "abramowitz");
  key (fixture, "ctrl+Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", " SAMUEL_SAYS ", [" RUTH_SAYS "]");
  key (fixture, "ctrl+shift+Tab");
  key (fixture, "ctrl+w"); /* who was looked at is in nobody’s place any more */
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
  key (fixture, "ctrl+f"); /* looked at, and then opened: there is one of them */
  word (fixture, "tanaka");
  key (fixture, "Return");
  key (fixture, "ctrl+f");
  word (fixture, "john");
  key (fixture, "Down");
  key (fixture, "ctrl+k");
  word (fixture, "tanaka");
  key (fixture, "ctrl+Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", " RUTH_SAYS ", [Keiko Tanaka], " SAMUEL_SAYS);
}

/* Typed in one go, Enter comes before the answer: what stood there first is somebody, or something, else. */
static void
test_quick (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+k");
  entry = find (GTK_WIDGET (front_window (fixture)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "abramowitz");
  g_signal_emit_by_name (entry, "activate");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  key (fixture, "ctrl+f");
  entry = find (GTK_WIDGET (fixture->window), "search_entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "john");
  g_signal_emit_by_name (entry, "activate");
  ASSERT_PLACE (fixture, "clients/" SAMUEL);
  pump (60); /* the entry has told of it by now */
  key (fixture, "ctrl+f");
  gtk_editable_set_text (GTK_EDITABLE (entry), "tanaka");
  gtk_widget_activate_action (entry, "client.open-tab", NULL);
  ASSERT_PLACE (fixture, "clients/" KEIKO);
  ASSERT_TABS (fixture, SAMUEL_SAYS ", [Keiko Tanaka]");
  pump (60);
  key (fixture, "ctrl+f");
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody of that name");
  gtk_widget_activate_action (entry, "client.open-tab", NULL);
  g_signal_emit_by_name (entry, "activate");
  pump (200);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), entry)); /* nobody was found, and nobody opened */
}

/* Ctrl+T: this one stays, and one types the next name at once. */
static void
test_keep (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+t");
  ASSERT_TABS (fixture, ""); /* there is no other yet */
  word (fixture, "abram");
  key (fixture, "Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
  ASSERT_PLACE (fixture, "clients/" RUTH);
}

/* The field of the form, once it says so. */
static GtkWidget *
pronouns_say (Fixture *fixture, const char *words)
{
  GtkWidget *entry = NULL;

  for (guint i = 0; i < 100; i++)
    {
      entry = find (GTK_WIDGET (fixture->window), "pronouns");
      if (entry && strstr (gtk_editable_get_text (GTK_EDITABLE (entry)), words))
        return entry;
      pump (20);
    }
  g_error ("no pronouns “%s” in sight", words);
}

/* A form goes with its client's tab, half written, and its own keys come first there. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) saved = NULL;
  GtkWidget *entry;

  open_place (fixture, "clients/edit:" MARIA);
  entry = pronouns_say (fixture, "she");
  gtk_widget_grab_focus (entry);
  word (fixture, "they");
  key (fixture, "ctrl+t"); /* nothing of a record’s */
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
  key (fixture, "ctrl+k");
  word (fixture, "abramowitz");
  key (fixture, "ctrl+Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
  entry = pronouns_say (fixture, "they");
  saved = g_object_ref (GTK_WIDGET (gtk_widget_get_ancestor (entry, KITH_TYPE_FORM)));
  gtk_widget_grab_focus (entry);
  key (fixture, "ctrl+Tab"); /* out of the form, too */
  ASSERT_PLACE (fixture, "clients/" RUTH);
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  open_place (fixture, "clients/edit:" RUTH);
  g_signal_emit_by_name (saved, "done", MARIA); /* the answer to one that was left while it was being saved */
  ASSERT_PLACE (fixture, "clients/edit:" RUTH);
  key (fixture, "Escape");
  open_place (fixture, "clients/edit:" MARIA);
  pronouns_say (fixture, "they");
  key (fixture, "Escape"); /* left, it is no part of the tab any more */
  ASSERT_PLACE (fixture, "clients/" MARIA);
  key (fixture, "ctrl+t");
  open_place (fixture, "clients/" RUTH);
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  key (fixture, "ctrl+n"); /* about nobody yet: no tab’s to close */
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients/new");
}

/* The line of the list that says so. */
static GtkWidget *
label_of (GtkWidget *widget, const char *words)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = label_of (child, words);
  return found;
}

/* With the mouse: the middle button opens from the list, and closes a tab. */
static void
test_pressed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *tab;

  open_two (fixture);
  tab = find (strip_of (fixture), MARIA);
  g_assert_nonnull (tab);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (gtk_widget_get_first_child (tab)), MARIA_SAYS));
  g_signal_emit_by_name (gtk_widget_get_first_child (tab), "clicked");
  ASSERT_TABS (fixture, "[" MARIA_SAYS "], " RUTH_SAYS);
  g_assert_false (gtk_widget_get_focusable (gtk_widget_get_first_child (find (strip_of (fixture), RUTH)))); /* one stop of Tab */
  g_signal_emit_by_name (gtk_widget_get_last_child (find (strip_of (fixture), RUTH)), "clicked");
  ASSERT_TABS (fixture, "");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  gtk_widget_activate_action (find (GTK_WIDGET (fixture->window), "view"), "list.scroll-to-item", "u", 0);
  pump (200);
  point (fixture, label_of (find (GTK_WIDGET (fixture->window), "view"), RUTH_SAYS), "2");
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
  point (fixture, find (strip_of (fixture), MARIA), "1");
  ASSERT_TABS (fixture, "[" MARIA_SAYS "], " RUTH_SAYS);
  point (fixture, find (strip_of (fixture), MARIA), "2");
  ASSERT_TABS (fixture, "");
  ASSERT_PLACE (fixture, "clients/" RUTH);
}

/* One click shows a client, who is open then as by Enter: not who was only clicked on the way to the one that is opened beside. */
static void
test_clicked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list;

  open_place (fixture, "clients");
  list = find (GTK_WIDGET (fixture->window), "view");
  point (fixture, label_of (list, RUTH_SAYS), "1");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  key (fixture, "ctrl+f");
  word (fixture, "john");
  key (fixture, "ctrl+Return");
  ASSERT_TABS (fixture, RUTH_SAYS ", [" SAMUEL_SAYS "]");
  key (fixture, "ctrl+w");
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients");
  key (fixture, "ctrl+f");
  key (fixture, "Escape"); /* all of them */
  point (fixture, label_of (list, RUTH_SAYS), "1");
  open_place (fixture, "inbox");
  key (fixture, "ctrl+k");
  word (fixture, "johnson");
  key (fixture, "ctrl+Return");
  ASSERT_TABS (fixture, RUTH_SAYS ", [" SAMUEL_SAYS "]");
}

/* So many and no more: nothing is lost for one more. */
static void
test_most (Fixture *fixture, gconstpointer data)
{
  JsonArray *all = fake_desktop_list (fixture->desktop, "clients-all");
  g_autofree char *before = NULL;
  g_autofree char *next = NULL;

  for (guint i = 0; i < KITH_OPEN_CLIENTS_MOST; i++)
    {
      g_autofree char *where = g_strconcat ("clients/tab:", kith_json_string (json_array_get_object_element (all, i), "id"), NULL);

      open_place (fixture, where);
    }
  before = place (fixture);
  next = g_strconcat ("clients/tab:", kith_json_string (json_array_get_object_element (all, KITH_OPEN_CLIENTS_MOST), "id"), NULL);
  open_place (fixture, next);
  ASSERT_PLACE (fixture, before);
  g_assert_true (says (GTK_WIDGET (fixture->window), "All tabs are in use"));
  /* The one that is shown is in sight in the line. */
  for (guint i = 0; i < KITH_OPEN_CLIENTS_MOST; i++)
    {
      GtkWidget *strip = strip_of (fixture), *tab;
      g_autofree char *here = NULL;
      graphene_rect_t area;

      gtk_widget_activate_action (GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window))), "client.next-client", NULL);
      pump (60);
      here = place (fixture);
      tab = find (strip, here + strlen ("clients/"));
      g_assert_nonnull (tab);
      g_assert_true (gtk_widget_compute_bounds (tab, strip, &area));
      g_assert_cmpfloat (area.origin.x, >=, 0);
      g_assert_cmpfloat (area.origin.x + area.size.width, <=, gtk_widget_get_width (strip));
    }
}

static void
count_cb (GdkFrameClock *clock, guint *n)
{
  (*n)++;
}

/* Nothing waits with each frame for what is out of sight. */
static void
test_rests (Fixture *fixture, gconstpointer data)
{
  GdkFrameClock *clock;
  guint n = 0;
  gulong id;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 700);
  pump (200);
  open_two (fixture);
  key (fixture, "ctrl+t");
  g_assert_null (strip_of (fixture));
  word (fixture, "john");
  key (fixture, "Down"); /* looked at: a tab more */
  ASSERT_PLACE (fixture, "clients/" SAMUEL);
  pump (300);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  id = g_signal_connect (clock, "update", G_CALLBACK (count_cb), &n);
  pump (1000);
  g_signal_handler_disconnect (clock, id);
  g_test_message ("%u frames", n);
  g_assert_cmpuint (n, <, 10);
}

/* In a window of one pane: the list and the record by turns. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 700);
  pump (200);
  open_two (fixture);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 400);
  key (fixture, "ctrl+t");
  g_assert_null (strip_of (fixture)); /* in the list one looks for the next */
  word (fixture, "john");
  key (fixture, "Return");
  ASSERT_TABS (fixture, MARIA_SAYS ", " RUTH_SAYS ", [" SAMUEL_SAYS "]");
  key (fixture, "ctrl+w");
  key (fixture, "ctrl+w");
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients");
  g_assert_nonnull (find (GTK_WIDGET (fixture->window), "search_entry")); /* back in the list */
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("open-clients/two", test_two);
  ADD ("open-clients/where-it-was", test_where_it_was);
  ADD ("open-clients/list", test_list);
  ADD ("open-clients/looked-at", test_looked_at);
  ADD ("open-clients/quick", test_quick);
  ADD ("open-clients/keep", test_keep);
  ADD ("open-clients/form", test_form);
  ADD ("open-clients/pressed", test_pressed);
  ADD ("open-clients/clicked", test_clicked);
  ADD ("open-clients/most", test_most);
  ADD ("open-clients/rests", test_rests);
  ADD ("open-clients/narrow", test_narrow);
  return g_test_run ();
}
