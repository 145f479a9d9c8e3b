/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notifications of the desktop (C17): what they say, what a click does, and that nobody has to be there to show them. */

#include "desk-fixture.h"

#define NAME "org.freedesktop.Notifications"

/* Who shows notifications, as far as a program sees it. */
typedef struct
{
  GDBusConnection *bus;
  guint object, owner;
  GPtrArray *shown; /* (element-type char): "summary|body" */
  guint n_closed;
} Daemon;

static const char interface[] = "<node><interface name='" NAME "'>"
                                "<method name='GetCapabilities'><arg direction='out' type='as'/></method>"
                                "<method name='Notify'><arg direction='in' type='s'/><arg direction='in' type='u'/><arg direction='in' type='s'/>"
                                "<arg direction='in' type='s'/><arg direction='in' type='s'/><arg direction='in' type='as'/>"
                                "<arg direction='in' type='a{sv}'/><arg direction='in' type='i'/><arg direction='out' type='u'/></method>"
                                "<method name='CloseNotification'><arg direction='in' type='u'/></method>"
                                "</interface></node>";

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *of, const char *method, GVariant *parameters,
         GDBusMethodInvocation *invocation, gpointer data)
{
  Daemon *daemon = data;

  if (g_str_equal (method, "Notify"))
    {
      const char *summary, *body;

      g_variant_get (parameters, "(&su&s&s&s@as@a{sv}i)", NULL, NULL, NULL, &summary, &body, NULL, NULL, NULL);
      g_ptr_array_add (daemon->shown, g_strdup_printf ("%s|%s", summary, body));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", daemon->shown->len));
    }
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", (const char *[]) { "body", "actions", NULL }));
  else
    {
      daemon->n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static const GDBusInterfaceVTable vtable = { call_cb, NULL, NULL, { 0 } };

static void
daemon_begin (Daemon *daemon)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface, &error);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  daemon->shown = g_ptr_array_new_with_free_func (g_free);
  daemon->bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                        NULL, NULL, &error);
  g_assert_no_error (error);
  daemon->object = g_dbus_connection_register_object (daemon->bus, "/org/freedesktop/Notifications", info->interfaces[0], &vtable, daemon, NULL, &error);
  g_assert_no_error (error);
  daemon->owner = g_bus_own_name_on_connection (daemon->bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  pump (100);
}

static void
daemon_end (Daemon *daemon)
{
  g_bus_unown_name (daemon->owner);
  g_dbus_connection_unregister_object (daemon->bus, daemon->object);
  g_dbus_connection_close_sync (daemon->bus, NULL, NULL);
  g_clear_object (&daemon->bus);
  g_clear_pointer (&daemon->shown, g_ptr_array_unref);
}

static void
arrive (Fixture *fixture, const char *id, const char *type, const char *number, const char *referral)
{
  static const char *const kinds[] = { "notice", NULL };

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "notices-new"),
                                 kith_json_new ("id", "s", id, "type", "s", type, "number", "s", number, "referral", "s", referral, "client", "s", MARIA, "at", "s",
                                                "2026-11-20T14:04:00.000Z", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
}

#define LAST(daemon) ((const char *) (daemon).shown->pdata[(daemon).shown->len - 1])

/* What was there before is My Day's. A second one takes the place of the first, and says both. */
static void
test_referrals (Fixture *fixture, gconstpointer data)
{
  Daemon daemon = { NULL };
  g_autofree char *place = NULL;

  daemon_begin (&daemon);
  open_place (fixture, "clients");
  arrive (fixture, "90000000-0000-7000-8000-0000000000a1", "sent", "EC-0044", WORKED_ON);
  g_assert_cmpuint (daemon.shown->len, ==, 1);
  g_assert_cmpstr (LAST (daemon), ==, "1 new referral|EC-0044");
  arrive (fixture, "90000000-0000-7000-8000-0000000000a2", "status", "EC-0045", WORKED_ON); /* on My Day is enough */
  g_assert_cmpuint (daemon.shown->len, ==, 1);
  arrive (fixture, "90000000-0000-7000-8000-0000000000a3", "assigned", "EC-0046", WORKED_ON);
  g_assert_cmpstr (LAST (daemon), ==, "2 new referrals|EC-0044, EC-0046");
  arrive (fixture, "90000000-0000-7000-8000-0000000000a4", "declined", "EC-0047", WORKED_ON);
  g_assert_cmpstr (LAST (daemon), ==, "News of 1 referral you sent|EC-0047");
  g_assert_cmpuint (daemon.shown->len, ==, 3);
  /* a click opens it */
  g_dbus_connection_emit_signal (daemon.bus, NULL, "/org/freedesktop/Notifications", NAME, "ActionInvoked", g_variant_new ("(us)", 3, "default"), NULL);
  pump (200);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_nonnull (strstr (place, WORKED_ON)); /* and stays: the page was built for it */
  daemon_end (&daemon);
}

