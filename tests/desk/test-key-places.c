/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a key acts: on the record shown, from the list as well as from beside it; not from a form or a composer. What was written is kept by
 * Ctrl+Enter wherever one writes. My Day begins at what is to be done. */

#include "keys-fixture.h"
#include "kith-split-page.h"

static GtkWidget *
focus_list (Fixture *fixture)
{
  GtkWidget *list = find_named (GTK_WIDGET (fixture->window), "GtkListView");

  g_assert_nonnull (list);
  gtk_widget_grab_focus (list);
  pump (50);
  return list;
}

static const char *
client_shown (Fixture *fixture)
{
  return kith_split_page_get_id (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))));
}

static void
assert_form (Fixture *fixture, const char *verb)
{
  g_autofree char *wanted = g_strdup_printf ("clients/%s:%s", verb, client_shown (fixture));

  ASSERT_PLACE (fixture, wanted);
  key (fixture, "Escape");
}

/* Chosen with the arrow keys, not opened: the list has the focus. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  GtkWindow *asked;

  key (fixture, "ctrl+3");
  focus_list (fixture);
  key (fixture, "Down");
  g_assert_nonnull (client_shown (fixture));
  key (fixture, "ctrl+shift+c");
  assert_form (fixture, "consent");
  focus_list (fixture);
  key (fixture, "e");
  assert_form (fixture, "edit");
  focus_list (fixture);
  key (fixture, "r");
  assert_form (fixture, "refer");
  focus_list (fixture);
  key (fixture, "c");
  asked = front_window (fixture);
  g_assert_cmpstr (gtk_window_get_title (asked), ==, "Open a Case");
  key (fixture, "Escape");
  focus_list (fixture);
  key (fixture, "ctrl+p");
  asked = front_window (fixture);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (asked), ==, "KithPrintWindow");
  key (fixture, "Escape");
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  focus_list (fixture);
  key (fixture, "shift+r");
  g_assert_cmpstr (last_op (fixture), ==, "service.record");
}

/* In the search entry letters are the name's, and Ctrl with one is the record's. */
static void
test_entry (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "ctrl+3");
  word (fixture, "re");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  g_assert_cmpstr (kith_split_page_get_search (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window)))), ==, "re");
  key (fixture, "ctrl+shift+c");
  ASSERT_PLACE (fixture, "clients/consent:" MARIA);
}

/* Escape takes what was typed, not the entry: the next name is typed at once. */
static void
test_entry_escape (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page, *bar;

  key (fixture, "ctrl+3");
  page = GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  bar = find_named (page, "GtkSearchBar");
  word (fixture, "maria");
  for (guint i = 0; i < 2; i++)
    {
      key (fixture, "Escape");
      g_assert_cmpstr (kith_split_page_get_search (KITH_SPLIT_PAGE (page)), ==, "");
      g_assert_true (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (bar)));
      g_assert_true (gtk_widget_get_child_visible (gtk_search_bar_get_child (GTK_SEARCH_BAR (bar))));
    }
  word (fixture, "ruth");
  g_assert_cmpstr (kith_split_page_get_search (KITH_SPLIT_PAGE (page)), ==, "ruth");
}

/* Folded, somebody shown before whom the list now hides is not meant. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 700);
  pump (300);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "alt+Left");
  key (fixture, "ctrl+3");
  word (fixture, "featherstone");
  g_assert_cmpstr (client_shown (fixture), ==, MARIA);
  key (fixture, "ctrl+p");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  key (fixture, "Down");
  g_assert_cmpstr (client_shown (fixture), !=, MARIA);
  key (fixture, "ctrl+p");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (front_window (fixture)), ==, "KithPrintWindow");
}

static GtkWidget *
find_combo (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_COMBO_ROW (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_combo (child);
  return found;
}

/* Where nothing takes a letter, it is still the form's. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/edit:" MARIA);
  pump (300);
  g_assert_true (gtk_widget_grab_focus (find_combo (GTK_WIDGET (fixture->window))));
  key (fixture, "r");
  key (fixture, "ctrl+p");
  ASSERT_PLACE (fixture, "clients/edit:" MARIA);
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
}

static GtkWidget *
find_saying (GtkWidget *widget, const char *text)
{
  GtkWidget *found = GTK_IS_TEXT (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (widget)), text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_saying (child, text);
  return found;
}

/* Ctrl+Z takes back what was typed, and not what stood there before. */
static void
test_undo_filled (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/edit:" MARIA);
  pump (300);
  entry = find_saying (GTK_WIDGET (fixture->window), "María");
  g_assert_nonnull (entry);
  g_assert_true (gtk_widget_grab_focus (entry));
  key (fixture, "End");
  word (fixture, "x");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Maríax");
  key (fixture, "ctrl+z");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "María");
  key (fixture, "ctrl+z");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "María");
}

