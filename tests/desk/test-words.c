/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a page says of a state, and what a reader with somebody at the desk takes it for. */

#include "desk-fixture.h"

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

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("words/loop-served", NULL, test_loop_served);
  return g_test_run ();
}
