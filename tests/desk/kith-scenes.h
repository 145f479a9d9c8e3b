/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What kith-shots takes pictures of. Included by it alone. */

#define MARIA "c0000000-0000-7000-8000-000000000001"
#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define NO_CONSENT "c0000000-0000-7000-8000-000000000003"
#define CONSENT_ENDED "c0000000-0000-7000-8000-000000000024"

#include "kith-scenes-sync.h"

static void
make_empty (Shot *shot)
{
  fake_desktop_set_empty (shot->desktop, TRUE);
}

static void
refuse (Shot *shot)
{
  fake_desktop_refuse_next (shot->desktop, "Mission Food Bank recalled this referral at 13:58. There is nothing left to accept.");
  act (shot, "referral.accept");
}

static void
wrong_password (Shot *shot)
{
  type_into (shot, "password", "wrong");
  press (shot, "button");
}

static void
search_lop (Shot *shot)
{
  type_into (shot, "search_entry", "lop");
}

static void
search_nobody (Shot *shot)
{
  type_into (shot, "search_entry", "Zebedee");
}

static void
search_network (Shot *shot)
{
  type_into (shot, "search_entry", "nora quinn");
}

static void
ask_network (Shot *shot)
{
  search_network (shot);
  act (shot, "win.ask-network");
}

static void
ask_network_nobody (Shot *shot)
{
  search_nobody (shot);
  act (shot, "win.ask-network");
  type_in_front (shot, "name", "Zebedee Whatever");
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "form.commit", NULL);
}

static void
ask_network_little (Shot *shot)
{
  act (shot, "win.ask-network");
  type_in_front (shot, "name", "Nora");
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "form.commit", NULL);
}

static void
ask_network_open (Shot *shot)
{
  ask_network (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "network.open", "(ss)", "f0000000-0000-8000-8000-0000000000c1", "Nora Quinn");
}

static void
make_network_busy (Shot *shot)
{
  fake_desktop_set_network (shot->desktop, FAKE_NETWORK_BUSY);
}

static void
make_network_slow (Shot *shot)
{
  fake_desktop_set_network (shot->desktop, FAKE_NETWORK_SLOW);
}

static void
make_network_many (Shot *shot)
{
  fake_desktop_set_network (shot->desktop, FAKE_NETWORK_MANY);
}

static void
search_food (Shot *shot)
{
  type_into (shot, "search_entry", "eastlake");
}

static void
type_new (Shot *shot)
{
  type_into (shot, "given_name", "Maria");
  type_into (shot, "family_name", "Lopez");
  type_into (shot, "date_of_birth", "4/7/88");
}

static void
type_agrees (Shot *shot)
{
  type_new (shot);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "consent_choice")), 1);
  pump (100);
  scroll_to_end (shot);
}

static void
type_health (Shot *shot)
{
  type_new (shot);
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (shot->window), "health_group")), TRUE);
  pump (100);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "provider"));
}

static GtkWidget *
adjustable (Shot *shot)
{
  int best = 0;

  return find_type (GTK_WIDGET (shot->window), GTK_TYPE_SCROLLED_WINDOW, &best);
}

static void
scroll_by_pages (Shot *shot, double pages)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (adjustable (shot)));

  gtk_adjustment_set_value (adjustment, pages * gtk_adjustment_get_page_size (adjustment));
  pump (150);
}

static void
edit_reach (Shot *shot)
{
  scroll_by_pages (shot, 0.85);
}

static void
edit_language (Shot *shot)
{
  GtkWidget *suggest = find_widget (GTK_WIDGET (shot->window), "languages");

  gtk_editable_set_text (GTK_EDITABLE (find_widget (suggest, "entry")), "mix");
  pump (600);
  scroll_to_end (shot);
}

static void
pick_service (Shot *shot)
{
  type_into (shot, "entry", "prim");
}

static void
choose_service (Shot *shot)
{
  pick_service (shot);
  activate_first (shot, "entry");
  type_into (shot, "need", "A family doctor");
}

