/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As whom the hub knows this computer: the token everything else is asked with, and the lane (sync.md 2.1, 5.1). */

#include "kith-sync-engine-private.h"

#include "kith-id.h"

#define TIMEOUT_S 60

static GBytes *
body_of (JsonObject *object)
{
  char *text = kith_json_print_object (object);

  json_object_unref (object);
  return g_bytes_new_take (text, strlen (text));
}

/* Without a token nothing else can be asked. */
KithSyncRequest *
kith_sync_token_request (KithSyncEngine *self)
{
  g_autofree char *refresh = NULL;

  if (!kith_retry_due (&self->tokens, kith_sync_engine_now (self)))
    return NULL;
  refresh = kith_store_get_refresh (self->store);
  if (refresh == NULL)
    {
      kith_sync_engine_set_sign_in (self, NULL);
      return NULL;
    }
  return kith_sync_engine_make_request (self, KITH_SYNC_TOKEN, "POST", KITH_PATH_TOKEN, body_of (kith_json_new ("refresh", "s", refresh, NULL)), TIMEOUT_S);
}

KithSyncRequest *
kith_sync_lane_request (KithSyncEngine *self)
{
  const char *device = kith_store_get_device (self->store);

  if (self->new_device == NULL)
    self->new_device = device != NULL ? g_strdup (device) : kith_id_new (self->clock, self->random);
  return kith_sync_engine_make_request (self, KITH_SYNC_LANE, "POST", KITH_PATH_LANE, body_of (kith_json_new ("device", "s", self->new_device, NULL)),
                       TIMEOUT_S);
}

void
kith_sync_token_answer (KithSyncEngine *self, JsonObject *answer)
{
  g_autoptr (GError) error = NULL;
  const char *token = kith_json_string (answer, "token");
  const char *refresh = kith_json_string (answer, "refresh");

  if (token == NULL || refresh == NULL)
    {
      kith_sync_engine_went_wrong (self, KITH_SYNC_TOKEN, 0, TRUE);
      return;
    }
  KithRetry tokens = self->tokens;

  if (!kith_store_set_refresh (self->store, refresh, &error))
    g_warning ("refresh token: %s", error->message);
  kith_sync_engine_set_token (self, token);
  self->tokens = tokens;
  self->token_proven = FALSE;
}

void
kith_sync_lane_answer (KithSyncEngine *self, JsonObject *answer)
{
  JsonObject *lane = kith_json_object (answer, "lane");
  g_autoptr (GError) error = NULL;

  if (lane == NULL || kith_json_string (lane, "code") == NULL || self->new_device == NULL)
    {
      kith_sync_engine_went_wrong (self, KITH_SYNC_LANE, 0, TRUE);
      return;
    }
  kith_sync_engine_was_met (self);
  if (!kith_store_set_identity (self->store, self->new_device, kith_store_get_user (self->store), kith_json_string (lane, "code"),
                                kith_store_get_epoch (self->store), &error) ||
      !kith_store_set_lane (self->store, kith_json_int (lane, "last_n", 0), kith_json_int (lane, "next_number", 1), &error))
    {
      g_warning ("lane: %s", error->message);
      kith_sync_engine_went_wrong (self, KITH_SYNC_LANE, 0, FALSE);
      return;
    }
  g_clear_pointer (&self->new_device, g_free);
  self->wrong_lane = FALSE;
  kith_retry_reset (&self->lane);
  kith_retry_reset (&self->push);
  self->want_pull = TRUE;
}
