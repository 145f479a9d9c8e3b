/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a page says of a state, and what a reader with somebody at the desk takes it for. */

#include "capacity/kith-capacity-words.h"
#include "desk-fixture.h"
#include "widgets/kith-status-pill.h"

#include "kith-format-phone.h"
#include "kith-format.h"

#include <locale.h>

/* The step of the loop with these words: whether it is one that was gone. */
static gboolean
is_done (GtkWidget *widget, const char *words, gboolean *done)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "loop-step") &&
                   g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words);

  if (found)
    *done = gtk_widget_has_css_class (widget, "done");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = is_done (child, words, done);
  return found;
}

/* Whom nobody reached was not in service; who was, and went away, was. */
static void
test_loop_served (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;

  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000072");
  g_assert_true (is_done (GTK_WIDGET (fixture->window), "In service", &done) && done);
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000071");
  g_assert_false (is_done (GTK_WIDGET (fixture->window), "In service", &done));
  g_assert_true (is_done (GTK_WIDGET (fixture->window), "Not in service", &done) && !done);
  g_assert_true (is_done (GTK_WIDGET (fixture->window), "Could not contact", &done) && done);
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000024"); /* fully met */
  g_assert_true (is_done (GTK_WIDGET (fixture->window), "In service", &done) && done);
}

/* A level is of what is compared: accents are no difference, and an exchanged day is said to be one. */
static void
test_match_levels (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "inbox/same");
  pump (300);
  SAYS ("The same, spelled differently"); /* María, Maria */
  SAYS ("Day and month exchanged");       /* 7 Apr, 4 Jul */
  g_assert_false (says (GTK_WIDGET (fixture->window), "In part the same"));
}

static KithRow *
count_new (const char *status, const char *free)
{
  g_autoptr (JsonObject) row = kith_json_new ("id", "s", "c1", "status", "s", status, "free", "s", free, "unit", "s", "slot", "period", "s", "week", "observed_at", "s",
                                              "2026-11-20T07:40:00.000Z", NULL);

  return fake_row_new (row);
}

/* Little room is a word, not only a colour, and no place free has no tick. */
static void
test_limited (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithRow) limited = count_new ("limited", "3"), open = count_new ("open", "3"), none = count_new ("open", "0");
  g_autofree char *few = kith_capacity_words (limited, NOW_MS), *some = kith_capacity_words (open, NOW_MS);
  GtkImage *image = g_object_ref_sink (GTK_IMAGE (gtk_image_new ()));

  g_assert_cmpstr (few, ==, "Limited: 3 openings free · This week");
  g_assert_cmpstr (some, ==, "3 openings free · This week");
  kith_capacity_glyph (image, open, NOW_MS);
  g_assert_cmpstr (gtk_image_get_icon_name (image), ==, "object-select-symbolic");
  kith_capacity_glyph (image, none, NOW_MS);
  g_assert_cmpstr (gtk_image_get_icon_name (image), ==, "action-unavailable-symbolic");
  g_object_unref (image);
}

static GtkWidget *
search_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
                         g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "system-search-symbolic") == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = search_button (child);
  return found;
}

/* What Ctrl+F brings has a button, on each page whose entry is not always there. */
static void
test_search_button (Fixture *fixture, gconstpointer data)
{
  static const char *const pages[] = { "inbox", "sent", "cases", "contacts" };

  fake_desktop_set_network_staff (fixture->desktop);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *button;

      open_place (fixture, pages[i]);
      g_test_message ("%s", pages[i]);
      button = search_button (GTK_WIDGET (fixture->window));
      g_assert_nonnull (button);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      pump (200);
      g_assert_true (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "search_entry"), GTK_TYPE_SEARCH_BAR))));
    }
}

