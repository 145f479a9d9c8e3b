/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Capacity: numbers changed, confirmed, described and planned (P4, P5). */

#include "desk-fixture.h"
#include "capacity/kith-capacity-row.h"
#include "widgets/kith-action-strip.h"

#define SHELTER "d0000000-0000-7000-8000-000000000007"

static KithCapacityRow *
row_of (Fixture *fixture, const char *title)
{
  GtkListBox *rows = GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "rows"));

  for (int i = 0; gtk_list_box_get_row_at_index (rows, i); i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (rows, i))), title))
      return KITH_CAPACITY_ROW (gtk_list_box_get_row_at_index (rows, i));
  g_error ("no row %s", title);
}

static const char *
subtitle (KithCapacityRow *row)
{
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row));
}

/* A changed number is nobody's before it is saved. */
static void
test_change (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;
  JsonObject *args;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  g_assert_nonnull (strstr (subtitle (row), "not confirmed today"));
  g_assert_nonnull (strstr (subtitle (row), "by Ana Delgado"));
  g_assert_nonnull (strstr (subtitle (row), "2 held"));
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.less"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_nonnull (strstr (subtitle (row), "Not saved yet, was 4"));
  g_assert_true (kith_capacity_row_save (row));
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, SHELTER);
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "bed");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 3);
}

/* More than there can be is said while it is typed, and is not saved. */
static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  kith_capacity_row_type (row, "99"); /* not taken over yet */
  g_assert_nonnull (strstr (subtitle (row), "At most 16 can be free: there are 18, of which 2 are kept back"));
  g_assert_true (kith_capacity_row_save (row));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  kith_capacity_row_type (row, "16");
  g_assert_null (strstr (subtitle (row), "At most"));
  g_assert_true (kith_capacity_row_save (row));
  g_assert_cmpint (kith_json_int (last_submitted (fixture, "capacity.observe"), "free", -1), ==, 16);
}

/* Which day it is goes by the agency's clock, as everything else of its week: this computer may stand elsewhere. */
static void
test_today_there (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "capacity", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "capacity-own");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_strcmp0 (kith_json_string (row, "name"), "Family shelter") != 0)
        continue;
      json_object_set_string_member (row, "observed_at", "2026-11-20T03:00:00.000Z"); /* the evening before in San Diego */
      open_place (fixture, "capacity");
      g_signal_emit_by_name (fixture->desktop, "changed", kinds);
      pump (200);
      g_assert_null (strstr (subtitle (row_of (fixture, "Family shelter")), "not confirmed today"));
      json_object_set_string_member (row, "time_zone", "America/Los_Angeles");
    }
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "not confirmed today"));
}

/* A number that was stepped or typed and not saved outlives a lock, and says so; saved, it is no draft any more. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  static const char *const key = "capacity:ca900000-0000-7000-8000-000000000001";
  static const char *const kinds[] = { "capacity", NULL };
  JsonObject *counted;
  KithCapacityRow *row;

  for (guint typed = 0; typed < 2; typed++)
    {
      open_place (fixture, "capacity");
      row = row_of (fixture, "Family shelter");
      gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
      if (typed)
        kith_capacity_row_type (row, "9");
      else
        act (fixture, "capacity.less");
      kith_window_lock (fixture->window);
      pump (100);
      kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
      pump (300);
      row = row_of (fixture, "Family shelter");
      g_assert_nonnull (strstr (subtitle (row), "Not saved yet, was 4"));
      g_assert_cmpint (kith_json_int (fake_desktop_get_draft (fixture->desktop, key), "free", -1), ==, typed ? 9 : 3);
      g_assert_true (kith_capacity_row_save (row));
      g_assert_cmpint (kith_json_int (last_submitted (fixture, "capacity.observe"), "free", -1), ==, typed ? 9 : 3);
      counted = json_array_get_object_element (fake_desktop_list (fixture->desktop, "capacity-own"), 0);
      json_object_set_string_member (counted, "free", typed ? "9" : "3");
      g_signal_emit_by_name (fixture->desktop, "changed", kinds);
      pump (200);
      g_assert_null (strstr (subtitle (row), "Not saved yet"));
      g_assert_null (fake_desktop_get_draft (fixture->desktop, key));
      json_object_set_string_member (counted, "free", "4");
      g_signal_emit_by_name (fixture->desktop, "changed", kinds);
      pump (100);
    }
}

/* Whoever signs out of the session need not close the window first; it may go on, and nothing is closed. */
static void
test_draft_at_sign_out (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  kith_capacity_row_type (row, "9");
  g_signal_emit_by_name (gtk_window_get_application (GTK_WINDOW (fixture->window)), "query-end");
  g_assert_cmpint (kith_json_int (fake_desktop_get_draft (fixture->desktop, "capacity:ca900000-0000-7000-8000-000000000001"), "free", -1), ==, 9);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (row)));
}

