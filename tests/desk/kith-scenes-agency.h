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
