/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where things stand: buttons that stay under the pointer, windows no wider than a narrow one below them, lists that are filled where one looks. */

#include "desk-fixture.h"
#include "board/kith-board-lane.h"
#include "contacts/kith-term-window.h"
#include "kith-list-row.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-facts.h"

#define MARIA "c0000000-0000-7000-8000-000000000001"

static GtkWidget *
button_labelled (GtkWidget *inside, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), words) ? gtk_widget_get_parent (gtk_widget_get_parent (inside)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = button_labelled (child, words);
  return found;
}

static void
point_at (GtkWidget *strip, const char *how)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (strip);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (one) && g_str_equal (how, "enter"))
        g_signal_emit_by_name (one, "enter", 5.0, 5.0);
      else if (GTK_IS_EVENT_CONTROLLER_MOTION (one))
        g_signal_emit_by_name (one, "leave");
    }
}

#define TO_ANSWER "e0000000-0000-7000-8000-000000000001"
#define SERVED "e0000000-0000-7000-8000-000000000005"

/* Of a referral, as if the hub had said so. */
static void
set_phase (Fixture *fixture, const char *phase)
{
  JsonArray *list = fake_desktop_list (fixture->desktop, "referral");

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (list, i), "id"), TO_ANSWER) == 0)
      json_object_set_string_member (kith_json_object (json_array_get_object_element (list, i), "body"), "phase", phase);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (300);
}

/* Whether something of the strip stands there: what a click meets. */
static GtkWidget *
stands_at (GtkWidget *strip, const graphene_rect_t *at)
{
  for (GtkWidget *child = gtk_widget_get_first_child (strip); child; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t own;

      if (gtk_widget_get_mapped (child) && gtk_widget_compute_bounds (child, strip, &own) && graphene_rect_intersection (&own, at, NULL))
        return child;
    }
  return NULL;
}

static GtkWidget *
open_strip (Fixture *fixture, const char *place)
{
  open_place (fixture, place);
  pump (300);
  return gtk_widget_get_parent (find_widget (GTK_WIDGET (fixture->window), "more_actions"));
}

/* Whoever presses twice must not press something else: what can be done no more keeps its place, grey, as long as the pointer is there, nothing new stands
 * where the menu stood, and the menu stands there only for what it has. */
static void
test_buttons_stay (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t before, menu, after;
  GtkWidget *strip = open_strip (fixture, "inbox/" TO_ANSWER), *accept = button_labelled (strip, "Accept"), *close = button_labelled (strip, "Close…");
  GtkWidget *more = find_widget (strip, "more_actions");

  g_assert_true (gtk_widget_get_sensitive (accept) && gtk_widget_get_mapped (accept) && !gtk_widget_get_mapped (close) && gtk_widget_get_mapped (more));
  g_assert_true (gtk_widget_compute_bounds (accept, strip, &before) && gtk_widget_compute_bounds (more, strip, &menu));
  point_at (strip, "enter");
  set_phase (fixture, "in_service");
  g_assert_true (!gtk_widget_get_sensitive (accept) && gtk_widget_get_mapped (accept));
  g_assert_true (gtk_widget_compute_bounds (accept, strip, &after));
  g_assert_true (graphene_rect_equal (&before, &after));
  g_assert_true (stands_at (strip, &menu) == more);
  g_assert_true (gtk_widget_get_sensitive (close) && !gtk_widget_get_mapped (close)); /* it waits behind the menu */
  point_at (strip, "leave");
  pump (300);
  g_assert_true (!gtk_widget_get_mapped (accept) && gtk_widget_get_mapped (close));
}

/* Of another record the next step stands in sight, though the pointer rests where it was. */
static void
test_buttons_of_another (Fixture *fixture, gconstpointer data)
{
  GtkWidget *strip = open_strip (fixture, "inbox/" TO_ANSWER), *accept = button_labelled (strip, "Accept"), *close = button_labelled (strip, "Close…");

  point_at (strip, "enter");
  open_strip (fixture, "inbox/" SERVED);
  g_assert_true (!gtk_widget_get_mapped (accept) && gtk_widget_get_mapped (close));
  g_assert_cmpfloat (gtk_widget_get_allocated_width (close), >, 0);
}