/* What was left unsaved does not come back over a newer count, nor on another day: Enter would publish it. */
static void
test_draft_over (Fixture *fixture, gconstpointer data)
{
  static const char *const key = "capacity:ca900000-0000-7000-8000-000000000001";
  JsonObject *counted = json_array_get_object_element (fake_desktop_list (fixture->desktop, "capacity-own"), 0);
  KithCapacityRow *row;

  for (guint later = 0; later < 2; later++)
    {
      open_place (fixture, "capacity");
      row = row_of (fixture, "Family shelter");
      gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
      act (fixture, "capacity.less");
      kith_window_lock (fixture->window);
      pump (100);
      g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, key));
      if (later)
        json_object_set_int_member (fake_desktop_get_draft (fixture->desktop, key), "at", kith_context_get_now (fixture->context) - 2 * G_GINT64_CONSTANT (86400000));
      else
        {
          json_object_set_string_member (counted, "free", "8");
          json_object_set_string_member (counted, "observed_at", "2026-11-20T07:00:00.000Z");
        }
      kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
      pump (300);
      row = row_of (fixture, "Family shelter");
      g_assert_null (strstr (subtitle (row), "Not saved yet"));
      g_assert_false (kith_capacity_row_save (row));
      g_assert_null (fake_desktop_get_draft (fixture->desktop, key));
    }
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

/* All that nobody confirmed today, as it stands; what is just being changed is left alone. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;
  JsonObject *args;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  act (fixture, "capacity.more");
  g_assert_true (act (fixture, "capacity.same"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* Rental assistance was counted this morning */
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "household");
  g_assert_cmpint (kith_json_int (args, "free", -1), ==, 0);
  g_assert_cmpstr (kith_json_string (args, "status"), ==, "waitlist"); /* full with a wait list stays so */
  g_assert_true (kith_capacity_row_is_changed (row));
}

static JsonObject *
own (Fixture *fixture, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (fake_desktop_get_data (fixture->desktop), "capacity-own"), i);
}

/* The page may be there already. */
static void
tell_changed (Fixture *fixture)
{
  static const char *const kinds[] = { "capacity", "hold", NULL };

  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
}

/* P5: a note is no count. What was changed is sent and nothing else: a number of an hour ago would give back a place that was taken meanwhile,
 * and a line the window did not know of would be emptied. */
static void
test_edit (Fixture *fixture, gconstpointer data)
{
  static const char *const untouched[] = { "free", "status", "maximum", "reserved", "target_group", "per_referral", "observed_at" };
  JsonObject *args;

  open_place (fixture, "capacity");
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "2 more kept back"));
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.edit"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "note")), "");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.observe");
  g_assert_true (json_object_get_null_member (args, "note")); /* emptied: it no longer holds */
  for (guint i = 0; i < G_N_ELEMENTS (untouched); i++)
    g_assert_false (json_object_has_member (args, untouched[i]));

  act (fixture, "capacity.edit");
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "free")), "5");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reserved")), "");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpint (kith_json_int (args, "free", 0), ==, 5);
  g_assert_true (json_object_get_null_member (args, "reserved"));
  g_assert_false (json_object_has_member (args, "status"));
}

