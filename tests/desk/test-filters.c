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

static JsonObject *
service_row (Fixture *fixture, const char *name)
{
  JsonArray *all = fake_desktop_list (fixture->desktop, "services-all");

  for (guint i = 0; i < json_array_get_length (all); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (all, i), "name"), name))
      return json_array_get_object_element (all, i);
  g_assert_not_reached ();
}

/* The row of a hit. */
static GtkWidget *
hit_row (GtkWidget *widget, const char *name)
{
  if (ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = hit_row (child, name);

      if (found)
        return found;
    }
  return NULL;
}

/* D11: a service whose ages leave the client out is no hit like the others; it is found all the same, last, with the reason. Which client it is counts. */
static void
test_refer_ages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place, *other, *bed;

  json_object_set_int_member (service_row (fixture, "Emergency food box"), "maximum_age", 24);
  json_object_set_int_member (service_row (fixture, "Emergency food box"), "minimum_age", 18);
  open_place (fixture, "clients/refer:" MARIA); /* who is 38 */
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "emerg");
  pump (400);
  other = hit_row (place, "Emergency food box");
  bed = hit_row (place, "Emergency overnight bed");
  g_assert_true (other && bed);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (other)), "For ages 18 to 24 · Mission Food Bank"));
  g_assert_null (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (bed)), "For ages"));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (bed)), <, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (other)));
}

static int
place_of (Fixture *fixture, const char *name)
{
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_widget (GTK_WIDGET (fixture->window), "view"))));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (rows, i);

      if (g_strcmp0 (kith_row_get_text (row, "name"), name) == 0)
        return (int) i;
    }
  return -1;
}

/* D11, ux.md 2.1 (Directory: cost): accents are no difference; what is not known of a service keeps it, after those that fit, with a word; the count line tells them from those. */
static void
test_directory_unsure (Fixture *fixture, gconstpointer data)
{
  json_object_set_string_member (service_row (fixture, "Emergency food box"), "_place", "San José 95112");
  json_object_set_string_member (service_row (fixture, "Tenant rights clinic"), "_area", "Santa Clara County");
  open_place (fixture, "directory");
  pump (300);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters")));
  pump (300);
  SAYS ("stay at the end, with a word on it");
  json_object_set_string_member (service_row (fixture, "Dental clinic"), "_cost", "0");
  json_object_set_string_member (service_row (fixture, "Diaper bank"), "_cost", "2");
  json_object_set_string_member (service_row (fixture, "Emergency food box"), "_cost", "3");
  json_object_set_string_member (service_row (fixture, "Primary care visit"), "_fees", "sliding scale");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_no_cost")), TRUE);
  pump (500);
  SAYS ("Not free for everybody");
  SAYS ("Cost: sliding scale · Eastlake");
  SAYS ("Cost not known");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Dental clinic"));
  g_assert_cmpint (place_of (fixture, "Diaper bank"), ==, 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_no_cost")), FALSE);
  type_into (fixture, "filter_place", "SAN josé");
  pump (700);
  SAYS ("Emergency food box");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Emergency overnight bed")); /* in Chula Vista */
  SAYS ("Serves Santa Clara County · South Bay Legal Aid");
  SAYS ("Place not known · Mission Food Bank");
  SAYS ("8 services on this computer · 7 not known to fit");
  type_into (fixture, "filter_eligible", "county");
  pump (700);
  SAYS ("8 services on this computer · 7 not known to fit");
  SAYS ("Does not say who it is for · Place not known");
  type_into (fixture, "search_entry", "clinic");
  pump (700);
  SAYS ("not known to fit");
}

/* Two services at a known distance, and who knows where the points are that they are measured from. */
static void
put_points (Fixture *fixture)
{
  JsonArray *places = fake_desktop_list (fixture->desktop, "point-of-place"), *agencies = fake_desktop_list (fixture->desktop, "point-of-agency");

  json_object_set_string_member (service_row (fixture, "Dental clinic"), "_metres", "2312");
  json_object_set_string_member (service_row (fixture, "Primary care visit"), "_metres", "420");
  json_object_set_string_member (service_row (fixture, "Tenant rights clinic"), "_metres", "31000");
  json_array_add_object_element (places, kith_json_new ("_arg", "s", "[[\"92107\"]]", "id", "s", "0", "latitude", "s", "32.74", "longitude", "s", "-117.24", NULL));
  json_array_add_object_element (agencies, kith_json_new ("_arg", "s", kith_context_get_agency (fixture->context), "id", "s", "l1", "name", "s", "Harbor Dr", "latitude", "s", "32.7",
                                                          "longitude", "s", "-117.1", NULL));
}

/* ux.md 2.1 (Directory: distance): the nearest first, from a place the directory knows, else from the own agency, and it says from where. Who asks what is near to
 * a place looks beyond it; what does not say where it is stays, and says so (D11). */
static void
test_directory_nearest (Fixture *fixture, gconstpointer data)
{
  put_points (fixture);
  open_place (fixture, "directory");
  pump (300);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters")));
  pump (300);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_nearest")), TRUE);
  pump (700);
  SAYS ("In a straight line from your agency (Harbor Dr).");
  SAYS ("away · Eastlake Family Clinic");
  SAYS ("Distance not known");
  g_assert_cmpint (place_of (fixture, "Primary care visit"), ==, 0);
  g_assert_cmpint (place_of (fixture, "Dental clinic"), ==, 1);
  g_assert_cmpint (place_of (fixture, "Tenant rights clinic"), ==, 2);
  g_assert_cmpint (place_of (fixture, "Emergency food box"), >, 2);
  type_into (fixture, "filter_place", "92107");
  pump (700);
  SAYS ("In a straight line from “92107”, by the places the directory has there.");
  g_assert_cmpint (place_of (fixture, "Primary care visit"), ==, 0); /* which is in 92113 */
  type_into (fixture, "search_entry", "clinic");
  pump (700);
  g_assert_cmpint (place_of (fixture, "Dental clinic"), <, place_of (fixture, "Tenant rights clinic"));
  type_into (fixture, "search_entry", "");
  type_into (fixture, "filter_place", "Chula");
  pump (700);
  SAYS ("The directory does not say where “Chula” lies: nothing is sorted by distance.");
  g_assert_cmpint (place_of (fixture, "Emergency overnight bed"), ==, 0); /* and it is a filter, as without */
  g_assert_cmpint (place_of (fixture, "Primary care visit"), ==, -1);
  SAYS ("Chula Vista 91910 · "); /* why */
  gtk_widget_activate (find_widget (GTK_WIDGET (fixture->window), "filter_nearest"));
  pump (500);
  g_assert_false (says (GTK_WIDGET (fixture->window), "The directory does not say where"));
  /* Escape in the text of a filter closes them all, as it does beside it. */
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "filter_place"), "stop-search");
  pump (300);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "filter_place"));
}