static void
test_composer_letters (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+4");
  key (fixture, "n");
  g_assert_true (gtk_widget_grab_focus (find_combo (find_named (GTK_WIDGET (fixture->window), "KithCaseComposer"))));
  key (fixture, "x");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
}

/* ---- Ctrl+Enter keeps what one writes, wherever that is ---- */

static JsonObject *
kept (Fixture *fixture, const char *op)
{
  guint n = fake_desktop_get_n_submitted (fixture->desktop);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (last_op (fixture), ==, op);
  return fake_desktop_get_submitted (fixture->desktop, n - 1, NULL);
}

static void
test_keep_case (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *key, *op, *field; } writings[] = {
    { "n", "note.add", "text" }, { "t", "task.add", "subject" }, { "g", "goal.set", "title" },
  };
  JsonObject *set;

  key (fixture, "ctrl+4");
  for (guint i = 0; i < G_N_ELEMENTS (writings); i++)
    {
      key (fixture, writings[i].key);
      word (fixture, "as agreed");
      key (fixture, "ctrl+Return");
      g_assert_cmpstr (kith_json_string (kept (fixture, writings[i].op), writings[i].field), ==, "as agreed");
    }
  key (fixture, "s");
  word (fixture, "see the flat");
  key (fixture, "ctrl+Return");
  set = kith_json_object (kept (fixture, "record.patch"), "set");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "next_step"), "new"), ==, "see the flat");
  g_assert_nonnull (kith_json_string (kith_json_object (set, "next_step_on"), "old"));
  g_assert_null (kith_json_string (kith_json_object (set, "next_step_on"), "new")); /* the day of the step before is not this one's */
}

static void
test_keep_referral (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+2");
  key (fixture, "m");
  word (fixture, "we can see her");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "referral.note"), "text"), ==, "we can see her");
  key (fixture, "n");
  word (fixture, "ask linh");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "referral.private_note"), "text"), ==, "ask linh");
  key (fixture, "3");
  word (fixture, "capacity");
  key (fixture, "ctrl+Return");
  kept (fixture, "referral.decline");
}

static void
test_keep_asked (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "c");
  word (fixture, "Home first");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "case.open"), "title"), ==, "Home first");
  key (fixture, "ctrl+4");
  key (fixture, "x");
  word (fixture, "need fully");
  key (fixture, "ctrl+Return");
  kept (fixture, "case.close");
}

/* One rule for what is written beside a case or asked about one: Enter in a line saves, as Ctrl+Enter does everywhere; in a text it is a new line. */
static void
test_keep_enter (Fixture *fixture, gconstpointer data)
{
  guint n;

  key (fixture, "ctrl+4");
  key (fixture, "t");
  word (fixture, "call the landlord");
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "task.add"), "subject"), ==, "call the landlord");
  key (fixture, "g");
  word (fixture, "a lease");
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "goal.set"), "title"), ==, "a lease");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  key (fixture, "n");
  word (fixture, "first");
  key (fixture, "Return");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  word (fixture, "second");
  key (fixture, "ctrl+Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "note.add"), "text"), ==, "first\nsecond");
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "c");
  word (fixture, "Home first");
  key (fixture, "Return");
  g_assert_cmpstr (kith_json_string (kept (fixture, "case.open"), "title"), ==, "Home first");
}

/* ---- My Day ---- */

static void
test_today (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+3");
  key (fixture, "ctrl+1");
  key (fixture, "d");
  g_assert_cmpstr (kith_json_string (kept (fixture, "task.done"), "task"), ==, "7a000000-0000-7000-8000-000000000001");
}

/* When it is the first page shown, its rows come after it. */
static void
test_today_first (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+1");
  key (fixture, "ctrl+l");
  word (fixture, "a secret");
  key (fixture, "Return");
  ASSERT_PLACE (fixture, "today");
  key (fixture, "s");
  kept (fixture, "task.snooze"); /* the first line is what is due */
}