/* Nothing was changed: nothing is said. */
static void
test_edit_nothing (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "capacity");
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  act (fixture, "capacity.edit");
  pump (100);
  save_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_null (front_window (fixture));
}

/* "Open", how much nobody said: that is no nought, and nought can be said. */
static void
test_no_number (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;

  json_object_remove_member (own (fixture, 0), "free");
  tell_changed (fixture);
  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  g_assert_false (kith_capacity_row_is_changed (row));
  g_assert_true (act (fixture, "capacity.same"));
  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i, NULL);

      g_assert_true (json_object_has_member (args, "free") == !g_str_equal (kith_json_string (args, "unit"), "bed"));
    }
  kith_capacity_row_type (row, "0");
  g_assert_true (kith_capacity_row_save (row));
  g_assert_cmpint (kith_json_int (last_submitted (fixture, "capacity.observe"), "free", -1), ==, 0);
}

static GtkWidget *button_of (GtkWidget *widget, const char *label);

/* P9: an account that may look only is offered nothing else. */
static void
test_look_only (Fixture *fixture, gconstpointer data)
{
  static const char *const acts[] = { "capacity.more", "capacity.same", "capacity.edit", "capacity.plan", "capacity.stop" };

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_place (fixture, "capacity");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (fixture->window), "summary"))), "may look"));
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    act (fixture, acts[i]);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row_of (fixture, "Family shelter")), TRUE);
  pump (300);
  g_assert_null (button_of (GTK_WIDGET (fixture->window), "_Edit…"));
  g_assert_null (button_of (GTK_WIDGET (fixture->window), "_Cancel Plan"));
  g_assert_null (button_of (GTK_WIDGET (fixture->window), "Start Counting…"));
  g_assert_null (button_of (GTK_WIDGET (fixture->window), "_Same as Before"));
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

/* ux.md 2.1: a count that waits to be sent says so, and one the hub did not take stands beside the hub's number until that is decided. */
static void
test_unsent (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "capacity");
  g_assert_null (strstr (subtitle (row_of (fixture, "Family shelter")), "not sent yet"));
  json_object_set_int_member (own (fixture, 0), "pending", 1);
  tell_changed (fixture);
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "4 of 18 beds free · not sent yet"));
  g_assert_null (strstr (subtitle (row_of (fixture, "Rental assistance")), "not sent yet"));
  json_object_set_int_member (own (fixture, 0), "pending", 0);
  json_object_set_string_member (own (fixture, 0), "refused_free", "7");
  tell_changed (fixture);
  g_assert_null (strstr (subtitle (row_of (fixture, "Family shelter")), "not sent yet"));
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "4 of 18 beds free · your 7 was not taken, see Needs Attention"));
}

/* domain.md 2h: an agency says that an assessment comes first, or that the places are for one; whoever may only look reads it too (P9). */
static void
test_assessment (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  GtkWidget *row;

  open_place (fixture, "capacity");
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "4 of 18 beds free"));
  g_assert_null (strstr (subtitle (row_of (fixture, "Family shelter")), "call first"));
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  act (fixture, "capacity.edit");
  pump (100);
  row = in_front (fixture, "assess_first");
  gtk_switch_set_active (GTK_SWITCH (GTK_IS_SWITCH (row) ? row : adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))), TRUE);
  save_front (fixture);
  args = last_submitted (fixture, "capacity.observe");
  g_assert_true (kith_json_bool (args, "assess_first", FALSE));
  g_assert_false (json_object_has_member (args, "free"));
  g_assert_false (json_object_has_member (args, "kind"));

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  json_object_set_int_member (own (fixture, 0), "assess_first", 1);
  tell_changed (fixture);
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "4 of 18 beds free, call first"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row_of (fixture, "Family shelter")), TRUE);
  pump (300);
  g_assert_true (says (GTK_WIDGET (row_of (fixture, "Family shelter")), "Call first: an assessment is needed before somebody can have a place."));
  json_object_set_string_member (own (fixture, 0), "kind", "assess");
  tell_changed (fixture);
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Family shelter")), "4 of 18 beds free, for an assessment"));
  json_object_set_string_member (own (fixture, 0), "status", "none");
  json_object_set_string_member (own (fixture, 0), "free", "0");
  tell_changed (fixture);
  g_assert_null (strstr (subtitle (row_of (fixture, "Family shelter")), "assessment")); /* full is full */
}

