/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include "kith-demo.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

static void
progress_cb (const char *what, guint done, guint of, gpointer user_data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r  %s %u / %u   ", what, done, of);
}

/**
 * kith_command_demo:
 *
 * kith-hub demo: a new database with kith_demo_build() in it.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_demo (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  int agencies = 6, clients = 400, accounts = 3;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "agencies", 0, 0, G_OPTION_ARG_INT, &agencies, N_("How many agencies; without it, 6"), N_("N") },
    { "clients", 0, 0, G_OPTION_ARG_INT, &clients, N_("How many clients in all; without it, 400"), N_("N") },
    { "accounts", 0, 0, G_OPTION_ARG_INT, &accounts, N_("How many agencies get people who can sign in; without it, 3"), N_("N") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_("The same seed makes the same network; without it, 1"), N_("N") },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithHub) hub = NULL;
  KithDemoOptions options;

  if (!kith_command_parse (&argc, &argv, NULL, _("Makes a database with a made-up network. Nobody in it exists."), entries))
    return 2;
  if (agencies < 1 || clients < 0 || accounts < 0)
    {
      g_printerr (_("kith-hub demo: give at least one agency, and no negative numbers.\n"));
      return 2;
    }
  options = (KithDemoOptions) { (guint) agencies, (guint) clients, (guint64) seed, (guint) MIN (accounts, agencies), NULL };
  hub = kith_command_open_hub (&database, TRUE, &error);
  if (hub == NULL || !kith_demo_build (hub, &options, progress_cb, NULL, &error))
    return kith_command_fail (error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r                              \r");
  g_print (_("Made a network of %d agencies and %d clients.\n"), agencies, clients);
  if (options.accounts > 0)
    g_print (_("Sign in as worker1, manager1, supervisor1 or portal1 (up to %u), or as network1 (2-1-1), password “%s”.\n"), options.accounts, KITH_DEMO_PASSWORD);
  return 0;
}
