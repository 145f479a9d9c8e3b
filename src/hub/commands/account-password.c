/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-file-words.h"
#include "kith-password.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/**
 * kith_command_make_password:
 *
 * Returns: (transfer full): 20 characters of an alphabet without look-alikes, about 95 bits
 */
char *
kith_command_make_password (KithRandom *random)
{
  static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    {
      if (i > 0 && i % 5 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, alphabet[kith_random_below (random, sizeof alphabet - 1)]);
    }
  return g_string_free (text, FALSE);
}

/**
 * kith_command_read_password:
 * @path: "-": the first line of standard input
 *
 * Returns: (transfer full) (nullable): NULL with an error when it cannot be read or is too short
 */
char *
kith_command_read_password (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (g_str_equal (path, "-"))
    {
      char line[1024] = "";

      if (fgets (line, sizeof line, stdin) == NULL)
        line[0] = '\0';
      text = g_strdup (line);
    }
  else if (!g_file_get_contents (path, &text, NULL, &local))
    {
      g_autofree char *words = kith_file_words (path, local);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The password could not be read, and nothing was changed. %s"), words);
      return NULL;
    }
  g_strchomp (text);
  return kith_password_check_length (text, error) ? g_steal_pointer (&text) : NULL;
}

/**
 * kith_command_account_password:
 *
 * kith-hub account password: another password for somebody who has forgotten theirs, or was given one that was made.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_account_password (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *login = NULL, *password_file = NULL, *password = NULL, *staff = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, N_("Name to sign in with; or NAME without --login"), N_("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, N_("File with the password, 15 characters at least, - for standard input; without it one is made"), N_("FILE") },
    { NULL }
  };
  g_autoptr (KithRandom) random = kith_random_new_system ();
  g_auto (KithConsole) console = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kith_command_parse (&argc, &argv, KITH_COMMAND_NAME,
                           _("Gives somebody another password. Their computers are asked for it at their next contact with the hub. What a computer holds already, and what was not "
                             "sent from it, is opened with the former one, once more; where that is forgotten, it stays closed."),
                           entries))
    return 2;
  if (!kith_command_take_login (argc, argv, &login))
    return 2;
  password = password_file != NULL ? kith_command_read_password (password_file, &error) : kith_command_make_password (random);
  if (password == NULL || !kith_console_open (&console, &database, &error) || !kith_hub_find_account (console.hub, login, &staff, &error))
    return kith_command_fail (error);
  if (staff == NULL)
    {
      g_printerr (_("kith-hub: Nobody signs in as “%s”. Nothing was changed.\n"), login);
      return 1;
    }
  if (!kith_console_set_password (&console, login, staff, password, FALSE, &error))
    return kith_command_fail (error);
  g_print (_("“%s” has another password.\n"), login);
  if (password_file == NULL)
    g_print (_("Password, shown this once: %s\n"), password);
  return 0;
}