static GtkWidget *
label_of (GtkWidget *inside, const char *text)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && gtk_widget_get_mapped (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), text) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = label_of (child, text);
  return found;
}

/* Where a service is looked for, and in the form once it is chosen. A place says nothing of who may have it. */
static void
test_assessment_found (Fixture *fixture, gconstpointer data)
{
  static const char *const bed = "d0000000-0000-7000-8000-000000000004";
  JsonArray *services = fake_desktop_list (fixture->desktop, "services-all"), *counts = fake_desktop_list (fixture->desktop, "capacity-of");
  GtkWidget *place, *row, *phone;

  for (guint i = 0; i < json_array_get_length (services); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (services, i), "id"), bed) == 0)
      json_object_set_int_member (json_array_get_object_element (services, i), "assess", 1);
  json_array_add_object_element (counts, kith_json_new ("id", "s", "ca9b0000-0000-7000-8000-000000000001", "_arg", "s", bed, "unit", "s", "bed", "status", "s", "open", "free", "s", "3", "observed_at",
                                                        "s", "2026-11-20T07:42:00.000Z", "assess_first", "i", (gint64) 1, "phones", "s", "[{\"number\":\"6195550177\"}]", NULL));
  open_place (fixture, "clients/refer:" MARIA);
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "Emergency overnight bed");
  pump (400);
  g_assert_true (says (place, "3 free, call first, counted 07:42"));
  row = gtk_widget_get_first_child (find_widget (place, "list"));
  while (row && !says (row, "call first"))
    row = gtk_widget_get_next_sibling (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  pump (400);
  SAYS ("Call first: an assessment is needed before somebody can have a place.");
  phone = label_of (GTK_WIDGET (fixture->window), "(619) 555-0177"); /* whom, and it can be copied */
  g_assert_nonnull (phone);
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (phone)));
  SAYS ("A free place does not mean that somebody is eligible.");
}

/* A number for this week says nothing of the next. It is Friday, 20 November. */
static void
test_over (Fixture *fixture, gconstpointer data)
{
  json_object_set_string_member (own (fixture, 1), "observed_at", "2026-11-13T08:02:00.000Z");
  tell_changed (fixture);
  open_place (fixture, "capacity");
  g_assert_null (strstr (subtitle (row_of (fixture, "Rental assistance")), "This week"));
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Rental assistance")), "until 15"));
  g_assert_nonnull (strstr (subtitle (row_of (fixture, "Rental assistance")), "not confirmed since"));
}

/* P4: what was left of last week's openings is not what this week has: it is not confirmed with the others. All there are is proposed, and is
 * nobody's before Enter. */
static void
test_same_over (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;

  json_object_set_string_member (own (fixture, 1), "observed_at", "2026-11-13T08:02:00.000Z");
  json_object_set_string_member (own (fixture, 1), "free", "0");
  json_object_set_string_member (own (fixture, 1), "maximum", "5");
  tell_changed (fixture);
  open_place (fixture, "capacity");
  row = row_of (fixture, "Rental assistance");
  g_assert_true (act (fixture, "capacity.same"));
  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, i, NULL), "unit"), !=, "slot");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2); /* the two that are for no time */
  g_assert_true (says (GTK_WIDGET (fixture->window), "2 numbers confirmed. 1 number was for a time that is over.")); /* neither hides the other */
  g_assert_nonnull (strstr (subtitle (row), "Not saved yet, was 0"));
  g_assert_true (kith_capacity_row_save (row));
  g_assert_cmpint (kith_json_int (last_submitted (fixture, "capacity.observe"), "free", -1), ==, 5);
}

