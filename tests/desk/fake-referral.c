/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"

/* What the queries of a referral say of its timeline, from the rows of "referral-events", which stand oldest first. */

/* referral-timeline: the newest first. */
static JsonArray *
timeline (KithDesktop *self)
{
  JsonArray *events = kith_json_array (self->data, "referral-events"), *turned = json_array_new ();

  for (guint i = events ? json_array_get_length (events) : 0; i > 0; i--)
    json_array_add_object_element (turned, json_object_ref (json_array_get_object_element (events, i - 1)));
  json_object_set_array_member (self->data, "referral-timeline", turned);
  return turned;
}

static gboolean
is_either (JsonObject *event, const char *column, const char *first, const char *second)
{
  const char *value = kith_json_string (event, column);

  return g_strcmp0 (value, first) == 0 || g_strcmp0 (value, second) == 0;
}

static void
set_text (JsonObject *columns, const char *column, const char *text)
{
  if (text)
    json_object_set_string_member (columns, column, text);
  else
    json_object_remove_member (columns, column);
}

/* referral: what stands above its timeline. */
static void
tell (KithDesktop *self, JsonObject *columns)
{
  JsonArray *events = kith_json_array (self->data, "referral-events");
  const char *note = kith_json_object (columns, "body") ? kith_json_string (kith_json_object (columns, "body"), "note") : NULL, *sent = NULL, *end = NULL, *end_name = NULL;
  gboolean served = FALSE, told = FALSE;

  for (guint i = 0; events && i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      const char *text = kith_json_string (event, "text");

      if (g_strcmp0 (kith_json_string (event, "_arg"), kith_json_string (columns, "id")) != 0)
        continue;
      served |= g_strcmp0 (kith_json_string (event, "to_phase"), "in_service") == 0 || g_strcmp0 (kith_json_string (event, "from_phase"), "in_service") == 0;
      if (!sent && text && *text && is_either (event, "type", "sent", "sent"))
        sent = text;
      told |= is_either (event, "type", "note", "note") && g_strcmp0 (text, note) == 0;
      if (is_either (event, "type", "closed", "declined"))
        end = text, end_name = kith_json_string (event, "term_name");
    }
  json_object_set_int_member (columns, "served", served); /* as SQL has it */
  set_text (columns, "first_note", sent ? sent : told ? NULL : note);
  set_text (columns, "end_text", end);
  set_text (columns, "end_name", end_name);
}

JsonArray *
fake_referral_rows (KithDesktop *self, const char *query)
{
  JsonArray *rows = g_str_equal (query, "referral-timeline") ? timeline (self) : kith_json_array (self->data, query);

  for (guint i = 0; rows && g_str_equal (query, "referral") && i < json_array_get_length (rows); i++)
    tell (self, json_array_get_object_element (rows, i));
  return rows;
}