/* The client's own postal code or city is where the nearest are wanted from, when nothing is typed. */
static void
test_refer_nearest (Fixture *fixture, gconstpointer data)
{
  JsonArray *clients = fake_desktop_list (fixture->desktop, "client");
  GtkWidget *place;
  JsonArray *places;

  put_points (fixture);
  places = fake_desktop_list (fixture->desktop, "point-of-place");
  json_array_add_object_element (places, kith_json_new ("_arg", "s", "[[\"91910\"],[\"chula\",\"vista\"]]", "id", "s", "1", "latitude", "s", "32.64", "longitude", "s", "-117.08", NULL));
  for (guint i = 0; i < json_array_get_length (clients); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (clients, i), "id"), MARIA) == 0)
      json_object_set_object_member (json_object_get_object_member (json_array_get_object_element (clients, i), "body"), "address",
                                     kith_json_new ("postal_code", "s", "91910", "city", "s", "Chula Vista", NULL));
  open_place (fixture, "clients/refer:" MARIA);
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "c");
  pump (400);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters")));
  pump (300);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_nearest")), TRUE);
  pump (900);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (fixture->window), "filter_from"))), "where this person lives"));
  g_assert_nonnull (hit_row (place, "Primary care visit"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (hit_row (place, "Primary care visit"))), "Under 1 "));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (hit_row (place, "Primary care visit"))), <,
                   gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (hit_row (place, "Dental clinic"))));
}