/* Another unit beside the one there is, and one that is given up. */
static void
test_units (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "capacity");
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.other"));
  pump (100);
  g_assert_nonnull (front_window (fixture));
  gtk_window_destroy (front_window (fixture));
  pump (50);
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.stop"));
  args = last_submitted (fixture, "capacity.stop");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, SHELTER);
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "bed");
}

/* Sync.md 2.5: a place that became free is kept for whoever has waited longest, by one key or by name; one that is held is given back or taken up. */
static void
test_hold (Fixture *fixture, gconstpointer data)
{
  KithCapacityRow *row;

  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  g_assert_nonnull (strstr (subtitle (row), "2 wait for a place"));
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.hold"));
  pump (100);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "hold.place"), "referral"), ==, "e0000000-0000-7000-8000-000000000031");
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  pump (300);
  g_signal_emit_by_name (button_of (GTK_WIDGET (row), "_Give Back"), "clicked");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "hold.release"), "referral"), ==, "e0000000-0000-7000-8000-000000000002");
  g_signal_emit_by_name (button_of (GTK_WIDGET (row), "_Taken Up"), "clicked");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "hold.convert"), "referral"), ==, "e0000000-0000-7000-8000-000000000002");
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "capacity");
  gtk_widget_child_focus (GTK_WIDGET (row_of (fixture, "Family shelter")), GTK_DIR_TAB_FORWARD);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row_of (fixture, "Family shelter")), TRUE);
  pump (100);
  SAYS ("Monday, Tuesday, Wednesday, Thursday, Friday, 08:00: 6 free · Families first · planned by Ana Delgado"); /* P5; who planned it */
  g_assert_true (act (fixture, "capacity.plan"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "planned_on")), "2026-12-24");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "free")), "9");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.schedule");
  g_assert_cmpstr (kith_json_string (args, "planned_on"), ==, "2026-12-24");
  g_assert_cmpstr (kith_json_string (args, "hour"), ==, "08:00");
  g_assert_cmpint (kith_json_int (args, "free", 0), ==, 9);
  g_assert_nonnull (kith_json_string (args, "id"));
}

/* What is behind a number: plans that can be cancelled, who holds, what was counted. */
static void
test_story (Fixture *fixture, gconstpointer data)
{
  JsonObject *count = json_array_get_object_element (fake_desktop_list (fixture->desktop, "capacity-counts"), 0);
  KithCapacityRow *row;

  json_object_set_string_member (count, "maximum", "20");
  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  pump (300);
  g_assert_true (says (GTK_WIDGET (row), " · 20 in all · ")); /* sync.md 2.5, I14: who said otherwise how many there are is read there */
  /* P4: a plan that was cancelled is history, with who did it and when; another unit's stands with that unit. */
  g_assert_true (says (GTK_WIDGET (row), "07:00: 9 free · planned by Marcus Reed · cancelled 12 Nov"));
  g_assert_true (says (GTK_WIDGET (row), "by Ana Delgado"));
  g_assert_false (says (GTK_WIDGET (row), "07:30"));
  g_signal_emit_by_name (button_of (GTK_WIDGET (row), "_Cancel Plan"), "clicked");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "capacity.cancel"), "plan"), ==, "ca920000-0000-7000-8000-000000000001");
}

