/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program ends to come up anew in another language (ux.md 2.1). A process of its own: it runs as the program does. */

#include "kith-application.h"
#include "kith-window.h"

#include <string.h>

static GtkWidget *
find_widget (GtkWidget *widget, const char *name)
{
  GtkWidget *found = g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0 && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, name);
  return found;
}

static const char *
text_of (GtkWidget *window, const char *name)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_widget (window, name)));
}

static guint n_started; /* sign-ins that came up */

/* Somebody begins to sign in, wants Spanish, and in the program that comes up after it gives up. */
static gboolean
person_cb (gpointer data)
{
  GApplication *running = g_application_get_default ();
  GtkWidget *window = running ? GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (running))) : NULL;

  if (!window || !find_widget (window, "hub"))
    return G_SOURCE_CONTINUE;
  if (n_started++ == 0)
    {
      g_assert_cmpstr (text_of (window, "hub"), ==, "hub.of.the.command.line");
      g_assert_null (find_widget (window, "error_label"));
      gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "hub")), "hub.example.org");
      gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "login")), "ana");
      g_action_group_activate_action (G_ACTION_GROUP (running), "language", g_variant_new_string ("es"));
      return G_SOURCE_CONTINUE;
    }
  g_assert_cmpstr (text_of (window, "hub"), ==, "hub.example.org");
  g_assert_cmpstr (text_of (window, "login"), ==, "ana");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (window, "error_label"))), "could not be started anew"));
  g_action_group_activate_action (G_ACTION_GROUP (running), "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* What was typed is there again; and where no program can be started, this one goes on and says so. */
static void
test_again (void)
{
  char *argv[] = { (char *) "kith", (char *) "--hub=hub.of.the.command.line", (char *) "--data-dir=/nonexistent", NULL };

  g_timeout_add (20, person_cb, NULL);
  g_assert_cmpint (kith_application_main (NULL, "/nonexistent/kith", argv), ==, 0);
  g_assert_cmpuint (n_started, ==, 2);
}

/* What let the program in once does not come along: another language is no way past the lock. */
static void
test_password (void)
{
  char *argv[] = { (char *) "kith", (char *) "--password-file", (char *) "/nonexistent/password", (char *) "--hub=hub.of.the.command.line",
                   (char *) "--password-file=/nonexistent/password", (char *) "--data-dir=/nonexistent", NULL };

  if (g_test_subprocess ())
    {
      g_timeout_add (20, person_cb, NULL);
      exit (kith_application_main (NULL, "/bin/echo", argv)); /* echo takes its place and tells what it was given */
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*--data-dir=/nonexistent*--login=ana*");
  g_test_trap_assert_stdout_unmatched ("*password*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_desk_begin ();
  g_test_add_func ("/desk/again/typed", test_again);
  g_test_add_func ("/desk/again/password", test_password);
  return g_test_run ();
}