/* A window that cannot ask yet says what it needs. */
static void
test_network_says (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients");
  type_into (fixture, "search_entry", "nora q");
  g_assert_true (act (fixture, "win.ask-network"));
  pump (100);
  g_assert_true (says (GTK_WIDGET (in_front (fixture, "problem")), "Type a given and a family name"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "name")), "nora qu");
  pump (100);
  g_assert_null (in_front (fixture, "problem"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Type a given and a family name"));
}

/* More than a few words have one line where there is room for it. */
static void
test_pill_line (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = adw_action_row_new (), *list = gtk_list_box_new (), *pill = kith_status_pill_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label;

  kith_status_pill_set (KITH_STATUS_PILL (pill), "object-select-symbolic", "Temporarily closed until Monday", "warn");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "A line");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 100);
  gtk_window_present (GTK_WINDOW (window));
  pump (200);
  label = gtk_widget_get_last_child (pill);
  g_assert_true (GTK_IS_LABEL (label));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A caller who rings again is seen while the number is typed; who is still in the middle of one is not looked for. */
static void
test_called_before (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form;

  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "contacts/new");
  pump (200);
  type_into (fixture, "phone", "619-555");
  form = find_widget (GTK_WIDGET (fixture->window), "scroller");
  g_assert_false (says (form, "Called Before"));
  type_into (fixture, "phone", "+1 (619) 555-0142");
  pump (200);
  g_assert_true (says (form, "Called Before"));
  g_assert_true (says (form, "NA-0007 · 13:20 · Ana Delgado · 2 open"));
  type_into (fixture, "phone", "619-555-0143");
  pump (200);
  g_assert_false (says (form, "Called Before"));
}

/* Ctrl+K has calls, for who takes them; others have no such page. */
static void
test_find_calls (Fixture *fixture, gconstpointer data)
{
  for (guint network = 0; network < 2; network++)
    {
      if (network)
        fake_desktop_set_network_staff (fixture->desktop);
      g_assert_true (act (fixture, "win.find"));
      gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "entry")), "NA-0007");
      pump (300);
      g_assert_cmpint (says (GTK_WIDGET (front_window (fixture)), "Ana Lopez"), ==, network);
      gtk_window_destroy (front_window (fixture));
      pump (50);
    }
}

static void
first_title (GtkWidget *widget, const char **title)
{
  if (ADW_IS_PREFERENCES_GROUP (widget) && !*title)
    *title = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !*title; child = gtk_widget_get_next_sibling (child))
    first_title (child, title);
}

/* No taller than a small laptop's screen, and the keys of the page one is on come first. */
static void
test_shortcuts_fit (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *place, *title; } pages[] = { { "inbox", "Inbox and Sent" }, { "clients/" MARIA, "A client’s page" }, { "log", "Everywhere" } };

  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR | KITH_DUTY_PRIVACY);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      const char *title = NULL;
      int least;

      open_place (fixture, pages[i].place);
      g_assert_true (act (fixture, "win.shortcuts"));
      first_title (GTK_WIDGET (front_window (fixture)), &title);
      g_assert_cmpstr (title, ==, pages[i].title);
      gtk_widget_measure (GTK_WIDGET (front_window (fixture)), GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 700);
      gtk_window_destroy (front_window (fixture));
      pump (50);
    }
}

static GtkWidget *
button_doing (GtkWidget *widget, const char *action)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = button_doing (child, action);
  return found;
}

/* The hand-out is not only for who knows the key. */
static void
test_print_service (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000001");
  pump (200);
  g_assert_nonnull (button_doing (GTK_WIDGET (fixture->window), "directory.print"));
  gtk_widget_activate_action (button_doing (GTK_WIDGET (fixture->window), "directory.print"), "directory.print", NULL);
  pump (200);
  g_assert_nonnull (front_window (fixture));
}

/* Every icon the program names is one that this system's icon theme has: themes drop names from one version to the next, and what has no
 * picture is a hole. */
static void
find_icons (const char *path, GRegex *name, guint *n)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *entry;

  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, entry, NULL), *text = NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          find_icons (child, name, n);
          continue;
        }
      if (!g_str_has_suffix (entry, ".c") && !g_str_has_suffix (entry, ".ui"))
        continue;
      g_assert_true (g_file_get_contents (child, &text, NULL, NULL));
      for (g_regex_match (name, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          g_autofree char *icon = g_match_info_fetch (match, 1);

          if (!gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()), icon))
            g_error ("%s names the icon %s, which this system has not", child, icon);
          ++*n;
        }
    }
}

