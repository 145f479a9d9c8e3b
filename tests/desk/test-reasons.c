/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the network calls the reasons to decline and the outcomes, from the window in which its staff say so to the lists others choose from and what is
 * shown of it afterwards (domain.md 2f). */

#include "board/kith-reasons-window.h"
#include "desk-fixture.h"
#include "kith-id.h"
#include "referrals/kith-reason-window.h"

#define CLOSED "Wait list closed for the season"
#define CLOSED_ID "9f000000-0000-7000-8000-000000000002"
#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define IN_WORK "inbox/e0000000-0000-7000-8000-000000000006"
#define WAITING "inbox/e0000000-0000-7000-8000-000000000001"

static GtkWidget *
row_called (GtkWidget *inside, const char *title)
{
  GtkWidget *found = ADW_IS_ACTION_ROW (inside) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (inside)), title) == 0 ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = row_called (child, title);
  return found;
}

static GtkWidget *
menu_in (GtkWidget *inside)
{
  GtkWidget *found = GTK_IS_MENU_BUTTON (inside) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = menu_in (child);
  return found;
}

static guint
n_saying (GtkWidget *widget, const char *words)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += n_saying (child, words);
  return n;
}

static void
choose (Fixture *fixture, const char *title)
{
  GtkWidget *window = GTK_WIDGET (front_window (fixture)), *row = row_called (window, title);

  g_assert_true (KITH_IS_REASON_WINDOW (window));
  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  commit_front (fixture);
  pump (50);
}

/* The window's; opened from that of the queues, as its button does. */
static GtkWidget *
open_reasons (Fixture *fixture)
{
  g_autoptr (GList) windows = NULL;
  GtkWidget *found = NULL;

  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "board");
  pump (200);
  act (fixture, "board.manage");
  pump (50);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "queues.reasons", NULL));
  pump (100);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (KITH_IS_REASONS_WINDOW (l->data))
      found = l->data;
  g_assert_nonnull (found);
  return found;
}

static GtkWindow *
window_over (GtkWidget *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (window) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* The item of that name in the menu beside a row: its action and what it is of. */
static gboolean
do_item (GtkWidget *window, const char *title, const char *item)
{
  GtkWidget *row = row_called (window, title), *button = row ? menu_in (row) : NULL;
  GMenuModel *menu = button ? gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) : NULL;

  for (int i = 0; menu && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL, *action = NULL;
      g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      if (g_strcmp0 (label, item) != 0)
        continue;
      g_assert_true (gtk_widget_activate_action_variant (button, action, target));
      pump (100);
      return TRUE;
    }
  return FALSE;
}

static void
assert_args (JsonObject *args, const char *id, const char *list, const char *code, const char *name, gboolean retired, gint64 seen)
{
  if (id)
    g_assert_cmpstr (kith_json_string (args, "id"), ==, id);
  g_assert_cmpstr (kith_json_string (args, "list"), ==, list);
  g_assert_cmpstr (kith_json_string (args, "code"), ==, code);
  g_assert_cmpstr (kith_json_string (args, "name"), ==, name);
  g_assert_true (kith_json_bool (args, "retired", FALSE) == retired);
  g_assert_cmpint (kith_json_int (args, "seen", -1), ==, seen);
}