typedef struct
{
  GtkWidget *window, *clamp, *strip;
  GSimpleActionGroup *group;
} Strip;

/* So wide as its items. */
static void
fit_strip (Strip *self, int wider)
{
  int width;

  gtk_widget_measure (self->strip, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), width + wider);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), width + wider);
  pump (200);
}

static Strip
strip_new (const KithActionStripItem *items, guint n_items)
{
  Strip self = { gtk_window_new (), adw_clamp_new (), kith_action_strip_new (items, n_items), g_simple_action_group_new () };

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (strchr (items[i].action, '.') + 1, NULL);

      g_action_map_add_action (G_ACTION_MAP (self.group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (self.window, "t", G_ACTION_GROUP (self.group));
  gtk_widget_set_valign (self.strip, GTK_ALIGN_START);
  adw_clamp_set_child (ADW_CLAMP (self.clamp), self.strip);
  gtk_window_set_child (GTK_WINDOW (self.window), self.clamp);
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1200, 200);
  gtk_window_present (GTK_WINDOW (self.window));
  pump (200);
  fit_strip (&self, 0);
  return self;
}

static void
enable (Strip *self, const char *actions, gboolean enabled)
{
  for (; *actions; actions++)
    {
      const char name[] = { *actions, 0 };

      g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), name)), enabled);
    }
  pump (200);
}

static void
strip_free (Strip *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->group);
}

/* One more than stand beside a menu need none, and stay all the same, with the height of the strip when nothing can be done any more. */
static void
test_buttons_stay_all (Fixture *fixture, gconstpointer data)
{
  static const KithActionStripItem items[] = { { .action = "t.a", .label = "First" }, { .action = "t.b", .label = "Second" }, { .action = "t.c", .label = "Third" },
                                               { .action = "t.d", .label = "Fourth" }, { .action = "t.e", .label = "Fifth" } };
  Strip self = strip_new (items, G_N_ELEMENTS (items));
  GtkWidget *last = button_labelled (self.strip, "Fifth");
  int height = gtk_widget_get_height (self.strip);
  graphene_rect_t before, after;

  g_assert_true (gtk_widget_get_mapped (last) && !find_widget (self.strip, "more_actions"));
  g_assert_true (gtk_widget_compute_bounds (last, self.strip, &before));
  point_at (self.strip, "enter");
  enable (&self, "a", FALSE);
  g_assert_true (gtk_widget_get_mapped (button_labelled (self.strip, "First")) && gtk_widget_compute_bounds (last, self.strip, &after));
  g_assert_true (graphene_rect_equal (&before, &after));
  enable (&self, "bcde", FALSE);
  g_assert_true (gtk_widget_get_mapped (last) && !find_widget (self.strip, "more_actions"));
  g_assert_cmpint (gtk_widget_get_height (self.strip), ==, height);
  point_at (self.strip, "leave");
  pump (200);
  g_assert_cmpint (gtk_widget_get_height (self.strip), <, height);
  strip_free (&self);
}