static void
test_icons (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRegex) name = g_regex_new ("[\">]([a-z][a-z-]*-symbolic)[\"<]", 0, 0, NULL);
  guint n = 0;

  find_icons (KITH_TEST_SRCDIR "/../src/desk", name, &n);
  g_assert_cmpuint (n, >, 100);
}

/* How far away: in what the reader's country counts. */
static void
test_distance (void)
{
  static const struct { gint64 metres; gboolean miles; const char *words; } cases[] = {
    { 0, FALSE, "Under 1 km away" }, { 999, FALSE, "Under 1 km away" }, { 3400, FALSE, "About 3.4 km away" }, { 12700, FALSE, "About 13 km away" },
    { 1600, TRUE, "Under 1 mile away" }, { 1700, TRUE, "About 1.1 miles away" }, { 32187, TRUE, "About 20 miles away" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = kith_format_distance (cases[i].metres, cases[i].miles);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
  g_assert_true (kith_format_is_miles (2, "en_US.UTF-8"));
  g_assert_true (kith_format_is_miles (1, "en_GB.UTF-8"));
  g_assert_true (kith_format_is_miles (1, "cy_GB"));
  g_assert_false (kith_format_is_miles (1, "de_DE.UTF-8"));
  g_assert_false (kith_format_is_miles (1, "C.UTF-8"));
  g_assert_false (kith_format_is_miles (1, NULL));
}

/* A plain national number reads in one shape however it was typed; of any other nothing is guessed. */
static void
test_phones (void)
{
  static const struct { const char *typed, *shown; } cases[] = {
    { "5550100100", "(555) 010-0100" }, { "619-555-0142", "(619) 555-0142" }, { "(619)555-0142", "(619) 555-0142" }, { "619.555.0142", "(619) 555-0142" },
    { "619 555 0142", "(619) 555-0142" }, { "619 5550142", "(619) 555-0142" }, { "(619) 555-0142", "(619) 555-0142" },
    { "+1 619 555 0142", "+1 619 555 0142" }, { "555-0142", "555-0142" }, { "55 1234 5678", "55 1234 5678" }, { "0612345678", "0612345678" },
    { "619-555-0142 x3", "619-555-0142 x3" }, { "619-555-0142 / 619-555-0143", "619-555-0142 / 619-555-0143" }, { "ask Rosa", "ask Rosa" }, { "", "" },
    { "61955501422", "61955501422" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = kith_format_phone (cases[i].typed);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
  g_assert_null (kith_format_phone (NULL));
  /* By the country of whoever reads. */
  g_assert_true (kith_format_has_areas ("1"));
  g_assert_true (kith_format_has_areas ("")); /* the C locale */
  g_assert_true (kith_format_has_areas (NULL));
  g_assert_false (kith_format_has_areas ("52")); /* es_MX */
}

/* The same asked of the C library: its locales are made here, for this system may have none. */
static void
test_miles_of_locale (void)
{
  static const struct { const char *name; gboolean miles; } locales[] = { { "en_US", TRUE }, { "es_US", TRUE }, { "en_GB", TRUE }, { "es_MX", FALSE } };
  g_autofree char *dir = g_build_filename (g_get_user_cache_dir (), "locales", NULL), *tool = g_find_program_in_path ("localedef");

  if (!tool || !g_file_test ("/usr/share/i18n/locales/en_US", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no sources of locales on this system");
      return;
    }
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_setenv ("LOCPATH", dir, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *name = g_strconcat (locales[i].name, ".UTF-8", NULL), *path = g_build_filename (dir, name, NULL);

      g_assert_true (g_spawn_sync (NULL, (char *[]) { tool, (char *) "-i", (char *) locales[i].name, (char *) "-f", (char *) "UTF-8", path, NULL }, NULL,
                                   G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, NULL, NULL));
      g_assert_nonnull (setlocale (LC_MEASUREMENT, name));
      g_test_message ("%s", name);
      g_assert_cmpint (kith_format_counts_miles (), ==, locales[i].miles);
    }
  g_unsetenv ("LOCPATH");
  g_assert_nonnull (setlocale (LC_MEASUREMENT, "C"));
  g_assert_false (kith_format_counts_miles ());
}

/* Where nothing was found by one letter it is not said that there are too many: of a letter alone only some are looked through. */
static void
test_one_letter (Fixture *fixture, gconstpointer data)
{
  json_object_set_boolean_member (fake_desktop_get_data (fixture->desktop), "_search_cut", TRUE);
  open_place (fixture, "clients");
  pump (100);
  type_into (fixture, "search_entry", "q");
  pump (300);
  SAYS ("Type Another Letter");
  SAYS ("By one letter only your own clients, and those you opened lately, are looked through.");
  type_into (fixture, "search_entry", "qz");
  pump (300);
  SAYS ("Too many clients begin like this");
  json_object_remove_member (fake_desktop_get_data (fixture->desktop), "_search_cut");
}

/* Somebody is called the same in a list as over their record. */
static void
test_one_name (void)
{
  g_autoptr (JsonObject) person = kith_json_new ("given_name", "s", "Bartholomew", "middle_name", "s", "Maximilian", "family_name", "s", "Featherstone", "second_family_name",
                                                 "s", "Cholmondeley", NULL);
  g_autoptr (KithRow) row = fake_row_new (person);
  g_autofree char *listed = kith_format_row_name (row), *titled = kith_format_client_name (person);

  g_assert_cmpstr (titled, ==, "Bartholomew Maximilian Featherstone Cholmondeley");
  g_assert_cmpstr (listed, ==, titled);
}

static GtkLabel *
in_a_toast (GtkWidget *inside, const char *words)
{
  GtkLabel *found = GTK_IS_LABEL (inside) && gtk_widget_get_mapped (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), words) ? GTK_LABEL (inside) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = in_a_toast (child, words);
  return found;
}

/* What has room in one line stands in one. */
static void
test_toast_line (Fixture *fixture, gconstpointer data)
{
  static const char *const told[] = { "Saved", "Task done: Call the landlord", "Accepted: Aaliyah Washington, EC-0031", "Client registered. What you typed is kept under New Client.",
                                      "Another row is marked in the list than the one shown. Enter opens it." };

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  pump (200);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      const char *words = told[i];
      GtkLabel *label = NULL;

      kith_context_toast_undo (fixture->context, words, i == 4 ? "none" : NULL); /* beside a button, too */
      for (guint k = 0; k < 200 && !label; k++)
        {
          pump (50);
          label = in_a_toast (GTK_WIDGET (fixture->window), words);
        }
      g_assert_nonnull (label);
      pump (300);
      g_test_message ("%s: %d wide", words, gtk_widget_get_width (GTK_WIDGET (label)));
      g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (label)), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("words/loop-served", NULL, test_loop_served);
  ADD ("words/match-levels", NULL, test_match_levels);
  ADD ("words/limited", NULL, test_limited);
  ADD ("words/search-button", NULL, test_search_button);
  ADD ("words/network-says", NULL, test_network_says);
  ADD ("words/pill-line", NULL, test_pill_line);
  ADD ("words/called-before", NULL, test_called_before);
  ADD ("words/find-calls", NULL, test_find_calls);
  ADD ("words/shortcuts-fit", NULL, test_shortcuts_fit);
  ADD ("words/print-service", NULL, test_print_service);
  ADD ("words/icons", NULL, test_icons);
  g_test_add_func ("/desk/words/distance", test_distance);
  g_test_add_func ("/desk/words/miles-of-locale", test_miles_of_locale);
  g_test_add_func ("/desk/words/phones", test_phones);
  g_test_add_func ("/desk/words/one-name", test_one_name);
  ADD ("words/one-letter", NULL, test_one_letter);
  ADD ("words/toast-line", NULL, test_toast_line);
  return g_test_run ();
}
