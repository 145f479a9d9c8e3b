/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenes of a client's record and of registration that kith-scenes.h has no room for. */

static void
record_end (Shot *shot)
{
  pump (300);
  scroll_to_end (shot);
}

/* Two that are kept, and one that came after. */
static void
open_tabs (Shot *shot)
{
  kith_frame_open (kith_window_get_frame (shot->window), "clients/tab:c0000000-0000-7000-8000-000000000016");
  kith_frame_open (kith_window_get_frame (shot->window), "clients/c0000000-0000-7000-8000-000000000010");
  kith_frame_open (kith_window_get_frame (shot->window), "clients/" MARIA);
  pump (300);
}

static void
open_most_tabs (Shot *shot)
{
  for (guint i = 24; i > 12; i--)
    {
      g_autofree char *place = g_strdup_printf ("clients/tab:c0000000-0000-7000-8000-0000000000%02u", i);

      kith_frame_open (kith_window_get_frame (shot->window), place);
      pump (50);
    }
  pump (300);
}

static void
consent_tab_end (Shot *shot)
{
  consent_tab (shot);
  pump (200);
  scroll_to_end (shot);
}

/* The first that is in force ends by what happens, too. */
static void
make_end_event (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "client-consents");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_strcmp0 (kith_json_string (row, "_arg"), MARIA) == 0)
        json_object_set_string_member (kith_json_object (row, "body"), "end_event", "I leave the shelter, or my sister moves to San Diego");
    }
}

/* Whoever fits has a lot in hand, and one client of whom something is known is chosen. */
static void
make_much_in_hand (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "colleagues");

  json_object_set_int_member (json_array_get_object_element (rows, 0), "load", 49);
}

static void
make_restricted_by_wish (Shot *shot)
{
  fake_agency_restrict (shot->desktop, MARIA, TRUE);
}

static void
make_restriction_asked (Shot *shot)
{
  fake_agency_restrict (shot->desktop, MARIA, FALSE);
}

static void
ask_restriction (Shot *shot)
{
  act (shot, "client.ask-restriction");
  pump (300);
}

static void
answer_restriction (Shot *shot)
{
  consent_tab (shot);
  pump (200);
  gtk_widget_activate_action (find_widget (GTK_WIDGET (shot->window), "client-amendments-list"), "client.answer-amendment", "s", FAKE_RESTRICTION);
  pump (300);
}

static void
name_colleague (Shot *shot)
{
  act (shot, "client.join-team");
  pump (300);
}

/* Of a client without a case. */
static void
note_of_client (Shot *shot)
{
  act (shot, "client.note");
  pump (300);
}

static void
move_all_none (Shot *shot)
{
  move_all (shot);
  type_in_front (shot, "search", "zzz");
}

static void
another_language (Shot *shot)
{
  preferences (shot);
  pump (100);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (front_window (shot)), "language")), 2);
}

/* A second one. */
static void
household_heads (Shot *shot)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "relationship")), 1);
  pump (150);
}

/* The member is found, and said to be the head. */
static void
household_add_head (Shot *shot)
{
  GtkWidget *entry;

  act (shot, "client.add-member");
  pump (150);
  entry = find_widget (GTK_WIDGET (front_window (shot)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (front_window (shot)), "relationship")), 1);
  pump (150);
}

/* The other record is found, and stands beside the open one. */
static void
same_person (Shot *shot)
{
  GtkWidget *entry;

  act (shot, "client.same-person");
  pump (150);
  entry = find_widget (GTK_WIDGET (front_window (shot)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (150);
}

static void
history_tab_end (Shot *shot)
{
  history_tab (shot);
  record_end (shot);
}

/* Day and month could be meant either way round: it is asked. */
static void
import_of (Shot *shot, const char *path)
{
  int best = 0;

  kith_import_form_open (KITH_IMPORT_FORM (find_type (GTK_WIDGET (shot->window), KITH_TYPE_IMPORT_FORM, &best)), path);
  pump (400);
  act (shot, "form.commit");
  pump (600);
}

static void
import_asks (Shot *shot)
{
  import_of (shot, KITH_TEST_SRCDIR "/data/people-either-way.csv");
}

/* Somebody who came in before lacks something. */
static void
import_again (Shot *shot)
{
  import_of (shot, KITH_TEST_SRCDIR "/data/people-again.csv");
  pump (300);
}

/* The month first in one row, the day in another. */
static void
import_both (Shot *shot)
{
  import_of (shot, KITH_TEST_SRCDIR "/data/people-both-ways.csv");
}

static void
case_assessments (Shot *shot)
{
  pump (200);
  gtk_widget_child_focus (find_widget (GTK_WIDGET (shot->window), "assessments"), GTK_DIR_TAB_FORWARD);
  pump (150);
}

static void
type_need (Shot *shot)
{
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (shot->window), "given_name")), "Rosa");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (shot->window), "need")), "A bed tonight, and somebody who looks at her foot");
  pump (200);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "need_then")); /* the two in sight */
  pump (300);
}

static void
consent_event (Shot *shot)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (shot->window), "everyone")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (shot->window), "end_event")), "I leave the shelter");
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "language"));
  pump (300);
}

static void
case_services (Shot *shot)
{
  pump (200);
  act (shot, "case.record-service");
  pump (250);
}

static void
correct_task (Shot *shot)
{
  act (shot, "task.edit");
  pump (150);
}

static void
services_tab_end (Shot *shot)
{
  show_tab (shot, "services");
  pump (100);
  scroll_to_end (shot);
}

static void
edit_case (Shot *shot)
{
  act (shot, "case.edit");
  pump (150);
}

/* Of a child, agreed to on the way of registering. */
static void
new_child (Shot *shot)
{
  type_new (shot);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (shot->window), "date_of_birth")), "3 Mar 2015");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "consent_choice")), 1);
  pump (100);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "grantor"));
  pump (200);
  scroll_to_end (shot);
}

static void
new_child_by_another (Shot *shot)
{
  new_child (shot);
  kith_choice_row_set_code (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "grantor")), "representative");
  pump (200);
  scroll_to_end (shot);
}

/* One person in two rows of a list, and what is left out of one. */
static void
import_twice (Shot *shot)
{
  int best = 0;

  kith_import_form_open (KITH_IMPORT_FORM (find_type (GTK_WIDGET (shot->window), KITH_TYPE_IMPORT_FORM, &best)), KITH_TEST_SRCDIR "/data/people-twice.csv");
  pump (400);
  act (shot, "form.commit");
  pump (600);
}
