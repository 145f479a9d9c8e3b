/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What kith-shots takes pictures of. Included by it alone. */

#define MARIA "c0000000-0000-7000-8000-000000000001"
#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define NO_CONSENT "c0000000-0000-7000-8000-000000000003"
#define CONSENT_ENDED "c0000000-0000-7000-8000-000000000024"

static void
make_offline (Shot *shot)
{
  gint64 now = kith_clock_wall_ms (shot->clock);

  fake_desktop_set_sync (shot->desktop, KITH_SYNC_OFFLINE, 7, 0, now - 25 * 60 * 1000, now - 24 * 60 * 1000);
}

/* The longest the chip in the header says. */
static void
make_offline_long (Shot *shot)
{
  gint64 now = kith_clock_wall_ms (shot->clock);

  fake_desktop_set_sync (shot->desktop, KITH_SYNC_OFFLINE, 0, 0, now - 25 * 3600 * 1000, now - 24 * 3600 * 1000);
}

static void
make_attention (Shot *shot)
{
  fake_desktop_set_sync (shot->desktop, KITH_SYNC_IDLE, 2, 4, kith_clock_wall_ms (shot->clock) - 60 * 1000, 0);
}

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
  type_into (shot, "search_entry", "nora q");
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
choose_uncovered (Shot *shot)
{
  type_into (shot, "entry", "tenant");
  activate_first (shot, "entry");
  press (shot, "check_button");
}

static void
choose_warm (Shot *shot)
{
  choose_service (shot);
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
show_match (Shot *shot)
{
  GtkWidget *card = find_widget (GTK_WIDGET (shot->window), "Maybe the Same Person");

  GtkWidget *scroller = gtk_widget_get_ancestor (card, GTK_TYPE_SCROLLED_WINDOW);
  graphene_point_t at;

  if (gtk_widget_compute_point (card, gtk_widget_get_first_child (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))), &GRAPHENE_POINT_INIT (0, 0), &at))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), at.y - 30);
  pump (150);
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
wait_to_unlock (Shot *shot)
{
  fake_desktop_set_unlock_wait (shot->desktop, 40 * 1000);
  wrong_password (shot);
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
manage_queues (Shot *shot)
{
  act (shot, "board.manage");
}

static void
manage_statuses (Shot *shot)
{
  manage_queues (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "queues.statuses", "(sssi)", "9e000000-0000-7000-8000-000000000001", "Housing", "", 9);
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
consent_end (Shot *shot)
{
  GtkWidget *pad;

  consent_everyone (shot);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (shot->window), "how")), 2);
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (shot->window), "signer"));
  pad = gtk_widget_get_first_child (find_widget (GTK_WIDGET (shot->window), "pad_place"));
  kith_signature_pad_set_text (KITH_SIGNATURE_PAD (pad), "M120 160l20 -60l20 50l25 -40l15 55l40 -30l30 20l60 -10M300 230l200 -8");
}