/* Where the menu stood there stands the menu or nothing: what is new waits behind it. */
static void
test_menu_place (Fixture *fixture, gconstpointer data)
{
  static const KithActionStripItem items[] = { { .action = "t.a", .label = "First" }, { .action = "t.b", .label = "Second" },
                                               { .action = "t.c", .label = "This one is much longer than all others" }, { .action = "t.d", .label = "Fourth" } };
  Strip self = strip_new (items, G_N_ELEMENTS (items));
  GtkWidget *more, *fourth = button_labelled (self.strip, "Fourth");
  graphene_rect_t menu;
  int width;

  enable (&self, "c", FALSE);
  gtk_widget_measure (gtk_widget_get_last_child (self.strip), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  fit_strip (&self, width + 12); /* all others and the menu have room */
  enable (&self, "d", FALSE);
  enable (&self, "c", TRUE);
  more = find_widget (self.strip, "more_actions"); /* it has not */
  g_assert_true (more && gtk_widget_compute_bounds (more, self.strip, &menu));
  point_at (self.strip, "enter");
  enable (&self, "d", TRUE);
  g_assert_true (stands_at (self.strip, &menu) == more);
  g_assert_false (gtk_widget_get_mapped (fourth));
  enable (&self, "cd", FALSE); /* all that waited is gone: an empty menu offers nothing */
  g_assert_null (stands_at (self.strip, &menu));
  strip_free (&self);
}

static GtkWidget *
label_saying (GtkWidget *inside, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (inside)), words) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = label_saying (child, words);
  return found;
}

static void
assert_fits (Fixture *fixture)
{
  GtkWidget *front = GTK_WIDGET (front_window (fixture));
  int least;

  g_assert_nonnull (front);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 400); /* it is narrow */
  gtk_widget_measure (front, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, gtk_widget_get_width (GTK_WIDGET (fixture->window)));
  g_assert_cmpint (gtk_widget_get_width (front), <=, gtk_widget_get_width (GTK_WIDGET (fixture->window)));
}

/* What asks something is no wider than the window it belongs to. */
static void
test_asked_in_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  open_place (fixture, "inbox/" TO_ANSWER);
  pump (300);
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  assert_fits (fixture);
}

/* The same where one searches, whose window is so high that there is room for what is found. */
static void
test_searched_in_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  open_place (fixture, "clients/" MARIA);
  pump (300);
  g_assert_true (act (fixture, "client.join-team"));
  pump (100);
  assert_fits (fixture);
}

static void
forget (KithRow *row, gpointer data)
{
}

static void
test_term_in_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  open_place (fixture, "contacts");
  pump (300);
  kith_term_window_present (GTK_WIDGET (fixture->window), kith_page_get_context (kith_frame_get_page (kith_window_get_frame (fixture->window))), "Somewhere to wash and dry what the whole family wears", forget, NULL, NULL);
  pump (100);
  assert_fits (fixture);
}

/* The name of a template's child */
static GtkWidget *
child_of (GtkWidget *window, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (window, KITH_TYPE_REASON_WINDOW, name));
}

static void
press_down (GtkWidget *search)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (search);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (one) && gtk_event_controller_get_propagation_phase (one) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (one, "key-pressed", GDK_KEY_Down, 0, 0, &handled);
    }
}

/* Who can be chosen comes from the store when the window is there already: it grows with them, and what is chosen by keys is in sight. */
static void
test_reasons_later (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (fixture->window), "Assign", "This colleague follows up.", NULL, NULL, NULL, "Assign", FALSE);
  GtkAdjustment *adjustment;
  GtkListBoxRow *row;
  graphene_rect_t bounds;

  gtk_window_present (GTK_WINDOW (window));
  pump (100);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Colleague %u", i + 1);

      kith_reason_window_add_choice (KITH_REASON_WINDOW (window), name, name, "6 of 40 in hand", FALSE);
    }
  pump (100);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (child_of (window, "list_scroller")));
  g_assert_cmpfloat (gtk_adjustment_get_page_size (adjustment), >=, 300); /* a handful of rows and more */
  for (guint i = 0; i < 11; i++)
    press_down (child_of (window, "search"));
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (child_of (window, "list")));
  g_assert_cmpint (gtk_list_box_row_get_index (row), >=, 10);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (row), child_of (window, "list"), &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment));
  gtk_window_destroy (GTK_WINDOW (window));
  pump (20);
}

static GtkWidget *
title_of (GtkWidget *inside, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && gtk_widget_get_mapped (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), words) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = title_of (child, words);
  return found;
}

