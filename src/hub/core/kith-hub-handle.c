/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands for a client in the answer to a search of the network. The id of a record tells when it was made, so a person who may not see
 * the record is given another: made with the hub's secret, for that person alone, and good for a quarter of an hour. It is known to this
 * process; after a restart one searches again. */

#include "kith-hub-private.h"

#include <glib/gi18n.h>

#define GOOD_FOR_MS (15 * 60 * 1000)

typedef struct
{
  char *client;
  gint64 until;
} Handle;

static void
handle_free (gpointer data)
{
  Handle *handle = data;

  g_free (handle->client);
  g_free (handle);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer now)
{
  return ((Handle *) value)->until <= *(gint64 *) now;
}

/**
 * kith_hub_handle_new:
 *
 * Returns: (transfer full): an id that @user alone can open @client with, for a while
 */
char *
kith_hub_handle_new (KithHub *self, const char *user, const char *client)
{
  gint64 now = kith_hub_now (self);
  Handle *handle = g_new0 (Handle, 1);
  char *id;

  g_hash_table_foreach_remove (self->handles, is_over, &now);
  id = kith_hub_handle_of (self, user, client);
  handle->client = g_strdup (client);
  handle->until = now + GOOD_FOR_MS;
  g_hash_table_replace (self->handles, g_strdup (id), handle);
  return id;
}

/* Whoever does not know the secret learns nothing from it, not even that two people were shown the same client. */
char *
kith_hub_handle_of (KithHub *self, const char *user, const char *client)
{
  g_autofree char *key = g_strconcat (user, ":", client, NULL);

  return kith_id_derive (self->secret, "found", key);
}

/**
 * kith_hub_handle_resolve:
 * @args: of client.open_shared, as they were sent
 *
 * Nothing but what a search told this person opens a record; all else is as absent as what never was.
 *
 * Returns: (transfer full) (nullable): the same with the client's own id; %NULL: @outcome is refused
 */
JsonObject *
kith_hub_handle_resolve (KithHub *self, const char *user, JsonObject *args, KithHubOutcome *outcome)
{
  const char *id = kith_json_string (args, "client");
  Handle *handle = id != NULL ? g_hash_table_lookup (self->handles, id) : NULL;
  g_autofree char *own = handle != NULL ? kith_hub_handle_of (self, user, handle->client) : NULL;
  JsonObject *resolved;

  if (handle == NULL || handle->until <= kith_hub_now (self) || !g_str_equal (own, id))
    {
      kith_hub_outcome_refuse (outcome, KITH_REFUSAL_NOT_FOUND, _("That search was too long ago. Nothing was opened; search once more."));
      return NULL;
    }
  resolved = kith_json_copy_object (args);
  json_object_set_string_member (resolved, "client", handle->client);
  return resolved;
}

GHashTable *
kith_hub_handles_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, handle_free);
}
