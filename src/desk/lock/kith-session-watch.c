/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-session-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define LOGIND "org.freedesktop.login1"
#define MANAGER LOGIND ".Manager"
#define SESSION LOGIND ".Session"
#define MANAGER_PATH "/org/freedesktop/login1"

struct _KithSessionWatch
{
  GObject parent_instance;
  GDBusConnection *bus; /* NULL: not there yet, or never */
  GCancellable *cancellable;
  guint sleep_id, lock_id;
  int inhibitor; /* held open, the computer waits before it sleeps; -1: none */
  gboolean sleeps;
};

G_DEFINE_FINAL_TYPE (KithSessionWatch, kith_session_watch, G_TYPE_OBJECT)

static guint signal_lock;

static void
let_sleep (KithSessionWatch *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
inhibit_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithSessionWatch) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result, NULL);
  gint32 at;

  if (!answer || !fds)
    return;
  g_variant_get (answer, "(h)", &at);
  let_sleep (self);
  if (!self->sleeps)
    self->inhibitor = g_unix_fd_list_get (fds, at, NULL);
}

static void
delay_sleep (KithSessionWatch *self)
{
  g_dbus_connection_call_with_unix_fd_list (self->bus, LOGIND, MANAGER_PATH, MANAGER, "Inhibit",
                                            g_variant_new ("(ssss)", "sleep", "Kith", _("Kith saves what is typed and locks"), "delay"), G_VARIANT_TYPE ("(h)"),
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable, inhibit_cb, g_object_ref (self));
}

static void
sleep_cb (GDBusConnection *bus,
          const char      *sender,
          const char      *path,
          const char      *interface,
          const char      *signal,
          GVariant        *parameters,
          gpointer         user_data)
{
  KithSessionWatch *self = user_data;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &self->sleeps);
  if (self->sleeps)
    g_signal_emit (self, signal_lock, 0);
  else
    delay_sleep (self);
}

/* Whose session it is that locks. Where that cannot be said it is taken for this person's: locked once too often costs a password. */
static void
owner_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithSessionWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error), value = NULL;
  guint32 uid = getuid ();

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer)
    g_variant_get (answer, "(v)", &value);
  if (value && g_variant_is_of_type (value, G_VARIANT_TYPE ("(uo)")))
    g_variant_get (value, "(uo)", &uid, NULL);
  if (uid == getuid ())
    g_signal_emit (self, signal_lock, 0);
}

static void
lock_cb (GDBusConnection *bus,
         const char      *sender,
         const char      *path,
         const char      *interface,
         const char      *signal,
         GVariant        *parameters,
         gpointer         user_data)
{
  KithSessionWatch *self = user_data;

  g_dbus_connection_call (bus, LOGIND, path, "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", SESSION, "User"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, owner_cb, g_object_ref (self));
}

static void
watch (KithSessionWatch *self,
       GDBusConnection  *bus)
{
  self->bus = g_object_ref (bus);
  self->sleep_id = g_dbus_connection_signal_subscribe (bus, LOGIND, MANAGER, "PrepareForSleep", MANAGER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, sleep_cb, self, NULL);
  self->lock_id = g_dbus_connection_signal_subscribe (bus, LOGIND, SESSION, "Lock", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, lock_cb, self, NULL);
  delay_sleep (self);
}

/* Once, and for whoever asks for it (G_MESSAGES_DEBUG): on a computer without logind it says nothing that can be done something about. */
static void
tell_once (const char *why)
{
  static gboolean told;

  if (!told)
    g_info ("Kith does not hear when the computer sleeps or its session is locked (%s). It locks by itself after a while.", why);
  told = TRUE;
}

static void
system_bus_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (KithSessionWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus && !g_cancellable_is_cancelled (self->cancellable))
    watch (self, bus);
  else if (!bus && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_once (error->message);
}

/**
 * kith_session_watch_locked:
 *
 * The store is closed: a computer that is about to sleep may.
 */
void
kith_session_watch_locked (KithSessionWatch *self)
{
  if (self->sleeps)
    let_sleep (self);
}

static void
kith_session_watch_dispose (GObject *object)
{
  KithSessionWatch *self = KITH_SESSION_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  if (self->bus)
    {
      g_dbus_connection_signal_unsubscribe (self->bus, self->sleep_id);
      g_dbus_connection_signal_unsubscribe (self->bus, self->lock_id);
    }
  g_clear_object (&self->bus);
  let_sleep (self);
  G_OBJECT_CLASS (kith_session_watch_parent_class)->dispose (object);
}

static void
kith_session_watch_finalize (GObject *object)
{
  g_object_unref (KITH_SESSION_WATCH (object)->cancellable);
  G_OBJECT_CLASS (kith_session_watch_parent_class)->finalize (object);
}

static void
kith_session_watch_class_init (KithSessionWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_session_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_session_watch_finalize;
  signal_lock = g_signal_new ("lock", KITH_TYPE_SESSION_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_session_watch_init (KithSessionWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
}

/**
 * kith_session_watch_new:
 * @bus: (nullable): where logind is; NULL: on the system's bus
 *
 * Returns: (transfer full): the watch, which ends with it
 */
KithSessionWatch *
kith_session_watch_new (GDBusConnection *bus)
{
  KithSessionWatch *self = g_object_new (KITH_TYPE_SESSION_WATCH, NULL);

  if (bus)
    watch (self, bus);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, g_object_ref (self));
  return self;
}