static void
announce_cb (KithAnnouncer *announcer, const char *group, const char *title, const char *body, const char *place, GString *said)
{
  g_string_append_printf (said, "%s|%s", title, place);
}

/* D2, C17: what is announced leads where it can be dealt with: what its receiver has to answer again into the Inbox, what either side may be told to My Day. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *type, *expected; } cases[] = {
    { "sent", "1 new referral|inbox/" WORKED_ON },
    { "decline_sent_back", "1 referral waits for your answer|inbox/" WORKED_ON },
    { "declined", "News of 1 referral you sent|sent/" WORKED_ON },
    { "reopened", "News of 1 referral|today" },
    { "no_place", "News of 1 referral|today" }, /* one's own acceptance went to the wait list */
    { "voided", "News of 1 referral|today" },
    { "client_assigned", "1 record assigned to you|today" },
    { "case_assigned", "1 record assigned to you|today" },
    { "status", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) said = g_string_new (NULL);
      g_autofree char *id = g_strdup_printf ("90000000-0000-7000-8000-0000000000b%u", i);
      KithAnnouncer *announcer = kith_window_get_announcer (fixture->window);
      gulong handler;

      open_place (fixture, "clients");
      kith_announcer_seen (announcer);
      handler = g_signal_connect (announcer, "announce", G_CALLBACK (announce_cb), said);
      arrive (fixture, id, cases[i].type, "EC-0044", WORKED_ON);
      g_signal_handler_disconnect (announcer, handler);
      g_assert_cmpstr (said->str, ==, cases[i].expected);
    }
}

/* One reads the newest of very many, and an old one takes its place in the list: it is no news. */
static void
test_old_ones (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "notice", NULL };
  KithAnnouncer *announcer = kith_window_get_announcer (fixture->window);
  JsonArray *list = json_array_new ();
  g_autoptr (GString) said = g_string_new (NULL);

  open_place (fixture, "clients");
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "notices-new", list);
  for (guint i = 0; i < 51; i++) /* the newest first, as the list is */
    {
      g_autofree char *id = g_strdup_printf ("90000000-0000-7000-8000-000000000c%02u", i), *at = g_strdup_printf ("2026-11-20T13:%02u:00.000Z", 59 - i);

      if (i < 50)
        json_array_add_object_element (list, kith_json_new ("id", "s", id, "type", "s", "sent", "number", "s", "EC-0044", "referral", "s", WORKED_ON, "at", "s", at, NULL));
      else
        {
          g_signal_emit_by_name (fixture->desktop, "changed", kinds);
          pump (150);
          kith_announcer_seen (announcer);
          g_signal_connect (announcer, "announce", G_CALLBACK (announce_cb), said);
          json_array_remove_element (list, 0);
          json_array_add_object_element (list, kith_json_new ("id", "s", id, "type", "s", "sent", "number", "s", "EC-0001", "referral", "s", WORKED_ON, "at", "s", at, NULL));
        }
    }
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_cmpstr (said->str, ==, "");
  arrive (fixture, "90000000-0000-7000-8000-000000000d01", "sent", "EC-0045", WORKED_ON);
  g_assert_cmpstr (said->str, ==, "1 new referral|inbox/" WORKED_ON);
  g_string_truncate (said, 0);
  json_array_remove_element (list, 0); /* one more is read: all the others are shown, and known */
  json_array_remove_element (list, 0);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  json_array_add_object_element (list, kith_json_new ("id", "s", "90000000-0000-7000-8000-000000000d02", "type", "s", "sent", "number", "s", "EC-0046", "referral", "s",
                                                      WORKED_ON, "at", "s", "2026-11-18T09:00:00.000Z", NULL)); /* written days ago, in a van without a network */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_nonnull (strstr (said->str, "2 new referrals"));
  g_signal_handlers_disconnect_by_data (announcer, said);
}

