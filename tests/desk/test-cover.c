/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The privacy screen (ux.md 2.0): nothing is in sight, nothing is lost. */

#include "keys-fixture.h"

static gboolean
in_sight (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  if (GTK_IS_TEXT (widget) && strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (in_sight (child, words))
      return TRUE;
  return FALSE;
}

static gboolean
anywhere (const char *words)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (in_sight (l->data, words))
      return TRUE;
  return FALSE;
}

static GtkWidget *
focus_in (GtkWindow *window)
{
  return gtk_root_get_focus (GTK_ROOT (window));
}

/* Half a name is typed: it goes on where it was, with the next letter. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  key (fixture, "ctrl+n");
  word (fixture, "Marisol");
  key (fixture, "Left");
  entry = focus_in (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_TEXT (entry));
  key (fixture, "F8");
  g_assert_false (anywhere ("Marisol"));
  g_assert_false (gtk_widget_get_mapped (entry));
  word (fixture, "xyz"); /* goes nowhere */
  key (fixture, "ctrl+3");
  ASSERT_PLACE (fixture, "clients/new");
  key (fixture, "F8");
  g_assert_true (focus_in (GTK_WINDOW (fixture->window)) == entry);
  word (fixture, "e");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Marisoel");
}

/* A window over it goes out of sight too, with what is typed there, and both come back by the button. */
static void
test_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;
  GtkWindow *over;
  GtkWidget *focus;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  g_assert_true (anywhere ("María"));
  key (fixture, "t");
  over = front_window (fixture);
  g_assert_true (over != GTK_WINDOW (fixture->window));
  word (fixture, "Ask her landlord");
  focus = focus_in (over);
  key (fixture, "F8");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_assert_false (anywhere ("María"));
  g_assert_false (anywhere ("Ask her landlord"));
  g_assert_cmpstr (gtk_widget_get_name (focus_in (GTK_WINDOW (fixture->window))), ==, "show-again");
  key (fixture, "Return");
  g_assert_true (front_window (fixture) == over);
  g_assert_true (anywhere ("María"));
  g_assert_true (focus_in (over) == focus);
  word (fixture, " today");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "Ask her landlord today");
}

/* It is no lock: the lock takes it down, and what is unlocked is in sight. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "F8");
  key (fixture, "ctrl+l");
  g_assert_null (kith_window_get_frame (fixture->window));
  key (fixture, "F8"); /* nothing to hide or to show */
  g_assert_false (anywhere ("María"));
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
  g_assert_true (anywhere ("María"));
  key (fixture, "ctrl+1");
  ASSERT_PLACE (fixture, "today");
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  g_test_add ("/desk/cover/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/desk/cover/over", Fixture, NULL, set_up, test_over, tear_down);
  g_test_add ("/desk/cover/locked", Fixture, NULL, set_up, test_locked, tear_down);
  return g_test_run ();
}
