/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>

/* One line for each: number, when, whose, why, which operation. Not what it says: that is somebody's record. */
static void
print_row (KithDbStmt *row)
{
  g_autofree char *at = kith_time_format (kith_db_int (row, 1));
  const char *login = kith_db_text (row, 2), *line = kith_db_text (row, 4), *op = NULL;
  /* What was set aside may be no JSON at all: then it has no name here. */
  g_autoptr (JsonObject) object = line ? kith_json_parse_object (line, -1, NULL, NULL) : NULL;
  g_autofree char *name = NULL;

  if (object != NULL)
    op = kith_json_string (object, "op");
  name = g_strescape (op ? op : "?", NULL); /* whoever sent it chose it */

  g_print ("%5" G_GINT64_FORMAT "  %.19s  %s  %s  %s\n", kith_db_int (row, 0), at, login ? login : "-", name, kith_db_text (row, 3));
}

/* The whole line, as it came, where it is to be shown; FALSE with an error when there is none of this number. */
static gboolean
find_one (KithDb *db, gint64 number, gboolean show, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *line = kith_db_fetch_text (db, &local, "parked-line", "i", number);

  if (line == NULL && local == NULL)
    g_set_error (&local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("No operation that was set aside has the number %d."), (int) number);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (show)
    g_print ("%s\n", line);
  return TRUE;
}

/**
 * kith_command_parked:
 *
 * kith-hub parked: what was set aside so that it holds up nothing behind it (sync.md 2.4), and to be done with it.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_parked (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  gint64 show = 0, drop = 0;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "show", 0, 0, G_OPTION_ARG_INT64, &show, N_("Print all of one of them; it may be somebody’s record"), N_("NUMBER") },
    { "drop", 0, 0, G_OPTION_ARG_INT64, &drop, N_("Forget one of them; whoever wrote it still has it, under Needs attention"), N_("NUMBER") },
    { NULL }
  };
  g_auto (KithConsole) console = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kith_command_parse (&argc, &argv, NULL,
                           _("Lists the operations that the hub set aside because it does not know them or cannot carry them out: number, when, whose, which, why. A newer kith-hub may "
                             "know what to do with them: whoever wrote one sends it again from Needs attention."),
                           entries))
    return 2;
  if (show != 0 && drop != 0)
    {
      g_printerr (_("kith-hub parked: --show or --drop, not both.\n"));
      return 2;
    }
  if (!(drop != 0 ? kith_console_open : kith_console_look) (&console, &database, &error))
    return kith_command_fail (error);
  if (show == 0 && drop == 0 ? !kith_console_list (&console, "parked-all", print_row, _("No operation was set aside.\n"), &error)
                             : !find_one (kith_hub_get_db (console.hub), show != 0 ? show : drop, show != 0, &error))
    return kith_command_fail (error);
  if (drop == 0)
    return 0;
  if (!kith_console_do (&console, kith_json_new ("what", "s", "drop", "number", "i", drop, NULL), &error))
    return kith_command_fail (error);
  g_print (_("Forgotten at the hub.\n"));
  return 0;
}
