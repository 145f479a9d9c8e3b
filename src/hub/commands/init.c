/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-json.h"

#include <glib/gi18n.h>

/**
 * kith_command_init:
 *
 * kith-hub init: an empty hub, whose life (epoch) begins here. Its folder must be there; a file of that name is left as it is.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_init (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  const GOptionEntry entries[] = { KITH_COMMAND_DATABASE_ENTRIES (&database), { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithHub) hub = NULL;

  if (!kith_command_parse (&argc, &argv, NULL, _("Makes an empty hub database."), entries))
    return 2;
  hub = kith_command_open_hub (&database, TRUE, &error);
  if (hub == NULL)
    return kith_command_fail (error);
  g_print (_("Made %s.\n"), database.database);
  return 0;
}

/* Where a search is the only thing that is not as it should be; what else is wrong the check says afterwards. */
static gboolean
mend (const KithCommandDatabase *database, GError **error)
{
  g_auto (KithConsole) console = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  guint n;

  if (!kith_console_open (&console, database, error) || (answer = kith_console_ask (&console, kith_json_new ("what", "s", "mend", NULL), error)) == NULL)
    {
      kith_command_explain_damage (database->database, error);
      return FALSE;
    }
  n = (guint) kith_json_int (answer, "n", 0);
  if (n > 0)
    g_print (ngettext ("The words by which records of %u kind are found were made anew.\n", "The words by which records of %u kinds are found were made anew.\n", n), n);
  return TRUE;
}

/**
 * kith_command_check:
 *
 * kith-hub check: kith_hub_check() on a database no hub serves at the moment.
 *
 * Returns: 0 when everything is in order, 1 for problems and failures, 2 when the command line is wrong
 */
int
kith_command_check (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  gboolean repair = FALSE;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "repair", 0, 0, G_OPTION_ARG_NONE, &repair, N_("Makes the words anew by which records are found, where they are not as they should be"), NULL },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (GString) report = g_string_new (NULL);
  gint64 parked = 0;
  guint problems = 0;

  if (!kith_command_parse (&argc, &argv, NULL,
                           _("Checks the file, recomputes every membership and grant from the facts, and reads each attached file. It changes nothing and may run beside serve: what it "
                             "looks at is the hub as it stands at this moment. With --repair the words by which records are found are made anew first where they are damaged or were "
                             "left behind; nothing is lost by that, and the hub answers nobody while it lasts."), entries))
    return 2;
  if (database.files != NULL && !g_file_test (database.files, G_FILE_TEST_IS_DIR)) /* without one named there need be none yet */
    {
      g_printerr (_("kith-hub check: The folder “%s” does not exist.\n"), database.files);
      return 1;
    }
  if (repair && !mend (&database, &error))
    return kith_command_fail (error);
  hub = kith_command_open_hub_reader (&database, &error);
  if (hub == NULL || !kith_hub_check (hub, report, &problems, &error))
    {
      kith_command_explain_damage (database.database, &error);
      return kith_command_fail (error);
    }
  g_print ("%s", report->str);
  if (!kith_db_fetch_int (kith_hub_get_db (hub), &parked, &error, "parked-count", ""))
    return kith_command_fail (error);
  if (parked > 0)
    g_print (ngettext ("%d operation was set aside; kith-hub parked lists it.\n", "%d operations were set aside; kith-hub parked lists them.\n", (gulong) parked), (int) parked);
  g_print (problems == 0 ? _("Everything is in order.\n") : _("%u problems.\n"), problems);
  return problems == 0 ? 0 : 1;
}

/**
 * kith_command_service_direct:
 *
 * kith-hub service direct SERVICE on|off (D4, D18), in the hub's own name.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_service_direct (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  const GOptionEntry entries[] = { KITH_COMMAND_DATABASE_ENTRIES (&database), { NULL } };
  g_autoptr (GError) error = NULL;
  g_auto (KithConsole) console = { 0 };
  g_autoptr (JsonObject) args = NULL;
  g_autofree char *service = NULL;
  gboolean on;

  if (!kith_command_parse (&argc, &argv, _("SERVICE on|off"), _("Says whether a service takes direct referrals. SERVICE is its id or its name."), entries))
    return 2;
  if (argc != 3 || !(g_str_equal (argv[2], "on") || g_str_equal (argv[2], "off")))
    {
      g_printerr (_("kith-hub service direct: give the service’s id or name, then on or off.\n"));
      return 2;
    }
  on = g_str_equal (argv[2], "on");
  if (!kith_console_open (&console, &database, &error) || (service = kith_command_find_service (console.hub, argv[1], &error)) == NULL)
    return kith_command_fail (error);
  args = kith_json_new ("service", "s", service, "direct", "b", on, NULL);
  if (!kith_console_submit (&console, "service.set_direct", args, &error))
    return kith_command_fail (error);
  g_print (on ? _("The service takes direct referrals now.\n") : _("The service takes informational referrals only now.\n"));
  return 0;
}
