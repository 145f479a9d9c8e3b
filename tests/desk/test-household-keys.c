/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole household registered with the keyboard alone, counted as ux.md 2.2 counts: real keys from outside the program (xdotool). Without xdotool
 * the test is skipped. */

#include "keys-fixture.h"

static JsonObject *
nth_submitted (Fixture *fixture, const char *wanted, guint n)
{
  const char *op;

  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i, &op);

      if (g_str_equal (op, wanted) && n-- == 0)
        return args;
    }
  g_error ("not as many of %s", wanted);
}

/* The name and the birth date as of everybody; the relation comes right after them, by its letter. */
static void
register_member (Fixture *fixture, const char *relation, const char *given, const char *year, const char *how)
{
  word (fixture, given);
  key (fixture, "Tab");
  word (fixture, "Quill");
  key (fixture, "Tab");
  key (fixture, "Tab");
  word (fixture, year);
  key (fixture, "Tab");
  key (fixture, relation);
  key (fixture, how);
  pump (200);
}

/* Two adults and three children: no more keys than five clients by themselves (11 each), and each joins the first one's household, under its own relation. */
static void
test_household (Fixture *fixture, gconstpointer data)
{
  static const char *const relations[] = { "3", "2", "2", "2" };
  static const char *const names[] = { "Omar", "Lucia", "Nuno", "Ines" };
  const char *head;

  key (fixture, "ctrl+n");
  word (fixture, "Zora");
  key (fixture, "Tab");
  word (fixture, "Quill");
  key (fixture, "Tab");
  key (fixture, "Tab");
  word (fixture, "1990");
  key (fixture, "ctrl+shift+Return");
  pump (200);
  head = kith_json_string (nth_submitted (fixture, "client.register", 0), "id");
  register_member (fixture, "s", names[0], "1989", "ctrl+shift+Return");
  register_member (fixture, "c", names[1], "2014", "ctrl+shift+Return");
  register_member (fixture, "c", names[2], "2017", "ctrl+shift+Return");
  register_member (fixture, "c", names[3], "2020", "ctrl+Return");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *registered = nth_submitted (fixture, "client.register", i + 1), *joined = nth_submitted (fixture, "household.join", i);
      JsonObject *values = kith_json_object (registered, "values");

      g_assert_cmpstr (kith_json_string (values, "given_name"), ==, names[i]);
      g_assert_cmpstr (kith_json_string (values, "family_name"), ==, "Quill");
      g_assert_nonnull (kith_json_string (values, "date_of_birth"));
      g_assert_cmpstr (kith_json_string (joined, "client"), ==, kith_json_string (registered, "id"));
      g_assert_cmpstr (kith_json_string (joined, "with"), ==, head);
      g_assert_cmpstr (kith_json_string (joined, "relationship"), ==, relations[i]);
      g_assert_cmpstr (kith_json_string (joined, "since"), ==, "2026-11-20");
    }
  BUDGET (fixture, 5 * 11);
}

/* From the record: one key asks who else lives there. */
static void
test_add_member (Fixture *fixture, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "s", "clients/" MARIA);
  pump (200);
  key (fixture, "m");
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
  BUDGET (fixture, 1);
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("household", test_household);
  ADD ("household-from-record", test_add_member);
  return g_test_run ();
}