/* 2f: what there is, what it counts as, and what of it is not offered. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_reasons (fixture);

  g_assert_true (says (row_called (window, "No capacity"), "Due to the service"));
  g_assert_true (says (row_called (window, "Client declined"), "Due to the client"));
  g_assert_true (says (row_called (window, CLOSED), "Counts as “No capacity”"));
  g_assert_true (says (row_called (window, "Not in our county"), "Kith’s “Outside the service area”"));
  g_assert_null (row_called (window, "Outside the service area"));
  g_assert_true (says (row_called (window, "Barred from the building"), "Not offered"));
  g_assert_true (says (row_called (window, "Housed"), "Resolved"));
  g_assert_true (says (row_called (window, "Found their own place"), "Not resolved"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* 2f: added words, another name, offered no more and again: each with what was seen. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *no_capacity = kith_id_natural ("reason_term", "decline_reason:no_capacity");
  GtkWidget *window = open_reasons (fixture), *ask;

  g_assert_true (do_item (window, "No capacity", "Add Words for It…"));
  ask = GTK_WIDGET (window_over (window));
  g_assert_true (KITH_IS_ASK_WINDOW (ask));
  g_assert_true (says (ask, "counts as “No capacity”, for good"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (ask, "name")), "Beds under repair");
  gtk_widget_activate_action (ask, "form.commit", NULL);
  pump (100);
  assert_args (last_submitted (fixture, "reason.put"), NULL, "decline_reason", "no_capacity", "Beds under repair", FALSE, 0);
  g_assert_true (kith_id_is_valid (kith_json_string (last_submitted (fixture, "reason.put"), "id")));
  g_assert_false (kith_id_is_computed (kith_json_string (last_submitted (fixture, "reason.put"), "id")));

  g_assert_true (do_item (window, CLOSED, "Rename…"));
  ask = GTK_WIDGET (window_over (window));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (ask, "name"))), ==, CLOSED);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (ask, "name")), "Closed until spring");
  gtk_widget_activate_action (ask, "form.commit", NULL);
  pump (100);
  assert_args (last_submitted (fixture, "reason.put"), CLOSED_ID, "decline_reason", "no_capacity", "Closed until spring", FALSE, 1);

  g_assert_true (do_item (window, CLOSED, "Stop Offering"));
  assert_args (last_submitted (fixture, "reason.put"), CLOSED_ID, "decline_reason", "no_capacity", CLOSED, TRUE, 1);
  g_assert_true (do_item (window, "No capacity", "Stop Offering"));
  assert_args (last_submitted (fixture, "reason.put"), no_capacity, "decline_reason", "no_capacity", NULL, TRUE, 0);
  g_assert_true (do_item (window, "Not in our county", "Use Kith’s Own Words"));
  assert_args (last_submitted (fixture, "reason.put"), NULL, "decline_reason", "outside_area", NULL, FALSE, 1);
  g_assert_false (do_item (window, "No capacity", "Use Kith’s Own Words"));
  g_assert_false (do_item (window, "Other", "Stop Offering"));
  g_assert_true (gtk_widget_activate_action (window, "reasons.offer", "(sssssi)", "9f000000-0000-7000-8000-000000000003", "decline_reason", "safety",
                                             "Barred from the building", "Safety", 2));
  pump (50);
  assert_args (last_submitted (fixture, "reason.put"), "9f000000-0000-7000-8000-000000000003", "decline_reason", "safety", "Barred from the building", FALSE, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* 2f: who declines is offered what the network has, with whose side it is; the code goes with the entry and its words. */
static void
test_decline (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  JsonObject *args;

  open_place (fixture, WAITING);
  pump (200);
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  window = GTK_WIDGET (front_window (fixture));
  g_assert_true (says (row_called (window, CLOSED), "Counts as “No capacity”"));
  g_assert_true (says (row_called (window, CLOSED), "Due to the service"));
  g_assert_true (says (row_called (window, "Unable to contact"), "Due to the client"));
  g_assert_null (row_called (window, "Barred from the building"));
  g_assert_null (row_called (window, "Housed"));
  choose (fixture, CLOSED);
  args = last_submitted (fixture, "referral.decline");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "no_capacity");
  g_assert_cmpstr (kith_json_string (args, "reason_term"), ==, CLOSED_ID);
  g_assert_cmpstr (kith_json_string (args, "term_name"), ==, CLOSED);
}

/* 2f: one of Kith's own by its name here, and one that has no other. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, WAITING);
  pump (200);
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  choose (fixture, "Not in our county");
  args = last_submitted (fixture, "referral.decline");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "outside_area");
  g_assert_cmpstr (kith_json_string (args, "term_name"), ==, "Not in our county");
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, WAITING);
  pump (200);
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  choose (fixture, "No capacity");
  args = last_submitted (fixture, "referral.decline");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "no_capacity");
  g_assert_false (json_object_has_member (args, "reason_term"));
  g_assert_false (json_object_has_member (args, "term_name"));
}

/* 2f: what was chosen before the network's words came, or while one was renamed, stays chosen; what was typed too. */
static void
test_arrives (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "reason_term", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "reason-terms");
  GtkWidget *row;

  open_place (fixture, WAITING);
  pump (200);
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  row = row_called (GTK_WIDGET (front_window (fixture)), CLOSED);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  json_object_set_string_member (json_array_get_object_element (rows, 1), "name", "Closed until spring");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  g_assert_null (row_called (GTK_WIDGET (front_window (fixture)), CLOSED));
  commit_front (fixture);
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.decline"), "reason_term"), ==, CLOSED_ID);
}

