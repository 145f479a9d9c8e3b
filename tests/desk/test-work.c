/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a worker's day is made of, from page to page: a hub that is away or moved, who works with whom, what was said wrong and is put right. */

#include "desk-fixture.h"
#include "kith-json.h"
#include "widgets/kith-sync-chip.h"

G_GNUC_UNUSED static JsonObject *
last (Fixture *fixture, const char *op)
{
  guint n = fake_desktop_get_n_submitted (fixture->desktop);
  const char *is = NULL;
  JsonObject *args;

  g_assert_cmpuint (n, >, 0);
  args = fake_desktop_get_submitted (fixture->desktop, n - 1, &is);
  g_assert_cmpstr (is, ==, op);
  return args;
}

/* Offline the state of the line leads to what was tried, what is safe, and another address; only the own hub is taken there. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 3, 0, NOW_MS - 3600 * 1000, NOW_MS - 1800 * 1000);
  pump (50);
  g_assert_true (act (fixture, "win.connection"));
  window = GTK_WIDGET (front_window (fixture));
  g_assert_nonnull (window);
  g_assert_true (says (window, "the hub answered last at 13:05"));
  g_assert_true (says (window, "was asked at 14:04. The computer answers, but no hub runs there at this address."));
  g_assert_true (says (window, "3 changes are kept on this computer, encrypted."));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "address")), "https://another.example.org");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "not the one that keeps your records"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "address")), "https://moved.example.org");
  commit_front (fixture);
  g_assert_null (front_window (fixture));
}

static GtkWidget *
find_chip (GtkWidget *widget)
{
  GtkWidget *found = KITH_IS_SYNC_CHIP (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_chip (child);
  return found;
}

/* What needs somebody is more than a line that is down. */
static void
test_chip_leads (Fixture *fixture, gconstpointer data)
{
  GtkActionable *button;

  open_place (fixture, "clients");
  button = GTK_ACTIONABLE (gtk_widget_get_first_child (find_chip (GTK_WIDGET (fixture->window))));
  g_assert_cmpstr (gtk_actionable_get_action_name (button), ==, "win.go");
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS, NOW_MS);
  g_assert_cmpstr (gtk_actionable_get_action_name (button), ==, "win.connection");
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 2, NOW_MS, NOW_MS);
  g_assert_cmpstr (gtk_actionable_get_action_name (button), ==, "win.go");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("work/hub-moved", NULL, test_moved);
  ADD ("work/chip-leads", NULL, test_chip_leads);
  return g_test_run ();
}
