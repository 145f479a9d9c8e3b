/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include "kith-hub-address.h"
#include "kith-hub-console.h"
#include "kith-hub-server.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

/* The hub is opened on the thread that will use it. */
typedef struct
{
  const KithCommandDatabase *database;
  gboolean clock_is_right;
} Opening;

static gpointer
open_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *opening = data;

  g_autoptr (KithHub) hub = kith_command_open_hub (opening->database, FALSE, error);

  return hub != NULL && (!opening->clock_is_right || kith_hub_accept_clock (hub, error)) ? g_steal_pointer (&hub) : NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* What lies unencrypted on the disk is for who sits at this computer (design.md 2, row db). */
static gboolean
check_key (const KithCommandDatabase *database, const char *listen, gboolean behind_proxy, GError **error)
{
  g_autoptr (GSocketAddress) address = kith_hub_address_parse (listen, behind_proxy, error);

  if (address == NULL)
    return FALSE;
  if (database->key_file != NULL || g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _("Without --key-file the database is not encrypted, and the hub listens on loopback only. Nothing was changed. If the database has no key yet, give it one "
                 "(kith-hub encrypt --database %s --key-file FILE) and serve with the same --key-file; or let the proxy reach the hub on this computer (--listen 127.0.0.1:8080)."),
               database->database != NULL ? database->database : "FILE");
  return FALSE;
}

/* What the system says of an address it does not give. */
static void
explain_address (const char *listen, GError **error)
{
  g_autoptr (GError) local = g_steal_pointer (error);

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, _("%s is taken by another program, or by another hub. Stop that one, or give another port with --listen; nothing was changed."),
                 listen);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("Who runs this may not listen on %s: ports below 1024 are the system’s. Give another one with --listen; nothing was changed."),
                 listen);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&local), _("The hub cannot listen on %s: "), listen);
}

int
kith_command_serve (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *listen = NULL, *url = NULL, *socket = NULL, *mail_file = NULL;
  g_autoptr (KithSmtpOptions) mail = NULL;
  KithHubServerOptions options = { .rate = 100 };
  Opening opening = { &database };
  int rate = 100;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &listen, N_("Address and port, 8080 when there is none; port 0 takes a free one"), "127.0.0.1:8080" },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &options.behind_proxy, N_("A proxy does TLS and alone reaches the hub: listen on any address, believe its X-Forwarded-For"), NULL },
    { "mail", 0, 0, G_OPTION_ARG_FILENAME, &mail_file, N_("Sends notices by email as this file says (see the README)"), N_("FILE") },
    { "rate", 0, 0, G_OPTION_ARG_INT, &rate, N_("Requests a second and caller; 0: no limit; without it, 100"), N_("N") },
    { "clock-is-right", 0, 0, G_OPTION_ARG_NONE, &opening.clock_is_right, N_("Believes this computer’s clock, however far it is from the time the hub has last seen"), NULL },
    { NULL }
  };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KithHubServer) server = NULL;
  g_autoptr (GError) error = NULL;
  KithDbThread *thread;
  KithHub *hub;

  if (!kith_command_parse (&argc, &argv, NULL, _("Answers the desks until it is told to stop (Ctrl+C)."), entries))
    return 2;
  if (rate < 0)
    {
      g_printerr (_("kith-hub serve: --rate is a number of requests a second, or 0 for no limit, not %d.\n"), rate);
      return 2;
    }
  options.rate = (guint) rate;
  if (mail_file != NULL && (mail = kith_smtp_options_load (mail_file, &error)) == NULL)
    return kith_command_fail (error);
  options.mail = mail;
  if (!check_key (&database, listen != NULL ? listen : "127.0.0.1:8080", options.behind_proxy, &error))
    return kith_command_fail (error);
  kith_hub_door_raise_limit ();
  thread = kith_db_thread_new ("hub");
  hub = kith_db_thread_run (thread, open_on_thread, &opening, &error);
  if (hub == NULL)
    {
      g_object_unref (thread);
      return kith_command_fail (error);
    }
  server = kith_hub_server_new (thread, hub, &options);
  if (!kith_hub_server_listen (server, listen != NULL ? listen : "127.0.0.1:8080", &error))
    {
      explain_address (listen != NULL ? listen : "127.0.0.1:8080", &error);
      return kith_command_fail (error);
    }
  socket = kith_hub_console_path (database.database);
  if (!kith_hub_server_listen_console (server, socket, &error))
    g_printerr (_("kith-hub: commands like “kith-hub account add” cannot be run while this serves, as “%s” cannot be made: %s\n"), socket, error->message);

  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  url = kith_hub_server_get_url (server);
  g_print (_("Kith hub listening on %s\n"), url); /* read by scripts that gave port 0 */
  fflush (stdout);
  g_main_loop_run (loop);

  kith_hub_server_stop (server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return 0;
}
