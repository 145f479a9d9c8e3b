/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk-fixture.h"

/* The consents of clients of the made-up agencies, and what is done with them in the record's tab. */

#define HARBOR "a0000000-0000-7000-8000-000000000001"
#define EASTLAKE "a0000000-0000-7000-8000-000000000002"
#define FOOD_BANK "a0000000-0000-7000-8000-000000000003"
#define IN_FORCE "f0000000-0000-7000-8000-000000000001"
#define NEVER "c0000000-0000-7000-8000-000000000003"

static GtkWidget *
in_window (Fixture *fixture, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), name);

  if (!widget)
    g_error ("no %s in sight", name);
  return widget;
}

G_GNUC_UNUSED static void
click (Fixture *fixture, const char *label)
{
  GtkWidget *button = button_of (GTK_WIDGET (fixture->window), label);

  if (!button)
    g_error ("no button “%s” in sight", label);
  g_signal_emit_by_name (button, "clicked");
  pump (80);
}

static void
open_tab (Fixture *fixture, const char *client)
{
  g_autofree char *place = g_strconcat ("clients/", client, NULL);

  open_place (fixture, place);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (in_window (fixture, "tabs"), "consent")), TRUE);
  pump (80);
}

/* Another consent of the client, in force, for Eastlake Family Clinic. */
static void
add_another (Fixture *fixture)
{
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client-consents"),
                                 kith_json_new ("_arg", "s", MARIA, "id", "s", "f0000000-0000-7000-8000-0000000000a2", "agency_name", "s", "Harbor House", "body", "o",
                                                kith_json_new ("client", "s", MARIA, "permission", "s", "granted", "status", "s", "in_force", "start", "s",
                                                               "2026-10-01T10:00:00.000Z", "term", "s", "2027-10-01T10:00:00.000Z", "classes", "a",
                                                               kith_json_strings ("client", NULL), "receivers", "a",
                                                               kith_json_strings ("a0000000-0000-7000-8000-000000000002", NULL), NULL), NULL));
}