/* What is asked is read whole at the width the window opens with, whatever stands beside it. */
static void
test_reasons_title (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (fixture->window), "Close the Referral as Answered Elsewhere", NULL, NULL, NULL, NULL, "Close", FALSE), *title;

  gtk_window_present (GTK_WINDOW (window));
  pump (200);
  title = title_of (window, "Close the Referral as Answered Elsewhere");
  g_assert_nonnull (title);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (title))));
  gtk_window_destroy (GTK_WINDOW (window));
  pump (20);
}

/* With large text a value stands below its label: beside it a word of it at most has room. */
static void
test_facts_large (Fixture *fixture, gconstpointer data)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  for (guint large = 0; large < 2; large++)
    {
      GtkWidget *facts, *window = gtk_window_new ();
      graphene_rect_t label, value;

      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", large ? 2 * 96 * 1024 : 96 * 1024, NULL);
      facts = g_object_new (KITH_TYPE_FACTS, NULL);
      kith_facts_add (KITH_FACTS (facts), "The client’s words", "Do not tell anybody who calls that I stay here.");
      gtk_window_set_default_size (GTK_WINDOW (window), 360, 300);
      gtk_window_set_child (GTK_WINDOW (window), facts);
      gtk_window_present (GTK_WINDOW (window));
      pump (200);
      g_assert_true (gtk_widget_compute_bounds (label_saying (facts, "The client’s words"), facts, &label));
      g_assert_true (gtk_widget_compute_bounds (label_saying (facts, "Do not tell anybody"), facts, &value));
      g_assert_true (large ? value.origin.x == label.origin.x && value.origin.y > label.origin.y : value.origin.x > label.origin.x);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

/* Lanes */

#define QUEUE "9e000000-0000-7000-8000-000000000001"
#define FIRST_STATUS "9e500000-0000-7000-8000-000000000001"

static GtkWidget *
lane_at (Fixture *fixture, guint at)
{
  GtkWidget *lane = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "lanes_box"));

  for (; lane && at > 0; at--)
    lane = gtk_widget_get_next_sibling (lane);
  return lane;
}

/* Also where it is not mapped. */
static GtkWidget *
list_in (GtkWidget *inside)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (inside) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = list_in (child);
  return found;
}

static gboolean
is_begun (GtkWidget *lane)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (list_in (lane))) != NULL;
}

static guint
count_begun (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; lane_at (fixture, i); i++)
    n += is_begun (lane_at (fixture, i));
  return n;
}

/* A board in a window in which not all its lanes have room, as it is at first: they come when it is on the screen. Returns: how many of them are begun */
static guint
open_narrow_board (Fixture *fixture)
{
  guint begun;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  fake_desktop_set_late (fixture->desktop, QUEUE);
  open_place (fixture, "board/" QUEUE);
  pump (100);
  fake_desktop_set_late (fixture->desktop, NULL);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  while (!find_widget (GTK_WIDGET (fixture->window), "lanes_box") || !lane_at (fixture, 6))
    g_main_context_iteration (NULL, FALSE);
  begun = count_begun (fixture);
  g_assert_true (begun > 0 && begun < 4 && is_begun (lane_at (fixture, 0)));
  return begun;
}

/* Until n lanes are begun, at most five seconds: never two of them in one turn, which would be felt. */
static void
wait_begun (Fixture *fixture, guint begun, guint n)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (begun < n && g_get_monotonic_time () < end)
    {
      guint now;

      g_main_context_iteration (NULL, FALSE);
      now = count_begun (fixture);
      g_assert_cmpuint (now, <=, begun + 1);
      begun = now;
    }
  g_assert_cmpuint (begun, ==, n);
}

/* Nobody has to do anything for them: a while later they are there. */
static void
test_lanes_later (Fixture *fixture, gconstpointer data)
{
  wait_begun (fixture, open_narrow_board (fixture), 7);
}

