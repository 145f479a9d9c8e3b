/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyboard alone: real keys, from outside the program, into the windows over the fake desktop. Jobs are counted as ux.md 2.2
 * counts them: a key, or a word typed, is one. And every page is walked with Tab: no trap, nothing to press that it passes by. */

#include "keys-fixture.h"

#include <libintl.h>

/* ---- jobs ---- */

static void
test_find (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+k");
  word (fixture, "maria ");
  word (fixture, "lopez");
  key (fixture, "Return");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  BUDGET (fixture, 4);
  key (fixture, "e"); /* the record has the focus: its letters act */
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
}

/* The phone rings: its last digits. */
static void
test_find_phone (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+k");
  word (fixture, "0142");
  key (fixture, "Return");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  BUDGET (fixture, 3);
}

/* On the open case: ux.md counts the text apart. */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+4");
  start_counting (fixture);
  key (fixture, "n");
  word (fixture, "She has the keys");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (last_op (fixture), ==, "note.add");
  BUDGET (fixture, 2 + 1);
}

/* From the open client as well, whose one open case it is. */
static void
test_note_of_client (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  start_counting (fixture);
  key (fixture, "n");
  word (fixture, "She has the keys");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (last_op (fixture), ==, "note.add");
  BUDGET (fixture, 2 + 1);
  ASSERT_PLACE (fixture, "clients/" MARIA);
}

static void
test_enter_on_row (Fixture *fixture, gconstpointer data)
{
  g_autofree char *opened = NULL;
  g_autofree char *form = NULL;
  g_autofree char *wanted = NULL;

  key (fixture, "ctrl+3");
  key (fixture, "Down");
  key (fixture, "Return");
  opened = place (fixture);
  g_assert_true (g_str_has_prefix (opened, "clients/"));
  key (fixture, "r");
  form = place (fixture);
  wanted = g_strdup_printf ("clients/refer:%s", opened + strlen ("clients/"));
  g_assert_cmpstr (form, ==, wanted);
  key (fixture, "Escape");
  ASSERT_PLACE (fixture, opened);
  key (fixture, "e"); /* after a form too */
  g_free (form);
  form = place (fixture);
  g_assert_true (g_str_has_prefix (form, "clients/edit:"));
}

static void
test_search_enter (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+3");
  word (fixture, "maria lopez");
  key (fixture, "Return");
  key (fixture, "e");
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
}

/* The parts of a record are turned from its list too, which would take the keys for scrolling. */
static void
test_tabs_from_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;
  GtkStack *stack;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "ctrl+3");
  key (fixture, "Down");
  view = find_named (GTK_WIDGET (fixture->window), "KithClientView");
  g_assert_nonnull (view);
  stack = GTK_STACK (find_named (view, "GtkStack"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "overview");
  key (fixture, "ctrl+Next");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "cases");
  key (fixture, "ctrl+Prior");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "overview");
}

/* And back from the record to the list. */
static void
test_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  key (fixture, "ctrl+3");
  key (fixture, "Down");
  key (fixture, "Return");
  first = place (fixture);
  key (fixture, "alt+Left");
  key (fixture, "Down");
  key (fixture, "Return");
  second = place (fixture);
  g_assert_cmpstr (first, !=, second);
}

static void
test_new_client (Fixture *fixture, gconstpointer data)
{
  JsonObject *values;

  key (fixture, "ctrl+n");
  ASSERT_PLACE (fixture, "clients/new");
  word (fixture, "Zora");
  key (fixture, "Tab");
  word (fixture, "Quill");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (last_op (fixture), ==, "client.register");
  values = kith_json_object (fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, NULL), "values");
  g_assert_cmpstr (kith_json_string (values, "given_name"), ==, "Zora");
  g_assert_cmpstr (kith_json_string (values, "family_name"), ==, "Quill");
  BUDGET (fixture, 11);
}

