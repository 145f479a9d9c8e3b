/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands before the pages: the lock and the sign-in (ux.md 2.1). */

#include "desk-fixture.h"

static gboolean
said_here (Fixture *fixture, const char *words)
{
  return says (GTK_WIDGET (fixture->window), words);
}

/* Whoever comes back sees how old what they are about to see is; before the first unlocking nobody can say. */
static void
test_hub_seen (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_IDLE, 0, 0, NOW_MS - 5 * 60 * 1000, 0);
  kith_window_lock (fixture->window);
  pump (50);
  g_assert_true (said_here (fixture, "Hub last seen: 14:00"));
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (100);
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_IDLE, 0, 0, 0, 0);
  kith_window_lock (fixture->window);
  pump (50);
  g_assert_false (said_here (fixture, "Hub last seen"));
}

/* The other language is chosen before one can read anything: the program ends (to begin anew in it: test-again.c). */
static void
test_language (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find_widget (GTK_WIDGET (fixture->window), "language");
  GMenuModel *menu;
  g_autofree char *action = NULL, *code = NULL, *chosen = NULL;

  g_assert_nonnull (button);
  menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 2);
  g_assert_true (g_menu_model_get_item_attribute (menu, 1, G_MENU_ATTRIBUTE_ACTION, "s", &action));
  g_assert_true (g_menu_model_get_item_attribute (menu, 1, G_MENU_ATTRIBUTE_TARGET, "s", &code));
  g_assert_cmpstr (code, ==, "es");
  g_object_ref (fixture->window);
  gtk_widget_activate_action (button, action, "s", code);
  pump (50);
  chosen = g_settings_get_string (kith_context_get_settings (fixture->context), "language");
  g_assert_cmpstr (chosen, ==, "es");
  g_assert_finalize_object (fixture->window);
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context)); /* for tear_down */
}

/* The lines of the main menu are made when it is first opened. */
static void
test_menu (Fixture *fixture, gconstpointer data)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "menu_button"));
  GtkWidget *popover;

  g_assert_true (gtk_widget_is_sensitive (gtk_widget_get_first_child (GTK_WIDGET (button))));
  for (int i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.menu", NULL);
      pump (50);
      popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
      g_assert_true (gtk_widget_get_mapped (popover));
      g_assert_true (says (popover, "Import Clients…"));
      gtk_menu_button_popdown (button);
      pump (50);
      g_assert_false (gtk_widget_get_mapped (popover));
    }
}

/* In the first session of all, too: when it began, nobody knew yet whose it is. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  static const char place[] = "clients/" MARIA;
  KithActor *actor = (KithActor *) kith_desktop_get_actor (fixture->desktop);
  char *user = g_steal_pointer (&actor->user);
  g_autofree char *back = NULL;

  actor->user = g_strdup ("");
  kith_window_lock (fixture->window);
  pump (50);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (50);
  g_free (actor->user);
  actor->user = user;
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_place (fixture, place);
  kith_window_lock (fixture->window);
  pump (50);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (100);
  back = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_cmpstr (back, ==, place);
}

/* A language chosen in Preferences can be had at once, as one that is chosen at the lock: the windows close, which keeps what is typed, to come up in it. */
static void
test_preferred (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *button;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Kateryna");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL);
  pump (100);
  window = GTK_WIDGET (front_window (fixture));
  g_assert_null (button_of (window, "Restart Now")); /* it is in that language */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "language")), 2);
  pump (50);
  button = button_of (window, "Restart Now");
  g_assert_nonnull (button);
  g_assert_true (says (window, "What you typed is kept"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "language")), 0);
  pump (50);
  g_assert_null (button_of (window, "Restart Now"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "language")), 2);
  pump (50);
  g_object_ref (fixture->window);
  g_signal_emit_by_name (button_of (window, "Restart Now"), "clicked");
  pump (100);
  g_assert_finalize_object (fixture->window);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "client:new"));
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context)); /* for tear_down */
}

/* The toolkit's inspector shows what is in the widgets, a password being typed too: not before the lock, and not behind it. */
static void
test_inspector (Fixture *fixture, gconstpointer data)
{
  guint windows = g_list_model_get_n_items (gtk_window_get_toplevels ());
  gboolean taken = FALSE;

  g_signal_emit_by_name (fixture->window, "enable-debugging", FALSE, &taken);
  pump (200);
  g_assert_true (taken);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, windows);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add ("/desk/gate/hub-seen", Fixture, NULL, set_up, test_hub_seen, tear_down);
  g_test_add ("/desk/gate/language/locked", Fixture, "locked", set_up, test_language, tear_down);
  g_test_add ("/desk/gate/language/sign-in", Fixture, "no-store", set_up, test_language, tear_down);
  g_test_add ("/desk/gate/language/preferred", Fixture, NULL, set_up, test_preferred, tear_down);
  g_test_add ("/desk/gate/comes-back", Fixture, NULL, set_up, test_comes_back, tear_down);
  g_test_add ("/desk/gate/inspector-locked", Fixture, "locked", set_up, test_inspector, tear_down);
  g_test_add ("/desk/gate/inspector", Fixture, NULL, set_up, test_inspector, tear_down);
  g_test_add ("/desk/gate/menu", Fixture, NULL, set_up, test_menu, tear_down);
  return g_test_run ();
}
