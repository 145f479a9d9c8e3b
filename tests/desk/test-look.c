/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an eye would find: words that are cut, pages wider than a narrow window, lists of which half a row shows. */

#include "desk-fixture.h"
#include "signin/kith-password-dialog.h"

static const char *const places[] = {
  "today", "inbox", "sent/" WORKED_ON, "clients/" MARIA, "clients/new", "clients/edit:" MARIA, "clients/consent:" MARIA, "clients/refer:" MARIA,
  "clients/import", "sent/new", "cases", "cases/assign:" MARIA, "staff", "staff/balance", "directory", "capacity", "board", "attention", "log",
};

static GtkLabel *
find_label (GtkWidget *widget, const char *words)
{
  GtkLabel *found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) ? GTK_LABEL (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_label (child, words);
  return found;
}

/* Whole, and on one line. */
static void
assert_whole (Fixture *fixture, const char *words)
{
  GtkLabel *label = find_label (GTK_WIDGET (fixture->window), words);

  g_assert_nonnull (label);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (label)), ==, 1);
}

static void
test_whole_words (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  open_place (fixture, "clients/edit:" MARIA);
  pump (200);
  assert_whole (fixture, "7 Apr 1988 (38)"); /* what was understood of the date */
  open_place (fixture, "clients/consent:" MARIA);
  pump (200);
  assert_whole (fixture, "The usual time: 180 days"); /* what is chosen in a row */
  open_place (fixture, "inbox");
  pump (200);
  assert_whole (fixture, "What help is needed with medicine"); /* a question that was answered */
}

/* The innermost widget that needs more. */
static const char *
widest (GtkWidget *widget, int limit)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least > limit)
        return widest (child, limit);
    }
  return gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)) ? gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)) : G_OBJECT_TYPE_NAME (widget);
}

/* The least a page needs fits the narrowest window. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 390, 720);
  pump (100);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      int least;

      open_place (fixture, places[i]);
      pump (100);
      gtk_widget_measure (GTK_WIDGET (kith_window_get_frame (fixture->window)), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least > 390)
        {
          g_test_message ("%s needs %d pixels: %s", places[i], least, widest (GTK_WIDGET (kith_window_get_frame (fixture->window)), 390));
          g_test_fail ();
        }
    }
}

static void
test_whole_rows (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;

  open_place (fixture, "staff");
  g_assert_true (act (fixture, "staff.select-all"));
  g_assert_true (act (fixture, "staff.assign"));
  pump (200);
  g_assert_nonnull (front_window (fixture));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (in_front (fixture, "list_scroller")));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
}

/* The dialog that asks for the new password may go with its window, while its entry has the focus. */
static void
test_password_dialog_goes (Fixture *fixture, gconstpointer data)
{
  kith_password_dialog_present (fixture->context, GTK_WINDOW (fixture->window));
  pump (100);
  g_assert_nonnull (front_window (fixture));
  gtk_window_destroy (front_window (fixture));
  pump (50);
  g_assert_null (front_window (fixture));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("look/whole-words", NULL, test_whole_words);
  ADD ("look/narrow", NULL, test_narrow);
  ADD ("look/whole-rows", NULL, test_whole_rows);
  ADD ("look/password-dialog-goes", NULL, test_password_dialog_goes);
  return g_test_run ();
}
