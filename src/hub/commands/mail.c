/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>

/* One line for each: number, when, to whom, why. */
static void
print_row (KithDbStmt *row)
{
  g_autofree char *at = kith_time_format (kith_db_int (row, 1));
  const char *login = kith_db_text (row, 2), *why = kith_db_text (row, 3);

  g_print ("%5" G_GINT64_FORMAT "  %.19s  %s  %s\n", kith_db_int (row, 0), at, login ? login : "-", why ? why : "-");
}

/**
 * kith_command_mail:
 *
 * kith-hub mail: what was given up, and to have it tried again once the cause is mended.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_mail (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  gboolean again = FALSE;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "again", 0, 0, G_OPTION_ARG_NONE, &again, N_("Try all of them again from now on"), NULL },
    { NULL }
  };
  g_auto (KithConsole) console = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  if (!kith_command_parse (&argc, &argv, NULL,
                           _("Lists the mail that was given up: number, when, to whom, why. The server said that nobody has the address, or it could not be sent for four days. It is kept "
                             "for thirty days: mend the cause, then have it tried again."),
                           entries))
    return 2;
  if (!(again ? kith_console_open : kith_console_look) (&console, &database, &error))
    return kith_command_fail (error);
  if (!again)
    return kith_console_list (&console, "mail-dead-all", print_row, _("No mail was given up.\n"), &error) ? 0 : kith_command_fail (error);
  answer = kith_console_ask (&console, kith_json_new ("what", "s", "mail_again", NULL), &error);
  if (answer == NULL)
    return kith_command_fail (error);
  n = (guint) kith_json_int (answer, "n", 0);
  g_print (ngettext ("%u mail is tried again.\n", "%u mails are tried again.\n", n), n);
  return 0;
}
