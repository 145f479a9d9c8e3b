/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an agency settles, of the fake desktop: accounts, settings, holidays, corrections; as much as the windows need to be looked at. */

#include "fake-desktop.h"

static JsonObject *
find_row (KithDesktop *self, const char *query, const char *id)
{
  JsonArray *rows = fake_desktop_list (self, query);

  for (guint i = 0; rows && id && i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      return json_array_get_object_element (rows, i);
  return NULL;
}

static void
told (KithDesktop *self, const char *kind)
{
  const char *kinds[] = { kind, NULL };

  g_signal_emit_by_name (self, "changed", kinds);
}

/* Every argument but the first, "staff", is a field of the account. */
static void
set_account (KithDesktop *self, JsonObject *args)
{
  JsonObject *row = find_row (self, "account", kith_json_string (args, "staff"));
  g_autoptr (GList) names = json_object_get_members (args);

  for (GList *l = names; row && l; l = l->next)
    if (!g_str_equal (l->data, "staff"))
      json_object_set_member (kith_json_object (row, "body"), l->data, json_node_copy (json_object_get_member (args, l->data)));
  told (self, "staff");
}

static void
answer (KithDesktop *self, JsonObject *args)
{
  static const char *const copied[] = { "basis", "reason", "decided_on", "disagreement", "disagreed_on", "ended_on", "end_reason", "keep" }, *const lists[] = { "amendments", "client-amendments" };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      JsonObject *row = find_row (self, lists[l], kith_json_string (args, "request"));

      if (row && kith_json_string (args, "answer"))
        json_object_set_string_member (row, "state", kith_json_string (args, "answer"));
      for (guint i = 0; row && i < G_N_ELEMENTS (copied); i++)
        if (kith_json_string (args, copied[i]))
          json_object_set_string_member (row, copied[i], kith_json_string (args, copied[i]));
      if (row && json_object_has_member (args, "agreed"))
        json_object_set_int_member (row, "end_agreed", kith_json_bool (args, "agreed", FALSE));
    }
  told (self, "amendment_request");
}

void
fake_agency_restrict (KithDesktop *self, const char *client, gboolean agreed)
{
  static const char *const lists[] = { "amendments", "client-amendments" };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    json_array_add_object_element (fake_desktop_list (self, lists[l]),
                                   kith_json_new ("_arg", "s", l > 0 ? client : NULL, "id", "s", FAKE_RESTRICTION, "client", "s", client, "number", "s", "HA-0042", "given_name",
                                                  "s", "María", "family_name", "s", "López", "second_family_name", "s", "Hernández", "here", "i", (gint64) 1, "type", "s",
                                                  "restriction", "about", "s", "Do not tell anybody who calls that I stay here.", "whom", "s", "My former employer", "asked_on",
                                                  "s", "2026-11-12", "due_on", "s", "2027-01-11", "state", "s", agreed ? "accepted" : "asked", "agency_name", "s", "Harbor House",
                                                  "mine", "i", (gint64) 1, "by_name", "s", "Ana Delgado", "decided_on", "s", agreed ? "2026-11-13" : NULL, "decided_by_name", "s",
                                                  agreed ? "Rosa Méndez" : NULL, NULL));
  if (agreed)
    json_array_add_object_element (fake_desktop_list (self, "client-alerts"),
                                   kith_json_new ("_arg", "s", client, "id", "s", FAKE_RESTRICTION, "level", "s", "caution", "kept", "s", "restriction", "text", "s",
                                                  "Say nothing about her to callers.", "active", "i", (gint64) 1, "raised_at", "s",
                                                  "2026-11-13T10:00:00.000Z", "raised_by_name", "s", "Rosa Méndez", "agency_name", "s", "Harbor House", NULL));
  told (self, "amendment_request");
}

static void
configure (KithDesktop *self, JsonObject *args)
{
  JsonArray *rows = fake_desktop_list (self, "agency-settings");
  JsonObject *set = kith_json_object (args, "set");
  g_autoptr (GList) names = json_object_get_members (set);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    for (GList *l = names; l; l = l->next)
      json_object_set_member (kith_json_object (json_array_get_object_element (rows, i), "body"), l->data, json_node_copy (json_object_get_member (set, l->data)));
  told (self, "agency_settings");
}

static void
set_day (KithDesktop *self, JsonObject *args)
{
  JsonArray *rows = fake_desktop_list (self, "holidays");
  const char *agency = kith_json_string (args, "agency");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "date"), kith_json_string (args, "date")) == 0)
      json_array_remove_element (rows, i--);
  if (kith_json_bool (args, "closed", TRUE))
    json_array_add_object_element (rows, kith_json_new ("id", "s", kith_json_string (args, "date"), "_arg", "s", agency, "date", "s", kith_json_string (args, "date"),
                                                        "name", "s", kith_json_string (args, "name"), "own", "i", (gint64) (agency != NULL), NULL));
  told (self, "calendar_day");
}

void
fake_agency_carry_out (KithDesktop *self, const char *op, JsonObject *args)
{
  if (g_str_equal (op, "staff.set_notices") || g_str_equal (op, "staff.change_role") || g_str_equal (op, "staff.set_health_access") ||
      g_str_equal (op, "staff.set_duties") || g_str_equal (op, "portal.set_permissions"))
    set_account (self, args);
  else if (g_str_equal (op, "amendment.decide") || g_str_equal (op, "amendment.disagree") || g_str_equal (op, "amendment.end"))
    answer (self, args);
  else if (g_str_equal (op, "agency.configure"))
    configure (self, args);
  else if (g_str_equal (op, "calendar.set"))
    set_day (self, args);
}