/* 2f: resolved and not, in two parts; the entry goes with the outcome. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  GtkWidget *window;

  open_place (fixture, "cases/" A_CASE);
  pump (200);
  g_assert_true (act (fixture, "case.close"));
  pump (100);
  window = GTK_WIDGET (front_window (fixture));
  g_assert_true (says (window, "Resolved"));
  g_assert_true (says (window, "Not resolved"));
  choose (fixture, "Housed");
  args = last_submitted (fixture, "case.close");
  g_assert_cmpstr (kith_json_string (args, "outcome"), ==, "need_met");
  g_assert_cmpstr (kith_json_string (args, "reason_term"), ==, "9f000000-0000-7000-8000-000000000004");
  g_assert_cmpstr (kith_json_string (args, "term_name"), ==, "Housed");
}

/* 2f: afterwards it is told as it was said, whatever it is called by now. */
static void
test_told (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", "referral_event", "case", "case_event", NULL };
  JsonArray *events = fake_desktop_list (fixture->desktop, "referral-events"), *timeline = fake_desktop_list (fixture->desktop, "case-timeline");

  for (guint i = 0; i < json_array_get_length (events); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (events, i), "id"), "ev-25-1") == 0)
      json_object_set_string_member (json_array_get_object_element (events, i), "term_name", "Clinic closed");
  for (guint i = 0; i < json_array_get_length (timeline); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (timeline, i), "id"), "ce060002-0000-7000-8000-000000000000") == 0)
      json_object_set_string_member (json_array_get_object_element (timeline, i), "term_name", "Rent paid");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000025");
  pump (200);
  g_assert_cmpuint (n_saying (GTK_WIDGET (fixture->window), "Declined: Clinic closed"), ==, 2); /* the card and the timeline */
  g_assert_false (says (GTK_WIDGET (fixture->window), "Declined: No capacity"));
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000071");
  pump (200);
  SAYS ("Closed: Could not contact"); /* in no words of the network's */
  open_place (fixture, "cases/ca000000-0000-7000-8000-000000000006");
  pump (200);
  SAYS ("Closed: Rent paid");
}

/* Somebody else names another one: whoever has the menu of this one open keeps it, though the new one stands above it. */
static void
test_menu_stays (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "reason_term", NULL };
  GtkWidget *window = open_reasons (fixture), *menu = menu_in (row_called (window, CLOSED));
  JsonObject *added = kith_json_new ("id", "s", "9f000000-0000-7000-8000-0000000000a1", "list", "s", "decline_reason", "code", "s", "no_capacity", "name", "s",
                                     "All beds are taken", "version", "i", G_GINT64_CONSTANT (1), NULL);
  JsonArray *rows = fake_desktop_list (fixture->desktop, "reason-terms"), *all = json_array_new ();

  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  pump (50);
  json_array_add_object_element (all, added);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    json_array_add_object_element (all, json_object_ref (json_array_get_object_element (rows, i)));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "reason-terms", all);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  for (guint i = 0; i < 40 && !says (window, "All beds are taken"); i++)
    pump (50);
  g_assert_true (says (window, "All beds are taken"));
  g_assert_true (menu_in (row_called (window, CLOSED)) == menu);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
}

/* Escape leaves the window from where one types, as from anywhere in it: the entry alone would keep it to itself. */
static void
test_escape (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, WAITING);
  pump (200);
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  g_assert_true (KITH_IS_REASON_WINDOW (front_window (fixture)));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "search")), "no cap");
  g_signal_emit_by_name (in_front (fixture, "search"), "stop-search");
  pump (100);
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

/* A status is typed at once, as a reason is, however few there are: what is typed is no note for the sender. */
static void
test_status (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, IN_WORK);
  pump (200);
  g_assert_true (act (fixture, "referral.status"));
  pump (100);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (front_window (fixture))), in_front (fixture, "search")));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "search")), "in serv");
  g_signal_emit_by_name (in_front (fixture, "search"), "activate");
  pump (100);
  args = last_submitted (fixture, "referral.set_status");
  g_assert_cmpstr (kith_json_string (args, "phase"), ==, "in_service");
  g_assert_null (kith_json_string (args, "text"));
}

/* Enter with nothing typed and nothing chosen declines nobody. */
static void
test_enter_alone (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "inbox");
  g_assert_true (act (fixture, "referral.decline"));
  g_signal_emit_by_name (in_front (fixture, "search"), "activate");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Choose one of the list."));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("reasons/2f-list", NULL, test_list);
  ADD ("reasons/2f-changes", NULL, test_changes);
  ADD ("reasons/2f-menu-stays", NULL, test_menu_stays);
  ADD ("reasons/2f-decline", NULL, test_decline);
  ADD ("reasons/2f-own", NULL, test_own);
  ADD ("reasons/2f-plain", NULL, test_plain);
  ADD ("reasons/2f-arrives", NULL, test_arrives);
  ADD ("reasons/2f-close", NULL, test_close);
  ADD ("reasons/2f-told", NULL, test_told);
  ADD ("reasons/escape", NULL, test_escape);
  ADD ("reasons/status", NULL, test_status);
  ADD ("reasons/enter-alone", NULL, test_enter_alone);
  return g_test_run ();
}
