/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Free places as others see them, what goes on paper, and whom nobody may contact: acts for the table in kith-scenes.h. */

#include "capacity/kith-capacity-row.h"
#include "print/kith-print-window.h"

#define IN_WORK "e0000000-0000-7000-8000-000000000006"

static void
refuse_count (Shot *shot)
{
  GtkWidget *row = first_count (shot);

  act (shot, "capacity.less");
  fake_desktop_refuse_next (shot->desktop, "Linh Trần counted 2 at 13:58, after you. Look at the number again.");
  kith_capacity_row_save (KITH_CAPACITY_ROW (row));
  pump (300);
}

static void
make_portal_counts (Shot *shot)
{
  make_portal (shot);
  ((KithActor *) kith_desktop_get_actor (shot->desktop))->edits_capacity = TRUE;
}

/* P12: of whom a place is kept for, or who waits, the contact record's number and no time. */
static void
open_capacity_brief (Shot *shot)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (first_count (shot)), TRUE);
  pump (300);
}

/* domain.md 2e: an outcome that says no reason. */
static void
close_elsewhere (Shot *shot)
{
  GtkWidget *window;

  close_it (shot);
  pump (200);
  window = GTK_WIDGET (front_window (shot));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "search")), "elsewhere");
  pump (100);
  gtk_widget_activate_action (window, "form.commit", NULL);
}

/* domain.md 2h: an assessment comes first, or is what the places are for. */
static void
make_assessed (Shot *shot)
{
  JsonArray *own = fake_desktop_list (shot->desktop, "capacity-own"), *services = fake_desktop_list (shot->desktop, "services-all");

  json_object_set_int_member (json_array_get_object_element (own, 0), "assess_first", 1);
  json_object_set_string_member (json_array_get_object_element (own, 1), "kind", "assess");
  for (guint i = 0; i < json_array_get_length (services); i++)
    if (kith_json_string (json_array_get_object_element (services, i), "free"))
      json_object_set_int_member (json_array_get_object_element (services, i), "assess", 1);
  json_array_add_object_element (fake_desktop_list (shot->desktop, "capacity-of"),
                                 kith_json_new ("id", "s", "ca9b0000-0000-7000-8000-000000000001", "_arg", "s", "d0000000-0000-7000-8000-000000000004", "unit", "s", "bed", "status", "s", "open", "free", "s",
                                                "3", "observed_at", "s", "2026-11-20T07:42:00.000Z", "observed_by_name", "s", "Ana Delgado", "assess_first", "i", (gint64) 1, "phones", "s",
                                                "[{\"number\":\"6195550177\",\"description\":\"Intake, until 20:00\"}]", NULL));
}

static void
choose_assessed (Shot *shot)
{
  GtkWidget *place = find_widget (GTK_WIDGET (shot->window), "suggest_place");

  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "Emergency overnight bed");
  pump (400);
  for (GtkWidget *row = gtk_widget_get_first_child (find_widget (place, "list")); row; row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_ACTION_ROW (row) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "Emergency overnight bed") == 0)
      {
        g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
        break;
      }
  pump (300);
}

/* To the end of the first list that goes on. */
static void
open_capacity_more (Shot *shot)
{
  open_capacity_brief (shot);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "more"));
  pump (300);
}

/* More than an opened row shows at first. */
static void
make_many_counts (Shot *shot)
{
  JsonArray *counts = fake_desktop_list (shot->desktop, "capacity-counts"), *holds = fake_desktop_list (shot->desktop, "capacity-holds");

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *id = g_strdup_printf ("ca9a0000-0000-7000-8000-0000000000%02u", i), *number = g_strdup_printf ("HA-09%02u", i);

      json_array_add_object_element (holds, kith_json_new ("id", "s", id, "_arg", "s", "ca900000-0000-7000-8000-000000000001", "number", "s", number, "referral", "s", id, "placed_at", "s",
                                                           "2026-11-19T18:00:00.000Z", NULL));
      json_array_add_object_element (counts, kith_json_new ("id", "s", id, "_arg", "s", "ca900000-0000-7000-8000-000000000001", "observed_at", "s", "2026-11-18T08:00:00.000Z", "free", "s", "2",
                                                            "by_name", "s", "Ana Delgado", NULL));
    }
}

/* One waits to be sent, one was not taken by the hub. */
static void
make_counts_unsent (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "capacity-own");

  make_offline (shot);
  json_object_set_int_member (json_array_get_object_element (rows, 0), "pending", 1);
  json_object_set_string_member (json_array_get_object_element (rows, 1), "refused_free", "7");
}

/* D4, D9: an agency of the directory without an account. */
static void
make_unanswered (Shot *shot)
{
  json_object_set_int_member (json_array_get_object_element (fake_desktop_list (shot->desktop, "agency-answers"), 0), "answered", 0);
}

static void
choose_unanswered (Shot *shot)
{
  GtkWidget *place = find_widget (GTK_WIDGET (shot->window), "suggest_place");

  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "Eastlake Family Clinic");
  pump (400);
  for (GtkWidget *row = gtk_widget_get_first_child (find_widget (place, "list")); row; row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_ACTION_ROW (row) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "Eastlake Family Clinic") == 0)
      {
        g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
        break;
      }
  pump (300);
}

static void
scroll_to_more (Shot *shot)
{
  GtkListBox *list = GTK_LIST_BOX (find_widget (GTK_WIDGET (shot->window), "referrals"));

  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 50)));
  pump (300);
}

static void
print_handout (Shot *shot)
{
  act (shot, "directory.print");
}

/* Of an agency as a whole, when it was given to a client (D3). */
static void
print_agency (Shot *shot)
{
  gtk_window_present (GTK_WINDOW (kith_print_window_new_handout (GTK_WINDOW (shot->window), kith_page_get_context (kith_frame_get_page (kith_window_get_frame (shot->window))), "organization", "a0000000-0000-7000-8000-000000000002", MARIA)));
  pump (300);
}

static void
print_call (Shot *shot)
{
  act (shot, "contact.print");
}

static void
print_referral (Shot *shot)
{
  act (shot, "referral.print");
}

static JsonObject *
worked_on (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "referral");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), IN_WORK))
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static void
make_no_contact (Shot *shot)
{
  json_object_set_int_member (worked_on (shot), "no_contact", 1);
}

static void
write_contact (Shot *shot)
{
  act (shot, "referral.contact");
}

/* In the queue whose statuses the Board shows. */
static void
make_queued (Shot *shot)
{
  JsonObject *body = kith_json_object (worked_on (shot), "body"), *data = fake_desktop_get_data (shot->desktop);
  JsonArray *rows = fake_desktop_list (shot->desktop, "queue-statuses"), *records = json_array_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      json_array_add_object_element (records, kith_json_new ("kind", "s", "queue_status", "id", "s", kith_json_string (row, "id"), "body", "o",
                                                             kith_json_new ("queue", "s", kith_json_string (row, "_arg"), "name", "s", kith_json_string (row, "name"), "phase", "s",
                                                                            kith_json_string (row, "phase"), "place", "i", (gint64) i, NULL),
                                                             NULL));
    }
  json_object_set_array_member (data, "records", records);
  json_object_set_string_member (body, "queue", "9e000000-0000-7000-8000-000000000001");
  json_object_set_string_member (body, "queue_status", "9e500000-0000-7000-8000-000000000002");
}

static void
ask_status (Shot *shot)
{
  act (shot, "referral.status");
}

static void
manage_queues_inactive (Shot *shot)
{
  act (shot, "board.manage");
  pump (100);
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (GTK_WIDGET (front_window (shot)), "inactive")), TRUE);
  pump (200);
}