/* A service that asks something, and that may go into a queue too. */
static void
choose_asking (Shot *shot)
{
  type_into (shot, "entry", "overnight");
  activate_first (shot, "entry");
  type_into (shot, "need", "A bed from tonight");
  pump (200);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find_widget (GTK_WIDGET (shot->window), "scroller"))), 1e6);
  pump (200);
}

static void
search_queue (Shot *shot)
{
  type_into (shot, "entry", "hous");
}

static void
choose_queue (Shot *shot)
{
  type_into (shot, "entry", "health and");
  activate_first (shot, "entry");
  pump (200);
}

static void
ask_queue (Shot *shot)
{
  act (shot, "referral.queue");
}

static void
ask_elsewhere (Shot *shot)
{
  act (shot, "referral.reroute");
}

static void
as_editor (Shot *shot)
{
  fake_desktop_set_duties (shot->desktop, KITH_DUTY_SUPERVISOR | KITH_DUTY_LISTINGS);
}

static void
write_questions (Shot *shot)
{
  g_signal_emit_by_name (find_widget (GTK_WIDGET (shot->window), "questions"), "clicked");
  pump (200);
}

static void
choose_unasked (Shot *shot)
{
  type_into (shot, "entry", "tenant");
  activate_first (shot, "entry");
}

static void
choose_uncovered (Shot *shot)
{
  choose_unasked (shot);
  press (shot, "check_button");
}

static void
choose_warm (Shot *shot)
{
  choose_service (shot);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "type")), 1);
  pump (200);
}

/* A service that takes no direct referrals: its agency reads which one is meant. */
static void
choose_warm_agency (Shot *shot)
{
  type_into (shot, "entry", "rapid");
  activate_first (shot, "entry");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "type")), 1);
  pump (200);
}

static void
type_release (Shot *shot)
{
  type_into (shot, "contact_name", "R.");
  type_into (shot, "entry", "prim");
  activate_first (shot, "entry");
}

static void
filter_late (Shot *shot)
{
  act (shot, "win.search");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (shot->window), "late")), TRUE);
  pump (300);
}

static void
filter_nothing (Shot *shot)
{
  act (shot, "win.search");
  type_into (shot, "search_entry", "Zebedee");
}

static void
second_tab (Shot *shot)
{
  toggle (shot, 1);
}

static void
third_tab (Shot *shot)
{
  toggle (shot, 2);
}

static void
decline (Shot *shot)
{
  act (shot, "referral.decline");
}

static void
assign (Shot *shot)
{
  toggle (shot, 1);
  act (shot, "referral.assign");
}

static void
accept (Shot *shot)
{
  act (shot, "referral.accept");
}

static void
contact (Shot *shot)
{
  second_tab (shot);
  act (shot, "referral.contact");
}

static void
private_note (Shot *shot)
{
  act (shot, "referral.private-note");
}

static void
close_it (Shot *shot)
{
  second_tab (shot);
  act (shot, "referral.close");
}

static void
discard (Shot *shot)
{
  act (shot, "attention.third");
}

static void
find (Shot *shot)
{
  act (shot, "win.find");
}

static void
find_typed (Shot *shot)
{
  act (shot, "win.find");
  type_in_front (shot, "entry", "mar");
}

static void
preferences (Shot *shot)
{
  fake_desktop_set_lock_minutes (shot->desktop, 10);
  act (shot, "win.preferences");
}

static void
change_password (Shot *shot)
{
  preferences (shot);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (front_window (shot)), "password"), "activated");
  pump (100);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "form.commit", NULL);
}

static void
wait_to_unlock (Shot *shot)
{
  fake_desktop_set_unlock_wait (shot->desktop, 40 * 1000);
  wrong_password (shot);
}

static void
cover (Shot *shot)
{
  act (shot, "win.cover");
}

static void
password_changed (Shot *shot)
{
  fake_desktop_set_password_changed (shot->desktop, TRUE);
}

