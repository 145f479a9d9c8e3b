/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window in which network staff set up the queues (P1, P2): made, named otherwise, looked for among those out of use, used again. */

#include "desk-fixture.h"
#include "board/kith-queues-window.h"

#define HOUSING "9e000000-0000-7000-8000-000000000001"
#define WINTER "9e000000-0000-7000-8000-000000000003" /* out of use */

/* As the store's query has it: those out of use for who asks for them. */
static void
part_queues (Fixture *fixture)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "queues"), *parted = json_array_new ();

  for (guint all = 0; all < 2; all++)
    for (guint i = 0; i < json_array_get_length (rows); i++)
      if (all || kith_json_int (json_array_get_object_element (rows, i), "inactive", 0) == 0)
        {
          g_autofree char *text = kith_json_print_object (json_array_get_object_element (rows, i));
          JsonObject *copy = kith_json_parse_object (text, strlen (text), NULL, NULL);

          json_object_set_string_member (copy, "_arg", all ? "1" : "0");
          json_array_add_object_element (parted, copy);
        }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "queues", parted);
}

static GtkWidget *
open_queues (Fixture *fixture)
{
  GtkWindow *queues;

  part_queues (fixture);
  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "board");
  pump (150);
  g_assert_true (act (fixture, "board.manage"));
  pump (100);
  queues = front_window (fixture);
  g_assert_true (KITH_IS_QUEUES_WINDOW (queues));
  return GTK_WIDGET (queues);
}

/* What stands over the window of the queues, which asks. */
static GtkWidget *
asking (GtkWidget *queues)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (KITH_IS_ASK_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (queues) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* The window's own words above its fields have a name as well. */
static GtkWidget *
field_in (GtkWidget *inside, const char *name)
{
  GtkWidget *found = GTK_IS_EDITABLE (inside) && g_str_equal (gtk_widget_get_name (inside), name) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = field_in (child, name);
  return found;
}

static void
write_into (GtkWidget *queues, const char *name, const char *text)
{
  GtkWidget *entry = field_in (asking (queues), name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
commit (GtkWidget *queues)
{
  gtk_widget_activate_action (asking (queues), "form.commit", NULL);
  pump (100);
}

/* P1: a queue is a named list: without a name it is none, and nothing is sent. */
static void
test_create (Fixture *fixture, gconstpointer data)
{
  GtkWidget *queues = open_queues (fixture), *button = button_of (queues, "_New Queue…");
  JsonObject *args;

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (50);
  g_assert_nonnull (asking (queues));
  g_assert_true (says (asking (queues), "It begins with statuses from “Referred” to “Graduated”"));
  commit (queues);
  g_assert_nonnull (asking (queues));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  write_into (queues, "name", "Legal help");
  write_into (queues, "description", "Papers and evictions");
  commit (queues);
  g_assert_null (asking (queues));
  args = last_submitted (fixture, "queue.create");
  g_assert_cmpstr (kith_json_string (args, "name"), ==, "Legal help");
  g_assert_cmpstr (kith_json_string (args, "description"), ==, "Papers and evictions");
}

/* P2: what it is called now stands there, and what is left alone stays. */
static void
test_rename (Fixture *fixture, gconstpointer data)
{
  GtkWidget *queues = open_queues (fixture);
  JsonObject *args;

  gtk_widget_activate_action (queues, "queues.rename", "(sss)", HOUSING, "Housing", "Beds tonight, rooms and rent");
  pump (50);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (asking (queues), "name"))), ==, "Housing");
  gtk_widget_activate_action (asking (queues), "form.cancel", NULL);
  pump (50);
  g_assert_null (asking (queues));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);

  gtk_widget_activate_action (queues, "queues.rename", "(sss)", HOUSING, "Housing", "Beds tonight, rooms and rent");
  pump (50);
  write_into (queues, "name", "Beds and rooms");
  commit (queues);
  g_assert_null (asking (queues));
  args = last_submitted (fixture, "queue.rename");
  g_assert_cmpstr (kith_json_string (args, "queue"), ==, HOUSING);
  g_assert_cmpstr (kith_json_string (args, "name"), ==, "Beds and rooms");
  g_assert_cmpstr (kith_json_string (args, "description"), ==, "Beds tonight, rooms and rent");
}

/* P2: those out of use are shown when asked for, say so, and can be used again. */
static void
test_inactive (Fixture *fixture, gconstpointer data)
{
  GtkWidget *queues = open_queues (fixture), *again;

  g_assert_true (says (queues, "Housing"));
  g_assert_false (says (queues, "Winter shelter 2025"));
  g_assert_null (button_of (queues, "Use Again"));
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (queues, "inactive")), TRUE);
  pump (150);
  g_assert_true (says (queues, "Housing"));
  g_assert_true (says (queues, "Winter shelter 2025"));
  g_assert_true (says (queues, "0 referrals · 4 statuses · inactive"));
  again = button_of (queues, "Use Again");
  g_assert_nonnull (again);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_signal_emit_by_name (again, "clicked");
  pump (100);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "queue.reactivate"), "queue"), ==, WINTER);
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (queues, "inactive")), FALSE);
  pump (150);
  g_assert_false (says (queues, "Winter shelter 2025"));
}

int
main (int argc, char *argv[])
{
  fixture_begin (&argc, &argv);
  ADD ("queues/create-P1-P2", NULL, test_create);
  ADD ("queues/rename-P2", NULL, test_rename);
  ADD ("queues/inactive-P2", NULL, test_inactive);
  return g_test_run ();
}
