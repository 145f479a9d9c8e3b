/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several services on one hand-out: what is printed of them, and how they come on it (ux.md 2.1, Directory; D3). */

#include "desk-fixture.h"
#include "print/kith-handout.h"
#include "print/kith-print-window-private.h"

#include "paper-fixture.h"

/* ux.md 2.1 (Directory): several services on one paper, in the order they were chosen; one that is in the directory no more is left out. */
static void
test_handouts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new_in (KITH_PO_DIR, "en");
  g_autoptr (KithRow) first = row_of (json_object_ref (json_array_get_object_element (fake_desktop_list (fixture->desktop, "service"), 0)));
  g_autoptr (GPtrArray) second = rows_of (json_object_ref (json_array_get_object_element (fake_desktop_list (fixture->desktop, "service"), 1)), NULL);
  g_autoptr (GPtrArray) places = rows_of (json_object_ref (json_array_get_object_element (fake_desktop_list (fixture->desktop, "service-locations"), 0)), NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new (), more = g_ptr_array_new ();
  KithHandoutMore gone = { none, none }, other = { second, places };
  KithHandoutFacts facts = { .service = first, .places = none, .agency = "Harbor House", .now = NOW_MS, .more = more };
  g_autoptr (KithPages) sheet = NULL;
  g_autofree char *text = NULL;
  int unknown;

  g_ptr_array_add (more, &gone);
  g_ptr_array_add (more, &other);
  sheet = kith_handout_new (&facts, english);
  text = print_sheet (sheet, &unknown, NULL);
  assert_has (text, "Emergency food box");
  assert_has (text, "Mission Food Bank");
  assert_has (text, "Primary care visit");
  assert_has (text, "2850 Main Street"); /* of the second */
  assert_has (strstr (text, "Emergency food box"), "Primary care visit"); /* after it */
}

/* The window of it: one after the other, taken off again, and one print of them all (D3). */
static void
test_handouts_window (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "handouts.pdf", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  KithPrintWindow *window;

  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000001");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Print 1 Service…"));
  g_assert_true (act (fixture, "directory.handout"));
  pump (100);
  SAYS ("Print 1 Service…");
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000003");
  g_assert_true (act (fixture, "directory.handout"));
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000002");
  g_assert_true (act (fixture, "directory.handout"));
  pump (100);
  SAYS ("Print 3 Services…");
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000003");
  g_assert_true (act (fixture, "directory.handout"));
  pump (100);
  SAYS ("Print 2 Services…");
  g_assert_true (act (fixture, "directory.print")); /* of the one that is shown, and not on it any more: alone */
  pump (300);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "What the directory says of this service"));
  gtk_window_destroy (GTK_WINDOW (front_window (fixture)));
  pump (100);
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000002");
  g_assert_true (act (fixture, "directory.print"));
  pump (300);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "What the directory says of 2 services"));
  window = KITH_PRINT_WINDOW (front_window (fixture));
  export_to (window, path, &error);
  g_assert_no_error (error);
  text = text_of_pdf (path);
  assert_has (text, "Emergency food box");
  assert_has (text, "Primary care visit");
  g_assert_null (strstr (text, "Tenant rights clinic"));
  g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (window));
  pump (100);
  g_assert_true (act (fixture, "directory.print-handout"));
  pump (300);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "What the directory says of 2 services"));
  gtk_window_destroy (GTK_WINDOW (front_window (fixture)));
  pump (100);
  g_assert_true (act (fixture, "directory.empty"));
  pump (100);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Print 2 Services…"));
}

/* D3: nothing is printed before each of them was read, whichever that is. */
static void
test_handouts_late (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "d0000000-0000-7000-8000-000000000001", "d0000000-0000-7000-8000-000000000002", "d0000000-0000-7000-8000-000000000003" };

  for (guint late = 0; late < G_N_ELEMENTS (ids); late++)
    {
      g_autoptr (GPtrArray) services = g_ptr_array_new ();
      static const char *const kinds[] = { "service", NULL };
      GtkWidget *window;

      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        g_ptr_array_add (services, (gpointer) ids[i]);
      fake_desktop_set_late (fixture->desktop, ids[late]);
      window = kith_print_window_new_handouts (GTK_WINDOW (fixture->window), fixture->context, services);
      gtk_window_present (GTK_WINDOW (window));
      pump (200);
      g_assert_false (kith_print_window_ready (KITH_PRINT_WINDOW (window)));
      g_assert_false (gtk_widget_get_sensitive (find_widget (window, "print_button")));
      fake_desktop_set_late (fixture->desktop, NULL);
      g_signal_emit_by_name (fixture->desktop, "changed", kinds);
      pump (200);
      g_assert_true (kith_print_window_ready (KITH_PRINT_WINDOW (window)));
      g_assert_true (gtk_widget_get_sensitive (find_widget (window, "print_button")));
      gtk_window_destroy (GTK_WINDOW (window));
      pump (50);
    }
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("handouts/paper-D3", NULL, test_handouts);
  ADD ("handouts/window-D3", NULL, test_handouts_window);
  ADD ("handouts/late-D3", NULL, test_handouts_late);
  return g_test_run ();
}