/* No list ends in silence: how many there are stands at its end, and more come when they are asked for. */
static void
test_story_more (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *query, *arg, *more; guint n; } lists[] = {
    { "capacity-holds", "ca900000-0000-7000-8000-000000000001", "Show More (20 of 60)", 60 }, { "capacity-waiting", SHELTER, "Show More (20 of 70)", 70 },
    { "capacity-counts", "ca900000-0000-7000-8000-000000000001", "Show More (20 of 400)", 400 },
  };
  KithCapacityRow *row;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *rows = json_array_new ();

      for (guint k = 0; k < lists[i].n; k++)
        {
          g_autofree char *id = g_strdup_printf ("ca9a0000-0000-7000-8000-0000000%u%04u", i, k), *number = g_strdup_printf ("HA-9%u%03u", i, k);

          json_array_add_object_element (rows, kith_json_new ("id", "s", id, "_arg", "s", lists[i].arg, "number", "s", number, "referral", "s", id, "placed_at", "s", "2026-11-19T18:00:00.000Z",
                                                              "since", "s", "2026-11-19T18:00:00.000Z", "observed_at", "s", "2026-11-18T08:00:00.000Z", "free", "s", "2", "by_name", "s", "Ana Delgado", NULL));
        }
      json_object_set_array_member (fake_desktop_get_data (fixture->desktop), lists[i].query, rows);
    }
  open_place (fixture, "capacity");
  row = row_of (fixture, "Family shelter");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  pump (400);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_true (says (GTK_WIDGET (row), lists[i].more));
  g_assert_true (says (GTK_WIDGET (row), "HA-90019"));
  g_assert_false (says (GTK_WIDGET (row), "HA-90020"));
  g_assert_true (says (GTK_WIDGET (row), "The last 400 counts")); /* those before them are not told */
  g_signal_emit_by_name (button_of (GTK_WIDGET (row), "Show More (20 of 60)"), "clicked");
  pump (400);
  g_assert_true (says (GTK_WIDGET (row), "HA-90039"));
  g_assert_true (says (GTK_WIDGET (row), "Show More (40 of 60)"));
}

#define WAITS "e0000000-0000-7000-8000-000000000007"

static const char *
place_words (Fixture *fixture)
{
  GtkWidget *label = find_widget (GTK_WIDGET (fixture->window), "place-words");

  return label ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

/* What is asked of the store comes by and by. */
static void
assert_place (Fixture *fixture, const char *words)
{
  for (int i = 0; i < 400 && !(place_words (fixture) && strstr (place_words (fixture), words)); i++)
    pump (50);
  g_assert_cmpstr (place_words (fixture), !=, NULL);
  g_assert_nonnull (strstr (place_words (fixture), words));
}

/* What can be done follows what is there. */
static void
assert_act (Fixture *fixture, const char *action, const char *op)
{
  for (int i = 0; i < 400 && !act (fixture, action); i++)
    pump (50);
  last_submitted (fixture, op);
}

static JsonObject *
place_of (Fixture *fixture, const char *referral)
{
  JsonArray *rows = json_object_get_array_member (fake_desktop_get_data (fixture->desktop), "referral-place");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), referral))
      return json_array_get_object_element (rows, i);
  json_array_add_object_element (rows, kith_json_new ("id", "s", referral, "_arg", "s", referral, "counted", "i", (gint64) 1, NULL));
  return json_array_get_object_element (rows, json_array_get_length (rows) - 1);
}

static void
add_record (Fixture *fixture, const char *kind, const char *id, JsonObject *body)
{
  JsonObject *data = fake_desktop_get_data (fixture->desktop);

  if (!json_object_has_member (data, "records"))
    json_object_set_array_member (data, "records", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (data, "records"), kith_json_new ("kind", "s", kind, "id", "s", id, "body", "o", body, NULL));
}