static void
revoke_all (Shot *shot)
{
  act (shot, "client.revoke-all");
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

static const Scene scenes[] = {
  { "01-sign-in", .no_store = TRUE },
  { "02-locked", .locked = TRUE },
  { "03-wrong-password", NULL, NULL, wrong_password, .locked = TRUE, .plain = TRUE },
  { "10-clients", "clients" },
  { "11-client", "clients/" MARIA },
  { "12-clients-search", "clients", NULL, search_lop, .plain = TRUE },
  { "13-clients-no-match", "clients", NULL, search_nobody, .plain = TRUE },
  { "14-clients-empty", "clients", make_empty, .plain = TRUE },
  { "11-client-cases", "clients/" MARIA, NULL, cases_tab },
  { "11-client-consent", "clients/" MARIA, NULL, consent_tab },
  { "11-client-documents", "clients/" MARIA, NULL, documents_tab },
  { "11-client-enroll", "clients/" MARIA, NULL, enroll, .plain = TRUE },
  { "11-client-history", "clients/" MARIA, NULL, history_tab, .plain = TRUE },
  { "11-client-household", "clients/" MARIA, NULL, household_tab, .plain = TRUE },
  { "11-client-log", "clients/" MARIA, make_officer, log_tab },
  { "11-client-record-service", "clients/" MARIA, NULL, record_service, .plain = TRUE },
  { "11-client-referrals", "clients/" MARIA, NULL, referrals_tab, .plain = TRUE },
  { "11-client-services", "clients/" MARIA, NULL, services_tab },
  { "15-client-no-consent", "clients/" NO_CONSENT, .plain = TRUE },
  { "16-client-new", "clients/new", NULL, type_new },
  { "17-client-new-consent", "clients/new", NULL, type_agrees },
  { "18-client-edit", "clients/edit:" MARIA, .plain = TRUE },
  { "18-client-edit-reach", "clients/edit:" MARIA, NULL, edit_reach },
  { "18-client-edit-end", "clients/edit:" MARIA, NULL, edit_language },
  { "25-import", "clients/import", .plain = TRUE },
  { "26-import-columns", "clients/import", NULL, import_file },
  { "27-import-checked", "clients/import", NULL, import_checked },
  { "28-import-done", "clients/import", NULL, import_done, .plain = TRUE },
  { "19-consent", "clients/consent:" MARIA, NULL, consent_everyone },
  { "19-consent-signed", "clients/consent:" MARIA, NULL, consent_end },
  { "19-consent-renew", "clients/renew:" MARIA, .plain = TRUE },
  { "19-consent-revoke", "clients/" MARIA, NULL, revoke_all },
  { "19-consent-revoke-offline", "clients/" MARIA, make_offline, revoke_all, .plain = TRUE },
  { "11-client-consent-ended", "clients/" CONSENT_ENDED, NULL, consent_tab },
  { "11-client-consent-none", "clients/" NO_CONSENT, NULL, consent_tab, .plain = TRUE },
  { "11-client-consent-offline", "clients/" MARIA, make_offline, consent_tab, .plain = TRUE },
  { "29-clients-ask", "clients", NULL, search_network },
  { "29-network", "clients", NULL, ask_network },
  { "29-network-before", "clients", NULL, ask_network_little, .plain = TRUE },
  { "29-network-nobody", "clients", NULL, ask_network_nobody, .plain = TRUE },
  { "29-network-offline", "clients", make_offline, ask_network },
  { "29-network-busy", "clients", make_network_busy, ask_network, .plain = TRUE },
  { "29-network-slow", "clients", make_network_slow, ask_network, .plain = TRUE },
  { "29-network-many", "clients", make_network_many, ask_network, .plain = TRUE },
  { "29-network-open", "clients", NULL, ask_network_open, .plain = TRUE },
  { "20-refer-search", "clients/refer:" MARIA, NULL, pick_service },
  { "21-refer-covered", "clients/refer:" MARIA, NULL, choose_service },
  { "22-refer-consent-missing", "clients/refer:" MARIA, NULL, choose_uncovered, .plain = TRUE },
  { "23-refer-warm", "clients/refer:" MARIA, NULL, choose_warm, .plain = TRUE },
  { "23a-refer-queue-search", "clients/refer:" MARIA, NULL, search_queue, .plain = TRUE },
  { "23b-refer-queue", "clients/refer:" MARIA, NULL, choose_queue, .plain = TRUE },
  { "23c-refer-questions", "clients/refer:" MARIA, NULL, choose_asking },
  { "23d-questions", "directory/d0000000-0000-7000-8000-000000000004", as_editor, write_questions, .plain = TRUE },
  { "24-refer-release", "sent/new", NULL, type_release },
  { "30-inbox", "inbox" },
  { "30-inbox-filter", "inbox", NULL, filter_late },
  { "30-inbox-no-match", "inbox", NULL, filter_nothing, .plain = TRUE },
  { "30-inbox-queue", "inbox", NULL, ask_queue, .plain = TRUE },
  { "30-inbox-elsewhere", "inbox", NULL, ask_elsewhere, .plain = TRUE },
  { "31-inbox-accepted", "inbox", NULL, accept, .plain = TRUE },
  { "32-inbox-decline", "inbox", NULL, decline, .plain = TRUE },
  { "33-inbox-assign", "inbox", NULL, assign, .plain = TRUE },
  { "34-inbox-work", "inbox", NULL, second_tab },
  { "35-inbox-contact", "inbox", NULL, contact },
  { "36-inbox-close", "inbox", NULL, close_it, .plain = TRUE },
  { "37-inbox-empty", "inbox", make_empty },
  { "38-inbox-refused", "inbox", NULL, refuse },
  { "39-inbox-offline", "inbox", make_offline },
  { "39-inbox-offline-since", "inbox", make_offline_long },
  { "40-sent", "sent" },
  { "41-sent-loop", "sent/e0000000-0000-7000-8000-000000000022" },
  { "42-sent-closed", "sent", NULL, second_tab, .plain = TRUE },
  { "43-sent-private-note", "sent/e0000000-0000-7000-8000-000000000022", NULL, private_note, .plain = TRUE },
  { "44-sent-declined", "sent/e0000000-0000-7000-8000-000000000025", .plain = TRUE },
  { "45-cases", "cases" },
  { "45-cases-case", "cases/" A_CASE },
  { "45-cases-end", "cases/" A_CASE, NULL, scroll_to_end, .plain = TRUE },
  { "45-cases-empty", "cases", make_empty, .plain = TRUE },
  { "46-case-note", "cases/" A_CASE, NULL, write_note },
  { "46-case-task", "cases/" A_CASE, NULL, add_task, .plain = TRUE },
  { "47-case-close", "cases/" A_CASE, NULL, close_case, .plain = TRUE },
  { "47-case-closed", "cases", NULL, closed_cases, .plain = TRUE },
  { "48-assign", "cases/assign:" MARIA, NULL, assign_somebody },
  { "48-assign-saved", "cases/assign:" MARIA, NULL, assign_saved, .plain = TRUE },
  { "48-assign-leave", "cases/assign:" MARIA, NULL, assign_leave, .plain = TRUE },
  { "48-assign-denied", "cases/assign:" MARIA, no_duties, .plain = TRUE },
  { "06-today", "today" },
  { "06-today-empty", "today", make_empty, .plain = TRUE },
  { "49-staff", "staff" },
  { "49-staff-person", "staff/50000000-0000-7000-8000-000000000001" },
  { "49-staff-left", "staff/50000000-0000-7000-8000-000000000004", .plain = TRUE },
  { "49-staff-assign", "staff", NULL, staff_assign },
  { "49-staff-balance", "staff/balance" },
  { "49-staff-empty", "staff", make_empty, .plain = TRUE },
  { "49-staff-denied", "staff", no_duties, .plain = TRUE },
  { "58-board", "board" },
  { "58-board-filter", "board", NULL, filter_board, .plain = TRUE },
  { "58-board-nothing", "board/9e000000-0000-7000-8000-000000000002", .plain = TRUE },
  { "58-board-offline", "board", make_offline, .plain = TRUE },
  { "58-board-none", "board", make_empty, .plain = TRUE },
  { "58-board-none-staff", "board", make_empty_network_staff, .plain = TRUE },
  { "58-board-move", "board", NULL, move_card, .plain = TRUE },
  { "58-queues", "board", make_network_staff, manage_queues },
  { "58-queue-statuses", "board", make_network_staff, manage_statuses },
  { "57-capacity", "capacity" },
  { "57-capacity-open", "capacity", NULL, open_capacity },
  { "57-capacity-empty", "capacity", make_empty, .plain = TRUE },
  { "57-capacity-plan", "capacity", NULL, plan_capacity, .plain = TRUE },
  { "57-capacity-edit", "capacity", NULL, edit_capacity, .plain = TRUE },
  { "50-directory", "directory" },
  { "51-service", "directory/d0000000-0000-7000-8000-000000000002" },
  { "52-directory-search", "directory", NULL, search_food, .plain = TRUE },
  { "53-directory-no-match", "directory", NULL, search_nobody, .plain = TRUE },
  { "54-directory-empty", "directory", make_empty, .plain = TRUE },
  { "55-directory-stale", "directory/d0000000-0000-7000-8000-000000000008", make_offline, .plain = TRUE },
  { "57-log", "log", make_officer },
  { "58-log-entry", "log/b1000000-0000-7000-8000-000000000006", make_officer },
  { "59-log-empty", "log", make_empty_officer, .plain = TRUE },
  { "59-log-not-mine", "log", .plain = TRUE },
  { "56-service-end", "directory/d0000000-0000-7000-8000-000000000002", NULL, scroll_to_end },
  { "60-attention", "attention", make_attention },
  { "61-attention-none", "attention", make_empty },
  { "62-attention-end", "attention", make_attention, scroll_to_end },
  { "63-attention-discard", "attention", make_attention, discard, .plain = TRUE },
  { "64-attention-offline", "attention", make_offline, .plain = TRUE },
  { "65-attention-match", "attention", NULL, show_match },
  { "66-client-linked", "clients/" NO_CONSENT },
  { "70-find", "clients", NULL, find, .plain = TRUE },
  { "71-find-typed", "clients", NULL, find_typed },
  { "04-wait-to-unlock", NULL, NULL, wait_to_unlock, .locked = TRUE, .plain = TRUE },
  { "05-password-changed", "clients", NULL, password_changed, .plain = TRUE },
  { "74-agency", "agency", make_admin },
  { "74-agency-end", "agency", make_admin, scroll_to_end, .plain = TRUE },
  { "74-agency-network", "agency", make_network_staff, .plain = TRUE },
  { "74-agency-offline", "agency", make_offline, .plain = TRUE },
  { "74-agency-holiday", "agency", make_admin, add_holiday, .plain = TRUE },
  { "75-account", "agency", make_admin, account_standard },
  { "75-account-portal", "agency", make_admin, account_portal },
  { "49-staff-card", "staff/50000000-0000-7000-8000-000000000001", make_admin },
  { "58-board-portal", "board", make_portal, .plain = TRUE },
  { "30-inbox-portal", "inbox", make_portal, .plain = TRUE },
  { "76-corrections", "corrections" },
  { "76-corrections-refused", "corrections/aa000000-0000-7000-8000-000000000003", .plain = TRUE },
  { "76-corrections-empty", "corrections", make_empty, .plain = TRUE },
  { "73-preferences", "clients", NULL, preferences },
  { "73-preferences-portal", "inbox", NULL, preferences_portal, .plain = TRUE },
  { "72-shortcuts", "clients", NULL, shortcuts, .plain = TRUE },
};
