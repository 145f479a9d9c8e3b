/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-network-watch.h"

struct _KithNetworkWatch
{
  GObject parent_instance;
  KithDesktop *desktop;
  guint settle_ms, settle_id;
};

G_DEFINE_FINAL_TYPE (KithNetworkWatch, kith_network_watch, G_TYPE_OBJECT)

static gboolean
settled_cb (gpointer user_data)
{
  KithNetworkWatch *self = user_data;

  self->settle_id = 0;
  kith_desktop_try_now (self->desktop);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (KithNetworkWatch *self,
            gboolean          available)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (available)
    self->settle_id = g_timeout_add (self->settle_ms, settled_cb, self);
}

static void
listen (KithNetworkWatch *self,
        GNetworkMonitor  *monitor)
{
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

/* It may take as long as it wants: nobody is held for it. */
static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GWeakRef *watch = user_data;
  g_autoptr (KithNetworkWatch) self = g_weak_ref_get (watch);
  g_autoptr (GNetworkMonitor) monitor = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self && monitor)
    listen (self, monitor);
  g_weak_ref_clear (watch);
  g_free (watch);
}

static void
kith_network_watch_dispose (GObject *object)
{
  KithNetworkWatch *self = KITH_NETWORK_WATCH (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->desktop);
  G_OBJECT_CLASS (kith_network_watch_parent_class)->dispose (object);
}

static void
kith_network_watch_class_init (KithNetworkWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_network_watch_dispose;
}

static void
kith_network_watch_init (KithNetworkWatch *self)
{
}

/**
 * kith_network_watch_new:
 * @monitor: (nullable): NULL: the system's, which is asked for by another thread: it may have to wait for a service of the system
 * @settle_ms: how long nothing must have changed before the hub is tried
 */
KithNetworkWatch *
kith_network_watch_new (KithDesktop     *desktop,
                        GNetworkMonitor *monitor,
                        guint            settle_ms)
{
  KithNetworkWatch *self = g_object_new (KITH_TYPE_NETWORK_WATCH, NULL);
  g_autoptr (GTask) task = NULL;
  GWeakRef *watch;

  self->desktop = g_object_ref (desktop);
  self->settle_ms = settle_ms;
  if (monitor)
    {
      listen (self, monitor);
      return self;
    }
  watch = g_new0 (GWeakRef, 1);
  g_weak_ref_init (watch, self);
  task = g_task_new (NULL, NULL, found_cb, watch);
  g_task_run_in_thread (task, find_thread);
  return self;
}