static const char *
focused_of (Fixture *fixture, const char *what)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus ? g_object_get_data (G_OBJECT (focus), what) : NULL;
}

/* While the first fill brings line after line, what is to be done first is what stands in the window and has the focus; from the first key on
 * nothing moves it. */
static void
test_today_fills (Fixture *fixture, gconstpointer data)
{
  static const char *const referral[] = { "referral", NULL }, *const task[] = { "task", NULL };
  JsonObject *lists = fake_desktop_get_data (fixture->desktop);
  JsonArray *referrals = json_array_ref (fake_desktop_list (fixture->desktop, "referrals-waiting"));
  JsonArray *tasks = json_array_ref (fake_desktop_list (fixture->desktop, "tasks-due"));
  g_autofree char *first = g_strdup (json_object_get_string_member (json_array_get_object_element (tasks, 0), "id"));
  g_autofree char *second = g_strdup (json_object_get_string_member (json_array_get_object_element (tasks, 1), "id"));
  g_autoptr (JsonObject) early = json_object_ref (json_array_get_object_element (tasks, 0));

  json_object_set_array_member (lists, "referrals-waiting", json_array_new ());
  json_object_set_array_member (lists, "tasks-due", json_array_new ());
  key (fixture, "ctrl+1");
  key (fixture, "ctrl+l");
  word (fixture, "a secret");
  key (fixture, "Return");
  ASSERT_PLACE (fixture, "today");
  g_assert_null (focused_of (fixture, "referral"));
  json_object_set_array_member (lists, "referrals-waiting", referrals);
  g_signal_emit_by_name (fixture->desktop, "changed", referral);
  pump (200);
  g_assert_nonnull (focused_of (fixture, "referral"));
  json_object_set_array_member (lists, "tasks-due", tasks);
  g_signal_emit_by_name (fixture->desktop, "changed", task);
  pump (200);
  g_assert_cmpstr (focused_of (fixture, "task"), ==, first);
  key (fixture, "Down");
  g_assert_cmpstr (focused_of (fixture, "task"), ==, second);
  json_array_remove_element (tasks, 0);
  g_signal_emit_by_name (fixture->desktop, "changed", task);
  pump (200);
  g_assert_cmpstr (focused_of (fixture, "task"), ==, second);
  json_array_add_object_element (tasks, g_steal_pointer (&early));
}

/* The key that ticks a task off meets the one it stood on, whatever came in above it. */
static void
test_today_stays (Fixture *fixture, gconstpointer data)
{
  static const char *const task[] = { "task", NULL };
  JsonArray *tasks = fake_desktop_list (fixture->desktop, "tasks-due"), *more = json_array_new ();
  JsonObject *new_task = kith_json_new ("id", "s", "7a000000-0000-7000-8000-0000000000ff", "subject", "s", "Came in above", "due_on", "s", "2026-11-17", NULL);

  key (fixture, "ctrl+3");
  key (fixture, "ctrl+1");
  key (fixture, "Down");
  key (fixture, "Up");
  g_assert_cmpstr (focused_of (fixture, "task"), ==, "7a000000-0000-7000-8000-000000000001");
  json_array_add_object_element (more, new_task);
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    json_array_add_object_element (more, json_object_ref (json_array_get_object_element (tasks, i)));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "tasks-due", more);
  g_signal_emit_by_name (fixture->desktop, "changed", task);
  pump (200);
  key (fixture, "d");
  g_assert_cmpstr (kith_json_string (kept (fixture, "task.done"), "task"), ==, "7a000000-0000-7000-8000-000000000001");
}

/* "Find anything" finds cases too, by number or title. */
static void
test_find_case (Fixture *fixture, gconstpointer data)
{
  key (fixture, "ctrl+k");
  word (fixture, "HA-C-0011");
  key (fixture, "Return");
  ASSERT_PLACE (fixture, "cases/ca000000-0000-7000-8000-000000000001");
}

static GtkWidget *
find_task (GtkWidget *inside, const char *task)
{
  GtkWidget *found = g_strcmp0 (g_object_get_data (G_OBJECT (inside), "task"), task) == 0 ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_task (child, task);
  return found;
}

