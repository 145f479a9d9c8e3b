/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions that are not wanted any more (P2): retired in plain words, seen, and brought back; what was answered stays. */

#include "desk-fixture.h"
#include "board/kith-queue-forms-window.h"
#include "directory/kith-form-window.h"
#include "widgets/kith-cards.h"

#define HOUSING "9e000000-0000-7000-8000-000000000001"
#define SHARED "f0000000-0000-7000-8000-0000000000c1"   /* asked in Housing and Winter */
#define OF_EVERY "f0000000-0000-7000-8000-0000000000c3" /* asked of every call */
#define RETIRED "f0000000-0000-7000-8000-0000000000c5"
#define OTAY "d0000000-0000-7000-8000-000000000004" /* a service that asks */

static void
set_up_network (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (30);
}

static JsonObject *
row_of (Fixture *fixture, const char *form)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "forms-of-calls");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), form) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static void
set_inactive (Fixture *fixture, const char *form, gboolean inactive)
{
  static const char *const kinds[] = { "form", NULL };

  json_object_set_boolean_member (kith_json_object (row_of (fixture, form), "body"), "inactive", inactive);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
}

/* Reads and does what the menu of a form's line offers. Yours: its words, with bars between them. */
static char *
offered (GtkWidget *window, const char *list, const char *form, const char *choose)
{
  GtkWidget *line = gtk_widget_get_first_child (find_widget (window, list)), *button;
  GMenuModel *menu;
  GString *words = g_string_new (NULL);

  while (line && g_strcmp0 (kith_cards_get_name (line), form) != 0)
    line = gtk_widget_get_next_sibling (line);
  g_assert_nonnull (line);
  button = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (line));
  g_assert_true (GTK_IS_MENU_BUTTON (button));
  gtk_widget_grab_focus (button);
  menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL, *action = NULL;
      g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      g_string_append_printf (words, "%s%s", i > 0 ? "|" : "", label);
      if (g_strcmp0 (label, choose) == 0)
        gtk_widget_activate_action_variant (window, action, target);
    }
  pump (100);
  return g_string_free (words, FALSE);
}

static JsonObject *
last_put (Fixture *fixture)
{
  const char *op;
  JsonObject *args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &op);

  g_assert_cmpstr (op, ==, "form.put");
  return args;
}

static guint
n_queues (JsonObject *args)
{
  return json_array_get_length (kith_json_array (args, "queues"));
}

/* One of several queues, and one of every call: asked nowhere any more, with all else as it was. Its line goes to those that are retired, and the focus with it. */
static void
test_retire (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *form, *offered; guint n_queues; } cases[] = {
    { SHARED, "Change Questions…|Do Not Ask Here|Do Not Ask Any More", 2 },
    { OF_EVERY, "Change Questions…|Do Not Ask Any More", 0 },
  };
  GtkWidget *window = kith_queue_forms_window_new (GTK_WINDOW (fixture->window), fixture->context, HOUSING, "Housing");

  gtk_window_present (GTK_WINDOW (window));
  pump (150);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = offered (window, "asked", cases[i].form, "Do Not Ask Any More");
      GtkWidget *line;

      g_assert_cmpstr (words, ==, cases[i].offered);
      g_assert_cmpstr (kith_json_string (last_put (fixture), "id"), ==, cases[i].form);
      g_assert_true (kith_json_bool (last_put (fixture), "inactive", FALSE));
      g_assert_cmpuint (n_queues (last_put (fixture)), ==, cases[i].n_queues);
      g_assert_cmpuint (json_array_get_length (kith_json_array (last_put (fixture), "questions")), >, 0);
      set_inactive (fixture, cases[i].form, TRUE);
      line = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_LIST_BOX_ROW);
      g_assert_cmpstr (kith_cards_get_name (line), ==, cases[i].form);
      g_assert_true (gtk_widget_get_parent (line) == find_widget (window, "retired"));
    }
  g_assert_nonnull (find_widget (window, "none")); /* nothing is asked here now */
}