/* A reminder is told when its time comes, once, and of the task no word. */
static void
test_tasks (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "task", NULL };
  JsonArray *tasks = json_array_new ();
  Daemon daemon = { NULL };

  daemon_begin (&daemon);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "tasks-mine", tasks);
  open_place (fixture, "clients");
  json_array_add_object_element (tasks, kith_json_new ("id", "s", "7a000000-0000-7000-8000-000000000099", "subject", "s", "Call María about the house", "remind_at",
                                                       "s", "2026-11-20T14:30:00.000Z", "case_number", "s", "HA-C-0011", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_cmpuint (daemon.shown->len, ==, 0);
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 30 * 60 * 1000);
  kith_announcer_check (kith_window_get_announcer (fixture->window));
  pump (150);
  g_assert_cmpuint (daemon.shown->len, ==, 1);
  g_assert_cmpstr (LAST (daemon), ==, "1 task to remember|HA-C-0011");
  kith_announcer_check (kith_window_get_announcer (fixture->window));
  pump (150);
  g_assert_cmpuint (daemon.shown->len, ==, 1);
  kith_announcer_seen (kith_window_get_announcer (fixture->window));
  pump (150);
  g_assert_cmpuint (daemon.n_closed, ==, 1);
  daemon_end (&daemon);
}

/* GLib says so when nobody on a desktop shows notifications; that is what is tried here. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "unable to send notifications") == NULL;
}

static void
pass_over (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_test_message ("passed over: %s", message);
}

/* From now on, in this test. */
static void
let_nobody_be_there (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, pass_over, NULL);
}

static gboolean before_the_eyes;

static gboolean
shows (gpointer user_data, const char *page)
{
  return before_the_eyes && g_str_equal (page, "inbox");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Nothing of what the person sees anyway, and nothing of it later. */
static void
test_before_the_eyes (Fixture *fixture, gconstpointer data)
{
  KithAnnouncer *announcer = kith_announcer_new (fixture->context, shows, NULL);
  guint n = 0;

  let_nobody_be_there ();
  g_signal_connect_swapped (announcer, "announce", G_CALLBACK (count_cb), &n);
  before_the_eyes = TRUE;
  arrive (fixture, "90000000-0000-7000-8000-0000000000a1", "sent", "EC-0044", WORKED_ON);
  g_assert_cmpuint (n, ==, 0);
  arrive (fixture, "90000000-0000-7000-8000-0000000000a4", "declined", "EC-0047", WORKED_ON);
  g_assert_cmpuint (n, ==, 1);
  before_the_eyes = FALSE;
  arrive (fixture, "90000000-0000-7000-8000-0000000000a5", "sent", "EC-0048", WORKED_ON);
  g_assert_cmpuint (n, ==, 2);
  g_signal_handlers_disconnect_by_data (announcer, &n);
  g_assert_finalize_object (announcer);
}

/* Nobody shows notifications: nothing is missed, nothing breaks. Locked, the place waits for the lock to open. */
static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *place = NULL;

  let_nobody_be_there ();
  open_place (fixture, "clients");
  arrive (fixture, "90000000-0000-7000-8000-0000000000a1", "sent", "EC-0044", WORKED_ON);
  kith_window_lock (fixture->window);
  pump (100);
  g_action_group_activate_action (G_ACTION_GROUP (application), "open", g_variant_new_string ("inbox/" WORKED_ON));
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (150);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_true (g_str_has_prefix (place, "inbox/"));
}

/* What was told to one person is gone with the lock: it names records, and opens them for whoever is there. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  Daemon daemon = { NULL };

  daemon_begin (&daemon);
  open_place (fixture, "clients");
  arrive (fixture, "90000000-0000-7000-8000-0000000000c1", "sent", "EC-0051", WORKED_ON);
  g_assert_cmpuint (daemon.shown->len, ==, 1);
  g_assert_cmpuint (daemon.n_closed, ==, 0);
  kith_window_lock (fixture->window);
  for (guint i = 0; i < 500 && daemon.n_closed == 0; i++)
    pump (10);
  g_assert_cmpuint (daemon.n_closed, ==, 1);
  daemon_end (&daemon);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("announce/nobody-there", NULL, test_nobody_there);
  ADD ("announce/referrals-C17", NULL, test_referrals);
  ADD ("announce/places-D2-C17", NULL, test_places);
  ADD ("announce/old-ones", NULL, test_old_ones);
  ADD ("announce/tasks-C17", NULL, test_tasks);
  ADD ("announce/before-the-eyes", NULL, test_before_the_eyes);
  ADD ("announce/lock-C17", NULL, test_lock);
  return g_test_run ();
}
