/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

#include "kith-json.h"
#include "kith-text.h"

/* The network of the fake desktop: the people of fake-data.json's "network", found by their words. */

#define MAX_HITS 20

static void
cancelled_cb (GCancellable *cancellable, gpointer task)
{
  g_object_set_data (G_OBJECT (task), "given-up", task);
}

/* A hub that takes its time: answers only when the question was given up. */
static gboolean
wait_cb (gpointer data)
{
  GTask *task = data;

  if (!g_object_get_data (G_OBJECT (task), "given-up"))
    return G_SOURCE_CONTINUE;
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gboolean
fits (JsonObject *person, const char *name, const char *birth)
{
  g_autofree char *words = g_strdup_printf (" %s %s", kith_json_string (person, "given_name"), kith_json_string (person, "family_name"));
  g_autofree char *folded = kith_text_fold (words);
  g_autofree char *padded = g_strconcat (" ", folded, NULL), *asked = kith_text_fold (name);
  g_auto (GStrv) parts = g_strsplit (asked, " ", -1);

  for (guint i = 0; parts[i]; i++)
    {
      g_autofree char *start = g_strconcat (" ", parts[i], NULL);

      if (*parts[i] && !strstr (padded, start))
        return FALSE;
    }
  return !birth || !kith_json_string (person, "birth_year") || g_str_has_prefix (birth, kith_json_string (person, "birth_year"));
}

void
kith_desktop_ask_network_async (KithDesktop *self, const char *name, const char *birth, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  FakeNetwork how = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "network"));
  JsonArray *people = fake_desktop_list (self, "network");
  GPtrArray *rows;

  g_object_set_data (G_OBJECT (self), "asked", GINT_TO_POINTER (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "asked")) + 1));
  if (how == FAKE_NETWORK_CUT)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "The hub does not answer.");
      return;
    }
  if (how == FAKE_NETWORK_BUSY)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "Those were many searches in one minute. Please wait a little, then try again.");
      return;
    }
  if (how == FAKE_NETWORK_SLOW)
    {
      g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, NULL);
      g_timeout_add_full (G_PRIORITY_DEFAULT, 5, wait_cb, g_object_ref (task), g_object_unref);
      return;
    }
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; people && i < json_array_get_length (people) && rows->len < MAX_HITS; i++)
    if (fits (json_array_get_object_element (people, i), name, birth))
      g_ptr_array_add (rows, fake_row_new (json_array_get_object_element (people, i)));
  for (guint i = 0; how == FAKE_NETWORK_MANY && rows->len > 0 && rows->len < MAX_HITS; i++)
    g_ptr_array_add (rows, g_object_ref (rows->pdata[i]));
  g_object_set_data (G_OBJECT (task), "more", GINT_TO_POINTER (rows->len == MAX_HITS || how == FAKE_NETWORK_TIRED));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
kith_desktop_ask_network_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error)
{
  *more = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "more"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
fake_desktop_set_network (KithDesktop *self, FakeNetwork how)
{
  g_object_set_data (G_OBJECT (self), "network", GINT_TO_POINTER (how));
}

guint
fake_desktop_get_n_asked (KithDesktop *self)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "asked"));
}

/* A client of another agency's, opened: the record comes. */
void
fake_network_arrive (KithDesktop *self, const char *id)
{
  static const char *const kinds[] = { "client", NULL };
  JsonArray *people = fake_desktop_list (self, "network");

  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      JsonObject *person = json_array_get_object_element (people, i);
      const char *client = kith_json_string (person, "opens"); /* a hit's id is no client's */
      g_autoptr (JsonObject) body = NULL;

      if (g_strcmp0 (kith_json_string (person, "id"), id) != 0)
        continue;
      body = kith_json_copy_object (person);
      json_object_remove_member (body, "opens");
      json_object_set_string_member (body, "id", client);
      json_array_add_object_element (fake_desktop_list (self, "clients-all"), kith_json_copy_object (body));
      json_array_add_object_element (fake_desktop_list (self, "client"),
                                     kith_json_new ("_arg", "s", client, "id", "s", client, "body", "o", json_object_ref (body), NULL));
    }
  g_signal_emit_by_name (self, "changed", kinds);
}

/* It is no longer where it was. */
static void
decide (KithDesktop *self, const char *match)
{
  static const char *const kinds[] = { "match", NULL };
  static const struct { const char *list, *column; } places[] = { { "matches-open", "id" }, { "client-links", "match" } };

  for (guint p = 0; p < G_N_ELEMENTS (places); p++)
    {
      JsonArray *rows = fake_desktop_list (self, places[p].list);

      for (guint i = 0; rows && i < json_array_get_length (rows); i++)
        if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), places[p].column), match) == 0)
          {
            json_array_remove_element (rows, i);
            break;
          }
    }
  g_signal_emit_by_name (self, "changed", kinds);
}

/* Whoever was registered is here, for whom one looks by the id; the list of all does not have them. */
static void
keep_registered (KithDesktop *self, JsonObject *args)
{
  JsonObject *body = kith_json_copy_object (kith_json_object (args, "values"));
  const char *id = kith_json_string (args, "id");

  json_object_set_string_member (body, "agency", kith_desktop_get_actor (self)->agency);
  json_object_set_string_member (body, "number", "HA-0099");
  json_array_add_object_element (fake_desktop_list (self, "client"), kith_json_new ("_arg", "s", id, "id", "s", id, "body", "o", body, NULL));
}

void
fake_network_carry_out (KithDesktop *self, const char *op, JsonObject *args)
{
  if (g_str_equal (op, "client.register"))
    keep_registered (self, args);
  if (g_str_has_prefix (op, "match."))
    decide (self, kith_json_string (args, "match"));
  else if (g_str_equal (op, "client.open_shared") && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "network")) != FAKE_NETWORK_LATE)
    fake_network_arrive (self, kith_json_string (args, "client"));
}

JsonObject *
fake_network_now (KithDesktop *self, const char *op, JsonObject *args)
{
  JsonArray *people = fake_desktop_list (self, "network");

  for (guint i = 0; g_str_equal (op, "client.open_shared") && i < json_array_get_length (people); i++)
    {
      JsonObject *person = json_array_get_object_element (people, i);

      if (g_strcmp0 (kith_json_string (person, "id"), kith_json_string (args, "client")) == 0)
        return kith_json_new ("client", "s", kith_json_string (person, "opens"), NULL);
    }
  return NULL;
}

/* Only "https://moved.example.org" is this hub. */
void
kith_desktop_move_async (KithDesktop *self, const char *hub_url, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 now;

  if (!g_str_equal (hub_url, "https://moved.example.org"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "A Kith hub answers there, but it is not the one that keeps your records.");
      return;
    }
  g_object_get (self, "tried", &now, NULL);
  fake_desktop_set_sync (self, KITH_SYNC_IDLE, 0, 0, now, 0);
  g_task_return_boolean (task, TRUE);
}