/* Sync.md 2.5: the referral's page says what is known of its place, and keeps one, until the hub answers "asked for, not confirmed". */
static void
test_referral (Fixture *fixture, gconstpointer data)
{
  add_record (fixture, "capacity", "ca990000-0000-7000-8000-000000000001",
              kith_json_new ("service", "s", "d0000000-0000-7000-8000-000000000001", "unit", "s", "bed", "per_referral", "b", TRUE, "free", "i", (gint64) 1, NULL));
  open_place (fixture, "inbox/" WAITS);
  pump (200);
  assert_place (fixture, "1 place is free now");
  assert_act (fixture, "referral.hold-place", "hold.place");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "hold.place"), "referral"), ==, WAITS);
  json_object_set_string_member (place_of (fixture, WAITS), "asked", "hold.place");
  tell_changed (fixture);
  assert_place (fixture, "A place is asked for, not confirmed yet.");

  /* The hub has kept it. */
  json_object_remove_member (place_of (fixture, WAITS), "asked");
  json_object_set_int_member (place_of (fixture, WAITS), "held", 1);
  json_object_set_string_member (place_of (fixture, WAITS), "unit", "bed");
  json_object_set_string_member (place_of (fixture, WAITS), "since", "2026-11-20T13:00:00.000Z");
  add_record (fixture, "hold", "ca990000-0000-7000-8000-000000000002",
              kith_json_new ("referral", "s", WAITS, "service", "s", "d0000000-0000-7000-8000-000000000001", "capacity", "s", "ca990000-0000-7000-8000-000000000001",
                             "unit", "s", "bed", "placed_at", "s", "2026-11-20T13:00:00.000Z", "state", "s", "placed", NULL));
  tell_changed (fixture);
  assert_place (fixture, "A place is kept (Beds), since");
  assert_act (fixture, "referral.give-back", "hold.release");
  assert_act (fixture, "referral.take-up", "hold.convert");
}

static GtkWidget *
strip_button (GtkWidget *widget, const char *words)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words) && gtk_widget_get_ancestor (widget, KITH_TYPE_ACTION_STRIP))
    return gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = strip_button (child, words);
  return found;
}

/* ux.md 2.1: where places are counted and one is free, it goes to whoever comes first at the hub: accepting asks for it, and says so on the button. */
static void
test_accept_asks (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *free, *says, *says_not; } cases[] = { { "2", "Ask for the Place", "Accept" }, { "0", "Accept", "Ask for the Place" }, { "1", "Ask for the Place", "Accept" } };
  JsonObject *place = place_of (fixture, "e0000000-0000-7000-8000-000000000001");

  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      json_object_set_string_member (place, "free", cases[i].free);
      tell_changed (fixture);
      pump (200);
      g_assert_nonnull (strip_button (GTK_WIDGET (fixture->window), cases[i].says));
      g_assert_null (strip_button (GTK_WIDGET (fixture->window), cases[i].says_not));
    }
}

/* Whoever accepts knows before, when none is free. */
static void
test_accept_none_free (Fixture *fixture, gconstpointer data)
{
  json_object_set_string_member (place_of (fixture, "e0000000-0000-7000-8000-000000000001"), "free", "0");
  tell_changed (fixture); /* the window may show it already: it opens at the first that waits */
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  pump (200);
  assert_place (fixture, "No place is free: accepted now, it goes on the wait list.");
  json_object_set_string_member (place_of (fixture, "e0000000-0000-7000-8000-000000000001"), "asked", "referral.accept");
  tell_changed (fixture);
  assert_place (fixture, "it goes on the wait list unless one becomes free");
}

/* My Day is all that waits: the numbers nobody confirmed, what needs attention, and what was begun; what was begun in a window leads to where that
 * window is opened. */
