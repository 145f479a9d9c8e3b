/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A computer that is still being filled, and one whose search is brought up to date after an update (ux.md 1 and 2.0): nothing that may be on its way is told
 * to be missing, and nothing is up to date before it is. */

#include "desk-fixture.h"

#define FILLED "this computer is still being filled"

static gboolean
says_so (Fixture *fixture, const char *words)
{
  return says (GTK_WIDGET (fixture->window), words);
}

static void
type_here (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "search_entry")), text);
  pump (80);
}

static void
test_clients (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients");
  g_assert_false (says_so (fixture, FILLED));
  SAYS ("clients on this computer");
  fake_desktop_set_coming (fixture->desktop, TRUE, 100);
  pump (50);
  SAYS (FILLED);
  SAYS ("clients so far");
  g_assert_false (says_so (fixture, "clients on this computer"));
  type_here (fixture, "qqqq");
  SAYS ("No Match for “qqqq”");
  SAYS ("that have come so far");
  SAYS (FILLED);
  fake_desktop_set_coming (fixture->desktop, FALSE, 100);
  pump (50);
  type_here (fixture, "");
  g_assert_false (says_so (fixture, FILLED));
  SAYS ("clients on this computer");
}

/* No list says that there is nothing. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "inbox-new");

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  fake_desktop_set_coming (fixture->desktop, TRUE, 100);
  open_place (fixture, "inbox");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  for (guint i = 0; i < 100 && !says_so (fixture, "Still Coming"); i++)
    pump (20);
  SAYS ("Still Coming");
  g_assert_false (says_so (fixture, "Nothing Waits for an Answer"));
  fake_desktop_set_coming (fixture->desktop, FALSE, 100);
  pump (50);
  SAYS ("Nothing Waits for an Answer");
  g_assert_false (says_so (fixture, "Still Coming"));
}

/* Whoever is registered now may be on their way. */
static void
test_register (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_coming (fixture->desktop, TRUE, 100);
  open_place (fixture, "clients/new");
  pump (100);
  SAYS ("Possibly the same person");
  SAYS (FILLED);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_coming (fixture->desktop, FALSE, 43);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find", NULL));
  pump (80);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Searching is brought up to date after an update: 43 %"));
  fake_desktop_set_coming (fixture->desktop, FALSE, 44);
  pump (30);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "44 %"));
  fake_desktop_set_coming (fixture->desktop, FALSE, 100);
  pump (30);
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Searching is brought"));
}

static GtkWidget *
labelled_button (GtkWidget  *root,
             const char *label)
{
  GtkWidget *found = GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0 ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found; child = gtk_widget_get_next_sibling (child))
    found = labelled_button (child, label);
  return found;
}

/* A number that stands still says nothing: what failed does, and whoever is there can try again. */
static void
test_refind_fails (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_coming (fixture->desktop, FALSE, 43);
  fake_desktop_set_refind_trouble (fixture->desktop, "database or disk is full");
  open_place (fixture, "clients");
  for (guint i = 0; i < 100 && !labelled_button (GTK_WIDGET (fixture->window), "Try Again"); i++)
    pump (50);
  SAYS ("Searching could not be brought up to date");
  g_assert_false (says (GTK_WIDGET (fixture->window), "43 %"));
  g_signal_emit_by_name (labelled_button (GTK_WIDGET (fixture->window), "Try Again"), "clicked");
  pump (30);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Searching"));
  g_assert_null (labelled_button (GTK_WIDGET (fixture->window), "Try Again"));
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients");
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS - 60000, NOW_MS - 60000);
  fake_desktop_set_coming (fixture->desktop, TRUE, 100);
  pump (50);
  SAYS ("the rest comes when it can be reached again");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("coming/clients", NULL, test_clients);
  ADD ("coming/empty", NULL, test_empty);
  ADD ("coming/register", NULL, test_register);
  ADD ("coming/find", NULL, test_find);
  ADD ("coming/refind-fails", NULL, test_refind_fails);
  ADD ("coming/offline", NULL, test_offline);
  return g_test_run ();
}