/* Who it may be is seen at the second word, before anything is saved, and the keys lead there and back. */
static void
test_new_client_same (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+n");
  word (fixture, "Maria");
  key (fixture, "Tab");
  word (fixture, "Lopez");
  BUDGET (fixture, 4);
  key (fixture, "ctrl+d");
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), g_type_from_name ("KithSimilarPane")));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

static void
test_accept (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+2");
  start_counting (fixture);
  key (fixture, "1");
  g_assert_cmpstr (last_op (fixture), ==, "referral.accept");
  BUDGET (fixture, 1);
}

static void
test_decline (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+2");
  start_counting (fixture);
  key (fixture, "3");
  word (fixture, "capacity");
  key (fixture, "Return");
  g_assert_cmpstr (last_op (fixture), ==, "referral.decline");
  BUDGET (fixture, 3);
}

/* ux 2.1: two keys, the reason is chosen. */
static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+2");
  start_counting (fixture);
  key (fixture, "2");
  key (fixture, "Return");
  g_assert_cmpstr (last_op (fixture), ==, "referral.decline");
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, NULL), "reason"), ==, "duplicate");
  BUDGET (fixture, 2);
}

/* Every action has a key: what was sent by mistake, and what the client takes back. */
static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *place, *key, *op; } cases[] = {
    { "sent/e0000000-0000-7000-8000-000000000021", "shift+x", "referral.void" }, { "inbox/e0000000-0000-7000-8000-000000000007", "shift+b", "consent.revoke" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      kith_frame_open (kith_window_get_frame (fixture->window), cases[i].place);
      pump (300);
      key (fixture, cases[i].key);
      pump (100);
      word (fixture, "mistake");
      key (fixture, "ctrl+Return");
      g_assert_cmpstr (last_op (fixture), ==, cases[i].op);
    }
}

/* From the page: one client to a colleague, and all of them. */
static void
test_assign (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+6");
  start_counting (fixture);
  key (fixture, "a");
  word (fixture, "linh");
  key (fixture, "Return");
  g_assert_cmpstr (last_op (fixture), ==, "caseload.transfer");
  BUDGET (fixture, 3);
  start_counting (fixture);
  key (fixture, "ctrl+a");
  key (fixture, "a");
  word (fixture, "ana");
  key (fixture, "Return");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  BUDGET (fixture, 4);
}

static void
test_send_referral (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "r");
  word (fixture, "prim");
  key (fixture, "Return");
  word (fixture, "a doctor");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (last_op (fixture), ==, "referral.send");
  BUDGET (fixture, 5);
}

/* The form opens on the widest scope; a word and Enter for each agency names others instead. */
static void
test_consent (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "ctrl+shift+c");
  ASSERT_PLACE (fixture, "clients/consent:" MARIA);
  key (fixture, "space");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (last_op (fixture), ==, "consent.record");
  BUDGET (fixture, 3);
}

/* The numbers of yesterday are confirmed in two keys; a changed one takes two more. */
static void
test_capacity (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+8");
  ASSERT_PLACE (fixture, "capacity");
  key (fixture, "shift+Return");
  g_assert_cmpstr (last_op (fixture), ==, "capacity.observe");
  BUDGET (fixture, 2);
}

static void
test_capacity_change (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "capacity");
  pump (200);
  key (fixture, "plus");
  key (fixture, "Return");
  g_assert_cmpstr (last_op (fixture), ==, "capacity.observe");
  BUDGET (fixture, 2);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  guint waiting;

  key (fixture, "ctrl+shift+o");
  ASSERT_PLACE (fixture, "attention");
  waiting = kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  g_assert_cmpuint (waiting, >, 0);
  key (fixture, "3"); /* the first was recalled meanwhile: it is read, and goes */
  pump (300);
  g_assert_cmpuint (kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window))), <, waiting);
  BUDGET (fixture, 3);
}

static gboolean
conflict_has_focus (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window)), *card = focus ? gtk_widget_get_ancestor (focus, g_type_from_name ("KithAttentionCard")) : NULL;

  return card && g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (gtk_widget_get_parent (card))), "conflicts") == 0;
}

