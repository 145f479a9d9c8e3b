/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several clients open side by side (ux.md 1, Salesforce console; 2.1, Clients): a worker on the telephone about one person looks up another, by real
 * keys, and comes back to the record as it was left. */

#include "keys-fixture.h"

#include "clients/kith-client-view.h"
#include "clients/kith-clients-page.h"
#include "clients/kith-open-clients.h"

#define RUTH "c0000000-0000-7000-8000-000000000024"
#define SAMUEL "c0000000-0000-7000-8000-000000000019"
#define KEIKO "c0000000-0000-7000-8000-000000000014"
#define BEN "b0000000-0000-7000-8000-0000000000b1"

/* What is in sight below, by its name; NULL: nothing is. */
static GtkWidget *
find (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0 || g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, name);
  return found;
}

static GtkWidget *
strip_of (Fixture *fixture)
{
  return find (GTK_WIDGET (fixture->window), "open-tabs");
}

/* The names in the tabs, as they stand there, the one shown in brackets: "María López Hernández, [Ruth Abramowitz]"; "": there are none. */
static char *
tabs_of (Fixture *fixture)
{
  GtkWidget *strip = strip_of (fixture), *tab = strip ? gtk_widget_get_first_child (find_named (strip, "GtkViewport")) : NULL;
  GString *words = g_string_new (NULL);

  for (tab = tab ? gtk_widget_get_first_child (tab) : NULL; tab; tab = gtk_widget_get_next_sibling (tab))
    {
      gboolean shown = gtk_widget_has_css_class (tab, "shown");
      GtkWidget *name = gtk_widget_get_first_child (tab);

      g_string_append_printf (words, "%s%s%s%s", words->len > 0 ? ", " : "", shown ? "[" : "", gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (name)))), shown ? "]" : "");
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_ROLE_TAB);
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (tab)), GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
  return g_string_free (words, FALSE);
}

#define ASSERT_TABS(fixture, wanted) \
  G_STMT_START \
    { \
      g_autofree char *is = NULL; \
      for (guint tries = 0; tries < 100 && g_strcmp0 (is, (wanted)) != 0; tries++) \
        { \
          pump (20); \
          g_free (is); \
          is = tabs_of (fixture); \
        } \
      g_assert_cmpstr (is, ==, (wanted)); \
    } \
  G_STMT_END

#define MARIA_SAYS "María López Hernández"
#define RUTH_SAYS "Ruth Abramowitz"
#define SAMUEL_SAYS "Samuel Johnson"

static KithClientView *
view_of (Fixture *fixture)
{
  return kith_clients_page_get_view (KITH_CLIENTS_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))));
}

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* In any label or tooltip of it, in sight or not. */
static gboolean
lies_anywhere (GtkWidget *widget, const char *words)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if ((tooltip && strstr (tooltip, words)) || (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words)))
    {
      for (; widget; widget = gtk_widget_get_parent (widget))
        g_test_message ("“%s” in a %s", words, G_OBJECT_TYPE_NAME (widget));
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (lies_anywhere (child, words))
      return TRUE;
  return FALSE;
}

static void
open_place (Fixture *fixture, const char *where)
{
  kith_frame_open (kith_window_get_frame (fixture->window), where);
  pump (150);
}

/* On the telephone about María; Ruth is looked up in Find Anything. */
static void
open_two (Fixture *fixture)
{
  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+k");
  word (fixture, "abramowitz");
  key (fixture, "ctrl+Return");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
}

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
  GtkAdjustment *scroll;
  double left;

  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+Page_Up"); /* the last but one: the history */
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  pump (300);
  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find (GTK_WIDGET (fixture->window), "scroller")));
  left = MIN (200, gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll));
  g_assert_cmpfloat (left, >, 50);
  gtk_adjustment_set_value (scroll, left);
  open_two (fixture);
  kith_client_view_show_tab (view_of (fixture), "overview");
  pump (200);
  key (fixture, "ctrl+Tab");
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  for (guint i = 0; i < 100 && ABS (gtk_adjustment_get_value (scroll) - left) > 1; i++)
    pump (20);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (scroll), left, 1);
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

