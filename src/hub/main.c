/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"
#include "kith-dumps.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <sys/prctl.h>

static const KithCommand commands[] = {
  { "init", N_("make an empty database"), kith_command_init },
  { "serve", N_("answer the desks"), kith_command_serve },
  { "account add", N_("add a staff member with a sign-in"), kith_command_account_add },
  { "account computers", N_("the computers somebody signed in from, and which of them may no longer"), kith_command_account_computers },
  { "account deactivate", N_("end the account of somebody who leaves"), kith_command_account_deactivate },
  { "account password", N_("give somebody another password"), kith_command_account_password },
  { "account trained", N_("confirm that somebody has completed the training"), kith_command_account_trained },
  { "service direct", N_("let a service take direct referrals, or not: SERVICE on|off"), kith_command_service_direct },
  { "import hsds", N_("import a directory in HSDS form: a folder of CSV files, or JSON"), kith_command_import_hsds },
  { "import clients", N_("import an agency’s clients from a CSV or Excel file"), kith_command_import_clients },
  { "import undo", N_("take back the clients of a list that nobody has worked with"), kith_command_import_undo },
  { "demo", N_("fill an empty database with a made-up network"), kith_command_demo },
  { "backup", N_("copy the database and the attached files, while the hub goes on"), kith_command_backup },
  { "restore", N_("put a backup in the database’s place, which is kept aside"), kith_command_restore },
  { "parked", N_("operations that were set aside because they could not be carried out"), kith_command_parked },
  { "mail", N_("mail that was given up, and to try it again"), kith_command_mail },
  { "encrypt", N_("give a key to a database that was made without one"), kith_command_encrypt },
  { "check", N_("check the database, every grant against the facts, and the attached files"), kith_command_check },
};

/* first: only the commands of two words that begin with it; NULL: all. */
static void
print_help (const char *first)
{
  g_autofree char *prefix = first != NULL ? g_strconcat (first, " ", NULL) : g_strdup ("");

  g_print (_("Usage: kith-hub COMMAND [OPTIONS…]\n\nCommands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i].name, prefix))
      g_print ("  %-18s %s\n", commands[i].name, _(commands[i].help));
  g_print (_("\nkith-hub COMMAND --help tells more of one.\n"));
}

static gboolean
is_first_word (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i].name, prefix))
      return TRUE;
  return FALSE;
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "--help") || g_str_equal (word, "-h") || g_str_equal (word, "help");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  kith_forbid_dumps ();
  prctl (PR_SET_DUMPABLE, 0); /* nobody asks the hub who it is */
  kith_kinds_register ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words = g_strsplit (commands[i].name, " ", -1);
      g_autofree char *program = NULL;
      int n = (int) g_strv_length (words), matched = 0;

      while (matched < n && matched + 1 < argc && g_str_equal (argv[matched + 1], words[matched]))
        matched++;
      if (matched < n)
        continue;
      argv[n] = (char *) commands[i].name;
      program = g_strconcat ("kith-hub ", commands[i].name, NULL);
      g_set_prgname (program);
      return commands[i].run (argc - n, argv + n);
    }

  if (argc >= 2 && is_help (argv[1]))
    {
      print_help (NULL);
      return 0;
    }
  if (argc >= 2 && is_first_word (argv[1]))
    {
      gboolean asked = argc >= 3 && is_help (argv[2]);

      if (argc >= 3 && !asked)
        g_printerr (_("kith-hub: there is no command “%s %s”.\n\n"), argv[1], argv[2]);
      print_help (argv[1]);
      return asked ? 0 : 2;
    }
  if (argc >= 2)
    g_printerr (_("kith-hub: there is no command “%s”.\n\n"), argv[1]);
  print_help (NULL);
  return 2;
}
