/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The scenes of calls to 2-1-1, a part of kith-scenes.h. */

#define A_CALL "cc000000-0000-7000-8000-000000000001"

static void
take_call (Shot *shot)
{
  type_into (shot, "who", "Dương Thị Hạnh");
  type_into (shot, "phone", "619-555-0170");
  type_into (shot, "need", "shelter");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (shot->window), "need"), "entry-activated");
}

static void
manage_call_forms (Shot *shot)
{
  act (shot, "board.manage");
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "queues.calls", "(sss)", "9e000000-0000-7000-8000-000000000001", "Housing", "");
  pump (200);
}

static void
edit_call_form (Shot *shot)
{
  manage_call_forms (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "forms.edit", "s", "f0000000-0000-7000-8000-0000000000c1");
}

static void
new_call_form (Shot *shot)
{
  manage_call_forms (shot);
  gtk_widget_activate_action (GTK_WIDGET (front_window (shot)), "forms.create", NULL);
}

static void
retire_questions (Shot *shot)
{
  write_questions (shot);
  pump (200);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (front_window (shot)), "retire"), "clicked");
}

static void
manage_call_forms_none (Shot *shot)
{
  json_object_set_array_member (fake_desktop_get_data (shot->desktop), "forms-of-calls", json_array_new ());
  manage_call_forms (shot);
}

static void
make_network_offline (Shot *shot)
{
  fake_desktop_set_network_staff (shot->desktop);
  make_offline (shot);
}

static void
make_network_reading (Shot *shot)
{
  fake_desktop_set_network_staff (shot->desktop);
  make_reading (shot);
}

static void
make_network_unreadable (Shot *shot)
{
  fake_desktop_set_network_staff (shot->desktop);
  make_unreadable (shot);
}

static void
search_call (Shot *shot)
{
  act (shot, "win.search");
  type_into (shot, "search_entry", "Zebedee");
}

/* A queue that nothing came into. */
static void
statistics_none (Shot *shot)
{
  json_object_set_array_member (fake_desktop_get_data (shot->desktop), "queue-referrals", json_array_new ());
  act (shot, "board.statistics");
  pump (200);
}

static void
statistics_unreadable (Shot *shot)
{
  fake_desktop_set_unreadable (shot->desktop, TRUE);
  act (shot, "board.statistics");
  pump (200);
}