static void
shortcuts (Shot *shot)
{
  act (shot, "win.shortcuts");
}

static void
import_file (Shot *shot)
{
  int best = 0;

  kith_import_form_open (KITH_IMPORT_FORM (find_type (GTK_WIDGET (shot->window), KITH_TYPE_IMPORT_FORM, &best)), KITH_TEST_SRCDIR "/data/people.csv");
  pump (400);
}

static void
import_checked (Shot *shot)
{
  import_file (shot);
  act (shot, "form.commit");
  pump (600);
}

/* The second of two that may be somebody here, after the first was decided on. */
static void
import_maybe (Shot *shot)
{
  import_checked (shot);
  act (shot, "attention.first");
  pump (400);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "second"));
  pump (200);
}

static void
import_done (Shot *shot)
{
  import_checked (shot);
  act (shot, "form.commit");
  pump (600);
}

static void
write_note (Shot *shot)
{
  act (shot, "case.note");
}

static void
add_task (Shot *shot)
{
  act (shot, "case.task");
}

static void
close_case (Shot *shot)
{
  act (shot, "case.close");
}

static void
closed_cases (Shot *shot)
{
  toggle (shot, 2);
}

static void
assign_somebody (Shot *shot)
{
  GtkWidget *entry = find_widget (find_widget (GTK_WIDGET (shot->window), "assign-client"), "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), "linh");
  pump (100);
  g_signal_emit_by_name (entry, "entry-activated");
  entry = find_widget (find_widget (GTK_WIDGET (shot->window), "assign-case"), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "m");
  pump (100);
}

static void
assign_saved (Shot *shot)
{
  assign_somebody (shot);
  act (shot, "form.commit");
}

static void
assign_leave (Shot *shot)
{
  assign_somebody (shot);
  act (shot, "form.cancel");
}

static void
staff_assign (Shot *shot)
{
  act (shot, "staff.select-all");
  act (shot, "staff.assign");
}

/* The first row of the page, open, or what is asked about it. */
static GtkWidget *
first_count (Shot *shot)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (shot->window), "rows")), 0));

  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  return row;
}

static void
open_capacity (Shot *shot)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (first_count (shot)), TRUE);
  act (shot, "capacity.more");
  pump (300);
}

static void
week_capacity (Shot *shot)
{
  GtkWidget *days;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (first_count (shot)), TRUE);
  pump (300);
  days = find_widget (GTK_WIDGET (shot->window), "days");
  gtk_widget_activate_action (days, "week.later", NULL);
  gtk_widget_grab_focus (gtk_widget_get_first_child (days));
}

static void
plan_capacity (Shot *shot)
{
  first_count (shot);
  act (shot, "capacity.plan");
}

static void
edit_capacity (Shot *shot)
{
  first_count (shot);
  act (shot, "capacity.edit");
}

#include "kith-scenes-contacts.h"
#include "kith-scenes-drafts.h"

static void
make_network_staff (Shot *shot)
{
  fake_desktop_set_network_staff (shot->desktop);
}

static void
make_empty_network_staff (Shot *shot)
{
  make_network_staff (shot);
  make_empty (shot);
}

static void
move_card (Shot *shot)
{
  act (shot, "board.right");
  act (shot, "board.left");
  act (shot, "board.move");
}

static void
filter_board (Shot *shot)
{
  type_into (shot, "search", "nguyen");
}

static void
show_statistics (Shot *shot)
{
  act (shot, "board.statistics");
  pump (200);
}

static void
manage_queues (Shot *shot)
{
  act (shot, "board.manage");
}

static void
name_reasons (Shot *shot)
{
  manage_queues (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "queues.reasons", NULL);
}

static void
manage_statuses (Shot *shot)
{
  manage_queues (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "queues.statuses", "(sss)", "9e000000-0000-7000-8000-000000000001", "Housing", "");
}

static void
link_queue (Shot *shot)
{
  manage_queues (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "queues.links", "(sss)", "9e000000-0000-7000-8000-000000000001", "Housing", "");
}