/* Whoever takes a call looks with the same: what is free, and how old that is, before anything is chosen; beside the need afterwards (U7, P4). */
static void
test_call_filters (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place;

  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_place (fixture, "contacts/new");
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "e");
  pump (400);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (fixture->window), "only_free")); /* brings it in sight */
  pump (100);
  filter_services (fixture, place);
  g_assert_true (says (place, "Harbor House · 3 free, counted 07:42"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_open")), FALSE);
  pump (400);
  g_assert_true (says (place, "Primary care visit"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "only_free")), TRUE);
  pump (400);
  g_assert_false (says (place, "Primary care visit"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "only_free")), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "primary");
  pump (400);
  g_signal_emit_by_name (find_widget (place, "entry"), "entry-activated"); /* the first hit */
  pump (300);
  SAYS ("Primary care visit");
  SAYS ("5 openings free, counted 07:40");
}

static void
test_directory_filters (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 860); /* the last of the list is in sight */
  open_place (fixture, "directory");
  pump (300);
  filter_services (fixture, GTK_WIDGET (fixture->window));
  SAYS ("Hours not known · Harbor House");
  SAYS ("Holiday: hours may differ · Harbor House");
}

static void
open_now (Fixture *fixture)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters")));
  pump (300);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "filter_open")), TRUE);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters")));
  pump (500);
}

/* What the filters leave out is counted where it is missed, of all services and of those that are searched for; one step brings it back. */
static void
test_directory_left_out (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "directory");
  pump (300);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "left_out"));
  open_now (fixture);
  SAYS ("1 service does not match: show it"); /* the clinic, which is closed */
  json_object_set_boolean_member (service_row (fixture, "Dental clinic"), "_closed", TRUE);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "service", NULL });
  pump (300);
  SAYS ("2 services do not match: show all");
  type_into (fixture, "search_entry", "primary");
  pump (700);
  SAYS ("1 service does not match: show it");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "view")); /* none is in the list */
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "left_out"), "clicked");
  pump (700);
  g_assert_cmpint (place_of (fixture, "Primary care visit"), ==, 0);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "left_out"));
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "service_filters"))), ==, "Filters");
}

/* 250 services that are closed: 30 attics, and rooms. */
static void
add_many (Fixture *fixture)
{
  JsonArray *all = fake_desktop_list (fixture->desktop, "services-all");

  for (guint i = 0; i < 250; i++)
    {
      JsonObject *row = kith_json_copy_object (service_row (fixture, "Primary care visit"));
      g_autofree char *id = g_strdup_printf ("d0000000-0000-7000-8000-%012u", 5000 + i), *name = g_strdup_printf ("Warm %s %u", i < 30 ? "attic" : "room", i);

      json_object_set_string_member (row, "id", id);
      json_object_set_string_member (row, "name", name);
      json_object_set_boolean_member (row, "_closed", TRUE);
      json_array_add_object_element (all, row);
    }
}

/* Of many it is enough to know that there are; a search that fails is told by whoever shows what it found, and nothing is counted of it. In the directory, and where a
 * referral is sent. */
static void
count_many (Fixture *fixture, gboolean refer)
{
  GtkWidget *entry, *left;
  int end = strlen ("attic");

  add_many (fixture);
  open_place (fixture, refer ? "clients/refer:" MARIA : "directory");
  pump (300);
  entry = refer ? find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry") : find_widget (GTK_WIDGET (fixture->window), "search_entry");
  open_now (fixture);
  gtk_editable_set_text (GTK_EDITABLE (entry), "warm");
  pump (700);
  SAYS ("More than 200 services do not match: show all");
  gtk_editable_set_text (GTK_EDITABLE (entry), "attic");
  pump (700);
  SAYS ("30 services do not match: show all");
  left = gtk_widget_get_parent (find_widget (GTK_WIDGET (fixture->window), "left_out"));
  g_assert_true (gtk_widget_get_visible (left));
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  gtk_editable_insert_text (GTK_EDITABLE (entry), " 1", -1, &end); /* never blank on the way */
  pump (700);
  g_assert_false (gtk_widget_get_visible (left));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  pump (100);
}

static void
test_left_out_many (Fixture *fixture, gconstpointer data)
{
  count_many (fixture, FALSE);
}

static void
test_refer_left_out_many (Fixture *fixture, gconstpointer data)
{
  count_many (fixture, TRUE);
}

