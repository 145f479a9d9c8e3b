/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-ticks.h"

#define INTERVAL_S 30 /* how often consents and referrals are looked at for their end */
#define CATCH_UP_MS 30

struct _KithHubTicks
{
  GObject *server;
  KithDbThread *thread;
  KithHub *hub;
  KithHubTold told;
  gpointer user_data;
  guint clock_id;
  guint catch_up_id; /* the clock again, soon: there is more to compare */
};

typedef struct
{
  KithHubTicks *ticks;
  GObject *server; /* owned: keeps the ticks and the hub */
  gint64 moment;
  KithHubPokes *pokes;
  gboolean behind;
} Tick;

static void run_clock (KithHubTicks *self);

static gpointer
clock_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Tick *tick = data;
  KithHub *hub = tick->ticks->hub;
  guint done = 0;

  kith_hub_run_clock (hub, &done, error);
  tick->moment = kith_hub_get_moment (hub);
  tick->pokes = kith_hub_take_pokes (hub);
  tick->behind = kith_hub_is_behind (hub);
  return NULL;
}

static gboolean
catch_up_cb (gpointer user_data)
{
  KithHubTicks *self = user_data;

  self->catch_up_id = 0;
  run_clock (self);
  return G_SOURCE_REMOVE;
}

static void
clock_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Tick *tick = user_data;
  KithHubTicks *self = tick->ticks;
  g_autoptr (GObject) server = tick->server;
  g_autoptr (KithHubPokes) pokes = tick->pokes;
  g_autoptr (GError) error = NULL;

  kith_db_thread_run_finish (self->thread, result, &error);
  if (error != NULL)
    g_warning ("What is due by the clock could not be done: %s. It is tried again in %d seconds.", error->message, INTERVAL_S);
  self->told (tick->moment, pokes, self->user_data);
  if (tick->behind && error == NULL && self->clock_id != 0 && self->catch_up_id == 0)
    self->catch_up_id = g_timeout_add (CATCH_UP_MS, catch_up_cb, self);
}

static void
run_clock (KithHubTicks *self)
{
  Tick *tick = g_new0 (Tick, 1);

  tick->ticks = self;
  tick->server = g_object_ref (self->server);
  kith_db_thread_run_async (self->thread, G_PRIORITY_DEFAULT_IDLE, clock_on_thread, tick, NULL, NULL, clock_done_cb, tick);
}

static gboolean
clock_cb (gpointer user_data)
{
  run_clock (user_data);
  return G_SOURCE_CONTINUE;
}

KithHubTicks *
kith_hub_ticks_new (GObject *server, KithDbThread *thread, KithHub *hub, KithHubTold told, gpointer user_data)
{
  KithHubTicks *self = g_new0 (KithHubTicks, 1);

  self->server = server;
  self->thread = thread;
  self->hub = hub;
  self->told = told;
  self->user_data = user_data;
  self->clock_id = g_timeout_add_seconds (INTERVAL_S, clock_cb, self);
  return self;
}

void
kith_hub_ticks_stop (KithHubTicks *self)
{
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_handle_id (&self->catch_up_id, g_source_remove);
}

void
kith_hub_ticks_free (KithHubTicks *self)
{
  kith_hub_ticks_stop (self);
  g_free (self);
}
