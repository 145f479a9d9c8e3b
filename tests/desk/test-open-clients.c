/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several clients open side by side (ux.md 1, Salesforce console; 2.1, Clients): a worker on the telephone about one person looks up another, by real
 * keys, and comes back to the record as it was left. */

#define AFTER_KEY_MS 40

#include "keys-fixture.h"

#include "clients/kith-client-view.h"
#include "clients/kith-clients-page.h"
#include "clients/kith-open-clients.h"
#include "kith-form.h"

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
  pump (60);
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

static GtkAdjustment *
scroll_of (Fixture *fixture)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find (GTK_WIDGET (fixture->window), "scroller")));
}

static void
assert_scrolled (Fixture *fixture, double wanted)
{
  for (guint i = 0; i < 100 && ABS (gtk_adjustment_get_value (scroll_of (fixture)) - wanted) > 1; i++)
    pump (20);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (scroll_of (fixture)), wanted, 1);
}

/* Down in María's history. */
static double
scroll_history (Fixture *fixture)
{
  GtkAdjustment *scroll;
  double left;

  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+Page_Up"); /* the last but one: the history */
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  pump (300);
  scroll = scroll_of (fixture);
  left = MIN (200, gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll));
  g_assert_cmpfloat (left, >, 50);
  gtk_adjustment_set_value (scroll, left);
  return left;
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
  pump (200); /* the entry has told of it by now */
  key (fixture, "ctrl+f");
  gtk_editable_set_text (GTK_EDITABLE (entry), "tanaka");
  gtk_widget_activate_action (entry, "client.open-tab", NULL);
  ASSERT_PLACE (fixture, "clients/" KEIKO);
  ASSERT_TABS (fixture, SAMUEL_SAYS ", [Keiko Tanaka]");
  pump (200);
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

/* A form goes with its client's tab, half written, and its own keys come first there. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) saved = NULL;
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

/* The mouse, in the middle of what is in sight. button NULL: it rests there */
static void
point (Fixture *fixture, GtkWidget *widget, const char *button)
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
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "mousemove", "--window", xid, at_x, at_y, button ? "click" : NULL, button, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, sent_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  pump (150);
}

/* In sight, or kept for the next time. */
static gboolean
tooltip_says (Fixture *fixture, const char *words)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->window)); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_NATIVE (child) && lies_anywhere (child, words))
      return TRUE;
  return FALSE;
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
  ADD ("open-clients/access-ends-C4", test_access_ends);
  ADD ("open-clients/access-ended-C4", test_access_ended);
  ADD ("open-clients/found-C4", test_found);
  ADD ("open-clients/lock-C18", test_lock);
  ADD ("open-clients/lock-where", test_lock_where);
  ADD ("open-clients/lock-other-C18", test_lock_other);
  ADD ("open-clients/cover", test_cover);
  ADD ("open-clients/most", test_most);
  ADD ("open-clients/rests", test_rests);
  ADD ("open-clients/narrow", test_narrow);
  return g_test_run ();
}