/* The same where a referral is sent; and what is one's own agency's is told from the rest, before and after it is chosen. */
static void
test_refer_left_out (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place;

  open_place (fixture, "clients/refer:" MARIA);
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "primary");
  pump (400);
  open_now (fixture);
  g_assert_null (hit_row (place, "Primary care visit"));
  SAYS ("1 service does not match: show it");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "");
  pump (400);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "left_out"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "primary");
  pump (400);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "left_out"), "clicked");
  pump (400);
  g_assert_nonnull (hit_row (place, "Primary care visit"));
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "left_out"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "emerg");
  pump (400);
  g_assert_false (says (hit_row (place, "Emergency food box"), "Your agency"));
  g_assert_true (says (hit_row (place, "Emergency overnight bed"), "Your agency"));
  g_signal_emit_by_name (gtk_widget_get_parent (hit_row (place, "Emergency overnight bed")), "row-activated", hit_row (place, "Emergency overnight bed"));
  pump (200);
  SAYS ("Harbor House · your own agency");
}

static void
add_words (GtkWidget *widget, GString *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (words, "%s|", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    add_words (child, words);
}

static void
assert_facts (Fixture *fixture, const char *name, const char *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *facts = find_widget (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (facts);
  add_words (facts, words);
  g_assert_cmpstr (words->str, ==, expected);
}

/* ux.md 2.1 (Directory): whom to ring, and when: each number with what it is for, and the week as it is said. */
static void
test_directory_page (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000002");
  for (guint i = 0; i < 100 && !find_widget (GTK_WIDGET (fixture->window), "hours"); i++)
    pump (20);
  assert_facts (fixture, "reach", "How to reach|Phone|(619) 555-0111 · Front desk · Mobile\n(619) 555-0112 · Text messages|Email|intake@example.org|"
                                  "Website|https://www.example.org/service|Contact|Gloria Reyes, Intake coordinator\ngloria@example.org|");
  assert_facts (fixture, "hours", "Hours|Mon–Fri|8:30–12:00, 13:00–17:30|Sat|9:00–12:00|2nd Thu of the month|18:00–20:00\nEvening clinic, no appointment|");
}

/* D11: hours go by the clock of the agency, which the page of the service shows where it is another one; open now is asked by it. */
static void
test_directory_zone (Fixture *fixture, gconstpointer data)
{
  JsonArray *services = fake_desktop_list (fixture->desktop, "service");

  for (guint i = 0; i < json_array_get_length (services); i++)
    json_object_set_string_member (json_object_get_object_member (json_array_get_object_element (services, i), "organization"), "time_zone", "America/Chicago");
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000002");
  pump (300);
  SAYS ("Their clock");
  SAYS ("now (America/Chicago)");
  for (guint i = 0; i < json_array_get_length (services); i++)
    json_object_set_string_member (json_object_get_object_member (json_array_get_object_element (services, i), "organization"), "time_zone", "UTC"); /* as here */
  open_place (fixture, "directory");
  open_place (fixture, "directory/d0000000-0000-7000-8000-000000000002");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "service", NULL });
  pump (300);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Their clock"));
}

/* ux.md 2.1 (Clients): site. There is a choice where the agency has more than one place; it goes with the others. */
static void
test_clients_site (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "location", NULL };
  JsonArray *all = fake_desktop_list (fixture->desktop, "clients-all"), *sites = fake_desktop_list (fixture->desktop, "sites-own");
  GtkWidget *chip;

  for (guint i = 0; i < json_array_get_length (all); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (all, i), "id"), MARIA))
      json_object_set_string_member (json_array_get_object_element (all, i), "_site", kith_json_string (json_array_get_object_element (sites, 1), "id"));
  open_place (fixture, "clients");
  chip = find_widget (GTK_WIDGET (fixture->window), "filter_site");
  g_assert_nonnull (chip);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chip), 2); /* any, north, south */
  pump (300);
  SAYS ("María López");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Abramowitz"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chip), 1);
  pump (300);
  SAYS ("Nobody Like That");
  g_assert_true (act (fixture, "clients.clear-filters"));
  pump (300);
  SAYS ("Abramowitz");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chip), 2);
  pump (300);
  json_array_remove_element (sites, 1); /* the one that is chosen closes */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (300);
  g_assert_false (gtk_widget_get_visible (chip));
  SAYS ("Abramowitz");
}