/* Whoever goes through a case's tasks with the keys stays at theirs while others come in and change. */
static void
test_case_tasks (Fixture *fixture, gconstpointer data)
{
  static const char second[] = "70000000-0000-7000-8000-000000000002";
  static const char *const kinds[] = { "task", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "case-tasks");
  GtkWidget *check;

  kith_frame_open (kith_window_get_frame (fixture->window), "cases/ca000000-0000-7000-8000-000000000001");
  pump (200);
  check = find_task (GTK_WIDGET (fixture->window), second);
  g_assert_true (gtk_widget_grab_focus (check));
  json_object_set_string_member (json_array_get_object_element (rows, 0), "subject", "Copy of the lease, both pages");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  check = find_task (GTK_WIDGET (fixture->window), "70000000-0000-7000-8000-000000000001");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (check), "subject"), ==, "Copy of the lease, both pages");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (gtk_root_get_focus (GTK_ROOT (fixture->window))), "task"), ==, second);
}

/* Of a button under More: its words or its key */
static void
bounds_of (GtkWidget *button, GtkWidget *popover, gboolean key, int *from, int *to)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));
  GtkWidget *label = key ? gtk_widget_get_last_child (box) : gtk_widget_get_first_child (box);
  graphene_rect_t at;
  int x;

  g_assert_true (gtk_widget_compute_bounds (label, popover, &at));
  *from = *to = (int) at.origin.x;
  gtk_label_get_layout_offsets (GTK_LABEL (label), &x, NULL);
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), to, NULL);
  *from += key ? 0 : x;
  *to = key ? (int) (at.origin.x + at.size.width) : *from + *to;
}

/* What stands under More begins in one line, its keys end in another, and the arrow keys and Tab go through it. */
static void
test_more (Fixture *fixture, gconstpointer data)
{
  GtkWidget *strip, *more, *popover, *first, *second, *third;
  int from, to, other_from, other_to;
  gboolean rtl = GPOINTER_TO_INT (data);

  gtk_widget_set_default_direction (rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (300);
  strip = find_named (GTK_WIDGET (fixture->window), "KithActionStrip");
  g_assert_nonnull (strip);
  more = gtk_widget_get_last_child (strip);
  g_assert_true (GTK_IS_MENU_BUTTON (more));
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (more)));
  g_assert_true (gtk_widget_grab_focus (more));
  key (fixture, "Return");
  g_assert_true (gtk_widget_get_mapped (popover));
  first = find_named (popover, "GtkButton");
  for (second = gtk_widget_get_next_sibling (first); !gtk_widget_get_mapped (second);)
    second = gtk_widget_get_next_sibling (second);
  for (third = gtk_widget_get_next_sibling (second); !gtk_widget_get_mapped (third);)
    third = gtk_widget_get_next_sibling (third);
  bounds_of (first, popover, FALSE, &from, &to);
  for (GtkWidget *at = second; at; at = gtk_widget_get_next_sibling (at))
    if (gtk_widget_get_mapped (at))
      {
        bounds_of (at, popover, FALSE, &other_from, &other_to);
        g_assert_cmpint (ABS (rtl ? other_to - to : other_from - from), <=, 1);
      }
  for (GtkWidget *at = first; at; at = gtk_widget_get_next_sibling (at))
    if (gtk_widget_get_mapped (at) && gtk_widget_has_css_class (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (at))), "key-hint"))
      {
        int edge = rtl ? 0 : gtk_widget_get_width (gtk_button_get_child (GTK_BUTTON (at)));
        graphene_rect_t box;

        bounds_of (at, popover, TRUE, &other_from, &other_to);
        g_assert_true (gtk_widget_compute_bounds (gtk_button_get_child (GTK_BUTTON (at)), popover, &box));
        g_assert_cmpint (ABS ((rtl ? other_from : other_to) - (int) box.origin.x - edge), <=, 1);
      }
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == first);
  key (fixture, "Down");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == second);
  key (fixture, "Tab");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == third);
  key (fixture, "Up");
  key (fixture, "Up");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == first);
  key (fixture, "Escape");
  g_assert_false (gtk_widget_get_mapped (popover));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), more));
  key (fixture, "Return");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (first)), ==, "client.consent");
  key (fixture, "Return");
  pump (200);
  g_assert_false (gtk_widget_get_mapped (popover));
  assert_form (fixture, "consent");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Something one types in that holds these words, and can be seen. */
static GtkWidget *
find_text (GtkWidget *inside, const char *words)
{
  GtkWidget *found = GTK_IS_TEXT (inside) && gtk_widget_get_mapped (inside) && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (inside)), words) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_text (child, words);
  return found;
}