static void
test_today (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *title, *place;
  } lines[] = { { "Confirm the free places", "capacity" }, { "A referral", "clients/refer:" MARIA }, { "Update free places", "capacity" }, { "Close case", "cases/k1" },
               { "A revocation", "clients/" MARIA }, { "A private note", "sent/r1" }, { "Needs attention", "attention" }, { "Maybe the same person", "inbox/same" },
               { "Maybe the same person", "inbox/same" } };
  JsonArray *begun = fake_desktop_list (fixture->desktop, "drafts-begun");
  GtkListBox *list;

  json_array_add_object_element (begun, kith_json_new ("id", "s", "reason:case.close:k1", "at", "s", "1795178000000", "scope", "s", "case:k1", "about", "s", "k1", NULL));
  json_array_add_object_element (begun, kith_json_new ("id", "s", "revoke:" MARIA ":", "at", "s", "1795177000000", "scope", "s", "client:" MARIA, "about", "s", MARIA, NULL));
  json_array_add_object_element (begun, kith_json_new ("id", "s", "private-note:referral:r1", "at", "s", "1795176000000", "scope", "s", "referral_own:r1", "about", "s", "r1",
                                                       "agency", "s", "a0000000-0000-7000-8000-000000000001", NULL));
  json_array_add_object_element (begun, kith_json_new ("id", "s", "reason:case.close:k2", "at", "s", "1795175000000", NULL)); /* not here any more */
  tell_changed (fixture);

  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_IDLE, 0, 2, NOW_MS, 0);
  open_place (fixture, "today");
  pump (200);
  list = GTK_LIST_BOX (find_widget (find_widget (GTK_WIDGET (fixture->window), "others"), "list"));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) i);

      if (!row)
        g_test_message ("no line for %s", lines[i].title);
      g_assert_nonnull (row);
      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, lines[i].title);
      g_assert_cmpstr (g_object_get_data (G_OBJECT (row), "place"), ==, lines[i].place);
    }
  g_assert_null (gtk_list_box_get_row_at_index (list, G_N_ELEMENTS (lines)));
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)));
  pump (100);
  {
    g_autofree char *place = kith_frame_get_place (kith_window_get_frame (fixture->window));

    g_assert_cmpstr (place, ==, "capacity");
  }
}

/* A service nobody counts yet. */
static void
test_begin (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "capacity");
  g_signal_emit_by_name (button_of (GTK_WIDGET (fixture->window), "Start Counting…"), "clicked");
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "free")), "2");
  save_front (fixture);
  args = last_submitted (fixture, "capacity.observe");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, "d0000000-0000-7000-8000-000000000005");
  g_assert_cmpstr (kith_json_string (args, "unit"), ==, "slot");
  g_assert_cmpint (kith_json_int (args, "free", 0), ==, 2);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("capacity/change", NULL, test_change);
  ADD ("capacity/draft", NULL, test_draft);
  ADD ("capacity/draft-at-sign-out", NULL, test_draft_at_sign_out);
  ADD ("capacity/draft-over", NULL, test_draft_over);
  ADD ("capacity/same-as-before", NULL, test_same);
  ADD ("capacity/P5-edit", NULL, test_edit);
  ADD ("capacity/P5-edit-nothing", NULL, test_edit_nothing);
  ADD ("capacity/no-number", NULL, test_no_number);
  ADD ("capacity/too-many", NULL, test_too_many);
  ADD ("capacity/today-there-P4", NULL, test_today_there);
  ADD ("capacity/P9-look-only", NULL, test_look_only);
  ADD ("capacity/accept-asks", NULL, test_accept_asks);
  ADD ("capacity/unsent-refused", NULL, test_unsent);
  ADD ("capacity/over", NULL, test_over);
  ADD ("capacity/P4-same-over", NULL, test_same_over);
  ADD ("capacity/units", NULL, test_units);
  ADD ("capacity/hold", NULL, test_hold);
  ADD ("capacity/P4-plan", NULL, test_plan);
  ADD ("capacity/referral", NULL, test_referral);
  ADD ("capacity/accept-none-free", NULL, test_accept_none_free);
  ADD ("capacity/today", NULL, test_today);
  ADD ("capacity/P4-story", NULL, test_story);
  ADD ("capacity/story-more", NULL, test_story_more);
  ADD ("capacity/2h-assessment", NULL, test_assessment);
  ADD ("capacity/2h-assessment-found", NULL, test_assessment_found);
  ADD ("capacity/begin", NULL, test_begin);
  return g_test_run ();
}