/* Two values for one field: once its card is reached, one key says which stands. */
static void
test_conflict_settled (Fixture *fixture, gconstpointer data)
{
  static const char *const keeps[] = { "mine", "theirs", "both" };
  guint which = GPOINTER_TO_UINT (data);
  char name[] = { (char) ('1' + which), 0 };

  key (fixture, "ctrl+shift+o");
  for (guint i = 0; i < 20 && !conflict_has_focus (fixture); i++)
    key (fixture, "Tab");
  g_assert_true (conflict_has_focus (fixture));
  start_counting (fixture);
  key (fixture, name);
  g_assert_cmpstr (last_op (fixture), ==, "conflict.settle");
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, NULL), "keep"), ==, keeps[which]);
  BUDGET (fixture, 1);
}

/* GTK's own window comes, which waits for its answer in a loop of its own. */
static gboolean
cancel_cb (gpointer came)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "GtkPrintUnixDialog") && gtk_widget_get_mapped (l->data))
      {
        *(gboolean *) came = TRUE;
        gtk_dialog_response (l->data, GTK_RESPONSE_CANCEL);
        return G_SOURCE_REMOVE;
      }
  return G_SOURCE_CONTINUE;
}

/* The directory's sheet for somebody who reads Spanish: the first that was found is meant. */
static void
test_handout (Fixture *fixture, gconstpointer data)
{
  AdwComboRow *language;
  gboolean came = FALSE;
  guint first;

  bindtextdomain (GETTEXT_PACKAGE, KITH_PO_DIR);
  key (fixture, "ctrl+7");
  word (fixture, "primary");
  key (fixture, "ctrl+p");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (front_window (fixture)), ==, "KithPrintWindow");
  language = ADW_COMBO_ROW (find_named (GTK_WIDGET (front_window (fixture)), "AdwComboRow"));
  first = adw_combo_row_get_selected (language);
  key (fixture, "l");
  g_assert_cmpuint (adw_combo_row_get_selected (language), !=, first);
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (language)), ==, "Spanish");
  g_timeout_add (20, cancel_cb, &came);
  key (fixture, "Return");
  for (guint i = 0; i < 100 && !came; i++)
    pump (50);
  g_assert_true (came);
  BUDGET (fixture, 5);
  g_settings_set_boolean (kith_context_get_settings (fixture->context), "letter-keys", FALSE);
  key (fixture, "l");
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (language)), ==, "Spanish");
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+l");
  g_assert_null (kith_window_get_frame (fixture->window));
  BUDGET (fixture, 1);
}

/* "Also ask the network", with what was searched for (U3): the first hit has the focus, Enter opens it, the reason is asked. */
static void
test_ask_network (Fixture *fixture, gconstpointer data)
{
  g_autofree char *opened = NULL;

  key (fixture, "ctrl+3");
  word (fixture, "nora quinn");
  key (fixture, "ctrl+shift+f");
  g_assert_cmpuint (fake_desktop_get_n_asked (fixture->desktop), ==, 1);
  key (fixture, "Return");
  word (fixture, "She asked for us");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (last_op (fixture), ==, "client.open_shared");
  pump (300);
  opened = place (fixture);
  g_assert_cmpstr (opened, ==, "clients/c0000000-0000-7000-8000-0000000000c1");
  BUDGET (fixture, 6);
}

/* For who speaks to the computer: a letter does nothing, the same with Ctrl does. */
static void
test_letters_off (Fixture *fixture, gconstpointer data)
{
  g_settings_set_boolean (kith_context_get_settings (fixture->context), "letter-keys", FALSE);
  key (fixture, "ctrl+2");
  key (fixture, "1");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "e");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  key (fixture, "ctrl+shift+c");
  ASSERT_PLACE (fixture, "clients/consent:" MARIA);
}

/* ---- the sidebar ---- */

static GtkListBoxRow *
row_seen (GtkListBox *nav, guint number)
{
  for (int i = 0; gtk_list_box_get_row_at_index (nav, i); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (nav, i))) && --number == 0)
      return gtk_list_box_get_row_at_index (nav, i);
  return NULL;
}

