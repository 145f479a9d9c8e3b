/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an agency settles, the accounts, and the window of the provider portal: acts for the table in kith-scenes.h. */
#pragma once

static void
make_admin (Shot *shot)
{
  fake_desktop_set_duties (shot->desktop, KITH_DUTY_ADMIN | KITH_DUTY_SUPERVISOR);
}

static void
make_supervisor (Shot *shot)
{
  fake_desktop_set_duties (shot->desktop, KITH_DUTY_SUPERVISOR);
}

static void
agency_account (Shot *shot, int i)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (shot->window), "accounts")), i));

  gtk_widget_activate (row);
  pump (100);
}

static void
account_standard (Shot *shot)
{
  agency_account (shot, 0);
}

static void
account_portal (Shot *shot)
{
  agency_account (shot, 2);
}

static void
add_holiday (Shot *shot)
{
  act (shot, "agency.add-holiday");
}

static void
make_portal (Shot *shot)
{
  fake_desktop_set_level (shot->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (shot->desktop, 0);
}

static void
preferences_portal (Shot *shot)
{
  fake_desktop_set_level (shot->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (shot->desktop, 0);
  act (shot, "win.preferences");
}

static void
narrow_place (Shot *shot)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (shot->window), "service_filters")));
  pump (300);
  type_into (shot, "filter_place", "san diego");
  type_into (shot, "filter_eligible", "children");
  pump (700);
}

/* What the filters leave out is told below. */
static void
leave_out (Shot *shot)
{
  narrow_place (shot);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (shot->window), "service_filters")));
  pump (300);
}

static void
refer_left_out (Shot *shot)
{
  type_into (shot, "entry", "e");
  leave_out (shot);
}

/* C13: a note for the access log that the hub has not taken. */
static void
refuse_access_note (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "attention");

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  json_array_add_object_element (rows, kith_json_new ("op_id", "s", "o", "op", "s", "audit.record", "label", "s", "Note for the access log", "st", "s", "rejected", "code", "s", "denied",
                                                      "message", "s", "The hub could not keep it: its disk is full.", "at", "s", "2026-11-20T11:48:00.000Z", "args", "o",
                                                      kith_json_new ("what", "s", "printed", "client", "s", "c0000000-0000-7000-8000-000000000001", "t", "s", "client", "detail", "s", "Face sheet", NULL), NULL));
  g_signal_emit_by_name (shot->desktop, "changed", (const char *[]) { "op", NULL });
  pump (600);
}

/* A case that the hub did not take, and the notes that were written in it meanwhile. */
static void
refuse_chain (Shot *shot)
{
  static const char *const notes[] = { "He signed the lease on the flat in Market Street. The landlord wants the deposit by Friday.", "The landlord called: the keys are there on Friday." };
  JsonArray *rows = fake_desktop_list (shot->desktop, "attention"), *chain = json_array_new ();

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  json_array_add_object_element (chain, kith_json_new ("op_id", "s", "o", "op", "s", "case.open", "label", "s", "Open case", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    json_array_add_object_element (chain, kith_json_new ("op_id", "s", "n", "op", "s", "note.add", "label", "s", _("Write note"), "args", "o",
                                                         kith_json_new ("case", "s", "ca000000-0000-7000-8000-0000000000f9", "type", "s", "progress", "text", "s", notes[i], NULL), NULL));
  json_array_add_object_element (rows, kith_json_new ("op_id", "s", "o", "op", "s", "case.open", "label", "s", _("Open case"), "st", "s", "rejected", "code", "s", "access_ended", "message", "s",
                                                      "Your access to this client ended.", "at", "s", "2026-11-20T11:48:00.000Z", "args", "o",
                                                      kith_json_new ("client", "s", "c0000000-0000-7000-8000-000000000001", "title", "s", "A home", NULL), "chain", "a", chain, NULL));
  g_signal_emit_by_name (shot->desktop, "changed", (const char *[]) { "op", NULL });
  pump (600);
}

/* Changes that an older hub does not know. */
static void
hold_back (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "attention"), *outbox = fake_desktop_list (shot->desktop, "outbox"), *chain = json_array_new ();
  JsonObject *note;

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  note = kith_json_new ("op_id", "s", "n", "op", "s", "note.add", "label", "s", _("Write note"), "st", "s", "waiting", "at", "s", "2026-11-20T11:52:00.000Z", "older_hub", "b", TRUE, "args",
                        "o", kith_json_new ("case", "s", "ca000000-0000-7000-8000-0000000000f9", "type", "s", "progress", "text", "s", "The landlord called: the keys are there on Friday.", NULL), NULL);
  json_array_add_object_element (chain, kith_json_new ("op_id", "s", "o", "op", "s", "case.open", "label", "s", "Open case", NULL));
  json_array_add_object_element (chain, kith_json_copy_object (note));
  json_array_add_object_element (outbox, kith_json_new ("op_id", "s", "o", "op", "s", "case.open", "label", "s", _("Open case"), "st", "s", "waiting", "at", "s", "2026-11-20T11:48:00.000Z",
                                                        "older_hub", "b", TRUE, "args", "o",
                                                        kith_json_new ("client", "s", "c0000000-0000-7000-8000-000000000001", "title", "s", "A home", NULL), "chain", "a", chain, NULL));
  json_array_add_object_element (outbox, note);
  g_signal_emit_by_name (shot->desktop, "changed", (const char *[]) { "op", NULL });
  pump (600);
  scroll_to_end (shot);
}

/* Changes to a referral that went out before they were saved. */
static void
send_before (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "attention"), *conflicts = fake_desktop_list (shot->desktop, "conflicts-open");

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  while (json_array_get_length (conflicts) > 0)
    json_array_remove_element (conflicts, 0);
  json_array_add_object_element (fake_desktop_list (shot->desktop, "unsendable"), kith_json_new ("key", "s", "refer:edit:e0000000-0000-7000-8000-000000000021", "at", "i", (gint64) 1795178000000, "sent", "b", TRUE, "draft", "o",
                                                                                                 kith_json_new ("need", "s", "Tooth ache", "note", "s", "Bring the papers; call before noon.", NULL), NULL));
  g_signal_emit_by_name (shot->desktop, "changed", (const char *[]) { "op", "conflict", NULL });
  pump (600);
}