/* Brought back here, or for every call: whoever does it says which, since nothing tells what it was. */
static void
test_bring_back (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = kith_queue_forms_window_new (GTK_WINDOW (fixture->window), fixture->context, HOUSING, "Housing");
  g_autofree char *words = NULL, *again = NULL;

  gtk_window_present (GTK_WINDOW (window));
  pump (150);
  words = offered (window, "retired", RETIRED, "Ask Here Again");
  g_assert_cmpstr (words, ==, "Ask Here Again|Ask of Every Call");
  g_assert_false (kith_json_bool (last_put (fixture), "inactive", TRUE));
  g_assert_cmpuint (n_queues (last_put (fixture)), ==, 1);
  again = offered (window, "retired", RETIRED, "Ask of Every Call");
  g_assert_false (kith_json_bool (last_put (fixture), "inactive", TRUE));
  g_assert_cmpuint (n_queues (last_put (fixture)), ==, 0);
  set_inactive (fixture, RETIRED, FALSE);
  g_assert_null (find_widget (window, "retired_group"));
}

static GtkWidget *
open_questions (Fixture *fixture, const char *record)
{
  GtkWidget *window = kith_form_window_new (GTK_WINDOW (fixture->window), fixture->context, "service", record, "Bed");

  gtk_window_present (GTK_WINDOW (window));
  pump (200);
  return window;
}

static void
press (GtkWidget *window)
{
  g_signal_emit_by_name (find_widget (window, "retire"), "clicked");
  pump (30);
}

static const char *
told (GtkWidget *window)
{
  GtkWidget *label = find_widget (window, "shared");

  return label ? gtk_label_get_text (GTK_LABEL (label)) : "";
}

/* What a service asks is retired with Save, and a draft of it is one like any other; opened again it says so and is brought back. What asks nothing yet
 * has nothing to retire. */
static void
test_of_service (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_questions (fixture, OTAY);
  JsonObject *row, *body;
  guint before = fake_desktop_get_n_submitted (fixture->desktop);

  g_assert_cmpstr (told (window), ==, "");
  press (window);
  press (window); /* and thought better of it */
  g_assert_cmpstr (told (window), ==, "");
  press (window);
  g_assert_cmpstr (told (window), ==, "Once you save, these questions are not asked any more. What was answered stays.");
  pump (700);
  g_assert_true (kith_json_bool (fake_desktop_get_draft (fixture->desktop, "form:service:" OTAY), "inactive", FALSE));
  gtk_window_close (GTK_WINDOW (window));
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before);
  window = open_questions (fixture, OTAY);
  g_assert_cmpstr (told (window), ==, "Once you save, these questions are not asked any more. What was answered stays.");
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_true (kith_json_bool (last_put (fixture), "inactive", FALSE));
  g_assert_cmpuint (json_array_get_length (kith_json_array (last_put (fixture), "questions")), ==, 6);
  row = json_array_get_object_element (fake_desktop_list (fixture->desktop, "form-written"), 0);
  body = kith_json_copy_object (kith_json_object (row, "body"));
  json_object_set_boolean_member (body, "inactive", TRUE);
  json_object_set_object_member (row, "body", body);
  window = open_questions (fixture, OTAY);
  g_assert_cmpstr (told (window), ==, "These questions are not asked any more.");
  press (window);
  g_assert_cmpstr (told (window), ==, "Once you save, these questions are asked again.");
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_cmpstr (kith_json_string (last_put (fixture), "id"), ==, "f0000000-0000-7000-8000-0000000000a1"); /* the same, no second one */
  g_assert_false (kith_json_bool (last_put (fixture), "inactive", FALSE));
  window = open_questions (fixture, "d0000000-0000-7000-8000-000000000001");
  g_assert_null (find_widget (window, "retire"));
}

#define ADD_NETWORK(path, func) g_test_add ("/retired/" path, Fixture, NULL, set_up_network, func, tear_down)

int
main (int argc, char *argv[])
{
  fixture_begin (&argc, &argv);
  ADD_NETWORK ("retire-P2", test_retire);
  ADD_NETWORK ("bring-back-P2", test_bring_back);
  ADD_NETWORK ("of-service-P2", test_of_service);
  return g_test_run ();
}
