/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral goes that is no direct one to a service: to an agency, by hand or on paper (D3, D4, D9). */

#include "paper-fixture.h"
#include "print/kith-handout.h"
#include "print/kith-print-window.h"

static void
choose_first (Fixture *fixture, const char *text)
{
  GtkWidget *entry = find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (100);
}

/* D4, D9: a service that takes no direct referrals is handed off to its agency, which reads first which one is meant; the sender sees that before it goes. */
static void
test_refer_warm_names (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  GtkTextBuffer *request;

  open_place (fixture, "clients/refer:" MARIA);
  choose_first (fixture, "immigration");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 1);
  pump (50);
  SAYS ("What the agency reads begins with: For the service “Immigration advice”.");
  SAYS ("What the other agency should know");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "change_service"), "clicked");
  pump (50);
  choose_first (fixture, "rapid"); /* of the own agency */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 1);
  pump (50);
  SAYS ("What your colleagues read begins with: For the service “Rapid re-housing for seniors and disabled adults”.");
  SAYS ("What your colleagues should know");
  type_into (fixture, "need", "A home");
  request = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_widget (GTK_WIDGET (fixture->window), "request")));
  gtk_text_buffer_set_text (request, "Meet Linh on Friday.", -1);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "warm");
  g_assert_null (kith_json_string (args, "service"));
  g_assert_nonnull (kith_json_string (args, "agency_to"));
  g_assert_cmpstr (kith_json_string (args, "request"), ==, "For the service “Rapid re-housing for seniors and disabled adults”.\nMeet Linh on Friday.");
}

static GtkWidget *
row_titled (GtkWidget *widget, const char *title)
{
  GtkWidget *found = ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = row_titled (child, title);
  return found;
}

static void
choose_agency (Fixture *fixture, const char *name)
{
  GtkWidget *place = find_widget (GTK_WIDGET (fixture->window), "suggest_place"), *row;

  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), name);
  pump (400);
  row = row_titled (place, name);
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);
  pump (100);
}

/* D3: of an agency as a whole there is a hand-out too. */
static void
test_refer_information_agency (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  GtkWidget *window;

  open_place (fixture, "clients/refer:" MARIA);
  choose_agency (fixture, "Eastlake Family Clinic");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 1);
  SAYS ("You give the client the information");
  g_assert_false (says (GTK_WIDGET (fixture->window), "This service takes no direct referrals."));
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "informational");
  g_assert_cmpstr (kith_json_string (args, "agency_to"), ==, "a0000000-0000-7000-8000-000000000002");
  window = GTK_WIDGET (front_window (fixture));
  g_assert_true (KITH_IS_PRINT_WINDOW (window));
  g_assert_true (says (window, "What the directory says of this agency"));
  g_assert_true (gtk_widget_get_sensitive (in_front (fixture, "print_button")));
  gtk_widget_activate_action (window, "print.cancel", NULL);
}

/* D4, D9: of the directory's agencies many have no account in Kith: nothing can be handed off to those, and it says why before anything is written. */
static void
test_refer_unanswered (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  AdwComboRow *type;
  JsonObject *answers = json_array_get_object_element (fake_desktop_list (fixture->desktop, "agency-answers"), 0);

  json_object_set_int_member (answers, "answered", 0);
  open_place (fixture, "clients/refer:" MARIA);
  choose_agency (fixture, "Eastlake Family Clinic");
  type = ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type"));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (type)), ==, 1);
  SAYS ("Nobody at Eastlake Family Clinic answers referrals in Kith. Give the client the information, or call the agency.");
  SAYS ("You give the client the information");
  g_assert_false (says (GTK_WIDGET (fixture->window), "You introduce the client to a person there."));
  json_object_set_int_member (answers, "answered", 1);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL); /* somebody is set up there meanwhile */
  pump (100);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (type)), ==, 2);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Nobody at Eastlake Family Clinic"));
  SAYS ("You give the client the information"); /* as chosen before */
  json_object_set_int_member (answers, "answered", 0);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (100);
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "informational");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "print.cancel", NULL);
}

/* D3: the same of an agency as a whole: how to reach it, where it is, and what it offers today. */
static void
test_handout_agency (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) spanish = kith_catalogue_new_in (KITH_PO_DIR, "es");
  g_autoptr (JsonNode) phones = json_from_string ("[{\"number\":\"619-555-0111\"}]", NULL);
  g_autoptr (KithRow) agency = row_of (kith_json_new ("body", "o", kith_json_new ("name", "s", "Mission Food Bank", "description", "s", "We turn nobody away.", "website", "s",
                                                      "https://food.example.org", "phones", "a", json_array_ref (json_node_get_array (phones)), NULL), NULL));
  g_autoptr (GPtrArray) places = rows_of (json_object_ref (json_array_get_object_element (fake_desktop_list (fixture->desktop, "service-locations"), 0)), NULL);
  g_autoptr (GPtrArray) offered = rows_of (kith_json_new ("name", "s", "Emergency food box", "status", "s", "active", NULL),
                                           kith_json_new ("name", "s", "Diaper bank", "status", "s", "temporarily_closed", NULL));
  KithHandoutFacts facts = { agency, places, "Harbor House", NOW_MS, offered };
  g_autoptr (KithPages) sheet = kith_handout_new_agency (&facts, spanish);
  int unknown;
  g_autofree char *text = print_sheet (sheet, &unknown, NULL);

  g_assert_cmpint (unknown, ==, 0);
  assert_has (text, "Mission Food Bank");
  assert_has (text, "619-555-0111");
  assert_has (text, "food.example.org");
  assert_has (text, "2850 Main Street");
  assert_has (text, "Emergency food box");
  g_assert_null (strstr (text, "Diaper bank"));
  assert_has (text, kith_catalogue_get (spanish, "Services"));
  assert_has (text, kith_catalogue_get (spanish, "Phone"));
}

/* C19: what was agreed with the client stands in the form before anything goes out, whatever their consent says. */
static void
test_agreed (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/refer:" MARIA);
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "kept"));
  fake_agency_restrict (fixture->desktop, MARIA, TRUE);
  pump (100);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "kept"));
  SAYS ("Restriction: Say nothing about her to callers.");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("refer/warm-names-D9", NULL, test_refer_warm_names);
  ADD ("refer/information-agency-D3", NULL, test_refer_information_agency);
  ADD ("refer/unanswered-D4-D9", NULL, test_refer_unanswered);
  ADD ("print/handout-agency-D3", NULL, test_handout_agency);
  ADD ("refer/agreed-C19", NULL, test_agreed);
  return g_test_run ();
}
