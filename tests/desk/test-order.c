/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questions of a form are put in order (P2): by buttons, and by Alt+Up and Alt+Down; what is saved is in that order. */

#include "keys-fixture.h"

#include "directory/kith-form-window.h"

#define OTAY "d0000000-0000-7000-8000-000000000004" /* asks six questions */

static GtkWidget *
open_questions (Fixture *fixture)
{
  GtkWidget *window = kith_form_window_new (GTK_WINDOW (fixture->window), fixture->context, "service", OTAY, "Bed");

  gtk_window_present (GTK_WINDOW (window));
  pump (300);
  return window;
}

/* The n-th button inside that says this to those who do not see it, or NULL. */
static GtkWidget *
nth_button (GtkWidget *inside, const char *tooltip, guint *n)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (inside) && gtk_widget_get_tooltip_text (inside) && g_str_has_prefix (gtk_widget_get_tooltip_text (inside), tooltip) && (*n)-- == 0)
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = nth_button (child, tooltip, n);
  return found;
}

static void
press_button (GtkWidget *window, const char *tooltip, guint n)
{
  GtkWidget *button = nth_button (window, tooltip, &n);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (30);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button); /* to be pressed again */
}

/* The words of the question with the focus. */
static const char *
focused (GtkWidget *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window)), *entry = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY) : NULL;

  return entry ? gtk_editable_get_text (GTK_EDITABLE (entry)) : "";
}

static void
assert_saved (Fixture *fixture, GtkWidget *window, const char *order)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  JsonArray *questions;
  const char *op;

  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  questions = kith_json_array (fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &op), "questions");
  g_assert_cmpstr (op, ==, "form.put");
  for (guint i = 0; i < json_array_get_length (questions); i++)
    g_string_append_printf (keys, "%s ", kith_json_string (json_array_get_object_element (questions, i), "key"));
  g_assert_true (g_str_has_prefix (keys->str, order));
}

/* What is pressed keeps the focus; at the ends there is no further. */
static void
test_buttons (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_questions (fixture);

  press_button (window, "Move this question up", 0);
  press_button (window, "Move this question down", 0);
  press_button (window, "Move this question up", 2);
  assert_saved (fixture, window, "from animal people days ");
}

/* Where one writes; what was typed and the place of the cursor stay. It is a draft like any other word. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_questions (fixture);
  GtkWidget *entry;

  g_assert_cmpstr (focused (window), ==, "How many people come?");
  key (fixture, "alt+Up");
  g_assert_cmpstr (focused (window), ==, "How many people come?");
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "form:service:" OTAY)); /* nothing was moved */
  key (fixture, "alt+Down");
  key (fixture, "alt+Down");
  g_assert_cmpstr (focused (window), ==, "How many people come?");
  pump (700);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "form:service:" OTAY));
  key (fixture, "End");
  key (fixture, "alt+Up");
  word (fixture, "?");
  g_assert_cmpstr (focused (window), ==, "How many people come??");
  entry = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_ENTRY);
  key (fixture, "alt+KP_Down");
  g_assert_true (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_ENTRY) == entry);
  assert_saved (fixture, window, "from animal people days ");
}

/* What had the focus is gone with the question: one goes on at the next, and after the last where another begins. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_questions (fixture), *remove;
  guint n = 0;

  remove = nth_button (window, "Remove this question", &n);
  gtk_widget_grab_focus (remove);
  g_signal_emit_by_name (remove, "clicked");
  pump (30);
  g_assert_cmpstr (focused (window), ==, "Where did they sleep last night?");
  for (guint i = 0; i < 5; i++)
    {
      n = 0;
      g_signal_emit_by_name (nth_button (window, "Remove this question", &n), "clicked");
      pump (30);
    }
  g_assert_cmpstr (gtk_widget_get_name (gtk_window_get_focus (GTK_WINDOW (window))), ==, "add");
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("order/buttons-P2", test_buttons);
  ADD ("order/keys-P2", test_keys);
  ADD ("order/removed", test_removed);
  return g_test_run ();
}
