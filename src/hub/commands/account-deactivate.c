/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-json.h"

#include <glib/gi18n.h>

/* 1: still in use, 0: deactivated before, -1: an error */
static int
is_active (KithHub *hub, const char *staff, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) person = kith_world_get (kith_hub_get_world (hub), "staff", staff, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return -1;
    }
  return person != NULL && kith_record_bool (person, "active");
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
  g_autofree char *login = NULL, *reason = NULL, *staff = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, N_("Name to sign in with; or NAME without --login"), N_("NAME") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("Why, kept with the account"), N_("WORDS") },
    { NULL }
  };
  g_auto (KithConsole) console = { 0 };
  g_autoptr (JsonObject) args = NULL;
  g_autoptr (GError) error = NULL;
  int active;

  if (!kith_command_parse (&argc, &argv, KITH_COMMAND_NAME,
                           _("Ends the account of somebody who leaves. From then on nobody signs in with it, and the hub answers none of its computers; what they were given goes from "
                             "them at their next contact. What the person worked on stays, and waits at the agency’s supervisor for somebody else. There is no way back: whoever returns "
                             "gets another account."),
                           entries))
    return 2;
  if (!kith_command_take_login (argc, argv, &login))
    return 2;
  if (!kith_console_open (&console, &database, &error) || !kith_hub_find_account (console.hub, login, &staff, &error))
    return kith_command_fail (error);
  if (staff == NULL)
    {
      g_printerr (_("kith-hub: Nobody signs in as “%s”. Nothing was changed.\n"), login);
      return 1;
    }
  active = is_active (console.hub, staff, &error);
  if (active < 0)
    return kith_command_fail (error);
  if (active == 0)
    {
      g_printerr (_("kith-hub: “%s” was deactivated before. Nothing was changed.\n"), login);
      return 1;
    }
  args = kith_json_new ("staff", "s", staff, "reason", "s", reason, NULL);
  if (!kith_console_submit (&console, "staff.deactivate", args, &error))
    return kith_command_fail (error);
  g_print (_("“%s” is deactivated.\n"), login);
  return 0;
}
