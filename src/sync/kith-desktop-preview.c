/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Agency X will see: …" before it is done: the operation is run on the store's thread over a world that is thrown away. */

#include "kith-desktop-private.h"

typedef struct
{
  char *client, *op;
  JsonObject *args;
  KithClock *clock;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_free (self->client);
  g_free (self->op);
  json_object_unref (self->args);
  g_object_unref (self->clock);
  g_free (self);
}

static gpointer
preview_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (KithActor) actor = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)) /* somebody typed on */
    return NULL;
  actor = kith_store_load_actor (store, error);
  if (actor == NULL)
    return NULL;
  return kith_access_preview (kith_store_get_world (store), actor, request->client, request->op, request->args,
                              kith_clock_wall_ms (request->clock), error);
}

void
kith_desktop_preview_async (KithDesktop *self, const char *client, const char *op, JsonObject *args, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->client = g_strdup (client);
  request->op = g_strdup (op);
  request->args = args;
  request->clock = g_object_ref (self->clock);
  kith_desktop_store_async (self, preview_job, request, request_free, cancellable, callback, user_data);
}

/**
 * kith_desktop_preview_finish:
 *
 * Returns: (transfer full): who would see what
 */
GPtrArray *
kith_desktop_preview_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return kith_desktop_job_finish (self, result, error);
}