/* A form goes with its client's tab, half written, and its own keys come first there. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  open_place (fixture, "clients/edit:" MARIA);
  pump (300);
  entry = find (GTK_WIDGET (fixture->window), "pronouns");
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
  for (guint i = 0; i < 100 && !(entry = find (GTK_WIDGET (fixture->window), "pronouns")); i++)
    pump (20);
  pump (300);
  g_assert_nonnull (strstr (gtk_editable_get_text (GTK_EDITABLE (entry)), "they"));
  gtk_widget_grab_focus (entry);
  key (fixture, "ctrl+Tab"); /* out of the form, too */
  ASSERT_PLACE (fixture, "clients/" RUTH);
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
  key (fixture, "ctrl+w");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  open_place (fixture, "clients/edit:" MARIA);
  pump (500);
  g_assert_nonnull (strstr (gtk_editable_get_text (GTK_EDITABLE (find (GTK_WIDGET (fixture->window), "pronouns"))), "they"));
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

/* A button of the mouse, in the middle of what is in sight. */
static void
click (Fixture *fixture, GtkWidget *widget, const char *button)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  g_autofree char *xid = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window))));
  g_autofree char *at_x = NULL;
  g_autofree char *at_y = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  graphene_rect_t area;
  double x, y;
  gboolean done = FALSE;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &area));
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  at_x = g_strdup_printf ("%d", (int) (x + area.origin.x + area.size.width / 2));
  at_y = g_strdup_printf ("%d", (int) (y + area.origin.y + area.size.height / 2));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "mousemove", "--window", xid, at_x, at_y, "click", button, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, sent_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  pump (150);
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
  click (fixture, label_of (find (GTK_WIDGET (fixture->window), "view"), RUTH_SAYS), "2");
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
  click (fixture, find (strip_of (fixture), MARIA), "1");
  ASSERT_TABS (fixture, "[" MARIA_SAYS "], " RUTH_SAYS);
  click (fixture, find (strip_of (fixture), MARIA), "2");
  ASSERT_TABS (fixture, "");
  ASSERT_PLACE (fixture, "clients/" RUTH);
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
  pump (300);
  return row;
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
  json_array_remove_element (fake_desktop_list (fixture->desktop, "clients-all"), 8); /* María, of the list beside */
  maria = take_away (fixture, MARIA);
  ASSERT_TABS (fixture, RUTH_SAYS ", [" SAMUEL_SAYS "]");
  g_assert_true (says (GTK_WIDGET (fixture->window), "tab was closed"));
  g_assert_false (lies_anywhere (GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window))), MARIA_SAYS));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->window)); child; child = gtk_widget_get_next_sibling (child))
    g_assert_false (GTK_IS_NATIVE (child) && lies_anywhere (child, MARIA_SAYS)); /* the tooltip of the tab */
  key (fixture, "ctrl+Tab");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  json_array_remove_element (fake_desktop_list (fixture->desktop, "clients-all"), 0);
  ruth = take_away (fixture, RUTH);
  g_assert_true (says (GTK_WIDGET (fixture->window), "This Person Is Not on This Computer"));
  ASSERT_TABS (fixture, SAMUEL_SAYS);
  g_assert_false (lies_anywhere (strip_of (fixture), "Ruth"));
  key (fixture, "ctrl+w"); /* what is left of it, too */
  ASSERT_PLACE (fixture, "clients/" SAMUEL);
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
  pump (300);
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

      key (fixture, "ctrl+Tab");
      here = place (fixture);
      tab = find (strip, here + strlen ("clients/"));
      g_assert_nonnull (tab);
      g_assert_true (gtk_widget_compute_bounds (tab, strip, &area));
      g_assert_cmpfloat (area.origin.x, >=, 0);
      g_assert_cmpfloat (area.origin.x + area.size.width, <=, gtk_widget_get_width (strip));
    }
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
  ADD ("open-clients/keep", test_keep);
  ADD ("open-clients/form", test_form);
  ADD ("open-clients/pressed", test_pressed);
  ADD ("open-clients/access-ends-C4", test_access_ends);
  ADD ("open-clients/lock-C18", test_lock);
  ADD ("open-clients/lock-other-C18", test_lock_other);
  ADD ("open-clients/cover", test_cover);
  ADD ("open-clients/most", test_most);
  ADD ("open-clients/narrow", test_narrow);
  return g_test_run ();
}