static void
no_duties (Shot *shot)
{
  fake_desktop_set_duties (shot->desktop, 0);
}

static void
show_tab (Shot *shot, const char *name)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (shot->window), name)), TRUE);
  pump (150);
}

static void
cases_tab (Shot *shot)
{
  show_tab (shot, "cases");
}

static void
services_tab (Shot *shot)
{
  show_tab (shot, "services");
}

static void
referrals_tab (Shot *shot)
{
  show_tab (shot, "referrals");
}

static void
consent_tab (Shot *shot)
{
  show_tab (shot, "consent");
}

static void
consent_everyone (Shot *shot)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (shot->window), "everyone")), TRUE);
}

static void
consent_disclosers (Shot *shot)
{
  GtkWidget *entry;

  consent_everyone (shot);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "sharing")), 1);
  entry = find_widget (find_widget (GTK_WIDGET (shot->window), "disclosers_place"), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "eastlake");
  pump (300);
  g_signal_emit_by_name (entry, "entry-activated");
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "how"));
}

static void
consent_paper (Shot *shot)
{
  consent_everyone (shot);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "how")), 1);
  pump (50);
  type_into (shot, "signed_on", "3 Aug");
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "signed_on"));
  pump (100);
}

static void
consent_end (Shot *shot)
{
  GtkWidget *pad;

  consent_everyone (shot);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "how")), 2);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "signer"));
  pad = gtk_widget_get_first_child (find_widget (GTK_WIDGET (shot->window), "pad_place"));
  kith_signature_pad_set_text (KITH_SIGNATURE_PAD (pad), "M120 160l20 -60l20 50l25 -40l15 55l40 -30l30 20l60 -10M300 230l200 -8");
  pump (100);
  scroll_to_end (shot);
}

static void
revoke_all (Shot *shot)
{
  act (shot, "client.revoke-all");
}

static void
connection (Shot *shot)
{
  act (shot, "win.connection");
}

static void
print_client (Shot *shot)
{
  act (shot, "client.print");
}

static void
edit_hours (Shot *shot)
{
  act (shot, "staff.leave");
}

static void
refer_on (Shot *shot)
{
  act (shot, "referral.go-on");
}

/* The first of the inbox: a colleague would decline it. */
static void
make_proposed (Shot *shot)
{
  JsonArray *rows = json_object_get_array_member (fake_desktop_get_data (shot->desktop), "referral");

  json_object_set_object_member (json_array_get_object_element (rows, 0), "own",
                                 kith_json_new ("decline_reason", "s", "no_capacity", "declined_by", "s", "Gil Foster",
                                                "decline_text", "s", "Full until the first of December; the wait list is closed too.", NULL));
}

static void
move_all (Shot *shot)
{
  act (shot, "staff.move-all");
}

static void
household_add (Shot *shot)
{
  act (shot, "client.add-member");
}

static void
household_new (Shot *shot)
{
  type_into (shot, "given_name", "Lucia");
}

static void
household_tab (Shot *shot)
{
  show_tab (shot, "household");
}

static void
history_tab (Shot *shot)
{
  show_tab (shot, "history");
}

static void
health_tab (Shot *shot)
{
  show_tab (shot, "health");
}

static void
hidden_health (Shot *shot)
{
  fake_desktop_set_health (shot->desktop, FALSE);
}

static void
documents_tab (Shot *shot)
{
  show_tab (shot, "documents");
}

static void
log_tab (Shot *shot)
{
  show_tab (shot, "log");
}

static void
make_officer (Shot *shot)
{
  fake_desktop_set_duties (shot->desktop, KITH_DUTY_PRIVACY);
}

static void
make_empty_officer (Shot *shot)
{
  make_officer (shot);
  make_empty (shot);
}

static void
record_service (Shot *shot)
{
  act (shot, "client.record-service");
}

static void
enroll (Shot *shot)
{
  act (shot, "client.enroll");
}

#include "kith-scenes-clients.h"
#include "kith-scenes-list.h"