/* What comes into sight is the next to be there. */
static void
test_lanes_scrolled (Fixture *fixture, gconstpointer data)
{
  guint begun = open_narrow_board (fixture);
  GtkAdjustment *bar = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (find_widget (GTK_WIDGET (fixture->window), "scroller")));

  while (gtk_adjustment_get_upper (bar) <= gtk_adjustment_get_page_size (bar))
    g_main_context_iteration (NULL, FALSE);
  if (count_begun (fixture) != begun)
    {
      g_test_skip ("a frame took longer than lanes wait that are out of sight");
      return;
    }
  gtk_adjustment_set_value (bar, gtk_adjustment_get_upper (bar));
  while (begun == count_begun (fixture))
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (is_begun (lane_at (fixture, 6)) || is_begun (lane_at (fixture, 5)));
  g_assert_false (is_begun (lane_at (fixture, 3)));
  wait_begun (fixture, begun + 1, 7);
}

/* Whoever goes there by key finds its cards. */
static void
test_lanes_entered (Fixture *fixture, gconstpointer data)
{
  open_narrow_board (fixture);
  kith_board_lane_enter (KITH_BOARD_LANE (lane_at (fixture, 6)));
  g_assert_true (is_begun (lane_at (fixture, 6)));
}

/* With small text rows are lower than with ordinary text. */
static void
test_long_lane_small_text (Fixture *fixture, gconstpointer data)
{
  JsonArray *cards = fake_desktop_list (fixture->desktop, "board-cards");
  JsonObject *first = NULL;
  GtkWidget *list;
  GtkAdjustment *bar;
  guint shown = 0;
  int dpi;

  for (guint i = 0; !first; i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (cards, i), "_arg2"), FIRST_STATUS) == 0)
      first = json_array_get_object_element (cards, i);
  for (guint i = 0; i < 300; i++)
    {
      JsonObject *card = kith_json_copy_object (first);
      g_autofree char *id = g_strdup_printf ("e0000000-0000-7000-8000-000000009%03u", i);

      json_object_set_string_member (card, "id", id);
      json_array_add_object_element (cards, card);
    }
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 48 * 1024, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 900);
  open_place (fixture, "board/" QUEUE);
  pump (300);
  list = find_widget (lane_at (fixture, 0), "list");
  bar = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  gtk_adjustment_set_value (bar, gtk_adjustment_get_upper (bar));
  pump (300);
  gtk_adjustment_set_value (bar, gtk_adjustment_get_upper (bar));
  pump (300);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t at;

      if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, list, &at) || at.origin.y < 0 || at.origin.y + at.size.height > gtk_widget_get_height (list))
        continue;
      g_assert_cmpfloat (at.size.height, <, 60);
      g_assert_true (KITH_IS_LIST_ROW (gtk_widget_get_first_child (row)));
      g_assert_nonnull (kith_list_row_get_row (KITH_LIST_ROW (gtk_widget_get_first_child (row))));
      shown++;
    }
  g_assert_cmpuint (shown, >, 8);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("buttons/stay", NULL, test_buttons_stay);
  ADD ("buttons/of-another", NULL, test_buttons_of_another);
  ADD ("buttons/stay-all", NULL, test_buttons_stay_all);
  ADD ("buttons/menu-place", NULL, test_menu_place);
  ADD ("narrow/asked", NULL, test_asked_in_narrow);
  ADD ("narrow/searched", NULL, test_searched_in_narrow);
  ADD ("narrow/term", NULL, test_term_in_narrow);
  ADD ("reasons/later", NULL, test_reasons_later);
  ADD ("reasons/title", NULL, test_reasons_title);
  ADD ("lanes/later", NULL, test_lanes_later);
  ADD ("lanes/scrolled", NULL, test_lanes_scrolled);
  ADD ("lanes/entered", NULL, test_lanes_entered);
  ADD ("lanes/long-small-text", NULL, test_long_lane_small_text);
  ADD ("facts-large", NULL, test_facts_large);
  return g_test_run ();
}