/* An agency with one place has nothing to choose by. */
static void
test_clients_one_site (Fixture *fixture, gconstpointer data)
{
  json_array_remove_element (fake_desktop_list (fixture->desktop, "sites-own"), 1);
  open_place (fixture, "clients");
  pump (300);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "filter_program"));
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "filter_site"));
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

/* The list of a search is of now: whoever is gone from this computer is gone from it, without a key; what is selected stays selected, and a row that
 * did not change is not made anew. */
static void
test_search_stays_true (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };
  JsonArray *all = fake_desktop_list (fixture->desktop, "clients-all");
  GtkSelectionModel *rows;
  g_autoptr (KithRow) maria = NULL, again = NULL;

  open_place (fixture, "clients");
  type_into (fixture, "search_entry", "mar");
  pump (200);
  rows = gtk_list_view_get_model (GTK_LIST_VIEW (find_widget (GTK_WIDGET (fixture->window), "view")));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), >, 1);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)) && !maria; i++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      if (g_strcmp0 (kith_row_get_id (row), MARIA) == 0)
        gtk_selection_model_select_item (rows, i, TRUE);
      if (g_strcmp0 (kith_row_get_id (row), MARIA) == 0)
        maria = g_steal_pointer (&row);
    }
  g_assert_nonnull (maria);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds); /* of which nothing is to be seen here */
  pump (200);
  again = g_list_model_get_item (G_LIST_MODEL (rows), gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (rows)));
  g_assert_true (again == maria);
  for (guint i = json_array_get_length (all); i > 0; i--)
    {
      JsonObject *row = json_array_get_object_element (all, i - 1);

      if (g_str_equal (kith_json_string (row, "id"), MARIA))
        continue;
      json_array_remove_element (all, i - 1);
    }
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (rows, 0));
  json_array_remove_element (all, 0);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  SAYS ("No Match for “mar”");
}

/* What is out of sight comes behind what is in sight: nobody is counted or called otherwise, and it can be chosen. */
static void
test_search_rest (Fixture *fixture, gconstpointer data)
{
  JsonArray *all = fake_desktop_list (fixture->desktop, "clients-all");
  GtkSelectionModel *rows;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("0197c000-0000-7000-8000-0000000004%02u", i), *given = g_strdup_printf ("Number%02u", i);

      json_array_add_object_element (all, kith_json_new ("id", "s", id, "given_name", "s", given, "family_name", "s", "Quimby", "held", "s", "client", NULL));
    }
  open_place (fixture, "clients");
  type_into (fixture, "search_entry", "quimb");
  pump (300);
  rows = gtk_list_view_get_model (GTK_LIST_VIEW (find_widget (GTK_WIDGET (fixture->window), "view")));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 30);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autofree char *given = g_strdup_printf ("Number%02u", i);

      g_assert_cmpstr (kith_row_get_text (row, "given_name"), ==, given);
    }
  SAYS ("30 of ");
  SAYS ("Number05 Quimby");
  gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "view"), "list.scroll-to-item", "u", 29);
  gtk_selection_model_select_item (rows, 29, TRUE);
  pump (300);
  SAYS ("Number29 Quimby");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("filters/directory-left-out", NULL, test_directory_left_out);
  ADD ("filters/left-out-many", NULL, test_left_out_many);
  ADD ("filters/refer-left-out-many", NULL, test_refer_left_out_many);
  ADD ("filters/refer-left-out", NULL, test_refer_left_out);
  ADD ("refer/filters", NULL, test_refer_filters);
  ADD ("refer/ages-D11", NULL, test_refer_ages);
  ADD ("contacts/filters", NULL, test_call_filters);
  ADD ("directory/filters", NULL, test_directory_filters);
  ADD ("directory/filters-unsure-D11", NULL, test_directory_unsure);
  ADD ("directory/page", NULL, test_directory_page);
  ADD ("directory/zone-D11", NULL, test_directory_zone);
  ADD ("directory/nearest-D11", NULL, test_directory_nearest);
  ADD ("refer/nearest-D11", NULL, test_refer_nearest);
  ADD ("clients/filters", NULL, test_clients);
  ADD ("clients/filter-site", NULL, test_clients_site);
  ADD ("clients/filter-one-site", NULL, test_clients_one_site);
  ADD ("clients/search-stays-true", NULL, test_search_stays_true);
  ADD ("clients/search-rest", NULL, test_search_rest);
  return g_test_run ();
}
