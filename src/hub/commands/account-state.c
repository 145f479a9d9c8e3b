/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an account that is there: its training is confirmed, it is ended. */
#include "kith-console.h"

#include "kith-json.h"

#include <glib/gi18n.h>

/* The staff member who signs in so, and the console on their hub; the exit status of the program, 0 to go on. */
static int
open_account (KithConsole *console, const KithCommandDatabase *database, const char *login, KithRecord **person, GError **error)
{
  g_autofree char *staff = NULL;
  g_autoptr (GError) local = NULL;

  if (!kith_console_open (console, database, error) || !kith_hub_find_account (console->hub, login, &staff, error))
    return kith_command_fail (*error);
  *person = staff != NULL ? kith_world_get (kith_hub_get_world (console->hub), "staff", staff, &local) : NULL;
  if (local != NULL)
    return kith_command_fail (local);
  if (*person != NULL)
    return 0;
  g_printerr (_("kith-hub: Nobody signs in as “%s”. Nothing was changed.\n"), login);
  return 1;
}

/**
 * kith_command_account_deactivate:
 *
 * kith-hub account deactivate: whoever leaves (U21, C22), the network's own staff too, whom no agency's administrator can.
 *
 * Returns: 0, 1 when it failed or was so before, 2 when the command line is wrong
 */
int
kith_command_account_deactivate (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *login = NULL, *reason = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, N_("Name to sign in with; or NAME without --login"), N_("NAME") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("Why, kept with the account"), N_("WORDS") },
    { NULL }
  };
  g_auto (KithConsole) console = { 0 };
  g_autoptr (KithRecord) person = NULL;
  g_autoptr (JsonObject) args = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!kith_command_parse (&argc, &argv, KITH_COMMAND_NAME,
                           _("Ends the account of somebody who leaves. From then on nobody signs in with it, and the hub answers none of its computers; what they were given goes from "
                             "them at their next contact. What the person worked on stays, and waits at the agency’s supervisor for somebody else. There is no way back: whoever returns "
                             "gets another account."),
                           entries))
    return 2;
  if (!kith_command_take_login (argc, argv, &login))
    return 2;
  status = open_account (&console, &database, login, &person, &error);
  if (status != 0)
    return status;
  if (!kith_record_bool (person, "active"))
    {
      g_printerr (_("kith-hub: “%s” was deactivated before. Nothing was changed.\n"), login);
      return 1;
    }
  args = kith_json_new ("staff", "s", kith_record_get_id (person), "reason", "s", reason, NULL);
  if (!kith_console_submit (&console, "staff.deactivate", args, &error))
    return kith_command_fail (error);
  g_print (_("“%s” is deactivated.\n"), login);
  return 0;
}

/**
 * kith_command_account_trained:
 *
 * kith-hub account trained: the training is complete, and the work can begin (U17); an agency's administrator adds accounts, the network confirms this.
 *
 * Returns: 0, 1 when it failed or was so before, 2 when the command line is wrong
 */
int
kith_command_account_trained (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *login = NULL;
  gboolean not_yet = FALSE;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, N_("Name to sign in with; or NAME without --login"), N_("NAME") },
    { "not", 0, 0, G_OPTION_ARG_NONE, &not_yet, N_("It was confirmed by mistake: no work until it is complete"), NULL },
    { NULL }
  };
  g_auto (KithConsole) console = { 0 };
  g_autoptr (KithRecord) person = NULL;
  g_autoptr (JsonObject) args = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!kith_command_parse (&argc, &argv, KITH_COMMAND_NAME,
                           _("Confirms that somebody has completed the training. Before that they can sign in, but see no client and are given no work; on their computers it begins at "
                             "the next contact."),
                           entries))
    return 2;
  if (!kith_command_take_login (argc, argv, &login))
    return 2;
  status = open_account (&console, &database, login, &person, &error);
  if (status != 0)
    return status;
  if (kith_record_bool (person, "trained") == !not_yet)
    {
      g_printerr (not_yet ? _("kith-hub: The training of “%s” was not confirmed before. Nothing was changed.\n")
                          : _("kith-hub: The training of “%s” was confirmed before. Nothing was changed.\n"), login);
      return 1;
    }
  args = kith_json_new ("staff", "s", kith_record_get_id (person), "trained", "b", !not_yet, NULL);
  if (!kith_console_submit (&console, "staff.set_trained", args, &error))
    return kith_command_fail (error);
  g_print (not_yet ? _("“%s” is given no work until the training is confirmed.\n") : _("“%s” can work: the training is confirmed.\n"), login);
  return 0;
}
