/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What narrows a search of services: open now, language, place, who can use it. */

#include "desk-fixture.h"

/* The same filters beside both searches of services: open now, a language (whichever way it is written), a place, who can use it. */
static void
filter_services (Fixture *fixture, GtkWidget *place)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters")));
  pump (300);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "filter_language")), 2); /* any, English, Spanish */
  pump (400);
  g_assert_true (says (place, "Emergency overnight bed"));
  g_assert_true (says (place, "Primary care visit"));
  g_assert_false (says (place, "Dental clinic"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_open")), TRUE);
  pump (400);
  g_assert_false (says (place, "Primary care visit"));
  g_assert_true (says (place, "Emergency overnight bed"));
  type_into (fixture, "filter_place", "Chula 919");
  pump (600);
  g_assert_false (says (place, "Emergency food box"));
  g_assert_true (says (place, "Emergency overnight bed"));
  type_into (fixture, "filter_eligible", "seniors");
  pump (600);
  g_assert_false (says (place, "Emergency overnight bed"));
  type_into (fixture, "filter_eligible", "veterans");
  pump (600);
  g_assert_true (says (place, "Emergency overnight bed"));
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters"))), ==, "Filters (4)");
  /* Hours that nobody knows are not closed ones. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "filter_language")), 0);
  type_into (fixture, "filter_place", "");
  type_into (fixture, "filter_eligible", "");
  pump (600);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters"))), ==, "Filters (1)");
  g_assert_true (says (place, "Emergency overnight bed"));
  g_assert_false (says (place, "Primary care visit"));
}

static void
test_refer_filters (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place;

  open_place (fixture, "clients/refer:" MARIA);
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "e");
  pump (400);
  filter_services (fixture, place);
}

static void
test_directory_filters (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "directory");
  pump (300);
  filter_services (fixture, GTK_WIDGET (fixture->window));
  SAYS ("Hours not known · Harbor House");
  SAYS ("Holiday: hours may differ · Harbor House");
}

/* ux.md 2.1: mine, program, consent, language; with what is typed, too; one step clears them all. */
static void
test_clients (Fixture *fixture, gconstpointer data)
{
  JsonArray *all = fake_desktop_list (fixture->desktop, "clients-all");
  JsonObject *jim = NULL;

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *row = json_array_get_object_element (all, i);

      json_object_set_int_member (row, "mine", g_str_equal (kith_json_string (row, "id"), MARIA) ? 1 : 0);
      json_object_set_string_member (row, "consent", g_str_equal (kith_json_string (row, "id"), MARIA) ? "in_force" : "refused");
      json_object_set_string_member (row, "_language", g_str_equal (kith_json_string (row, "id"), MARIA) ? "es" : "en");
      if (g_str_equal (kith_json_string (row, "id"), NO_BILLING))
        jim = row;
    }
  json_object_set_string_member (jim, "_program", kith_json_string (json_array_get_object_element (fake_desktop_list (fixture->desktop, "programs-own"), 0), "id"));
  open_place (fixture, "clients");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_mine")), TRUE);
  pump (300);
  SAYS ("María López");
  g_assert_false (says (GTK_WIDGET (fixture->window), "James"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "filter_consent")), 4); /* refused */
  pump (300);
  SAYS ("Nobody Like That");
  g_assert_true (act (fixture, "clients.clear-filters"));
  pump (300);
  SAYS ("Abramowitz"); /* the first of all */
  for (guint i = 0; i < 50 && !find_widget (GTK_WIDGET (fixture->window), "filter_language"); i++)
    pump (100);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "filter_language")), 2); /* any, English, Spanish */
  pump (300);
  SAYS ("María López");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Abramowitz"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "filter_language")), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "filter_program")), 1);
  pump (300);
  SAYS ("James");
  g_assert_false (says (GTK_WIDGET (fixture->window), "María López"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("refer/filters", NULL, test_refer_filters);
  ADD ("directory/filters", NULL, test_directory_filters);
  ADD ("clients/filters", NULL, test_clients);
  return g_test_run ();
}
