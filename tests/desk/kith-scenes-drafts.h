/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The scenes of referrals that are kept as drafts (domain.md 2e), a part of kith-scenes.h. */

#include "kith-id.h"

#define DRAFT "e0000000-0000-7000-8000-000000000021"

static JsonObject *
draft_row (Shot *shot, const char *query)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, query);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), DRAFT) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

/* One of yesterday, of María, and one that was begun just now, of somebody without a record. */
static void
make_drafts (Shot *shot)
{
  JsonObject *data = fake_desktop_get_data (shot->desktop), *row = draft_row (shot, "sent-open"), *referral = draft_row (shot, "referral"), *body = kith_json_object (referral, "body");
  JsonArray *drafts = json_array_new (), *records = json_array_new (), *waiting = fake_desktop_list (shot->desktop, "referrals-waiting");
  g_autofree char *detail = kith_id_natural ("referral_detail", DRAFT);

  json_object_set_array_member (data, "unsent", json_array_new ());
  json_object_set_string_member (row, "phase", "draft");
  json_object_set_boolean_member (row, "pending", FALSE);
  json_object_set_string_member (row, "sent_at", "2026-11-19T16:40:00.000Z");
  json_object_remove_member (row, "due_on");
  json_array_add_object_element (drafts, kith_json_new ("id", "s", "e0000000-0000-7000-8000-0000000000d2", "number", "s", "HA-0061", "type", "s", "direct", "phase", "s", "draft", "sent_at", "s",
                                                        "2026-11-20T13:50:00.000Z", "contact_name", "s", "Rosa", "resource_name", "s", "Tenant rights clinic", "agency", "s",
                                                        kith_json_string (row, "agency"), "agency_name", "s", "South Bay Legal Aid", "urgency", "s", "routine", NULL));
  json_array_add_object_element (drafts, kith_json_copy_object (row));
  json_object_set_array_member (data, "sent-drafts", drafts);
  for (guint i = json_array_get_length (fake_desktop_list (shot->desktop, "sent-open")); i-- > 0;)
    if (json_array_get_object_element (fake_desktop_list (shot->desktop, "sent-open"), i) == row)
      {
        json_array_remove_element (fake_desktop_list (shot->desktop, "sent-open"), i);
        break;
      }
  json_object_set_string_member (body, "phase", "draft");
  json_object_set_string_member (body, "contact_date", "2026-11-19T16:40:00.000Z");
  if (kith_json_object (referral, "course"))
    {
      json_object_remove_member (kith_json_object (referral, "course"), "sent_at");
      json_object_remove_member (kith_json_object (referral, "course"), "due_on");
    }
  json_array_add_object_element (records, kith_json_new ("kind", "s", "referral_detail", "id", "s", detail, "body", "o",
                                                         kith_json_new ("referral", "s", DRAFT, "client", "s", MARIA, "agency", "s", kith_json_string (body, "agency"), "need", "s",
                                                                        "Food until the first wages", "urgency", "s", "soon", "request", "s", "No cooking gas at the moment", NULL),
                                                         NULL));
  json_object_set_array_member (data, "records", records);
  json_array_add_object_element (waiting, kith_json_new ("id", "s", DRAFT, "number", "s", kith_json_string (body, "number"), "phase", "s", "draft", "sent_at", "s", "2026-11-19T16:40:00.000Z",
                                                         "contact_name", "s", kith_json_string (body, "contact_name"), "resource_name", "s", kith_json_string (body, "resource_name"), "agency_to_name",
                                                         "s", "Mission Food Bank", "agency", "s", kith_json_string (body, "agency"), "waits", "s", "draft", "later", "i", (gint64) 1, NULL));
}

/* At the foot of the form. */
static void
choose_draft (Shot *shot)
{
  choose_service (shot);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find_widget (GTK_WIDGET (shot->window), "scroller"))), 1e6);
  pump (200);
}

static void
choose_template (Shot *shot)
{
  choose_draft (shot);
  act (shot, "form.note-template");
  pump (400);
}

static void
change_draft (Shot *shot)
{
  act (shot, "referral.edit");
  pump (600);
}
