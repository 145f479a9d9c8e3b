/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the client's pages offer: nothing that will be refused, nothing that only a wide window shows, and a household from any of its records. */

#include "desk-fixture.h"

#define MARIA "c0000000-0000-7000-8000-000000000001"
#define JIM "c0000000-0000-7000-8000-000000000003"

static guint
count_buttons (GtkWidget *widget, const char *action)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, action);
  return n;
}

/* Another agency's alert on a linked record is read; to clear it is theirs. */
static void
test_alert_of_others (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" JIM);
  pump (50);
  SAYS ("Has threatened staff with a knife.");
  g_assert_cmpuint (count_buttons (GTK_WIDGET (fixture->window), "client.clear-alert"), ==, 0);
  open_place (fixture, "clients/" MARIA);
  pump (50);
  g_assert_cmpuint (count_buttons (GTK_WIDGET (fixture->window), "client.clear-alert"), ==, 2);
}

/* A parent's children are added where the parent is read; it is they who join. */
static void
test_add_member (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;
  JsonObject *args;
  const char *op;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.add-member"));
  pump (50);
  entry = find_widget (GTK_WIDGET (front_window (fixture)), "entry");
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (50);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (front_window (fixture)), "relationship")), 2); /* nobody guesses it */
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "household.join");
  g_assert_cmpstr (kith_json_string (args, "with"), ==, MARIA);
  g_assert_nonnull (kith_json_string (args, "client"));
  g_assert_cmpstr (kith_json_string (args, "client"), !=, MARIA);
}

/* Where who may be the same does not stand beside the form, it stands above the form, in words. */
static void
test_same_in_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *line;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 390, 700);
  pump (100);
  g_assert_true (act (fixture, "win.new-client"));
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "matches_line")); /* nobody typed anything */
  type_into (fixture, "given_name", "María");
  type_into (fixture, "family_name", "López");
  pump (400);
  line = find_widget (GTK_WIDGET (fixture->window), "matches_line");
  g_assert_nonnull (line);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (line)))), "may be the same"));
  g_signal_emit_by_name (line, "clicked");
  pump (300);
  SAYS ("Possibly the same person");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("clients/alert-of-others", NULL, test_alert_of_others);
  ADD ("clients/add-member", NULL, test_add_member);
  ADD ("clients/same-in-narrow", NULL, test_same_in_narrow);
  return g_test_run ();
}