static GtkWidget *
find_more (GtkWidget *inside)
{
  GtkWidget *found = g_str_equal (gtk_widget_get_name (inside), "more_actions") && gtk_widget_get_mapped (inside) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_more (child);
  return found;
}

/* What there is no room for is not there for those who cannot see either; it is behind More, which the keys come to (test_more). */
static void
test_strip (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *strip, *more, *focus = NULL;
  guint n_hidden = 0;

  key (fixture, "ctrl+2");
  key (fixture, "Return");
  pump (200);
  strip = find_named (window, "KithActionStrip");
  g_assert_nonnull (strip);
  for (GtkWidget *child = gtk_widget_get_first_child (strip); child; child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *other = gtk_test_accessible_check_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, !gtk_widget_get_mapped (child), -1);

      g_assert_null (other);
      n_hidden += !gtk_widget_get_mapped (child);
    }
  g_assert_cmpuint (n_hidden, >, 0);
  more = find_more (window);
  g_assert_nonnull (more);
  for (guint i = 0; i < 30 && !(focus && (focus == more || gtk_widget_is_ancestor (focus, more))); i++)
    {
      key (fixture, "Tab");
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_assert_true (gtk_widget_get_mapped (focus));
    }
  g_assert_true (focus == more || gtk_widget_is_ancestor (focus, more));
}

/* Somebody new at the counter: whom quick search does not know is registered in two keys more, under the name that was typed. */
static void
test_find_nobody (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  key (fixture, "ctrl+k");
  word (fixture, "Peggy Quill");
  key (fixture, "Return");
  ASSERT_PLACE (fixture, "clients");
  page = GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  g_assert_cmpstr (kith_split_page_get_search (KITH_SPLIT_PAGE (page)), ==, "Peggy Quill");
  pump (200);
  key (fixture, "ctrl+n");
  pump (200);
  ASSERT_PLACE (fixture, "clients/new");
  g_assert_nonnull (find_text (page, "Peggy Quill"));
}

static void
told_cb (KithContext *context, const char *text, const char *op, char **told)
{
  g_free (*told);
  *told = g_strdup (text);
}

/* What a letter would act on is not what is marked in the list: nothing happens, and it is said. */
static void
test_marked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *told = NULL;
  gulong id = g_signal_connect (fixture->context, "toast", G_CALLBACK (told_cb), &told);

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "ctrl+3");
  word (fixture, "featherstone");
  for (guint i = 0; i < 12 && !gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), find_named (GTK_WIDGET (fixture->window), "GtkListView")); i++)
    key (fixture, "Tab");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), find_named (GTK_WIDGET (fixture->window), "GtkListView")));
  g_assert_cmpstr (client_shown (fixture), ==, MARIA);
  key (fixture, "r");
  ASSERT_PLACE (fixture, "clients/" MARIA);
  g_assert_cmpstr (told, ==, "Another row is marked in the list than the one shown. Enter opens it; then the keys act on it.");
  g_signal_handler_disconnect (fixture->context, id);
  key (fixture, "Return");
  g_assert_cmpstr (client_shown (fixture), !=, MARIA);
  key (fixture, "r");
  assert_form (fixture, "refer");
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    {
      g_test_message ("no xdotool: nothing is tried");
      return 77;
    }
  ADD ("in-the-list", test_list);
  ADD ("in-the-entry", test_entry);
  ADD ("in-the-entry-escape", test_entry_escape);
  ADD ("marked", test_marked);
  ADD ("hidden", test_hidden);
  ADD ("in-a-form", test_form);
  ADD ("undo-filled", test_undo_filled);
  ADD ("in-a-composer", test_composer_letters);
  ADD ("keep/case", test_keep_case);
  ADD ("keep/referral", test_keep_referral);
  ADD ("keep/asked", test_keep_asked);
  ADD ("keep/enter", test_keep_enter);
  ADD ("today", test_today);
  ADD ("today-first", test_today_first);
  ADD ("today-fills", test_today_fills);
  ADD ("today-stays", test_today_stays);
  ADD ("find-case", test_find_case);
  ADD ("find-nobody", test_find_nobody);
  ADD ("case-tasks", test_case_tasks);
  ADD ("more", test_more);
  g_test_add ("/keys/more-rtl", Fixture, GINT_TO_POINTER (TRUE), set_up, test_more, tear_down);
  ADD ("strip", test_strip);
  return g_test_run ();
}
