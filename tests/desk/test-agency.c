/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person, an administrator and network staff settle: mail, the agency's page, accounts. */

#include "desk-fixture.h"

static GtkWidget *
preferences (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  pump (100);
  return GTK_WIDGET (front_window (fixture));
}

/* The rows the foot of each mail names: what is on, what is off, where to. An answer that says no puts the switch back and says why. */
static void
test_mail (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = preferences (fixture);
  JsonObject *args;

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (find_widget (window, "notices")))); /* nobody said anything: on */
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (find_widget (window, "digest"))));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (window, "email"))), ==, "ana@harborhouse.example.org");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  gtk_switch_set_active (GTK_SWITCH (find_widget (window, "notices")), FALSE);
  pump (50);
  args = last_submitted (fixture, "staff.set_notices");
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, kith_context_get_user (fixture->context));
  g_assert_false (kith_json_bool (args, "mail_notices", TRUE));
  g_assert_false (json_object_has_member (args, "mail_digest"));
  g_assert_false (json_object_has_member (args, "email"));
  fake_desktop_refuse_next (fixture->desktop, "The hub cannot be reached.");
  gtk_switch_set_active (GTK_SWITCH (find_widget (window, "digest")), TRUE);
  pump (50);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (find_widget (window, "digest"))));
  g_assert_true (says (window, "The hub cannot be reached."));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "email")), "ana at home");
  g_signal_emit_by_name (find_widget (window, "email"), "apply");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  g_assert_true (says (window, "This is no email address"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "email")), " ana@example.org ");
  g_signal_emit_by_name (find_widget (window, "email"), "apply");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "staff.set_notices"), "email"), ==, "ana@example.org");
  g_assert_null (find_widget (window, "problem"));
}

/* P15: one switch, and nothing else of the account. */
static void
test_mail_portal (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (fixture->desktop, 0);
  window = preferences (fixture);
  g_assert_true (says (window, "Resource assigned emails"));
  g_assert_true (says (window, "To ana@harborhouse.example.org"));
  g_assert_null (find_widget (window, "email"));
  g_assert_null (find_widget (window, "digest"));
  gtk_switch_set_active (GTK_SWITCH (find_widget (window, "notices")), FALSE);
  pump (50);
  g_assert_false (kith_json_bool (last_submitted (fixture, "staff.set_notices"), "mail_notices", TRUE));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("agency/mail", NULL, test_mail);
  ADD ("agency/mail-portal-P15", NULL, test_mail_portal);
  return g_test_run ();
}
