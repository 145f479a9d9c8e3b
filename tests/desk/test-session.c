/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What logind says, and which of it locks. It is played here, on a bus that nobody else has. */

#include <glib-unix.h>
#include <gio/gunixfdlist.h>
#include <unistd.h>

#include "lock/kith-session-watch.h"

#define MINE "/org/freedesktop/login1/session/_31"
#define THEIRS "/org/freedesktop/login1/session/_32"

typedef struct
{
  GDBusConnection *bus;
  KithSessionWatch *watch;
  guint n_locks, n_inhibits, name;
  guint objects[3];
  int held; /* ends when whoever inhibited lets go */
} Session;

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method, GVariant *parameters,
         GDBusMethodInvocation *invocation, gpointer user_data)
{
  Session *s = user_data;
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  const char *what, *mode;
  int ends[2];

  g_variant_get (parameters, "(&s&s&s&s)", &what, NULL, NULL, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");
  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  if (s->held >= 0)
    close (s->held);
  s->held = ends[0];
  s->n_inhibits++;
  g_unix_fd_list_append (fds, ends[1], NULL);
  close (ends[1]);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), fds);
}

static GVariant *
property_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *property, GError **error, gpointer user_data)
{
  return g_variant_new ("(uo)", (guint32) (g_str_equal (path, MINE) ? getuid () : getuid () + 1), "/org/freedesktop/login1/user/_1");
}

static void
lock_cb (Session *s)
{
  s->n_locks++;
}

static void
owned_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
set_up (Session *s, gconstpointer data)
{
  static const char xml[] = "<node><interface name='org.freedesktop.login1.Manager'><method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
                            "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='h' direction='out'/></method></interface>"
                            "<interface name='org.freedesktop.login1.Session'><property name='User' type='(uo)' access='read'/></interface></node>";
  static const GDBusInterfaceVTable table = { call_cb, property_cb, NULL };
  static const char *const paths[] = { "/org/freedesktop/login1", MINE, THEIRS };
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GError) error = NULL;
  gboolean owned = FALSE;

  s->held = -1;
  s->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (s->objects); i++)
    {
      s->objects[i] = g_dbus_connection_register_object (s->bus, paths[i], node->interfaces[i > 0], &table, s, NULL, &error);
      g_assert_no_error (error);
    }
  s->name = g_bus_own_name_on_connection (s->bus, "org.freedesktop.login1", G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb, NULL, &owned, NULL);
  while (!owned)
    g_main_context_iteration (NULL, TRUE);
  s->watch = kith_session_watch_new (s->bus);
  g_signal_connect_swapped (s->watch, "lock", G_CALLBACK (lock_cb), s);
  while (s->n_inhibits < 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Session *s, gconstpointer data)
{
  g_clear_object (&s->watch);
  g_bus_unown_name (s->name);
  /* The connection is one for the program: while the bus's thread still holds it, the next test meets what stands on it. */
  for (guint i = 0; i < G_N_ELEMENTS (s->objects); i++)
    g_assert_true (g_dbus_connection_unregister_object (s->bus, s->objects[i]));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (s->held >= 0)
    close (s->held);
  g_object_unref (s->bus);
}

static void
emit (Session *s, const char *path, const char *interface, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (s->bus, NULL, path, interface, signal, parameters, &error);
  g_assert_no_error (error);
}

/* What is asked of the bus comes back after all that was said on it before, and after what that led to. */
static void
settle (Session *s)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GVariant) answer = g_dbus_connection_call_sync (s->bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId", NULL, NULL,
                                                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000); /* two queues: the bus's thread hands on what it has read */
    }
}

static gboolean
is_held (Session *s)
{
  char byte;

  g_unix_set_fd_nonblocking (s->held, TRUE, NULL);
  return read (s->held, &byte, 1) != 0;
}

/* C22: somebody else's comings and goings, and what is not a lock, throw nobody out. */
static void
test_others (Session *s, gconstpointer data)
{
  emit (s, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "SessionNew", g_variant_new ("(so)", "32", THEIRS));
  emit (s, MINE, "org.freedesktop.login1.Session", "Unlock", NULL);
  emit (s, THEIRS, "org.freedesktop.login1.Session", "Lock", NULL);
  emit (s, "/org/freedesktop/login1", "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", "org.freedesktop.login1.Manager", NULL, NULL));
  settle (s);
  g_assert_cmpuint (s->n_locks, ==, 0);
  emit (s, MINE, "org.freedesktop.login1.Session", "Lock", NULL); /* it comes after all of them */
  while (s->n_locks == 0)
    g_main_context_iteration (NULL, TRUE);
  settle (s);
  g_assert_cmpuint (s->n_locks, ==, 1);
}

/* The computer waits until what is open is closed, and is asked to wait again after it woke. */
static void
test_sleep (Session *s, gconstpointer data)
{
  g_assert_true (is_held (s));
  kith_session_watch_locked (s->watch);
  g_assert_true (is_held (s)); /* nobody sleeps yet: the next time counts */
  emit (s, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", TRUE));
  while (s->n_locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_held (s));
  kith_session_watch_locked (s->watch);
  g_assert_false (is_held (s));
  emit (s, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", FALSE));
  while (s->n_inhibits < 2)
    g_main_context_iteration (NULL, TRUE);
  settle (s);
  g_assert_cmpuint (s->n_locks, ==, 1);
  g_assert_true (is_held (s));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/desk/session/C22-others", Session, NULL, set_up, test_others, tear_down);
  g_test_add ("/desk/session/C22-sleep", Session, NULL, set_up, test_sleep, tear_down);
  return g_test_run ();
}
