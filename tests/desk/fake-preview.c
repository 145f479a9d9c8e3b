/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

#include "kith-json.h"

/* Who would see what. The one agency that helps this client already sees at once; others once they help; a revocation takes all. */

#define HELPS "a0000000-0000-7000-8000-000000000002"

static char **
classes_of (JsonArray *classes)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; classes && i < json_array_get_length (classes); i++)
    g_strv_builder_add (list, json_array_get_string_element (classes, i));
  return g_strv_builder_end (list);
}

static void
add (KithDesktop *self, GPtrArray *sights, const char *agency, JsonArray *before, JsonArray *after, JsonArray *later)
{
  JsonArray *all = fake_desktop_list (self, "organizations-all");
  KithSight *sight = g_new0 (KithSight, 1);

  sight->agency = g_strdup (agency);
  for (guint i = 0; all && i < json_array_get_length (all); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (all, i), "id"), agency) == 0)
      sight->name = g_strdup (kith_json_string (json_array_get_object_element (all, i), "name"));
  sight->before = classes_of (before);
  sight->after = classes_of (after);
  sight->later = classes_of (later);
  g_ptr_array_add (sights, sight);
}

void
kith_desktop_preview_async (KithDesktop *self, const char *client, const char *op, JsonObject *args, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GPtrArray *sights = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_sight_free);
  g_autoptr (JsonArray) held = kith_json_strings ("client", "care", "referral", NULL);
  JsonArray *classes = kith_json_array (args, "classes"), *receivers = kith_json_array (args, "receivers");
  JsonArray *groups = kith_json_array (args, "receiver_classes"), *all = fake_desktop_list (self, "organizations-all");

  if (kith_json_string (fake_desktop_get_data (self), "preview-refused"))
    {
      g_task_return_new_error (task, KITH_REFUSAL, KITH_REFUSAL_INVALID, "%s", kith_json_string (fake_desktop_get_data (self), "preview-refused"));
      g_ptr_array_unref (sights);
      json_object_unref (args);
      return;
    }
  if (g_str_equal (op, "consent.revoke"))
    add (self, sights, HELPS, held, NULL, NULL);
  for (guint i = 0; receivers && i < json_array_get_length (receivers); i++)
    {
      const char *agency = json_array_get_string_element (receivers, i);

      if (!g_str_equal (agency, "network"))
        add (self, sights, agency, NULL, g_str_equal (agency, HELPS) ? classes : NULL, classes);
    }
  for (guint i = 0; groups && json_array_get_length (groups) > 0 && all && i < json_array_get_length (all); i++)
    {
      const char *agency = kith_json_string (json_array_get_object_element (all, i), "id");

      if (!receivers || !kith_json_array_has (receivers, agency))
        add (self, sights, agency, NULL, g_str_equal (agency, HELPS) ? classes : NULL, classes);
    }
  json_object_unref (args);
  g_task_return_pointer (task, sights, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
kith_desktop_preview_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
