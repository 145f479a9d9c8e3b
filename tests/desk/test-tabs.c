/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"

/* The tabs of a client's record stay in sight, however far one scrolls (ux.md, Client record). */

typedef struct
{
  int width, height;
  guint text; /* in percent */
} Size;

static const Size wide = { 1100, 720, 100 }, narrow = { 360, 700, 100 }, large = { 700, 600, 200 }, least = { 360, 480, 200 };

static GtkAdjustment *
scroll_of (Fixture *fixture)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find_widget (GTK_WIDGET (fixture->window), "scroller")));
}

static double
end_of (GtkAdjustment *scroll)
{
  return gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll);
}

/* Until it is laid out so; bounded. */
#define AWAIT(condition) \
  G_STMT_START \
    { \
      for (guint tries = 0; tries < 200 && !(condition); tries++) \
        pump (20); \
      g_assert_true (condition); \
    } \
  G_STMT_END

/* Within what the scrolled window shows, and nothing lies over its middle. */
static gboolean
in_sight (Fixture *fixture, const char *tab)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *scroller = find_widget (window, "scroller"), *button = find_widget (find_widget (window, "tabs"), tab), *there;
  graphene_rect_t bounds;

  if (!button || !gtk_widget_compute_bounds (button, scroller, &bounds) || bounds.origin.y < 0 || bounds.origin.y + bounds.size.height > gtk_widget_get_height (scroller))
    return FALSE;
  there = gtk_widget_pick (scroller, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2, GTK_PICK_DEFAULT);
  return there && (there == button || gtk_widget_is_ancestor (there, button));
}

static void
open_record (Fixture *fixture, const Size *size)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * size->text / 100), NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), size->width, size->height);
  open_place (fixture, "clients/" MARIA);
  AWAIT (end_of (scroll_of (fixture)) > 300);
  pump (300); /* what is read last makes it longer once more */
}

/* At the end of a long part the tab that is open is in sight, and another is one press away; most of the window is still the record's. */
static void
test_stay (Fixture *fixture, gconstpointer data)
{
  static const Size *const sizes[] = { &wide, &narrow, &large, &least };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GtkAdjustment *scroll;
      GtkWidget *tabs;

      g_test_message ("%d × %d, text %u %%", sizes[i]->width, sizes[i]->height, sizes[i]->text);
      open_record (fixture, sizes[i]);
      scroll = scroll_of (fixture);
      g_assert_true (in_sight (fixture, "overview") || sizes[i] == &least);
      gtk_adjustment_set_value (scroll, end_of (scroll));
      AWAIT (in_sight (fixture, "overview"));
      if (sizes[i] != &least) /* all of them, where there is room */
        AWAIT (in_sight (fixture, "history"));
      tabs = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "tabs"), GTK_TYPE_SCROLLED_WINDOW);
      g_assert_cmpint (gtk_widget_get_height (tabs), <=, (int) gtk_adjustment_get_page_size (scroll) / 2);
      open_place (fixture, "today");
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

/* By the keys, and each part where it was left. The tabs themselves do not move while the head is away. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *scroll;
  double left;

  open_record (fixture, &narrow);
  scroll = scroll_of (fixture);
  left = 300;
  gtk_adjustment_set_value (scroll, left);
  AWAIT (in_sight (fixture, "overview"));
  g_assert_true (act (fixture, "client.next-tab"));
  AWAIT (in_sight (fixture, "cases"));
  AWAIT (gtk_adjustment_get_value (scroll) < left); /* at its top */
  g_assert_true (act (fixture, "client.previous-tab"));
  AWAIT (ABS (gtk_adjustment_get_value (scroll) - left) < 1);
  g_assert_true (in_sight (fixture, "overview"));
  open_place (fixture, "clients/c0000000-0000-7000-8000-000000000003"); /* somebody else's begins at its top */
  AWAIT (gtk_adjustment_get_value (scroll_of (fixture)) < 1);
}

static gboolean
is_below (GtkWidget *widget, GtkWidget *bar)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, bar, &bounds) && bounds.origin.y >= (float) gtk_widget_get_height (bar);
}

/* What gets the focus does not get it below the tabs. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *scroll;
  GtkWidget *focus = NULL, *before = NULL, *scroller, *bar;

  open_record (fixture, &narrow);
  scroll = scroll_of (fixture);
  scroller = find_widget (GTK_WIDGET (fixture->window), "scroller");
  gtk_widget_grab_focus (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "overview"));
  for (guint i = 0; i < 30; i++) /* forward, into what is below */
    {
      gtk_widget_child_focus (scroller, GTK_DIR_TAB_FORWARD);
      pump (20);
      focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      if (focus == before || !gtk_widget_is_ancestor (focus, scroller))
        break;
      before = focus;
    }
  gtk_adjustment_set_value (scroll, end_of (scroll));
  pump (50);
  bar = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "tabs"), GTK_TYPE_SCROLLED_WINDOW);
  gtk_widget_grab_focus (before);
  for (guint i = 0; i < 30; i++) /* and back, up to the tabs */
    {
      gtk_widget_child_focus (scroller, GTK_DIR_TAB_BACKWARD);
      pump (20);
      focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      if (gtk_widget_is_ancestor (focus, bar))
        break;
      for (guint k = 0; k < 100 && !is_below (focus, bar); k++)
        pump (20);
      g_assert_true (is_below (focus, bar));
    }
  g_assert_true (gtk_widget_is_ancestor (focus, bar));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("tabs/stay", NULL, test_stay);
  ADD ("tabs/places", NULL, test_places);
  ADD ("tabs/focus", NULL, test_focus);
  return g_test_run ();
}