static GtkListBox *
find_nav (GtkWidget *inside)
{
  GtkListBox *found = GTK_IS_LIST_BOX (inside) && gtk_widget_has_css_class (inside, "navigation-sidebar") ? GTK_LIST_BOX (inside) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_nav (child);
  return found;
}

static GtkWidget *
find_title (GtkWidget *inside, const char *title)
{
  GtkWidget *found = ADW_IS_PREFERENCES_ROW (inside) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (inside)), title) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_title (child, title);
  return found;
}

/* Tab leaves it, and nothing is marked but the page that is open; the arrows go through it. */
static void
test_sidebar_tab (Fixture *fixture, gconstpointer data)
{
  GtkListBox *nav = find_nav (GTK_WIDGET (fixture->window));
  GtkWidget *open, *focus;

  key (fixture, "ctrl+1");
  open = GTK_WIDGET (gtk_list_box_get_selected_row (nav));
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (open);
      key (fixture, i == 0 ? "Tab" : "shift+Tab");
      focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      g_assert_false (gtk_widget_is_ancestor (focus, GTK_WIDGET (nav)));
      g_assert_true (GTK_WIDGET (gtk_list_box_get_selected_row (nav)) == open);
    }
  gtk_widget_grab_focus (open);
  key (fixture, "Down");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == GTK_WIDGET (row_seen (nav, 2)));
  ASSERT_PLACE (fixture, "today");
  key (fixture, "Tab");
  g_assert_true (GTK_WIDGET (gtk_list_box_get_selected_row (nav)) == open); /* nothing was opened */
  gtk_widget_grab_focus (open);
  key (fixture, "Down");
  key (fixture, "Return");
  pump (200);
  g_assert_cmpstr (KITH_PAGE_GET_CLASS (kith_frame_get_page (kith_window_get_frame (fixture->window)))->name, ==, "inbox");
}

/* Ctrl+n is the nth row, whatever the account has not; the window of keys says the same. */
static void
test_sidebar_numbers (Fixture *fixture, gconstpointer data)
{
  static const struct { KithLevel level; int duties; } accounts[] = {
    { KITH_LEVEL_STANDARD, KITH_DUTY_SUPERVISOR }, { KITH_LEVEL_STANDARD, 0 }, { KITH_LEVEL_NETWORK, 0 }, { KITH_LEVEL_PORTAL, 0 },
  };

  for (guint a = 0; a < G_N_ELEMENTS (accounts); a++)
    {
      GtkListBox *nav;

      fake_desktop_set_level (fixture->desktop, accounts[a].level);
      fake_desktop_set_duties (fixture->desktop, accounts[a].duties);
      kith_window_lock (fixture->window);
      pump (100);
      kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
      pump (400);
      nav = find_nav (GTK_WIDGET (fixture->window));
      for (guint n = 1; n <= 9 && row_seen (nav, n); n++)
        {
          g_autofree char *pressed = g_strdup_printf ("ctrl+%u", n), *wanted = g_strdup_printf ("Ctrl+%u", n);

          key (fixture, pressed);
          g_test_message ("account %u, %s", a, pressed);
          g_assert_true (gtk_list_box_get_selected_row (nav) == row_seen (nav, n));
          g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (row_seen (nav, n))), ==, wanted);
        }
      key (fixture, "F1");
      g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
      g_assert_cmpint (find_title (GTK_WIDGET (front_window (fixture)), "Go to Clients") != NULL, ==, accounts[a].level == KITH_LEVEL_STANDARD);
      gtk_window_destroy (front_window (fixture));
    }
  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_STANDARD);
}

/* ---- Tab through every page ---- */

#define MOST_TABS 300

static gboolean
is_inside (GtkWidget *widget, GHashTable *visited)
{
  for (; widget; widget = gtk_widget_get_parent (widget))
    if (g_hash_table_contains (visited, widget))
      return TRUE;
  return FALSE;
}