/* Far more than one looks at: what was refused, and what waits. */
static void
pile_up (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "attention"), *outbox = fake_desktop_list (shot->desktop, "outbox");

  for (guint i = 0; i < 120; i++)
    json_array_add_object_element (i % 2 ? rows : outbox, kith_json_new ("op_id", "s", "n", "op", "s", "note.add", "label", "s", _("Write note"), "st", "s", i % 2 ? "rejected" : "waiting", "at", "s",
                                                                         "2026-11-20T11:52:00.000Z", "message", "s", i % 2 ? "Your access to this case ended." : NULL, "args", "o",
                                                                         kith_json_new ("type", "s", "progress", "text", "s", "The landlord called.", NULL), NULL));
  for (guint i = 0; i < 60; i++)
    json_array_add_object_element (outbox, kith_json_new ("op_id", "s", "w", "op", "s", "note.add", "label", "s", _("Write note"), "st", "s", "waiting", "at", "s", "2026-11-20T11:52:00.000Z", NULL));
  g_signal_emit_by_name (shot->desktop, "changed", (const char *[]) { "op", NULL });
  pump (600);
}

static void
pile_up_to_more (Shot *shot)
{
  GtkWidget *more;

  pile_up (shot);
  more = gtk_widget_get_last_child (find_widget (GTK_WIDGET (shot->window), "operations"));
  gtk_widget_grab_focus (more);
  pump (300);
}

static void
pile_up_to_end (Shot *shot)
{
  pile_up (shot);
  scroll_to_end (shot);
}

/* Several services that somebody takes along on one paper. */
static void
collect_handout (Shot *shot)
{
  act (shot, "directory.handout");
  pump (100);
  kith_window_open_place (shot->window, "directory/d0000000-0000-7000-8000-000000000008");
  pump (300);
  act (shot, "directory.handout");
}

/* From the own agency; some do not say where they are. */
static void
nearest_first (Shot *shot)
{
  static const char *const metres[] = { "420", "2312", "31000" };
  JsonArray *services = fake_desktop_list (shot->desktop, "services-all"), *points = fake_desktop_list (shot->desktop, "point-of-agency");

  for (guint i = 0; i < G_N_ELEMENTS (metres); i++)
    json_object_set_string_member (json_array_get_object_element (services, i + 1), "_metres", metres[i]);
  json_array_add_object_element (points, kith_json_new ("id", "s", "l1", "name", "s", "Harbor House, Market Street", "latitude", "s", "32.7", "longitude", "s", "-117.1", NULL));
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (shot->window), "service_filters")));
  pump (200);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (shot->window), "filter_nearest")), TRUE);
}