static gboolean
holds_visited (GtkWidget *widget, GHashTable *visited)
{
  GHashTableIter iter;
  gpointer one;

  g_hash_table_iter_init (&iter, visited);
  while (g_hash_table_iter_next (&iter, &one, NULL))
    if (one == widget || gtk_widget_is_ancestor (one, widget))
      return TRUE;
  return FALSE;
}

/* A button in a row that is reached, or with the inner button reached, counts; those of a window's frame are not the page's. */
static void
check_buttons (GtkWidget *widget, GHashTable *visited, const char *where)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkWindowControls"))
    return;
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_focusable (widget) && !is_inside (widget, visited) && !holds_visited (widget, visited))
    g_error ("%s: Tab does not come to a %s (%s, “%s”)", where, G_OBJECT_TYPE_NAME (widget),
             gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), gtk_button_get_label (GTK_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    check_buttons (child, visited, where);
}

/* A row that only turns something on or off is one stop, not the row and then what is in it. */
static void
check_rows (GHashTable *visited, const char *where)
{
  GHashTableIter iter;
  gpointer one;

  g_hash_table_iter_init (&iter, visited);
  while (g_hash_table_iter_next (&iter, &one, NULL))
    {
      GtkWidget *row = gtk_widget_get_ancestor (gtk_widget_get_parent (one) ? gtk_widget_get_parent (one) : one, ADW_TYPE_ACTION_ROW);

      if (row && g_hash_table_contains (visited, row) &&
          (GTK_IS_SWITCH (one) || (GTK_IS_CHECK_BUTTON (one) && adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) == one)))
        g_error ("%s: “%s” is two stops", where, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
    }
}

static void
test_tab (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "inbox", "sent", "clients", "clients/" MARIA, "clients/new", "clients/edit:" MARIA, "clients/consent:" MARIA,
                                        "clients/refer:" MARIA, "cases", "cases/assign:" MARIA, "today", "staff", "staff/balance", "directory", "board", "capacity", "agency", "corrections", "log", "attention" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
      GtkWidget *last = NULL;
      guint tabs;

      kith_frame_open (kith_window_get_frame (fixture->window), places[i]);
      pump (200);
      gtk_root_set_focus (GTK_ROOT (fixture->window), NULL);
      for (tabs = 0; tabs < MOST_TABS; tabs++)
        {
          GtkWidget *focus;

          g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD); /* as the Tab key does */
          focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
          if (focus && focus != last && g_hash_table_contains (visited, focus))
            break; /* round */
          if (focus && focus == last)
            g_error ("%s: Tab stays on a %s in a %s", places[i], G_OBJECT_TYPE_NAME (focus), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (focus)));
          last = focus;
          if (focus)
            g_hash_table_add (visited, focus);
        }
      g_test_message ("%s: %u stops", places[i], tabs + 1);
      check_rows (visited, places[i]);
      g_assert_cmpuint (tabs, <, MOST_TABS); /* and round again */
      check_buttons (GTK_WIDGET (kith_window_get_frame (fixture->window)), visited, places[i]);
    }
}

static GtkWidget *
find_id (GtkWidget *widget, const char *id)
{
  GtkWidget *found = g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_id (child, id);
  return found;
}

/* One stop of Tab, and Space and Enter turn it. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row, *focus;
  gboolean active;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/consent:" MARIA);
  pump (200);
  row = find_id (GTK_WIDGET (fixture->window), "network");
  if (!ADW_IS_ACTION_ROW (row))
    row = gtk_widget_get_ancestor (row, ADW_TYPE_ACTION_ROW);
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == row);
  key (fixture, "Tab");
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (focus != row && !gtk_widget_is_ancestor (focus, row));
  key (fixture, "shift+Tab");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == row);
  key (fixture, "space");
  g_object_get (row, "active", &active, NULL);
  g_assert_true (active);
  key (fixture, "Return");
  g_object_get (row, "active", &active, NULL);
  g_assert_false (active);
}

/* A window over the window is no place from which it cannot be locked; and who works there is not idle. */
static void
test_lock_over (Fixture *fixture, gconstpointer data)
{
  gboolean unlocked;

  kith_window_set_idle_minutes (fixture->window, 1);
  key (fixture, "ctrl+comma"); /* a window of its own, without a draft */
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 59 * 1000);
  key (fixture, "Tab");
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 59 * 1000);
  kith_window_check_idle (fixture->window);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
  key (fixture, "ctrl+l");
  g_object_get (fixture->desktop, "unlocked", &unlocked, NULL);
  g_assert_false (unlocked);
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
}

/* C22: where the time without the hub is over, what is typed is kept as at any lock, and what was copied does not stay. */
static void
test_lock_asked (Fixture *fixture, gconstpointer data)
{
  GValue value = G_VALUE_INIT;
  gboolean taken = FALSE, unlocked;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/new");
  pump (100);
  word (fixture, "Zora");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)), "copied");
  g_signal_emit_by_name (fixture->desktop, "lock-asked", &taken);
  g_assert_true (taken);
  pump (100);
  g_object_get (fixture->desktop, "unlocked", &unlocked, NULL);
  g_assert_false (unlocked);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "client:new"));
  g_assert_nonnull (gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window))));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window))), &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, "");
  g_value_unset (&value);
}

static gboolean
has_label (GtkWidget *widget, const char *words)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = has_label (child, words);
  return found;
}

/* ux.md 2.0: the key says so where nothing is undone; in a text it is the text's. */
static void
test_undo_nothing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  key (fixture, "ctrl+n");
  word (fixture, "Rosa");
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_TEXT (focus));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "Rosa");
  key (fixture, "ctrl+z");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), !=, "Rosa");
  g_assert_false (has_label (GTK_WIDGET (fixture->window), "There is nothing to undo"));
  key (fixture, "Escape");
  key (fixture, "ctrl+1");
  key (fixture, "ctrl+z");
  g_assert_true (has_label (GTK_WIDGET (fixture->window), "There is nothing to undo"));
}

int
main (int argc, char **argv)
{
  gboolean keys = keys_begin (&argc, &argv);

  ADD ("tab", test_tab);
  if (!keys)
    {
      g_test_message ("no xdotool: only Tab is tried");
      return g_test_run ();
    }
  ADD ("find", test_find);
  ADD ("find-phone", test_find_phone);
  ADD ("note", test_note);
  ADD ("note-of-client", test_note_of_client);
  ADD ("enter-on-row", test_enter_on_row);
  ADD ("search-enter", test_search_enter);
  ADD ("back", test_back);
  ADD ("tabs-from-list", test_tabs_from_list);
  ADD ("undo-nothing", test_undo_nothing);
  ADD ("new-client", test_new_client);
  ADD ("new-client-same", test_new_client_same);
  ADD ("accept", test_accept);
  ADD ("decline", test_decline);
  ADD ("void-and-take-back", test_take_back);
  ADD ("decline-duplicate", test_duplicate);
  ADD ("assign", test_assign);
  ADD ("send-referral", test_send_referral);
  ADD ("consent", test_consent);
  ADD ("capacity-P4", test_capacity);
  ADD ("capacity-change-P4", test_capacity_change);
  ADD ("conflict", test_conflict);
  g_test_add ("/keys/conflict-mine", Fixture, GUINT_TO_POINTER (0), set_up, test_conflict_settled, tear_down);
  g_test_add ("/keys/conflict-theirs", Fixture, GUINT_TO_POINTER (1), set_up, test_conflict_settled, tear_down);
  g_test_add ("/keys/conflict-both", Fixture, GUINT_TO_POINTER (2), set_up, test_conflict_settled, tear_down);
  ADD ("handout-D3", test_handout);
  ADD ("lock", test_lock);
  ADD ("lock-over", test_lock_over);
  ADD ("switch", test_switch);
  ADD ("sidebar/tab", test_sidebar_tab);
  ADD ("sidebar/numbers", test_sidebar_numbers);
  ADD ("C22-lock-asked", test_lock_asked);
  ADD ("ask-network-U3", test_ask_network);
  ADD ("letters-off", test_letters_off);
  return g_test_run ();
}
